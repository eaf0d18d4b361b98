// The configuration: every problem at once, each with what to do, and never a value that may be a secret.

import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { describeProblems, readConfig } from '../../src/config.ts';
import { createLog } from '../../src/log.ts';

const complete = {
  DATABASE_URL: 'postgres://someone:hunter2@db.example:5432/evenkeel',
  SLACK_BOT_TOKEN: 'xoxb-1-abc',
  SLACK_SIGNING_SECRET: 'shhh',
};

test('what is needed for HTTP is enough, and everything else has its default', () => {
  expect(readConfig(complete)).toEqual({
    kind: 'ready',
    config: {
      databaseUrl: complete.DATABASE_URL,
      slack: {
        botToken: 'xoxb-1-abc',
        signingSecret: 'shhh',
        appToken: undefined,
        apiUrl: 'https://slack.com/api/',
      },
      encryptionKeys: [],
      deliveriesKeptDays: 400,
      port: 3000,
      logLevel: 'info',
      environment: 'production',
    },
  });
});

test('an app-level token means Socket Mode, which needs no signing secret', () => {
  const { SLACK_SIGNING_SECRET: _, ...rest } = complete;
  expect(readConfig({ ...rest, SLACK_APP_TOKEN: 'xapp-1' })).toMatchObject({ kind: 'ready' });
});

test('a token of which only the beginning was filled in is none', () => {
  const outcome = readConfig({ ...complete, SLACK_BOT_TOKEN: 'xoxb-', SLACK_APP_TOKEN: 'xapp-' });
  expect(outcome.kind === 'refused' && outcome.problems.map(({ variable }) => variable)).toEqual([
    'SLACK_BOT_TOKEN',
    'SLACK_APP_TOKEN',
  ]);
});

test('every missing variable is named at once', () => {
  const outcome = readConfig({ DATABASE_URL: '  ', SLACK_BOT_TOKEN: '' });
  expect(outcome.kind === 'refused' && outcome.problems.map(({ variable }) => variable)).toEqual([
    'DATABASE_URL',
    'SLACK_BOT_TOKEN',
    'SLACK_SIGNING_SECRET',
  ]);
});

test('a web address gets its last slash, and no port is beyond 65535', () => {
  expect(readConfig({ ...complete, SLACK_API_URL: 'http://127.0.0.1:9/api' })).toMatchObject({
    config: { slack: { apiUrl: 'http://127.0.0.1:9/api/' } },
  });
  for (const PORT of ['65536', '-1', 'eighty', '3000.5'])
    expect(readConfig({ ...complete, PORT }).kind).toBe('refused');
});

const names = [
  'DATABASE_URL',
  'SLACK_BOT_TOKEN',
  'SLACK_SIGNING_SECRET',
  'SLACK_APP_TOKEN',
  'SLACK_API_URL',
  'ENCRYPTION_KEYS',
  'DELIVERIES_KEPT_DAYS',
  'PORT',
  'LOG_LEVEL',
  'NODE_ENV',
];

test('whatever the environment holds, reading it never throws, and no problem quotes a value', () => {
  // Values no advice of ours contains by chance.
  const value = fc.string({ minLength: 1 }).map((text) => `¤${text}¤`);
  const environment = fc.dictionary(fc.constantFrom(...names), fc.oneof(value, fc.constant(undefined)), {
    noNullPrototype: true,
  });
  fc.assert(
    fc.property(environment, (env) => {
      const outcome = readConfig(env);
      if (outcome.kind === 'ready') return;
      expect(describeProblems(outcome.problems)).not.toContain('¤');
    }),
    { numRuns: 2000 },
  );
});

test('no secret reaches the log, in whatever shape it is handed over', () => {
  const lines: string[] = [];
  const log = createLog('trace', { write: (line) => lines.push(line) });
  const secrets = ['xoxb-1-topsecret', 'xapp-1-topsecret', 'hunter2', 'a private note'];
  log.info(`connecting to postgres://someone:hunter2@db:5432/x with xoxb-1-topsecret`);
  log.info({ token: 'xoxb-1-topsecret', request: { botToken: 'xoxb-1-topsecret' } }, 'asked');
  log.error({ err: new Error('refused xapp-1-topsecret at postgres://someone:hunter2@db/x') }, 'failed');
  log.warn({ note: 'a private note', body: { text: 'a private note' } }, 'odd');
  log.warn('the socket %s closed', 'xapp-1-topsecret');
  for (const secret of secrets) expect(lines.join('')).not.toContain(secret);
  expect(lines).toHaveLength(5);
});
