// What is remembered in people's own words: notes, moods, reasons, agenda points and questions. All of it sealed.

import type { Place, Sealer } from '../../db/sealed.ts';
import type { Tenant } from '../../db/tenancy.ts';
import type { Owner } from '../room.ts';
import { type Mood, moods, type Shelf } from './one-on-ones.choose.ts';
import type { Audience, Question, Theme } from './one-on-ones.questions.ts';
import { themes } from './one-on-ones.questions.ts';
import { ownerColumns } from './one-on-ones.store.ts';

/** What the lead wrote down about one meeting; empty where they wrote nothing. */
export interface MeetingWords {
  notes: string;
  mood: Mood | undefined;
  skipReason: string;
}

/** Something to talk about. */
export interface Point {
  id: string;
  personId: string;
  authorId: string;
  words: string;
  addedAt: Temporal.Instant;
}

const meetingPlace = (
  { workspaceId, leadId }: Owner,
  meetingId: string,
  column: 'notes' | 'mood' | 'skip_reason',
): Place => ({ workspaceId, table: 'one_on_ones', column, row: [leadId, meetingId] });

export async function findMeetingWords(
  trx: Tenant,
  sealer: Sealer,
  owner: Owner,
  meetingId: string,
): Promise<MeetingWords> {
  const row = await trx
    .selectFrom('one_on_ones')
    .select(['notes', 'mood', 'skip_reason'])
    .where('lead_id', '=', owner.leadId)
    .where('meeting_id', '=', meetingId)
    .executeTakeFirst();
  const open = async (column: 'notes' | 'mood' | 'skip_reason') => {
    const sealed = row?.[column];
    return sealed && sealer.available ? sealer.open(trx, meetingPlace(owner, meetingId, column), sealed) : '';
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
  trx: Tenant,
  sealer: Sealer,
  owner: Owner,
  meetingId: string,
  words: Partial<Record<'notes' | 'mood' | 'skipReason', string>>,
): Promise<void> {
  const seal = async (column: 'notes' | 'mood' | 'skip_reason', text: string | undefined) => {
    if (text === undefined) return {};
    const sealed = text === '' ? null : await sealer.seal(trx, meetingPlace(owner, meetingId, column), text);
    return { [column]: sealed };
  };
  const columns = {
    ...(await seal('notes', words.notes)),
    ...(await seal('mood', words.mood)),
    ...(await seal('skip_reason', words.skipReason)),
  };
  if (Object.keys(columns).length === 0) return;
  await trx
    .updateTable('one_on_ones')
    .set(columns)
    .where('lead_id', '=', owner.leadId)
    .where('meeting_id', '=', meetingId)
    .execute();
}

const pointPlace = ({ workspaceId, leadId }: Owner, pointId: string): Place => ({
  workspaceId,
  table: 'one_on_one_points',
  column: 'words',
  row: [leadId, pointId],
});

/** What is still to be talked about with somebody, oldest first. `authorId`: only theirs. */
export async function findOpenPoints(
  trx: Tenant,
  sealer: Sealer,
  owner: Owner,
  personId: string,
  authorId?: string,
): Promise<Point[]> {
  if (!sealer.available) return [];
  let query = trx
    .selectFrom('one_on_one_points')
    .selectAll()
    .where('lead_id', '=', owner.leadId)
    .where('person_id', '=', personId)
    .where('closed_in', 'is', null);
  if (authorId !== undefined) query = query.where('author_id', '=', authorId);
  const rows = await query.orderBy('added_at').orderBy('point_id').execute();
  const points: Point[] = [];
  for (const row of rows) {
    points.push({
      id: row.point_id,
      personId: row.person_id,
      authorId: row.author_id,
      words: await sealer.open(trx, pointPlace(owner, row.point_id), row.words),
      addedAt: row.added_at,
    });
  }
  return points;
}

export async function addPoint(
  trx: Tenant,
  sealer: Sealer,
  owner: Owner,
  point: Pick<Point, 'personId' | 'authorId' | 'words'>,
  now: Temporal.Instant,
): Promise<string> {
  const pointId = crypto.randomUUID();
  await trx
    .insertInto('one_on_one_points')
    .values({
      ...ownerColumns(owner),
      point_id: pointId,
      person_id: point.personId,
      author_id: point.authorId,
      words: await sealer.seal(trx, pointPlace(owner, pointId), point.words),
      added_at: now,
      closed_in: null,
    })
    .execute();
  return pointId;
}

/** The author's own words changed; false when the point is no longer open. */
export async function changePoint(
  trx: Tenant,
  sealer: Sealer,
  owner: Owner,
  which: { pointId: string; authorId: string },
  words: string,
): Promise<boolean> {
  const changed = await trx
    .updateTable('one_on_one_points')
    .set({ words: await sealer.seal(trx, pointPlace(owner, which.pointId), words) })
    .where('lead_id', '=', owner.leadId)
    .where('point_id', '=', which.pointId)
    .where('author_id', '=', which.authorId)
    .where('closed_in', 'is', null)
    .returning('point_id')
    .executeTakeFirst();
  return changed !== undefined;
}

/** Takes a point back; false when it was not there. `authorId`: only if it is theirs. */
export async function deletePoint(
  trx: Tenant,
  leadId: string,
  pointId: string,
  authorId?: string,
): Promise<boolean> {
  let query = trx
    .deleteFrom('one_on_one_points')
    .where('lead_id', '=', leadId)
    .where('point_id', '=', pointId);
  if (authorId !== undefined) query = query.where('author_id', '=', authorId);
  const gone = await query.returning('point_id').executeTakeFirst();
  return gone !== undefined;
}

/** These were talked about in that meeting, and none else. */
export async function closePoints(
  trx: Tenant,
  leadId: string,
  meetingId: string,
  pointIds: readonly string[],
): Promise<void> {
  await trx
    .updateTable('one_on_one_points')
    .set({ closed_in: null })
    .where('lead_id', '=', leadId)
    .where('closed_in', '=', meetingId)
    .execute();
  if (pointIds.length === 0) return;
  await trx
    .updateTable('one_on_one_points')
    .set({ closed_in: meetingId })
    .where('lead_id', '=', leadId)
    .where('point_id', 'in', [...pointIds])
    .where('closed_in', 'is', null)
    .execute();
}

const questionPlace = ({ workspaceId, leadId }: Owner, questionId: string): Place => ({
  workspaceId,
  table: 'one_on_one_questions',
  column: 'words',
  row: [leadId, questionId],
});

/** What the lead made of the library. Their own questions need the keys; without them there are none. */
export async function findShelf(trx: Tenant, sealer: Sealer, owner: Owner): Promise<Shelf> {
  const rows = await trx
    .selectFrom('one_on_one_questions')
    .selectAll()
    .where('lead_id', '=', owner.leadId)
    .orderBy('question_id')
    .execute();
  const own: Question[] = [];
  for (const row of rows) {
    const theme = themes.find(({ id }) => id === row.theme)?.id;
    if (!row.words || !theme || !sealer.available) continue;
    own.push({
      id: row.question_id,
      theme,
      audience: 'team' as Audience,
      suits: ['early', 'again', 'strain', 'ahead', 'steady'],
      text: await sealer.open(trx, questionPlace(owner, row.question_id), row.words),
    });
  }
  const standing = (wanted: 'pinned' | 'hidden') =>
    new Set(rows.filter((row) => row.standing === wanted).map((row) => row.question_id));
  return { own, pinned: standing('pinned'), hidden: standing('hidden') };
}

export async function addQuestion(
  trx: Tenant,
  sealer: Sealer,
  owner: Owner,
  question: { theme: Theme; text: string },
): Promise<void> {
  const questionId = crypto.randomUUID();
  await trx
    .insertInto('one_on_one_questions')
    .values({
      ...ownerColumns(owner),
      question_id: questionId,
      standing: 'usual',
      theme: question.theme,
      words: await sealer.seal(trx, questionPlace(owner, questionId), question.text),
    })
    .execute();
}

export async function saveStanding(
  trx: Tenant,
  owner: Owner,
  questionId: string,
  standing: 'usual' | 'pinned' | 'hidden',
): Promise<void> {
  await trx
    .insertInto('one_on_one_questions')
    .values({
      ...ownerColumns(owner),
      question_id: questionId,
      standing,
      theme: null,
      words: null,
    })
    .onConflict((conflict) =>
      conflict.columns(['workspace_id', 'lead_id', 'question_id']).doUpdateSet({ standing }),
    )
    .execute();
}

export async function deleteQuestion(trx: Tenant, leadId: string, questionId: string): Promise<void> {
  await trx
    .deleteFrom('one_on_one_questions')
    .where('lead_id', '=', leadId)
    .where('question_id', '=', questionId)
    .execute();
}

export async function eraseQuestions(trx: Tenant, leadId: string): Promise<void> {
  await trx.deleteFrom('one_on_one_questions').where('lead_id', '=', leadId).execute();
}

/** Every point of the lead's, closed ones too, for the export. */
export async function findAllPoints(
  trx: Tenant,
  sealer: Sealer,
  owner: Owner,
): Promise<(Point & { closedIn: string | null })[]> {
  if (!sealer.available) return [];
  const rows = await trx
    .selectFrom('one_on_one_points')
    .selectAll()
    .where('lead_id', '=', owner.leadId)
    .orderBy('added_at')
    .execute();
  const points: (Point & { closedIn: string | null })[] = [];
  for (const row of rows) {
    points.push({
      id: row.point_id,
      personId: row.person_id,
      authorId: row.author_id,
      words: await sealer.open(trx, pointPlace(owner, row.point_id), row.words),
      addedAt: row.added_at,
      closedIn: row.closed_in,
    });
  }
  return points;
}
