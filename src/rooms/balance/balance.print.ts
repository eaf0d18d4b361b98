// A draft's time as it can be typed again.

import { clockInWords } from '../../time/days.ts';
import { formatDuration } from '../../time/durations.ts';
import { onDay, readClockRange } from '../../time/stretches.ts';
import type { Draft } from './balance.ts';

/** `9:00-10:30` where that says exactly what the draft holds, else `1 h 30 min`. */
export const printTime = (draft: Draft, zone: string): string =>
  printRange(draft, zone) ?? formatDuration(draft.minutes);

function printRange({ day, minutes, startsAt, endsAt }: Draft, zone: string): string | undefined {
  if (!startsAt || !endsAt) return undefined;
  const text = `${clockInWords(startsAt, zone)}-${clockInWords(endsAt, zone)}`;
  const range = readClockRange(text);
  const reading = range && onDay(range, day, zone);
  if (reading?.kind !== 'range' || reading.minutes !== minutes) return undefined;
  return reading.startsAt.equals(startsAt) && reading.endsAt.equals(endsAt) ? text : undefined;
}
