// Keeping a series in step: its next meetings, and the prompts around each.

import { around, overdue, promptKinds } from './one-on-ones.plans.ts';
import { chooseAhead } from './one-on-ones.questions.steps.ts';
import * as store from './one-on-ones.store.ts';
import type { OneOnOneStep } from './one-on-ones.tools.ts';
import {
  ahead,
  firstAfter,
  following,
  isToCome,
  localNow,
  nextMeeting,
  type Person,
  type Replanned,
} from './one-on-ones.ts';

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

/** Makes the meetings that each series lacks ahead, so that it never runs out, whether or not anybody speaks of any. */
export async function refillAll(step: OneOnOneStep): Promise<void> {
  const { trx, lead } = step;
  const local = localNow(step);
  const meetings = (await store.findMeetings(trx, lead.id)).filter((meeting) => isToCome(meeting, local));
  for (const person of await store.findPeople(trx, lead.id)) {
    const planned = meetings.filter(({ personId }) => personId === person.id);
    const first = planned[0]?.plannedFor ?? firstAfter(person, local);
    if (person.ended || planned.length >= ahead(person, first, local).length) continue;
    const locked = await store.lockPerson(trx, lead.id, person.id);
    if (locked) await topUpSeries(step, locked);
  }
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
  // What passed went out, and nobody is asked again because something else changed.
  const unchanged = meeting.plannedFor !== null && wasFor?.equals(meeting.plannedFor) === true;
  for (const plan of around(person, meeting, lead, now)) {
    if (!unchanged || !plan.asItIs) await prompts.plan(trx, plan, now);
  }
  if (!person.invites) {
    await prompts.remove(trx, { leadId: lead.id, kind: promptKinds.invitation, subject: meeting.id }, now);
  }
}

async function planOverdue({ trx, prompts, lead, now, time }: OneOnOneStep, planned: Person): Promise<void> {
  const person = { ...planned, lastLogged: (await time.lastLogged(trx, lead)).get(planned.id) };
  const meetings = await store.findMeetings(trx, lead.id, person.id);
  for (const plan of overdue(person, meetings, lead, now)) await prompts.plan(trx, plan, now);
}
