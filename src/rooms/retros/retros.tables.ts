// What this room keeps of retrospectives: its tables, column by column, with their units.

import type { Generated } from 'kysely';

export interface RetrosTables {
  retro_series: RetroSeriesTable;
  retros: RetrosTable;
  retro_messages: RetroMessagesTable;
  retro_items: RetroItemsTable;
  retro_groups: RetroGroupsTable;
  retro_answerers: RetroAnswerersTable;
  retro_ballots: RetroBallotsTable;
}

/** How a channel looks back: in a rhythm, or once. */
export interface RetroSeriesTable {
  workspace_id: string;
  series_id: string;
  /** Who set it up. */
  lead_id: string;
  channel_id: string;
  /** RFC 5545 rule in `time_zone`; null: once. */
  rule: string | null;
  /** The local moment the rule counts from; null: once. */
  starts: Temporal.PlainDateTime | null;
  /** IANA zone in which the rhythm stays although its lead moved on; null: its lead's. */
  time_zone: string | null;
  /** A format's id, or `rotating`. */
  format_id: string;
  /** Whether the next one is anonymous; each keeps what it was opened with. */
  anonymous: boolean;
  /** Working days it stays open, 1 to 10. */
  open_days: number;
  /** IANA zones of the people in the channel when it was last set up, and of those who joined since. */
  zones: string[];
  /** How many people were in the channel then. */
  people: number;
  state: 'active' | 'once' | 'stopped';
  /** The occurrence that was called off; null: none. */
  skip_at: Temporal.Instant | null;
  made_at: Temporal.Instant;
}

/** One retrospective. Its id is that of the delivery which posted it. */
export interface RetrosTable {
  workspace_id: string;
  retro_id: string;
  series_id: string;
  lead_id: string;
  /** Who sorts, closes and chooses: the lead, unless somebody took it over while they were away. */
  facilitator_id: string;
  channel_id: string;
  format_id: string;
  /** Fixed when it was opened. */
  anonymous: boolean;
  /** How many people were in the channel. */
  people: number;
  opened_at: Temporal.Instant;
  closes_at: Temporal.Instant;
  votes_close_at: Temporal.Instant | null;
  /** `few`: anonymous and too few answers to show any. `quiet`: nobody answered. `ended`: its channel is gone. */
  state: 'open' | 'few' | 'grouping' | 'voting' | 'choosing' | 'done' | 'quiet' | 'skipped' | 'ended';
  /** Why it was skipped or ended. */
  reason: string | null;
  /** Makes the one-way tokens of who took part; gone, as they are, once the vote is over. Null where names are kept. */
  salt: Buffer | null;
  /** People who answered. */
  answered: Generated<number>;
  /** People who voted. */
  voted: Generated<number>;
  /** What was taken on. */
  commitment_ids: Generated<string[]>;
  /** Grows with every change that its messages should show. */
  version: Generated<number>;
  ended_at: Temporal.Instant | null;
}

/** Where a retrospective's messages stand, and how much of it they show. */
export interface RetroMessagesTable {
  workspace_id: string;
  retro_id: string;
  part: 'post' | 'sorting' | 'ranking' | 'summary';
  channel: string;
  ts: string;
  shown_version: number;
  /** Slack's link to it; null: Slack gave none. */
  link: string | null;
}

/** One point somebody wrote. In an anonymous retrospective nothing here or elsewhere says who, when, or in which order. */
export interface RetroItemsTable {
  workspace_id: string;
  retro_id: string;
  item_id: string;
  /** The question of the format, counted from 0. */
  question: number;
  words: string;
  /** Slack user id; null: anonymous, or forgotten. */
  author_id: string | null;
  author_name: string | null;
  /** Null until it is closed. */
  group_id: string | null;
}

/** Points that say the same; most groups hold one. */
export interface RetroGroupsTable {
  workspace_id: string;
  retro_id: string;
  group_id: string;
  question: number;
  votes: Generated<number>;
}

/** Who has answered, so that each counts once: Slack user ids, or one-way tokens. Emptied when it closes. */
export interface RetroAnswerersTable {
  workspace_id: string;
  retro_id: string;
  who: string;
}

/** Who has voted: Slack user ids with their choices, or one-way tokens without any. Emptied when the vote is over. */
export interface RetroBallotsTable {
  workspace_id: string;
  retro_id: string;
  who: string;
  choices: string[];
}
