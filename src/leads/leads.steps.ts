// What one transaction keeps of a lead: the settings they chose, and what became of a time zone noticed in Slack.

import type { Tenant } from '../db/tenancy.ts';
import type { Owner } from '../rooms/room.ts';
import { isSameZone } from '../time/zones.ts';
import * as store from './leads.store.ts';
import type { Lead, LeadSettings } from './leads.ts';

/** Somebody about whom something is to be kept, a lead or not yet. */
export interface PersonStep {
  trx: Tenant;
  who: Owner;
  now: Temporal.Instant;
  /** The rooms plan anew what depends on a lead's settings; `before`: as they were. */
  changed(trx: Tenant, lead: Lead, now: Temporal.Instant, before?: Lead): Promise<void>;
}

/** Keeps settings they chose themselves; whoever is no lead becomes one. */
export async function keepSettings(
  { trx, who, now, changed }: PersonStep,
  settings: LeadSettings,
): Promise<{ lead: Lead; isFirst: boolean }> {
  const before = await store.addLead(trx, who, settings, now);
  const lead = await store.saveSettings(trx, who.leadId, settings, now);
  await changed(trx, lead, now, before);
  return { lead, isFirst: before.setUpAt === null };
}

/** Slack has them in that zone: offered to a lead whose days follow another. Whether they see anything new. */
export async function noticeZone(trx: Tenant, leadId: string, zone: string): Promise<boolean> {
  const lead = await store.findLead(trx, leadId);
  if (!lead) return false;
  if (!isSameZone(zone, lead.timeZone)) return store.offerTimeZone(trx, leadId, zone);
  await store.clearTimeZoneOffer(trx, leadId);
  return lead.offeredTimeZone !== null;
}

/** Their days follow the zone that was offered; undefined where none or another is offered by now. */
export async function takeZone(
  { trx, who, now, changed }: PersonStep,
  zone: string,
): Promise<Lead | undefined> {
  const before = await isOffered(trx, who, zone);
  if (!before) return undefined;
  const moved = await store.saveTimeZone(trx, who.leadId, zone);
  await changed(trx, moved, now, before);
  return moved;
}

/** Their days stay where they are; undefined where none or another zone is offered by now. */
export async function keepZone({ trx, who }: PersonStep, zone: string): Promise<Lead | undefined> {
  const lead = await isOffered(trx, who, zone);
  if (lead) await store.declineTimeZone(trx, who.leadId);
  return lead;
}

async function isOffered(trx: Tenant, { leadId }: Owner, zone: string): Promise<Lead | undefined> {
  const lead = await store.findLead(trx, leadId);
  return lead?.offeredTimeZone === zone ? lead : undefined;
}
