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
export const weekdayNames = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
export const monthNames = [
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
  const date = `${weekday.slice(0, 3)} ${day.day} ${monthNames[day.month - 1]!.slice(0, 3)}`;
  return day.year === today.year ? date : `${date} ${day.year}`;
}

/** `Thursday` */
export function weekdayName(day: Temporal.PlainDate): string {
  return weekdayNames[day.dayOfWeek - 1]!;
}

/** What the clock on the wall shows: `10:00`. */
export function clockInWords(instant: Temporal.Instant, zone: string): string {
  return instant.toZonedDateTimeISO(zone).toPlainTime().toString({ smallestUnit: 'minute' });
}
