// The process: read the configuration, build the app, start it, stop it when asked. Only here is the wall clock known.

import 'dotenv/config';
import { buildApp } from './app.ts';
import { describeProblems, readConfig } from './config.ts';
import { openDatabase } from './db/pool.ts';
import { createLog, sparingly } from './log.ts';

const outcome = readConfig(process.env);
if (outcome.kind === 'refused') {
  console.error(describeProblems(outcome.problems));
  process.exit(1);
}
const { config } = outcome;
const log = createLog(config.logLevel);
const db = openDatabase(config.databaseUrl, {
  onError: sparingly((error, others) => log.warn({ err: error, others }, 'a database connection broke')),
});

/** Long enough for a balancer that asks every second to read "shutting down" and send new requests elsewhere. */
const drainMillis = 2_000;

/** After this long whatever still runs is cut off; the engine's recovery takes care of it elsewhere. */
const longestStop = 9_500;

const now = () => Temporal.Now.instant().round('millisecond');
const app = buildApp({ config, db, now, log, drainMillis });

let stopping = false;
async function stop(exitCode: number): Promise<void> {
  if (stopping) return;
  stopping = true;
  log.info('stopping');
  setTimeout(() => {
    log.error('could not stop in time');
    process.exit(1);
  }, longestStop).unref();
  await app.stop();
  await db.close();
  log.info('stopped');
  process.exit(exitCode);
}
process.on('SIGTERM', () => stop(0));
process.on('SIGINT', () => stop(0));

app.start().catch((error: unknown) => {
  log.fatal({ err: error }, 'Evenkeel could not start');
  return stop(1);
});
