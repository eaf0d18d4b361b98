// When somebody is at work: their days and hours, less public holidays, in their own zone.

import { localDay } from './days.ts';
import { publicHoliday } from './holidays.ts';

export interface WorkingDays {
  /** ISO weekdays, 1 Monday to 7 Sunday. */
  workingDays: readonly number[];
  /** Country or region whose public holidays are theirs, as `PT` or `DE-BY`; null: none, or not known. */
  holidayRegion: string | null;
}

export interface WorkingLife extends WorkingDays {
  /** IANA zone. */
  timeZone: string;
  workdayStarts: Temporal.PlainTime;
  workdayEnds: Temporal.PlainTime;
}

export const isWorkingDay = ({ workingDays, holidayRegion }: WorkingDays, day: Temporal.PlainDate): boolean =>
  workingDays.includes(day.dayOfWeek) && publicHoliday(holidayRegion, day) === undefined;

/** The first working day from `day` on, itself included; undefined for somebody who never works. */
function nearest(days: WorkingDays, day: Temporal.PlainDate, step: 1 | -1): Temporal.PlainDate | undefined {
  // A year without a working day is somebody who never works.
  for (let away = 0; away <= 366; away += 1) {
    const found = day.add({ days: away * step });
    if (isWorkingDay(days, found)) return found;
  }
  return undefined;
}

/** `day` itself or the last working day before it; `day` for somebody who never works. */
export const workingDayUpTo = (days: WorkingDays, day: Temporal.PlainDate): Temporal.PlainDate =>
  nearest(days, day, -1) ?? day;

/** The first working day after `day`; undefined for somebody who never works. */
export const workingDayAfter = (days: WorkingDays, day: Temporal.PlainDate): Temporal.PlainDate | undefined =>
  nearest(days, day.add({ days: 1 }), 1);

/** So many working days after `day`; calendar days for somebody who never works. */
export function addWorkingDays(
  days: WorkingDays,
  day: Temporal.PlainDate,
  count: number,
): Temporal.PlainDate {
  let reached = day;
  for (let left = count; left > 0; left -= 1) {
    reached = workingDayAfter(days, reached) ?? reached.add({ days: 1 });
  }
  return reached;
}

/** When work begins on a day, whether or not they work on it. */
export const workBegins = (
  { timeZone, workdayStarts }: Pick<WorkingLife, 'timeZone' | 'workdayStarts'>,
  day: Temporal.PlainDate,
): Temporal.Instant => day.toZonedDateTime({ timeZone, plainTime: workdayStarts }).toInstant();

/** When work ends on a day, whether or not they work on it. */
export const workEnds = (
  { timeZone, workdayEnds }: Pick<WorkingLife, 'timeZone' | 'workdayEnds'>,
  day: Temporal.PlainDate,
): Temporal.Instant => day.toZonedDateTime({ timeZone, plainTime: workdayEnds }).toInstant();

/** When work begins on the first working day after `day`; undefined for somebody who never works. */
export function workBeginsAfter(life: WorkingLife, day: Temporal.PlainDate): Temporal.Instant | undefined {
  const next = workingDayAfter(life, day);
  return next && workBegins(life, next);
}

/** `from` itself within working hours, else the next time work begins; undefined for somebody who never works. */
export function nextWorkingMoment(life: WorkingLife, from: Temporal.Instant): Temporal.Instant | undefined {
  const today = localDay(from, life.timeZone);
  if (isWorkingDay(life, today)) {
    const begins = workBegins(life, today);
    if (Temporal.Instant.compare(from, begins) < 0) return begins;
    if (Temporal.Instant.compare(from, workEnds(life, today)) < 0) return from;
  }
  return workBeginsAfter(life, today);
}
