// The data dictionary against the migrated database: same tables, same columns, same nulls and defaults, each explained.

import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { useDatabase } from '../support/database.ts';

const database = useDatabase();

interface Column {
  table: string;
  column: string;
  nullable: boolean;
  hasDefault: boolean;
  type: string;
}

const src = path.join(import.meta.dirname, '../../src');
const read = (file: string): string => readFileSync(path.join(src, file), 'utf8');
/** Every `*.tables.ts`, found rather than listed, and all of them as one text. */
const files = globSync('**/*.tables.ts', { cwd: src });
const source = files.map(read).join('\n');

/** The TypeScript type that values of a Postgres type arrive as. */
const typeScriptOf: Record<string, string> = {
  text: 'string',
  uuid: 'string',
  bool: 'boolean',
  int2: 'number',
  int4: 'number',
  int8: 'number',
  date: 'Temporal.PlainDate',
  time: 'Temporal.PlainTime',
  timestamp: 'Temporal.PlainDateTime',
  timestamptz: 'Temporal.Instant',
  bytea: 'Buffer',
  _text: 'string[]',
  _int2: 'number[]',
  _date: 'Temporal.PlainDate[]',
  _uuid: 'string[]',
};

/** Reads the interfaces as they are written: a few plain lines each, which is what a dictionary should be. */
function declared(): Column[] {
  const tables = [...source.matchAll(/^export interface \w+Tables \{([^}]*)\}/gm)].flatMap(
    ([, body = '']) => [...body.matchAll(/^ {2}(\w+): (\w+);$/gm)],
  );
  return tables.flatMap(([, table = '', name = '']) => {
    const body = new RegExp(`export interface ${name} \\{([\\s\\S]*?)\\n\\}`).exec(source)?.[1];
    if (body === undefined) throw new Error(`${name} is named and not declared`);
    return [...body.matchAll(/^ {2}(\w+):\s+((?:[^;{]|\{[^}]*\})+);$/gm)].map(
      ([, column = '', type = '']): Column => {
        const inner = /^Generated<(.*)>$/.exec(type)?.[1] ?? type;
        return {
          table,
          column,
          hasDefault: inner !== type,
          nullable: / \| null$/.test(inner),
          type: /^['(|]/.test(inner) ? 'string' : inner.replace(/ \| null$/, ''),
        };
      },
    );
  });
}

async function migrated(): Promise<Column[]> {
  const { rows } = await sql<Column & { udt: string }>`
    select table_name as table, column_name as column, is_nullable = 'YES' as nullable,
      column_default is not null or is_identity = 'YES' as "hasDefault", udt_name as udt
    from information_schema.columns
    where table_schema = 'public' and table_name not like 'evenkeel_migrations%'`.execute(
    database.current.db,
  );
  return rows.map(({ udt, ...column }) => ({ ...column, type: typeScriptOf[udt] ?? udt }));
}

const sorted = (columns: Column[]): string[] =>
  columns
    .map(
      (each) =>
        `${each.table}.${each.column}: ${each.type}${each.nullable ? ' or null' : ''}${each.hasDefault ? ', by default' : ''}`,
    )
    .sort();

test('the tables say exactly what the migrations made', async () => {
  const [ours, theirs] = [declared(), await migrated()];
  expect(ours.length).toBeGreaterThan(40);
  // Types the dictionary narrows (a jsonb's shape, a string's few values) are compared as what they are narrowed from.
  const loose = (columns: Column[]): Column[] =>
    columns.map((each) =>
      ['jsonb', 'json'].includes(typeOf(theirs, each)) ? { ...each, type: 'json' } : each,
    );
  expect(sorted(loose(ours))).toEqual(sorted(loose(theirs)));
});

const typeOf = (columns: Column[], { table, column }: Column): string =>
  columns.find((each) => each.table === table && each.column === column)?.type ?? '';

test('the schema is made of all of them', () => {
  const named = [...(/extends([^{]*)\{/.exec(read('db/schema.ts'))?.[1] ?? '').matchAll(/\w+/g)].map(
    ([name]) => name,
  );
  const brought = [...source.matchAll(/^export interface (\w+Tables) \{/gm)].map(([, name]) => name);
  expect(named.length).toBe(files.length);
  expect(named.sort()).toEqual(brought.sort());
});

test('every table says what a row is', () => {
  for (const [, name = ''] of source.matchAll(/^export interface (\w+Table) \{/gm)) {
    expect(source).toMatch(new RegExp(`\\*/\\nexport interface ${name} \\{`));
  }
});
