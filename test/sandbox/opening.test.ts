// When a new sandbox begins.

import { expect, test } from '@jest/globals';
import { openingMoment } from '../../sandbox/opening.ts';

test.each([
  ['a Wednesday stays as it is', '2026-11-25T10:20', '2026-11-25T10:20'],
  ['a Friday morning too', '2026-11-27T09:00', '2026-11-27T09:00'],
  ['a Friday afternoon is next Monday', '2026-11-27T14:00', '2026-11-30T09:00'],
  ['a Saturday is next Monday', '2026-11-28T00:10', '2026-11-30T09:00'],
  ['a Sunday is the day after, over a change of the clocks as well', '2026-03-29T01:30', '2026-03-30T09:00'],
])('a new sandbox begins in a week that still has a digest to come: %s', (_, now, begins) => {
  const zoned = (local: string) =>
    Temporal.PlainDateTime.from(local).toZonedDateTime('Europe/Berlin').toInstant();
  expect(openingMoment(zoned(now), 'Europe/Berlin').toString()).toBe(zoned(begins).toString());
});
