// manifest.json, from which the Slack app is made, says what the code says.

import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { defaultScopes } from '../../sandbox/slack/workspaces.ts';
import { buildApp } from '../../src/app.ts';
import { openDatabase } from '../../src/db/pool.ts';
import { createLog } from '../../src/log.ts';
import { manifest, scopes } from '../../src/slack/manifest.ts';

const file = path.join(import.meta.dirname, '../../manifest.json');

/** Nothing is started, so none of these addresses is ever asked. */
const app = buildApp({
  config: {
    databaseUrl: 'postgres://nobody@127.0.0.1:1/none',
    slack: {
      botToken: 'xoxb-1',
      signingSecret: 'none',
      appToken: undefined,
      apiUrl: 'http://127.0.0.1:1/api/',
    },
    encryptionKeys: [],
    deliveriesKeptDays: 400,
    port: 0,
    logLevel: 'silent',
    environment: 'test',
  },
  db: openDatabase('postgres://nobody@127.0.0.1:1/none'),
  now: () => Temporal.Instant.fromEpochMilliseconds(0),
  log: createLog('silent'),
});

test('the manifest in the repository is the one the code makes (UPDATE=1 writes it)', () => {
  const made = `${JSON.stringify(manifest(app.commands, app.shortcuts, undefined), null, 2)}\n`;
  if (process.env.UPDATE) writeFileSync(file, made);
  expect(readFileSync(file, 'utf8')).toBe(made);
});

test('it stays within what Slack takes', () => {
  const { features } = manifest(app.commands, app.shortcuts, undefined);
  expect(features.slash_commands.length).toBeLessThanOrEqual(50);
  for (const { command, description, usage_hint } of features.slash_commands) {
    expect(command).toMatch(/^\/[a-z-]{1,31}$/);
    expect(description.length).toBeGreaterThan(0);
    expect(description.length).toBeLessThanOrEqual(2000);
    expect(usage_hint.length).toBeLessThanOrEqual(1000);
  }
});

test('every scope has a reason, and the sandbox grants exactly these', () => {
  expect(Object.keys(scopes)).toEqual([...defaultScopes]);
  for (const reason of Object.values(scopes)) expect(reason).toMatch(/\w+ \w+/);
});
