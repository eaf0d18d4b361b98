// What is remembered of commitments.

import type { Selectable } from 'kysely';
import type { Tenant } from '../../db/tenancy.ts';
import type { Owner } from '../room.ts';
import type { CommitmentsTable } from './commitments.tables.ts';
import { type Commitment, type Draft, defaultMostOpen, type Source } from './commitments.ts';

/**
 * Makes a lead's sources take turns until this transaction ends, so that two rooms at the same moment cannot
 * both find room for one more.
 */
export async function lockSources(trx: Tenant, leadId: string): Promise<void> {
  await trx.selectFrom('leads').select('lead_id').where('lead_id', '=', leadId).forNoKeyUpdate().execute();
}

export async function saveCommitments(
  trx: Tenant,
  owner: Owner,
  { source, drafts }: { source: Source; drafts: readonly Draft[] },
  now: Temporal.Instant,
): Promise<Commitment[]> {
  if (drafts.length === 0) return [];
  const rows = await trx
    .insertInto('commitments')
    .values(
      drafts.map((draft) => ({
        workspace_id: owner.workspaceId,
        lead_id: owner.leadId,
        owner_id: draft.owner.id,
        owner_name: draft.owner.name,
        with_id: draft.withId ?? null,
        what: draft.what.trim(),
        due: draft.due,
        source_kind: source.kind,
        source_id: source.id,
        source_words: source.words,
        reason: null,
        made_at: now,
        said_at: draft.owner.id === owner.leadId ? now : null,
        said_in: null,
        closed_at: null,
      })),
    )
    .returningAll()
    .execute();
  return rows.map(asCommitment);
}

export async function findCommitment(trx: Tenant, id: string): Promise<Commitment | undefined> {
  const row = await trx
    .selectFrom('commitments')
    .selectAll()
    .where('commitment_id', '=', id)
    .executeTakeFirst();
  return row && asCommitment(row);
}

/** Reads it for a change: whoever else changes it meanwhile waits. */
export async function lockCommitment(trx: Tenant, id: string): Promise<Commitment | undefined> {
  const row = await trx
    .selectFrom('commitments')
    .selectAll()
    .where('commitment_id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  return row && asCommitment(row);
}

export async function findByIds(trx: Tenant, ids: readonly string[]): Promise<Commitment[]> {
  if (ids.length === 0) return [];
  return read(all(trx).where('commitment_id', 'in', [...ids]));
}

export const findOpenOf = (trx: Tenant, ownerId: string): Promise<Commitment[]> =>
  read(all(trx).where('owner_id', '=', ownerId).where('state', '=', 'open'));

/** What of somebody's is open and was last said in that delivery. */
export const findSaidIn = (trx: Tenant, ownerId: string, deliveryId: string): Promise<Commitment[]> =>
  read(
    all(trx).where('owner_id', '=', ownerId).where('state', '=', 'open').where('said_in', '=', deliveryId),
  );

/** Keeps that their owner has heard of them, in that delivery. */
export async function markSaid(
  trx: Tenant,
  ids: readonly string[],
  { deliveryId, now }: { deliveryId: string; now: Temporal.Instant },
): Promise<void> {
  if (ids.length === 0) return;
  await trx
    .updateTable('commitments')
    .set({ said_at: now, said_in: deliveryId })
    .where('commitment_id', 'in', [...ids])
    .execute();
}

/** What others closed in this lead's rooms, and the lead has not heard of. */
export const findToTell = (trx: Tenant, leadId: string): Promise<Commitment[]> =>
  read(all(trx).where('lead_id', '=', leadId).where('tell_lead', '=', true));

/** The lead has heard of all that was closed up to then. */
export async function markTold(trx: Tenant, leadId: string, until: Temporal.Instant): Promise<void> {
  await trx
    .updateTable('commitments')
    .set({ tell_lead: false })
    .where('lead_id', '=', leadId)
    .where('tell_lead', '=', true)
    .where('closed_at', '<=', until)
    .execute();
}

/** Open ones of others, made in this lead's rooms. */
export const findOpenOwedTo = (trx: Tenant, leadId: string): Promise<Commitment[]> =>
  read(
    all(trx)
      .where('lead_id', '=', leadId)
      .where('state', '=', 'open')
      .where(({ eb, or }) => or([eb('owner_id', 'is', null), eb('owner_id', '!=', leadId)])),
  );

/** Everything of one source, whatever became of it, in the order of its day. */
export const findFrom = (trx: Tenant, source: Pick<Source, 'kind' | 'id'>): Promise<Commitment[]> =>
  read(all(trx).where('source_kind', '=', source.kind).where('source_id', '=', source.id));

/** Open ones between two people, whichever of them took it on; `leadId` is the one who looks. */
export const findOpenBetween = (trx: Tenant, leadId: string, personId: string): Promise<Commitment[]> =>
  read(
    all(trx)
      .where('state', '=', 'open')
      .where(({ eb, and, or }) =>
        or([
          and([
            eb('lead_id', '=', leadId),
            or([
              eb('owner_id', '=', personId),
              and([eb('owner_id', '=', leadId), eb('with_id', '=', personId)]),
            ]),
          ]),
          and([eb('lead_id', '=', personId), eb('owner_id', '=', leadId)]),
        ]),
      ),
  );

/** Closed since a moment, that this person took on or that came from their rooms. */
export const findClosedSince = (
  trx: Tenant,
  personId: string,
  since: Temporal.Instant,
): Promise<Commitment[]> =>
  read(
    all(trx)
      .where('closed_at', '>=', since)
      .where(({ eb, or }) => or([eb('owner_id', '=', personId), eb('lead_id', '=', personId)])),
  );

export type Change = Partial<
  Pick<Commitment, 'what' | 'due' | 'state' | 'reason' | 'moved' | 'saidAt' | 'closedAt'>
> & {
  owner?: Pick<Commitment['owner'], 'id' | 'name'>;
  tellLead?: boolean;
};

export async function changeCommitment(trx: Tenant, id: string, change: Change): Promise<Commitment> {
  const { owner, saidAt, closedAt, tellLead, ...same } = change;
  const row = await trx
    .updateTable('commitments')
    .set({
      ...same,
      // What was changed stands in no message any more as it was said there.
      ...(saidAt !== undefined && { said_at: saidAt, said_in: null }),
      ...(closedAt !== undefined && { closed_at: closedAt }),
      ...(tellLead !== undefined && { tell_lead: tellLead }),
      ...(owner && { owner_id: owner.id, owner_name: owner.name, owner_left: false }),
    })
    .where('commitment_id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow();
  return asCommitment(row);
}

/** Keeps what somebody took on by name once they are gone from Slack; or says that they are back. */
export async function markLeft(trx: Tenant, ownerId: string, left: boolean): Promise<void> {
  await trx
    .updateTable('commitments')
    .set({ owner_left: left })
    .where('owner_id', '=', ownerId)
    .where('owner_left', '!=', left)
    .execute();
}

/** What of a source is open comes under another lead. */
export async function handOver(
  trx: Tenant,
  source: Pick<Source, 'kind' | 'id'>,
  { from, to }: { from: string; to: string },
): Promise<void> {
  await trx
    .updateTable('commitments')
    .set({ lead_id: to })
    .where('source_kind', '=', source.kind)
    .where('source_id', '=', source.id)
    .where('lead_id', '=', from)
    .where('state', '=', 'open')
    .execute();
}

export async function findMostOpen(trx: Tenant, leadId: string): Promise<number> {
  const row = await trx
    .selectFrom('commitment_limits')
    .select('most_open')
    .where('lead_id', '=', leadId)
    .executeTakeFirst();
  return row?.most_open ?? defaultMostOpen;
}

export async function saveMostOpen(trx: Tenant, owner: Owner, mostOpen: number): Promise<void> {
  await trx
    .insertInto('commitment_limits')
    .values({ workspace_id: owner.workspaceId, lead_id: owner.leadId, most_open: mostOpen })
    .onConflict((conflict) =>
      conflict.columns(['workspace_id', 'lead_id']).doUpdateSet({ most_open: mostOpen }),
    )
    .execute();
}

/** Everything that somebody took on or that came from their rooms. */
export const findAllOf = (trx: Tenant, personId: string): Promise<Commitment[]> =>
  read(all(trx).where(({ eb, or }) => or([eb('owner_id', '=', personId), eb('lead_id', '=', personId)])));

/** What came from their rooms goes; what they took on in others' rooms stays there without their name. */
export async function eraseCommitments(trx: Tenant, personId: string): Promise<void> {
  await trx.deleteFrom('commitments').where('lead_id', '=', personId).execute();
  await trx
    .updateTable('commitments')
    .set({ owner_id: null, owner_name: 'someone', owner_left: true })
    .where('owner_id', '=', personId)
    .execute();
  await trx.updateTable('commitments').set({ with_id: null }).where('with_id', '=', personId).execute();
  await trx.deleteFrom('commitment_limits').where('lead_id', '=', personId).execute();
}

const all = (trx: Tenant) =>
  trx
    .selectFrom('commitments')
    .selectAll()
    .orderBy('due')
    .orderBy('made_at')
    .orderBy('what')
    .orderBy('commitment_id');

async function read(query: ReturnType<typeof all>): Promise<Commitment[]> {
  return (await query.execute()).map(asCommitment);
}

const asCommitment = (row: Selectable<CommitmentsTable>): Commitment => ({
  id: row.commitment_id,
  leadId: row.lead_id,
  owner: { id: row.owner_id, name: row.owner_name, left: row.owner_left },
  withId: row.with_id,
  what: row.what,
  due: row.due,
  source: { kind: row.source_kind, id: row.source_id, words: row.source_words },
  state: row.state,
  reason: row.reason,
  moved: row.moved,
  madeAt: row.made_at,
  saidAt: row.said_at,
  saidIn: row.said_in,
  closedAt: row.closed_at,
});
