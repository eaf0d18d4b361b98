// What this room keeps of 1:1s and feedback: its tables, column by column, with their units.

import type { Generated } from 'kysely';

export interface OneOnOnesTables {
  one_on_one_people: OneOnOnePeopleTable;
  one_on_ones: OneOnOnesTable;
  one_on_one_points: OneOnOnePointsTable;
  one_on_one_questions: OneOnOneQuestionsTable;
  one_on_one_ticks: OneOnOneTicksTable;
  feedback_notes: FeedbackNotesTable;
}

/** Somebody a lead meets in 1:1s. Rows stay when it ends, with the history on them. */
export interface OneOnOnePeopleTable {
  workspace_id: string;
  lead_id: string;
  /** Slack user id. */
  person_id: string;
  /** As Slack had it last. */
  name: string;
  /** What they do, in the lead's word. */
  role: string | null;
  /** What they are to the lead. */
  relation: 'report' | 'peer' | 'skip-level' | 'manager' | 'mentor';
  /** RFC 5545 rule without DTSTART, in the lead's local time. */
  rule: string;
  at_time: Temporal.PlainTime;
  /** How long they usually talk. */
  minutes: number;
  /** When the lead hears of a meeting: the evening before, or so many minutes. */
  lead_time: 'evening' | '60' | '30' | '10';
  /** Whether the other one is asked for agenda points. */
  invites: Generated<boolean>;
  /** IANA zone; null: Slack gives none. */
  time_zone: string | null;
  /** The lead's local day on which they were added, last time. */
  since: Temporal.PlainDate;
  /** Null while they meet. */
  ended_on: Temporal.PlainDate | null;
  ended_why: 'left' | 'lead' | null;
}

/** A 1:1, planned or past. Planned ones are kept a few weeks ahead. */
export interface OneOnOnesTable {
  workspace_id: string;
  lead_id: string;
  meeting_id: Generated<string>;
  person_id: string;
  /** The lead's local time; null: never planned, only noted. */
  planned_for: Temporal.PlainDateTime | null;
  /** `lapsed`: its time passed, nobody said what became of it, and a later one took place. */
  state: 'planned' | 'held' | 'skipped' | 'lapsed';
  /** The lead's local day; set for held ones. */
  held_on: Temporal.PlainDate | null;
  /** How often it was moved. */
  moved: Generated<number>;
  /** Themes that were talked about, as in one-on-ones.questions.ts. */
  themes: Generated<string[]>;
  /** Ids of the questions offered for it. */
  questions: Generated<string[]>;
  /** Ids of questions offered before the lead asked for others. */
  replaced: Generated<string[]>;
  /** Sealed: the lead's private notes. */
  notes: Buffer | null;
  /** Sealed: how it felt, as a word of one-on-ones.choose.ts. */
  mood: Buffer | null;
  /** Sealed: why it was skipped. */
  skip_reason: Buffer | null;
  /** The time entries logged with it. */
  time_batch_id: string | null;
}

/** Something to talk about next time; carried over until it was. */
export interface OneOnOnePointsTable {
  workspace_id: string;
  lead_id: string;
  point_id: Generated<string>;
  /** Whose 1:1 with the lead it is for. */
  person_id: string;
  /** The lead, whose points are private, or the person, whose points both see. */
  author_id: string;
  /** Sealed. */
  words: Buffer;
  added_at: Temporal.Instant;
  /** The meeting in which it was done with; null: open. */
  closed_in: string | null;
  /** Taken off the agenda; it can be put back for a day. */
  removed_at: Temporal.Instant | null;
}

/** What a lead made of a question: pinned, hidden, or their own. */
export interface OneOnOneQuestionsTable {
  workspace_id: string;
  lead_id: string;
  /** An id of the library, or a uuid for one of their own. */
  question_id: string;
  standing: 'usual' | 'pinned' | 'hidden';
  /** Set for their own. */
  theme: string | null;
  /** Sealed; set for their own. */
  words: Buffer | null;
}

/** What was open between the two and was ticked as behind them in the form after a meeting. */
export interface OneOnOneTicksTable {
  workspace_id: string;
  lead_id: string;
  meeting_id: string;
  /** The commitment, delegation or note of feedback. */
  thing_id: string;
  kind: 'promise' | 'delegation' | 'feedback';
  /** When the form closed it: closed at another moment, it was not this that closed it last. */
  ticked_at: Temporal.Instant;
}

/** A private note of feedback for somebody. */
export interface FeedbackNotesTable {
  workspace_id: string;
  lead_id: string;
  note_id: Generated<string>;
  /** Slack user id of whom it is about. */
  person_id: string;
  person_name: string;
  /** Sealed JSON: tone, situation, behaviour, impact, next step. */
  words: Buffer;
  noted_at: Temporal.Instant;
  /** The lead's local day on which they told them; null: not yet. */
  given_on: Temporal.PlainDate | null;
  /** Thrown away; it can be put back for a day. */
  removed_at: Temporal.Instant | null;
}
