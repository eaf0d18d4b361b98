// When a prompt that was put off comes again. Pure.

import { isWorkingDay, nextWorkingDay, type WorkingLife, workBegins } from './working-hours.ts';

/** For how long a prompt can be put off; the value travels in the menu's option. */
export const snoozes = [
  { value: '20-minutes', label: '20 minutes' },
  { value: '1-hour', label: '1 hour' },
  { value: '3-hours', label: '3 hours' },
  { value: 'tomorrow', label: 'Tomorrow' },
  { value: 'next-week', label: 'Next week' },
] as const;

export type Snooze = (typeof snoozes)[number]['value'];

/**
 * Minutes and hours are taken at their word, also past the end of work. Tomorrow is when work begins on the next
 * working day, next week when it begins on the first one of next week.
 */
export function snoozedUntil(lead: WorkingLife, snooze: Snooze, now: Temporal.Instant): Temporal.Instant {
  switch (snooze) {
    case '20-minutes':
      return now.add({ minutes: 20 });
    case '1-hour':
      return now.add({ hours: 1 });
    case '3-hours':
      return now.add({ hours: 3 });
    case 'tomorrow':
      return nextWorkingDay(lead, today(lead, now)) ?? workBegins(lead, today(lead, now).add({ days: 1 }));
    case 'next-week': {
      const day = today(lead, now);
      const monday = day.add({ days: 8 - day.dayOfWeek });
      if (isWorkingDay(lead, monday)) return workBegins(lead, monday);
      return nextWorkingDay(lead, monday) ?? workBegins(lead, monday);
    }
  }
}

const today = (lead: WorkingLife, now: Temporal.Instant): Temporal.PlainDate =>
  now.toZonedDateTimeISO(lead.timeZone).toPlainDate();
