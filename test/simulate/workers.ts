// The job queue's workers in virtual time: graphile-worker's own tables, taken from one job at a time.

import type pg from 'pg';
import type { EngineOptions } from '../../src/prompts/engine.ts';
import type { Stop } from '../../src/time/timers.ts';
import type { World } from './world.ts';

const take = `
  with next as (
    select id, job_queue_id from graphile_worker._private_jobs as jobs
    where locked_at is null and attempts < max_attempts and not (id = any($2::bigint[]))
      and (job_queue_id is null or exists (
        select from graphile_worker._private_job_queues as queues
        where queues.id = jobs.job_queue_id and queues.locked_at is null for update skip locked))
    order by priority, run_at, id limit 1 for update skip locked),
  queue as (
    update graphile_worker._private_job_queues as queues set locked_by = $1, locked_at = now()
    from next where queues.id = next.job_queue_id)
  update graphile_worker._private_jobs as jobs set attempts = attempts + 1, locked_by = $1, locked_at = now()
  from next where jobs.id = next.id returning jobs.id, jobs.payload, jobs.attempts`;

/** Ends a job: gone when it was done, free for the next one to take when it failed. */
const end = `
  with job as (
    delete from graphile_worker._private_jobs where id = $2 and locked_by = $1 and $3 returning job_queue_id),
  failed as (
    update graphile_worker._private_jobs set locked_by = null, locked_at = null
    where id = $2 and locked_by = $1 and not $3 returning job_queue_id)
  update graphile_worker._private_job_queues set locked_by = null, locked_at = null
  where locked_by = $1 and id in (select job_queue_id from job union select job_queue_id from failed)`;

/** Gives back what a pool of workers took without learning of it. */
const giveBack = `
  with job as (
    update graphile_worker._private_jobs set locked_by = null, locked_at = null
    where locked_by = $1 and not (id = any($2::bigint[])) returning job_queue_id)
  update graphile_worker._private_job_queues set locked_by = null, locked_at = null
  where locked_by = $1 and id in (select job_queue_id from job)`;

interface JobRow {
  id: number;
  payload: { workspaceId: string };
  attempts: number;
}

const pollEvery = 1000;

/** A `run` for the engine: so many workers, each looking once a second and again after each job. */
export function simulatedWorkers(
  world: World,
  owner: string,
  workers: number,
): NonNullable<EngineOptions['run']> {
  let pools = 0;
  return async ({ pgPool, events, taskList }) => {
    const pool = pgPool as pg.Pool;
    pools += 1;
    const id = `pool ${owner} ${pools}`;
    events?.emit('pool:create', { workerPool: { id } } as never);
    const { promise, reject } = Promise.withResolvers<void>();
    const timers = world.timeline.timersOf(owner, world.dice.between(0, 300));

    /** What there was to find when a look found nothing; looking again before that changes is a waste. */
    let seen = -1;
    const active = new Set<number>();
    let willGiveBack = false;
    const work = async (): Promise<void> => {
      for (;;) {
        const version = world.jobsVersion();
        if (version === seen) return;
        const { rows } = await pool.query(take, [id, world.notYet()]).catch((error: unknown) => {
          // It may have taken one all the same. graphile-worker gives back what it has held for four hours.
          if (willGiveBack) throw error;
          willGiveBack = true;
          timers.after(4 * 3_600_000, () => {
            willGiveBack = false;
            void pool.query(giveBack, [id, [...active]]).catch(() => {});
          });
          throw error;
        });
        const [job] = rows as JobRow[];
        if (!job) {
          seen = version;
          return;
        }
        active.add(job.id);
        const done = await Promise.resolve(
          taskList?.[`deliver ${job.payload.workspaceId}`]?.(job.payload, undefined as never),
        ).then(
          () => true,
          () => false,
        );
        // As graphile-worker waits, by its own clock: e to the number of tries, in seconds.
        if (!done) world.holdJob(job.id, Math.exp(Math.min(job.attempts, 10)) * 1000);
        // As graphile-worker: whoever cannot write down a job's end takes the workers of the replica with them.
        await pool.query(end, [id, job.id, done]).catch((error: unknown) => {
          for (const stop of stops) stop();
          events?.emit('pool:release', { workerPool: { id } } as never);
          reject(error);
          throw error;
        });
        active.delete(job.id);
        world.jobsChanged();
        events?.emit('job:complete', {} as never);
      }
    };
    const stops: Stop[] = Array.from({ length: workers }, () => {
      let busy = false;
      return timers.every(pollEvery, () => {
        if (busy) return;
        busy = true;
        work()
          // What could not be looked for now is looked for at the next time.
          .catch(() => {})
          .finally(() => {
            busy = false;
          });
      });
    });
    return {
      promise,
      async stop() {
        for (const stop of stops) stop();
      },
    };
  };
}
