// The two roles everything runs under, and the workspaces themselves.

import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  // Roles belong to the whole server, so another database there may have made them already.
  // On PostgreSQL 16 and later the creator may administer a role without being able to become it;
  // the grant to ourselves settles that on every version. Neither role can log in or bypass row security.
  for (const role of ['evenkeel_tenant', 'evenkeel_engine']) {
    await sql`
      do $$
      begin
        create role ${sql.ref(role)} nologin nosuperuser nobypassrls noinherit;
      exception when duplicate_object or unique_violation then null;
      end $$`.execute(db);
    await sql`
      do $$
      begin
        if not exists (
          select from pg_auth_members
          where roleid = ${sql.lit(role)}::regrole and member = current_user::regrole
            and coalesce((to_jsonb(pg_auth_members) ->> 'set_option')::boolean, true)
        ) and not (select rolsuper from pg_roles where rolname = current_user) then
          execute format('grant %I to %I', ${sql.lit(role)}, current_user);
        end if;
      exception when insufficient_privilege then
        raise exception 'The role "%" exists on this server and % may not become it.', ${sql.lit(role)}, current_user
          using hint = format('Ask an administrator to run: grant %I to %I;', ${sql.lit(role)}, current_user);
      end $$`.execute(db);
  }
  await sql`grant usage on schema public to evenkeel_tenant, evenkeel_engine`.execute(db);

  // Every later step calls this for each table it makes, so that no table can be half protected.
  await sql`
    create function evenkeel_protect(protected_table regclass) returns void language plpgsql as $$
    begin
      execute format('alter table %s enable row level security', protected_table);
      execute format('alter table %s force row level security', protected_table);
      execute format(
        'create policy own_workspace on %s to evenkeel_tenant using (workspace_id = current_setting(''evenkeel.workspace_id'', true))',
        protected_table);
      execute format('grant select, insert, update, delete on %s to evenkeel_tenant', protected_table);
    end $$;
    revoke execute on function evenkeel_protect(regclass) from public;

    create table workspaces (
      workspace_id text primary key check (workspace_id ~ '^[A-Z0-9]{1,64}$'),
      created_at timestamptz not null
    );
    select evenkeel_protect('workspaces');

    create table requests (
      workspace_id text not null references workspaces on delete cascade,
      request_id text not null,
      received_at timestamptz not null,
      primary key (workspace_id, request_id)
    );
    create index requests_by_age on requests (workspace_id, received_at);
    select evenkeel_protect('requests');
  `.execute(db);
}
