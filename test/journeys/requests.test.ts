// Requests as the world sends them: twice, forged, stale, from the future, garbled, and while the database is away.

import { createHmac } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { inWorkspace } from '../../src/db/tenancy.ts';
import { asAdministrator } from '../support/database.ts';
import { useHouse } from '../support/house.ts';

const house = useHouse();

const formType = 'application/x-www-form-urlencoded';

/** A request to the bot's door, signed as Slack signs. */
function send(
  body: string,
  options: { secondsOff?: number; secret?: string; contentType?: string; path?: string } = {},
) {
  const { slack, url, clock } = house.current;
  const timestamp = String(Math.floor(clock.now().epochMilliseconds / 1000) + (options.secondsOff ?? 0));
  const signature = createHmac('sha256', options.secret ?? slack.signingSecret)
    .update(`v0:${timestamp}:${body}`)
    .digest('hex');
  return fetch(`${url}${options.path ?? '/slack/events'}`, {
    method: 'POST',
    body,
    headers: {
      'content-type': options.contentType ?? formType,
      'x-slack-request-timestamp': timestamp,
      'x-slack-signature': `v0=${signature}`,
    },
  });
}

function command(text: string, triggerId = crypto.randomUUID()): string {
  const { slack, lead } = house.current;
  return new URLSearchParams({
    command: '/logtime',
    text,
    team_id: slack.workspace().id,
    user_id: lead.id,
    channel_id: 'D0ELSEWHERE',
    trigger_id: triggerId,
    response_url: `${slack.url}/none`,
    api_app_id: 'A1',
    is_enterprise_install: 'false',
  }).toString();
}

const minutesToday = async (): Promise<string> => {
  const { lead } = house.current;
  await lead.types('/logtime today');
  return /Today: ([^\n]*)/.exec(lead.sees())?.[1] ?? '';
};

test('a signed command is answered in the one HTTP response, with or without a charset', async () => {
  for (const contentType of [formType, `${formType}; charset=utf-8`]) {
    const response = await send(command('10m review'), { contentType });
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({
      response_type: 'ephemeral',
      text: expect.stringContaining('*10 min review*'),
    });
  }
});

test('a forged, an old and a future request get 401 and change nothing', async () => {
  const before = await minutesToday();
  expect((await send(command('1h review'), { secret: 'someone else' })).status).toBe(401);
  expect((await send(command('1h review'), { secondsOff: -301 })).status).toBe(401);
  expect((await send(command('1h review'), { secondsOff: 301 })).status).toBe(401);
  expect((await send(command('1h review'), { secondsOff: 3600 })).status).toBe(401);
  const unsigned = await fetch(`${house.current.url}/slack/events`, {
    method: 'POST',
    body: command('1h review'),
  });
  expect(unsigned.status).toBe(401);
  expect(await minutesToday()).toBe(before);
  for (const secondsOff of [-299, 299]) {
    expect((await send(command('help'), { secondsOff })).status).toBe(200);
  }
});

test('a signed command of a workspace that does not have the bot is acknowledged and kept nowhere', async () => {
  const { slack, database, log } = house.current;
  const elsewhere = command('1h review').replace(`team_id=${slack.workspace().id}`, 'team_id=T0ELSEWHERE');
  const response = await send(elsewhere);
  expect([response.status, await response.text()]).toEqual([200, '']);
  const kept = await inWorkspace(database.db, 'T0ELSEWHERE', (trx) =>
    trx.selectFrom('leads').selectAll().execute(),
  );
  expect(kept).toEqual([]);
  expect(log.at(-1)).toMatchObject({ level: 40, msg: 'a request of no workspace of ours' });
});

test('a command that arrives twice counts once, even at the same moment', async () => {
  const { lead } = house.current;
  const before = await minutesToday();
  const body = command('1h mentoring');
  const answers = await Promise.all([send(body), send(body), send(body)]);
  const texts = await Promise.all(
    answers.map(async (answer) => ((await answer.json()) as { text: string }).text),
  );
  expect(texts.filter((text) => text.includes('*1 h mentoring*'))).toHaveLength(1);
  expect(texts.filter((text) => text === 'I have that already; it counts once.')).toHaveLength(2);
  await lead.types('/logtime undo');
  expect(lead.sees()).toContain('1 h mentoring');
  expect(await minutesToday()).toBe(before);
});

test('a form that is submitted twice counts once', async () => {
  const { lead } = house.current;
  await lead.types('/logtime');
  await lead.submits({ time: '35m', category: 'hiring' }, { twice: true });
  await lead.types('/logtime edit');
  expect(lead.sees().match(/35 min hiring/g)).toHaveLength(1);
  await lead.types('/logtime undo');
});

test('garbage is refused and the bot lives on', async () => {
  const oversized = 'x'.repeat(1024 * 1024 + 1);
  const bodies = [
    '',
    '{',
    'payload=%7B',
    'payload=null',
    'payload=[]',
    'payload={"type":"block_actions"}',
    command('').slice(0, 30),
  ];
  for (const body of bodies) expect((await send(body)).status).not.toBe(500);
  expect((await send(oversized)).status).toBe(413);
  expect((await send('{}', { path: '/elsewhere' })).status).toBe(404);
  expect(await (await fetch(`${house.current.url}/healthz`)).text()).toBe('ok');
  expect(await minutesToday()).toBe('20 min');
  house.current.log.length = 0;
});

test('a button from an older version explains itself', async () => {
  const { slack, lead, url } = house.current;
  const payload = {
    type: 'block_actions',
    team: { id: slack.workspace().id },
    user: { id: lead.id },
    api_app_id: 'A1',
    trigger_id: 'old-1',
    container: { type: 'message' },
    channel: { id: 'D1' },
    response_url: `${url}/healthz`,
    actions: [{ type: 'button', action_id: 'gone.away', block_id: 'b', value: '' }],
  };
  expect((await send(`payload=${encodeURIComponent(JSON.stringify(payload))}`)).status).toBe(200);
  await house.current.app.idle();
  // Its response URL led nowhere, so the words came by DM instead.
  expect(lead.dm().at(-1)?.text).toContain('That is from an older version of me');
});

test('while the database is away nothing is said to be saved, and the form keeps what was typed', async () => {
  const { lead, database, url } = house.current;
  const name = new URL(database.url).pathname.slice(1);
  await lead.types('/logtime');
  await asAdministrator(`alter database ${name} allow_connections false`);
  await asAdministrator(`select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}'`);
  try {
    await lead.submits({ time: '2h', category: 'planning' });
    expect(Object.values(lead.modal()?.errors ?? {})).toEqual([
      expect.stringMatching(/nothing was saved. Please try again/),
    ]);
    await lead.types('/logtime 2h planning');
    expect(lead.sees()).toContain('nothing was saved');
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    expect((await fetch(`${url}/readyz`)).status).toBe(503);
  } finally {
    await asAdministrator(`alter database ${name} allow_connections true`);
  }
  await lead.submits({ time: '2h', category: 'planning' });
  expect(lead.sees()).toContain('2 h planning, today');
  expect((await fetch(`${url}/readyz`)).status).toBe(200);
  house.current.log.length = 0;
});
