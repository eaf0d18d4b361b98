// What a week amounts to: sums, share, floors, empty days and the weeks before it. Numbers only, no words.

import { floorOf, isAway, type Lead } from '../../leads/leads.ts';
import { localDay } from '../../time/days.ts';
import { addWeeks, type IsoWeek, weekDays } from '../../time/weeks.ts';
import { isWorkingDay, workBegins, workMinutes } from '../../time/working-days.ts';
import {
  codingFloor,
  type Entry,
  emptyDays,
  entriesOn,
  isBelowFloor,
  type Reader,
  type Totals,
  totals,
} from './balance.ts';

/** Which floor a week is under, if any. */
type Verdict =
  | 'to-come'
  | 'nothing-logged'
  | 'nothing-counts'
  | 'too-little'
  | 'leading-below'
  | 'coding-below'
  | 'even';

export interface WeekReport {
  week: IsoWeek;
  totals: Totals;
  /** The lead's floor for leading, in whole percent. */
  floor: number;
  verdict: Verdict;
  /** How many weeks in a row, this one included, were below the floor for leading. 0 when this one is not. */
  weeksBelow: number;
  /**
   * Working days of the week, public holidays and days of a pause left out: those up to today, how many of them have something logged, and
   * how many are still to come.
   */
  workingDays: { passed: number; logged: number; left: number };
  /** Working days up to today with nothing logged. */
  empty: Temporal.PlainDate[];
  /** Up to eight weeks, this one last; none before the first with anything logged. */
  history: { week: IsoWeek; coding: number; leading: number }[];
}

const weeksShown = 8;

/** The local days a report on that week needs entries of. */
export const daysNeeded = (week: IsoWeek): { from: Temporal.PlainDate; to: Temporal.PlainDate } => ({
  from: weekDays(addWeeks(week, 1 - weeksShown))[0],
  to: weekDays(week)[6],
});

/** `entries`: those of `daysNeeded(week)`. */
export function reportWeek(
  week: IsoWeek,
  entries: readonly Entry[],
  { categories, lead, now }: Reader,
): WeekReport {
  const floor = floorOf(lead);
  const today = localDay(now, lead.timeZone);
  const days = weekDays(week);
  const ofWeek = entriesOn(entries, days);
  const sums = totals(ofWeek, categories);
  const working = days.filter((day) => isWorkingDay(lead, day) && !isAway(lead, day));
  const passed = working.filter((day) => Temporal.PlainDate.compare(day, today) <= 0);
  const empty = emptyDays(working, ofWeek, lastDayToJudge(lead, now));
  const weeks = Array.from({ length: weeksShown }, (_, index) => {
    const each = addWeeks(week, index + 1 - weeksShown);
    return { week: each, ...totals(entriesOn(entries, weekDays(each)), categories) };
  });
  const firstLogged = weeks.findIndex(({ minutes }) => minutes > 0);
  return {
    week,
    totals: sums,
    floor,
    verdict: Temporal.PlainDate.compare(days[0], today) > 0 ? 'to-come' : verdictOn(sums, floor),
    weeksBelow: weeksBelowInARow(weeks, floor),
    workingDays: {
      passed: passed.length,
      logged: passed.length - empty.length,
      left: working.length - passed.length,
    },
    empty,
    history: weeks
      .slice(firstLogged === -1 ? weeksShown - 1 : firstLogged)
      .map(({ week: each, bySide: { coding, leading } }) => ({ week: each, coding, leading })),
  };
}

/** Today counts as empty from the middle of the working day on: at nine in the morning every day is. */
function lastDayToJudge(lead: Lead, now: Temporal.Instant): Temporal.PlainDate {
  const day = localDay(now, lead.timeZone);
  const middle = workBegins(lead, day).add({ minutes: Math.floor(workMinutes(lead, day) / 2) });
  return Temporal.Instant.compare(now, middle) < 0 ? day.subtract({ days: 1 }) : day;
}

/** With less than this logged to either side, a share says more than is known; in minutes. */
export const fewestToJudge = 120;

/**
 * Both sides have a floor: the lead's own for leading, and 30 % for coding, since a lead who stops coding loses the
 * ground they decide on. Where the lead's floor leaves coding less than that, theirs stands alone.
 */
function verdictOn({ minutes, counted, bySide }: Totals, floor: number): Verdict {
  if (minutes === 0) return 'nothing-logged';
  if (counted === 0) return 'nothing-counts';
  if (counted < fewestToJudge) return 'too-little';
  if (isBelowFloor(bySide.leading, counted, floor)) return 'leading-below';
  return floor <= 100 - codingFloor && isBelowFloor(bySide.coding, counted, codingFloor)
    ? 'coding-below'
    : 'even';
}

/** Weeks with nothing that counts (leave, say) neither add to the row nor break it. */
function weeksBelowInARow(weeks: Totals[], floor: number): number {
  let row = 0;
  if (weeks.at(-1)?.counted === 0) return 0;
  for (const { counted, bySide } of weeks.toReversed()) {
    if (counted === 0) continue;
    if (!isBelowFloor(bySide.leading, counted, floor)) break;
    row += 1;
  }
  return row;
}
