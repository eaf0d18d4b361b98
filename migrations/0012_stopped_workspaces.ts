// Workspaces that Slack lets nobody speak in, and schedules that cannot be carried out: both are kept apart, and tried again.

import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table stopped_workspaces (
      workspace_id text primary key references workspaces on delete cascade,
      error text not null,
      stopped_at timestamptz not null,
      ask_at timestamptz not null,
      asked integer not null default 0
    );
    select evenkeel_protect('stopped_workspaces');
    create policy engine_sees_all on stopped_workspaces to evenkeel_engine using (current_user = 'evenkeel_engine');
    grant select, insert, update, delete on stopped_workspaces to evenkeel_engine;

    alter table schedules add column tries smallint not null default 0, add column retry_at timestamptz;
    grant delete on schedules to evenkeel_engine;

    -- A stopped workspace used to be a mark on each of its schedules. Taken back, their rooms plan them anew.
    set local role evenkeel_engine;
    update schedules set state = 'removed', state_reason = null where state = 'stopped';
    reset role;
    alter table schedules drop constraint schedules_state_check;
    alter table schedules add constraint schedules_state_check
      check (state in ('active', 'paused', 'off', 'broken', 'removed'));
    -- Somebody who returns is looked for here, and what is over is trimmed by it.
    create index schedules_paused on schedules (workspace_id, destination) where state = 'paused';
    create index schedules_over on schedules (changed_at) where next_at is null;

    -- A job goes to whoever serves its workspace: two bots may share a database.
    create or replace function evenkeel_queue_deliveries(
      workspaces text[], deliveries uuid[], queues text[], priorities integer[])
    returns void language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
    begin
      -- Whoever clears away empty queues holds this alone, so that none goes while a job is being put into it.
      perform pg_advisory_xact_lock_shared(7274551, 0);
      perform graphile_worker.add_jobs(array(
        select row(
          'deliver ' || workspace, json_build_object('workspaceId', workspace, 'deliveryId', delivery), queue,
          null, null, delivery::text, priority, null)::graphile_worker.job_spec
        from unnest(workspaces, deliveries, queues, priorities) as due (workspace, delivery, queue, priority)));
    end $$;
  `.execute(db);
}
