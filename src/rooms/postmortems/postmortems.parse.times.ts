// Moments as people write them about an incident: a clock, perhaps a day, perhaps a zone; alone or as a stretch.

import { parseDay } from '../../time/days.parse.ts';
import { atClock, localDay } from '../../time/days.ts';

/** A clock somebody looked at. */
export interface Moment {
  time: Temporal.PlainTime;
  /** Undefined: they did not say. */
  day: Temporal.PlainDate | undefined;
  /** IANA zone or offset; undefined: their own. */
  zone: string | undefined;
}

export type TimeProblem =
  | 'no-such-time'
  | 'no-such-day'
  | 'no-such-zone'
  | 'in-a-gap'
  | 'in-the-future'
  | 'backwards';

interface Stretch {
  from: Moment;
  to: Moment | undefined;
}

const clockSource = '(\\d{1,2}):(\\d{2})(?::\\d{2})? ?([ap]m)?|(\\d{1,2}) ?([ap]m)';
const zoneSource = '(?:utc|gmt|z|[a-z]+\\/[a-z_]+(?:\\/[a-z_]+)?|(?:utc|gmt)?[+−-]\\d{1,2}(?::?\\d{2})?)';
const daySource =
  '(?:on )?(?:today|yesterday|the day before yesterday|\\d{1,2} days? ago|(?:last )?(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?|\\d{4}-\\d{1,2}-\\d{1,2}|\\d{1,2}(?:st|nd|rd|th)? [a-z]{3,9}\\.?(?: \\d{4})?|[a-z]{3,9} \\d{1,2}(?:st|nd|rd|th)?(?:,? \\d{4})?)';

const momentSource = `(?:(?:${daySource})(?: at)? )?(?:${clockSource})(?: (?:${zoneSource})(?![\\w:]))?(?: (?:${daySource})(?![\\w:]))?(?: (?:${zoneSource})(?![\\w:]))?`;

const oneMoment = new RegExp(
  `^(?:(?<before>${daySource})(?: at)? )?(?:${clockSource})(?: (?<zone>${zoneSource})(?![\\w:]))?(?: (?<after>${daySource})(?![\\w:]))?(?: (?<zoneAfter>${zoneSource})(?![\\w:]))?$`,
  'u',
);

export type MomentReading =
  | { kind: 'moment'; moment: Moment }
  | { kind: 'refused'; why: TimeProblem }
  /** It doesn't look like one at all. */
  | { kind: 'none' };

/** Reads `09:20`, `9:20 pm yesterday`, `20 nov 09:20 UTC`, and nothing that has more in it. `today`: the writer's. */
export function readMoment(text: string, today: Temporal.PlainDate): MomentReading {
  const found = oneMoment.exec(folded(text));
  if (!found) return { kind: 'none' };
  const { before, after, zone, zoneAfter } = found.groups ?? {};
  const time = clockOf(found);
  if (!time) return { kind: 'refused', why: 'no-such-time' };
  const dayWords = (before ?? after)?.replace(/^on /, '');
  const day = dayWords === undefined ? undefined : parseDay(dayWords, today, 'past');
  // "3 weeks" has the shape of "3 nov" and is no day at all.
  if (day?.kind === 'refused' && day.why === 'not-a-day') return { kind: 'none' };
  if (day?.kind === 'refused') return { kind: 'refused', why: 'no-such-day' };
  const named = zone ?? zoneAfter;
  const known = named === undefined ? undefined : knownZone(named);
  if (named !== undefined && known === undefined) return { kind: 'refused', why: 'no-such-zone' };
  return { kind: 'moment', moment: { time, day: day?.day, zone: known } };
}

/** The clock of a moment, with or without minutes. */
function clockOf(found: RegExpExecArray): Temporal.PlainTime | undefined {
  // Groups: 1 the day before it, then 2 hour, 3 minute, 4 half, or 5 hour, 6 half.
  const hour = Number(found[2] ?? found[5]);
  const minute = Number(found[3] ?? 0);
  const half = found[4] ?? found[6];
  if (minute > 59) return undefined;
  if (half === undefined) return hour < 24 ? Temporal.PlainTime.from({ hour, minute }) : undefined;
  if (hour < 1 || hour > 12) return undefined;
  return Temporal.PlainTime.from({ hour: (hour % 12) + (half === 'pm' ? 12 : 0), minute });
}

/** The same without its groups, to be part of something larger. */
const groupless = momentSource.replaceAll(/\((?!\?)/g, '(?:');

const momentAtStart = new RegExp(`^(?:${momentSource})(?=$|[\\s,:;–—-])`, 'u');

/** The moment a line begins with, and what follows it; nothing when it begins with words. */
export function momentFirst(
  line: string,
  today: Temporal.PlainDate,
): { reading: Exclude<MomentReading, { kind: 'none' }>; rest: string } | undefined {
  const lower = folded(line);
  const found = momentAtStart.exec(lower);
  if (!found) return undefined;
  // Longest first: "09:20 utc rolled back", and "09:20 mon plan failed" where "mon plan" is no day.
  for (let taken = found[0]; taken !== ''; taken = taken.slice(0, Math.max(0, taken.lastIndexOf(' ')))) {
    const reading = readMoment(taken, today);
    if (reading.kind === 'none') continue;
    return { reading, rest: line.slice(taken.length).replace(/^[\s,:;–—-]+/u, '') };
  }
  return undefined;
}

const stretch = new RegExp(`^(?:from )?(${groupless}) ?(?:-+|[–—]-*|to|until|till) ?(${groupless})$`, 'u');

type StretchReading =
  | { kind: 'stretch'; stretch: Stretch }
  | { kind: 'refused'; why: TimeProblem }
  | { kind: 'none' };

/** Reads `09:12-09:37 today`, `yesterday 23:50 to 00:20 UTC`, `since 09:12`. */
export function readStretch(text: string, today: Temporal.PlainDate): StretchReading {
  const lower = folded(text);
  const both = stretch.exec(lower);
  if (both) {
    const [from, to] = [readMoment(both[1]!, today), readMoment(both[2]!, today)];
    if (from.kind === 'none' || to.kind === 'none') return { kind: 'none' };
    if (from.kind === 'refused') return from;
    if (to.kind === 'refused') return to;
    // A day or a zone said once, at either end, is meant for both; a day at the end is where it ended.
    const zone = from.moment.zone ?? to.moment.zone;
    return { kind: 'stretch', stretch: { from: { ...from.moment, zone }, to: { ...to.moment, zone } } };
  }
  const alone = /^(?:since|from|at|started|started at|start|began at) (.+)$/u.exec(lower)?.[1] ?? lower;
  const reading = readMoment(alone, today);
  return reading.kind === 'moment'
    ? { kind: 'stretch', stretch: { from: reading.moment, to: undefined } }
    : reading;
}

type InstantReading = { kind: 'instant'; at: Temporal.Instant } | { kind: 'refused'; why: TimeProblem };

/** A moment that has been, in whoever's zone wrote it. Without a day: the latest time the clock showed that. */
export function pastInstant(moment: Moment, writerZone: string, now: Temporal.Instant): InstantReading {
  const zone = moment.zone ?? writerZone;
  const today = localDay(now, zone);
  if (moment.day) return notAhead(onDay(moment.day, moment.time, zone), now);
  const reading = onDay(today, moment.time, zone);
  if (reading.kind === 'refused' || Temporal.Instant.compare(reading.at, now) <= 0) return reading;
  return onDay(today.subtract({ days: 1 }), moment.time, zone);
}

function onDay(day: Temporal.PlainDate, time: Temporal.PlainTime, zone: string): InstantReading {
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
  | { kind: 'times'; startedAt: Temporal.Instant; resolvedAt: Temporal.Instant | null }
  | { kind: 'refused'; why: TimeProblem };

/** A stretch in instants. An end that reads earlier than the start is on the next day, if that has been. */
export function pastStretch({ from, to }: Stretch, writerZone: string, now: Temporal.Instant): TimesReading {
  if (!to) {
    const start = pastInstant(from, writerZone, now);
    return start.kind === 'refused' ? start : { kind: 'times', startedAt: start.at, resolvedAt: null };
  }
  const zone = from.zone ?? writerZone;
  // "23:50-00:20 today" ended today; "09:12-09:37 today" happened today.
  const crosses = Temporal.PlainTime.compare(to.time, from.time) <= 0;
  if (to.time.equals(from.time) && from.day === undefined && to.day === undefined) {
    return { kind: 'refused', why: 'backwards' };
  }
  const lastDay =
    to.day ?? (from.day ? (crosses ? from.day.add({ days: 1 }) : from.day) : latestDay(to.time, zone, now));
  const firstDay = from.day ?? (crosses ? lastDay.subtract({ days: 1 }) : lastDay);
  const start = onDay(firstDay, from.time, zone);
  const end = onDay(lastDay, to.time, zone);
  if (start.kind === 'refused') return start;
  if (end.kind === 'refused') return end;
  if (Temporal.Instant.compare(start.at, end.at) >= 0) return { kind: 'refused', why: 'backwards' };
  if (Temporal.Instant.compare(end.at, now) > 0) return { kind: 'refused', why: 'in-the-future' };
  return { kind: 'times', startedAt: start.at, resolvedAt: end.at };
}

/** The latest local day on which that clock has been seen. */
function latestDay(time: Temporal.PlainTime, zone: string, now: Temporal.Instant): Temporal.PlainDate {
  const local = now.toZonedDateTimeISO(zone);
  const today = local.toPlainDate();
  return Temporal.PlainTime.compare(time, local.toPlainTime()) <= 0 ? today : today.subtract({ days: 1 });
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
    onDay(first.add({ days }), moment.time, zone),
  )
    .filter((reading) => reading.kind === 'instant')
    .filter(({ at }) => Temporal.Instant.compare(at, now) <= 0)
    .toSorted((one, other) => away(one.at) - away(other.at) || Temporal.Instant.compare(one.at, other.at));
  return candidates[0] ?? pastInstant(moment, writerZone, now);
}

/** An IANA zone or an offset, as Temporal takes it; undefined when there is none of that name. */
function knownZone(text: string): string | undefined {
  const typed = text.replace('−', '-').toLowerCase();
  if (['utc', 'gmt', 'z'].includes(typed)) return 'UTC';
  const offset = /^(?:utc|gmt)?([+-])(\d{1,2}):?(\d{2})?$/.exec(typed);
  const id = offset ? `${offset[1]}${offset[2]!.padStart(2, '0')}:${offset[3] ?? '00'}` : text;
  try {
    return Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(id).timeZoneId;
  } catch {
    // RangeError is how Temporal says that there is no such zone.
    return undefined;
  }
}

/** As these readers take it: lower case, one space, plain characters of the same length. */
const folded = (text: string): string => text.replaceAll(/\s/gu, ' ').toLowerCase();
