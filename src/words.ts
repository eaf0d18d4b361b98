// How words are put together and compared, whatever they are about.

/** `a`, `a and b`, `a, b and c`; nothing is the empty text. */
export const listInWords = (texts: readonly string[], joint: 'and' | 'or' = 'and'): string =>
  texts.length < 2 ? (texts[0] ?? '') : `${texts.slice(0, -1).join(', ')} ${joint} ${texts.at(-1)}`;

/** `one is`, `3 are` */
export const howManyAre = (count: number): string => (count === 1 ? 'one is' : `${count} are`);

export const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);

const fractions: Readonly<Record<string, string>> = { '¼': '25', '½': '5', '¾': '75' };

/**
 * Typed words as a grammar compares them: full-width digits are digits, `1½` is 1.5, and what cannot be seen is not
 * there.
 */
export const comparable = (text: string): string =>
  text
    // Before the normal form, in which `1½` would read as eleven halves.
    .replace(/(\d*)([¼½¾])/g, (_, whole: string, part: string) => `${whole || '0'}.${fractions[part]}`)
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();

/** Plain characters for full-width ones, each in its place: for a grammar that says back what was typed. */
export const inPlace = (text: string): string =>
  Array.from(text, (letter) => {
    const plain = letter.normalize('NFKC');
    return plain.length === letter.length ? plain : letter;
  }).join('');

const afterDigits = /^\d{1,4}(?:\s?h|(?![\d:\p{L}]))/iu;
const afterNothing = /^\d{1,4}\s?h/i;

/** Whether the comma at `at` belongs to a number, as in `1,5h`, `,5h` and `1,400`, and so separates nothing. */
export function isInNumber(text: string, at: number): boolean {
  const before = /(?:^|[\s,，])(\d{0,4})$/.exec(text.slice(Math.max(0, at - 5), at).normalize('NFKC'));
  const after = text.slice(at + 1, at + 8).normalize('NFKC');
  return before !== null && (before[1] === '' ? afterNothing : afterDigits).test(after);
}
