// A whole house for a test: the real bot on a real Postgres, a strict local Slack, and a clock that the test sets.

import { afterAll, beforeAll, expect } from '@jest/globals';
import { startBot } from '../../sandbox/bot.ts';
import { type SandboxClock, sandboxClock } from '../../sandbox/slack/clock.ts';
import {
  type LocalSlack,
  type LocalSlackOptions,
  type Person,
  startLocalSlack,
} from '../../sandbox/slack/index.ts';
import type { WorkspaceSpec } from '../../sandbox/slack/workspaces.ts';
import type { EvenkeelApp } from '../../src/app.ts';
import type { Config } from '../../src/config.ts';
import { openDatabase } from '../../src/db/pool.ts';
import { createLog } from '../../src/log.ts';
import { cloneDatabase, type TestDatabase } from './database.ts';

export interface House {
  slack: LocalSlack;
  clock: SandboxClock;
  database: TestDatabase;
  app: EvenkeelApp;
  config: Config;
  /** Where the bot listens. */
  url: string;
  /** The person with the role `lead`. */
  lead: Person;
  /** Everything the bot logged, a JSON object each. */
  log: Record<string, unknown>[];
  /** Moves the clock on to a local moment of the lead, running everything that falls due on the way. */
  goTo(local: string): Promise<void>;
  /** Stops the bot and its Slack. */
  stop(): Promise<void>;
  /** Stops them and lets the database go. */
  close(): Promise<void>;
}

export interface HouseOptions {
  /** Local time of the lead at the start. A Monday morning unless told. */
  at?: string;
  socketMode?: boolean;
  slack?: Partial<LocalSlackOptions>;
  /** A bot whose operator made no ENCRYPTION_KEYS. */
  withoutKeys?: boolean;
  /** The bot's own way to the database, given its address; the test's is always the straight one. */
  wayToDatabase?: (url: string) => Promise<string>;
  /** By hand unless given: who moves the clock has the bot do what is due. */
  ticks?: 'by-the-clock' | 'by-hand';
}

export async function openHouse(options: HouseOptions = {}): Promise<House> {
  const zone =
    options.slack?.workspaces?.[0]?.people.find(({ role }) => role === 'lead')?.tz ?? 'Europe/Berlin';
  const localInstant = (local: string) =>
    Temporal.PlainDateTime.from(local).toZonedDateTime(zone).toInstant();
  const clock = sandboxClock(localInstant(options.at ?? '2026-11-16T09:00'));
  const database = await cloneDatabase();
  const slack = await startLocalSlack({ clock, ...options.slack });
  const log: Record<string, unknown>[] = [];
  const own = options.wayToDatabase && openDatabase(await options.wayToDatabase(database.url));
  const { app, config, url } = await startBot({
    slack,
    database: own ?? database,
    databaseUrl: database.url,
    ...(options.withoutKeys && { encryptionKeys: [] }),
    log: createLog('debug', { write: (line) => log.push(JSON.parse(line) as Record<string, unknown>) }),
    ticks: options.ticks ?? 'by-hand',
    socketMode: options.socketMode ?? false,
  });
  const stop = async (): Promise<void> => {
    await app.stop();
    await own?.close();
    await slack.stop();
  };
  return {
    slack,
    clock,
    database,
    app,
    config,
    url,
    lead: slack.person('lead'),
    log,
    goTo: (local) => slack.moveClock(localInstant(local)),
    stop,
    close: async () => {
      await stop();
      await database.drop();
    },
  };
}

/** The bot of another workspace on the same database, at a Slack of its own. To be stopped before the house closes. */
export async function openNextDoor(
  { clock, database, config }: House,
  workspace: WorkspaceSpec,
): Promise<House> {
  const slack = await startLocalSlack({ clock, workspaces: [workspace] });
  const log: Record<string, unknown>[] = [];
  const { app, ...bot } = await startBot({
    slack,
    database,
    databaseUrl: database.url,
    encryptionKeys: config.encryptionKeys,
    log: createLog('debug', { write: (line) => log.push(JSON.parse(line) as Record<string, unknown>) }),
    ticks: 'by-hand',
  });
  const stop = async (): Promise<void> => {
    await app.stop();
    await slack.stop();
  };
  return {
    slack,
    clock,
    database,
    app,
    ...bot,
    lead: slack.person('lead'),
    log,
    goTo: () => Promise.reject(new Error('The house next door has the clock')),
    stop,
    close: stop,
  };
}

/** For a test file: one house for its tests, held at the end to Slack's rules and to having logged no failure. */
export function useHouse(options: HouseOptions = {}): { readonly current: House } {
  let house: House | undefined;
  beforeAll(async () => {
    house = await openHouse(options);
  });
  afterAll(async () => {
    await house?.stop();
    expect(house?.slack.violations ?? []).toEqual([]);
    expect((house?.log ?? []).filter(({ level }) => Number(level) >= 50)).toEqual([]);
  });
  // On its own and last, so that it knows of every failure.
  afterAll(() => house?.database.drop());
  return {
    get current() {
      if (!house) throw new Error('The house is open from beforeAll on');
      return house;
    },
  };
}
