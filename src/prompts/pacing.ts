// How a rush is spread: each workspace and each destination hears messages no faster than Slack allows. Pure.

/** A rate with some room for a burst, kept as one moment (the generic cell rate algorithm). */
export interface Pace {
  /** Between two messages, once the burst is used. */
  every: Temporal.Duration;
  /** How many may go at once after a quiet while. */
  burst: number;
}

/**
 * Slack allows "several hundred" messages a minute in a workspace and one a second in a channel, short bursts aside
 * (docs.slack.dev/apis/web-api/rate-limits). 270 a minute leaves room for answers to people's own clicks.
 */
export const workspacePace: Pace = { every: Temporal.Duration.from('PT0.222222S'), burst: 100 };
export const destinationPace: Pace = { every: Temporal.Duration.from('PT1.1S'), burst: 2 };

/**
 * No rush and no hold of Slack's lasts this long. A line that ends later was left behind by a clock that has been set
 * back since, and would silence a workspace until the old time came round again.
 */
const longestLine = Temporal.Duration.from({ hours: 24 });

interface Slot {
  /** When this message may go; never before `now`. */
  at: Temporal.Instant;
  /** The line's new end, to be kept for the next one. */
  next: Temporal.Instant;
}

/** The next place in a line whose end was `next`. */
export function takeSlot(pace: Pace, next: Temporal.Instant | undefined, now: Temporal.Instant): Slot {
  const believable = next && Temporal.Instant.compare(next, now.add(longestLine)) <= 0;
  const end = believable && Temporal.Instant.compare(next, now) > 0 ? next : now;
  const room = Temporal.Duration.from({
    nanoseconds: pace.every.total('nanoseconds') * (pace.burst - 1),
  });
  const at = end.subtract(room);
  return {
    at: Temporal.Instant.compare(at, now) > 0 ? at : now,
    next: end.add(pace.every),
  };
}

/** The end of a line in which nobody may go before `until`, and the burst is used up then. */
export const holdUntil = (pace: Pace, until: Temporal.Instant): Temporal.Instant =>
  until.add({ nanoseconds: pace.every.total('nanoseconds') * (pace.burst - 1) });
