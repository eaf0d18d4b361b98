// What of this room's is to come: before and after each meeting, the invitation, and a word about a silence. Pure.

import type { Lead } from '../../leads/leads.ts';
import type { Wanted } from '../../prompts/prompts.ts';
import { workBegins } from '../../time/working-days.ts';
import {
  beginningOfTime,
  instantOf,
  invitationAt,
  lastMet,
  type Meeting,
  overdueFrom,
  type Person,
  reminderAt,
} from './one-on-ones.ts';

/** The names of this room's prompts; the subject is a meeting's id, and of the last one a person's. */
export const promptKinds = {
  before: 'one-on-one-before',
  invitation: 'one-on-one-invitation',
  after: 'one-on-one-after',
  overdue: 'one-on-one-overdue',
} as const;

/** Somebody whose leaving ended their 1:1s is back; the subject is their id. Said once, and so not among what is planned. */
export const backKind = 'one-on-one-back';

/** As Room.plans has it. */
export const wantedOf = (
  people: readonly Person[],
  meetings: readonly Meeting[],
  lead: Lead,
  now: Temporal.Instant,
): Wanted[] =>
  people
    .filter(({ ended }) => !ended)
    .flatMap((person) => {
      const theirs = meetings.filter(({ personId }) => personId === person.id);
      const planned = theirs.filter(({ state }) => state === 'planned');
      return [
        ...planned.flatMap((meeting) => around(person, meeting, lead, now)),
        ...overdue(person, theirs, lead, now),
      ];
    });

/**
 * What is said around a planned meeting. A moment that the lead chose and that has passed is made up for where the
 * meeting is new or was moved since, and only there: such a plan is one to leave `asItIs`.
 */
export function around(person: Person, meeting: Meeting, lead: Lead, now: Temporal.Instant): Wanted[] {
  const { plannedFor } = meeting;
  if (!plannedFor) return [];
  const plan = (kind: string, to: string, at: Temporal.Instant): Wanted => {
    return { leadId: lead.id, kind, subject: meeting.id, destination: { dm: to }, when: { at } };
  };
  const inTimeOrLate = (
    kind: string,
    to: string,
    when: (now: Temporal.Instant) => Temporal.Instant | undefined,
  ) => {
    const [inTime, late] = [when(beginningOfTime), when(now)];
    if (inTime && isAfter(inTime, now)) return [plan(kind, to, inTime)];
    return late ? [{ ...plan(kind, to, late), asItIs: true as const }] : [];
  };
  const after = instantOf(plannedFor, lead).add({ minutes: person.minutes });
  return [
    ...inTimeOrLate(promptKinds.before, lead.id, (from) =>
      reminderAt(plannedFor, person.leadTime, lead, from),
    ),
    ...(isAfter(after, now) ? [plan(promptKinds.after, lead.id, after)] : []),
    ...(person.invites
      ? inTimeOrLate(promptKinds.invitation, person.id, (from) =>
          invitationAt(plannedFor, lead, person.timeZone, from),
        )
      : []),
  ];
}

/** One word about a silence, once it has become one. What has been said already is never said again. */
export function overdue(
  person: Person,
  meetings: readonly Meeting[],
  lead: Lead,
  now: Temporal.Instant,
): Wanted[] {
  const last = lastMet(person, meetings) ?? person.since;
  const at = workBegins(lead, overdueFrom(person, last));
  if (!isAfter(at, now)) return [];
  return [
    {
      leadId: lead.id,
      kind: promptKinds.overdue,
      subject: person.id,
      destination: { dm: lead.id },
      when: { at },
    },
  ];
}

const isAfter = (one: Temporal.Instant, other: Temporal.Instant): boolean =>
  Temporal.Instant.compare(one, other) > 0;
