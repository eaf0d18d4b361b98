// `npm run sandbox`: a Postgres, a Slack and the bot on this machine alone, ready to be used. `--fresh` starts over.

import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import pino from 'pino';
import { openDatabase } from '../src/db/pool.ts';
import { type MasterKey, newMasterKey } from '../src/db/sealed.ts';
import { createLog, sparingly } from '../src/log.ts';
import { whyNotHere } from './alone.ts';
import { openApi } from './api.ts';
import { keysFrom, startBot } from './bot.ts';
import { openingMoment } from './opening.ts';
import { createPage } from './page/serve.ts';
import { startPostgres } from './postgres.ts';
import { sandboxClock } from './slack/clock.ts';
import { smallCompany } from './slack/company.ts';
import { type SavedSlack, startLocalSlack } from './slack/index.ts';
import { offerStory } from './story/index.ts';

const folder = path.resolve(import.meta.dirname, '..', process.env.SANDBOX_FOLDER ?? '.sandbox');
const stateFile = path.join(folder, 'slack.json');
const keyFile = path.join(folder, 'encryption-keys');
const port = Number(process.env.SANDBOX_PORT ?? 4000);

if (!Number.isInteger(port) || port < 0 || port > 65_535) {
  fail('SANDBOX_PORT is no port. Set a number from 1 to 65535, or leave it out for 4000.');
}
mkdirSync(folder, { recursive: true });
const elsewhere = await whyNotHere(folder, port);
if (elsewhere) fail(elsewhere);
// Bundling goes on while Postgres starts.
const page = createPage();
const fresh = process.argv.includes('--fresh');
if (fresh) for (const file of [stateFile, keyFile]) rmSync(file, { force: true });

const postgres = await startPostgres({ folder: path.join(folder, 'postgres'), fresh }).catch(
  (error: unknown) => fail(error instanceof Error ? error.message : String(error)),
);
await postgres.createDatabase('evenkeel');

const leadZone = smallCompany.people.find(({ role }) => role === 'lead')?.tz ?? 'UTC';
const saved = readState();
const realNow = Temporal.Now.instant().round('millisecond');
// A clock that was moved ahead goes on from there: for the bot that future has happened.
const clock = sandboxClock(
  saved ? laterOf(Temporal.Instant.from(saved.now), realNow) : openingMoment(realNow, leadZone),
);
clock.run();

const slack = await startLocalSlack({ port, clock, ...(saved && { saved }) }).catch((error: Error) =>
  fail(error.message),
);

// The bot needs the Web API to start, and people need the bot: they wait at the door.
const opened = Promise.withResolvers<void>();
const actions = openApi(slack, { page, opens: opened.promise });

const logFile = path.join(folder, 'evenkeel.log');
const log = createLog(
  'debug',
  pino.multistream([
    { level: 'debug', stream: pino.destination({ dest: logFile, append: !fresh }) },
    { level: 'warn', stream: process.stderr },
  ]),
);
const databaseUrl = postgres.ownerUrl('evenkeel');
const db = openDatabase(databaseUrl, {
  onError: sparingly((error, others) => log.warn({ err: error, others }, 'a database connection broke')),
});
const { app } = await startBot({
  slack,
  database: db,
  databaseUrl,
  encryptionKeys: sandboxKeys(),
  log,
  ticks: 'by-the-clock',
});
offerStory(slack, actions);

opened.resolve();

let changed = true;
slack.onChange(() => {
  changed = true;
});
const saving = setInterval(saveState, 2_000);

console.log(`
  Evenkeel is running, with a Slack of its own:

    ${slack.url}

  Say /logtime 45m review as ${slack.person('lead').realName}, then move the clock to Friday afternoon.
  Everything is kept in .sandbox/ until you start with --fresh. Ctrl+C stops it.
`);

let stopping = false;
async function stop(): Promise<void> {
  if (stopping) return;
  stopping = true;
  // Ctrl+C reaches Postgres as well, and what it breaks on its way out is no news.
  log.level = 'silent';
  clearInterval(saving);
  saveState();
  await app.stop();
  await slack.stop();
  await db.close();
  await postgres.stop();
  process.exit(0);
}
process.on('SIGINT', stop);
process.on('SIGTERM', stop);

/** The conversations and how far the clock had come, as they were when the sandbox last ran. */
function readState(): SavedSlack | undefined {
  if (!existsSync(stateFile)) return undefined;
  try {
    return JSON.parse(readFileSync(stateFile, 'utf8')) as SavedSlack;
  } catch {
    fail('.sandbox/slack.json cannot be read. Start over with: npm run sandbox -- --fresh');
  }
}

function laterOf(one: Temporal.Instant, other: Temporal.Instant): Temporal.Instant {
  return Temporal.Instant.compare(one, other) > 0 ? one : other;
}

/** The sandbox seals with a key of its own, made once and kept beside the database it belongs to. */
function sandboxKeys(): MasterKey[] {
  if (!existsSync(keyFile)) writeFileSync(keyFile, newMasterKey('sandbox'), { mode: 0o600 });
  try {
    return keysFrom(readFileSync(keyFile, 'utf8'));
  } catch {
    fail('.sandbox/encryption-keys cannot be read. Start over with: npm run sandbox -- --fresh');
  }
}

/** Written aside and moved into place, so that a killed sandbox leaves a whole file. */
function saveState(): void {
  if (!changed) return;
  changed = false;
  writeFileSync(`${stateFile}.new`, JSON.stringify(slack.save()));
  renameSync(`${stateFile}.new`, stateFile);
}

function fail(sentence: string): never {
  console.error(`The sandbox did not start. ${sentence}`);
  process.exit(1);
}
