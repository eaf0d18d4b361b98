// Why a line was not taken, in words that say what to do.

import { escaped, say } from '../../slack/blocks.ts';
import type { Message } from '../../slack/message.ts';
import { whichYear } from '../../time/time.views.ts';
import { furthestAhead } from './delegation.check-ins.ts';
import { levels } from './delegation.levels.ts';
import type { Problem } from './delegation.parse.ts';

export function refused(problems: readonly Problem[]): Message {
  const sentences = problems.slice(0, 5).map(sentence);
  return say(['Nothing delegated yet.', ...sentences].join(sentences.length > 1 ? '\n' : ' '));
}

const levelNames = levels.map(({ name }) => `\`${name}\``).join(', ');

export function sentence(problem: Problem): string {
  switch (problem.kind) {
    case 'too-long':
      return `That is more than ${problem.most} characters. \`/delegate\` on its own opens a form with room for it.`;
    case 'no-person':
      return 'To whom? Type @ and pick them from Slack’s list, as in `/delegate @someone the parser at advise`.';
    case 'unknown-person':
      return `I cannot tell who “${escaped(problem.text)}” is. Type @ and pick them from Slack’s list.`;
    case 'two-people':
      return 'I read more than one person. What two people hold, nobody does; name the one who decides.';
    case 'person-in-the-middle':
      return 'Put the person first, as in `/delegate @someone the parser at advise`, or after “to”.';
    case 'yourself':
      return 'That is you. Pick somebody else to hand it to.';
    case 'no-title':
      return 'What is it they would decide or do? Put it after the person, as in `the cache redesign`.';
    case 'long-title':
      return `Its name has ${problem.length} characters; ${problem.most} is the most. The rest can go after two dashes.`;
    case 'unknown-level':
      return `“${escaped(problem.text)}” is no level I know. Pick one of ${levelNames}, or a number from 1 to 7. If it belongs to the name, put the name in quotes.`;
    case 'no-level-named':
      return `After “at” I expect a level: ${levelNames}, or a number from 1 to 7.`;
    case 'two-levels':
      return 'I read two levels. Leave one out.';
    case 'bad-day':
      return `I cannot read “${escaped(problem.text)}” as a day. Try \`until 12 dec\`, \`until next friday\` or \`until 2027-01-15\`. If it belongs to the name, put the name in quotes.`;
    case 'which-year':
      return whichYear(escaped(problem.text), problem);
    case 'with-clock':
      return `It ends on a day, so leave the time out of “${escaped(problem.text)}”. If it belongs to the name, put the name in quotes.`;
    case 'no-day-named':
      return 'After “until” I expect a day, as in `until 12 dec`. Leave it out if there is no end.';
    case 'two-days':
      return 'I read two days. Leave one out; more check-ins can be set once it is made.';
    case 'not-ahead':
      return `“${escaped(problem.text)}” is not ahead of us. Pick a day from tomorrow on, or leave it out.`;
    case 'too-far':
      return `“${escaped(problem.text)}” is more than ${furthestAhead / 365} years away. Pick a nearer day, or leave it out.`;
    case 'empty-why':
      return 'Nothing stands after the dashes. Say why it is them, or leave the dashes out.';
    case 'long-why':
      return `The reason has ${problem.length} characters; ${problem.most} is the most I keep.`;
    case 'unclosed-quote':
      return `A quote begins at “${escaped(problem.text.slice(0, 80))}” and never ends. Close it, or leave it out.`;
    case 'leftover':
      return `I do not know what to do with “${escaped(problem.words.slice(0, 200))}”. Leave it out, or see \`/delegate help\`.`;
  }
}
