// What a delegation is, and the plain rules about it: who may agree to which level, how one ends, where risk gathers.

import type { Level } from './delegation.levels.ts';

export type Side = 'lead' | 'person';

/**
 * `draft`: the other person has not been told. `open`: they hold it. `done` and `taken-back`: it is over, and can be
 * opened again.
 */
export type State = 'draft' | 'open' | 'done' | 'taken-back';

/** A decision or a piece of work that a lead hands to somebody. The words they trust us with are kept apart. */
export interface Delegation {
  id: string;
  /** Slack user id of who holds it. */
  personId: string;
  /** What they were called when it was made, for when they have left. */
  personName: string;
  personLeft: boolean;
  title: string;
  state: State;
  /** The level it is held at: the last agreed, or, before any was, the one the lead has in mind. */
  level: Level;
  /** When both agreed on that level; null: not yet. */
  agreedAt: Temporal.Instant | null;
  /** A level one side proposed and the other has not answered. */
  proposal: { level: Level; by: Side } | null;
  /** Counts what was said about the level. A button that carries an earlier count is an old one. */
  round: number;
  /** Hard to take back, or much hangs on it. */
  risky: boolean;
  /** The lead's local day it runs to. */
  until: Temporal.PlainDate | null;
  /** The level for next time, chosen when it was done. */
  nextLevel: Level | null;
  /** The delegation this one gives again. */
  follows: string | null;
  madeAt: Temporal.Instant;
  /** When it became theirs: they were told by us, or by the lead in person. */
  toldAt: Temporal.Instant | null;
  closedAt: Temporal.Instant | null;
}

/** Words only the lead reads, sealed at rest. */
export interface TrustedWords {
  /** Why this person. */
  why: string | null;
  /** What stays with the lead. */
  stays: string | null;
  /** What to tell the person, where the lead changed our words. */
  told: string | null;
  /** Why it was taken back, or what they learned. */
  closing: string | null;
}

export const noWords: TrustedWords = { why: null, stays: null, told: null, closing: null };

/** What a lead fills in. */
export interface DelegationDraft {
  personId: string;
  title: string;
  level: Level;
  until: Temporal.PlainDate | null;
  risky: boolean;
}

export const longestTitle = 150;
/** Longest of each of the trusted words, in characters. */
export const longestWords = 1000;
/** Longest message to the person: why, what stays, and a line of dates. */
export const longestTold = 2400;

/** What was said about a level, in order; the whole history of how a delegation moved. */
export interface LevelStep {
  /** The delegation's round it made. */
  step: number;
  kind: 'proposed' | 'agreed' | 'kept';
  level: Level;
  by: Side;
  at: Temporal.Instant;
}

export type Moved =
  | { kind: 'moved'; delegation: Delegation; step: LevelStep }
  /** `old-button`: something else was said meanwhile. `same`: it is at that level, and agreed. */
  | { kind: 'refused'; why: 'not-open' | 'old-button' | 'same' };

/** The lead hands it over: a first proposal, to be agreed to. */
export function tell(delegation: Delegation, now: Temporal.Instant): Moved {
  if (delegation.state !== 'draft') return { kind: 'refused', why: 'old-button' };
  const { level } = delegation;
  return moved({ ...delegation, state: 'open', toldAt: now, proposal: { level, by: 'lead' } }, 'proposed', {
    level,
    by: 'lead',
    now,
  });
}

/** Lead and person spoke in person and agree already: nothing is sent. */
export function tellInPerson(delegation: Delegation, now: Temporal.Instant): Moved {
  if (delegation.state !== 'draft') return { kind: 'refused', why: 'old-button' };
  const { level } = delegation;
  return moved({ ...delegation, state: 'open', toldAt: now, agreedAt: now, proposal: null }, 'agreed', {
    level,
    by: 'lead',
    now,
  });
}

/** One side says yes to what the other proposed. `round`: what their button knew. */
export function agree(delegation: Delegation, by: Side, round: number, now: Temporal.Instant): Moved {
  if (delegation.state !== 'open') return { kind: 'refused', why: 'not-open' };
  const { proposal } = delegation;
  if (!proposal || proposal.by === by || delegation.round !== round)
    return { kind: 'refused', why: 'old-button' };
  return moved({ ...delegation, level: proposal.level, agreedAt: now, proposal: null }, 'agreed', {
    level: proposal.level,
    by,
    now,
  });
}

/**
 * One side names a level. The very one the other proposed is a yes. The one agreed before, while the other proposed
 * to leave it, keeps things as they are: a change takes two. Anything else is a new proposal in place of the last.
 */
export function propose(
  delegation: Delegation,
  level: Level,
  by: Side,
  round: number,
  now: Temporal.Instant,
): Moved {
  if (delegation.state !== 'open') return { kind: 'refused', why: 'not-open' };
  if (delegation.round !== round) return { kind: 'refused', why: 'old-button' };
  const { proposal, agreedAt } = delegation;
  if (proposal && proposal.by !== by && proposal.level === level) return agree(delegation, by, round, now);
  if (agreedAt && level === delegation.level) {
    if (!proposal) return { kind: 'refused', why: 'same' };
    return moved({ ...delegation, proposal: null }, 'kept', { level, by, now });
  }
  if (proposal?.by === by && proposal.level === level) return { kind: 'refused', why: 'same' };
  // Until a first level is agreed, it is held at what the lead has in mind.
  const held = agreedAt || by === 'person' ? delegation.level : level;
  return moved({ ...delegation, level: held, proposal: { level, by } }, 'proposed', { level, by, now });
}

function moved(
  delegation: Delegation,
  kind: LevelStep['kind'],
  { level, by, now }: { level: Level; by: Side; now: Temporal.Instant },
): Moved {
  const round = delegation.round + 1;
  return {
    kind: 'moved',
    delegation: { ...delegation, round },
    step: { step: round, kind, level, by, at: now },
  };
}

/** Ends an open delegation; undefined when it is not open. */
export function close(
  delegation: Delegation,
  how: { state: 'done'; nextLevel: Level | null } | { state: 'taken-back' },
  now: Temporal.Instant,
): Delegation | undefined {
  if (delegation.state !== 'open') return undefined;
  const nextLevel = how.state === 'done' ? how.nextLevel : null;
  return { ...delegation, state: how.state, nextLevel, closedAt: now };
}

/** Undoes an end; undefined when it has none. */
export function reopen(delegation: Delegation): Delegation | undefined {
  if (delegation.state !== 'done' && delegation.state !== 'taken-back') return undefined;
  return { ...delegation, state: 'open', closedAt: null, nextLevel: null };
}

/** The level to offer when something is given to somebody again: what was chosen then, or one higher than it was. */
export function levelToOffer(
  before: Pick<Delegation, 'level' | 'nextLevel' | 'state'>,
  oneHigher: Level,
): Level {
  if (before.nextLevel) return before.nextLevel;
  return before.state === 'taken-back' ? oneHigher : before.level;
}

/** How one person holds every risky thing there is, when there are at least two. */
export function riskOnOne(
  delegations: readonly Delegation[],
): { holder: Delegation; count: number } | undefined {
  const risky = delegations.filter(({ state, risky }) => state === 'open' && risky);
  const [holder] = risky;
  if (!holder || risky.length < 2) return undefined;
  return risky.every(({ personId }) => personId === holder.personId)
    ? { holder, count: risky.length }
    : undefined;
}

/** What a person holds, for other rooms: nothing the lead trusted only us with. */
export interface Held {
  id: string;
  title: string;
  level: Level;
  /** As in "at advise". */
  levelName: string;
  agreed: boolean;
  since: Temporal.Instant;
  until: Temporal.PlainDate | null;
  /** The lead's local day of the next check-in. */
  nextCheckIn: Temporal.PlainDate | null;
}
