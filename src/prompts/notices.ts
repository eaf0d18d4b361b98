// What the engine itself has to tell a lead: a destination that is gone, a post nobody can vouch for.

import type { Tenant } from '../db/tenancy.ts';
import type { Lead } from '../leads/leads.ts';
import { escaped, mention } from '../slack/blocks.ts';
import { forgetHeldBack } from './controls.store.ts';
import { findHeld } from './held.ts';
import { type Delivery, findDelivery, planSchedule } from './prompts.store.ts';
import {
  type Destination,
  type Notice,
  nothing,
  type Plan,
  type PromptKind,
  type StandingPlans,
  usefulFor,
} from './prompts.ts';
import {
  destinationGoneMessage,
  inDoubtMessage,
  pauseOverMessage,
  personGoneMessage,
} from './prompts.views.ts';

const ofTheEngine = { kind: 'notice', usefulUntil: usefulFor({ weeks: 2 }) } as const;

/** The engine's own kinds, given the rooms' for what they speak of. */
export function noticeKinds(kindOf: (name: string) => PromptKind | undefined): Notice[] {
  const titleOf = (name: string) => kindOf(name)?.title ?? 'a prompt';
  return [
    {
      ...ofTheEngine,
      name: 'prompt-destination-gone',
      title: 'A prompt that found no one',
      async compose(trx, { lead, subject }) {
        const schedule = await trx
          .selectFrom('schedules')
          .select(['kind', 'subject', 'destination_type', 'destination', 'rule', 'state', 'state_reason'])
          .where('schedule_id', '=', subject)
          .executeTakeFirst();
        if (schedule?.state !== 'paused') return nothing('no-longer-so');
        const { destination, destination_type: type, rule, state_reason: error } = schedule;
        const about = { title: titleOf(schedule.kind), error: error ?? '' };
        if (type === 'channel') {
          const channel = { ...about, channelId: destination, once: rule === null };
          return { kind: 'say', message: destinationGoneMessage(channel) };
        }
        const kind = kindOf(schedule.kind);
        const name =
          kind?.kind === 'errand'
            ? await kind.toWhom?.(trx, { leadId: lead.id, subject: schedule.subject })
            : undefined;
        const who = name === undefined ? mention(destination) : escaped(name);
        return { kind: 'say', message: personGoneMessage({ ...about, who }) };
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
        const held = await findHeld(trx, lead.id, kindOf);
        if (held.length === 0) return nothing('nothing-held-back');
        return { kind: 'say', message: pauseOverMessage(held, { lead, now }) };
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

/** Tells the lead of a prompt that is paused because its channel, or another person, is gone; once for each time it is paused. */
export async function tellDestinationGone(
  trx: Tenant,
  delivery: Delivery,
  now: Temporal.Instant,
): Promise<void> {
  // A lead who can't be reached can't be told of it either.
  if (delivery.destination === delivery.lead_id) return;
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
