// The buttons under the question about a timer, and the form for when it ended.

import type { Through } from '../../slack/through.ts';
import * as actions from './balance.actions.ts';
import { findTimer } from './balance.store.ts';
import * as forms from './balance.timer.forms.ts';
import { continueTimer, discardTimer, endTimer, type TimerStep } from './balance.timer.steps.ts';
import { timerMessage } from './balance.timer.views.ts';

export function listenForTimers(doors: Through<[TimerStep]>): void {
  for (const [to, settle] of [
    [actions.timerKeep, continueTimer],
    [actions.timerStop, endTimer],
    [actions.timerDiscard, discardTimer],
  ] as const) {
    doors.action(to, async (step, { carried }) => ({
      replace: timerMessage(await settle(step, carried.startedAt), step),
    }));
  }
  doors.action(actions.timerEnded, async (step, { carried }) => {
    const timer = await findTimer(step.trx, step.lead.id, carried.startedAt);
    return timer
      ? { form: forms.timerEndedForm(timer, step) }
      : { replace: timerMessage({ kind: 'gone' }, step) };
  });
  doors.submission(actions.timerEndedForm, async (step, { values, data: { startedAt } }) => {
    const reading = forms.readEnded(values, startedAt, step);
    if (reading.kind === 'refused') return { errors: reading.errors };
    return { replace: timerMessage(await endTimer(step, startedAt, reading.endsAt), step) };
  });
}
