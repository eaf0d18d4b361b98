// What a commitment is, and its rules: what may be taken on, who may change it, and when its owner is reminded.

import type { Tenant } from '../../db/tenancy.ts';
import { type WorkingLife, workBegins, workingDayUpTo } from '../../time/working-days.ts';
import type { Owner } from '../room.ts';

/** The rooms that commitments come from. */
const sourceKinds = ['one-on-one', 'retro', 'post-mortem', 'delegation'] as const;
type SourceKind = (typeof sourceKinds)[number];

export interface Source {
  kind: SourceKind;
  /** The room's own id for it. What has the same kind and id counts as one source: a series of retros, a pair of people. */
  id: string;
  /** Follows "from": `the retrospective in <#C1>`, `your 1:1 with Ada`. mrkdwn, its people's words escaped already. */
  words: string;
}

type State = 'open' | 'done' | 'dropped';

interface CommitmentOwner {
  /** Slack user id; null: they asked to be forgotten. */
  id: string | null;
  name: string;
  /** They left Slack: nobody to remind. */
  left: boolean;
}

export interface Commitment {
  id: string;
  /** In whose room it was made. */
  leadId: string;
  owner: CommitmentOwner;
  /** The person on the other side, as in a 1:1. */
  withId: string | null;
  what: string;
  /** The owner's local day. */
  due: Temporal.PlainDate;
  source: Source;
  state: State;
  /** Why it was dropped. */
  reason: string | null;
  /** How often its day was changed. */
  moved: number;
  madeAt: Temporal.Instant;
  closedAt: Temporal.Instant | null;
}

/** Somebody who takes something on, as `Request.profile` tells of them. */
export interface Taker {
  id: string;
  name: string;
  /** IANA zone; undefined: Slack gives none. */
  timeZone: string | undefined;
}

/** What is about to be taken on. */
export interface Draft {
  owner: Taker;
  what: string;
  due: Temporal.PlainDate;
  withId?: string | null;
}

export const longestWords = 500;
export const defaultMostOpen = 5;
export const mostOpenAllowed = 20;
/** A reminder comes so many days before the day and after it. */
export const remindDays = 2;
/** A day further away is a slip of the finger. */
const furthestDays = 730;

export type DraftProblem = 'no-words' | 'too-long' | 'in-the-past' | 'too-far';

/** What is wrong with the words or the day, if anything. `today`: the owner's. */
export function problemWith(
  draft: { what: string; due: Temporal.PlainDate },
  today: Temporal.PlainDate,
): { field: 'what' | 'due'; why: DraftProblem } | undefined {
  const words = draft.what.trim();
  if (words === '') return { field: 'what', why: 'no-words' };
  if ([...words].length > longestWords) return { field: 'what', why: 'too-long' };
  const away = today.until(draft.due).days;
  if (away < 0) return { field: 'due', why: 'in-the-past' };
  return away > furthestDays ? { field: 'due', why: 'too-far' } : undefined;
}

/** How many more a source may have, given how many of it are open. */
export const roomLeft = (open: number, mostOpen: number): number => Math.max(0, mostOpen - open);

/** The one who took it on, and the lead in whose room that was, may change it; nobody else. */
export const mayChange = (commitment: Commitment, personId: string): boolean =>
  commitment.owner.id === personId || commitment.leadId === personId;

/** Open, and its day has passed. `today`: the reader's. */
export const isLate = (commitment: Commitment, today: Temporal.PlainDate): boolean =>
  commitment.state === 'open' && Temporal.PlainDate.compare(commitment.due, today) < 0;

/**
 * When the owner hears of what is due on a day: two days before, or on the last working day before that, so that
 * a weekend or a public holiday doesn't use the time up; and two days after, where the engine waits for working hours by itself.
 * A moment that has passed by `now` is undefined: who takes something on for tomorrow needs no reminder.
 */
export function reminders(
  due: Temporal.PlainDate,
  owner: Omit<WorkingLife, 'workdayEnds'>,
  now: Temporal.Instant,
): { before: Temporal.Instant | undefined; after: Temporal.Instant } {
  const before = workBegins(owner, workingDayUpTo(owner, due.subtract({ days: remindDays })));
  return {
    before: Temporal.Instant.compare(before, now) > 0 ? before : undefined,
    after: workBegins(owner, due.add({ days: remindDays })),
  };
}

type ListCommand =
  | { kind: 'open' }
  | { kind: 'closed' }
  | { kind: 'help' }
  | { kind: 'refused'; text: string };

/** What stands after `/keel commitments`. */
export function parseListCommand(text: string): ListCommand {
  const word = text.normalize('NFKC').trim().toLowerCase();
  if (word === '' || word === 'open') return { kind: 'open' };
  if (word === 'done' || word === 'closed') return { kind: 'closed' };
  if (word === 'help') return { kind: 'help' };
  return { kind: 'refused', text: text.trim() };
}

export type Added =
  | { kind: 'added'; commitments: Commitment[] }
  /** Nothing was kept: the draft at `at` can't stand. */
  | { kind: 'refused'; why: DraftProblem; field: 'what' | 'due'; at: number }
  /** Nothing was kept: the source has `open` open ones already, and the lead lets `most` stand. */
  | { kind: 'refused'; why: 'too-many-open'; open: Commitment[]; most: number };

export type Changed =
  | { kind: 'changed'; commitment: Commitment; before: Commitment }
  /** It was closed, or is open again, meanwhile: nothing was changed. */
  | { kind: 'stale'; commitment: Commitment }
  | { kind: 'refused'; why: DraftProblem }
  | { kind: 'unknown' };

/** What changes hands between this room and others. All in the caller's transaction; no network. */
export interface Commitments {
  /**
   * Keeps all drafts or none, and plans their owners' reminders. `keeper`: the lead in whose room it happens, who
   * must be known. Owners may be anyone in the workspace: ask `Request.profile` for them before the transaction.
   */
  add(
    trx: Tenant,
    keeper: Owner,
    source: Source,
    drafts: readonly Draft[],
    now: Temporal.Instant,
  ): Promise<Added>;
  /** How many more this source may have now. */
  roomFor(trx: Tenant, keeper: Owner, source: Pick<Source, 'kind' | 'id'>): Promise<number>;
  /** Open ones of a source, soonest first. */
  openFrom(trx: Tenant, source: Pick<Source, 'kind' | 'id'>): Promise<Commitment[]>;
  /** All of a source, whatever became of them, soonest first. */
  allFrom(trx: Tenant, source: Pick<Source, 'kind' | 'id'>): Promise<Commitment[]>;
  /** Open ones between two people, whichever took it on: for a 1:1. */
  openBetween(trx: Tenant, leadId: string, personId: string): Promise<Commitment[]>;
  /** What somebody took on and has not closed. */
  openOf(trx: Tenant, ownerId: string): Promise<Commitment[]>;
  find(trx: Tenant, ids: readonly string[]): Promise<Commitment[]>;
  /** What of a source is open comes under another lead, who must be known: its own has left. */
  handOver(
    trx: Tenant,
    source: Pick<Source, 'kind' | 'id'>,
    leads: { from: string; to: string },
  ): Promise<void>;
  done(trx: Tenant, id: string, now: Temporal.Instant): Promise<Changed>;
  notDoing(trx: Tenant, id: string, reason: string, now: Temporal.Instant): Promise<Changed>;
  reopen(trx: Tenant, id: string, now: Temporal.Instant): Promise<Changed>;
  newDate(trx: Tenant, id: string, due: Temporal.PlainDate, now: Temporal.Instant): Promise<Changed>;
  /** Words, day and owner at once; also of one that was closed, which opens again. */
  edit(trx: Tenant, keeper: Owner, id: string, draft: Draft, now: Temporal.Instant): Promise<Changed>;
}
