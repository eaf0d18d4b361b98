// Incidents told without blame: each post-mortem, every version of its sections, its timeline, and where it stands in Slack.

import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table postmortems (
      workspace_id text not null references workspaces on delete cascade,
      postmortem_id uuid not null,
      number integer not null check (number > 0),
      -- No foreign key: the team's post-mortem outlives its owner's wish to be forgotten.
      owner_id text,
      time_zone text not null,
      title bytea not null,
      severity smallint not null check (severity between 1 and 3),
      status text not null check (status in ('draft', 'in-review', 'reviewed', 'closed')),
      started_at timestamptz,
      detected_at timestamptz,
      resolved_at timestamptz check (resolved_at >= started_at),
      services text[] not null default '{}',
      factors text[] not null default '{}',
      facilitator_id text,
      responders text[] not null default '{}',
      people text[] not null default '{}',
      channel_id text,
      review_at timestamptz,
      created_at timestamptz not null,
      changed_at timestamptz not null,
      primary key (workspace_id, postmortem_id),
      unique (workspace_id, number)
    );
    create index postmortems_of_people on postmortems using gin (people);
    create index postmortems_in_channels on postmortems (workspace_id, channel_id);
    select evenkeel_protect('postmortems');

    create table postmortem_sections (
      workspace_id text not null,
      postmortem_id uuid not null,
      section text not null,
      -- Two people who save the same next version cannot both do so, whatever the code above believes.
      version integer not null check (version > 0),
      words bytea not null,
      changed_by text,
      changed_at timestamptz not null,
      primary key (workspace_id, postmortem_id, section, version),
      foreign key (workspace_id, postmortem_id) references postmortems on delete cascade
    );
    select evenkeel_protect('postmortem_sections');

    create table postmortem_entries (
      workspace_id text not null,
      postmortem_id uuid not null,
      entry_id uuid not null,
      happened_at timestamptz not null,
      words bytea not null,
      link text,
      added_by text,
      added_at timestamptz not null,
      removed_at timestamptz,
      primary key (workspace_id, postmortem_id, entry_id),
      foreign key (workspace_id, postmortem_id) references postmortems on delete cascade
    );
    select evenkeel_protect('postmortem_entries');

    create table postmortem_messages (
      workspace_id text not null,
      postmortem_id uuid not null,
      destination text not null,
      part text not null check (part in ('overview', 'account', 'lessons', 'timeline', 'follow-ups')),
      channel text,
      message_ts text,
      wanted integer not null default 1,
      shown integer not null default 0,
      primary key (workspace_id, postmortem_id, destination, part),
      foreign key (workspace_id, postmortem_id) references postmortems on delete cascade
    );
    select evenkeel_protect('postmortem_messages');
  `.execute(db);
}
