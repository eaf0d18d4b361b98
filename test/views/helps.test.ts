// What every `help` looks like, and every label on a button: short enough to read, and nothing that only a machine reads.

import { glob, readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { deletes, help as houseHelp } from '../../src/leads/leads.views.ts';
import { defaultCategories } from '../../src/rooms/balance/balance.categories.ts';
import { help as timeHelp } from '../../src/rooms/balance/balance.views.ts';
import { help as commitmentsHelp } from '../../src/rooms/commitments/commitments.views.ts';
import { help as delegationHelp } from '../../src/rooms/delegation/delegation.views.ts';
import { help as oneOnOnesHelp } from '../../src/rooms/one-on-ones/one-on-ones.pages.views.ts';
import { help as postmortemsHelp } from '../../src/rooms/postmortems/postmortems.views.ts';
import { help as retrosHelp } from '../../src/rooms/retros/retros.rhythm.views.ts';
import type { Message } from '../../src/slack/message.ts';

const root = path.join(import.meta.dirname, '../..');

/** Every command of the house, as `/keel help` lists them. */
async function commands() {
  const found: { command: string; usageHint: string; description: string }[] = [];
  for await (const file of glob('src/**/*.ts', { cwd: root })) {
    const source = await readFile(path.join(root, file), 'utf8');
    for (const [, command = '', usageHint = '', description = ''] of source.matchAll(
      /command: '([^']+)',\s*usageHint: '([^']*)',\s*description:\s*'([^']*)'/g,
    )) {
      found.push({ command, usageHint, description });
    }
  }
  return found;
}

const linesOf = ({ blocks }: Message): string[] =>
  blocks.flatMap((block) => (block.type === 'section' ? (block.text?.text ?? '').split('\n') : []));

const rooms: [string, Message][] = [
  ['time', timeHelp({ categories: defaultCategories } as unknown as Parameters<typeof timeHelp>[0])],
  ['commitments', commitmentsHelp()],
  ['delegation', delegationHelp()],
  ['1:1s', oneOnOnesHelp()],
  ['post-mortems', postmortemsHelp()],
  ['retrospectives', retrosHelp()],
];

test.each(rooms)('help about %s is read at a glance', (_name, message) => {
  expect(linesOf(message).length).toBeLessThanOrEqual(15);
  for (const line of linesOf(message)) expect(line.length).toBeLessThanOrEqual(330);
});

test('the help of the house stands in parts, and deleting everything comes last', async () => {
  const all = await commands();
  expect(all.length).toBeGreaterThan(12);
  const message = houseHelp(all);
  const parts = message.blocks.flatMap((block) =>
    block.type === 'section' ? [(block.text?.text ?? '').split('\n')] : [],
  );
  for (const part of parts) expect(part.length).toBeLessThanOrEqual(14);
  expect(linesOf(message).at(-1)).toContain(deletes);
  for (const { command } of all)
    expect(linesOf(message).filter((line) => line.includes(`\`${command}`))).not.toEqual([]);
});

test('no label of a button or an option is made of a handle or an id', async () => {
  const told: string[] = [];
  for await (const file of glob('src/**/*.ts', { cwd: root })) {
    const source = await readFile(path.join(root, file), 'utf8');
    for (const [label] of source.matchAll(/(?:button|option)\(\s*`[^`]*`|label: `[^`]*`/g)) {
      // People are mentioned; a label cannot mention, and what Slack calls somebody there is their handle.
      if (
        /\$\{[^}]*(?:person|owner|lead|member|who|profile)\w*\.(?:name|id)\b|\$\{[^}]*\w(?:Id|Name)\}/.test(
          label,
        )
      ) {
        told.push(`${file}: ${label}`);
      }
    }
  }
  expect(told).toEqual([]);
});
