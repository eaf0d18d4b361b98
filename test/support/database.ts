// A database of one's own for a test file: a clone of the migrated template, dropped at the end unless something failed.

import { afterAll, beforeAll } from '@jest/globals';
import { type Database, openDatabase } from '../../src/db/pool.ts';
import { asAdministrator, server } from './administrator.ts';

export { asAdministrator, server } from './administrator.ts';

export interface TestDatabase extends Database {
  url: string;
  /** Closes it and lets it go; where a test has failed since it was made, it is kept and named instead. */
  drop(): Promise<void>;
}

/** Clones the migrated database, owned as in production by a role that is no superuser. */
export async function cloneDatabase(from = 'evenkeel_template'): Promise<TestDatabase> {
  const name = `test_${crypto.randomUUID().replaceAll('-', '')}`;
  const failuresBefore = globalThis.failures;
  await asAdministrator(`create database ${name} template ${from} owner evenkeel_owner`);
  const url = `postgres://evenkeel_owner:owner@${server()}/${name}`;
  const database = openDatabase(url);
  return {
    ...database,
    url,
    drop: async () => {
      await database.close();
      if (globalThis.failures > failuresBefore) process.stderr.write(`kept database ${name}\n`);
      else await asAdministrator(`drop database if exists ${name} with (force)`);
    },
  };
}

/** For a test file: a fresh database before its tests, gone after them. */
export function useDatabase(): { readonly current: TestDatabase } {
  let database: TestDatabase | undefined;
  beforeAll(async () => {
    database = await cloneDatabase();
  });
  afterAll(async () => {
    await database?.drop();
  });
  return {
    get current() {
      if (!database) throw new Error('The database is there from beforeAll on');
      return database;
    },
  };
}
