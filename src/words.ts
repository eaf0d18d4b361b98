// How words are put together, whatever they are about: lists, and the beginning of a sentence.

/** `a`, `a and b`, `a, b and c`; nothing is the empty text. */
export const listInWords = (texts: readonly string[], joint: 'and' | 'or' = 'and'): string =>
  texts.length < 2 ? (texts[0] ?? '') : `${texts.slice(0, -1).join(', ')} ${joint} ${texts.at(-1)}`;

export const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);
