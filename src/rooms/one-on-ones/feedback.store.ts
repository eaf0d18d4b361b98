// What is remembered of feedback: sealed notes, each with whom it is about and whether it was given.

import type { Selectable } from 'kysely';
import { z } from 'zod';
import type { Tenant } from '../../db/tenancy.ts';
import type { FeedbackNote, FeedbackWords } from './feedback.ts';
import { type Access, seal, unseal } from './one-on-ones.sealed.store.ts';
import { ownerColumns } from './one-on-ones.store.ts';
import type { FeedbackNotesTable } from './one-on-ones.tables.ts';

const notes = 'feedback_notes';

const wordsShape = z.object({
  tone: z.enum(['kind', 'critical']),
  situation: z.string(),
  behaviour: z.string(),
  impact: z.string(),
  next: z.string(),
});

/** Those not given yet first, then the newest. Without the keys there are none. */
export async function findNotes(
  access: Access,
  which: { personId?: string | undefined; onlyToGive?: boolean; evenRemoved?: boolean } = {},
): Promise<FeedbackNote[]> {
  if (!access.sealer.available) return [];
  let query = access.trx.selectFrom(notes).selectAll().where('lead_id', '=', access.owner.leadId);
  if (which.personId !== undefined) query = query.where('person_id', '=', which.personId);
  if (which.onlyToGive) query = query.where('given_on', 'is', null);
  if (!which.evenRemoved) query = query.where('removed_at', 'is', null);
  const rows = await query
    .orderBy('given_on', (order) => order.desc().nullsFirst())
    .orderBy('noted_at', 'desc')
    .orderBy('note_id')
    .execute();
  const found: FeedbackNote[] = [];
  for (const row of rows) found.push(await asNote(access, row));
  return found;
}

export async function findNote(access: Access, noteId: string): Promise<FeedbackNote | undefined> {
  const row = await access.trx
    .selectFrom(notes)
    .selectAll()
    .where('lead_id', '=', access.owner.leadId)
    .where('note_id', '=', noteId)
    .where('removed_at', 'is', null)
    .executeTakeFirst();
  return row && asNote(access, row);
}

/** Keeps a new note, or the changed words of one that is there. */
export async function saveNote(access: Access, note: FeedbackNote): Promise<void> {
  const { id, tone, situation, behaviour, impact, next } = note;
  const words: FeedbackWords = { tone, situation, behaviour, impact, next };
  const columns = {
    person_name: note.personName,
    words: await seal(access, { table: notes, id }, JSON.stringify(words)),
    given_on: note.givenOn,
  };
  await access.trx
    .insertInto(notes)
    .values({
      ...ownerColumns(access.owner),
      note_id: id,
      person_id: note.personId,
      noted_at: note.notedAt,
      ...columns,
    })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'lead_id', 'note_id']).doUpdateSet(columns))
    .execute();
}

/** Whether and when they were told. A 1:1 that said so is taken back without it: it was said anew since. */
export async function saveGiven(
  trx: Tenant,
  leadId: string,
  noteId: string,
  givenOn: Temporal.PlainDate | null,
): Promise<void> {
  await trx
    .deleteFrom('one_on_one_ticks')
    .where('lead_id', '=', leadId)
    .where('thing_id', '=', noteId)
    .execute();
  await trx
    .updateTable(notes)
    .set({ given_on: givenOn })
    .where('lead_id', '=', leadId)
    .where('note_id', '=', noteId)
    .execute();
}

/** Throws a note away, or with `null` takes it back; false when there was nothing to do. */
export async function markRemoved(
  trx: Tenant,
  leadId: string,
  noteId: string,
  removedAt: Temporal.Instant | null,
): Promise<boolean> {
  const changed = await trx
    .updateTable(notes)
    .set({ removed_at: removedAt })
    .where('lead_id', '=', leadId)
    .where('note_id', '=', noteId)
    .where('removed_at', removedAt === null ? 'is not' : 'is', null)
    .returning('note_id')
    .executeTakeFirst();
  return changed !== undefined;
}

/** What was thrown away before then is gone for good. */
export async function forgetRemovedNotes(
  trx: Tenant,
  leadId: string,
  before: Temporal.Instant,
): Promise<void> {
  await trx.deleteFrom(notes).where('lead_id', '=', leadId).where('removed_at', '<', before).execute();
}

export async function eraseNotes(trx: Tenant, leadId: string): Promise<void> {
  await trx.deleteFrom(notes).where('lead_id', '=', leadId).execute();
}

async function asNote(access: Access, row: Selectable<FeedbackNotesTable>): Promise<FeedbackNote> {
  return {
    ...wordsShape.parse(JSON.parse(await unseal(access, { table: notes, id: row.note_id }, row.words))),
    id: row.note_id,
    personId: row.person_id,
    personName: row.person_name,
    notedAt: row.noted_at,
    givenOn: row.given_on,
    removedAt: row.removed_at,
  };
}
