// What people took on: one owner, a date and where it came from; and people who are reminded without leading anyone here.

import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    -- Whoever is reminded of something needs a time zone, hours and a budget of their own, as a lead does.
    alter table leads add column guest boolean not null default false;

    create table commitments (
      workspace_id text not null,
      commitment_id uuid not null default gen_random_uuid(),
      lead_id text not null,
      owner_id text,
      owner_name text not null,
      owner_left boolean not null default false,
      with_id text,
      what text not null check (char_length(what) between 1 and 500),
      due date not null,
      source_kind text not null check (source_kind in ('one-on-one', 'retro', 'post-mortem', 'delegation')),
      source_id text not null,
      source_words text not null,
      state text not null default 'open' check (state in ('open', 'done', 'dropped')),
      reason text,
      moved smallint not null default 0,
      made_at timestamptz not null,
      closed_at timestamptz,
      primary key (workspace_id, commitment_id),
      foreign key (workspace_id, lead_id) references leads on delete cascade,
      check ((state = 'open') = (closed_at is null))
    );
    create index commitments_of_an_owner on commitments (workspace_id, owner_id, due) where state = 'open';
    create index commitments_of_a_lead on commitments (workspace_id, lead_id, due);
    create index commitments_from on commitments (workspace_id, source_kind, source_id);
    select evenkeel_protect('commitments');

    create table commitment_limits (
      workspace_id text not null,
      lead_id text not null,
      most_open smallint not null check (most_open between 1 and 20),
      primary key (workspace_id, lead_id),
      foreign key (workspace_id, lead_id) references leads on delete cascade
    );
    select evenkeel_protect('commitment_limits');
  `.execute(db);
}
