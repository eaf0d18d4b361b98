// The grammar of `/logtime`: each of its examples, what it refuses and why, and what holds for any line.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { defaultCategories } from '../../src/rooms/balance/balance.categories.ts';
import { parseLogtimeCommand } from '../../src/rooms/balance/balance.parse.command.ts';
import { problemWithName } from '../../src/rooms/balance/balance.parse.names.ts';
import { cut } from '../../src/rooms/balance/balance.parse.pieces.ts';
import {
  type LineContext,
  longestNote,
  type Problem,
  parseLog,
} from '../../src/rooms/balance/balance.parse.ts';
import { printTime } from '../../src/rooms/balance/balance.print.ts';
import type { Category, Draft } from '../../src/rooms/balance/balance.ts';
import { escaped } from '../../src/slack/blocks.ts';
import { plainText } from '../../src/slack/typed-text.ts';
import { localDay } from '../../src/time/days.ts';

/** The draft as a line that can be typed, encoded as Slack encodes it: whoever reads that back understood all of it. */
function typedAgain(
  draft: Draft,
  categories: readonly Category[],
  { today, zone }: { today: Temporal.PlainDate; zone: string },
): string {
  const name = categories.find(({ id }) => id === draft.categoryId)?.name ?? '';
  return [
    printTime(draft, zone),
    escaped(name),
    ...(draft.people.length > 0 ? ['with', ...draft.people.map((id) => `<@${id}>`)] : []),
    ...(draft.day.equals(today) ? [] : [draft.day.toString()]),
    ...(draft.note === null ? [] : ['--', escaped(draft.note)]),
  ].join(' ');
}

const inZone = (timeZone: string) => ({
  timeZone,
  workingDays: [1, 2, 3, 4, 5],
  holidayRegion: 'DE-BE',
  workdayStarts: Temporal.PlainTime.from('09:00'),
  workdayEnds: Temporal.PlainTime.from('17:00'),
});
// Thursday 19 November 2026, 15:00 in Berlin.
const context: LineContext = {
  categories: defaultCategories,
  now: Temporal.Instant.from('2026-11-19T14:00:00Z'),
  life: inZone('Europe/Berlin'),
};
const today = Temporal.PlainDate.from('2026-11-19');

/** `minutes category [people] [day] [note]`, each only if it is not the usual. */
function summary(draft: Draft): string {
  return [
    draft.minutes,
    draft.categoryId,
    draft.people.length > 0 && `with ${draft.people.join(' ')}`,
    !draft.day.equals(today) && draft.day.toString(),
    draft.note !== null && `-- ${draft.note}`,
  ]
    .filter((piece) => piece !== false)
    .join(' ');
}
function read(text: string, given: Partial<LineContext> = {}): string[] | Problem[] {
  const reading = parseLog(text, { ...context, ...given });
  return reading.kind === 'parsed' ? reading.drafts.map(summary) : reading.problems;
}

describe('one entry', () => {
  test.each([
    // durations
    ['90m review', '90 review'],
    ['1h review', '60 review'],
    ['1h30 review', '90 review'],
    ['1h 30m review', '90 review'],
    ['1.5h review', '90 review'],
    ['1,5h review', '90 review'],
    ['1,5 h review', '90 review'],
    [',5h review', '30 review'],
    ['review ,5h', '30 review'],
    ['，5h review', '30 review'],
    ['0.75h review', '45 review'],
    ['½h review', '30 review'],
    ['1½ hours review', '90 review'],
    ['1:30 review', '90 review'],
    ['45 min review', '45 review'],
    ['an hour review', '60 review'],
    ['half an hour of review', '30 review'],
    ['30m review', '30 review'],
    // clock ranges
    ['9:00-10:30 review', '90 review'],
    ['2-3:30pm review', '90 review'],
    ['9:00 - 10:30 review', '90 review'],
    ['9:00–10:30 review', '90 review'],
    ['9:00 — 10:30 review', '90 review'],
    ['9:00--10:30 review', '90 review'],
    ['from 9:00 to 10:30 review', '90 review'],
    ['9am-10:30 review', '90 review'],
    ['11-1pm review', '120 review'],
    ['9.00-10.30 a.m. review', '90 review'],
    ['2 - 3:30 pm incident', '90 incident'],
    // categories
    ['1h 1:1', '60 one-on-one'],
    ['1h 1on1', '60 one-on-one'],
    ['1h one-on-one', '60 one-on-one'],
    ['1h 1-1', '60 one-on-one'],
    ['1h 1 on 1', '60 one-on-one'],
    ['1h arch', '60 architecture'],
    ['1h own tickets', '60 own-tickets'],
    ['1h Post Mortem', '60 post-mortem'],
    // people
    ['1h pairing with <@U1|ada>', '60 pairing with U1'],
    ['1h pairing with <@U1>', '60 pairing with U1'],
    ['1h pairing with <@U1> and <@W2>', '60 pairing with U1 W2'],
    ['1h pairing with <@U1>, <@U2>, and <@U3>', '60 pairing with U1 U2 U3'],
    ['1h pairing with <@U1> &amp; <@U2>', '60 pairing with U1 U2'],
    ['1h pairing w/ <@U1> <@U1>', '60 pairing with U1'],
    ['1h pairing <@U1>', '60 pairing with U1'],
    ['1h with<@U1>pairing', '60 pairing with U1'],
    // a whole department is many people and few words
    [
      `1h pairing with ${Array.from({ length: 40 }, (_, index) => `<@U${index}>`).join(' and ')}`,
      `60 pairing with ${Array.from({ length: 40 }, (_, index) => `U${index}`).join(' ')}`,
    ],
    // when
    ['1h review today', '60 review'],
    ['1h review yesterday', '60 review 2026-11-18'],
    ['1h review monday', '60 review 2026-11-16'],
    ['1h review on monday', '60 review 2026-11-16'],
    ['1h review last friday', '60 review 2026-11-13'],
    ['1h review 2026-11-18', '60 review 2026-11-18'],
    ['1h review 18 nov', '60 review 2026-11-18'],
    ['1h review nov 18', '60 review 2026-11-18'],
    ['1h review 20 nov 2025', '60 review 2025-11-20'],
    ['1h review 20 mar', '60 review 2026-03-20'],
    ['1h review 3 days ago', '60 review 2026-11-16'],
    ['1h review 2025-11-18', '60 review 2025-11-18'],
    ['yesterday 1h review', '60 review 2026-11-18'],
    ['1h yesterday review', '60 review 2026-11-18'],
    ['review 1h 18 nov', '60 review 2026-11-18'],
    ['1h 18 nov review', '60 review 2026-11-18'],
    // notes
    ['1h review -- the parser', '60 review -- the parser'],
    ['1h review — the parser', '60 review -- the parser'],
    ['1h review – the parser', '60 review -- the parser'],
    ['1h review—the parser', '60 review -- the parser'],
    ['1h review "the parser"', '60 review -- the parser'],
    ['1h review “the parser”', '60 review -- the parser'],
    ['1h review „the parser“', '60 review -- the parser'],
    ["1h review 'the parser'", '60 review -- the parser'],
    ['1h review ‘don’t, stop’', '60 review -- don’t, stop'],
    ['1h review "the parser" yesterday', '60 review 2026-11-18 -- the parser'],
    ['1h review -- one, two, 1h coding', '60 review -- one, two, 1h coding'],
    ['1h review -- it said "no" -- twice', '60 review -- it said "no" -- twice'],
    ['1h 1:1 – 2 things', '60 one-on-one -- 2 things'],
    ['1h 1 on 1 – 30 minutes late', '60 one-on-one -- 30 minutes late'],
    [
      '1h review -- R&amp;D &lt;3, see <https://x.example/a|a> with <@U2|bob>',
      '60 review -- R&D <3, see a (https://x.example/a) with @bob',
    ],
    // all of it, in any order
    ['1h30 mentoring with <@U1|a> yesterday -- the parser', '90 mentoring with U1 2026-11-18 -- the parser'],
    ['yesterday with <@U1> "x" mentoring 1h30', '90 mentoring with U1 2026-11-18 -- x'],
    // what phones and other keyboards make of it
    ['1h\u00a0review', '60 review'],
    ['１ｈ３０　ｒｅｖｉｅｗ', '90 review'],
    ['\u200f1h review\u200e', '60 review'],
    ['1h re\u200bview\u0000', '60 review'],
    ['1H REVIEW YESTERDAY', '60 review 2026-11-18'],
    ['1h review.', '60 review'],
    ['- 1h review', '60 review'],
  ])('%j is %s', (text, expected) => {
    expect(read(text)).toEqual([expected]);
  });

  test.each([
    ['1d leave 21 dec', ['480 leave 2026-12-21']],
    ['½d leave 21 dec', ['240 leave 2026-12-21']],
    ['half a day of leave tomorrow', ['240 leave 2026-11-20']],
    ['leave tomorrow', ['480 leave 2026-11-20']],
    ['2h leave tomorrow', ['120 leave 2026-11-20']],
    ['9:00-12:00 leave tomorrow', ['180 leave 2026-11-20']],
    ['sick yesterday', ['480 leave 2026-11-18']],
    // A weekend and a holiday lie between.
    [
      'leave 23 dec - 29 dec',
      ['480 leave 2026-12-23', '480 leave 2026-12-24', '480 leave 2026-12-28', '480 leave 2026-12-29'],
    ],
    ['leave 23-24 dec', ['480 leave 2026-12-23', '480 leave 2026-12-24']],
    ['leave from 23 dec to 24 dec 2026', ['480 leave 2026-12-23', '480 leave 2026-12-24']],
    ['leave 31 dec – 4 jan', ['480 leave 2026-12-31', '480 leave 2027-01-04']],
    ['1d leave monday to tuesday', ['480 leave 2026-11-16', '480 leave 2026-11-17']],
    ['leave monday – tuesday', ['480 leave 2026-11-16', '480 leave 2026-11-17']],
    ['1d leave monday – friday we ship', ['480 leave 2026-11-16 -- friday we ship']],
    ['leave 23 dec – 24 dec -- skiing', ['480 leave 2026-12-23 -- skiing', '480 leave 2026-12-24 -- skiing']],
    ['4h leave 23 dec - 24 dec', ['240 leave 2026-12-23', '240 leave 2026-12-24']],
    ['2.5d leave 24 dec', ['480 leave 2026-12-24', '480 leave 2026-12-28', '240 leave 2026-12-29']],
    ['1d coding yesterday', ['480 coding 2026-11-18']],
    ['14:00-16:00 review', ['120 review']],
  ])('%j is %j', (text, expected) => {
    expect(read(text)).toEqual(expected);
  });

  test('keeps the side it was logged under', () => {
    const sides = (text: string) => {
      const reading = parseLog(text, context);
      return reading.kind === 'parsed' && reading.drafts.map(({ side }) => side);
    };
    expect(sides('1h coding, 1h review, 1h leave')).toEqual(['coding', 'leading', 'neither']);
  });

  test('on a clock range, knows when', () => {
    const reading = parseLog('2-3:30pm review yesterday', context);
    expect(reading.kind === 'parsed' && reading.drafts[0]).toMatchObject({
      startsAt: Temporal.Instant.from('2026-11-18T13:00:00Z'),
      endsAt: Temporal.Instant.from('2026-11-18T14:30:00Z'),
    });
  });
});

describe('several entries', () => {
  test.each([
    ['1h coding, 30m review', ['60 coding', '30 review']],
    ['1h coding,30m review,', ['60 coding', '30 review']],
    ['1h coding\n30m review\r\n\n45m 1:1', ['60 coding', '30 review', '45 one-on-one']],
    ['1,5h coding, 0,5h review', ['90 coding', '30 review']],
    ['1,5h coding,,5h review', ['90 coding', '30 review']],
    ['1h coding, ,5h review', ['60 coding', '30 review']],
    ['1h 1:1 with <@U1>,5h review', ['60 one-on-one with U1', '300 review']],
    ['1h 1:1,30m review', ['60 one-on-one', '30 review']],
    ['1h 1:1 with <@U1>, <@U2>, 30m review with <@U3>', ['60 one-on-one with U1 U2', '30 review with U3']],
    ['1h coding yesterday, 30m review', ['60 coding 2026-11-18', '30 review']],
    ['1h coding "a, b", 30m review "c"', ['60 coding -- a, b', '30 review -- c']],
    ['1h coding -- a, 30m review\n30m review -- b', ['60 coding -- a, 30m review', '30 review -- b']],
    ['1h coding "a", 30m review -- b, c', ['60 coding -- a', '30 review -- b, c']],
    ['- 1h coding\n• 30m review', ['60 coding', '30 review']],
  ])('%j', (text, expected) => {
    expect(read(text)).toEqual(expected);
  });

  test('are kept all or not at all', () => {
    expect(read('1h coding, 30m quidditch, x review')).toMatchObject([
      { kind: 'unknown-category', text: 'quidditch', part: '30m quidditch' },
      { kind: 'no-duration', part: 'x review' },
      { kind: 'leftover', words: 'x', part: 'x review' },
    ]);
  });
});

describe('refused', () => {
  test.each<[string, object[]]>([
    ['', [{ kind: 'no-duration' }]],
    ['review', [{ kind: 'no-duration', part: 'review' }]],
    ['1h', [{ kind: 'no-category' }]],
    ['45 review', [{ kind: 'bad-duration', text: '45', why: 'no-unit' }]],
    ['0m review', [{ kind: 'bad-duration', text: '0m', why: 'zero' }]],
    ['-30m review', [{ kind: 'bad-duration', text: '-30m', why: 'negative' }]],
    ['30mo review', [{ kind: 'bad-duration', text: '30mo', why: 'unreadable' }]],
    ['1.33h review', [{ kind: 'bad-duration', text: '1.33h', why: 'part-of-a-minute' }]],
    ['999999h review', [{ kind: 'bad-duration', text: '999999h', why: 'too-long' }]],
    ['1h coding ,5h', [{ kind: 'two-durations', texts: ['1h', ',5h'] }]],
    ['1h 2h review', [{ kind: 'two-durations', texts: ['1h', '2h'] }]],
    ['1h review 9:00-10:00', [{ kind: 'two-durations', texts: ['1h', '9:00-10:00'] }]],
    ['25h coding', [{ kind: 'over-a-day', minutes: 1500, most: 1440, day: today }]],
    ['20h coding, 5h review', [{ kind: 'over-a-day', minutes: 1500, most: 1440, day: today }]],
    ['30m quidditch', [{ kind: 'unknown-category', text: 'quidditch', nearest: expect.any(Array) }]],
    ['1h re', [{ kind: 'ambiguous-category', text: 're' }]],
    ['1h review foo bar', [{ kind: 'leftover', words: 'foo bar' }]],
    ['1h foo review', [{ kind: 'leftover', words: 'foo' }]],
    ['1h review planning', [{ kind: 'leftover', words: 'planning' }]],
    ['1h arch diagrams', [{ kind: 'leftover', words: 'diagrams' }]],
    ['1h review <#C1|team>', [{ kind: 'leftover', words: '#team' }]],
    ['1h review - the parser', [{ kind: 'leftover', words: '- the parser' }]],
    ['1h review 🚀', [{ kind: 'leftover', words: '🚀' }]],
    ['1h review Tomorrow', [{ kind: 'future-day', text: 'Tomorrow' }]],
    [
      '1h review 20 Nov',
      [
        {
          kind: 'which-year',
          text: '20 Nov',
          near: Temporal.PlainDate.from('2026-11-20'),
          far: Temporal.PlainDate.from('2025-11-20'),
        },
      ],
    ],
    ['16:00-17:00 review', [{ kind: 'bad-range', text: '16:00-17:00', why: 'to-come', day: today }]],
    ['1h review 16 nov - 18 nov', [{ kind: 'several-days', text: '16 nov - 18 nov' }]],
    ['2d coding', [{ kind: 'several-days', text: '2d' }]],
    ['20 leave', [{ kind: 'bad-duration', text: '20', why: 'no-unit', workday: 480 }]],
    ['leave', [{ kind: 'no-duration' }]],
    ['leave 31 dec 2026 - 21 dec 2026', [{ kind: 'bad-days' }]],
    ['leave 1 dec - 30 apr', [{ kind: 'bad-days' }]],
    ['leave 21 - 35 dec', [{ kind: 'bad-day' }]],
    ['1d leave saturday', [{ kind: 'no-working-day', text: 'saturday' }]],
    ['leave 25 dec', [{ kind: 'no-working-day', text: '25 dec' }]],
    ['2d leave 21 dec - 22 dec', [{ kind: 'two-durations', texts: ['2d', '21 dec - 22 dec'] }]],
    ['leave 21 dec, 20', [{ kind: 'bad-duration', text: '20' }, { kind: 'no-category' }]],
    ['４５ review', [{ kind: 'bad-duration', text: '４５', why: 'no-unit' }]],
    ['1h review 2026-11-20', [{ kind: 'future-day', text: '2026-11-20' }]],
    ['1h review in 2 weeks', [{ kind: 'future-day', text: 'in 2 weeks' }]],
    ['1h review 2025-11-17', [{ kind: 'too-long-ago', text: '2025-11-17' }]],
    ['1h review 400 days ago', [{ kind: 'too-long-ago', text: '400 days ago' }]],
    ['1h review 30 feb', [{ kind: 'bad-day', text: '30 feb' }]],
    ['1h review yesterday monday', [{ kind: 'two-days', texts: ['yesterday', 'monday'] }]],
    ['1h review with bob', [{ kind: 'unknown-person', text: 'bob' }]],
    ['1h review with @bob yesterday', [{ kind: 'unknown-person', text: '@bob' }]],
    ['1h review @bob', [{ kind: 'unknown-person', text: '@bob' }]],
    ['1h review with', [{ kind: 'with-nobody' }]],
    ['1h review --', [{ kind: 'empty-note' }]],
    ['1h review ""', [{ kind: 'empty-note' }]],
    ['1h review -- \u0000\u202e', [{ kind: 'empty-note' }]],
    ['1h review "a" -- b', [{ kind: 'two-notes' }]],
    ['1h review "the parser, 1h coding', [{ kind: 'unclosed-quote', text: '"the parser, 1h coding' }]],
    [`1h review -- ${'x'.repeat(longestNote + 1)}`, [{ kind: 'long-note', length: longestNote + 1 }]],
    ['25:00-26:00 review', [{ kind: 'bad-range', why: 'no-such-time' }]],
    ['9:75-10:00 review', [{ kind: 'bad-range', why: 'no-such-time' }]],
    ['13pm-2pm review', [{ kind: 'bad-range', why: 'no-such-time' }]],
    ['10-2 review', [{ kind: 'bad-range', why: 'backwards' }]],
    ['9:00-9:00 review', [{ kind: 'bad-range', why: 'backwards' }]],
    ['22:00-21:00 review', [{ kind: 'bad-range', why: 'backwards' }]],
    ['22:00-1:30 review', [{ kind: 'bad-range', text: '22:00-1:30', why: 'into-tomorrow' }]],
    [`1h review${', 1h review'.repeat(20)}`, [{ kind: 'too-many', count: 21 }]],
    [`1h${' x'.repeat(30)}`, [{ kind: 'too-many-words' }]],
    [`1h review -- ${'x'.repeat(4000)}`, [{ kind: 'too-long' }]],
  ])('%j', (text, problems) => {
    const reading = parseLog(text, context);
    expect(reading).toMatchObject({ kind: 'refused', problems });
    expect(reading).not.toHaveProperty('drafts');
  });

  test('with the categories to choose from', () => {
    const [problem] = read('1h mentroing');
    expect(problem).toMatchObject({ kind: 'unknown-category', nearest: [{ id: 'mentoring' }, {}, {}] });
  });
});

describe('ranges and the clocks', () => {
  const on = (text: string, zone: string, now = '2026-11-19T14:00:00Z') => {
    const reading = parseLog(text, { ...context, life: inZone(zone), now: Temporal.Instant.from(now) });
    return reading.kind === 'parsed' ? reading.drafts.map(({ minutes }) => minutes) : reading.problems[0];
  };

  test.each([
    ['America/New_York', '1:00-4:00 incident 2026-03-08', 120],
    ['America/New_York', '0:30-4:00 incident 2026-11-01', 270],
    ['America/New_York', '1:15-1:45 incident 2026-11-01', 30],
    ['America/New_York', '0:00-24:00 incident 2026-11-01', 1500],
    ['Pacific/Auckland', '1:00-4:00 incident 2026-09-27', 120],
    ['Pacific/Auckland', '1:00-4:00 incident 2026-04-05', 240],
    ['Asia/Kathmandu', '1:00-4:00 incident 2026-03-29', 180],
    ['UTC', '1:00-4:00 incident 2026-03-29', 180],
    ['Europe/Berlin', '22:00-3:30 incident 2026-03-28', 270],
    ['Europe/Berlin', '11pm-1am incident yesterday', 120],
    ['Europe/Berlin', '22:00-0:00 incident yesterday', 120],
    ['Europe/Berlin', '10pm-12am incident yesterday', 120],
  ])('%s: %j is %i minutes', (zone, text, minutes) => {
    expect(on(text, zone)).toEqual([minutes]);
  });

  test('a time the clocks skipped is refused', () => {
    expect(on('2:30-4:00 incident 2026-03-08', 'America/New_York')).toMatchObject({ why: 'in-a-gap' });
    expect(on('1:00-2:30 incident 2026-03-08', 'America/New_York')).toMatchObject({ why: 'in-a-gap' });
  });

  test('the day that was not so long holds no more than it had', () => {
    expect(on('24h incident 2026-03-08', 'America/New_York')).toMatchObject({
      kind: 'over-a-day',
      most: 1380,
    });
    expect(on('24h incident 2026-03-07', 'America/New_York')).toEqual([1440]);
  });

  test("today is the lead's own", () => {
    const lateEvening = '2026-11-19T11:30:00Z';
    expect(on('1h review 2026-11-20', 'Pacific/Auckland', lateEvening)).toEqual([60]);
    expect(on('1h review 2026-11-20', 'America/New_York', lateEvening)).toMatchObject({ kind: 'future-day' });
    expect(on('1h review 29 feb', 'UTC', '2024-03-01T00:00:00Z')).toEqual([60]);
    expect(on('1h review 29 feb', 'UTC')).toMatchObject({ kind: 'too-long-ago' });
  });
});

describe('other words after /logtime', () => {
  test.each<[string, object]>([
    ['', { kind: 'form' }],
    ['  \u200b\n', { kind: 'form' }],
    ['1h review', { kind: 'log', drafts: [{ minutes: 60 }] }],
    ['today 1h review', { kind: 'log', drafts: [{ minutes: 60 }] }],
    ['undo', { kind: 'undo' }],
    [' Undo ', { kind: 'undo' }],
    ['edit', { kind: 'edit' }],
    ['stop', { kind: 'stop' }],
    ['today', { kind: 'today' }],
    ['help', { kind: 'help' }],
    ['?', { kind: 'help' }],
    ['week', { kind: 'week', week: { year: 2026, week: 47 } }],
    ['week last', { kind: 'week', week: { year: 2026, week: 46 } }],
    ['week 2026-W40', { kind: 'week', week: { year: 2026, week: 40 } }],
    ['start review', { kind: 'start', category: { id: 'review' } }],
    ['start own tickets', { kind: 'start', category: { id: 'own-tickets' } }],
    ['start 1:1', { kind: 'start', category: { id: 'one-on-one' } }],
    ['start', { kind: 'refused', problems: [{ kind: 'no-category' }] }],
    ['start re', { kind: 'refused', problems: [{ kind: 'ambiguous-category' }] }],
    ['start quidditch', { kind: 'refused', problems: [{ kind: 'unknown-category', text: 'quidditch' }] }],
    [
      'undo everything',
      { kind: 'refused', problems: [{ kind: 'after-word', word: 'undo', words: 'everything' }] },
    ],
    ['week 99', { kind: 'refused', problems: [{ kind: 'bad-week', text: '99', why: 'not-a-week' }] }],
    ['undone', { kind: 'refused', problems: [{ kind: 'no-duration' }, { kind: 'unknown-category' }] }],
  ])('%j', (text, expected) => {
    expect(parseLogtimeCommand(text, context)).toMatchObject(expected);
  });
});

describe('for any line', () => {
  const zones = ['Pacific/Auckland', 'Asia/Kathmandu', 'America/New_York', 'America/Santiago', 'UTC'];
  const anyMoment = fc
    .integer({ min: 0, max: 4_000_000_000 })
    .map((second) => Temporal.Instant.fromEpochMilliseconds(second * 1000));
  const anyText = fc.string({ unit: 'binary', maxLength: 40 });
  // Weighted towards what the grammar gives a meaning, glued with anything or nothing.
  const fragment = fc.oneof(
    fc.constantFrom(
      ...[
        '90m',
        '1h30',
        '1,5h',
        '1:30',
        '45 min',
        'an hour',
        '0m',
        '-1h',
        '1½h',
        '９ｈ',
        '9:00-10:30',
        '2-3pm',
      ],
      ...[
        '22:00–1:00',
        '25:61-99',
        'review',
        '1:1',
        '1-1',
        '1 on 1',
        'arch',
        're',
        'quidditch',
        'with',
        'of',
      ],
      ...['<@U1>', '<@U2|bob>', '<@', '<#C1|x>', '<!here>', '@bob', '<<>>', '&amp;', '&lt;@U1&gt;', 'and'],
      ...[
        'today',
        'yesterday',
        'last friday',
        '20 nov',
        '30 feb',
        '2026-11-20',
        '3 days ago',
        'in 9999 years',
      ],
      ...[
        '--',
        '—',
        '–',
        '-',
        '"',
        '“',
        '”',
        "'",
        '’',
        ',',
        '，',
        '\n',
        '\r\n',
        '\u2028',
        ' ',
        '\u00a0',
        '\u0000',
      ],
      ...['\u202e', '\u200f', '\ud800', '🚀', '👩‍👩‍👧', 'undo', 'start', 'week', 'x'.repeat(50)],
    ),
    anyText,
  );
  const glue = fc.constantFrom('', ' ', ' ', ' ', ', ', '\n');
  const wild = fc.array(fc.tuple(fragment, glue), { maxLength: 25 }).map((pieces) => pieces.flat().join(''));
  // Nearly right: an entry as it should be, with one fragment where it may not belong.
  const tame = fc
    .tuple(
      fc.constantFrom('90m', '1,5h', '1:30', 'an hour', '9:00-10:30', '2-3:30pm'),
      fc.constantFrom('review', '1:1', 'one-on-one', 'arch', 'own tickets'),
      fc.constantFrom('', 'with <@U1>', 'with <@U1>, <@U2|bob>', 'with bob'),
      fc.constantFrom('', 'yesterday', 'last friday', '20 nov', '3 days ago', 'tomorrow'),
      fc.constantFrom('', '-- a, b', '— “c”', '"d, e"', '--'),
    )
    .chain((pieces) =>
      fc
        .tuple(fc.option(fragment), fc.nat(pieces.length))
        .map(([extra, at]) => [...pieces.slice(0, at), extra ?? '', ...pieces.slice(at)].join(' ')),
    );
  const anyLine = fc.oneof(
    wild,
    tame,
    fc.tuple(tame, glue, tame).map((lines) => lines.join('')),
  );

  test('the parser answers, and a refusal brings no drafts', () => {
    let parsed = 0;
    fc.assert(
      fc.property(anyLine, fc.constantFrom(...zones), anyMoment, (line, zone, now) => {
        const reading = parseLog(line, { ...context, life: inZone(zone), now });
        parseLogtimeCommand(line, { ...context, life: inZone(zone), now });
        if (reading.kind === 'refused') {
          expect(reading.problems.length).toBeGreaterThan(0);
          expect(reading).not.toHaveProperty('drafts');
          return;
        }
        parsed += 1;
        for (const draft of reading.drafts) {
          expect(draft.minutes).toBeGreaterThan(0);
          expect(Number.isInteger(draft.minutes)).toBe(true);
          if (draft.categoryId !== 'leave')
            expect(Temporal.PlainDate.compare(draft.day, localDay(now, zone))).toBeLessThanOrEqual(0);
        }
      }),
      { numRuns: 10_000 },
    );
    // Otherwise the generator is too wild to say anything about lines that are understood.
    expect(parsed).toBeGreaterThan(500);
    expect(parsed).toBeLessThan(9_500);
  });

  test.each([
    'x',
    ' ',
    '"',
    "' ",
    "'a ",
    ',',
    ', ',
    '-',
    '--',
    '1',
    '1h ',
    '1,',
    '1:',
    '9:00 – ',
    '<',
    '<@',
    '<@U1> ',
    'in ',
    'last ',
    '20 nov ',
    'a and a half ',
    '\n',
    '\u0000',
    '🚀',
    '&amp;',
    'review ',
  ])('4,000 characters of %j are answered', (text) => {
    const line = text.repeat(Math.floor(4000 / text.length));
    expect(parseLogtimeCommand(line, context).kind).toMatch(/refused|form/);
    expect(parseLogtimeCommand(`1h ${line}`.slice(0, 4000), context)).toBeDefined();
  });

  const anyName = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 });
  const anyCategories = fc.array(anyName, { maxLength: 5 }).map((names) => {
    const own: Category[] = [];
    for (const [index, name] of names.entries()) {
      const others = [...defaultCategories, ...own];
      if (problemWithName(name, others)) continue;
      own.push({ id: `own-${index}`, name, side: 'leading', aliases: [], archived: false });
    }
    return [...defaultCategories, ...own];
  });
  const anyNote = fc.oneof(anyText, anyLine).map((text) => {
    // As it would have been kept: on one line, without what cannot be shown.
    const note = [...plainText(escaped(text))].slice(0, longestNote).join('');
    return plainText(escaped(note)) || null;
  });
  const anyId = fc.string({ unit: fc.constantFrom(...'ABC012'), minLength: 1, maxLength: 9 });
  const anyPeople = fc.uniqueArray(
    anyId.map((id) => `U${id}`),
    { maxLength: 4 },
  );

  test('what is printed reads back as it was', () => {
    const given = fc.record({
      categories: anyCategories,
      pick: fc.nat(),
      minutes: fc.integer({ min: 1, max: 22 * 60 }),
      back: fc.integer({ min: 0, max: 366 }),
      people: anyPeople,
      note: anyNote,
      now: anyMoment,
      zone: fc.constantFrom(...zones),
    });
    fc.assert(
      fc.property(given, ({ categories, pick, minutes, back, people, note, now, zone }) => {
        const category = categories[pick % categories.length]!;
        const today = localDay(now, zone);
        const draft: Draft = {
          day: today.subtract({ days: back }),
          minutes,
          categoryId: category.id,
          side: category.side,
          people,
          note,
          startsAt: null,
          endsAt: null,
        };
        const line = typedAgain(draft, categories, { today, zone });
        expect(parseLog(line, { categories, now, life: inZone(zone) })).toEqual({
          kind: 'parsed',
          drafts: [draft],
        });
      }),
      { numRuns: 1000 },
    );
  });

  test('a range that was read prints as a range and reads back as it was', () => {
    const minuteOfDay = fc.integer({ min: 0, max: 24 * 60 - 1 });
    const shown = (minute: number) => `${Math.floor(minute / 60)}:${String(minute % 60).padStart(2, '0')}`;
    let ranges = 0;
    fc.assert(
      fc.property(minuteOfDay, minuteOfDay, anyMoment, fc.constantFrom(...zones), (from, to, now, zone) => {
        const text = `${shown(from)}-${shown(to)} review yesterday`;
        const reading = parseLog(text, { ...context, now, life: inZone(zone) });
        if (reading.kind === 'refused') return;
        ranges += 1;
        const line = typedAgain(reading.drafts[0], defaultCategories, { today: localDay(now, zone), zone });
        expect(line).toMatch(/^\d\d:\d\d-\d\d:\d\d review \d{4}/);
        expect(parseLog(line, { ...context, now, life: inZone(zone) })).toEqual(reading);
      }),
      { numRuns: 1000 },
    );
    expect(ranges).toBeGreaterThan(100);
  });

  test('a timer, which the grammar cannot say to the second, prints as its duration', () => {
    const timer: Draft = {
      day: today,
      minutes: 25,
      categoryId: 'review',
      side: 'leading',
      people: [],
      note: null,
      startsAt: Temporal.Instant.from('2026-11-19T08:00:20Z'),
      endsAt: Temporal.Instant.from('2026-11-19T08:25:10Z'),
    };
    expect(typedAgain(timer, defaultCategories, { today, zone: 'UTC' })).toBe('25 min review');
  });

  test('each entry knows what was typed for it', () => {
    expect(cut('1h review with <@U1>, <@U2> -- a, b\n30m x').map(({ text }) => text)).toEqual([
      '1h review with @U1, @U2 -- a, b',
      '30m x',
    ]);
  });
});
