// Memory, on the engine's side: finds what is due in all workspaces and hands it to the job queue, a batch a transaction.

import { type Kysely, sql } from 'kysely';
import type { Schema } from '../db/schema.ts';
import { type Engine, inEngine } from '../db/tenancy.ts';
import { nextOccurrence, occurrencesBetween } from '../time/recurrence.ts';
import { destinationPace, type Pace, takeSlot, workspacePace } from './pacing.ts';
import { type DeliveryState, lived, whenOf } from './prompts.store.ts';

interface Claimed {
  /** Occurrences that fell due and now have a delivery. */
  planned: number;
  /** Deliveries given to the job queue. */
  claimed: number;
  /** Whether more is due than a batch holds. */
  more: boolean;
}

/** Rows a transaction takes at most: enough to be quick, few enough not to keep the other replicas waiting. */
const batch = 500;

/** How long a job may take before the delivery is given to another one. Far beyond what a try takes. */
export const lease = Temporal.Duration.from({ minutes: 10 });

/** Why an occurrence was withdrawn that nobody heard of; what plans it anew may have it said. */
const takenBack = ['switched-off', 'moved', 'removed'];

/** Claims one batch of what is due, in one transaction. `importance` of a kind decides who goes first in a rush. */
export function claimDue(
  db: Kysely<Schema>,
  importance: (kind: string) => number,
  now: Temporal.Instant,
): Promise<Claimed> {
  return inEngine(db, async (trx) => {
    const planned = await planOccurrences(trx, now);
    const { seen, claimed } = await claimDeliveries(trx, importance, now);
    return { planned: planned.count, claimed, more: planned.more || seen === batch };
  });
}

/** What fell due, longest ago first. Exported for the test that watches how Postgres finds it. */
export function dueSchedules(trx: Engine, now: Temporal.Instant) {
  return (
    trx
      .selectFrom('schedules')
      .select([
        'workspace_id',
        'schedule_id',
        'lead_id',
        'kind',
        'subject',
        'destination_type',
        'destination',
      ])
      .select(['rule', 'starts', 'time_zone', 'once_at', 'next_at'])
      .where('next_at', '<=', now)
      .orderBy('next_at')
      .limit(batch)
      // A replica that is busy with a schedule has it; the others take the next ones instead of waiting.
      .forUpdate()
      .skipLocked()
  );
}

/** Writes a delivery for each occurrence that fell due, and each schedule's next instant. */
async function planOccurrences(
  trx: Engine,
  now: Temporal.Instant,
): Promise<{ count: number; more: boolean }> {
  const due = await dueSchedules(trx, now).execute();
  if (due.length === 0) return { count: 0, more: false };

  await trx
    .insertInto('deliveries')
    .values(
      due.map((schedule) => ({
        workspace_id: schedule.workspace_id,
        schedule_id: schedule.schedule_id,
        lead_id: schedule.lead_id,
        kind: schedule.kind,
        subject: schedule.subject,
        destination_type: schedule.destination_type,
        destination: schedule.destination,
        occurrence: schedule.next_at!,
        state: 'planned' as const,
        due_at: now,
        planned_at: now,
        history: JSON.stringify([{ at: now.toString(), state: 'planned' }]) as never,
      })),
    )
    // An occurrence that was moved or sent early has its delivery already. One that was only taken back before it
    // was said, as by switching the prompt off and on again, is to come after all.
    .onConflict((conflict) =>
      conflict
        .columns(['workspace_id', 'schedule_id', 'occurrence'])
        .doUpdateSet({
          state: 'planned',
          reason: null,
          due_at: now,
          paced: false,
          requested: false,
          history: sql`deliveries.history || excluded.history`,
        })
        .where('deliveries.state', '=', 'skipped')
        .where('deliveries.reason', 'in', takenBack)
        .where('deliveries.sent_at', 'is', null),
    )
    .execute();

  const next = due.map((schedule) => {
    const when = whenOf(schedule);
    return 'rule' in when
      ? {
          at: nextOccurrence(when, schedule.next_at!)?.at ?? null,
          local: schedule.next_at!.toZonedDateTimeISO(when.timeZone).toPlainDateTime(),
        }
      : { at: null, local: null };
  });
  await sql`
    update schedules set next_at = due.next_at, last_local = due.last_local
    from unnest(
      ${due.map((schedule) => schedule.workspace_id)}::text[],
      ${due.map((schedule) => schedule.schedule_id)}::uuid[],
      ${next.map(({ at }) => at)}::timestamptz[],
      ${next.map(({ local }) => local)}::timestamp[]) as due (workspace_id, schedule_id, next_at, last_local)
    where schedules.workspace_id = due.workspace_id and schedules.schedule_id = due.schedule_id`.execute(trx);
  // After a silence a series has several to catch up with, one a batch.
  const behind = next.some(({ at }) => at && Temporal.Instant.compare(at, now) <= 0);
  return { count: due.length, more: due.length === batch || behind };
}

interface DueDelivery {
  workspace_id: string;
  delivery_id: string;
  kind: string;
  state: DeliveryState;
  destination: string;
  paced: boolean;
}

/** Gives what is due a job, or, in a rush, a place in its workspace's line to come back at. */
async function claimDeliveries(
  trx: Engine,
  importance: (kind: string) => number,
  now: Temporal.Instant,
): Promise<{ seen: number; claimed: number }> {
  const due = await trx
    .selectFrom('deliveries')
    .select(['workspace_id', 'delivery_id', 'kind', 'state', 'destination', 'paced'])
    .where('due_at', '<=', now)
    .orderBy('due_at')
    .limit(batch)
    .forUpdate()
    .skipLocked()
    .execute();
  if (due.length === 0) return { seen: 0, claimed: 0 };

  due.sort((one, other) => importance(other.kind) - importance(one.kind));
  const slots = await takeSlots(
    trx,
    due.filter((delivery) => !delivery.paced),
    now,
  );
  const waiting = due.filter((delivery) => {
    const slot = slots.get(delivery);
    return slot && Temporal.Instant.compare(slot, now) > 0;
  });
  if (waiting.length > 0) {
    await sql`
      update deliveries set due_at = slot.at, paced = true
      from unnest(
        ${waiting.map((delivery) => delivery.workspace_id)}::text[],
        ${waiting.map((delivery) => delivery.delivery_id)}::uuid[],
        ${waiting.map((delivery) => slots.get(delivery))}::timestamptz[]) as slot (workspace_id, delivery_id, at)
      where deliveries.workspace_id = slot.workspace_id and deliveries.delivery_id = slot.delivery_id`.execute(
      trx,
    );
  }

  const ready = due.filter((delivery) => !waiting.includes(delivery));
  if (ready.length === 0) return { seen: due.length, claimed: 0 };
  const workspaces = ready.map((delivery) => delivery.workspace_id);
  const ids = ready.map((delivery) => delivery.delivery_id);
  // A claim that lapsed while Slack was being asked stays `sending`: its job will find that out.
  await sql`
    update deliveries set state = case when state = 'sending' then 'sending' else 'claimed' end,
      claimed_at = ${now}, due_at = ${now.add(lease)}, paced = false, history = ${lived(now, 'claimed')}
    from unnest(${workspaces}::text[], ${ids}::uuid[]) as ready (workspace_id, delivery_id)
    where deliveries.workspace_id = ready.workspace_id and deliveries.delivery_id = ready.delivery_id`.execute(
    trx,
  );
  // The job queue is told in this same transaction: a claim without a job, or a job without a claim, cannot be.
  await sql`
    select evenkeel_queue_deliveries(
      ${workspaces}::text[], ${ids}::uuid[],
      ${ready.map((delivery) => `${delivery.workspace_id}/${delivery.destination}`)}::text[],
      ${ready.map((delivery) => -importance(delivery.kind))}::integer[])`.execute(trx);
  return { seen: due.length, claimed: ready.length };
}

/** A place in line for each delivery, in the order given: its workspace's and its destination's, whichever is later. */
async function takeSlots(
  trx: Engine,
  due: DueDelivery[],
  now: Temporal.Instant,
): Promise<Map<DueDelivery, Temporal.Instant>> {
  const slots = new Map<DueDelivery, Temporal.Instant>();
  if (due.length === 0) return slots;
  const lines = new Map<string, { workspace: string; destination: string; next: Temporal.Instant }>();
  for (const { workspace_id: workspace, destination } of due) {
    lines.set(key(workspace, ''), { workspace, destination: '', next: now });
    lines.set(key(workspace, destination), { workspace, destination, next: now });
  }
  // Rows are made and locked in one order everywhere, so that two replicas never wait for each other.
  const wanted = [...lines.entries()]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([, line]) => line);
  const workspaces = wanted.map((line) => line.workspace);
  const destinations = wanted.map((line) => line.destination);
  const { rows } = await sql<{ workspace_id: string; destination: string; next_at: Temporal.Instant }>`
    insert into paces (workspace_id, destination, next_at)
    select workspace_id, destination, ${now} from unnest(${workspaces}::text[], ${destinations}::text[])
      with ordinality as wanted (workspace_id, destination, place) order by place
    on conflict (workspace_id, destination) do update set next_at = paces.next_at
    returning workspace_id, destination, next_at`.execute(trx);
  for (const row of rows) lines.get(key(row.workspace_id, row.destination))!.next = row.next_at;

  const take = (pace: Pace, of: string): Temporal.Instant => {
    const line = lines.get(of)!;
    const slot = takeSlot(pace, line.next, now);
    line.next = slot.next;
    return slot.at;
  };
  for (const delivery of due) {
    const own = take(destinationPace, key(delivery.workspace_id, delivery.destination));
    const shared = take(workspacePace, key(delivery.workspace_id, ''));
    slots.set(delivery, Temporal.Instant.compare(own, shared) > 0 ? own : shared);
  }
  await sql`
    update paces set next_at = line.next_at
    from unnest(${workspaces}::text[], ${destinations}::text[], ${wanted.map((line) => line.next)}::timestamptz[])
      as line (workspace_id, destination, next_at)
    where paces.workspace_id = line.workspace_id and paces.destination = line.destination`.execute(trx);
  return slots;
}

const key = (workspace: string, destination: string): string => `${workspace}/${destination}`;

/** When the engine next has something to do; undefined when nothing is planned. */
export function nextDue(db: Kysely<Schema>): Promise<Temporal.Instant | undefined> {
  return inEngine(db, async (trx) => {
    const { rows } = await sql<{ at: Temporal.Instant | null }>`
      select least(
        (select min(next_at) from schedules where next_at is not null),
        (select min(due_at) from deliveries where due_at is not null and state in ('planned', 'in-doubt'))) as at`.execute(
      trx,
    );
    return rows[0]?.at ?? undefined;
  });
}

/** A prompt to come. Of a channel's prompt the lead is whoever planned it. */
export interface Upcoming {
  at: Temporal.Instant;
  workspaceId: string;
  leadId: string;
  kind: string;
}

/** What falls due until then in all workspaces, soonest first: what waits, what comes once, and what repeats. */
export function upcoming(db: Kysely<Schema>, until: Temporal.Instant): Promise<Upcoming[]> {
  return inEngine(db, async (trx) => {
    const schedules = await trx
      .selectFrom('schedules')
      .select(['workspace_id', 'lead_id', 'kind', 'rule', 'starts', 'time_zone', 'once_at', 'next_at'])
      .where('next_at', '<=', until)
      .execute();
    const waiting = await trx
      .selectFrom('deliveries')
      .select(['workspace_id', 'lead_id', 'kind', 'due_at'])
      .where('due_at', '<=', until)
      .where('state', 'in', ['planned', 'in-doubt'])
      .execute();
    const of = (row: { workspace_id: string; lead_id: string; kind: string }, at: Temporal.Instant) => ({
      at,
      workspaceId: row.workspace_id,
      leadId: row.lead_id,
      kind: row.kind,
    });
    const repeated = schedules.flatMap((schedule) => {
      const when = whenOf(schedule);
      const next = schedule.next_at!;
      const later = 'rule' in when ? occurrencesBetween(when, next, until) : [];
      return [next, ...later.map(({ at }) => at)].map((at) => of(schedule, at));
    });
    return [...waiting.map((delivery) => of(delivery, delivery.due_at!)), ...repeated].sort((one, other) =>
      Temporal.Instant.compare(one.at, other.at),
    );
  });
}

/** Deliveries that have a job and have not been dealt with. */
export function onTheirWay(db: Kysely<Schema>): Promise<number> {
  return inEngine(db, async (trx) => {
    const { count } = await trx
      .selectFrom('deliveries')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .where('state', 'in', ['claimed', 'sending'])
      .executeTakeFirstOrThrow();
    return count;
  });
}
