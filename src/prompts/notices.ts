// What the engine itself has to tell a lead: a destination that is gone, a post nobody can vouch for.

import type { Tenant } from '../db/tenancy.ts';
import type { Lead } from '../leads/leads.ts';
import { forgetHeldBack, heldBack } from './controls.store.ts';
import { type Delivery, findDelivery, planSchedule } from './prompts.store.ts';
import {
  type Destination,
  type Notice,
  nothing,
  type Plan,
  type StandingPlans,
  usefulFor,
} from './prompts.ts';
import { destinationGoneMessage, inDoubtMessage, pauseOverMessage } from './prompts.views.ts';

const ofTheEngine = { kind: 'notice', usefulUntil: usefulFor({ weeks: 2 }) } as const;

/** The engine's own kinds, given the rooms' titles for what they speak of. */
export function noticeKinds(titleOf: (kind: string) => string): Notice[] {
  return [
    {
      ...ofTheEngine,
      name: 'prompt-destination-gone',
      title: 'A prompt that found no one',
      async compose(trx, { subject }) {
        const schedule = await trx
          .selectFrom('schedules')
          .select(['kind', 'destination', 'rule', 'state', 'state_reason'])
          .where('schedule_id', '=', subject)
          .executeTakeFirst();
        if (schedule?.state !== 'paused') return nothing('no-longer-so');
        return {
          kind: 'say',
          message: destinationGoneMessage({
            title: titleOf(schedule.kind),
            channelId: schedule.destination,
            error: schedule.state_reason ?? '',
            once: schedule.rule === null,
          }),
        };
      },
    },
    {
      ...ofTheEngine,
      name: 'prompt-in-doubt',
      title: 'A prompt that may not have arrived',
      async compose(trx, { subject }) {
        const delivery = await findDelivery(trx, subject);
        if (delivery?.state !== 'unknown') return nothing('no-longer-so');
        return {
          kind: 'say',
          message: inDoubtMessage({
            title: titleOf(delivery.kind),
            channelId: delivery.destination_type === 'channel' ? delivery.destination : undefined,
            deliveryId: delivery.delivery_id,
          }),
        };
      },
    },
    {
      ...ofTheEngine,
      name: pauseOver,
      title: 'What a pause held back',
      async compose(trx, { lead, now }) {
        const held = await heldBack(trx, lead.id);
        if (held.length === 0) return nothing('nothing-held-back');
        return { kind: 'say', message: pauseOverMessage(held, titleOf, { lead, now }) };
      },
      posted: (trx, { leadId, now }) => forgetHeldBack(trx, leadId, now),
    },
  ];
}

/** Comes by itself at the end of a pause that nobody ended earlier. */
export const pauseOver = 'prompt-pause-over';

/** Word at the end of a pause, whoever began it. */
export function pauseOverPlan({ id }: Lead, until: Temporal.Instant): Plan {
  return { leadId: id, kind: pauseOver, destination: { dm: id }, when: { at: until } };
}

export const pausePlans: StandingPlans = {
  kinds: [pauseOver],
  forGuests: true,
  wanted: async (_trx, lead, now) =>
    lead.pausedUntil && Temporal.Instant.compare(lead.pausedUntil, now) > 0
      ? [pauseOverPlan(lead, lead.pausedUntil)]
      : [],
};

/** Whether a kind is the engine's own: nobody plans those, and no list shows them. */
export const isNotice = (kind: string): boolean => kind.startsWith('prompt-');

/** Tells the lead of a channel prompt that is paused because its channel is gone; once for each time it is paused. */
export async function tellDestinationGone(
  trx: Tenant,
  delivery: Delivery,
  now: Temporal.Instant,
): Promise<void> {
  // A DM that can't be reached can't be told of either.
  if (delivery.destination_type === 'dm') return;
  await planSchedule(trx, notice(delivery, 'prompt-destination-gone', delivery.schedule_id, now), now);
}

/** Asks the lead about a post that nobody can vouch for. */
export async function tellInDoubt(trx: Tenant, delivery: Delivery, now: Temporal.Instant): Promise<void> {
  await planSchedule(trx, notice(delivery, 'prompt-in-doubt', delivery.delivery_id, now), now);
}

const notice = (delivery: Delivery, kind: string, subject: string, now: Temporal.Instant) => ({
  leadId: delivery.lead_id,
  kind,
  subject,
  destination: { dm: delivery.lead_id } satisfies Destination,
  when: { at: now },
});
