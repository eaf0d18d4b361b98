// That tests see a difference between two days or moments at all.

import { expect, test } from '@jest/globals';

test.each([
  [Temporal.Instant.from('2026-11-18T09:00Z'), Temporal.Instant.from('2026-11-18T09:01Z')],
  [Temporal.PlainDate.from('2026-11-18'), Temporal.PlainDate.from('2026-11-19')],
  [Temporal.PlainTime.from('09:00'), Temporal.PlainTime.from('09:01')],
  [Temporal.PlainYearMonth.from('2026-11'), Temporal.PlainYearMonth.from('2026-12')],
])('%s is not %s', (one, other) => {
  expect(one).not.toEqual(other);
  expect({ at: one }).not.toStrictEqual({ at: other });
  expect([one]).toEqual([(one.constructor as typeof Temporal.Instant).from(one.toString())]);
});
