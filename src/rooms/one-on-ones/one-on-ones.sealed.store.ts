// What is remembered in people's own words: notes, moods, reasons, agenda points and questions. All of it sealed.

import type { Selectable } from 'kysely';
import type { Place, Sealer } from '../../db/sealed.ts';
import type { Tenant } from '../../db/tenancy.ts';
import type { Owner } from '../room.ts';
import type { Preference, Shelf } from './one-on-ones.choose.ts';
import { moments, type Question, type Theme, themes } from './one-on-ones.questions.ts';
import { ownerColumns } from './one-on-ones.store.ts';
import type { OneOnOnePointsTable } from './one-on-ones.tables.ts';
import { type Mood, moods } from './one-on-ones.ts';

/** Whose words, in which transaction, and the keys to them. */
export interface Access {
  trx: Tenant;
  sealer: Sealer;
  owner: Owner;
}

/** The column `words`, unless it says another. `id`: of the row. */
type Where = Pick<Place, 'table'> & { id: string; column?: string };

const placeOf = ({ workspaceId, leadId }: Owner, { table, id, column = 'words' }: Where): Place => ({
  workspaceId,
  table,
  column,
  row: [leadId, id],
});

export const seal = ({ trx, sealer, owner }: Access, where: Where, words: string): Promise<Buffer> =>
  sealer.seal(trx, placeOf(owner, where), words);

export const unseal = ({ trx, sealer, owner }: Access, where: Where, sealed: Buffer): Promise<string> =>
  sealer.open(trx, placeOf(owner, where), sealed);

/** What the lead wrote down about one meeting; empty where they wrote nothing. */
export interface MeetingWords {
  notes: string;
  mood: Mood | undefined;
  skipReason: string;
}

const meetingColumns = { notes: 'notes', mood: 'mood', skipReason: 'skip_reason' } as const;

export async function findMeetingWords(access: Access, meetingId: string): Promise<MeetingWords> {
  const { trx, sealer, owner } = access;
  const row = await trx
    .selectFrom('one_on_ones')
    .select(['notes', 'mood', 'skip_reason'])
    .where('lead_id', '=', owner.leadId)
    .where('meeting_id', '=', meetingId)
    .executeTakeFirst();
  const open = async (column: 'notes' | 'mood' | 'skip_reason') => {
    const sealed = row?.[column];
    return sealed && sealer.available
      ? unseal(access, { table: 'one_on_ones', id: meetingId, column }, sealed)
      : '';
  };
  const mood = await open('mood');
  return {
    notes: await open('notes'),
    mood: moods.find((one) => one === mood),
    skipReason: await open('skip_reason'),
  };
}

/** Keeps what is given and leaves the rest; an empty text takes away what was there. */
export async function saveMeetingWords(
  access: Access,
  meetingId: string,
  words: Partial<Record<keyof MeetingWords, string>>,
): Promise<void> {
  const columns: Record<string, Buffer | null> = {};
  for (const [name, text] of Object.entries(words)) {
    const column = meetingColumns[name as keyof MeetingWords];
    columns[column] =
      text === '' ? null : await seal(access, { table: 'one_on_ones', id: meetingId, column }, text);
  }
  await access.trx
    .updateTable('one_on_ones')
    .set(columns)
    .where('lead_id', '=', access.owner.leadId)
    .where('meeting_id', '=', meetingId)
    .execute();
}

/** Something to talk about. */
export interface Point {
  id: string;
  personId: string;
  authorId: string;
  words: string;
  addedAt: Temporal.Instant;
  /** The meeting in which it was done with; null: still to be talked about. */
  closedIn: string | null;
  /** Since when it is off the agenda again; null: it isn't. */
  removedAt: Temporal.Instant | null;
}

const points = 'one_on_one_points';

/** Everything the lead's people and they themselves ever put on an agenda, oldest first, what was removed today among it. None without the keys. */
export async function findAllPoints(access: Access): Promise<Point[]> {
  if (!access.sealer.available) return [];
  return asPoints(access, await pointsOf(access).execute());
}

/** What is still to be talked about with somebody. `authorId`: only theirs. */
export async function findOpenPoints(access: Access, personId: string, authorId?: string): Promise<Point[]> {
  if (!access.sealer.available) return [];
  let query = openOf(access).where('person_id', '=', personId);
  if (authorId !== undefined) query = query.where('author_id', '=', authorId);
  return asPoints(access, await query.execute());
}

/** An open point, whomever it is for. `authorId`: only if it is theirs. */
export async function findOpenPoint(
  access: Access,
  pointId: string,
  authorId?: string,
): Promise<Point | undefined> {
  let query = openOf(access).where('point_id', '=', pointId);
  if (authorId !== undefined) query = query.where('author_id', '=', authorId);
  const rows = await query.execute();
  return access.sealer.available ? (await asPoints(access, rows))[0] : undefined;
}

export async function addPoint(
  access: Access,
  point: Pick<Point, 'personId' | 'authorId' | 'words'>,
  now: Temporal.Instant,
): Promise<string> {
  const id = crypto.randomUUID();
  await access.trx
    .insertInto(points)
    .values({
      ...ownerColumns(access.owner),
      point_id: id,
      person_id: point.personId,
      author_id: point.authorId,
      words: await seal(access, { table: points, id }, point.words),
      added_at: now,
    })
    .execute();
  return id;
}

/** The author's own words changed; false when the point is no longer open. */
export async function changePoint(
  access: Access,
  { pointId, authorId }: { pointId: string; authorId: string },
  words: string,
): Promise<boolean> {
  const changed = await access.trx
    .updateTable(points)
    .set({ words: await seal(access, { table: points, id: pointId }, words) })
    .where('lead_id', '=', access.owner.leadId)
    .where('point_id', '=', pointId)
    .where('author_id', '=', authorId)
    .where('closed_in', 'is', null)
    .where('removed_at', 'is', null)
    .returning('point_id')
    .executeTakeFirst();
  return changed !== undefined;
}

/**
 * Takes a point off the agenda, or with `null` puts it back; false when there was nothing to do. `authorId`: only if it
 * is theirs.
 */
export async function markRemoved(
  trx: Tenant,
  { leadId, pointId, authorId }: { leadId: string; pointId: string; authorId?: string },
  removedAt: Temporal.Instant | null,
): Promise<boolean> {
  let query = trx
    .updateTable(points)
    .set({ removed_at: removedAt })
    .where('lead_id', '=', leadId)
    .where('point_id', '=', pointId)
    .where('removed_at', removedAt === null ? 'is not' : 'is', null);
  if (authorId !== undefined) query = query.where('author_id', '=', authorId);
  return (await query.returning('point_id').executeTakeFirst()) !== undefined;
}

/** What was removed before then is gone for good. */
export async function forgetRemovedPoints(
  trx: Tenant,
  leadId: string,
  before: Temporal.Instant,
): Promise<void> {
  await trx.deleteFrom(points).where('lead_id', '=', leadId).where('removed_at', '<', before).execute();
}

/** These were talked about in that meeting, and none else. */
export async function closePoints(
  trx: Tenant,
  leadId: string,
  meetingId: string,
  pointIds: readonly string[],
): Promise<void> {
  const theirs = trx.updateTable(points).where('lead_id', '=', leadId);
  await theirs.set({ closed_in: null }).where('closed_in', '=', meetingId).execute();
  if (pointIds.length === 0) return;
  await theirs
    .set({ closed_in: meetingId })
    .where('point_id', 'in', [...pointIds])
    .where('closed_in', 'is', null)
    .where('removed_at', 'is', null)
    .execute();
}

const pointsOf = ({ trx, owner }: Access) =>
  trx
    .selectFrom(points)
    .selectAll()
    .where('lead_id', '=', owner.leadId)
    .orderBy('added_at')
    .orderBy('point_id');

const openOf = (access: Access) =>
  pointsOf(access).where('closed_in', 'is', null).where('removed_at', 'is', null);

async function asPoints(access: Access, rows: readonly Selectable<OneOnOnePointsTable>[]): Promise<Point[]> {
  const opened: Point[] = [];
  for (const row of rows) {
    opened.push({
      id: row.point_id,
      personId: row.person_id,
      authorId: row.author_id,
      words: await unseal(access, { table: points, id: row.point_id }, row.words),
      addedAt: row.added_at,
      closedIn: row.closed_in,
      removedAt: row.removed_at,
    });
  }
  return opened;
}

const questions = 'one_on_one_questions';

/** What the lead made of the library. Their own questions need the keys; without them there are none. */
export async function findShelf(access: Access): Promise<Shelf> {
  const rows = await access.trx
    .selectFrom(questions)
    .selectAll()
    .where('lead_id', '=', access.owner.leadId)
    .orderBy('question_id')
    .execute();
  const own: Question[] = [];
  for (const row of rows) {
    const theme = themes.find(({ id }) => id === row.theme)?.id;
    if (!row.words || !theme || !access.sealer.available) continue;
    own.push({
      id: row.question_id,
      theme,
      audience: 'team',
      suits: moments,
      text: await unseal(access, { table: questions, id: row.question_id }, row.words),
    });
  }
  const those = (wanted: Preference) =>
    new Set(rows.filter(({ standing }) => standing === wanted).map((row) => row.question_id));
  return { own, pinned: those('pinned'), hidden: those('hidden') };
}

export async function addQuestion(access: Access, question: { theme: Theme; text: string }): Promise<void> {
  const id = crypto.randomUUID();
  await access.trx
    .insertInto(questions)
    .values({
      ...ownerColumns(access.owner),
      question_id: id,
      standing: 'usual',
      theme: question.theme,
      words: await seal(access, { table: questions, id }, question.text),
    })
    .execute();
}

export async function savePreference(
  trx: Tenant,
  owner: Owner,
  questionId: string,
  standing: Preference,
): Promise<void> {
  await trx
    .insertInto(questions)
    .values({ ...ownerColumns(owner), question_id: questionId, standing })
    .onConflict((conflict) =>
      conflict.columns(['workspace_id', 'lead_id', 'question_id']).doUpdateSet({ standing }),
    )
    .execute();
}

export async function deleteQuestion(trx: Tenant, leadId: string, questionId: string): Promise<void> {
  await trx
    .deleteFrom(questions)
    .where('lead_id', '=', leadId)
    .where('question_id', '=', questionId)
    .execute();
}

export async function eraseQuestions(trx: Tenant, leadId: string): Promise<void> {
  await trx.deleteFrom(questions).where('lead_id', '=', leadId).execute();
}
