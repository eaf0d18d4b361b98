// `npm start` as an operator runs it: a process of its own, on an existing Postgres and any server that speaks Slack's API.

import { type ChildProcess, spawn } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import path from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { sandboxClock } from '../../sandbox/slack/clock.ts';
import { startLocalSlack } from '../../sandbox/slack/index.ts';
import { cloneDatabase } from '../support/database.ts';

const root = path.join(import.meta.dirname, '../..');
const closing: (() => Promise<unknown>)[] = [];

afterAll(async () => {
  for (const close of closing.toReversed()) await close();
});

/** Runs the process with exactly this environment. */
function start(env: Record<string, string>): {
  process: ChildProcess;
  output: () => string;
  exited: Promise<number>;
} {
  const child = spawn(process.execPath, ['src/main.ts'], {
    cwd: root,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk) => {
      output += String(chunk);
    });
  const exited = once(child, 'exit').then(([code]) => Number(code));
  closing.push(async () => {
    child.kill('SIGKILL');
    await exited;
  });
  return { process: child, output: () => output, exited };
}

/** Resolves once the process said that it is ready. */
async function ready({
  process: child,
  output,
  exited,
}: ReturnType<typeof start>): Promise<{ port: number; workspaceId: string }> {
  let over = false;
  void exited.then(() => {
    over = true;
  });
  while (!output().includes('"msg":"ready"')) {
    if (over) throw new Error(`It ended before it was ready: ${output()}`);
    await Promise.race([once(child.stdout!, 'data'), exited]);
  }
  const line =
    output()
      .split('\n')
      .find((each) => each.includes('"msg":"ready"')) ?? '{}';
  return JSON.parse(line) as { port: number; workspaceId: string };
}

test('without configuration it names every missing variable, says what to do, and exits 1', async () => {
  const run = start({ PATH: process.env.PATH ?? '' });
  expect(await run.exited).toBe(1);
  for (const variable of ['DATABASE_URL', 'SLACK_BOT_TOKEN', 'SLACK_SIGNING_SECRET']) {
    expect(run.output()).toMatch(new RegExp(`${variable} is missing\\. \\w+`));
  }
});

test('it answers a signed command in one response, keeps it, and stops when asked', async () => {
  const slack = await startLocalSlack({ clock: sandboxClock(Temporal.Now.instant()) });
  const database = await cloneDatabase();
  closing.push(
    () => slack.stop(),
    () => database.drop(),
  );
  const secret = 'a signing secret of its own';
  const env = {
    PATH: process.env.PATH ?? '',
    DATABASE_URL: database.url,
    SLACK_BOT_TOKEN: slack.workspace().botToken,
    SLACK_SIGNING_SECRET: secret,
    SLACK_API_URL: slack.apiUrl,
    PORT: '0',
  };
  const run = start(env);
  const { port } = await ready(run);
  const url = `http://127.0.0.1:${port}`;

  const post = (text: string, options: { secondsOff?: number; signedWith?: string } = {}) => {
    const body = new URLSearchParams({
      command: '/logtime',
      text,
      team_id: slack.workspace().id,
      user_id: slack.person('lead').id,
      channel_id: 'D1',
      trigger_id: crypto.randomUUID(),
      response_url: `${slack.url}/none`,
    }).toString();
    const timestamp = String(Math.floor(Date.now() / 1000) + (options.secondsOff ?? 0));
    const hash = createHmac('sha256', options.signedWith ?? secret)
      .update(`v0:${timestamp}:${body}`)
      .digest('hex');
    return fetch(`${url}/slack/events`, {
      method: 'POST',
      body,
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        'x-slack-request-timestamp': timestamp,
        'x-slack-signature': `v0=${hash}`,
      },
    });
  };

  expect(((await (await post('45m review')).json()) as { text: string }).text).toContain(
    '*45 min review*, today',
  );
  expect((await post('1h review', { signedWith: 'another' })).status).toBe(401);
  expect((await post('1h review', { secondsOff: -400 })).status).toBe(401);
  expect((await post('1h review', { secondsOff: 400 })).status).toBe(401);
  expect((await fetch(`${url}/healthz`)).status).toBe(200);
  expect((await fetch(`${url}/readyz`)).status).toBe(200);

  run.process.kill('SIGTERM');
  expect(await run.exited).toBe(0);
  for (const secretText of [secret, env.SLACK_BOT_TOKEN, ':owner@'])
    expect(run.output()).not.toContain(secretText);

  // Whoever is in the middle of saying something, and a balancer that has to hear of it before the door is shut.
  const again = start(env);
  const { port: next } = await ready(again);
  const half = connect(next, '127.0.0.1');
  half.on('error', () => {});
  half.write('POST /slack/events HTTP/1.1\r\nhost: here\r\ncontent-length: 100\r\n\r\n{');
  const readiness = () =>
    fetch(`http://127.0.0.1:${next}/readyz`).then(
      ({ status }) => status,
      () => 'refused',
    );
  expect(await readiness()).toBe(200);
  again.process.kill('SIGTERM');
  let then = await readiness();
  while (then === 200) then = await readiness();
  expect(then).toBe(503);
  expect(await again.exited).toBe(0);
});

test('a database that cannot be reached is said without its password, and the process ends', async () => {
  const slack = await startLocalSlack({ clock: sandboxClock(Temporal.Now.instant()) });
  closing.push(() => slack.stop());
  const run = start({
    PATH: process.env.PATH ?? '',
    DATABASE_URL: 'postgres://someone:hunter2@127.0.0.1:1/nowhere',
    SLACK_BOT_TOKEN: slack.workspace().botToken,
    SLACK_SIGNING_SECRET: 'secret',
    SLACK_API_URL: slack.apiUrl,
    PORT: '0',
  });
  expect(await run.exited).toBe(1);
  expect(run.output()).toContain('ECONNREFUSED');
  expect(run.output()).not.toContain('hunter2');
});
