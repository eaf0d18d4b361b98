// What is remembered of post-mortems. Words are sealed: titles, sections and timelines.

import { type Selectable, sql } from 'kysely';
import type { Place, Sealer } from '../../db/sealed.ts';
import type { Tenant } from '../../db/tenancy.ts';
import type { Course } from './postmortems.plans.ts';
import type {
  PostmortemEntriesTable,
  PostmortemMessagesTable,
  PostmortemSectionsTable,
  PostmortemsTable,
} from './postmortems.tables.ts';
import {
  type Facts,
  isFactorId,
  isSectionId,
  type Part,
  type Postmortem,
  parts,
  type Section,
  type SectionId,
  type Severity,
  type Status,
  sectionIds,
  sortTimeline,
  type TimelineEntry,
} from './postmortems.ts';

/** Whether somebody began one. */
export async function hasOwn(trx: Tenant, ownerId: string): Promise<boolean> {
  const found = await trx
    .selectFrom('postmortems')
    .select('postmortem_id')
    .where('owner_id', '=', ownerId)
    .limit(1)
    .executeTakeFirst();
  return found !== undefined;
}

/** What this store needs beside a transaction. */
interface Vault {
  sealer: Sealer;
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const titlePlace = (workspaceId: string, id: string): Place => ({
  workspaceId,
  table: 'postmortems',
  column: 'title',
  row: [id],
});

const sectionPlace = (workspaceId: string, id: string, section: string, version: number): Place => ({
  workspaceId,
  table: 'postmortem_sections',
  column: 'words',
  row: [id, section, String(version)],
});

const entryPlace = (workspaceId: string, id: string, entryId: string): Place => ({
  workspaceId,
  table: 'postmortem_entries',
  column: 'words',
  row: [id, entryId],
});

type NewPostmortem = Pick<
  Postmortem,
  | 'workspaceId'
  | 'ownerId'
  | 'timeZone'
  | 'title'
  | 'severity'
  | 'startedAt'
  | 'detectedAt'
  | 'resolvedAt'
  | 'services'
  | 'facilitatorId'
  | 'responders'
  | 'channelId'
  | 'people'
>;

export async function createPostmortem(
  trx: Tenant,
  { sealer }: Vault,
  made: NewPostmortem,
  now: Temporal.Instant,
): Promise<Postmortem> {
  // Two that start at once get their numbers one after the other.
  await sql`select pg_advisory_xact_lock(hashtextextended('evenkeel postmortems ' || ${made.workspaceId}, 0))`.execute(
    trx,
  );
  const { next } = await trx
    .selectFrom('postmortems')
    .select(({ fn, val }) => fn.coalesce(fn.max('number'), val(0)).as('next'))
    .executeTakeFirstOrThrow();
  const id = crypto.randomUUID();
  const row = await trx
    .insertInto('postmortems')
    .values({
      workspace_id: made.workspaceId,
      postmortem_id: id,
      number: next + 1,
      owner_id: made.ownerId,
      time_zone: made.timeZone,
      title: await sealer.seal(trx, titlePlace(made.workspaceId, id), made.title),
      severity: made.severity,
      status: 'draft',
      started_at: made.startedAt,
      detected_at: made.detectedAt,
      resolved_at: made.resolvedAt,
      services: made.services,
      facilitator_id: made.facilitatorId,
      responders: made.responders,
      people: made.people,
      channel_id: made.channelId,
      review_at: null,
      created_at: now,
      changed_at: now,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  return asPostmortem(trx, sealer, row);
}

export async function findPostmortem(
  trx: Tenant,
  { sealer }: Vault,
  id: string,
): Promise<Postmortem | undefined> {
  if (!uuid.test(id)) return undefined;
  const row = await trx
    .selectFrom('postmortems')
    .selectAll()
    .where('postmortem_id', '=', id)
    .executeTakeFirst();
  return row && asPostmortem(trx, sealer, row);
}

/** Until this transaction ends nobody else changes it: edits at the same moment take turns. */
export async function lockPostmortem(
  trx: Tenant,
  { sealer }: Vault,
  id: string,
): Promise<Postmortem | undefined> {
  if (!uuid.test(id)) return undefined;
  const row = await trx
    .selectFrom('postmortems')
    .selectAll()
    .where('postmortem_id', '=', id)
    .forNoKeyUpdate()
    .executeTakeFirst();
  return row && asPostmortem(trx, sealer, row);
}

/** Those somebody may open from where they are, latest first. */
export async function findOpenTo(
  trx: Tenant,
  { sealer }: Vault,
  personId: string,
  channelId: string | undefined,
): Promise<Postmortem[]> {
  const rows = await trx
    .selectFrom('postmortems')
    .selectAll()
    .where(({ or, eb }) =>
      or([
        eb('owner_id', '=', personId),
        eb('people', '@>', sql<string[]>`array[${personId}]::text[]`),
        ...(channelId === undefined ? [] : [eb('channel_id', '=', channelId)]),
      ]),
    )
    .orderBy('number', 'desc')
    .execute();
  return mapped(rows, (row) => asPostmortem(trx, sealer, row));
}

/** How those stand that somebody owns and that are not over: nothing of their words, so that no seal is opened. */
export async function findCourses(trx: Tenant, ownerId: string): Promise<Course[]> {
  const rows = await trx
    .selectFrom('postmortems')
    .select(['postmortem_id as id', 'status', 'severity', 'time_zone as timeZone', 'channel_id as channelId'])
    .select(['people', 'review_at as reviewAt', 'created_at as createdAt', 'changed_at as changedAt'])
    .select('resolved_at as resolvedAt')
    .where('owner_id', '=', ownerId)
    .where('status', 'in', ['draft', 'in-review'])
    .execute();
  return rows.map((row) => ({ ...row, status: row.status as Status, severity: row.severity as Severity }));
}

/** Changed facts, and what follows from them: the latest change. */
export async function saveFacts(
  trx: Tenant,
  { sealer }: Vault,
  { workspaceId, id }: Pick<Postmortem, 'workspaceId' | 'id'>,
  facts: Facts & Pick<Postmortem, 'changedAt'>,
): Promise<void> {
  await trx
    .updateTable('postmortems')
    .set({
      title: await sealer.seal(trx, titlePlace(workspaceId, id), facts.title),
      severity: facts.severity,
      started_at: facts.startedAt,
      detected_at: facts.detectedAt,
      resolved_at: facts.resolvedAt,
      services: facts.services,
      factors: facts.factors,
      facilitator_id: facts.facilitatorId,
      responders: facts.responders,
      changed_at: facts.changedAt,
    })
    .where('postmortem_id', '=', id)
    .execute();
}

export async function updatePostmortem(
  trx: Tenant,
  id: string,
  standing: Partial<
    Pick<Postmortem, 'ownerId' | 'status' | 'channelId' | 'people' | 'reviewAt' | 'changedAt' | 'factors'>
  >,
): Promise<void> {
  await trx
    .updateTable('postmortems')
    .set({
      ...(standing.ownerId !== undefined && { owner_id: standing.ownerId }),
      ...(standing.status !== undefined && { status: standing.status }),
      ...(standing.channelId !== undefined && { channel_id: standing.channelId }),
      ...(standing.people !== undefined && { people: standing.people }),
      ...(standing.reviewAt !== undefined && { review_at: standing.reviewAt }),
      ...(standing.factors !== undefined && { factors: standing.factors }),
      ...(standing.changedAt !== undefined && { changed_at: standing.changedAt }),
    })
    .where('postmortem_id', '=', id)
    .execute();
}

/** Every section as it stands; those never written are empty, version 0. */
export async function findSections(trx: Tenant, vault: Vault, id: string): Promise<Section[]> {
  const rows = await trx
    .selectFrom('postmortem_sections')
    .selectAll()
    .distinctOn('section')
    .where('postmortem_id', '=', id)
    .orderBy('section')
    .orderBy('version', 'desc')
    .execute();
  const written = await mapped(rows, (row) => asSection(trx, vault, row));
  return sectionIds.map((section) => written.find((one) => one.id === section) ?? emptySection(section));
}

export const emptySection = (id: SectionId): Section => ({
  id,
  text: '',
  version: 0,
  changedBy: null,
  changedAt: null,
});

/** Every version of one section, the newest first. */
export async function findHistory(
  trx: Tenant,
  vault: Vault,
  id: string,
  section: SectionId,
): Promise<Section[]> {
  const rows = await trx
    .selectFrom('postmortem_sections')
    .selectAll()
    .where('postmortem_id', '=', id)
    .where('section', '=', section)
    .orderBy('version', 'desc')
    .execute();
  return mapped(rows, (row) => asSection(trx, vault, row));
}

/** Deletes one of them for good; the latest is what the document says and stays. */
export async function removeVersion(
  trx: Tenant,
  id: string,
  { section, version }: { section: SectionId; version: number },
): Promise<void> {
  await trx
    .deleteFrom('postmortem_sections')
    .where('postmortem_id', '=', id)
    .where('section', '=', section)
    .where('version', '=', version)
    .execute();
}

/** Adds the next version. The post-mortem must be locked, so that there is one next version. */
export async function saveSection(
  trx: Tenant,
  { sealer }: Vault,
  { workspaceId, id }: Pick<Postmortem, 'workspaceId' | 'id'>,
  section: Section & { changedAt: Temporal.Instant },
): Promise<void> {
  await trx
    .insertInto('postmortem_sections')
    .values({
      workspace_id: workspaceId,
      postmortem_id: id,
      section: section.id,
      version: section.version,
      words: await sealer.seal(trx, sectionPlace(workspaceId, id, section.id, section.version), section.text),
      changed_by: section.changedBy,
      changed_at: section.changedAt,
    })
    .execute();
}

/** What is in the timeline, oldest first. */
export async function findTimeline(trx: Tenant, vault: Vault, id: string): Promise<TimelineEntry[]> {
  const rows = await trx
    .selectFrom('postmortem_entries')
    .selectAll()
    .where('postmortem_id', '=', id)
    .where('removed_at', 'is', null)
    .orderBy('happened_at')
    .orderBy('added_at')
    .orderBy('entry_id')
    .execute();
  return sortTimeline(await mapped(rows, (row) => asEntry(trx, vault, row)));
}

export async function addEntry(
  trx: Tenant,
  { sealer }: Vault,
  { workspaceId, id }: Pick<Postmortem, 'workspaceId' | 'id'>,
  { addedAt, ...entry }: Omit<TimelineEntry, 'id'> & { addedAt: Temporal.Instant },
): Promise<TimelineEntry> {
  const entryId = crypto.randomUUID();
  await trx
    .insertInto('postmortem_entries')
    .values({
      workspace_id: workspaceId,
      postmortem_id: id,
      entry_id: entryId,
      happened_at: entry.at,
      words: await sealer.seal(trx, entryPlace(workspaceId, id, entryId), entry.text),
      link: entry.link,
      added_by: entry.addedBy,
      added_at: addedAt,
      removed_at: null,
    })
    .execute();
  return { ...entry, id: entryId };
}

/** Whether it was in the timeline, or out of it, until now. */
export async function moveEntry(
  trx: Tenant,
  id: string,
  entryId: string,
  removedAt: Temporal.Instant | null,
): Promise<boolean> {
  if (!uuid.test(entryId)) return false;
  const moved = await trx
    .updateTable('postmortem_entries')
    .set({ removed_at: removedAt })
    .where('postmortem_id', '=', id)
    .where('entry_id', '=', entryId)
    .where('removed_at', removedAt === null ? 'is not' : 'is', null)
    .returning('entry_id')
    .executeTakeFirst();
  return moved !== undefined;
}

export interface PlacedMessage {
  destination: string;
  part: Part;
  channel: string | null;
  ts: string | null;
  wanted: number;
  shown: number;
}

/** All messages of a post-mortem, in every place. */
export async function findMessages(trx: Tenant, id: string): Promise<PlacedMessage[]> {
  const rows = await trx
    .selectFrom('postmortem_messages')
    .selectAll()
    .where('postmortem_id', '=', id)
    .orderBy('destination')
    .execute();
  return rows.map(asMessage).toSorted((one, other) => parts.indexOf(one.part) - parts.indexOf(other.part));
}

/** Makes room for every part in a place; what is there stays. Whether its first message stands there already. */
export async function addPlace(
  trx: Tenant,
  { workspaceId, id }: Pick<Postmortem, 'workspaceId' | 'id'>,
  destination: string,
): Promise<boolean> {
  await trx
    .insertInto('postmortem_messages')
    .values(
      parts.map((part) => ({
        workspace_id: workspaceId,
        postmortem_id: id,
        destination,
        part,
        channel: null,
        message_ts: null,
        link: null,
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return stands(trx, id, destination);
}

/** Whether its first message stands there. */
export async function stands(trx: Tenant, id: string, destination: string): Promise<boolean> {
  const found = await trx
    .selectFrom('postmortem_messages')
    .select('message_ts')
    .where('postmortem_id', '=', id)
    .where('destination', '=', destination)
    .where('part', '=', 'overview')
    .executeTakeFirst();
  return found !== undefined && found.message_ts !== null;
}

/** Which of its versions a part should show. */
export async function findWanted(
  trx: Tenant,
  id: string,
  { destination, part }: { destination: string; part: Part },
): Promise<number> {
  const found = await trx
    .selectFrom('postmortem_messages')
    .select('wanted')
    .where('postmortem_id', '=', id)
    .where('destination', '=', destination)
    .where('part', '=', part)
    .executeTakeFirst();
  return found?.wanted ?? 0;
}

/** Where a part stands now, and which of its versions it shows. */
export async function keepPosted(
  trx: Tenant,
  id: string,
  at: { destination: string; part: Part },
  posted: { channel: string; ts: string; shown: number },
): Promise<void> {
  await trx
    .updateTable('postmortem_messages')
    .set({
      channel: posted.channel,
      message_ts: posted.ts,
      shown: posted.shown,
    })
    .where('postmortem_id', '=', id)
    .where('destination', '=', at.destination)
    .where('part', '=', at.part)
    .execute();
}

/** Where people find a part; what stands elsewhere and points there has something else to show. */
export async function keepLink(
  trx: Tenant,
  id: string,
  at: { destination: string; part: Part },
  link: string,
): Promise<void> {
  await trx
    .updateTable('postmortem_messages')
    .set({ link })
    .where('postmortem_id', '=', id)
    .where('destination', '=', at.destination)
    .where('part', '=', at.part)
    .execute();
  await trx
    .updateTable('postmortem_messages as elsewhere')
    .set(({ eb }) => ({ wanted: eb('wanted', '+', 1) }))
    .from('postmortems as own')
    .whereRef('own.workspace_id', '=', 'elsewhere.workspace_id')
    .whereRef('own.postmortem_id', '=', 'elsewhere.postmortem_id')
    .where('own.postmortem_id', '=', id)
    .where('own.channel_id', '=', at.destination)
    .where('elsewhere.part', '=', at.part)
    .where('elsewhere.destination', '<>', at.destination)
    .execute();
}

/** Slack's links to its messages in a place, as far as there are any. */
export async function findLinks(
  trx: Tenant,
  id: string,
  destination: string,
): Promise<Partial<Record<Part, string>>> {
  const found = await trx
    .selectFrom('postmortem_messages')
    .select(['part', 'link'])
    .where('postmortem_id', '=', id)
    .where('destination', '=', destination)
    .execute();
  return Object.fromEntries(found.flatMap(({ part, link }) => (link === null ? [] : [[part, link]])));
}

/** These parts have something else to show from now on, wherever they stand. */
export async function markOutdated(trx: Tenant, id: string, which: readonly Part[]): Promise<void> {
  await trx
    .updateTable('postmortem_messages')
    .set(({ eb }) => ({ wanted: eb('wanted', '+', 1) }))
    .where('postmortem_id', '=', id)
    .where('part', 'in', [...which])
    .execute();
}

/**
 * Slack shows what was wanted then. Where somebody else's drawing had been shown meanwhile, nobody knows which of
 * the two arrived last, so it counts as outdated and is drawn again.
 */
export async function keepShown(
  trx: Tenant,
  id: string,
  { destination, part, wanted }: Pick<PlacedMessage, 'destination' | 'part' | 'wanted'>,
): Promise<void> {
  await trx
    .updateTable('postmortem_messages')
    .set({ shown: sql`case when shown > ${wanted} then 0 else ${wanted}::integer end` })
    .where('postmortem_id', '=', id)
    .where('destination', '=', destination)
    .where('part', '=', part)
    .execute();
}

/** How often each person facilitated, and when last: everybody who had to do with what this person may see. */
export async function findTurns(
  trx: Tenant,
  personId: string,
): Promise<{ id: string; times: number; last: Temporal.Instant | null }[]> {
  const rows = await trx
    .selectFrom('postmortems')
    .select(['owner_id', 'people', 'responders', 'facilitator_id', 'created_at'])
    .where(({ or, eb }) =>
      or([eb('owner_id', '=', personId), eb('people', '@>', sql<string[]>`array[${personId}]::text[]`)]),
    )
    .orderBy('created_at')
    .execute();
  const turns = new Map<string, { id: string; times: number; last: Temporal.Instant | null }>();
  for (const row of rows) {
    for (const id of [...row.people, ...row.responders]) {
      if (!turns.has(id)) turns.set(id, { id, times: 0, last: null });
    }
    if (row.facilitator_id === null) continue;
    const before = turns.get(row.facilitator_id);
    turns.set(row.facilitator_id, {
      id: row.facilitator_id,
      times: (before?.times ?? 0) + 1,
      last: row.created_at,
    });
  }
  return [...turns.values()];
}

/**
 * Forgets a person. What only they and those they invited could see goes; what stands in a channel is the team's
 * and stays, without their name.
 */
export async function erasePerson(trx: Tenant, personId: string): Promise<void> {
  await trx
    .deleteFrom('postmortems')
    .where('owner_id', '=', personId)
    .where('channel_id', 'is', null)
    .execute();
  await sql`
    update postmortems set
      owner_id = nullif(owner_id, ${personId}),
      facilitator_id = nullif(facilitator_id, ${personId}),
      people = array_remove(people, ${personId}),
      responders = array_remove(responders, ${personId})
    where owner_id = ${personId} or facilitator_id = ${personId}
      or people @> array[${personId}]::text[] or responders @> array[${personId}]::text[]`.execute(trx);
  await trx
    .updateTable('postmortem_sections')
    .set({ changed_by: null })
    .where('changed_by', '=', personId)
    .execute();
  await trx
    .updateTable('postmortem_entries')
    .set({ added_by: null })
    .where('added_by', '=', personId)
    .execute();
  await trx.deleteFrom('postmortem_messages').where('destination', '=', personId).execute();
}

async function asPostmortem(
  trx: Tenant,
  sealer: Sealer,
  row: Selectable<PostmortemsTable>,
): Promise<Postmortem> {
  return {
    workspaceId: row.workspace_id,
    id: row.postmortem_id,
    number: row.number,
    ownerId: row.owner_id,
    timeZone: row.time_zone,
    title: await sealer.open(trx, titlePlace(row.workspace_id, row.postmortem_id), row.title),
    severity: row.severity as Severity,
    status: row.status as Status,
    startedAt: row.started_at,
    detectedAt: row.detected_at,
    resolvedAt: row.resolved_at,
    services: row.services,
    factors: row.factors.filter(isFactorId),
    facilitatorId: row.facilitator_id,
    responders: row.responders,
    people: row.people,
    channelId: row.channel_id,
    reviewAt: row.review_at,
    createdAt: row.created_at,
    changedAt: row.changed_at,
  };
}

async function asSection(
  trx: Tenant,
  { sealer }: Vault,
  row: Selectable<PostmortemSectionsTable>,
): Promise<Section> {
  if (!isSectionId(row.section)) throw new Error(`There is no section ${row.section}`);
  const place = sectionPlace(row.workspace_id, row.postmortem_id, row.section, row.version);
  return {
    id: row.section,
    text: await sealer.open(trx, place, row.words),
    version: row.version,
    changedBy: row.changed_by,
    changedAt: row.changed_at,
  };
}

async function asEntry(
  trx: Tenant,
  { sealer }: Vault,
  row: Selectable<PostmortemEntriesTable>,
): Promise<TimelineEntry> {
  const place = entryPlace(row.workspace_id, row.postmortem_id, row.entry_id);
  return {
    id: row.entry_id,
    at: row.happened_at,
    text: await sealer.open(trx, place, row.words),
    link: row.link,
    addedBy: row.added_by,
  };
}

const asMessage = (row: Selectable<PostmortemMessagesTable>): PlacedMessage => ({
  destination: row.destination,
  part: row.part,
  channel: row.channel,
  ts: row.message_ts,
  wanted: row.wanted,
  shown: row.shown,
});

/** One after the other: they share one connection. */
async function mapped<A, B>(rows: readonly A[], map: (row: A) => Promise<B>): Promise<B[]> {
  const made: B[] = [];
  for (const row of rows) made.push(await map(row));
  return made;
}
