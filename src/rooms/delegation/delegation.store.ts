// What is remembered of delegations. Words only the lead reads go in and come out through the seal.

import type { Selectable, Updateable } from 'kysely';
import type { Place, Sealer } from '../../db/sealed.ts';
import type { Tenant } from '../../db/tenancy.ts';
import type { Owner } from '../room.ts';
import type { CheckIn, CheckInAnswer } from './delegation.check-ins.ts';
import type { Level } from './delegation.levels.ts';
import type {
  DelegationCheckInsTable,
  DelegationLevelsTable,
  DelegationsTable,
} from './delegation.tables.ts';
import type { Delegation, DelegationDraft, LevelStep, TrustedWords } from './delegation.ts';

/** A delegation as somebody finds it who is not its lead. */
export interface Shared {
  leadId: string;
  delegation: Delegation;
}

/** What was said about a level, by which delegation. */
export interface LevelMove extends LevelStep {
  delegationId: string;
}

const wordColumns = ['why', 'stays', 'told', 'closing'] as const satisfies (keyof TrustedWords)[];

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
      agreed_at: null,
      proposed_level: null,
      proposed_by: null,
      next_level: null,
      why: null,
      stays: null,
      told: null,
      closing: null,
      made_at: now,
      told_at: null,
      closed_at: null,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  return asDelegation(row);
}

/**
 * One delegation of the lead, its row locked until the transaction ends: two people may click at the same moment, and
 * the second must see what the first did.
 */
export async function lockDelegation(
  trx: Tenant,
  leadId: string,
  delegationId: string,
): Promise<Delegation | undefined> {
  const row = await trx
    .selectFrom('delegations')
    .selectAll()
    .where('lead_id', '=', leadId)
    .where('delegation_id', '=', delegationId)
    .forUpdate()
    .executeTakeFirst();
  return row && asDelegation(row);
}

/** The same for the person who holds it, who knows neither the lead's id nor drafts. Locked as well. */
export async function lockHeld(
  trx: Tenant,
  personId: string,
  delegationId: string,
): Promise<Shared | undefined> {
  const row = await trx
    .selectFrom('delegations')
    .selectAll()
    .where('person_id', '=', personId)
    .where('delegation_id', '=', delegationId)
    .where('state', '!=', 'draft')
    .forUpdate()
    .executeTakeFirst();
  return row && { leadId: row.lead_id, delegation: asDelegation(row) };
}

export async function findDelegation(
  trx: Tenant,
  leadId: string,
  delegationId: string,
): Promise<Delegation | undefined> {
  const row = await trx
    .selectFrom('delegations')
    .selectAll()
    .where('lead_id', '=', leadId)
    .where('delegation_id', '=', delegationId)
    .executeTakeFirst();
  return row && asDelegation(row);
}

/** Every delegation of the lead, or those with one person; latest first. */
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

/** Keeps everything of a delegation but its trusted words. */
export async function saveDelegation(trx: Tenant, leadId: string, delegation: Delegation): Promise<void> {
  const { proposal } = delegation;
  await trx
    .updateTable('delegations')
    .set({
      ...draftColumns(delegation),
      person_id: delegation.personId,
      person_name: delegation.personName,
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

/** Keeps those of the words that are named; null forgets one. */
export async function saveWords(
  trx: Tenant,
  sealer: Sealer,
  owner: Owner,
  delegationId: string,
  words: Partial<TrustedWords>,
): Promise<void> {
  const columns: Updateable<DelegationsTable> = {};
  for (const column of wordColumns) {
    const text = words[column];
    if (text === undefined) continue;
    columns[column] =
      text === null ? null : await sealer.seal(trx, placeOf(owner, delegationId, column), text);
  }
  if (Object.keys(columns).length === 0) return;
  await trx
    .updateTable('delegations')
    .set(columns)
    .where('lead_id', '=', owner.leadId)
    .where('delegation_id', '=', delegationId)
    .execute();
}

/** The words of those delegations, by their ids. */
export async function openWords(
  trx: Tenant,
  sealer: Sealer,
  owner: Owner,
  delegationIds: readonly string[],
): Promise<Map<string, TrustedWords>> {
  if (delegationIds.length === 0) return new Map();
  const rows = await trx
    .selectFrom('delegations')
    .select(['delegation_id', ...wordColumns])
    .where('lead_id', '=', owner.leadId)
    .where('delegation_id', 'in', delegationIds)
    .execute();
  const opened = new Map<string, TrustedWords>();
  for (const row of rows) {
    const open = async (column: keyof TrustedWords): Promise<string | null> => {
      const sealed = row[column];
      return sealed && sealer.open(trx, placeOf(owner, row.delegation_id, column), sealed);
    };
    opened.set(row.delegation_id, {
      why: await open('why'),
      stays: await open('stays'),
      told: await open('told'),
      closing: await open('closing'),
    });
  }
  return opened;
}

/** Adds what was said about a level, with a word to the other side where there is one. */
export async function addLevelStep(
  trx: Tenant,
  sealer: Sealer,
  owner: Owner,
  delegationId: string,
  { step, kind, level, by, at }: LevelStep,
  note: string | null,
): Promise<void> {
  await trx
    .insertInto('delegation_levels')
    .values({
      ...ownerColumns(owner),
      delegation_id: delegationId,
      step,
      kind,
      level,
      said_by: by,
      note: note === null ? null : await sealer.seal(trx, notePlace(owner, delegationId, step), note),
      at,
    })
    .execute();
}

/** One step, with the word that went with it. */
export async function findLevelStep(
  trx: Tenant,
  sealer: Sealer,
  owner: Owner,
  delegationId: string,
  step: number,
): Promise<{ step: LevelStep; note: string | null } | undefined> {
  const row = await trx
    .selectFrom('delegation_levels')
    .selectAll()
    .where('lead_id', '=', owner.leadId)
    .where('delegation_id', '=', delegationId)
    .where('step', '=', step)
    .executeTakeFirst();
  if (!row) return undefined;
  const note = row.note && (await sealer.open(trx, notePlace(owner, delegationId, step), row.note));
  return { step: asStep(row), note };
}

/** Everything said about levels in those delegations, oldest first. */
export async function findLevelMoves(
  trx: Tenant,
  leadId: string,
  delegationIds: readonly string[],
): Promise<LevelMove[]> {
  if (delegationIds.length === 0) return [];
  const rows = await trx
    .selectFrom('delegation_levels')
    .selectAll()
    .where('lead_id', '=', leadId)
    .where('delegation_id', 'in', delegationIds)
    .orderBy('at')
    .orderBy('step')
    .execute();
  return rows.map((row) => ({ ...asStep(row), delegationId: row.delegation_id }));
}

/** Check-ins of those delegations, earliest day first. */
export async function findCheckIns(
  trx: Tenant,
  leadId: string,
  delegationIds: readonly string[],
): Promise<CheckIn[]> {
  if (delegationIds.length === 0) return [];
  const rows = await trx
    .selectFrom('delegation_check_ins')
    .selectAll()
    .where('lead_id', '=', leadId)
    .where('delegation_id', 'in', delegationIds)
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
  days: readonly Temporal.PlainDate[],
  today: Temporal.PlainDate,
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
      .values(
        days.map((day) => ({
          ...ownerColumns(owner),
          delegation_id: delegationId,
          day,
          answer: null,
          answered_at: null,
        })),
      )
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
  return gone.map(asCheckIn);
}

/** `answer` null: it is not answered after all. */
export async function saveCheckInAnswer(
  trx: Tenant,
  leadId: string,
  checkInId: string,
  answer: CheckInAnswer | null,
  now: Temporal.Instant,
): Promise<void> {
  await trx
    .updateTable('delegation_check_ins')
    .set({ answer, answered_at: answer === null ? null : now })
    .where('lead_id', '=', leadId)
    .where('check_in_id', '=', checkInId)
    .execute();
}

/** Notes that somebody left Slack, or came back; what they hold that is open, with whose it is. */
export async function savePersonLeft(trx: Tenant, personId: string, left: boolean): Promise<Shared[]> {
  const rows = await trx
    .updateTable('delegations')
    .set({ person_left: left })
    .where('person_id', '=', personId)
    .where('person_left', '!=', left)
    .returningAll()
    .execute();
  return rows
    .filter(({ state }) => state === 'open')
    .map((row) => ({ leadId: row.lead_id, delegation: asDelegation(row) }));
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

const placeOf = (
  { workspaceId, leadId }: Owner,
  delegationId: string,
  column: keyof TrustedWords,
): Place => ({
  workspaceId,
  table: 'delegations',
  column,
  row: [leadId, delegationId],
});

const notePlace = ({ workspaceId, leadId }: Owner, delegationId: string, step: number): Place => ({
  workspaceId,
  table: 'delegation_levels',
  column: 'note',
  row: [leadId, delegationId, String(step)],
});

const ownerColumns = ({ workspaceId, leadId }: Owner) => ({ workspace_id: workspaceId, lead_id: leadId });

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

const asStep = (row: Selectable<DelegationLevelsTable>): LevelStep => ({
  step: row.step,
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
