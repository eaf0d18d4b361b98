// What this room keeps of incidents: its tables, column by column, with their units.

import type { Generated } from 'kysely';

export interface PostmortemsTables {
  postmortems: PostmortemsTable;
  postmortem_sections: PostmortemSectionsTable;
  postmortem_entries: PostmortemEntriesTable;
  postmortem_messages: PostmortemMessagesTable;
}

/** One incident, looked back on. */
export interface PostmortemsTable {
  workspace_id: string;
  postmortem_id: string;
  /** Counted in the workspace from 1; people call it PM-1. */
  number: number;
  /** Slack user id of whoever started it; null: they asked to be forgotten. */
  owner_id: string | null;
  /** IANA zone of whoever started it. */
  time_zone: string;
  /** Sealed. */
  title: Buffer;
  /** 1, the worst, to 3. */
  severity: number;
  status: 'draft' | 'in-review' | 'reviewed' | 'closed';
  /** The first effect; null: not known yet. */
  started_at: Temporal.Instant | null;
  detected_at: Temporal.Instant | null;
  resolved_at: Temporal.Instant | null;
  /** Names of systems, as typed. */
  services: Generated<string[]>;
  /** Sorts of contributing factors, as ids. */
  factors: Generated<string[]>;
  /** Slack user id. */
  facilitator_id: string | null;
  /** Slack user ids of those who worked on it while it lasted. */
  responders: Generated<string[]>;
  /** Slack user ids of those who may read and write it wherever it stands, the owner among them. */
  people: Generated<string[]>;
  /** The channel it stands in; null: private, in the DMs of its people. */
  channel_id: string | null;
  /** When the review is to be held; null: not planned. */
  review_at: Temporal.Instant | null;
  created_at: Temporal.Instant;
  /** The latest change of its words. */
  changed_at: Temporal.Instant;
}

/** Every version of every section; the highest is what the section says. */
export interface PostmortemSectionsTable {
  workspace_id: string;
  postmortem_id: string;
  /** A section's id, as `summary`. */
  section: string;
  /** From 1, without gaps. */
  version: number;
  /** Sealed. */
  words: Buffer;
  /** Slack user id; null: they asked to be forgotten. */
  changed_by: string | null;
  changed_at: Temporal.Instant;
}

/** What happened when. A changed entry is removed and comes again under another id. */
export interface PostmortemEntriesTable {
  workspace_id: string;
  postmortem_id: string;
  entry_id: string;
  happened_at: Temporal.Instant;
  /** Sealed. */
  words: Buffer;
  /** Slack's link to the message it was taken from; null: typed. */
  link: string | null;
  /** Slack user id; null: they asked to be forgotten. */
  added_by: string | null;
  added_at: Temporal.Instant;
  /** Taken out of the timeline; null: in it. */
  removed_at: Temporal.Instant | null;
}

/** One message of a post-mortem in one place. */
export interface PostmortemMessagesTable {
  workspace_id: string;
  postmortem_id: string;
  /** A channel id, or a Slack user id for their DM. */
  destination: string;
  part: 'overview' | 'account' | 'lessons' | 'timeline' | 'follow-ups';
  /** As Slack answered; null: on its way. */
  channel: string | null;
  message_ts: string | null;
  /** Slack's link to it; null: Slack gave none, or it is on its way. */
  link: string | null;
  /** Grows with each change of what it has to show. */
  wanted: Generated<number>;
  /** The `wanted` that Slack shows; less: it is outdated. */
  shown: Generated<number>;
}
