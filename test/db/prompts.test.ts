// The engine against a real Postgres: due, claimed once, delivered once, and told from the database afterwards.

import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { inWorkspace } from '../../src/db/tenancy.ts';
import type { PromptEngine } from '../../src/prompts/engine.ts';
import type { Plan } from '../../src/prompts/prompts.ts';
import { useDatabase } from '../support/database.ts';
import {
  aKind,
  aLead,
  instant,
  keepLead,
  liveUntil,
  rememberingSlack,
  testEngine,
} from '../support/prompts.ts';

// Before the database's own afterAll, which waits for every connection.
afterAll(() => engine.stop());
const database = useDatabase();
// A Monday, 10:00 in Lisbon.
const clock = { now: instant('2026-11-16T10:00Z') };
const slack = rememberingSlack(() => clock.now);
const kinds = [
  aKind(),
  aKind({ name: 'once', title: 'Once' }),
  aKind({ name: 'silent', compose: async () => ({ kind: 'nothing', why: 'all-quiet' }) }),
];
let engine: PromptEngine;

beforeAll(async () => {
  engine = testEngine(database.current, clock, slack, kinds);
  await engine.start({ ticks: 'by-hand' });
});

let workspace = 0;
/** A workspace of its own for each test, with one lead. */
let lead = aLead();
beforeEach(async () => {
  workspace += 1;
  clock.now = instant('2026-11-16T10:00Z');
  slack.posted.length = 0;
  lead = aLead({ workspaceId: `T${workspace}` });
  await keepLead(database.current, lead);
});

const plan = (changes: Partial<Plan> = {}) =>
  inWorkspace(database.current.db, lead.workspaceId, (trx) =>
    engine.prompts.plan(
      trx,
      {
        leadId: lead.id,
        kind: 'ping',
        destination: { dm: lead.id },
        when: {
          rule: 'FREQ=WEEKLY;BYDAY=FR',
          starts: Temporal.PlainDateTime.from('2026-11-16T15:00'),
          timeZone: lead.timeZone,
        },
        ...changes,
      },
      clock.now,
    ),
  );

const said = () => slack.posted.filter((message) => message.workspaceId === lead.workspaceId);

const deliveries = () =>
  inWorkspace(database.current.db, lead.workspaceId, (trx) =>
    trx.selectFrom('deliveries').selectAll().orderBy('occurrence').execute(),
  );

test('a weekly prompt is said each Friday at 15:00 Lisbon, across the clock change', async () => {
  clock.now = instant('2027-03-15T10:00Z');
  await plan();
  await liveUntil(engine, clock, instant('2027-04-05T00:00Z'));
  expect(said().map((message) => message.at.toString())).toEqual([
    '2027-03-19T15:00:00Z',
    '2027-03-26T15:00:00Z',
    '2027-04-02T14:00:00Z',
  ]);
});

test('after days of silence one tick claims everything that fell due meanwhile', async () => {
  await plan({
    when: {
      rule: 'FREQ=DAILY',
      starts: Temporal.PlainDateTime.from('2026-11-16T15:00'),
      timeZone: 'Europe/Lisbon',
    },
  });
  clock.now = instant('2026-11-20T16:00Z');
  expect(await engine.tick()).toMatchObject({ planned: 5 });
  expect(await engine.tick()).toMatchObject({ planned: 0 });
  await engine.settled();
});

test('what is to come is told soonest first: a weekly prompt each time, one that comes once, and what waits', async () => {
  await plan();
  await plan({ kind: 'once', when: { at: instant('2026-11-24T09:00Z') } });
  await plan({ kind: 'silent', when: { at: instant('2026-11-29T09:00Z') } });
  const toCome = async () =>
    (await engine.upcoming(instant('2026-11-28T00:00Z')))
      .filter(({ workspaceId }) => workspaceId === lead.workspaceId)
      .map(({ at, leadId, kind }) => `${at} ${leadId} ${kind}`);
  expect(await toCome()).toEqual([
    '2026-11-20T15:00:00Z U1 ping',
    '2026-11-24T09:00:00Z U1 once',
    '2026-11-27T15:00:00Z U1 ping',
  ]);
  // Slack is away on the first Friday: what did not go out waits half a minute, and is still to come.
  slack.mishaps.push({ error: 'service_unavailable' });
  clock.now = instant('2026-11-20T15:00Z');
  await engine.tick();
  await engine.settled();
  expect(await toCome()).toEqual([
    '2026-11-20T15:00:30Z U1 ping',
    '2026-11-24T09:00:00Z U1 once',
    '2026-11-27T15:00:00Z U1 ping',
  ]);
});

test('nothing is due before its time, and nextDue names it', async () => {
  clock.now = instant('2020-11-16T10:00Z');
  await plan({ when: { at: instant('2020-11-20T15:00Z') } });
  expect(await engine.tick()).toEqual({ planned: 0, claimed: 0 });
  expect(String(await engine.nextDue())).toBe('2020-11-20T15:00:00Z');
});

test("a delivery's life can be told from its row", async () => {
  await plan({ kind: 'once', when: { at: instant('2026-11-16T11:00Z') } });
  await liveUntil(engine, clock, instant('2026-11-16T12:00Z'));
  const [row] = await deliveries();
  expect(row).toMatchObject({ state: 'sent', channel: 'DU1', due_at: null, answered_at: null });
  expect(row!.history.map(({ state }) => state)).toEqual(['planned', 'claimed', 'sending', 'sent']);
  const which = { leadId: lead.id, deliveryId: row!.delivery_id };
  const somebodyElse = await inWorkspace(database.current.db, lead.workspaceId, (trx) =>
    engine.prompts.answer(trx, { ...which, leadId: 'U2' }, 'done', clock.now),
  );
  expect(somebodyElse).toEqual({ kind: 'unknown' });
  const answered = await inWorkspace(database.current.db, lead.workspaceId, (trx) =>
    engine.prompts.answer(trx, which, 'done', clock.now),
  );
  expect(answered).toEqual({ kind: 'answered' });
  const again = await inWorkspace(database.current.db, lead.workspaceId, (trx) =>
    engine.prompts.answer(trx, which, 'done', clock.now),
  );
  expect(again).toEqual({ kind: 'stale', state: 'sent', answer: 'done' });
});

test('a room with nothing to say says nothing, and why is kept', async () => {
  await plan({ kind: 'silent' });
  await liveUntil(engine, clock, instant('2026-11-21T00:00Z'));
  expect(said()).toEqual([]);
  expect(await deliveries()).toMatchObject([{ state: 'skipped', reason: 'all-quiet' }]);
});
