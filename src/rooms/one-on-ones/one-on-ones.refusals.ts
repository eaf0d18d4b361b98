// Why a line after `/oneonone` was not done, in words that say what to type instead.

import { escaped, say } from '../../slack/blocks.ts';
import type { Message } from '../../slack/message.ts';
import { plainText, unescaped } from '../../slack/typed-text.ts';
import { rhythmTrouble, whichYear } from '../../time/time.views.ts';
import { furthestAheadDays, furthestBackDays, type Problem } from './one-on-ones.parse.ts';

const examples = {
  show: '`/oneonone @someone`',
  add: '`/oneonone add @someone every 2 weeks tuesday 10:00`',
  change: '`/oneonone change @someone`',
  end: '`/oneonone end @someone`',
  point: '`/oneonone point @someone the conference budget`',
  held: '`/oneonone held @someone yesterday`',
  move: '`/oneonone move @someone thursday 15:00`',
  skip: '`/oneonone skip @someone`',
};

/** A line that works, for what they were about to do. */
const exampleOf = (verb: string): string => (examples as Record<string, string>)[verb] ?? examples.show;

export const refused = (problem: Problem): Message => say(`Nothing changed. ${sentence(problem)}`);

/** Under a form's field, where Slack shows text as it is. */
export const plainSentence = (problem: Problem): string => unescaped(sentence(problem)).replaceAll('`', '');

function sentence(problem: Problem): string {
  switch (problem.why) {
    case 'unknown-verb':
      return `I do not know what “${quotedShort(problem.word)}” should do. Try \`/oneonone @someone\`, or \`/oneonone help\` for all of it.`;
    case 'who':
      return `With whom? Type @ and pick them from Slack’s list, as in ${exampleOf(problem.verb)}.`;
    case 'unknown-person':
      return `I cannot tell who “${quotedShort(problem.word)}” is. Type @ and pick them from Slack’s list.`;
    case 'two-people':
      return 'I read two people, and a 1:1 has one other. Send a line for each.';
    case 'leftover':
      return `I do not know what to do with “${quotedShort(problem.words)}”. ${exampleOf(problem.verb)} stands alone; for the agenda, type ${examples.point}.`;
    case 'no-role':
      return 'What are they? Give one word after “as”, like `as designer` or `as manager`, or leave it out.';
    case 'rhythm':
      if (problem.trouble === 'too-often' || problem.trouble === 'too-rarely')
        return tooMuch[problem.trouble];
      return `${rhythmTrouble(problem.trouble, quotedShort(problem.words))}${
        problem.trouble === 'not-understood' ? ' A role goes after “as”.' : ''
      }`;
    case 'bad-day':
      return `“${quotedShort(problem.words)}” is no day I can read. Try \`yesterday\`, \`last friday\` or \`20 nov\`.`;
    case 'which-year':
      return whichYear(quotedShort(problem.words), problem);
    case 'no-such-day':
      return `There is no such day as “${quotedShort(problem.words)}”. Try \`yesterday\`, \`friday\` or \`20 nov\`.`;
    case 'no-such-time':
      return `There is no such time as “${quotedShort(problem.words)}”. Write it as \`15:00\`, \`9.30\` or \`4pm\`.`;
    case 'no-time':
      return `At what time? “${quotedShort(problem.words)}” says none. Add it, as in ${examples.move}.`;
    case 'future-day':
      return `“${quotedShort(problem.words)}” has not been yet. Note it once it has; ${examples.move} plans ahead.`;
    case 'too-long-ago':
      return `“${quotedShort(problem.words)}” is more than ${furthestBackDays} days back. Note something more recent.`;
    case 'bad-moment':
      return `“${quotedShort(problem.words)}” is no day and time I can read. Try \`thursday 15:00\` or \`20 nov 9:30\`.`;
    case 'past-moment':
      return `“${quotedShort(problem.words)}” has passed. Choose a time ahead, as in ${examples.move}.`;
    case 'too-far':
      return `“${quotedShort(problem.words)}” is further off than ${furthestAheadDays} days. Choose a nearer day, or end these 1:1s.`;
    case 'too-long':
      return `That is more than ${problem.most} characters. Say it shorter, please.`;
  }
}

const tooMuch = {
  'too-often': 'That is nearly every day. For a 1:1, choose once or twice a week, or less.',
  'too-rarely': 'That is more than half a year apart. Choose at least `quarterly first monday 9:00`.',
};

/** Enough of what was typed to know it again. */
const quotedShort = (text: string): string => {
  const letters = [...plainText(text)];
  return escaped(letters.length > 60 ? `${letters.slice(0, 59).join('')}…` : letters.join(''));
};
