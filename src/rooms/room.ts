// The contract every room signs. src/rooms.ts lists the rooms; nothing else knows them all.

import type { Button } from '@slack/types';
import type { Tenant } from '../db/tenancy.ts';
import type { Lead, Member } from '../leads/leads.ts';
import type { PromptKind, StandingPlans } from '../prompts/prompts.ts';
import type { Doors } from '../slack/doors.ts';
import type { Block } from '../slack/message.ts';
import type { IsoWeek } from '../time/weeks.ts';

/** A slash command as Slack lists it; also the source of `/keel help` and of manifest.json. */
export interface SlashCommand {
  /** With its slash, 32 characters at most. */
  command: string;
  description: string;
  usageHint: string;
}

/** A message or global shortcut as Slack lists it: in a message's menu, or behind the composer's lightning bolt. */
export interface Shortcut {
  /** 24 characters at most. */
  name: string;
  type: 'message' | 'global';
  /** The door it leads to. */
  callback_id: string;
  description: string;
}

/** A room's part of the pages that all rooms fill together: the digest and the App Home. No blocks: nothing to say. */
export interface Pages {
  /** How a page that is too full calls this part: "retrospectives". */
  called: string;
  /** The command that shows all of it, as `/retro`. */
  command: string;
  /** Who stays whole where not all fit: the heavier, the longer. 0 to 100. */
  weight: number;
  /** In the weekly DM. */
  digest?(trx: Tenant, view: WeekView): Promise<Block[]>;
  /** Its part of the digest is about the week itself, and so true of any week; others say how things stand now. */
  digestsAnyWeek?: true;
  home?(trx: Tenant, lead: Lead, now: Temporal.Instant): Promise<Block[]>;
  /** What somebody who left Slack leaves open with `reader`, and what they can do about it: for one DM of all rooms. */
  leftBehind?(trx: Tenant, reader: Lead, leaverId: string, now: Temporal.Instant): Promise<Block[]>;
  /** In the Home of somebody who leads nobody here: what of others' doings concerns them. `places`: channels they are in. */
  received?(
    trx: Tenant,
    member: Member,
    at: { now: Temporal.Instant; places: ReadonlySet<string> },
  ): Promise<Block[]>;
  /** Channels in which something waits for whoever is in them. */
  placesThatWait?(trx: Tenant): Promise<string[]>;
}

/** What a digest is about: a lead's week, looked at from a moment within or after it. */
export interface WeekView {
  lead: Lead;
  week: IsoWeek;
  now: Temporal.Instant;
}

/** Rows of one kind, as a person would want them in a file: column names in plain words. */
export interface ExportedTable {
  name: string;
  rows: Record<string, string | number | boolean | null>[];
}

/** Whose things: a lead in a workspace. */
export interface Owner {
  workspaceId: string;
  leadId: string;
}

export interface Room {
  name: string;
  commands?: SlashCommand[];
  shortcuts?: Shortcut[];
  /** Opens the room's doors: what happens on its commands, buttons, forms and events. */
  listen(doors: Doors): void;
  /** What it may say of its own accord. */
  prompts?: PromptKind[];
  /** Leads to its own settings, from the settings form. */
  settings?: Button;
  /** What of its prompts is always planned, as it follows from what is kept: the engine sees to it. */
  plans?: StandingPlans;
  /** Who is to hear of what somebody leaves open, whose Slack account was closed. Reads only, before `personLeft`. */
  leavesOpenWith?(trx: Tenant, personId: string): Promise<string[]>;
  /** Keeps that it was closed, and plans what has to be said in a channel. Told once. */
  personLeft?(trx: Tenant, personId: string, now: Temporal.Instant): Promise<void>;
  /** It is open, which is told with every change of a profile, after it was closed too. */
  personBack?(trx: Tenant, personId: string, now: Temporal.Instant): Promise<void>;
  pages?: Pages;
  /**
   * Whether something stands here that makes somebody a lead: what they logged, set up or made as their own. Looking,
   * and having a part in what others made, makes nobody one.
   */
  makesLead?(trx: Tenant, personId: string): Promise<boolean>;
  /** A lead moved to another zone: what they share with others keeps the hour it has for those. Before `plans` are asked. */
  movesOn?(trx: Tenant, before: Lead, after: Lead, now: Temporal.Instant): Promise<void>;
  /** Everything it knows of a lead. Asked of every room, so that none forgets to say. */
  export(trx: Tenant, owner: Owner): Promise<ExportedTable[]>;
  /** And how to forget it. */
  erase(trx: Tenant, owner: Owner): Promise<void>;
}
