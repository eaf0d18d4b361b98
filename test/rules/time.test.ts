// Durations, days and weeks: what we read, what we refuse, and how we say it, in zones that are hard on clocks.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseDay } from '../../src/time/days.parse.ts';
import {
  atClock,
  clockInWords,
  dayInWords,
  endOfDay,
  localDay,
  monthNames,
  startOfDay,
} from '../../src/time/days.ts';
import { formatDuration, longestDuration, parseDuration } from '../../src/time/durations.ts';
import {
  formatIsoWeek,
  isoWeek,
  nextWeek,
  parseWeek,
  previousWeek,
  weekBounds,
  weekDays,
  weekInWords,
  weeksInYear,
} from '../../src/time/weeks.ts';

const day = (text: string) => Temporal.PlainDate.from(text);
const at = (text: string) => Temporal.Instant.from(text);
const zones = [
  'Pacific/Auckland',
  'Asia/Kathmandu',
  'America/New_York',
  'America/Santiago',
  'Australia/Lord_Howe',
  'Europe/Berlin',
  'UTC',
];
const anyDay = fc
  .integer({ min: 0, max: 60_000 })
  .map((days) => Temporal.PlainDate.from('1971-01-01').add({ days }));

describe('durations', () => {
  test.each([
    ['90m', 90],
    ['1h', 60],
    ['1h30', 90],
    ['1h 30m', 90],
    ['1h30m', 90],
    ['1 h 30 min', 90],
    ['1 hour and 30 minutes', 90],
    ['1.5h', 90],
    ['1,5h', 90],
    ['.5h', 30],
    [',5h', 30],
    [',5 hours', 30],
    ['0.75h', 45],
    ['½h', 30],
    ['½ hour', 30],
    ['½ an hour', 30],
    ['1½h', 90],
    ['2¾ hours', 165],
    ['¼ h', 15],
    ['1.15h', 69],
    ['1:30', 90],
    ['0:45', 45],
    ['45 min', 45],
    ['45min', 45],
    ['45 minutes', 45],
    ['30m', 30],
    ['an hour', 60],
    ['An Hour', 60],
    ['half an hour', 30],
    ['a quarter of an hour', 15],
    ['three quarters of an hour', 45],
    ['one and a half hours', 90],
    ['an hour and a half', 90],
    ['2 hours', 120],
    ['two hours', 120],
    ['2hrs', 120],
    ['forty minutes', 40],
    ['１ｈ３０', 90],
    ['1\u00a0h\u00a030\u00a0min', 90],
    ['\u200e45m\u200f', 45],
  ])('%j is %i minutes', (text, minutes) => {
    expect(parseDuration(text)).toEqual({ kind: 'duration', minutes });
  });

  test.each([
    ['', 'unreadable'],
    ['soon', 'unreadable'],
    ['1h review', 'unreadable'],
    ['1:75', 'unreadable'],
    ['1h75', 'unreadable'],
    ['1.5.2h', 'unreadable'],
    ['30mo', 'unreadable'],
    ['1 ½ h', 'unreadable'],
    ['½', 'no-unit'],
    ['1d', 'unreadable'],
    ['.h', 'unreadable'],
    ['45', 'no-unit'],
    ['1.5', 'no-unit'],
    ['0m', 'zero'],
    ['0h', 'zero'],
    ['0:00', 'zero'],
    ['-30m', 'negative'],
    ['−1h', 'negative'],
    ['1.33h', 'part-of-a-minute'],
    ['1000h', 'too-long'],
    ['99999999m', 'too-long'],
    ['999999m', 'too-long'],
  ])('%j is refused: %s', (text, why) => {
    expect(parseDuration(text)).toEqual({ kind: 'refused', why });
  });

  test('are said in hours and minutes, and nothing else', () => {
    expect([0, 45, 60, 90, 61, 1500].map(formatDuration)).toEqual([
      '0 min',
      '45 min',
      '1 h',
      '1 h 30 min',
      '1 h 1 min',
      '25 h',
    ]);
  });

  test('what we say, we read', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: longestDuration }), (minutes) => {
        expect(parseDuration(formatDuration(minutes))).toEqual({ kind: 'duration', minutes });
      }),
    );
  });
});

describe('reading days', () => {
  // A Thursday.
  const today = day('2026-11-19');
  test.each([
    ['today', '2026-11-19', '2026-11-19'],
    ['yesterday', '2026-11-18', '2026-11-18'],
    ['Yesterday', '2026-11-18', '2026-11-18'],
    ['tomorrow', '2026-11-20', '2026-11-20'],
    ['the day before yesterday', '2026-11-17', '2026-11-17'],
    ['the day after tomorrow', '2026-11-21', '2026-11-21'],
    ['monday', '2026-11-16', '2026-11-23'],
    ['on Monday', '2026-11-16', '2026-11-23'],
    ['thursday', '2026-11-19', '2026-11-26'],
    ['friday', '2026-11-13', '2026-11-20'],
    ['fri', '2026-11-13', '2026-11-20'],
    ['tues', '2026-11-17', '2026-11-24'],
    ['last friday', '2026-11-13', '2026-11-13'],
    ['last thursday', '2026-11-12', '2026-11-12'],
    ['last monday', '2026-11-16', '2026-11-16'],
    ['this friday', '2026-11-20', '2026-11-20'],
    ['this monday', '2026-11-16', '2026-11-16'],
    ['next friday', '2026-11-27', '2026-11-27'],
    ['next monday', '2026-11-23', '2026-11-23'],
    ['2026-11-20', '2026-11-20', '2026-11-20'],
    ['2026-1-5', '2026-01-05', '2026-01-05'],
    ['２０２６-11-20', '2026-11-20', '2026-11-20'],
    ['19 nov', '2026-11-19', '2026-11-19'],
    ['20th of march', '2026-03-20', '2027-03-20'],
    ['March 20th', '2026-03-20', '2027-03-20'],
    // The weekday tells which year.
    ['fri 20 nov', '2026-11-20', '2026-11-20'],
    ['thu 20 nov', '2025-11-20', undefined],
    ['end of january', '2026-01-31', '2027-01-31'],
    ['the end of February 2028', '2028-02-29', '2028-02-29'],
    ['end of this month', '2026-11-30', '2026-11-30'],
    ['end of next month', '2026-12-31', '2026-12-31'],
    ['sept 4', '2026-09-04', '2027-09-04'],
    ['20 nov 2024', '2024-11-20', '2024-11-20'],
    ['nov 20, 2024', '2024-11-20', '2024-11-20'],
    ['wed 18 nov', '2026-11-18', undefined],
    ['29 feb', '2024-02-29', '2028-02-29'],
    ['29 feb 2024', '2024-02-29', '2024-02-29'],
    ['3 days ago', '2026-11-16', '2026-11-16'],
    ['three days ago', '2026-11-16', '2026-11-16'],
    ['a week ago', '2026-11-12', '2026-11-12'],
    ['2 weeks ago', '2026-11-05', '2026-11-05'],
    ['a month ago', '2026-10-19', '2026-10-19'],
    ['in 2 weeks', '2026-12-03', '2026-12-03'],
    ['in two weeks', '2026-12-03', '2026-12-03'],
    ['in 1 day', '2026-11-20', '2026-11-20'],
    ['in a year', '2027-11-19', '2027-11-19'],
  ])('%j looks back to %s and forward to %s', (text, past, future) => {
    expect(parseDay(text, today, 'past')).toEqual({ kind: 'day', day: day(past) });
    if (future) expect(parseDay(text, today, 'future')).toEqual({ kind: 'day', day: day(future) });
  });

  test.each([
    ['', 'not-a-day'],
    ['soon', 'not-a-day'],
    ['may', 'not-a-day'],
    ['2026', 'not-a-day'],
    ['20', 'not-a-day'],
    ['last week', 'not-a-day'],
    ['next month', 'not-a-day'],
    ['3/4', 'not-a-day'],
    ['20/11/2026', 'not-a-day'],
    ['now', 'not-a-day'],
    ['tonight', 'not-a-day'],
    ['tomorrow at 5', 'not-a-day'],
    ['3 hours ago', 'not-a-day'],
    ['a few days ago', 'not-a-day'],
    ['half a week ago', 'not-a-day'],
    ['in 1.5 weeks', 'not-a-day'],
    ['yesterday review', 'not-a-day'],
    ['review yesterday', 'not-a-day'],
    ['yesterday yesterday', 'not-a-day'],
    ['in 999999999 days', 'not-a-day'],
    ['30 feb', 'no-such-day'],
    ['31 april', 'no-such-day'],
    ['29 feb 2026', 'no-such-day'],
    ['2026-02-29', 'no-such-day'],
    ['2026-13-01', 'no-such-day'],
    ['0000-01-01', 'no-such-day'],
    ['9999-01-01', 'no-such-day'],
    ['monday 18 nov 2026', 'no-such-day'],
  ])('%j is refused: %s', (text, why) => {
    expect(parseDay(text, today, 'past')).toEqual({ kind: 'refused', why });
  });

  test.each([
    ['20 nov', 'past', '2026-11-20', '2025-11-20'],
    ['20th of November', 'past', '2026-11-20', '2025-11-20'],
    ['18 nov', 'future', '2026-11-18', '2027-11-18'],
    ['1 jan', 'past', '2027-01-01', '2026-01-01'],
    ['end of october', 'future', '2026-10-31', '2027-10-31'],
  ] as const)('%j, looking to the %s, may be %s or %s', (text, direction, near, far) => {
    expect(parseDay(text, today, direction)).toEqual({
      kind: 'refused',
      why: 'which-year',
      near: day(near),
      far: day(far),
    });
  });

  test('a day without a year is asked about only where the same day lies close by on the other side', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: 1, max: 364 }), (from, away) => {
        const meant = from.add({ days: away });
        const text = `${meant.day} ${monthNames[meant.month - 1]}`;
        if (text === '29 February') return;
        const past = parseDay(text, from, 'past');
        const future = parseDay(text, from, 'future');
        expect(past.kind === 'refused').toBe(away <= 60);
        // The same day a year before is as close as this one is far.
        const back = meant.subtract({ years: 1 }).until(from).days;
        expect(future.kind === 'refused').toBe(back <= 60);
        if (future.kind === 'day') expect(future.day).toEqual(meant);
      }),
    );
  });

  test('a month before the 31st is the last of a shorter month', () => {
    expect(parseDay('a month ago', day('2026-03-31'), 'past')).toEqual({
      kind: 'day',
      day: day('2026-02-28'),
    });
    expect(parseDay('in a month', day('2028-01-31'), 'future')).toEqual({
      kind: 'day',
      day: day('2028-02-29'),
    });
  });

  test('counting days agrees with the calendar from any day', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: 1, max: 900 }), (from, days) => {
        const back = from.subtract({ days });
        expect(parseDay(`${days} days ago`, from, 'past')).toEqual({ kind: 'day', day: back });
        expect(parseDay(`in ${days} days`, back, 'future')).toEqual({ kind: 'day', day: from });
      }),
      { numRuns: 300 },
    );
  });

  test('any day it prints, as date or in words, it reads', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: 0, max: 800 }), (now, back) => {
        const meant = now.subtract({ days: back });
        for (const text of [meant.toString(), dayInWords(meant, now)]) {
          expect(parseDay(text, now, 'past')).toEqual({ kind: 'day', day: meant });
        }
      }),
    );
  });
});

describe('saying days', () => {
  test.each([
    ['2026-11-19', 'today'],
    ['2026-11-18', 'yesterday'],
    ['2026-11-20', 'tomorrow'],
    ['2026-11-17', 'Tuesday'],
    ['2026-11-13', 'Friday'],
    ['2026-11-12', 'Thu 12 Nov'],
    ['2026-11-25', 'Wednesday'],
    ['2026-11-26', 'Thu 26 Nov'],
    ['2025-11-20', 'Thu 20 Nov 2025'],
    ['2027-01-01', 'Fri 1 Jan 2027'],
  ])('%s is %s', (text, words) => {
    expect(dayInWords(day(text), day('2026-11-19'))).toBe(words);
  });

  test('one instant is four local days and clocks', () => {
    const now = at('2026-11-19T11:30:00Z');
    const seen = (zone: string) => `${localDay(now, zone)} ${clockInWords(now, zone)}`;
    expect(seen('UTC')).toBe('2026-11-19 11:30');
    expect(seen('Pacific/Auckland')).toBe('2026-11-20 00:30');
    expect(seen('Asia/Kathmandu')).toBe('2026-11-19 17:15');
    expect(seen('America/New_York')).toBe('2026-11-19 06:30');
  });
});

describe('days across clock changes', () => {
  const hours = (text: string, zone: string) =>
    startOfDay(day(text), zone)
      .until(endOfDay(day(text), zone))
      .total('hours');

  test.each([
    ['America/New_York', '2026-03-08', 23],
    ['America/New_York', '2026-11-01', 25],
    ['Europe/Berlin', '2026-03-29', 23],
    ['Europe/Berlin', '2026-10-25', 25],
    ['Pacific/Auckland', '2026-09-27', 23],
    ['Pacific/Auckland', '2026-04-05', 25],
    ['Australia/Lord_Howe', '2026-10-04', 23.5],
    ['America/Santiago', '2026-09-06', 23],
    ['Asia/Kathmandu', '2026-03-29', 24],
    ['UTC', '2026-03-29', 24],
  ])('in %s, %s has %d hours', (zone, text, expected) => {
    expect(hours(text, zone)).toBe(expected);
  });

  test('a day that has no midnight begins at one', () => {
    expect(clockInWords(startOfDay(day('2026-09-06'), 'America/Santiago'), 'America/Santiago')).toBe('01:00');
  });

  test('every instant lies within its own local day', () => {
    const seconds = fc.integer({ min: 0, max: 4_000_000_000 });
    fc.assert(
      fc.property(seconds, fc.constantFrom(...zones), (second, zone) => {
        const instant = Temporal.Instant.fromEpochMilliseconds(second * 1000);
        const local = localDay(instant, zone);
        expect(Temporal.Instant.compare(startOfDay(local, zone), instant)).toBeLessThanOrEqual(0);
        expect(Temporal.Instant.compare(instant, endOfDay(local, zone))).toBeLessThan(0);
      }),
    );
  });

  test('a skipped time is no instant, a doubled one is the first', () => {
    const time = (text: string) => Temporal.PlainTime.from(text);
    expect(atClock(day('2026-03-08'), time('02:30'), 'America/New_York')).toEqual({ kind: 'in-a-gap' });
    expect(atClock(day('2026-11-01'), time('01:30'), 'America/New_York')).toEqual({
      kind: 'instant',
      instant: at('2026-11-01T05:30:00Z'),
    });
    expect(atClock(day('2026-11-01'), time('03:00'), 'Asia/Kathmandu')).toEqual({
      kind: 'instant',
      instant: at('2026-10-31T21:15:00Z'),
    });
  });
});

describe('weeks', () => {
  test.each([
    ['2026-11-19', '2026-W47'],
    ['2026-01-01', '2026-W01'],
    ['2025-12-29', '2026-W01'],
    ['2020-12-31', '2020-W53'],
    ['2021-01-03', '2020-W53'],
    ['2021-01-04', '2021-W01'],
    ['2026-12-28', '2026-W53'],
    ['2027-01-01', '2026-W53'],
    ['2027-01-04', '2027-W01'],
    ['2024-02-29', '2024-W09'],
  ])('%s lies in %s', (text, week) => {
    expect(formatIsoWeek(isoWeek(day(text)))).toBe(week);
    expect(weekDays(isoWeek(day(text))).map(String)).toContain(text);
  });

  test('years of 53 weeks', () => {
    expect([2019, 2020, 2021, 2026, 2027, 2032].filter((year) => weeksInYear(year) === 53)).toEqual([
      2020, 2026, 2032,
    ]);
  });

  test('before and after week 53', () => {
    expect(formatIsoWeek(nextWeek({ year: 2026, week: 53 }))).toBe('2027-W01');
    expect(formatIsoWeek(previousWeek({ year: 2027, week: 1 }))).toBe('2026-W53');
    expect(formatIsoWeek(previousWeek({ year: 2026, week: 1 }))).toBe('2025-W52');
  });

  test('every day belongs to one week, and that week to its neighbours', () => {
    fc.assert(
      fc.property(anyDay, (some) => {
        const week = isoWeek(some);
        expect(weekDays(week)[some.dayOfWeek - 1]!.equals(some)).toBe(true);
        expect(isoWeek(some.add({ weeks: 1 }))).toEqual(nextWeek(week));
        expect(nextWeek(previousWeek(week))).toEqual(week);
        expect(parseWeek(formatIsoWeek(week), some)).toEqual({ kind: 'week', week });
      }),
    );
  });

  test.each([
    ['America/New_York', '2026-W10', 167],
    ['America/New_York', '2026-W44', 169],
    ['Pacific/Auckland', '2026-W39', 167],
    ['Pacific/Auckland', '2026-W14', 169],
    ['Asia/Kathmandu', '2026-W53', 168],
    ['UTC', '2020-W53', 168],
  ])('in %s, %s has %i hours', (zone, text, expected) => {
    const read = parseWeek(text, day('2026-11-19'));
    if (read.kind !== 'week') throw new Error(`${text} should read as a week`);
    const { start, end } = weekBounds(read.week, zone);
    expect(start.until(end).total('hours')).toBe(expected);
    expect(formatIsoWeek(isoWeek(localDay(start, zone)))).toBe(text);
    expect(end.equals(weekBounds(nextWeek(read.week), zone).start)).toBe(true);
  });

  test.each([
    ['', '2026-W47'],
    ['this', '2026-W47'],
    ['this week', '2026-W47'],
    ['last', '2026-W46'],
    ['Last Week', '2026-W46'],
    ['2026-W47', '2026-W47'],
    ['2026w47', '2026-W47'],
    ['w47', '2026-W47'],
    ['W1', '2026-W01'],
    ['week 12', '2026-W12'],
    ['w48', '2025-W48'],
    ['w53', '2020-W53'],
    ['2026-W53', '2026-W53'],
  ])('%j reads as %s', (text, expected) => {
    const read = parseWeek(text, day('2026-11-19'));
    expect(read.kind === 'week' ? formatIsoWeek(read.week) : read).toBe(expected);
  });

  test.each([
    ['2025-W53', 'no-such-week'],
    ['2026-W54', 'no-such-week'],
    ['w0', 'no-such-week'],
    ['w54', 'no-such-week'],
    ['47', 'not-a-week'],
    ['next', 'not-a-week'],
    ['last last', 'not-a-week'],
    ['2026-W47 please', 'not-a-week'],
  ])('%j is refused: %s', (text, why) => {
    expect(parseWeek(text, day('2026-11-19'))).toEqual({ kind: 'refused', why });
  });

  test('in words', () => {
    const words = (year: number, week: number) => weekInWords({ year, week }, day('2026-11-19'));
    expect(words(2026, 47)).toBe('this week');
    expect(words(2026, 46)).toBe('last week');
    expect(words(2026, 48)).toBe('next week');
    expect(words(2026, 43)).toBe('19 to 25 Oct');
    expect(words(2026, 44)).toBe('26 Oct to 1 Nov');
    expect(words(2026, 53)).toBe('28 Dec 2026 to 3 Jan 2027');
    expect(words(2025, 43)).toBe('20 to 26 Oct 2025');
  });
});
