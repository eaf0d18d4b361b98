// One simulated year: a team and its bots, from one seed, and what was found wrong with it.

import { createHash } from 'node:crypto';
import pg from 'pg';
import { openDatabase } from '../../src/db/pool.ts';
import { inWorkspace } from '../../src/db/tenancy.ts';
import { seededDice } from './dice.ts';
import { factsOf } from './facts.ts';
import { badYear } from './faults.ts';
import { hands } from './hands.ts';
import { live, zones } from './life.ts';
import { lockWatch } from './locks.ts';
import { type Heard, missing, wrongs } from './oracle.ts';
import { type Replica, startReplica } from './replica.ts';
import { simulatedSlack } from './slack.ts';
import { timeline } from './timeline.ts';
import type { Rare, World } from './world.ts';

export interface SimulationPlan {
  seed: number;
  /** The owner's and the administrator's way to a migrated database of its own. */
  url: string;
  administratorUrl: string;
  days?: number;
  /** False: a year in which nothing goes wrong. */
  faults?: boolean;
  /** Called with every line of the trace, for somebody who follows a seed. */
  follow?(line: string): void;
}

export interface SimulationReport {
  seed: number;
  wrongs: string[];
  /** The same for the same seed. */
  hash: string;
  posts: number;
  queries: number;
  met: Partial<Record<Rare, number>>;
  faults: Record<string, number>;
  seconds: number;
}

const day = 24 * 3_600_000;
const replicas = 3;
const dueSchedules = /from "schedules".*for update skip locked/;

export async function simulate(plan: SimulationPlan): Promise<SimulationReport> {
  const began = performance.now();
  const watcher = new pg.Client(plan.administratorUrl);
  await watcher.connect();
  const dice = seededDice(plan.seed);
  const start = Date.UTC(2026, 0, 5) + dice.between(0, 364) * day;
  const until = start + (plan.days ?? 365) * day;
  const met: SimulationReport['met'] = {};
  const hash = createHash('sha256');
  let queries = 0;
  let jobsVersion = 0;
  const claiming = new Set<string>();
  const held = new Map<number, number>();
  const alive = new Map<string, Replica>();
  let born = 0;

  const line = timeline(start, async () => {
    const { rows } = await watcher.query(`
      select least((select min(next_at) from schedules), (select min(due_at) from deliveries)) as at,
        array(select id::integer from graphile_worker._private_jobs) as jobs`);
    const [{ at, jobs }] = rows as [{ at: Date | null; jobs: number[] }];
    const due = jobs.map((id) => held.get(id) ?? 0);
    return Math.min(at?.getTime() ?? Infinity, ...due);
  });
  const faults = badYear(dice, line);
  if (plan.faults === false) faults.heal();
  const world: World = {
    timeline: line,
    dice,
    faults,
    locks: lockWatch(watcher, () => world.met('waited-for-a-lock')),
    slack: undefined as never,
    trace(owner, what, of) {
      if (what === 'query') queries += 1;
      // Which replicas are between looking for what is due and the end of that transaction.
      if (what === 'query' && dueSchedules.test(of)) claiming.add(owner);
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
  const leads = ['T1 UADA', 'T1 UBO', 'T2 UADA'].map((who) => {
    const [workspaceId = '', id = ''] = who.split(' ');
    const zone = dice.pick(zones);
    world.slack.people.set(who, { tz: zone, left: false });
    const facts = factsOf({ workspaceId, id });
    facts.zones.push({ from: start, sure: Infinity, zone });
    return facts;
  });
  for (const workspaceId of ['T1', 'T2']) {
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
    line.after(dice.between(60_000, day), 'world', () => live(world, peoplesHands, lead, until));
  }
  await line.run(until);

  const { rows } = await watcher.query<{
    workspace_id: string;
    delivery_id: string;
    lead_id: string;
    kind: string;
    subject: string;
    occurrence: Date;
  }>('select workspace_id, delivery_id, lead_id, kind, subject, occurrence from deliveries');
  const deliveries = new Map(rows.map((row) => [row.delivery_id, row]));
  const heard = world.slack.book.flatMap((message): Heard[] => {
    const row = message.deliveryId === undefined ? undefined : deliveries.get(message.deliveryId);
    const lead = leads.find((one) => one.workspaceId === row?.workspace_id && one.id === row.lead_id);
    if (!row || !lead) return [];
    return [{ ...message, lead, kind: row.kind, subject: row.subject, occurrence: row.occurrence.getTime() }];
  });
  const found = [...wrongs(heard), ...leads.flatMap((lead) => missing(lead, heard, start, until))];
  for (const replica of alive.values()) await replica.database.vanish();
  await watcher.end();
  return {
    seed: plan.seed,
    wrongs: found,
    hash: hash.digest('hex').slice(0, 16),
    posts: world.slack.book.length,
    queries,
    met,
    faults: faults.counts,
    seconds: Math.round((performance.now() - began) / 100) / 10,
  };
}
