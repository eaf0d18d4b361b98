// Requests as the world sends them: twice, forged, stale, from the future, garbled, and while the database is away.

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from '@jest/globals';
import { sql } from 'kysely';
import type { LogEntry } from '../../sandbox/slack/index.ts';
import { inWorkspace } from '../../src/db/tenancy.ts';
import { asAdministrator } from '../support/database.ts';
import { useHouse } from '../support/house.ts';
import { formType, interaction, sendSigned } from '../support/signed.ts';
import { slowly } from '../support/slowly.ts';
import { test } from '../support/story.ts';

const house = useHouse();

const send = (body: string, options?: Parameters<typeof sendSigned>[2]): Promise<Response> =>
  sendSigned(house.current, body, options);

function command(text: string, triggerId: string = crypto.randomUUID()): string {
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

test('a response URL that is not Slack’s is not answered at, and the person reads it in their DM', async () => {
  const { slack, lead, app } = house.current;
  const heard: string[] = [];
  const elsewhere = createServer((request, response) => {
    heard.push(request.url ?? '');
    response.end();
  });
  await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
  const { port } = elsewhere.address() as AddressInfo;
  for (const url of [`http://127.0.0.1:${port}/`, 'file:///etc/passwd', 'https://hooks.slack.com.example/']) {
    const action = { type: 'button', action_id: 'balance.edit' };
    await send(
      interaction(house.current, lead, { type: 'block_actions', response_url: url, actions: [action] }),
    );
    await app.idle();
    expect(slack.log.at(-1)).toMatchObject({ name: 'chat.postMessage', request: { channel: lead.id } });
  }
  expect(heard).toEqual([]);
  await new Promise((resolve) => elsewhere.close(resolve));
});

test('ids that are longer than Slack’s, or no ids at all, get no further than the door', async () => {
  const { lead, slack, app, database } = house.current;
  const before = await minutesToday();
  const bodies = ['user_id', 'channel_id', 'trigger_id', 'team_id'].flatMap((name) =>
    ['U'.repeat(41_000), 'U0; drop'].flatMap((id) => {
      if (name === 'trigger_id' && id.length < 1000) return [];
      return [
        new URLSearchParams({
          ...Object.fromEntries(new URLSearchParams(command('10m review'))),
          [name]: id,
        }).toString(),
      ];
    }),
  );
  bodies.push(
    interaction(house.current, { ...lead, id: 'U'.repeat(41_000) }, { type: 'block_actions', actions: [] }),
  );
  await Promise.all(bodies.map((body) => send(body)));
  await app.idle();
  expect(await minutesToday()).toBe(before);
  const long = await inWorkspace(database.db, lead.workspaceId, (trx) =>
    trx.selectFrom('requests').select('request_id').where(sql`length(request_id)`, '>', 300).execute(),
  );
  expect(long).toEqual([]);
  expect(slack.violations).toEqual([]);
});

test('an event that Slack sends again says nothing twice', async () => {
  const { lead, slack, app } = house.current;
  const heard = (id: string, event: object): string =>
    JSON.stringify({ type: 'event_callback', team_id: slack.workspace().id, event_id: id, event });
  const home = heard('Ev0', { type: 'app_home_opened', user: lead.id, channel: 'D0ELSEWHERE', tab: 'home' });
  const moves = (id: string, tz: string) =>
    heard(id, { type: 'user_change', user: { id: lead.id, tz, profile: {} } });
  const away = moves('Ev1', 'Europe/Lisbon');
  const back = moves('Ev2', 'Europe/Berlin');
  const said = lead.dm().length;
  for (const sent of [home, home, home, away, away, away, back, back]) {
    expect((await send(sent, { contentType: 'application/json' })).status).toBe(200);
    await app.idle();
  }
  expect(
    lead
      .dm()
      .slice(said)
      .map(({ text }) => text)
      .filter((text) => text.includes('I have that already')),
  ).toEqual([]);
});

test('a button from an older version explains itself', async () => {
  const { lead, url } = house.current;
  const payload = interaction(house.current, lead, {
    type: 'block_actions',
    container: { type: 'message' },
    channel: { id: 'D1' },
    response_url: `${url}/healthz`,
    actions: [{ type: 'button', action_id: 'gone.away', block_id: 'b', value: '' }],
  });
  expect((await send(payload)).status).toBe(200);
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

test('a commit whose outcome nobody knows is said to be one, and the form keeps what was typed', async () => {
  const { lead, database } = house.current;
  const before = await minutesToday();
  const name = new URL(database.url).pathname.slice(1);
  // A deferred trigger fires within the commit: there the connection dies, before Postgres has answered.
  await asAdministrator(
    `create function dies() returns trigger language plpgsql security definer as
       'begin perform pg_terminate_backend(pg_backend_pid()); return null; end';
     create constraint trigger dies_at_commit after insert on time_entries
       deferrable initially deferred for each row execute function dies()`,
    name,
  );
  await lead.types('/logtime 2h planning');
  expect(lead.sees()).toBe(
    'I lost touch with my database at the last moment and cannot tell whether this was saved. Please look before you do it again.',
  );
  await lead.types('/logtime');
  await lead.submits({ time: '2h', category: 'planning' });
  expect(Object.values(lead.modal()?.errors ?? {})).toEqual([
    expect.stringContaining('cannot tell whether this was saved'),
  ]);
  await asAdministrator('drop function dies cascade', name);
  await lead.closes();
  expect(await minutesToday()).toBe(before);
  house.current.log.length = 0;
});

test('an answer that takes longer than two seconds follows its acknowledgement', async () => {
  const { lead, slack, database } = house.current;
  const acknowledged = new Promise<LogEntry>((resolve) => {
    const stop = slack.onChange((change) => {
      if (change.kind !== 'logged' || change.entry.name !== '/logtime') return;
      stop();
      resolve(change.entry);
    });
  });
  await slowly(database.url, async () => {
    const typing = lead.types('/logtime 25m hiring');
    expect(await acknowledged).toMatchObject({ status: 200, response: '' });
    expect(lead.sees()).toBe('');
    await typing;
  });
  expect(lead.sees()).toContain('25 min hiring, today');
  expect(slack.log.at(-1)).toMatchObject({ direction: 'call', name: 'response_url', status: 200 });
  await lead.types('/logtime undo');
});

test('what was handled is remembered for a day, and no longer', async () => {
  const { lead, database, goTo } = house.current;
  const remembered = () =>
    inWorkspace(database.db, lead.workspaceId, async (trx) => {
      const rows = await trx.selectFrom('requests').select('request_id').execute();
      return rows.map(({ request_id }) => request_id);
    });
  const body = command('10m admin', 'first');
  await send(body);
  await goTo('2026-11-17T08:59');
  expect(await (await send(body)).json()).toMatchObject({ text: 'I have that already; it counts once.' });
  await goTo('2026-11-17T09:01');
  await send(command('10m admin', 'second'));
  expect(await remembered()).toEqual(['/logtime second']);
});
