// Whom a lead meets and how often, and the rules of a series: what comes next, what is overdue, when to be reminded.

import { localDay } from '../../time/days.ts';
import { nextOccurrence } from '../../time/recurrence.ts';
import { type Pattern, patternOf, ruleInWords } from '../../time/recurrence.words.ts';
import { nextWorkingMoment, type WorkingLife, workEnds, workingDayUpTo } from '../../time/working-days.ts';
import type { Theme } from './one-on-ones.questions.ts';

/** How a conversation felt, if the lead said so. */
export const moods = ['easy', 'good', 'flat', 'heavy', 'tense'] as const;
export type Mood = (typeof moods)[number];

/** What somebody is to the lead. */
export const relations = ['report', 'peer', 'skip-level', 'manager', 'mentor'] as const;
export type Relation = (typeof relations)[number];

/** How long before a meeting the lead hears of it: the last working day's evening, or so many minutes. */
export const leadTimes = ['evening', '60', '30', '10'] as const;
export type LeadTime = (typeof leadTimes)[number];

/** How often, and at which time of the lead's day. */
export interface Rhythm {
  /** RFC 5545, without DTSTART. */
  rule: string;
  time: Temporal.PlainTime;
}

export interface Settings extends Rhythm {
  /** In a word, as the lead says it. */
  role: string | null;
  relation: Relation;
  /** How long they usually talk. */
  minutes: number;
  leadTime: LeadTime;
  /** Whether the other one is asked for points of their own before each meeting. */
  invites: boolean;
}

/** Somebody the lead meets. */
export interface Person extends Settings {
  /** Slack user id. */
  id: string;
  /** As Slack had it last; what is left of somebody who left. */
  name: string;
  /** IANA zone; null where Slack gives none. */
  timeZone: string | null;
  /** Null while they meet. `left`: they left Slack; `lead`: the lead ended it. */
  ended: { on: Temporal.PlainDate; why: 'left' | 'lead' } | null;
  since: Temporal.PlainDate;
  /** The latest local day with a 1:1 logged with them, where that was looked up. */
  lastLogged?: Temporal.PlainDate | undefined;
}

export type MeetingState =
  | 'planned'
  | 'held'
  | 'skipped'
  /** Its time passed, nobody said what became of it, and a later one was talked about. */
  | 'lapsed';

export interface Meeting {
  id: string;
  personId: string;
  /** The lead's local time; null for a conversation that was never planned. */
  plannedFor: Temporal.PlainDateTime | null;
  state: MeetingState;
  heldOn: Temporal.PlainDate | null;
  /** How often it was moved. */
  moved: number;
  /** What was talked about. */
  themes: Theme[];
  /** The questions offered for it now. */
  questions: string[];
  /** Questions that were offered for it before the lead asked for others. */
  replaced: string[];
  /** The time entries logged along with it; null: none. */
  timeBatchId: string | null;
}

/** A meeting of a series that was just planned, and when it was meant to be before; null: it is new. */
export interface Replanned {
  meeting: Meeting;
  wasFor: Temporal.PlainDateTime | null;
}

/** What the lead says came of a meeting. */
export interface Outcome {
  day: Temporal.PlainDate;
  /** Undefined: not to be logged. */
  minutes: number | undefined;
  /** Ids of the points they got to. */
  points: string[];
  /** Ids of what is settled by now: promises kept, things they held that are done, feedback that was told. */
  settled: { promises: string[]; delegated: string[]; feedback: string[] };
  themes: Theme[];
  notes: string;
  mood: Mood | undefined;
  promises: { what: string; whose: 'lead' | 'person'; by: Temporal.PlainDate }[];
}

export const defaultMinutes = 30;
export const longestMinutes = 480;
/** More open points with one person than anybody gets through. */
export const mostPoints = 30;

const anyDay = Temporal.PlainDateTime.from('2026-01-01T00:00');

/** The rule without its interval: which days it may fall on at all. */
const everyTime = (rule: string): string => rule.replace(/;INTERVAL=\d+/, '');

/** How many days lie between two meetings, roughly. */
export function cadenceDays({ rule, time }: Rhythm): number {
  const pattern = patternOf(rule, anyDay.withPlainTime(time));
  return pattern ? daysOf(pattern) : 7;
}

function daysOf(pattern: Pattern): number {
  switch (pattern.every) {
    case 'day':
      return pattern.interval;
    case 'week':
      return (7 * pattern.interval) / Math.max(pattern.on.length, 1);
    case 'month':
      return 30 * pattern.interval;
    case 'quarter':
      return 91;
  }
}

/** Why a rhythm is none for a 1:1, or undefined when it is one. */
export function rhythmProblem(rhythm: Rhythm): 'too-often' | 'too-rarely' | undefined {
  const days = cadenceDays(rhythm);
  if (days < 2) return 'too-often';
  return days > 190 ? 'too-rarely' : undefined;
}

/** `every second Tuesday at 10:00` */
export const rhythmInWords = ({ rule, time }: Rhythm): string =>
  ruleInWords(rule, anyDay.withPlainTime(time));

/** The first time after a local moment on which this may fall, whatever its interval. */
export function firstAfter({ rule, time }: Rhythm, after: Temporal.PlainDateTime): Temporal.PlainDateTime {
  // Local time throughout: in UTC every day has its 24 hours, and the zone comes in when a prompt is planned.
  const starts = after.subtract({ days: 1 }).withPlainTime(time);
  const next = nextOccurrence(
    { rule: everyTime(rule), starts, timeZone: 'UTC' },
    after.toZonedDateTime('UTC').toInstant(),
  );
  if (!next) throw new Error(`The rule ${rule} never comes round`);
  return next.local;
}

/**
 * The one after `previous`, counted from where that really was: of the days the rule allows, the one nearest to a
 * whole round later. Who moves a fortnightly meeting by nine days meets again twelve days after, not five.
 */
export function following(rhythm: Rhythm, previous: Temporal.PlainDateTime): Temporal.PlainDateTime {
  const hours = Math.round(24 * patienceDays(rhythm));
  return firstAfter(rhythm, previous.add({ hours }));
}

/** A round less half a step between the days that the rule allows. */
function patienceDays(rhythm: Rhythm): number {
  const pattern = patternOf(rhythm.rule, anyDay.withPlainTime(rhythm.time));
  if (!pattern) return 0;
  const days = daysOf(pattern);
  switch (pattern.every) {
    case 'day':
      return days - 0.5;
    case 'week':
      // Twice a week is Tuesday and Thursday: whichever comes next.
      return pattern.on.length > 1 ? 7 * (pattern.interval - 1) : days - 3.5;
    case 'month':
      return days - 15;
    case 'quarter':
      return days - 45.5;
  }
}

/** How far ahead a series is planned: a lead who answers nothing, or is away, still hears of the next ones. */
const horizon = { meetings: 3, weeks: 6 };

/** `first` and what follows it. */
export function ahead(
  rhythm: Rhythm,
  first: Temporal.PlainDateTime,
  now: Temporal.PlainDateTime,
): Temporal.PlainDateTime[] {
  const until = now.add({ weeks: horizon.weeks });
  const times = [first];
  for (;;) {
    const next = following(rhythm, times.at(-1)!);
    if (times.length >= horizon.meetings && Temporal.PlainDateTime.compare(next, until) > 0) return times;
    times.push(next);
  }
}

/** A local time of the lead as an instant. */
export const instantOf = (
  local: Temporal.PlainDateTime,
  { timeZone }: { timeZone: string },
): Temporal.Instant => local.toZonedDateTime(timeZone).toInstant();

/** When the lead hears of a meeting; undefined when it is too late for that. */
export function reminderAt(
  plannedFor: Temporal.PlainDateTime,
  leadTime: LeadTime,
  lead: WorkingLife,
  now: Temporal.Instant,
): Temporal.Instant | undefined {
  const meeting = instantOf(plannedFor, lead);
  const halfAnHour = meeting.subtract({ minutes: 30 });
  const wished =
    leadTime === 'evening'
      ? eveningBefore(plannedFor, lead)
      : meeting.subtract({ minutes: Number(leadTime) });
  return [wished, halfAnHour].find((at) => Temporal.Instant.compare(at, now) > 0);
}

/** Before any moment that matters here. */
export const beginningOfTime = Temporal.Instant.fromEpochMilliseconds(0);

/** The reminder at the moment the lead chose, while that is still to come. */
export function reminderInTime(
  plannedFor: Temporal.PlainDateTime,
  leadTime: LeadTime,
  lead: WorkingLife,
  now: Temporal.Instant,
): Temporal.Instant | undefined {
  const wished = reminderAt(plannedFor, leadTime, lead, beginningOfTime);
  return wished && Temporal.Instant.compare(wished, now) > 0 ? wished : undefined;
}

/** Half an hour before work ends on the last working day before. */
const eveningBefore = (plannedFor: Temporal.PlainDateTime, lead: WorkingLife): Temporal.Instant =>
  workEnds(lead, workingDayUpTo(lead, plannedFor.toPlainDate().subtract({ days: 1 }))).subtract({
    minutes: 30,
  });

/**
 * When the other one is asked for points: at ten in the morning of their last working day before, or at the next
 * moment of their day that leaves an hour to think. Undefined when it is too late for that.
 */
export function invitationAt(
  plannedFor: Temporal.PlainDateTime,
  lead: Pick<WorkingLife, 'timeZone'>,
  otherZone: string | null,
  now: Temporal.Instant,
): Temporal.Instant | undefined {
  const meeting = instantOf(plannedFor, lead);
  const other = { ...assumedHours, timeZone: otherZone ?? lead.timeZone };
  const day = workingDayUpTo(other, localDay(meeting, other.timeZone).subtract({ days: 1 }));
  const wished = day.toZonedDateTime({ timeZone: other.timeZone, plainTime: '10:00' }).toInstant();
  const at = Temporal.Instant.compare(wished, now) > 0 ? wished : nextWorkingMoment(other, now);
  return at && Temporal.Instant.compare(at, meeting.subtract({ hours: 1 })) <= 0 ? at : undefined;
}

/** Slack tells nobody's hours, so those of people who are no leads are taken to be these. */
export const assumedHours: Omit<WorkingLife, 'timeZone'> = {
  workingDays: [1, 2, 3, 4, 5],
  holidayRegion: null,
  workdayStarts: Temporal.PlainTime.from('09:00'),
  workdayEnds: Temporal.PlainTime.from('17:00'),
};

/** From which day on a silence is worth a word: one more round, a month at the most. */
export function overdueFrom(rhythm: Rhythm, last: Temporal.PlainDate): Temporal.PlainDate {
  const days = cadenceDays(rhythm);
  return last.add({ days: Math.ceil(days + Math.min(Math.max(days, 7), 30)) });
}

export const isOverdue = (rhythm: Rhythm, last: Temporal.PlainDate, today: Temporal.PlainDate): boolean =>
  Temporal.PlainDate.compare(today, overdueFrom(rhythm, last)) >= 0;

/** The day they last talked; undefined: never. Meetings in any order. */
function lastHeld(meetings: readonly Meeting[]): Temporal.PlainDate | undefined {
  return meetings
    .flatMap(({ state, heldOn }) => (state === 'held' && heldOn ? [heldOn] : []))
    .toSorted(Temporal.PlainDate.compare)
    .at(-1);
}

/** The same, a 1:1 that was only logged included. */
export const lastMet = (
  { lastLogged }: Pick<Person, 'lastLogged'>,
  meetings: readonly Meeting[],
): Temporal.PlainDate | undefined =>
  [lastHeld(meetings), lastLogged]
    .flatMap((day) => day ?? [])
    .toSorted(Temporal.PlainDate.compare)
    .at(-1);

/** The themes of the meetings that took place, newest first, and for each the day it last came up. */
export function themesSpokenOf(meetings: readonly Meeting[]): Map<Theme, Temporal.PlainDate> {
  const latest = new Map<Theme, Temporal.PlainDate>();
  for (const { state, heldOn, themes } of meetings) {
    if (state !== 'held' || !heldOn) continue;
    for (const theme of themes) {
      const before = latest.get(theme);
      if (!before || Temporal.PlainDate.compare(heldOn, before) > 0) latest.set(theme, heldOn);
    }
  }
  return latest;
}

/** What the clock on the lead's wall shows. */
export const localNow = (reader: {
  lead: { timeZone: string };
  now: Temporal.Instant;
}): Temporal.PlainDateTime => reader.now.toZonedDateTimeISO(reader.lead.timeZone).toPlainDateTime();

/** Planned, and its time has not come. `now`: the lead's local time. */
export const isToCome = ({ state, plannedFor }: Meeting, now: Temporal.PlainDateTime): boolean =>
  state === 'planned' && plannedFor !== null && Temporal.PlainDateTime.compare(plannedFor, now) > 0;

/** The meeting a lead means who says "it happened": the latest whose time has come, else the one later today. */
export function meetingMeant(meetings: readonly Meeting[], now: Temporal.PlainDateTime): Meeting | undefined {
  const planned = soonestFirst(meetings);
  return (
    planned.findLast((meeting) => !isToCome(meeting, now)) ??
    planned.find(({ plannedFor }) => plannedFor!.toPlainDate().equals(now.toPlainDate()))
  );
}

/** The next one whose time has not come. */
export const nextMeeting = (meetings: readonly Meeting[], now: Temporal.PlainDateTime): Meeting | undefined =>
  soonestFirst(meetings).find((meeting) => isToCome(meeting, now));

export const plannedOn = (meetings: readonly Meeting[], day: Temporal.PlainDate): Meeting | undefined =>
  soonestFirst(meetings).find(({ plannedFor }) => plannedFor!.toPlainDate().equals(day));

/** What was kept of that day, the last of it if they talked more than once. */
export const heldOn = (meetings: readonly Meeting[], day: Temporal.PlainDate): Meeting | undefined =>
  meetings.findLast((meeting) => meeting.state === 'held' && meeting.heldOn?.equals(day));

/** The planned ones. */
const soonestFirst = (meetings: readonly Meeting[]): Meeting[] =>
  meetings
    .filter(({ state, plannedFor }) => state === 'planned' && plannedFor !== null)
    .toSorted((one, other) => Temporal.PlainDateTime.compare(one.plannedFor!, other.plannedFor!));
