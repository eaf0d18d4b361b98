// How long something took: in minutes, as people write it and as we say it.

import { comparable } from '../words.ts';

/** `45 min`, `1 h`, `1 h 30 min`; nothing is `0 min`. Whole minutes, not negative. */
export function formatDuration(minutes: number): string {
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  if (hours === 0) return `${rest} min`;
  return rest === 0 ? `${hours} h` : `${hours} h ${rest} min`;
}

/** Why a text is no duration we accept. */
export type DurationRefusal =
  /** It does not read as a duration at all. */
  | 'unreadable'
  /** A bare number: minutes or hours? */
  | 'no-unit'
  | 'zero'
  | 'negative'
  /** `1.33h` is 79.8 minutes; we do not round what people meant. */
  | 'part-of-a-minute'
  | 'too-long';

type DurationReading = { kind: 'duration'; minutes: number } | { kind: 'refused'; why: DurationRefusal };

/** No single stretch we are told of is longer: a week, in minutes. What a day can hold is another rule. */
export const longestDuration = 7 * 24 * 60;

// Bounded repetitions only, so that no text makes these slow.
const hourWord = '(?:h|hr|hrs|hour|hours)';
const minuteWord = '(?:m|min|mins|minute|minutes)';
const shapes: [RegExp, (...parts: string[]) => number][] = [
  // 90m, 45 min
  [new RegExp(`^(\\d{1,6}) ?${minuteWord}$`), (minutes) => Number(minutes)],
  // 1h, 1.5h, 1,5 hours, .5h
  [new RegExp(`^(\\d{0,4})[.,](\\d{1,4}) ?${hourWord}$`), (whole, part) => decimalHours(whole!, part!)],
  [new RegExp(`^(\\d{1,4}) ?${hourWord}$`), (hours) => Number(hours) * 60],
  // 1h30, 1h 30m, 1 h 30 min, 1 hour and 30 minutes
  [/^(\d{1,4})h([0-5]\d)$/, clockLike],
  [
    new RegExp(`^(\\d{1,4}) ?${hourWord},? ?(?:and )?(\\d{1,2}) ?${minuteWord}$`),
    (hours, minutes) => Number(hours) * 60 + Number(minutes),
  ],
  // 1:30
  [/^(\d{1,4}):([0-5]\d)$/, clockLike],
  // an hour, one hour, half an hour, two and a half hours
  [/^(?:half|0\.5) an hour$/, () => 30],
  [/^(?:a )?quarter of an hour$/, () => 15],
  [/^three quarters of an hour$/, () => 45],
  [new RegExp(`^(\\S{1,6}) and a half ${hourWord}$`), (count) => inWords(count!) * 60 + 30],
  [new RegExp(`^(\\S{1,6}) ${hourWord} and a half$`), (count) => inWords(count!) * 60 + 30],
  [new RegExp(`^(\\S{1,6}) ${hourWord}$`), (count) => inWords(count!) * 60],
  [new RegExp(`^(\\S{1,9}) ${minuteWord}$`), (count) => inWords(count!)],
];

/**
 * Reads a duration: `90m` `1h` `1h30` `1h 30m` `1.5h` `1,5h` `1:30` `45 min` `an hour` `half an hour`
 * `2 hours` and what lies between. Nothing else may stand around it. `m` is always minutes, never months.
 */
export function parseDuration(text: string): DurationReading {
  const typed = comparable(text).toLowerCase();
  if (/^[-−][ ]?[\d.,]/u.test(typed)) return { kind: 'refused', why: 'negative' };
  if (/^\d+(?:[.,]\d+)?$/.test(typed)) return { kind: 'refused', why: 'no-unit' };
  if (/^\d{5,}/.test(typed) && /[a-z]$/.test(typed)) return { kind: 'refused', why: 'too-long' };
  for (const [shape, minutesOf] of shapes) {
    const found = shape.exec(typed);
    const minutes = found ? minutesOf(...found.slice(1)) : Number.NaN;
    if (Number.isNaN(minutes)) continue;
    if (minutes === 0) return { kind: 'refused', why: 'zero' };
    if (!Number.isInteger(minutes)) return { kind: 'refused', why: 'part-of-a-minute' };
    if (minutes > longestDuration) return { kind: 'refused', why: 'too-long' };
    return { kind: 'duration', minutes };
  }
  return { kind: 'refused', why: 'unreadable' };
}

/** Reads working days: `1d`, `2 days`, `0.5d`, `half a day`, `a day`; undefined for anything else, and for none at all. */
export function parseWorkdays(text: string): number | undefined {
  const typed = comparable(text).toLowerCase().replace(',', '.');
  if (/^(?:half|0\.5) a day$/.test(typed)) return 0.5;
  const found = /^(\d{1,3}(?:\.\d{1,2})?|\.\d{1,2}|[a-z]{1,9}) ?(?:d|days?)$/.exec(typed)?.[1];
  if (found === undefined) return undefined;
  const days = /\d/.test(found) ? Number(found) : inWords(found);
  return days > 0 ? days : undefined;
}

function clockLike(hours?: string, minutes?: string): number {
  return Number(hours) * 60 + Number(minutes);
}

// In whole numbers, because 1.15 * 60 is 68.99999999999999.
function decimalHours(whole: string, part: string): number {
  const scale = 10 ** part.length;
  return (Number(whole + part) * 60) / scale;
}

const numberWords = new Map([
  ['a', 1],
  ['an', 1],
  ['one', 1],
  ['two', 2],
  ['three', 3],
  ['four', 4],
  ['five', 5],
  ['six', 6],
  ['seven', 7],
  ['eight', 8],
  ['nine', 9],
  ['ten', 10],
  ['fifteen', 15],
  ['twenty', 20],
  ['thirty', 30],
  ['forty', 40],
  ['fifty', 50],
  ['ninety', 90],
]);

/** A whole number in digits or words; NaN when it is none we know. */
export function inWords(text: string): number {
  if (/^\d{1,4}$/.test(text)) return Number(text);
  return numberWords.get(text) ?? Number.NaN;
}
