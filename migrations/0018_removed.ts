// Agenda points and feedback notes that were taken away can be put back for a day.

import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table one_on_one_points add column removed_at timestamptz;
    alter table feedback_notes add column removed_at timestamptz;
  `.execute(db);
}
