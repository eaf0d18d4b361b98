// What Slack says about a channel: whether it is there for us, and who is in it.

import type { WebClient } from '@slack/web-api';
import { sortFailure } from './failures.ts';

export interface ChannelProfile {
  id: string;
  private: boolean;
  archived: boolean;
  /** Whether the bot may post and read there. */
  botIsIn: boolean;
  /** Slack user ids, bots among them; a thousand at most. */
  memberIds: string[];
}

const pageSize = 200;
const mostPages = 5;

/** The most that Slack gives at once. */
const largestPage = 1000;
/** Pages looked through for one person; nobody asks a channel of ten thousand to look back. */
const mostLargePages = 10;

/** Undefined where there is no such channel, or a private one that the bot is not in: Slack doesn't tell them apart. */
export async function fetchChannel(
  client: WebClient,
  channelId: string,
): Promise<ChannelProfile | undefined> {
  try {
    const { channel } = await client.conversations.info({ channel: channelId });
    if (!channel || channel.is_im || channel.is_mpim) return undefined;
    const memberIds: string[] = [];
    let cursor: string | undefined;
    for (let page = 0; page < mostPages; page += 1) {
      const answer = await client.conversations.members({
        channel: channelId,
        limit: pageSize,
        ...(cursor !== undefined && { cursor }),
      });
      memberIds.push(...(answer.members ?? []));
      cursor = answer.response_metadata?.next_cursor || undefined;
      if (cursor === undefined) break;
    }
    return {
      id: channelId,
      private: channel.is_private === true,
      archived: channel.is_archived === true,
      botIsIn: channel.is_member === true,
      memberIds,
    };
  } catch (error) {
    const { kind } = sortFailure(error);
    if (kind === 'destination-gone' || kind === 'our-fault') return undefined;
    throw error;
  }
}

/** Whether Slack has that person in the channel; false as well where it has no such channel for us. */
export async function isInChannel(client: WebClient, channelId: string, personId: string): Promise<boolean> {
  try {
    let cursor: string | undefined;
    for (let page = 0; page < mostLargePages; page += 1) {
      const answer = await client.conversations.members({
        channel: channelId,
        limit: largestPage,
        ...(cursor !== undefined && { cursor }),
      });
      if (answer.members?.includes(personId)) return true;
      cursor = answer.response_metadata?.next_cursor || undefined;
      if (cursor === undefined) return false;
    }
    return false;
  } catch (error) {
    const { kind } = sortFailure(error);
    if (kind === 'destination-gone' || kind === 'our-fault') return false;
    throw error;
  }
}
