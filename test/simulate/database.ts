// A replica's way to the real Postgres: each query waits its turn in the timeline, and only one is answered at a time.

import { EventEmitter } from 'node:events';
import { Kysely, PostgresDialect } from 'kysely';
import type pg from 'pg';
import { type Database, openDatabase } from '../../src/db/pool.ts';
import type { Schema } from '../../src/db/schema.ts';
import type { World } from './world.ts';

/** What goes wrong with one query. */
export type QueryFault = 'lost' | 'answer-lost' | 'killed' | 'killed-after' | { hangsFor: number };

type Outcome = { result: pg.QueryResult } | { error: unknown };

/** A query that waits for a lock which somebody holds between two of their own queries. */
export interface Blocked {
  pid: number;
  outcome: Promise<Outcome>;
  go(outcome: Outcome): void;
}

export interface ReplicaDatabase extends Database {
  /** Every connection is gone, and with each what it had begun. */
  vanish(): Promise<void>;
}

export function replicaDatabase(world: World, owner: string, url: string): ReplicaDatabase {
  const opened = openDatabase(url, { connections: 20 });
  const real = opened.engine.pool;
  const open = new Set<Connection>();
  const { timeline } = world;

  /** Waits its turn; whoever is killed meanwhile waits for ever. */
  const turn = <T>(least: number, most: number, work: () => Promise<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      timeline.after(world.dice.between(least, most), owner, () => work().then(resolve, reject));
    });

  class Connection extends EventEmitter {
    readonly #client: pg.PoolClient;
    #broken: Error | undefined;
    /** Whether it gave the job queue something that others see once it is kept. */
    #queued = false;
    readonly processID: number;

    constructor(client: pg.PoolClient) {
      super();
      this.#client = client;
      this.processID = (client as unknown as { processID: number }).processID;
      open.add(this);
    }

    query(text: string, values: unknown[] = []): Promise<pg.QueryResult> {
      return new Promise((resolve, reject) => {
        const go = (outcome: Outcome): void => {
          if ('error' in outcome) reject(outcome.error);
          else resolve(outcome.result);
        };
        timeline.after(world.dice.between(1, 9), owner, () => this.#perform(text, values, go));
      });
    }

    async #perform(text: string, values: unknown[], go: (outcome: Outcome) => void): Promise<void> {
      if (this.#broken) return go({ error: this.#broken });
      const fault = world.faults.query(owner, text);
      if (typeof fault === 'object') {
        world.trace(owner, 'hangs', text);
        timeline.after(fault.hangsFor, owner, async () => {
          await this.break();
          go({ error: this.#broken });
        });
        return;
      }
      if (fault === 'lost') {
        await this.break();
        return go({ error: this.#broken });
      }
      if (fault === 'killed') return world.kill(owner);
      const outcome = this.#client.query(text, values).then(
        (result): Outcome => ({ result }),
        (error: unknown): Outcome => ({ error }),
      );
      const settled = await world.locks.settle(this.processID, outcome);
      world.trace(owner, settled === 'blocked' ? 'waits' : 'error' in settled ? 'fails' : 'query', text);
      if (settled === 'blocked') return world.locks.add({ pid: this.processID, outcome, go });
      if (text.includes('evenkeel_queue_deliveries')) this.#queued = true;
      // Jobs of the dead, given back.
      if (text.includes('force_unlock_workers')) world.jobsChanged();
      if (text === 'commit' && this.#queued) {
        this.#queued = false;
        world.jobsChanged();
      }
      if (fault === 'killed-after') return world.kill(owner);
      if (fault === 'answer-lost') {
        if (text === 'commit') world.met('uncertain-commit');
        await this.break();
        go({ error: this.#broken });
      } else go(settled);
      await world.locks.look();
    }

    /** The line to Postgres is cut; Postgres rolls back what was under way. */
    async break(): Promise<void> {
      // Its process number may be somebody else's by now.
      if (this.#broken) return;
      this.#broken = Object.assign(new Error('Connection terminated unexpectedly'), { code: 'ECONNRESET' });
      open.delete(this);
      await world.locks.end([this.processID]);
      this.#client.release(true);
      if (this.listenerCount('error') > 0) this.emit('error', this.#broken);
    }

    release(destroy?: boolean | Error): void {
      if (this.#broken) return;
      open.delete(this);
      this.#client.release(destroy);
    }
  }

  const pool = {
    connect: () =>
      turn(0, 1, async () => {
        const hang = world.faults.connect(owner);
        if (hang) throw new Error('timeout exceeded when trying to connect');
        return new Connection(await real.connect());
      }),
    async query(text: string, values: unknown[]) {
      const connection = await pool.connect();
      try {
        return await connection.query(text, values);
      } finally {
        connection.release();
      }
    },
    end: () => opened.close(),
  };
  const vanish = async (): Promise<void> => {
    await world.locks.end([...open].map(({ processID }) => processID));
    for (const connection of open) connection.release(true);
    open.clear();
    void opened.close().catch(() => {});
  };
  const connections = {
    pool: pool as unknown as pg.Pool,
    db: new Kysely<Schema>({ dialect: new PostgresDialect({ pool: pool as never }) }),
  };
  return { ...connections, engine: connections, url, close: vanish, vanish };
}
