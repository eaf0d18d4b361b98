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
