// The test server's administrator, for what the bot's own role may not do: making and dropping databases.

import pg from 'pg';

/** `host:port` of the Postgres that the tests run on. */
export const server = (): string => process.env.TEST_POSTGRES ?? '';

/** Runs one statement on the maintenance database as the server's administrator. */
export async function asAdministrator(statement: string, database = 'postgres'): Promise<pg.QueryResult> {
  const client = new pg.Client(`postgres://postgres:postgres@${server()}/${database}`);
  await client.connect();
  try {
    return await client.query(statement);
  } finally {
    await client.end();
  }
}
