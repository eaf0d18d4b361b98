// What hours add up to: sides, shares, floors, full days, overlaps, and finding the category that was meant.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { floorOf } from '../../src/leads/leads.ts';
import { defaultCategories, findCategory, fold } from '../../src/rooms/balance/balance.categories.ts';
import { problemWithName } from '../../src/rooms/balance/balance.parse.names.ts';
import {
  type Category,
  type Draft,
  type Entry,
  emptyDays,
  exceededDays,
  isBelowFloor,
  minutesInDay,
  overlaps,
  totals,
  wholePercent,
} from '../../src/rooms/balance/balance.ts';
import { weekDays } from '../../src/time/weeks.ts';

const day = (text: string) => Temporal.PlainDate.from(text);
const category = (id: string): Category => {
  const found = defaultCategories.find((one) => one.id === id);
  if (!found) throw new Error(`No default category ${id}`);
  return found;
};
const draft = (given: Partial<Draft> = {}): Draft => ({
  day: day('2026-11-19'),
  minutes: 60,
  categoryId: 'review',
  side: 'leading',
  people: [],
  note: null,
  startsAt: null,
  endsAt: null,
  ...given,
});
const entry = (given: Partial<Entry> = {}): Entry => ({ id: 'e1', ...draft(given), ...given });
const clock = (start: string, end: string) => ({
  startsAt: Temporal.Instant.from(`2026-11-19T${start}Z`),
  endsAt: Temporal.Instant.from(`2026-11-19T${end}Z`),
});

describe('the default categories', () => {
  test('have one meaning for every name and alias', () => {
    const spellings = defaultCategories.flatMap((one) => [...new Set([one.name, ...one.aliases].map(fold))]);
    expect(new Set(spellings).size).toBe(spellings.length);
    expect(new Set(defaultCategories.map(({ id }) => id)).size).toBe(defaultCategories.length);
  });

  test('can all be typed, by name and by alias', () => {
    for (const one of defaultCategories) {
      for (const spelling of [one.name, ...one.aliases]) {
        expect([spelling, problemWithName(spelling, [])]).toEqual([spelling, undefined]);
      }
    }
  });

  test('lie on both sides, and beside them', () => {
    const ids = (side: string) => defaultCategories.filter((one) => one.side === side).map(({ id }) => id);
    expect(ids('coding')).toEqual(['coding', 'debugging', 'own-tickets', 'prototyping']);
    expect(ids('leading')).toHaveLength(15);
    expect(ids('neither')).toEqual(['admin', 'leave']);
  });
});

describe('finding a category', () => {
  test.each([
    ['review', 'review'],
    ['REVIEW', 'review'],
    ['rev', 'review'],
    ['1:1', 'one-on-one'],
    ['1on1', 'one-on-one'],
    ['1-1', 'one-on-one'],
    ['one-on-one', 'one-on-one'],
    ['One on One', 'one-on-one'],
    ['one‑on–one', 'one-on-one'],
    ['arch', 'architecture'],
    ['pm', 'post-mortem'],
    ['post mortem', 'post-mortem'],
    ['postmortem', 'post-mortem'],
    ['retro', 'retrospective'],
    ['cod', 'coding'],
    ['own', 'own-tickets'],
    ['ｒｅｖｉｅｗ', 'review'],
    ['révièw', 'review'],
    ['  review\u200f ', 'review'],
  ])('%j is %s', (text, id) => {
    expect(findCategory(text, defaultCategories)).toEqual({ kind: 'found', category: category(id) });
  });

  test('a beginning that several have is theirs to choose from', () => {
    expect(findCategory('re', defaultCategories)).toEqual({
      kind: 'ambiguous',
      candidates: [category('review'), category('retrospective')],
    });
  });

  test('an unknown word comes with the three closest, best first', () => {
    const match = findCategory('mentroing', defaultCategories);
    expect(match.kind === 'unknown' && match.nearest.map(({ id }) => id)).toEqual([
      'mentoring',
      expect.any(String),
      expect.any(String),
    ]);
    const far = findCategory('quidditch', defaultCategories);
    expect(far.kind === 'unknown' && far.nearest).toHaveLength(3);
    expect(findCategory('', defaultCategories).kind).toBe('unknown');
    expect(findCategory('1', defaultCategories).kind).toBe('unknown');
    expect(findCategory('review', [])).toEqual({ kind: 'unknown', nearest: [] });
  });

  test('archived categories are not found, and leave their beginnings to others', () => {
    const without = defaultCategories.map((one) => (one.id === 'review' ? { ...one, archived: true } : one));
    expect(findCategory('review', without).kind).toBe('unknown');
    expect(findCategory('re', without)).toMatchObject({ kind: 'found', category: { id: 'retrospective' } });
  });

  test('names in any script and case are found', () => {
    const own: Category[] = ['Straße', 'ΟΔΟΣ', 'ревью', 'İş', '設計 レビュー', 'R&D'].map((name, index) => ({
      id: `c${index}`,
      name,
      side: 'leading',
      aliases: [],
      archived: false,
    }));
    for (const [typed, id] of [
      ['STRASSE', 'c0'],
      ['οδος', 'c1'],
      ['РЕВЬЮ', 'c2'],
      ['iş', 'c3'],
      ['設計-レビュー', 'c4'],
      ['r&d', 'c5'],
    ]) {
      expect([typed, findCategory(typed!, own)]).toMatchObject([typed, { kind: 'found', category: { id } }]);
    }
  });

  test('any text gets an answer', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        expect(['found', 'ambiguous', 'unknown']).toContain(findCategory(text, defaultCategories).kind);
      }),
    );
  });
});

describe('naming a category', () => {
  test.each([
    ['', 'empty'],
    [' \u200b', 'empty'],
    ['x'.repeat(41), 'too-long'],
    ['Review', 'taken'],
    ['code-review', 'taken'],
    ['30m', 'not-typeable'],
    ['friday', 'not-typeable'],
    ['friday demo', 'not-typeable'],
    ['build, deploy', 'not-typeable'],
    ['build,', 'not-typeable'],
    ['build.', 'not-typeable'],
    [' -- x', 'not-typeable'],
    ['build -- deploy', 'not-typeable'],
    ['5h', 'not-typeable'],
    ['2027', 'not-typeable'],
    ['today', 'not-typeable'],
    ['1h review', 'not-typeable'],
    ['the "thing"', 'not-typeable'],
    ['9-10', 'not-typeable'],
    ['@home', 'not-typeable'],
  ])('%j is refused: %s', (name, kind) => {
    expect(problemWithName(name, defaultCategories)).toMatchObject({ kind });
  });

  test.each([
    'security',
    'R&D',
    'deep work',
    'on-site',
    '設計',
    "devs' guild",
    'C++',
    '24/7 🚀',
    'talks with customers',
    'Q&A <3',
  ])('%j is fine', (name) => {
    expect(problemWithName(name, defaultCategories)).toBeUndefined();
  });
});

describe('targets and shares', () => {
  test('ten points an engineer, up to forty', () => {
    const floors = [0, 1, 2, 3, 4, 5, 40].map((engineers) => floorOf({ targetPercent: null, engineers }));
    expect(floors).toEqual([0, 10, 20, 30, 40, 40, 40]);
  });

  test('hours add up by side and category, the most first', () => {
    const sums = totals(
      [
        draft({ minutes: 45 }),
        draft({ minutes: 30, categoryId: 'planning' }),
        draft({ minutes: 15 }),
        draft({ minutes: 120, categoryId: 'coding', side: 'coding' }),
        draft({ minutes: 480, categoryId: 'leave', side: 'neither' }),
      ],
      defaultCategories,
    );
    expect(sums).toEqual({
      minutes: 690,
      counted: 210,
      bySide: { coding: 120, leading: 90, neither: 480 },
      byCategory: [
        { categoryId: 'leave', name: 'leave', side: 'neither', minutes: 480 },
        { categoryId: 'coding', name: 'coding', side: 'coding', minutes: 120 },
        { categoryId: 'review', name: 'review', side: 'leading', minutes: 60 },
        { categoryId: 'planning', name: 'planning', side: 'leading', minutes: 30 },
      ],
    });
  });

  test('leave counts on no side', () => {
    expect(totals([], []).counted).toBe(0);
    expect(totals([draft({ side: 'neither', categoryId: 'leave' })], []).counted).toBe(0);
  });

  test('history keeps its side and shows the new name', () => {
    const moved = [{ ...category('review'), name: 'code review', side: 'coding' as const }];
    const sums = totals([draft({ side: 'leading' }), draft({ side: 'coding', minutes: 30 })], moved);
    expect(sums.bySide).toEqual({ coding: 30, leading: 60, neither: 0 });
    expect(sums.byCategory.map(({ name, side }) => `${name} ${side}`)).toEqual([
      'code review leading',
      'code review coding',
    ]);
  });

  test.each([
    [450, 1080, 40, 42],
    [570, 1320, 40, 43],
    [396, 1000, 40, 39],
    [399, 1000, 40, 39],
    [400, 1000, 40, 40],
    [29, 100, 0, 29],
    [295, 1000, 30, 29],
    [394, 1000, 40, 39],
    [0, 60, 40, 0],
    [60, 60, 40, 100],
  ])('%i of %i minutes under a floor of %i is %i %%', (part, whole, floor, percent) => {
    expect(wholePercent(part, whole, floor)).toBe(percent);
  });

  test('the percentage never tells another story than the floor', () => {
    const minutes = fc.integer({ min: 0, max: 6000 });
    fc.assert(
      fc.property(minutes, minutes, fc.integer({ min: 0, max: 100 }), (part, rest, floor) => {
        fc.pre(part + rest > 0);
        const percent = wholePercent(part, part + rest, floor)!;
        expect(percent < floor).toBe(isBelowFloor(part, part + rest, floor));
        expect(Math.abs(percent - (part * 100) / (part + rest))).toBeLessThan(1);
      }),
    );
    expect(wholePercent(0, 0, 40)).toBeNull();
  });
});

describe('days', () => {
  test('empty ones are working days that have come, with nothing logged', () => {
    const working = weekDays({ year: 2026, week: 47 }).slice(0, 5);
    const logged = [entry({ day: day('2026-11-16') }), entry({ day: day('2026-11-18'), side: 'neither' })];
    const empty = (today: string) => emptyDays(working, logged, day(today)).map(String);
    expect(empty('2026-11-20')).toEqual(['2026-11-17', '2026-11-19', '2026-11-20']);
    expect(empty('2026-11-17')).toEqual(['2026-11-17']);
    expect(empty('2026-11-30')).toEqual(['2026-11-17', '2026-11-19', '2026-11-20']);
    expect(empty('2026-11-15')).toEqual([]);
  });

  test('hold what they have, old and new together', () => {
    const old = [entry({ minutes: 23 * 60 })];
    expect(exceededDays([draft({ minutes: 60 })], old, 'UTC')).toEqual([]);
    expect(exceededDays([draft({ minutes: 30 }), draft({ minutes: 31 })], old, 'UTC')).toEqual([
      { day: day('2026-11-19'), minutes: 1441, most: 1440 },
    ]);
    expect(exceededDays([draft({ day: day('2026-11-18'), minutes: 60 })], old, 'UTC')).toEqual([]);
  });

  test('are as long as the clocks make them', () => {
    expect(minutesInDay(day('2026-03-08'), 'America/New_York')).toBe(23 * 60);
    expect(minutesInDay(day('2026-11-01'), 'America/New_York')).toBe(25 * 60);
    expect(minutesInDay(day('2026-04-05'), 'Pacific/Auckland')).toBe(25 * 60);
    expect(minutesInDay(day('2026-11-01'), 'Asia/Kathmandu')).toBe(24 * 60);
    const full = draft({ day: day('2026-11-01'), minutes: 25 * 60 });
    expect(exceededDays([full], [], 'America/New_York')).toEqual([]);
    expect(exceededDays([full], [], 'UTC')).toHaveLength(1);
  });
});

describe('overlaps', () => {
  test('are pairs that share a moment', () => {
    const old = entry(clock('09:00', '10:00'));
    const touching = draft(clock('10:00', '11:00'));
    const inside = draft(clock('09:30', '09:45'));
    const around = draft(clock('08:00', '12:00'));
    expect(overlaps([touching], [old])).toEqual([]);
    expect(overlaps([inside], [old])).toEqual([{ draft: inside, other: old }]);
    expect(overlaps([draft()], [old, entry()])).toEqual([]);
    expect(overlaps([inside, around], [old])).toEqual([
      { draft: inside, other: old },
      { draft: inside, other: around },
      { draft: around, other: old },
    ]);
  });
});
