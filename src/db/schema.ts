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
  schedules: SchedulesTable;
  deliveries: DeliveriesTable;
  paces: PacesTable;
  commitments: CommitmentsTable;
  commitment_limits: CommitmentLimitsTable;
  retro_series: RetroSeriesTable;
  retros: RetrosTable;
  retro_messages: RetroMessagesTable;
  retro_items: RetroItemsTable;
  retro_groups: RetroGroupsTable;
  retro_answerers: RetroAnswerersTable;
  retro_ballots: RetroBallotsTable;
  workspace_keys: WorkspaceKeysTable;
  one_on_one_people: OneOnOnePeopleTable;
  one_on_ones: OneOnOnesTable;
  one_on_one_points: OneOnOnePointsTable;
  one_on_one_questions: OneOnOneQuestionsTable;
  feedback_notes: FeedbackNotesTable;
  delegations: DelegationsTable;
  delegation_levels: DelegationLevelsTable;
  delegation_check_ins: DelegationCheckInsTable;
  delegation_questions: DelegationQuestionsTable;
  postmortems: PostmortemsTable;
  postmortem_sections: PostmortemSectionsTable;
  postmortem_entries: PostmortemEntriesTable;
  postmortem_messages: PostmortemMessagesTable;
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
  /** When they went through set-up themselves; null: still on the defaults. */
  set_up_at: Temporal.Instant | null;
  /** Leads nobody here and is only reminded of what they took on: in their zone, within their hours and budget. */
  guest: Generated<boolean>;
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
  /** `paused`: its destination is gone. `off`: the lead switched it off. `stopped`: the workspace is gone. `removed`: its room took it back. */
  state: 'active' | 'paused' | 'off' | 'stopped' | 'removed';
  /** Why it isn't active: Slack's error. */
  state_reason: string | null;
  /** The lead gave it a rhythm of their own, which its room's plans leave alone. */
  chosen_by_lead: Generated<boolean>;
  changed_at: Temporal.Instant;
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

/** The key a workspace's sealed columns are locked with. Of no use without the operator's master key. */
export interface WorkspaceKeysTable {
  workspace_id: string;
  /** Counts from 1; every sealed value says which one it is locked with. */
  key_number: number;
  /** Which of ENCRYPTION_KEYS it is locked with. */
  master_key_id: string;
  /** AES-256-GCM: nonce, ciphertext, tag. */
  wrapped_key: Buffer;
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
  source_kind: 'one-on-one' | 'retro' | 'post-mortem' | 'delegation';
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
}

/** How a channel looks back: in a rhythm, or once. */
export interface RetroSeriesTable {
  workspace_id: string;
  series_id: string;
  /** Who set it up. */
  lead_id: string;
  channel_id: string;
  /** RFC 5545 rule in the lead's zone; null: once. */
  rule: string | null;
  /** The local moment the rule counts from; null: once. */
  starts: Temporal.PlainDateTime | null;
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
  part: 'post' | 'sorting' | 'ranking';
  channel: string;
  ts: string;
  shown_version: number;
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
  /** Grows with each change of what it has to show. */
  wanted: Generated<number>;
  /** The `wanted` that Slack shows; less: it is outdated. */
  shown: Generated<number>;
}
