// How words are put together and compared, whatever they are about.

/** `a`, `a and b`, `a, b and c`; nothing is the empty text. */
export const listInWords = (texts: readonly string[], joint: 'and' | 'or' = 'and'): string =>
  texts.length < 2 ? (texts[0] ?? '') : `${texts.slice(0, -1).join(', ')} ${joint} ${texts.at(-1)}`;

export const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);

/** Typed words as a grammar compares them: full-width digits are digits, and what cannot be seen is not there. */
export const comparable = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
