// Slack's links to messages: asked for, and words that lead there.

import type { WebClient } from '@slack/web-api';
import { sortFailure } from './failures.ts';

/** Slack's link to a message; nothing where it has none for us. */
export async function permalinkTo(
  client: WebClient,
  { channel, ts }: { channel: string; ts: string },
): Promise<string | undefined> {
  try {
    return (await client.chat.getPermalink({ channel, message_ts: ts })).permalink;
  } catch (error) {
    const { kind } = sortFailure(error);
    // The bot isn't in that channel, or the message is gone: there is no link to be had.
    if (kind === 'destination-gone' || kind === 'our-fault') return undefined;
    throw error;
  }
}

/** Our own words, as a link where Slack gave one. No mention within: Slack knows no link in a link. */
export const leadingTo = (link: string | null, words: string): string =>
  link === null ? words : `<${link}|${words}>`;
