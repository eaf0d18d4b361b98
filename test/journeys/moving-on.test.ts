// A lead moves to another time zone: what they share with others keeps the hour it has for those.

import { expect, test } from '@jest/globals';
import { useHouse } from '../support/house.ts';

const house = useHouse({ at: '2026-11-16T09:00' });

test('by Slack’s word and a button: the retro opens at the team’s hour, the 1:1 stays where it was', async () => {
  const { app, lead, slack, goTo } = house.current;
  await lead.types('/retro in #team-platform every week thursday 14:00 named');
  await lead.types('/oneonone add @duarte every week tuesday 16:00');
  await lead.movesTo('America/New_York');
  await app.idle();
  await lead.types('/keel');
  await lead.clicks('Move my days there');
  expect(lead.sees()).toContain('what you share with others keeps its hour');
  await lead.types('/oneonone');
  expect(lead.sees()).toContain('@duarte, every Tuesday at 10:00');
  await lead.types('/retro list');
  expect(lead.sees()).toContain('every Thursday at 14:00, Europe/Berlin time');
  await goTo('2026-11-19T13:59');
  const opened = () =>
    slack
      .person('jonas')
      .conversation('team-platform')
      .filter(({ text }) => text.includes('Answer, 2 minutes'));
  expect(opened()).toHaveLength(0);
  await goTo('2026-11-19T14:01');
  expect(opened()).toHaveLength(1);
});

test('by the settings: over midnight the day moves as well, and moving back brings it all back', async () => {
  const { lead } = house.current;
  await lead.types('/keel settings');
  await lead.submits({ time_zone: 'Pacific/Auckland' });
  await lead.types('/oneonone');
  expect(lead.sees()).toContain('@duarte, every Wednesday at 4:00');
  await lead.types('/keel settings');
  await lead.submits({ time_zone: 'Europe/Berlin' });
  await lead.types('/oneonone');
  expect(lead.sees()).toContain('@duarte, every Tuesday at 16:00');
});
