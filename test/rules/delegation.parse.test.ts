// The grammar of `/delegate`: what it understands, what it refuses and why, and ten thousand lines of anything.

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { levels, readLevel } from '../../src/rooms/delegation/delegation.levels.ts';
import { parseDelegateCommand } from '../../src/rooms/delegation/delegation.parse.ts';
import { sentence } from '../../src/rooms/delegation/delegation.refusals.ts';
import { longestTitle, longestWords } from '../../src/rooms/delegation/delegation.ts';

const now = Temporal.Instant.from('2026-11-16T09:00Z'); // a Monday
const context = { now, zone: 'Europe/Berlin', leadId: 'ULEAD' };
const read = (text: string) => parseDelegateCommand(text, context);
const a = '<@U0A|duarte>';
const day = (text: string) => Temporal.PlainDate.from(text);

const given = (text: string) => {
  const command = read(text);
  if (command.kind !== 'give') throw new Error(`${text}: ${JSON.stringify(command)}`);
  const { personId, title, level, until, why } = command.line;
  return { personId, title, level, until: until?.toString() ?? null, why };
};
const problems = (text: string) => {
  const command = read(text);
  return command.kind === 'refused' ? command.problems.map(({ kind }) => kind) : [command.kind];
};

const cache = { personId: 'U0A', title: 'the cache redesign', level: 5, until: '2026-12-12', why: null };

test.each([
  [`${a} the cache redesign at advise until 12 dec`],
  [`${a} the cache redesign until 12 dec at advise`],
  [`${a} the cache redesign AT Level 5 until sat 12 december`],
  [`the cache redesign to ${a} at advise until 2026-12-12`],
  [`the cache redesign at 5 until 12 dec to ${a}`],
  [`the cache redesign at 5 to ${a} until 12 dec`],
  [`${a} "the cache redesign" at advice until dec 12th`],
  [`${a} “the cache redesign” at advise until 12 dec`],
  [`${a}  the\tcache   redesign at advise until 12 dec `],
  [`${a} the cache redesign at advise by 12 dec`],
  [`${a} the cache redesign by 12 dec at advise`],
  [`${a} the cache redesign till 12 dec at advise`],
])('reads %s', (text) => expect(given(text)).toEqual(cache));

test('a reason stands after two dashes, or the long dash a phone makes of them', () => {
  const why = 'you asked for design work - twice';
  expect(given(`${a} the cache redesign at advise until 12 dec -- ${why}`)).toEqual({ ...cache, why });
  expect(given(`${a} the cache redesign at advise until 12 dec —${why}`)).toEqual({ ...cache, why });
  expect(given(`${a} write-ahead logs at advise`)).toMatchObject({ title: 'write-ahead logs', why: null });
});

test('an end can be the end of a month, or so many weeks from now', () => {
  expect(given(`${a} the parser until end of january`).until).toBe('2027-01-31');
  expect(given(`${a} the parser for 2 weeks at advise`).until).toBe('2026-11-30');
  expect(given(`${a} the parser through friday`).until).toBe('2026-11-20');
  // Words of many meanings stay in the name.
  expect(given(`${a} the talk for 2 teams by Ada`).title).toBe('the talk for 2 teams by Ada');
});

test('an end that is not wholly read is no part of the name', () => {
  expect(read(`${a} the parser until 31 Dec at 23:59 at advise`)).toMatchObject({
    problems: [{ kind: 'with-clock', text: '31 Dec at 23:59' }],
  });
  expect(problems(`${a} the parser at advise until 31 dec at 23:59`)).toEqual(['with-clock']);
  expect(problems(`${a} the parser until 31 dec 23.59`)).toEqual(['with-clock']);
  expect(problems(`${a} the parser until 31 dec or so`)).toEqual(['leftover']);
  expect(problems(`${a} the parser for 2 weeks at 9 at advise`)).toEqual(['leftover']);
  expect(problems(`${a} the parser until 31 nov at noon at advise`)).toEqual(['bad-day']);
});

test('level and end may be missing; the form asks for the level', () => {
  expect(given(`${a} the parser`)).toEqual({
    personId: 'U0A',
    title: 'the parser',
    level: null,
    until: null,
    why: null,
  });
});

test('every level is read by its name, its number and its other words', () => {
  for (const { level, name, aliases } of levels) {
    for (const typed of [name, String(level), `level ${level}`, ...aliases]) {
      expect([typed, given(`${a} the parser at ${typed}`).level]).toEqual([typed, level]);
    }
  }
  expect(new Set(levels.flatMap(({ name, aliases }) => [name, ...aliases])).size).toBe(
    levels.flatMap(({ name, aliases }) => [name, ...aliases]).length,
  );
});

test('a name may hold what looks like a clause, once the clause itself is there or the name is quoted', () => {
  expect(given(`${a} the meeting at noon at consult`)).toMatchObject({
    title: 'the meeting at noon',
    level: 3,
  });
  expect(given(`${a} "hold until green" at agree`)).toMatchObject({ title: 'hold until green', level: 4 });
  expect(given(`${a} tickets &lt;3 &amp; <#C1|platform> at tell`)).toMatchObject({
    title: 'tickets <3 & #platform',
  });
});

test.each([
  ['', ['form']],
  ['help', ['help']],
  ['?', ['help']],
  ['list', ['list']],
  [a, ['person']],
  [`list ${a}`, ['person']],
  ['list them', ['leftover']],
  ['help me', ['leftover']],
  ['the parser at advise', ['no-person']],
  ['@duarte the parser', ['unknown-person']],
  [`${a} <@U0B|shanice> the parser`, ['two-people']],
  [`the parser ${a} at advise`, ['person-in-the-middle']],
  ['<@ULEAD|maren> the parser at advise', ['yourself']],
  [`${a} at advise`, ['no-title']],
  [`${a} the parser at advize`, ['unknown-level']],
  [`${a} the parser at`, ['no-level-named']],
  [`${a} the parser at advise at tell`, ['two-levels']],
  [`${a} the parser until soon`, ['bad-day']],
  [`${a} the parser until 30 feb`, ['bad-day']],
  [`${a} the parser until`, ['no-day-named']],
  [`${a} the parser until 12 dec until 13 dec`, ['two-days']],
  [`${a} the parser until 2026-11-16`, ['not-ahead']],
  [`${a} the parser until yesterday`, ['not-ahead']],
  [`${a} the parser until 15 nov`, ['which-year']],
  [`${a} the parser until 2031-01-01`, ['too-far']],
  [`${a} the parser at advise until 12 dec please`, ['leftover']],
  [`${a} the parser at advise now`, ['leftover']],
  [`${a} "the parser" quickly at advise`, ['leftover']],
  [`the parser to ${a} quickly at advise`, ['leftover']],
  [`${a} the parser --`, ['empty-why']],
  [`${a} "the parser at advise`, ['unclosed-quote']],
  [`${a} ${'x'.repeat(longestTitle + 1)} at tell`, ['long-title']],
  [`${a} the parser at tell -- ${'x'.repeat(longestWords + 1)}`, ['long-why']],
  ['x'.repeat(3001), ['too-long']],
  [`${a} the parser at advize until soon`, ['bad-day', 'unknown-level']],
])('%s is %j', (text, expected) => expect(problems(text)).toEqual(expected));

test('what is left over is named as it was typed', () => {
  expect(read(`${a} the parser at advise until 12 dec pretty please`)).toEqual({
    kind: 'refused',
    problems: [{ kind: 'leftover', words: 'pretty please' }],
  });
});

describe('ten thousand lines', () => {
  const pieces = fc.oneof(
    fc.constantFrom(
      a,
      '<@U0B>',
      '<@ULEAD|maren>',
      '@duarte',
      '<#C1|platform>',
      '<https://x.test|x>',
      '<!here>',
    ),
    fc.constantFrom(
      'at',
      'until',
      'to',
      'list',
      'help',
      '--',
      '—',
      '"',
      '“',
      '”',
      '?',
      'level',
      'AT',
      'Until',
    ),
    fc.constantFrom('advise', 'tell', '5', '12 dec', 'friday', '2026-12-12', 'next', 'in 2 weeks', '30 feb'),
    fc.constantFrom('the', 'cache', 'redesign', '&lt;b&gt;', '&amp;', '*bold*', '`code`', '\u202e', '\u0000'),
    fc.string({ unit: 'binary', maxLength: 12 }),
  );
  const lines = fc
    .array(pieces, { maxLength: 14 })
    .chain((parts) => fc.constantFrom(' ', '', '  ', '\n').map((between) => parts.join(between)));

  test('never crash, never come out half, and each refusal says something', () => {
    fc.assert(
      fc.property(lines, (text) => {
        const command = read(text);
        if (command.kind === 'give') {
          const { personId, title, level, until, why } = command.line;
          expect(personId).toMatch(/^[UW][A-Z0-9]+$/);
          expect(personId).not.toBe('ULEAD');
          expect(title.length).toBeGreaterThan(0);
          expect(title.length).toBeLessThanOrEqual(longestTitle);
          expect(title).not.toMatch(/[\p{Cc}\u202e]/u);
          expect(level === null || (level >= 1 && level <= 7)).toBe(true);
          expect(until === null || Temporal.PlainDate.compare(until, day('2026-11-16')) > 0).toBe(true);
          expect(why === null || (why.length > 0 && why.length <= longestWords)).toBe(true);
        }
        if (command.kind === 'refused') {
          expect(command.problems.length).toBeGreaterThan(0);
          for (const problem of command.problems) {
            const words = sentence(problem);
            // An instruction: something to type, pick, put, close, or leave out.
            expect(words).toMatch(
              /Leave|leave|Put|Pick|pick|Try|Type|Close|Say|expect|form|most|name the one/,
            );
            expect(words).not.toMatch(/<[@!#h]/);
          }
        }
      }),
      { numRuns: 10_000 },
    );
  });

  test('what was meant comes back from a line that says it in full', () => {
    const titles = fc
      .array(fc.constantFrom('the', 'cache', 'at', 'noon', 'until', 'green', 'to', 'R&D', '<b>', '5'), {
        minLength: 1,
        maxLength: 8,
      })
      .map((words) => words.join(' '));
    const encode = (text: string) =>
      text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
    fc.assert(
      fc.property(
        titles,
        fc.constantFrom(...levels.map(({ name }) => name)),
        fc.option(fc.integer({ min: 1, max: 700 })),
        fc.option(titles),
        fc.boolean(),
        (title, level, ahead, why, dayFirst) => {
          const until = ahead === null ? null : day('2026-11-16').add({ days: ahead }).toString();
          const clauses = [`at ${level}`, ...(until ? [`until ${until}`] : [])];
          const line = `${a} "${encode(title)}" ${(dayFirst ? clauses.reverse() : clauses).join(' ')}${why ? ` -- ${encode(why)}` : ''}`;
          expect(given(line)).toEqual({ personId: 'U0A', title, level: readLevel(level), until, why });
        },
      ),
      { numRuns: 2_000 },
    );
  });
});
