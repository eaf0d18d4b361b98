// Keeping a series in step: its next meetings, and the prompts around each.

import { chooseAhead } from './one-on-ones.questions.steps.ts';
import * as store from './one-on-ones.store.ts';
import type { OneOnOneStep } from './one-on-ones.tools.ts';
import {
  ahead,
  beginningOfTime,
  firstAfter,
  following,
  instantOf,
  invitationAt,
  isToCome,
  lastHeld,
  localNow,
  nextMeeting,
  overdueFrom,
  type Person,
  type Replanned,
  reminderAt,
  reminderInTime,
} from './one-on-ones.ts';

/** The names of this room's prompts; the subject is a meeting's id, and of the last one a person's. */
export const promptKinds = {
  before: 'one-on-one-before',
  invitation: 'one-on-one-invitation',
  after: 'one-on-one-after',
  overdue: 'one-on-one-overdue',
} as const;

/** With fewer meetings than this to come, a series is about to run out. */
const fewestAhead = 2;

/**
 * Plans the series anew from `first` on, local time. `firstId`: the meeting that shall take place then; without it
 * the nearest planned one moves there, or a new one is made. Meetings whose time has come are left for the lead to
 * speak of.
 */
export async function planSeries(
  step: OneOnOneStep,
  person: Person,
  first: Temporal.PlainDateTime,
  firstId?: string,
): Promise<void> {
  const { trx, lead, owner } = step;
  const local = localNow(step);
  const meetings = await store.findMeetings(trx, lead.id, person.id);
  const named = meetings.filter(({ id }) => id === firstId);
  const upcoming = meetings.filter((meeting) => meeting.id !== firstId && isToCome(meeting, local));
  const rows = [...named, ...upcoming];
  const wanted = ahead(person, first, local);

  const series: Replanned[] = [];
  for (const [at, plannedFor] of wanted.entries()) {
    const row = rows[at];
    if (!row) {
      const added = { personId: person.id, plannedFor, state: 'planned', heldOn: null } as const;
      series.push({ meeting: await store.addMeeting(trx, owner, added), wasFor: null });
      continue;
    }
    if (!row.plannedFor?.equals(plannedFor)) await store.updateMeeting(trx, lead.id, row.id, { plannedFor });
    series.push({ meeting: { ...row, plannedFor }, wasFor: row.plannedFor });
  }
  for (const row of rows.slice(wanted.length)) {
    await unplan(step, row.id);
    await store.deleteMeeting(trx, lead.id, row.id);
  }

  await chooseAhead(step, person, series);
  for (const one of series) await promptAround(step, person, one);
  await planOverdue(step, person);
}

/** Plans what is missing ahead and what changed hours or zone; changes no meeting that is there. */
export async function topUpSeries(step: OneOnOneStep, person: Person): Promise<void> {
  if (person.ended) return;
  const local = localNow(step);
  const next = nextMeeting(await store.findMeetings(step.trx, step.lead.id, person.id), local);
  await planSeries(step, person, next?.plannedFor ?? firstAfter(person, local));
}

/** Takes up every series that ran out while its lead was away; the others are left as they are. */
export async function takeUpWhatRanOut(step: OneOnOneStep): Promise<void> {
  const local = localNow(step);
  const meetings = await store.findMeetings(step.trx, step.lead.id);
  for (const person of await store.findPeople(step.trx, step.lead.id)) {
    const planned = meetings.filter((meeting) => meeting.personId === person.id && isToCome(meeting, local));
    if (planned.length < fewestAhead) await topUpSeries(step, person);
  }
}

/** As topUpSeries, for everybody the lead meets. */
export async function topUpAll(step: OneOnOneStep): Promise<void> {
  for (const person of await store.findPeople(step.trx, step.lead.id)) await topUpSeries(step, person);
}

/** Goes on after a meeting that took place, or should have, at `previous`; spoken of late, in step with it all the same. */
export async function planAfter(
  step: OneOnOneStep,
  person: Person,
  previous: Temporal.PlainDateTime,
): Promise<void> {
  const local = localNow(step);
  let next = following(person, previous);
  while (Temporal.PlainDateTime.compare(next, local) <= 0) next = following(person, next);
  await planSeries(step, person, next);
}

/** Ends a series: nothing more is planned or said. Meetings to come go, the rest is kept. */
export async function endSeries(step: OneOnOneStep, person: Person, why: 'left' | 'lead'): Promise<void> {
  const { trx, lead, owner, now } = step;
  const local = localNow(step);
  await store.savePerson(trx, owner, { ...person, ended: { on: local.toPlainDate(), why } });
  for (const meeting of await store.findMeetings(trx, lead.id, person.id)) {
    if (meeting.state !== 'planned') continue;
    await unplan(step, meeting.id);
    if (isToCome(meeting, local)) await store.deleteMeeting(trx, lead.id, meeting.id);
    else await store.updateMeeting(trx, lead.id, meeting.id, { state: 'lapsed' });
  }
  await step.prompts.remove(trx, { leadId: lead.id, kind: promptKinds.overdue, subject: person.id }, now);
}

/** No prompt about that meeting is sent any more. */
export async function unplan({ trx, prompts, lead, now }: OneOnOneStep, meetingId: string): Promise<void> {
  for (const kind of [promptKinds.before, promptKinds.invitation, promptKinds.after]) {
    await prompts.remove(trx, { leadId: lead.id, kind, subject: meetingId }, now);
  }
}

async function promptAround(
  { trx, prompts, lead, now }: OneOnOneStep,
  person: Person,
  { meeting, wasFor }: Replanned,
): Promise<void> {
  const { plannedFor } = meeting;
  if (!plannedFor) return;
  const unchanged = wasFor?.equals(plannedFor) === true;
  const plan = async (kind: string, to: string, at: Temporal.Instant | undefined) => {
    if (!at) return;
    const what = { leadId: lead.id, kind, subject: meeting.id, destination: { dm: to }, when: { at } };
    await prompts.plan(trx, what, now);
  };

  // A reminder whose moment has passed went out; only a meeting that is new or moved gets a late one.
  const inTime = reminderInTime(plannedFor, person.leadTime, lead, now);
  const late = unchanged ? undefined : reminderAt(plannedFor, person.leadTime, lead, now);
  await plan(promptKinds.before, lead.id, inTime ?? late);
  await plan(promptKinds.after, lead.id, instantOf(plannedFor, lead).add({ minutes: person.minutes }));

  if (!person.invites) {
    await prompts.remove(trx, { leadId: lead.id, kind: promptKinds.invitation, subject: meeting.id }, now);
    return;
  }
  // As with the reminder: nobody is asked again because something else changed.
  const at = invitationAt(plannedFor, lead, person.timeZone, unchanged ? beginningOfTime : now);
  if (at && (!unchanged || Temporal.Instant.compare(at, now) > 0)) {
    await plan(promptKinds.invitation, person.id, at);
  }
}

/** One word about a silence, once it has become one. What has been said already is never said again. */
async function planOverdue({ trx, prompts, lead, now }: OneOnOneStep, person: Person): Promise<void> {
  const last = lastHeld(await store.findMeetings(trx, lead.id, person.id)) ?? person.since;
  const at = instantOf(overdueFrom(person, last).toPlainDateTime(lead.workdayStarts), lead);
  if (Temporal.Instant.compare(at, now) <= 0) return;
  const what = { leadId: lead.id, kind: promptKinds.overdue, subject: person.id };
  await prompts.plan(trx, { ...what, destination: { dm: lead.id }, when: { at } }, now);
}
