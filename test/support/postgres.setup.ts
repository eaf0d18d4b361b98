// Before all tests: one real Postgres in a temporary folder, and a migrated database to clone for each test file.

import { chmodSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type LocalPostgres, startPostgres } from '../../sandbox/postgres.ts';
import { migrate } from '../../src/db/migrate.ts';
import { openDatabase } from '../../src/db/pool.ts';

export default async function setup(): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'evenkeel-test-'));
  chmodSync(folder, 0o755);
  const postgres = await startPostgres({ folder: path.join(folder, 'postgres'), temporary: true });
  (globalThis as { testPostgres?: LocalPostgres }).testPostgres = postgres;
  process.env.TEST_POSTGRES = postgres.address;

  await postgres.createDatabase('evenkeel_template');
  const template = openDatabase(postgres.ownerUrl('evenkeel_template'));
  await migrate(template);
  await template.close();
}
