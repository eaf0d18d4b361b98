// What a lead reads about the timer: that it runs, the question when it seems forgotten, and what it came to.

import { button, confirmation, message, paragraph, quoted, row, say } from '../../slack/blocks.ts';
import type { Message } from '../../slack/message.ts';
import { clockInWords } from '../../time/days.ts';
import * as actions from './balance.actions.ts';
import { refused } from './balance.refusals.ts';
import type { TimerOutcome } from './balance.timer.steps.ts';
import type { Timer } from './balance.timer.ts';
import type { Reader } from './balance.ts';
import { logged, nameOf, timerLine } from './balance.views.ts';

export function timerMessage(outcome: TimerOutcome, reader: Reader): Message {
  switch (outcome.kind) {
    case 'started':
      return message(
        ...(outcome.ended ? timerMessage(outcome.ended, reader).blocks : []),
        paragraph(
          `Timing ${category(outcome.timer, reader)} from ${clockInWords(reader.now, reader.lead.timeZone)}. \`/logtime stop\` logs it.`,
        ),
      );
    case 'running':
      return say(`${timerLine(outcome.timer, reader)} \`/logtime stop\` logs it.`);
    case 'forgotten':
      return timerQuestion(outcome.timer, reader);
    case 'kept':
      return say(`${timerLine(outcome.timer, reader)} I will leave it running.`);
    case 'discarded':
      return say(`Discarded. Nothing was logged for ${category(outcome.timer, reader)}.`);
    case 'logged':
      return logged(outcome, reader);
    case 'refused':
      return refused('', outcome.problems, reader);
    case 'too-short':
      return say('That timer ran for less than a minute, so there was nothing to log.');
    case 'gone':
      return say('That timer is no longer running.');
    case 'none':
      return say('No timer is running. `/logtime start review` starts one.');
  }
}

const category = ({ categoryId }: Timer, { categories }: Reader): string =>
  `*${quoted(nameOf(categoryId, categories))}*`;

/** Asked once when a timer seems forgotten, and again on stopping it. */
export function timerQuestion(timer: Timer, reader: Reader): Message {
  const carried = { startedAt: timer.startedAt.toString() };
  return message(
    paragraph(timerLine(timer, reader)),
    row(
      button('Still on it', actions.timerKeep, carried),
      button('It ended at…', actions.timerEnded, carried),
      button('Stop now', actions.timerStop, carried),
      button('Discard', actions.timerDiscard, carried, {
        confirm: confirmation('Discard this timer?', 'Nothing of it will be logged.', 'Discard'),
      }),
    ),
  );
}
