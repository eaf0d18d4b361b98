// The words a lead trusts us with, and what the two say to each other about a level: kept sealed, opened for them.

import type { Updateable } from 'kysely';
import type { Place, Sealer } from '../../db/sealed.ts';
import type { Tenant } from '../../db/tenancy.ts';
import type { Owner } from '../room.ts';
import { asLevelMove, idsOf, ownerColumns, type Which } from './delegation.store.ts';
import type { DelegationsTable } from './delegation.tables.ts';
import { type LevelMove, noWords, type TrustedWords } from './delegation.ts';

/** Whose words, and what seals them. */
export interface SealedOwner extends Owner {
  sealer: Sealer;
}

const wordColumns = ['why', 'stays', 'told', 'closing'] as const satisfies (keyof TrustedWords)[];

/** Keeps those of the words that are named; null forgets one. */
export async function saveWords(
  trx: Tenant,
  owner: SealedOwner,
  delegationId: string,
  words: Partial<TrustedWords>,
): Promise<void> {
  const columns: Updateable<DelegationsTable> = {};
  for (const column of wordColumns) {
    const text = words[column];
    if (text === undefined) continue;
    const place = placeOf(owner, delegationId, column);
    columns[column] = text === null ? null : await owner.sealer.seal(trx, place, text);
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
  owner: SealedOwner,
  which: Which,
): Promise<Map<string, TrustedWords>> {
  if (which.length === 0) return new Map();
  const rows = await trx
    .selectFrom('delegations')
    .select(['delegation_id', ...wordColumns])
    .where('lead_id', '=', owner.leadId)
    .where('delegation_id', 'in', idsOf(which))
    .execute();
  const opened = new Map<string, TrustedWords>();
  for (const row of rows) {
    const words = { ...noWords };
    for (const column of wordColumns) {
      const place = placeOf(owner, row.delegation_id, column);
      words[column] = row[column] && (await owner.sealer.open(trx, place, row[column]));
    }
    opened.set(row.delegation_id, words);
  }
  return opened;
}

/** Adds what was said about a level, with a word to the other side where there is one. */
export async function addLevelMove(
  trx: Tenant,
  owner: SealedOwner,
  move: LevelMove,
  note: string | null,
): Promise<void> {
  await trx
    .insertInto('delegation_levels')
    .values({
      ...ownerColumns(owner),
      delegation_id: move.delegationId,
      step: move.round,
      kind: move.kind,
      level: move.level,
      said_by: move.by,
      note: note === null ? null : await owner.sealer.seal(trx, notePlace(owner, move), note),
      at: move.at,
    })
    .execute();
}

/** What was said in one round, with the word that went with it. */
export async function findLevelMove(
  trx: Tenant,
  owner: SealedOwner,
  { delegationId, round }: Pick<LevelMove, 'delegationId' | 'round'>,
): Promise<{ move: LevelMove; note: string | null } | undefined> {
  const row = await trx
    .selectFrom('delegation_levels')
    .selectAll()
    .where('lead_id', '=', owner.leadId)
    .where('delegation_id', '=', delegationId)
    .where('step', '=', round)
    .executeTakeFirst();
  if (!row) return undefined;
  const move = asLevelMove(row);
  return { move, note: row.note && (await owner.sealer.open(trx, notePlace(owner, move), row.note)) };
}

const placeOf = (
  { workspaceId, leadId }: Owner,
  delegationId: string,
  column: keyof TrustedWords,
): Place => ({ workspaceId, table: 'delegations', column, row: [leadId, delegationId] });

const notePlace = (
  { workspaceId, leadId }: Owner,
  { delegationId, round }: Pick<LevelMove, 'delegationId' | 'round'>,
): Place => ({
  workspaceId,
  table: 'delegation_levels',
  column: 'note',
  row: [leadId, delegationId, String(round)],
});
