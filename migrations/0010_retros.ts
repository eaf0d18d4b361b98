// Retrospectives in a channel: series, each retrospective, what was written, how it was sorted, and who took part.

import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table retro_series (
      workspace_id text not null,
      series_id uuid not null,
      lead_id text not null,
      channel_id text not null,
      rule text,
      starts timestamp,
      format_id text not null,
      anonymous boolean not null,
      open_days smallint not null check (open_days between 1 and 10),
      zones text[] not null,
      people smallint not null,
      state text not null check (state in ('active', 'once', 'stopped')),
      skip_at timestamptz,
      made_at timestamptz not null,
      primary key (workspace_id, series_id),
      foreign key (workspace_id, lead_id) references leads on delete cascade,
      check ((rule is null) = (starts is null))
    );
    -- A channel has one rhythm of looking back; two would each think that the other's commitments are old.
    create unique index retro_series_of_a_channel on retro_series (workspace_id, channel_id) where state = 'active';
    select evenkeel_protect('retro_series');

    create table retros (
      workspace_id text not null,
      retro_id uuid not null,
      series_id uuid not null,
      lead_id text not null,
      facilitator_id text not null,
      channel_id text not null,
      format_id text not null,
      anonymous boolean not null,
      people smallint not null,
      opened_at timestamptz not null,
      closes_at timestamptz not null,
      votes_close_at timestamptz,
      state text not null check (state in (
        'open', 'few', 'grouping', 'voting', 'choosing', 'done', 'quiet', 'skipped', 'ended')),
      reason text,
      salt bytea,
      answered smallint not null default 0,
      voted smallint not null default 0,
      commitment_ids uuid[] not null default '{}',
      version integer not null default 1,
      ended_at timestamptz,
      primary key (workspace_id, retro_id),
      foreign key (workspace_id, series_id) references retro_series on delete cascade
    );
    create unique index retros_open_in_a_channel on retros (workspace_id, channel_id) where state = 'open';
    create index retros_of_a_channel on retros (workspace_id, channel_id, opened_at desc);
    create index retros_of_a_lead on retros (workspace_id, lead_id, opened_at desc);
    select evenkeel_protect('retros');

    create table retro_messages (
      workspace_id text not null,
      retro_id uuid not null,
      part text not null check (part in ('post', 'sorting', 'ranking')),
      channel text not null,
      ts text not null,
      shown_version integer not null,
      primary key (workspace_id, retro_id, part),
      foreign key (workspace_id, retro_id) references retros on delete cascade
    );
    select evenkeel_protect('retro_messages');

    -- No time, no order, no author but where names were agreed on: see the store for how rows are written.
    create table retro_items (
      workspace_id text not null,
      retro_id uuid not null,
      item_id uuid not null,
      question smallint not null,
      words text not null,
      author_id text,
      author_name text,
      group_id uuid,
      primary key (workspace_id, retro_id, item_id),
      foreign key (workspace_id, retro_id) references retros on delete cascade
    );
    select evenkeel_protect('retro_items');

    create table retro_groups (
      workspace_id text not null,
      retro_id uuid not null,
      group_id uuid not null,
      question smallint not null,
      votes smallint not null default 0,
      primary key (workspace_id, retro_id, group_id),
      foreign key (workspace_id, retro_id) references retros on delete cascade
    );
    select evenkeel_protect('retro_groups');

    create table retro_answerers (
      workspace_id text not null,
      retro_id uuid not null,
      who text not null,
      primary key (workspace_id, retro_id, who),
      foreign key (workspace_id, retro_id) references retros on delete cascade
    );
    select evenkeel_protect('retro_answerers');

    create table retro_ballots (
      workspace_id text not null,
      retro_id uuid not null,
      who text not null,
      choices uuid[] not null,
      primary key (workspace_id, retro_id, who),
      foreign key (workspace_id, retro_id) references retros on delete cascade
    );
    select evenkeel_protect('retro_ballots');
  `.execute(db);
}
