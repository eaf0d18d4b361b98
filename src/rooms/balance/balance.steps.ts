// Logging, changing and taking back, each within the transaction it is given: lock, check against the day, keep.

import type { Tenant } from '../../db/tenancy.ts';
import { addWeeks, isoWeek, weekDays } from '../../time/weeks.ts';
import type { Owner } from '../room.ts';
import type { Problem } from './balance.parse.ts';
import * as store from './balance.store.ts';
import { type Draft, type Entry, exceededDays, type Overlap, overlaps } from './balance.ts';
import type { Reader } from './balance.views.ts';

type NonEmpty<T> = [T, ...T[]];

export type LogOutcome =
  | {
      kind: 'logged';
      batchId: string;
      entries: store.KeptEntry[];
      around: store.KeptEntry[];
      clashes: Overlap[];
    }
  | { kind: 'refused'; problems: NonEmpty<Problem> };

/** Keeps all drafts or none. `around`: every entry of the weeks concerned, the new ones included. */
export async function logDrafts(trx: Tenant, drafts: readonly Draft[], reader: Reader): Promise<LogOutcome> {
  const owner = ownerOf(reader);
  await store.lockHours(trx, owner.leadId);
  const before = await entriesAround(
    trx,
    owner.leadId,
    drafts.map(({ day }) => day),
  );
  const full = overfull(drafts, before, reader);
  if (full) return { kind: 'refused', problems: full };
  const kept = await store.saveEntries(trx, owner, drafts, reader.now);
  return { kind: 'logged', ...kept, around: [...before, ...kept.entries], clashes: overlaps(drafts, before) };
}

export type ChangeOutcome =
  | { kind: 'changed'; entry: store.KeptEntry; around: store.KeptEntry[]; clashes: Overlap[] }
  | { kind: 'refused'; problems: NonEmpty<Problem> }
  | { kind: 'gone' };

/** Puts `draft` in the place of an entry. */
export async function changeEntry(
  trx: Tenant,
  entryId: string,
  draft: Draft,
  reader: Reader,
): Promise<ChangeOutcome> {
  const { leadId } = ownerOf(reader);
  await store.lockHours(trx, leadId);
  const others = (await entriesAround(trx, leadId, [draft.day])).filter(({ id }) => id !== entryId);
  const full = overfull([draft], others, reader);
  if (full) return { kind: 'refused', problems: full };
  const entry = await store.updateEntry(trx, leadId, entryId, draft);
  if (!entry) return { kind: 'gone' };
  return { kind: 'changed', entry, around: [...others, entry], clashes: overlaps([draft], others) };
}

export interface Removed {
  gone: store.KeptEntry[];
  around: store.KeptEntry[];
}

/** What is left of a batch goes; `gone` is empty when that was done before. */
export async function removeBatch(trx: Tenant, leadId: string, batchId: string): Promise<Removed> {
  const gone = await store.deleteBatch(trx, leadId, batchId);
  return {
    gone,
    around: await entriesAround(
      trx,
      leadId,
      gone.map(({ day }) => day),
    ),
  };
}

export async function removeEntry(trx: Tenant, leadId: string, entryId: string): Promise<Removed> {
  const entry = await store.deleteEntry(trx, leadId, entryId);
  return { gone: entry ? [entry] : [], around: entry ? await entriesAround(trx, leadId, [entry.day]) : [] };
}

/** Every entry of the weeks those days lie in, and of the day before and after, for ranges over midnight. */
export async function entriesAround(
  trx: Tenant,
  leadId: string,
  days: readonly Temporal.PlainDate[],
): Promise<store.KeptEntry[]> {
  const sorted = days.toSorted(Temporal.PlainDate.compare);
  const [first, last] = [sorted[0], sorted.at(-1)];
  if (!first || !last) return [];
  const [monday] = weekDays(isoWeek(first));
  const [nextMonday] = weekDays(addWeeks(isoWeek(last), 1));
  if (!monday || !nextMonday) throw new Error('A week has days');
  return store.findEntries(trx, leadId, monday.subtract({ days: 1 }), nextMonday);
}

export const ownerOf = ({ lead }: Reader): Owner => ({ workspaceId: lead.workspaceId, leadId: lead.id });

function overfull(
  drafts: readonly Draft[],
  others: readonly Entry[],
  { lead }: Reader,
): NonEmpty<Problem> | undefined {
  const [first, ...more] = exceededDays(drafts, others, lead.timeZone).map(
    (day): Problem => ({ kind: 'over-a-day', part: '', ...day }),
  );
  return first && [first, ...more];
}
