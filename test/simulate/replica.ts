// One replica: the rooms, the doors and the engine as in production, on virtual time, a simulated Slack and its own way to Postgres.

import type { App } from '@slack/bolt';
import { pino } from 'pino';
import { keysFrom } from '../../sandbox/bot.ts';
import { createSealer, newMasterKey } from '../../src/db/sealed.ts';
import { inWorkspace } from '../../src/db/tenancy.ts';
import { homePublisher } from '../../src/home/home.ts';
import { addGuest, findMember, findPrompted } from '../../src/leads/leads.store.ts';
import { createPromptEngine, type PromptEngine } from '../../src/prompts/engine.ts';
import type { PromptKind } from '../../src/prompts/prompts.ts';
import { openRooms, standingPlans } from '../../src/rooms.ts';
import { openDoors } from '../../src/slack/bolt-doors.ts';
import { type ReplicaDatabase, replicaDatabase } from './database.ts';
import { type Doors, listeningApp } from './doors.ts';
import { simulatedWorkers } from './workers.ts';
import type { World } from './world.ts';

export interface Replica {
  name: string;
  doors: Doors;
  engine: PromptEngine;
  kinds: PromptKind[];
  database: ReplicaDatabase;
}

const log = pino({ level: process.env.SIMULATE_LOG ?? 'silent' });
const sealer = createSealer(keysFrom(newMasterKey('simulated')));

export function startReplica(world: World, name: string, url: string): Replica {
  const { timeline, dice, broken } = world;
  const database = replicaDatabase(world, name, url);
  const now = () => timeline.now().add({ milliseconds: world.clockError(name) });
  const { rooms, home, back } = openRooms({ sealer, now });
  const kinds = rooms.flatMap((room) => room.prompts ?? []).map((kind) => broken.kind?.(kind) ?? kind);
  const engine = createPromptEngine({
    db: database,
    kinds,
    listeners: {
      async find(trx, leadId) {
        const lead = await findMember(trx, leadId);
        return lead && (broken.lead?.(lead) ?? lead);
      },
      welcome: addGuest,
    },
    ...(broken.reconciles !== false && {
      standing: { plans: standingPlans(rooms), members: findPrompted, back },
    }),
    workspaces: {
      served: () => [...world.slack.workspaces],
      clientFor: async (workspaceId) => world.slack.clientFor(name, workspaceId),
    },
    now,
    log,
    timers: timeline.timersOf(name, dice.between(0, 400)),
    // Twice as it were: looking after others is what a replica does most of the time.
    lookAfterOthersEvery: Temporal.Duration.from({ seconds: 30 }),
    run: simulatedWorkers(world, name, 2),
  });
  const { app, doors } = listeningApp();
  const publishHome = homePublisher({
    ...home,
    read: <T>(workspaceId: string, work: Parameters<typeof inWorkspace<T>>[2]) =>
      inWorkspace(database.db, workspaceId, work),
  });
  const open = openDoors(app as unknown as App, {
    db: database.db,
    now,
    log,
    // Nobody here has a response URL: that would be a call no dice decide on.
    apiUrl: 'https://simulated.invalid/',
    timers: timeline.timersOf(name, 0),
    kept: () => engine.nudge(),
    bringUpToDate: engine.bringUpToDate,
    publishHome: (client, workspaceId, personId, notice) =>
      publishHome(client, { workspaceId, personId }, notice),
  });
  for (const room of rooms) room.listen(open(room.name));
  // A process that can't begin ends, and whoever started it starts another.
  engine.start().catch(() => timeline.after(0, name, () => world.kill(name)));
  return { name, doors, engine, kinds, database };
}
