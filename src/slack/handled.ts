// Requests already handled, so that a command or submission which arrives twice counts once.

import type { Tenant } from '../db/tenancy.ts';

/**
 * Claims a request inside its own transaction. A second copy arriving meanwhile waits here for the first:
 * when the first commits it is told false, when the first rolls back it takes over.
 */
export async function firstTime(
  trx: Tenant,
  workspaceId: string,
  requestId: string,
  now: Temporal.Instant,
): Promise<boolean> {
  // A day is far longer than Slack keeps anything alive that could come back.
  await trx
    .deleteFrom('requests')
    .where('received_at', '<', now.subtract({ hours: 24 }))
    .execute();
  const { numInsertedOrUpdatedRows } = await trx
    .insertInto('requests')
    .values({ workspace_id: workspaceId, request_id: requestId, received_at: now })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirstOrThrow();
  return numInsertedOrUpdatedRows === 1n;
}

/** The same form will be submitted again: the request is not over. */
export async function forget(trx: Tenant, requestId: string): Promise<void> {
  await trx.deleteFrom('requests').where('request_id', '=', requestId).execute();
}
