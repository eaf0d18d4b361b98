// A time zone that a lead was offered and turned down, so that they are not asked again with every change of their profile.

import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table leads add column declined_time_zone text`.execute(db);
}
