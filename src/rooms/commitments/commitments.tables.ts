// What this room keeps of what people took on: its tables, column by column, with their units.

import type { Generated } from 'kysely';

export interface CommitmentsTables {
  commitments: CommitmentsTable;
  commitment_limits: CommitmentLimitsTable;
}

/** Something one person took on, by a day, in a room of a lead. */
export interface CommitmentsTable {
  workspace_id: string;
  commitment_id: Generated<string>;
  /** In whose room it was made; they see it too. */
  lead_id: string;
  /** Slack user id of the one who took it on; null: they asked to be forgotten. */
  owner_id: string | null;
  /** What the owner was called when it was made: what is left of them once they leave Slack. */
  owner_name: string;
  /** The owner left Slack. */
  owner_left: Generated<boolean>;
  /** Slack user id of the person on the other side, as in a 1:1; null: none. */
  with_id: string | null;
  /** In people's own words, 500 characters at most. */
  what: string;
  /** The local day of its owner by which it is to be done. */
  due: Temporal.PlainDate;
  source_kind: 'one-on-one' | 'retro' | 'post-mortem' | 'delegation' | 'own';
  /** The room's own id for what it came from, as a series of retrospectives. */
  source_id: string;
  /** Where it came from, in a line: "the retrospective in #team". */
  source_words: string;
  /** `dropped`: it was decided not to do it. */
  state: Generated<'open' | 'done' | 'dropped'>;
  /** Why it was dropped. */
  reason: string | null;
  /** How often its day was changed. */
  moved: Generated<number>;
  made_at: Temporal.Instant;
  /** When its owner last heard of it from us, or changed it themselves; null: not since somebody else put it down. */
  said_at: Temporal.Instant | null;
  /** The delivery that it was last said in. */
  said_in: string | null;
  /** Its owner closed it, and the lead has not heard yet. */
  tell_lead: Generated<boolean>;
  /** Null while open. */
  closed_at: Temporal.Instant | null;
}

/** How many commitments of one source a lead lets stand open; no row: the default. */
export interface CommitmentLimitsTable {
  workspace_id: string;
  lead_id: string;
  /** 1 to 20. */
  most_open: number;
}
