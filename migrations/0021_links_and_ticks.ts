// Slack's link to what stands in a channel is kept for whatever points there, and what the form after a 1:1 closed so
// that taking the 1:1 back opens it again.

import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table retro_messages add column link text;
    alter table postmortem_messages add column link text;

    create table one_on_one_ticks (
      workspace_id text not null,
      lead_id text not null,
      meeting_id uuid not null,
      thing_id uuid not null,
      kind text not null check (kind in ('promise', 'delegation', 'feedback')),
      ticked_at timestamptz not null,
      primary key (workspace_id, lead_id, thing_id),
      foreign key (workspace_id, lead_id, meeting_id) references one_on_ones on delete cascade
    );
    create index one_on_one_ticks_by_meeting on one_on_one_ticks (workspace_id, lead_id, meeting_id);
    select evenkeel_protect('one_on_one_ticks');
  `.execute(db);
}
