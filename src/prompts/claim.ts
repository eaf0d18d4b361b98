// Memory, on the engine's side: finds what is due where this process speaks and hands it to the job queue, a batch a transaction.

import { type Kysely, sql } from 'kysely';
import type { Schema } from '../db/schema.ts';
import { type Engine, inEngine } from '../db/tenancy.ts';
import { nextOccurrence } from '../time/recurrence.ts';
import type { Served } from './ahead.ts';
import { writeOccurrences } from './occurrences.ts';
import { destinationPace, type Pace, takeSlot, workspacePace } from './pacing.ts';
import { type DeliveryState, lived, type Schedule } from './prompts.store.ts';
import { findSpeaking, isAmong } from './stops.store.ts';
import { whenOf } from './when.ts';

export interface Claimed {
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

/** Who claims, and in which order. */
export interface Claimer {
  db: Kysely<Schema>;
  /** The workspaces this process has a client for: what is due elsewhere is left to whoever serves it. */
  served: Served;
  /** Of a kind: decides who goes first in a rush. */
  importance(kind: string): number;
}

/** Claims one batch of what is due, in one transaction. Throws where one row in it cannot be carried out. */
export function claimTogether(claimer: Claimer, now: Temporal.Instant): Promise<Claimed> {
  return inEngine(claimer.db, async (trx) => {
    const speaking = await findSpeaking(trx, claimer.served);
    if (speaking.length === 0) return { planned: 0, claimed: 0, more: false };
    const schedules = await dueSchedules(trx, speaking, now).execute();
    const { behind } = await planOccurrences(trx, schedules, now);
    const deliveries = await dueDeliveries(trx, speaking, now).execute();
    return {
      planned: schedules.length,
      claimed: await claimDeliveries(trx, deliveries, claimer.importance, now),
      more: schedules.length === batch || behind || deliveries.length === batch,
    };
  });
}

/**
 * What fell due, longest ago first; of those due at one moment, what has stood unchanged the longest, so that a short
 * budget does not go to one of several equals by chance. A replica that is busy with one has it; the others take the next instead of waiting.
 */
export function dueSchedules(trx: Engine, workspaces: readonly string[], now: Temporal.Instant) {
  return trx
    .selectFrom('schedules')
    .selectAll()
    .where('next_at', '<=', now)
    .where(isAmong(workspaces))
    .where((eb) => eb.or([eb('retry_at', 'is', null), eb('retry_at', '<=', now)]))
    .orderBy('next_at')
    .orderBy('changed_at')
    .limit(batch)
    .forUpdate()
    .skipLocked();
}

/** The same of deliveries. */
export function dueDeliveries(trx: Engine, workspaces: readonly string[], now: Temporal.Instant) {
  return trx
    .selectFrom('deliveries')
    .select(['workspace_id', 'delivery_id', 'kind', 'state', 'destination', 'paced'])
    .where('due_at', '<=', now)
    .where(isAmong(workspaces))
    .orderBy('due_at')
    .limit(batch)
    .forUpdate()
    .skipLocked();
}

/** A schedule that says no time, or none that can be read. */
export class Unworkable extends Error {
  constructor(options: ErrorOptions) {
    super('A schedule cannot be carried out', options);
    this.name = 'Unworkable';
  }
}

/** What comes after the occurrence that is due, and the wall time of that one. */
function nextOf(schedule: Schedule): { at: Temporal.Instant | null; local: Temporal.PlainDateTime | null } {
  try {
    const when = whenOf(schedule);
    if (!('rule' in when)) return { at: null, local: null };
    return {
      at: nextOccurrence(when, schedule.next_at!)?.at ?? null,
      local: schedule.next_at!.toZonedDateTimeISO(when.timeZone).toPlainDateTime(),
    };
  } catch (cause) {
    throw new Unworkable({ cause });
  }
}

/** Writes a delivery for each occurrence that fell due, and each schedule's next instant. `behind`: one has more to catch up with. */
export async function planOccurrences(
  trx: Engine,
  due: readonly Schedule[],
  now: Temporal.Instant,
): Promise<{ behind: boolean }> {
  if (due.length === 0) return { behind: false };
  const next = due.map(nextOf);
  await writeOccurrences(
    trx,
    due.map((schedule) => ({ schedule, occurrence: schedule.next_at!, dueAt: now })),
    now,
  );

  await sql`
    update schedules set next_at = due.next_at, last_local = due.last_local, tries = 0, retry_at = null
    from unnest(
      ${due.map((schedule) => schedule.workspace_id)}::text[],
      ${due.map((schedule) => schedule.schedule_id)}::uuid[],
      ${next.map(({ at }) => at)}::timestamptz[],
      ${next.map(({ local }) => local)}::timestamp[]) as due (workspace_id, schedule_id, next_at, last_local)
    where schedules.workspace_id = due.workspace_id and schedules.schedule_id = due.schedule_id`.execute(trx);
  // After a silence a series has several to catch up with, one a batch.
  return { behind: next.some(({ at }) => at !== null && Temporal.Instant.compare(at, now) <= 0) };
}

interface DueDelivery {
  workspace_id: string;
  delivery_id: string;
  kind: string;
  state: DeliveryState;
  destination: string;
  paced: boolean;
}

/** Gives what is due a job, or, in a rush, a place in its workspace's line to come back at. How many have a job now. */
export async function claimDeliveries(
  trx: Engine,
  due: DueDelivery[],
  importance: (kind: string) => number,
  now: Temporal.Instant,
): Promise<number> {
  if (due.length === 0) return 0;

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
  if (ready.length === 0) return 0;
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
  return ready.length;
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
