// A bad day, on purpose: replicas killed, Postgres stopped or silent, Slack failing or refusing, and afterwards a look into Slack's books.

import { type ChildProcess, fork } from 'node:child_process';
import { chmodSync, mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sql } from 'kysely';
import { type LocalPostgres, startPostgres } from '../../sandbox/postgres.ts';
import { sandboxClock } from '../../sandbox/slack/clock.ts';
import { startLocalSlack } from '../../sandbox/slack/index.ts';
import { migrate } from '../../src/db/migrate.ts';
import { type Database, openDatabase } from '../../src/db/pool.ts';
import { inEngine, inWorkspace } from '../../src/db/tenancy.ts';
import { prompts } from '../../src/prompts/engine.ts';
import { aLead, keepLead } from '../support/prompts.ts';
import { openWay, type Way } from '../support/way.ts';

export interface ChaosPlan {
  /** Shared out between the bots. */
  replicas: number;
  /** Bots on this one database, each with workspaces of its own. */
  bots: number;
  deliveries: number;
  kills: number;
  postgresStops: number;
  /** How often the way to Postgres swallows everything, of one replica or of all, for `hangSeconds` at most. */
  hangs: number;
  hangSeconds: number;
  /** For how long Slack refuses every token, in seconds. */
  refusedFor: number;
  /** Schedules that cannot be carried out. */
  poison: number;
  /** Over how long the deliveries fall due and things go wrong, in seconds. */
  seconds: number;
  seed: number;
  /** Seconds that everything may take to come to an end after the last blow; 180 unless given. */
  patience?: number;
  say?(line: string): void;
}

export interface ChaosReport {
  planned: number;
  /** In conversations the bot can read, by how often each occurrence stands there. */
  readable: { once: number; lost: number; more: number };
  /** Where it cannot read. `asked`: not there or nobody knows, and the lead was told. */
  unreadable: { once: number; lost: number; more: number; asked: number };
  kills: number;
  postgresStops: number;
  hangs: number;
  /** Workspaces that were stopped while Slack refused their token. */
  stopped: number;
  /** What cannot be carried out: seen and put off or given up, and never said. */
  poison: { planted: number; seen: number; said: number };
  /** Posts that Slack took, tries that it failed on purpose. */
  posts: number;
  faults: Record<string, number>;
  seconds: number;
}

const workspaces = 20;
const leadsEach = 5;

/** Runs it all. Postgres is one of its own, in a temporary folder. However it ends, nothing is left running. */
export async function runChaos(plan: ChaosPlan): Promise<ChaosReport> {
  const endings: (() => unknown)[] = [];
  try {
    return await run(plan, (ending) => endings.push(ending));
  } finally {
    for (const ending of endings.reverse()) await ending();
  }
}

async function run(plan: ChaosPlan, atTheEnd: (ending: () => unknown) => void): Promise<ChaosReport> {
  const say = plan.say ?? (() => {});
  const dice = random(plan.seed);
  const began = performance.now();
  const folder = mkdtempSync(path.join(tmpdir(), 'evenkeel-chaos-'));
  chmodSync(folder, 0o755);
  const flags = ['-c', 'fsync=off', '-c', 'synchronous_commit=off', '-c', 'full_page_writes=off'];
  let postgres: LocalPostgres = await startPostgres({ folder: path.join(folder, 'postgres'), flags });
  atTheEnd(() => rm(folder, { recursive: true, force: true }));
  atTheEnd(() => postgres.stop());
  const port = Number(postgres.address.split(':')[1]);
  await postgres.createDatabase('chaos');
  const url = postgres.ownerUrl('chaos');
  let database: Database = openDatabase(url, { connections: 4 });
  atTheEnd(() => database.close());
  await migrate(database);

  const clock = sandboxClock(Temporal.Now.instant());
  clock.run();
  const slack = await startLocalSlack({
    clock,
    workspaces: Array.from({ length: workspaces }, (_, index) => ({
      id: `TCHAOS${index}`,
      name: `Chaos ${index}`,
      domain: `chaos${index}`,
      people: Array.from({ length: leadsEach }, (_, lead) => ({
        id: `U${index}X${lead}`,
        name: `lead${index}x${lead}`,
        realName: `Lead ${index} ${lead}`,
        role: 'lead',
        tz: 'UTC',
      })),
      // The bot may post here; it has no scope to read it.
      channels: [{ name: 'team', id: `C${index}`, bot: true }],
    })),
  });
  atTheEnd(() => slack.stop());

  say(`planning ${plan.deliveries} deliveries over ${plan.seconds} s`);
  const start = Temporal.Now.instant();
  const always = {
    timeZone: 'UTC',
    workingDays: [1, 2, 3, 4, 5, 6, 7],
    workdayStarts: Temporal.PlainTime.from('00:00'),
    workdayEnds: Temporal.PlainTime.from('23:59:59'),
  };
  for (let index = 0; index < workspaces; index++) {
    const workspaceId = `TCHAOS${index}`;
    for (let lead = 0; lead < leadsEach; lead++) {
      await keepLead(database, aLead({ ...always, workspaceId, id: `U${index}X${lead}` }));
    }
    await inWorkspace(database.db, workspaceId, async (trx) => {
      for (let count = index; count < plan.poison; count += workspaces) {
        const leadId = `U${index}X0`;
        await prompts.plan(
          trx,
          {
            leadId,
            kind: 'ping',
            subject: `poison ${count}`,
            destination: { dm: leadId },
            when: { at: start.add({ milliseconds: Math.floor(dice() * plan.seconds * 200) }) },
          },
          start,
        );
      }
      await sql`
        update schedules set rule = 'FREQ=SOMETIMES', starts = '2026-01-01T00:00', time_zone = 'Mars/Olympus', once_at = null
        where subject like 'poison %'`.execute(trx);
      for (let count = index; count < plan.deliveries; count += workspaces) {
        const leadId = `U${index}X${Math.floor(dice() * leadsEach)}`;
        const at = start.add({ milliseconds: Math.floor(dice() * plan.seconds * 800) });
        await prompts.plan(
          trx,
          {
            leadId,
            kind: 'ping',
            subject: String(count),
            // One in ten goes to a channel that can't be read.
            destination: count % 10 === 9 ? { channel: `C${index}` } : { dm: leadId },
            when: { at },
          },
          start,
        );
      }
    });
  }

  // A tenth of the calls in all.
  for (const fault of [
    { kind: 'ratelimited', retryAfter: 1 },
    { kind: 'http', status: 500 },
    { kind: 'timeout' },
    { kind: 'accepted-then-dropped' },
    { kind: 'slow', ms: 700 },
  ] as const) {
    slack.faults.add({ ...fault, method: '*', share: 0.02 });
  }
  slack.faults.seed(plan.seed);

  const ways: Way[] = [];
  for (let slot = 0; slot < plan.replicas; slot++) {
    const way = await openWay(url);
    atTheEnd(() => way.close());
    ways.push(way);
  }
  /** Of the bot that this replica is one of. */
  const tokensOf = (slot: number) =>
    Object.fromEntries(
      slack.workspaces
        .filter((_, index) => index % plan.bots === slot % plan.bots)
        .map((workspace) => [workspace.id, workspace.botToken]),
    );
  const replicas: (ChildProcess | undefined)[] = [];
  let over = false;
  const startReplica = (slot: number): void => {
    if (over) return;
    const child = fork(path.join(import.meta.dirname, 'replica.ts'), {
      execArgv: ['--disable-warning=ExperimentalWarning'],
      stdio: ['ignore', 'ignore', plan.say ? 'inherit' : 'ignore', 'ipc'],
      env: {
        ...process.env,
        REPLICA_DATABASE: ways[slot]!.url,
        REPLICA_SLACK: slack.apiUrl,
        REPLICA_TOKENS: JSON.stringify(tokensOf(slot)),
      },
    });
    replicas[slot] = child;
    child.once('exit', () => {
      replicas[slot] = undefined;
      setTimeout(() => startReplica(slot), 100);
    });
  };
  const stopReplicas = () => {
    over = true;
    for (const replica of replicas) replica?.kill('SIGKILL');
  };
  atTheEnd(stopReplicas);
  for (let slot = 0; slot < plan.replicas; slot++) startReplica(slot);

  // What goes wrong, at random moments.
  const blows = [
    ...Array.from({ length: plan.kills }, () => 'kill' as const),
    ...Array.from({ length: plan.postgresStops }, () => 'stop-postgres' as const),
    ...Array.from({ length: plan.hangs }, () => 'hang' as const),
    ...(plan.refusedFor > 0 ? ['refuse' as const] : []),
  ]
    // Slack refuses while there is still something to say.
    .map((blow) => ({ blow, at: (0.05 + (blow === 'refuse' ? 0.4 : 0.95) * dice()) * plan.seconds * 1000 }))
    .sort((one, other) => one.at - other.at);
  const from = performance.now();
  const since = () => Math.round(performance.now() - from);
  let kills = 0;
  let stopped = 0;
  /** What goes on beside the other blows, until it is over. */
  const meanwhile: Promise<unknown>[] = [];
  const hang = async (some: readonly Way[], ms: number): Promise<void> => {
    say(`${since()} ms: the way of ${some.length} is silent for ${Math.round(ms)} ms`);
    for (const way of some) way.swallow();
    await pause(ms);
    for (const way of some) way.letThrough();
  };
  const refuse = async (ms: number): Promise<void> => {
    say(`${since()} ms: Slack refuses every token for ${ms} ms`);
    const refused = slack.faults.add({ kind: 'error', error: 'invalid_auth', method: '*' });
    const began = performance.now();
    // Whatever else goes on: long enough for somebody to be refused, and to be sure of it.
    while (performance.now() - began < ms || (stopped === 0 && performance.now() - began < 10 * ms)) {
      await pause(250);
      const rows = await inEngine(
        database.db,
        (trx) => trx.selectFrom('stopped_workspaces').selectAll().execute(),
        // Postgres may be stopped just now.
      ).catch(() => []);
      stopped = Math.max(stopped, rows.length);
    }
    refused.remove();
    say(`${since()} ms: Slack takes them again; ${stopped} workspaces were stopped`);
  };
  for (const { blow, at } of blows) {
    await pause(at - (performance.now() - from));
    if (blow === 'stop-postgres') {
      say(`${since()} ms: Postgres stops`);
      await database.close();
      await postgres.stop();
      await pause(200 + dice() * 1000);
      postgres = await startPostgres({ folder: path.join(folder, 'postgres'), flags, port });
      database = openDatabase(url, { connections: 4 });
      continue;
    }
    if (blow === 'hang') {
      const some = dice() < 0.5 ? ways : [ways[Math.floor(dice() * ways.length)]!];
      meanwhile.push(hang(some, (0.2 + 0.8 * dice()) * plan.hangSeconds * 1000));
      continue;
    }
    if (blow === 'refuse') {
      meanwhile.push(refuse(plan.refusedFor * 1000));
      continue;
    }
    // Whoever is there; one may just be starting again.
    const alive = replicas.filter((replica) => replica?.pid !== undefined);
    const victim = alive[Math.floor(dice() * alive.length)];
    if (victim?.kill('SIGKILL')) kills += 1;
  }
  await Promise.all(meanwhile);
  say(`${since()} ms: ${kills} kills, ${plan.postgresStops} stops; now everyone may finish`);
  slack.faults.clear();

  const unsettled = () =>
    inEngine(database.db, async (trx) => {
      const waiting = await trx
        .selectFrom('deliveries')
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .where('due_at', 'is not', null)
        .executeTakeFirstOrThrow();
      const unplanned = await trx
        .selectFrom('schedules')
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .where('next_at', 'is not', null)
        .where('subject', 'not like', 'poison %')
        .executeTakeFirstOrThrow();
      return waiting.count + unplanned.count;
    });
  const deadline = performance.now() + (plan.patience ?? 180) * 1000;
  for (let left = await unsettled(); left > 0; left = await unsettled()) {
    if (performance.now() > deadline)
      throw new Error(`${left} are still on their way, long after the last blow`);
    await pause(250);
  }
  stopReplicas();

  const kept = await inEngine(database.db, (trx) => trx.selectFrom('deliveries').selectAll().execute());
  const stands = new Map<string, number>();
  for (const workspace of slack.workspaces) {
    for (const channel of workspace.channels.values()) {
      for (const { metadata } of channel.messages) {
        const id = String(metadata?.event_payload.delivery_id);
        stands.set(id, (stands.get(id) ?? 0) + 1);
      }
    }
  }
  const count = (rows: typeof kept) => ({
    once: rows.filter((row) => stands.get(row.delivery_id) === 1).length,
    lost: rows.filter((row) => !stands.has(row.delivery_id)).length,
    more: rows.filter((row) => (stands.get(row.delivery_id) ?? 0) > 1).length,
  });
  const isPoison = (row: { subject: string }) => row.subject.startsWith('poison ');
  const pings = kept.filter((row) => row.kind === 'ping' && !isPoison(row));
  const poison = await inEngine(database.db, (trx) =>
    trx.selectFrom('schedules').select(['tries', 'state']).where('subject', 'like', 'poison %').execute(),
  );
  const toChannels = pings.filter((row) => row.destination_type === 'channel');
  const unknown = new Set(toChannels.filter((row) => row.state === 'unknown').map((row) => row.delivery_id));
  const faults: Record<string, number> = {};
  for (const entry of slack.log) if (entry.fault) faults[entry.fault] = (faults[entry.fault] ?? 0) + 1;
  const channels = count(toChannels);
  const report: ChaosReport = {
    planned: pings.length,
    readable: count(pings.filter((row) => row.destination_type === 'dm')),
    unreadable: {
      ...channels,
      lost: toChannels.filter((row) => !stands.has(row.delivery_id) && !unknown.has(row.delivery_id)).length,
      asked: kept.filter(
        (row) =>
          row.kind === 'prompt-in-doubt' && unknown.has(row.subject) && stands.get(row.delivery_id) === 1,
      ).length,
    },
    kills,
    postgresStops: plan.postgresStops,
    hangs: plan.hangs,
    stopped,
    poison: {
      planted: poison.length,
      seen: poison.filter(({ tries, state }) => tries > 0 || state === 'broken').length,
      said: kept.filter((row) => isPoison(row) && stands.has(row.delivery_id)).length,
    },
    posts: [...stands.values()].reduce((sum, one) => sum + one, 0),
    faults,
    seconds: Math.round((performance.now() - began) / 1000),
  };
  if (unknown.size !== report.unreadable.asked) {
    throw new Error(`${unknown.size} are unknown and ${report.unreadable.asked} leads were asked`);
  }
  return report;
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, Math.max(ms, 0)));

/** A seeded generator (Park and Miller's), so that a bad day can be had again. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}
