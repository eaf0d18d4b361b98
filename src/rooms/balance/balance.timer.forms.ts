// The form that asks when a timer really ended, and reading it back.

import { paragraph } from '../../slack/blocks.ts';
import { dateInput, type Form, type FormValues, field, form, timeInput } from '../../slack/forms.ts';
import { atClock, localDay } from '../../time/days.ts';
import { workEnds } from '../../time/working-days.ts';
import * as actions from './balance.actions.ts';
import type { Timer } from './balance.timer.ts';
import type { Reader } from './balance.ts';
import { timerLine } from './balance.views.ts';

const fields = { day: 'day', time: 'time' } as const;

/** Now, for a timer of today; for one that ran over night the end of its working day, where that helps. */
function likelyEnd({ startedAt }: Timer, { lead, now }: Reader): Temporal.PlainTime | undefined {
  const [start, current] = [startedAt, now].map((instant) => instant.toZonedDateTimeISO(lead.timeZone));
  if (!start || !current || start.toPlainDate().equals(current.toPlainDate())) return current?.toPlainTime();
  const end = workEnds(lead, start.toPlainDate());
  return Temporal.Instant.compare(end, startedAt) > 0
    ? end.toZonedDateTimeISO(lead.timeZone).toPlainTime()
    : undefined;
}

export const timerEndedForm = (timer: Timer, reader: Reader): Form =>
  form(actions.timerEndedForm, {
    title: 'When did it end?',
    submit: 'Log it',
    data: { startedAt: timer.startedAt.toString() },
    blocks: [
      paragraph(timerLine(timer, reader)),
      field(fields.day, 'Day', dateInput(localDay(timer.startedAt, reader.lead.timeZone))),
      field(fields.time, 'Time', timeInput(likelyEnd(timer, reader))),
    ],
  });

/** When the timer that started then ended: after it started, and not in the future. */
export function readEnded(
  values: FormValues,
  startedAt: Temporal.Instant,
  { lead, now }: Reader,
): { kind: 'ended'; endsAt: Temporal.Instant } | { kind: 'refused'; errors: Record<string, string> } {
  const [day, time] = [values.day(fields.day), values.time(fields.time)];
  if (!day) return { kind: 'refused', errors: { [fields.day]: 'Choose a day.' } };
  const refused = (why: string) => ({ kind: 'refused', errors: { [fields.time]: why } }) as const;
  if (!time) return refused('Choose a time.');
  const reading = atClock(day, time, lead.timeZone);
  if (reading.kind === 'in-a-gap')
    return refused('The clocks went forward over that time; it did not exist. Write another.');
  const { instant: endsAt } = reading;
  if (Temporal.Instant.compare(endsAt, startedAt) <= 0) return refused('That is before the timer started.');
  if (Temporal.Instant.compare(endsAt, now) > 0)
    return refused('That has not been yet. Write a time that has passed.');
  return { kind: 'ended', endsAt };
}
