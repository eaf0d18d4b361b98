// When the owner of a commitment last heard of it, whether its lead is to hear that it was closed, and commitments of one's own.

import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    -- Of what there is everybody has heard.
    alter table commitments
      add column said_at timestamptz default now(),
      add column said_in uuid,
      add column tell_lead boolean not null default false,
      drop constraint commitments_source_kind_check,
      add constraint commitments_source_kind_check
        check (source_kind in ('one-on-one', 'retro', 'post-mortem', 'delegation', 'own'));
    alter table commitments alter column said_at drop default;
    create index commitments_to_tell on commitments (workspace_id, lead_id) where tell_lead;

    -- One reminder a day says all there is to say; until now each day on which something was due had two of its own.
    alter table schedules no force row level security;
    update schedules set kind = 'commitments', subject = kind || ' ' || subject
      where kind in ('commitment-before', 'commitment-after');
    alter table schedules force row level security;
  `.execute(db);
}
