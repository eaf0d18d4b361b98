// Working days: somebody's own weekdays without their public holidays, forwards and backwards.

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { timerCheckAt } from '../../src/rooms/balance/balance.timer.ts';
import {
  addWorkingDays,
  isWorkingDay,
  nextWorkingMoment,
  workingDayAfter,
  workingDayUpTo,
} from '../../src/time/working-days.ts';

const day = (text: string) => Temporal.PlainDate.from(text);
const office = { workingDays: [1, 2, 3, 4, 5], holidayRegion: 'DE' };
const berlin = {
  ...office,
  timeZone: 'Europe/Berlin',
  workdayStarts: Temporal.PlainTime.from('09:00'),
  workdayEnds: Temporal.PlainTime.from('18:00'),
};
const inBerlin = (text: string) =>
  Temporal.PlainDateTime.from(text).toZonedDateTime('Europe/Berlin').toInstant();

// Good Friday 2026 is 3 April, Easter Monday the 6th.
test('Easter is stepped over either way', () => {
  expect(workingDayUpTo(office, day('2026-04-06')).toString()).toBe('2026-04-02');
  expect(workingDayUpTo(office, day('2026-04-02')).toString()).toBe('2026-04-02');
  expect(workingDayAfter(office, day('2026-04-02'))?.toString()).toBe('2026-04-07');
  expect(addWorkingDays(office, day('2026-04-01'), 3).toString()).toBe('2026-04-08');
  expect(nextWorkingMoment(berlin, inBerlin('2026-04-03T11:00'))).toEqual(inBerlin('2026-04-07T09:00'));
});

test('who never works has calendar days where a day is needed, and none where one is asked for', () => {
  const never = { workingDays: [], holidayRegion: null };
  expect(workingDayUpTo(never, day('2026-04-06')).toString()).toBe('2026-04-06');
  expect(addWorkingDays(never, day('2026-04-06'), 3).toString()).toBe('2026-04-09');
  expect(workingDayAfter(never, day('2026-04-06'))).toBeUndefined();
});

test('the day found is a working day, and none lies between', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 2000 }),
      fc.subarray([1, 2, 3, 4, 5, 6, 7], { minLength: 1 }),
      fc.constantFrom('DE', 'PT', 'JP', null),
      (away, workingDays, holidayRegion) => {
        const days = { workingDays, holidayRegion };
        const from = day('2026-01-01').add({ days: away });
        const [before, after] = [workingDayUpTo(days, from), workingDayAfter(days, from)!];
        expect([isWorkingDay(days, before), isWorkingDay(days, after)]).toEqual([true, true]);
        const between = before.until(after).days - 1;
        for (let step = 1; step <= between; step += 1) {
          expect(isWorkingDay(days, before.add({ days: step }))).toBe(false);
        }
        expect(addWorkingDays(days, before, 1).equals(after)).toBe(true);
      },
    ),
    { numRuns: 200 },
  );
});

describe('a timer', () => {
  test('runs its four hours on a public holiday, which has no end of work', () => {
    const started = (text: string) => ({
      categoryId: 'one',
      startedAt: inBerlin(text),
      confirmedAt: null,
    });
    expect(timerCheckAt(started('2026-04-02T16:00'), berlin)).toEqual(inBerlin('2026-04-02T18:00'));
    expect(timerCheckAt(started('2026-04-03T16:00'), berlin)).toEqual(inBerlin('2026-04-03T20:00'));
  });
});
