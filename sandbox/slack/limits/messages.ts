// Limits of what a message says beside its blocks: its text and its metadata.

import type { Metadata } from '../types.ts';
import { isObject } from './schema.ts';

/** Slack cuts a longer text. */
export const longestText = 40_000;
/** `chat.update` refuses a longer text, though its page does not say so. */
export const longestUpdate = 4000;
/** Characters of `markdown_text`. */
export const longestMarkdown = 12_000;
/** Bytes of JSON (docs.slack.dev/messaging/message-metadata). */
const largestMetadata = 16_384;

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
