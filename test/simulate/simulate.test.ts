// Weeks out of simulated years, as many as a test run has time for; whole years are `npm run simulate`.

import { expect, test } from '@jest/globals';
import { cloneDatabase, server } from '../support/database.ts';
import { simulate } from './simulate.ts';

/** A seed's first weeks on a database of its own. */
async function weeksOf(seed: number, days: number) {
  const database = await cloneDatabase();
  const administratorUrl = `postgres://postgres:postgres@${server()}${new URL(database.url).pathname}`;
  try {
    return await simulate({ seed, days, url: database.url, administratorUrl });
  } finally {
    await database.drop();
  }
}

test('a seed is one year: the same things happen at the same moments', async () => {
  const [one, other] = [await weeksOf(2, 5), await weeksOf(2, 5)];
  expect(one.hash).toBe(other.hash);
  expect(one.queries).toBeGreaterThan(1000);
}, 120_000);

test('three weeks of each go wrong, and everybody hears what is theirs, once and in time', async () => {
  const met = new Set<string>();
  for (const seed of [2, 3, 4]) {
    const report = await weeksOf(seed, 21);
    expect({ seed, wrongs: report.wrongs }).toEqual({ seed, wrongs: [] });
    for (const [rare, count] of Object.entries(report.met)) if (count > 0) met.add(rare);
  }
  // What was never met was never tested.
  expect([...met]).toEqual(
    expect.arrayContaining(['two-claim', 'killed', 'uncertain-commit', 'in-doubt', 'found', 'replayed']),
  );
}, 240_000);
