// After all tests: the Postgres started for them goes away with its folder.

import type { LocalPostgres } from '../../sandbox/postgres.ts';

export default async function teardown(): Promise<void> {
  await (globalThis as { testPostgres?: LocalPostgres }).testPostgres?.stop();
}
