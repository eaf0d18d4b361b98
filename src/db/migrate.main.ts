// `npm run migrate`: brings the database of DATABASE_URL up to date and says what it did.

import 'dotenv/config';
import { withoutSecrets } from '../log.ts';
import { migrate } from './migrate.ts';
import { openDatabase } from './pool.ts';

const url = process.env.DATABASE_URL;
if (!url) {
  console.error(
    'DATABASE_URL is missing. Set it to a PostgreSQL connection string, as in postgres://user:password@host:5432/evenkeel.',
  );
  process.exit(1);
}
const database = openDatabase(url);
try {
  const steps = await migrate(database);
  console.log(steps.length === 0 ? 'The database is current.' : `Done: ${steps.join(', ')}.`);
} catch (error) {
  const hint = error instanceof Error && 'hint' in error && error.hint ? `\n${error.hint}` : '';
  console.error(`The database could not be migrated: ${withoutSecrets(String(error))}${hint}`);
  process.exitCode = 1;
} finally {
  await database.close();
}
