// Whether the database takes anything new: found out by writing something that is then undone.

import { sql } from 'kysely';
import type { Database } from './pool.ts';

/** Postgres' codes for the ways of taking nothing that whoever runs it can do something about. */
const reasons: Record<string, string> = {
  25006: 'the database is read-only',
  53100: "the database's disk is full",
};

/**
 * Why not, in words for whoever reads the probe; empty when it does. A table of its own rather than a row in one of
 * ours: that needs a new page on the disk each time, where a row would find room in an old one although the disk is full.
 */
export async function takesNothingNew({ db }: Database): Promise<string[]> {
  const undone = new Error('undone');
  const written = db.transaction().execute(async (trx) => {
    const table = sql.ref(`evenkeel_probe_${crypto.randomUUID().replaceAll('-', '')}`);
    await sql`create table ${table} (written int); insert into ${table} values (1)`.execute(trx);
    throw undone;
  });
  const error = await written.catch((why: unknown) => why);
  if (error === undone) return [];
  return [reasons[String((error as { code?: unknown }).code)] ?? 'the database takes nothing new'];
}
