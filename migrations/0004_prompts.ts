// Prompts: what is planned for whom, each occurrence on its way, and how fast each destination may hear things.

import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table schedules (
      workspace_id text not null,
      schedule_id uuid not null default gen_random_uuid(),
      lead_id text not null,
      kind text not null,
      subject text not null,
      destination_type text not null check (destination_type in ('dm', 'channel')),
      destination text not null,
      rule text,
      starts timestamp,
      time_zone text,
      once_at timestamptz,
      next_at timestamptz,
      last_local timestamp,
      state text not null check (state in ('active', 'paused', 'off', 'stopped', 'removed')),
      state_reason text,
      chosen_by_lead boolean not null default false,
      changed_at timestamptz not null,
      primary key (workspace_id, schedule_id),
      unique (workspace_id, lead_id, kind, subject),
      foreign key (workspace_id, lead_id) references leads on delete cascade,
      check (once_at is null or rule is null),
      check (next_at is null or state = 'active')
    );
    -- The tick reads the near end of this index, however many schedules there are.
    create index schedules_due on schedules (next_at) where next_at is not null;
    select evenkeel_protect('schedules');

    create table deliveries (
      workspace_id text not null,
      delivery_id uuid not null default gen_random_uuid(),
      schedule_id uuid not null,
      lead_id text not null,
      kind text not null,
      subject text not null,
      destination_type text not null check (destination_type in ('dm', 'channel')),
      destination text not null,
      occurrence timestamptz not null,
      state text not null check (state in (
        'planned', 'claimed', 'sending', 'in-doubt', 'sent', 'skipped', 'missed', 'failed', 'unknown')),
      reason text,
      due_at timestamptz,
      paced boolean not null default false,
      requested boolean not null default false,
      round smallint not null default 1,
      attempts smallint not null default 0,
      planned_at timestamptz not null,
      claimed_at timestamptz,
      composed_at timestamptz,
      sending_at timestamptz,
      sent_at timestamptz,
      channel text,
      message_ts text,
      counted_on date,
      answered_at timestamptz,
      answer text,
      history jsonb not null default '[]',
      primary key (workspace_id, delivery_id),
      -- This, and no timer, is what keeps an occurrence from being sent twice.
      unique (workspace_id, schedule_id, occurrence),
      foreign key (workspace_id, schedule_id) references schedules on delete cascade
    );
    create index deliveries_due on deliveries (due_at) where due_at is not null;
    create index deliveries_on_their_way on deliveries (state) where state in ('claimed', 'sending');
    create index deliveries_by_age on deliveries (occurrence);
    create index deliveries_of_a_lead on deliveries (workspace_id, lead_id, occurrence);
    create index deliveries_counted on deliveries (workspace_id, lead_id, counted_on) where counted_on is not null;
    select evenkeel_protect('deliveries');

    create table paces (
      workspace_id text not null references workspaces on delete cascade,
      destination text not null,
      next_at timestamptz not null,
      primary key (workspace_id, destination)
    );
    select evenkeel_protect('paces');

    -- A policy also holds for members of its role, and the owner is one; it is meant for the engine alone.
    create policy engine_sees_all on schedules to evenkeel_engine using (current_user = 'evenkeel_engine');
    create policy engine_sees_all on deliveries to evenkeel_engine using (current_user = 'evenkeel_engine');
    create policy engine_sees_all on paces to evenkeel_engine using (current_user = 'evenkeel_engine');
    grant select, update on schedules to evenkeel_engine;
    grant select, insert, update, delete on deliveries, paces to evenkeel_engine;

    -- The job queue's tables belong to the database's owner. This is all the engine may do with them:
    -- ask for a delivery of ours to be run, in the very transaction that claims it.
    create function evenkeel_queue_deliveries(workspaces text[], deliveries uuid[], queues text[], priorities integer[])
    returns void language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
    begin
      -- Whoever clears away empty queues holds this alone, so that none goes while a job is being put into it.
      perform pg_advisory_xact_lock_shared(7274551, 0);
      perform graphile_worker.add_jobs(array(
        select row(
          'deliver', json_build_object('workspaceId', workspace, 'deliveryId', delivery), queue,
          null, null, delivery::text, priority, null)::graphile_worker.job_spec
        from unnest(workspaces, deliveries, queues, priorities) as due (workspace, delivery, queue, priority)));
    end $$;
    revoke execute on function evenkeel_queue_deliveries(text[], uuid[], text[], integer[]) from public;
    grant execute on function evenkeel_queue_deliveries(text[], uuid[], text[], integer[]) to evenkeel_engine;
  `.execute(db);
}
