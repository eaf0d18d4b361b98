// `npm run deliveries -- --failed` lists dead letters, `-- --retry ID` sends one once more.

import 'dotenv/config';
import { parseArgs } from 'node:util';
import { openDatabase } from '../db/pool.ts';
import { withoutSecrets } from '../log.ts';
import { listDeadLetters, retryDeadLetter } from './dead-letters.ts';

const usage = 'Usage: npm run deliveries -- --failed, or npm run deliveries -- --retry ID';
const url = process.env.DATABASE_URL;
const asked = readArguments();
if (!url || !asked) {
  console.error(url ? usage : 'DATABASE_URL is missing. Set it to the bot’s PostgreSQL connection string.');
  process.exit(1);
}
const database = openDatabase(url, { connections: 1 });
try {
  if (asked.retry !== undefined) {
    const found = await retryDeadLetter(database.db, asked.retry, Temporal.Now.instant());
    console.log(found ? 'It goes out within a minute.' : 'There is no dead letter with this id.');
    if (!found) process.exitCode = 1;
  } else {
    const letters = await listDeadLetters(database.db);
    for (const one of letters) {
      console.log(
        [
          one.deliveryId,
          one.occurrence,
          one.workspaceId,
          one.leadId,
          one.kind,
          one.state,
          one.reason ?? '',
        ].join('  '),
      );
    }
    if (letters.length === 0) console.log('No dead letters.');
  }
} catch (error) {
  console.error(`The deliveries could not be read: ${withoutSecrets(String(error))}`);
  process.exitCode = 1;
} finally {
  await database.close();
}

function readArguments(): { failed?: boolean; retry?: string } | undefined {
  try {
    const { values } = parseArgs({ options: { failed: { type: 'boolean' }, retry: { type: 'string' } } });
    return values.failed || values.retry !== undefined ? values : undefined;
  } catch {
    return undefined;
  }
}
