// What cannot be carried out is tried a few times, becomes a dead letter that is counted, and holds nobody up.

import { expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { useWorkspace } from '../support/prompt-workspace.ts';
import { aKind, instant } from '../support/prompts.ts';

const here = useWorkspace([aKind()]);

const mondays = {
  rule: 'FREQ=WEEKLY;BYDAY=MO',
  starts: Temporal.PlainDateTime.from('2026-11-16T11:00'),
  timeZone: 'UTC',
};
const spoil = (change: ReturnType<typeof sql>) =>
  here.inside((trx) => sql`update schedules set ${change} where subject = 'poison'`.execute(trx));
const metrics = () => here.engine.registry.metrics();

test.each([
  ['a rule that is none', sql`rule = 'FREQ=SOMETIMES'`],
  ['a zone that is none', sql`time_zone = 'Mars/Olympus'`],
  ['a null where none may be', sql`rule = null, starts = null, time_zone = null`],
])('%s: the rest of the batch goes out, and it is given up', async (_, change) => {
  await here.plan('ping', mondays, { subject: 'poison' });
  for (const subject of ['one', 'two', 'three']) await here.plan('ping', mondays, { subject });
  await spoil(change);
  await here.until('2026-11-16T11:00:20Z');
  expect(here.said()).toHaveLength(3);
  await here.until('2026-11-16T13:00Z');
  expect(here.said()).toHaveLength(3);
  expect((await here.schedules()).find(({ subject }) => subject === 'poison')).toMatchObject({
    state: 'broken',
    next_at: null,
  });
  expect((await here.deliveries()).find(({ subject }) => subject === 'poison')).toMatchObject({
    state: 'failed',
    reason: 'broken-schedule',
    due_at: null,
  });
  expect(await metrics()).toMatch(/evenkeel_prompts_failed_total\{error="broken-schedule"\} [1-9]/);
});

test('planned once more by its room, what was broken comes again', async () => {
  await here.plan('ping', mondays, { subject: 'poison' });
  await spoil(sql`rule = 'FREQ=SOMETIMES'`);
  await here.until('2026-11-16T13:00Z');
  await here.plan('ping', mondays, { subject: 'poison' });
  await here.until('2026-11-23T13:00Z');
  expect(here.said()).toEqual(['2026-11-23T11:00 ping poison']);
});

test('a destination that the job queue refuses: the rest is claimed, and it is given up', async () => {
  await here.plan('ping', '2026-11-16T11:00Z', {
    subject: 'long',
    destination: { channel: `C${'X'.repeat(41_000)}` },
  });
  await here.plan('ping', '2026-11-16T11:00Z', { subject: 'one' });
  here.clock.now = instant('2026-11-16T11:00Z');
  await here.engine.tick();
  await here.engine.settled();
  expect(here.said()).toEqual(['2026-11-16T11:00 ping one']);
  await here.until('2026-11-16T13:00Z');
  expect((await here.deliveries()).find(({ subject }) => subject === 'long')).toMatchObject({
    state: 'failed',
    reason: 'unclaimable',
    due_at: null,
  });
  expect(await metrics()).toMatch(/evenkeel_prompts_failed_total\{error="unclaimable"\} [1-9]/);
});

test('a kind that nobody here knows: another replica may, so it is tried for a while, and is a dead letter', async () => {
  await here.plan('of-tomorrow', '2026-11-16T11:00Z');
  await here.plan('ping', '2026-11-16T11:00Z');
  here.clock.now = instant('2026-11-16T11:00Z');
  await here.engine.tick();
  await here.engine.settled();
  expect(here.said()).toEqual(['2026-11-16T11:00 ping']);
  expect((await here.deliveries()).find(({ kind }) => kind === 'of-tomorrow')).toMatchObject({
    state: 'planned',
  });
  await here.until('2026-11-16T13:00Z');
  expect((await here.deliveries()).find(({ kind }) => kind === 'of-tomorrow')).toMatchObject({
    state: 'failed',
    reason: 'no-kind',
  });
});
