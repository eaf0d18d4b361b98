// Keeping a series in step: its next meetings, the questions for each, and the prompts around it. One transaction each.

import type { Tenant } from '../../db/tenancy.ts';
import type { Lead } from '../../leads/leads.ts';
import { localDay } from '../../time/days.ts';
import type { Owner } from '../room.ts';
import { chooseQuestions, momentOf, resting, type Shelf } from './one-on-ones.choose.ts';
import { findMeetingWords, findShelf } from './one-on-ones.sealed.store.ts';
import * as store from './one-on-ones.store.ts';
import type { OneOnOneTools } from './one-on-ones.tools.ts';
import {
  ahead,
  firstAfter,
  following,
  instantOf,
  invitationAt,
  lastHeld,
  type Meeting,
  nextMeeting,
  overdueFrom,
  type Person,
  reminderAt,
  themesSpokenOf,
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

type SeriesTools = Pick<OneOnOneTools, 'prompts' | 'sealer'>;

export const ownerOf = (lead: Lead): Owner => ({ workspaceId: lead.workspaceId, leadId: lead.id });

/** What the clock on the lead's wall shows. */
export const localNow = (lead: Lead, now: Temporal.Instant): Temporal.PlainDateTime =>
  now.toZonedDateTimeISO(lead.timeZone).toPlainDateTime();

/**
 * Plans the series anew from `first` on. `firstId`: the meeting that shall take place then; without it the nearest
 * planned one moves there, or a new one is made. Meetings whose time has come are left for the lead to speak of.
 */
export async function planSeries(
  trx: Tenant,
  tools: SeriesTools,
  lead: Lead,
  person: Person,
  first: Temporal.PlainDateTime,
  now: Temporal.Instant,
  firstId?: string,
): Promise<void> {
  const owner = ownerOf(lead);
  const local = localNow(lead, now);
  const meetings = await store.findMeetings(trx, lead.id, person.id);
  const named = meetings.find(({ id }) => id === firstId);
  const upcoming = meetings.filter((meeting) => meeting.id !== firstId && isToCome(meeting, local));
  const rows = [...(named ? [named] : []), ...upcoming];
  const wanted = ahead(person, first, local);

  const series: { meeting: Meeting; wasFor: Temporal.PlainDateTime | null }[] = [];
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
    await unplan(trx, tools, lead, row.id, now);
    await store.deleteMeeting(trx, lead.id, row.id);
  }

  await chooseAhead(trx, tools, lead, person, series, now);
  for (const one of series) await promptAround(trx, tools, lead, person, one, now);
  await planOverdue(trx, tools, lead, person, now);
}

/** Plans what is missing ahead and what changed hours or zone; changes no meeting that is there. */
export async function topUpSeries(
  trx: Tenant,
  tools: SeriesTools,
  lead: Lead,
  person: Person,
  now: Temporal.Instant,
): Promise<void> {
  const local = localNow(lead, now);
  const next = nextMeeting(await store.findMeetings(trx, lead.id, person.id), local);
  await planSeries(trx, tools, lead, person, next?.plannedFor ?? firstAfter(person, local), now);
}

/** Takes up every series that ran out while its lead was away; the others are left as they are. */
export async function takeUpWhatRanOut(
  trx: Tenant,
  tools: SeriesTools,
  lead: Lead,
  now: Temporal.Instant,
): Promise<void> {
  const local = localNow(lead, now);
  const meetings = await store.findMeetings(trx, lead.id);
  for (const person of await store.findPeople(trx, lead.id)) {
    const planned = meetings.filter((meeting) => meeting.personId === person.id && isToCome(meeting, local));
    if (!person.ended && planned.length < fewestAhead) await topUpSeries(trx, tools, lead, person, now);
  }
}

/** As topUpSeries, for everybody the lead meets. */
export async function topUpAll(
  trx: Tenant,
  tools: SeriesTools,
  lead: Lead,
  now: Temporal.Instant,
): Promise<void> {
  for (const person of await store.findPeople(trx, lead.id)) {
    if (!person.ended) await topUpSeries(trx, tools, lead, person, now);
  }
}

/** Goes on after a meeting that took place, or should have, at `previous`; spoken of late, in step with it all the same. */
export async function planAfter(
  trx: Tenant,
  tools: SeriesTools,
  lead: Lead,
  person: Person,
  previous: Temporal.PlainDateTime,
  now: Temporal.Instant,
): Promise<void> {
  const local = localNow(lead, now);
  let next = following(person, previous);
  while (Temporal.PlainDateTime.compare(next, local) <= 0) next = following(person, next);
  await planSeries(trx, tools, lead, person, next, now);
}

/** Ends a series: nothing more is planned or said. Meetings to come go, the rest is kept. */
export async function endSeries(
  trx: Tenant,
  tools: SeriesTools,
  lead: Lead,
  person: Person,
  why: 'left' | 'lead',
  now: Temporal.Instant,
): Promise<void> {
  const local = localNow(lead, now);
  await store.savePerson(trx, ownerOf(lead), { ...person, ended: { on: local.toPlainDate(), why } });
  for (const meeting of await store.findMeetings(trx, lead.id, person.id)) {
    if (meeting.state !== 'planned') continue;
    await unplan(trx, tools, lead, meeting.id, now);
    if (isToCome(meeting, local)) await store.deleteMeeting(trx, lead.id, meeting.id);
    else await store.updateMeeting(trx, lead.id, meeting.id, { state: 'lapsed' });
  }
  await tools.prompts.remove(trx, { leadId: lead.id, kind: promptKinds.overdue, subject: person.id }, now);
}

/** No prompt about that meeting is sent any more. */
export async function unplan(
  trx: Tenant,
  tools: SeriesTools,
  lead: Lead,
  meetingId: string,
  now: Temporal.Instant,
): Promise<void> {
  for (const kind of [promptKinds.before, promptKinds.invitation, promptKinds.after]) {
    await tools.prompts.remove(trx, { leadId: lead.id, kind, subject: meetingId }, now);
  }
}

/** The questions of every meeting to come that the lead has not been shown yet are chosen afresh. */
export async function chooseAgain(
  trx: Tenant,
  tools: SeriesTools,
  lead: Lead,
  now: Temporal.Instant,
): Promise<void> {
  const local = localNow(lead, now);
  for (const person of await store.findPeople(trx, lead.id)) {
    if (person.ended) continue;
    const meetings = await store.findMeetings(trx, lead.id, person.id);
    const series = meetings
      .filter((meeting) => isToCome(meeting, local))
      .map((meeting) => ({ meeting, wasFor: meeting.plannedFor }));
    await chooseAhead(trx, tools, lead, person, series, now);
  }
}

/** Three others for a meeting; the ones it had rest as if they had been asked. Empty: the library has no more. */
export async function otherQuestions(
  trx: Tenant,
  tools: SeriesTools,
  lead: Lead,
  person: Person,
  meeting: Meeting,
  now: Temporal.Instant,
): Promise<string[]> {
  const meetings = await store.findMeetings(trx, lead.id, person.id);
  const others = await choose(trx, tools, lead, person, meeting, meetings, now);
  if (others.length === 0) return [];
  await store.updateMeeting(trx, lead.id, meeting.id, {
    questions: others,
    replaced: [...meeting.replaced, ...meeting.questions],
  });
  return others;
}

/** Three for a conversation that was never planned and is being prepared. */
async function choose(
  trx: Tenant,
  tools: SeriesTools,
  lead: Lead,
  person: Person,
  meeting: Meeting,
  meetings: readonly Meeting[],
  now: Temporal.Instant,
  shelf?: Shelf,
): Promise<string[]> {
  const owner = ownerOf(lead);
  const on = meeting.plannedFor?.toPlainDate() ?? localDay(now, lead.timeZone);
  const earlier = meetings.slice(
    0,
    meetings.findIndex(({ id }) => id === meeting.id),
  );
  const lastOne = earlier.filter(({ state }) => state === 'held').at(-1);
  const mood = lastOne && (await findMeetingWords(trx, tools.sealer, owner, lastOne.id)).mood;
  return chooseQuestions({
    person,
    shelf: shelf ?? (await findShelf(trx, tools.sealer, owner)),
    moment: momentOf(person, earlier, on, mood),
    resting: resting(meeting, earlier),
    spokenOf: themesSpokenOf(earlier),
    on,
    // The same for the same meeting, however often it is looked at, and another for the next.
    seed: `${lead.id} ${person.id} ${earlier.length}`,
  });
}

async function chooseAhead(
  trx: Tenant,
  tools: SeriesTools,
  lead: Lead,
  person: Person,
  series: readonly { meeting: Meeting; wasFor: Temporal.PlainDateTime | null }[],
  now: Temporal.Instant,
): Promise<void> {
  const shelf = await findShelf(trx, tools.sealer, ownerOf(lead));
  const meetings = await store.findMeetings(trx, lead.id, person.id);
  for (const { meeting, wasFor } of series) {
    if (meeting.questions.length > 0 && wasFor && wasShown(wasFor, person, lead, now)) continue;
    const blank = { ...meeting, questions: [] };
    const questions = await choose(trx, tools, lead, person, blank, meetings, now, shelf);
    // What is chosen for one rests for the next.
    const known = meetings.find(({ id }) => id === meeting.id);
    if (!known || known.questions.join() === questions.join()) continue;
    known.questions = questions;
    await store.updateMeeting(trx, lead.id, meeting.id, { questions });
  }
}

const beginningOfTime = Temporal.Instant.fromEpochMilliseconds(0);

/** Whether the reminder of a meeting planned for then has gone out by now. */
const wasShown = (
  plannedFor: Temporal.PlainDateTime,
  { leadTime }: Person,
  lead: Lead,
  now: Temporal.Instant,
): boolean => !reminderInTime(plannedFor, leadTime, lead, now);

/** The reminder at the moment the lead chose, while that is still to come. */
function reminderInTime(
  plannedFor: Temporal.PlainDateTime,
  leadTime: Person['leadTime'],
  lead: Lead,
  now: Temporal.Instant,
): Temporal.Instant | undefined {
  const wished = reminderAt(plannedFor, leadTime, lead, beginningOfTime);
  return wished && Temporal.Instant.compare(wished, now) > 0 ? wished : undefined;
}

async function promptAround(
  trx: Tenant,
  { prompts }: SeriesTools,
  lead: Lead,
  person: Person,
  { meeting, wasFor }: { meeting: Meeting; wasFor: Temporal.PlainDateTime | null },
  now: Temporal.Instant,
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

  if (person.invites) {
    const at = invitationAt(plannedFor, lead, person.timeZone, unchanged ? beginningOfTime : now);
    // As with the reminder: nobody is asked again because something else changed.
    if (at && (!unchanged || Temporal.Instant.compare(at, now) > 0)) {
      await plan(promptKinds.invitation, person.id, at);
    }
  } else {
    await prompts.remove(trx, { leadId: lead.id, kind: promptKinds.invitation, subject: meeting.id }, now);
  }
}

/** One word about a silence, once it has become one. What has been said already is never said again. */
async function planOverdue(
  trx: Tenant,
  { prompts }: SeriesTools,
  lead: Lead,
  person: Person,
  now: Temporal.Instant,
): Promise<void> {
  const last = lastHeld(await store.findMeetings(trx, lead.id, person.id)) ?? person.since;
  const at = instantOf(overdueFrom(person, last).toPlainDateTime(lead.workdayStarts), lead);
  if (Temporal.Instant.compare(at, now) <= 0) return;
  const what = { leadId: lead.id, kind: promptKinds.overdue, subject: person.id };
  await prompts.plan(trx, { ...what, destination: { dm: lead.id }, when: { at } }, now);
}

const isToCome = ({ state, plannedFor }: Meeting, now: Temporal.PlainDateTime): boolean =>
  state === 'planned' && plannedFor !== null && Temporal.PlainDateTime.compare(plannedFor, now) > 0;
