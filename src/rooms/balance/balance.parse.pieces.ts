// Cuts what was typed after `/logtime` into entries, and each entry into words, people and notes.

import {
  closingQuote,
  doubleQuotes,
  longDash,
  matchAt,
  personCode,
  plainText,
  plainWord,
  singleQuotes,
} from '../../slack/typed-text.ts';
import { clockSource } from '../../time/clock.ts';
import { isInNumber } from '../../words.ts';

type Piece =
  /** `text`: as it is compared; `typed`: as it is said back. */
  | { kind: 'word'; text: string; typed: string }
  | { kind: 'person'; id: string }
  /** A channel, a group, a link: nothing an entry is made of. */
  | { kind: 'other'; text: string };

/** One entry as typed. All texts are plain, with Slack's markup undone. */
export interface Part {
  text: string;
  pieces: Piece[];
  notes: string[];
  /** A quote that was opened and not closed, from the quote on. */
  unclosed: string | null;
}

const blank = /[\s\p{Cc}]/u;
// Sticky, and each with a bounded or single repetition: whatever is typed, reading stays linear.
const markup = /<([^<>]+)>/y;
const anotherPerson = /\s*(?:(?:and|&amp;|&|\+)\s*)?<@/iy;
const clockBefore = new RegExp(`(?:^|[\\s,])(?:${clockSource}|\\d{1,2})$`, 'i');
const clockAfter = new RegExp(`(?:${clockSource}|\\d{1,2})(?=$|[\\s,])`, 'iy');
const fullClockBefore = new RegExp(`(?:^|[\\s,])${clockSource}\\s+$`, 'i');
const fullClockAfter = new RegExp(`\\s+${clockSource}(?=$|[\\s,])`, 'iy');
const monthSource = '(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}';
const daySource = `(?:\\d{1,2}(?:st|nd|rd|th)? ?${monthSource}|${monthSource} ?\\d{1,2}|\\d{4}-\\d{1,2}-\\d{1,2})`;
const weekdaySource = '(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}';
const dayBefore = new RegExp(`(?:^|[\\s,])(?:${daySource}|${weekdaySource}|\\d{1,2})(?: \\d{4})?\\s*$`, 'i');
// A day that more words follow begins a note: "18 nov – 20 nov is when we ship".
const dayAfter = new RegExp(
  `\\s*(?:${daySource}(?: \\d{4})?|${weekdaySource})(?=\\s*(?:$|,|--|[–—"“„]))`,
  'iy',
);

/**
 * Entries are separated by new lines and commas. A comma does not separate inside a note, in a number (`1,5h`, `,5h`)
 * or between people. A note after a dash runs to the end of its line, so several entries with notes on one
 * line need quotes: `1h review "the parser, mostly", 30m planning "Q4"`.
 */
export function cut(text: string): Part[] {
  return text
    .toWellFormed()
    .split(/\r\n|[\n\r\u2028\u2029]/)
    .flatMap((line) => cutLine(line.replace(/^\s*[-*•·]\s+/, '')));
}

function cutLine(line: string): Part[] {
  const parts: Part[] = [];
  let part: Part = { text: '', pieces: [], notes: [], unclosed: null };
  let partStart = 0;
  let word = '';
  let at = 0;

  const endWord = () => {
    const text = plainWord(word);
    if (text !== '') part.pieces.push({ kind: 'word', text, typed: plainText(word) });
    word = '';
  };
  const endPart = (end: number) => {
    endWord();
    part.text = plainText(line.slice(partStart, end));
    if (part.pieces.length > 0 || part.notes.length > 0 || part.unclosed !== null) parts.push(part);
    part = { text: '', pieces: [], notes: [], unclosed: null };
  };

  while (at < line.length) {
    const letter = line[at]!;
    const marked = letter === '<' ? matchAt(markup, line, at) : null;
    const dash = matchAt(longDash, line, at);
    if (marked) {
      endWord();
      part.pieces.push(readCode(marked[0]));
      at += marked[0].length;
    } else if (dash && !joinsTimes(line, at, at + dash[0].length)) {
      endWord();
      part.notes.push(plainText(line.slice(at + dash[0].length)));
      at = line.length;
    } else if (doubleQuotes.includes(letter) || opensSingleQuote(line, at)) {
      endWord();
      const end = closingQuote(line, at);
      if (end === -1) {
        part.unclosed = plainText(line.slice(at));
        at = line.length;
      } else {
        part.notes.push(plainText(line.slice(at + 1, end)));
        at = end + 1;
      }
    } else if (letter === ',' || letter === '，') {
      if (isInNumber(line, at)) {
        word += letter;
      } else if (
        word === '' &&
        part.pieces.at(-1)?.kind === 'person' &&
        matchAt(anotherPerson, line, at + 1)
      ) {
        // "with @a, @b": the list of people goes on.
      } else {
        endPart(at);
        partStart = at + 1;
      }
      at += 1;
    } else {
      if (dash) {
        word += dash[0];
        at += dash[0].length;
        continue;
      }
      if (blank.test(letter)) endWord();
      else word += letter;
      at += 1;
    }
  }
  endPart(line.length);
  return parts;
}

/** A phone makes `9:00--10:30` and `21 dec – 31 dec` of a range; a dash between two clocks or days starts no note. */
function joinsTimes(line: string, start: number, end: number): boolean {
  // A clock time with what precedes it is at most nine letters long, a day not many more, and spaces rarely many.
  const before = line.slice(Math.max(0, start - 24), start);
  return (
    // Two hyphens between days are a note's; only what cannot be typed so is a dash.
    (line[start] !== '-' && dayBefore.test(before) && matchAt(dayAfter, line, end) !== null) ||
    (clockBefore.test(before) && matchAt(clockAfter, line, end) !== null) ||
    (fullClockBefore.test(before) && matchAt(fullClockAfter, line, end) !== null)
  );
}

/** A single quote opens a note only at the start of a word and when it is closed, so that "don't" is a word. */
function opensSingleQuote(line: string, at: number): boolean {
  if (!singleQuotes.includes(line[at]!)) return false;
  if (at > 0 && !/[\s,]/u.test(line[at - 1]!)) return false;
  return closingQuote(line, at) !== -1;
}

function readCode(code: string): Piece {
  const id = personCode.exec(code)?.[1];
  return id ? { kind: 'person', id } : { kind: 'other', text: plainText(code) };
}
