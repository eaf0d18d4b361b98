// Reads the days people write: "yesterday", "last friday", "20 nov", "end of january", "in 2 weeks", "2026-11-20".

import * as chrono from 'chrono-node';
import { comparable } from '../words.ts';
import { monthNames, weekdayNames } from './days.ts';

/** Which way a day without a year, or a bare weekday, is looked for. `either`: whichever is nearer. */
export type Direction = 'past' | 'future' | 'either';

type DayReading =
  | { kind: 'day'; day: Temporal.PlainDate }
  /** `not-a-day`: it does not read as one. `no-such-day`: it does, but there is none, like 30 February. */
  | { kind: 'refused'; why: 'not-a-day' }
  | { kind: 'refused'; why: 'no-such-day' }
  | WhichYear;

/** A day without a year that lies just on the other side of today: `near` is that one, `far` the one that was looked for. */
export interface WhichYear {
  kind: 'refused';
  why: 'which-year';
  near: Temporal.PlainDate;
  far: Temporal.PlainDate;
}

/** Days within which a day on the other side of today is likelier meant than one that is almost a year away. */
const nearby = 60;

/** No day we understand takes more letters. */
const longestDay = 40;

/** What can be typed into a box for a date; a year beyond is a slip of the finger. */
const firstYear = 1900;
const lastYear = 2999;

const weekdays = new Map(
  weekdayNames.flatMap((name, index) => {
    const word = name.toLowerCase();
    const short = [3, 4, 5].map((length) => word.slice(0, length));
    return [...short, word].map((spelling) => [spelling, index + 1] as const);
  }),
);
const months = new Map(
  monthNames.flatMap((name, index) => {
    const word = name.toLowerCase();
    return [word.slice(0, 3), word.slice(0, 4), word].map((spelling) => [spelling, index + 1] as const);
  }),
);

/**
 * Reads a day, and only a day: everything in `text` must belong to it.
 *
 * - `today`, `yesterday`, `tomorrow`, `3 days ago`, `in two weeks`, `the day before yesterday`
 * - `monday`: looking to the past the latest one, today included (who logs "monday" on a Monday means the day
 *   they are in); looking to the future the next one, today not included
 * - `last monday` is the latest before today, `this monday` the one of this ISO week, `next monday` the one of
 *   the next
 * - `20 nov`, `nov 20th`, `20 november 2025`: without a year the nearest in the direction asked for, today
 *   included; 29 February looks for a leap year. Where the same day lies close by on the other side, and the one
 *   asked for almost a year away, nobody can tell which is meant
 * - `friday 20 nov`: the weekday tells which, and must be true, or there is no such day
 * - `end of january`, `the end of january 2027`, `end of this month`: its last day
 * - `2026-11-20`. Never `3/4`, which half the world reads the other way round
 */
export function parseDay(text: string, today: Temporal.PlainDate, direction: Direction): DayReading {
  const typed = comparable(text).toLowerCase();
  if (typed.length > longestDay) return notADay;
  const phrase = typed.replace(/^on /, '');
  if (direction === 'either') return nearer(phrase, today);
  return (
    isoDay(phrase) ??
    weekday(phrase, today, direction) ??
    dayOfMonth(phrase, today, direction) ??
    endOfMonth(phrase, today, direction) ??
    relativeDay(phrase, today) ??
    notADay
  );
}

/** Of the two that a text may mean, before today and after it. */
function nearer(phrase: string, today: Temporal.PlainDate): DayReading {
  const [past, future] = [parseDay(phrase, today, 'past'), parseDay(phrase, today, 'future')];
  const days = [past, future].flatMap((reading) =>
    reading.kind === 'day' ? [reading.day] : reading.why === 'which-year' ? [reading.near] : [],
  );
  const away = (day: Temporal.PlainDate): number => Math.abs(today.until(day).days);
  const [day] = days.toSorted((one, other) => away(one) - away(other));
  return day ? { kind: 'day', day } : past;
}

const notADay: DayReading = { kind: 'refused', why: 'not-a-day' };
const noSuchDay: DayReading = { kind: 'refused', why: 'no-such-day' };

function isoDay(phrase: string): DayReading | undefined {
  const found = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(phrase);
  return found ? calendarDay(Number(found[1]), Number(found[2]), Number(found[3])) : undefined;
}

function weekday(phrase: string, today: Temporal.PlainDate, direction: Direction): DayReading | undefined {
  const found = /^(?:(last|this|next) )?(\p{L}+)$/u.exec(phrase);
  const wanted = weekdays.get(found?.[2] ?? '');
  if (!found || !wanted) return undefined;
  const monday = today.subtract({ days: today.dayOfWeek - 1 });
  const thisWeeks = monday.add({ days: wanted - 1 });
  const passed = today.dayOfWeek - wanted;
  switch (found[1]) {
    case 'this':
      return { kind: 'day', day: thisWeeks };
    case 'next':
      return { kind: 'day', day: thisWeeks.add({ weeks: 1 }) };
    case 'last':
      return { kind: 'day', day: passed > 0 ? thisWeeks : thisWeeks.subtract({ weeks: 1 }) };
    default:
      if (direction === 'past') {
        return { kind: 'day', day: passed >= 0 ? thisWeeks : thisWeeks.subtract({ weeks: 1 }) };
      }
      return { kind: 'day', day: passed < 0 ? thisWeeks : thisWeeks.add({ weeks: 1 }) };
  }
}

function dayOfMonth(phrase: string, today: Temporal.PlainDate, direction: Direction): DayReading | undefined {
  const named = /^(\p{L}+),? (.+)$/u.exec(phrase);
  const namedWeekday = weekdays.get(named?.[1] ?? '');
  const rest = namedWeekday && named ? named[2]! : phrase;
  const dayFirst = /^(\d{1,2})(?:st|nd|rd|th)?(?: of)? (\p{L}+)\.?(?:,? (\d{4}))?$/u.exec(rest);
  const monthFirst = /^(?:the )?(\p{L}+)\.? (\d{1,2})(?:st|nd|rd|th)?(?:,? (\d{4}))?$/u.exec(rest);
  const month = months.get(dayFirst?.[2] ?? monthFirst?.[1] ?? '');
  if (!month) return undefined;
  const day = Number(dayFirst?.[1] ?? monthFirst?.[2]);
  const year = dayFirst?.[3] ?? monthFirst?.[3];
  if (year === undefined)
    return nearestDay((inYear) => calendarDay(inYear, month, day), today, direction, namedWeekday);
  const reading = calendarDay(Number(year), month, day);
  return namedWeekday && reading.kind === 'day' && reading.day.dayOfWeek !== namedWeekday
    ? noSuchDay
    : reading;
}

function endOfMonth(phrase: string, today: Temporal.PlainDate, direction: Direction): DayReading | undefined {
  const found =
    /^(?:the )?end of (?:(?<which>the|this|next|last) month|(?<name>\p{L}+)(?: (?<year>\d{4}))?)$/u.exec(
      phrase,
    );
  if (!found) return undefined;
  const { which, name = '', year } = found.groups!;
  const lastOf = (inYear: number, month: number): DayReading => {
    const first = calendarDay(inYear, month, 1);
    return first.kind === 'day'
      ? { kind: 'day', day: first.day.with({ day: first.day.daysInMonth }) }
      : first;
  };
  if (which !== undefined) {
    const { year: inYear, month } = today
      .toPlainYearMonth()
      .add({ months: which === 'next' ? 1 : which === 'last' ? -1 : 0 });
    return lastOf(inYear, month);
  }
  const month = months.get(name);
  if (!month) return undefined;
  return year === undefined
    ? nearestDay((inYear) => lastOf(inYear, month), today, direction)
    : lastOf(Number(year), month);
}

/** Eight years are enough to meet a 29 February, even across 1900 or 2100. */
function nearestDay(
  inYear: (year: number) => DayReading,
  today: Temporal.PlainDate,
  direction: Direction,
  weekday?: number,
): DayReading {
  const step = direction === 'past' ? -1 : 1;
  const towards = (way: 1 | -1): Temporal.PlainDate | undefined => {
    for (let away = 0; away <= 8; away += 1) {
      const reading = inYear(today.year + way * away);
      if (reading.kind === 'day' && Temporal.PlainDate.compare(reading.day, today) * way >= 0)
        return reading.day;
    }
    return undefined;
  };
  const [far, near] = [towards(step), towards(step === 1 ? -1 : 1)];
  const isTrue = (day: Temporal.PlainDate | undefined): day is Temporal.PlainDate =>
    day !== undefined && (weekday === undefined || day.dayOfWeek === weekday);
  const distance = (day: Temporal.PlainDate): number => Math.abs(today.until(day).days);
  const doubtful = near !== undefined && distance(near) <= nearby && (!far || distance(near) < distance(far));
  if (isTrue(far)) {
    return doubtful && isTrue(near)
      ? { kind: 'refused', why: 'which-year', near, far }
      : { kind: 'day', day: far };
  }
  return doubtful && isTrue(near) ? { kind: 'day', day: near } : noSuchDay;
}

function calendarDay(year: number, month: number, day: number): DayReading {
  if (year < firstYear || year > lastYear || month < 1 || month > 12 || day < 1) return noSuchDay;
  const longest = Temporal.PlainYearMonth.from({ year, month }).daysInMonth;
  return day > longest ? noSuchDay : { kind: 'day', day: Temporal.PlainDate.from({ year, month, day }) };
}

// Whole numbers of whole units: for "a few days ago" or "in half a week" chrono has an answer, we would be guessing.
const unit = '(?:days?|weeks?|months?|years?)';
const looksRelative = new RegExp(
  `^(?:today|yesterday|tomorrow|the day (?:before yesterday|after tomorrow)|in \\S+ ${unit}|\\S+ ${unit} (?:ago|from now))$`,
);
const vague = /\b(?:few|several|couple|half|some)\b|\d[.,]/;

/** Phrases that count from today are chrono's; what it hears must be the whole phrase, and no time of day. */
function relativeDay(phrase: string, today: Temporal.PlainDate): DayReading | undefined {
  if (!looksRelative.test(phrase) || vague.test(phrase)) return undefined;
  // Chrono runs over the end of a shorter month: months and years are counted from the first, the day comes after.
  const byMonth = /\b(?:months?|years?)\b/.test(phrase);
  const from = byMonth ? today.with({ day: 1 }) : today;
  // Noon in UTC, read back in UTC: no zone and no clock change comes near the day.
  const noon = from.toZonedDateTime({ timeZone: 'UTC', plainTime: '12:00' });
  const heard = chrono.en.casual.parse(phrase, { instant: new Date(noon.epochMilliseconds), timezone: 0 });
  const start = heard[0]?.start;
  if (!start || heard.length > 1 || heard[0]!.text !== phrase || heard[0]!.end) return undefined;
  if (start.isCertain('hour') || start.isCertain('meridiem')) return undefined;
  const reading = calendarDay(start.get('year') ?? 0, start.get('month') ?? 0, start.get('day') ?? 0);
  return byMonth && reading.kind === 'day'
    ? { kind: 'day', day: reading.day.with({ day: today.day }) }
    : reading;
}
