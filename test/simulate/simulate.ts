// One simulated year: a team and its bots, from one seed, and what was found wrong with it.

import { createHash } from 'node:crypto';
import pg from 'pg';
import { openDatabase } from '../../src/db/pool.ts';
import { inWorkspace } from '../../src/db/tenancy.ts';
import type { Broken } from './breakages.ts';
import { seededDice } from './dice.ts';
import { factsOf } from './facts.ts';
import { badYear } from './faults.ts';
import { hands } from './hands.ts';
import { type KeptHours, wrongHours } from './history.ts';
import { live, zones } from './life.ts';
import { lockWatch } from './locks.ts';
import { crossed, type Heard, missing, unsaid, wrongs } from './oracle.ts';
import { type Replica, startReplica } from './replica.ts';
import { simulatedSlack } from './slack.ts';
import { timeline } from './timeline.ts';
import { plantTroubles } from './troubles.ts';
import type { Rare, World } from './world.ts';

export interface SimulationPlan {
  seed: number;
  /** The owner's and the administrator's way to a migrated database of its own. */
  url: string;
  administratorUrl: string;
  days?: number;
  /** False: a year in which nothing goes wrong. */
  faults?: boolean;
  /** How long everything goes well at the end; four weeks unless given. */
  calmDays?: number;
  /** A rule to break on purpose. */
  broken?: Broken;
  /** Called with every line of the trace, for somebody who follows a seed. */
  follow?(line: string): void;
}

export interface SimulationReport {
  seed: number;
  wrongs: string[];
  /** How many were lived through. */
  days: number;
  /** The same for the same seed. */
  hash: string;
  posts: number;
  queries: number;
  met: Partial<Record<Rare, number>>;
  faults: Record<string, number>;
  seconds: number;
}

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const replicas = 3;
/**
 * Whom each lead meets on Tuesdays, and when; the first is their partner. Three are more than a day has room for, and what
 * comes after an evening's has to wait for the morning. Two leads have the same id in their workspaces.
 */
const meetings: Record<string, [string, string][]> = {
  'T1 UADA': [
    ['UQIN', '11:00'],
    ['USAM', '13:00'],
    ['UTOM', '15:00'],
  ],
  'T1 UBO': [['URAY', '17:45']],
  'T2 UADA': [['UZOE', '17:45']],
};
const dueSchedules = /from "schedules".*for update skip locked/;

export async function simulate(plan: SimulationPlan): Promise<SimulationReport> {
  const watcher = new pg.Client(plan.administratorUrl);
  await watcher.connect();
  const alive = new Map<string, Replica>();
  try {
    return await year(plan, watcher, alive);
  } finally {
    for (const replica of alive.values()) await replica.database.vanish();
    await watcher.end();
  }
}

async function year(
  plan: SimulationPlan,
  watcher: pg.Client,
  alive: Map<string, Replica>,
): Promise<SimulationReport> {
  const began = performance.now();
  const dice = seededDice(plan.seed);
  const start = Date.UTC(2026, 0, 5) + dice.between(0, 364) * day;
  const days = plan.days ?? 365;
  const until = start + days * day;
  const met: SimulationReport['met'] = {};
  const hash = createHash('sha256');
  let queries = 0;
  let jobsVersion = 0;
  let stirred = { version: 0, at: 0 };
  const claiming = new Set<string>();
  const held = new Map<number, number>();
  const clocks = new Map<string, number>();
  let born = 0;

  const line = timeline(start, dice, async () => {
    const { rows } = await watcher.query(`
      select least(
          (select min(greatest(next_at, retry_at)) from schedules where not exists (select from stopped_workspaces as stopped
            where stopped.workspace_id = schedules.workspace_id)),
          (select min(due_at) from deliveries where not exists (select from stopped_workspaces as stopped
            where stopped.workspace_id = deliveries.workspace_id)),
          (select min(due_at) from reconciliations where not exists (select from stopped_workspaces as stopped
            where stopped.workspace_id = reconciliations.workspace_id)),
          (select min(ask_at) from stopped_workspaces)) as at,
        array(select id::integer from graphile_worker._private_jobs where attempts < max_attempts) as jobs`);
    const [{ at, jobs }] = rows as [{ at: Date | null; jobs: number[] }];
    const due = Math.min(at?.getTime() ?? Infinity, ...jobs.map((id) => held.get(id) ?? 0));
    // What stays due although nothing comes of it, as with the database away, is looked at once a minute.
    if (due > line.ms || jobsVersion !== stirred.version) stirred = { version: jobsVersion, at: line.ms };
    return due > line.ms || line.ms - stirred.at < minute ? due : line.ms + minute;
  });
  const faults = badYear(dice, line);
  if (plan.faults === false) faults.heal();
  const world: World = {
    timeline: line,
    dice,
    faults,
    locks: lockWatch(watcher, () => world.met('waited-for-a-lock')),
    slack: undefined as never,
    broken: plan.broken ?? {},
    clockError: (owner) => clocks.get(owner) ?? 0,
    trace(owner, what, of) {
      if (what === 'query') queries += 1;
      // Which replicas are between looking for what is due and the end of that transaction.
      if (what === 'query' && dueSchedules.test(of)) claiming.add(owner);
      if (what === 'query' && of.startsWith('delete from "stopped_workspaces"'))
        world.met('stopped-and-back');
      if (claiming.size > 1) world.met('two-claim');
      if (what !== 'query' || of === 'commit') claiming.delete(owner);
      const text = `${line.ms} ${owner} ${what} ${of.replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '#')}`;
      hash.update(text);
      plan.follow?.(text);
    },
    met(rare) {
      met[rare] = (met[rare] ?? 0) + 1;
    },
    async kill(owner) {
      const replica = alive.get(owner);
      if (!replica) return;
      alive.delete(owner);
      world.met('killed');
      world.trace(owner, 'killed', '');
      line.drop(owner);
      world.jobsChanged();
      await replica.database.vanish();
      line.after(dice.between(500, 60_000), 'world', startOne);
    },
    posted() {},
    notYet: () => [...held].flatMap(([id, at]) => (at > line.ms ? [id] : [])),
    holdJob(id, milliseconds) {
      held.set(id, line.ms + milliseconds);
      line.after(milliseconds, 'world', world.jobsChanged);
    },
    jobsChanged() {
      jobsVersion += 1;
    },
    jobsVersion: () => jobsVersion,
  };
  world.slack = simulatedSlack(world);
  const startOne = (): void => {
    born += 1;
    const name = `replica ${born}`;
    alive.set(name, startReplica(world, name, plan.url));
  };

  const house = openDatabase(plan.url, { connections: 1 });
  const newcomer = (who: string): void => {
    world.slack.people.set(who, { tz: dice.pick(zones), left: false });
  };
  for (const who of ['T1 UQIN', 'T1 URAY', 'T1 USAM', 'T1 UTOM', 'T2 UZOE']) newcomer(who);
  const leads = Object.entries(meetings).map(([who, people]) => {
    newcomer(who);
    const [workspaceId = '', id = ''] = who.split(' ');
    const partner = people[0]?.[0] ?? '';
    const partnerZone = world.slack.people.get(`${workspaceId} ${partner}`)!.tz;
    const facts = factsOf({ workspaceId, id, people, partner, partnerZone });
    facts.zones.push({ from: start, sure: Infinity, zone: world.slack.people.get(who)!.tz });
    return facts;
  });
  for (const workspaceId of world.slack.workspaces) {
    await inWorkspace(house.db, workspaceId, (trx) =>
      trx
        .insertInto('workspaces')
        .values({ workspace_id: workspaceId, created_at: line.now() })
        .onConflict((conflict) => conflict.doNothing())
        .execute(),
    );
  }
  await house.close();

  for (let count = 0; count < replicas; count++) startOne();
  const someReplica = () => (alive.size > 0 ? dice.pick([...alive.values()]) : undefined);
  const peoplesHands = hands(world, someReplica);
  for (const lead of leads) {
    line.after(dice.between(60_000, day), 'world', () =>
      live(world, peoplesHands, lead, { until, team: lead === leads[0] }),
    );
  }
  if (plan.faults !== false) {
    const zone = leads[0]?.zones[0]?.zone ?? 'UTC';
    plantTroubles(world, { seed: plan.seed, start, until, zone, alive: () => [...alive.keys()], clocks });
  }
  await line.run(until);
  // Nothing goes wrong any more, and nobody does anything: it comes to rest, and everybody hears what is theirs.
  faults.heal();
  clocks.clear();
  world.slack.refusedUntil.clear();
  const healed = line.ms;
  await line.run(healed + 6 * hour);
  const unrest = await restless(watcher, line.ms);
  await line.run(healed + (plan.calmDays ?? 28) * day);

  const { rows } = await watcher.query<{
    workspace_id: string;
    delivery_id: string;
    lead_id: string;
    kind: string;
    subject: string;
    occurrence: Date;
    history: { at: string; state: string; reason?: string }[];
  }>(
    'select workspace_id, delivery_id, lead_id, kind, subject, occurrence, history from deliveries order by occurrence',
  );
  for (const { workspace_id, lead_id, kind, occurrence, history } of rows) {
    const lived = history.map(({ at, state, reason }) => `${at} ${state}${reason ? ` (${reason})` : ''}`);
    plan.follow?.(`${occurrence.toISOString()} ${workspace_id} ${lead_id} ${kind}: ${lived.join(', ')}`);
  }
  const deliveries = new Map(rows.map((row) => [row.delivery_id, row]));
  const heard = world.slack.book.flatMap((message): Heard[] => {
    const row = message.deliveryId === undefined ? undefined : deliveries.get(message.deliveryId);
    const lead = leads.find((one) => one.workspaceId === row?.workspace_id && one.id === row.lead_id);
    if (!row || !lead) return [];
    return [{ ...message, lead, kind: row.kind, subject: row.subject, occurrence: row.occurrence.getTime() }];
  });
  for (const state of ['in-doubt', 'found'] as const) {
    const { rows } = await watcher.query<{ count: number }>(
      `select count(*)::integer from deliveries, jsonb_array_elements(history) as lived
       where lived->>'state' = $1 or lived->>'reason' = $1`,
      [state],
    );
    met[state] = rows[0]?.count ?? 0;
  }
  const found = [
    ...wrongs(heard),
    ...leads.flatMap((lead) => missing(lead, heard, start, line.ms)),
    ...leads.flatMap((lead) => unsaid(lead, heard, line.ms)),
    ...crossed(world.slack.book, leads),
    ...unrest,
    ...wrongHours(leads, await keptHours(watcher)),
  ];
  return {
    seed: plan.seed,
    wrongs: found,
    days: Math.round((line.ms - start) / day),
    hash: hash.digest('hex').slice(0, 16),
    posts: world.slack.book.length,
    queries,
    met,
    faults: faults.counts,
    seconds: Math.round((performance.now() - began) / 100) / 10,
  };
}

/** What is still under way or overdue hours after the last thing went wrong: a line for each state. */
async function restless(watcher: pg.Client, now: number): Promise<string[]> {
  const { rows } = await watcher.query<{ what: string; count: number }>(
    `select 'schedules that are due' as what, count(*)::integer from schedules where next_at < $1
     union all select 'deliveries ' || state, count(*)::integer from deliveries where due_at < $1 group by state
     union all select concat_ws(' ', 'jobs', payload, attempts, locked_by, last_error), 1
       from graphile_worker._private_jobs where attempts < max_attempts`,
    [new Date(now - hour)],
  );
  return rows.filter(({ count }) => count > 0).map(({ what, count }) => `no rest: ${count} ${what}`);
}

async function keptHours(watcher: pg.Client): Promise<KeptHours[]> {
  const { rows } = await watcher.query<KeptHours>(
    'select workspace_id as "workspaceId", lead_id as "leadId", note, minutes from time_entries',
  );
  return rows;
}
