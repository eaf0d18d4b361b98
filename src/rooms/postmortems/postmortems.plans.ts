// What of this room's is to come for an owner: the review that is due, the draft ahead of it, a draft nobody touches. Pure.

import type { Lead } from '../../leads/leads.ts';
import type { Wanted } from '../../prompts/prompts.ts';
import { atClock, localDay } from '../../time/days.ts';
import { addWorkingDays } from '../../time/working-days.ts';
import { draftAheadHours, type Postmortem, type ReviewDays, reviewBy, stalledAfter } from './postmortems.ts';

/** The names of this room's prompts. */
export const kinds = {
  message: 'post-mortem-message',
  draftAhead: 'post-mortem-draft',
  reviewDue: 'post-mortem-review',
  stalled: 'post-mortem-stalled',
  ownerLeft: 'post-mortem-owner-left',
} as const;

/** Those of them that follow from how a post-mortem stands. */
export const reminderKinds = [kinds.draftAhead, kinds.reviewDue, kinds.stalled];

/** What of a post-mortem says when it is spoken of; none of its words. */
export type Course = Pick<
  Postmortem,
  | 'id'
  | 'status'
  | 'severity'
  | 'timeZone'
  | 'channelId'
  | 'people'
  | 'reviewAt'
  | 'createdAt'
  | 'changedAt'
  | 'resolvedAt'
>;

/** Whose days count for a post-mortem: its owner's, while they are known. */
export const daysOf = (postmortem: Pick<Postmortem, 'timeZone'>, owner: Lead | undefined): ReviewDays => ({
  timeZone: owner?.timeZone ?? postmortem.timeZone,
  workingDays: owner?.workingDays ?? [1, 2, 3, 4, 5],
  holidayRegion: owner?.holidayRegion ?? null,
});

/** The places it has to stand in: its channel, or the DM of each of its people. */
export const placesOf = ({ channelId, people }: Pick<Postmortem, 'channelId' | 'people'>): string[] =>
  channelId === null ? people : [channelId];

/** Everything there is to ask or send around about it, given how it stands now. */
export function remindersOf(postmortem: Course, owner: Lead, now: Temporal.Instant): Wanted[] {
  const { id: subject, status, reviewAt, channelId } = postmortem;
  const days = daysOf(postmortem, owner);
  const toOwner = { leadId: owner.id, subject, destination: { dm: owner.id } };
  const isOpen = status === 'draft' || status === 'in-review';
  return [
    ...(isOpen ? reviewReminder(postmortem, days, now) : []).map((when) => ({
      ...toOwner,
      kind: kinds.reviewDue,
      ...when,
    })),
    ...(status === 'draft'
      ? [{ ...toOwner, kind: kinds.stalled, when: whileStalled(postmortem.changedAt, days) }]
      : []),
    ...(isOpen && reviewAt && isAfter(reviewAt, now) ? placesOf(postmortem) : []).map((place) => ({
      leadId: owner.id,
      kind: kinds.draftAhead,
      subject: `${subject} ${place}`,
      destination: channelId === null ? { dm: place } : { channel: place },
      ...draftAhead(reviewAt!, now),
    })),
  ];
}

/** Of a review that is near, the draft is sent around at once. */
function draftAhead(reviewAt: Temporal.Instant, now: Temporal.Instant): Pick<Wanted, 'when' | 'asItIs'> {
  const at = reviewAt.subtract({ hours: draftAheadHours });
  return isAfter(at, now) ? { when: { at } } : { when: { at: now }, asItIs: true };
}

const isAfter = (one: Temporal.Instant, other: Temporal.Instant): boolean =>
  Temporal.Instant.compare(one, other) > 0;

/** The hour reminders come at, local to the owner; the engine sees to their working hours. */
const reminderTime = Temporal.PlainTime.from('10:00');

function atTen(day: Temporal.PlainDate, zone: string): Temporal.Instant {
  const reading = atClock(day, reminderTime, zone);
  return reading.kind === 'instant' ? reading.instant : day.toZonedDateTime(zone).toInstant();
}

/**
 * The day before the last day for a review that nobody planned, or, where that has passed, that last day; the day
 * after one that was planned, in case nobody said that it was held. None when all of that has passed.
 */
function reviewReminder(
  postmortem: Course,
  days: ReviewDays,
  now: Temporal.Instant,
): Pick<Wanted, 'when' | 'asItIs'>[] {
  const zone = days.timeZone;
  const last = reviewBy(postmortem, days);
  const moments = postmortem.reviewAt
    ? [atTen(localDay(postmortem.reviewAt, zone).add({ days: 1 }), zone)]
    : [atTen(last.subtract({ days: 1 }), zone), atTen(last, zone)];
  const [first] = moments;
  const at = moments.find((moment) => isAfter(moment, now));
  if (!at) return [];
  return [{ when: { at }, ...(at !== first && { asItIs: true as const }) }];
}

/** From some working days after the latest change on, each week. */
const whileStalled = (changedAt: Temporal.Instant, days: ReviewDays): Wanted['when'] => ({
  rule: 'FREQ=WEEKLY',
  starts: addWorkingDays(days, localDay(changedAt, days.timeZone), stalledAfter).toPlainDateTime(
    reminderTime,
  ),
  timeZone: days.timeZone,
});
