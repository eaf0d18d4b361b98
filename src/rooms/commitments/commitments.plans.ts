// What of this room's is to come: on each day on which there is something to say of what somebody took on, one reminder.

import type { Lead } from '../../leads/leads.ts';
import type { StandingPlans, Wanted } from '../../prompts/prompts.ts';
import { localDay } from '../../time/days.ts';
import * as store from './commitments.store.ts';
import { type Commitment, isToBeSaid, reminders } from './commitments.ts';

export const kinds = { reminder: 'commitments', closed: 'commitments-closed' } as const;

/** The subject of what was just put down for somebody. */
const news = 'new';
/** Minutes until it is said, in case more follows: it comes in one message. */
const patience = 10;

/** The subjects, each a local day as `2026-11-20`, under which something due on a day is spoken of. */
export const daysOf = (due: Temporal.PlainDate, owner: Lead): string[] =>
  Object.values(reminders(due, owner)).map((at) => localDay(at, owner.timeZone).toString());

/** One for each day still to come: what is due on several days is spoken of together where that falls on one. */
export function remindersFor(open: readonly Commitment[], owner: Lead, now: Temporal.Instant): Wanted[] {
  const moments = open
    .filter((commitment) => !commitment.owner.left)
    .flatMap(({ due }) => Object.values(reminders(due, owner)))
    .filter((at) => Temporal.Instant.compare(at, now) > 0);
  const days = new Map(moments.map((at) => [localDay(at, owner.timeZone).toString(), at]));
  return [...days].map(([subject, at]) => ({ ...toOwner(owner), subject, when: { at } }));
}

export const newsFor = (owner: Lead, now: Temporal.Instant): Wanted => ({
  ...toOwner(owner),
  subject: news,
  when: { at: now.add({ minutes: patience }) },
});

const toOwner = ({ id }: Lead) => ({ leadId: id, kind: kinds.reminder, destination: { dm: id } });

/** Word to the lead of what others closed. */
export const closedFor = (leadId: string, now: Temporal.Instant): Wanted => ({
  leadId,
  kind: kinds.closed,
  destination: { dm: leadId },
  when: { at: now.add({ minutes: patience }) },
});

export const commitmentPlans: StandingPlans = {
  kinds: [kinds.reminder],
  forGuests: true,
  async wanted(trx, owner, now) {
    const open = await store.findOpenOf(trx, owner.id);
    const hasNews = open.some((one) => one.saidAt === null && isToBeSaid(one, owner, now));
    return [
      ...remindersFor(open, owner, now),
      ...(hasNews ? [{ ...newsFor(owner, now), asItIs: true as const }] : []),
    ];
  },
};
