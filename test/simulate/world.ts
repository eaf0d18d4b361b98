// What every part of a simulation shares: time, chance, Slack, who is alive, and the trace of all that happened.

import type { Broken } from './breakages.ts';
import type { QueryFault } from './database.ts';
import type { Dice } from './dice.ts';
import type { Locks } from './locks.ts';
import type { SimulatedSlack, SlackFault, Standing } from './slack.ts';
import type { Timeline } from './timeline.ts';

/** States that are rare and have to be met now and then, or nothing is known of them. */
export const rare = [
  'two-claim',
  'waited-for-a-lock',
  'in-doubt',
  'found',
  'uncertain-commit',
  'killed',
  'replayed',
  'stopped-and-back',
  'refilled',
  'queue-given-back',
] as const;
export type Rare = (typeof rare)[number];

export interface Faults {
  /** How many of the requests arrive twice. */
  replays: number;
  /** How often each thing struck. */
  counts: Record<string, number>;
  query(owner: string, text: string): QueryFault | undefined;
  /** Whether no connection is to be had. */
  connect(owner: string): boolean;
  slack(owner: string, method: string): SlackFault | undefined;
}

export interface World {
  timeline: Timeline;
  dice: Dice;
  slack: SimulatedSlack;
  faults: Faults;
  locks: Locks;
  /** The rule that is broken on purpose, if one is. */
  broken: Broken;
  /** By how much a replica's clock is wrong, in milliseconds. */
  clockError(owner: string): number;
  trace(owner: string, what: string, of: string): void;
  met(rare: Rare): void;
  /** A process ends between two awaits; another takes its place. */
  kill(owner: string): Promise<void>;
  posted(message: Standing): void;
  /** Somebody may find a job now who found none before. */
  jobsChanged(): void;
  /** Grows with each such change. */
  jobsVersion(): number;
  /** Jobs that failed and are not to be tried again yet. */
  notYet(): number[];
  holdJob(id: number, milliseconds: number): void;
}
