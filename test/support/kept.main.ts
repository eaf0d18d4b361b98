// Starts Postgres once more on the folder that a failed run left, and names its databases, until Ctrl+C.

import pg from 'pg';
import { startPostgres } from '../../sandbox/postgres.ts';

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error('Which folder? The failed run named it in its last line');

const postgres = await startPostgres({ folder });
const client = new pg.Client(postgres.administratorUrl('postgres'));
await client.connect();
const { rows } = await client.query(
  `select datname from pg_database where datname like 'test\\_%' order by 1`,
);
await client.end();
for (const { datname } of rows) process.stdout.write(`${postgres.administratorUrl(datname)}\n`);
process.once('SIGINT', () => void postgres.stop());
