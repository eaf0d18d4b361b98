// What was for somebody else and does not reach them comes back to the lead, with a name and what to do.

import { expect, test } from '@jest/globals';
import { useHouse } from '../support/house.ts';

const house = useHouse({ at: '2026-11-16T09:00' });

test('somebody is gone when they are to hear what they hold', async () => {
  const { lead, slack, app, goTo } = house.current;
  const jonas = slack.person('jonas');
  await lead.types('/delegate @jonas the flaky pipeline at inquire until 22 jan');
  await lead.clicks('Send it');
  await slack.deactivate('jonas');
  await app.idle();
  await goTo('2026-11-16T09:10');
  const told = lead.dm().find(({ text }) => text.includes('did not reach'));
  expect(told?.text).toBe(
    "“What you told somebody about a delegation” did not reach jonas: their account is switched off. I won't try this one again, so if they should know, tell them another way.",
  );
  expect(JSON.stringify(told?.raw)).not.toContain(jonas.id);
  expect(jonas.dm()).toEqual([]);
});
