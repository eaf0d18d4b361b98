// The one row that each moment of a schedule has, and when a moment that was taken back may be said after all.

import { sql } from 'kysely';
import type { Engine, Tenant } from '../db/tenancy.ts';
import type { Schedule } from './prompts.store.ts';

/** Why an occurrence was withdrawn that nobody heard of; what plans it anew may have it said. */
const takenBack = ['switched-off', 'moved', 'removed'];

/** One moment of a schedule, and when it is said. */
interface Occurrence {
  schedule: Schedule;
  occurrence: Temporal.Instant;
  dueAt: Temporal.Instant;
  /** Somebody asked for that very time. */
  moved?: true;
}

/**
 * Has them said; returns how many will be. A moment that was moved or sent early has its row already and is left alone.
 * One that was only taken back before it was said, as by switching the prompt off and on again, is to come after all.
 */
export async function writeOccurrences(
  trx: Tenant | Engine,
  occurrences: readonly Occurrence[],
  now: Temporal.Instant,
): Promise<number> {
  const written = await trx
    .insertInto('deliveries')
    .values(
      occurrences.map(({ schedule, occurrence, dueAt, moved = false }) => ({
        workspace_id: schedule.workspace_id,
        schedule_id: schedule.schedule_id,
        lead_id: schedule.lead_id,
        kind: schedule.kind,
        subject: schedule.subject,
        destination_type: schedule.destination_type,
        destination: schedule.destination,
        occurrence,
        state: 'planned' as const,
        reason: moved ? 'moved' : null,
        due_at: dueAt,
        requested: moved,
        planned_at: now,
        history: JSON.stringify([
          { at: now.toString(), state: 'planned', ...(moved && { reason: 'moved' }) },
        ]) as never,
      })),
    )
    .onConflict((conflict) =>
      conflict
        .columns(['workspace_id', 'schedule_id', 'occurrence'])
        .doUpdateSet((eb) => ({
          state: 'planned',
          reason: eb.ref('excluded.reason'),
          due_at: eb.ref('excluded.due_at'),
          paced: false,
          requested: eb.ref('excluded.requested'),
          history: sql`deliveries.history || excluded.history`,
        }))
        .where('deliveries.state', '=', 'skipped')
        .where('deliveries.reason', 'in', takenBack)
        .where('deliveries.sent_at', 'is', null),
    )
    .returning('delivery_id')
    .execute();
  return written.length;
}

/** The first moment still ahead that went when its prompt was switched off. */
export async function findSwitchedOff(
  trx: Tenant,
  scheduleId: string,
  now: Temporal.Instant,
): Promise<Temporal.Instant | undefined> {
  const found = await trx
    .selectFrom('deliveries')
    .select('occurrence')
    .where('schedule_id', '=', scheduleId)
    .where('occurrence', '>', now)
    .where('state', '=', 'skipped')
    .where('reason', '=', 'switched-off')
    .where('sent_at', 'is', null)
    .orderBy('occurrence')
    .executeTakeFirst();
  return found?.occurrence;
}
