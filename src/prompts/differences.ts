// What is planned for a lead against what should be: the differences, and which of them are the lead's own doing. Pure.

import type { Schedule } from './prompts.store.ts';
import type { Wanted } from './prompts.ts';
import { leadsOwn, saidWhen, sameWhen } from './when.ts';

export type Difference =
  /** It is missing, or falls due otherwise, or goes elsewhere. */
  | { what: 'missing' | 'different'; plan: Wanted }
  /** Nobody wants what is to come of it. */
  | { what: 'unwanted'; schedule: Schedule }
  /** It is as it should be, and yet nothing is to come, or it was paused long enough to be tried again. */
  | { what: 'resting'; schedule: Schedule };

/** A person whom Slack could not reach is tried again after so long, in case nobody said that they are back. */
const pausedFor = Temporal.Duration.from({ hours: 24 * 7 });

/** No two zones' clocks are further apart: what was said within this of its moment was said for it. */
const zonesApart = Temporal.Duration.from({ hours: 26 });

/** `kept`: all schedules of one lead. `kinds`: those for which `wanted` is everything that is still to come. */
export function differences(
  wanted: readonly Wanted[],
  kept: readonly Schedule[],
  kinds: ReadonlySet<string>,
  now: Temporal.Instant,
): Difference[] {
  const schedules = new Map(kept.map((schedule) => [keyOf(schedule), schedule]));
  const found = wanted.flatMap((plan): Difference[] => {
    const schedule = schedules.get(keyOf(plan));
    const difference = schedule ? between(plan, schedule, now) : ({ what: 'missing', plan } as const);
    return difference ? [difference] : [];
  });
  const named = new Set(wanted.map(keyOf));
  for (const schedule of kept) {
    const { kind, next_at: next } = schedule;
    // What is due is for its room to say, which looks at how things stand then.
    const toCome = next !== null && Temporal.Instant.compare(next, now) > 0;
    if (kinds.has(kind) && toCome && !named.has(keyOf(schedule))) found.push({ what: 'unwanted', schedule });
  }
  return found;
}

function between(plan: Wanted, schedule: Schedule, now: Temporal.Instant): Difference | undefined {
  switch (schedule.state) {
    case 'off':
      return undefined;
    case 'broken':
      return { what: 'missing', plan };
    case 'removed':
      return plan.asItIs ? undefined : { what: 'missing', plan };
    case 'paused':
      if (!sameDestination(plan, schedule)) return { what: 'different', plan };
      return isLongPaused(schedule, now) ? { what: 'resting', schedule } : undefined;
    case 'active':
      if (plan.asItIs) return undefined;
      if (!sameDestination(plan, schedule)) return { what: 'different', plan };
      if (sameWhen(saidWhen(schedule), leadsOwn(schedule, plan.when)))
        return schedule.next_at === null ? { what: 'resting', schedule } : undefined;
      return wasSaidElsewhere(plan, schedule) ? undefined : { what: 'different', plan };
  }
}

/** A moment that comes once more because the lead flew west: it was said where they were. */
function wasSaidElsewhere({ when }: Wanted, { once_at: said, next_at: next }: Schedule): boolean {
  if (!('at' in when) || said === null || next !== null) return false;
  return Temporal.Duration.compare(said.until(when.at).abs(), zonesApart) <= 0;
}

const isLongPaused = (
  { destination_type: type, changed_at: since }: Schedule,
  now: Temporal.Instant,
): boolean => type === 'dm' && Temporal.Instant.compare(since.add(pausedFor), now) <= 0;

function sameDestination(
  { destination: to }: Wanted,
  { destination_type: type, destination }: Schedule,
): boolean {
  return 'dm' in to
    ? type === 'dm' && to.dm === destination
    : type === 'channel' && to.channel === destination;
}

const keyOf = ({ kind, subject }: { kind: string; subject?: string }): string => `${kind} ${subject ?? ''}`;
