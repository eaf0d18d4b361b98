// A lead's days: how many prompts, in which order, and when none at all.

import { expect, test } from '@jest/globals';
import { useWorkspace } from '../support/prompt-workspace.ts';
import { aKind, instant } from '../support/prompts.ts';

const week = { usefulUntil: (occurrence: Temporal.Instant) => occurrence.add({ hours: 7 * 24 }) };
const named = (name: string, importance: number, overBudget: 'drop' | 'next-working-day') =>
  aKind({
    ...week,
    name,
    importance,
    overBudget,
    whenQuiet: 'wait',
    compose: async () => ({ kind: 'say', message: { text: name, blocks: [] } }),
  });

let saysNothing = false;
const here = useWorkspace([
  named('question', 10, 'drop'),
  named('retro', 20, 'drop'),
  named('follow-up', 30, 'next-working-day'),
  named('delegation', 40, 'next-working-day'),
  named('one-on-one', 50, 'next-working-day'),
  named('incident', 60, 'next-working-day'),
  {
    ...named('balance', 70, 'drop'),
    compose: async () =>
      saysNothing
        ? { kind: 'nothing', why: 'in-balance' }
        : { kind: 'say', message: { text: 'balance', blocks: [] } },
  },
  aKind({
    ...week,
    name: 'digest',
    compose: async () => ({ kind: 'say', message: { text: 'digest', blocks: [] } }),
  }),
  aKind({
    name: 'reminder',
    whenQuiet: 'wait',
    usefulUntil: (occurrence) => occurrence.add({ minutes: 30 }),
  }),
]);

const all = ['question', 'retro', 'follow-up', 'delegation', 'one-on-one', 'incident', 'balance'];

test('seven at one moment: the two most important, and the rest as their kinds say', async () => {
  for (const kind of all) await here.plan(kind, '2026-11-16T11:00Z');
  await here.until('2026-11-19T00:00Z');
  expect(here.said()).toEqual([
    '2026-11-16T11:00 balance',
    '2026-11-16T11:00 incident',
    '2026-11-17T09:00 one-on-one',
    '2026-11-17T09:00 delegation',
    '2026-11-18T09:00 follow-up',
  ]);
  const reasons = Object.fromEntries(
    (await here.deliveries()).map(({ kind, state, reason }) => [kind, `${state} ${reason}`]),
  );
  expect(reasons).toMatchObject({ question: 'skipped over-budget', retro: 'skipped over-budget' });
});

test('seven over the day, the least important first: places are kept for those that matter more', async () => {
  for (const [index, kind] of all.entries()) await here.plan(kind, `2026-11-16T${11 + index}:00Z`);
  await here.until('2026-11-16T23:00Z');
  expect(here.said()).toEqual(['2026-11-16T16:00 incident', '2026-11-16T17:00 balance']);
});

test('where the important one has nothing to say after all, the next in line gets the place', async () => {
  saysNothing = true;
  await here.leadIs({ promptsPerDay: 1 });
  await here.plan('one-on-one', '2026-11-16T11:00Z');
  await here.plan('balance', '2026-11-16T15:00Z');
  await here.until('2026-11-16T23:00Z');
  saysNothing = false;
  expect(here.said()).toEqual(['2026-11-16T15:00 one-on-one']);
});

test('a digest is never counted', async () => {
  await here.leadIs({ promptsPerDay: 1 });
  await here.plan('incident', '2026-11-16T11:00Z');
  await here.plan('digest', '2026-11-16T15:00Z');
  await here.until('2026-11-16T23:00Z');
  expect(here.said()).toEqual(['2026-11-16T11:00 incident', '2026-11-16T15:00 digest']);
});

test('in the evening it waits for the morning, over a weekend for Monday, over a holiday for the day after', async () => {
  await here.leadIs({ holidayRegion: 'PT', promptsPerDay: 5 });
  await here.plan('incident', '2026-11-16T21:00Z');
  await here.plan('one-on-one', '2026-11-20T19:00Z');
  // 1 December is a holiday in Portugal.
  await here.plan('follow-up', '2026-12-01T10:00Z');
  await here.until('2026-12-03T00:00Z');
  expect(here.said()).toEqual([
    '2026-11-17T09:00 incident',
    '2026-11-23T09:00 one-on-one',
    '2026-12-02T09:00 follow-up',
  ]);
});

test('a reminder that would come too late is kept as missed', async () => {
  await here.plan('reminder', '2026-11-16T20:00Z');
  await here.until('2026-11-18T00:00Z');
  expect(here.said()).toEqual([]);
  expect(await here.deliveries()).toMatchObject([{ state: 'missed', reason: 'quiet-hours' }]);
});

test('after a night of everything being down, what is still useful is said and the rest is kept as missed', async () => {
  await here.plan('reminder', '2026-11-17T10:00Z');
  await here.plan('digest', '2026-11-17T10:00Z');
  here.clock.now = instant('2026-11-17T14:00Z');
  await here.until('2026-11-17T15:00Z');
  expect(here.said()).toEqual(['2026-11-17T14:00 digest']);
  expect(await here.deliveries()).toMatchObject([
    { kind: 'digest', state: 'sent' },
    { kind: 'reminder', state: 'missed', reason: 'too-late' },
  ]);
});

test('a pause holds everything and keeps what it held', async () => {
  await here.leadIs({ pausedUntil: instant('2026-11-18T00:00Z') });
  await here.plan('incident', '2026-11-16T11:00Z');
  await here.plan('digest', '2026-11-17T11:00Z');
  await here.plan('follow-up', '2026-11-18T11:00Z');
  await here.until('2026-11-19T00:00Z');
  expect(here.said()).toEqual(['2026-11-18T11:00 follow-up']);
  expect((await here.deliveries()).map(({ kind, reason }) => [kind, reason])).toEqual([
    ['incident', 'paused'],
    ['digest', 'paused'],
    ['follow-up', null],
  ]);
});

test("a changed zone moves the rules, and what waits for the morning waits for the new one's", async () => {
  await here.plan('digest', {
    rule: 'FREQ=WEEKLY;BYDAY=FR',
    starts: Temporal.PlainDateTime.from('2026-11-16T15:00'),
    timeZone: 'Europe/Lisbon',
  });
  await here.plan('incident', '2026-11-16T19:00Z');
  await here.until('2026-11-16T20:00Z');
  await here.leadIs({ timeZone: 'America/New_York' });
  await here.inside((trx) => here.engine.prompts.replan(trx, here.lead, here.clock.now));
  await here.until('2026-11-21T00:00Z');
  expect(here.posts().map((message) => message.at.toString())).toEqual([
    '2026-11-16T20:00:00Z',
    '2026-11-20T20:00:00Z',
  ]);
});

test('a prompt that comes once and is moved comes at the new moment only', async () => {
  await here.plan('digest', '2026-11-16T11:00Z');
  await here.plan('digest', '2026-11-16T13:00Z');
  await here.until('2026-11-17T00:00Z');
  expect(here.said()).toEqual(['2026-11-16T13:00 digest']);
});

test('planning the same again, before and after it was said, says it once', async () => {
  await here.plan('digest', '2026-11-16T11:00Z');
  await here.plan('digest', '2026-11-16T11:00Z');
  await here.until('2026-11-16T12:00Z');
  await here.plan('digest', '2026-11-16T11:00Z');
  await here.until('2026-11-16T13:00Z');
  expect(here.said()).toEqual(['2026-11-16T11:00 digest']);
});

test('what its room took back is not said, even where it waited already', async () => {
  await here.plan('incident', '2026-11-16T19:00Z');
  await here.until('2026-11-16T20:00Z');
  await here.inside((trx) =>
    here.engine.prompts.remove(trx, { leadId: here.lead.id, kind: 'incident' }, here.clock.now),
  );
  await here.until('2026-11-18T00:00Z');
  expect(here.said()).toEqual([]);
  expect(await here.deliveries()).toMatchObject([{ state: 'skipped', reason: 'removed' }]);
});
