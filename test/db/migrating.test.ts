// Migrating what cannot be migrated as it stands: what is waited for, for how long, and what whoever runs it is told.

import { expect, test } from '@jest/globals';
import { sql } from 'kysely';
import pg from 'pg';
import { CannotMigrate, migrate, migrationLock } from '../../src/db/migrate.ts';
import { createLog } from '../../src/log.ts';
import { asAdministrator, server } from '../support/administrator.ts';
import { useDatabase } from '../support/database.ts';

const database = useDatabase();

test('a migration that runs elsewhere is waited for, said by name, and not for ever', async () => {
  const holder = new pg.Client({
    connectionString: database.current.url,
    application_name: 'another replica',
  });
  await holder.connect();
  await holder.query('select pg_advisory_lock($1)', [migrationLock]);
  const said = Promise.withResolvers<Record<string, unknown>>();
  const log = createLog('info', {
    write: (line) => said.resolve(JSON.parse(line) as Record<string, unknown>),
  });
  const migrating = migrate(database.current, { log, sayEvery: 20 });
  expect(await said.promise).toMatchObject({
    msg: 'The migration waits for a lock that somebody else holds',
    heldBy: [expect.objectContaining({ application: 'another replica' })],
  });
  const impatient = migrate(database.current, { giveUpAfter: 100 });
  await expect(impatient).rejects.toThrow(/waited too long for a lock that somebody else holds.*start again/);
  await holder.end();
  expect(await migrating).toEqual([]);
});

test('a database of a later version is left alone, and says which one to start', async () => {
  const { db } = database.current;
  await sql`insert into evenkeel_migrations (name, timestamp) values ('9999_later', '2027-01-01')`.execute(
    db,
  );
  const refused = migrate(database.current);
  await expect(refused).rejects.toThrow(CannotMigrate);
  await expect(refused).rejects.toThrow(
    /later version of Evenkeel: this one does not know 9999_later\. Start that/,
  );
  await sql`delete from evenkeel_migrations where name = '9999_later'`.execute(db);
  expect(await migrate(database.current)).toEqual([]);
});

test('a user who may not create roles is told whom to ask for what', async () => {
  const name = `plain_${crypto.randomUUID().slice(0, 8)}`;
  await asAdministrator(`create role ${name} login nocreaterole password 'plain'`);
  await asAdministrator(`create database ${name} owner ${name}`);
  try {
    await expect(migrate({ url: `postgres://${name}:plain@${server()}/${name}` })).rejects.toThrow(
      /may not create roles.*alter role NAME createrole/,
    );
  } finally {
    await asAdministrator(`drop database ${name}`);
    await asAdministrator(`drop role ${name}`);
  }
});
