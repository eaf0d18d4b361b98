// Brings a database up to date: the job queue's tables, then ours, one replica at a time.

import { promises as fs } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { runMigrations } from 'graphile-worker';
import { FileMigrationProvider, Migrator } from 'kysely/migration';
import type { Database } from './pool.ts';
import { quietWorkerLogger } from './worker-logger.ts';

const folder = path.join(import.meta.dirname, '../../migrations');

/** Any number will do as long as every replica uses the same one. */
const migrationLock = 7_274_551_001;

/**
 * Runs every step the database has not had yet, in order. Safe when several replicas start at once:
 * one migrates, the others wait for it and find nothing left to do. Returns the names of the steps it ran.
 */
export async function migrate(database: Database): Promise<string[]> {
  const client = await database.pool.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [migrationLock]);
    await runMigrations({ pgPool: database.pool, logger: quietWorkerLogger });
    const { error, results } = await migrator(database).migrateToLatest();
    if (error) throw error;
    return (results ?? []).filter((step) => step.status === 'Success').map((step) => step.migrationName);
  } finally {
    // Closing the connection also gives the lock back, whatever state it is in.
    client.release(true);
  }
}

/** The steps the database still has to take; empty when it is current. */
export async function pendingMigrations(database: Database): Promise<string[]> {
  const all = await migrator(database).getMigrations();
  return all.filter((step) => step.executedAt === undefined).map((step) => step.name);
}

function migrator({ db }: Database): Migrator {
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
