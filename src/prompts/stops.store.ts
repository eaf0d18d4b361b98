// Memory of the workspaces that Slack lets nobody speak in.

import { sql } from 'kysely';
import type { Engine } from '../db/tenancy.ts';

export interface Stopped {
  workspaceId: string;
  /** Slack's error. */
  error: string;
  stoppedAt: Temporal.Instant;
}

export const isAmong = (workspaces: readonly string[]) =>
  sql<boolean>`workspace_id = any (${workspaces}::text[])`;

/** Those of the workspaces in which something can be said. */
export async function findSpeaking(trx: Engine, served: readonly string[]): Promise<string[]> {
  const stopped = new Set((await findStopped(trx, served)).map(({ workspaceId }) => workspaceId));
  return served.filter((workspaceId) => !stopped.has(workspaceId));
}

/** Longest ago first. */
export async function findStopped(trx: Engine, served: readonly string[]): Promise<Stopped[]> {
  const rows = await trx
    .selectFrom('stopped_workspaces')
    .select(['workspace_id', 'error', 'stopped_at'])
    .where(isAmong(served))
    .orderBy('stopped_at')
    .execute();
  return rows.map((row) => ({ workspaceId: row.workspace_id, error: row.error, stoppedAt: row.stopped_at }));
}

/** False where it is stopped already. */
export async function stopWorkspace(
  trx: Engine,
  { workspaceId, error, askAt }: { workspaceId: string; error: string; askAt: Temporal.Instant },
  now: Temporal.Instant,
): Promise<boolean> {
  const stopped = await trx
    .insertInto('stopped_workspaces')
    .values({ workspace_id: workspaceId, error, stopped_at: now, ask_at: askAt })
    .onConflict((conflict) => conflict.doNothing())
    .returning('workspace_id')
    .executeTakeFirst();
  return stopped !== undefined;
}

/** Slack answers again; since when it did not, or undefined where nobody thought so. */
export async function takeUpWorkspace(trx: Engine, workspaceId: string): Promise<Stopped | undefined> {
  const row = await trx
    .deleteFrom('stopped_workspaces')
    .where('workspace_id', '=', workspaceId)
    .returning(['error', 'stopped_at'])
    .executeTakeFirst();
  return row && { workspaceId, error: row.error, stoppedAt: row.stopped_at };
}

/**
 * Those that are to be asked after now, each handed to one replica only: the next time is set before anybody is asked.
 * `pauses`: in minutes, one after the other; the last goes on.
 */
export async function takeToAsk(
  trx: Engine,
  served: readonly string[],
  pauses: readonly number[],
  now: Temporal.Instant,
): Promise<string[]> {
  const { rows } = await sql<{ workspace_id: string }>`
    update stopped_workspaces set asked = asked + 1,
      ask_at = ${now}::timestamptz
        + make_interval(mins => (${pauses}::integer[])[least(asked + 2, ${pauses.length}::integer)])
    where ask_at <= ${now} and workspace_id = any (${served}::text[])
    returning workspace_id`.execute(trx);
  return rows.map((row) => row.workspace_id);
}

/** Has it asked after at once. */
export async function askAtOnce(
  trx: Engine,
  workspaces: readonly string[],
  now: Temporal.Instant,
): Promise<void> {
  await trx
    .updateTable('stopped_workspaces')
    .set({ ask_at: now })
    .where(isAmong(workspaces))
    .where('ask_at', '>', now)
    .execute();
}
