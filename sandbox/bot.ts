// The bot, started on a local Slack and sharing its clock: for the sandbox, for the scripts that show it, for the tests.

import { buildApp, type EvenkeelApp } from '../src/app.ts';
import type { Config } from '../src/config.ts';
import type { Database } from '../src/db/pool.ts';
import { type MasterKey, newMasterKey, readMasterKeys } from '../src/db/sealed.ts';
import type { Log } from '../src/log.ts';
import { slashCommands } from '../src/slack/manifest.ts';
import type { LocalSlack } from './slack/index.ts';

interface LocalBot {
  app: EvenkeelApp;
  config: Config;
  /** Where the bot listens. */
  url: string;
}

export async function startBot(options: {
  slack: LocalSlack;
  database: Database;
  databaseUrl: string;
  /** A key made for the moment unless told; empty for a bot whose operator made none. */
  encryptionKeys?: MasterKey[];
  log: Log;
  /** `by-hand`: only moving the clock runs what is due. */
  ticks: 'by-the-clock' | 'by-hand';
  socketMode?: boolean;
}): Promise<LocalBot> {
  const { slack, database, log, ticks } = options;
  const config: Config = {
    databaseUrl: options.databaseUrl,
    slack: {
      botToken: slack.workspace().botToken,
      signingSecret: slack.signingSecret,
      appToken: options.socketMode ? slack.appToken : undefined,
      apiUrl: slack.apiUrl,
    },
    encryptionKeys: options.encryptionKeys ?? keysFrom(newMasterKey('sandbox')),
    deliveriesKeptDays: 400,
    port: 0,
    logLevel: log.level,
    environment: 'development',
  };
  const app = buildApp({
    config,
    db: database,
    now: () => slack.clock.now().round({ smallestUnit: 'millisecond', roundingMode: 'floor' }),
    log,
    ticks,
  });
  const url = `http://127.0.0.1:${await app.start()}`;
  if (!options.socketMode) slack.connect({ requestUrl: `${url}/slack/events` });
  slack.commands = slashCommands(app.commands);
  slack.shortcuts = app.shortcuts;
  slack.botIsIdle = () => app.idle();
  slack.travel = {
    nextDue: () => app.engine.nextDue(),
    runDue: async () => {
      await app.engine.tick();
      await app.engine.settled();
    },
    upcoming: async (until) => {
      const prompts = await app.engine.upcoming(until);
      return prompts.map(({ at, leadId, kind }) => ({ at: at.toString(), who: leadId, what: spoken(kind) }));
    },
  };
  return { app, config, url };
}

/** `one-on-one-before` reads as `One on one before`: good enough for a strip. */
const spoken = (kind: string): string => kind.slice(0, 1).toUpperCase() + kind.slice(1).replaceAll('-', ' ');

/** Reads the line that `newMasterKey` makes. */
export function keysFrom(text: string): MasterKey[] {
  const reading = readMasterKeys(text);
  if (reading.kind === 'refused') throw new Error(reading.advice);
  return reading.keys;
}
