// The short form of the bad day; the long one is `npm run chaos`.

import { expect, test } from '@jest/globals';
import { runChaos } from './chaos.ts';

test('three replicas, killed and cut off, say everything once and lose nothing', async () => {
  const deliveries = 300;
  const report = await runChaos({
    replicas: 3,
    deliveries,
    kills: 8,
    postgresStops: 1,
    seconds: 12,
    seed: 7,
    patience: 60,
  });
  expect(report).toMatchObject({
    planned: deliveries,
    readable: { once: deliveries * 0.9, lost: 0, more: 0 },
    unreadable: { lost: 0, more: 0 },
  });
  expect(report.kills).toBeGreaterThan(4);
}, 120_000);
