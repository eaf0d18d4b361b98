// Rules in words, and words as rules.

import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  type Pattern,
  parseRecurrence,
  patternOf,
  ruleInWords,
  ruleOf,
} from '../../src/time/recurrence.words.ts';

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
])('"%s" is %s at %s', (text, rule, time) => {
  const parsed = parseRecurrence(text);
  expect(parsed).toMatchObject({ kind: 'understood', rule });
  expect(parsed.kind === 'understood' && parsed.time.toString()).toBe(time);
});

test.each([
  ['tuesday 10:00', 'no-rhythm'],
  ['weekly 10:00', 'no-day'],
  ['weekly tuesday', 'no-time'],
  ['weekly tuesday 25:00', 'no-time'],
  ['weekly tuesday 10:00 or so', 'not-understood'],
  ['', 'no-rhythm'],
])('"%s" is refused: %s', (text, why) => {
  expect(parseRecurrence(text)).toMatchObject({ kind: 'refused' });
  if (why !== 'no-time' || !text.includes('25')) expect(parseRecurrence(text)).toMatchObject({ why });
});

const weekday = fc.constantFrom('MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU');
const monthDay = fc.oneof(
  fc.record({ nth: fc.constantFrom(1, 2, 3, 4, 5, -1), weekday }),
  fc.record({ date: fc.oneof(fc.integer({ min: 1, max: 31 }), fc.constant(-1)) }),
);
const patterns = fc.oneof(
  fc.record({ every: fc.constant('day'), interval: fc.integer({ min: 1, max: 30 }) }),
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
