// ISO 8601 weeks in a person's zone: Monday to Sunday, numbered by the year that holds their Thursday.
import { comparable } from '../words.ts';
import { shortMonth, startOfDay } from './days.ts';

/** `year` is the week's own year: 1 January 2027 is a Friday and belongs to week 53 of 2026. */
export interface IsoWeek {
  year: number;
  week: number;
}

/** The week a day belongs to. */
export function isoWeek(day: Temporal.PlainDate): IsoWeek {
  // Both are always there in the ISO calendar; Temporal types them as optional for calendars without weeks.
  return { year: day.yearOfWeek!, week: day.weekOfYear! };
}

/** 52 or 53. 28 December always lies in a year's last week. */
export function weeksInYear(year: number): number {
  return Temporal.PlainDate.from({ year, month: 12, day: 28 }).weekOfYear!;
}

type Day = Temporal.PlainDate;
type WeekDays = [Day, Day, Day, Day, Day, Day, Day];

/** Monday to Sunday. 4 January always lies in week 1. */
export function weekDays({ year, week }: IsoWeek): WeekDays {
  const fourth = Temporal.PlainDate.from({ year, month: 1, day: 4 });
  const monday = fourth.subtract({ days: fourth.dayOfWeek - 1 }).add({ weeks: week - 1 });
  return Array.from({ length: 7 }, (_, days) => monday.add({ days })) as WeekDays;
}

/**
 * A week in instants, the end not included. 168 hours, except when the clocks change.
 */
export function weekBounds(week: IsoWeek, zone: string): { start: Temporal.Instant; end: Temporal.Instant } {
  const monday = weekDays(week)[0];
  return { start: startOfDay(monday, zone), end: startOfDay(monday.add({ weeks: 1 }), zone) };
}

/** The week so many weeks later, or earlier when negative; years and week 53 take care of themselves. */
export function addWeeks(week: IsoWeek, weeks: number): IsoWeek {
  return isoWeek(weekDays(week)[0].add({ weeks }));
}

export function previousWeek(week: IsoWeek): IsoWeek {
  return addWeeks(week, -1);
}

export function nextWeek(week: IsoWeek): IsoWeek {
  return addWeeks(week, 1);
}

/** Negative when `one` is earlier, 0 when they are the same week. */
export function compareWeeks(one: IsoWeek, two: IsoWeek): number {
  return one.year - two.year || one.week - two.week;
}

/** `2026-W47` */
export function formatIsoWeek({ year, week }: IsoWeek): string {
  return `${String(year).padStart(4, '0')}-W${String(week).padStart(2, '0')}`;
}

/** `this week`, `last week`, `next week`, else its days: `16 to 22 Nov`, `28 Dec 2026 to 3 Jan 2027`. */
export function weekInWords(week: IsoWeek, today: Temporal.PlainDate): string {
  const current = isoWeek(today);
  if (compareWeeks(week, current) === 0) return 'this week';
  if (compareWeeks(week, previousWeek(current)) === 0) return 'last week';
  if (compareWeeks(week, nextWeek(current)) === 0) return 'next week';
  const days = weekDays(week);
  const [first, last] = [days[0], days[6]];
  const year = (day: Temporal.PlainDate) => (day.year === today.year ? '' : ` ${day.year}`);
  const start = first.month === last.month ? `${first.day}` : `${first.day} ${shortMonth(first)}`;
  const startYear = first.year === last.year ? '' : ` ${first.year}`;
  const endYear = first.year === last.year ? year(last) : ` ${last.year}`;
  return `${start}${startYear} to ${last.day} ${shortMonth(last)}${endYear}`;
}

type WeekReading =
  | { kind: 'week'; week: IsoWeek }
  /** `not-a-week`: it does not read as one. `no-such-week`: it does, but that year has no such week. */
  | { kind: 'refused'; why: 'not-a-week' | 'no-such-week' };

/**
 * Reads a week: nothing or `this` is today's, `last` the one before, `2026-W47`, and `w47` or `week 47`
 * without a year the latest of that number that has begun.
 */
export function parseWeek(text: string, today: Temporal.PlainDate): WeekReading {
  const typed = comparable(text).toLowerCase();
  const current = isoWeek(today);
  if (/^(?:this(?: week)?)?$/.test(typed)) return { kind: 'week', week: current };
  if (/^last(?: week)?$/.test(typed)) return { kind: 'week', week: previousWeek(current) };
  const full = /^(\d{4})[- ]?w(\d{1,2})$/.exec(typed);
  if (full) {
    const [year, week] = [Number(full[1]), Number(full[2])];
    const exists = year >= 1900 && year <= 2999 && week >= 1 && week <= weeksInYear(year);
    return exists ? { kind: 'week', week: { year, week } } : { kind: 'refused', why: 'no-such-week' };
  }
  const short = /^(?:w|week) ?(\d{1,2})$/.exec(typed);
  if (!short) return { kind: 'refused', why: 'not-a-week' };
  const week = Number(short[1]);
  if (week < 1 || week > 53) return { kind: 'refused', why: 'no-such-week' };
  // At most seven years lie between two years of 53 weeks.
  for (let year = current.year; year >= current.year - 7; year -= 1) {
    if (week <= weeksInYear(year) && compareWeeks({ year, week }, current) <= 0) {
      return { kind: 'week', week: { year, week } };
    }
  }
  return { kind: 'refused', why: 'no-such-week' };
}
