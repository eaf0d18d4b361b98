// The words of one entry: who is named with "with", and runs of words that mean one thing.

import type { Part } from './balance.parse.pieces.ts';

/** A word of an entry and where it stood: words are read together only when nothing stood between them. */
export interface Word {
  /** As it is compared. */
  text: string;
  /** As it is said back. */
  typed: string;
  index: number;
}

/** The mentions, and the words left when "with" and "and" before and between them are gone. */
export function readPeople({ pieces }: Part): { people: string[]; words: Word[] } {
  const people = new Set<string>();
  const words: Word[] = [];
  for (const [index, piece] of pieces.entries()) {
    if (piece.kind === 'person') people.add(piece.id);
    if (piece.kind !== 'word') continue;
    const last = index === pieces.length - 1;
    const [text, typed] = [piece.text, piece.typed].map((word) =>
      last ? word.replace(/[.;:!?]+$/, '') : word,
    ) as [string, string];
    const beforePerson = pieces[index + 1]?.kind === 'person';
    const joins = beforePerson && pieces[index - 1]?.kind === 'person' && /^(?:and|&|\+)$/i.test(text);
    if (text !== '' && !joins && !(beforePerson && isWith(text))) words.push({ text, typed, index });
  }
  return { people: [...people], words };
}

export function isWith(text: string): boolean {
  return /^(?:with|w\/)$/i.test(text);
}

export interface Span<T> {
  value: T;
  /** As it was typed. */
  text: string;
  /** Where the word after it would stand. */
  end: number;
}

/** Takes out every run of words that reads as a T: the leftmost first, and of those the longest. */
export function takeSpans<T>(
  words: readonly Word[],
  longest: number,
  read: (text: string) => T | undefined,
): { found: Span<T>[]; rest: Word[] } {
  const found: Span<T>[] = [];
  const rest: Word[] = [];
  for (let at = 0; at < words.length; ) {
    const span = spanAt(words, at, longest, read);
    if (span) found.push(span.span);
    else rest.push(words[at]!);
    at += span?.length ?? 1;
  }
  return { found, rest };
}

export function spanAt<T>(
  words: readonly Word[],
  at: number,
  longest: number,
  read: (text: string) => T | undefined,
) {
  for (let length = adjoining(words, at, longest); length > 0; length -= 1) {
    const span = words.slice(at, at + length);
    const value = read(joined(span));
    if (value !== undefined)
      return { length, span: { value, text: asTyped(span), end: words[at + length - 1]!.index + 1 } };
  }
  return undefined;
}

/** How many words from here on stand next to each other, at most `longest`. */
export function adjoining(words: readonly Word[], at: number, longest: number): number {
  let length = 1;
  while (length < longest && words[at + length]?.index === words[at]!.index + length) length += 1;
  return Math.min(length, words.length - at);
}

export function joined(words: readonly Word[]): string {
  return words.map(({ text }) => text).join(' ');
}

export function asTyped(words: readonly Word[]): string {
  return words.map(({ typed }) => typed).join(' ');
}

/** Words that stand together, as one text each, as they were typed. */
export function runs(words: readonly Word[]): string[] {
  const texts: string[] = [];
  for (let at = 0; at < words.length; ) {
    const length = adjoining(words, at, words.length);
    texts.push(asTyped(words.slice(at, at + length)));
    at += length;
  }
  return texts;
}
