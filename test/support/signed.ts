// A request to the bot's door, signed as Slack signs: for what the local Slack would never send by itself.

import { createHmac } from 'node:crypto';
import type { Person } from '../../sandbox/slack/index.ts';
import type { House } from './house.ts';

export const formType = 'application/x-www-form-urlencoded';

export function sendSigned(
  { slack, url, clock }: House,
  body: string,
  options: { secondsOff?: number; secret?: string; contentType?: string; path?: string } = {},
): Promise<Response> {
  const timestamp = String(Math.floor(clock.now().epochMilliseconds / 1000) + (options.secondsOff ?? 0));
  const signature = createHmac('sha256', options.secret ?? slack.signingSecret)
    .update(`v0:${timestamp}:${body}`)
    .digest('hex');
  return fetch(`${url}${options.path ?? '/slack/events'}`, {
    method: 'POST',
    body,
    headers: {
      'content-type': options.contentType ?? formType,
      'x-slack-request-timestamp': timestamp,
      'x-slack-signature': `v0=${signature}`,
    },
  });
}

/** What an interaction's payload is made of, whoever does it. */
export const interaction = (house: House, person: Person, payload: Record<string, unknown>): string =>
  `payload=${encodeURIComponent(
    JSON.stringify({
      team: { id: house.slack.workspace().id },
      user: { id: person.id },
      api_app_id: 'A1',
      trigger_id: crypto.randomUUID(),
      ...payload,
    }),
  )}`;
