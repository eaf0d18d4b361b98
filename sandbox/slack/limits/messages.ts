// Limits of what a message says beside its blocks: its text and its metadata.

import type { Metadata } from '../types.ts';
import { isObject } from './schema.ts';

/** Slack cuts a longer text. */
export const longestText = 40_000;
/** `chat.update` refuses a longer text, though its page does not say so. */
export const longestUpdate = 4000;
/** Characters of `markdown_text`. */
export const longestMarkdown = 12_000;
/**
 * Characters that people can read in all blocks together; more is `msg_blocks_too_long`. Slack does not document it:
 * bots were refused somewhat above 12,000 (github.com/slackapi/bolt-js/issues/2509 and /2867).
 */
export const longestBlocks = 13_000;
/** Bytes of JSON (docs.slack.dev/messaging/message-metadata). */
const largestMetadata = 16_384;

/** The characters of every text within these blocks, however deep. */
export function charactersIn(value: unknown): number {
  if (Array.isArray(value)) return value.reduce((sum: number, one) => sum + charactersIn(one), 0);
  if (!isObject(value)) return 0;
  return Object.entries(value).reduce(
    (sum, [name, inner]) =>
      sum + (name === 'text' && typeof inner === 'string' ? [...inner].length : charactersIn(inner)),
    0,
  );
}

/** The metadata, or Slack's error code for what is wrong with it. */
export function readMetadata(value: unknown): Metadata | { error: string } {
  if (!isObject(value)) return { error: 'invalid_metadata_format' };
  const { event_type: eventType, event_payload: payload, ...others } = value;
  if (
    typeof eventType !== 'string' ||
    eventType === '' ||
    !isObject(payload) ||
    Object.keys(others).length > 0
  ) {
    return { error: 'invalid_metadata_schema' };
  }
  if (Buffer.byteLength(JSON.stringify(value)) > largestMetadata) return { error: 'metadata_too_large' };
  return { event_type: eventType, event_payload: payload };
}
