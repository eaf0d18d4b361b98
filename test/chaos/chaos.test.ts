// The short form of the bad day; the long one is `npm run chaos`.

import { expect, test } from '@jest/globals';
import { runChaos } from './chaos.ts';

test('two bots on one database, killed, cut off, refused and given poison, say everything once and lose nothing', async () => {
  const deliveries = 300;
  const report = await runChaos({
    replicas: 3,
    bots: 2,
    deliveries,
    kills: 8,
    postgresStops: 1,
    hangs: 1,
    hangSeconds: 4,
    refusedFor: 3,
    poison: 3,
    seconds: 12,
    seed: 7,
    patience: 100,
  });
  expect(report).toMatchObject({
    planned: deliveries,
    readable: { once: deliveries * 0.9, lost: 0, more: 0 },
    unreadable: { lost: 0, more: 0 },
    poison: { planted: 3, seen: 3, said: 0 },
  });
  expect(report.stopped).toBeGreaterThan(0);
  expect(report.kills).toBeGreaterThan(4);
});
