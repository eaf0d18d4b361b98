// When rules fall due, in zones whose clocks do strange things.

import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { publicHoliday } from '../../src/time/holidays.ts';
import {
  nextOccurrence,
  occurrencesBetween,
  type Recurrence,
  ruleProblem,
} from '../../src/time/recurrence.ts';

const local = (text: string) => Temporal.PlainDateTime.from(text);
const instant = (text: string) => Temporal.Instant.from(text);
const year = (n: number, timeZone: string) => ({
  from: Temporal.ZonedDateTime.from({ year: n, month: 1, day: 1, timeZone }).toInstant(),
  to: Temporal.ZonedDateTime.from({ year: n + 1, month: 1, day: 1, timeZone }).toInstant(),
});
const days = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];

const wallTimes = (recurrence: Recurrence, from: string, to: string) =>
  occurrencesBetween(recurrence, instant(from), instant(to)).map(({ at }) =>
    at.toZonedDateTimeISO(recurrence.timeZone).toString({ timeZoneName: 'never' }),
  );

const daily = (time: string, timeZone: string): Recurrence => ({
  rule: 'FREQ=DAILY',
  starts: local(`2001-01-01T${time}`),
  timeZone,
});

test.each([
  [
    'spring in New York: 2:30 does not exist',
    daily('02:30', 'America/New_York'),
    '2026-03-07T06:00Z',
    '2026-03-09T12:00Z',
    ['2026-03-07T02:30:00-05:00', '2026-03-08T03:30:00-04:00', '2026-03-09T02:30:00-04:00'],
  ],
  [
    'autumn in New York: 1:30 comes twice, the first counts',
    daily('01:30', 'America/New_York'),
    '2026-10-31T04:00Z',
    '2026-11-02T12:00Z',
    ['2026-10-31T01:30:00-04:00', '2026-11-01T01:30:00-04:00', '2026-11-02T01:30:00-05:00'],
  ],
  [
    'spring on Lord Howe: half an hour is left out',
    daily('02:15', 'Australia/Lord_Howe'),
    '2026-10-03T00:00Z',
    '2026-10-05T00:00Z',
    ['2026-10-04T02:45:00+11:00', '2026-10-05T02:15:00+11:00'],
  ],
  [
    'autumn on Lord Howe: half an hour comes twice',
    daily('01:45', 'Australia/Lord_Howe'),
    '2026-04-03T20:00Z',
    '2026-04-05T20:00Z',
    ['2026-04-05T01:45:00+11:00', '2026-04-06T01:45:00+10:30'],
  ],
  [
    'Kathmandu keeps its quarter hour',
    daily('09:00', 'Asia/Kathmandu'),
    '2026-03-28T00:00Z',
    '2026-03-30T00:00Z',
    ['2026-03-28T09:00:00+05:45', '2026-03-29T09:00:00+05:45'],
  ],
  [
    'Samoa left out 30 December 2011, and nobody is asked twice on the 31st',
    daily('09:00', 'Pacific/Apia'),
    '2011-12-29T12:00Z',
    '2012-01-01T12:00Z',
    ['2011-12-29T09:00:00-10:00', '2011-12-31T09:00:00+14:00', '2012-01-01T09:00:00+14:00'],
  ],
  [
    'Kazakhstan moved to +05:00 on 1 March 2024',
    daily('09:00', 'Asia/Almaty'),
    '2024-02-28T12:00Z',
    '2024-03-02T12:00Z',
    ['2024-02-29T09:00:00+06:00', '2024-03-01T09:00:00+05:00', '2024-03-02T09:00:00+05:00'],
  ],
  [
    'Volgograd moved to Moscow time on 27 December 2020',
    daily('09:00', 'Europe/Volgograd'),
    '2020-12-25T12:00Z',
    '2020-12-28T12:00Z',
    ['2020-12-26T09:00:00+04:00', '2020-12-27T09:00:00+03:00', '2020-12-28T09:00:00+03:00'],
  ],
])('%s', (_, recurrence, from, to, expected) => {
  expect(wallTimes(recurrence, from, to)).toEqual(expected);
});

test('several times a day around a gap come once each, in order', () => {
  // 2:30 is pushed to 3:30, past 3:00 and onto 3:30.
  const recurrence = {
    rule: 'FREQ=DAILY;BYHOUR=2,3;BYMINUTE=0,30',
    starts: local('2026-03-01T02:00'),
    timeZone: 'America/New_York',
  };
  expect(wallTimes(recurrence, '2026-03-08T05:00Z', '2026-03-08T12:00Z')).toEqual([
    '2026-03-08T03:00:00-04:00',
    '2026-03-08T03:30:00-04:00',
  ]);
});

const zones = fc.constantFrom(
  ...[
    'UTC',
    'Europe/Lisbon',
    'America/New_York',
    'Pacific/Auckland',
    'Asia/Kathmandu',
    'Australia/Lord_Howe',
  ],
  ...['America/Sao_Paulo', 'Asia/Almaty', 'Africa/Casablanca', 'Pacific/Apia', 'America/Nuuk', 'Asia/Tehran'],
);
const times = fc.record({ hour: fc.integer({ min: 0, max: 23 }), minute: fc.integer({ min: 0, max: 59 }) });
const someDays = fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 4 });

/** A rule, and the same thing said in plain code: which days it means. */
const rules = fc.oneof(
  fc.integer({ min: 1, max: 10 }).map((interval) => ({
    rule: `FREQ=DAILY;INTERVAL=${interval}`,
    means: (day: Temporal.PlainDate, start: Temporal.PlainDate) => start.until(day).days % interval === 0,
  })),
  fc.tuple(fc.integer({ min: 1, max: 4 }), someDays).map(([interval, on]) => ({
    rule: `FREQ=WEEKLY;INTERVAL=${interval};BYDAY=${on.map((day) => days[day - 1]).join(',')}`,
    means: (day: Temporal.PlainDate, start: Temporal.PlainDate) => {
      const monday = (of: Temporal.PlainDate) => of.subtract({ days: of.dayOfWeek - 1 });
      return on.includes(day.dayOfWeek) && (monday(start).until(monday(day)).days / 7) % interval === 0;
    },
  })),
  fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 7 })).map(([nth, weekday]) => ({
    rule: `FREQ=MONTHLY;BYDAY=${nth}${days[weekday - 1]}`,
    means: (day: Temporal.PlainDate) => day.dayOfWeek === weekday && Math.ceil(day.day / 7) === nth,
  })),
  fc.integer({ min: 1, max: 7 }).map((weekday) => ({
    rule: `FREQ=MONTHLY;BYDAY=-1${days[weekday - 1]}`,
    means: (day: Temporal.PlainDate) => day.dayOfWeek === weekday && day.day + 7 > day.daysInMonth,
  })),
  fc.integer({ min: 1, max: 31 }).map((date) => ({
    rule: `FREQ=MONTHLY;BYMONTHDAY=${date}`,
    means: (day: Temporal.PlainDate) => day.day === date,
  })),
);

test('in any zone and year, a rule falls on the days it names, at the wall time it names', () => {
  fc.assert(
    fc.property(
      rules,
      zones,
      times,
      fc.integer({ min: 1995, max: 2045 }),
      ({ rule, means }, timeZone, time, n) => {
        const starts = Temporal.PlainDate.from({ year: n, month: 1, day: 4 }).toPlainDateTime(time);
        const { from, to } = year(n, timeZone);
        const got = occurrencesBetween({ rule, starts, timeZone }, from, to, 400);

        const expected = new Map<string, string>();
        // The end belongs to the stretch, and midnight of New Year may be an occurrence.
        const last = Temporal.PlainDate.from({ year: n + 1, month: 1, day: 1 });
        for (
          let day = starts.toPlainDate();
          Temporal.PlainDate.compare(day, last) <= 0;
          day = day.add({ days: 1 })
        ) {
          if (!means(day, starts.toPlainDate())) continue;
          const wall = day.toPlainDateTime(time);
          const [earlier, later] = (['earlier', 'later'] as const).map((disambiguation) =>
            wall.toZonedDateTime(timeZone, { disambiguation }),
          );
          // Earlier and later differ where the wall time comes twice, and where it is left out: there the later holds it.
          const exists = earlier!.toPlainDateTime().equals(wall);
          const placed = (exists ? earlier! : later!).toInstant();
          if (Temporal.Instant.compare(placed, to) <= 0) expected.set(placed.toString(), wall.toString());
        }
        expect(got.map(({ at }) => at.toString())).toEqual([...expected.keys()]);
      },
    ),
    { numRuns: 120 },
  );
});

test('occurrences never repeat and never run backwards, wherever one begins to look', () => {
  fc.assert(
    fc.property(
      rules,
      zones,
      times,
      fc.integer({ min: 0, max: 50 * 365 * 24 * 60 }),
      ({ rule }, timeZone, time, minutes) => {
        const starts = Temporal.PlainDate.from('1995-01-02').toPlainDateTime(time);
        let after = instant('1995-01-01T00:00Z').add({ minutes });
        for (let count = 0; count < 8; count++) {
          const next = nextOccurrence({ rule, starts, timeZone }, after);
          if (!next) throw new Error('These rules have no end');
          expect(Temporal.Instant.compare(next.at, after)).toBe(1);
          after = next.at;
        }
      },
    ),
    { numRuns: 200 },
  );
});

test('a lead who moves west does not live the same Friday 15:00 twice', () => {
  const friday = { rule: 'FREQ=WEEKLY;BYDAY=FR', starts: local('2026-11-02T15:00') };
  const now = instant('2026-11-20T16:00Z');
  const lived = local('2026-11-20T15:00');
  expect(String(nextOccurrence({ ...friday, timeZone: 'America/New_York' }, now)?.at)).toBe(
    '2026-11-20T20:00:00Z',
  );
  expect(String(nextOccurrence({ ...friday, timeZone: 'America/New_York' }, now, lived)?.at)).toBe(
    '2026-11-27T20:00:00Z',
  );
});

test('a rule that has ended has no next', () => {
  const rule = 'FREQ=DAILY;COUNT=3';
  expect(
    nextOccurrence(
      { rule, starts: local('2026-01-01T09:00'), timeZone: 'UTC' },
      instant('2026-01-03T09:00Z'),
    ),
  ).toBeUndefined();
});

test('the end of a rule is a moment, whatever the zone', () => {
  const rule = 'FREQ=DAILY;UNTIL=20260103T200000Z';
  const recurrence = { rule, starts: local('2026-01-01T09:00'), timeZone: 'Pacific/Auckland' };
  expect(wallTimes(recurrence, '2026-01-02T00:00Z', '2026-01-09T00:00Z')).toEqual([
    '2026-01-03T09:00:00+13:00',
    '2026-01-04T09:00:00+13:00',
  ]);
});

test.each([
  ['FREQ=HOURLY', 'FREQ is one of'],
  ['BYDAY=MO', 'FREQ is one of'],
  ['FREQ=WEEKLY;BYDAY=XX', 'BYDAY'],
  ['FREQ=DAILY;UNTIL=20260101', 'UNTIL is a moment'],
  ['DTSTART=20260101;FREQ=DAILY', 'DTSTART'],
])('%s is not taken', (rule, problem) => {
  expect(ruleProblem(rule)).toContain(problem);
});

test.each(['FREQ=WEEKLY;BYDAY=FR', 'FREQ=MONTHLY;BYDAY=-1MO', 'FREQ=DAILY;UNTIL=20260101T000000Z'])(
  '%s is taken',
  (rule) => {
    expect(ruleProblem(rule)).toBeUndefined();
  },
);

test.each([
  ['PT', '2026-06-10', true],
  ['PT', '2026-06-11', false],
  ['DE-BY', '2026-01-06', true],
  ['DE-BE', '2026-01-06', false],
  ['DE', '2026-02-02', false],
  ['XX', '2026-01-01', false],
  [null, '2026-12-25', false],
] as const)('in %s, %s is a public holiday: %s', (region, day, holiday) => {
  expect(publicHoliday(region, Temporal.PlainDate.from(day)) !== undefined).toBe(holiday);
});
