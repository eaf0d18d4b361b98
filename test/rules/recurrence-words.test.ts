// Rules in words, and words as rules.

import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseEvery, parseRecurrence } from '../../src/time/recurrence.parse.ts';
import { occurrencesBetween } from '../../src/time/recurrence.ts';
import { type Pattern, patternOf, ruleInWords, ruleOf } from '../../src/time/recurrence.words.ts';

const starts = Temporal.PlainDateTime.from('2026-11-17T10:00');

test.each([
  ['FREQ=WEEKLY;BYDAY=TU', 'every Tuesday at 10:00'],
  ['FREQ=WEEKLY', 'every Tuesday at 10:00'],
  ['FREQ=WEEKLY;INTERVAL=2;BYDAY=TU', 'every second Tuesday at 10:00'],
  ['FREQ=WEEKLY;INTERVAL=3;BYDAY=TU,TH', 'every 3 weeks on Tuesday and Thursday at 10:00'],
  ['FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR', 'every weekday at 10:00'],
  ['FREQ=DAILY', 'every day at 10:00'],
  ['FREQ=MONTHLY;BYDAY=1MO', 'on the first Monday of every month at 10:00'],
  ['FREQ=MONTHLY;BYDAY=-1FR', 'on the last Friday of every month at 10:00'],
  ['FREQ=MONTHLY;BYMONTHDAY=15', 'on the 15th of every month at 10:00'],
  ['FREQ=MONTHLY;BYMONTHDAY=-1', 'on the last day of every month at 10:00'],
  ['FREQ=MONTHLY;BYMONTH=1,4,7,10;BYDAY=1MO', 'on the first Monday of every quarter at 10:00'],
])('%s is "%s"', (rule, words) => {
  expect(ruleInWords(rule, starts)).toBe(words);
});

test('a rule without a name of its own is still told', () => {
  expect(ruleInWords('FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=1', starts)).toMatch(/every year/);
});

test.each([
  ['every 2 weeks tuesday 10:00', 'FREQ=WEEKLY;INTERVAL=2;BYDAY=TU', '10:00:00'],
  ['weekly friday 14:00', 'FREQ=WEEKLY;BYDAY=FR', '14:00:00'],
  ['monthly first monday 9:00', 'FREQ=MONTHLY;BYDAY=1MO', '09:00:00'],
  ['quarterly last friday 3pm', 'FREQ=MONTHLY;BYMONTH=1,4,7,10;BYDAY=-1FR', '15:00:00'],
  ['monthly on the 1st at 9:30', 'FREQ=MONTHLY;BYMONTHDAY=1', '09:30:00'],
  ['Every other Thu, 9am', 'FREQ=WEEKLY;INTERVAL=2;BYDAY=TH', '09:00:00'],
  ['fortnightly mon 12pm', 'FREQ=WEEKLY;INTERVAL=2;BYDAY=MO', '12:00:00'],
  ['weekdays 8:45', 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR', '08:45:00'],
  ['monthly 3rd wed 12am', 'FREQ=MONTHLY;BYDAY=3WE', '00:00:00'],
  ['thursdays 4pm', 'FREQ=WEEKLY;BYDAY=TH', '16:00:00'],
  ['Mondays and Thursdays, 9.30', 'FREQ=WEEKLY;BYDAY=MO,TH', '09:30:00'],
  ['every other tuesday at 10', 'FREQ=WEEKLY;INTERVAL=2;BYDAY=TU', '10:00:00'],
  ['every two weeks on tuesday 10:00', 'FREQ=WEEKLY;INTERVAL=2;BYDAY=TU', '10:00:00'],
  ['every 2nd tuesday 10.00', 'FREQ=WEEKLY;INTERVAL=2;BYDAY=TU', '10:00:00'],
  ['every 14 days tuesday 9:00', 'FREQ=WEEKLY;INTERVAL=2;BYDAY=TU', '09:00:00'],
  ['once a week on tuesday noon', 'FREQ=WEEKLY;BYDAY=TU', '12:00:00'],
  ['every first monday of the month 9:00', 'FREQ=MONTHLY;BYDAY=1MO', '09:00:00'],
  ['the second tuesday of the month at 10', 'FREQ=MONTHLY;BYDAY=2TU', '10:00:00'],
  ['every third friday 9 a.m.', 'FREQ=MONTHLY;BYDAY=3FR', '09:00:00'],
  ['31st of every month 9:00', 'FREQ=MONTHLY;BYMONTHDAY=-1', '09:00:00'],
  ['monthly on the 30th at 9:00', 'FREQ=MONTHLY;BYMONTHDAY=28,29,30;BYSETPOS=-1', '09:00:00'],
  ['ｅｖｅｒｙ　ｔｕｅｓｄａｙ　９：３０', 'FREQ=WEEKLY;BYDAY=TU', '09:30:00'],
])('"%s" is %s at %s', (text, rule, time) => {
  const parsed = parseRecurrence(text);
  expect(parsed).toMatchObject({ kind: 'understood', rule });
  expect(parsed.kind === 'understood' && parsed.time.toString()).toBe(time);
});

test.each([
  ['Tuesday 10:00', 'no-rhythm', 'Tuesday 10:00'],
  ['weekly 10:00', 'no-day', 'weekly 10:00'],
  // Counted from today they would land on whatever day it is, a Saturday too.
  ['every 14 days 9:00', 'no-day', 'every 14 days 9:00'],
  ['every 10 days 9:00', 'drifts', 'every 10 days 9:00'],
  ['weekly tuesday', 'no-time', 'weekly tuesday'],
  ['weekly tuesday 25:00', 'no-such-time', '25:00'],
  ['weekly tuesday at 9.75', 'no-such-time', '9.75'],
  ['weekly tuesday 13pm', 'no-such-time', '13pm'],
  ['Weekly, Tuesday 10:00 Or So', 'not-understood', 'Or So'],
  ['every tuesday 10', 'not-understood', '10'],
  ['every tuesday 10:00 until 31 Dec', 'not-understood', 'until 31 Dec'],
  // The accent alone compares as a blank and more.
  ['every x¨ tuesday 10:00', 'not-understood', 'x¨'],
  ['', 'no-rhythm', ''],
])('"%s" is refused: %s, about “%s”', (text, why, about) => {
  expect(parseRecurrence(text)).toEqual({ kind: 'refused', why, text: about });
});

test.each([
  ['every two weeks', { every: 'week', interval: 2 }],
  ['Fortnightly', { every: 'week', interval: 2 }],
  ['every 3rd month', { every: 'month', interval: 3 }],
  ['every 14 days', { every: 'week', interval: 2 }],
  ['every tuesday', undefined],
  ['soon', undefined],
])('"%s" alone is %j', (text, expected) => {
  expect(parseEvery(text)).toEqual(expected);
});

test.each([
  [
    '31st of every month 9:00',
    'on the last day of every month at 9:00',
    ['01-31', '02-28', '03-31', '04-30'],
  ],
  [
    'monthly on the 30th 9:00',
    'on the 30th of every month or its last day at 9:00',
    ['01-30', '02-28', '03-30', '04-30'],
  ],
  [
    'monthly on the 29th 9:00',
    'on the 29th of every month or its last day at 9:00',
    ['01-29', '02-28', '03-29', '04-29'],
  ],
])('"%s" is said as "%s", and no month is passed over', (text, words, days) => {
  const parsed = parseRecurrence(text);
  if (parsed.kind !== 'understood') throw new Error(text);
  const from = Temporal.PlainDateTime.from('2026-01-01T00:00').withPlainTime(parsed.time);
  expect(ruleInWords(parsed.rule, from)).toBe(words);
  const at = (day: string) => Temporal.Instant.from(`${day}T00:00Z`);
  const found = (year: number) =>
    occurrencesBetween(
      { rule: parsed.rule, starts: from, timeZone: 'UTC' },
      at(`${year}-01-01`),
      at(`${year}-05-01`),
    ).map(({ local }) => local.toPlainDate().toString().slice(5));
  expect(found(2026)).toEqual(days);
  // A leap year.
  expect(found(2028)[1]).toBe('02-29');
});

const weekday = fc.constantFrom('MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU');
const monthDay = fc.oneof(
  fc.record({ nth: fc.constantFrom(1, 2, 3, 4, 5, -1), weekday }),
  fc.record({ date: fc.oneof(fc.integer({ min: 1, max: 31 }), fc.constant(-1)) }),
);
const patterns = fc.oneof(
  fc.record({ every: fc.constant('day'), interval: fc.constant(1) }),
  fc.record({
    every: fc.constant('week'),
    interval: fc.integer({ min: 1, max: 12 }),
    on: fc.uniqueArray(weekday, { minLength: 1, maxLength: 7 }),
  }),
  fc.record({ every: fc.constant('month'), interval: fc.integer({ min: 1, max: 12 }), on: monthDay }),
  fc.record({ every: fc.constant('quarter'), on: monthDay }),
) as fc.Arbitrary<Pattern>;

test('what is said of a rule reads back as the same rule at the same time', () => {
  fc.assert(
    fc.property(
      patterns,
      fc.integer({ min: 0, max: 23 }),
      fc.integer({ min: 0, max: 59 }),
      (pattern, hour, minute) => {
        const rule = ruleOf(pattern);
        const at = starts.with({ hour, minute });
        expect(parseRecurrence(ruleInWords(rule, at))).toEqual({
          kind: 'understood',
          rule,
          time: at.toPlainTime(),
        });
        expect(ruleOf(patternOf(rule, at)!)).toBe(rule);
      },
    ),
    { numRuns: 500 },
  );
});

test('whatever is typed, reading it ends in an outcome', () => {
  const word = fc.constantFrom(
    'every',
    'second',
    'last',
    'the',
    'on',
    'monday',
    'tue',
    '1st',
    '31st',
    '10:00',
    'at',
    'month',
    'weeks',
    '2',
    'pm',
    '(',
    '$&',
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.array(word).map((words) => words.join(' ')),
      ),
      (text) => {
        expect(['understood', 'refused']).toContain(parseRecurrence(text).kind);
      },
    ),
    { numRuns: 2000 },
  );
});
