// What this room keeps of what was handed over: its tables, column by column, with their units.

import type { Generated } from 'kysely';

export interface DelegationTables {
  delegations: DelegationsTable;
  delegation_levels: DelegationLevelsTable;
  delegation_check_ins: DelegationCheckInsTable;
  delegation_questions: DelegationQuestionsTable;
}

/** A decision or a piece of work a lead handed to somebody. */
export interface DelegationsTable {
  workspace_id: string;
  lead_id: string;
  delegation_id: Generated<string>;
  /** Slack user id of who holds it. */
  person_id: string;
  /** What they were called when it was made, for when they have left. */
  person_name: string;
  person_left: Generated<boolean>;
  /** What was handed over; both of them see it. */
  title: string;
  /** `draft`: the person has not been told. `open`: they hold it. `done`, `taken-back`: over. */
  state: 'draft' | 'open' | 'done' | 'taken-back';
  /** 1 to 7: the last level agreed, or, before any was, what the lead has in mind. */
  level: number;
  /** When both agreed on it; null: not yet. */
  agreed_at: Temporal.Instant | null;
  /** A level one side proposed and the other has not answered; null: none. */
  proposed_level: number | null;
  proposed_by: 'lead' | 'person' | null;
  /** How often something was said about the level. */
  round: Generated<number>;
  /** Hard to take back, or much hangs on it. */
  risky: Generated<boolean>;
  /** The lead's local day it runs to; null: no end named. */
  until_day: Temporal.PlainDate | null;
  /** The level for next time, chosen when it was done; null: none chosen. */
  next_level: number | null;
  /** The delegation this one gives again; null: it is the first. */
  follows: string | null;
  /** Sealed: why this person. */
  why: Buffer | null;
  /** Sealed: what stays with the lead. */
  stays: Buffer | null;
  /** Sealed: what to tell the person, where the lead changed our words. */
  told: Buffer | null;
  /** Sealed: why it was taken back, or what they learned. */
  closing: Buffer | null;
  made_at: Temporal.Instant;
  /** When the person was told, by us or by the lead; null: still a draft. */
  told_at: Temporal.Instant | null;
  closed_at: Temporal.Instant | null;
}

/** What was said about a delegation's level, in order. */
export interface DelegationLevelsTable {
  workspace_id: string;
  lead_id: string;
  delegation_id: string;
  /** Counts from 1; the delegation's round it made. */
  step: number;
  /** `kept`: one side would rather leave it as agreed. */
  kind: 'proposed' | 'agreed' | 'kept';
  level: number;
  said_by: 'lead' | 'person';
  /** Sealed: a word to the other side. */
  note: Buffer | null;
  at: Temporal.Instant;
}

/** A day on which the lead is asked how a delegation goes. */
export interface DelegationCheckInsTable {
  workspace_id: string;
  lead_id: string;
  check_in_id: Generated<string>;
  delegation_id: string;
  /** The lead's local day. */
  day: Temporal.PlainDate;
  /** What the lead answered; null: nothing yet. */
  answer: 'on-track' | 'needs-me' | 'taken-back' | 'done' | null;
  answered_at: Temporal.Instant | null;
}

/** When a lead wants the weekly question; leads without a row have it on Wednesday morning. */
export interface DelegationQuestionsTable {
  workspace_id: string;
  lead_id: string;
  /** Whether it is asked at all. */
  asks: boolean;
  /** ISO weekday, 1 Monday to 7 Sunday. */
  weekday: number;
  /** The lead's local time. */
  time: Temporal.PlainTime;
}
