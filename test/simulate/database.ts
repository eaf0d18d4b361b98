// A replica's way to the real Postgres: each query waits its turn in the timeline, and only one is answered at a time.

import { EventEmitter } from 'node:events';
import { Kysely, PostgresDialect } from 'kysely';
import type pg from 'pg';
import { type Database, DatabaseSilent, openDatabase } from '../../src/db/pool.ts';
import type { Schema } from '../../src/db/schema.ts';
import type { World } from './world.ts';

/** What goes wrong with one query. */
export type QueryFault = 'lost' | 'answer-lost' | 'killed' | 'killed-after' | { hangsFor: number };

/** Postgres plans each text once for each connection, which is most of what so small a database costs. */
const names = new Map<string, string>();
function prepared(text: string, values: unknown[]): pg.QueryConfig | string {
  if (values.length === 0) return text;
  const name = names.get(text) ?? `text ${names.size}`;
  names.set(text, name);
  return { name, text, values };
}

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

/** How long each side waits, in milliseconds, as src/db/pool.ts has it. */
const patience = {
  doors: { lock: 1_500, connection: 2_250, silence: 2_250 },
  engine: { lock: 10_000, connection: 5_000, silence: 25_000 },
};

export function replicaDatabase(world: World, owner: string, url: string): ReplicaDatabase {
  const opened = openDatabase(url, { connections: 25 });
  const real = opened.engine.pool;
  // A pause in a busy machine's day is no reason to connect anew.
  real.options.idleTimeoutMillis = 0;
  // What takes long here takes long in virtual time; the clock of the machine is nobody's business.
  real.on('connect', (client) => {
    client
      .query('set statement_timeout = 0; set lock_timeout = 0; set idle_in_transaction_session_timeout = 0')
      .catch(() => {});
  });
  const open = new Set<Connection>();
  const { timeline } = world;

  /** Waits its turn; whoever is killed meanwhile waits for ever. */
  const turn = <T>(least: number, most: number, work: () => Promise<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      timeline.after(world.dice.between(least, most), owner, () => work().then(resolve, reject));
    });

  class Connection extends EventEmitter {
    readonly #client: pg.PoolClient;
    readonly #side: keyof typeof patience;
    #broken: Error | undefined;
    /** Whether it gave the job queue something that others see once it is kept. */
    #queued = false;
    readonly processID: number;

    constructor(client: pg.PoolClient, side: keyof typeof patience) {
      super();
      this.#client = client;
      this.#side = side;
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
      const { lock, silence } = patience[this.#side];
      if (typeof fault === 'object') {
        world.trace(owner, 'hangs', text);
        timeline.after(Math.min(fault.hangsFor, silence), owner, async () => {
          if (fault.hangsFor < silence) return this.#perform(text, values, go);
          await this.break(new DatabaseSilent(silence));
          go({ error: this.#broken });
        });
        return;
      }
      if (fault === 'lost') {
        await this.break();
        return go({ error: this.#broken });
      }
      if (fault === 'killed') return world.kill(owner);
      const outcome = this.#ask(text, values).then(
        (result): Outcome => ({ result }),
        (error: unknown): Outcome => ({ error }),
      );
      const settled = await world.locks.settle(this.processID, outcome);
      world.trace(owner, settled === 'blocked' ? 'waits' : 'error' in settled ? 'fails' : 'query', text);
      if (settled === 'blocked') {
        world.locks.add({ pid: this.processID, outcome, go });
        timeline.after(lock, owner, () => world.locks.refuse(this.processID));
        return;
      }
      if (this.#side === 'engine' && /^insert into "one_on_ones"/.test(text)) world.met('refilled');
      if (text.includes('force_unlock_workers')) world.met('queue-given-back');
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

    async #ask(text: string, values: unknown[]): Promise<pg.QueryResult> {
      const broken = world.broken.query?.(text);
      if (broken === 'forgotten') await this.#client.query('savepoint forgotten');
      const result = await this.#client.query(prepared(text, values));
      if (broken === 'forgotten') await this.#client.query('rollback to savepoint forgotten');
      if (broken === 'as-if-new') result.rowCount = 1;
      return result;
    }

    /** The line to Postgres is cut; Postgres rolls back what was under way. */
    async break(
      why: Error = Object.assign(new Error('Connection terminated unexpectedly'), { code: 'ECONNRESET' }),
    ): Promise<void> {
      // Its process number may be somebody else's by now.
      if (this.#broken) return;
      this.#broken = why;
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

  const side = (name: keyof typeof patience) => {
    const pool = {
      async connect() {
        if (world.faults.connect(owner)) {
          const { connection } = patience[name];
          await turn(connection, connection, async () => {});
          throw new Error('timeout exceeded when trying to connect');
        }
        return turn(0, 1, async () => new Connection(await real.connect(), name));
      },
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
    return {
      pool: pool as unknown as pg.Pool,
      db: new Kysely<Schema>({ dialect: new PostgresDialect({ pool: pool as never }) }),
    };
  };
  const vanish = async (): Promise<void> => {
    await world.locks.end([...open].map(({ processID }) => processID));
    for (const connection of open) connection.release(true);
    open.clear();
    void opened.close().catch(() => {});
  };
  return { ...side('doors'), engine: side('engine'), url, close: vanish, vanish };
}
