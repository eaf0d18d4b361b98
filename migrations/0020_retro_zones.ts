// A team's rhythm keeps its hour when the lead who set it up moves to another zone.

import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table retro_series add column time_zone text`.execute(db);
}
