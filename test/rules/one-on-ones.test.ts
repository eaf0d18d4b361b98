// The rules of a series: which days come next, when to be reminded, what is overdue, and times that suit two people.

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { offerTimes } from '../../src/rooms/one-on-ones/one-on-ones.offers.ts';
import { readRhythm } from '../../src/rooms/one-on-ones/one-on-ones.parse.ts';
import {
  ahead,
  assumedHours,
  cadenceDays,
  firstAfter,
  following,
  invitationAt,
  isOverdue,
  overdueFrom,
  type Rhythm,
  reminderAt,
} from '../../src/rooms/one-on-ones/one-on-ones.ts';
import { publicHoliday } from '../../src/time/holidays.ts';

function rhythm(text: string): Rhythm {
  const reading = readRhythm(text);
  if (reading.kind === 'refused') throw new Error(`${text}: ${reading.problem.why}`);
  return reading.rhythm;
}

const local = (text: string): Temporal.PlainDateTime => Temporal.PlainDateTime.from(text);
const berlin = {
  timeZone: 'Europe/Berlin',
  workingDays: [1, 2, 3, 4, 5],
  workdayStarts: Temporal.PlainTime.from('09:00'),
  workdayEnds: Temporal.PlainTime.from('18:00'),
  holidayRegion: null,
};
const inBerlin = (text: string): Temporal.Instant => local(text).toZonedDateTime('Europe/Berlin').toInstant();

describe('what comes after a meeting', () => {
  // 17 November 2026 is a Tuesday.
  test.each([
    ['every 2 weeks tuesday 10:00', '2026-11-17T10:00', '2026-12-01T10:00'],
    ['every 2 weeks tuesday 10:00', '2026-11-19T16:00', '2026-12-01T10:00'],
    ['every 2 weeks tuesday 10:00', '2026-11-26T10:00', '2026-12-08T10:00'],
    ['every 2 weeks tuesday 10:00', '2026-11-13T10:00', '2026-11-24T10:00'],
    ['weekly tuesday 10:00', '2026-11-17T10:00', '2026-11-24T10:00'],
    ['weekly tuesday 10:00', '2026-11-19T10:00', '2026-11-24T10:00'],
    ['weekly tuesday 10:00', '2026-11-21T10:00', '2026-12-01T10:00'],
    ['weekly tuesday and thursday 10:00', '2026-11-17T10:00', '2026-11-19T10:00'],
    ['weekly monday and tuesday 10:00', '2026-11-16T10:00', '2026-11-17T10:00'],
    ['monthly first monday 9:00', '2026-11-02T09:00', '2026-12-07T09:00'],
    ['monthly first monday 9:00', '2026-11-24T09:00', '2027-01-04T09:00'],
    ['every 2 months first monday 9:00', '2026-11-02T09:00', '2027-01-04T09:00'],
    ['quarterly first monday 9:00', '2026-10-05T09:00', '2027-01-04T09:00'],
    ['quarterly last friday 15:00', '2026-10-30T15:00', '2027-01-29T15:00'],
  ])('%s, after %s: %s', (text, previous, next) => {
    expect(following(rhythm(text), local(previous)).toString()).toBe(`${next}:00`);
  });

  test('is always later, on the usual day and at the usual time, and within half a round of one round', () => {
    const rhythms = ['weekly friday 14:00', 'every 2 weeks tuesday 10:00', 'every 3 weeks monday 9:30'].map(
      rhythm,
    );
    fc.assert(
      fc.property(fc.constantFrom(...rhythms), fc.integer({ min: 0, max: 24 * 400 }), (each, hours) => {
        const previous = local('2026-01-01T08:00').add({ hours });
        const next = following(each, previous);
        expect(next.toPlainTime().equals(each.time)).toBe(true);
        expect(firstAfter(each, next.subtract({ minutes: 1 })).equals(next)).toBe(true);
        const days = previous.until(next, { largestUnit: 'hours' }).hours / 24;
        expect(Math.abs(days - cadenceDays(each))).toBeLessThanOrEqual(3.5);
      }),
      { numRuns: 200 },
    );
  });

  test('a series is planned at least three meetings and six weeks ahead, each later than the one before', () => {
    for (const text of [
      'weekly friday 14:00',
      'every 2 weeks tuesday 10:00',
      'quarterly first monday 9:00',
    ]) {
      const now = local('2026-11-16T09:00');
      const times = ahead(rhythm(text), firstAfter(rhythm(text), now), now);
      expect(times.length).toBeGreaterThanOrEqual(3);
      const beyond = following(rhythm(text), times.at(-1)!);
      expect(Temporal.PlainDateTime.compare(beyond, now.add({ weeks: 6 }))).toBeGreaterThan(0);
      for (const [index, time] of times.entries()) {
        if (index > 0) expect(Temporal.PlainDateTime.compare(time, times[index - 1]!)).toBeGreaterThan(0);
      }
    }
  });
});

describe('the reminder', () => {
  const early = inBerlin('2026-11-01T09:00');

  test('comes the evening before, which for a Monday is Friday’s', () => {
    expect(reminderAt(local('2026-11-17T10:00'), 'evening', berlin, early)).toEqual(
      inBerlin('2026-11-16T17:30'),
    );
    expect(reminderAt(local('2026-11-16T10:00'), 'evening', berlin, early)).toEqual(
      inBerlin('2026-11-13T17:30'),
    );
  });

  test('comes on no public holiday, where it is for the evening before', () => {
    // Good Friday 2026 is 3 April, Easter Monday the 6th.
    const germany = { ...berlin, holidayRegion: 'DE' };
    for (const meeting of ['2026-04-03T10:00', '2026-04-07T10:00']) {
      expect(reminderAt(local(meeting), 'evening', germany, inBerlin('2026-03-02T09:00'))).toEqual(
        inBerlin('2026-04-02T17:30'),
      );
    }
  });

  test('comes so many minutes before, by the clock, also on the night the clocks change', () => {
    expect(reminderAt(local('2026-11-17T10:00'), '10', berlin, early)).toEqual(inBerlin('2026-11-17T09:50'));
    expect(reminderAt(local('2026-10-25T03:15'), '60', berlin, inBerlin('2026-10-20T09:00'))).toEqual(
      Temporal.Instant.from('2026-10-25T01:15Z'),
    );
  });

  test('comes half an hour before where the evening has passed, and not at all after that', () => {
    const meeting = local('2026-11-17T10:00');
    expect(reminderAt(meeting, 'evening', berlin, inBerlin('2026-11-16T20:00'))).toEqual(
      inBerlin('2026-11-17T09:30'),
    );
    expect(reminderAt(meeting, 'evening', berlin, inBerlin('2026-11-17T09:45'))).toBeUndefined();
  });
});

describe('the invitation', () => {
  test('comes at ten on their last working day before, in their zone', () => {
    const at = invitationAt(
      local('2026-11-16T16:00'),
      berlin,
      'America/New_York',
      inBerlin('2026-11-09T09:00'),
    );
    expect(at?.toZonedDateTimeISO('America/New_York').toPlainDateTime().toString()).toBe(
      '2026-11-13T10:00:00',
    );
  });

  test('waits for their day to begin where that has passed, and leaves an hour to think', () => {
    const late = invitationAt(
      local('2026-11-17T18:00'),
      berlin,
      'America/New_York',
      inBerlin('2026-11-17T09:00'),
    );
    expect(late?.toZonedDateTimeISO('America/New_York').toPlainDateTime().toString()).toBe(
      '2026-11-17T09:00:00',
    );
    const tooLate = invitationAt(
      local('2026-11-17T15:30'),
      berlin,
      'America/New_York',
      inBerlin('2026-11-17T09:00'),
    );
    expect(tooLate).toBeUndefined();
  });
});

describe('a silence', () => {
  test.each([
    ['weekly tuesday 10:00', 14],
    ['every 2 weeks tuesday 10:00', 28],
    ['monthly first monday 9:00', 60],
    ['quarterly first monday 9:00', 121],
  ])('%s is overdue after %i days, and not a day before', (text, days) => {
    const last = Temporal.PlainDate.from('2026-10-06');
    expect(last.until(overdueFrom(rhythm(text), last)).days).toBe(days);
    expect(isOverdue(rhythm(text), last, last.add({ days: days - 1 }))).toBe(false);
    expect(isOverdue(rhythm(text), last, last.add({ days }))).toBe(true);
  });
});

describe('times that suit both', () => {
  const zones = [
    'Europe/Lisbon',
    'America/New_York',
    'Asia/Kathmandu',
    'Asia/Tokyo',
    'Pacific/Auckland',
    'UTC',
  ];

  test('lie inside both working hours, on different days, clear of what is planned', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.integer({ min: 0, max: 24 * 365 }),
        fc.constantFrom(15, 30, 45, 60, 90),
        fc.array(fc.integer({ min: 0, max: 24 * 10 }), { maxLength: 30 }),
        (otherZone, hours, minutes, busy) => {
          const now = inBerlin('2026-01-05T08:00').add({ hours });
          const taken = busy.map((later) => ({ at: now.add({ hours: later }), minutes: 60 }));
          const offers = offerTimes({
            lead: { ...berlin, holidayRegion: 'DE' },
            otherZone,
            minutes,
            now,
            taken,
          });
          expect(offers.length).toBeLessThanOrEqual(3);
          expect(new Set(offers.map((offer) => offer.toPlainDate().toString())).size).toBe(offers.length);
          for (const offer of offers) {
            const start = offer.toZonedDateTime('Europe/Berlin');
            const end = start.add({ minutes });
            expect(publicHoliday('DE', offer.toPlainDate())).toBeUndefined();
            for (const [zone, hoursThere] of [
              ['Europe/Berlin', berlin],
              [otherZone, assumedHours],
            ] as const) {
              const [from, to] = [start.withTimeZone(zone), end.withTimeZone(zone)];
              expect(hoursThere.workingDays).toContain(from.dayOfWeek);
              expect(from.toPlainDate().equals(to.toPlainDate())).toBe(true);
              expect(
                Temporal.PlainTime.compare(from.toPlainTime(), hoursThere.workdayStarts),
              ).toBeGreaterThanOrEqual(0);
              expect(
                Temporal.PlainTime.compare(to.toPlainTime(), hoursThere.workdayEnds),
              ).toBeLessThanOrEqual(0);
            }
            for (const other of taken) {
              const apart =
                Temporal.Instant.compare(end.toInstant(), other.at) <= 0 ||
                Temporal.Instant.compare(other.at.add({ minutes: other.minutes }), start.toInstant()) <= 0;
              expect(apart).toBe(true);
            }
          }
        },
      ),
      { numRuns: 150 },
    );
  });

  test('are none where the hours never meet, and are the lead’s alone where the zone is not known', () => {
    const offering = {
      lead: berlin,
      minutes: 30,
      now: inBerlin('2026-11-16T09:00'),
      taken: [],
    };
    expect(offerTimes({ ...offering, otherZone: 'Pacific/Auckland' })).toEqual([]);
    expect(offerTimes({ ...offering, otherZone: null })).toHaveLength(3);
  });
});
