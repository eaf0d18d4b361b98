// Typed text: what Slack and phones made of it is undone, and nothing that was typed is lost.

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseDelegateCommand } from '../../src/rooms/delegation/delegation.parse.ts';
import { parseCommand } from '../../src/rooms/one-on-ones/one-on-ones.parse.ts';
import { parsePostmortemCommand } from '../../src/rooms/postmortems/postmortems.parse.ts';
import { parseRetroCommand } from '../../src/rooms/retros/retros.parse.ts';
import { escaped } from '../../src/slack/blocks.ts';
import {
  closingQuote,
  onOneLine,
  plainText,
  plainWord,
  unescaped,
  withoutUnseen,
} from '../../src/slack/typed-text.ts';

const family = '👩‍👩‍👧';
const england = '🏴󠁧󠁢󠁥󠁮󠁧󠁿';
const persian = 'می‌خواهم';

describe('text for people', () => {
  test.each([
    ['<@U1|ann> and <@U2>', '@ann and @U2'],
    ['<#C1|ops> and <#C2|>', '#ops and #C2'],
    ['<!here> <!channel|channel> <!subteam^S1|@platform>', '@here @channel @platform'],
    ['<!date^1763650800^{date_short}|20 Nov 2026>', '20 Nov 2026'],
    ['<https://x.test/a?b=1&amp;c=2>', 'https://x.test/a?b=1&c=2'],
    // Slack makes a link of what was typed without a scheme; that is no label of its own.
    ['<http://x.test|x.test> <mailto:ann@x.test|ann@x.test>', 'x.test ann@x.test'],
    ['<https://x.test/a|the graph>', 'the graph (https://x.test/a)'],
    ['R&amp;D &lt;3 &amp;lt;', 'R&D <3 &lt;'],
    ['a &lt; b and c &gt; d', 'a < b and c > d'],
    ['a < b and c > d', 'a < b and c > d'],
    ['  two\n lines\u2028and\ta\u00a0tab\u0000', 'two lines and a tab'],
    ['zero\u200bwidth, soft\u00adhyphen\ufeff, \u202eturned\u202c', 'zerowidth, softhyphen, turned'],
    ['don’t “quote” — me', 'don’t “quote” — me'],
    [`${family} ${england} ${persian} ½ Cafe\u0301`, `${family} ${england} ${persian} ½ Café`],
    ['\u200d \u200f', ''],
    ['\ud800x', '\ufffdx'],
  ])('%j is %j', (typed, expected) => {
    expect(plainText(typed)).toBe(expected);
  });

  test('what people can see survives the way through Slack and back, save for spaces', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (typed) => {
        expect(unescaped(escaped(typed))).toBe(typed);
        expect(plainText(escaped(typed))).toBe(onOneLine(typed));
        expect(onOneLine(onOneLine(typed))).toBe(onOneLine(typed));
        const seen = (text: string) => text.normalize('NFC').replace(/[\s\p{C}]/gu, '');
        expect(seen(onOneLine(typed))).toBe(seen(typed));
      }),
      { numRuns: 2_000 },
    );
  });

  test('line breaks stay where a text may have several lines', () => {
    expect(withoutUnseen(` one\n\ntwo ${family}\u200b \n`)).toBe(`one\n\ntwo ${family}`);
  });

  test('what no database takes is left out', () => {
    expect(withoutUnseen('a\u0000b\u0007\u001b[31m\tc\nd\ud800')).toBe('ab[31m\tc\nd\ufffd');
  });
});

test('words are compared without what cannot be seen', () => {
  expect(plainWord('\u200f１h\u200e')).toBe('1h');
  expect(plainWord('re\u200bview\u0000')).toBe('review');
  expect(plainWord('R&amp;D')).toBe('R&D');
});

test.each([
  ['"a "b', 3],
  ['“a" b', 2],
  ['«a', -1],
  ["'don't' x", 6],
  ["'tis", -1],
])('the quote of %j is closed at %i', (text, end) => {
  expect(closingQuote(text, 0)).toBe(end);
});

describe('every command keeps what was typed', () => {
  const said = `${family} don’t lose ½ of R&amp;D — ask <@U2|bob> in <#C2|ops>, see <https://x.test/a|the graph>`;
  const plain = `${family} don’t lose ½ of R&D — ask @bob in #ops, see the graph (https://x.test/a)`;
  const now = Temporal.Instant.from('2026-11-16T10:00Z');

  test('a point for a 1:1', () => {
    const command = parseCommand(`point <@U0A|ann> ${said}`, Temporal.PlainDateTime.from('2026-11-16T10:00'));
    expect(command).toEqual({ kind: 'point', personId: 'U0A', words: plain });
  });

  test('why a retrospective is skipped', () => {
    expect(parseRetroCommand(`\u200bＳkip because ${said.replace(' in <#C2|ops>', '')}`)).toMatchObject({
      kind: 'skip',
      reason: plain.replace(' in #ops', ''),
    });
  });

  test('a note of a post-mortem, whose mentions wait for their names', () => {
    const command = parsePostmortemCommand(`note ${said}`, { now, zone: 'UTC', channelId: 'C1' });
    expect(command).toMatchObject({
      text: plain.replace('@bob', '<@U2|bob>').replace('#ops', '<#C2|ops>'),
    });
  });

  test('what is delegated, and why them', () => {
    const context = { now, zone: 'UTC', leadId: 'ULEAD' };
    expect(
      parseDelegateCommand(`<@U0A|ann> "${family} R&amp;D" at advise -- ${family} ½`, context),
    ).toMatchObject({
      line: { title: `${family} R&D`, why: `${family} ½` },
    });
  });
});
