// What is remembered of delegations, but for the words that are sealed.

import { type Selectable, sql } from 'kysely';
import type { Tenant } from '../../db/tenancy.ts';
import type { Owner } from '../room.ts';
import type { CheckIn, CheckInAnswer } from './delegation.check-ins.ts';
import type { Level } from './delegation.levels.ts';
import type {
  DelegationCheckInsTable,
  DelegationLevelsTable,
  DelegationsTable,
} from './delegation.tables.ts';
import type { Delegation, DelegationDraft, LevelMove } from './delegation.ts';

/** Whichever of the lead's delegations are meant. */
export type Which = readonly Pick<Delegation, 'id'>[];

/** A delegation, and whose it is. */
interface OwnedDelegation {
  leadId: string;
  delegation: Delegation;
}

export async function addDelegation(
  trx: Tenant,
  owner: Owner,
  draft: DelegationDraft & { personName: string; follows: string | null },
  now: Temporal.Instant,
): Promise<Delegation> {
  const row = await trx
    .insertInto('delegations')
    .values({
      ...ownerColumns(owner),
      person_id: draft.personId,
      person_name: draft.personName,
      ...draftColumns(draft),
      follows: draft.follows,
      state: 'draft',
      made_at: now,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  return asDelegation(row);
}

const selectOne = (trx: Tenant, delegationId: string) =>
  trx.selectFrom('delegations').selectAll().where('delegation_id', '=', delegationId);

/**
 * One delegation of the lead, its row locked until the transaction ends: two people may click at the same moment, and
 * the second must see what the first did.
 */
export async function lockDelegation(
  trx: Tenant,
  leadId: string,
  delegationId: string,
): Promise<Delegation | undefined> {
  const row = await selectOne(trx, delegationId).where('lead_id', '=', leadId).forUpdate().executeTakeFirst();
  return row && asDelegation(row);
}

/** The same for the person who holds it, who knows neither the lead's id nor drafts. Locked as well. */
export async function lockHeld(
  trx: Tenant,
  personId: string,
  delegationId: string,
): Promise<OwnedDelegation | undefined> {
  const row = await selectOne(trx, delegationId)
    .where('person_id', '=', personId)
    .where('state', '!=', 'draft')
    .forUpdate()
    .executeTakeFirst();
  return row && asOwned(row);
}

/** Whether somebody handed anything over, or chose when to be asked about it. */
export async function hasOwn(trx: Tenant, leadId: string): Promise<boolean> {
  const { rows } = await sql<{ own: boolean }>`
    select exists (select from delegations where lead_id = ${leadId})
      or exists (select from delegation_questions where lead_id = ${leadId}) as own`.execute(trx);
  return rows[0]?.own === true;
}

/** What somebody holds at the moment, for whichever lead, newest first. */
export async function findHeldBy(trx: Tenant, personId: string): Promise<OwnedDelegation[]> {
  const rows = await trx
    .selectFrom('delegations')
    .selectAll()
    .where('person_id', '=', personId)
    .where('state', '=', 'open')
    .orderBy('told_at', 'desc')
    .execute();
  return rows.map(asOwned);
}

export async function findDelegation(
  trx: Tenant,
  leadId: string,
  delegationId: string,
): Promise<Delegation | undefined> {
  const row = await selectOne(trx, delegationId).where('lead_id', '=', leadId).executeTakeFirst();
  return row && asDelegation(row);
}

/** Every delegation of the lead, or those with one person, latest first. */
export async function findDelegations(trx: Tenant, leadId: string, personId?: string): Promise<Delegation[]> {
  const rows = await trx
    .selectFrom('delegations')
    .selectAll()
    .where('lead_id', '=', leadId)
    .$if(personId !== undefined, (query) => query.where('person_id', '=', personId!))
    .orderBy('made_at', 'desc')
    .orderBy('delegation_id')
    .execute();
  return rows.map(asDelegation);
}

/** All of them with their check-ins. */
export async function findWithCheckIns(
  trx: Tenant,
  leadId: string,
): Promise<{ delegations: Delegation[]; checkIns: CheckIn[] }> {
  const delegations = await findDelegations(trx, leadId);
  return { delegations, checkIns: await findCheckIns(trx, leadId, delegations) };
}

/** Keeps everything of a delegation but its trusted words. */
export async function saveDelegation(trx: Tenant, leadId: string, delegation: Delegation): Promise<void> {
  const { proposal } = delegation;
  await trx
    .updateTable('delegations')
    .set({
      ...draftColumns(delegation),
      state: delegation.state,
      agreed_at: delegation.agreedAt,
      proposed_level: proposal?.level ?? null,
      proposed_by: proposal?.by ?? null,
      round: delegation.round,
      next_level: delegation.nextLevel,
      told_at: delegation.toldAt,
      closed_at: delegation.closedAt,
    })
    .where('lead_id', '=', leadId)
    .where('delegation_id', '=', delegation.id)
    .execute();
}

export async function deleteDelegation(trx: Tenant, leadId: string, delegationId: string): Promise<void> {
  await trx
    .deleteFrom('delegations')
    .where('lead_id', '=', leadId)
    .where('delegation_id', '=', delegationId)
    .execute();
}

/** Everything said about levels in those delegations, oldest first. */
export async function findLevelMoves(trx: Tenant, leadId: string, which: Which): Promise<LevelMove[]> {
  if (which.length === 0) return [];
  const rows = await trx
    .selectFrom('delegation_levels')
    .selectAll()
    .where('lead_id', '=', leadId)
    .where('delegation_id', 'in', idsOf(which))
    .orderBy('at')
    .orderBy('step')
    .execute();
  return rows.map(asLevelMove);
}

/** Check-ins of those delegations, earliest day first. */
export async function findCheckIns(trx: Tenant, leadId: string, which: Which): Promise<CheckIn[]> {
  if (which.length === 0) return [];
  const rows = await trx
    .selectFrom('delegation_check_ins')
    .selectAll()
    .where('lead_id', '=', leadId)
    .where('delegation_id', 'in', idsOf(which))
    .orderBy('day')
    .execute();
  return rows.map(asCheckIn);
}

export async function findCheckIn(
  trx: Tenant,
  leadId: string,
  checkInId: string,
): Promise<CheckIn | undefined> {
  const row = await trx
    .selectFrom('delegation_check_ins')
    .selectAll()
    .where('lead_id', '=', leadId)
    .where('check_in_id', '=', checkInId)
    .executeTakeFirst();
  return row && asCheckIn(row);
}

/**
 * Makes these the check-ins still to come. What was answered stays, and so does what was asked on an earlier day.
 * Returns the ones that are no longer wanted, deleted by now.
 */
export async function replaceCheckIns(
  trx: Tenant,
  owner: Owner,
  delegationId: string,
  { days, today }: { days: readonly Temporal.PlainDate[]; today: Temporal.PlainDate },
): Promise<CheckIn[]> {
  const gone = await trx
    .deleteFrom('delegation_check_ins')
    .where('lead_id', '=', owner.leadId)
    .where('delegation_id', '=', delegationId)
    .where('answer', 'is', null)
    .where('day', '>', today)
    .$if(days.length > 0, (query) => query.where('day', 'not in', [...days]))
    .returningAll()
    .execute();
  if (days.length > 0) {
    await trx
      .insertInto('delegation_check_ins')
      .values(days.map((day) => ({ ...ownerColumns(owner), delegation_id: delegationId, day })))
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
  return gone.map(asCheckIn);
}

export async function saveCheckInAnswer(
  trx: Tenant,
  leadId: string,
  { id, answer }: { id: string; answer: CheckInAnswer },
  now: Temporal.Instant,
): Promise<void> {
  await trx
    .updateTable('delegation_check_ins')
    .set({ answer, answered_at: now })
    .where('lead_id', '=', leadId)
    .where('check_in_id', '=', id)
    .execute();
}

const unanswered = { answer: null, answered_at: null };

/** It is not answered after all, and neither are those that were answered with it. */
export async function takeAnswersBack(
  trx: Tenant,
  leadId: string,
  { id, delegationId }: Pick<CheckIn, 'id' | 'delegationId'>,
): Promise<void> {
  await trx
    .updateTable('delegation_check_ins')
    .set(unanswered)
    .where('lead_id', '=', leadId)
    .where('delegation_id', '=', delegationId)
    .where('answered_at', '=', (eb) =>
      eb
        .selectFrom('delegation_check_ins as this')
        .select('this.answered_at')
        .where('this.lead_id', '=', leadId)
        .where('this.check_in_id', '=', id),
    )
    .execute();
}

/** A delegation is open again: no check-in was answered with its end. */
export async function takeEndBack(trx: Tenant, leadId: string, delegationId: string): Promise<void> {
  await trx
    .updateTable('delegation_check_ins')
    .set(unanswered)
    .where('lead_id', '=', leadId)
    .where('delegation_id', '=', delegationId)
    .where('answer', 'in', ['done', 'taken-back'])
    .execute();
}

/** Notes that somebody left Slack, or came back; what they hold that is open, with whose it is. */
export async function savePersonLeft(
  trx: Tenant,
  personId: string,
  left: boolean,
): Promise<OwnedDelegation[]> {
  const rows = await trx
    .updateTable('delegations')
    .set({ person_left: left })
    .where('person_id', '=', personId)
    .where('person_left', '!=', left)
    .returningAll()
    .execute();
  return rows.filter(({ state }) => state === 'open').map(asOwned);
}

/** When the weekly question is asked. */
export interface QuestionTime {
  asks: boolean;
  /** ISO weekday. */
  weekday: number;
  time: Temporal.PlainTime;
}

export async function findQuestionTime(trx: Tenant, leadId: string): Promise<QuestionTime | undefined> {
  return trx
    .selectFrom('delegation_questions')
    .select(['asks', 'weekday', 'time'])
    .where('lead_id', '=', leadId)
    .executeTakeFirst();
}

export async function saveQuestionTime(trx: Tenant, owner: Owner, chosen: QuestionTime): Promise<void> {
  await trx
    .insertInto('delegation_questions')
    .values({ ...ownerColumns(owner), ...chosen })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'lead_id']).doUpdateSet({ ...chosen }))
    .execute();
}

/** Forgets everything about what the lead delegated. */
export async function eraseDelegations(trx: Tenant, leadId: string): Promise<void> {
  await trx.deleteFrom('delegation_questions').where('lead_id', '=', leadId).execute();
  await trx.deleteFrom('delegations').where('lead_id', '=', leadId).execute();
}

export const idsOf = (which: Which): string[] => which.map(({ id }) => id);

export const ownerColumns = ({ workspaceId, leadId }: Owner) => ({
  workspace_id: workspaceId,
  lead_id: leadId,
});

const draftColumns = ({ title, level, until, risky }: Omit<DelegationDraft, 'personId'>) => ({
  title,
  level,
  until_day: until,
  risky,
});

// The table's own checks keep levels between 1 and 7.
const asDelegation = (row: Selectable<DelegationsTable>): Delegation => ({
  id: row.delegation_id,
  personId: row.person_id,
  personName: row.person_name,
  personLeft: row.person_left,
  title: row.title,
  state: row.state,
  level: row.level as Level,
  agreedAt: row.agreed_at,
  proposal:
    row.proposed_level !== null && row.proposed_by !== null
      ? { level: row.proposed_level as Level, by: row.proposed_by }
      : null,
  round: row.round,
  risky: row.risky,
  until: row.until_day,
  nextLevel: row.next_level as Level | null,
  follows: row.follows,
  madeAt: row.made_at,
  toldAt: row.told_at,
  closedAt: row.closed_at,
});

const asOwned = (row: Selectable<DelegationsTable>): OwnedDelegation => ({
  leadId: row.lead_id,
  delegation: asDelegation(row),
});

export const asLevelMove = (row: Selectable<DelegationLevelsTable>): LevelMove => ({
  delegationId: row.delegation_id,
  round: row.step,
  kind: row.kind,
  level: row.level as Level,
  by: row.said_by,
  at: row.at,
});

const asCheckIn = (row: Selectable<DelegationCheckInsTable>): CheckIn => ({
  id: row.check_in_id,
  delegationId: row.delegation_id,
  day: row.day,
  answer: row.answer,
});
