// Working days: somebody's own weekdays without their public holidays, forwards and backwards.

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { timerCheckAt } from '../../src/rooms/balance/balance.timer.ts';
import { offerTimes } from '../../src/rooms/one-on-ones/one-on-ones.offers.ts';
import { nudgeTime } from '../../src/rooms/retros/retros.ts';
import { publicHoliday } from '../../src/time/holidays.ts';
import {
  addWorkingDays,
  isWithinWork,
  isWorkingDay,
  nextWorkingMoment,
  settledIn,
  workingDayAfter,
  workingDayUpTo,
  workMinutes,
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

// 24 and 31 December are free from 13:00 on in Iceland, 1 May from noon on in Solothurn. Bayram in Turkey begins at 18:00
// on the eve, and date-holidays lets it end at noon of the day after its last.
describe('a holiday that takes part of a day', () => {
  const at = (text: string, zone: string) =>
    Temporal.PlainDateTime.from(text).toZonedDateTime(zone).toInstant();
  const life = (holidayRegion: string, timeZone: string) => ({ ...berlin, holidayRegion, timeZone });

  test('leaves the morning to work, and the afternoon free', () => {
    const iceland = life('IS', 'Atlantic/Reykjavik');
    expect(isWorkingDay(iceland, day('2026-12-24'))).toBe(true);
    expect(isWorkingDay(iceland, day('2026-12-25'))).toBe(false);
    const next = (text: string) => nextWorkingMoment(iceland, at(text, iceland.timeZone));
    expect(next('2026-12-24T10:00')).toEqual(at('2026-12-24T10:00', iceland.timeZone));
    expect(next('2026-12-24T14:00')).toEqual(at('2026-12-28T09:00', iceland.timeZone));
    expect(isWorkingDay({ ...office, holidayRegion: 'CH-SO' }, day('2026-05-01'))).toBe(true);
  });

  test('shortens what is offered, and puts off what comes in the morning', () => {
    // Work in Iceland ends at 13:00 on Christmas Eve, and in Turkey begins at noon on 23 March.
    const iceland = life('IS', 'Atlantic/Reykjavik');
    expect(workMinutes(iceland, day('2026-12-24'))).toBe(4 * 60);
    const offers = offerTimes({
      lead: iceland,
      otherZone: null,
      minutes: 60,
      now: at('2026-12-23T10:00', iceland.timeZone),
      taken: [],
    });
    const [eve] = offers.filter((offer) => offer.toPlainDate().equals(day('2026-12-24')));
    expect(eve && Temporal.PlainTime.compare(eve.toPlainTime(), Temporal.PlainTime.from('12:00'))).not.toBe(
      1,
    );
    expect(eve).toBeDefined();
    expect(
      isWithinWork(
        iceland,
        at('2026-12-24T12:00', iceland.timeZone),
        at('2026-12-24T13:00', iceland.timeZone),
      ),
    ).toBe(true);
    expect(
      isWithinWork(
        iceland,
        at('2026-12-24T12:30', iceland.timeZone),
        at('2026-12-24T13:30', iceland.timeZone),
      ),
    ).toBe(false);
    expect(
      isWithinWork(
        iceland,
        at('2026-12-25T10:00', iceland.timeZone),
        at('2026-12-25T11:00', iceland.timeZone),
      ),
    ).toBe(false);

    const turkey = life('TR', 'Europe/Istanbul');
    expect(settledIn(turkey, day('2026-03-23'))).toEqual(at('2026-03-23T12:30', turkey.timeZone));
    expect(settledIn(turkey, day('2026-03-24'))).toEqual(at('2026-03-24T09:30', turkey.timeZone));
    // The reminder of a retrospective that closes on that day.
    expect(
      nudgeTime(at('2026-03-19T17:00', turkey.timeZone), at('2026-03-23T17:00', turkey.timeZone), turkey),
    ).toEqual(at('2026-03-23T12:30', turkey.timeZone));
    const lateBird = { ...turkey, workdayStarts: Temporal.PlainTime.from('23:45') };
    expect(settledIn(lateBird, day('2026-03-24'))).toEqual(at('2026-03-24T23:45', turkey.timeZone));
  });

  test('is not rounded to whole days where it lasts several', () => {
    const turkey = life('TR', 'Europe/Istanbul');
    const free = ['19', '20', '21', '22', '23'].filter((date) => publicHoliday('TR', day(`2026-03-${date}`)));
    expect(free).toEqual(['20', '21', '22']);
    expect(nextWorkingMoment(turkey, at('2026-03-20T10:00', turkey.timeZone))).toEqual(
      at('2026-03-23T12:00', turkey.timeZone),
    );
  });

  test('takes all the hours of who works in the evening only', () => {
    const evenings = {
      ...life('IS', 'Atlantic/Reykjavik'),
      workdayStarts: Temporal.PlainTime.from('15:00'),
      workdayEnds: Temporal.PlainTime.from('20:00'),
    };
    expect(nextWorkingMoment(evenings, at('2026-12-24T10:00', evenings.timeZone))).toEqual(
      at('2026-12-28T15:00', evenings.timeZone),
    );
  });
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
