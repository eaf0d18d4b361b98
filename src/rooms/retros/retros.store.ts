// What is remembered of retrospectives; and how it is written so that an anonymous one remembers no author.

import { type Selectable, sql } from 'kysely';
import type { Tenant } from '../../db/tenancy.ts';
import type { RetroSeriesTable } from './retros.tables.ts';
import type { Group, Item, Point, Retro, Series } from './retros.ts';

// Series

const selectSeries = (trx: Tenant) => trx.selectFrom('retro_series').selectAll();

export async function saveSeries(trx: Tenant, series: Series, now: Temporal.Instant): Promise<void> {
  const columns = {
    lead_id: series.leadId,
    channel_id: series.channelId,
    rule: series.rhythm?.rule ?? null,
    starts: series.rhythm?.starts ?? null,
    time_zone: series.rhythm?.keptZone ?? null,
    format_id: series.formatId,
    anonymous: series.anonymous,
    open_days: series.openDays,
    zones: series.zones,
    people: series.people,
    state: series.state,
    skip_at: series.skipAt,
  };
  await trx
    .insertInto('retro_series')
    .values({ workspace_id: series.workspaceId, series_id: series.id, made_at: now, ...columns })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'series_id']).doUpdateSet(columns))
    .execute();
}

export async function findSeries(trx: Tenant, id: string): Promise<Series | undefined> {
  const row = await selectSeries(trx).where('series_id', '=', id).executeTakeFirst();
  return row && asSeries(row);
}

/** Whoever else sets up or changes a rhythm in this channel waits until this transaction ends. */
export async function lockChannel(trx: Tenant, channelId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(
    hashtextextended('evenkeel retros ' || current_setting('evenkeel.workspace_id') || ' ' || ${channelId}, 0))`.execute(
    trx,
  );
}

export async function findRhythm(trx: Tenant, channelId: string): Promise<Series | undefined> {
  const row = await selectSeries(trx)
    .where('channel_id', '=', channelId)
    .where('state', '=', 'active')
    .executeTakeFirst();
  return row && asSeries(row);
}

export async function findRhythmsOf(trx: Tenant, leadId: string): Promise<Series[]> {
  const rows = await selectSeries(trx)
    .where('lead_id', '=', leadId)
    .where('state', '=', 'active')
    .orderBy('made_at')
    .execute();
  return rows.map(asSeries);
}

export async function changeSeries(
  trx: Tenant,
  id: string,
  change: Partial<Pick<Series, 'state' | 'skipAt' | 'leadId'>>,
): Promise<void> {
  await trx
    .updateTable('retro_series')
    .set({ state: change.state, skip_at: change.skipAt, lead_id: change.leadId })
    .where('series_id', '=', id)
    .execute();
}

/** The rhythms of a lead who moves on stay in the zone they had. */
export async function keepZone(trx: Tenant, leadId: string, timeZone: string): Promise<void> {
  await trx
    .updateTable('retro_series')
    .set({ time_zone: timeZone })
    .where('lead_id', '=', leadId)
    .where('rule', 'is not', null)
    .where('time_zone', 'is', null)
    .execute();
}

/** Somebody came to or left a channel: its rhythm counts them, and looks at their clock too. */
export async function countPerson(
  trx: Tenant,
  channelId: string,
  by: 1 | -1,
  timeZone: string | undefined,
): Promise<void> {
  await sql`
    update retro_series set people = greatest(people + ${by}, 0),
      zones = case when ${timeZone ?? null}::text is null or ${timeZone ?? null} = any (zones) then zones
        else zones || ${timeZone ?? null}::text end
    where channel_id = ${channelId} and state = 'active'`.execute(trx);
}

// Retrospectives

const retroColumns = [
  'workspace_id as workspaceId',
  'retro_id as id',
  'series_id as seriesId',
  'lead_id as leadId',
  'facilitator_id as facilitatorId',
  'channel_id as channelId',
  'format_id as formatId',
  'anonymous',
  'people',
  'opened_at as openedAt',
  'closes_at as closesAt',
  'votes_close_at as votesCloseAt',
  'state as phase',
  'reason',
  'salt',
  'answered',
  'voted',
  'commitment_ids as commitmentIds',
  'version',
  sql<string | null>`(select link from retro_messages as post where post.workspace_id = retros.workspace_id
    and post.retro_id = retros.retro_id and post.part = 'post')`.as('link'),
] as const;

const selectRetros = (trx: Tenant) => trx.selectFrom('retros').select(retroColumns);

export async function addRetro(trx: Tenant, retro: Retro): Promise<boolean> {
  const made = await trx
    .insertInto('retros')
    .values({
      workspace_id: retro.workspaceId,
      retro_id: retro.id,
      series_id: retro.seriesId,
      lead_id: retro.leadId,
      facilitator_id: retro.facilitatorId,
      channel_id: retro.channelId,
      format_id: retro.formatId,
      anonymous: retro.anonymous,
      people: retro.people,
      opened_at: retro.openedAt,
      closes_at: retro.closesAt,
      votes_close_at: null,
      state: retro.phase,
      reason: retro.reason,
      salt: retro.salt,
      ended_at: retro.phase === 'skipped' ? retro.openedAt : null,
    })
    // Another one that opened in this channel at the same moment; this one's message then explains itself.
    .onConflict((conflict) => conflict.doNothing())
    .returning('retro_id')
    .executeTakeFirst();
  return made !== undefined;
}

export const findRetro = (trx: Tenant, id: string): Promise<Retro | undefined> =>
  selectRetros(trx).where('retro_id', '=', id).executeTakeFirst();

/** For a change: whoever else answers, votes or sorts waits until this transaction ends. */
export const lockRetro = (trx: Tenant, id: string): Promise<Retro | undefined> =>
  selectRetros(trx).where('retro_id', '=', id).forUpdate().executeTakeFirst();

export const findOpenIn = (trx: Tenant, channelId: string): Promise<Retro | undefined> =>
  selectRetros(trx).where('channel_id', '=', channelId).where('state', '=', 'open').executeTakeFirst();

/** Those that can be answered at the moment. */
export const findOpen = (trx: Tenant): Promise<Retro[]> =>
  selectRetros(trx).where('state', '=', 'open').orderBy('closes_at').execute();

/** Whether somebody set one up. */
export async function hasOwn(trx: Tenant, leadId: string): Promise<boolean> {
  const found = await trx
    .selectFrom('retro_series')
    .select('series_id')
    .where('lead_id', '=', leadId)
    .limit(1)
    .executeTakeFirst();
  return found !== undefined;
}

/** The latest of a channel, skipped ones included, newest first. */
export const findLatestIn = (trx: Tenant, channelId: string, most: number): Promise<Retro[]> =>
  selectRetros(trx).where('channel_id', '=', channelId).orderBy('opened_at', 'desc').limit(most).execute();

export const findRetrosOf = (trx: Tenant, leadId: string): Promise<Retro[]> =>
  selectRetros(trx)
    .where(({ eb, or }) => or([eb('lead_id', '=', leadId), eb('facilitator_id', '=', leadId)]))
    .orderBy('opened_at', 'desc')
    .execute();

/** The next one is held after all: that it was skipped is no longer so. */
export async function takeBackSkip(trx: Tenant, seriesId: string, at: Temporal.Instant): Promise<void> {
  await trx
    .deleteFrom('retros')
    .where('series_id', '=', seriesId)
    .where('state', '=', 'skipped')
    .where('opened_at', '=', at)
    .execute();
}

export type RetroChange = Partial<
  Pick<
    Retro,
    | 'phase'
    | 'reason'
    | 'facilitatorId'
    | 'closesAt'
    | 'votesCloseAt'
    | 'answered'
    | 'voted'
    | 'commitmentIds'
    | 'salt'
  >
> & { endedAt?: Temporal.Instant };

/** Changes it, and with it what its messages should show. What is undefined stays. */
export const changeRetro = (trx: Tenant, id: string, change: RetroChange): Promise<Retro> =>
  trx
    .updateTable('retros')
    .set(({ eb }) => ({
      version: eb('version', '+', 1),
      state: change.phase,
      reason: change.reason,
      facilitator_id: change.facilitatorId,
      closes_at: change.closesAt,
      votes_close_at: change.votesCloseAt,
      answered: change.answered,
      voted: change.voted,
      commitment_ids: change.commitmentIds,
      salt: change.salt,
      ended_at: change.endedAt,
    }))
    .where('retro_id', '=', id)
    .returning(retroColumns)
    .executeTakeFirstOrThrow();

// Messages

export type Part = 'post' | 'sorting' | 'ranking' | 'summary';

/** A message of a retrospective's, where it stands, and how much of it it shows. */
export interface PostedPart {
  retroId: string;
  part: Part;
  channel: string;
  ts: string;
  version: number;
}

export async function saveMessage(
  trx: Tenant,
  { workspaceId, id }: Retro,
  { part, channel, ts, version }: Omit<PostedPart, 'retroId'>,
): Promise<void> {
  const shown = { channel, ts, shown_version: version };
  await trx
    .insertInto('retro_messages')
    .values({ workspace_id: workspaceId, retro_id: id, part, link: null, ...shown })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'retro_id', 'part']).doUpdateSet(shown))
    .execute();
}

export async function keepLink(trx: Tenant, retroId: string, part: Part, link: string): Promise<void> {
  await trx
    .updateTable('retro_messages')
    .set({ link })
    .where('retro_id', '=', retroId)
    .where('part', '=', part)
    .execute();
}

/** The post in the channel, whose thread the rest belongs in. */
export async function findPostTs(trx: Tenant, retroId: string): Promise<string | undefined> {
  const row = await trx
    .selectFrom('retro_messages')
    .select('ts')
    .where('retro_id', '=', retroId)
    .where('part', '=', 'post')
    .executeTakeFirst();
  return row?.ts;
}

/** Messages that show less than what is kept. */
export async function findOutdated(trx: Tenant, { id: retroId, version }: Retro): Promise<PostedPart[]> {
  const behind = await trx
    .selectFrom('retro_messages')
    .select(['part', 'channel', 'ts'])
    .where('retro_id', '=', retroId)
    .where('shown_version', '<', version)
    .orderBy('part')
    .execute();
  return behind.map((message) => ({ ...message, retroId, version }));
}

/**
 * What Slack shows now. Not the greater of the two versions: when two redraws overtake each other, the one that ends
 * last tells what stands there, and a lower version makes the next round draw it again.
 */
export async function markShown(trx: Tenant, { retroId, part, version }: PostedPart): Promise<void> {
  await trx
    .updateTable('retro_messages')
    .set({ shown_version: version })
    .where('retro_id', '=', retroId)
    .where('part', '=', part)
    .execute();
}

// What was written

/** By the alphabet, an order that has nothing to do with who wrote when. */
export async function findItems(trx: Tenant, retroId: string): Promise<Item[]> {
  const rows = await trx.selectFrom('retro_items').selectAll().where('retro_id', '=', retroId).execute();
  const alphabetical = rows.toSorted(
    (one, other) =>
      one.question - other.question ||
      compare(one.words.toLowerCase(), other.words.toLowerCase()) ||
      compare(one.item_id, other.item_id),
  );
  return alphabetical.map((row) => ({
    id: row.item_id,
    question: row.question,
    words: row.words,
    author: row.author_id === null ? null : { id: row.author_id, name: row.author_name ?? row.author_id },
    groupId: row.group_id,
  }));
}

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

/** Puts a person's points in place of what they wrote before, under their name. */
export async function saveNamedPoints(
  trx: Tenant,
  retro: Retro,
  author: { id: string; name: string },
  points: readonly Point[],
): Promise<void> {
  await trx
    .deleteFrom('retro_items')
    .where('retro_id', '=', retro.id)
    .where('author_id', '=', author.id)
    .execute();
  await insertItems(
    trx,
    retro,
    points.map((point) => ({ ...point, author })),
  );
}

/**
 * Adds points without a trace of whose they are or when they came.
 *
 * A row that is merely added lies behind all earlier ones, so the order in a backup would be the order of writing, and
 * its transaction would be the one that also notes the request. So every point of the retrospective is taken out and
 * put back, in an order and under ids drawn anew. What is left has one transaction, one moment and no order.
 * (Postgres keeps the old versions on disk until the next vacuum, and its write-ahead log longer. Whoever can read
 * those, or copies the database between two answers, is beyond what a table can protect from.)
 */
export const addAnonymousPoints = (trx: Tenant, retro: Retro, points: readonly Point[]): Promise<void> =>
  rewriteAnonymousPoints(trx, retro, (before) => [...before, ...points]);

/** The same for any change: what is left comes back in an order and under ids drawn anew. */
export async function rewriteAnonymousPoints(
  trx: Tenant,
  retro: Retro,
  change: (before: readonly Point[]) => readonly Point[],
): Promise<void> {
  const before = await trx
    .deleteFrom('retro_items')
    .where('retro_id', '=', retro.id)
    .returning(['question', 'words'])
    .execute();
  await insertItems(
    trx,
    retro,
    shuffled(change(before)).map(({ question, words }) => ({ question, words, author: null })),
  );
}

/** Takes points out of what was said, and with them groups that held nothing else. */
export async function removeItems(trx: Tenant, retro: Retro, itemIds: readonly string[]): Promise<void> {
  await trx
    .deleteFrom('retro_items')
    .where('retro_id', '=', retro.id)
    .where('item_id', 'in', itemIds)
    .execute();
  await trx
    .deleteFrom('retro_groups')
    .where('retro_id', '=', retro.id)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('retro_items')
            .select('retro_items.item_id')
            .whereRef('retro_items.group_id', '=', 'retro_groups.group_id'),
        ),
      ),
    )
    .execute();
}

async function insertItems(
  trx: Tenant,
  retro: Retro,
  items: readonly (Point & { author: { id: string; name: string } | null })[],
): Promise<void> {
  if (items.length === 0) return;
  await trx
    .insertInto('retro_items')
    .values(
      items.map(({ question, words, author }) => ({
        workspace_id: retro.workspaceId,
        retro_id: retro.id,
        item_id: crypto.randomUUID(),
        question,
        words,
        author_id: author?.id ?? null,
        author_name: author?.name ?? null,
        group_id: null,
      })),
    )
    .execute();
}

/** Fisher and Yates, with the system's randomness: Math.random could be run backwards from what it drew. */
function shuffled<T>(things: readonly T[]): T[] {
  const order = [...things];
  for (let last = order.length - 1; last > 0; last -= 1) {
    const at = randomBelow(last + 1);
    [order[last], order[at]] = [order[at] as T, order[last] as T];
  }
  return order;
}

function randomBelow(end: number): number {
  const top = 2 ** 32 - (2 ** 32 % end);
  for (;;) {
    const [drawn = 0] = crypto.getRandomValues(new Uint32Array(1));
    if (drawn < top) return drawn % end;
  }
}

export async function findPointsOf(trx: Tenant, retroId: string, authorId: string): Promise<Point[]> {
  return trx
    .selectFrom('retro_items')
    .select(['question', 'words'])
    .where('retro_id', '=', retroId)
    .where('author_id', '=', authorId)
    .orderBy('question')
    .orderBy('words')
    .execute();
}

/** Notes that this somebody answered; false when that was known. */
export async function noteAnswerer(trx: Tenant, retro: Retro, who: string): Promise<boolean> {
  const noted = await trx
    .insertInto('retro_answerers')
    .values({ workspace_id: retro.workspaceId, retro_id: retro.id, who })
    .onConflict((conflict) => conflict.doNothing())
    .returning('who')
    .executeTakeFirst();
  return noted !== undefined;
}

/** They count as one who has not answered. */
export async function forgetAnswerer(trx: Tenant, retroId: string, who: string): Promise<void> {
  await trx.deleteFrom('retro_answerers').where('retro_id', '=', retroId).where('who', '=', who).execute();
}

export async function hasAnswered(trx: Tenant, retroId: string, who: string): Promise<boolean> {
  const found = await trx
    .selectFrom('retro_answerers')
    .select('who')
    .where('retro_id', '=', retroId)
    .where('who', '=', who)
    .executeTakeFirst();
  return found !== undefined;
}

/** Forgets what people wrote, or who answered, or who voted. */
export async function forget(
  trx: Tenant,
  retroId: string,
  ...tables: ('retro_items' | 'retro_answerers' | 'retro_ballots')[]
): Promise<void> {
  for (const table of tables) await trx.deleteFrom(table).where('retro_id', '=', retroId).execute();
}

// How it was sorted

/** Puts items into these groups and no others; each holds items of one question. */
export async function saveGroups(
  trx: Tenant,
  retro: Retro,
  groups: readonly (readonly Item[])[],
): Promise<void> {
  await trx.deleteFrom('retro_groups').where('retro_id', '=', retro.id).execute();
  const made = groups.flatMap((items) =>
    items[0] ? [{ items, question: items[0].question, id: crypto.randomUUID() }] : [],
  );
  if (made.length === 0) return;
  await trx
    .insertInto('retro_groups')
    .values(
      made.map(({ id, question }) => ({
        workspace_id: retro.workspaceId,
        retro_id: retro.id,
        group_id: id,
        question,
      })),
    )
    .execute();
  const pairs = made.flatMap(({ id, items }) => items.map((item) => ({ itemId: item.id, id })));
  await sql`
    update retro_items set group_id = sorted.group_id
    from unnest(${pairs.map(({ itemId }) => itemId)}::uuid[], ${pairs.map(({ id }) => id)}::uuid[])
      as sorted (item_id, group_id)
    where retro_items.retro_id = ${retro.id} and retro_items.item_id = sorted.item_id`.execute(trx);
}

export async function findGroups(trx: Tenant, retroId: string): Promise<Group[]> {
  const items = await findItems(trx, retroId);
  const rows = await trx.selectFrom('retro_groups').selectAll().where('retro_id', '=', retroId).execute();
  const groups = rows.map((row) => ({
    id: row.group_id,
    question: row.question,
    votes: row.votes,
    items: items.filter(({ groupId }) => groupId === row.group_id),
  }));
  const place = (group: Group): number => items.findIndex(({ groupId }) => groupId === group.id);
  return groups.toSorted((one, other) => place(one) - place(other));
}

// Votes

export async function findBallot(trx: Tenant, retroId: string, who: string): Promise<string[] | undefined> {
  const row = await trx
    .selectFrom('retro_ballots')
    .select('choices')
    .where('retro_id', '=', retroId)
    .where('who', '=', who)
    .executeTakeFirst();
  return row?.choices;
}

/**
 * Counts a ballot. `before`: what the same person had chosen, to be taken back. An anonymous one keeps that somebody
 * voted and not for what; and since every group is written each time, none shows whose ballot touched it last.
 */
export async function saveBallot(
  trx: Tenant,
  retro: Retro,
  { who, choices, before }: { who: string; choices: readonly string[]; before: readonly string[] },
): Promise<void> {
  const kept = retro.anonymous ? [] : [...choices];
  await trx
    .insertInto('retro_ballots')
    .values({ workspace_id: retro.workspaceId, retro_id: retro.id, who, choices: kept })
    .onConflict((conflict) =>
      conflict.columns(['workspace_id', 'retro_id', 'who']).doUpdateSet({ choices: kept }),
    )
    .execute();
  await sql`
    update retro_groups set votes = votes
      + (group_id = any (${[...choices]}::uuid[]))::int - (group_id = any (${[...before]}::uuid[]))::int
    where retro_id = ${retro.id}`.execute(trx);
}

// Forgetting and exporting

/** What they set up goes; what they wrote under their name in others' retrospectives stays without the name. */
export async function eraseRetros(trx: Tenant, personId: string): Promise<void> {
  await trx.deleteFrom('retro_series').where('lead_id', '=', personId).execute();
  await trx
    .updateTable('retro_items')
    .set({ author_id: null, author_name: null })
    .where('author_id', '=', personId)
    .execute();
  await trx.deleteFrom('retro_answerers').where('who', '=', personId).execute();
  await trx.deleteFrom('retro_ballots').where('who', '=', personId).execute();
  await trx
    .updateTable('retros')
    .set(({ ref }) => ({ facilitator_id: ref('lead_id') }))
    .where('facilitator_id', '=', personId)
    .execute();
}

export const findNamedItemsOf = (
  trx: Tenant,
  personId: string,
): Promise<{ openedAt: Temporal.Instant; formatId: string; question: number; words: string }[]> =>
  trx
    .selectFrom('retro_items as item')
    .innerJoin('retros as retro', (join) =>
      join
        .onRef('retro.workspace_id', '=', 'item.workspace_id')
        .onRef('retro.retro_id', '=', 'item.retro_id'),
    )
    .select(['retro.opened_at as openedAt', 'retro.format_id as formatId', 'item.question', 'item.words'])
    .where('item.author_id', '=', personId)
    .orderBy('retro.opened_at')
    .execute();

const asSeries = (row: Selectable<RetroSeriesTable>): Series => ({
  workspaceId: row.workspace_id,
  id: row.series_id,
  leadId: row.lead_id,
  channelId: row.channel_id,
  rhythm:
    row.rule !== null && row.starts !== null
      ? { rule: row.rule, starts: row.starts, keptZone: row.time_zone }
      : null,
  formatId: row.format_id,
  anonymous: row.anonymous,
  openDays: row.open_days,
  zones: row.zones,
  people: row.people,
  state: row.state,
  skipAt: row.skip_at,
});
