// Which replicas are alive, so that a dead one's jobs are given to the living within seconds.
//
// graphile-worker leaves the jobs and queues of a killed process locked for four hours. Each of our replicas
// therefore keeps a connection that holds one advisory lock named after its pool of workers. Postgres drops the
// lock with the connection, so a pool whose lock anyone can take is a pool that is gone.

import { type Kysely, sql } from 'kysely';
import type pg from 'pg';
import type { Schema } from '../db/schema.ts';
import { type Log, sparingly } from '../log.ts';
import type { Stop, Timers } from '../time/timers.ts';

/** The first half of the advisory lock's key, so that no other use of such locks meets ours. */
const lockSpace = 7_274_551;

interface Vigil {
  /** Says that a pool of workers of this process is alive, until `release`. */
  keep(poolId: string): void;
  release(poolId: string): void;
  /** Gives the jobs of pools found gone twice in a row back to the queue; the pools' ids. */
  freeTheDead(): Promise<string[]>;
  stop(): Promise<void>;
}

/** Between two attempts to connect, in milliseconds; doubled after each. Others look twice, 10 s apart, before they believe us gone. */
const shortestPause = 500;
const longestPause = 4_000;

export function keepVigil(
  db: Kysely<Schema>,
  pool: pg.Pool,
  log: Log,
  timers: Pick<Timers, 'after' | 'elapsed'>,
): Vigil {
  const kept = new Set<string>();
  let client: pg.PoolClient | undefined;
  let connecting: Promise<void> | undefined;
  /** Set while an attempt has failed and the next one waits for its time. */
  let callOff: Stop | undefined;
  let pause = shortestPause;
  let stopped = false;
  let givingBack: Promise<unknown> | undefined;
  /** Found without a lock at the last look. One look is not enough: a living replica may just be reconnecting. */
  let suspects = new Set<string>();
  const complain = sparingly(
    (error, others) =>
      log.warn({ err: error, others }, 'The replica cannot say that it is alive; trying again'),
    timers.elapsed,
  );

  const lock = (on: pg.PoolClient, poolId: string): Promise<unknown> =>
    on.query('select pg_advisory_lock($1, hashtext($2))', [lockSpace, poolId]);

  /** Connects where there is no connection, and takes every lock again. */
  const connect = async (): Promise<void> => {
    const fresh = await pool.connect();
    // Postgres goes away and takes the locks with it: while they are taken, or any time later.
    const gone = Promise.withResolvers<never>();
    gone.promise.catch(() => {});
    fresh.once('error', gone.reject);
    try {
      // A replica whose machine vanishes says no goodbye; Postgres would wait two hours for it.
      await fresh.query(
        'set tcp_keepalives_idle = 15; set tcp_keepalives_interval = 5; set tcp_keepalives_count = 3',
      );
      for (const poolId of kept) await lock(fresh, poolId);
    } catch (error) {
      fresh.release(true);
      throw error;
    }
    if (stopped) return fresh.release(true);
    client = fresh;
    pause = shortestPause;
    gone.promise.catch(() => {
      if (client !== fresh) return;
      client = undefined;
      fresh.release(true);
      void present();
    });
  };

  /**
   * Keeps trying until the connection stands; a moment's silence is what the second look is for. However many ask,
   * one attempt is under way or one waits for its time.
   */
  const present = async (): Promise<void> => {
    if (client || stopped || callOff) return;
    connecting ??= connect()
      .catch((error: unknown) => {
        complain(error);
        if (stopped) return;
        callOff = timers.after(pause, () => {
          callOff = undefined;
          void present();
        });
        pause = Math.min(pause * 2, longestPause);
      })
      .finally(() => {
        connecting = undefined;
      });
    await connecting;
  };

  return {
    keep(poolId) {
      kept.add(poolId);
      if (client)
        lock(client, poolId).catch((error: unknown) => log.warn({ err: error }, 'A lock was refused'));
      else void present();
    },
    release(poolId) {
      kept.delete(poolId);
      givingBack = client
        ?.query('select pg_advisory_unlock($1, hashtext($2))', [lockSpace, poolId])
        .catch((error: unknown) => log.warn({ err: error }, 'A lock was not given back'));
    },
    async freeTheDead() {
      await present();
      // Whoever cannot say that they live themselves does not judge the others.
      if (!client) return [];
      // As the database's owner, whose tables the queue's are.
      const { rows } = await sql<{ pool: string }>`
        select pool from (
          select locked_by as pool from graphile_worker._private_jobs where locked_by is not null
          union select locked_by from graphile_worker._private_job_queues where locked_by is not null) as holders
        where not exists (
          select from pg_locks
          where locktype = 'advisory' and classid = ${lockSpace} and objid = hashtext(pool)::oid and objsubid = 2
            and database = (select oid from pg_database where datname = current_database()))`.execute(db);
      const gone = rows.map((row) => row.pool).filter((poolId) => !kept.has(poolId));
      const twice = gone.filter((poolId) => suspects.has(poolId));
      suspects = new Set(gone);
      if (twice.length > 0) {
        await sql`select graphile_worker.force_unlock_workers(${twice}::text[])`.execute(db);
        log.warn({ pools: twice }, 'Gave the jobs of replicas that are gone back to the queue');
      }
      return twice;
    },
    async stop() {
      stopped = true;
      callOff?.();
      await connecting;
      await givingBack;
      // Closing the connection gives its locks back.
      client?.release(true);
      client = undefined;
    },
  };
}
