// When a rule falls due: RFC 5545 rules read as local wall time, placed on the real time line.

import { RRuleTemporal } from 'rrule-temporal';

/** A rule without DTSTART, as `FREQ=WEEKLY;BYDAY=FR`, from a local moment on, in an IANA zone. */
export interface Recurrence {
  rule: string;
  /** The first moment it may fall on; also gives the time of day, and what `INTERVAL` counts from. */
  starts: Temporal.PlainDateTime;
  timeZone: string;
}

interface Occurrence {
  at: Temporal.Instant;
  /** The wall time the rule names; the clock shows another only where clocks skip it. */
  local: Temporal.PlainDateTime;
}

const frequencies = ['DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'];

/** Why a rule can't be used, or undefined when it can. */
export function ruleProblem(rule: string): string | undefined {
  const parts = new Map(rule.split(';').map((part) => part.split('=', 2) as [string, string]));
  // Nobody wants to hear from a bot every hour.
  if (!frequencies.includes(parts.get('FREQ') ?? '')) return `FREQ is one of ${frequencies.join(', ')}`;
  const until = parts.get('UNTIL');
  if (until !== undefined && !/^\d{8}T\d{6}Z$/.test(until))
    return 'UNTIL is a moment in UTC, as 20261231T235959Z';
  if (parts.has('DTSTART') || rule.includes('\n')) return 'DTSTART is given as starts';
  try {
    new RRuleTemporal({
      rruleString: rule,
      dtstart: asUtc(Temporal.PlainDateTime.from('2026-01-01T09:00')),
    });
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

/** No zone has ever moved its clocks by more: Samoa left out 30 December 2011. */
const longestGap = Temporal.Duration.from({ hours: 24 });

/**
 * The first occurrence after an instant, or undefined when the rule has ended.
 * `afterLocal`: and after this wall time as well, for a series whose zone was changed.
 *
 * The rule is walked in wall time, where every day has its 24 hours; only then is each moment placed in the zone.
 * (Walked in the zone itself, rrule-temporal follows RFC 5545 and drops local times that don't exist.)
 * A wall time that clocks skip moves forward by the gap; one that comes twice is the first of the two.
 */
export function nextOccurrence(
  { rule, starts, timeZone }: Recurrence,
  after: Temporal.Instant,
  afterLocal?: Temporal.PlainDateTime,
): Occurrence | undefined {
  const series = new RRuleTemporal({ rruleString: inWallTime(rule, timeZone), dtstart: asUtc(starts) });
  // A skipped wall time is placed up to a gap later than it reads, so the search begins that much earlier.
  let from = after.toZonedDateTimeISO(timeZone).toPlainDateTime().subtract(longestGap);
  if (afterLocal && Temporal.PlainDateTime.compare(afterLocal, from) > 0) from = afterLocal;

  let earliest: Occurrence | undefined;
  for (let candidate = series.next(asUtc(from)); candidate !== null; candidate = series.next(candidate)) {
    const local = candidate.toPlainDateTime();
    const placed = local.toZonedDateTime(timeZone, { disambiguation: 'compatible' });
    const at = placed.toInstant();
    if (Temporal.Instant.compare(at, after) <= 0) continue;
    if (!earliest || Temporal.Instant.compare(at, earliest.at) < 0) earliest = { at, local };
    // A wall time that exists keeps its place in the order. One pushed forward may have been pushed past the next.
    if (placed.toPlainDateTime().equals(local)) break;
  }
  return earliest;
}

/** Occurrences after one instant and up to another, soonest first; `most` at the most. */
export function occurrencesBetween(
  recurrence: Recurrence,
  after: Temporal.Instant,
  upTo: Temporal.Instant,
  most = 100,
): Occurrence[] {
  const found: Occurrence[] = [];
  for (
    let next = nextOccurrence(recurrence, after);
    next && Temporal.Instant.compare(next.at, upTo) <= 0 && found.length < most;
    next = nextOccurrence(recurrence, next.at)
  ) {
    found.push(next);
  }
  return found;
}

const asUtc = (local: Temporal.PlainDateTime): Temporal.ZonedDateTime => local.toZonedDateTime('UTC');

/** The rule's end, which RFC 5545 has in UTC, as the zone's clocks show it. */
function inWallTime(rule: string, timeZone: string): string {
  return rule.replace(/UNTIL=(\d{8}T\d{6}Z)/, (_, until: string) => {
    const local = Temporal.Instant.from(until).toZonedDateTimeISO(timeZone).toPlainDateTime();
    return `UNTIL=${local.toString({ smallestUnit: 'second' }).replaceAll(/[-:]/g, '')}Z`;
  });
}
