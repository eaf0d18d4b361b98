// When to ask how it goes: the days a lead names, and sensible ones where they name none.

import { parseDay, type WhichYear } from '../../time/days.parse.ts';
import { shortMonth } from '../../time/days.ts';
import { parseEvery } from '../../time/recurrence.parse.ts';
import { type WorkingDays, workingDayAfter, workingDayUpTo } from '../../time/working-days.ts';
import { comparable } from '../../words.ts';
import { fully, type Level } from './delegation.levels.ts';

export type CheckInAnswer = 'on-track' | 'needs-me' | 'taken-back' | 'done';

export interface CheckIn {
  id: string;
  delegationId: string;
  /** The lead's local day. */
  day: Temporal.PlainDate;
  answer: CheckInAnswer | null;
}

export const mostCheckIns = 12;
/** Days ahead that a delegation can run, or be asked about. */
export const furthestAhead = 730;

const weeksWithoutEnd = 2;
/** A delegation that runs longer than this many days is asked about halfway as well. */
const longRun = 42;

/** The last working day up to a day, and after today; where there is none, the first one after it. */
function workingDayBy(
  day: Temporal.PlainDate,
  today: Temporal.PlainDate,
  life: WorkingDays,
): Temporal.PlainDate {
  const upTo = workingDayUpTo(life, day);
  return Temporal.PlainDate.compare(upTo, today) > 0 ? upTo : (workingDayAfter(life, day) ?? day);
}

/**
 * At the end, and halfway when that is far off; in two weeks when no end is named. What is delegated fully is not
 * asked about, unless the lead names a day.
 */
export function usualCheckIns(
  { until, level }: { until: Temporal.PlainDate | null; level: Level },
  today: Temporal.PlainDate,
  life: WorkingDays,
): Temporal.PlainDate[] {
  if (level === fully) return [];
  if (!until) return [workingDayBy(today.add({ weeks: weeksWithoutEnd }), today, life)];
  const days = today.until(until).days;
  const wanted = days > longRun ? [today.add({ days: Math.floor(days / 2) }), until] : [until];
  return unique(wanted.map((day) => workingDayBy(day, today, life)));
}

/** When to ask again about what needs the lead, where no other check-in is set: in a week. */
export const checkInAfterTrouble = (today: Temporal.PlainDate, life: WorkingDays): Temporal.PlainDate =>
  workingDayBy(today.add({ weeks: 1 }), today, life);

type CheckInsReading =
  | { kind: 'usual' }
  | { kind: 'days'; days: Temporal.PlainDate[] }
  | { kind: 'refused'; why: 'unreadable' | 'not-ahead' | 'too-far' | 'too-many'; text: string }
  | ({ text: string } & WhichYear);

/**
 * Reads check-in days: nothing for the usual ones, `none`, a list as `28 nov, 12 dec`, or `every week`, `every two
 * weeks`, `every month`, which run to the end, or twelve times where there is none.
 */
export function readCheckIns(
  text: string,
  context: { today: Temporal.PlainDate; until: Temporal.PlainDate | null; life: WorkingDays },
): CheckInsReading {
  const { today, until, life } = context;
  const typed = text.trim();
  if (typed === '') return { kind: 'usual' };
  if (comparable(typed).toLowerCase() === 'none') return { kind: 'days', days: [] };
  const rhythm = parseEvery(typed);
  if (rhythm) {
    const step = {
      day: { days: 1 },
      weekday: { days: 1 },
      week: { weeks: 1 },
      month: { months: 1 },
      quarter: { months: 3 },
    }[rhythm.every];
    const times = (count: number) =>
      Object.fromEntries(Object.entries(step).map(([unit, one]) => [unit, one * rhythm.interval * count]));
    const series = Array.from({ length: mostCheckIns }, (_, index) => today.add(times(index + 1)))
      .filter((day) => until === null || Temporal.PlainDate.compare(day, until) <= 0)
      .map((day) => workingDayBy(day, today, life));
    const days = until ? [...series, workingDayBy(until, today, life)] : series;
    return { kind: 'days', days: unique(days).slice(0, mostCheckIns) };
  }
  const parts = typed
    // Not the comma of "nov 28, 2026".
    .split(/[,，](?! ?\d{4}(?!\d))|[;\n]| and /i)
    .map((part) => part.trim())
    .filter((part) => part !== '');
  if (parts.length > mostCheckIns) return { kind: 'refused', why: 'too-many', text: typed };
  const days: Temporal.PlainDate[] = [];
  for (const part of parts) {
    const reading = parseDay(part, today, 'future');
    if (reading.kind === 'refused') {
      return reading.why === 'which-year'
        ? { ...reading, text: part }
        : { kind: 'refused', why: 'unreadable', text: part };
    }
    const trouble = troubleWithDay(reading.day, today);
    if (trouble) return { kind: 'refused', why: trouble, text: part };
    days.push(reading.day);
  }
  return days.length === 0 ? { kind: 'usual' } : { kind: 'days', days: unique(days) };
}

/** Why nothing can end, or be asked about, on that day. */
export function troubleWithDay(
  day: Temporal.PlainDate,
  today: Temporal.PlainDate,
): 'not-ahead' | 'too-far' | undefined {
  if (Temporal.PlainDate.compare(day, today) <= 0) return 'not-ahead';
  return today.until(day).days > furthestAhead ? 'too-far' : undefined;
}

function unique(days: readonly Temporal.PlainDate[]): Temporal.PlainDate[] {
  return [...new Set(days.map(String))].sort().map((day) => Temporal.PlainDate.from(day));
}

/** As it can be typed again: `28 Nov 2026, 12 Dec 2026`. */
export const printCheckIns = (days: readonly Temporal.PlainDate[]): string =>
  days.map((date) => `${date.day} ${shortMonth(date)} ${date.year}`).join(', ');

/** A day that starts at 23:45 is asked at its start, not on the day before. */
export function halfAnHourInto(workdayStarts: Temporal.PlainTime): Temporal.PlainTime {
  const later = workdayStarts.add({ minutes: 30 });
  return Temporal.PlainTime.compare(later, workdayStarts) > 0 ? later : workdayStarts;
}
