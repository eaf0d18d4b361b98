// The grammar of `/delegate @person what [at level] [until day] [-- why them]`: all of it understood, or nothing kept.

import {
  closingQuote,
  doubleQuotes,
  longDash,
  matchAt,
  personCode,
  plainText,
  unescaped,
} from '../../slack/typed-text.ts';
import type { WhichYear } from '../../time/days.parse.ts';
import { localDay } from '../../time/days.ts';
import { readUntil, type UntilReading } from '../../time/until.ts';
import { troubleWithDay } from './delegation.check-ins.ts';
import { type Level, readLevel } from './delegation.levels.ts';
import { longestTitle, longestWords } from './delegation.ts';

interface DelegateContext {
  now: Temporal.Instant;
  /** The lead's IANA zone. */
  zone: string;
  /** Slack user id of who typed it. */
  leadId: string;
}

/** What a line said. `level` null: it named none. */
export interface DelegateLine {
  personId: string;
  title: string;
  level: Level | null;
  until: Temporal.PlainDate | null;
  why: string | null;
}

export type DelegateCommand =
  /** Nothing was typed: the empty form. */
  | { kind: 'form' }
  | { kind: 'help' }
  | { kind: 'list' }
  /** Only a person: their page. */
  | { kind: 'person'; personId: string }
  /** `level` may still be missing; then the form asks for it, the rest filled in. */
  | { kind: 'give'; line: DelegateLine }
  | { kind: 'refused'; problems: [Problem, ...Problem[]] };

/** Why a line was refused. All texts are plain text from outside: escape them before showing. */
export type Problem =
  | { kind: 'too-long'; most: number }
  | { kind: 'no-person' }
  /** A name that is no mention; Slack only tells us who is meant when they are picked from its list. */
  | { kind: 'unknown-person'; text: string }
  | { kind: 'two-people' }
  | { kind: 'person-in-the-middle' }
  | { kind: 'yourself' }
  | { kind: 'no-title' }
  | { kind: 'long-title'; length: number; most: number }
  | { kind: 'unknown-level'; text: string }
  | { kind: 'no-level-named' }
  | { kind: 'two-levels' }
  | { kind: 'bad-day'; text: string }
  | ({ kind: 'which-year'; text: string } & Pick<WhichYear, 'near' | 'far'>)
  /** A day with a clock: it ends on a day. */
  | { kind: 'with-clock'; text: string }
  | { kind: 'no-day-named' }
  | { kind: 'two-days' }
  | { kind: 'not-ahead' | 'too-far'; text: string }
  | { kind: 'empty-why' }
  | { kind: 'long-why'; length: number; most: number }
  | { kind: 'unclosed-quote'; text: string }
  | { kind: 'leftover'; words: string };

/** Letters in one go. A slash command can bring more than anyone types. */
const longestLine = 3000;
/** No day we understand takes more words. */
const mostDayWords = 8;

type Token =
  | { kind: 'person'; id: string }
  | { kind: 'word'; text: string }
  | { kind: 'quoted'; text: string };

/** Reads what stands after `/delegate`, as Slack sends it. Never throws. */
export function parseDelegateCommand(text: string, context: DelegateContext): DelegateCommand {
  if (unescaped(text).length > longestLine) return refused([{ kind: 'too-long', most: longestLine }]);
  const { tokens, why, unclosed } = cut(text.toWellFormed());
  if (unclosed !== null) return refused([{ kind: 'unclosed-quote', text: unclosed }]);
  const [first, second] = tokens;
  if (!first) return why === null ? { kind: 'form' } : refused([{ kind: 'no-person' }]);
  const word = first.kind === 'word' ? first.text.toLowerCase() : '';
  if (word === 'help' || word === '?' || word === 'list') {
    const rest = tokens.slice(1);
    if (rest.length === 0 && why === null) return { kind: word === 'list' ? 'list' : 'help' };
    if (word === 'list' && second?.kind === 'person' && rest.length === 1 && why === null) {
      return { kind: 'person', personId: second.id };
    }
    return refused([{ kind: 'leftover', words: joined(rest) || (why ?? '') }]);
  }
  return parseLine(tokens, why, context);
}

function parseLine(
  tokens: readonly Token[],
  why: string | null,
  { now, zone, leadId }: DelegateContext,
): DelegateCommand {
  const problems: Problem[] = [];
  const person = takePerson(tokens);
  if (person.kind === 'refused') return refused([person.problem]);
  if (person.id === leadId) problems.push({ kind: 'yourself' });

  const clauses = takeClauses(person.before, person.after, localDay(now, zone));
  problems.push(...clauses.problems);
  const { title, level, until } = clauses;
  if (title === '') {
    const alone = why === null && tokens.length === 1;
    if (alone && problems.length === 0) return { kind: 'person', personId: person.id };
    // With something else amiss, the missing name may only be the same slip seen twice.
    if (problems.length === 0) problems.push({ kind: 'no-title' });
  }
  if (title.length > longestTitle) {
    problems.push({ kind: 'long-title', length: title.length, most: longestTitle });
  }
  if (why === '') problems.push({ kind: 'empty-why' });
  if (why !== null && why.length > longestWords) {
    problems.push({ kind: 'long-why', length: why.length, most: longestWords });
  }
  return problems.length > 0
    ? refused(problems)
    : { kind: 'give', line: { personId: person.id, title, level, until, why } };
}

/** The person comes first, or after a `to`: `@A the parser`, `the parser to @A at advise`. */
function takePerson(
  tokens: readonly Token[],
):
  | { kind: 'found'; id: string; before: readonly Token[]; after: readonly Token[] }
  | { kind: 'refused'; problem: Problem } {
  const people = new Set(tokens.flatMap((token) => (token.kind === 'person' ? [token.id] : [])));
  const at = tokens.findIndex(({ kind }) => kind === 'person');
  const found = tokens[at];
  if (found?.kind !== 'person') {
    const named = tokens.find((token) => token.kind === 'word' && token.text.startsWith('@'));
    return {
      kind: 'refused',
      problem: named?.kind === 'word' ? { kind: 'unknown-person', text: named.text } : { kind: 'no-person' },
    };
  }
  if (people.size > 1) return { kind: 'refused', problem: { kind: 'two-people' } };
  const after = tokens.slice(at + 1);
  if (after.some(({ kind }) => kind === 'person'))
    return { kind: 'refused', problem: { kind: 'two-people' } };
  if (at === 0) return { kind: 'found', id: found.id, before: [], after };
  if (!isWord(tokens[at - 1], 'to')) return { kind: 'refused', problem: { kind: 'person-in-the-middle' } };
  return { kind: 'found', id: found.id, before: tokens.slice(0, at - 1), after };
}

interface Clauses {
  title: string;
  level: Level | null;
  until: Temporal.PlainDate | null;
  problems: Problem[];
}

/**
 * Takes `at level` and `until day` off the end, in either order. A second `at` that names no level belongs to what is
 * delegated, as in "the meeting at noon at consult"; the first one must name one, or a slip of the finger would end
 * up in the name.
 */
function takeClauses(before: readonly Token[], after: readonly Token[], today: Temporal.PlainDate): Clauses {
  const found: Clauses = { title: '', level: null, until: null, problems: [] };
  // Where the person follows the name (`the parser to @A at advise`), only clauses may follow the person.
  let name = before.length > 0 ? [...before] : [...after];
  const tail = before.length > 0 ? [...after] : [];
  takeFrom(tail, found, today);
  if (tail.length > 0) found.problems.push({ kind: 'leftover', words: joined(tail) });
  takeFrom(name, found, today);
  const [first] = name;
  if (first?.kind === 'quoted' && name.length > 1) {
    found.problems.push({ kind: 'leftover', words: joined(name.slice(1)) });
    name = [first];
  }
  found.title = joined(name);
  return found;
}

/** Shortens `tokens` by the clauses at its end. */
function takeFrom(tokens: Token[], found: Clauses, today: Temporal.PlainDate): void {
  for (;;) {
    let at = tokens.findLastIndex((_, index) => beginsClause(tokens, index, today));
    if (at === -1) return;
    let texts = textsFrom(tokens, at + 1);
    if (!texts) return;
    let isLevelClause = isWord(tokens[at], 'at');
    if (isLevelClause && !readsAsLevel(texts)) {
      // "until 31 dec at 23:59": the clock belongs to the day before it, and never to the name.
      const until = tokens.slice(0, at).findLastIndex((token, index) => {
        const word = [...untilWords, ...maybeUntilWords].find((one) => isWord(token, one));
        const ending = word === undefined ? undefined : textsFrom(tokens, index + 1);
        return (
          ending &&
          longestReadable(ending, mostDayWords, (text) => readEnd(`${word} ${text}`, today)) !== undefined
        );
      });
      if (until !== -1) [at, texts, isLevelClause] = [until, textsFrom(tokens, until + 1) ?? [], false];
      else if (found.level !== null) return;
    }
    const word = tokens[at];
    tokens.length = at;
    if (isLevelClause) takeLevel(texts, found);
    else takeDay(word?.kind === 'word' ? word.text : '', texts, found, today);
  }
}

const untilWords = ['until', 'till', 'til'];
/** Words of many meanings, which begin an end where one follows that is read whole. */
const maybeUntilWords = ['by', 'through', 'for'];

function beginsClause(tokens: readonly Token[], index: number, today: Temporal.PlainDate): boolean {
  const token = tokens[index];
  if (isWord(token, 'at') || untilWords.some((word) => isWord(token, word))) return true;
  const word = maybeUntilWords.find((one) => isWord(token, one));
  const texts = word === undefined ? undefined : textsFrom(tokens, index + 1);
  return texts !== undefined && readEnd(`${word} ${texts.join(' ')}`, today) !== undefined;
}

/** The words from there on; undefined where a quoted name stands among them. */
function textsFrom(tokens: readonly Token[], index: number): string[] | undefined {
  const words = tokens.slice(index);
  if (words.some(({ kind }) => kind === 'quoted')) return undefined;
  return words.map((token) => (token.kind === 'word' ? token.text : ''));
}

const readsAsLevel = (texts: readonly string[]): boolean =>
  longestReadable(texts, 2, readLevel) !== undefined;

function takeLevel(texts: readonly string[], found: Clauses): void {
  const reading = longestReadable(texts, 2, readLevel);
  if (texts.length === 0) found.problems.push({ kind: 'no-level-named' });
  else if (!reading) found.problems.push({ kind: 'unknown-level', text: texts.join(' ') });
  else {
    if (found.level !== null) found.problems.push({ kind: 'two-levels' });
    if (reading.rest !== '') found.problems.push({ kind: 'leftover', words: reading.rest });
    found.level = reading.value;
  }
}

type End = Exclude<UntilReading, { kind: 'none' | 'for' }>;

/** Hours are no end of something that is delegated. */
function readEnd(text: string, today: Temporal.PlainDate): End | undefined {
  const reading = readUntil(text, today);
  return reading.kind === 'none' || reading.kind === 'for' ? undefined : reading;
}

function takeDay(word: string, texts: readonly string[], found: Clauses, today: Temporal.PlainDate): void {
  const reading = longestReadable(texts, mostDayWords, (text) => readEnd(`${word} ${text}`, today));
  if (texts.length === 0) found.problems.push({ kind: 'no-day-named' });
  else if (!reading) found.problems.push({ kind: 'bad-day', text: texts.join(' ') });
  else {
    if (found.until !== null) found.problems.push({ kind: 'two-days' });
    if (reading.rest !== '') found.problems.push({ kind: 'leftover', words: reading.rest });
    const { value: end, text } = reading;
    if (end.kind === 'refused') {
      found.problems.push(
        end.why === 'which-year'
          ? { kind: 'which-year', text: end.text, near: end.near, far: end.far }
          : { kind: 'bad-day', text: end.text },
      );
      return;
    }
    const trouble = troubleWithDay(end.day, today);
    if (end.time) found.problems.push({ kind: 'with-clock', text });
    else if (trouble) found.problems.push({ kind: trouble, text });
    found.until = end.day;
  }
}

/** The longest beginning that reads as something, and what is left over after it. */
function longestReadable<T>(
  texts: readonly string[],
  most: number,
  read: (text: string) => T | undefined,
): { value: T; text: string; rest: string } | undefined {
  for (let length = Math.min(texts.length, most); length > 0; length -= 1) {
    const text = texts.slice(0, length).join(' ');
    const value = read(text);
    if (value !== undefined) return { value, text, rest: texts.slice(length).join(' ') };
  }
  return undefined;
}

const isWord = (token: Token | undefined, word: string): boolean =>
  token?.kind === 'word' && token.text.toLowerCase() === word;

const joined = (tokens: readonly Token[]): string =>
  tokens.map((token) => (token.kind === 'person' ? `@${token.id}` : token.text)).join(' ');

function refused(problems: Problem[]): Extract<DelegateCommand, { kind: 'refused' }> {
  const [first, ...more] = problems;
  if (!first) throw new Error('A refusal needs a reason');
  return { kind: 'refused', problems: [first, ...more] };
}

// Sticky, and each with a single bounded repetition: whatever is typed, reading stays linear.
const markup = /<([^<>]+)>/y;

/** Words, people and quoted names; and, after two dashes, why. */
function cut(text: string): { tokens: Token[]; why: string | null; unclosed: string | null } {
  const tokens: Token[] = [];
  let word = '';
  const endWord = () => {
    const typed = plainText(word);
    if (typed !== '') tokens.push({ kind: 'word', text: typed });
    word = '';
  };
  for (let at = 0; at < text.length; ) {
    const letter = text[at]!;
    const marked = letter === '<' ? matchAt(markup, text, at) : null;
    const dash = word === '' ? matchAt(longDash, text, at) : null;
    if (marked) {
      endWord();
      const person = personCode.exec(marked[0]);
      if (person) tokens.push({ kind: 'person', id: person[1]! });
      else tokens.push({ kind: 'word', text: plainText(marked[0]) });
      at += marked[0].length;
    } else if (dash) {
      return { tokens, why: plainText(text.slice(at + dash[0].length)), unclosed: null };
    } else if (word === '' && doubleQuotes.includes(letter)) {
      const end = closingQuote(text, at);
      if (end === -1) return { tokens, why: null, unclosed: plainText(text.slice(at)) };
      const inside = plainText(text.slice(at + 1, end));
      if (inside !== '') tokens.push({ kind: 'quoted', text: inside });
      at = end + 1;
    } else {
      if (/[\s\p{Cc}]/u.test(letter)) endWord();
      else word += letter;
      at += 1;
    }
  }
  endWord();
  return { tokens, why: null, unclosed: null };
}
