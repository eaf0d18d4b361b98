// When the owner of a commitment last heard of it, whether its lead is to hear that it was closed, and commitments of one's own.

import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table commitments
      add column said_at timestamptz,
      add column said_in uuid,
      add column tell_lead boolean not null default false,
      drop constraint commitments_source_kind_check,
      add constraint commitments_source_kind_check
        check (source_kind in ('one-on-one', 'retro', 'post-mortem', 'delegation', 'own'));
    -- Of what there is everybody heard when it was made; what is due since then is still to be said.
    alter table commitments no force row level security;
    update commitments set said_at = made_at;
    alter table commitments force row level security;
    create index commitments_to_tell on commitments (workspace_id, lead_id) where tell_lead;

    -- One reminder a day says all there is to say; until now each day on which something was due had two of its own.
    alter table schedules no force row level security;
    update schedules set kind = 'commitments', subject = kind || ' ' || subject
      where kind in ('commitment-before', 'commitment-after');
    alter table schedules force row level security;
    alter table deliveries no force row level security;
    update deliveries set kind = 'commitments', subject = kind || ' ' || subject
      where kind in ('commitment-before', 'commitment-after');
    alter table deliveries force row level security;
  `.execute(db);
}
