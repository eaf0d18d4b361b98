// What the engine clears away behind itself: lost locks, empty queues, old deliveries, schedules that are over, lines nobody stands in.

import { type Kysely, sql } from 'kysely';
import type { Schema } from '../db/schema.ts';
import { inEngine } from '../db/tenancy.ts';

/**
 * Removes jobs that nobody will run any more, then the queues of destinations that wait for nothing, as the owner of the
 * job queue's tables. graphile-worker puts a job aside for ever when its delivery is given another while it is held, as
 * by a replica that died; the delivery's own claim is what sees to it. Looking for a job,
 * graphile-worker locks every free queue there is, so the time that takes must follow what is under way and not
 * everyone who ever heard from us. Skipped where a claim is filling queues at this moment.
 */
export async function clearQueues(db: Kysely<Schema>): Promise<number> {
  return db.transaction().execute(async (trx) => {
    const { rows } = await sql<{
      mine: boolean;
    }>`select pg_try_advisory_xact_lock(7274551, 0) as mine`.execute(trx);
    if (!rows[0]?.mine) return 0;
    await sql`
      delete from graphile_worker._private_jobs where attempts >= max_attempts and locked_at is null`.execute(
      trx,
    );
    const cleared = await sql`
      delete from graphile_worker._private_job_queues as queues
      where locked_at is null
        and not exists (select from graphile_worker._private_jobs where job_queue_id = queues.id)`.execute(
      trx,
    );
    return Number(cleared.numAffectedRows ?? 0);
  });
}

/** A try ends within a minute, and its claim lapses after ten. Whoever holds a job for longer does not know that they have it. */
const longestHeld = '15 minutes';

/**
 * Gives jobs, and queues of destinations, back that a living replica holds without knowing, as where the answer that
 * gave it one was lost: graphile-worker itself would leave them, and all that waits behind them, for four hours. What
 * its `force_unlock_workers` does, by age; running a job twice is safe. By Postgres' own clock, as the locks are.
 */
export async function giveBackStranded(db: Kysely<Schema>): Promise<string[]> {
  const { rows } = await sql<{ queue: string }>`
    with jobs as (
      update graphile_worker._private_jobs set locked_at = null, locked_by = null
      where locked_at < now() - ${longestHeld}::interval returning id, job_queue_id),
    queues as (
      update graphile_worker._private_job_queues set locked_at = null, locked_by = null
      where locked_at < now() - ${longestHeld}::interval returning id, queue_name)
    select coalesce(queue_name, 'job ' || jobs.id) as queue
    from queues full join jobs on jobs.job_queue_id = queues.id`.execute(db);
  return rows.map(({ queue }) => queue);
}

/** Rows a transaction removes at most. */
const batch = 5000;

/**
 * Deletes deliveries that are over and older than the retention setting, then schedules that have been over for as long
 * and of which nothing is kept any more, and what is left of old lines. A rhythm that the lead switched off stays off.
 */
export async function trimOld(
  db: Kysely<Schema>,
  keepFor: Temporal.Duration,
  now: Temporal.Instant,
): Promise<number> {
  const before = now.toZonedDateTimeISO('UTC').subtract(keepFor).toInstant();
  let trimmed = 0;
  for (const old of [
    sql`
      delete from deliveries where (workspace_id, delivery_id) in (
        select workspace_id, delivery_id from deliveries
        where occurrence < ${before} and due_at is null order by occurrence limit ${batch})`,
    sql`
      delete from schedules where (workspace_id, schedule_id) in (
        select workspace_id, schedule_id from schedules
        where next_at is null and changed_at < ${before}
          and (state = 'removed' or (rule is null and once_at < ${before}))
          and not exists (
            select from deliveries where deliveries.workspace_id = schedules.workspace_id
              and deliveries.schedule_id = schedules.schedule_id)
        order by changed_at limit ${batch})`,
  ]) {
    for (let last = batch; last === batch; trimmed += last) {
      const { numAffectedRows } = await inEngine(db, (trx) => old.execute(trx));
      last = Number(numAffectedRows ?? 0);
    }
  }
  await inEngine(db, (trx) =>
    trx
      .deleteFrom('paces')
      .where('next_at', '<', now.subtract({ hours: 1 }))
      .execute(),
  );
  return trimmed;
}
