// One replica of the engine as a process of its own, for a test to kill. Told everything by its environment.

import { WebClient } from '@slack/web-api';
import { pino } from 'pino';
import { openDatabase } from '../../src/db/pool.ts';
import { addGuest, findMember } from '../../src/leads/leads.store.ts';
import { createPromptEngine } from '../../src/prompts/engine.ts';
import { aKind } from '../support/prompts.ts';

const {
  REPLICA_DATABASE = '',
  REPLICA_SLACK = '',
  REPLICA_TOKENS = '{}',
  REPLICA_LOG = 'silent',
} = process.env;
const tokens = new Map(Object.entries(JSON.parse(REPLICA_TOKENS) as Record<string, string>));
const quiet = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  setLevel() {},
  setName() {},
  getLevel: () => 'error',
};

const engine = createPromptEngine({
  db: openDatabase(REPLICA_DATABASE),
  kinds: [aKind()],
  listeners: { find: findMember, welcome: addGuest },
  workspaces: {
    served: () => [...tokens.keys()],
    clientFor: async (workspaceId) =>
      new WebClient(tokens.get(workspaceId), {
        slackApiUrl: REPLICA_SLACK,
        retryConfig: { retries: 0 },
        rejectRateLimitedCalls: true,
        timeout: 1_500,
        logger: quiet as never,
      }),
  },
  now: () => Temporal.Now.instant(),
  log: pino({ level: REPLICA_LOG }),
  doubtAfter: Temporal.Duration.from({ seconds: 3 }),
  retryAfter: Temporal.Duration.from({ seconds: 1 }),
  lookAfterOthersEvery: Temporal.Duration.from({ milliseconds: 500 }),
});

// Postgres may be away: then this process ends, and whoever started it starts another, as an orchestrator would.
await engine.start();
process.send?.('ready');
