// What a logged hour is, and the plain rules about it: sides, shares, floors, sums and what cannot be.

import type { Lead } from '../../leads/leads.ts';
import { localDay, startOfDay } from '../../time/days.ts';

/** Leading first, since that is what goes missing. 'neither' (leave, paperwork) counts for no share. */
export const sides = ['leading', 'coding', 'neither'] as const;

/** Which side of the keel an hour falls on. */
export type Side = (typeof sides)[number];

/** One kind of work a lead logs under. Leads rename, add and move them; the id never changes. */
export interface Category {
  /** A stable slug such as 'one-on-one'. */
  id: string;
  name: string;
  side: Side;
  aliases: string[];
  /** No longer offered or understood when typed, but still named in the past. */
  archived: boolean;
}

/** Time off, under whatever name: the id never changes. It alone is logged ahead. */
export const isLeave = ({ id }: Pick<Category, 'id'>): boolean => id === 'leave';

/**
 * Time that was spent.
 *
 * `side` is the category's side on the day the entry was written. Moving a category to another side changes
 * what comes after, never what was: a week that met the floor then still does. A category's new name, on the
 * other hand, shows everywhere, because it is looked up by id.
 */
export interface Entry {
  id: string;
  /** The lead's local day it counts for. A range over midnight counts for the day it began. */
  day: Temporal.PlainDate;
  minutes: number;
  categoryId: string;
  side: Side;
  /** Slack user ids, in the order they were named, none twice. */
  people: string[];
  note: string | null;
  /** Only for clock ranges and timers; both or neither. */
  startsAt: Temporal.Instant | null;
  endsAt: Temporal.Instant | null;
}

/** An entry that has not been kept yet. */
export type Draft = Omit<Entry, 'id'>;

/** Whose hours they are, and when they are looked at: what it takes to name days and categories the lead's way. */
export interface Reader {
  lead: Lead;
  categories: readonly Category[];
  now: Temporal.Instant;
}

/** The share of leading and coding time below which the digest speaks up about coding, in percent. */
export const codingFloor = 30;

export interface Totals {
  minutes: number;
  /** Of coding and leading: the whole that a share is a share of. */
  counted: number;
  bySide: Record<Side, number>;
  /**
   * Most time first, then by name. A category that moved between two sides within the period has one line
   * for each, since its hours keep the side they were logged under.
   */
  byCategory: { categoryId: string; name: string; side: Side; minutes: number }[];
}

/** Adds entries up. `categories` only gives the names; a category nobody knows any more shows its id. */
export function totals(
  entries: readonly Pick<Entry, 'categoryId' | 'side' | 'minutes'>[],
  categories: readonly Category[],
): Totals {
  const names = new Map(categories.map((category) => [category.id, category.name]));
  const bySide: Record<Side, number> = { coding: 0, leading: 0, neither: 0 };
  const lines = new Map<string, Totals['byCategory'][number]>();
  for (const { categoryId, side, minutes } of entries) {
    bySide[side] += minutes;
    const key = JSON.stringify([side, categoryId]);
    const line = lines.get(key) ?? {
      categoryId,
      name: names.get(categoryId) ?? categoryId,
      side,
      minutes: 0,
    };
    line.minutes += minutes;
    lines.set(key, line);
  }
  const counted = bySide.leading + bySide.coding;
  return {
    minutes: counted + bySide.neither,
    counted,
    bySide,
    byCategory: [...lines.values()].sort((a, b) => b.minutes - a.minutes || compareText(a.name, b.name)),
  };
}

/** Whether `part` of `whole` (both in minutes) is under a floor in percent. Exact: no fractions are compared. */
export function isBelowFloor(part: number, whole: number, floor: number): boolean {
  return part * 100 < floor * whole;
}

/**
 * `part` of `whole` (both in minutes) as a whole percentage, to the nearest, with one exception: what is below
 * the floor never rounds up to it. 39.6 % under a floor of 40 is 39, because "40 %, below your 40 % floor"
 * reads as a mistake and "40 %" alone would be one. Null when there is no whole.
 */
export function wholePercent(part: number, whole: number, floor = 0): number | null {
  if (whole <= 0) return null;
  const nearest = Math.round((part * 100) / whole);
  return isBelowFloor(part, whole, floor) ? Math.min(nearest, Math.ceil(floor) - 1) : nearest;
}

/** Minutes for each day that has any, keyed by the ISO day ('2026-11-20'). */
export function minutesByDay(entries: readonly Pick<Entry, 'day' | 'minutes'>[]): Map<string, number> {
  const sums = new Map<string, number>();
  for (const { day, minutes } of entries) {
    const key = day.toString();
    sums.set(key, (sums.get(key) ?? 0) + minutes);
  }
  return sums;
}

/**
 * Which of these working days have nothing logged, up to and including today: the digest comes on Friday
 * afternoon, and a Friday still empty then is worth offering. Leave is logged, so it fills its day.
 */
export function emptyDays(
  working: readonly Temporal.PlainDate[],
  entries: readonly Pick<Entry, 'day' | 'minutes'>[],
  today: Temporal.PlainDate,
): Temporal.PlainDate[] {
  const logged = minutesByDay(entries);
  return working.filter((day) => Temporal.PlainDate.compare(day, today) <= 0 && !logged.has(day.toString()));
}

/** Those of the days given, which follow one another. */
export function entriesOn<E extends Pick<Entry, 'day'>>(
  entries: readonly E[],
  days: readonly Temporal.PlainDate[],
): E[] {
  const [first, last] = [days[0], days.at(-1)];
  if (!first || !last) return [];
  return entries.filter(
    ({ day }) => Temporal.PlainDate.compare(day, first) >= 0 && Temporal.PlainDate.compare(day, last) <= 0,
  );
}

export interface Overlap {
  draft: Draft;
  /** What it runs into: an entry kept earlier, or another draft of the same line. */
  other: Entry | Draft;
}

/**
 * Pairs whose clock times share at least a moment. A meeting that starts when the last one ends is no overlap,
 * and what was logged without clock times overlaps nothing.
 */
export function overlaps(drafts: readonly Draft[], entries: readonly Entry[]): Overlap[] {
  const pairs: Overlap[] = [];
  for (const [index, draft] of drafts.entries()) {
    const others = [...entries, ...drafts.slice(index + 1)];
    for (const other of others) if (clash(draft, other)) pairs.push({ draft, other });
  }
  return pairs;
}

function clash(one: Draft, two: Draft): boolean {
  if (!one.startsAt || !one.endsAt || !two.startsAt || !two.endsAt) return false;
  return (
    Temporal.Instant.compare(one.startsAt, two.endsAt) < 0 &&
    Temporal.Instant.compare(two.startsAt, one.endsAt) < 0
  );
}

/**
 * How many minutes a local day has. 24 h, except on the two days a year when the clocks change: 23 h or 25 h
 * (23 h 30 min and 24 h 30 min on Lord Howe Island). We hold a day to its real length, so that midnight to
 * midnight can be logged on the long one and no more than there was on the short one.
 */
export function minutesInDay(day: Temporal.PlainDate, zone: string): number {
  return day.toZonedDateTime(zone).hoursInDay * 60;
}

interface FullDay {
  day: Temporal.PlainDate;
  /** What the day would hold, old and new together. */
  minutes: number;
  /** What it can hold. */
  most: number;
}

/** The days that would hold more than they have, in order, if `drafts` were added to `entries`. */
export function exceededDays(
  drafts: readonly Pick<Entry, 'day' | 'minutes'>[],
  entries: readonly Pick<Entry, 'day' | 'minutes'>[],
  zone: string,
): FullDay[] {
  const sums = minutesByDay([...entries, ...drafts]);
  return [...minutesByDay(drafts).keys()]
    .sort()
    .map((key) => Temporal.PlainDate.from(key))
    .map((day) => ({ day, minutes: sums.get(day.toString()) ?? 0, most: minutesInDay(day, zone) }))
    .filter(({ minutes, most }) => minutes > most);
}

/**
 * Today, where so much was logged for it that it cannot have passed yet: more than since it began, up to now or to the
 * end of a stretch that is going on. Leave is often logged in the morning for all of the day.
 */
export function aheadOfTheClock(
  drafts: readonly Draft[],
  entries: readonly Draft[],
  now: Temporal.Instant,
  zone: string,
): FullDay | undefined {
  const day = localDay(now, zone);
  const worked = (all: readonly Draft[]) =>
    all.filter((one) => one.day.equals(day) && !isLeave({ id: one.categoryId }));
  if (worked(drafts).length === 0) return undefined;
  const all = worked([...drafts, ...entries]);
  const until = all
    .flatMap(({ startsAt, endsAt }) =>
      startsAt && endsAt && Temporal.Instant.compare(startsAt, now) <= 0 ? [endsAt] : [],
    )
    .reduce((last, end) => (Temporal.Instant.compare(end, last) > 0 ? end : last), now);
  const most = Math.floor(startOfDay(day, zone).until(until).total('minutes'));
  const minutes = all.reduce((sum, one) => sum + one.minutes, 0);
  return minutes > most ? { day, minutes, most } : undefined;
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
