// A million schedules of which twenty are due: the tick reads what is due, whatever else there is.

import { expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { inEngine } from '../../src/db/tenancy.ts';
import { nextDue } from '../../src/prompts/ahead.ts';
import { claimTogether, dueSchedules } from '../../src/prompts/claim.ts';
import { asAdministrator, useDatabase } from '../support/database.ts';
import { instant } from '../support/prompts.ts';

const database = useDatabase();
const now = instant('2026-11-20T15:00Z');
const served = Array.from({ length: 100 }, (_, index) => `T${index + 1}`);

interface PlanNode {
  'Node Type': string;
  'Index Name'?: string;
  'Actual Rows': number;
  'Shared Hit Blocks': number;
  'Shared Read Blocks': number;
  Plans?: PlanNode[];
}

const nodes = (node: PlanNode): PlanNode[] => [node, ...(node.Plans ?? []).flatMap(nodes)];

test('claiming twenty of a million touches tens of pages, by the index', async () => {
  const name = new URL(database.current.url).pathname.slice(1);
  await asAdministrator(
    `set session_replication_role = replica;
     insert into workspaces (workspace_id, created_at) select 'T' || n, now() from generate_series(1, 100) as n;
     insert into schedules (workspace_id, lead_id, kind, subject, destination_type, destination, rule, starts, time_zone, next_at, state, changed_at)
     select 'T' || 1 + n % 100, 'U' || n, 'ping', '', 'dm', 'U' || n, 'FREQ=WEEKLY;BYDAY=FR', '2026-11-16T15:00', 'UTC',
       timestamptz '2026-11-20T15:00Z' + make_interval(mins => case when n <= 20 then 0 else n % 10000 + 1 end), 'active', now()
     from generate_series(1, 1000000) as n`,
    name,
  );
  await asAdministrator('vacuum analyze schedules', name);

  const { db } = database.current;
  const [explained] = await inEngine(db, (trx) =>
    dueSchedules(trx, served, now).explain<{ 'QUERY PLAN': { Plan: PlanNode }[] }>(
      'json',
      sql`analyze, buffers`,
    ),
  );
  const all = nodes(explained!['QUERY PLAN'][0]!.Plan);
  const [top] = all;
  expect(all.map((node) => node['Index Name'])).toContain('schedules_due');
  expect(all.map((node) => node['Node Type'])).not.toContain('Seq Scan');
  expect(top!['Actual Rows']).toBe(20);
  expect(top!['Shared Hit Blocks'] + top!['Shared Read Blocks']).toBeLessThan(100);

  expect(await claimTogether({ db, served, importance: () => 0 }, now)).toMatchObject({
    planned: 20,
    claimed: 20,
  });
  expect(String(await nextDue(db, served))).toBe('2026-11-20T15:01:00Z');
});
