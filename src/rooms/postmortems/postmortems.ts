// What a post-mortem is, and its rules: sections, states, times, review dates, and who may facilitate.

import { localDay } from '../../time/days.ts';
import { addWorkingDays, type WorkingLife, workingDayUpTo } from '../../time/working-days.ts';

export const severities = [1, 2, 3] as const;
export type Severity = (typeof severities)[number];

export const severityWords: Record<Severity, string> = {
  1: 'most people affected',
  2: 'some people affected, or much slower',
  3: 'hardly anybody affected',
};

/** In the order they are walked through. */
export const statuses = ['draft', 'in-review', 'reviewed', 'closed'] as const;
export type Status = (typeof statuses)[number];

export const statusWords: Record<Status, string> = {
  draft: 'draft',
  'in-review': 'in review',
  reviewed: 'reviewed',
  closed: 'closed',
};

export const nextStatus = (status: Status): Status | undefined => statuses[statuses.indexOf(status) + 1];
export const previousStatus = (status: Status): Status | undefined => statuses[statuses.indexOf(status) - 1];

/** The messages a post-mortem is made of, in the order they stand in its thread. */
export const parts = ['overview', 'account', 'lessons', 'timeline', 'follow-ups'] as const;
export type Part = (typeof parts)[number];

export type SectionPart = 'account' | 'lessons' | 'follow-ups';

interface SectionKind {
  id: string;
  title: string;
  /** What to write, as a question. */
  asks: string;
  part: SectionPart;
}

/** In the order they are read. Ids never change. */
export const sectionKinds = [
  {
    id: 'summary',
    title: 'Summary',
    asks: 'What happened, in three sentences for somebody who was not there?',
    part: 'account',
  },
  {
    id: 'impact',
    title: 'Impact',
    asks: 'Who noticed what, for how long? Numbers where there are any.',
    part: 'account',
  },
  { id: 'trigger', title: 'Trigger', asks: 'What set it off?', part: 'account' },
  {
    id: 'detection',
    title: 'Detection',
    asks: 'How did we learn of it, and how could we have learned sooner?',
    part: 'account',
  },
  { id: 'resolution', title: 'Resolution', asks: 'What ended it?', part: 'account' },
  {
    id: 'factors',
    title: 'Contributing factors',
    asks: 'What had to come together? There is always more than one.',
    part: 'lessons',
  },
  {
    id: 'surprises',
    title: 'What surprised us',
    asks: 'Where did the system behave differently from what we believed?',
    part: 'lessons',
  },
  { id: 'well', title: 'What went well', asks: 'What would you want to have again?', part: 'lessons' },
  { id: 'badly', title: 'What went badly', asks: 'What made it longer or worse?', part: 'lessons' },
  {
    id: 'lucky',
    title: 'Where we were lucky',
    asks: 'What might have gone differently just as well?',
    part: 'lessons',
  },
  {
    id: 'ideas',
    title: 'Ideas',
    asks: 'What could be done? Nothing here is promised to anybody.',
    part: 'follow-ups',
  },
] as const satisfies readonly SectionKind[];

export type SectionId = (typeof sectionKinds)[number]['id'];

export const sectionIds: readonly SectionId[] = sectionKinds.map(({ id }) => id);
export const isSectionId = (text: string): text is SectionId =>
  (sectionIds as readonly string[]).includes(text);
export const sectionKind = (id: SectionId): SectionKind => sectionKinds.find((kind) => kind.id === id)!;

/** Sorts of contributing factors, so that incidents can be compared. Ids never change. */
export const factorKinds = [
  { id: 'change', label: 'A change to code' },
  { id: 'configuration', label: 'Configuration' },
  { id: 'capacity', label: 'Load or capacity' },
  { id: 'dependency', label: 'A service we depend on' },
  { id: 'data', label: 'Unexpected data' },
  { id: 'detection', label: 'Monitoring or alerts' },
  { id: 'testing', label: 'What tests did not cover' },
  { id: 'recovery', label: 'Rollback, failover or backups' },
  { id: 'knowledge', label: 'Knowledge or documentation' },
  { id: 'coordination', label: 'Coordination or access' },
] as const;

export type FactorId = (typeof factorKinds)[number]['id'];
export const isFactorId = (text: string): text is FactorId => factorKinds.some(({ id }) => id === text);
export const factorLabel = (id: FactorId): string => factorKinds.find((kind) => kind.id === id)!.label;

/** What is known of the incident itself. */
export interface Facts {
  title: string;
  severity: Severity;
  startedAt: Temporal.Instant | null;
  detectedAt: Temporal.Instant | null;
  resolvedAt: Temporal.Instant | null;
  /** Names of systems, as typed. */
  services: string[];
  factors: FactorId[];
  /** Slack user id. */
  facilitatorId: string | null;
  /** Slack user ids of those who worked on it while it lasted. */
  responders: string[];
}

export interface Postmortem extends Facts {
  workspaceId: string;
  id: string;
  /** Counted in the workspace from 1: people call it PM-1. */
  number: number;
  /** Who started it; null: they asked to be forgotten. */
  ownerId: string | null;
  /** IANA zone of whoever started it; days without a zone of their own are local to it. */
  timeZone: string;
  /** Where it can be read; null: in the DMs of those invited. */
  channelId: string | null;
  status: Status;
  /** Invited, or have written in it. Slack user ids, the owner among them. */
  people: string[];
  /** When the review is to be held; null: not planned. */
  reviewAt: Temporal.Instant | null;
  createdAt: Temporal.Instant;
  /** The latest change of words. */
  changedAt: Temporal.Instant;
}

export interface Section {
  id: SectionId;
  text: string;
  /** Grows by one with each edit; 0: never written. */
  version: number;
  changedBy: string | null;
  changedAt: Temporal.Instant | null;
}

export interface TimelineEntry {
  id: string;
  at: Temporal.Instant;
  text: string;
  /** Where the message stands that it was taken from. */
  link: string | null;
  addedBy: string | null;
}

/** Questions below what is written, each once, and as many as there is room for. */
export const withQuestions = (text: string, questions: readonly string[]): string =>
  questions.reduce((so, question) => {
    const longer = so === '' ? question : `${so}\n${question}`;
    return so.split('\n').includes(question) || longer.length > longestSection ? so : longer;
  }, text);

export const longestTitle = 150;
/** In characters; a section is one block of a message, and 3,000 is what that holds. */
export const longestSection = 2500;
export const longestNote = 500;
export const longestService = 60;
export const mostServices = 12;
export const mostEntries = 200;
export const mostPeople = 12;

export const nameOf = ({ number }: Pick<Postmortem, 'number'>): string => `PM-${number}`;

/** Its owner and whoever was invited: they may read and write it wherever it stands. */
export const isMember = (
  { ownerId, people }: Pick<Postmortem, 'people' | 'ownerId'>,
  personId: string,
): boolean => ownerId === personId || people.includes(personId);

/** An earlier version may be deleted by whoever wrote it, and by the owner. */
export const mayRemove = (
  { ownerId }: Pick<Postmortem, 'ownerId'>,
  { changedBy }: Pick<Section, 'changedBy'>,
  personId: string,
): boolean => personId === ownerId || personId === changedBy;

/** Whoever is to facilitate a private one and was not invited to it. */
export const outsideFacilitator = (
  postmortem: Pick<Postmortem, 'channelId' | 'people' | 'ownerId' | 'facilitatorId'>,
): string | undefined => {
  const { channelId, facilitatorId } = postmortem;
  const isOutside = channelId === null && facilitatorId !== null && !isMember(postmortem, facilitatorId);
  return isOutside ? facilitatorId : undefined;
};

/** Whether anybody but its owner can read it. Private words are checked for blame when they are shared. */
export const isRead = ({
  channelId,
  people,
  ownerId,
}: Pick<Postmortem, 'channelId' | 'people' | 'ownerId'>): boolean =>
  channelId !== null || people.some((id) => id !== ownerId);

/** From the first effect to the end, in whole minutes; undefined while one of them is unknown. */
export function minutesToResolve({
  startedAt,
  resolvedAt,
}: Pick<Facts, 'startedAt' | 'resolvedAt'>): number | undefined {
  return startedAt && resolvedAt ? minutesBetween(startedAt, resolvedAt) : undefined;
}

export function minutesToDetect({
  startedAt,
  detectedAt,
}: Pick<Facts, 'startedAt' | 'detectedAt'>): number | undefined {
  return startedAt && detectedAt ? minutesBetween(startedAt, detectedAt) : undefined;
}

const minutesBetween = (from: Temporal.Instant, to: Temporal.Instant): number =>
  Math.round(from.until(to).total('minutes'));

type FactsProblem =
  | { field: 'startedAt' | 'detectedAt' | 'resolvedAt'; why: 'in-the-future' }
  | { field: 'detectedAt'; why: 'after-the-end' }
  | { field: 'resolvedAt'; why: 'before-the-start' };

/** What cannot be, if anything: it was resolved after it started, and none of it lies ahead. */
export function problemWithTimes(
  { startedAt, detectedAt, resolvedAt }: Pick<Facts, 'startedAt' | 'detectedAt' | 'resolvedAt'>,
  now: Temporal.Instant,
): FactsProblem | undefined {
  const isAfter = (one: Temporal.Instant | null, other: Temporal.Instant | null) =>
    one !== null && other !== null && Temporal.Instant.compare(one, other) > 0;
  for (const [field, at] of Object.entries({ startedAt, detectedAt, resolvedAt })) {
    if (isAfter(at, now))
      return { field: field as 'startedAt' | 'detectedAt' | 'resolvedAt', why: 'in-the-future' };
  }
  if (isAfter(startedAt, resolvedAt)) return { field: 'resolvedAt', why: 'before-the-start' };
  // Found out before it had any effect: that happens, so detection may come before the start.
  if (isAfter(detectedAt, resolvedAt)) return { field: 'detectedAt', why: 'after-the-end' };
  return undefined;
}

/** Oldest first; what happened in the same minute stays in the order it was added. */
export function sortTimeline<E extends Pick<TimelineEntry, 'at'>>(entries: readonly E[]): E[] {
  return entries.toSorted((one, other) => Temporal.Instant.compare(one.at, other.at));
}

/** A line of the timeline as it is read: one that somebody added, or one of the incident's own moments. */
export type TimelineLine = Pick<TimelineEntry, 'at' | 'text' | 'link'>;

/** The timeline with the incident's own moments in it, save where a line of the same minute tells it already. */
export function wholeTimeline(
  entries: readonly TimelineEntry[],
  { startedAt, detectedAt, resolvedAt }: Pick<Facts, 'startedAt' | 'detectedAt' | 'resolvedAt'>,
): TimelineLine[] {
  const minute = (at: Temporal.Instant) => at.round({ smallestUnit: 'minute', roundingMode: 'floor' });
  const own = [
    { at: startedAt, text: 'The incident begins' },
    { at: detectedAt, text: 'We notice' },
    { at: resolvedAt, text: 'The incident is over' },
  ].flatMap(({ at, text }) =>
    at && !entries.some((entry) => minute(entry.at).equals(minute(at))) ? [{ at, text, link: null }] : [],
  );
  return sortTimeline([...entries, ...own]);
}

/** Whose days count for a review: their zone and working days. */
export type ReviewDays = Omit<WorkingLife, 'workdayStarts' | 'workdayEnds'>;

/** Calendar days until the review of the worst incidents, working days until the others'. */
const reviewWithin = { worst: 3, others: 5 } as const;

/**
 * The last day for a review: three calendar days after the incident for severity 1, five working days otherwise.
 * Counted from the day it was over; from the day the post-mortem was started where that isn't known, or where it was
 * started so late that there would be no day left.
 */
export function reviewBy(
  { severity, resolvedAt, createdAt }: Pick<Postmortem, 'severity' | 'resolvedAt' | 'createdAt'>,
  days: ReviewDays,
): Temporal.PlainDate {
  /** Three days after the worst; where nobody works then, the last working day before. */
  const soon = (from: Temporal.PlainDate) => {
    const day = workingDayUpTo(days, from.add({ days: reviewWithin.worst }));
    return Temporal.PlainDate.compare(day, from) > 0 ? day : addWorkingDays(days, from, 1);
  };
  const after = (from: Temporal.PlainDate) =>
    severity === 1 ? soon(from) : addWorkingDays(days, from, reviewWithin.others);
  const started = localDay(createdAt, days.timeZone);
  const usual = after(localDay(resolvedAt ?? createdAt, days.timeZone));
  return Temporal.PlainDate.compare(usual, started) > 0 ? usual : after(started);
}

/** The draft is sent around so many hours before the review. */
export const draftAheadHours = 24;
/** A draft nobody touched for so many working days is a stalled one. */
export const stalledAfter = 2;

/** Days until a commitment from this post-mortem, as a suggestion. */
export const suggestedDays = (severity: Severity): number => (severity === 1 ? 15 : 30);

/** Somebody who may facilitate, with what is known of their turns. */
interface Candidate {
  id: string;
  /** When they last facilitated; null: never. */
  last: Temporal.Instant | null;
  times: number;
}

/**
 * Somebody who was not in it and whose turn it is: not the owner, not a responder; fewest turns first, then the
 * longest ago. Undefined where there is nobody.
 */
export function suggestFacilitator(
  candidates: readonly Candidate[],
  { ownerId, responders }: Pick<Postmortem, 'ownerId' | 'responders'>,
): string | undefined {
  const ago = (one: Candidate) => one.last?.epochMilliseconds ?? Number.NEGATIVE_INFINITY;
  return candidates
    .filter(({ id }) => id !== ownerId && !responders.includes(id))
    .toSorted(
      (one, other) => one.times - other.times || ago(one) - ago(other) || (one.id < other.id ? -1 : 1),
    )
    .at(0)?.id;
}

/** Without these a reader learns neither what happened nor what to change. */
const essential: readonly SectionId[] = ['summary', 'impact', 'factors'];

/** What whoever moves it on may not have seen: parts with nothing in them, and that nobody else could read it. */
export interface Missing {
  empty: SectionId[];
  unread: boolean;
}

/** What to ask about before it moves on; undefined: it just moves. Closing asks about all parts, the steps before about the essential ones. */
export function missingBefore(
  postmortem: Postmortem,
  to: Status,
  sections: readonly Section[],
): Missing | undefined {
  if (statuses.indexOf(to) < statuses.indexOf(postmortem.status)) return undefined;
  const empty = emptySections(sections).filter((id) => to === 'closed' || essential.includes(id));
  const unread = !isRead(postmortem);
  return empty.length > 0 || unread ? { empty, unread } : undefined;
}

/** Which sections have nothing in them yet. */
export const emptySections = (sections: readonly Section[]): SectionId[] =>
  sectionIds.filter((id) => !sections.some((section) => section.id === id && section.text.trim() !== ''));
