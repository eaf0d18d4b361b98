// Typed text as people meant it: undoes Slack's codes and escapes, and what phones make of quotes, dashes and spaces.
//
// Slack sends `<@U123|name>` for a person, `<#C123|name>` for a channel, `<https://…|label>` for a link and `&amp;`
// for `&`. Source: docs.slack.dev/messaging/formatting-message-text.

import { comparable } from '../words.ts';

/** A person's code; its group is the id. Without flags, to be built into a grammar by its `source`. */
export const personCode = /<@([UW][A-Z0-9]{1,63})(?:\|[^<>]*)?>/;
/** A channel's code; its group is the id. */
export const channelCode = /<#([A-Z0-9]{1,64})(?:\|[^<>]*)?>/;
const named = /<([@#])([A-Z0-9]{1,64})(?:\|([^<>]*))?>/g;
const callOrLink = /<(![^<>|]+|[a-z][a-z0-9+.-]*:[^<>|]+)(?:\|([^<>]*))?>/g;

/** What phones make of two dashes, and the two themselves. Sticky: ask with `matchAt`. */
export const longDash = /-{2,}|[–—]-*/y;
export const doubleQuotes = '"“”„‟«»';
export const singleQuotes = "'‘’‚‛";

/** What a sticky pattern finds at this very place. */
export function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

/**
 * Where the quote that opens at `opening` is closed; -1 where it isn't. Any quote of the same weight closes, since
 * phones and keyboards mix them; a single one only at the end of a word, so that "don't" closes nothing.
 */
export function closingQuote(text: string, opening: number): number {
  const double = doubleQuotes.includes(text[opening]!);
  const quotes = double ? doubleQuotes : singleQuotes;
  for (let at = opening + 1; at < text.length; at += 1) {
    if (!quotes.includes(text[at]!)) continue;
    if (double || at + 1 === text.length || /[\s,]/u.test(text[at + 1]!)) return at;
  }
  return -1;
}

/** Slack escapes these three and no others. The ampersand comes last, or `&amp;lt;` would become `<`. */
export const unescaped = (text: string): string =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

/** How a person or channel is said. `label` is what stands after the code's bar, if anything. */
type Naming = (kind: 'person' | 'channel', id: string, label: string | undefined) => string;

const byLabel: Naming = (kind, id, label) => `${kind === 'person' ? '@' : '#'}${label ?? id}`;

/** People and channels in words, `@ann` and `#ops` unless `naming` knows better. */
export const sayNames = (text: string, naming: Naming = byLabel): string =>
  text.replace(named, (_, mark: string, id: string, label?: string) =>
    naming(mark === '@' ? 'person' : 'channel', id, label?.replace(/^@/, '') || undefined),
  );

/** Groups, dates and links as they were typed. */
export const sayLinks = (text: string): string =>
  text.replace(callOrLink, (_, target: string, label?: string) => {
    if (target.startsWith('!date^')) return label ?? '';
    return target.startsWith('!')
      ? `@${(label || target.slice(1)).replace(/^@/, '')}`
      : linkInWords(target, label);
  });

/** Slack makes a link of `x.example` and of an e-mail address; a label of its own is kept beside where it leads. */
function linkInWords(target: string, label: string | undefined): string {
  const address = target.replace(/^(?:mailto|tel):/, '');
  if (label === undefined || label === '' || label === address) return address;
  return address.replace(/^https?:\/\//, '').replace(/\/$/, '') === label ? label : `${label} (${address})`;
}

/**
 * Characters nobody sees or misses, those that turn the direction of the line a text is shown in, and control
 * characters other than tab and line break, of which Postgres refuses the first. Joiners and marks of direction stay
 * within a text, because emoji and whole scripts are written with them.
 */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it is about.
const unseen = /[\0-\x08\v\f\x0e-\x1f\x7f\u00ad\u200b\u202a-\u202e\u2060-\u206f\ufeff]/g;
const outside = /^[\s\p{Cc}\u061c\u200c-\u200f]+|[\s\p{Cc}\u061c\u200c-\u200f]+$/gu;

/** As typed, without what cannot be seen and without half characters. Line breaks stay. */
export const withoutUnseen = (text: string): string =>
  text.toWellFormed().replace(unseen, '').normalize('NFC').replace(outside, '');

/** The same on one line. */
export const onOneLine = (text: string): string => withoutUnseen(text).replace(/[\s\p{Cc}]+/gu, ' ');

/** Text for people to read, on one line: Slack's markup undone, otherwise as it was typed. */
export const plainText = (text: string): string => onOneLine(unescaped(sayNames(sayLinks(text))));

/** A word or line of a grammar, as it is compared. */
export const plainWord = (text: string): string => comparable(unescaped(text));
