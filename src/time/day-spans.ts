// Several days in a row, as people write them: "21 dec - 31 dec", "21-31 dec", "monday to wednesday".

import { type Direction, parseDay } from './days.parse.ts';
import { folded } from './moments.ts';

type DaysReading =
  | { kind: 'days'; first: Temporal.PlainDate; last: Temporal.PlainDate }
  | { kind: 'refused'; why: 'no-such-day' | 'backwards' }
  | { kind: 'none' };

const between = / ?(?:-+|[–—−]-*) ?| (?:to|until|till|through) /g;
const longestDays = 80;

/** `direction`: where the first day is looked for; the last is the next of its name from there on. */
export function parseDays(text: string, today: Temporal.PlainDate, direction: Direction): DaysReading {
  if (text.length > longestDays) return { kind: 'none' };
  const typed = folded(text)
    .trim()
    .replaceAll(/ +/g, ' ')
    .replace(/^from /, '');
  for (const { index, 0: divider } of typed.matchAll(between)) {
    const to = typed.slice(index + divider.length);
    // "21-31 dec": the month stands once.
    const month = /^\d{1,2}(?:st|nd|rd|th)?( .+)$/.exec(to)?.[1] ?? '';
    const from = typed.slice(0, index);
    const first = parseDay(/^\d{1,2}(?:st|nd|rd|th)?$/.test(from) ? from + month : from, today, direction);
    if (first.kind === 'refused' && first.why === 'not-a-day') continue;
    const last = parseDay(to, first.kind === 'day' ? first.day : today, 'future');
    if (last.kind === 'refused' && last.why === 'not-a-day') continue;
    if (first.kind === 'refused') return { kind: 'refused', why: 'no-such-day' };
    // From the first on, whatever lies just before it: "21 dec - 31 dec".
    const end = last.kind === 'day' ? last.day : last.why === 'which-year' ? last.far : undefined;
    if (!end) return { kind: 'refused', why: 'no-such-day' };
    return Temporal.PlainDate.compare(end, first.day) < 0
      ? { kind: 'refused', why: 'backwards' }
      : { kind: 'days', first: first.day, last: end };
  }
  return { kind: 'none' };
}
