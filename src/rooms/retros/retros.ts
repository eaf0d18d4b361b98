// What a retrospective is, and its rules: who may do what when, how long it stays open, and when anonymity can be had.

import { createHmac } from 'node:crypto';
import { localDay } from '../../time/days.ts';
import { addWorkingDays, settledIn, type WorkingLife } from '../../time/working-days.ts';
import { comparable } from '../../words.ts';

export type Phase =
  | 'open'
  | 'few'
  | 'grouping'
  | 'voting'
  | 'choosing'
  | 'done'
  | 'quiet'
  | 'skipped'
  | 'ended';

/** How a channel looks back. */
export interface Series {
  workspaceId: string;
  id: string;
  leadId: string;
  channelId: string;
  /** Null: once. */
  rhythm: {
    rule: string;
    starts: Temporal.PlainDateTime;
    /** IANA zone it stays in although its lead moved on; null: its lead's. */
    keptZone: string | null;
  } | null;
  /** A format's id, or `rotating`. */
  formatId: string;
  anonymous: boolean;
  /** Working days. */
  openDays: number;
  /** IANA ids. */
  zones: string[];
  people: number;
  state: 'active' | 'once' | 'stopped';
  skipAt: Temporal.Instant | null;
}

export interface Retro {
  workspaceId: string;
  id: string;
  seriesId: string;
  leadId: string;
  facilitatorId: string;
  channelId: string;
  formatId: string;
  anonymous: boolean;
  people: number;
  openedAt: Temporal.Instant;
  closesAt: Temporal.Instant;
  votesCloseAt: Temporal.Instant | null;
  phase: Phase;
  reason: string | null;
  /** For the one-way tokens of who took part; null where names are kept, and once they are gone. */
  salt: Buffer | null;
  answered: number;
  voted: number;
  commitmentIds: string[];
  version: number;
  /** Slack's link to its post, below which its thread is; null where Slack gave none. */
  link: string | null;
}

/** A retrospective of this series that nobody has answered yet. */
export const retroOf = (
  series: Series,
  own: Pick<Retro, 'id' | 'phase' | 'openedAt' | 'closesAt'> & Partial<Retro>,
): Retro => ({
  workspaceId: series.workspaceId,
  seriesId: series.id,
  leadId: series.leadId,
  facilitatorId: series.leadId,
  channelId: series.channelId,
  formatId: series.formatId,
  anonymous: series.anonymous,
  people: series.people,
  votesCloseAt: null,
  reason: null,
  salt: null,
  answered: 0,
  voted: 0,
  commitmentIds: [],
  version: 1,
  link: null,
  ...own,
});

/** Nothing more can happen to it. */
export const isOver = ({ phase }: Pick<Retro, 'phase'>): boolean =>
  ['done', 'quiet', 'skipped', 'ended'].includes(phase);

/** A point as somebody wrote it. */
export interface Item {
  id: string;
  /** Counted from 0. */
  question: number;
  words: string;
  author: { id: string; name: string } | null;
  groupId: string | null;
}

/** A line of an answer. */
export type Point = Pick<Item, 'question' | 'words'>;

/** Points that say the same. */
export interface Group {
  id: string;
  question: number;
  items: Item[];
  votes: number;
}

/** Below this many people somebody's words can be told from how they write, whatever is stored. */
export const fewestForAnonymity = 4;
export const votesEach = 3;
export const mostCommitments = 3;
export const longestPoint = 300;
/** Points to one question in one go. */
export const mostPoints = 10;
export const longestReason = 300;

/** When an evening ends a retrospective, in the zone where it comes last. */
const evening = Temporal.PlainTime.from('17:00');

/** Slack may be away for an hour or two, and the closing still comes late rather than not at all. */
const hoursToClose = 12;

/**
 * Whether answers still count. The phase alone would do, if Slack's clock and ours rang at the same moment:
 * between the hour and the closing message nothing more is let in.
 */
export const takesAnswers = (retro: Pick<Retro, 'phase' | 'closesAt'>, now: Temporal.Instant): boolean =>
  retro.phase === 'open' && Temporal.Instant.compare(now, retro.closesAt) < 0;

/** Its closing message can't be in the making any more: Slack did not take it, and it must not hold up the next one. */
export const isOverdue = ({ closesAt }: Pick<Retro, 'closesAt'>, now: Temporal.Instant): boolean =>
  closesAt.until(now).total('hours') >= hoursToClose;

export const takesVotes = (retro: Pick<Retro, 'phase' | 'votesCloseAt'>, now: Temporal.Instant): boolean =>
  retro.phase === 'voting' &&
  (retro.votesCloseAt === null || Temporal.Instant.compare(now, retro.votesCloseAt) < 0);

/** What closing leads to. An anonymous one with too few answers shows none of them to anybody. */
export function afterClosing(retro: Pick<Retro, 'anonymous' | 'answered'>): 'quiet' | 'few' | 'grouping' {
  if (retro.answered === 0) return 'quiet';
  return retro.anonymous && retro.answered < fewestForAnonymity ? 'few' : 'grouping';
}

/**
 * The evening of the next working day, in whichever of the zones it comes last; with `openDays` above one, so many
 * working days on. Working days are the lead's. Nobody has less than a day: for a team far to the east of its lead
 * the next evening may be hours away, and then it is the one after.
 */
export function closingTime(
  from: Temporal.Instant,
  lead: Omit<WorkingLife, 'workdayStarts' | 'workdayEnds'>,
  zones: readonly string[],
  openDays: number,
): Temporal.Instant {
  const lastEvening = (day: Temporal.PlainDate): Temporal.Instant =>
    [...zones, ...(zones.length === 0 ? [lead.timeZone] : [])]
      .map((timeZone) => day.toZonedDateTime({ timeZone, plainTime: evening }).toInstant())
      .reduce((latest, end) => (Temporal.Instant.compare(end, latest) > 0 ? end : latest));
  const aDayOn = from.add({ hours: 24 });
  const today = localDay(from, lead.timeZone);
  for (let days = openDays; ; days += 1) {
    const end = lastEvening(addWorkingDays(lead, today, days));
    if (Temporal.Instant.compare(end, aDayOn) >= 0) return end;
  }
}

/**
 * When those who have not answered are reminded, once: on the last day in the lead's morning, when that leaves four
 * hours on either side; else four hours before the end. Undefined where it is open too short a time for that.
 */
export function nudgeTime(
  opened: Temporal.Instant,
  closes: Temporal.Instant,
  lead: Omit<WorkingLife, 'workdayEnds' | 'workingDays'>,
): Temporal.Instant | undefined {
  const morning = settledIn(lead, localDay(closes, lead.timeZone));
  const fits = (at: Temporal.Instant) =>
    opened.until(at).total('hours') >= 4 && at.until(closes).total('hours') >= 4;
  const before = closes.subtract({ hours: 4 });
  return [morning, before].find(fits);
}

/**
 * Who somebody is to a retrospective's list of who took part. With names: themselves. Anonymous: a token that the
 * salt makes and that cannot be turned back once the salt is gone; one for answering and another for voting.
 */
export function markOf(retro: Pick<Retro, 'salt'>, act: 'answer' | 'vote', personId: string): string {
  if (!retro.salt) return personId;
  return createHmac('sha256', retro.salt).update(`${act} ${personId}`).digest('hex');
}

/** Whose point it may be to take out of the thread: whoever leads may take any, a named author their own. */
export const mayTakeOut = (
  retro: Pick<Retro, 'facilitatorId' | 'phase'>,
  personId: string,
  items: readonly Item[],
): Item[] =>
  ['grouping', 'voting', 'choosing', 'done'].includes(retro.phase)
    ? items.filter(({ author }) => retro.facilitatorId === personId || author?.id === personId)
    : [];

/** Points without those somebody takes back, one for one. Capitals and a full stop make no difference. */
export function withoutPoints(
  points: readonly Point[],
  taken: readonly Point[],
): { left: Point[]; gone: number } {
  const plain = (words: string): string =>
    comparable(words)
      .toLowerCase()
      .replace(/[.!]+$/, '');
  const left = [...points];
  for (const { question, words } of taken) {
    const at = left.findIndex((one) => one.question === question && plain(one.words) === plain(words));
    if (at >= 0) left.splice(at, 1);
  }
  return { left, gone: points.length - left.length };
}

type PointsReading = { kind: 'points'; points: string[] } | { kind: 'refused'; why: 'too-many' | 'too-long' };

/** One point a line; bullets that people type in front of them are taken off, and the same line twice is one. */
export function readPoints(text: string): PointsReading {
  const points = text
    .split(/\r?\n/)
    .map((line) =>
      line
        .replace(/^\s*(?:[-–—*•]|\d{1,2}[.)])\s+/, '')
        .replace(/\s+/g, ' ')
        .trim(),
    )
    .filter((line) => line !== '');
  const unique = [...new Set(points)];
  if (unique.length > mostPoints) return { kind: 'refused', why: 'too-many' };
  if (unique.some((point) => [...point].length > longestPoint)) return { kind: 'refused', why: 'too-long' };
  return { kind: 'points', points: unique };
}

/** The most voted first; among equals the one that more people wrote, then the order of the questions. */
export const byVotes = (groups: readonly Group[]): Group[] =>
  groups.toSorted(
    (one, other) =>
      other.votes - one.votes || other.items.length - one.items.length || one.question - other.question,
  );

/** What stands for a group: its shortest point, as the one most easily read at a glance. */
export const titleOf = (group: Group): string =>
  group.items
    .map(({ words }) => words)
    .toSorted((one, other) => one.length - other.length || (one < other ? -1 : 1))[0] ?? '';
