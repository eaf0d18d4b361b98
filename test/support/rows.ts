// Every row of a test's database, to look at what changed and to put back what was.

import { asAdministrator } from './administrator.ts';
import type { TestDatabase } from './database.ts';

/** With the name of its table. */
export type Row = Record<string, unknown>;

/** By table and key. Requests that were handled are left out: each leaves a row and no more. */
export async function everyRow({ url }: TestDatabase): Promise<Map<string, Row>> {
  const database = nameOf(url);
  const rows = new Map<string, Row>();
  for (const { table, key } of await tablesOf(database)) {
    if (table === 'requests') continue;
    const found = await asAdministrator(`select to_jsonb(t) as row from public.${table} t`, database);
    for (const { row } of found.rows as { row: Row }[]) {
      rows.set(`${table} ${JSON.stringify(key.map((column) => row[column]))}`, { table, ...row });
    }
  }
  return rows;
}

/** Keeps all rows as they are now; what is returned puts them back. */
export async function keepRows({ url }: TestDatabase): Promise<() => Promise<void>> {
  const database = nameOf(url);
  const tables = (await tablesOf(database)).map(({ table }) => table);
  const each = (statement: (table: string) => string): string => tables.map(statement).join(';');
  await asAdministrator(
    `create schema kept; ${each((table) => `create table kept.${table} as table public.${table}`)}`,
    database,
  );
  return async () => {
    await asAdministrator(
      `begin; set local session_replication_role = replica;
       ${each((table) => `delete from public.${table}; insert into public.${table} select * from kept.${table}`)};
       commit`,
      database,
    );
  };
}

const nameOf = (url: string): string => new URL(url).pathname.slice(1);

async function tablesOf(database: string): Promise<{ table: string; key: string[] }[]> {
  const { rows } = await asAdministrator(
    `select c.relname as table, array_agg(a.attname::text order by a.attnum) as key
       from pg_class c join pg_index i on i.indrelid = c.oid and i.indisprimary
       join pg_attribute a on a.attrelid = c.oid and a.attnum = any (i.indkey)
      where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
        and c.relname not like 'evenkeel_migrations%'
      group by c.relname`,
    database,
  );
  return rows as { table: string; key: string[] }[];
}
