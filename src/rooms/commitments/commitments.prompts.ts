// The two questions this room asks: before a day on which something is due, and after it.

import type { Tenant } from '../../db/tenancy.ts';
import { type DuePrompt, nothing, type Question, usefulFor } from '../../prompts/prompts.ts';
import { button } from '../../slack/blocks.ts';
import { localDay, shortDate } from '../../time/days.ts';
import * as actions from './commitments.actions.ts';
import { reminderKinds } from './commitments.plans.ts';
import * as store from './commitments.store.ts';
import { remindDays } from './commitments.ts';
import { reminder } from './commitments.views.ts';

/** The subject is the day, as `2026-11-20`. */
const dayOf = (subject: string): Temporal.PlainDate => Temporal.PlainDate.from(subject);

/** Each day has its own, moved with the commitments themselves. */
const ofADay = {
  kind: 'question',
  overBudget: 'next-working-day',
  whenQuiet: 'wait',
  changedBehind: button('Open the commitments', actions.list, { which: 'open' }),
  async about(_trx: Tenant, subject: string) {
    return `due ${shortDate(dayOf(subject))}`;
  },
} as const;

async function compose(trx: Tenant, prompt: DuePrompt, which: 'before' | 'after') {
  const { lead: listener, now, deliveryId } = prompt;
  const open = (await store.findOpenDueOn(trx, listener.id, dayOf(prompt.subject))).filter(
    ({ owner }) => !owner.left,
  );
  if (open.length === 0) return nothing('nothing of that day is open');
  return { kind: 'say', message: reminder(open, which, { member: listener, now }, deliveryId) } as const;
}

export const reminderBefore: Question = {
  ...ofADay,
  name: reminderKinds.before,
  title: 'What you took on, before its day',
  importance: 60,
  // Until the day itself is over: two days and the day.
  usefulUntil: (occurrence, listener) =>
    occurrence
      .toZonedDateTimeISO(listener.timeZone)
      .startOfDay()
      .add({ days: remindDays + 1 })
      .toInstant(),
  compose: (trx, prompt) => compose(trx, prompt, 'before'),
};

export const reminderAfter: Question = {
  ...ofADay,
  name: reminderKinds.after,
  title: 'What you took on, after its day',
  importance: 65,
  usefulUntil: usefulFor({ weeks: 2 }),
  async compose(trx, prompt) {
    // Moved back to a day whose reminder was planned long ago: its own date decides.
    const today = localDay(prompt.now, prompt.lead.timeZone);
    if (Temporal.PlainDate.compare(dayOf(prompt.subject), today) >= 0) {
      return nothing('the day has not passed');
    }
    return compose(trx, prompt, 'after');
  },
};
