// A real Bolt app at the local Slack's door, over HTTP or a socket, for the sandbox's own tests.

import bolt, { LogLevel } from '@slack/bolt';
import { type SandboxClock, sandboxClock } from '../../sandbox/slack/clock.ts';
import { type LocalSlack, type LocalSlackOptions, startLocalSlack } from '../../sandbox/slack/index.ts';

export interface Stage {
  slack: LocalSlack;
  app: InstanceType<typeof bolt.App>;
  clock: SandboxClock;
  stop(): Promise<void>;
}

/** A log for clients that are meant to fail. */
export const quiet = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  setLevel() {},
  getLevel: () => LogLevel.ERROR,
  setName() {},
};

/** Starts Slack and a Bolt app without listeners; stop it in the test's end. */
export async function stage(
  options: Partial<LocalSlackOptions> & { mode?: 'http' | 'socket' } = {},
): Promise<Stage> {
  const { mode = 'http', ...rest } = options;
  const clock = options.clock ?? sandboxClock();
  const slack = await startLocalSlack({ ...rest, clock });
  const byTeam = async ({ teamId }: { teamId?: string | undefined }) => {
    const workspace = slack.workspace(teamId);
    return { botToken: workspace.botToken, botId: workspace.botId, botUserId: workspace.botUserId };
  };
  const shared = {
    authorize: byTeam,
    logger: quiet,
    convoStore: false as const,
    clientOptions: { slackApiUrl: slack.apiUrl, retryConfig: { retries: 0 }, rejectRateLimitedCalls: true },
  };
  const app =
    mode === 'socket'
      ? new bolt.App({ ...shared, socketMode: true, appToken: slack.appToken })
      : // Bolt holds the signature against the wall clock; the sandbox's clock may be years away from it.
        new bolt.App({
          ...shared,
          signingSecret: slack.signingSecret,
          signatureVerification: options.clock === undefined,
        });
  if (mode === 'socket') await app.start();
  else {
    const server = (await app.start({ port: 0, host: '127.0.0.1' } as never)) as unknown as {
      address(): { port: number };
    };
    slack.connect({ requestUrl: `http://127.0.0.1:${server.address().port}/slack/events` });
  }
  return {
    slack,
    app,
    clock,
    async stop() {
      await app.stop();
      await slack.stop();
    },
  };
}
