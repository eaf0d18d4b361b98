// The only way to a workspace's rows: a transaction in which Postgres itself hides every other workspace.

import { type Kysely, sql, type Transaction } from 'kysely';
import type { Schema } from './schema.ts';

declare const tenant: unique symbol;
declare const engine: unique symbol;

/** A transaction that sees one workspace's rows and no others. Store functions take it first. */
export type Tenant = Transaction<Schema> & { readonly [tenant]: true };

/** A transaction that sees every workspace's schedules and deliveries, and no other table. */
export type Engine = Transaction<Schema> & { readonly [engine]: true };

/** Slack's ids are upper-case letters and digits; anything else never reaches SQL. */
const slackId = /^[A-Z0-9]{1,64}$/;

/**
 * Runs `work` in one transaction as one workspace. Commits when it resolves, rolls back when it rejects.
 * Role and workspace travel with `begin` in a single round trip, so tenancy costs nothing extra.
 * Never make a network call inside: the transaction holds a connection and its locks.
 */
export function inWorkspace<T>(
  db: Kysely<Schema>,
  workspaceId: string,
  work: (trx: Tenant) => Promise<T>,
): Promise<T> {
  if (!slackId.test(workspaceId)) throw new Error('A workspace id is upper-case letters and digits');
  return inTransaction(
    db,
    `begin; set local role evenkeel_tenant; set local evenkeel.workspace_id = '${workspaceId}'`,
    (trx) => work(trx as Tenant),
  );
}

/** Runs `work` in one transaction as the prompt engine, over all workspaces. */
export function inEngine<T>(db: Kysely<Schema>, work: (trx: Engine) => Promise<T>): Promise<T> {
  return inTransaction(db, 'begin; set local role evenkeel_engine', (trx) => work(trx as Engine));
}

/** The connection broke or fell silent during commit: the work may be kept or lost, and only a look can tell. */
export class CommitUncertain extends Error {
  constructor(options: ErrorOptions) {
    super('The connection broke during commit', options);
    this.name = 'CommitUncertain';
  }
}

function inTransaction<T>(
  db: Kysely<Schema>,
  begin: string,
  work: (trx: Transaction<Schema>) => Promise<T>,
): Promise<T> {
  return db.connection().execute(async (connection) => {
    try {
      await sql.raw(begin).execute(connection);
      const result = await work(connection as Transaction<Schema>);
      const { rows } = await sql<{ command: string }>`commit`.execute(connection).catch((cause) => {
        // An ERROR is Postgres' own word that the transaction is undone, as when its time ran out. FATAL is not.
        if ((cause as { severity?: unknown }).severity === 'ERROR') throw cause;
        throw new CommitUncertain({ cause });
      });
      // Postgres answers COMMIT with ROLLBACK when a statement had failed and somebody went on regardless.
      if (rows[0]?.command === 'ROLLBACK') throw new Error('The transaction had failed and was rolled back');
      return result;
    } catch (error) {
      // Where even this fails the connection is gone, the pool drops it, and Postgres rolls back by itself.
      await sql`rollback`.execute(connection).catch(() => {});
      throw error;
    }
  });
}
