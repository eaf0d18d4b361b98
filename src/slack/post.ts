// Sending one message so that it can be found again, and finding it.

import type { WebClient } from '@slack/web-api';
import { type SlackFailure, sortFailure } from './failures.ts';
import type { Message } from './message.ts';

/** Where a message goes: a person's DM with the bot, by their id, or a channel. */
export type Destination = { dm: string } | { channel: string };

/** Where in a conversation: in the thread under that message, or undefined for the conversation itself. */
export type Thread = string | undefined;

/** What tells one posting from all others; travels in the message's metadata. */
interface PostMark {
  deliveryId: string;
  /** Grows when the lead has the same prompt come again. */
  round: number;
}

export type Posted = { kind: 'posted'; channel: string; ts: string };

const eventType = 'evenkeel_delivery';

/**
 * Posts once, whatever happens, so the client must be one that doesn't retry by itself (src/slack/client.ts). A DM is addressed by the person's id, which saves opening it first.
 */
export async function postOnce(
  client: WebClient,
  destination: Destination,
  message: Message,
  mark: PostMark,
  thread?: Thread,
): Promise<Posted | SlackFailure> {
  try {
    const answer = await client.chat.postMessage({
      channel: 'dm' in destination ? destination.dm : destination.channel,
      text: message.text,
      // The chart block is younger than @slack/types.
      blocks: message.blocks as never,
      metadata: { event_type: eventType, event_payload: { delivery_id: mark.deliveryId, round: mark.round } },
      unfurl_links: false,
      unfurl_media: false,
      ...(thread !== undefined && { thread_ts: thread }),
    });
    return { kind: 'posted', channel: answer.channel!, ts: answer.ts! };
  } catch (error) {
    return sortFailure(error);
  }
}

type Found = Posted | { kind: 'absent' } | { kind: 'unreadable' } | SlackFailure;

/** Pages of a conversation to look through; a hundred messages each. */
const pagesToRead = 20;

/** Whether a message with this mark stands in the conversation, looking back to `since`. */
export async function findPosted(
  client: WebClient,
  destination: Destination,
  mark: PostMark,
  since: Temporal.Instant,
  thread?: Thread,
): Promise<Found> {
  try {
    const channel =
      'channel' in destination
        ? destination.channel
        : (await client.conversations.open({ users: destination.dm })).channel!.id!;
    let cursor: string | undefined;
    for (let page = 0; page < pagesToRead; page++) {
      const range = {
        channel,
        include_all_metadata: true,
        oldest: String(since.epochMilliseconds / 1000),
        limit: 100,
        ...(cursor !== undefined && { cursor }),
      };
      // A channel's history leaves out what was said in threads.
      const answer =
        thread === undefined
          ? await client.conversations.history(range)
          : await client.conversations.replies({ ...range, ts: thread });
      const found = answer.messages?.find((message) => isMarked(message.metadata, mark));
      if (found?.ts) return { kind: 'posted', channel, ts: found.ts };
      cursor = answer.response_metadata?.next_cursor;
      if (!answer.has_more || !cursor) return { kind: 'absent' };
    }
    return { kind: 'unreadable' };
  } catch (error) {
    const failure = sortFailure(error);
    // A missing scope, a channel the bot was never in: it can post there and not read.
    if (failure.kind === 'our-fault' || failure.kind === 'destination-gone') return { kind: 'unreadable' };
    // Asking is harmless, so whatever may have happened to the question it can be asked again.
    if (failure.kind === 'in-doubt') return { kind: 'try-again', error: failure.error };
    return failure;
  }
}

function isMarked(
  metadata: { event_type?: string; event_payload?: object } | undefined,
  mark: PostMark,
): boolean {
  if (metadata?.event_type !== eventType) return false;
  const payload = metadata.event_payload as { delivery_id?: unknown; round?: unknown };
  return payload.delivery_id === mark.deliveryId && Number(payload.round) === mark.round;
}
