// What of a schedule is to come, as the list of prompts tells it. Pure.

import { occurrencesBetween } from '../time/recurrence.ts';
import type { Delivery, Schedule } from './prompts.store.ts';
import { whenOf } from './when.ts';

/** A schedule as people read of it. */
export interface Titled {
  schedule: Schedule;
  title: string;
  /** Undefined: the lead has only one of the kind. */
  about: string | undefined;
}

/** A schedule as the list shows it. */
export interface Listed extends Titled {
  /** In the next fortnight, or put off or moved to whenever it may be; soonest first. */
  coming: Temporal.Instant[];
}

/** When a schedule's prompts really come: those of the next fortnight, and whatever was put off or moved. */
export function coming(schedule: Schedule, waiting: Delivery[], now: Temporal.Instant): Temporal.Instant[] {
  const fortnight = now.add({ hours: 14 * 24 });
  const own = waiting.flatMap((delivery) =>
    delivery.schedule_id === schedule.schedule_id && delivery.due_at ? [delivery.due_at] : [],
  );
  const { next_at: next } = schedule;
  const when = whenOf(schedule);
  const series =
    next === null
      ? []
      : 'rule' in when
        ? [next, ...occurrencesBetween(when, next, fortnight, 30).map(({ at }) => at)]
        : [next];
  return [...own, ...series.filter((at) => Temporal.Instant.compare(at, fortnight) <= 0)].sort(
    Temporal.Instant.compare,
  );
}
