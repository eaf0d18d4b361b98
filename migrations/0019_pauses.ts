// When a lead was away, so that such days are not held against them.

import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table leads add column pauses jsonb not null default '[]'`.execute(db);
}
