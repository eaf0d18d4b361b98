// What could not be delivered, for the operator: listed over all workspaces, and tried again one by one.

import { type Kysely, sql } from 'kysely';
import type { Schema } from '../db/schema.ts';
import { inEngine } from '../db/tenancy.ts';
import { lived, uuid } from './prompts.store.ts';

interface DeadLetter {
  deliveryId: string;
  workspaceId: string;
  leadId: string;
  kind: string;
  state: 'failed' | 'unknown';
  reason: string | null;
  occurrence: Temporal.Instant;
}

/** The latest ones first, 200 at most. */
export function listDeadLetters(db: Kysely<Schema>): Promise<DeadLetter[]> {
  return inEngine(db, async (trx) => {
    const rows = await trx
      .selectFrom('deliveries')
      .select(['delivery_id', 'workspace_id', 'lead_id', 'kind', 'state', 'reason', 'occurrence'])
      .where('state', 'in', ['failed', 'unknown'])
      .orderBy('occurrence', 'desc')
      .limit(200)
      .execute();
    return rows.map((row) => ({
      deliveryId: row.delivery_id,
      workspaceId: row.workspace_id,
      leadId: row.lead_id,
      kind: row.kind,
      state: row.state as DeadLetter['state'],
      reason: row.reason,
      occurrence: row.occurrence,
    }));
  });
}

/** Sends a dead letter once more, now; false where there is none with that id. The next tick takes it. */
export async function retryDeadLetter(
  db: Kysely<Schema>,
  deliveryId: string,
  now: Temporal.Instant,
): Promise<boolean> {
  if (!uuid.test(deliveryId)) return false;
  return inEngine(db, async (trx) => {
    const retried = await sql`
      update deliveries set state = 'planned', reason = 'retried', due_at = ${now}, paced = false, requested = true,
        round = round + 1, attempts = 0, sending_at = null, history = ${lived(now, 'planned', 'retried')}
      where delivery_id = ${deliveryId} and state in ('failed', 'unknown')`.execute(trx);
    return Number(retried.numAffectedRows ?? 0) === 1;
  });
}
