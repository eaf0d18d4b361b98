// When Slack says no, or says nothing: each answer and what the engine makes of it.

import { expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { inEngine } from '../../src/db/tenancy.ts';
import { useWorkspace } from '../support/prompt-workspace.ts';
import { aKind, instant } from '../support/prompts.ts';

let chart = false;
const here = useWorkspace([
  aKind({
    compose: async () => ({
      kind: 'say',
      message: { text: 'ping', blocks: [] },
      ...(chart && { plainer: { text: 'ping in text', blocks: [] } }),
    }),
  }),
  aKind({ name: 'brief', usefulUntil: (occurrence) => occurrence.add({ seconds: 45 }) }),
]);

const at = '2026-11-16T11:00Z';
const lastState = async () => (await here.deliveries()).map(({ state, reason }) => `${state} ${reason}`);

test('transient: tried again later and later, until it is taken', async () => {
  here.slack.mishaps.push({ error: 'service_unavailable' }, { error: 'service_unavailable' });
  await here.plan('ping', at);
  await here.until('2026-11-16T12:00Z');
  expect(here.said()).toHaveLength(1);
  expect(here.posts()[0]!.at.toString()).toBe('2026-11-16T11:01:30Z');
});

test('transient for longer than it is of use: missed', async () => {
  here.slack.mishaps.push(...Array.from({ length: 3 }, () => ({ error: 'service_unavailable' })));
  await here.plan('brief', at);
  await here.until('2026-11-16T12:00Z');
  expect(here.said()).toEqual([]);
  expect(await lastState()).toEqual(['missed service_unavailable']);
});

test('429: waits exactly what Slack asks, and so does the rest of the workspace', async () => {
  here.slack.mishaps.push({ retryAfter: 40 });
  await here.plan('ping', at);
  await here.plan('ping', '2026-11-16T11:00:10Z', { subject: 'two', destination: { channel: 'C2' } });
  await here.until('2026-11-16T12:00Z');
  expect(
    here
      .posts()
      .map((message) => message.at.toString())
      .sort(),
  ).toEqual(['2026-11-16T11:00:40Z', '2026-11-16T11:00:40Z']);
});

test('429 while a claim is at work on the same line: neither waits for the other', async () => {
  await here.plan('ping', '2026-11-16T10:30Z', { subject: 'two', destination: { channel: 'C2' } });
  await here.until('2026-11-16T10:31Z');
  await here.inside((trx) =>
    sql`update deliveries set state = 'planned', paced = true, due_at = ${instant('2026-11-16T11:00:05Z')}`.execute(
      trx,
    ),
  );
  await here.plan('ping', at);
  here.slack.mishaps.push({ retryAfter: 40 });
  const one = async () => (await here.deliveries()).find(({ subject }) => subject === '')!;
  const waiting = () => sql`select from pg_locks where not granted`.execute(here.database.db);
  let claim: Promise<void> | undefined;
  here.slack.onPost = async () => {
    if (claim) return;
    const taken = Promise.withResolvers<void>();
    // As a claim does it: first what is due, then its place in the line.
    claim = inEngine(here.database.db, async (trx) => {
      await sql`select from deliveries where subject = 'two' for update`.execute(trx);
      taken.resolve();
      while ((await one()).state === 'sending' && (await waiting()).rows.length === 0);
      await sql`select from paces where workspace_id = ${here.lead.workspaceId} for update`.execute(trx);
    });
    await taken.promise;
  };
  here.clock.now = instant(at);
  await here.engine.tick();
  await here.engine.settled();
  await claim;
  expect(await one()).toMatchObject({ state: 'planned', reason: 'rate-limited' });
  expect((await one()).due_at!.toString()).toBe('2026-11-16T11:00:40Z');
});

test('a chart that a workspace does not have yet goes as text', async () => {
  chart = true;
  here.slack.mishaps.push({ error: 'invalid_blocks' });
  await here.plan('ping', at);
  await here.until('2026-11-16T12:00Z');
  chart = false;
  expect(here.said()).toEqual(['2026-11-16T11:00 ping in text']);
});

test('our fault: a dead letter, never tried again', async () => {
  here.slack.mishaps.push({ error: 'msg_too_long' });
  await here.plan('ping', at);
  await here.until('2026-11-18T12:00Z');
  expect(here.said()).toEqual([]);
  expect(await lastState()).toEqual(['failed msg_too_long']);
});

test('the destination is gone: its schedule is paused and the lead told once, with what to do', async () => {
  here.slack.mishaps.push({ error: 'is_archived' });
  const daily = {
    rule: 'FREQ=DAILY',
    starts: Temporal.PlainDateTime.from('2026-11-16T11:00'),
    timeZone: 'UTC',
  };
  await here.plan('ping', daily, { destination: { channel: 'C1' } });
  await here.until('2026-11-20T00:00Z');
  expect(here.posts()).toHaveLength(1);
  expect(here.posts()[0]).toMatchObject({ channel: 'DU1', text: expect.stringContaining('it is archived') });
  expect(await here.schedules()).toMatchObject([
    { kind: 'ping', state: 'paused', state_reason: 'is_archived' },
    {},
  ]);
  // Pointed somewhere else it comes again.
  await here.plan('ping', daily, { destination: { channel: 'C2' } });
  await here.until('2026-11-20T12:00Z');
  expect(here.posts().at(-1)).toMatchObject({ channel: 'C2', text: 'ping' });
});

test('the destination of one that comes once is gone: the lead is told nothing that cannot be done', async () => {
  here.slack.mishaps.push({ error: 'not_in_channel' });
  await here.plan('ping', at, { destination: { channel: 'C1' } });
  await here.until('2026-11-16T12:00Z');
  expect(here.posts()).toHaveLength(1);
  expect(here.posts()[0]!.text).toContain("I am not in it any more. I won't try this one again");
  expect(here.posts()[0]!.text).not.toContain('/keel prompts');
});

test('in doubt and taken: found by its id, not posted again', async () => {
  here.slack.mishaps.push('dropped-after');
  await here.plan('ping', at);
  await here.until('2026-11-16T12:00Z');
  expect(here.said()).toEqual(['2026-11-16T11:00 ping']);
  expect(await here.deliveries()).toMatchObject([
    { state: 'sent', reason: 'found', message_ts: here.posts()[0]!.ts },
  ]);
});

test('in doubt and not taken: posted once it is certain', async () => {
  here.slack.mishaps.push('dropped-before');
  await here.plan('ping', at);
  await here.until('2026-11-16T12:00Z');
  expect(here.said()).toEqual(['2026-11-16T11:01 ping']);
});

test('in doubt where the bot cannot read: not posted again, and the lead is asked', async () => {
  here.slack.unreadable.add('C9');
  here.slack.mishaps.push({ status: 500 });
  await here.plan('ping', at, { destination: { channel: 'C9' } });
  await here.until('2026-11-16T13:00Z');
  expect(here.posts().map(({ channel }) => channel)).toEqual(['DU1']);
  expect(here.posts()[0]!.text).toContain("I can't read that channel");
  expect((await here.deliveries()).find(({ kind }) => kind === 'ping')).toMatchObject({ state: 'unknown' });
});

test('a process that died between posting and writing it down: found, not posted again', async () => {
  await here.plan('ping', at);
  await here.until('2026-11-16T10:59Z');
  // As a killed replica leaves it: taken by Slack, `sending` on record, its claim lapsed.
  here.clock.now = instant(at);
  await here.engine.tick();
  await here.engine.settled();
  expect(here.posts()).toHaveLength(1);
  await here.inside((trx) =>
    sql`update deliveries set state = 'sending', sent_at = null, message_ts = null, due_at = ${instant('2026-11-16T11:10Z')}`.execute(
      trx,
    ),
  );
  here.clock.now = instant('2026-11-16T11:10Z');
  await here.until('2026-11-16T12:00Z');
  expect(here.posts()).toHaveLength(1);
  expect(await here.deliveries()).toMatchObject([{ state: 'sent', reason: 'found' }]);
});
