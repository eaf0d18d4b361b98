// Memory, on a workspace's side: its schedules and what became of each occurrence.

import { type Expression, type RawBuilder, type Selectable, sql } from 'kysely';
import type { Tenant } from '../db/tenancy.ts';
import type { Lead } from '../leads/leads.ts';
import { ruleProblem } from '../time/recurrence.ts';
import type { Towards } from './decide.ts';
import type { DeliveriesTable, SchedulesTable } from './prompts.tables.ts';
import type { Answered, Destination, Plan, When, Which } from './prompts.ts';
import { firstAfter, leadsOwn, saidWhen, sameWhen, whenOf } from './when.ts';

export type Schedule = Selectable<SchedulesTable>;
export type Delivery = Selectable<DeliveriesTable>;
export type DeliveryState = Delivery['state'];

export const destinationOf = (row: Pick<Delivery, 'destination_type' | 'destination'>): Destination =>
  row.destination_type === 'dm' ? { dm: row.destination } : { channel: row.destination };

export async function planSchedule(trx: Tenant, plan: Plan, now: Temporal.Instant): Promise<void> {
  if ('rule' in plan.when) {
    const problem = ruleProblem(plan.when.rule);
    if (problem !== undefined) throw new RangeError(`${problem}: ${plan.when.rule}`);
  }
  const key = { lead_id: plan.leadId, kind: plan.kind, subject: plan.subject ?? '' };
  const destination = {
    destination_type: 'dm' in plan.destination ? ('dm' as const) : ('channel' as const),
    destination: 'dm' in plan.destination ? plan.destination.dm : plan.destination.channel,
  };
  const made = await trx
    .insertInto('schedules')
    .values({
      workspace_id: sql`current_setting('evenkeel.workspace_id')`,
      ...key,
      ...destination,
      ...columnsOf(plan.when),
      next_at: firstAfter(plan.when, now, null),
      last_local: null,
      state: 'active',
      state_reason: null,
      changed_at: now,
    })
    // Two requests that plan the same thing at once: the second waits here and then changes what the first made.
    .onConflict((conflict) => conflict.columns(['workspace_id', 'lead_id', 'kind', 'subject']).doNothing())
    .returning('schedule_id')
    .executeTakeFirst();
  if (made) return;

  const schedule = await trx
    .selectFrom('schedules')
    .selectAll()
    .where('lead_id', '=', key.lead_id)
    .where('kind', '=', key.kind)
    .where('subject', '=', key.subject)
    .forUpdate()
    .executeTakeFirstOrThrow();
  const when = leadsOwn(schedule, plan.when);
  const sameTime = sameWhen(saidWhen(schedule), when);
  const sameDestination =
    schedule.destination_type === destination.destination_type &&
    schedule.destination === destination.destination;
  if (schedule.state === 'active' && sameTime && sameDestination) return;

  // A paused schedule comes back when it is pointed somewhere else, a removed or broken one whenever its room asks.
  const comesBack =
    schedule.state === 'removed' ||
    schedule.state === 'broken' ||
    (schedule.state === 'paused' && !sameDestination);
  const newTime = comesBack || (schedule.state === 'active' && !sameTime);
  await trx
    .updateTable('schedules')
    .set({
      ...destination,
      ...columnsOf(when),
      ...(comesBack && { state: 'active' as const, state_reason: null }),
      ...(newTime && { next_at: firstAfter(when, now, schedule.last_local) }),
      changed_at: now,
    })
    .where('schedule_id', '=', schedule.schedule_id)
    .execute();
  if (!sameTime && 'at' in when) await withdraw(trx, schedule.schedule_id, 'moved', now);
  if (!sameDestination) {
    await trx
      .updateTable('deliveries')
      .set(destination)
      .where('schedule_id', '=', schedule.schedule_id)
      .where('state', '=', 'planned')
      .execute();
  }
}

export const columnsOf = (when: When) => ({
  rule: 'rule' in when ? when.rule : null,
  starts: 'rule' in when ? when.starts : null,
  time_zone: 'rule' in when ? when.timeZone : null,
  once_at: 'at' in when ? when.at : null,
});

/** Its room takes a schedule back; what is still waiting is not sent. */
export async function removeSchedule(trx: Tenant, which: Which, now: Temporal.Instant): Promise<void> {
  const ended = await trx
    .updateTable('schedules')
    .set({ state: 'removed', state_reason: null, next_at: null, chosen_by_lead: false, changed_at: now })
    .where('lead_id', '=', which.leadId)
    .where('kind', '=', which.kind)
    .where('subject', '=', which.subject ?? '')
    .where('state', '!=', 'removed')
    .returning('schedule_id')
    .executeTakeFirst();
  if (ended) await withdraw(trx, ended.schedule_id, 'removed', now);
}

/** What is waiting of a schedule is not sent; what may be with Slack already is left to take its course. */
export async function withdraw(
  trx: Tenant,
  scheduleId: string,
  reason: string,
  now: Temporal.Instant,
): Promise<void> {
  await trx
    .updateTable('deliveries')
    .set({ state: 'skipped', reason, due_at: null, history: lived(now, 'skipped', reason) })
    .where('schedule_id', '=', scheduleId)
    .where('state', 'in', ['planned', 'claimed'])
    .where('sending_at', 'is', null)
    .execute();
}

export async function answerDelivery(
  trx: Tenant,
  { leadId, deliveryId }: { leadId: string; deliveryId: string },
  answer: string,
  now: Temporal.Instant,
): Promise<Answered> {
  const answered = await trx
    .updateTable('deliveries')
    .set({ answered_at: now, answer, history: lived(now, 'answered', answer) })
    .where('delivery_id', '=', deliveryId)
    // What a button carries says which prompt; only the one it was put to can answer it.
    .where('lead_id', '=', leadId)
    // In doubt or being sent, and yet the lead has just clicked on it.
    .where('state', 'in', ['sent', 'sending', 'in-doubt', 'unknown'])
    .where('answered_at', 'is', null)
    .returning('delivery_id')
    .executeTakeFirst();
  if (answered) return { kind: 'answered' };
  const delivery = await findDelivery(trx, deliveryId);
  if (delivery?.lead_id !== leadId) return { kind: 'unknown' };
  return { kind: 'stale', state: delivery.state, answer: delivery.answer };
}

export async function replanLead(trx: Tenant, lead: Lead, now: Temporal.Instant): Promise<void> {
  const schedules = await trx
    .selectFrom('schedules')
    .selectAll()
    .where('lead_id', '=', lead.id)
    // What a channel hears keeps its hour unless its room plans otherwise.
    .where('destination_type', '=', 'dm')
    .where('rule', 'is not', null)
    .where('time_zone', '!=', lead.timeZone)
    .where('state', 'not in', ['removed', 'broken'])
    .forUpdate()
    .execute();
  for (const schedule of schedules) {
    const when = whenOf({ ...schedule, time_zone: lead.timeZone });
    await trx
      .updateTable('schedules')
      .set({
        time_zone: lead.timeZone,
        changed_at: now,
        ...(schedule.state === 'active' && { next_at: firstAfter(when, now, schedule.last_local) }),
      })
      .where('schedule_id', '=', schedule.schedule_id)
      .execute();
  }
  await trx
    .updateTable('deliveries')
    .set({ due_at: now })
    .where(isHeardBy(lead.id))
    .where('state', '=', 'planned')
    .where('reason', 'in', ['paused', 'quiet-hours', 'over-budget', 'more-important-first'])
    .execute();
}

export async function findDelivery(trx: Tenant, deliveryId: string): Promise<Delivery | undefined> {
  if (!uuid.test(deliveryId)) return undefined;
  return trx.selectFrom('deliveries').selectAll().where('delivery_id', '=', deliveryId).executeTakeFirst();
}

export const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** What a step leaves behind: anything of a delivery but its identity. */
export type Step = Partial<
  Omit<Delivery, 'workspace_id' | 'delivery_id' | 'schedule_id' | 'history' | 'state'>
> & { state: DeliveryState; reason?: string | null };

/**
 * Takes a delivery one step on, if it still is where the caller last saw it; false when somebody else was faster.
 * `sendingAt` guards the steps after a post: only the try that is on record may say how it went.
 */
export async function stepDelivery(
  trx: Tenant,
  deliveryId: string,
  from: { state: DeliveryState; sendingAt?: Temporal.Instant },
  step: Step,
  now: Temporal.Instant,
): Promise<boolean> {
  const moved = await trx
    .updateTable('deliveries')
    .set({ ...step, history: lived(now, step.state, step.reason ?? undefined) })
    .where('delivery_id', '=', deliveryId)
    .where('state', '=', from.state)
    .$if(from.sendingAt !== undefined, (query) => query.where('sending_at', '=', from.sendingAt!))
    .returning('delivery_id')
    .executeTakeFirst();
  return moved !== undefined;
}

/** One more line in a delivery's history. Ids and reasons, never what was said. */
export function lived(
  now: Temporal.Instant,
  state: string | Expression<string>,
  reason?: string,
): RawBuilder<Delivery['history']> {
  return sql`history || jsonb_build_array(jsonb_strip_nulls(jsonb_build_object(
    'at', ${now.toString()}::text, 'state', ${state}::text, 'reason', ${reason ?? null}::text)))`;
}

/** Who a prompt is for: whoever reads it in a DM, and in a channel whose it is. */
export const hearerOf = (row: Pick<Delivery, 'lead_id' | 'destination_type' | 'destination'>): string =>
  row.destination_type === 'dm' ? row.destination : row.lead_id;

export const towardsOf = (row: Pick<Delivery, 'lead_id' | 'destination_type' | 'destination'>): Towards =>
  row.destination_type === 'channel' ? 'channel' : row.destination === row.lead_id ? 'lead' : 'other';

/** Rows whose hearer somebody is. The two columns first, since those have indexes. */
const isHeardBy = (
  personId: string,
): RawBuilder<boolean> => sql`(lead_id = ${personId} or destination = ${personId})
  and case destination_type when 'dm' then destination else lead_id end = ${personId}`;

/** One prompt that somebody may still hear. */
interface Waiting {
  kind: string;
  subject: string;
  towards: Towards;
  occurrence: Temporal.Instant;
  dueAt: Temporal.Instant;
}

/** Everything that somebody may still hear, apart from one delivery, up to a moment; and what of their day is used. */
export async function budgetOf(
  trx: Tenant,
  hearerId: string,
  { day, upTo, but }: { day: Temporal.PlainDate; upTo: Temporal.Instant; but: string | null },
): Promise<{ spent: number; waiting: Waiting[] }> {
  const what = sql`kind, subject, lead_id, destination_type, destination`;
  const { rows } = await sql<
    { spent: boolean; occurrence: Temporal.Instant; due_at: Temporal.Instant } & Pick<
      Delivery,
      'kind' | 'subject' | 'lead_id' | 'destination_type' | 'destination'
    >
  >`
    select true as spent, ${what}, occurrence, occurrence as due_at from deliveries
    where ${isHeardBy(hearerId)} and counted_on = ${day} and delivery_id is distinct from ${but}
    union all
    select false, ${what}, occurrence, case when state = 'claimed' then claimed_at else due_at end from deliveries
    where ${isHeardBy(hearerId)} and delivery_id is distinct from ${but} and due_at is not null
      and state in ('planned', 'claimed') and not requested and counted_on is null
      and (state = 'claimed' or due_at < ${upTo})
    union all
    select false, ${what}, next_at, next_at from schedules
    where ${isHeardBy(hearerId)} and next_at < ${upTo}`.execute(trx);
  return {
    spent: rows.filter((row) => row.spent).length,
    waiting: rows
      .filter((row) => !row.spent)
      .map((row) => ({
        kind: row.kind,
        subject: row.subject,
        towards: towardsOf(row),
        occurrence: row.occurrence,
        dueAt: row.due_at,
      })),
  };
}

/**
 * Lets one prompt for a person at a time decide about the day's budget. Held until the transaction ends.
 * By a hash, so two leads may now and then wait for each other; never the other way round.
 */
export async function lockBudget(trx: Tenant, hearerId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(
    hashtextextended('evenkeel budget ' || current_setting('evenkeel.workspace_id') || ' ' || ${hearerId}, 0))`.execute(
    trx,
  );
}
