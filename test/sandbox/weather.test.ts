import { afterEach, expect, test } from '@jest/globals';
import { WebClient } from '@slack/web-api';
import { sandboxClock } from '../../sandbox/slack/clock.ts';
import { type LocalSlack, startLocalSlack } from '../../sandbox/slack/index.ts';
import { quiet, type Stage, stage } from './bolt.ts';

let slack: LocalSlack | undefined;
let on: Stage | undefined;
afterEach(async () => {
  await on?.stop();
  await slack?.stop();
  on = undefined;
  slack = undefined;
});

const start = Temporal.Instant.from('2026-11-27T14:00:00Z');

async function slackAndClient(options: { rateLimits?: boolean } = {}) {
  const clock = sandboxClock(start);
  slack = await startLocalSlack({ clock, ...options });
  const client = new WebClient(slack.workspace().botToken, {
    slackApiUrl: slack.apiUrl,
    retryConfig: { retries: 0 },
    logger: quiet,
    rejectRateLimitedCalls: true,
    timeout: 300,
  });
  return { slack, client, clock, lead: slack.person('lead') };
}

/** How a call fares: `ok`, Slack's error, the seconds to wait, or the kind of failure. */
const fares = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => 'ok',
    (error: { data?: { error?: string }; retryAfter?: number; statusCode?: number; code?: string }) =>
      error.retryAfter ?? error.data?.error ?? error.statusCode ?? error.code,
  );

test('faults: each kind, counted, and over when it is over', async () => {
  const { slack, client, lead } = await slackAndClient();
  const post = (text: string) => fares(client.chat.postMessage({ channel: lead.id, text }));
  const said = () => lead.dm().map((one) => one.text);

  slack.faults.add({ method: 'chat.postMessage', kind: 'ratelimited', retryAfter: 30, count: 2 });
  expect([await post('a'), await post('b'), await post('c')]).toEqual([30, 30, 'ok']);

  slack.faults.add({ method: '*', kind: 'error', error: 'fatal_error', count: 1 });
  expect(await post('d')).toBe('fatal_error');

  slack.faults.add({ method: '*', kind: 'http', count: 1 });
  expect(await post('e')).toBe(500);

  slack.faults.add({ method: '*', kind: 'timeout', count: 1 });
  expect(await post('f')).not.toBe('ok');
  expect(said()).toEqual(['c']);

  slack.faults.add({ method: '*', kind: 'accepted-then-dropped', count: 1 });
  expect(await post('g')).not.toBe('ok');
  expect(said()).toEqual(['c', 'g']);

  slack.faults.add({ method: '*', kind: 'slow', ms: 20, count: 1 });
  expect(await post('h')).toBe('ok');
  expect(slack.faults.list()).toEqual([]);
  expect(slack.violations).toEqual([]);
});

test('a share of the calls fails, the same ones for the same seed', async () => {
  const { slack, client, lead } = await slackAndClient();
  const fault = slack.faults.add({ method: 'chat.postMessage', kind: 'http', share: 0.3 });
  const run = async () => {
    slack.faults.seed(7);
    const results: unknown[] = [];
    for (let index = 0; index < 40; index += 1) {
      results.push(await fares(client.chat.postMessage({ channel: lead.id, text: 'a' })));
    }
    return results;
  };
  const first = await run();
  expect(await run()).toEqual(first);
  expect(fault.hits).toBeGreaterThan(10);
  expect(fault.hits).toBeLessThan(40);
});

test('rate limits hold in the sandbox’s time: one a second in a channel, a small burst, and by tier', async () => {
  const { client, lead, clock, slack } = await slackAndClient({ rateLimits: true });
  const post = () => fares(client.chat.postMessage({ channel: lead.id, text: 'a' }));
  expect([await post(), await post(), await post(), await post()]).toEqual(['ok', 'ok', 'ok', 1]);
  clock.advance({ seconds: 1 });
  expect([await post(), await post()]).toEqual(['ok', 1]);
  const list = () => fares(client.users.list({}));
  for (let index = 0; index < 20; index += 1) expect(await list()).toBe('ok');
  expect(await list()).toBe(3);
  clock.advance({ seconds: 3 });
  expect(await list()).toBe('ok');
  expect(slack.rateLimits.refused).toBe(3);
});

test('triggers: once, and within three seconds', async () => {
  on = await stage({ clock: sandboxClock(start) });
  const { app, clock } = on;
  const results: unknown[] = [];
  const view = { type: 'modal' as const, title: { type: 'plain_text' as const, text: 'T' }, blocks: [] };
  app.command('/open', async ({ ack, client, command }) => {
    await ack();
    results.push(await fares(client.views.open({ trigger_id: command.trigger_id, view })));
    results.push(await fares(client.views.open({ trigger_id: command.trigger_id, view })));
  });
  app.command('/late', async ({ ack, client, command }) => {
    clock.advance({ seconds: 4 });
    await ack();
    results.push(await fares(client.views.open({ trigger_id: command.trigger_id, view })));
  });
  const lead = on.slack.person('lead');
  await lead.types('/open');
  await lead.types('/late');
  expect(results).toEqual(['ok', 'exchanged_trigger_id', 'expired_trigger_id']);
});

test('response_url: five times, within thirty minutes', async () => {
  on = await stage({ clock: sandboxClock(start) });
  const { app, slack: local, clock } = on;
  let url = '';
  app.command('/go', async ({ ack, command }) => {
    url = command.response_url;
    await ack();
  });
  const lead = local.person('lead');
  const respond = async (body: object) => {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return [response.status, await response.text()];
  };
  await lead.types('/go');
  for (let index = 0; index < 5; index += 1) expect(await respond({ text: `${index}` })).toEqual([200, 'ok']);
  expect(await respond({ text: '6' })).toEqual([404, '{"ok":false,"error":"used_url"}']);
  await lead.types('/go');
  clock.advance({ minutes: 31 });
  expect(await respond({ text: 'late' })).toEqual([404, '{"ok":false,"error":"expired_url"}']);
  expect(lead.dm().map((one) => one.text)).toEqual(['0', '1', '2', '3', '4']);
  expect(local.violations.map((one) => one.rule)).toEqual(['used_url', 'expired_url']);
});

test('an event that fails is tried again at once, after a minute and after five', async () => {
  const clock = sandboxClock(start);
  slack = await startLocalSlack({ clock });
  const tries: (string | undefined)[] = [];
  const { createServer } = await import('node:http');
  const bot = createServer((request, response) => {
    tries.push(`${request.headers['x-slack-retry-num']} ${request.headers['x-slack-retry-reason']}`);
    response.writeHead(tries.length < 4 ? 500 : 200).end();
  });
  await new Promise<void>((resolve) => bot.listen(0, '127.0.0.1', resolve));
  slack.connect({ requestUrl: `http://127.0.0.1:${(bot.address() as { port: number }).port}/slack/events` });
  await slack.sendEvent({ type: 'app_home_opened', user: slack.person('lead').id });
  expect(tries).toEqual(['undefined undefined', '1 http_error']);
  await slack.moveClock(start.add({ seconds: 61 }));
  expect(tries).toHaveLength(3);
  await slack.moveClock(start.add({ minutes: 10 }));
  expect(tries.slice(2)).toEqual(['2 http_error', '3 http_error']);
  await new Promise((resolve) => bot.close(resolve));
});

test('moving the clock stops at each due moment and ends where it should', async () => {
  const { slack, clock } = await slackAndClient();
  let due = [1, 2, 5].map((hours) => start.add({ hours }));
  const ran: string[] = [];
  slack.travel = {
    nextDue: async () => due[0],
    runDue: async () => {
      while (due[0] !== undefined && Temporal.Instant.compare(due[0], clock.now()) <= 0) {
        ran.push(clock.now().toString());
        due = due.slice(1);
      }
    },
  };
  await slack.moveClock(start.add({ hours: 3 }));
  expect(ran).toEqual(['2026-11-27T15:00:00Z', '2026-11-27T16:00:00Z']);
  expect(clock.now().toString()).toBe('2026-11-27T17:00:00Z');
  await expect(slack.moveClock(start)).rejects.toThrow('only moves forward');
});

test('an acknowledgement Slack would not understand is told to the person and kept as a violation', async () => {
  on = await stage({ clock: sandboxClock(start) });
  const { app, slack: local } = on;
  app.command('/bad', async ({ ack }) => ack({ text: 'a', blocks: [{ type: 'nonsense' } as never] }));
  const lead = local.person('lead');
  expect(await lead.types('/bad')).toEqual({ failure: 'invalid_command_response' });
  expect(lead.sees()).toContain('invalid_command_response');
  expect(local.violations.map((one) => one.rule)).toEqual(['invalid_blocks']);
});

test('an envelope acknowledged twice is a violation', async () => {
  const clock = sandboxClock(start);
  slack = await startLocalSlack({ clock });
  const { url } = (await (
    await fetch(`${slack.apiUrl}apps.connections.open`, {
      method: 'POST',
      headers: { authorization: `Bearer ${slack.appToken}` },
    })
  ).json()) as { url: string };
  const socket = new WebSocket(url);
  socket.addEventListener('message', (event) => {
    const message = JSON.parse(String(event.data)) as { envelope_id?: string };
    if (message.envelope_id === undefined) return;
    for (let index = 0; index < 2; index += 1)
      socket.send(JSON.stringify({ envelope_id: message.envelope_id, payload: {} }));
  });
  await slack.socketMode.whenConnected();
  const violated = new Promise<void>((resolve) => {
    slack?.onChange((change) => {
      if (change.kind === 'violated') resolve();
    });
  });
  expect(await slack.person('lead').types('/twice')).toEqual({});
  await violated;
  expect(slack.violations.map((one) => one.rule)).toEqual(['double_acknowledgement']);
  socket.close();
});
