// When what is planned in a workspace is next compared with what should be.

import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table reconciliations (
      workspace_id text primary key references workspaces on delete cascade,
      due_at timestamptz not null
    );
    select evenkeel_protect('reconciliations');
    create policy engine_sees_all on reconciliations to evenkeel_engine using (current_user = 'evenkeel_engine');
    grant select, insert, update on reconciliations to evenkeel_engine;
    -- What a lead has to come, however much there was.
    create index schedules_to_come on schedules (workspace_id, lead_id) where next_at is not null;
  `.execute(db);
}
