// The running timer: when it has been forgotten, and what it comes to when it stops.

import { localDay } from '../../time/days.ts';
import { isWorkingDay, type WorkingLife, workEnds } from '../../time/working-days.ts';
import type { Category, Draft } from './balance.ts';

export interface Timer {
  categoryId: string;
  startedAt: Temporal.Instant;
  /** When the lead last said they are still on it. */
  confirmedAt: Temporal.Instant | null;
}

/** A stretch this long without a word is as likely forgotten as real. */
const longestUnasked = Temporal.Duration.from({ hours: 4 });

type Workday = Omit<WorkingLife, 'workdayStarts'>;

/**
 * When to ask whether the timer was forgotten: four hours after it started or was last confirmed, or at the end
 * of the working day if that comes first. Somebody who starts in the evening works in the evening.
 */
export function timerCheckAt({ startedAt, confirmedAt }: Timer, lead: Workday): Temporal.Instant {
  const since = confirmedAt ?? startedAt;
  const fourHours = since.add(longestUnasked);
  const day = localDay(since, lead.timeZone);
  if (!isWorkingDay(lead, day)) return fourHours;
  const ends = workEnds(lead, day);
  const endsFirst =
    Temporal.Instant.compare(since, ends) < 0 && Temporal.Instant.compare(ends, fourHours) < 0;
  return endsFirst ? ends : fourHours;
}

export const isForgotten = (timer: Timer, lead: Workday, now: Temporal.Instant): boolean =>
  Temporal.Instant.compare(timerCheckAt(timer, lead), now) <= 0;

/** What the timer logs when it ends then, to the nearest minute; undefined when it ran for less than one. */
export function draftOf(
  timer: Timer,
  category: Category,
  endsAt: Temporal.Instant,
  timeZone: string,
): Draft | undefined {
  const minutes = Math.round(timer.startedAt.until(endsAt).total('minutes'));
  if (minutes < 1) return undefined;
  return {
    day: localDay(timer.startedAt, timeZone),
    minutes,
    categoryId: category.id,
    side: category.side,
    people: [],
    note: null,
    startsAt: timer.startedAt,
    endsAt,
  };
}
