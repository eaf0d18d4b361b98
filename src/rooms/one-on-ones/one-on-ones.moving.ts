// A lead's days move to another zone: what the other side has agreed to stays at its hour, told in the new one. Pure.

import { type WeekdayCode, weekdayCodes } from '../../time/days.ts';

interface Zones {
  from: string;
  to: string;
}

/** What a clock in one zone showed, by a clock in the other. */
export const movedClock = (at: Temporal.PlainDateTime, { from, to }: Zones): Temporal.PlainDateTime =>
  at.toZonedDateTime(from).withTimeZone(to).toPlainDateTime();

/**
 * A rhythm whose next time is `next` in the old zone, told in the new one. Undefined where it would fall on other days
 * that the rule cannot name, as a first Monday of the month that becomes a Sunday.
 */
export function movedRhythm(
  { rule, next }: { rule: string; next: Temporal.PlainDateTime },
  zones: Zones,
): { rule: string; time: Temporal.PlainTime } | undefined {
  const moved = movedClock(next, zones);
  const days = next.toPlainDate().until(moved.toPlainDate()).days;
  const time = moved.toPlainTime();
  if (days === 0 || rule.startsWith('FREQ=DAILY')) return { rule, time };
  if (!/^FREQ=WEEKLY/.test(rule) || !/BYDAY=([A-Z]{2},?)+(;|$)/.test(rule)) return undefined;
  return {
    rule: rule.replace(/(?<=BYDAY=)[A-Z,]+/, (named) =>
      named
        .split(',')
        .map((day) => dayBeside(day, days))
        .join(','),
    ),
    time,
  };
}

const dayBeside = (day: string, days: number): WeekdayCode =>
  weekdayCodes[(weekdayCodes.indexOf(day as WeekdayCode) + days + 7) % 7]!;
