// Memory of the reconciler: when each workspace is looked at next, what is planned for whom, and putting it right.

import { sql } from 'kysely';
import type { Engine, Tenant } from '../db/tenancy.ts';
import type { Difference } from './differences.ts';
import { planSchedule, removeSchedule, type Schedule } from './prompts.store.ts';
import type { Wanted } from './prompts.ts';
import { firstAfter, whenOf } from './when.ts';

/** The workspaces whose turn it is, each handed to one replica only: the next time is set before anything is done. */
export async function takeDue(
  trx: Engine,
  workspaces: readonly string[],
  next: Temporal.Instant,
  now: Temporal.Instant,
): Promise<string[]> {
  const { rows } = await sql<{ workspace_id: string }>`
    update reconciliations set due_at = ${next}
    where due_at <= ${now} and workspace_id = any (${workspaces}::text[])
    returning workspace_id`.execute(trx);
  return rows.map((row) => row.workspace_id);
}

/** They are looked at with the next tick. */
export async function makeDue(
  trx: Engine,
  workspaces: readonly string[],
  now: Temporal.Instant,
): Promise<void> {
  await sql`
    insert into reconciliations (workspace_id, due_at)
    select workspace_id, ${now} from unnest(${workspaces}::text[]) as workspace_id order by 1
    on conflict (workspace_id) do update set due_at = excluded.due_at
    where reconciliations.due_at > excluded.due_at`.execute(trx);
}

/** What these leads have to come, and whatever is kept of the schedules that are wanted. */
export async function findSchedules(
  trx: Tenant,
  leadIds: readonly string[],
  wanted: readonly Wanted[],
): Promise<Schedule[]> {
  const toCome = await trx
    .selectFrom('schedules')
    .selectAll()
    .where(sql<boolean>`lead_id = any (${leadIds}::text[])`)
    .where('next_at', 'is not', null)
    .execute();
  const named = await trx
    .selectFrom('schedules')
    .selectAll()
    .where('next_at', 'is', null)
    .where(sql<boolean>`(lead_id, kind, subject) in (select * from unnest(
      ${wanted.map(({ leadId }) => leadId)}::text[], ${wanted.map(({ kind }) => kind)}::text[],
      ${wanted.map(({ subject }) => subject ?? '')}::text[]))`)
    .execute();
  return [...toCome, ...named];
}

/** False where there was nothing to put right after all. */
export async function mend(trx: Tenant, found: Difference, now: Temporal.Instant): Promise<boolean> {
  switch (found.what) {
    case 'missing':
    case 'different':
      await planSchedule(trx, found.plan, now);
      return true;
    case 'unwanted': {
      const { lead_id: leadId, kind, subject } = found.schedule;
      await removeSchedule(trx, { leadId, kind, subject }, now);
      return true;
    }
    case 'resting':
      return wake(trx, found.schedule, now);
  }
}

/** It goes on from its next occurrence; one that comes once only while nothing has become of it. */
async function wake(trx: Tenant, schedule: Schedule, now: Temporal.Instant): Promise<boolean> {
  const when = whenOf(schedule);
  const next = firstAfter(when, now, schedule.last_local);
  if (next === null) return false;
  const woken = await trx
    .updateTable('schedules')
    .set({ state: 'active', state_reason: null, next_at: next, changed_at: now })
    .where('schedule_id', '=', schedule.schedule_id)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('deliveries')
            .select('delivery_id')
            .where('deliveries.schedule_id', '=', schedule.schedule_id)
            .where('deliveries.occurrence', '=', next),
        ),
      ),
    )
    .returning('schedule_id')
    .executeTakeFirst();
  return woken !== undefined;
}
