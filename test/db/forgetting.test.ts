// "Forget me" over all rooms and tables at once: whichever is added is held to it without being listed here.

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { createSealer } from '../../src/db/sealed.ts';
import { inWorkspace } from '../../src/db/tenancy.ts';
import { openRooms } from '../../src/rooms.ts';
import { useDatabase } from '../support/database.ts';
import { ourTables, plant } from '../support/planted-rows.ts';

const database = useDatabase();

/** The house's own tables are about workspaces and requests, and name nobody. */
const ofTheHouse = [
  ...readFileSync(path.join(import.meta.dirname, '../../src/db/db.tables.ts'), 'utf8').matchAll(
    /^ {2}(\w+): \w+Table;$/gm,
  ),
].map(([, table]) => table);

const workspaceId = 'TONE';
const [forgotten, other] = ['UFORGOTTEN', 'UOTHER'];

test('whoever is forgotten is named in no table, and everything of the others stays', async () => {
  await plant(database.current, 'workspaces', [{ workspaceId, personId: '', number: 1 }]);
  const tables = (await ourTables(database.current)).filter((table) => !ofTheHouse.includes(table));
  expect(tables.length).toBeGreaterThan(20);
  for (const table of tables) {
    await plant(database.current, table, [
      { workspaceId, personId: forgotten, number: 1 },
      { workspaceId, personId: other, number: 2 },
    ]);
  }
  const naming = async (personId: string) => {
    const found = [];
    for (const table of tables) {
      const { rows } = await inWorkspace(database.current.db, workspaceId, (trx) =>
        sql<{ row: string }>`
          select to_jsonb(t)::text as row from ${sql.table(table)} t where to_jsonb(t)::text like ${`%${personId}%`}`.execute(
          trx,
        ),
      );
      found.push(...rows.map(({ row }) => `${table} ${row}`));
    }
    return found;
  };
  const ofOther = await naming(other);
  expect((await naming(forgotten)).length).toBe(ofOther.length);
  // Only what names people is worth the test.
  expect(ofOther.length).toBeGreaterThan(20);

  const { rooms } = openRooms({
    sealer: createSealer([]),
    now: () => Temporal.Instant.from('2026-11-20T10:00Z'),
  });
  await inWorkspace(database.current.db, workspaceId, async (trx) => {
    for (const room of rooms.toReversed()) await room.erase(trx, { workspaceId, leadId: forgotten });
  });
  expect(await naming(forgotten)).toEqual([]);
  expect(await naming(other)).toEqual(ofOther);
});
