// A form that cannot be answered within Slack's three seconds closes in time, and its words follow.

import { expect, test } from '@jest/globals';
import { useHouse } from '../support/house.ts';
import { slowly } from '../support/slowly.ts';

const house = useHouse();

const submitsSlowly = (fields: Record<string, string>) =>
  slowly(house.current.database.url, () => house.current.lead.submits(fields));

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
