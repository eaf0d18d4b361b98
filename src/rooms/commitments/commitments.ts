// What a commitment is, and its rules: what may be taken on, who may change it, and when its owner is reminded.

import type { Tenant } from '../../db/tenancy.ts';
import { onOneLine, plainText } from '../../slack/typed-text.ts';
import { localDay } from '../../time/days.ts';
import { type WorkingLife, workBegins, workingDayUpTo } from '../../time/working-days.ts';
import type { Owner } from '../room.ts';

/** The rooms that commitments come from. */
const sourceKinds = ['one-on-one', 'retro', 'post-mortem', 'delegation', 'own'] as const;
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
  /** When its owner last heard of it, or changed it themselves; null: not since somebody else put it down for them. */
  saidAt: Temporal.Instant | null;
  /** The delivery it was last said in. */
  saidIn: string | null;
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
const remindDays = 2;
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
 */
export const reminders = (
  due: Temporal.PlainDate,
  owner: Omit<WorkingLife, 'workdayEnds'>,
): { before: Temporal.Instant; after: Temporal.Instant } => ({
  before: workBegins(owner, workingDayUpTo(owner, due.subtract({ days: remindDays }))),
  after: workBegins(owner, due.add({ days: remindDays })),
});

/** What there is to say about one: it is new to its owner, its day is near, or its day has passed. */
export type Standing = 'new' | 'soon' | 'late';

export function standing(
  commitment: Commitment,
  owner: Omit<WorkingLife, 'workdayEnds'>,
  now: Temporal.Instant,
): Standing {
  if (isLate(commitment, localDay(now, owner.timeZone))) return 'late';
  const isNear = Temporal.Instant.compare(reminders(commitment.due, owner).before, now) <= 0;
  return isNear && commitment.saidAt !== null ? 'soon' : 'new';
}

/** Whether its owner is to hear of it now: a moment for that has come since they last did. */
export function isToBeSaid(
  { state, owner: { left }, due, saidAt }: Commitment,
  owner: Omit<WorkingLife, 'workdayEnds'>,
  now: Temporal.Instant,
): boolean {
  if (state !== 'open' || left) return false;
  if (saidAt === null) return true;
  const { before, after } = reminders(due, owner);
  return [before, after].some(
    (moment) => Temporal.Instant.compare(saidAt, moment) < 0 && Temporal.Instant.compare(moment, now) <= 0,
  );
}

type ListCommand =
  | { kind: 'open' }
  | { kind: 'closed' }
  | { kind: 'add'; what: string }
  | { kind: 'help' }
  | { kind: 'refused'; text: string };

/** What stands after `/keel commitments`. */
export function parseListCommand(text: string): ListCommand {
  const word = text.normalize('NFKC').trim().toLowerCase();
  if (word === '' || word === 'open') return { kind: 'open' };
  if (word === 'done' || word === 'closed') return { kind: 'closed' };
  if (word === 'help') return { kind: 'help' };
  const adding = /^add(?: (.*))?$/is.exec(onOneLine(text));
  if (adding) return { kind: 'add', what: plainText(adding[1] ?? '') };
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

/** Who does something about one, and when: the other one hears of it. */
export interface Act {
  /** Slack user id. */
  by: string;
  now: Temporal.Instant;
}

/** What changes hands between this room and others. All in the caller's transaction; no network. */
export interface Commitments {
  /**
   * Keeps all drafts or none, and plans their owners' reminders. `keeper`: the lead in whose room it happens and who
   * puts them down, who must be known: other owners hear of theirs. Owners may be anyone in the workspace: ask `Request.profile` for them before the transaction.
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
  done(trx: Tenant, id: string, act: Act): Promise<Changed>;
  notDoing(trx: Tenant, id: string, reason: string, act: Act): Promise<Changed>;
  /** `closedAt`: only what was closed at that moment, and not again since. */
  reopen(trx: Tenant, id: string, act: Act, closedAt?: Temporal.Instant): Promise<Changed>;
  newDate(trx: Tenant, id: string, due: Temporal.PlainDate, act: Act): Promise<Changed>;
  /** Words, day and owner at once; also of one that was closed, which opens again. */
  edit(trx: Tenant, keeper: Owner, id: string, draft: Draft, act: Act): Promise<Changed>;
}
