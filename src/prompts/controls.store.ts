// Memory for what a lead does to their prompts: put off, skip, move, switch off, have one now, pause them all.

import type { Tenant } from '../db/tenancy.ts';
import { nextOccurrence } from '../time/recurrence.ts';
import { findSwitchedOff, writeOccurrences } from './occurrences.ts';
import { columnsOf, type Delivery, findDelivery, lived, type Schedule, withdraw } from './prompts.store.ts';
import type { Which } from './prompts.ts';
import { firstAfter, whenOf } from './when.ts';

/** One prompt as its menu names it: an old menu carries a round that is over. */
export interface Shown {
  deliveryId: string;
  round: number;
}

/**
 * The prompt as it was shown to this lead, locked, so that two clicks count once. `stale`: done with before, or shown
 * again since.
 */
export async function lockShown(
  trx: Tenant,
  leadId: string,
  shown: Shown,
): Promise<{ kind: 'done' | 'stale'; delivery: Delivery } | undefined> {
  const delivery = await trx
    .selectFrom('deliveries')
    .selectAll()
    .where('delivery_id', '=', shown.deliveryId)
    .where('lead_id', '=', leadId)
    .forUpdate()
    .executeTakeFirst();
  if (!delivery) return undefined;
  const open =
    delivery.answered_at === null &&
    delivery.round === shown.round &&
    // Whoever clicks on it has it, whatever Slack told us.
    ['sent', 'sending', 'in-doubt', 'unknown'].includes(delivery.state);
  return { kind: open ? 'done' : 'stale', delivery };
}

/** It is put once more, at another moment. */
export async function comeAgain(
  trx: Tenant,
  deliveryId: string,
  { at, reason, now }: { at: Temporal.Instant; reason: string; now: Temporal.Instant },
): Promise<void> {
  await trx
    .updateTable('deliveries')
    .set((eb) => ({
      state: 'planned' as const,
      reason,
      due_at: at,
      paced: false,
      requested: true,
      // A new round is a new message, told apart from the old one by its metadata.
      round: eb('round', '+', 1),
      attempts: 0,
      sending_at: null,
      history: lived(now, 'planned', reason),
    }))
    .where('delivery_id', '=', deliveryId)
    .execute();
}

export async function skipDelivery(trx: Tenant, deliveryId: string, now: Temporal.Instant): Promise<void> {
  await trx
    .updateTable('deliveries')
    .set({
      state: 'skipped',
      reason: 'by-the-lead',
      due_at: null,
      answered_at: now,
      answer: 'skipped',
      history: lived(now, 'skipped', 'by-the-lead'),
    })
    .where('delivery_id', '=', deliveryId)
    .execute();
}

/** Keeps why the lead skipped a prompt, in their own words. */
export async function keepSkipReason(
  trx: Tenant,
  leadId: string,
  deliveryId: string,
  words: string,
): Promise<boolean> {
  const kept = await trx
    .updateTable('deliveries')
    .set({ answer: `skipped: ${words}` })
    .where('delivery_id', '=', deliveryId)
    .where('lead_id', '=', leadId)
    .where('state', '=', 'skipped')
    .where('answered_at', 'is not', null)
    .returning('delivery_id')
    .executeTakeFirst();
  return kept !== undefined;
}

export async function findSchedule(
  trx: Tenant,
  leadId: string,
  scheduleId: string,
): Promise<Schedule | undefined> {
  return trx
    .selectFrom('schedules')
    .selectAll()
    .where('schedule_id', '=', scheduleId)
    .where('lead_id', '=', leadId)
    .where('state', '!=', 'removed')
    .forUpdate()
    .executeTakeFirst();
}

/** A lead's schedules that have something to come, put off and moved included, or had it switched off or paused. */
export async function listSchedules(trx: Tenant, leadId: string): Promise<Schedule[]> {
  return trx
    .selectFrom('schedules')
    .selectAll()
    .where('lead_id', '=', leadId)
    .where((eb) =>
      eb.or([
        eb('next_at', 'is not', null),
        eb.and([
          eb('state', '!=', 'removed'),
          eb.exists(
            eb
              .selectFrom('deliveries')
              .select('deliveries.delivery_id')
              .whereRef('deliveries.schedule_id', '=', 'schedules.schedule_id')
              .where('deliveries.state', '=', 'planned'),
          ),
        ]),
        eb.and([eb('state', 'in', ['off', 'paused']), eb('rule', 'is not', null)]),
      ]),
    )
    .orderBy('kind')
    .orderBy('subject')
    .execute();
}

/** What of a lead's prompts has its own moment already: put off, moved, or waiting for work to begin. */
export async function listWaiting(trx: Tenant, leadId: string): Promise<Delivery[]> {
  return trx
    .selectFrom('deliveries')
    .selectAll()
    .where('lead_id', '=', leadId)
    .where('state', '=', 'planned')
    .orderBy('due_at')
    .limit(500)
    .execute();
}

export async function switchOff(trx: Tenant, scheduleId: string, now: Temporal.Instant): Promise<void> {
  await trx
    .updateTable('schedules')
    .set({ state: 'off', state_reason: null, next_at: null, changed_at: now })
    .where('schedule_id', '=', scheduleId)
    .execute();
  await withdraw(trx, scheduleId, 'switched-off', now);
}

/** On again, from the next occurrence on; one that was moved before it was switched off is among them. */
export async function switchOn(trx: Tenant, schedule: Schedule, now: Temporal.Instant): Promise<void> {
  const next = [
    firstAfter(whenOf(schedule), now, schedule.last_local),
    await findSwitchedOff(trx, schedule.schedule_id, now),
  ].filter((at) => at !== null && at !== undefined);
  await trx
    .updateTable('schedules')
    .set({
      state: 'active',
      state_reason: null,
      next_at: next.toSorted(Temporal.Instant.compare)[0] ?? null,
      changed_at: now,
    })
    .where('schedule_id', '=', schedule.schedule_id)
    .execute();
}

/** Somebody whom Slack could not reach is there: what was paused for it goes on from its next occurrence. */
export async function takeUpPaused(trx: Tenant, personId: string, now: Temporal.Instant): Promise<void> {
  const paused = await trx
    .selectFrom('schedules')
    .selectAll()
    .where('state', '=', 'paused')
    .where('destination_type', '=', 'dm')
    .where('destination', '=', personId)
    .forUpdate()
    .execute();
  for (const schedule of paused) await switchOn(trx, schedule, now);
}

/** The lead gives a schedule a rhythm of their own. */
export async function changeRhythm(
  trx: Tenant,
  schedule: Schedule,
  rhythm: { rule: string; starts: Temporal.PlainDateTime; timeZone: string },
  now: Temporal.Instant,
): Promise<void> {
  await trx
    .updateTable('schedules')
    .set({
      ...columnsOf(rhythm),
      state: 'active',
      state_reason: null,
      chosen_by_lead: true,
      next_at: firstAfter(rhythm, now, null),
      changed_at: now,
    })
    .where('schedule_id', '=', schedule.schedule_id)
    .execute();
}

/** What of a schedule has its own moment already, and comes before the series goes on; locked. */
async function findWaitingFirst(trx: Tenant, schedule: Schedule): Promise<Delivery | undefined> {
  const waiting = await trx
    .selectFrom('deliveries')
    .selectAll()
    .where('schedule_id', '=', schedule.schedule_id)
    .where('state', '=', 'planned')
    .where('due_at', 'is not', null)
    .orderBy('due_at')
    .limit(1)
    .forUpdate()
    .executeTakeFirst();
  const { next_at: next } = schedule;
  const first = waiting?.due_at && (!next || Temporal.Instant.compare(waiting.due_at, next) <= 0);
  return first ? waiting : undefined;
}

/** When a schedule is next heard of; null when nothing is to come. */
export async function findNext(trx: Tenant, schedule: Schedule): Promise<Temporal.Instant | null> {
  return (await findWaitingFirst(trx, schedule))?.due_at ?? schedule.next_at;
}

/**
 * The next one, and only that one, comes at another moment. That of a series has its delivery written here and now;
 * when the series gets there it finds the occurrence taken. False when there is none to come.
 */
export async function moveNext(
  trx: Tenant,
  schedule: Schedule,
  to: Temporal.Instant,
  now: Temporal.Instant,
): Promise<boolean> {
  const waiting = await findWaitingFirst(trx, schedule);
  if (waiting) {
    await trx
      .updateTable('deliveries')
      .set({
        reason: 'moved',
        due_at: to,
        paced: false,
        requested: true,
        history: lived(now, 'planned', 'moved'),
      })
      .where('delivery_id', '=', waiting.delivery_id)
      .execute();
    return true;
  }
  const when = whenOf(schedule);
  let occurrence = schedule.next_at;
  // One that was said already, early, has had its turn: the next one that is left is meant.
  while (
    occurrence &&
    !(await writeOccurrences(trx, [{ schedule, occurrence, dueAt: to, moved: true }], now))
  )
    occurrence = 'rule' in when ? (nextOccurrence(when, occurrence)?.at ?? null) : null;
  if (!occurrence) return false;
  await trx
    .updateTable('schedules')
    .set({
      next_at: 'rule' in when ? (nextOccurrence(when, occurrence)?.at ?? null) : null,
      ...('rule' in when && { last_local: occurrence.toZonedDateTimeISO(when.timeZone).toPlainDateTime() }),
    })
    .where('schedule_id', '=', schedule.schedule_id)
    .execute();
  return true;
}

/** Has what is next of a schedule said at once; false when there is none to come. */
export async function hurrySchedule(trx: Tenant, which: Which, now: Temporal.Instant): Promise<boolean> {
  const schedule = await trx
    .selectFrom('schedules')
    .selectAll()
    .where('lead_id', '=', which.leadId)
    .where('kind', '=', which.kind)
    .where('subject', '=', which.subject ?? '')
    .forUpdate()
    .executeTakeFirst();
  return schedule ? moveNext(trx, schedule, now, now) : false;
}

/** What pauses held back and the lead has not been told of, oldest first. */
export async function heldBack(trx: Tenant, leadId: string): Promise<Delivery[]> {
  return trx
    .selectFrom('deliveries')
    .selectAll()
    .where('lead_id', '=', leadId)
    .where('state', '=', 'skipped')
    .where('reason', '=', 'paused')
    .where('answered_at', 'is', null)
    .orderBy('occurrence')
    .execute();
}

/** The lead has been told: what was held back is over and done with. */
export async function forgetHeldBack(trx: Tenant, leadId: string, now: Temporal.Instant): Promise<void> {
  await trx
    .updateTable('deliveries')
    .set({ answered_at: now, answer: 'told' })
    .where('lead_id', '=', leadId)
    .where('state', '=', 'skipped')
    .where('reason', '=', 'paused')
    .where('answered_at', 'is', null)
    .execute();
}

/** The schedule a prompt of this lead came from. */
export async function scheduleOf(
  trx: Tenant,
  leadId: string,
  deliveryId: string,
): Promise<Schedule | undefined> {
  const delivery = await findDelivery(trx, deliveryId);
  return delivery && findSchedule(trx, leadId, delivery.schedule_id);
}
