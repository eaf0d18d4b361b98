// Who a lead is: team, time zone, working hours, and when the digest comes.

import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table leads (
      workspace_id text not null references workspaces on delete cascade,
      lead_id text not null,
      engineers smallint not null check (engineers between 0 and 500),
      target_percent smallint check (target_percent between 0 and 100),
      time_zone text not null,
      offered_time_zone text,
      working_days smallint[] not null check (working_days <@ array[1,2,3,4,5,6,7]::smallint[]),
      workday_starts time not null,
      workday_ends time not null check (workday_ends > workday_starts),
      digest_day smallint not null check (digest_day between 1 and 7),
      digest_time time not null,
      holiday_region text,
      prompts_per_day smallint not null default 2 check (prompts_per_day between 1 and 5),
      paused_until timestamptz,
      set_up_at timestamptz,
      created_at timestamptz not null,
      primary key (workspace_id, lead_id)
    );
    select evenkeel_protect('leads');
  `.execute(db);
}
