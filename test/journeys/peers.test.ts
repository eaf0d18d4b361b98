// Whoever can reach the port, before they have shown who they are: slow, garbled, and what an operator's probes read.

import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, test } from '@jest/globals';
import { asAdministrator } from '../support/administrator.ts';
import { openHouse, useHouse } from '../support/house.ts';
import { sendSigned } from '../support/signed.ts';

const house = useHouse();

const talkTo = (url: string, words: string) => {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  let heard = '';
  socket.on('data', (chunk) => {
    heard += String(chunk);
  });
  socket.on('error', () => {});
  socket.write(words);
  return { socket, heard: () => heard, over: once(socket, 'close') };
};

const halfARequest =
  'POST /slack/events HTTP/1.1\r\nhost: here\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{';

test('a connection that never says what it wants is closed', async () => {
  const { url } = house.current;
  const slow = ['', 'POST /slack/events HTTP/1.1\r\nhost: h', halfARequest].map((words) =>
    talkTo(url, words),
  );
  await Promise.all(slow.map(({ over }) => over));
  expect(slow.map(({ heard }) => heard().split('\r\n')[0])).toEqual(
    Array.from({ length: 3 }, () => expect.stringMatching(/^(HTTP\/1.1 408 Request Timeout)?$/)),
  );
  expect(house.current.log.filter(({ level }) => Number(level) >= 40)).toEqual([]);
});

test('a path that is none is not found, and nothing is logged of it', async () => {
  const { url } = house.current;
  for (const path of ['//', '//healthz', '///', '/%', '/healthz/', '*', 'http://elsewhere/healthz']) {
    const peer = talkTo(url, `GET ${path} HTTP/1.1\r\nhost: here\r\nconnection: close\r\n\r\n`);
    await peer.over;
    expect([path, peer.heard().split('\r\n')[0]]).toEqual([path, 'HTTP/1.1 404 Not Found']);
  }
  expect(house.current.log.filter(({ level }) => Number(level) >= 40)).toEqual([]);
});

test('what is signed and still means nothing is refused at once', async () => {
  const { slack, lead } = house.current;
  const who = { team: { id: slack.workspace().id }, user: { id: lead.id } };
  const bodies = [
    'command=%2Flogtime',
    `command=%2Fnever&team_id=${who.team.id}&user_id=${lead.id}&channel_id=D1&trigger_id=1&response_url=x&text=`,
    ...[
      { ...who, type: 'block_actions' },
      { ...who, type: 'block_actions', trigger_id: '1', actions: [] },
      { ...who, type: 'view_submission', trigger_id: '1', view: {} },
      { ...who, type: 'shortcut', trigger_id: '1', callback_id: 'never' },
      { ...who, type: 'something_new' },
      who,
      {},
    ].map((payload) => `payload=${encodeURIComponent(JSON.stringify(payload))}`),
  ];
  for (const body of bodies) {
    const response = await sendSigned(house.current, body);
    expect([body, response.status < 500 && response.status !== 404]).toEqual([body, true]);
  }
  await house.current.app.idle();
  house.current.log.length = 0;
});

test('probes may ask for the head alone', async () => {
  for (const probe of ['healthz', 'readyz', 'metrics']) {
    const response = await fetch(`${house.current.url}/${probe}`, { method: 'HEAD' });
    expect([probe, response.status, await response.text()]).toEqual([probe, 200, '']);
  }
});

const readiness = async () => {
  const response = await fetch(`${house.current.url}/readyz`);
  return [response.status, await response.text()];
};

/** Ends the bot's connections, so that a setting of the database holds for its next ones. */
const anew = (name: string) =>
  asAdministrator(
    `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}' and application_name = 'evenkeel'`,
  );

test('a database that is read-only is not ready, and a lead is told', async () => {
  const { database, lead } = house.current;
  const name = new URL(database.url).pathname.slice(1);
  await asAdministrator(`alter database ${name} set default_transaction_read_only = on`);
  await anew(name);
  expect(await readiness()).toEqual([503, 'the database is read-only']);
  await lead.types('/logtime 5m admin');
  expect(lead.sees()).toContain('My database takes nothing new at the moment, so nothing was saved');
  await asAdministrator(`alter database ${name} reset default_transaction_read_only`);
  await anew(name);
  expect(await readiness()).toEqual([200, 'ready']);
  house.current.log.length = 0;
});

test('a database whose disk takes nothing more is not ready', async () => {
  const name = new URL(house.current.database.url).pathname.slice(1);
  const folder = `/tmp/evenkeel-disk-${crypto.randomUUID()}`;
  // By Postgres' own hand, since the folder has to be its user's.
  await asAdministrator(`copy (select) to program 'mkdir -m 700 ${folder}'`);
  await asAdministrator(`create tablespace ${name} location '${folder}'`);
  await asAdministrator(`grant create on tablespace ${name} to evenkeel_owner`);
  await asAdministrator(`alter database ${name} set default_tablespace = ${name}`);
  await anew(name);
  expect(await readiness()).toEqual([200, 'ready']);
  await asAdministrator(`copy (select) to program 'chmod -R a-w ${folder}'`);
  try {
    expect(await readiness()).toEqual([503, 'the database takes nothing new']);
  } finally {
    await asAdministrator(`copy (select) to program 'chmod -R u+w ${folder}'`);
    await asAdministrator(`alter database ${name} reset default_tablespace`);
    await asAdministrator(`drop tablespace ${name}`);
    await asAdministrator(`copy (select) to program 'rmdir ${folder}'`);
  }
  await anew(name);
  house.current.log.length = 0;
});

test('half a request does not hold up the end', async () => {
  const own = await openHouse();
  const peer = talkTo(own.url, halfARequest);
  await once(peer.socket, 'connect');
  // The bot has it once it answers on another connection.
  await fetch(`${own.url}/healthz`);
  await own.stop();
  await peer.over;
  await own.database.drop();
});
