// A whole sandbox that keeps nothing: Postgres, Slack, page and bot, for scripts that show or measure something.

import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { buildApp } from '../src/app.ts';
import { openDatabase } from '../src/db/pool.ts';
import { readMasterKeys } from '../src/db/sealed.ts';
import { createLog } from '../src/log.ts';
import { slashCommands } from '../src/slack/manifest.ts';
import { type SandboxClock, sandboxClock } from './clock.ts';
import { createPage } from './page/serve.ts';
import { startPostgres, temporaryFolder } from './postgres.ts';
import { type LocalSlack, startLocalSlack } from './slack/index.ts';
import { storyAction } from './story/index.ts';
import { upcoming } from './upcoming.ts';

export interface Studio {
  slack: LocalSlack;
  clock: SandboxClock;
  stop(): Promise<void>;
}

/** @param at the lead's local time at the start */
export async function openStudio(options: { at: string; port?: number }): Promise<Studio> {
  const page = createPage();
  const folder = await temporaryFolder('studio');
  const postgres = await startPostgres({ folder: path.join(folder, 'postgres'), temporary: true });
  await postgres.createDatabase('evenkeel');
  const clock = sandboxClock(
    Temporal.PlainDateTime.from(options.at).toZonedDateTime('Europe/Berlin').toInstant(),
  );
  const slack = await startLocalSlack({ clock, port: options.port ?? 0 });
  const keys = readMasterKeys(`studio:${randomBytes(32).toString('base64')}`);
  if (keys.kind !== 'keys') throw new Error('A key made for the moment was refused');
  const db = openDatabase(postgres.ownerUrl('evenkeel'));
  const app = buildApp({
    config: {
      databaseUrl: postgres.ownerUrl('evenkeel'),
      slack: {
        botToken: slack.workspace().botToken,
        signingSecret: slack.signingSecret,
        appToken: undefined,
        apiUrl: slack.apiUrl,
      },
      encryptionKeys: keys.keys,
      deliveriesKeptDays: 400,
      port: 0,
      logLevel: 'warn',
      environment: 'development',
    },
    db,
    now: () => clock.now().round({ smallestUnit: 'millisecond', roundingMode: 'floor' }),
    log: createLog('warn'),
    ticks: 'by-hand',
  });
  const botPort = await app.start();
  slack.connect({ requestUrl: `http://127.0.0.1:${botPort}/slack/events` });
  slack.commands = slashCommands(app.commands);
  slack.botIsIdle = () => app.idle();
  slack.travel = {
    nextDue: () => app.engine.nextDue(),
    runDue: async () => {
      await app.engine.tick();
      await app.engine.settled();
    },
    upcoming: (until) => upcoming(db.db, until),
  };
  slack.page = page;
  slack.actions.set('story', storyAction(slack));
  return {
    slack,
    clock,
    async stop() {
      await app.stop();
      await slack.stop();
      await db.close();
      await postgres.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
