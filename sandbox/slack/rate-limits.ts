// Slack's documented rate limits, counted in the sandbox's time.

import type { SandboxClock } from './clock.ts';

/** Calls a minute for a method, a workspace and an app (docs.slack.dev/apis/web-api/rate-limits). */
const tiers = { tier1: 1, tier2: 20, tier3: 50, tier4: 100 } as const;

export type RateTier = keyof typeof tiers | 'posting' | 'unlimited';

/** Messages a second in one channel, and how many may come at once before that counts. */
const postsASecond = 1;
const postBurst = 3;
/** "Several hundred messages a minute" in one workspace. */
const postsAMinute = 300;

export interface RateLimits {
  on: boolean;
  /** Seconds to wait, or undefined when the call may go ahead and is counted. */
  take(workspaceId: string, method: string, tier: RateTier, channelId?: string): number | undefined;
  /** How many calls were turned away. */
  refused: number;
}

interface Bucket {
  tokens: number;
  filled: Temporal.Instant;
}

export function createRateLimits(clock: SandboxClock, on: boolean): RateLimits {
  const buckets = new Map<string, Bucket>();

  /** The bucket as it is now, refilled for the time that passed. */
  const bucket = (key: string, size: number, aSecond: number): Bucket => {
    const now = clock.now();
    const known = buckets.get(key);
    if (known === undefined) {
      const fresh = { tokens: size, filled: now };
      buckets.set(key, fresh);
      return fresh;
    }
    const seconds = Math.max(known.filled.until(now).total('seconds'), 0);
    known.tokens = Math.min(size, known.tokens + seconds * aSecond);
    known.filled = now;
    return known;
  };

  const limits: RateLimits = {
    on,
    refused: 0,
    take(workspaceId, method, tier, channelId) {
      if (!limits.on || tier === 'unlimited') return undefined;
      const asked: { bucket: Bucket; aSecond: number }[] = [];
      const ask = (key: string, size: number, aSecond: number) =>
        asked.push({ bucket: bucket(key, size, aSecond), aSecond });
      if (tier === 'posting') {
        ask(`${workspaceId} ${method}`, postsAMinute, postsAMinute / 60);
        if (channelId !== undefined) ask(`${workspaceId} ${method} ${channelId}`, postBurst, postsASecond);
      } else {
        ask(`${workspaceId} ${method}`, tiers[tier], tiers[tier] / 60);
      }
      const wait = Math.max(...asked.map((one) => (1 - one.bucket.tokens) / one.aSecond));
      if (wait > 1e-9) {
        limits.refused += 1;
        return Math.max(1, Math.ceil(wait));
      }
      for (const one of asked) one.bucket.tokens -= 1;
      return undefined;
    },
  };
  return limits;
}
