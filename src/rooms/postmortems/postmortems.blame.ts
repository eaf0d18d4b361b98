// The blame check: which sentences point at people, and what could be asked instead. Pure; the rules are a language's data.

import { fingerprint } from '../../hash.ts';

/** One way of blaming, as data: how it reads, and what to ask in its place. docs/guide/blame-check.md says why each. */
interface BlamePattern {
  /** A slug that never changes. */
  id: string;
  /**
   * How it reads. Regular expressions over the sentence in lower case, with straight quotes; `{name}` stands for
   * somebody's name, `{person}` and the language's other words for any of theirs, `{rest}` for the words up to the
   * end of the clause.
   */
  reads: readonly string[];
  /** Where one of these is in the sentence as well, nobody is blamed. */
  unless?: readonly string[];
  /** What to ask in its place; `{rest}` as the writer put it. */
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
  /** Two ways to say it so that people can answer. */
  what: string;
  how: string;
}

interface Compiled {
  notName: RegExp;
  rules: { pattern: BlamePattern; reads: RegExp[]; unless: RegExp[] }[];
}

const compiled = new WeakMap<BlameLanguage, Compiled>();

/** Names are taken out before rules look, and this many of these stand in their place. From Unicode's private use. */
const nameMark = '\uE000';

/** The words up to the end of the clause. */
const rest = '(?<rest>[^,;:.!?\\n]{1,160})';

function compile(language: BlameLanguage): Compiled {
  const known = compiled.get(language);
  if (known) return known;
  const filledIn = (source: string): string =>
    source.replaceAll(/\{([a-z]+)\}/g, (_whole, word: string) => {
      if (word === 'rest') return rest;
      if (word === 'name') return `${nameMark}+`;
      const found = language.words[word];
      if (found === undefined) throw new Error(`The language ${language.code} has no words for {${word}}`);
      return `(?:${filledIn(found)})`;
    });
  const expression = (source: string): RegExp => new RegExp(filledIn(source), 'du');
  const made = {
    notName: new RegExp(`^(?:${language.notNames})$`, 'u'),
    rules: language.patterns.map((pattern) => ({
      pattern,
      reads: pattern.reads.map(expression),
      unless: (pattern.unless ?? []).map(expression),
    })),
  };
  compiled.set(language, made);
  return made;
}

/** Whether the first word is a name or only begins the sentence nobody can tell, so it is read both ways. */
function readingsOf(sentence: string, notName: RegExp): string[] {
  const read = asRead(sentence, notName);
  return read.startsWith(nameMark) ? [read, asRead(sentence, /^/u)] : [read];
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

/** The sentences of a text that point at people, in their order, one finding a sentence. */
export function findBlame(text: string, language: BlameLanguage): BlameFinding[] {
  const { notName, rules } = compile(language);
  return sentencesOf(text.slice(0, longestText)).flatMap(({ sentence, from, to }) => {
    const readings = readingsOf(sentence, notName);
    for (const { pattern, reads, unless } of rules) {
      const match = reads
        .flatMap((expression) => readings.map((read) => expression.exec(read)))
        .find((one) => one !== null);
      if (!match || unless.some((expression) => readings.some((read) => expression.test(read)))) continue;
      // In the writer's own characters.
      const [start, end] = match.indices?.groups?.rest ?? [0, 0];
      const words = sentence.slice(start, end).trim();
      return [
        {
          pattern,
          sentence,
          from,
          to,
          what: filled(pattern.what, words),
          how: filled(pattern.how, words),
        },
      ];
    }
    return [];
  });
}

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
    const sentence = raw.trim();
    if (sentence === '') return;
    const at = start + from + (raw.length - raw.trimStart().length);
    found.push({ sentence, from: at, to: at + sentence.length });
  }
}

/** The text with that sentence said differently; as it was when the sentence isn't there any more. */
export function reworded(
  text: string,
  finding: Pick<BlameFinding, 'sentence' | 'from'>,
  words: string,
): string {
  const at = text.startsWith(finding.sentence, finding.from) ? finding.from : text.indexOf(finding.sentence);
  return at < 0 ? text : text.slice(0, at) + words + text.slice(at + finding.sentence.length);
}

/** A mark for a sentence or a fact, short enough that dozens of them fit into a form's data. */
export const markOf = (sentence: string): string => fingerprint(sentence, 7);
