// What a delegation is, and the plain rules about it: who may agree to which level, how one ends, where risk gathers.

import type { Outlook } from '../../prompts/prompts.ts';
import type { CheckIn } from './delegation.check-ins.ts';
import type { Level } from './delegation.levels.ts';

export type Side = 'lead' | 'person';

/**
 * `draft`: the other person has not been told. `open`: they hold it. `done` and `taken-back`: it is over, and can be
 * opened again.
 */
type State = 'draft' | 'open' | 'done' | 'taken-back';

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

/** Everything there is about one delegation, as its lead may see it. */
export interface Details {
  delegation: Delegation;
  checkIns: readonly CheckIn[];
  words: TrustedWords;
  /** The one it gives again. */
  before?: Delegation | undefined;
}

/** How the person would be reached at this moment. */
export interface Reach {
  outlook: Outlook;
  /** Theirs, IANA. */
  timeZone: string;
}

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

/** What was said about a level; all of them, in order, are the history of how a delegation moved. */
export interface LevelMove {
  delegationId: string;
  /** The delegation's round it made. */
  round: number;
  kind: 'proposed' | 'agreed' | 'kept';
  level: Level;
  by: Side;
  at: Temporal.Instant;
}

export type LevelOutcome =
  | { kind: 'moved'; delegation: Delegation; move: LevelMove }
  /** `old-button`: something else was said meanwhile. `same`: it is at that level, and agreed. */
  | { kind: 'refused'; why: 'not-open' | 'old-button' | 'same' };

export type Moved = Extract<LevelOutcome, { kind: 'moved' }>;

/** Who says something about a level, and the round that their button knew. */
interface Saying {
  by: Side;
  round: number;
  now: Temporal.Instant;
}

/** The lead hands it over: a first proposal, to be agreed to. */
export function tell(delegation: Delegation, now: Temporal.Instant): LevelOutcome {
  if (delegation.state !== 'draft') return { kind: 'refused', why: 'old-button' };
  const { level } = delegation;
  const told: Delegation = { ...delegation, state: 'open', toldAt: now, proposal: { level, by: 'lead' } };
  return moved(told, 'proposed', level, { by: 'lead', now });
}

/** Lead and person spoke in person and agree already: nothing is sent. */
export function tellInPerson(delegation: Delegation, now: Temporal.Instant): LevelOutcome {
  if (delegation.state !== 'draft') return { kind: 'refused', why: 'old-button' };
  const told: Delegation = { ...delegation, state: 'open', toldAt: now, agreedAt: now, proposal: null };
  return moved(told, 'agreed', delegation.level, { by: 'lead', now });
}

/** One side says yes to what the other proposed. */
export function agree(delegation: Delegation, { by, round, now }: Saying): LevelOutcome {
  if (delegation.state !== 'open') return { kind: 'refused', why: 'not-open' };
  const { proposal } = delegation;
  if (!proposal || proposal.by === by || delegation.round !== round)
    return { kind: 'refused', why: 'old-button' };
  const { level } = proposal;
  return moved({ ...delegation, level, agreedAt: now, proposal: null }, 'agreed', level, { by, now });
}

/**
 * One side names a level. The very one the other proposed is a yes. The one agreed before, while the other proposed
 * to leave it, keeps things as they are: a change takes two. Anything else is a new proposal in place of the last.
 */
export function propose(delegation: Delegation, level: Level, saying: Saying): LevelOutcome {
  const { by, round } = saying;
  if (delegation.state !== 'open') return { kind: 'refused', why: 'not-open' };
  if (delegation.round !== round) return { kind: 'refused', why: 'old-button' };
  const { proposal, agreedAt } = delegation;
  if (proposal && proposal.by !== by && proposal.level === level) return agree(delegation, saying);
  if (agreedAt && level === delegation.level) {
    return proposal
      ? moved({ ...delegation, proposal: null }, 'kept', level, saying)
      : { kind: 'refused', why: 'same' };
  }
  if (proposal?.by === by && proposal.level === level) return { kind: 'refused', why: 'same' };
  // Until a first level is agreed, it is at what the lead has in mind.
  const current = agreedAt || by === 'person' ? delegation.level : level;
  return moved({ ...delegation, level: current, proposal: { level, by } }, 'proposed', level, saying);
}

function moved(
  delegation: Delegation,
  kind: LevelMove['kind'],
  level: Level,
  { by, now }: Pick<Saying, 'by' | 'now'>,
): Moved {
  const round = delegation.round + 1;
  return {
    kind: 'moved',
    delegation: { ...delegation, round },
    move: { delegationId: delegation.id, round, kind, level, by, at: now },
  };
}

export type Ended = Delegation & { state: 'done' | 'taken-back' };
export type Ending = { state: 'done'; nextLevel: Level | null } | { state: 'taken-back' };

/** Ends an open delegation; undefined when it is not open. */
export function close(delegation: Delegation, how: Ending, now: Temporal.Instant): Ended | undefined {
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

/** Weeks in which nothing was handed over, after which it is worth a word. */
export const silentWeeks = 3;

/** Whole weeks since something was last handed over; null: never. */
export function weeksSinceLast(delegations: readonly Delegation[], now: Temporal.Instant): number | null {
  const latest = delegations
    .flatMap(({ toldAt }) => toldAt ?? [])
    .toSorted(Temporal.Instant.compare)
    .at(-1);
  return latest ? Math.floor(latest.until(now).total('hours') / (24 * 7)) : null;
}
