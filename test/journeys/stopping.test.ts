// Stopping: nothing new is accepted, what is in flight is finished, and both within the time a container is given.

import { createHmac } from 'node:crypto';
import { expect, test } from '@jest/globals';
import pg from 'pg';
import { openHouse } from '../support/house.ts';

test.each([false, true])(
  'a request under way is answered although the bot is stopping (Socket Mode: %s)',
  async (socketMode) => {
    const house = await openHouse({ socketMode });
    const { lead, database, app, slack, url } = house;
    await lead.types('/logtime 10m admin');
    // Somebody else holds the lead's row, so that the next command has to wait in the middle of its transaction.
    const holder = new pg.Client(database.url.replace('evenkeel_owner:owner', 'postgres:postgres'));
    await holder.connect();
    await holder.query('begin; select from leads for update');
    const command = lead.types('/logtime 50m hiring');
    await waitForLock(holder);
    const stopping = app.stop();
    const refused = await fetch(`${url}/readyz`).then(
      (response) => response.status,
      () => 'closed',
    );
    expect([503, 'closed']).toContain(refused);
    await holder.query('commit');
    await holder.end();
    await command;
    await stopping;
    const { rows } = await countEntries(database.url);
    expect(rows[0]?.count).toBe(2);
    expect(lead.sees()).toContain('50 min hiring, today');
    expect(slack.violations).toEqual([]);
    await slack.stop();
    await database.drop();
  },
);

/** Resolves once a transaction waits for a row that this connection holds. */
async function waitForLock(holder: pg.Client): Promise<void> {
  for (;;) {
    const { rows } = await holder.query(`select from pg_stat_activity where wait_event_type = 'Lock'`);
    if (rows.length > 0) return;
    // Within a transaction Postgres goes on showing the sessions of its first look.
    await holder.query('select pg_stat_clear_snapshot()');
  }
}

async function countEntries(url: string): Promise<pg.QueryResult<{ count: number }>> {
  const client = new pg.Client(url.replace('evenkeel_owner:owner', 'postgres:postgres'));
  await client.connect();
  try {
    return await client.query<{ count: number }>('select count(*)::int as count from time_entries');
  } finally {
    await client.end();
  }
}

test('a stranger learns nothing from being refused', async () => {
  const house = await openHouse();
  const body = 'command=%2Flogtime';
  const timestamp = String(Math.floor(house.clock.now().epochMilliseconds / 1000));
  const signature = createHmac('sha256', 'guess').update(`v0:${timestamp}:${body}`).digest('hex');
  const response = await fetch(`${house.url}/slack/events`, {
    method: 'POST',
    body,
    headers: { 'x-slack-request-timestamp': timestamp, 'x-slack-signature': `v0=${signature}` },
  });
  expect([response.status, await response.text()]).toEqual([401, '']);
  await house.close();
});
