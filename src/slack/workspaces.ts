// Which workspaces have the bot, and how to speak in each: the one place that knows a token.

import type { Authorize } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import type { Log } from '../log.ts';
import { createClient } from './client.ts';

export interface Workspaces {
  /** Ids of the workspaces that it can speak in; empty before `connect`. */
  served(): readonly string[];
  /** A client that neither retries nor sleeps; undefined where the bot is not installed. */
  clientFor(workspaceId: string): Promise<WebClient | undefined>;
  /** As whom Bolt answers a request. Rejects where the bot is not installed. */
  authorize: Authorize<boolean>;
  /** Asks Slack whose token this is, and resolves to that workspace's id. Rejects when Slack cannot be reached. */
  connect(): Promise<string>;
}

/** The bot of one workspace, whose token the operator gave. */
export function oneWorkspace(token: string, apiUrl: string, log: Log): Workspaces {
  const client = createClient(token, apiUrl, log);
  let installed: { workspaceId: string; botId: string; botUserId: string } | undefined;
  return {
    served: () => (installed ? [installed.workspaceId] : []),
    clientFor: async (workspaceId) => (workspaceId === installed?.workspaceId ? client : undefined),
    // Bolt writes into what it is given, so each request has an object of its own.
    async authorize({ teamId }) {
      if (!installed || teamId !== installed.workspaceId)
        throw new Error(`The bot is not installed in ${teamId}`);
      return { botToken: token, botId: installed.botId, botUserId: installed.botUserId };
    },
    async connect() {
      const { team_id: workspaceId, bot_id: botId, user_id: botUserId } = await client.auth.test();
      if (!workspaceId || !botId || !botUserId) {
        throw new Error('Slack did not say which bot of which workspace this token belongs to');
      }
      installed = { workspaceId, botId, botUserId };
      return workspaceId;
    },
  };
}
