// What of somebody's schedules is to come, as the list of prompts tells it: day by day, and what comes later. Pure.

import { occurrencesBetween } from '../time/recurrence.ts';
import type { Delivery, Schedule } from './prompts.store.ts';
import { whenOf } from './when.ts';

/** A schedule as people read of it. */
export interface Titled {
  schedule: Schedule;
  title: string;
  /** Ready to show in a message; undefined: the lead has only one of the kind. */
  about: string | undefined;
}

/** A schedule as its own menu shows it. */
export interface Listed extends Titled {
  /** When it comes, what was put off or moved included; soonest first, and a few at most. */
  coming: Temporal.Instant[];
}

/** One prompt to come. */
export interface Upcoming extends Titled {
  at: Temporal.Instant;
}

/** What the list shows. */
export interface Outlook {
  /** Until the end of the seven days, soonest first. */
  soon: Upcoming[];
  /** What comes again and has nothing in these days, the next one first; then what is switched off or paused. */
  later: (Titled & { next: Temporal.Instant | undefined })[];
  /** How many that come once, after that. */
  once: number;
}

/** More of one schedule than this in seven days is no list any more. */
const mostOfOne = 30;

/** When a schedule's prompts really come, up to a moment: its own times, and whatever was put off or moved. */
export function coming(
  schedule: Schedule,
  waiting: readonly Delivery[],
  until: Temporal.Instant,
): Temporal.Instant[] {
  const own = waiting.flatMap((delivery) =>
    delivery.schedule_id === schedule.schedule_id && delivery.due_at ? [delivery.due_at] : [],
  );
  const { next_at: next } = schedule;
  const when = whenOf(schedule);
  const series =
    next === null
      ? []
      : 'rule' in when
        ? [next, ...occurrencesBetween(when, next, until, mostOfOne).map(({ at }) => at)]
        : [next];
  return [...own, ...series]
    .filter((at) => Temporal.Instant.compare(at, until) < 0)
    .sort(Temporal.Instant.compare);
}

/** `until`: when the seven days end. */
export function outlookOf(
  titled: readonly Titled[],
  waiting: readonly Delivery[],
  until: Temporal.Instant,
): Outlook {
  const outlook: Outlook = { soon: [], later: [], once: 0 };
  for (const one of titled) {
    const { schedule } = one;
    const soon = coming(schedule, waiting, until);
    outlook.soon.push(...soon.map((at) => ({ ...one, at })));
    if (soon.length > 0) continue;
    const moved = waiting.find(({ schedule_id: id }) => id === schedule.schedule_id)?.due_at;
    const next = [moved, schedule.next_at].flatMap((at) => at ?? []).sort(Temporal.Instant.compare)[0];
    if (schedule.rule === null && next) outlook.once += 1;
    else outlook.later.push({ ...one, next });
  }
  outlook.soon.sort((one, other) => Temporal.Instant.compare(one.at, other.at));
  const end = (next: Temporal.Instant | undefined) => next?.epochMilliseconds ?? Infinity;
  outlook.later.sort((one, other) => end(one.next) - end(other.next) || 0);
  return outlook;
}
