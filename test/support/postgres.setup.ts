// Before all tests: one real Postgres in a temporary folder, and a migrated database to clone for each test file.

import path from 'node:path';
import { startPostgres, temporaryFolder } from '../../sandbox/postgres.ts';
import { migrate } from '../../src/db/migrate.ts';
import { openDatabase } from '../../src/db/pool.ts';
import { asAdministrator } from './administrator.ts';

/** `TEST_POSTGRES=host:port` runs the tests on another server, as an older version, whose `postgres` has the password `postgres`. */
export default async function setup(): Promise<void> {
  if (!process.env.TEST_POSTGRES) {
    const folder = await temporaryFolder('test');
    const postgres = await startPostgres({ folder: path.join(folder, 'postgres'), temporary: true });
    Object.assign(globalThis, { testPostgres: postgres, testFolder: folder });
    process.env.TEST_POSTGRES = postgres.address;
  } else {
    await asAdministrator('drop database if exists evenkeel_template');
    await asAdministrator(`
      do $$ begin create role evenkeel_owner login createrole nosuperuser password 'owner';
      exception when duplicate_object then null; end $$`);
  }
  await asAdministrator('create database evenkeel_template owner evenkeel_owner');
  const template = openDatabase(
    `postgres://evenkeel_owner:owner@${process.env.TEST_POSTGRES}/evenkeel_template`,
  );
  await migrate(template);
  await template.close();
}
