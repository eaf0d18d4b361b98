// What was taken off an agenda or thrown away can be put back, for a day; then it is gone for good.

import { expect, test } from '@jest/globals';
import { asAdministrator } from '../support/database.ts';
import { useHouse } from '../support/house.ts';
import { reconcile } from '../support/reconciled.ts';

const house = useHouse({ at: '2026-12-07T09:00' });

const rows = async (table: 'one_on_one_points' | 'feedback_notes') =>
  (await asAdministrator(`select 1 from ${table}`, new URL(house.current.database.url).pathname.slice(1)))
    .rows.length;

test('a point of the lead’s own', async () => {
  const { lead } = house.current;
  await lead.types('/oneonone add @bikash weekly thursday 9:00');
  await lead.types('/oneonone point @bikash the conference budget');
  await lead.clicks('Take it back');
  expect(lead.sees()).toContain('Taken off the agenda.');
  const undo = lead.dm().at(-1)!.ts;
  await lead.types('/oneonone @bikash');
  expect(lead.sees()).not.toContain('the conference budget');
  await lead.clicks('Undo', { in: undo });
  expect(lead.sees()).toContain('On the agenda for @bikash: “the conference budget”.');
  await lead.types('/oneonone @bikash');
  expect(lead.sees()).toContain('the conference budget');
});

test('a point of the other one’s own', async () => {
  const { lead, slack, goTo } = house.current;
  const bikash = slack.person('bikash');
  await lead.types('/oneonone change @bikash');
  await lead.submits({ invites: ['invites'] });
  await goTo('2026-12-09T12:00');
  await bikash.clicks('Add a point', { in: bikash.dm().at(-1)!.ts });
  await bikash.submits({ words: 'a day at home' });
  await bikash.clicks('Take it back');
  expect(bikash.sees()).not.toContain('a day at home');
  await bikash.clicks('Undo');
  expect(bikash.sees()).toContain('a day at home');
  expect(bikash.sees()).not.toContain('Undo');
});

test('a note of feedback, and a day later nothing is left of what stayed away', async () => {
  const { lead, goTo } = house.current;
  await lead.types('/keel feedback @bikash asked the quiet ones');
  await lead.submits({});
  await lead.clicks('Undo');
  expect(lead.sees()).toContain('Thrown away.');
  const thrown = lead.dm().at(-1)!.ts;
  await lead.clicks('Undo', { in: thrown });
  expect(lead.sees()).toContain('asked the quiet ones');
  await lead.clicks('Undo');
  await lead.types('/keel feedback');
  expect(lead.sees()).not.toContain('asked the quiet ones');
  expect([await rows('feedback_notes'), await rows('one_on_one_points')]).toEqual([1, 2]);
  await goTo('2026-12-10T14:00');
  await reconcile(house.current);
  expect([await rows('feedback_notes'), await rows('one_on_one_points')]).toEqual([0, 2]);
  await lead.clicks('Undo', { in: thrown });
  expect(lead.sees()).toContain('That note is not there any more.');
});
