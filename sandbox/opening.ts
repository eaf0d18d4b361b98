// When a new sandbox begins.

/**
 * When a new sandbox begins: now, unless the lead's week is all but over. What is logged on a Friday afternoon or at
 * the weekend is in no digest to come, so then it begins on Monday morning.
 */
export function openingMoment(now: Temporal.Instant, zone: string): Temporal.Instant {
  const local = now.toZonedDateTimeISO(zone);
  const weekIsOver = local.dayOfWeek > 5 || (local.dayOfWeek === 5 && local.hour >= 14);
  if (!weekIsOver) return now;
  return local
    .add({ days: 8 - local.dayOfWeek })
    .withPlainTime('09:00')
    .toInstant();
}
