// `npm run simulate`: simulated years by hand, several at once, and a table of what was met and found.

import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { startPostgres, temporaryFolder } from '../../sandbox/postgres.ts';
import { migrate } from '../../src/db/migrate.ts';
import { openDatabase } from '../../src/db/pool.ts';
import { breakages } from './breakages.ts';
import { type SimulationReport, simulate } from './simulate.ts';
import { rare } from './world.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string' },
    seeds: { type: 'string', default: '1' },
    from: { type: 'string', default: '1' },
    days: { type: 'string' },
    'calm-days': { type: 'string', default: '28' },
    'at-once': { type: 'string', default: '2' },
    calm: { type: 'boolean', default: false },
    follow: { type: 'boolean', default: false },
    /** A rule to break on purpose, or `all` of them, one after the other until each is found. */
    break: { type: 'string' },
  },
});
const first = Number(values.seed ?? values.from);
const count = values.seed === undefined ? Number(values.seeds) : 1;

// Ends in good order, and Postgres with it.
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(130));

const postgres = await startPostgres({
  folder: path.join(await temporaryFolder('simulate'), 'postgres'),
  temporary: true,
  flags: [
    'autovacuum=off',
    'jit=off',
    'max_parallel_workers_per_gather=0',
    `unix_socket_directories=${tmpdir()}`,
  ].flatMap((setting) => ['-c', setting]),
});
/** A socket costs a good deal less than a connection over the loopback. */
const bySocket = (url: string): string => `${url}?host=${encodeURIComponent(tmpdir())}`;
await postgres.createDatabase('template');
const template = openDatabase(postgres.ownerUrl('template'));
await migrate(template);
await template.close();

let databases = 0;
async function live(seed: number, breakage?: string): Promise<SimulationReport> {
  databases += 1;
  const name = `year_${databases}`;
  await postgres.createDatabase(name, 'template');
  const report = await simulate({
    seed,
    url: bySocket(postgres.ownerUrl(name)),
    administratorUrl: bySocket(postgres.administratorUrl(name)),
    ...(values.days !== undefined && { days: Number(values.days) }),
    faults: !values.calm,
    // What a broken rule does shows before all is well.
    calmDays: breakage === undefined ? Number(values['calm-days']) : 1,
    ...(breakage !== undefined && { broken: breakages[breakage]!.broken }),
    ...(values.follow && { follow: (line: string) => console.log(line) }),
  });
  await postgres.dropDatabase(name);
  return report;
}

/** What a wrong has in common with others of its kind. */
const kindOf = (wrong: string): string => wrong.split(/ (?:of|to|by) /)[0] ?? wrong;

function tell({ seed, wrongs, days, posts, queries, seconds, hash }: SimulationReport): void {
  console.log(`seed ${seed}: ${days} days, ${posts} posts, ${queries} queries, ${seconds} s, ${hash}`);
  for (const ones of Object.values(Object.groupBy(wrongs, kindOf)))
    console.log(`  ${ones?.length} × ${ones?.[0]}`);
}

const sum = (of: readonly Partial<Record<string, number>>[]): Record<string, number> => {
  const total: Record<string, number> = {};
  for (const counts of of)
    for (const [name, number = 0] of Object.entries(counts)) total[name] = (total[name] ?? 0) + number;
  return Object.fromEntries(Object.entries(total).sort(([one], [other]) => (one < other ? -1 : 1)));
};

async function years(breakage?: string): Promise<SimulationReport[]> {
  const reports: SimulationReport[] = [];
  let next = first;
  const oneAfterTheOther = async (): Promise<void> => {
    while (next < first + count) {
      const seed = next;
      next += 1;
      const report = await live(seed, breakage);
      tell(report);
      reports.push(report);
    }
  };
  await Promise.all(Array.from({ length: Number(values['at-once']) }, oneAfterTheOther));
  return reports;
}

/** Tries seed after seed until the oracle says what it has to say of this breakage. */
async function find(breakage: string): Promise<void> {
  const { what, says } = breakages[breakage]!;
  const began = performance.now();
  for (let seed = first; seed < first + count; seed++) {
    const { wrongs } = await live(seed, breakage);
    const found = wrongs.find((wrong) => says.test(wrong));
    if (!found) continue;
    const seconds = Math.round((performance.now() - began) / 1000);
    console.log(`| ${what} | ${seed} | ${seconds} s | ${found} |`);
    return;
  }
  console.log(`| ${what} | not found | | |`);
  process.exitCode = 1;
}

try {
  if (values.break !== undefined) {
    console.log('| Broken on purpose | Seed | Found within | What was said |\n| --- | --- | --- | --- |');
    for (const name of values.break === 'all' ? Object.keys(breakages) : [values.break]) await find(name);
  } else {
    const reports = await years();
    const met = sum(reports.map((report) => report.met));
    console.log({
      seeds: reports.length,
      days: reports.reduce((total, { days }) => total + days, 0),
      posts: reports.reduce((total, { posts }) => total + posts, 0),
      queries: reports.reduce((total, { queries }) => total + queries, 0),
      faults: sum(reports.map((report) => report.faults)),
      met,
      wrong: reports.filter(({ wrongs }) => wrongs.length > 0).map(({ seed }) => seed),
    });
    // What was never met was never tested.
    const never = values.calm ? [] : rare.filter((state) => !met[state]);
    if (never.length > 0) console.log(`Never met: ${never.join(', ')}`);
    if (never.length > 0 || reports.some(({ wrongs }) => wrongs.length > 0)) process.exitCode = 1;
  }
} finally {
  await postgres.stop();
}
