// What goes wrong for a while and at its own time: a workspace that Slack refuses, a clock that is set.

import { seededDice } from './dice.ts';
import type { World } from './world.ts';

const hour = 3_600_000;
const day = 24 * hour;

interface Year {
  seed: number;
  /** Milliseconds since the epoch. */
  start: number;
  until: number;
  /** Where a digest falls due on Fridays at three. */
  zone: string;
  /** The replicas that live at the moment. */
  alive(): string[];
  clocks: Map<string, number>;
}

/** By dice of their own, so that a shorter year is the beginning of a longer one. */
export function plantTroubles(world: World, { seed, start, until, zone, alive, clocks }: Year): void {
  const dice = seededDice(seed + 1_000_000);
  const { timeline, faults } = world;
  const count = (what: string): void => {
    faults.counts[what] = (faults.counts[what] ?? 0) + 1;
  };
  const plant = (at: number, trouble: () => void): void => {
    if (at < until) timeline.after(at - timeline.ms, 'world', trouble);
  };

  for (let at = start + dice.between(0, 20) * day; at < until; at += dice.between(1, 20) * day) {
    plant(at, () => {
      const names = alive();
      if (names.length > 0) clocks.set(world.dice.pick(names), world.dice.between(-4_000, 4_000));
      count('clock set');
    });
  }
  // The first one hurts for certain, since a digest is due; of the others half do.
  for (let at = start + dice.between(2, 5) * day, first = true; at < until; first = false) {
    const hurts = dice.chance(0.5) || first;
    const where = first ? 'T1' : dice.pick(world.slack.workspaces);
    plant(hurts ? fridayFrom(at, zone) : at + dice.between(0, day), () => {
      count('invalid_auth for an hour');
      world.slack.refusedUntil.set(where, timeline.ms + hour);
    });
    at += dice.between(40, 130) * day;
  }
}

/** Just before a digest is due, in milliseconds since the epoch. */
function fridayFrom(at: number, zone: string): number {
  const local = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
  return local
    .add({ days: (12 - local.dayOfWeek) % 7 })
    .with({ hour: 14, minute: 50, second: 0, millisecond: 0 }).epochMilliseconds;
}
