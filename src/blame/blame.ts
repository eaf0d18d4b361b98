// The blame check: which sentences point at people, what they say without that, and what to ask. Pure; the rules are a language's data.

import { fingerprint } from '../hash.ts';
import { capital } from '../words.ts';

/**
 * What a blaming part says once nobody is pointed at, given the words in {rest}. `null`: it is a verdict and says
 * nothing else, so its clause goes; an empty text: just these words go, and the clause around them stays.
 */
type Fact = string | ((rest: string) => string) | null;

/** One way of blaming, as data: how it reads, what of it is a fact, what to ask. docs/guide/blame-check.md says why each. */
interface BlamePattern {
  /** A slug that never changes. */
  id: string;
  /**
   * How it reads. Regular expressions over the sentence in lower case, with straight quotes; `{name}` stands for
   * somebody's name, `{person}` and the language's other words for any of theirs, `{rest}` for the words up to the
   * end of the clause. What they match is the blaming part; some leave another fact than the others do.
   */
  reads: readonly (string | { read: string; fact: Fact })[];
  /** Where one of these is in the sentence as well, nobody is blamed. */
  unless?: readonly string[];
  fact: Fact;
  /** What to ask then; `{rest}` as the writer put it. */
  what: string;
  how: string;
}

/** Everything the check has to know of a language. */
export interface BlameLanguage {
  /** As in BCP 47. */
  code: string;
  name: string;
  /** Words that are written with a capital and are nobody's name, in lower case: a regular expression. */
  notNames: string;
  /** What the placeholders in patterns stand for, each a regular expression. They may use {name}. */
  words: Readonly<Record<string, string>>;
  /** Words that say nothing by themselves, in lower case, and those that tie one clause to another. */
  empty: ReadonlySet<string>;
  ties: readonly string[];
  /** What stands for hard facts that would be lost otherwise: `about 09:12 and 4 %`. */
  aboutThese(facts: string): string;
  /** Put before a sentence whose first word would be taken for a name. */
  opening: string;
  /** Last touches where one part ended up beside another. */
  smooth: readonly (readonly [RegExp, string])[];
  patterns: readonly BlamePattern[];
}

/** A sentence that points at somebody. */
export interface BlameFinding {
  pattern: BlamePattern;
  /** As written, without the mark of its list. */
  sentence: string;
  /** Where it stands in the text, in UTF-16 code units, the end not included. */
  from: number;
  to: number;
  /** The same without pointing at anybody; empty where nothing else was said. */
  fact: string;
  /** Two ways to ask so that people can answer. */
  what: string;
  how: string;
}

/**
 * V8 takes long to compile an expression in which anybody may be named, and Slack waits for three seconds. So each has
 * a small one before it, with anything in place of people: most sentences never get past that.
 */
interface Read {
  couldBe: RegExp;
  expression: RegExp;
}

interface Compiled {
  notName: RegExp;
  rules: { pattern: BlamePattern; reads: (Read & { fact: Fact })[]; unless: Read[] }[];
}

const compiled = new WeakMap<BlameLanguage, Compiled>();

/** Names are taken out before rules look, and this many of these stand in their place. From Unicode's private use. */
const nameMark = '\uE000';

/** The words up to the end of the clause. */
const rest = '(?<rest>[^,;:.!?\\n]{1,160})';

function compile(language: BlameLanguage): Compiled {
  const known = compiled.get(language);
  if (known) return known;
  const filledIn = (source: string, anybody?: string): string =>
    source.replaceAll(/\{([a-z]+)\}/g, (_whole, word: string) => {
      if (word === 'rest') return rest;
      if (word === 'name') return `${nameMark}+`;
      const found = language.words[word];
      if (found === undefined) throw new Error(`The language ${language.code} has no words for {${word}}`);
      return anybody ?? `(?:${filledIn(found)})`;
    });
  const read = (source: string): Read => ({
    couldBe: new RegExp(filledIn(source, '[^]{0,150}?').replace(/^(?:\[\^\]\{0,150\}\?)+/, ''), 'u'),
    expression: new RegExp(filledIn(source), 'du'),
  });
  const made = {
    notName: new RegExp(`^(?:${language.notNames})$`, 'u'),
    rules: language.patterns.map((pattern) => ({
      pattern,
      reads: pattern.reads.map((one) =>
        typeof one === 'string'
          ? { ...read(one), fact: pattern.fact }
          : { ...read(one.read), fact: one.fact },
      ),
      unless: (pattern.unless ?? []).map(read),
    })),
  };
  compiled.set(language, made);
  return made;
}

/** Whether the first word is a name or only begins the sentence nobody can tell, so it is read both ways. */
function readingsOf(sentence: string, notName: RegExp): string[] {
  const read = asRead(sentence, notName);
  if (!read.startsWith(nameMark)) return [read];
  return [read, read.replace(/^\uE000+/, (marks) => sentence.slice(0, marks.length).toLowerCase())];
}

/**
 * The sentence as rules read it: in lower case, names marked, quotes straight; each character where it was.
 * Not left to regular expressions with modifiers such as (?-i:…): V8 14 compiles those wrongly once they run hot.
 */
function asRead(sentence: string, notName: RegExp): string {
  return sentence
    .replaceAll(
      /(?<![\p{L}\p{N}_@/.-])\p{Lu}\p{Ll}{1,20}(?:-\p{Lu}\p{Ll}{1,20})?(?![\p{L}\p{N}_/-])/gu,
      (word) => (notName.test(word.toLowerCase()) ? word : nameMark.repeat(word.length)),
    )
    .replaceAll(/\p{Lu}/gu, (letter) => {
      const lower = letter.toLowerCase();
      return lower.length === letter.length ? lower : letter;
    })
    .replaceAll(/[‘’ʼ]/g, "'")
    .replaceAll(/[“”]/g, '"');
}

/** More than anybody writes into one section; a longer text is only looked at up to here. In UTF-16 code units. */
const longestText = 20_000;

/**
 * Longer than any sentence that is read aloud, in UTF-16 code units. The patterns look from every word of a sentence, so
 * that twice as long takes four times as long; of a text without full stops only so much is looked at.
 */
const longestSentence = 600;

/** The blaming part of a sentence, and what it says besides. */
interface Match {
  pattern: BlamePattern;
  fact: Fact;
  from: number;
  to: number;
  /** The words up to the end of the clause, in the writer's own characters. */
  rest: string;
}

const matchOf = ({ couldBe, expression }: Read, readings: readonly string[]): RegExpExecArray | undefined =>
  readings.map((read) => (couldBe.test(read) ? expression.exec(read) : null)).find((match) => match !== null);

function matchIn(sentence: string, language: BlameLanguage): Match | undefined {
  const { notName, rules } = compile(language);
  const readings = readingsOf(sentence, notName);
  for (const { pattern, reads, unless } of rules) {
    for (const { fact, ...read } of reads) {
      const match = matchOf(read, readings);
      if (!match) continue;
      if (unless.some((one) => matchOf(one, readings))) break;
      const [start, end] = match.indices?.groups?.rest ?? [0, 0];
      const rest = sentence.slice(start, end).trim();
      return { pattern, fact, from: match.index, to: match.index + match[0].length, rest };
    }
  }
  return undefined;
}

/** The sentences of a text that point at people, in their order, one finding a sentence. */
export function findBlame(text: string, language: BlameLanguage): BlameFinding[] {
  return sentencesOf(text.slice(0, longestText)).flatMap(({ sentence, from, to }) => {
    const match = matchIn(sentence, language);
    if (!match) return [];
    const { pattern, rest } = match;
    const fact = factOf(sentence, language);
    const [what, how] = [filled(pattern.what, rest), filled(pattern.how, rest)];
    return [{ pattern, sentence, from, to, fact, what, how }];
  });
}

/** What a sentence says when nobody is pointed at: blaming parts go one after the other, all else stays. */
function factOf(sentence: string, language: BlameLanguage): string {
  let said = sentence;
  for (let round = 0; round < mostParts; round += 1) {
    const match = matchIn(said, language);
    if (!match) break;
    said = without(said, match, language);
  }
  for (const [rough, smooth] of language.smooth) said = said.replaceAll(rough, smooth);
  if (matchIn(said, language) || isEmpty(said, language)) said = '';
  // A system's name at the beginning stays as it is written.
  const begins = /^\p{Lu}/u.test(sentence) && /^\p{Ll}+[,;:.!?]?(?:\s|$)/u.test(said);
  const opened = begins ? capital(said) : said;
  said = matchIn(opened, language) ? `${language.opening} ${said}` : opened;
  // Whatever a pattern does to its words: a number, a time, a quote or a system's name is never lost.
  const lost = hardFacts(sentence, language).filter((fact) => !said.includes(fact));
  if (lost.length === 0) return said;
  if (said === '') return `${capital(language.aboutThese(lost.join(', ')))}.`;
  return said.replace(/(?<end>[.!?]*)$/, ` (${lost.join(', ')})$<end>`);
}

/** A sentence rarely blames in more ways than this. */
const mostParts = 6;

function without(sentence: string, { fact, from, to, rest }: Match, language: BlameLanguage): string {
  const words = typeof fact === 'function' ? fact(rest) : fact;
  const [before, after] = [sentence.slice(0, from), sentence.slice(to)];
  const isVerdict = words === null || (words === '' && typeof fact === 'function');
  const said = isVerdict ? clauseGone(before, after, language) : seamed(before, words, after);
  // What asked somebody to justify themselves states something now.
  return said.replace(/[?!]+(?=["”’)]*$)/, '.');
}

/** Put together with nothing changed but where the parts meet. */
function seamed(before: string, words: string, after: string): string {
  const next = `${words}${after}`.trimStart();
  const isEnd = /^[,;:.!?)]/.test(next) || next === '';
  const fitting = before
    .trimEnd()
    .replace(/\b(a)n?$/i, (_whole, article: string) => (/^[aeio]/i.test(next) ? `${article}n` : article));
  const left = isEnd ? fitting : `${fitting}${fitting === '' ? '' : ' '}`;
  const right = words === '' ? after.trimStart() : `${words}${after}`;
  return left.trim() === '' ? right.replace(/^[\s,;:–—-]+/, '') : `${left}${right}`;
}

/** The clause a verdict stands in goes with it, unless it says something else. */
function clauseGone(before: string, after: string, language: BlameLanguage): string {
  const tie = new RegExp(`(?:[,;:](?=\\s)|[–—(]|\\s-\\s|(?:^|\\s)(?:${language.ties.join('|')})\\s)`, 'giu');
  const start = [...before.matchAll(tie)].at(-1)?.index ?? 0;
  const length = /[,;:.!?](?=\s|$)|[–—)]|\s-\s/.exec(after)?.index ?? after.length;
  const around = `${before.slice(start)} ${after.slice(0, length)}`;
  if (!isEmpty(around, language) || hardFacts(around, language).length > 0) return seamed(before, '', after);
  const left = before.slice(0, start);
  const right = after.slice(length).replace(before[start] === '(' ? /^\)/ : '', '');
  return left.trim() === '' ? right.replace(/^[,;:–—)\s]+/, '') : `${left}${right}`;
}

function isEmpty(words: string, { empty, ties }: BlameLanguage): boolean {
  const found =
    words
      .toLowerCase()
      .replaceAll(/[‘’ʼ]/g, "'")
      .match(/[\p{L}\p{N}']+/gu) ?? [];
  return found.every((word) => empty.has(word) || ties.includes(word));
}

/** What must not be lost: numbers and times, quoted words, code, links, and names that are written as systems are. */
function hardFacts(words: string, { words: { roles } }: BlameLanguage): string[] {
  // "the QA team" and "the DBA" are who is pointed at.
  const team = new RegExp(`\\b\\p{Lu}{2,}(?=\\s+(?:${roles})\\b)|<?@\\S+`, 'gu');
  const isRole = new RegExp(`^(?:${roles})$`, 'iu');
  const found = words.replaceAll(team, ' ').match(hard) ?? [];
  return [...new Set(found)].filter((fact) => !isRole.test(fact));
}

const hard =
  /“[^”]*”|"[^"]*"|`[^`]*`|<(?:https?:|#)[^>]*>|https?:\/\/\S*[\p{L}\p{N}/]|[\p{L}\p{N}][\p{L}\p{N}_./:+-]*[\p{N}_][\p{L}\p{N}_./:+-]*[\p{L}\p{N}_%]|[\p{L}\p{N}_./:+-]*\p{N}[\p{L}%]*(?: ?%)?|\b\p{Lu}[\p{Lu}\p{N}]+\b/gu;

const filled = (template: string, words: string): string =>
  template.replaceAll('{rest}', () => words).replaceAll(/ +([?,.])/g, '$1');

interface Sentence {
  sentence: string;
  from: number;
  to: number;
}

/** A full stop ends a sentence where white space follows, so that 0.5 and v1.2 stay whole. */
function sentencesOf(text: string): Sentence[] {
  const found: Sentence[] = [];
  for (const match of text.matchAll(/[^\n]+/g)) {
    const line = match[0];
    const start = match.index;
    // The mark of a list belongs to the list.
    const mark = /^\s*(?:[-*•–]\s+|\d{1,3}[.)]\s+)?/.exec(line)?.[0].length ?? 0;
    let from = mark;
    for (const end of line.slice(mark).matchAll(/[.!?]+["”’)]*(?=\s|$)/g)) {
      push(line, start, from, mark + end.index + end[0].length);
      from = mark + end.index + end[0].length;
    }
    push(line, start, from, line.length);
  }
  return found;

  function push(line: string, start: number, from: number, to: number): void {
    const raw = line.slice(from, to);
    const sentence = raw.trim().slice(0, longestSentence);
    if (sentence === '') return;
    const at = start + from + (raw.length - raw.trimStart().length);
    found.push({ sentence, from: at, to: at + sentence.length });
  }
}

/**
 * The text with that sentence's fact in its place, and what is still to be asked. Where nothing of the sentence stays
 * and the text would be empty, the question itself stands there. As it was when the sentence isn't there any more.
 */
export function reworded(
  text: string,
  finding: Pick<BlameFinding, 'sentence' | 'from' | 'fact'>,
  question: string,
): { text: string; ask: string | undefined } {
  const at = text.startsWith(finding.sentence, finding.from) ? finding.from : text.indexOf(finding.sentence);
  if (at < 0) return { text, ask: undefined };
  const [before, after] = [text.slice(0, at), text.slice(at + finding.sentence.length)];
  if (finding.fact !== '') return { text: before + finding.fact + after, ask: question };
  const [line = ''] = before.split('\n').slice(-1);
  const isWholeLine = /^\s*(?:[-*•–]|\d{1,3}[.)])?\s*$/.test(line) && /^\s*(?:\n|$)/.test(after);
  const left = isWholeLine
    ? before.slice(0, before.length - line.length).replace(/\n$/, '') + after.replace(/^[^\n\S]*/, '')
    : before.trimEnd() + after.replace(/^[^\n\S]+/, line.trim() === '' ? '' : ' ');
  return left.trim() === ''
    ? { text: question, ask: undefined }
    : { text: left.replace(/^\n/, ''), ask: question };
}

/** A mark for a sentence or a fact, short enough that dozens of them fit into a form's data. */
export const markOf = (sentence: string): string => fingerprint(sentence, 7);
