// Workspaces that Slack lets nobody speak in, and two bots on one database: nobody is silenced for good, or by another.

import { afterAll, expect, test } from '@jest/globals';
import { inWorkspace } from '../../src/db/tenancy.ts';
import type { PromptEngine } from '../../src/prompts/engine.ts';
import { useWorkspace } from '../support/prompt-workspace.ts';
import {
  aKind,
  aLead,
  instant,
  keepLead,
  liveUntil,
  rememberingSlack,
  testEngine,
} from '../support/prompts.ts';

let otherBot: PromptEngine | undefined;
// Before the database's own afterAll, which waits for every connection.
afterAll(() => otherBot?.stop());
const here = useWorkspace([
  aKind(),
  aKind({ name: 'lasting', usefulUntil: (at) => at.add({ hours: 24 * 7 }) }),
]);

const daily = {
  rule: 'FREQ=DAILY',
  starts: Temporal.PlainDateTime.from('2026-11-16T11:00'),
  timeZone: 'UTC',
};
const stopped = async () =>
  (await here.engine.stopped()).map(({ workspaceId, error }) => `${workspaceId} ${error}`);
const metric = async (name: string) =>
  new RegExp(`^${name} (\\d+)$`, 'm').exec(await here.engine.registry.metrics())?.[1];

test('one refused post proves nothing: Slack knows the token, so it is tried again and said', async () => {
  here.slack.mishaps.push({ error: 'invalid_auth' });
  await here.plan('ping', '2026-11-16T11:00Z');
  await here.until('2026-11-16T12:00Z');
  expect(here.said()).toEqual(['2026-11-16T11:00 ping']);
  expect(await stopped()).toEqual([]);
  expect(here.posts()[0]!.at.toString()).toBe('2026-11-16T11:00:30Z');
});

test('refused for an hour: seen, tried with growing pauses, taken up by itself; what is late is said, what is too late is missed', async () => {
  await here.plan('ping', daily);
  await here.plan('lasting', '2026-11-16T11:30Z');
  here.slack.refusal = 'invalid_auth';
  await here.until('2026-11-18T12:00Z');
  expect(here.said()).toEqual([]);
  expect(await stopped()).toEqual([`${here.lead.workspaceId} invalid_auth`]);
  expect(await metric('evenkeel_workspaces_stopped')).toBe('1');
  here.slack.refusal = undefined;
  await here.until('2026-11-18T13:00Z');
  expect(await stopped()).toEqual([]);
  expect(await metric('evenkeel_workspaces_stopped')).toBe('0');
  const said = here.said();
  expect(said.map((line) => line.split(' ')[1])).toEqual(['ping', 'ping']);
  expect((await here.deliveries()).map(({ kind, state, reason }) => `${kind} ${state} ${reason}`)).toEqual([
    'ping missed too-late',
    'lasting sent null',
    'ping missed too-late',
    'ping sent null',
  ]);
  await here.until('2026-11-19T12:00Z');
  expect(here.said().at(-1)).toBe('2026-11-19T11:00 ping');
});

test('somebody there is heard from: Slack is asked at once', async () => {
  await here.plan('ping', '2026-11-16T11:00Z');
  here.slack.refusal = 'token_revoked';
  await here.until('2026-11-16T14:00Z');
  expect(await stopped()).toHaveLength(1);
  here.slack.refusal = undefined;
  await here.engine.heardFrom(here.lead.workspaceId);
  await here.engine.tick();
  await here.engine.settled();
  expect(here.said()).toEqual(['2026-11-16T14:00 ping']);
});

test('Slack says that the bot was removed: nothing more is tried, and a late word of it stops nobody who is back', async () => {
  await here.engine.doubt(here.lead.workspaceId, 'app_uninstalled');
  expect(await stopped()).toEqual([]);
  here.slack.refusal = 'account_inactive';
  await here.engine.doubt(here.lead.workspaceId, 'app_uninstalled');
  expect(await stopped()).toEqual([`${here.lead.workspaceId} account_inactive`]);
  here.slack.refusal = undefined;
  await here.until('2026-11-16T12:00Z');
  expect(await stopped()).toEqual([]);
});

test('two bots on one database: each says its own, and leaves alone what is the other’s', async () => {
  const theirs = aLead({ workspaceId: 'TOTHER' });
  await keepLead(here.database, theirs);
  const slack = rememberingSlack(() => here.clock.now);
  otherBot = testEngine(here.database, here.clock, { ...slack, served: () => ['TOTHER'] }, [aKind()]);
  await otherBot.start({ ticks: 'by-hand' });
  await here.plan('ping', daily);
  // Theirs falls due first, and we look for days: it is left where it is.
  const plan = {
    leadId: theirs.id,
    kind: 'ping',
    destination: { dm: theirs.id },
    when: { at: instant('2026-11-16T10:30Z') },
  };
  await inWorkspace(here.database.db, 'TOTHER', (trx) => here.engine.prompts.plan(trx, plan, here.clock.now));
  await here.until('2026-11-20T12:00Z');
  expect(here.said()).toHaveLength(5);
  expect(slack.posted).toEqual([]);
  here.clock.now = instant('2026-11-16T10:30Z');
  await liveUntil(otherBot, here.clock, instant('2026-11-16T10:40Z'));
  expect(slack.posted.map(({ workspaceId, text }) => `${workspaceId} ${text}`)).toEqual(['TOTHER ping ']);
  expect(await stopped()).toEqual([]);
});
