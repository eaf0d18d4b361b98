// One-on-ones: whom a lead meets, every meeting and what became of it, agenda points, questions, and feedback notes.

import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table one_on_one_people (
      workspace_id text not null,
      lead_id text not null,
      person_id text not null,
      name text not null,
      role text,
      relation text not null check (relation in ('report', 'peer', 'skip-level', 'manager', 'mentor')),
      rule text not null,
      at_time time not null,
      minutes smallint not null check (minutes between 1 and 480),
      lead_time text not null check (lead_time in ('evening', '60', '30', '10')),
      invites boolean not null default false,
      time_zone text,
      since date not null,
      ended_on date,
      ended_why text check (ended_why in ('left', 'lead')),
      primary key (workspace_id, lead_id, person_id),
      foreign key (workspace_id, lead_id) references leads on delete cascade,
      check ((ended_on is null) = (ended_why is null))
    );
    create index one_on_one_people_by_person on one_on_one_people (workspace_id, person_id);
    select evenkeel_protect('one_on_one_people');

    create table one_on_ones (
      workspace_id text not null,
      lead_id text not null,
      meeting_id uuid not null default gen_random_uuid(),
      person_id text not null,
      planned_for timestamp,
      state text not null check (state in ('planned', 'held', 'skipped', 'lapsed')),
      held_on date,
      moved smallint not null default 0,
      themes text[] not null default '{}',
      questions text[] not null default '{}',
      replaced text[] not null default '{}',
      notes bytea,
      mood bytea,
      skip_reason bytea,
      time_batch_id uuid,
      primary key (workspace_id, lead_id, meeting_id),
      foreign key (workspace_id, lead_id, person_id) references one_on_one_people on delete cascade
    );
    create index one_on_ones_by_person on one_on_ones (workspace_id, lead_id, person_id);
    select evenkeel_protect('one_on_ones');

    create table one_on_one_points (
      workspace_id text not null,
      lead_id text not null,
      point_id uuid not null default gen_random_uuid(),
      person_id text not null,
      author_id text not null,
      words bytea not null,
      added_at timestamptz not null,
      closed_in uuid,
      primary key (workspace_id, lead_id, point_id),
      foreign key (workspace_id, lead_id, person_id) references one_on_one_people on delete cascade
    );
    create index one_on_one_points_by_person on one_on_one_points (workspace_id, lead_id, person_id);
    select evenkeel_protect('one_on_one_points');

    create table one_on_one_questions (
      workspace_id text not null,
      lead_id text not null,
      question_id text not null,
      standing text not null check (standing in ('usual', 'pinned', 'hidden')),
      theme text,
      words bytea,
      primary key (workspace_id, lead_id, question_id),
      foreign key (workspace_id, lead_id) references leads on delete cascade,
      check ((theme is null) = (words is null))
    );
    select evenkeel_protect('one_on_one_questions');

    create table feedback_notes (
      workspace_id text not null,
      lead_id text not null,
      note_id uuid not null default gen_random_uuid(),
      person_id text not null,
      person_name text not null,
      words bytea not null,
      noted_at timestamptz not null,
      given_on date,
      primary key (workspace_id, lead_id, note_id),
      foreign key (workspace_id, lead_id) references leads on delete cascade
    );
    create index feedback_notes_by_person on feedback_notes (workspace_id, lead_id, person_id);
    select evenkeel_protect('feedback_notes');
  `.execute(db);
}
