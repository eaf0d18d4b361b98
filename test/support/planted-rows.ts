// A row in every table, made from what the catalogue says of its columns: a table that is added is there by itself.

import { sql } from 'kysely';
import { asAdministrator, type TestDatabase } from './database.ts';

/** What sets one planted row apart from another. */
export interface Planted {
  workspaceId: string;
  /** Slack user id of everybody in the row. */
  personId: string;
  /** From 1: keeps rows of one workspace apart where something is counted. */
  number: number;
}

interface Column {
  column: string;
  type: string;
  required: boolean;
  check: string | null;
}

/** Every table of ours. */
export async function ourTables({ db }: TestDatabase): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select relname as name from pg_class
    where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and relname not like 'evenkeel_migrations%'
    order by relname`.execute(db);
  return rows.map((row) => row.name);
}

/** Plants a row for each of `all`, with whatever values the columns take. Foreign keys agree and are not looked at. */
export async function plant(database: TestDatabase, table: string, all: readonly Planted[]): Promise<void> {
  // A column's own check comes before those it shares with others: it names the values, in the order of a row's life.
  const { rows } = await sql<Column>`
    select a.attname as column, format_type(a.atttypid, null) as type, a.attnotnull and not a.atthasdef as required,
      (select string_agg(pg_get_constraintdef(c.oid), ' ' order by cardinality(c.conkey), c.conname) from pg_constraint c
        where c.conrelid = a.attrelid and c.contype = 'c' and a.attnum = any (c.conkey)) as check
    from pg_attribute a
    where a.attrelid = ${table}::regclass and a.attnum > 0 and not a.attisdropped`.execute(database.db);
  const filled = rows.filter((each) => each.required || each.type === 'uuid' || isPerson(each));
  const named = filled.map(({ column }) => column).join(', ');
  const values = all.map((planted) => `(${filled.map((each) => sample(each, planted)).join(', ')})`);
  await asAdministrator(
    `set session_replication_role = replica; insert into ${table} (${named}) values ${values.join(', ')}`,
    new URL(database.url).pathname.slice(1),
  );
}

/** Ids that are text and yet no person's: things that Slack or we have named. */
const things = /^(workspace|channel|category|format|source|question|request|master_key)_id$/;

/** Whether a column names people, as the house calls such columns. */
const isPerson = ({ column, type, check }: Column): boolean =>
  (type === 'text' &&
    check === null &&
    /(_id|_by|_name|^who|^destination)$/.test(column) &&
    !things.test(column)) ||
  (type === 'text[]' && /^(people|responders)$/.test(column));

function sample(each: Column, { workspaceId, personId, number }: Planted): string {
  const { column, type, check } = each;
  if (column === 'workspace_id') return `'${workspaceId}'`;
  if (isPerson(each)) return type === 'text' ? `'${personId}'` : `'{${personId}}'`;
  const allowed = check?.match(/'([^']+)'::text/);
  if (type === 'text') return allowed ? `'${allowed[1]}'` : `'x${number}'`;
  if (type === 'uuid') return `'00000000-0000-4000-8000-${String(number).padStart(12, '0')}'`;
  if (type === 'date') return `'2026-11-20'`;
  if (type.startsWith('timestamp')) return `'2026-11-20 10:00Z'`;
  if (type.startsWith('time')) return column.endsWith('ends') ? `'18:00'` : `'09:00'`;
  if (type.endsWith('[]')) return `'{}'`;
  if (type === 'jsonb') return `'{}'`;
  if (type === 'bytea') return `'\\x00'`;
  if (type === 'boolean') return 'false';
  return String(number);
}
