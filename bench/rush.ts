// Prints how long a rush of one workspace's digests takes against the least that Slack's documented limits allow.
// Usage: DATABASE_URL=postgres://… node bench/rush.ts [leads]; the database is migrated and should be a spare one.

import { migrate } from '../src/db/migrate.ts';
import { openDatabase } from '../src/db/pool.ts';
import { rush } from '../test/chaos/rush.ts';

const database = openDatabase(process.env.DATABASE_URL ?? '');
await migrate(database);
const report = await rush(database, Number(process.argv[2] ?? 2000));
console.log(report);
console.log(
  `ratio ${(report.seconds / report.leastPossible).toFixed(2)}, ${report.tooManyRequests} refused for haste`,
);
await database.close();
