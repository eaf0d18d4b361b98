// `npm run simulate -- --seed N`, or `--seeds N` for that many of them: simulated years by hand, and a table of what was met.

import path from 'node:path';
import { parseArgs } from 'node:util';
import { startPostgres, temporaryFolder } from '../../sandbox/postgres.ts';
import { migrate } from '../../src/db/migrate.ts';
import { openDatabase } from '../../src/db/pool.ts';
import { simulate } from './simulate.ts';

/** What a wrong has in common with others of its kind. */
const kindOf = (wrong: string): string => wrong.split(/ (?:of|to|by) /)[0] ?? wrong;

const { values } = parseArgs({
  options: {
    seed: { type: 'string' },
    seeds: { type: 'string', default: '1' },
    days: { type: 'string' },
    unattended: { type: 'boolean', default: false },
    calm: { type: 'boolean', default: false },
    follow: { type: 'boolean', default: false },
  },
});
const first = Number(values.seed ?? 1);
const count = values.seed === undefined ? Number(values.seeds) : 1;
const postgres = await startPostgres({
  folder: path.join(await temporaryFolder('simulate'), 'postgres'),
  temporary: true,
  flags: ['-c', 'autovacuum=off', '-c', 'max_connections=300'],
});
await postgres.createDatabase('template');
const template = openDatabase(postgres.ownerUrl('template'));
await migrate(template);
await template.close();
try {
  for (let seed = first; seed < first + count; seed++) {
    const name = `seed_${seed}`;
    await postgres.createDatabase(name, 'template');
    const report = await simulate({
      seed,
      url: postgres.ownerUrl(name),
      administratorUrl: postgres.administratorUrl(name),
      ...(values.days !== undefined && { days: Number(values.days) }),
      faults: !values.calm,
      unattended: values.unattended,
      ...(values.follow && { follow: (line: string) => console.log(line) }),
    });
    const { wrongs, ...rest } = report;
    console.log(rest);
    for (const ones of Object.values(Object.groupBy(wrongs, kindOf)))
      console.log(`  ${ones?.length} × ${ones?.[0]}`);
    if (report.wrongs.length > 0) process.exitCode = 1;
  }
} finally {
  await postgres.stop();
}
