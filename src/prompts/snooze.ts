// When a prompt that was put off comes again. Pure.

import { localDay } from '../time/days.ts';
import { type WorkingLife, workBegins, workBeginsAfter } from '../time/working-days.ts';

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
  const today = localDay(now, lead.timeZone);
  switch (snooze) {
    case '20-minutes':
      return now.add({ minutes: 20 });
    case '1-hour':
      return now.add({ hours: 1 });
    case '3-hours':
      return now.add({ hours: 3 });
    case 'tomorrow':
      return workBeginsAfter(lead, today) ?? workBegins(lead, today.add({ days: 1 }));
    case 'next-week': {
      const sunday = today.add({ days: 7 - today.dayOfWeek });
      return workBeginsAfter(lead, sunday) ?? workBegins(lead, sunday.add({ days: 1 }));
    }
  }
}
