// How long the database may take: what is too slow is refused, what is silent is given up, and what is not known is not claimed.

import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { type Database, DatabaseSilent, openDatabase } from '../../src/db/pool.ts';
import { CommitUncertain, inWorkspace } from '../../src/db/tenancy.ts';
import { asAdministrator } from '../support/administrator.ts';
import { useDatabase } from '../support/database.ts';
import { openWay, type Way } from '../support/way.ts';

const straight = useDatabase();
let way: Way;
let database: Database;

beforeAll(async () => {
  way = await openWay(straight.current.url);
  database = openDatabase(way.url);
});
afterAll(async () => {
  await database.close();
  await way.close();
});

const workspace = (id: string) => ({
  workspace_id: id,
  created_at: Temporal.Instant.from('2026-11-16T08:00Z'),
});
const kept = async (id: string) => {
  const rows = await inWorkspace(straight.current.db, id, (trx) =>
    trx.selectFrom('workspaces').selectAll().execute(),
  );
  return rows.length > 0;
};

test('a statement at a door is cancelled where the engine may go on', async () => {
  const slow = sql<{ done: boolean }>`select pg_sleep(2.1) is not null as done`;
  await expect(slow.execute(database.db)).rejects.toMatchObject({ code: '57014' });
  expect((await slow.execute(database.engine.db)).rows).toEqual([{ done: true }]);
});

test('a row that somebody else holds is waited for a moment only', async () => {
  await inWorkspace(straight.current.db, 'THELD', (trx) =>
    trx.insertInto('workspaces').values(workspace('THELD')).execute(),
  );
  await inWorkspace(straight.current.db, 'THELD', async (trx) => {
    await sql`select from workspaces for update`.execute(trx);
    await expect(
      inWorkspace(database.db, 'THELD', (other) => sql`select from workspaces for update`.execute(other)),
    ).rejects.toMatchObject({ code: '55P03' });
  });
});

test('a connection that says nothing is destroyed, not handed to the next', async () => {
  await sql`select 1`.execute(database.db);
  way.swallow();
  await expect(sql`select 1`.execute(database.db)).rejects.toThrow(DatabaseSilent);
  expect(database.pool.totalCount).toBe(0);
  way.letThrough();
  expect((await sql`select 1 as one`.execute(database.db)).rows).toEqual([{ one: 1 }]);
});

test('a process of Postgres that is frozen is left behind', async () => {
  const own = openDatabase(straight.current.url, { connections: 1 });
  const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(own.db);
  // It reads what it is sent, since a program that ends before is an error to Postgres.
  const signal = (name: string) =>
    asAdministrator(`copy (select) to program 'cat > /dev/null; kill -${name} ${rows[0]?.pid}'`);
  try {
    await signal('STOP');
    await expect(sql`select 1`.execute(own.db)).rejects.toThrow(DatabaseSilent);
    expect((await sql`select 1 as one`.execute(own.db)).rows).toEqual([{ one: 1 }]);
  } finally {
    await signal('CONT');
    await own.close();
  }
});

test('silence before the commit is undone, silence at the commit is uncertain', async () => {
  const keep = (id: string) =>
    inWorkspace(database.db, id, (trx) => trx.insertInto('workspaces').values(workspace(id)).execute());
  way.swallowAfter('insert into "workspaces"');
  await expect(keep('TBEFORE')).rejects.toThrow(DatabaseSilent);
  way.letThrough();
  way.swallowAfter('insert into "workspaces"', 'commit');
  await expect(keep('TAT')).rejects.toThrow(CommitUncertain);
  way.letThrough();
  expect([await kept('TBEFORE'), await kept('TAT')]).toEqual([false, true]);
});

test('a commit that Postgres itself refuses is certain: nothing is kept', async () => {
  await sql`
    create function refuse() returns trigger language plpgsql as $$ begin raise exception 'not this one'; end $$;
    create constraint trigger refuse after insert on workspaces deferrable initially deferred
      for each row execute function refuse()`.execute(straight.current.db);
  const keeping = inWorkspace(database.db, 'TNO', (trx) =>
    trx.insertInto('workspaces').values(workspace('TNO')).execute(),
  );
  await expect(keeping).rejects.toThrow('not this one');
  expect(await kept('TNO')).toBe(false);
});
