// Who a lead is: the facts and rules every room may ask about.

import type { Tenant } from '../db/tenancy.ts';

/** Somebody of a workspace whose hours are known, so that they can be written to: a lead, or a guest, who leads nobody here. */
export interface Member {
  workspaceId: string;
  /** Slack user id. */
  id: string;
  /** IANA zone. */
  timeZone: string;
  /** ISO weekdays, 1 Monday to 7 Sunday, ascending. */
  workingDays: number[];
  workdayStarts: Temporal.PlainTime;
  workdayEnds: Temporal.PlainTime;
  /** Country or region whose public holidays are theirs, as `PT` or `DE-BY`; null: none. */
  holidayRegion: string | null;
  /** How many unrequested prompts a day at most, 1 to 5. */
  promptsPerDay: number;
  pausedUntil: Temporal.Instant | null;
  /** Their pauses so far, oldest first, the present one included. */
  pauses: readonly Pause[];
  /** Since when their Slack account is closed: nothing reaches them. Null: it is open. */
  leftAt: Temporal.Instant | null;
}

/** A stretch in which nothing unasked is said. */
interface Pause {
  from: Temporal.Instant;
  until: Temporal.Instant;
}

/** Whether somebody was away on a local day of theirs: nothing was asked of them in the middle of it. */
export function isAway({ pauses, timeZone }: Pick<Member, 'pauses' | 'timeZone'>, day: Temporal.PlainDate) {
  const noon = day.toZonedDateTime({ timeZone, plainTime: '12:00' }).toInstant();
  return pauses.some(
    ({ from, until }) =>
      Temporal.Instant.compare(from, noon) <= 0 && Temporal.Instant.compare(noon, until) < 0,
  );
}

const mostPauses = 12;

/** Their pauses once another begins, or the present one ends otherwise; `until` null: now. */
export function pausesWith(
  { pauses, pausedUntil }: Pick<Member, 'pauses' | 'pausedUntil'>,
  until: Temporal.Instant | null,
  now: Temporal.Instant,
): Pause[] {
  const isPaused = pausedUntil !== null && Temporal.Instant.compare(pausedUntil, now) > 0;
  const current = isPaused ? pauses.at(-1) : undefined;
  if (!current && until === null) return [...pauses];
  const before = current ? pauses.slice(0, -1) : pauses;
  return [...before, { from: current?.from ?? now, until: until ?? now }].slice(-mostPauses);
}

/** A tech lead with the settings that shape their days. */
export interface Lead extends Member {
  engineers: number;
  /** The floor for leading they chose, in whole percent; null: follows from the number of engineers. */
  targetPercent: number | null;
  /** A zone noticed in Slack that they have not answered to yet. */
  offeredTimeZone: string | null;
  /** ISO weekday. */
  digestDay: number;
  digestTime: Temporal.PlainTime;
  /** When they went through set-up; null: on the defaults so far. */
  setUpAt: Temporal.Instant | null;
}

/** Whom prompts reach: leads, and guests, who are only reminded. */
export interface Listeners {
  find(trx: Tenant, personId: string): Promise<Lead | undefined>;
  /** Makes somebody a guest who is not known yet. */
  welcome(
    trx: Tenant,
    who: { workspaceId: string; personId: string; timeZone: string },
    now: Temporal.Instant,
  ): Promise<void>;
}

/** What a lead can change in settings. */
export type LeadSettings = Pick<
  Lead,
  | 'engineers'
  | 'targetPercent'
  | 'timeZone'
  | 'workingDays'
  | 'workdayStarts'
  | 'workdayEnds'
  | 'digestDay'
  | 'digestTime'
  | 'holidayRegion'
  | 'promptsPerDay'
>;

export const mostEngineers = 500;

/** What a lead starts with: a team for which the 40 % holds, an office week, and the digest on Friday at 15:00. */
export const defaultSettings = (timeZone: string): LeadSettings => ({
  engineers: 4,
  targetPercent: null,
  timeZone,
  workingDays: [1, 2, 3, 4, 5],
  workdayStarts: Temporal.PlainTime.from('09:00'),
  workdayEnds: Temporal.PlainTime.from('18:00'),
  digestDay: 5,
  digestTime: Temporal.PlainTime.from('15:00'),
  holidayRegion: null,
  promptsPerDay: 2,
});

/** Somebody of whom nothing is known but where Slack has them: office hours there. */
export const memberByDefault = (who: Pick<Member, 'workspaceId' | 'id'>, timeZone: string): Member => ({
  ...who,
  pausedUntil: null,
  pauses: [],
  leftAt: null,
  ...defaultSettings(timeZone),
});

/**
 * The share of time that belongs to leading, in whole percent: the lead's own choice, else ten points for each
 * engineer up to 40, which holds from four engineers on.
 */
export const floorOf = ({ targetPercent, engineers }: Pick<Lead, 'targetPercent' | 'engineers'>): number =>
  targetPercent ?? Math.min(engineers, 4) * 10;
