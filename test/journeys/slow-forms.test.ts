// A form that cannot be answered within Slack's three seconds closes in time, and its words follow.

import { expect, test } from '@jest/globals';
import pg from 'pg';
import { useHouse } from '../support/house.ts';

const house = useHouse();

/** Sends the open form while somebody else holds the lead's row; lets go once Slack has its acknowledgement. */
async function submitsSlowly(fields: Record<string, string>): Promise<void> {
  const { lead, slack, database } = house.current;
  const holder = new pg.Client(database.url.replace('evenkeel_owner:owner', 'postgres:postgres'));
  await holder.connect();
  await holder.query('begin; select from leads for update');
  const acknowledged = new Promise<void>((resolve) => {
    const stop = slack.onChange((change) => {
      if (change.kind !== 'logged' || !change.entry.name.startsWith('view_submission')) return;
      stop();
      resolve();
    });
  });
  const submitting = lead.submits(fields);
  await acknowledged;
  await holder.query('commit');
  await holder.end();
  await submitting;
}

test('what was kept is said, and the form is closed rather than called failed', async () => {
  const { lead } = house.current;
  await lead.types('/logtime 5m admin');
  await lead.types('/logtime');
  await submitsSlowly({ time: '45m', category: 'review' });
  expect(lead.modal()).toBeUndefined();
  expect(lead.sees()).toContain('45 min review, today');
});

test('what could not be kept is given back with the reason', async () => {
  const { lead } = house.current;
  await lead.types('/logtime');
  await submitsSlowly({ time: '23h 50m', category: 'review', note: 'a long & <b>hard</b> day' });
  expect(lead.modal()).toBeUndefined();
  expect(lead.sees()).toContain('the form closed before I could answer in it, and nothing was saved');
  expect(lead.sees()).toContain('23h 50m');
  expect(lead.sees()).toContain('a long & <b>hard</b> day');
  await lead.types('/logtime today');
  expect(lead.sees()).not.toContain('23 h');
});
