// What Postgres itself promises: from one workspace no row of another can be read, written or guessed.

import { expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { openDatabase } from '../../src/db/pool.ts';
import { inEngine, inWorkspace } from '../../src/db/tenancy.ts';
import { asAdministrator, useDatabase } from '../support/database.ts';
import { ourTables, plant } from '../support/planted-rows.ts';

const database = useDatabase();

test('a transaction runs as a role that owns nothing, cannot log in and cannot bypass row security', async () => {
  const { rows } = await inWorkspace(database.current.db, 'T1', (trx) =>
    sql<Record<string, boolean>>`
      select rolsuper, rolbypassrls, rolcanlogin, rolcreaterole from pg_roles where rolname = current_user`.execute(
      trx,
    ),
  );
  expect(rows).toEqual([{ rolsuper: false, rolbypassrls: false, rolcanlogin: false, rolcreaterole: false }]);
});

test('after the transaction the connection is nobody in particular again', async () => {
  const one = database.current;
  await inWorkspace(one.db, 'T1', async () => {});
  await inWorkspace(one.db, 'T1', () => Promise.reject(new Error('broken'))).catch(() => {});
  const { rows } = await sql<{ role: string; workspace: string | null }>`
    select current_user as role, nullif(current_setting('evenkeel.workspace_id', true), '') as workspace`.execute(
    one.db,
  );
  expect(rows).toEqual([{ role: 'evenkeel_owner', workspace: null }]);
});

test('a workspace id that is no Slack id never reaches the database', () => {
  expect(() => inWorkspace(database.current.db, `T1'; drop table leads; --`, async () => {})).toThrow(
    'upper-case',
  );
});

test('a failed statement that somebody swallowed does not pass as a commit', async () => {
  const swallowed = inWorkspace(database.current.db, 'T1', async (trx) => {
    await sql`select 1 / 0`.execute(trx).catch(() => {});
  });
  await expect(swallowed).rejects.toThrow('rolled back');
});

test('every table hides every other workspace, for reading and for writing', async () => {
  const tables = await ourTables(database.current);
  expect(tables.length).toBeGreaterThan(4);
  for (const table of tables) {
    await plant(database.current, table, [
      { workspaceId: 'TONE', personId: 'U1', number: 1 },
      { workspaceId: 'TTWO', personId: 'U2', number: 2 },
    ]);
  }

  for (const table of tables) {
    const of = sql.table(table);
    const seen = await inWorkspace(database.current.db, 'TONE', (trx) =>
      sql<{ workspace_id: string }>`select workspace_id from ${of}`.execute(trx),
    );
    expect([table, seen.rows.map((row) => row.workspace_id)]).toEqual([table, ['TONE']]);

    for (const statement of [
      sql`update ${of} set workspace_id = workspace_id where workspace_id = 'TTWO'`,
      sql`delete from ${of} where workspace_id = 'TTWO'`,
    ]) {
      const touched = await inWorkspace(database.current.db, 'TONE', (trx) => statement.execute(trx));
      expect([table, Number(touched.numAffectedRows)]).toEqual([table, 0]);
    }

    const smuggled = inWorkspace(database.current.db, 'TONE', (trx) =>
      sql`update ${of} set workspace_id = 'TTWO'`.execute(trx),
    );
    await expect(smuggled).rejects.toThrow(/row-level security|foreign key/);

    const anonymous = await sql`select from ${of}`.execute(database.current.db);
    expect([table, anonymous.rows.length]).toEqual([table, 0]);
  }
});

test('every key, unique index and foreign key starts with the workspace, so that no clash tells of another', async () => {
  const { rows } = await sql<{ table: string; index: string; first: string }>`
    select i.indrelid::regclass::text as table, i.indexrelid::regclass::text as index, a.attname as first
    from pg_index i
    join pg_class c on c.oid = i.indrelid and c.relnamespace = 'public'::regnamespace and c.relname not like 'evenkeel_migrations%'
    join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[0]
    where i.indisunique`.execute(database.current.db);
  expect(rows.length).toBeGreaterThan(4);
  expect(rows.filter((row) => row.first !== 'workspace_id')).toEqual([]);
  const { rows: foreign } = await sql<{ name: string }>`
    select conname as name from pg_constraint c
    join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
    where c.contype = 'f' and c.connamespace = 'public'::regnamespace and a.attname <> 'workspace_id'`.execute(
    database.current.db,
  );
  expect(foreign).toEqual([]);
});

test('the engine sees what is planned and where it may speak, and no table with anything of a person in it', async () => {
  const { rows } = await sql<{ name: string }>`
    select distinct table_name as name from information_schema.role_table_grants
    where grantee = 'evenkeel_engine' and table_schema = 'public' order by 1`.execute(database.current.db);
  expect(rows.map((row) => row.name)).toEqual([
    'deliveries',
    'paces',
    'reconciliations',
    'schedules',
    'stopped_workspaces',
  ]);
  await expect(inEngine(database.current.db, (trx) => sql`select from leads`.execute(trx))).rejects.toThrow(
    'permission denied',
  );
});

test('a transaction that could not begin leaves its connection as it was', async () => {
  const stranger = openDatabase(database.current.url.replace('evenkeel_owner:owner', 'stranger:stranger'), {
    connections: 1,
  });
  await asAdministrator(`
    do $$ begin create role stranger login password 'stranger'; exception when duplicate_object then null; end $$`);
  try {
    await expect(inWorkspace(stranger.db, 'T1', async () => {})).rejects.toThrow('permission denied');
    const { rows } = await sql`select 1 as one`.execute(stranger.db);
    expect(rows).toEqual([{ one: 1 }]);
  } finally {
    await stranger.close();
  }
});
