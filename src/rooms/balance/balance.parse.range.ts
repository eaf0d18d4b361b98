// Clock ranges: `9:00-10:30`, `2-3:30pm`, what they mean on a given day in a given zone, and the way back to text.

import { atClock, clockInWords } from '../../time/days.ts';
import { formatDuration } from '../../time/durations.ts';
import type { Draft } from './balance.ts';

interface ClockTime {
  hour: number;
  minute: number;
  half: 'am' | 'pm' | null;
}

export interface ClockRange {
  from: ClockTime;
  to: ClockTime;
}

export type RangeRefusal =
  /** There is no 25:00, no 9:75 and no 13 pm. */
  | 'no-such-time'
  /** It ends when it starts, or before, and is not clearly a night: `10-2` may be 10:00 to 14:00. */
  | 'backwards'
  /** The clocks went forward over one of its ends that day; nobody ever saw that time. */
  | 'in-a-gap';

type RangeReading =
  | {
      kind: 'range';
      startsAt: Temporal.Instant;
      endsAt: Temporal.Instant;
      /** What really passed, an hour more or less when the clocks changed in between. */
      minutes: number;
      /** It runs into the next day. */
      overMidnight: boolean;
    }
  | { kind: 'refused'; why: RangeRefusal };

const clock = '(\\d{1,2})(?:[:.](\\d{2}))?(?: ?([ap])(?:m|\\.m\\.?))?';
const shape = new RegExp(`^(?:from )?${clock} ?(?:-+|[–—−]-*|to|until|till) ?${clock}$`);

/** Whether a text has the shape of a clock range; the times in it may still be impossible. */
export function readClockRange(text: string): ClockRange | undefined {
  const found = shape.exec(text.toLowerCase());
  if (!found) return undefined;
  const time = (first: number): ClockTime => ({
    hour: Number(found[first]),
    minute: Number(found[first + 1] ?? 0),
    half: found[first + 2] === 'a' ? 'am' : found[first + 2] === 'p' ? 'pm' : null,
  });
  return { from: time(1), to: time(4) };
}

/** The longest stretch over midnight we take for a night's work rather than a slip. In minutes. */
const longestNight = 12 * 60;

/**
 * What a range means on `day` in `zone`.
 *
 * Without am or pm, times are on the 24-hour clock; with one of the two marked, the other end takes the half
 * of the day that makes the range run forward (`2-3:30pm`, `11-1pm`). A range over midnight counts for the day
 * it began, and is understood when it plainly starts after noon and lasts no longer than 12 hours. A time that
 * came twice, because the clocks went back, is its first coming.
 */
export function onDay(range: ClockRange, day: Temporal.PlainDate, zone: string): RangeReading {
  const times = minutesOfDay(range);
  if (!times) return { kind: 'refused', why: 'no-such-time' };
  const from = times[0];
  // Midnight as an end is the day's own: 22:00-0:00 runs into no other day.
  const to = times[1] === 0 && from > 0 ? 24 * 60 : times[1];
  const overMidnight = to <= from;
  if (overMidnight) {
    const plainlyAfternoon =
      from >= 13 * 60 || (from >= 12 * 60 && (range.from.half ?? range.to.half) !== null);
    const length = to + 24 * 60 - from;
    if (to === from || !plainlyAfternoon || length > longestNight)
      return { kind: 'refused', why: 'backwards' };
  }
  const start = instantOf(day, from, zone);
  const end = instantOf(overMidnight ? day.add({ days: 1 }) : day, to, zone);
  if (start.kind === 'in-a-gap' || end.kind === 'in-a-gap') return { kind: 'refused', why: 'in-a-gap' };
  const minutes = start.instant.until(end.instant).total('minutes');
  return { kind: 'range', startsAt: start.instant, endsAt: end.instant, minutes, overMidnight };
}

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

function instantOf(day: Temporal.PlainDate, minute: number, zone: string) {
  const days = Math.floor(minute / (24 * 60)); // 24:00 is the next day's 0:00
  const time = Temporal.PlainTime.from({ hour: Math.floor(minute / 60) % 24, minute: minute % 60 });
  return atClock(day.add({ days }), time, zone);
}

/** Both ends in minutes after midnight on the clock, or undefined when one is no time. */
function minutesOfDay({ from, to }: ClockRange): [number, number] | undefined {
  const start = clockMinutes(from, from.half);
  const end = clockMinutes(to, to.half);
  if (start === undefined || end === undefined || start === 24 * 60) return undefined;
  if (from.half === null && to.half !== null && from.hour >= 1 && from.hour <= 12) {
    const same = clockMinutes(from, to.half)!;
    return [same < end ? same : clockMinutes(from, otherHalf(to.half))!, end];
  }
  if (from.half !== null && to.half === null && to.hour >= 1 && to.hour <= 12) {
    const same = clockMinutes(to, from.half)!;
    return [start, same > start ? same : clockMinutes(to, otherHalf(from.half))!];
  }
  return [start, end];
}

function otherHalf(half: 'am' | 'pm'): 'am' | 'pm' {
  return half === 'am' ? 'pm' : 'am';
}

function clockMinutes({ hour, minute }: ClockTime, half: 'am' | 'pm' | null): number | undefined {
  if (minute > 59) return undefined;
  if (half === null) return hour < 24 || (hour === 24 && minute === 0) ? hour * 60 + minute : undefined;
  if (hour < 1 || hour > 12) return undefined;
  return ((hour % 12) + (half === 'pm' ? 12 : 0)) * 60 + minute;
}
