// The data dictionary: every table and column, what it holds and in which unit.
// Kysely's types come from here; a test holds it against the migrated database.
// Every key starts with workspace_id.

import type { Generated } from 'kysely';

export interface Schema {
  workspaces: WorkspacesTable;
  requests: RequestsTable;
  leads: LeadsTable;
  categories: CategoriesTable;
  time_entries: TimeEntriesTable;
  timers: TimersTable;
}

/** A Slack workspace that has the bot. */
export interface WorkspacesTable {
  /** Slack's team id, `T…`. */
  workspace_id: string;
  created_at: Temporal.Instant;
}

/** Commands and submissions already handled, so that one which arrives twice counts once. Trimmed after a day. */
export interface RequestsTable {
  workspace_id: string;
  /** A command's or click's `trigger_id`, a form's `view.id`. */
  request_id: string;
  received_at: Temporal.Instant;
}

/** A tech lead: somebody who logs time and gets prompts. Everything else of theirs hangs on this row. */
export interface LeadsTable {
  workspace_id: string;
  /** The person's Slack user id, `U…`. */
  lead_id: string;
  /** How many engineers they lead; gives the target when none is chosen. */
  engineers: number;
  /** The floor for leading they chose, in whole percent; null: follows from `engineers`. */
  target_percent: number | null;
  /** IANA zone, as in `Europe/Lisbon`. All their days and hours are local to it. */
  time_zone: string;
  /** A zone noticed in Slack and not answered yet. */
  offered_time_zone: string | null;
  /** ISO weekdays, 1 Monday to 7 Sunday. */
  working_days: number[];
  workday_starts: Temporal.PlainTime;
  workday_ends: Temporal.PlainTime;
  /** ISO weekday of the weekly digest. */
  digest_day: number;
  digest_time: Temporal.PlainTime;
  /** Country or region whose public holidays count, as `PT` or `DE-BY`; null: none. */
  holiday_region: string | null;
  /** How many unrequested prompts a day they want at most, 1 to 5. */
  prompts_per_day: Generated<number>;
  /** Nothing unrequested is sent before this moment; null: not paused. */
  paused_until: Temporal.Instant | null;
  /** When they went through set-up themselves; null: still on the defaults. */
  set_up_at: Temporal.Instant | null;
  created_at: Temporal.Instant;
}

/** What a lead's time can be logged under. */
export interface CategoriesTable {
  workspace_id: string;
  lead_id: string;
  /** A slug that never changes, whatever the name becomes. */
  category_id: string;
  name: string;
  /** `coding`, `leading` or `neither`: where new entries count. */
  side: 'coding' | 'leading' | 'neither';
  aliases: string[];
  /** Archived ones keep their history and can't be logged to. */
  archived: Generated<boolean>;
  /** The order in lists. */
  position: number;
}

/** One stretch of a lead's time. */
export interface TimeEntriesTable {
  workspace_id: string;
  lead_id: string;
  entry_id: Generated<string>;
  /** Entries logged by one command or form share it; undo takes the whole batch back. */
  batch_id: string;
  /** The lead's local day. */
  day: Temporal.PlainDate;
  minutes: number;
  category_id: string;
  /** The side it counted on when it was logged: moving a category leaves history as it was. */
  side: 'coding' | 'leading' | 'neither';
  /** Slack user ids of those it was spent with. */
  people: string[];
  note: string | null;
  /** Both set for clock ranges and timers, both null otherwise. */
  starts_at: Temporal.Instant | null;
  ends_at: Temporal.Instant | null;
  logged_at: Temporal.Instant;
}

/** The timer a lead has running; at most one. */
export interface TimersTable {
  workspace_id: string;
  lead_id: string;
  category_id: string;
  started_at: Temporal.Instant;
}
