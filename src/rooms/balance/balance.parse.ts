// The grammar of a logged line, `duration category [with @people] [when] [-- note]`: all of it understood, or
// nothing kept and every reason named.

import { plainText, unescaped } from '../../slack/typed-text.ts';
import { parseDays } from '../../time/day-spans.ts';
import { type Direction, parseDay, type WhichYear } from '../../time/days.parse.ts';
import { localDay } from '../../time/days.ts';
import { type DurationRefusal, parseDuration, parseWorkdays } from '../../time/durations.ts';
import { type ClockRange, onDay, readClockRange, type StretchRefusal } from '../../time/stretches.ts';
import { isWorkingDay, type WorkingLife, workMinutes } from '../../time/working-days.ts';
import { findCategory, fold, wholeNames } from './balance.categories.ts';
import { cut, type Part } from './balance.parse.pieces.ts';
import {
  adjoining,
  asTyped,
  isWith,
  joined,
  readPeople,
  runs,
  type Span,
  spanAt,
  takeSpans,
  type Word,
} from './balance.parse.words.ts';
import { type Category, type Draft, exceededDays, isLeave } from './balance.ts';

/** What a line is read against. */
export interface LineContext {
  categories: readonly Category[];
  now: Temporal.Instant;
  /** Whose line it is: their zone, and how long a working day of theirs is. */
  life: WorkingLife;
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
  /** `workday`: minutes of a working day, where the number may be of those. */
  | { kind: 'bad-duration'; text: string; why: DurationRefusal; workday?: number }
  | { kind: 'two-durations'; texts: string[] }
  /** `to-come`: it has not begun. `into-tomorrow`: it would run past midnight, into a day that has not been yet. */
  | {
      kind: 'bad-range';
      text: string;
      why: StretchRefusal | 'into-tomorrow' | 'to-come';
      day: Temporal.PlainDate;
    }
  | { kind: 'no-category' }
  | { kind: 'unknown-category'; text: string; nearest: Category[] }
  | { kind: 'ambiguous-category'; text: string; candidates: Category[] }
  | { kind: 'bad-day'; text: string }
  | ({ kind: 'which-year'; text: string } & Pick<WhichYear, 'near' | 'far'>)
  /** Several days in a row: only leave is logged like that. */
  | { kind: 'several-days'; text: string }
  /** The last of them lies before the first, or further off than leave is kept. */
  | { kind: 'bad-days'; text: string; most: number }
  /** Nothing to take off: they do not work on any of those days. */
  | { kind: 'no-working-day'; text: string }
  | { kind: 'two-days'; texts: string[] }
  | { kind: 'future-day'; text: string; day: Temporal.PlainDate }
  | { kind: 'too-long-ago'; text: string; day: Temporal.PlainDate; earliest: Temporal.PlainDate }
  /** `minutes` is what the line would put on that day, `most` what the day has. */
  | { kind: 'over-a-day'; day: Temporal.PlainDate; minutes: number; most: number }
  /** More than can have passed of today: `minutes` in all, of `most` since the day began. A question, no more. */
  | { kind: 'ahead-of-the-clock'; day: Temporal.PlainDate; minutes: number; most: number }
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
/** Days back that can still be logged, and days ahead for leave. */
export const furthestBack = 366;
/** Days of leave in one entry, those off among them. */
const mostLeaveDays = 62;

/**
 * Reads one or several entries. All or nothing: with any problem, no draft comes out.
 *
 * The order within an entry is free. Each entry has its own day, today when none is named; a day in one says
 * nothing about the next. What has begun can be logged while it is still going on; what has not is leave, or a slip.
 * An entry over midnight counts for the day it began and is refused while its end is tomorrow. Leave is logged ahead
 * as well, and for several working days at once: `leave 21 dec - 31 dec`, `5d leave from 21 dec`.
 */
export function parseLog(text: string, { categories, now, life }: LineContext): LogReading {
  const parts = unescaped(text).length > longestLine ? [] : cut(text);
  const whole = plainText(text.slice(0, longestLine));
  if (unescaped(text).length > longestLine)
    return refused([{ kind: 'too-long', most: longestLine, part: whole }]);
  if (parts.length > mostEntries) {
    return refused([{ kind: 'too-many', count: parts.length, most: mostEntries, part: whole }]);
  }
  const known = wholeNames(categories);
  const today = localDay(now, life.timeZone);
  const readings = parts.map((part) => readPart(part, { categories, known, today, now, life }));
  const problems = readings.flatMap((reading) => reading.problems);
  const drafts = readings.flatMap((reading) => reading.drafts);
  const [first, ...more] = drafts;
  if (problems.length > 0 || !first)
    return refused(problems.length > 0 ? problems : [{ kind: 'no-duration', part: whole }]);
  const full = exceededDays(drafts, [], life.timeZone);
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
  now: Temporal.Instant;
  life: WorkingLife;
}

type PartReading = { drafts: Draft[]; problems: Problem[] };

/** One entry: its drafts, of which leave may have several, or what is wrong with it. */
function readPart(part: Part, context: PartContext, direction: Direction = 'past'): PartReading {
  const { categories, known, today } = context;
  const { people, words } = readPeople(part);
  if (words.length > mostWords) {
    return { drafts: [], problems: [{ kind: 'too-many-words', most: mostWords, part: part.text }] };
  }
  const findings: Finding[] = [];
  const complain = (finding: Finding) => findings.push(finding);

  const others = part.pieces.flatMap((piece) => (piece.kind === 'other' ? [piece.text] : []));
  const days = takeSpans(words, longestDays, (text) => readDays(text, today, direction));
  // What is a category's own name, like `1-1`, is no time.
  const times = takeSpans(days.rest, longestTime, (text) =>
    known.has(fold(text)) ? undefined : readTime(text),
  );
  const whole = takeWholeCategory(withoutOf(times), known);
  const named = takeNames(whole.rest, complain);

  const time = settleTime(times.found, named);
  const aboutCategory: Finding[] = [];
  const { category, rest } = whole.category
    ? { category: whole.category, rest: time.rest }
    : settleCategory(time.rest, categories, (finding) => aboutCategory.push(finding));
  const leave = category !== undefined && isLeave(category);
  // Leave is as often ahead as behind.
  if (leave && direction === 'past') return readPart(part, context, 'either');
  const when = settleDays(days.found, leave, today, complain);
  const trouble =
    leave && time.trouble
      ? ofLeave(time.trouble, when?.first ?? today, days.found.length > 0, context.life)
      : time.trouble;
  if (trouble) complain(trouble);
  findings.push(...aboutCategory);
  const note = settleNote(part, complain);
  const spent = when && !trouble ? settleSpent(time.time, when, leave, context, complain) : [];
  const leftover = [...runs(rest), ...others].join(' ');
  if (leftover !== '') complain({ kind: 'leftover', words: leftover });

  if (findings.length > 0 || !category) {
    return { drafts: [], problems: findings.map((finding) => ({ ...finding, part: part.text })) };
  }
  const { id: categoryId, side } = category;
  return {
    drafts: spent.map((one): Draft => ({ ...one, categoryId, side, people, note })),
    problems: [],
  };
}

/** "from 21 dec 2026 to 31 dec 2026" */
const longestDays = 8;

type Days = { first: Temporal.PlainDate; last: Temporal.PlainDate };
type DaysFound = Days | 'no-such-day' | 'backwards' | WhichYear;

function readDays(text: string, today: Temporal.PlainDate, direction: Direction): DaysFound | undefined {
  const one = parseDay(text.replace(/^from /i, ''), today, direction);
  if (one.kind === 'day') return { first: one.day, last: one.day };
  if (one.why === 'which-year') return one;
  if (one.why === 'no-such-day') return one.why;
  const several = parseDays(text, today, direction);
  if (several.kind === 'days') return several;
  return several.kind === 'refused' ? several.why : undefined;
}

/** "from 9:00 to 10:30 am", "two and a half hours" */
const longestTime = 5;

type Time =
  | { kind: 'range'; range: ClockRange }
  | { kind: 'duration'; minutes: number }
  | { kind: 'workdays'; days: number };

function readTime(text: string): Time | undefined {
  const duration = parseDuration(text);
  if (duration.kind === 'duration') return { kind: 'duration', minutes: duration.minutes };
  const days = parseWorkdays(text);
  if (days !== undefined) return { kind: 'workdays', days };
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
    const names = asTyped(words.slice(at + 1, at + length));
    if (isWith(text))
      complain(names === '' ? { kind: 'with-nobody' } : { kind: 'unknown-person', text: names });
    else if (text.startsWith('@')) complain({ kind: 'unknown-person', text: words[at]!.typed });
    else rest.push(words[at]!);
    at += length;
  }
  return rest;
}

/** The days it is for: today where none is named. */
function settleDays(
  found: Span<DaysFound>[],
  leave: boolean,
  today: Temporal.PlainDate,
  complain: (finding: Finding) => void,
): (Days & { text: string }) | undefined {
  const [span, ...more] = found;
  if (!span) return { first: today, last: today, text: 'today' };
  const { value, text } = span;
  const earliest = today.subtract({ days: furthestBack });
  if (more.length > 0) complain({ kind: 'two-days', texts: found.map((each) => each.text) });
  else if (value === 'no-such-day') complain({ kind: 'bad-day', text });
  else if (value === 'backwards') complain({ kind: 'bad-days', text, most: mostLeaveDays });
  else if ('near' in value) complain({ kind: 'which-year', text, near: value.near, far: value.far });
  else if (!leave && !value.first.equals(value.last)) complain({ kind: 'several-days', text });
  else if (!leave && Temporal.PlainDate.compare(value.first, today) > 0)
    complain({ kind: 'future-day', text, day: value.first });
  else if (Temporal.PlainDate.compare(value.first, earliest) < 0)
    complain({ kind: 'too-long-ago', text, day: value.first, earliest });
  else if (value.first.until(value.last).days >= mostLeaveDays || today.until(value.last).days > furthestBack)
    complain({ kind: 'bad-days', text, most: mostLeaveDays });
  else return { ...value, text };
  return undefined;
}

interface TimeFound {
  time?: Span<Time>;
  /** Why there is none. */
  trouble?: Finding;
  rest: Word[];
}

/** The one duration or range; without any, the word that comes closest to one is named. */
function settleTime([time, ...more]: Span<Time>[], words: Word[]): TimeFound {
  if (time && more.length > 0) {
    return {
      trouble: { kind: 'two-durations', texts: [time, ...more].map(({ text }) => text) },
      rest: words,
    };
  }
  if (time) return { time, rest: words };
  for (const [at, word] of words.entries()) {
    const bad = spanAt(words, at, 2, (text) => {
      const reading = parseDuration(text);
      return reading.kind === 'refused' && reading.why !== 'unreadable' ? reading.why : undefined;
    });
    const looksLikeOne = /^[-−+]?[.,]?\p{Nd}/u.test(word.text);
    if (!bad && !looksLikeOne) continue;
    return {
      trouble: {
        kind: 'bad-duration',
        text: bad?.span.text ?? word.typed,
        why: bad?.span.value ?? 'unreadable',
      },
      rest: words.toSpliced(at, bad?.length ?? 1),
    };
  }
  return { trouble: { kind: 'no-duration' }, rest: words };
}

/** What leave makes of a time that was not read: none is needed beside its days, and a bare number may be of days. */
function ofLeave(
  trouble: Finding,
  day: Temporal.PlainDate,
  daysNamed: boolean,
  life: WorkingLife,
): Finding | undefined {
  if (trouble.kind === 'no-duration' && daysNamed) return undefined;
  if (trouble.kind !== 'bad-duration' || trouble.why !== 'no-unit') return trouble;
  return { ...trouble, workday: workMinutes(life, day) };
}

type Spent = Pick<Draft, 'day' | 'minutes' | 'startsAt' | 'endsAt'>;

/** The time on each of the days. */
function settleSpent(
  time: Span<Time> | undefined,
  when: Days & { text: string },
  leave: boolean,
  { today, now, life }: PartContext,
  complain: (finding: Finding) => void,
): Spent[] {
  const { first: day, last, text: days } = when;
  const { value, text } = time ?? { value: { kind: 'workdays', days: 1 } as const, text: days };
  const several = !day.equals(last);
  const on = (each: Temporal.PlainDate, minutes: number): Spent => ({
    day: each,
    minutes,
    startsAt: null,
    endsAt: null,
  });
  switch (value.kind) {
    case 'range': {
      if (several) {
        complain({ kind: 'several-days', text: days });
        return [];
      }
      const reading = onDay(value.range, day, life.timeZone);
      if (reading.kind === 'refused') complain({ kind: 'bad-range', text, why: reading.why, day });
      else if (!leave && reading.overMidnight && day.equals(today))
        complain({ kind: 'bad-range', text, why: 'into-tomorrow', day });
      else if (!leave && Temporal.Instant.compare(reading.startsAt, now) > 0)
        complain({ kind: 'bad-range', text, why: 'to-come', day });
      else return [{ day, minutes: reading.minutes, startsAt: reading.startsAt, endsAt: reading.endsAt }];
      return [];
    }
    case 'duration': {
      if (!several) return [on(day, value.minutes)];
      const working = workingDaysFrom(day, last, life);
      if (working.length === 0) complain({ kind: 'no-working-day', text: days });
      return working.map((each) => on(each, value.minutes));
    }
    case 'workdays': {
      const part = (each: Temporal.PlainDate, share: number): Spent =>
        on(each, Math.max(1, Math.round(workMinutes(life, each) * share)));
      if (value.days <= 1) {
        // A day that is worked although it is none of theirs is as long as the others.
        const working = several || leave ? workingDaysFrom(day, last, life) : [day];
        if (working.length === 0) complain({ kind: 'no-working-day', text: days });
        return working.map((each) => part(each, value.days));
      }
      if (!leave) complain({ kind: 'several-days', text });
      else if (several) complain({ kind: 'two-durations', texts: [text, days] });
      else if (value.days > mostLeaveDays) complain({ kind: 'bad-days', text, most: mostLeaveDays });
      else {
        const working = workingDaysFrom(day, day.add({ days: 3 * mostLeaveDays }), life);
        const taken = working.slice(0, Math.ceil(value.days));
        if (taken.length === 0) complain({ kind: 'no-working-day', text: days });
        return taken.map((each, index) => part(each, Math.min(1, value.days - index)));
      }
      return [];
    }
  }
}

function workingDaysFrom(
  first: Temporal.PlainDate,
  last: Temporal.PlainDate,
  life: WorkingLife,
): Temporal.PlainDate[] {
  const found: Temporal.PlainDate[] = [];
  for (let day = first; Temporal.PlainDate.compare(day, last) <= 0; day = day.add({ days: 1 }))
    if (isWorkingDay(life, day)) found.push(day);
  return found;
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
  const text = asTyped(words.slice(0, length));
  const match = findCategory(joined(words.slice(0, length)), categories);
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
