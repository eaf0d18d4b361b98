// A retrospective's summary is kept track of as its other messages are, so that it changes when a point is taken out.

import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table retro_messages drop constraint retro_messages_part_check;
    alter table retro_messages add constraint retro_messages_part_check
      check (part in ('post', 'sorting', 'ranking', 'summary'));
  `.execute(db);
}
