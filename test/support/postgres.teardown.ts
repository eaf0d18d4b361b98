// After all tests: the Postgres started for them goes away with its folder, unless a failed test left a database there.

import { rm } from 'node:fs/promises';
import path from 'node:path';
import type { LocalPostgres } from '../../sandbox/postgres.ts';
import { asAdministrator } from './administrator.ts';

export default async function teardown(): Promise<void> {
  const { testPostgres, testFolder } = globalThis as { testPostgres?: LocalPostgres; testFolder?: string };
  if (!testPostgres || testFolder === undefined) return;
  const { rows } = await asAdministrator(`select from pg_database where datname like 'test\\_%'`);
  await testPostgres.stop({ keep: rows.length > 0 });
  if (rows.length === 0) await rm(testFolder, { recursive: true });
  else process.stderr.write(`\nTo look at what is kept: npm run kept ${path.join(testFolder, 'postgres')}\n`);
}
