// What somebody reads whose line was not understood: what is the matter, and how to write it.

import { button, escaped, message, paragraph, row } from '../../slack/blocks.ts';
import type { Message } from '../../slack/message.ts';
import { whichYear } from '../../time/time.views.ts';
import * as actions from './postmortems.actions.ts';
import { timeTrouble } from './postmortems.forms.ts';
import type { CommandProblem } from './postmortems.parse.ts';

const code = (text: string): string => `\`${escaped(text.replaceAll('`', '').slice(0, 80))}\``;

const twiceWords = {
  severity: 'the severity',
  times: 'the times',
  place: 'where it stands',
  facilitator: 'the facilitator',
} as const;

function problemWords(problem: CommandProblem): string {
  switch (problem.why) {
    case 'no-title':
      return 'Say first what happened, as in `/postmortem checkout was down, sev1, 09:12-09:37 today`.';
    case 'title-too-long':
      return `What happened has to fit into ${problem.most} characters; the summary has room for the rest.`;
    case 'no-such-severity':
      return `There is no ${code(problem.text)}: severity 1 is the worst, then 2 and 3.`;
    case 'time':
      return `${problem.text === '' ? '' : `${code(problem.text)}: `}${timeTrouble[problem.problem]}`;
    case 'which-year':
      return whichYear(escaped(problem.text), problem);
    case 'twice':
      return `You gave ${twiceWords[problem.what]} twice; once will do.`;
    case 'not-understood':
      return `I don’t understand ${code(problem.text)}. After what happened come the severity, times, services, people and place, with commas between.`;
    case 'services':
      return `At most ${problem.most} services, please.`;
    case 'people':
      return `At most ${problem.most} people, please.`;
    case 'no-note':
      return 'Say what happened, as in `/postmortem note 09:20 rolled back`.';
    case 'note-too-long':
      return `A line of the timeline has at most ${problem.most} characters; the sections have room for more.`;
    case 'no-search':
      return 'Say what to look for, as in `/postmortem search full disk`.';
    case 'no-such-number':
      return `${code(problem.text)} is no number. Write it as PM-3; \`/postmortem list\` shows them.`;
  }
}

export const refused = (problems: readonly CommandProblem[]): Message =>
  message(
    paragraph(`Nothing kept. ${problems.slice(0, 5).map(problemWords).join('\n')}`),
    row(button('Use the form', actions.start)),
  );
