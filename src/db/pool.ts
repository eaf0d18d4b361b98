// The connection pool: how values travel between Postgres and Temporal, and nothing about what they mean.

import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import type { Schema } from './schema.ts';

export interface Database {
  db: Kysely<Schema>;
  pool: pg.Pool;
  close(): Promise<void>;
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

/** pg would send a Temporal value as a quoted JSON string; this client sends it as Postgres reads it. */
class TemporalClient extends pg.Client {
  // biome-ignore lint/suspicious/noExplicitAny: pg's query has a dozen overloads; only the parameters are touched.
  override query(config: any, values?: any, callback?: any): any {
    return super.query(config, Array.isArray(values) ? values.map(toPostgres) : values, callback);
  }
}

/**
 * Opens the pool; no connection is made before the first query.
 * A lost idle connection is replaced by the next query, so `onError` is for the log only.
 */
export function openDatabase(
  url: string,
  options: { connections?: number; onError?: (error: Error) => void } = {},
): Database {
  const pool = new pg.Pool({
    connectionString: url,
    Client: TemporalClient,
    max: options.connections ?? 12,
    connectionTimeoutMillis: 5_000,
    application_name: 'evenkeel',
    types,
  });
  const onError = options.onError ?? (() => {});
  pool.on('error', onError);
  // A checked-out connection that breaks fails the query under way as well; without a listener it would end the process.
  pool.on('connect', (client) => client.on('error', onError));
  const db = new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) });
  return { db, pool, close: () => db.destroy() };
}
