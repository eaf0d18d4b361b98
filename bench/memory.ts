// Prints what hostile requests leave in memory: how it grows by itself, and what is left once the garbage is collected.
// Usage: DATABASE_URL=postgres://… node bench/memory.ts [rounds]; the database should be a spare one. 2,000 requests a round.

import { fork } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import { pino } from 'pino';
import { sandboxClock } from '../sandbox/slack/clock.ts';
import { startLocalSlack } from '../sandbox/slack/index.ts';
import { buildApp } from '../src/app.ts';
import type { Config } from '../src/config.ts';
import { openDatabase } from '../src/db/pool.ts';

const perRound = 2_000;
const atOnce = 40;
const secret = 'a secret for the moment';
const megabytes = (bytes: number) => Math.round(bytes / 1024 / 1024);

if (process.send) await bot();
else await attack(Number(process.argv[2] ?? 7));

/** The bot in a process of its own, which says how much it holds whenever it is asked. */
async function bot(): Promise<void> {
  const config: Config = {
    databaseUrl: process.env.DATABASE_URL ?? '',
    slack: {
      botToken: process.env.TOKEN ?? '',
      signingSecret: secret,
      appToken: undefined,
      apiUrl: process.env.API ?? '',
    },
    encryptionKeys: [],
    deliveriesKeptDays: 400,
    port: 0,
    logLevel: 'silent',
    environment: 'test',
  };
  const db = openDatabase(config.databaseUrl);
  const app = buildApp({ config, db, now: () => Temporal.Now.instant(), log: pino({ level: 'silent' }) });
  process.send?.(await app.start());
  process.on('message', (collect) => {
    if (collect) globalThis.gc?.();
    process.send?.(process.memoryUsage());
  });
}

async function attack(rounds: number): Promise<void> {
  const slack = await startLocalSlack({ clock: sandboxClock(Temporal.Now.instant()) });
  const child = fork(import.meta.filename, {
    execArgv: ['--expose-gc', '--disable-warning=ExperimentalWarning'],
    env: { ...process.env, TOKEN: slack.workspace().botToken, API: slack.apiUrl },
  });
  const [port] = (await once(child, 'message')) as [number];
  const measure = async (what: string, collect: boolean): Promise<void> => {
    // Bolt holds a request for 3 s after it came.
    await new Promise((resolve) => setTimeout(resolve, 4_000));
    child.send(collect);
    const [{ rss, heapUsed, external }] = (await once(child, 'message')) as [NodeJS.MemoryUsage];
    console.log(
      `${what}: ${megabytes(rss)} MB resident, ${megabytes(heapUsed)} MB heap, ${megabytes(external)} MB outside it`,
    );
  };
  await measure('before, collected', true);
  for (let round = 1; round <= rounds; round++) {
    const numbers = Array.from({ length: perRound }, (_, index) => round * perRound + index);
    await Promise.all(
      Array.from({ length: atOnce }, async () => {
        for (let number = numbers.pop(); number !== undefined; number = numbers.pop())
          await hostile(port, number);
      }),
    );
    await measure(`${round * perRound} requests`, false);
  }
  await measure('after, collected', true);
  child.kill();
  await slack.stop();
}

/** One request of eight kinds; how it is answered does not matter here. */
async function hostile(port: number, number: number): Promise<void> {
  const url = `http://127.0.0.1:${port}`;
  const noise = crypto.randomUUID();
  const kinds: (() => Promise<unknown>)[] = [
    () => fetch(`${url}/slack/events`, { method: 'POST', body: noise }),
    () => fetch(`${url}/slack/events`, { method: 'POST', body: noise.repeat(28_000) }),
    () => fetch(`${url}/slack/events`, { method: 'POST', body: noise.repeat(60_000) }),
    () => fetch(`${url}/${noise}?${noise.repeat(100)}`, { method: 'PUT', body: noise }),
    () => signed(url, `command=%2Flogtime&text=${noise.repeat(1_000)}&team_id=T1&user_id=U${number}`),
    () =>
      signed(
        url,
        `payload=${encodeURIComponent(JSON.stringify({ type: 'block_actions', noise, team: { id: 'T1' } }))}`,
      ),
    () => signed(url, JSON.stringify({ type: 'event_callback', event: { type: noise } }), 'application/json'),
    () => halfARequest(port, noise),
  ];
  await kinds[number % kinds.length]?.()
    .then((response) => (response instanceof Response ? response.arrayBuffer() : undefined))
    .catch(() => {});
}

function signed(url: string, body: string, type = 'application/x-www-form-urlencoded'): Promise<Response> {
  const timestamp = String(Math.floor(Date.now() / 1000));
  const hash = createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex');
  return fetch(`${url}/slack/events`, {
    method: 'POST',
    body,
    headers: {
      'content-type': type,
      'x-slack-request-timestamp': timestamp,
      'x-slack-signature': `v0=${hash}`,
    },
  });
}

async function halfARequest(port: number, noise: string): Promise<void> {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => {});
  await once(socket, 'connect');
  socket.write(
    `POST /slack/events HTTP/1.1\r\nhost: here\r\ncontent-length: 100000\r\n\r\n${noise.repeat(500)}`,
  );
  socket.destroySoon();
  await once(socket, 'close');
}
