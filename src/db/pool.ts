// The connections: how long one may be silent, and how values travel between Postgres and Temporal.

import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import type { Schema } from './schema.ts';

export interface Connections {
  db: Kysely<Schema>;
  pool: pg.Pool;
}

/** The doors' connections, where somebody waits for an answer; and apart from them the engine's, so that neither can starve the other. */
export interface Database extends Connections {
  /** More patient: nobody waits, and a batch may take its time. */
  engine: Connections;
  /** Where it is, with the password in it. */
  url: string;
  close(): Promise<void>;
}

/** How long each thing may take, in milliseconds. */
interface Patience {
  /** For a row or lock that somebody else holds. Postgres refuses the statement then. */
  lock: number;
  /** For one statement. Postgres cancels it then. */
  statement: number;
  /** For a free connection, or a new one to stand. */
  connection: number;
  /**
   * For any answer at all. Longer than `statement`, since a living Postgres speaks first; when it does not, its process
   * is frozen or the way to it swallows everything, and the connection is destroyed. 0: no end.
   */
  silence: number;
  /** For the next statement of an open transaction; then Postgres gives its locks to the others. */
  idleInTransaction: number;
}

/** Slack gives up after 3 s. A lock or a slow statement is told in the acknowledgement itself, which goes out by 2 s. */
const doorPatience: Patience = {
  lock: 1_500,
  statement: 1_900,
  connection: 2_250,
  silence: 2_250,
  // Nothing but our own reckoning happens inside a transaction, so a process that takes this long is frozen.
  idleInTransaction: 10_000,
};

/** A batch of 5,000 rows takes a second or two; a job queue that hangs longer than this is better asked anew. */
const enginePatience: Patience = {
  lock: 10_000,
  statement: 20_000,
  connection: 5_000,
  silence: 25_000,
  idleInTransaction: 60_000,
};

/** An idle connection is asked by the system whether it still stands, so that one whose other end vanished is noticed. */
const keepAliveAfter = 10_000;

/** How long a goodbye may take; the other side of a connection that swallows everything never says it. */
const longestGoodbye = 1_000;

/** Postgres, or the way to it, did not answer for too long. What it was asked may have happened or not. */
export class DatabaseSilent extends Error {
  constructor(millis: number) {
    super(`The database was silent for ${millis} ms, so its connection was given up`);
    this.name = 'DatabaseSilent';
  }
}

const parsers = new Map<number, (text: string) => unknown>([
  [pg.types.builtins.DATE, (text) => Temporal.PlainDate.from(text)],
  [pg.types.builtins.TIME, (text) => Temporal.PlainTime.from(text)],
  [pg.types.builtins.TIMESTAMP, (text) => Temporal.PlainDateTime.from(text)],
  [pg.types.builtins.TIMESTAMPTZ, (text) => Temporal.Instant.from(text)],
  // Counts and sums: far below 2^53 here, and a number is what callers want.
  [pg.types.builtins.INT8, (text) => Number(text)],
]);

const types = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    (format !== 'binary' && parsers.get(oid)) ||
    pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser,
};

const isTemporal = (value: unknown): value is { toString(): string } =>
  value instanceof Temporal.Instant ||
  value instanceof Temporal.PlainDate ||
  value instanceof Temporal.PlainTime ||
  value instanceof Temporal.PlainDateTime;

function toPostgres(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(toPostgres);
  return isTemporal(value) ? value.toString() : value;
}

/**
 * A connection that is given up when Postgres says nothing for too long. pg's own `query_timeout` fails the query alone
 * and lets the connection go back to the pool, where its late answer would meet somebody else's question.
 */
class WatchedClient extends pg.Client {
  readonly #silence: number;
  #unanswered = 0;
  #watch: NodeJS.Timeout | undefined;

  constructor(config: pg.ClientConfig & { silence?: number } = {}) {
    super(config);
    this.#silence = config.silence ?? 0;
    // Heard before pg itself hears it, and so before the next question.
    this.connection.on('readyForQuery', () => {
      this.#unanswered = Math.max(this.#unanswered - 1, 0);
      this.#listen();
    });
    this.connection.once('end', () => clearTimeout(this.#watch));
  }

  // biome-ignore lint/suspicious/noExplicitAny: pg's query has a dozen overloads; only the parameters are touched.
  override query(config: any, values?: any, callback?: any): any {
    this.#unanswered += 1;
    if (this.#unanswered === 1) this.#listen();
    // pg would send a Temporal value as a quoted JSON string; this sends it as Postgres reads it.
    return super.query(config, Array.isArray(values) ? values.map(toPostgres) : values, callback);
  }

  // biome-ignore lint/suspicious/noExplicitAny: a promise or a callback, as pg has it.
  override end(callback?: any): any {
    const goodbye = setTimeout(() => this.connection.stream.destroy(), longestGoodbye).unref();
    this.connection.once('end', () => clearTimeout(goodbye));
    return super.end(callback);
  }

  #listen(): void {
    clearTimeout(this.#watch);
    if (this.#unanswered === 0 || this.#silence === 0) return;
    this.#watch = setTimeout(() => {
      this.connection.stream.destroy(new DatabaseSilent(this.#silence));
    }, this.#silence);
  }
}

/** Eight deliveries at once, the claim, a chore, the job queue's ear, and the lock that says that this replica lives. */
const engineConnections = 12;
const doorConnections = 10;

/**
 * Opens both pools; no connection is made before the first query.
 * A lost idle connection is replaced by the next query, so `onError` is for the log only. `connections`: in each pool.
 */
export function openDatabase(
  url: string,
  { connections, onError }: { connections?: number; onError?: (error: Error) => void } = {},
): Database {
  const doors = openPool(url, 'evenkeel', doorPatience, connections ?? doorConnections, onError);
  const engine = openPool(url, 'evenkeel engine', enginePatience, connections ?? engineConnections, onError);
  return {
    ...doors,
    engine,
    url,
    close: async () => {
      await Promise.all([closePool(doors), closePool(engine)]);
    },
  };
}

/** For migrations alone: what is asked there may take as long as it takes, and only locks have an end, in milliseconds. */
export function openMigrating(url: string, lock: number): Connections & { close(): Promise<void> } {
  const endless = { statement: 0, silence: 0, idleInTransaction: 0, connection: enginePatience.connection };
  const connections = openPool(url, 'evenkeel migration', { ...endless, lock }, 4, undefined);
  // Whoever runs the server may have given every session of ours less. Where this fails, so does what was to follow.
  connections.pool.on('connect', (client) => {
    client.query('set statement_timeout = 0; set idle_in_transaction_session_timeout = 0').catch(() => {});
  });
  return { ...connections, close: () => closePool(connections) };
}

function openPool(
  url: string,
  name: string,
  patience: Patience,
  connections: number,
  onError: (error: Error) => void = () => {},
): Connections {
  const pool = new pg.Pool({
    connectionString: url,
    Client: WatchedClient,
    max: connections,
    connectionTimeoutMillis: patience.connection,
    statement_timeout: patience.statement,
    lock_timeout: patience.lock,
    idle_in_transaction_session_timeout: patience.idleInTransaction,
    keepAlive: true,
    keepAliveInitialDelayMillis: keepAliveAfter,
    application_name: name,
    types,
    silence: patience.silence,
  } as pg.PoolConfig);
  pool.on('error', onError);
  // A checked-out connection that breaks fails the query under way as well; without a listener it would end the process.
  pool.on('connect', (client) => client.on('error', onError));
  return { db: new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) }), pool };
}

/** Kysely ends only a pool that it has used itself. */
async function closePool({ db, pool }: Connections): Promise<void> {
  await db.destroy();
  if (!pool.ending) await pool.end();
}
