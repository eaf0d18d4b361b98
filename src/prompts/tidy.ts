// What the engine clears away behind itself: empty queues, old deliveries, lines nobody stands in.

import { type Kysely, sql } from 'kysely';
import type { Schema } from '../db/schema.ts';
import { inEngine } from '../db/tenancy.ts';

/**
 * Removes the queues of destinations that wait for nothing, as the owner of the job queue's tables. Looking for a job,
 * graphile-worker locks every free queue there is, so the time that takes must follow what is under way and not
 * everyone who ever heard from us. Skipped where a claim is filling queues at this moment.
 */
export async function clearQueues(db: Kysely<Schema>): Promise<number> {
  return db.transaction().execute(async (trx) => {
    const { rows } = await sql<{
      mine: boolean;
    }>`select pg_try_advisory_xact_lock(7274551, 0) as mine`.execute(trx);
    if (!rows[0]?.mine) return 0;
    const cleared = await sql`
      delete from graphile_worker._private_job_queues as queues
      where locked_at is null
        and not exists (select from graphile_worker._private_jobs where job_queue_id = queues.id)`.execute(
      trx,
    );
    return Number(cleared.numAffectedRows ?? 0);
  });
}

/** Rows a transaction removes at most. */
const batch = 5000;

/** Deletes deliveries that are over and older than the retention setting, and what is left of old lines. */
export async function trimOld(
  db: Kysely<Schema>,
  keepFor: Temporal.Duration,
  now: Temporal.Instant,
): Promise<number> {
  const before = now.toZonedDateTimeISO('UTC').subtract(keepFor).toInstant();
  let trimmed = 0;
  for (let last = batch; last === batch; trimmed += last) {
    last = await inEngine(db, async (trx) => {
      const old = await sql`
        delete from deliveries where (workspace_id, delivery_id) in (
          select workspace_id, delivery_id from deliveries
          where occurrence < ${before} and due_at is null order by occurrence limit ${batch})`.execute(trx);
      return Number(old.numAffectedRows ?? 0);
    });
  }
  await inEngine(db, (trx) =>
    trx
      .deleteFrom('paces')
      .where('next_at', '<', now.subtract({ hours: 1 }))
      .execute(),
  );
  return trimmed;
}
