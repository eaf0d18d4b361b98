// What is remembered of a lead's 1:1s: the people and the meetings. Their words are in one-on-ones.sealed.store.ts.

import type { Selectable } from 'kysely';
import type { Tenant } from '../../db/tenancy.ts';
import type { Owner } from '../room.ts';
import type { Theme } from './one-on-ones.questions.ts';
import type { OneOnOnePeopleTable, OneOnOnesTable } from './one-on-ones.tables.ts';
import type { Meeting, Person, Settings } from './one-on-ones.ts';

/** Everybody the lead meets or met, those who meet now first, then by name. */
export async function findPeople(trx: Tenant, leadId: string): Promise<Person[]> {
  const rows = await trx
    .selectFrom('one_on_one_people')
    .selectAll()
    .where('lead_id', '=', leadId)
    .orderBy('ended_on', (order) => order.asc().nullsFirst())
    .orderBy('name')
    .orderBy('person_id')
    .execute();
  return rows.map(asPerson);
}

export async function findPerson(trx: Tenant, leadId: string, personId: string): Promise<Person | undefined> {
  const row = await trx
    .selectFrom('one_on_one_people')
    .selectAll()
    .where('lead_id', '=', leadId)
    .where('person_id', '=', personId)
    .executeTakeFirst();
  return row && asPerson(row);
}

/** As findPerson, and whoever else wants to change their series waits until this transaction is over. */
export async function lockPerson(trx: Tenant, leadId: string, personId: string): Promise<Person | undefined> {
  const row = await trx
    .selectFrom('one_on_one_people')
    .selectAll()
    .where('lead_id', '=', leadId)
    .where('person_id', '=', personId)
    .forNoKeyUpdate()
    .executeTakeFirst();
  return row && asPerson(row);
}

/** Adds somebody, or takes them up again with these settings; locked either way. */
export async function savePerson(trx: Tenant, owner: Owner, person: Person): Promise<void> {
  const columns = {
    name: person.name,
    time_zone: person.timeZone,
    since: person.since,
    ended_on: person.ended?.on ?? null,
    ended_why: person.ended?.why ?? null,
    ...settingsColumns(person),
  };
  await trx
    .insertInto('one_on_one_people')
    .values({ ...ownerColumns(owner), person_id: person.id, ...columns })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'lead_id', 'person_id']).doUpdateSet(columns))
    .execute();
}

/** Every lead in the workspace who meets that person now. */
export async function findLeadsOf(trx: Tenant, personId: string): Promise<string[]> {
  const rows = await trx
    .selectFrom('one_on_one_people')
    .select('lead_id')
    .where('person_id', '=', personId)
    .where('ended_on', 'is', null)
    .orderBy('lead_id')
    .execute();
  return rows.map(({ lead_id }) => lead_id);
}

/** Takes somebody away who never belonged there, with everything on them. */
export async function deletePerson(trx: Tenant, leadId: string, personId: string): Promise<void> {
  await trx
    .deleteFrom('one_on_one_people')
    .where('lead_id', '=', leadId)
    .where('person_id', '=', personId)
    .execute();
}

/** Oldest first: planned ones at their time, others at the day they took place or were meant to. */
export async function findMeetings(trx: Tenant, leadId: string, personId?: string): Promise<Meeting[]> {
  let query = trx.selectFrom('one_on_ones').select(meetingColumns).where('lead_id', '=', leadId);
  if (personId !== undefined) query = query.where('person_id', '=', personId);
  const rows = await query.execute();
  return rows.map(asMeeting).toSorted(byTime);
}

export async function findMeeting(
  trx: Tenant,
  leadId: string,
  meetingId: string,
): Promise<Meeting | undefined> {
  const row = await trx
    .selectFrom('one_on_ones')
    .select(meetingColumns)
    .where('lead_id', '=', leadId)
    .where('meeting_id', '=', meetingId)
    .executeTakeFirst();
  return row && asMeeting(row);
}

export async function addMeeting(
  trx: Tenant,
  owner: Owner,
  meeting: Pick<Meeting, 'personId' | 'plannedFor' | 'state' | 'heldOn'>,
): Promise<Meeting> {
  const row = await trx
    .insertInto('one_on_ones')
    .values({
      ...ownerColumns(owner),
      person_id: meeting.personId,
      planned_for: meeting.plannedFor,
      state: meeting.state,
      held_on: meeting.heldOn,
      notes: null,
      mood: null,
      skip_reason: null,
      time_batch_id: null,
    })
    .returning(meetingColumns)
    .executeTakeFirstOrThrow();
  return asMeeting(row);
}

/** Any of what a meeting is, apart from whose. */
export async function updateMeeting(
  trx: Tenant,
  leadId: string,
  meetingId: string,
  change: Partial<Omit<Meeting, 'id' | 'personId'>>,
): Promise<void> {
  const { plannedFor, state, heldOn, moved, themes, questions, replaced, timeBatchId } = change;
  await trx
    .updateTable('one_on_ones')
    .set({
      ...(plannedFor !== undefined && { planned_for: plannedFor }),
      ...(state !== undefined && { state }),
      ...(heldOn !== undefined && { held_on: heldOn }),
      ...(moved !== undefined && { moved }),
      ...(themes !== undefined && { themes }),
      ...(questions !== undefined && { questions }),
      ...(replaced !== undefined && { replaced }),
      ...(timeBatchId !== undefined && { time_batch_id: timeBatchId }),
    })
    .where('lead_id', '=', leadId)
    .where('meeting_id', '=', meetingId)
    .execute();
}

export async function deleteMeeting(trx: Tenant, leadId: string, meetingId: string): Promise<void> {
  await trx
    .deleteFrom('one_on_ones')
    .where('lead_id', '=', leadId)
    .where('meeting_id', '=', meetingId)
    .execute();
}

/** Forgets the lead's people with all that hangs on them: meetings and points. */
export async function erasePeople(trx: Tenant, leadId: string): Promise<void> {
  await trx.deleteFrom('one_on_one_people').where('lead_id', '=', leadId).execute();
}

export const ownerColumns = ({ workspaceId, leadId }: Owner) => ({
  workspace_id: workspaceId,
  lead_id: leadId,
});

const settingsColumns = (settings: Settings) => ({
  role: settings.role,
  relation: settings.relation,
  rule: settings.rule,
  at_time: settings.time,
  minutes: settings.minutes,
  lead_time: settings.leadTime,
  invites: settings.invites,
});

/** Everything but the sealed words, which are read one by one. */
const meetingColumns = [
  'meeting_id',
  'person_id',
  'planned_for',
  'state',
  'held_on',
  'moved',
  'themes',
  'questions',
  'replaced',
  'time_batch_id',
] as const;

function byTime(one: Meeting, other: Meeting): number {
  const [a, b] = [one, other].map(({ heldOn, plannedFor }) =>
    heldOn && !plannedFor?.toPlainDate().equals(heldOn)
      ? heldOn.toPlainDateTime()
      : (plannedFor ?? heldOn!.toPlainDateTime()),
  );
  return Temporal.PlainDateTime.compare(a!, b!) || (one.id < other.id ? -1 : 1);
}

const asPerson = (row: Selectable<OneOnOnePeopleTable>): Person => ({
  id: row.person_id,
  name: row.name,
  role: row.role,
  relation: row.relation,
  rule: row.rule,
  time: row.at_time,
  minutes: row.minutes,
  leadTime: row.lead_time,
  invites: row.invites,
  timeZone: row.time_zone,
  since: row.since,
  ended: row.ended_on && row.ended_why ? { on: row.ended_on, why: row.ended_why } : null,
});

const asMeeting = (row: Pick<Selectable<OneOnOnesTable>, (typeof meetingColumns)[number]>): Meeting => ({
  id: row.meeting_id,
  personId: row.person_id,
  plannedFor: row.planned_for,
  state: row.state,
  heldOn: row.held_on,
  moved: row.moved,
  themes: row.themes as Theme[],
  questions: row.questions,
  replaced: row.replaced,
  timeBatchId: row.time_batch_id,
});
