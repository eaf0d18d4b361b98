// Two sandboxes at once: the second says why it may not start, and leaves what the first one has alone.

import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { temporaryFolder } from '../../sandbox/postgres.ts';

const root = path.join(import.meta.dirname, '../..');
const closing: (() => Promise<unknown>)[] = [];
afterAll(async () => {
  for (const close of closing.toReversed()) await close();
});

const aFolder = async (): Promise<string> => {
  const folder = await temporaryFolder('sandbox');
  closing.push(() => rm(folder, { recursive: true, force: true }));
  return folder;
};

/** Resolves once it runs or has ended, to what it said until then. */
async function sandbox(folder: string, port: string, ...options: string[]): Promise<[string, ChildProcess]> {
  const child = spawn(process.execPath, ['sandbox/main.ts', ...options], {
    cwd: root,
    env: { ...process.env, SANDBOX_FOLDER: folder, SANDBOX_PORT: port },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  closing.push(async () => {
    child.kill('SIGTERM');
    await ended;
  });
  let said = '';
  const running = new Promise<void>((resolve) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk) => {
        said += String(chunk);
        if (said.includes('is running, with a Slack of its own')) resolve();
      });
    }
  });
  await Promise.race([running, ended]);
  return [said, child];
}

test('a fresh one beside a running one deletes nothing', async () => {
  const folder = await aFolder();
  const [said] = await sandbox(folder, '0');
  const url = /http:\/\/127\.0\.0\.1:(\d+)/.exec(said);
  const port = url?.[1] ?? 'none';

  const [refused, second] = await sandbox(folder, '0', '--fresh');
  expect(second.exitCode).toBe(1);
  expect(refused).toMatch(/Another sandbox \(process \d+\) is using the data in .* Stop that one first/);

  const other = await aFolder();
  writeFileSync(path.join(other, 'slack.json'), '{}');
  const [taken, third] = await sandbox(other, port, '--fresh');
  expect(third.exitCode).toBe(1);
  expect(taken).toContain(`Port ${port} is taken.`);
  expect(existsSync(path.join(other, 'slack.json'))).toBe(true);

  const page = await fetch(url?.[0] ?? '');
  expect(page.status).toBe(200);
  const [restarted, fourth] = await sandbox(folder, '0');
  expect([restarted.includes('Another sandbox'), fourth.exitCode]).toEqual([true, 1]);
});
