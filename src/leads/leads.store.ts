// What is remembered of leads.

import type { Selectable } from 'kysely';
import type { Tenant } from '../db/tenancy.ts';
import type { LeadsTable } from './leads.tables.ts';
import { defaultSettings, type Lead, type LeadSettings, type Member, pausesWith } from './leads.ts';

export async function findLead(trx: Tenant, leadId: string): Promise<Lead | undefined> {
  const found = await trx
    .selectFrom('leads')
    .selectAll()
    .where('lead_id', '=', leadId)
    .where('guest', '=', false)
    .executeTakeFirst();
  return found && asLead(found);
}

/** Whoever may be prompted: a lead, or a guest, who leads nobody here and is only reminded of what they took on. */
export async function findMember(trx: Tenant, personId: string): Promise<Lead | undefined> {
  const found = await trx.selectFrom('leads').selectAll().where('lead_id', '=', personId).executeTakeFirst();
  return found && asLead(found);
}

/** Leads and guests by id, from the one after `after` on. */
export async function findPrompted(
  trx: Tenant,
  after: string,
  most: number,
): Promise<{ lead: Lead; guest: boolean }[]> {
  const rows = await trx
    .selectFrom('leads')
    .selectAll()
    .where('lead_id', '>', after)
    .orderBy('lead_id')
    .limit(most)
    .execute();
  return rows.map((row) => ({ lead: asLead(row), guest: row.guest }));
}

/** Makes somebody a guest, with the default hours in their zone, unless they are known already. */
export async function addGuest(
  trx: Tenant,
  who: { workspaceId: string; personId: string; timeZone: string },
  now: Temporal.Instant,
): Promise<void> {
  await trx
    .insertInto('leads')
    .values({
      workspace_id: who.workspaceId,
      lead_id: who.personId,
      ...columnsOf(defaultSettings(who.timeZone)),
      offered_time_zone: null,
      declined_time_zone: null,
      paused_until: null,
      set_up_at: null,
      guest: true,
      created_at: now,
    })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'lead_id']).doNothing())
    .execute();
}

/** Keeps that somebody is gone from Slack. False where that was known; who is not known here is always news. */
export async function markLeft(trx: Tenant, personId: string, now: Temporal.Instant): Promise<boolean> {
  const found = await trx
    .selectFrom('leads')
    .select('left_at')
    .where('lead_id', '=', personId)
    .forUpdate()
    .executeTakeFirst();
  if (found?.left_at) return false;
  await trx.updateTable('leads').set({ left_at: now }).where('lead_id', '=', personId).execute();
  return true;
}

export async function markBack(trx: Tenant, personId: string): Promise<void> {
  await trx
    .updateTable('leads')
    .set({ left_at: null })
    .where('lead_id', '=', personId)
    .where('left_at', 'is not', null)
    .execute();
}

/** A guest's days follow Slack's word on their zone: they have no settings to be asked in. */
export async function moveGuest(trx: Tenant, personId: string, timeZone: string): Promise<Lead | undefined> {
  const moved = await trx
    .updateTable('leads')
    .set({ time_zone: timeZone })
    .where('lead_id', '=', personId)
    .where('guest', '=', true)
    .where('time_zone', '!=', timeZone)
    .returningAll()
    .executeTakeFirst();
  return moved && asLead(moved);
}

/** Makes the lead unless somebody else just did; either way the lead as kept. */
export async function addLead(
  trx: Tenant,
  who: { workspaceId: string; leadId: string },
  settings: LeadSettings,
  now: Temporal.Instant,
): Promise<Lead> {
  const made = await trx
    .insertInto('leads')
    .values({
      workspace_id: who.workspaceId,
      lead_id: who.leadId,
      ...columnsOf(settings),
      offered_time_zone: null,
      declined_time_zone: null,
      paused_until: null,
      set_up_at: null,
      created_at: now,
    })
    // A guest becomes a lead. Updating nothing else makes `returning` yield the row that was there.
    .onConflict((conflict) => conflict.columns(['workspace_id', 'lead_id']).doUpdateSet({ guest: false }))
    .returningAll()
    .executeTakeFirstOrThrow();
  return asLead(made);
}

/** A guest who leads somebody after all. */
export async function makeLead(trx: Tenant, personId: string): Promise<Lead> {
  const made = await trx
    .updateTable('leads')
    .set({ guest: false })
    .where('lead_id', '=', personId)
    .returningAll()
    .executeTakeFirstOrThrow();
  return asLead(made);
}

/** Keeps settings the lead chose themselves, which also answers an offered zone. */
export async function saveSettings(
  trx: Tenant,
  leadId: string,
  settings: LeadSettings,
  now: Temporal.Instant,
): Promise<Lead> {
  const saved = await trx
    .updateTable('leads')
    .set((column) => ({
      ...columnsOf(settings),
      offered_time_zone: null,
      declined_time_zone: column.fn.coalesce('offered_time_zone', 'declined_time_zone'),
      set_up_at: now,
    }))
    .where('lead_id', '=', leadId)
    .returningAll()
    .executeTakeFirstOrThrow();
  return asLead(saved);
}

export async function saveTimeZone(trx: Tenant, leadId: string, timeZone: string): Promise<Lead> {
  const saved = await trx
    .updateTable('leads')
    .set({ time_zone: timeZone, offered_time_zone: null, declined_time_zone: null })
    .where('lead_id', '=', leadId)
    .returningAll()
    .executeTakeFirstOrThrow();
  return asLead(saved);
}

/** Slack has the lead somewhere else. False where they were offered that zone before, or turned it down. */
export async function offerTimeZone(trx: Tenant, leadId: string, timeZone: string): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('leads')
    .set({ offered_time_zone: timeZone })
    .where('lead_id', '=', leadId)
    .where('offered_time_zone', 'is distinct from', timeZone)
    .where('declined_time_zone', 'is distinct from', timeZone)
    .executeTakeFirstOrThrow();
  return numUpdatedRows > 0n;
}

/** The lead stays on their zone although Slack has them elsewhere. */
export async function declineTimeZone(trx: Tenant, leadId: string): Promise<void> {
  await trx
    .updateTable('leads')
    .set((column) => ({ declined_time_zone: column.ref('offered_time_zone'), offered_time_zone: null }))
    .where('lead_id', '=', leadId)
    .execute();
}

/** Slack has the lead in their own zone: nothing to offer, and the next journey is a new one. */
export async function clearTimeZoneOffer(trx: Tenant, leadId: string): Promise<void> {
  await trx
    .updateTable('leads')
    .set({ offered_time_zone: null, declined_time_zone: null })
    .where('lead_id', '=', leadId)
    .execute();
}

/** Until when nothing unasked is said; null: the pause is over. Keeps since when, too. */
export async function savePause(
  trx: Tenant,
  member: Member,
  until: Temporal.Instant | null,
  now: Temporal.Instant,
): Promise<void> {
  const pauses = pausesWith(member, until, now).map((one) => ({
    from: one.from.toString(),
    until: one.until.toString(),
  }));
  await trx
    .updateTable('leads')
    .set({ paused_until: until, pauses: JSON.stringify(pauses) as never })
    .where('lead_id', '=', member.id)
    .execute();
}

/** Takes the lead's row away; whatever still hangs on it goes too. */
export async function deleteLead(trx: Tenant, leadId: string): Promise<void> {
  await trx.deleteFrom('leads').where('lead_id', '=', leadId).execute();
}

const columnsOf = (settings: LeadSettings) => ({
  engineers: settings.engineers,
  target_percent: settings.targetPercent,
  time_zone: settings.timeZone,
  working_days: settings.workingDays,
  workday_starts: settings.workdayStarts,
  workday_ends: settings.workdayEnds,
  digest_day: settings.digestDay,
  digest_time: settings.digestTime,
  holiday_region: settings.holidayRegion,
  prompts_per_day: settings.promptsPerDay,
});

const asLead = (row: Selectable<LeadsTable>): Lead => ({
  workspaceId: row.workspace_id,
  id: row.lead_id,
  engineers: row.engineers,
  targetPercent: row.target_percent,
  timeZone: row.time_zone,
  offeredTimeZone: row.offered_time_zone,
  workingDays: row.working_days,
  workdayStarts: row.workday_starts,
  workdayEnds: row.workday_ends,
  digestDay: row.digest_day,
  digestTime: row.digest_time,
  holidayRegion: row.holiday_region,
  promptsPerDay: row.prompts_per_day,
  pausedUntil: row.paused_until,
  pauses: row.pauses.map(({ from, until }) => ({
    from: Temporal.Instant.from(from),
    until: Temporal.Instant.from(until),
  })),
  leftAt: row.left_at,
  setUpAt: row.set_up_at,
});
