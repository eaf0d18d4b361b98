// The process's parts put together: Bolt, the web server, the engine and the rooms, to be started and stopped as one.

import { App, ErrorCode, type ReceiverEvent, SocketModeReceiver } from '@slack/bolt';
import { ZodError } from 'zod';
import type { Config } from './config.ts';
import { migrate, pendingMigrations } from './db/migrate.ts';
import type { Database } from './db/pool.ts';
import { createSealer } from './db/sealed.ts';
import { inWorkspace } from './db/tenancy.ts';
import { takesNothingNew } from './db/writable.ts';
import { homePublisher } from './home/home.ts';
import { addGuest, findMember, findPrompted } from './leads/leads.store.ts';
import { boltLogger, type Log } from './log.ts';
import { createPromptEngine, type PromptEngine } from './prompts/engine.ts';
import type { Shortcut, SlashCommand } from './rooms/room.ts';
import { openRooms, standingPlans } from './rooms.ts';
import { openDoors } from './slack/bolt-doors.ts';
import { clientOptions } from './slack/client.ts';
import { createReceiver, createWebServer, Unanswered } from './slack/receiver.ts';
import { oneWorkspace } from './slack/workspaces.ts';

interface Parts {
  config: Config;
  db: Database;
  now: () => Temporal.Instant;
  log: Log;
  /** `by-hand`: the caller moves the time and calls `engine.tick()`, as the sandbox and the tests do. */
  ticks?: 'by-the-clock' | 'by-hand';
  /** How long probes read "shutting down" before nothing new is accepted, in milliseconds. None unless given. */
  drainMillis?: number;
}

export interface EvenkeelApp {
  /** Migrates, connects to Slack, listens. Resolves to the port. Rejects when the database or Slack cannot be reached. */
  start(): Promise<number>;
  /** Accepts nothing more, finishes what is in flight, closes. Gives up waiting after `graceSeconds`. */
  stop(): Promise<void>;
  /** Resolves when nothing from Slack is being worked on; for the sandbox and the tests. */
  idle(): Promise<void>;
  engine: PromptEngine;
  /** Every command, as Slack's manifest and the sandbox list them. */
  commands: SlashCommand[];
  shortcuts: Shortcut[];
}

/** Kubernetes and Docker kill after 10 s or more; what is still running then is left to the engine's recovery. */
const graceSeconds = 6;

export function buildApp({
  config,
  db,
  now,
  log,
  ticks = 'by-the-clock',
  drainMillis = 0,
}: Parts): EvenkeelApp {
  const workspaces = oneWorkspace(config.slack.botToken, config.slack.apiUrl, log);
  const inFlight = new InFlight();
  const sealer = createSealer(config.encryptionKeys);

  const socket = config.slack.appToken
    ? new SocketModeReceiver({
        appToken: config.slack.appToken,
        logger: boltLogger(log),
        installerOptions: { clientOptions: clientOptions(config.slack.apiUrl, log) },
      })
    : undefined;
  const http = socket ? undefined : createReceiver(config.slack.signingSecret ?? '', log);
  const bolt = new CountingApp(inFlight, {
    receiver: (socket ?? http) as SocketModeReceiver,
    // Every request passes here. Of a workspace in which nothing could be said it is a sign that something may be again.
    async authorize(source, body) {
      const bot = await workspaces.authorize(source, body);
      if (source.teamId) await engine.heardFrom(source.teamId);
      return bot;
    },
    clientOptions: clientOptions(config.slack.apiUrl, log),
    convoStore: false,
    logger: boltLogger(log),
    deferInitialization: true,
  });
  bolt.error(async (error) => {
    if (error.code === ErrorCode.AuthorizationError)
      log.warn({ err: error }, 'a request of no workspace of ours');
    // The peer's doing, as when it is refused with 400; a line of what does not fit, and no stack for each.
    else if ('original' in error && error.original instanceof ZodError)
      log.warn({ issues: error.original.issues }, 'a request is not as Slack makes them');
    else log.error({ err: error }, 'a request failed before any room heard of it');
  });

  const { rooms, home, back } = openRooms({ sealer, now });
  const commands = rooms.flatMap((room) => room.commands ?? []);

  const engine = createPromptEngine({
    db,
    kinds: rooms.flatMap((room) => room.prompts ?? []),
    listeners: { find: findMember, welcome: addGuest },
    standing: { plans: standingPlans(rooms), members: findPrompted, back },
    keepFor: Temporal.Duration.from({ days: config.deliveriesKeptDays }),
    workspaces,
    now,
    log,
  });

  const publishHome = homePublisher({
    ...home,
    read: (workspaceId, work) => inWorkspace(db.db, workspaceId, work),
  });
  const doors = openDoors(bolt, {
    db: db.db,
    now,
    log,
    apiUrl: config.slack.apiUrl,
    kept: () => engine.nudge(),
    bringUpToDate: engine.bringUpToDate,
    publishHome: (by, workspaceId, personId, notice) => publishHome(by, { workspaceId, personId }, notice),
  });
  for (const room of rooms) room.listen(doors(room.name));
  doors('home').event('app_home_opened', async () => ({ home: true }));
  for (const event of ['app_uninstalled', 'tokens_revoked']) {
    doors('workspace').event(event, async ({ workspaceId }) => {
      await engine.doubt(workspaceId, event);
      return {};
    });
  }

  const server = createWebServer({
    receiver: http,
    signingSecret: config.slack.signingSecret,
    now,
    log,
    notReady: oneAtATime(() => missing(db)),
    remarks: oneAtATime(async () =>
      (await engine.stopped()).map(
        ({ workspaceId, error, stoppedAt }) =>
          `Slack lets nobody speak in ${workspaceId} since ${stoppedAt}: ${error}. It is asked again by itself.`,
      ),
    ),
    metrics: engine.registry,
  });

  return {
    engine,
    commands,
    shortcuts: rooms.flatMap((room) => room.shortcuts ?? []),
    idle: () => inFlight.finished(),
    async start() {
      const steps = await migrate(db, { log });
      if (steps.length > 0) log.info({ steps }, 'migrated the database');
      const workspaceId = await workspaces.connect();
      await inWorkspace(db.db, workspaceId, (trx) =>
        trx
          .insertInto('workspaces')
          .values({ workspace_id: workspaceId, created_at: now() })
          .onConflict((conflict) => conflict.doNothing())
          .execute(),
      );
      // Better not to start than to refuse every note later on.
      await inWorkspace(db.db, workspaceId, (trx) => sealer.check(trx, workspaceId));
      if (!sealer.available)
        log.warn('ENCRYPTION_KEYS is not set: one-on-one notes and feedback are refused');
      await bolt.init();
      await engine.start({ ticks });
      const port = await server.listen(config.port);
      await socket?.start();
      log.info({ port, mode: socket ? 'Socket Mode' : 'HTTP', workspaceId }, 'ready');
      return port;
    },
    async stop() {
      server.drain();
      if (drainMillis > 0) await new Promise((resolve) => setTimeout(resolve, drainMillis));
      const answered = inFlight.finished(graceSeconds);
      const closed = server.close(answered);
      await answered;
      // An answer under way needs the socket it came by, so that goes last.
      await Promise.all([closed, socket?.stop(), engine.stop()]);
    },
  };
}

/** Why the bot is not ready, in words for whoever reads the probe. */
async function missing(db: Database): Promise<string[]> {
  try {
    const pending = await pendingMigrations(db);
    if (pending.length > 0) return [`migrations to run: ${pending.join(', ')}`];
  } catch {
    return ['the database cannot be reached'];
  }
  return takesNothingNew(db);
}

/** Anybody may ask as often as they like; the database hears of one at a time. */
function oneAtATime<T>(look: () => Promise<T>): () => Promise<T> {
  let looking: Promise<T> | undefined;
  return () => {
    looking ??= look().finally(() => {
      looking = undefined;
    });
    return looking;
  };
}

/** What is being worked on. Bolt's own stop waits for open requests over HTTP and for nothing in Socket Mode. */
class InFlight {
  #count = 0;
  #idle = Promise.withResolvers<void>();

  async run<T>(work: () => Promise<T>): Promise<T> {
    this.#count += 1;
    try {
      return await work();
    } finally {
      this.#count -= 1;
      if (this.#count === 0) {
        this.#idle.resolve();
        this.#idle = Promise.withResolvers<void>();
      }
    }
  }

  async finished(atMostSeconds?: number): Promise<void> {
    if (this.#count === 0) return;
    if (atMostSeconds === undefined) return this.#idle.promise;
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, atMostSeconds * 1000);
    await Promise.race([this.#idle.promise, promise]);
    clearTimeout(timer);
  }
}

class CountingApp extends App {
  readonly #inFlight: InFlight;

  constructor(inFlight: InFlight, options: ConstructorParameters<typeof App>[0]) {
    super(options);
    this.#inFlight = inFlight;
  }

  override processEvent(event: ReceiverEvent): Promise<void> {
    return this.#inFlight.run(async () => {
      let answered = false;
      const ack: typeof event.ack = (response) => {
        answered = true;
        return event.ack(response);
      };
      await super.processEvent({ ...event, ack });
      if (!answered) throw new Unanswered();
    });
  }
}
