// How Slack signs a request, so that the app can tell it from anyone else's.

import { createHmac } from 'node:crypto';

/** Signature version 0 (docs.slack.dev/authentication/verifying-requests-from-slack). */
export function signature(secret: string, timestamp: number | string, rawBody: string): string {
  return `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:${rawBody}`).digest('hex')}`;
}
