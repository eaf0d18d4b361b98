// Weeks out of simulated years, as many as a test run has time for; whole years are `npm run simulate`.

import { expect, test } from '@jest/globals';
import { cloneDatabase, server } from '../support/database.ts';
import { breakages } from './breakages.ts';
import { type SimulationPlan, type SimulationReport, simulate } from './simulate.ts';
import { rare } from './world.ts';

/** A seed's first days on a database of its own, and the same again in which all goes well. */
async function live(plan: Omit<SimulationPlan, 'url' | 'administratorUrl'>): Promise<SimulationReport> {
  const database = await cloneDatabase();
  const administratorUrl = `postgres://postgres:postgres@${server()}${new URL(database.url).pathname}`;
  try {
    return await simulate({ calmDays: 8, ...plan, url: database.url, administratorUrl });
  } finally {
    await database.drop();
  }
}

/** Two at a time: while one waits for Postgres the other reckons. */
async function inPairs<T, R>(all: readonly T[], work: (one: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  const left = [...all.entries()];
  const take = async (): Promise<void> => {
    for (let next = left.shift(); next; next = left.shift()) results[next[0]] = await work(next[1]);
  };
  await Promise.all([take(), take()]);
  return results;
}

test('a seed is one year: the same things happen at the same moments', async () => {
  const [one, other] = await inPairs([2, 2], (seed) => live({ seed, days: 5, calmDays: 1 }));
  expect(one?.hash).toBe(other?.hash);
  expect(one?.queries).toBeGreaterThan(500);
}, 300_000);

test('weeks of each go wrong, and everybody hears what is theirs, once and in time', async () => {
  const reports: SimulationReport[] = [];
  // That one takes years to be sure of.
  const unmet = () =>
    rare.filter((state) => state !== 'waited-for-a-lock' && !reports.some(({ met }) => met[state]));
  // Any change to what is tested changes what a seed meets: some seeds more, should a rare state be missing.
  for (const seeds of [
    [1, 2],
    [3, 4],
    [5, 6],
  ]) {
    if (reports.length > 0 && unmet().length === 0) break;
    reports.push(...(await inPairs(seeds, (seed) => live({ seed, days: 14 }))));
  }
  expect(reports.flatMap(({ seed, wrongs }) => wrongs.map((wrong) => `${seed}: ${wrong}`))).toEqual([]);
  // What was never met was never tested.
  expect(unmet()).toEqual([]);
}, 600_000);

test('a rule that is broken on purpose is found', async () => {
  const all = Object.values(breakages).flatMap(({ seen, ...breakage }) =>
    seen ? [{ seen, ...breakage }] : [],
  );
  const found = await inPairs(all, async ({ what, broken, says, seen }) => {
    for (let { seed } = seen, last = seed + 3; seed <= last; seed += 1) {
      const { wrongs } = await live({ seed, days: seen.days, calmDays: 1, broken });
      if (wrongs.some((wrong) => says.test(wrong))) return `found: ${what}`;
    }
    return `missed: ${what}`;
  });
  expect(found).toEqual(all.map(({ what }) => `found: ${what}`));
  expect(found.length).toBeGreaterThanOrEqual(5);
}, 600_000);
