// When something about an incident was, from moments and stretches as people write them: always in the past.

import { atClock, localDay } from '../../time/days.ts';
import type { Moment, MomentRefusal } from '../../time/moments.ts';
import { onDay, type Stretch } from '../../time/stretches.ts';

/** Why a time is none we can keep. */
export type TimeProblem =
  | Exclude<MomentRefusal['why'], 'which-year'>
  /** A day, and no clock with it. */
  | 'no-time'
  /** It begins as a time does, and goes on. */
  | 'unread'
  | 'in-a-gap'
  | 'in-the-future'
  | 'backwards';

type InstantReading = { kind: 'instant'; at: Temporal.Instant } | { kind: 'refused'; why: TimeProblem };

/** A moment that has been, in whoever's zone wrote it. Without a day: the latest time the clock showed that. */
export function pastInstant(moment: Moment, writerZone: string, now: Temporal.Instant): InstantReading {
  const zone = moment.zone ?? writerZone;
  const today = localDay(now, zone);
  if (moment.day) return notAhead(atTime(moment.day, moment.time, zone), now);
  const reading = atTime(today, moment.time, zone);
  if (reading.kind === 'refused' || Temporal.Instant.compare(reading.at, now) <= 0) return reading;
  return atTime(today.subtract({ days: 1 }), moment.time, zone);
}

function atTime(day: Temporal.PlainDate, time: Temporal.PlainTime, zone: string): InstantReading {
  const found = atClock(day, time, zone);
  return found.kind === 'instant'
    ? { kind: 'instant', at: found.instant }
    : { kind: 'refused', why: 'in-a-gap' };
}

const notAhead = (reading: InstantReading, now: Temporal.Instant): InstantReading =>
  reading.kind === 'instant' && Temporal.Instant.compare(reading.at, now) > 0
    ? { kind: 'refused', why: 'in-the-future' }
    : reading;

type TimesReading =
  | { kind: 'times'; startedAt: Temporal.Instant; resolvedAt: Temporal.Instant }
  | { kind: 'refused'; why: TimeProblem };

/** A stretch in instants. Without a day it is the latest that is over. */
export function pastStretch(stretch: Stretch, writerZone: string, now: Temporal.Instant): TimesReading {
  const { range, firstDay, lastDay } = stretch;
  const zone = stretch.zone ?? writerZone;
  const today = localDay(now, zone);
  const days = firstDay ? [firstDay] : [today, today.subtract({ days: 1 }), today.subtract({ days: 2 })];
  for (const day of days) {
    const times = onDay(range, day, zone, lastDay);
    if (times.kind === 'refused') return times;
    if (Temporal.Instant.compare(times.endsAt, now) > 0) continue;
    return { kind: 'times', startedAt: times.startsAt, resolvedAt: times.endsAt };
  }
  return { kind: 'refused', why: 'in-the-future' };
}

/**
 * When something in a timeline happened. Without a day it is the one that lies nearest to the incident, so that
 * "23:40" before an incident at 00:10 is the evening before. Never ahead of now.
 */
export function timelineInstant(
  moment: Moment,
  incident: { startedAt: Temporal.Instant | null; resolvedAt: Temporal.Instant | null },
  writerZone: string,
  now: Temporal.Instant,
): InstantReading {
  const zone = moment.zone ?? writerZone;
  if (moment.day || !incident.startedAt) return pastInstant(moment, writerZone, now);
  const { startedAt } = incident;
  const until = incident.resolvedAt ?? now;
  const away = (at: Temporal.Instant): number =>
    Math.max(at.until(startedAt).total('seconds'), until.until(at).total('seconds'), 0);
  const first = localDay(startedAt, zone).subtract({ days: 1 });
  const length = Math.min(first.until(localDay(until, zone)).days + 1, 31);
  const candidates = Array.from({ length: length + 1 }, (_, days) =>
    atTime(first.add({ days }), moment.time, zone),
  )
    .filter((reading) => reading.kind === 'instant')
    .filter(({ at }) => Temporal.Instant.compare(at, now) <= 0)
    .toSorted((one, other) => away(one.at) - away(other.at) || Temporal.Instant.compare(one.at, other.at));
  return candidates[0] ?? pastInstant(moment, writerZone, now);
}
