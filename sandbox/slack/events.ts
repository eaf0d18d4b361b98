// Events: what Slack tells the bot unasked, tried again at once, after a minute and after five.

import type { Workspace } from './types.ts';
import { type Acknowledgement, type BotDoor, newId, nextTs, unixSeconds, type World } from './world.ts';

const retries: readonly { num: number; after?: Temporal.DurationLike }[] = [
  { num: 1 },
  { num: 2, after: { minutes: 1 } },
  { num: 3, after: { minutes: 5 } },
];

/**
 * Sends an event and tries again as Slack does. Resolves with the first acknowledgement, or with the failure of the
 * second try: the later ones wait for the sandbox's clock.
 */
export async function sendEvent(
  world: World,
  door: BotDoor,
  workspace: Workspace,
  event: { type: string } & Record<string, unknown>,
): Promise<Acknowledgement | 'not_subscribed'> {
  if (world.subscriptions !== undefined && !world.subscriptions.includes(subscriptionOf(event))) {
    return 'not_subscribed';
  }
  const eventId = newId('Ev');
  const body = {
    token: world.verificationToken,
    team_id: workspace.id,
    context_team_id: workspace.id,
    context_enterprise_id: null,
    api_app_id: workspace.appId,
    event: { ...event, event_ts: event.event_ts ?? nextTs(world) },
    type: 'event_callback',
    event_id: eventId,
    event_time: unixSeconds(world.clock.now()),
    authorizations: [
      {
        enterprise_id: null,
        team_id: workspace.id,
        user_id: workspace.botUserId,
        is_bot: true,
        is_enterprise_install: false,
      },
    ],
    is_ext_shared_channel: false,
    event_context: `4-${eventId}`,
  };
  const attempt = async (num: number, reason: string): Promise<Acknowledgement> =>
    door.send({ kind: 'events_api', body, ...(num === 0 ? {} : { retry: { num, reason } }) });

  const tryAgain = async (index: number, failed: Acknowledgement): Promise<Acknowledgement> => {
    const retry = retries[index];
    if (failed.kind === 'acknowledged' || failed.noRetry === true || retry === undefined) return failed;
    const again = async () => {
      const answer = await attempt(retry.num, reasonOf(failed));
      return tryAgain(index + 1, answer);
    };
    if (retry.after === undefined) return again();
    world.timers.at(world.clock.now().add(retry.after), async () => {
      await again();
    });
    return failed;
  };

  return tryAgain(0, await attempt(0, ''));
}

function reasonOf(failed: Acknowledgement & { kind: 'failed' }): string {
  return failed.why === 'timeout' ? 'http_timeout' : failed.why;
}

/** A `message` event is subscribed to by the kind of its channel: `message.im`, `message.channels`. */
function subscriptionOf(event: { type: string } & Record<string, unknown>): string {
  if (event.type !== 'message') return event.type;
  const families: Record<string, string> = { channel: 'channels', group: 'groups' };
  const kind = String(event.channel_type);
  return `message.${families[kind] ?? kind}`;
}
