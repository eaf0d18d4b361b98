// Logging, changing and taking back, each within the transaction it is given: lock, check against the day, keep.

import type { Step } from '../../leads/index.ts';
import { localDay } from '../../time/days.ts';
import { type IsoWeek, isoWeek, nextWeek, weekDays } from '../../time/weeks.ts';
import { type Problem, type Refused, refused } from './balance.parse.ts';
import { daysNeeded, reportWeek, type WeekReport } from './balance.report.ts';
import * as store from './balance.store.ts';
import type { Timer } from './balance.timer.ts';
import {
  aheadOfTheClock,
  type Category,
  type Draft,
  type Entry,
  entriesOn,
  exceededDays,
  type Overlap,
  overlaps,
} from './balance.ts';

/** A step of this room knows the lead's categories as well. */
export interface BalanceStep extends Step {
  categories: readonly Category[];
}

/** Every entry of the weeks concerned: what a day or week amounts to now is read off these. */
interface Around {
  around: store.KeptEntry[];
}

export interface Logged extends Around {
  kind: 'logged';
  batchId: string;
  entries: store.KeptEntry[];
  clashes: Overlap[];
}

/** Keeps all drafts or none. `sure`: they said that it is so, however much it is for this time of the day. */
export async function logDrafts(
  step: BalanceStep,
  drafts: readonly Draft[],
  sure = false,
): Promise<Logged | Refused> {
  await store.lockHours(step.trx, step.lead.id);
  const before = await entriesAround(step, drafts);
  const full = overfull(step, drafts, before) ?? (sure ? undefined : tooEarly(step, drafts, before));
  if (full) return full;
  const kept = await store.saveEntries(step.trx, store.ownerOf(step.lead), drafts, step.now);
  return { kind: 'logged', ...kept, around: [...before, ...kept.entries], clashes: overlaps(drafts, before) };
}

export interface Changed extends Around {
  kind: 'changed';
  entry: store.KeptEntry;
  clashes: Overlap[];
}

/** Puts `draft` in the place of an entry. */
export async function changeEntry(
  step: BalanceStep,
  entryId: string,
  draft: Draft,
): Promise<Changed | Refused | { kind: 'gone' }> {
  await store.lockHours(step.trx, step.lead.id);
  const others = (await entriesAround(step, [draft])).filter(({ id }) => id !== entryId);
  const full = overfull(step, [draft], others) ?? tooEarly(step, [draft], others);
  if (full) return full;
  const entry = await store.updateEntry(step.trx, step.lead.id, entryId, draft);
  if (!entry) return { kind: 'gone' };
  return { kind: 'changed', entry, around: [...others, entry], clashes: overlaps([draft], others) };
}

export interface Removed extends Around {
  /** Empty when that was done before. */
  gone: store.KeptEntry[];
}

/** Takes back an entry, or what is left of a batch. */
export async function takeBack(
  step: Step,
  which: { entryId: string } | { batchId: string },
): Promise<Removed> {
  const gone = await store.deleteEntries(step.trx, step.lead.id, which);
  return { gone, around: await entriesAround(step, gone) };
}

/** Takes back what the lead logged last; undefined when there is nothing. */
export async function takeBackLast(step: Step): Promise<Removed | undefined> {
  const [last] = await store.findRecentEntries(step.trx, step.lead.id, 1);
  return last && takeBack(step, { batchId: last.batchId });
}

export interface Today {
  entries: store.KeptEntry[];
  /** All of this week's. */
  week: store.KeptEntry[];
  timer: Timer | undefined;
}

export async function findToday(step: Step): Promise<Today> {
  const day = localDay(step.now, step.lead.timeZone);
  const around = await entriesAround(step, [{ day }]);
  return {
    entries: entriesOn(around, [day]),
    week: entriesOn(around, weekDays(isoWeek(day))),
    timer: await store.findTimer(step.trx, step.lead.id),
  };
}

export async function findReport(step: Step, week: IsoWeek): Promise<WeekReport> {
  const { from, to } = daysNeeded(week);
  const categories = await store.findCategories(step.trx, store.ownerOf(step.lead));
  const entries = await store.findEntries(step.trx, step.lead.id, from, to);
  return reportWeek(week, entries, { ...step, categories });
}

/** Adds the category, or changes the one with its id; the step goes on with what the lead has now. */
export async function keepCategory<S extends BalanceStep>(step: S, category: Category): Promise<S> {
  const owner = store.ownerOf(step.lead);
  await store.saveCategory(step.trx, owner, category);
  return { ...step, categories: await store.findCategories(step.trx, owner) };
}

/** Every entry of the weeks those lie in, and of the day before and after, for ranges over midnight. */
async function entriesAround(
  { trx, lead }: Step,
  those: readonly Pick<Entry, 'day'>[],
): Promise<store.KeptEntry[]> {
  const days = those.map(({ day }) => day).sort(Temporal.PlainDate.compare);
  const [first, last] = [days[0], days.at(-1)];
  if (!first || !last) return [];
  const [monday] = weekDays(isoWeek(first));
  const [nextMonday] = weekDays(nextWeek(isoWeek(last)));
  return store.findEntries(trx, lead.id, monday.subtract({ days: 1 }), nextMonday);
}

function overfull({ lead }: Step, drafts: readonly Draft[], others: readonly Entry[]): Refused | undefined {
  const full = exceededDays(drafts, others, lead.timeZone);
  return full.length > 0
    ? refused(full.map((day): Problem => ({ kind: 'over-a-day', part: '', ...day })))
    : undefined;
}

function tooEarly(
  { lead, now }: Step,
  drafts: readonly Draft[],
  others: readonly Entry[],
): Refused | undefined {
  const ahead = aheadOfTheClock(drafts, others, now, lead.timeZone);
  return ahead && refused([{ kind: 'ahead-of-the-clock', part: '', ...ahead }]);
}
