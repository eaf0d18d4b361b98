// What of this room's is to come: a reminder before and after each day on which somebody has something due.

import type { Lead } from '../../leads/leads.ts';
import type { StandingPlans, Wanted } from '../../prompts/prompts.ts';
import * as store from './commitments.store.ts';
import { reminders } from './commitments.ts';

export const reminderKinds = { before: 'commitment-before', after: 'commitment-after' } as const;

/** Two prompts for a day: several things due that day share them. */
export function remindersFor(owner: Lead, due: Temporal.PlainDate, now: Temporal.Instant): Wanted[] {
  const { before, after } = reminders(due, owner, now);
  const plan = { leadId: owner.id, subject: due.toString(), destination: { dm: owner.id } };
  return [
    ...(before ? [{ ...plan, kind: reminderKinds.before, when: { at: before } }] : []),
    { ...plan, kind: reminderKinds.after, when: { at: after } },
  ];
}

export const commitmentPlans: StandingPlans = {
  kinds: Object.values(reminderKinds),
  forGuests: true,
  async wanted(trx, owner, now) {
    const open = (await store.findOpenOf(trx, owner.id)).filter((commitment) => !commitment.owner.left);
    const days = new Map(open.map(({ due }) => [due.toString(), due]));
    return [...days.values()]
      .flatMap((due) => remindersFor(owner, due, now))
      .filter(({ when }) => 'at' in when && Temporal.Instant.compare(when.at, now) > 0);
  },
};
