// When a lead is at work: their days and hours, less public holidays, in their own zone.

import type { Lead } from '../leads/leads.ts';
import { publicHoliday } from '../time/holidays.ts';

export type WorkingLife = Pick<
  Lead,
  'timeZone' | 'workingDays' | 'workdayStarts' | 'workdayEnds' | 'holidayRegion'
>;

export function isWorkingDay(lead: WorkingLife, day: Temporal.PlainDate): boolean {
  return lead.workingDays.includes(day.dayOfWeek) && publicHoliday(lead.holidayRegion, day) === undefined;
}

/** The lead's local day at an instant. */
export const localDay = (lead: WorkingLife, at: Temporal.Instant): Temporal.PlainDate =>
  at.toZonedDateTimeISO(lead.timeZone).toPlainDate();

/** `from` itself within working hours, else the next time work begins; undefined for a lead who never works. */
export function nextWorkingMoment(lead: WorkingLife, from: Temporal.Instant): Temporal.Instant | undefined {
  const local = from.toZonedDateTimeISO(lead.timeZone);
  const today = local.toPlainDate();
  if (isWorkingDay(lead, today)) {
    const time = local.toPlainTime();
    if (Temporal.PlainTime.compare(time, lead.workdayStarts) < 0) return workBegins(lead, today);
    if (Temporal.PlainTime.compare(time, lead.workdayEnds) < 0) return from;
  }
  return nextWorkingDay(lead, today);
}

/** When work begins on the first working day after `day`. */
export function nextWorkingDay(lead: WorkingLife, day: Temporal.PlainDate): Temporal.Instant | undefined {
  // A year without a working day is a lead who never works.
  for (let ahead = 1; ahead <= 366; ahead++) {
    const next = day.add({ days: ahead });
    if (isWorkingDay(lead, next)) return workBegins(lead, next);
  }
  return undefined;
}

export const workBegins = (lead: WorkingLife, day: Temporal.PlainDate): Temporal.Instant =>
  day.toZonedDateTime({ timeZone: lead.timeZone, plainTime: lead.workdayStarts }).toInstant();
