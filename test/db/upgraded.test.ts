// A database with data from before, brought up to date: what waits in it still comes.

import { promises as fs } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from '@jest/globals';
import { runMigrations } from 'graphile-worker';
import { sql } from 'kysely';
import { FileMigrationProvider, Migrator } from 'kysely/migration';
import { openDatabase } from '../../src/db/pool.ts';
import { inWorkspace } from '../../src/db/tenancy.ts';
import { findMember } from '../../src/leads/leads.store.ts';
import { commitmentReminder } from '../../src/rooms/commitments/commitments.prompts.ts';
import { asAdministrator, server } from '../support/administrator.ts';
import { instant, liveUntil, rememberingSlack, testEngine } from '../support/prompts.ts';

test('what waits when the database is brought up to date still comes', async () => {
  const name = `upgraded_${crypto.randomUUID().slice(0, 8)}`;
  await asAdministrator(`create database ${name} owner evenkeel_owner`);
  const database = openDatabase(`postgres://evenkeel_owner:owner@${server()}/${name}`);
  try {
    await runMigrations({ pgPool: database.pool } as never);
    const migrator = new Migrator({
      db: database.db,
      provider: new FileMigrationProvider({
        fs,
        path,
        migrationFolder: path.resolve('migrations'),
        import: (f) => import(pathToFileURL(f).href),
      }),
      migrationTableName: 'evenkeel_migrations',
      migrationLockTableName: 'evenkeel_migrations_lock',
    });
    const a = await migrator.migrateTo('0015_hearers');
    if (a.error) throw a.error;
    await inWorkspace(database.db, 'T1', async (trx) => {
      await sql`insert into workspaces (workspace_id, created_at) values ('T1', now())`.execute(trx);
      await sql`insert into leads (workspace_id, lead_id, engineers, time_zone, working_days, workday_starts, workday_ends, digest_day, digest_time, prompts_per_day, created_at)
        values ('T1','U1',4,'UTC','{1,2,3,4,5}','09:00','18:00',5,'15:00',2, now())`.execute(trx);
      await sql`insert into commitments (workspace_id, lead_id, owner_id, owner_name, what, due, source_kind, source_id, source_words, made_at)
        values ('T1','U1','U1','Ada','write the plan','2026-11-20','retro','C1','the retro', '2026-11-10T09:00Z')`.execute(
        trx,
      );
      await sql`insert into schedules (workspace_id, lead_id, kind, subject, destination_type, destination, once_at, next_at, state, changed_at)
        values ('T1','U1','commitment-before','2026-11-20','dm','U1','2026-11-18T09:00Z', null, 'active', '2026-11-10T09:00Z')`.execute(
        trx,
      );
      await sql`insert into deliveries (workspace_id, schedule_id, lead_id, kind, subject, destination_type, destination, occurrence, state, reason, due_at, planned_at, requested)
        select 'T1', schedule_id, 'U1','commitment-before','2026-11-20','dm','U1','2026-11-18T09:00Z','planned','snoozed','2026-11-18T14:00Z','2026-11-18T09:00Z', true from schedules`.execute(
        trx,
      );
    });
    const b = await migrator.migrateToLatest();
    if (b.error) throw b.error;
    const clock = { now: instant('2026-11-18T12:00Z') };
    const slack = rememberingSlack(() => clock.now);
    const engine = testEngine(database as never, clock, slack, [commitmentReminder({ find: findMember })]);
    await engine.start({ ticks: 'by-hand' });
    await liveUntil(engine, clock, instant('2026-11-20T23:00Z'));
    await engine.stop();
    expect(slack.posted).toHaveLength(1);
  } finally {
    await database.close();
    await asAdministrator(`drop database ${name} with (force)`);
  }
});
