// What cannot be carried out: claimed alone, tried again later and later, given up as a dead letter, and nobody else waits for it.

import { sql } from 'kysely';
import { type Engine, inEngine } from '../db/tenancy.ts';
import type { Log } from '../log.ts';
import {
  type Claimed,
  type Claimer,
  claimDeliveries,
  claimTogether,
  dueDeliveries,
  dueSchedules,
  planOccurrences,
  Unworkable,
} from './claim.ts';
import type { PromptMetrics } from './metrics.ts';
import { lived, type Schedule } from './prompts.store.ts';
import { findSpeaking } from './stops.store.ts';

interface CarefulClaimer extends Claimer {
  log: Log;
  metrics: PromptMetrics;
}

/** Tries of what breaks each time before it is a dead letter. */
export const mostTries = 6;

/** After the first failure; doubled for each one after. */
const firstPause = Temporal.Duration.from({ seconds: 30 });

const retryAt = (tries: number, now: Temporal.Instant): Temporal.Instant =>
  now.add({ seconds: firstPause.total('seconds') * 2 ** (tries - 1) });

/** Claims one batch of what is due: together, or one by one where something in it cannot be carried out. */
export async function claimDue(claimer: CarefulClaimer, now: Temporal.Instant): Promise<Claimed> {
  try {
    return await claimTogether(claimer, now);
  } catch (error) {
    if (!isAboutARow(error)) throw error;
    claimer.log.warn({ err: error }, 'Something that is due cannot be carried out; claiming one by one');
    return claimOneByOne(claimer, now);
  }
}

async function claimOneByOne(claimer: CarefulClaimer, now: Temporal.Instant): Promise<Claimed> {
  const { db, served, importance } = claimer;
  const total = { planned: 0, claimed: 0, more: false };
  // Read without a lock, and looked at again behind one.
  const schedules = await inEngine(db, async (trx) =>
    dueSchedules(trx, await findSpeaking(trx, served), now).execute(),
  );
  for (const { workspace_id, schedule_id } of schedules) {
    const one = (trx: Engine) =>
      dueSchedules(trx, [workspace_id], now).where('schedule_id', '=', schedule_id);
    await alone(
      async (trx) => {
        const found = await one(trx).execute();
        const { behind } = await planOccurrences(trx, found, now);
        total.planned += found.length;
        total.more ||= behind;
      },
      async (trx, error) => {
        for (const schedule of await one(trx).execute()) await stumble(claimer, trx, schedule, error, now);
      },
    );
  }
  const deliveries = await inEngine(db, async (trx) =>
    dueDeliveries(trx, await findSpeaking(trx, served), now).execute(),
  );
  for (const { workspace_id, delivery_id } of deliveries) {
    const one = (trx: Engine) =>
      dueDeliveries(trx, [workspace_id], now).where('delivery_id', '=', delivery_id);
    await alone(
      async (trx) => {
        total.claimed += await claimDeliveries(trx, await one(trx).execute(), importance, now);
      },
      (trx, error) => fail(claimer, trx, { workspace_id, delivery_id }, error, now),
    );
  }
  return total;

  /** What one row breaks stays with that row; what is not its fault is thrown on. */
  async function alone(
    work: (trx: Engine) => Promise<void>,
    otherwise: (trx: Engine, error: unknown) => Promise<void>,
  ): Promise<void> {
    try {
      await inEngine(db, work);
    } catch (error) {
      if (!isAboutARow(error)) throw error;
      await inEngine(db, (trx) => otherwise(trx, error));
    }
  }
}

/** The schedule is left alone for a while; in the end its occurrence is a dead letter, and it names no other. */
async function stumble(
  { log, metrics }: CarefulClaimer,
  trx: Engine,
  schedule: Schedule,
  error: unknown,
  now: Temporal.Instant,
): Promise<void> {
  const tries = schedule.tries + 1;
  const update = trx.updateTable('schedules').where('schedule_id', '=', schedule.schedule_id);
  if (tries < mostTries) {
    await update.set({ tries, retry_at: retryAt(tries, now) }).execute();
    return;
  }
  const ids = { schedule: schedule.schedule_id, workspace: schedule.workspace_id, kind: schedule.kind };
  log.error({ ...ids, err: error }, 'A schedule cannot be carried out; it is a dead letter');
  metrics.failed.inc({ error: 'broken-schedule' });
  await update
    .set({
      state: 'broken',
      state_reason: 'broken-schedule',
      next_at: null,
      tries: 0,
      retry_at: null,
      changed_at: now,
    })
    .execute();
  await trx
    .insertInto('deliveries')
    .values({
      workspace_id: schedule.workspace_id,
      schedule_id: schedule.schedule_id,
      lead_id: schedule.lead_id,
      kind: schedule.kind,
      subject: schedule.subject,
      destination_type: schedule.destination_type,
      destination: schedule.destination,
      occurrence: schedule.next_at!,
      state: 'failed',
      reason: 'broken-schedule',
      planned_at: now,
      history: JSON.stringify([{ at: now.toString(), state: 'failed', reason: 'broken-schedule' }]) as never,
    })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'schedule_id', 'occurrence']).doNothing())
    .execute();
}

/** The delivery is tried again later, or is a dead letter. */
async function fail(
  { log, metrics }: CarefulClaimer,
  trx: Engine,
  { workspace_id, delivery_id }: { workspace_id: string; delivery_id: string },
  error: unknown,
  now: Temporal.Instant,
): Promise<void> {
  const { attempts } = await trx
    .updateTable('deliveries')
    .set((eb) => ({ attempts: eb('attempts', '+', 1) }))
    .where('workspace_id', '=', workspace_id)
    .where('delivery_id', '=', delivery_id)
    .returning('attempts')
    .executeTakeFirstOrThrow();
  const over = attempts >= mostTries;
  if (over) {
    log.error(
      { delivery: delivery_id, workspace: workspace_id, err: error },
      'A delivery cannot be claimed; it is a dead letter',
    );
    metrics.failed.inc({ error: 'unclaimable' });
  }
  await trx
    .updateTable('deliveries')
    .set({
      ...(over ? { state: 'failed' as const, due_at: null } : { due_at: retryAt(attempts, now) }),
      reason: 'unclaimable',
      history: over ? lived(now, 'failed', 'unclaimable') : sql`history`,
    })
    .where('workspace_id', '=', workspace_id)
    .where('delivery_id', '=', delivery_id)
    .execute();
}

/** Classes of Postgres' errors that are about values: data, integrity, and what a function of ours or the queue's objects to. */
const aboutValues = /^(22|23|P0|GW)/;

/** Whether it was what stands in a row that broke, and not the database or the way to it. */
function isAboutARow(error: unknown): boolean {
  const { code } = error as { code?: unknown };
  return error instanceof Unworkable || (typeof code === 'string' && aboutValues.test(code));
}
