// The grammar of a logged line, `duration category [with @people] [when] [-- note]`: all of it understood, or
// nothing kept and every reason named.

import { plainText, unescaped } from '../../slack/typed-text.ts';
import { parseDay } from '../../time/days.parse.ts';
import { localDay } from '../../time/days.ts';
import { type DurationRefusal, parseDuration } from '../../time/durations.ts';
import { findCategory, fold, wholeNames } from './balance.categories.ts';
import { cut, type Part } from './balance.parse.pieces.ts';
import { type ClockRange, onDay, type RangeRefusal, readClockRange } from './balance.parse.range.ts';
import {
  adjoining,
  isWith,
  joined,
  readPeople,
  runs,
  type Span,
  spanAt,
  takeSpans,
  type Word,
} from './balance.parse.words.ts';
import { type Category, type Draft, exceededDays } from './balance.ts';

/** What a line is read against. `zone` is the lead's IANA zone. */
export interface LineContext {
  categories: readonly Category[];
  now: Temporal.Instant;
  zone: string;
}

type LogReading = { kind: 'parsed'; drafts: [Draft, ...Draft[]] } | Refused;

/** With at least one reason. */
export interface Refused {
  kind: 'refused';
  problems: [Problem, ...Problem[]];
}

/**
 * Why a line was refused. `part` is the entry it was found in, as typed; every other text is a piece of that.
 * All are plain text from outside: escape them before showing.
 */
export type Problem = { part: string } & (
  | { kind: 'no-duration' }
  | { kind: 'bad-duration'; text: string; why: DurationRefusal }
  | { kind: 'two-durations'; texts: string[] }
  /** `into-tomorrow`: it would run past midnight, into a day that has not been yet. */
  | { kind: 'bad-range'; text: string; why: RangeRefusal | 'into-tomorrow'; day: Temporal.PlainDate }
  | { kind: 'no-category' }
  | { kind: 'unknown-category'; text: string; nearest: Category[] }
  | { kind: 'ambiguous-category'; text: string; candidates: Category[] }
  | { kind: 'bad-day'; text: string }
  | { kind: 'two-days'; texts: string[] }
  | { kind: 'future-day'; text: string; day: Temporal.PlainDate }
  | { kind: 'too-long-ago'; text: string; day: Temporal.PlainDate; earliest: Temporal.PlainDate }
  /** `minutes` is what the line would put on that day, `most` what the day has. */
  | { kind: 'over-a-day'; day: Temporal.PlainDate; minutes: number; most: number }
  /** A name that is no mention; Slack only tells us who is meant when they are picked from its list. */
  | { kind: 'unknown-person'; text: string }
  | { kind: 'with-nobody' }
  | { kind: 'empty-note' }
  | { kind: 'two-notes' }
  | { kind: 'long-note'; length: number; most: number }
  | { kind: 'unclosed-quote'; text: string }
  | { kind: 'leftover'; words: string }
  | { kind: 'too-long'; most: number }
  | { kind: 'too-many'; count: number; most: number }
  | { kind: 'too-many-words'; most: number }
  /** After `/logtime week`. */
  | { kind: 'bad-week'; text: string; why: 'not-a-week' | 'no-such-week' }
  /** After a word that stands alone, as `undo` does. */
  | { kind: 'after-word'; word: string; words: string }
);

/** Letters in one go. A slash command can bring more than anyone types. */
const longestLine = 4000;
/** Entries in one go; a whole week fits. */
const mostEntries = 20;
/** Words in one entry, its note and the people not counted. */
const mostWords = 30;
export const longestNote = 500;
/** Days back that can still be logged. */
export const furthestBack = 366;

/**
 * Reads one or several entries. All or nothing: with any problem, no draft comes out.
 *
 * The order within an entry is free. Each entry has its own day, today when none is named; a day in one says
 * nothing about the next. The future is told by the day, not the minute, so a meeting can be logged while it is
 * still going on. An entry over midnight counts for the day it began and is refused while its end is tomorrow.
 */
export function parseLog(text: string, { categories, now, zone }: LineContext): LogReading {
  const parts = unescaped(text).length > longestLine ? [] : cut(text);
  const whole = plainText(text.slice(0, longestLine));
  if (unescaped(text).length > longestLine)
    return refused([{ kind: 'too-long', most: longestLine, part: whole }]);
  if (parts.length > mostEntries) {
    return refused([{ kind: 'too-many', count: parts.length, most: mostEntries, part: whole }]);
  }
  const known = wholeNames(categories);
  const today = localDay(now, zone);
  const readings = parts.map((part) => readPart(part, { categories, known, today, zone }));
  const problems = readings.flatMap((reading) => reading.problems);
  const drafts = readings.flatMap(({ draft }) => (draft ? [draft] : []));
  const [first, ...more] = drafts;
  if (problems.length > 0 || !first)
    return refused(problems.length > 0 ? problems : [{ kind: 'no-duration', part: whole }]);
  const full = exceededDays(drafts, [], zone);
  return full.length > 0
    ? refused(full.map((day) => ({ kind: 'over-a-day', ...day, part: whole })))
    : { kind: 'parsed', drafts: [first, ...more] };
}

export function refused(problems: Problem[]): Refused {
  const [first, ...more] = problems;
  if (!first) throw new Error('A refusal needs a reason');
  return { kind: 'refused', problems: [first, ...more] };
}

type WithoutPart<P> = P extends unknown ? Omit<P, 'part'> : never;
type Finding = WithoutPart<Problem>;

interface PartContext {
  categories: readonly Category[];
  /** The same, by every way of writing one in full (see `wholeNames`). */
  known: ReadonlyMap<string, Category>;
  today: Temporal.PlainDate;
  zone: string;
}

/** One entry: a draft, or what is wrong with it. */
function readPart(
  part: Part,
  { categories, known, today, zone }: PartContext,
): { draft?: Draft; problems: Problem[] } {
  const { people, words } = readPeople(part);
  if (words.length > mostWords) {
    return { problems: [{ kind: 'too-many-words', most: mostWords, part: part.text }] };
  }
  const findings: Finding[] = [];
  const complain = (finding: Finding) => findings.push(finding);

  const others = part.pieces.flatMap((piece) => (piece.kind === 'other' ? [piece.text] : []));
  const days = takeSpans(words, longestDay, (text) => readDay(text, today));
  // What is a category's own name, like `1-1`, is no time.
  const times = takeSpans(days.rest, longestTime, (text) =>
    known.has(fold(text)) ? undefined : readTime(text),
  );
  const whole = takeWholeCategory(withoutOf(times), known);
  const named = takeNames(whole.rest, complain);

  const day = settleDay(days.found, today, complain);
  const time = settleTime(times.found, named, complain);
  const { category, rest } = whole.category
    ? { category: whole.category, rest: time.rest }
    : settleCategory(time.rest, categories, complain);
  const note = settleNote(part, complain);
  const stretch = time.range && day ? settleRange(time.range, day, { today, zone }, complain) : undefined;
  const leftover = [...runs(rest), ...others].join(' ');
  if (leftover !== '') complain({ kind: 'leftover', words: leftover });

  const minutes = time.minutes ?? stretch?.minutes;
  if (findings.length > 0 || !category || !day || minutes === undefined) {
    return { problems: findings.map((finding) => ({ ...finding, part: part.text })) };
  }
  const draft: Draft = {
    day,
    minutes,
    categoryId: category.id,
    side: category.side,
    people,
    note,
    startsAt: stretch?.startsAt ?? null,
    endsAt: stretch?.endsAt ?? null,
  };
  return { draft, problems: [] };
}

/** "on fri 20 nov 2026" */
const longestDay = 5;

function readDay(text: string, today: Temporal.PlainDate): Temporal.PlainDate | 'no-such-day' | undefined {
  const reading = parseDay(text, today, 'past');
  if (reading.kind === 'day') return reading.day;
  return reading.why === 'no-such-day' ? 'no-such-day' : undefined;
}

/** "from 9:00 to 10:30 am", "two and a half hours" */
const longestTime = 5;

type Time = { kind: 'range'; range: ClockRange } | { kind: 'duration'; minutes: number };

function readTime(text: string): Time | undefined {
  const duration = parseDuration(text);
  if (duration.kind === 'duration') return { kind: 'duration', minutes: duration.minutes };
  const range = readClockRange(text);
  return range && { kind: 'range', range };
}

/** "half an hour of mentoring" */
function withoutOf({ found, rest }: { found: Span<Time>[]; rest: Word[] }): Word[] {
  return rest.filter(
    ({ text, index }) => text.toLowerCase() !== 'of' || !found.some(({ end }) => end === index),
  );
}

/** The longest run of words that is a category's name or alias in full, the leftmost of several. */
function takeWholeCategory(
  words: readonly Word[],
  known: ReadonlyMap<string, Category>,
): { category: Category | undefined; rest: readonly Word[] } {
  for (let length = words.length; length > 0; length -= 1) {
    for (let at = 0; at + length <= words.length; at += 1) {
      const span = words.slice(at, at + length);
      if (adjoining(words, at, length) < length || !isSolid(span)) continue;
      const category = known.get(fold(joined(span)));
      if (category) return { category, rest: [...words.slice(0, at), ...words.slice(at + length)] };
    }
  }
  return { category: undefined, rest: words };
}

/** A lone hyphen weighs nothing when spellings are compared, but it was typed and belongs to no name's edge. */
function isSolid(span: readonly Word[]): boolean {
  return [span.at(0), span.at(-1)].every((word) => word !== undefined && fold(word.text) !== '');
}

/** Names that are no mentions: after "with", or with an @ that Slack did not recognize. */
function takeNames(words: readonly Word[], complain: (finding: Finding) => void): Word[] {
  const rest: Word[] = [];
  for (let at = 0; at < words.length; ) {
    const { text } = words[at]!;
    const length = isWith(text) ? adjoining(words, at, words.length) : 1;
    const names = joined(words.slice(at + 1, at + length));
    if (isWith(text))
      complain(names === '' ? { kind: 'with-nobody' } : { kind: 'unknown-person', text: names });
    else if (text.startsWith('@')) complain({ kind: 'unknown-person', text });
    else rest.push(words[at]!);
    at += length;
  }
  return rest;
}

function settleDay(
  found: Span<Temporal.PlainDate | 'no-such-day'>[],
  today: Temporal.PlainDate,
  complain: (finding: Finding) => void,
): Temporal.PlainDate | undefined {
  const [first, ...more] = found;
  if (!first) return today;
  const { value: day, text } = first;
  const earliest = today.subtract({ days: furthestBack });
  if (more.length > 0) complain({ kind: 'two-days', texts: found.map((span) => span.text) });
  else if (day === 'no-such-day') complain({ kind: 'bad-day', text });
  else if (Temporal.PlainDate.compare(day, today) > 0) complain({ kind: 'future-day', text, day });
  else if (Temporal.PlainDate.compare(day, earliest) < 0)
    complain({ kind: 'too-long-ago', text, day, earliest });
  else return day;
  return undefined;
}

/** The one duration or range; without any, the word that comes closest to one is named. */
function settleTime(
  found: Span<Time>[],
  words: Word[],
  complain: (finding: Finding) => void,
): { minutes?: number; range?: { range: ClockRange; text: string }; rest: Word[] } {
  const [first, ...more] = found;
  if (first && more.length > 0) {
    complain({ kind: 'two-durations', texts: found.map((span) => span.text) });
    return { rest: words };
  }
  if (first?.value.kind === 'duration') return { minutes: first.value.minutes, rest: words };
  if (first?.value.kind === 'range')
    return { range: { range: first.value.range, text: first.text }, rest: words };
  for (const [at, word] of words.entries()) {
    const bad = spanAt(words, at, 2, (text) => {
      const reading = parseDuration(text);
      return reading.kind === 'refused' && reading.why !== 'unreadable' ? reading.why : undefined;
    });
    const looksLikeOne = /^[-−+]?[.,]?\p{Nd}/u.test(word.text);
    if (!bad && !looksLikeOne) continue;
    complain({
      kind: 'bad-duration',
      text: bad?.span.text ?? word.text,
      why: bad?.span.value ?? 'unreadable',
    });
    return { rest: words.toSpliced(at, bad?.length ?? 1) };
  }
  complain({ kind: 'no-duration' });
  return { rest: words };
}

function settleRange(
  { range, text }: { range: ClockRange; text: string },
  day: Temporal.PlainDate,
  { today, zone }: Pick<PartContext, 'today' | 'zone'>,
  complain: (finding: Finding) => void,
) {
  const reading = onDay(range, day, zone);
  if (reading.kind === 'refused') complain({ kind: 'bad-range', text, why: reading.why, day });
  else if (reading.overMidnight && day.equals(today))
    complain({ kind: 'bad-range', text, why: 'into-tomorrow', day });
  else return reading;
  return undefined;
}

/** Below this a beginning followed by other words is not worth a guess. */
const shortestBeginning = 3;

/** The category by a beginning; what stood with it and is no part of it is left over. */
function settleCategory(
  words: readonly Word[],
  categories: readonly Category[],
  complain: (finding: Finding) => void,
): { category?: Category; rest: readonly Word[] } {
  const length = words.length === 0 ? 0 : adjoining(words, 0, words.length);
  if (length === 0) {
    complain({ kind: 'no-category' });
    return { rest: words };
  }
  const text = joined(words.slice(0, length));
  const match = findCategory(text, categories);
  if (match.kind === 'found') return { category: match.category, rest: words.slice(length) };
  if (match.kind === 'ambiguous') {
    complain({ kind: 'ambiguous-category', text, candidates: match.candidates });
    return { rest: words.slice(length) };
  }
  const beginning = words[0]!.text;
  const first = length > 1 && beginning.length >= shortestBeginning && findCategory(beginning, categories);
  if (first && first.kind === 'found') {
    return { category: first.category, rest: words.slice(1) };
  }
  complain({ kind: 'unknown-category', text, nearest: match.nearest });
  return { rest: words.slice(length) };
}

function settleNote({ notes, unclosed }: Part, complain: (finding: Finding) => void): string | null {
  if (unclosed !== null) complain({ kind: 'unclosed-quote', text: unclosed });
  const [note, ...more] = notes;
  if (note === undefined) return null;
  // As Slack counts the letters of a form's field, so that what is kept fits there again.
  const { length } = note;
  if (more.length > 0) complain({ kind: 'two-notes' });
  else if (length === 0) complain({ kind: 'empty-note' });
  else if (length > longestNote) complain({ kind: 'long-note', length, most: longestNote });
  return note;
}
