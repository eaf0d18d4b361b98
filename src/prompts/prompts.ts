// What a room may say of its own accord, and what the engine asks it: the port between rooms and engine.

import type { Button } from '@slack/types';
import type { Tenant } from '../db/tenancy.ts';
import type { Lead, Member } from '../leads/leads.ts';
import type { Message } from '../slack/message.ts';
import type { Destination } from '../slack/post.ts';
import type { Redraw } from '../slack/redraw.ts';

export type { Destination } from '../slack/post.ts';

/** When a prompt falls due. */
export type When =
  /** Once. */
  | { at: Temporal.Instant }
  /** An RFC 5545 rule without DTSTART, as `FREQ=WEEKLY;BYDAY=FR`, from a local moment on, in a zone. */
  | { rule: string; starts: Temporal.PlainDateTime; timeZone: string };

/** One schedule of a lead: at most one for each kind and subject. */
export interface Plan {
  leadId: string;
  /** The name of a PromptKind. */
  kind: string;
  /** What it is about, as a meeting's id; empty when a lead has just one of the kind. */
  subject?: string;
  destination: Destination;
  when: When;
}

/** A schedule of a lead's as it follows from what is kept. */
export interface Wanted extends Plan {
  /** Its moment followed from something nobody keeps, as when somebody clicked: one that is there, or was, stays as it is. */
  asItIs?: true;
}

/** What a room has the engine keep in plan for every lead, whatever went wrong and whether or not anybody clicks. */
export interface StandingPlans {
  /** The kinds it speaks for: of these, what is to come and not wanted goes. */
  kinds: readonly string[];
  /** Guests have such prompts as well. */
  forGuests?: true;
  /** Makes what is kept ahead and runs out by itself, as the meetings of a series. In a transaction of its own. */
  refill?(trx: Tenant, lead: Lead, now: Temporal.Instant): Promise<void>;
  /**
   * Everything of these kinds that is still to come for a lead, from what is kept alone. Reads only; the same at every
   * look until something changes or its moment has come.
   */
  wanted(trx: Tenant, lead: Lead, now: Temporal.Instant): Promise<Wanted[]>;
}

/** Names one schedule. */
export interface Which {
  leadId: string;
  kind: string;
  subject?: string;
}

/** What the engine hands a room at the moment of delivery. */
export interface DuePrompt {
  deliveryId: string;
  lead: Lead;
  subject: string;
  /** The instant the rule named, however late it is by now. */
  occurrence: Temporal.Instant;
  now: Temporal.Instant;
}

/** What the engine tells a room once Slack has taken a message. */
export interface PostedPrompt {
  deliveryId: string;
  leadId: string;
  subject: string;
  /** The conversation as Slack names it: a DM's own id for a DM. */
  channel: string;
  ts: string;
  /** When the room composed what stands there now. */
  composedAt: Temporal.Instant;
  /** What `compose` said it drew; undefined where nobody knows any more, since the post was found only later. */
  version?: number | undefined;
  now: Temporal.Instant;
}

/** What a room answers. */
export type Composition =
  /** At most 49 blocks: the engine adds the one with its menu. */
  | {
      kind: 'say';
      message: Message;
      /** Sent instead where Slack refuses the blocks, as charts in text. */
      plainer?: Message;
      /** Which version of what is kept this shows, for `posted` to keep. */
      version?: number;
    }
  /** Kept as skipped, with this reason. */
  | { kind: 'nothing'; why: string }
  | { kind: 'later'; at: Temporal.Instant; why: string };

/** For a room that has nothing to say now. */
export const nothing = (why: string) => ({ kind: 'nothing', why }) as const;

/** What is asked of everything that is said, whatever its kind. */
interface Saying {
  /** As stored, and as its room names it: `digest`, `one-on-one-before`. */
  name: string;
  /** As people read it: "Weekly digest". */
  title: string;
  /** Until when the occurrence is still worth saying; after that it is kept as missed. Mostly `usefulFor`. */
  usefulUntil(occurrence: Temporal.Instant, hearer: Member): Temporal.Instant;
  /** What to say now. Reads only; runs in a transaction of the lead's workspace, and again at every new try. */
  compose(trx: Tenant, prompt: DuePrompt): Promise<Composition>;
  /** Slack has it: the room may keep where it stands, and plan what follows. In the transaction that marks it sent. */
  posted?(trx: Tenant, prompt: PostedPrompt): Promise<void>;
  /** Where people find it, once it stands and Slack says so: for whatever points there. Not called without a link. */
  linked?(trx: Tenant, prompt: { deliveryId: string; subject: string; link: string }): Promise<void>;
  /**
   * Messages that show what is kept, this one perhaps among them. Brought up to date once it stands: something may
   * have changed since it was composed, or changes by its being said.
   */
  redraw?(prompt: { deliveryId: string; subject: string }): Redraw | undefined;
}

/** What `/keel prompts` lists. */
interface Listed {
  /** Leads to where its rhythm is changed, where that is not for the engine to ask. */
  changedBehind?: Button;
  /** What tells one of somebody's prompts of this kind from another, as "with Ana"; ready to show in a message. */
  about?(trx: Tenant, subject: string, leadId: string): Promise<string | undefined>;
}

/** Asks the lead something. A small menu stands under it. */
export interface Question extends Saying, Listed {
  kind: 'question';
  /**
   * Higher goes first in a rush, and when the day's budget is short; 0 to 100. What is about this very day has 75 and
   * more, what somebody waits for 60 and more, what will do as well tomorrow less.
   */
  importance: number;
  /** The lead's prompts of the day are used up. `send`: it is none of them, as a digest they asked for. */
  overBudget: 'next-working-day' | 'drop' | 'send';
  /**
   * Outside working hours, on days off and public holidays. `wait`: for working hours. `by-day`: for the end of the
   * night. `at-its-hour`: the lead chose the hour, whatever it is; later than that it waits for the end of the night.
   */
  whenQuiet: 'wait' | 'by-day' | 'at-its-hour';
  /** In a pause: held back for good, as most are, or until its end where that is soon enough to be of use. */
  whenPaused?: 'wait';
}

/**
 * Posts what somebody asked for, as a document in a channel or word to another person, with no menu under it. Whoever
 * has just asked for it gets it at once. To another person it comes within their hours and pauses and counts against
 * their day, and nobody else's.
 */
export interface Errand extends Saying, Listed {
  kind: 'errand';
  /** Nobody waits for it when it falls due: it was planned long before, and comes within working hours. */
  ahead?: true;
  /** Whether it only continues a message that came just before, as a document's next part: it counts with that one. */
  continues?(subject: string): boolean;
  /** The message whose thread it belongs in; undefined: it stands by itself. Reads only. */
  thread?(trx: Tenant, prompt: { leadId: string; subject: string }): Promise<string | undefined>;
  /** The name of whom it goes to, where that is somebody else: the lead hears it if they cannot be reached. */
  toWhom?(trx: Tenant, prompt: { leadId: string; subject: string }): Promise<string | undefined>;
}

/**
 * Tells the lead what they have to hear in the end, and asks for nothing: there is nothing to put off or skip. It
 * waits for working hours and for the end of a pause, and counts against no budget.
 */
export interface Notice extends Saying {
  kind: 'notice';
}

export type PromptKind = Question | Errand | Notice;

/** Worth saying for so long, by the calendar of whoever hears it. */
export const usefulFor =
  (span: Temporal.DurationLike): Saying['usefulUntil'] =>
  (occurrence, hearer) =>
    occurrence.toZonedDateTimeISO(hearer.timeZone).add(span).toInstant();

/** What became of an answer. */
export type Answered =
  | { kind: 'answered' }
  /** It had been answered, skipped or put off before: the button was an old one. */
  | { kind: 'stale'; state: string; answer: string | null }
  | { kind: 'unknown' };

/** When somebody would hear of an errand. */
export type Outlook =
  | { kind: 'now' }
  /** They hold everything back for a while; until when is theirs alone. */
  | { kind: 'paused' }
  | { kind: 'later'; at: Temporal.Instant; why: 'quiet-hours' | 'over-budget' };

/** What rooms may ask of the engine, each inside the room's own transaction. */
export interface Prompts {
  /**
   * Creates the schedule, or changes it to this; the same plan again changes nothing. What fell due already still
   * goes out, except that moving a prompt that comes once moves it altogether. Planning one that the lead switched
   * off leaves it off. A rule that is none throws a RangeError.
   */
  plan(trx: Tenant, plan: Plan, now: Temporal.Instant): Promise<void>;
  /** It is said at once, whatever the hour and the day's budget. False where nothing of it is to come. */
  hurry(trx: Tenant, which: Which, now: Temporal.Instant): Promise<boolean>;
  /** When word of an errand to somebody would reach them, were it planned now. */
  outlook(trx: Tenant, hearer: Member, now: Temporal.Instant): Promise<Outlook>;
  /** No further occurrence is sent; what was sent stays in history. */
  remove(trx: Tenant, which: Which, now: Temporal.Instant): Promise<void>;
  /** The lead answered: the prompt is done and its buttons no longer ask. One put to somebody else is `unknown`. */
  answer(
    trx: Tenant,
    which: { leadId: string; deliveryId: string },
    answer: string,
    now: Temporal.Instant,
  ): Promise<Answered>;
  /**
   * The lead's zone, hours, days off, pause or budget changed: rules move to the lead's zone, and what waits for
   * working hours or for room in the budget is looked at again.
   */
  replan(trx: Tenant, lead: Lead, now: Temporal.Instant): Promise<void>;
}
