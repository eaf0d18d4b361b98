// What is kept of a lead themselves: one table, column by column, with its units.

import type { Generated } from 'kysely';

export interface LeadsTables {
  leads: LeadsTable;
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
  /** A zone they were offered and turned down; forgotten when Slack has them in their own zone again. */
  declined_time_zone: string | null;
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
  /** Their pauses so far, oldest first, the latest dozen: `[{from, until}]`, moments in ISO 8601. */
  pauses: Generated<{ from: string; until: string }[]>;
  /** When they went through set-up themselves; null: still on the defaults. */
  set_up_at: Temporal.Instant | null;
  /** Leads nobody here and is only reminded of what they took on: in their zone, within their hours and budget. */
  guest: Generated<boolean>;
  /** Since when their Slack account is closed; null: it is open. */
  left_at: Temporal.Instant | null;
  created_at: Temporal.Instant;
}
