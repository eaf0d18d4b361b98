// What is put on an agenda: by the lead, and by the other one, who sees nothing but the meeting's time and their own.

import type { Tenant } from '../../db/tenancy.ts';
import type { Step } from '../../leads/index.ts';
import { forgetRemovedNotes } from './feedback.store.ts';
import * as sealed from './one-on-ones.sealed.store.ts';
import * as store from './one-on-ones.store.ts';
import { type OneOnOneStep, type OneOnOneTools, stepOf } from './one-on-ones.tools.ts';
import { instantOf, type Meeting, mostPoints, type Person } from './one-on-ones.ts';

/** The new point's id; undefined where too many are open with that person already, or of the other one's own. */
export async function addPoint(
  step: OneOnOneStep,
  point: Pick<sealed.Point, 'personId' | 'authorId' | 'words'>,
): Promise<string | undefined> {
  const theirs = point.authorId === point.personId ? point.personId : undefined;
  const open = await sealed.findOpenPoints(step, point.personId, theirs);
  return open.length < mostPoints ? sealed.addPoint(step, point, step.now) : undefined;
}

/** A point on an agenda of the lead's, and whom it is for. `authorId`: only if it is theirs. */
export async function findPoint(
  step: OneOnOneStep,
  pointId: string,
  authorId?: string,
): Promise<{ person: Person; point: sealed.Point } | undefined> {
  const point = await sealed.findOpenPoint(step, pointId, authorId);
  const person = point && (await store.findPerson(step.trx, step.lead.id, point.personId));
  return point && person && { person, point };
}

/** What was taken away can be put back for so long. */
const undoFor = Temporal.Duration.from({ hours: 24 });

/** Points and feedback notes that were taken away longer ago than that are gone for good. */
export async function forgetRemoved({ trx, lead, now }: Step): Promise<void> {
  const before = now.subtract(undoFor);
  await sealed.forgetRemovedPoints(trx, lead.id, before);
  await forgetRemovedNotes(trx, lead.id, before);
}

/** A meeting still to come, before which the other one is asked for points. The step is the lead's. */
export interface Invitation {
  step: OneOnOneStep;
  person: Person;
  meeting: Meeting;
}

/**
 * For the one person who may: whoever asks must be the one whom that lead meets, at a meeting still to come, with
 * invitations on. Undefined for everybody else, and once the invitation is over. They are no lead and become none.
 */
export async function findInvitation(
  tools: OneOnOneTools,
  trx: Tenant,
  { personId, now }: { personId: string; now: Temporal.Instant },
  { leadId, meetingId }: { leadId: string; meetingId: string },
): Promise<Invitation | undefined> {
  const lead = await tools.findLead(trx, leadId);
  const person = lead && (await store.findPerson(trx, leadId, personId));
  const meeting = person && (await store.findMeeting(trx, leadId, meetingId));
  const isOpen =
    lead &&
    person &&
    !person.ended &&
    person.invites &&
    tools.sealer.available &&
    meeting?.personId === person.id &&
    meeting.state === 'planned' &&
    meeting.plannedFor !== null &&
    Temporal.Instant.compare(instantOf(meeting.plannedFor, lead), now) > 0;
  return isOpen ? { step: stepOf(tools, { trx, lead, now }), person, meeting } : undefined;
}
