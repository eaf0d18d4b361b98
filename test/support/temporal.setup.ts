// Lets tests tell two moments apart: a Temporal object has no properties of its own, so to Jest any two are equal.

import { expect } from '@jest/globals';

const kinds = [
  Temporal.Instant,
  Temporal.ZonedDateTime,
  Temporal.PlainDateTime,
  Temporal.PlainDate,
  Temporal.PlainTime,
  Temporal.PlainYearMonth,
  Temporal.PlainMonthDay,
  Temporal.Duration,
];

expect.addEqualityTesters([
  (one: unknown, other: unknown): boolean | undefined => {
    const kind = kinds.find((known) => one instanceof known || other instanceof known);
    // Undefined leaves everything else to Jest.
    if (!kind) return undefined;
    return one instanceof kind && other instanceof kind && one.toString() === other.toString();
  },
]);
