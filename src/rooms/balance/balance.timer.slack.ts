// The buttons under the question about a timer, and the form for when it ended.

import type { Doors } from '../../slack/doors.ts';
import * as actions from './balance.actions.ts';
import { findTimer } from './balance.store.ts';
import * as forms from './balance.timer.forms.ts';
import { continueTimer, discardTimer, endTimer } from './balance.timer.steps.ts';
import { timerMessage } from './balance.timer.views.ts';
import type { Once } from './balance.tools.ts';

export function listenForTimers(doors: Doors, once: Once): void {
  for (const [to, settle] of [
    [actions.timerKeep, continueTimer],
    [actions.timerStop, endTimer],
    [actions.timerDiscard, discardTimer],
  ] as const) {
    doors.action(
      to,
      once(async (step, { carried }) => ({
        replace: timerMessage(await settle(step, carried.startedAt), step),
      })),
    );
  }
  doors.action(
    actions.timerEnded,
    once(async (step, { carried }) => {
      const timer = await findTimer(step.trx, step.lead.id, carried.startedAt);
      return timer
        ? { form: forms.timerEndedForm(timer, step) }
        : { replace: timerMessage({ kind: 'gone' }, step) };
    }),
  );
  doors.submission(
    actions.timerEndedForm,
    once(async (step, { values, data: { startedAt } }) => {
      const reading = forms.readEnded(values, startedAt, step);
      if (reading.kind === 'refused') return { errors: reading.errors };
      return { replace: timerMessage(await endTimer(step, startedAt, reading.endsAt), step) };
    }),
  );
}
