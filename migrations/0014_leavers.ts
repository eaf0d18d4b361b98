// Since when somebody is gone from Slack, so that nothing more is said to them and what they led can be taken over.

import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table leads add column left_at timestamptz`.execute(db);
}
