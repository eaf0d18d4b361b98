// Brings a database up to date: the job queue's tables, then ours, one replica at a time.

import { promises as fs } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { runMigrations } from 'graphile-worker';
import { type Kysely, sql } from 'kysely';
import { FileMigrationProvider, Migrator } from 'kysely/migration';
import type { Log } from '../log.ts';
import { type Connections, type Database, openMigrating } from './pool.ts';
import type { Schema } from './schema.ts';
import { quietWorkerLogger } from './worker-logger.ts';

const folder = path.join(import.meta.dirname, '../../migrations');

/** Any number will do as long as every replica uses the same one. */
export const migrationLock = 7_274_551_001;

/** The database is as it was, and somebody has to do what this says before it can be brought up to date. */
export class CannotMigrate extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'CannotMigrate';
  }
}

interface Waiting {
  log?: Log | undefined;
  /** How often it is said what is being waited for, in milliseconds. */
  sayEvery?: number;
  /** How long a lock that somebody else holds is waited for, in milliseconds; then CannotMigrate. */
  giveUpAfter?: number;
}

/**
 * Runs every step the database has not had yet, in order. Safe when several replicas start at once: one migrates, the
 * others wait for it and find nothing left to do. A step may take as long as it takes; for a lock that somebody else
 * holds it waits five minutes and says meanwhile who that is. Returns the names of the steps it ran.
 */
export async function migrate(
  { url }: Pick<Database, 'url'>,
  { log, sayEvery = 10_000, giveUpAfter = 5 * 60_000 }: Waiting = {},
): Promise<string[]> {
  const connections = openMigrating(url, giveUpAfter);
  const saying = setInterval(() => {
    sayWhoIsInTheWay(connections, log).catch((error: unknown) =>
      log?.warn({ err: error }, 'The migration waits for the database to answer'),
    );
  }, sayEvery);
  try {
    return await migrateOn(connections);
  } catch (error) {
    throw explained(error);
  } finally {
    clearInterval(saying);
    // Closing the connections also gives the lock back, whatever state they are in.
    await connections.close();
  }
}

async function migrateOn({ db, pool }: Connections): Promise<string[]> {
  const client = await pool.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [migrationLock]);
    const later = await stepsOfALaterVersion(db);
    if (later.length > 0) {
      throw new CannotMigrate(
        `The database was brought up to date by a later version of Evenkeel: this one does not know ${later.join(', ')}. Start that version or a later one, or give this one the backup made before the upgrade. Nothing was changed.`,
      );
    }
    await runMigrations({ pgPool: pool, logger: quietWorkerLogger });
    const { error, results } = await migrator(db).migrateToLatest();
    if (error) throw error;
    return (results ?? []).filter((step) => step.status === 'Success').map((step) => step.migrationName);
  } finally {
    client.release(true);
  }
}

/** The steps the database still has to take; empty when it is current. */
export async function pendingMigrations({ db }: Connections): Promise<string[]> {
  const all = await migrator(db).getMigrations();
  return all.filter((step) => step.executedAt === undefined).map((step) => step.name);
}

async function stepsOfALaterVersion(db: Kysely<Schema>): Promise<string[]> {
  const known = (await migrator(db).getMigrations()).map((step) => step.name);
  const { rows: there } = await sql<{ there: boolean }>`
    select to_regclass('public.evenkeel_migrations') is not null as there`.execute(db);
  if (!there[0]?.there) return [];
  const { rows } = await sql<{ name: string }>`
    select name from public.evenkeel_migrations where not name = any(${known}) order by name`.execute(db);
  return rows.map((row) => row.name);
}

/** Who holds what a migrating connection waits for. Of other users' sessions Postgres shows little. */
async function sayWhoIsInTheWay({ db }: Connections, log: Log | undefined): Promise<void> {
  const { rows } = await sql<Record<string, unknown>>`
    select distinct holder.pid, holder.usename as "user", holder.application_name as application,
      host(holder.client_addr) as address, holder.state, holder.xact_start::text as "transactionSince"
    from pg_stat_activity as waiting
    cross join lateral unnest(pg_blocking_pids(waiting.pid)) as blocking(pid)
    join pg_stat_activity as holder on holder.pid = blocking.pid
    where waiting.datname = current_database() and waiting.application_name = current_setting('application_name')
      and waiting.wait_event_type = 'Lock'`.execute(db);
  if (rows.length > 0) log?.info({ heldBy: rows }, 'The migration waits for a lock that somebody else holds');
}

/** What whoever runs the bot can do about it, where we know. */
function explained(error: unknown): unknown {
  const { code, message = '' } = error as { code?: string; message?: string };
  if (code === '42501' && /create role/i.test(message)) {
    return new CannotMigrate(
      'The database user may not create roles, which the first migration has to do. Ask an administrator to run: alter role NAME createrole; with the user of DATABASE_URL as NAME. Afterwards it may be taken back. Nothing was changed.',
      { cause: error },
    );
  }
  if (code === '55P03') {
    return new CannotMigrate(
      'The migration waited too long for a lock that somebody else holds; the log above says who. Let them finish, or end them with: select pg_terminate_backend(PID); and start again. Nothing was changed.',
      { cause: error },
    );
  }
  return error;
}

function migrator(db: Kysely<Schema>): Migrator {
  return new Migrator({
    db,
    provider: new FileMigrationProvider({
      fs,
      path,
      migrationFolder: folder,
      import: (file) => import(pathToFileURL(file).href),
    }),
    // Kysely looks for its tables by name in every schema, and the job queue has a table named migrations.
    migrationTableName: 'evenkeel_migrations',
    migrationLockTableName: 'evenkeel_migrations_lock',
  });
}
