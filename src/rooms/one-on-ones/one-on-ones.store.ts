// What is remembered of a lead's 1:1s: the people and the meetings. Their words are in one-on-ones.sealed.store.ts.

import { type Selectable, sql } from 'kysely';
import type { Tenant } from '../../db/tenancy.ts';
import type { Owner } from '../room.ts';
import type { Theme } from './one-on-ones.questions.ts';
import type { OneOnOnePeopleTable, OneOnOnesTable, OneOnOneTicksTable } from './one-on-ones.tables.ts';
import type { Meeting, Person } from './one-on-ones.ts';

const people = 'one_on_one_people';
const meetings = 'one_on_ones';

/** Whether somebody meets anyone, noted feedback, or made something of a question. */
export async function hasOwn(trx: Tenant, leadId: string): Promise<boolean> {
  const { rows } = await sql<{ own: boolean }>`
    select exists (select from one_on_one_people where lead_id = ${leadId})
      or exists (select from feedback_notes where lead_id = ${leadId})
      or exists (select from one_on_one_questions where lead_id = ${leadId}) as own`.execute(trx);
  return rows[0]?.own === true;
}

/** Everybody the lead meets or met, those who meet now first, then by name. */
export async function findPeople(trx: Tenant, leadId: string): Promise<Person[]> {
  const rows = await trx
    .selectFrom(people)
    .selectAll()
    .where('lead_id', '=', leadId)
    .orderBy('ended_on', (order) => order.asc().nullsFirst())
    .orderBy('name')
    .orderBy('person_id')
    .execute();
  return rows.map(asPerson);
}

const onePerson = (trx: Tenant, leadId: string, personId: string) =>
  trx.selectFrom(people).selectAll().where('lead_id', '=', leadId).where('person_id', '=', personId);

export async function findPerson(trx: Tenant, leadId: string, personId: string): Promise<Person | undefined> {
  const row = await onePerson(trx, leadId, personId).executeTakeFirst();
  return row && asPerson(row);
}

/** As findPerson, and whoever else wants to change their series waits until this transaction is over. */
export async function lockPerson(trx: Tenant, leadId: string, personId: string): Promise<Person | undefined> {
  const row = await onePerson(trx, leadId, personId).forNoKeyUpdate().executeTakeFirst();
  return row && asPerson(row);
}

/** Adds somebody, or takes them up again with these settings; locked either way. */
export async function savePerson(trx: Tenant, owner: Owner, person: Person): Promise<void> {
  const columns = {
    name: person.name,
    role: person.role,
    relation: person.relation,
    rule: person.rule,
    at_time: person.time,
    minutes: person.minutes,
    lead_time: person.leadTime,
    invites: person.invites,
    time_zone: person.timeZone,
    since: person.since,
    ended_on: person.ended?.on ?? null,
    ended_why: person.ended?.why ?? null,
  };
  await trx
    .insertInto(people)
    .values({ ...ownerColumns(owner), person_id: person.id, ...columns })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'lead_id', 'person_id']).doUpdateSet(columns))
    .execute();
}

/** Every lead in the workspace who meets that person now. */
export async function findLeadsOf(trx: Tenant, personId: string): Promise<string[]> {
  const rows = await trx
    .selectFrom(people)
    .select('lead_id')
    .where('person_id', '=', personId)
    .where('ended_on', 'is', null)
    .orderBy('lead_id')
    .execute();
  return rows.map(({ lead_id }) => lead_id);
}

/** Somebody who had left Slack is back: their series have ended as any other. Whose they are, where that is news. */
export async function markBack(trx: Tenant, personId: string): Promise<string[]> {
  const rows = await trx
    .updateTable(people)
    .set({ ended_why: 'lead' })
    .where('person_id', '=', personId)
    .where('ended_why', '=', 'left')
    .returning('lead_id')
    .execute();
  return rows.map(({ lead_id }) => lead_id);
}

/** Takes somebody away who never belonged there, with everything on them. */
export async function deletePerson(trx: Tenant, leadId: string, personId: string): Promise<void> {
  await trx.deleteFrom(people).where('lead_id', '=', leadId).where('person_id', '=', personId).execute();
}

/** Oldest first: planned ones at their time, others at the day they took place or were meant to. */
export async function findMeetings(trx: Tenant, leadId: string, personId?: string): Promise<Meeting[]> {
  let query = trx.selectFrom(meetings).select(meetingColumns).where('lead_id', '=', leadId);
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
    .selectFrom(meetings)
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
    .insertInto(meetings)
    .values({
      ...ownerColumns(owner),
      person_id: meeting.personId,
      planned_for: meeting.plannedFor,
      state: meeting.state,
      held_on: meeting.heldOn,
    })
    .returning(meetingColumns)
    .executeTakeFirstOrThrow();
  return asMeeting(row);
}

/** Any of what a meeting is, apart from whose. What is undefined stays. */
export async function updateMeeting(
  trx: Tenant,
  leadId: string,
  meetingId: string,
  change: Partial<Omit<Meeting, 'id' | 'personId'>>,
): Promise<void> {
  await trx
    .updateTable(meetings)
    .set({
      planned_for: change.plannedFor,
      state: change.state,
      held_on: change.heldOn,
      moved: change.moved,
      themes: change.themes,
      questions: change.questions,
      replaced: change.replaced,
      time_batch_id: change.timeBatchId,
    })
    .where('lead_id', '=', leadId)
    .where('meeting_id', '=', meetingId)
    .execute();
}

export async function deleteMeeting(trx: Tenant, leadId: string, meetingId: string): Promise<void> {
  await trx.deleteFrom(meetings).where('lead_id', '=', leadId).where('meeting_id', '=', meetingId).execute();
}

/** What the form after a meeting closed. */
export interface Tick {
  kind: OneOnOneTicksTable['kind'];
  id: string;
  at: Temporal.Instant;
}

/** Of the same thing the last tick counts: it had been opened again in between. */
export async function saveTicks(
  trx: Tenant,
  owner: Owner,
  meetingId: string,
  ticks: readonly Tick[],
): Promise<void> {
  if (ticks.length === 0) return;
  await trx
    .insertInto('one_on_one_ticks')
    .values(
      ticks.map(({ kind, id, at }) => ({
        ...ownerColumns(owner),
        meeting_id: meetingId,
        thing_id: id,
        kind,
        ticked_at: at,
      })),
    )
    .onConflict((conflict) =>
      conflict.columns(['workspace_id', 'lead_id', 'thing_id']).doUpdateSet(({ ref }) => ({
        meeting_id: ref('excluded.meeting_id'),
        ticked_at: ref('excluded.ticked_at'),
      })),
    )
    .execute();
}

/** The ticks of a meeting, which is taken back: nothing remembers them any more. */
export async function takeTicks(trx: Tenant, leadId: string, meetingId: string): Promise<Tick[]> {
  const taken = await trx
    .deleteFrom('one_on_one_ticks')
    .where('lead_id', '=', leadId)
    .where('meeting_id', '=', meetingId)
    .returning(['kind', 'thing_id as id', 'ticked_at as at'])
    .execute();
  return taken.toSorted((one, other) => kinds.indexOf(one.kind) - kinds.indexOf(other.kind));
}

const kinds: readonly Tick['kind'][] = ['promise', 'delegation', 'feedback'];

/** Forgets the lead's people with all that hangs on them: meetings and points. */
export async function erasePeople(trx: Tenant, leadId: string): Promise<void> {
  await trx.deleteFrom(people).where('lead_id', '=', leadId).execute();
}

export const ownerColumns = ({ workspaceId, leadId }: Owner) => ({
  workspace_id: workspaceId,
  lead_id: leadId,
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
