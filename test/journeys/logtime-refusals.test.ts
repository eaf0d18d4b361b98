// What a line of `/logtime` is told that cannot be read: brief however long the line, and nothing offered that is not there.

import { expect, test } from '@jest/globals';
import { useHouse } from '../support/house.ts';

const house = useHouse();

test('a long line is not read back whole', async () => {
  const { lead } = house.current;
  await lead.types(`/logtime 45m review perhaps -- ${'x'.repeat(3800)}`);
  expect(lead.sees()).toContain('Nothing logged.');
  expect(lead.sees()).toContain('In “45m review perhaps -- x');
  expect(lead.sees()).not.toContain('x'.repeat(80));
});

test('of two troubles, an unknown category names what is like it, as there are no buttons', async () => {
  const { lead } = house.current;
  await lead.types('/logtime 45m revew, 1x planning');
  expect(lead.sees()).toContain('I know no category “revew”. Did you mean review, hiring or coding?');
  expect(lead.sees()).not.toContain('one of these');
});

test('what is still to come is not logged in silence: it was yesterday, or the lead is sure', async () => {
  const { lead, goTo } = house.current;
  await goTo('2026-11-20T09:48');
  await lead.types('/logtime 14:00–15:00 planning');
  expect(lead.sees()).toContain('“14:00–15:00” today is still to come.');
  await lead.clicks('It was yesterday');
  expect(lead.sees()).toContain('1 h planning');
  expect(lead.sees()).toContain('yesterday, 14:00 to 15:00');

  await lead.types('/logtime 12h incident -- since midnight');
  expect(lead.sees()).toContain('That would make it 12 h for today, of which 9 h 48 min have passed.');
  await lead.clicks('Log it all the same');
  expect(lead.sees()).toContain('12 h incident');
  await lead.types('/logtime undo');
});

test('a day without a year that lies just ahead is asked about, with what was typed kept', async () => {
  const { lead } = house.current;
  await lead.types('/logtime 1h30 review 21 nov -- the parser');
  expect(lead.sees()).toContain('“21 nov” may be 21 November 2026 or 21 November 2025.');
  await lead.clicks('21 November 2025');
  expect(lead.sees()).toContain('1 h 30 min review');
  expect(lead.sees()).toContain('Fri 21 Nov 2025');
  await lead.types('/logtime undo');
});

test('leave is logged ahead, for the working days of a stretch, by the length of the lead’s own day', async () => {
  const { lead } = house.current;
  await lead.types('/logtime 20 leave');
  expect(lead.sees()).toContain('“20” minutes, hours or days?');
  expect(lead.sees()).toContain('a day of yours has 9 h');
  await lead.types('/logtime leave 21 dec - 29 dec');
  for (const day of ['Mon 21 Dec', 'Thu 24 Dec', 'Mon 28 Dec', 'Tue 29 Dec']) {
    expect(lead.sees()).toContain(day);
  }
  expect(lead.sees()).not.toContain('Sat 26 Dec');
  await lead.types('/logtime 1d leave 30 dec');
  expect(lead.sees()).toContain('9 h leave');
});
