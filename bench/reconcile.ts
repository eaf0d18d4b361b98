// Prints what comparing the plans of many leads costs, missing altogether and as they should be, against the bare queries.
// Usage: DATABASE_URL=postgres://… node bench/reconcile.ts [leads]; the database is migrated and should be a spare one.

import { sql } from 'kysely';
import { pino } from 'pino';
import { migrate } from '../src/db/migrate.ts';
import { openDatabase } from '../src/db/pool.ts';
import { createSealer } from '../src/db/sealed.ts';
import { inEngine, inWorkspace } from '../src/db/tenancy.ts';
import { findPrompted } from '../src/leads/leads.store.ts';
import { promptMetrics } from '../src/prompts/metrics.ts';
import { createReconciler } from '../src/prompts/reconcile.ts';
import { openRooms, standingPlans } from '../src/rooms.ts';
import { aLead, keepLead } from '../test/support/prompts.ts';

const leads = Number(process.argv[2] ?? 10_000);
const workspaceId = 'TBENCH';
const now = Temporal.Instant.from('2026-11-16T10:00Z');
const database = openDatabase(process.env.DATABASE_URL ?? '');
await migrate(database);
await keepLead(database, aLead({ workspaceId, id: 'U0' }));
await inWorkspace(database.db, workspaceId, async (trx) => {
  await sql`
    insert into leads select (jsonb_populate_record(leads, jsonb_build_object('lead_id', 'U' || n))).*
    from leads, generate_series(1, ${leads - 1}::integer) as n where lead_id = 'U0'
    on conflict do nothing`.execute(trx);
  await sql`
    insert into one_on_one_people
      (workspace_id, lead_id, person_id, name, relation, rule, at_time, minutes, lead_time, since)
    select workspace_id, lead_id, 'UP' || n, 'Somebody', 'report', 'FREQ=WEEKLY;BYDAY=TU', '11:00', 30, 'evening', '2026-11-02'
    from leads, generate_series(1, 2) as n on conflict do nothing`.execute(trx);
});

const { rooms, back } = openRooms({ sealer: createSealer([]), now: () => now });
const reconciler = createReconciler({
  db: database.db,
  served: () => [workspaceId],
  standing: standingPlans(rooms),
  members: findPrompted,
  isThere: async () => false,
  back,
  now: () => now,
  log: pino({ level: 'silent' }),
  metrics: promptMetrics(),
});

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return (performance.now() - began) / 1000;
}
async function look(): Promise<number> {
  await reconciler.hurry();
  return seconds(() => reconciler.run());
}

const missing = await look();
const same = await look();
// The least that ten looks at a lead's rows cost, in transactions as long.
const floor = await seconds(async () => {
  for (let from = 0; from < leads; from += 50) {
    await inWorkspace(database.db, workspaceId, async (trx) => {
      for (let count = 0; count < 50 * 10; count += 1)
        await trx
          .selectFrom('leads')
          .selectAll()
          .where('lead_id', '=', `U${from + (count % 50)}`)
          .execute();
    });
  }
});
const { count } = await inEngine(database.db, (trx) =>
  trx
    .selectFrom('schedules')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow(),
);
console.log(`${leads} leads, ${count} schedules`);
console.log(`everything missing: ${missing.toFixed(1)} s; as it should be: ${same.toFixed(1)} s`);
console.log(`ten bare looks a lead: ${floor.toFixed(1)} s; ratio ${(same / floor).toFixed(2)}`);
await database.close();
