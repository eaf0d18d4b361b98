// A replica that lost its database: it tries one connection at a time, with growing pauses, and says so sparingly.

import { expect, test } from '@jest/globals';
import { openDatabase } from '../../src/db/pool.ts';
import { createLog, sparingly } from '../../src/log.ts';
import { keepVigil } from '../../src/prompts/liveness.ts';
import { useDatabase } from '../support/database.ts';
import { openWay } from '../support/way.ts';

const straight = useDatabase();

test('however many ask, one attempt is made at a time, later and later, and one line is said', async () => {
  const way = await openWay(straight.current.url);
  await way.close();
  const lines: string[] = [];
  const database = openDatabase(way.url);
  const waiting: { work: () => void; milliseconds: number }[] = [];
  let attempts = 0;
  const failed: (() => void)[] = [];
  const { pool } = database.engine;
  const vigil = keepVigil(
    database.engine.db,
    pool,
    createLog('warn', { write: (line) => lines.push(line) }),
    {
      elapsed: () => 0,
      after: (milliseconds, work) => {
        const one = { work, milliseconds };
        waiting.push(one);
        failed.shift()?.();
        return () => waiting.splice(waiting.indexOf(one), 1);
      },
    },
  );
  const nextFailure = () => new Promise<void>((resolve) => failed.push(resolve));
  const pauses: number[] = [];
  let failing = nextFailure();
  for (let worker = 0; worker < 20; worker++) vigil.keep(`worker-${worker}`);
  for (; attempts < 8; attempts++) {
    await failing;
    // Workers that give up and start anew, and the look after the others, all want to be heard meanwhile.
    vigil.keep(`another-${attempts}`);
    expect(await vigil.freeTheDead()).toEqual([]);
    expect(waiting).toHaveLength(1);
    const [next] = waiting.splice(0);
    pauses.push(next!.milliseconds);
    failing = nextFailure();
    next!.work();
  }
  await failing;
  expect(pauses).toEqual([500, 1000, 2000, 4000, 4000, 4000, 4000, 4000]);
  expect(lines).toHaveLength(1);
  await vigil.stop();
  expect(waiting).toEqual([]);
  await database.close();
});

test('the first is said at once, the next a minute later, with how many came between', () => {
  const said: unknown[] = [];
  let now = 0;
  const say = sparingly(
    (error, others) => said.push([error, others]),
    () => now,
  );
  for (const at of [0, 1, 59_999, 60_000, 60_001]) {
    now = at;
    say(at);
  }
  expect(said).toEqual([
    [0, 0],
    [60_000, 2],
  ]);
});
