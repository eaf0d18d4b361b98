// What is remembered of where the hours went.

import { type Selectable, sql } from 'kysely';
import type { Tenant } from '../../db/tenancy.ts';
import type { Lead } from '../../leads/leads.ts';
import type { Owner } from '../room.ts';
import { defaultCategories } from './balance.categories.ts';
import type { CategoriesTable, TimeEntriesTable, TimersTable } from './balance.tables.ts';
import type { Timer } from './balance.timer.ts';
import type { Category, Draft, Entry } from './balance.ts';

/** An entry with what undo and edit need to know of how it was logged. */
export interface KeptEntry extends Entry {
  batchId: string;
  loggedAt: Temporal.Instant;
}

export const ownerOf = ({ workspaceId, id }: Pick<Lead, 'workspaceId' | 'id'>): Owner => ({
  workspaceId,
  leadId: id,
});

/** Every category of the lead, archived ones too, in the lead's order. A lead without any gets the defaults first. */
export async function findCategories(trx: Tenant, owner: Owner): Promise<Category[]> {
  const found = await selectCategories(trx, owner.leadId);
  if (found.length > 0) return found;
  await trx
    .insertInto('categories')
    .values(defaultCategories.map((category, position) => categoryRow(owner, category, position)))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return selectCategories(trx, owner.leadId);
}

/** The latest local day on which time of a category was logged with somebody, by person. */
export async function findLastWith(
  trx: Tenant,
  leadId: string,
  categoryId: string,
): Promise<Map<string, Temporal.PlainDate>> {
  const { rows } = await sql<{ person: string; day: Temporal.PlainDate }>`
    select person, max(day) as day from time_entries, unnest(people) as person
    where lead_id = ${leadId} and category_id = ${categoryId} group by person`.execute(trx);
  return new Map(rows.map(({ person, day }) => [person, day]));
}

/** Whether somebody logged anything, or has categories of their own. */
export async function hasOwn(trx: Tenant, leadId: string): Promise<boolean> {
  const usual = defaultCategories.map(({ name }) => name);
  const { rows } = await sql<{ own: boolean }>`
    select exists (select from time_entries where lead_id = ${leadId})
      or exists (select from timers where lead_id = ${leadId})
      or exists (select from categories
        where lead_id = ${leadId} and (archived or name <> all (${usual}::text[]))) as own`.execute(trx);
  return rows[0]?.own === true;
}

async function selectCategories(trx: Tenant, leadId: string): Promise<Category[]> {
  const rows = await trx
    .selectFrom('categories')
    .selectAll()
    .where('lead_id', '=', leadId)
    .orderBy('position')
    .orderBy('category_id')
    .execute();
  return rows.map(asCategory);
}

/** Adds the category, or changes the one with its id. What was logged keeps the side it was logged under. */
export async function saveCategory(trx: Tenant, owner: Owner, category: Category): Promise<void> {
  const { rows } = await sql<{ next: number }>`
    select coalesce(max(position) + 1, 0) as next from categories where lead_id = ${owner.leadId}`.execute(
    trx,
  );
  const { name, side, aliases, archived } = category;
  await trx
    .insertInto('categories')
    .values(categoryRow(owner, category, rows[0]?.next ?? 0))
    .onConflict((conflict) =>
      conflict
        .columns(['workspace_id', 'lead_id', 'category_id'])
        .doUpdateSet({ name, side, aliases, archived }),
    )
    .execute();
}

/**
 * Makes one lead's writes take turns until this transaction ends, so that two commands at the same moment
 * cannot both find room in the same day.
 */
export async function lockHours(trx: Tenant, leadId: string): Promise<void> {
  await trx.selectFrom('leads').select('lead_id').where('lead_id', '=', leadId).forNoKeyUpdate().execute();
}

/** Needs `lockHours` first: the batches of a lead are counted. */
export async function saveEntries(
  trx: Tenant,
  owner: Owner,
  drafts: readonly Draft[],
  now: Temporal.Instant,
): Promise<{ batchId: string; entries: KeptEntry[] }> {
  const batchId = crypto.randomUUID();
  const { last } = await trx
    .selectFrom('time_entries')
    .select((query) => query.fn.max('sequence').as('last'))
    .where('lead_id', '=', owner.leadId)
    .executeTakeFirstOrThrow();
  const sequence = (last ?? 0) + 1;
  const rows = await trx
    .insertInto('time_entries')
    .values(
      drafts.map((draft) => ({
        ...entryColumns(draft),
        ...ownerColumns(owner),
        batch_id: batchId,
        logged_at: now,
        sequence,
      })),
    )
    .returningAll()
    .execute();
  return { batchId, entries: rows.map(asEntry) };
}

const selectEntries = (trx: Tenant, leadId: string) =>
  trx.selectFrom('time_entries').selectAll().where('lead_id', '=', leadId);

/** The entries of those local days, both included, in the order of day and time. */
export async function findEntries(
  trx: Tenant,
  leadId: string,
  from: Temporal.PlainDate,
  to: Temporal.PlainDate,
): Promise<KeptEntry[]> {
  const rows = await selectEntries(trx, leadId)
    .where('day', '>=', from)
    .where('day', '<=', to)
    .orderBy('day')
    .orderBy(sql`starts_at nulls last`)
    .orderBy('sequence')
    .orderBy('entry_id')
    .execute();
  return rows.map(asEntry);
}

/** Everything the lead ever logged, oldest day first. */
export async function findAllEntries(trx: Tenant, leadId: string): Promise<KeptEntry[]> {
  const rows = await selectEntries(trx, leadId).orderBy('day').orderBy('sequence').execute();
  return rows.map(asEntry);
}

/** The lead's latest entries, last logged first. */
export async function findRecentEntries(trx: Tenant, leadId: string, limit = 10): Promise<KeptEntry[]> {
  const rows = await selectEntries(trx, leadId)
    .orderBy('sequence', 'desc')
    .orderBy('day', 'desc')
    .orderBy('entry_id')
    .limit(limit)
    .execute();
  return rows.map(asEntry);
}

export async function findEntry(
  trx: Tenant,
  leadId: string,
  entryId: string,
): Promise<KeptEntry | undefined> {
  const row = await selectEntries(trx, leadId).where('entry_id', '=', entryId).executeTakeFirst();
  return row && asEntry(row);
}

export async function updateEntry(
  trx: Tenant,
  leadId: string,
  entryId: string,
  draft: Draft,
): Promise<KeptEntry | undefined> {
  const row = await trx
    .updateTable('time_entries')
    .set(entryColumns(draft))
    .where('lead_id', '=', leadId)
    .where('entry_id', '=', entryId)
    .returningAll()
    .executeTakeFirst();
  return row && asEntry(row);
}

/** Takes back an entry, or all that is left of one command's entries; empty when that was done before. */
export async function deleteEntries(
  trx: Tenant,
  leadId: string,
  which: { entryId: string } | { batchId: string },
): Promise<KeptEntry[]> {
  const ofLead = trx.deleteFrom('time_entries').where('lead_id', '=', leadId);
  const those =
    'entryId' in which
      ? ofLead.where('entry_id', '=', which.entryId)
      : ofLead.where('batch_id', '=', which.batchId);
  return (await those.returningAll().execute()).map(asEntry);
}

/** The running timer; undefined where it is not the one that started then. */
export async function findTimer(
  trx: Tenant,
  leadId: string,
  startedAt?: Temporal.Instant,
): Promise<Timer | undefined> {
  const running = trx.selectFrom('timers').selectAll().where('lead_id', '=', leadId);
  const row = await (startedAt ? running.where('started_at', '=', startedAt) : running).executeTakeFirst();
  return row && asTimer(row);
}

export async function saveTimer(
  trx: Tenant,
  owner: Owner,
  { categoryId: category_id, startedAt: started_at, confirmedAt: confirmed_at }: Timer,
): Promise<void> {
  const row = { category_id, started_at, confirmed_at };
  await trx
    .insertInto('timers')
    .values({ ...ownerColumns(owner), ...row })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'lead_id']).doUpdateSet(row))
    .execute();
}

/** Ends the timer that started then; undefined when it is no longer running. */
export async function deleteTimer(
  trx: Tenant,
  leadId: string,
  startedAt: Temporal.Instant,
): Promise<Timer | undefined> {
  const row = await trx
    .deleteFrom('timers')
    .where('lead_id', '=', leadId)
    .where('started_at', '=', startedAt)
    .returningAll()
    .executeTakeFirst();
  return row && asTimer(row);
}

/** Forgets everything about the lead's hours. */
export async function eraseHours(trx: Tenant, leadId: string): Promise<void> {
  await trx.deleteFrom('timers').where('lead_id', '=', leadId).execute();
  await trx.deleteFrom('time_entries').where('lead_id', '=', leadId).execute();
  await trx.deleteFrom('categories').where('lead_id', '=', leadId).execute();
}

const ownerColumns = ({ workspaceId, leadId }: Owner) => ({ workspace_id: workspaceId, lead_id: leadId });

const categoryRow = (owner: Owner, { id, name, side, aliases, archived }: Category, position: number) => ({
  ...ownerColumns(owner),
  category_id: id,
  name,
  side,
  aliases,
  archived,
  position,
});

const asCategory = (row: Selectable<CategoriesTable>): Category => ({
  id: row.category_id,
  name: row.name,
  side: row.side,
  aliases: row.aliases,
  archived: row.archived,
});

const entryColumns = (draft: Draft) => ({
  day: draft.day,
  minutes: draft.minutes,
  category_id: draft.categoryId,
  side: draft.side,
  people: draft.people,
  note: draft.note,
  starts_at: draft.startsAt,
  ends_at: draft.endsAt,
});

const asEntry = (row: Selectable<TimeEntriesTable>): KeptEntry => ({
  id: row.entry_id,
  batchId: row.batch_id,
  loggedAt: row.logged_at,
  day: row.day,
  minutes: row.minutes,
  categoryId: row.category_id,
  side: row.side,
  people: row.people,
  note: row.note,
  startsAt: row.starts_at,
  endsAt: row.ends_at,
});

const asTimer = (row: Selectable<TimersTable>): Timer => ({
  categoryId: row.category_id,
  startedAt: row.started_at,
  confirmedAt: row.confirmed_at,
});
