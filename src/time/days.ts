// A person's local days: which one an instant falls on, when one begins, and how we name them.

/** The local day at this instant. `zone` is an IANA id. */
export function localDay(instant: Temporal.Instant, zone: string): Temporal.PlainDate {
  return instant.toZonedDateTimeISO(zone).toPlainDate();
}

/**
 * The first instant of a local day. Not always midnight: where the clocks go forward at midnight (Beirut,
 * Santiago) the day begins at one.
 */
export function startOfDay(day: Temporal.PlainDate, zone: string): Temporal.Instant {
  return day.toZonedDateTime(zone).toInstant();
}

/** The instant a local day is over, which is when the next begins; never "24 hours later". */
export function endOfDay(day: Temporal.PlainDate, zone: string): Temporal.Instant {
  return startOfDay(day.add({ days: 1 }), zone);
}

/**
 * What a local clock showed, as an instant.
 *
 * 'in-a-gap': no clock ever showed it, because it was skipped when the clocks went forward. A time that came
 * twice, because they went back, means the first.
 */
export function atClock(
  day: Temporal.PlainDate,
  time: Temporal.PlainTime,
  zone: string,
): { kind: 'instant'; instant: Temporal.Instant } | { kind: 'in-a-gap' } {
  const wanted = day.toPlainDateTime(time);
  const found = wanted.toZonedDateTime(zone, { disambiguation: 'earlier' });
  return found.toPlainDateTime().equals(wanted)
    ? { kind: 'instant', instant: found.toInstant() }
    : { kind: 'in-a-gap' };
}

// Our own words rather than Intl's, which change between ICU versions ("Sep" became "Sept").
export const weekdayNames: readonly string[] = [
  'Monday',
  'Tuesday',
  'Wednesday',
  'Thursday',
  'Friday',
  'Saturday',
  'Sunday',
];
/** RFC 5545's names of the same days. */
export const weekdayCodes = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const;
export type WeekdayCode = (typeof weekdayCodes)[number];
export const monthNames: readonly string[] = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/**
 * A day as a colleague would say it: `today`, `yesterday`, `tomorrow`; `Thursday` when it is less than a week
 * away on either side (the sentence says which); `Thu 20 Nov`, and `Thu 20 Nov 2025` in another year.
 */
export function dayInWords(day: Temporal.PlainDate, today: Temporal.PlainDate): string {
  const away = today.until(day).days;
  if (away === 0) return 'today';
  if (away === -1) return 'yesterday';
  if (away === 1) return 'tomorrow';
  const weekday = weekdayName(day);
  if (Math.abs(away) < 7) return weekday;
  return dateInWords(day, today);
}

/** `on Thursday`, but `today`. */
export function onDay(day: Temporal.PlainDate, today: Temporal.PlainDate): string {
  const words = dayInWords(day, today);
  return /^(today|yesterday|tomorrow)$/.test(words) ? words : `on ${words}`;
}

/** `Thu 20 Nov` */
export const shortDate = (day: Temporal.PlainDate): string =>
  `${weekdayName(day).slice(0, 3)} ${day.day} ${shortMonth(day)}`;

/** `Thu 20 Nov`, and the year when it is another: a date that stays true however late it is read. */
export const dateInWords = (day: Temporal.PlainDate, today: Temporal.PlainDate): string =>
  day.year === today.year ? shortDate(day) : `${shortDate(day)} ${day.year}`;

/** `20 November 2026` */
export const longDate = (day: Temporal.PlainDate): string =>
  `${day.day} ${monthNames[day.month - 1]} ${day.year}`;

/** `Nov` */
export const shortMonth = ({ month }: { month: number }): string => monthNames[month - 1]!.slice(0, 3);

/** `Thursday` */
export function weekdayName(day: Temporal.PlainDate): string {
  return weekdayNames[day.dayOfWeek - 1]!;
}

/** `10:00` */
export const timeInWords = (time: Temporal.PlainTime): string => time.toString({ smallestUnit: 'minute' });

/** What the clock on the wall shows: `10:00`. */
export const clockInWords = (instant: Temporal.Instant, zone: string): string =>
  timeInWords(instant.toZonedDateTimeISO(zone).toPlainTime());

/** `today at 15:20`, `Thu 26 Nov at 09:00` */
export const momentInWords = (at: Temporal.Instant, now: Temporal.Instant, zone: string): string =>
  `${dayInWords(localDay(at, zone), localDay(now, zone))} at ${clockInWords(at, zone)}`;
