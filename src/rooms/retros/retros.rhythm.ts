// How a channel comes to look back, and when next: where it may be set up, the rhythm, and what was called off.

import type { Member } from '../../leads/leads.ts';
import type { ChannelProfile } from '../../slack/channels.ts';
import { localDay } from '../../time/days.ts';
import { nextOccurrence } from '../../time/recurrence.ts';
import { fewestForAnonymity, type Retro, type Series } from './retros.ts';

export type ChannelProblem = 'no-such-channel' | 'archived' | 'not-a-member' | 'not-invited';

/** Why this person cannot set one up there, if so. */
export function channelProblem(
  channel: ChannelProfile | undefined,
  personId: string,
): ChannelProblem | undefined {
  const isMember = channel?.memberIds.includes(personId) ?? false;
  // Somebody outside a private channel must not learn that it exists.
  if (!channel || (channel.private && !isMember)) return 'no-such-channel';
  if (channel.archived) return 'archived';
  if (!isMember) return 'not-a-member';
  return channel.botIsIn ? undefined : 'not-invited';
}

/**
 * A rhythm that begins with the first day it names: "every 2 weeks friday" said on a Saturday means next Friday,
 * where a rule counted from today would have used up its first week.
 */
export function rhythmFrom(
  { rule, time }: { rule: string; time: Temporal.PlainTime },
  { timeZone }: Pick<Member, 'timeZone'>,
  now: Temporal.Instant,
): NonNullable<Series['rhythm']> {
  const today = localDay(now, timeZone).toPlainDateTime(time);
  const everyTime = rule.replace(/;INTERVAL=\d+/, '');
  const first = nextOccurrence({ rule: everyTime, starts: today, timeZone }, now);
  return { rule, starts: first?.local ?? today, keptZone: null };
}

/** By whose clock a rhythm comes round. */
const zoneOf = (
  { keptZone }: NonNullable<Series['rhythm']>,
  { timeZone }: Pick<Member, 'timeZone'>,
): string => keptZone ?? timeZone;

/** When a rhythm falls due, for the engine. */
export const whenOf = (rhythm: NonNullable<Series['rhythm']>, lead: Pick<Member, 'timeZone'>) => ({
  rule: rhythm.rule,
  starts: rhythm.starts,
  timeZone: zoneOf(rhythm, lead),
});

/** The next time a rhythm comes round, by its own clock; what was called off is passed over. */
export function nextTime(
  { rhythm, skipAt }: Pick<Series, 'rhythm' | 'skipAt'>,
  member: Pick<Member, 'timeZone' | 'pausedUntil'>,
  now: Temporal.Instant,
): Temporal.Instant | undefined {
  if (!rhythm) return undefined;
  const { pausedUntil } = member;
  const when = whenOf(rhythm, member);
  // While whoever leads it is away none is opened.
  const isPaused = pausedUntil && Temporal.Instant.compare(pausedUntil, now) > 0;
  const from = isPaused ? pausedUntil.subtract({ seconds: 1 }) : now;
  const next = nextOccurrence(when, from)?.at;
  if (!next || !skipAt?.equals(next)) return next;
  return nextOccurrence(when, next)?.at;
}

/** The series as it stands: an occurrence that was called off is so until it has passed. */
export const seriesAt = (series: Series, now: Temporal.Instant): Series =>
  series.skipAt && Temporal.Instant.compare(series.skipAt, now) <= 0 ? { ...series, skipAt: null } : series;

/** Set up as anonymous, and since then too many left for that. */
export const cannotBeAnonymous = (series: Pick<Series, 'anonymous' | 'people'>): boolean =>
  series.anonymous && series.people < fewestForAnonymity;

/** A rhythm, when it comes round next, and what came of it. */
export interface SeriesOverview {
  series: Series;
  next: Temporal.Instant | undefined;
  /** Newest first. */
  past: Retro[];
}

/** What a lead's channels do: their rhythms, and what is under way. */
export interface Overview {
  rhythms: SeriesOverview[];
  underWay: Retro[];
}

/** What came of setting up a rhythm, or of opening one at once. */
export type SetUp =
  | { kind: 'set-up' | 'changed'; series: Series; next: Temporal.Instant }
  | { kind: 'opening'; series: Series }
  | { kind: 'rhythm-exists'; series: Series; mine: boolean }
  | { kind: 'already-open'; retro: Retro };
