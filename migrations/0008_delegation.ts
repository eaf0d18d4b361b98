// What was handed over, to whom, at which level and how it moved; when to ask how it goes, and when to ask for more.

import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table delegations (
      workspace_id text not null,
      lead_id text not null,
      delegation_id uuid not null default gen_random_uuid(),
      person_id text not null,
      person_name text not null,
      person_left boolean not null default false,
      title text not null check (char_length(title) between 1 and 150),
      state text not null check (state in ('draft', 'open', 'done', 'taken-back')),
      level smallint not null check (level between 1 and 7),
      agreed_at timestamptz,
      proposed_level smallint check (proposed_level between 1 and 7),
      proposed_by text check (proposed_by in ('lead', 'person')),
      round smallint not null default 0,
      risky boolean not null default false,
      until_day date,
      next_level smallint check (next_level between 1 and 7),
      follows uuid,
      why bytea,
      stays bytea,
      told bytea,
      closing bytea,
      made_at timestamptz not null,
      told_at timestamptz,
      closed_at timestamptz,
      primary key (workspace_id, lead_id, delegation_id),
      foreign key (workspace_id, lead_id) references leads on delete cascade,
      foreign key (workspace_id, lead_id, follows) references delegations on delete set null (follows),
      check ((proposed_level is null) = (proposed_by is null)),
      check ((state in ('done', 'taken-back')) = (closed_at is not null))
    );
    create index delegations_held_by on delegations (workspace_id, person_id);
    create unique index delegations_by_id on delegations (workspace_id, delegation_id);
    select evenkeel_protect('delegations');

    create table delegation_levels (
      workspace_id text not null,
      lead_id text not null,
      delegation_id uuid not null,
      step smallint not null,
      kind text not null check (kind in ('proposed', 'agreed', 'kept')),
      level smallint not null check (level between 1 and 7),
      said_by text not null check (said_by in ('lead', 'person')),
      note bytea,
      at timestamptz not null,
      primary key (workspace_id, lead_id, delegation_id, step),
      foreign key (workspace_id, lead_id, delegation_id) references delegations on delete cascade
    );
    select evenkeel_protect('delegation_levels');

    create table delegation_check_ins (
      workspace_id text not null,
      lead_id text not null,
      check_in_id uuid not null default gen_random_uuid(),
      delegation_id uuid not null,
      day date not null,
      answer text check (answer in ('on-track', 'needs-me', 'taken-back', 'done')),
      answered_at timestamptz,
      primary key (workspace_id, lead_id, check_in_id),
      unique (workspace_id, lead_id, delegation_id, day),
      foreign key (workspace_id, lead_id, delegation_id) references delegations on delete cascade,
      check ((answer is null) = (answered_at is null))
    );
    select evenkeel_protect('delegation_check_ins');

    create table delegation_questions (
      workspace_id text not null,
      lead_id text not null,
      asks boolean not null,
      weekday smallint not null check (weekday between 1 and 7),
      time time not null,
      primary key (workspace_id, lead_id),
      foreign key (workspace_id, lead_id) references leads on delete cascade
    );
    select evenkeel_protect('delegation_questions');
  `.execute(db);
}
