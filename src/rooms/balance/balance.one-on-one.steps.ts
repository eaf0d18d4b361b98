// What other rooms may ask of this one: time spent in a 1:1, logged once and taken back along with it.

import type { Tenant } from '../../db/tenancy.ts';
import type { Lead } from '../../leads/leads.ts';
import { logDrafts } from './balance.steps.ts';
import { deleteBatch, findCategories, findEntries, lockHours, ownerOf } from './balance.store.ts';

const oneOnOneCategory = 'one-on-one';

export type OneOnOneLogged =
  | { kind: 'logged'; batchId: string }
  /** An entry with that person stands on that day already: `/logtime` or another device was first. */
  | { kind: 'logged-before'; minutes: number }
  /** The day has no room for so much, or the lead put the category away. */
  | { kind: 'refused'; why: 'day-full' | 'no-category' };

export interface OneOnOneTime {
  /** Minutes logged to 1:1s with that person on that local day; 0: none. */
  loggedWith(trx: Tenant, lead: Lead, personId: string, day: Temporal.PlainDate): Promise<number>;
  log(
    trx: Tenant,
    lead: Lead,
    spent: { personId: string; day: Temporal.PlainDate; minutes: number },
    now: Temporal.Instant,
  ): Promise<OneOnOneLogged>;
  /** Takes back what `log` kept; does nothing where the lead did that already. */
  takeBack(trx: Tenant, lead: Lead, batchId: string): Promise<void>;
}

export const oneOnOneTime: OneOnOneTime = {
  async loggedWith(trx, lead, personId, day) {
    const entries = await findEntries(trx, lead.id, day, day);
    return entries
      .filter(({ categoryId, people }) => categoryId === oneOnOneCategory && people.includes(personId))
      .reduce((sum, { minutes }) => sum + minutes, 0);
  },

  async log(trx, lead, { personId, day, minutes }, now) {
    const categories = await findCategories(trx, ownerOf(lead));
    const category = categories.find(({ id, archived }) => id === oneOnOneCategory && !archived);
    if (!category) return { kind: 'refused', why: 'no-category' };
    const draft = {
      day,
      minutes,
      categoryId: category.id,
      side: category.side,
      people: [personId],
      note: null,
      startsAt: null,
      endsAt: null,
    };
    // Behind the lock that every logging takes, so that two at the same moment cannot both find nothing.
    await lockHours(trx, lead.id);
    const before = await oneOnOneTime.loggedWith(trx, lead, personId, day);
    if (before > 0) return { kind: 'logged-before', minutes: before };
    const outcome = await logDrafts({ trx, lead, categories, now }, [draft]);
    return outcome.kind === 'logged'
      ? { kind: 'logged', batchId: outcome.batchId }
      : { kind: 'refused', why: 'day-full' };
  },

  async takeBack(trx, lead, batchId) {
    await deleteBatch(trx, lead.id, batchId);
  },
};
