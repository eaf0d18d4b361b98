// Where a retrospective or a post-mortem stands is kept with Slack's link to it, for whatever points there.

import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table retro_messages add column link text;
    alter table postmortem_messages add column link text;
  `.execute(db);
}
