// What other rooms may ask of this one: time spent in a 1:1, logged once and taken back along with it.

import type { Tenant } from '../../db/tenancy.ts';
import type { Lead } from '../../leads/leads.ts';
import { logDrafts } from './balance.steps.ts';
import {
  deleteEntries,
  findCategories,
  findEntries,
  findLastWith,
  lockHours,
  ownerOf,
} from './balance.store.ts';

const oneOnOneCategory = 'one-on-one';

type OneOnOneLogged =
  | { kind: 'logged'; batchId: string }
  /** An entry with that person stands on that day already: `/logtime` or another device was first. */
  | { kind: 'logged-before'; minutes: number }
  /** The day has no room for so much, or the lead put the category away. */
  | { kind: 'refused'; why: 'day-full' | 'no-category' };

/** Minutes logged to 1:1s with that person on that local day; 0: none. */
async function loggedWith(
  trx: Tenant,
  lead: Lead,
  personId: string,
  day: Temporal.PlainDate,
): Promise<number> {
  const entries = await findEntries(trx, lead.id, day, day);
  return entries
    .filter(({ categoryId, people }) => categoryId === oneOnOneCategory && people.includes(personId))
    .reduce((sum, { minutes }) => sum + minutes, 0);
}

async function log(
  trx: Tenant,
  lead: Lead,
  { personId, day, minutes }: { personId: string; day: Temporal.PlainDate; minutes: number },
  now: Temporal.Instant,
): Promise<OneOnOneLogged> {
  const categories = await findCategories(trx, ownerOf(lead));
  const category = categories.find(({ id, archived }) => id === oneOnOneCategory && !archived);
  if (!category) return { kind: 'refused', why: 'no-category' };
  const { id: categoryId, side } = category;
  const spent = { day, minutes, categoryId, side, people: [personId] };
  // Behind the lock that every logging takes, so that two at the same moment cannot both find nothing.
  await lockHours(trx, lead.id);
  const before = await loggedWith(trx, lead, personId, day);
  if (before > 0) return { kind: 'logged-before', minutes: before };
  const outcome = await logDrafts({ trx, lead, categories, now }, [
    { ...spent, note: null, startsAt: null, endsAt: null },
  ]);
  return outcome.kind === 'logged'
    ? { kind: 'logged', batchId: outcome.batchId }
    : { kind: 'refused', why: 'day-full' };
}

export const oneOnOneTime = {
  loggedWith,
  /** The latest local day with a 1:1 logged, by person. */
  lastLogged: (trx: Tenant, lead: Lead): Promise<Map<string, Temporal.PlainDate>> =>
    findLastWith(trx, lead.id, oneOnOneCategory),
  log,
  /** Takes back what `log` kept; does nothing where the lead did that already. */
  async takeBack(trx: Tenant, lead: Lead, batchId: string): Promise<void> {
    await deleteEntries(trx, lead.id, { batchId });
  },
};
