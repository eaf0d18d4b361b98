// Who waits for whom in Postgres, looked up from outside, so that one query at a time is enough even where it has to wait.

import type pg from 'pg';
import type { Blocked } from './database.ts';

export interface Locks {
  /** The outcome, or `blocked` where it waits for a lock of somebody's. */
  settle<T>(pid: number, outcome: Promise<T>): Promise<T | 'blocked'>;
  add(blocked: Blocked): void;
  /** Answers those who waited for what has just been given back, in the order in which they came. */
  look(): Promise<void>;
  /** Has Postgres refuse what this backend still waits for, as after its patience. */
  refuse(pid: number): Promise<void>;
  /** Ends these backends and waits until nothing of them is left. */
  end(pids: readonly number[]): Promise<void>;
}

/** `watcher`: a connection of an administrator's, used for nothing else. */
export function lockWatch(watcher: pg.Client, met: () => void): Locks {
  let waiting: Blocked[] = [];
  const isWaiting = async (pid: number): Promise<boolean> =>
    (await watcher.query('select from pg_locks where pid = $1 and not granted', [pid])).rowCount !== 0;

  async function settle<T>(pid: number, outcome: Promise<T>): Promise<T | 'blocked'> {
    let over = false;
    const watched = outcome.finally(() => {
      over = true;
    });
    for (;;) {
      const slow = Promise.withResolvers<'slow'>();
      const timer = setTimeout(slow.resolve, 25, 'slow');
      const first = await Promise.race([watched, slow.promise]);
      clearTimeout(timer);
      if (first !== 'slow') return first;
      if ((await isWaiting(pid)) && !over) return 'blocked';
    }
  }

  async function look(): Promise<void> {
    for (const one of [...waiting]) {
      const outcome = await settle(one.pid, one.outcome);
      if (outcome === 'blocked') continue;
      waiting = waiting.filter((other) => other !== one);
      one.go(outcome);
    }
  }

  return {
    settle,
    look,
    add(blocked) {
      met();
      waiting.push(blocked);
    },
    async refuse(pid) {
      const one = waiting.find((blocked) => blocked.pid === pid);
      if (!one) return;
      waiting = waiting.filter((other) => other !== one);
      await watcher.query('select pg_cancel_backend($1)', [pid]);
      const outcome = await one.outcome;
      one.go('error' in outcome ? { error: lockTimeout() } : outcome);
      await look();
    },
    async end(pids) {
      if (pids.length === 0) return;
      waiting = waiting.filter(({ pid }) => !pids.includes(pid));
      const theirs = `from pg_stat_activity where pid = any($1) and usename = 'evenkeel_owner'`;
      await watcher.query(`select pg_terminate_backend(pid) ${theirs}`, [pids]);
      for (;;) {
        const left = await watcher.query(`select ${theirs}`, [pids]);
        if (left.rowCount === 0) break;
        await new Promise((resolve) => setTimeout(resolve, 1));
      }
      await look();
    },
  };
}

const lockTimeout = () =>
  Object.assign(new Error('canceling statement due to lock timeout'), { code: '55P03', severity: 'ERROR' });
