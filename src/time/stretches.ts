// Stretches of time: `9:00-10:30`, `2-3:30pm`, `yesterday 23:50 to 00:20`: how they are read, and what they mean on a day.

import { type Clock, minuteOf, timeAt } from './clock.ts';
import type { Direction } from './days.parse.ts';
import { atClock } from './days.ts';
import {
  folded,
  longestMoment,
  type MomentRefusal,
  type Parts,
  partsOf,
  readDay,
  readZone,
} from './moments.ts';

/** Two clocks, as they were written. */
export interface ClockRange {
  from: Clock;
  to: Clock;
}

export type StretchRefusal =
  /** There is no 25:00, no 9:75 and no 13 pm. */
  | 'no-such-time'
  /** It ends when it starts, or before, and is not clearly a night: `10-2` may be 10:00 to 14:00. */
  | 'backwards'
  /** The clocks went forward over one of its ends that day; nobody ever saw that time. */
  | 'in-a-gap';

type StretchReading =
  | {
      kind: 'range';
      startsAt: Temporal.Instant;
      endsAt: Temporal.Instant;
      /** What really passed, an hour more or less when the clocks changed in between. */
      minutes: number;
      /** It runs into the next day. */
      overMidnight: boolean;
    }
  | { kind: 'refused'; why: StretchRefusal };

const between = / ?(?:-+|[–—−]-*|to|until|till) ?/g;

/** Two clocks, and the days they were said to lie on. */
export interface Stretch {
  range: ClockRange;
  /** The day it began: a day that was said once, at either end, is that one. Undefined: none was said. */
  firstDay: Temporal.PlainDate | undefined;
  /** Said for the end as well. */
  lastDay: Temporal.PlainDate | undefined;
  /** IANA zone or offset; undefined: the writer's own. */
  zone: string | undefined;
}

type Reading = { kind: 'stretch'; stretch: Stretch } | MomentRefusal | { kind: 'none' };

/** Whether a text, in any case, has the shape of two clocks; they may still be impossible. */
export function readClockRange(text: string): ClockRange | undefined {
  const ends = endsOf(text);
  return ends?.every(({ day, zone }) => day === '' && zone === '')
    ? { from: ends[0].clock, to: ends[1].clock }
    : undefined;
}

/** Reads `09:12-09:37 today`, `9-10.30`, `yesterday 23:50 to 00:20 UTC`, `17 nov 22:00 - 18 nov 1:00`. */
export function readStretch(text: string, today: Temporal.PlainDate, direction: Direction): Reading {
  const ends = endsOf(text);
  if (!ends) return { kind: 'none' };
  const days: Temporal.PlainDate[] = [];
  for (const { day: words } of ends) {
    const day = words === '' ? undefined : readDay(words, today, direction, text);
    if (day && day.kind !== 'day') return day;
    if (day) days.push(day.day);
  }
  const zone = readZone(ends[0].zone || ends[1].zone, text);
  if (typeof zone === 'object') return zone;
  const [firstDay, lastDay] = days;
  const range = { from: ends[0].clock, to: ends[1].clock };
  return { kind: 'stretch', stretch: { range, firstDay, lastDay, zone } };
}

/** Both ends, divided where that leaves two of them. */
function endsOf(text: string): [Parts, Parts] | undefined {
  if (text.length > 2 * longestMoment || !/\d|noon/i.test(text.normalize('NFKC'))) return undefined;
  const typed = folded(text)
    .trim()
    .replace(/(^| )from /, '$1');
  for (const { index, 0: divider } of typed.matchAll(between)) {
    const [from, to] = [typed.slice(0, index), typed.slice(index + divider.length)].map((end) =>
      partsOf(end, true),
    );
    if (from && to) return [from, to];
  }
  return undefined;
}

/** The longest stretch over midnight we take for a night's work rather than a slip. In minutes. */
const longestNight = 12 * 60;

/**
 * What a range means that begins on `day` in `zone`; `lastDay`: where it ends, when that was said.
 *
 * Without am or pm, times are on the 24-hour clock; with one of the two marked, the other end takes the half
 * of the day that makes the range run forward (`2-3:30pm`, `11-1pm`). A range over midnight belongs to the day
 * it began, and is understood when it plainly starts after noon and lasts no longer than 12 hours. A time that
 * came twice, because the clocks went back, is its first coming.
 */
export function onDay(
  range: ClockRange,
  day: Temporal.PlainDate,
  zone: string,
  lastDay?: Temporal.PlainDate,
): StretchReading {
  const times = minutesOfDay(range);
  if (!times) return { kind: 'refused', why: 'no-such-time' };
  const from = times[0];
  // Midnight as an end is the day's own: 22:00-0:00 runs into no other day.
  const to = times[1] === 0 && from > 0 && !lastDay ? 24 * 60 : times[1];
  const overMidnight = lastDay ? !lastDay.equals(day) : to <= from;
  if (!lastDay && overMidnight) {
    const plainlyAfternoon =
      from >= 13 * 60 || (from >= 12 * 60 && (range.from.half ?? range.to.half) !== null);
    const length = to + 24 * 60 - from;
    if (to === from || !plainlyAfternoon || length > longestNight)
      return { kind: 'refused', why: 'backwards' };
  }
  const start = instantOf(day, from, zone);
  const end = instantOf(lastDay ?? (overMidnight ? day.add({ days: 1 }) : day), to, zone);
  if (start.kind === 'in-a-gap' || end.kind === 'in-a-gap') return { kind: 'refused', why: 'in-a-gap' };
  const minutes = start.instant.until(end.instant).total('minutes');
  if (minutes <= 0) return { kind: 'refused', why: 'backwards' };
  return { kind: 'range', startsAt: start.instant, endsAt: end.instant, minutes, overMidnight };
}

function instantOf(day: Temporal.PlainDate, minute: number, zone: string) {
  // 24:00 is the next day's 0:00
  return atClock(day.add({ days: Math.floor(minute / (24 * 60)) }), timeAt(minute), zone);
}

/** Both ends in minutes after midnight on the clock, or undefined when one is no time. */
function minutesOfDay({ from, to }: ClockRange): [number, number] | undefined {
  const start = minuteOf(from);
  const end = minuteOf(to);
  if (start === undefined || end === undefined || start === 24 * 60) return undefined;
  if (from.half === null && to.half !== null && from.hour >= 1 && from.hour <= 12) {
    const same = minuteOf({ ...from, half: to.half })!;
    return [same < end ? same : minuteOf({ ...from, half: otherHalf(to.half) })!, end];
  }
  if (from.half !== null && to.half === null && to.hour >= 1 && to.hour <= 12) {
    const same = minuteOf({ ...to, half: from.half })!;
    return [start, same > start ? same : minuteOf({ ...to, half: otherHalf(from.half) })!];
  }
  return [start, end];
}

function otherHalf(half: 'am' | 'pm'): 'am' | 'pm' {
  return half === 'am' ? 'pm' : 'am';
}
