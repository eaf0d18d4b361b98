// What is remembered of feedback: sealed notes, each with whom it is about and whether it was given.

import type { Selectable } from 'kysely';
import { z } from 'zod';
import type { Place, Sealer } from '../../db/sealed.ts';
import type { Tenant } from '../../db/tenancy.ts';
import type { Owner } from '../room.ts';
import type { FeedbackNote, FeedbackWords } from './feedback.ts';
import { ownerColumns } from './one-on-ones.store.ts';
import type { FeedbackNotesTable } from './one-on-ones.tables.ts';

const place = ({ workspaceId, leadId }: Owner, noteId: string): Place => ({
  workspaceId,
  table: 'feedback_notes',
  column: 'words',
  row: [leadId, noteId],
});

const wordsShape = z.object({
  tone: z.enum(['kind', 'critical']),
  situation: z.string(),
  behaviour: z.string(),
  impact: z.string(),
  next: z.string(),
});

/** Those not given yet first, then the newest. Without the keys there are none. */
export async function findNotes(
  trx: Tenant,
  sealer: Sealer,
  owner: Owner,
  which: { personId?: string; onlyToGive?: boolean } = {},
): Promise<FeedbackNote[]> {
  if (!sealer.available) return [];
  let query = trx.selectFrom('feedback_notes').selectAll().where('lead_id', '=', owner.leadId);
  if (which.personId !== undefined) query = query.where('person_id', '=', which.personId);
  if (which.onlyToGive) query = query.where('given_on', 'is', null);
  const rows = await query
    .orderBy('given_on', (order) => order.desc().nullsFirst())
    .orderBy('noted_at', 'desc')
    .orderBy('note_id')
    .execute();
  const notes: FeedbackNote[] = [];
  for (const row of rows) notes.push(await asNote(trx, sealer, owner, row));
  return notes;
}

export async function findNote(
  trx: Tenant,
  sealer: Sealer,
  owner: Owner,
  noteId: string,
): Promise<FeedbackNote | undefined> {
  const row = await trx
    .selectFrom('feedback_notes')
    .selectAll()
    .where('lead_id', '=', owner.leadId)
    .where('note_id', '=', noteId)
    .executeTakeFirst();
  return row && asNote(trx, sealer, owner, row);
}

/** `id` null: a new note. Returns its id. */
export async function saveNote(
  trx: Tenant,
  sealer: Sealer,
  owner: Owner,
  note: Omit<FeedbackNote, 'id' | 'notedAt'> & { id: string | null },
  now: Temporal.Instant,
): Promise<string> {
  const noteId = note.id ?? crypto.randomUUID();
  const { tone, situation, behaviour, impact, next } = note;
  const words: FeedbackWords = { tone, situation, behaviour, impact, next };
  const columns = {
    person_name: note.personName,
    words: await sealer.seal(trx, place(owner, noteId), JSON.stringify(words)),
    given_on: note.givenOn,
  };
  await trx
    .insertInto('feedback_notes')
    .values({
      ...ownerColumns(owner),
      note_id: noteId,
      person_id: note.personId,
      noted_at: now,
      ...columns,
    })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'lead_id', 'note_id']).doUpdateSet(columns))
    .execute();
  return noteId;
}

/** False when there is no such note any more. */
export async function markGiven(
  trx: Tenant,
  leadId: string,
  noteId: string,
  givenOn: Temporal.PlainDate | null,
): Promise<boolean> {
  const marked = await trx
    .updateTable('feedback_notes')
    .set({ given_on: givenOn })
    .where('lead_id', '=', leadId)
    .where('note_id', '=', noteId)
    .returning('note_id')
    .executeTakeFirst();
  return marked !== undefined;
}

export async function deleteNote(trx: Tenant, leadId: string, noteId: string): Promise<boolean> {
  const gone = await trx
    .deleteFrom('feedback_notes')
    .where('lead_id', '=', leadId)
    .where('note_id', '=', noteId)
    .returning('note_id')
    .executeTakeFirst();
  return gone !== undefined;
}

export async function eraseNotes(trx: Tenant, leadId: string): Promise<void> {
  await trx.deleteFrom('feedback_notes').where('lead_id', '=', leadId).execute();
}

async function asNote(
  trx: Tenant,
  sealer: Sealer,
  owner: Owner,
  row: Selectable<FeedbackNotesTable>,
): Promise<FeedbackNote> {
  const opened = await sealer.open(trx, place(owner, row.note_id), row.words);
  return {
    ...wordsShape.parse(JSON.parse(opened)),
    id: row.note_id,
    personId: row.person_id,
    personName: row.person_name,
    notedAt: row.noted_at,
    givenOn: row.given_on,
  };
}
