// When somebody is at work: their days and hours, less public holidays, in their own zone.

import { localDay } from './days.ts';
import { holidayHours, publicHoliday } from './holidays.ts';

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

/** When work begins on a day, whether or not they work on it: a morning that is a holiday puts it off. */
export function workBegins(
  { timeZone, workdayStarts, holidayRegion }: Omit<WorkingLife, 'workdayEnds' | 'workingDays'>,
  day: Temporal.PlainDate,
): Temporal.Instant {
  const free = holidayHours(holidayRegion, day);
  const puttingOff =
    free?.to &&
    Temporal.PlainTime.compare(free.from, workdayStarts) <= 0 &&
    Temporal.PlainTime.compare(workdayStarts, free.to) < 0;
  return day.toZonedDateTime({ timeZone, plainTime: puttingOff ? free.to : workdayStarts }).toInstant();
}

/** When work ends on a day, whether or not they work on it: an afternoon that is a holiday ends it sooner. */
export function workEnds(
  { timeZone, workdayEnds, holidayRegion }: Omit<WorkingLife, 'workdayStarts' | 'workingDays'>,
  day: Temporal.PlainDate,
): Temporal.Instant {
  const free = holidayHours(holidayRegion, day);
  const endsSooner =
    free &&
    Temporal.PlainTime.compare(free.from, workdayEnds) < 0 &&
    (free.to === undefined || Temporal.PlainTime.compare(free.to, workdayEnds) >= 0);
  return day.toZonedDateTime({ timeZone, plainTime: endsSooner ? free.from : workdayEnds }).toInstant();
}

/** Half an hour into work on a day, when the first coffee is had; a day that begins at 23:45 is asked at its beginning. */
export function settledIn(
  life: Omit<WorkingLife, 'workdayEnds' | 'workingDays'>,
  day: Temporal.PlainDate,
): Temporal.Instant {
  const begins = workBegins(life, day);
  const later = begins.add({ minutes: 30 });
  return localDay(later, life.timeZone).equals(localDay(begins, life.timeZone)) ? later : begins;
}

/** Whether all of a stretch lies within the hours of one of their working days. */
export function isWithinWork(life: WorkingLife, from: Temporal.Instant, to: Temporal.Instant): boolean {
  const day = localDay(from, life.timeZone);
  return (
    isWorkingDay(life, day) &&
    Temporal.Instant.compare(from, workBegins(life, day)) >= 0 &&
    Temporal.Instant.compare(to, workEnds(life, day)) <= 0
  );
}

/** How long somebody works on a day, in minutes, whether or not they work on it; none where a holiday takes all of it. */
export const workMinutes = (life: Omit<WorkingLife, 'workingDays'>, day: Temporal.PlainDate): number =>
  Math.max(0, workBegins(life, day).until(workEnds(life, day)).total('minutes'));

/** When work begins on the first working day after `day`; undefined for somebody who never works. */
export function workBeginsAfter(life: WorkingLife, day: Temporal.PlainDate): Temporal.Instant | undefined {
  const next = workingDayAfter(life, day);
  return next && workBegins(life, next);
}

/** `from` itself within working hours, else the next time work begins; undefined for somebody who never works. */
export function nextWorkingMoment(life: WorkingLife, from: Temporal.Instant): Temporal.Instant | undefined {
  const today = localDay(from, life.timeZone);
  if (isWorkingDay(life, today)) {
    const [begins, ends] = [workBegins(life, today), workEnds(life, today)];
    // A free afternoon can take all the hours of somebody who works in the evening.
    const worked = Temporal.Instant.compare(begins, ends) < 0;
    if (worked && Temporal.Instant.compare(from, begins) < 0) return begins;
    if (worked && Temporal.Instant.compare(from, ends) < 0) return from;
  }
  return workBeginsAfter(life, today);
}

const tenAtNight = Temporal.PlainTime.from('22:00');
const nineInTheMorning = Temporal.PlainTime.from('09:00');

const whichever = (wanted: 1 | -1, one: Temporal.PlainTime, other: Temporal.PlainTime): Temporal.PlainTime =>
  Temporal.PlainTime.compare(one, other) === wanted ? one : other;

/**
 * `from` itself by day, else when the night is over. It begins at ten, or when work ends where that is later, and ends
 * at nine, or when work begins where that is earlier, on days off as well.
 */
export function nextWakingMoment(
  { timeZone, workdayStarts, workdayEnds }: WorkingLife,
  from: Temporal.Instant,
): Temporal.Instant {
  const local = from.toZonedDateTimeISO(timeZone);
  const [day, time] = [local.toPlainDate(), local.toPlainTime()];
  const wakes = whichever(-1, workdayStarts, nineInTheMorning);
  const at = (morning: Temporal.PlainDate) =>
    morning.toZonedDateTime({ timeZone, plainTime: wakes }).toInstant();
  if (Temporal.PlainTime.compare(time, wakes) < 0) return at(day);
  return Temporal.PlainTime.compare(time, whichever(1, workdayEnds, tenAtNight)) < 0
    ? from
    : at(day.add({ days: 1 }));
}
