// What the engine keeps: what is to come, what became of it, and who stands in line, column by column.

import type { Generated } from 'kysely';

export interface PromptsTables {
  schedules: SchedulesTable;
  deliveries: DeliveriesTable;
  paces: PacesTable;
}

/** What the bot will say of its own accord: one row for each lead, kind and subject. Rows stay when switched off. */
export interface SchedulesTable {
  workspace_id: string;
  schedule_id: Generated<string>;
  /** Whose prompt it is, also where it goes to a channel. */
  lead_id: string;
  /** The name of a PromptKind. */
  kind: string;
  /** What it is about, as a meeting's id; empty when a lead has one of the kind. */
  subject: string;
  destination_type: 'dm' | 'channel';
  /** A Slack user id for a DM, else a channel id. */
  destination: string;
  /** RFC 5545 rule without DTSTART; null: once. */
  rule: string | null;
  /** The local moment the rule counts from; null: once. */
  starts: Temporal.PlainDateTime | null;
  /** IANA zone of the rule; null: once. */
  time_zone: string | null;
  /** The one moment; null: a rule. */
  once_at: Temporal.Instant | null;
  /** The next occurrence; null: none to come, or not active. */
  next_at: Temporal.Instant | null;
  /** Local time of the latest occurrence handed out: a lead who moves west doesn't live it twice. */
  last_local: Temporal.PlainDateTime | null;
  /** `paused`: its destination is gone. `off`: the lead switched it off. `broken`: it cannot be carried out. `removed`: its room took it back. */
  state: 'active' | 'paused' | 'off' | 'broken' | 'removed';
  /** Why it isn't active: Slack's error, or ours. */
  state_reason: string | null;
  /** The lead gave it a rhythm of their own, which its room's plans leave alone. */
  chosen_by_lead: Generated<boolean>;
  changed_at: Temporal.Instant;
  /** How often in a row what fell due could not be carried out. */
  tries: Generated<number>;
  /** Not before then, after that; null: it went well. */
  retry_at: Temporal.Instant | null;
}

/** One occurrence of a schedule and what became of it. Trimmed after the retention setting. */
export interface DeliveriesTable {
  workspace_id: string;
  delivery_id: Generated<string>;
  schedule_id: string;
  lead_id: string;
  kind: string;
  subject: string;
  destination_type: 'dm' | 'channel';
  destination: string;
  /** The instant the rule named. */
  occurrence: Temporal.Instant;
  /**
   * `planned`: waits for due_at. `claimed`: has a job. `sending`: Slack may be hearing it this moment.
   * `in-doubt`: Slack may have it; looked up at due_at. `sent`. `skipped`, `missed`, `failed`: see reason.
   * `unknown`: may or may not have arrived where the bot cannot read; the lead was asked.
   */
  state:
    | 'planned'
    | 'claimed'
    | 'sending'
    | 'in-doubt'
    | 'sent'
    | 'skipped'
    | 'missed'
    | 'failed'
    | 'unknown';
  /** Why it is where it is, in a word or Slack's error; a lead's own reason for skipping. */
  reason: string | null;
  /** When the next tick has to act on it; null: nothing left to do. For `claimed` and `sending`: when the claim lapses. */
  due_at: Temporal.Instant | null;
  /** due_at is already its place in the workspace's line. */
  paced: Generated<boolean>;
  /** The lead asked for this one (snoozed it, or sent it now): no budget, no quiet hours. */
  requested: Generated<boolean>;
  /** Grows each time the lead has it come again; part of the message's metadata. */
  round: Generated<number>;
  /** Tries that Slack turned down in this round. */
  attempts: Generated<number>;
  planned_at: Temporal.Instant;
  claimed_at: Temporal.Instant | null;
  composed_at: Temporal.Instant | null;
  sending_at: Temporal.Instant | null;
  sent_at: Temporal.Instant | null;
  /** Where it was posted, as Slack answered: the DM's own id for a DM. */
  channel: string | null;
  message_ts: string | null;
  /** The lead's local day whose budget it used; null: none. */
  counted_on: Temporal.PlainDate | null;
  answered_at: Temporal.Instant | null;
  answer: string | null;
  /** Its life, oldest first: `[{at, state, reason?}]`. */
  history: Generated<{ at: string; state: string; reason?: string }[]>;
}

/** When a destination, or a whole workspace, may hear the next message. */
export interface PacesTable {
  workspace_id: string;
  /** A delivery's destination; empty for the workspace as a whole. */
  destination: string;
  next_at: Temporal.Instant;
}
