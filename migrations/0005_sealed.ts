// The keys that people's words are sealed with: one data key a workspace, itself locked by the operator's master key.

import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table workspace_keys (
      workspace_id text not null references workspaces on delete cascade,
      key_number smallint not null check (key_number between 1 and 32767),
      master_key_id text not null,
      wrapped_key bytea not null,
      -- Counted rather than random: two transactions that both need a first key meet at this constraint.
      primary key (workspace_id, key_number)
    );
    select evenkeel_protect('workspace_keys');
  `.execute(db);
}
