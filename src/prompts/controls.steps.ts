// What a lead's own hand does to their prompts: put off, skipped, posted, listed, held back by a pause. One transaction each.

import type { Button } from '@slack/types';
import type { Tenant } from '../db/tenancy.ts';
import type { Lead } from '../leads/leads.ts';
import type { WhichYear } from '../time/days.parse.ts';
import { atClock, endOfDay, localDay, startOfDay } from '../time/days.ts';
import { readUntil } from '../time/until.ts';
import { coming, type Listed, type Outlook, outlookOf, type Titled } from './coming.ts';
import * as store from './controls.store.ts';
import { findHeld, type Held, namedAs } from './held.ts';
import { isNotice, pauseOver, pauseOverPlan } from './notices.ts';
import {
  type Delivery,
  findDelivery,
  planSchedule,
  removeSchedule,
  replanLead,
  type Schedule,
} from './prompts.store.ts';
import type { PromptKind } from './prompts.ts';
import { type Snooze, snoozedUntil } from './snooze.ts';

export interface ControlTools {
  /** Every kind a room may ask. */
  kinds(): PromptKind[];
  /** A lead, or a guest, who has prompts as well. */
  findLead(trx: Tenant, leadId: string): Promise<Lead | undefined>;
  /** Keeps until when nothing unasked is said; null: not paused. */
  savePause(trx: Tenant, lead: Lead, until: Temporal.Instant | null, now: Temporal.Instant): Promise<void>;
}

/** One transaction about somebody's own prompts. */
export interface ControlStep extends ControlTools {
  trx: Tenant;
  lead: Lead;
  now: Temporal.Instant;
}

/** What became of a prompt; the menu or button of one that is `stale` was an old one. */
type Handled = { kind: 'unknown' } | { kind: 'done' | 'stale'; delivery: Delivery; title: string };

const kindOf = ({ kinds }: Pick<ControlTools, 'kinds'>, name: string): PromptKind | undefined =>
  kinds().find((kind) => kind.name === name);

export const titleOf = (tools: Pick<ControlTools, 'kinds'>, name: string): string =>
  kindOf(tools, name)?.title ?? 'A prompt';

/** Leads to where its rhythm is changed; undefined: it is changed here. */
export function changedBehind(tools: ControlTools, { kind: name }: Schedule): Button | undefined {
  const kind = kindOf(tools, name);
  return kind && 'changedBehind' in kind ? kind.changedBehind : undefined;
}

export const titled = async (step: ControlStep, schedule: Schedule): Promise<Titled> => ({
  schedule,
  ...(await namedAs(step.trx, kindOf(step, schedule.kind), schedule)),
});

/** What `/keel prompts` lists. */
export async function listPrompts(step: ControlStep): Promise<Outlook> {
  const { trx, lead, now } = step;
  const waiting = await store.listWaiting(trx, lead.id);
  const listed: Titled[] = [];
  for (const schedule of await store.listSchedules(trx, lead.id)) {
    const what = isNotice(schedule.kind) ? 'notice' : kindOf(step, schedule.kind)?.kind;
    // Nor is an errand that comes once a habit to switch off: somebody is waiting for it.
    if (what === 'notice' || (what === 'errand' && schedule.rule === null)) continue;
    listed.push(await titled(step, schedule));
  }
  return outlookOf(listed, waiting, endOfDay(localDay(now, lead.timeZone).add({ days: 6 }), lead.timeZone));
}

/** The one schedule that a prompt came from, as the list would show it. */
export async function listOne(step: ControlStep, deliveryId: string): Promise<Listed | undefined> {
  const schedule = await store.scheduleOf(step.trx, step.lead.id, deliveryId);
  const fortnight = step.now.add({ hours: 14 * 24 });
  return schedule && { ...(await titled(step, schedule)), coming: coming(schedule, [], fortnight) };
}

/** Undefined: nothing is held back at the moment. */
export const pausedUntil = ({
  lead,
  now,
}: Pick<ControlStep, 'lead' | 'now'>): Temporal.Instant | undefined =>
  lead.pausedUntil && Temporal.Instant.compare(lead.pausedUntil, now) > 0 ? lead.pausedUntil : undefined;

export type PauseRefusal = { kind: 'refused'; text: string } & (
  | { why: 'unreadable' | 'no-such-day' | 'no-such-time' | 'in-a-gap' | 'past' | 'too-far' }
  | Pick<WhichYear, 'why' | 'near' | 'far'>
);

/** A longer one is a slip of the finger. */
const longestPauseDays = 400;

/** Reads until when, as `until 3 jan`, `for 2 weeks` or `until friday 14:00`. */
export function readPause(
  { lead, now }: Pick<ControlStep, 'lead' | 'now'>,
  text: string,
): { kind: 'until'; until: Temporal.Instant } | PauseRefusal {
  const { timeZone } = lead;
  const typed = text.trim().replace(/^(?:until|till?|for|to|by|through)$/i, '');
  const refused = (why: Exclude<PauseRefusal['why'], 'which-year'>, about = typed): PauseRefusal => ({
    kind: 'refused',
    why,
    text: about,
  });
  const today = localDay(now, timeZone);
  const reading = readUntil(typed, today);
  if (reading.kind === 'none') return refused('unreadable');
  if (reading.kind === 'refused') {
    if (reading.why === 'which-year') return reading;
    return refused(reading.why === 'no-such-zone' ? 'unreadable' : reading.why, reading.text);
  }
  if (reading.kind === 'for') return { kind: 'until', until: now.add({ minutes: reading.minutes }) };
  const { day, time, through } = reading;
  const at = time ? atClock(day, time, timeZone) : undefined;
  if (at?.kind === 'in-a-gap') return refused('in-a-gap');
  const until = at?.instant ?? startOfDay(through ? day.add({ days: 1 }) : day, timeZone);
  if (Temporal.Instant.compare(until, now) <= 0) return refused('past');
  return today.until(day).days > longestPauseDays ? refused('too-far') : { kind: 'until', until };
}

/** Nothing comes unasked until then. */
export async function pause({ trx, lead, savePause, now }: ControlStep, until: Temporal.Instant) {
  await savePause(trx, lead, until, now);
  // What a longer pause holds already is looked at again: this one may end sooner.
  await replanLead(trx, { ...lead, pausedUntil: until }, now);
  await planSchedule(trx, pauseOverPlan(lead, until), now);
}

/** The pause is over; what it held back, oldest first. */
export async function resume(step: ControlStep): Promise<Held[]> {
  const { trx, lead, savePause, now } = step;
  await savePause(trx, lead, null, now);
  await replanLead(trx, { ...lead, pausedUntil: null }, now);
  await removeSchedule(trx, { leadId: lead.id, kind: pauseOver }, now);
  const held = await findHeld(trx, lead.id, (kind) => kindOf(step, kind));
  await store.forgetHeldBack(trx, lead.id, now);
  return held;
}

/** The prompt comes again; the series stays as it is. */
export async function snooze(
  step: ControlStep,
  shown: store.Shown,
  choice: Snooze,
): Promise<Handled & { until: Temporal.Instant }> {
  const { trx, lead, now } = step;
  const until = snoozedUntil(lead, choice, now);
  const found = await lockOpen(step, shown);
  if (found.kind === 'done')
    await store.comeAgain(trx, shown.deliveryId, { at: until, reason: 'snoozed', now });
  return { ...found, until };
}

export async function skip(step: ControlStep, shown: store.Shown): Promise<Handled> {
  const found = await lockOpen(step, shown);
  if (found.kind === 'done') await store.skipDelivery(step.trx, shown.deliveryId, step.now);
  return found;
}

/** Posts a prompt that nobody can vouch for; only while that is so. */
export async function postNow(step: ControlStep, deliveryId: string): Promise<Handled> {
  const { trx, lead, now } = step;
  const delivery = await findDelivery(trx, deliveryId);
  if (delivery?.lead_id !== lead.id) return { kind: 'unknown' };
  const found = await lockOpen(step, { deliveryId, round: delivery.round });
  if (found.kind !== 'done') return found;
  if (found.delivery.state !== 'unknown') return { ...found, kind: 'stale' };
  await store.comeAgain(trx, deliveryId, { at: now, reason: 'post-now', now });
  return found;
}

async function lockOpen(step: ControlStep, shown: store.Shown): Promise<Handled> {
  const found = await store.lockShown(step.trx, step.lead.id, shown);
  return found ? { ...found, title: titleOf(step, found.delivery.kind) } : { kind: 'unknown' };
}
