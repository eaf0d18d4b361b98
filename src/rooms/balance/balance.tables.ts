// What this room keeps of a lead's hours: its tables, column by column, with their units.

import type { Generated } from 'kysely';

export interface BalanceTables {
  categories: CategoriesTable;
  time_entries: TimeEntriesTable;
  timers: TimersTable;
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
  /** Counts up with each batch of the lead: the order of logging, for undo and for "what you logged last". */
  sequence: number;
}

/** The timer a lead has running; at most one. */
export interface TimersTable {
  workspace_id: string;
  lead_id: string;
  category_id: string;
  started_at: Temporal.Instant;
  /** When the lead last said that they are still on it; null: never asked. */
  confirmed_at: Temporal.Instant | null;
}
