// Where the hours go: categories, time entries, and the timer that may be running.

import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table categories (
      workspace_id text not null,
      lead_id text not null,
      category_id text not null,
      name text not null,
      side text not null check (side in ('coding', 'leading', 'neither')),
      aliases text[] not null,
      archived boolean not null default false,
      position smallint not null,
      primary key (workspace_id, lead_id, category_id),
      foreign key (workspace_id, lead_id) references leads on delete cascade
    );
    select evenkeel_protect('categories');

    create table time_entries (
      workspace_id text not null,
      lead_id text not null,
      entry_id uuid not null default gen_random_uuid(),
      batch_id uuid not null,
      day date not null,
      minutes integer not null check (minutes between 1 and 1500),
      category_id text not null,
      side text not null check (side in ('coding', 'leading', 'neither')),
      people text[] not null,
      note text,
      starts_at timestamptz,
      ends_at timestamptz check (ends_at > starts_at),
      logged_at timestamptz not null,
      sequence integer not null,
      primary key (workspace_id, lead_id, entry_id),
      foreign key (workspace_id, lead_id, category_id) references categories on delete cascade
    );
    create index time_entries_by_day on time_entries (workspace_id, lead_id, day);
    create index time_entries_by_logging on time_entries (workspace_id, lead_id, sequence desc);
    select evenkeel_protect('time_entries');

    create table timers (
      workspace_id text not null,
      lead_id text not null,
      category_id text not null,
      started_at timestamptz not null,
      confirmed_at timestamptz,
      primary key (workspace_id, lead_id),
      foreign key (workspace_id, lead_id, category_id) references categories on delete cascade
    );
    select evenkeel_protect('timers');
  `.execute(db);
}
