// Finds what is exported and imported by no other file; run it, and it names them.

import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';

const root = path.join(import.meta.dirname, '../..');

/** Exported for somebody who is no file of ours, each with the reason. */
/** Tables are read by the dictionary's test, as text. */
const isTable = (one: string): boolean => one.includes('.tables.ts#');

const allowed: Record<string, string> = {};

/** Where an export has to be wanted, and where whoever wants it may live. */
const exporters = ['src', 'sandbox'];
const importers = ['src', 'sandbox', 'test', 'bench', 'migrations'];

const filesIn = (folders: string[]): string[] =>
  globSync(
    folders.map((folder) => `${folder}/**/*.{ts,tsx}`),
    { cwd: root },
  );

/** `a, type B, c as d`, as the names on their left: those of the file they come from. */
const namesIn = (list: string): string[] =>
  list
    .split(',')
    .map((one) => one.trim().replace(/^type\s+/, ''))
    .flatMap((one) => one.split(/\s+as\s+|\s*:\s*/, 1))
    .filter((name) => name !== '');

/** The names a file offers, those it hands on included. Biome keeps each declaration at the start of a line. */
function exportsOf(source: string): string[] {
  const declared =
    /^export (?:declare )?(?:async )?(?:const|let|var|function\*?|class|abstract class|interface|type|enum) ([\w$]+)/gm;
  const listed = /^export (?:type )?\{([^}]*)\}/gm;
  const destructured = /^export const \{([^}]*)\}/gm;
  return [
    ...[...source.matchAll(declared)].map(([, name = '']) => name),
    ...[...source.matchAll(listed)].flatMap(([, list = '']) =>
      list.split(',').flatMap((one) => {
        const name = one
          .trim()
          .replace(/^type\s+/, '')
          .split(/\s+as\s+/)
          .at(-1);
        return name ? [name] : [];
      }),
    ),
    ...[...source.matchAll(destructured)].flatMap(([, list = '']) => namesIn(list)),
  ];
}

/** What a file takes from others, as `path of the other#name`. */
function importsOf(file: string, source: string): string[] {
  const from = (specifier: string, names: string[]): string[] =>
    specifier.startsWith('.')
      ? names.map((name) => `${path.join(path.dirname(file), specifier)}#${name}`)
      : [];
  const named = /^(?:import|export) (?:type )?(?:[\w$]+, )?\{([^}]*)\} from '([^']+)'/gm;
  const whole = /^import (?:type )?\* as ([\w$]+) from '([^']+)'/gm;
  const dynamic = /\{([^}]*)\} = (?:\()?await import\(\s*'([^']+)'/g;
  const inType = /\bimport\('([^']+)'\)\.([\w$]+)/g;
  return [
    ...[...source.matchAll(named), ...source.matchAll(dynamic)].flatMap(([, list = '', specifier = '']) =>
      from(specifier, namesIn(list)),
    ),
    ...[...source.matchAll(inType)].flatMap(([, specifier = '', name = '']) => from(specifier, [name])),
    // A member of the namespace, spread or not, but no property of that name.
    ...[...source.matchAll(whole)].flatMap(([, space = '', specifier = '']) => {
      const members = source.matchAll(
        new RegExp(`(?<![\\w$])(?<!(?<!\\.)\\.)${space}\\s*\\.\\s*([\\w$]+)`, 'g'),
      );
      return from(
        specifier,
        [...members].map(([, name = '']) => name),
      );
    }),
  ];
}

/** `file#name` of every export that no other file imports. */
export function unusedExports(): string[] {
  const sources = new Map(
    filesIn(importers).map((file) => [file, readFileSync(path.join(root, file), 'utf8')]),
  );
  const wanted = new Set([...sources].flatMap(([file, source]) => importsOf(file, source)));
  return filesIn(exporters)
    .flatMap((file) => exportsOf(sources.get(file) ?? '').map((name) => `${file}#${name}`))
    .filter((one) => !wanted.has(one) && !(one in allowed) && !isTable(one))
    .toSorted();
}

if (import.meta.main) {
  const unused = unusedExports();
  process.stdout.write(`${[...unused, `${unused.length} exports that nobody imports`].join('\n')}\n`);
  process.exitCode = unused.length === 0 ? 0 : 1;
}
