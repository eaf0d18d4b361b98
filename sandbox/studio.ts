// A whole sandbox that keeps nothing: Postgres, Slack, page and bot, for scripts that show or measure something.

import { rm } from 'node:fs/promises';
import path from 'node:path';
import { openDatabase } from '../src/db/pool.ts';
import { createLog } from '../src/log.ts';
import { type Actions, openApi } from './api.ts';
import { startBot } from './bot.ts';
import { createPage } from './page/serve.ts';
import { startPostgres, temporaryFolder } from './postgres.ts';
import { type SandboxClock, sandboxClock } from './slack/clock.ts';
import { type LocalSlack, startLocalSlack } from './slack/index.ts';
import { offerStory } from './story/index.ts';

interface Studio {
  slack: LocalSlack;
  actions: Actions;
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
  const databaseUrl = postgres.ownerUrl('evenkeel');
  const db = openDatabase(databaseUrl);
  const { app } = await startBot({
    slack,
    database: db,
    databaseUrl,
    log: createLog('warn'),
    ticks: 'by-hand',
  });
  const actions = openApi(slack, { page });
  offerStory(slack, actions);
  return {
    slack,
    actions,
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
