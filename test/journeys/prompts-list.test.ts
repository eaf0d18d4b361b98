// What `/keel prompts` shows: seven days in order, by name, with what was moved where it is now, and no more than fits.

import { expect, test } from '@jest/globals';
import { useHouse } from '../support/house.ts';

const house = useHouse({ at: '2026-11-16T09:00' });

test('day by day, in order, with names and channels', async () => {
  const { lead } = house.current;
  await lead.types('/logtime 1h review');
  await lead.types('/oneonone add @duarte every week tuesday 10:00');
  await lead.types('/oneonone add @leyla every week thursday 11:00');
  await lead.types('/retro in #team-platform every 2 weeks friday 14:00 named');
  await lead.types('/keel prompts');
  const list = lead.sees();
  const at = (text: string) => {
    expect(list).toContain(text);
    return list.indexOf(text);
  };
  const inOrder = [
    at('Today, Mon 16 Nov'),
    at('Before a 1:1 with @duarte'),
    at('Tomorrow, Tue 17 Nov'),
    at('After a 1:1 with @duarte'),
    at('Wed 18 Nov'),
    at('Thu 19 Nov'),
    at('After a 1:1 with @leyla'),
    at('Fri 20 Nov'),
    at('Retrospective in #team-platform'),
    at('Weekly digest'),
  ];
  expect(inOrder.toSorted((one, other) => one - other)).toEqual(inOrder);
  expect(list).not.toContain('Mon 23 Nov');
  expect(list).not.toMatch(/<#|&lt;#/);
  expect(list).toMatch(/And \d+ more after these seven days\./);
});

test('what was moved stands where it is now', async () => {
  const { lead } = house.current;
  await lead.types('/keel prompts');
  await lead.clicks('Move the next one', { nth: 0 });
  await lead.submits({ day: '2026-11-19', time: '12:00' });
  await lead.types('/keel prompts');
  expect(lead.sees()).toContain('12:00  Before a 1:1 with @duarte');
  expect(lead.sees()).not.toContain('17:30  Before a 1:1 with @duarte');
});
