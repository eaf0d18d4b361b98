// The last seven days in a few numbers, for rooms that ask what a week was made of.

import type { Tenant } from '../../db/tenancy.ts';
import { floorOf, type Lead } from '../../leads/leads.ts';
import { localDay } from '../../time/days.ts';
import * as store from './balance.store.ts';
import { type Category, type Entry, isBelowFloor, totals } from './balance.ts';

interface RecentHours {
  leadingMinutes: number;
  codingMinutes: number;
  /** Leading is under the lead's floor. */
  belowFloor: boolean;
  /** Categories with what was logged under them; most time first. */
  kinds: { categoryId: string; name: string; times: number; minutes: number }[];
  /** Notes that came up more than once within a category, as last written; most often first. */
  topics: { categoryId: string; note: string; times: number }[];
}

/** The seven local days up to today. */
export async function findRecentHours(trx: Tenant, lead: Lead, now: Temporal.Instant): Promise<RecentHours> {
  const today = localDay(now, lead.timeZone);
  const entries = await store.findEntries(trx, lead.id, today.subtract({ days: 6 }), today);
  const categories = await store.findCategories(trx, store.ownerOf(lead));
  return recentHours(entries, categories, floorOf(lead));
}

export function recentHours(
  entries: readonly Entry[],
  categories: readonly Category[],
  floor: number,
): RecentHours {
  const { bySide, byCategory, counted } = totals(entries, categories);
  const times = (categoryId: string): number =>
    entries.filter((entry) => entry.categoryId === categoryId).length;
  const kinds = new Map<string, RecentHours['kinds'][number]>();
  // A category that changed sides within the week is still one kind of work.
  for (const { categoryId, name, minutes } of byCategory) {
    const before = kinds.get(categoryId)?.minutes ?? 0;
    kinds.set(categoryId, { categoryId, name, times: times(categoryId), minutes: before + minutes });
  }
  const topics = new Map<string, RecentHours['topics'][number]>();
  for (const { categoryId, note } of entries) {
    if (note === null) continue;
    const key = JSON.stringify([categoryId, note.toLowerCase()]);
    topics.set(key, { categoryId, note, times: (topics.get(key)?.times ?? 0) + 1 });
  }
  return {
    leadingMinutes: bySide.leading,
    codingMinutes: bySide.coding,
    belowFloor: isBelowFloor(bySide.leading, counted, floor),
    kinds: [...kinds.values()].sort((one, other) => other.minutes - one.minutes),
    topics: [...topics.values()]
      .filter((topic) => topic.times > 1)
      .sort((one, other) => other.times - one.times),
  };
}
