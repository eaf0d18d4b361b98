// Which replicas are alive, so that a dead one's jobs are given to the living within seconds.
//
// graphile-worker leaves the jobs and queues of a killed process locked for four hours. Each of our replicas
// therefore keeps a connection that holds one advisory lock named after its pool of workers. Postgres drops the
// lock with the connection, so a pool whose lock anyone can take is a pool that is gone.

import { type Kysely, sql } from 'kysely';
import type pg from 'pg';
import type { Schema } from '../db/schema.ts';
import type { Log } from '../log.ts';
import type { Timers } from './timers.ts';

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

export function keepVigil(db: Kysely<Schema>, pool: pg.Pool, log: Log, timers: Pick<Timers, 'after'>): Vigil {
  const kept = new Set<string>();
  let client: pg.PoolClient | undefined;
  let connecting: Promise<void> | undefined;
  let stopped = false;
  let givingBack: Promise<unknown> | undefined;
  /** Found without a lock at the last look. One look is not enough: a living replica may just be reconnecting. */
  let suspects = new Set<string>();

  const lock = (on: pg.PoolClient, poolId: string): Promise<unknown> =>
    on.query('select pg_advisory_lock($1, hashtext($2))', [lockSpace, poolId]);

  /** Connects where there is no connection, and takes every lock again. */
  const connect = async (): Promise<void> => {
    const fresh = await pool.connect();
    try {
      for (const poolId of kept) await lock(fresh, poolId);
    } catch (error) {
      fresh.release(true);
      throw error;
    }
    if (stopped) return fresh.release(true);
    client = fresh;
    // Postgres went away and took the locks with it.
    fresh.once('error', () => {
      if (client !== fresh) return;
      client = undefined;
      fresh.release(true);
      void present();
    });
  };

  /** Keeps trying until the connection stands; a moment's silence is what the second look is for. */
  const present = async (): Promise<void> => {
    if (client || stopped) return;
    connecting ??= connect()
      .catch((error: unknown) => {
        log.warn({ err: error }, 'The replica cannot say that it is alive; trying again');
        if (!stopped) timers.after(500, () => void present());
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
      if (!client) await present();
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
      await connecting;
      await givingBack;
      // Closing the connection gives its locks back.
      client?.release(true);
      client = undefined;
    },
  };
}
