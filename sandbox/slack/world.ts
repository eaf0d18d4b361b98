// Everything the local Slack knows at this moment, and how its parts tell each other what changed.

import { randomBytes } from 'node:crypto';
import type { EventEmitter } from 'node:events';
import type { SandboxClock } from './clock.ts';
import type { Faults } from './faults.ts';
import type { RateLimits } from './rate-limits.ts';
import type { SandboxTimers } from './timers.ts';
import type { Change, CommandSpec, LogEntry, Violation, Workspace } from './types.ts';

export interface Trigger {
  workspaceId: string;
  userId: string;
  issued: Temporal.Instant;
  /** A modal the interaction came from, if any: only then may a view be pushed. */
  viewId?: string;
  used: boolean;
}

export interface ResponseUrl {
  workspaceId: string;
  userId: string;
  channelId: string;
  issued: Temporal.Instant;
  uses: number;
  /** The message whose button was pressed; a command has none. */
  messageTs?: string;
  threadTs?: string;
}

interface OauthCode {
  workspaceId: string;
  issued: Temporal.Instant;
  redirectUri: string;
  used: boolean;
}

/** How a payload reached the bot and what came back. */
export type Acknowledgement =
  | { kind: 'acknowledged'; body: unknown; ms: number }
  | {
      kind: 'failed';
      why: 'timeout' | 'http_error' | 'connection_failed';
      status?: number;
      noRetry?: boolean;
    };

/** The way to the bot: HTTP or a socket. `undefined` where no bot is connected. */
export interface BotDoor {
  send(payload: OutgoingPayload): Promise<Acknowledgement>;
}

export interface OutgoingPayload {
  kind: 'slash_commands' | 'interactive' | 'events_api';
  body: Record<string, unknown>;
  retry?: { num: number; reason: string };
}

export interface World {
  clock: SandboxClock;
  /** `http://127.0.0.1:PORT`, known once the server listens. */
  url: string;
  signingSecret: string;
  appToken: string;
  /** The old verification token that every payload still carries. */
  verificationToken: string;
  clientId: string;
  clientSecret: string;
  strict: boolean;
  charts: boolean;
  workspaces: Map<string, Workspace>;
  commands: CommandSpec[] | undefined;
  /** Event types the app subscribed to; `undefined` is all of them. */
  subscriptions: string[] | undefined;
  triggers: Map<string, Trigger>;
  responseUrls: Map<string, ResponseUrl>;
  oauthCodes: Map<string, OauthCode>;
  log: LogEntry[];
  violations: Violation[];
  faults: Faults;
  rateLimits: RateLimits;
  timers: SandboxTimers;
  changes: EventEmitter<{ change: [Change]; quiet: [] }>;
  /** The bot's calls being answered right now. */
  openCalls: number;
  /** Set by the composition where it knows when the bot has nothing in flight. */
  botIsIdle: (() => Promise<void>) | undefined;
  lastMicroseconds: bigint;
}

/** So much earlier, and the clock was set back on purpose, to plant history; anything less is the same moment. */
const setBack = 1_000_000n;

/** A message's `ts`: the sandbox's time in microseconds, never the same twice while the clock runs on. */
export function nextTs(world: World): string {
  const now = world.clock.now().epochNanoseconds / 1000n;
  const follows = now > world.lastMicroseconds || world.lastMicroseconds - now > setBack;
  world.lastMicroseconds = follows ? now : world.lastMicroseconds + 1n;
  const digits = world.lastMicroseconds.toString().padStart(7, '0');
  return `${digits.slice(0, -6)}.${digits.slice(-6)}`;
}

export function unixSeconds(instant: Temporal.Instant): number {
  return Math.floor(instant.epochMilliseconds / 1000);
}

/** An id of Slack's shape that no earlier run can have used: bots remember ids to count a delivery once. */
export function newId(prefix: string): string {
  return prefix + randomBytes(6).toString('hex').slice(0, 10).toUpperCase();
}

export function announce(world: World, change: Change): void {
  world.changes.emit('change', change);
}

/** Keeps what the bot did wrong, when the workspace is strict. */
export function violate(world: World, rule: string, message: string, entryId?: number): void {
  if (!world.strict) return;
  const violation: Violation = {
    id: world.violations.length + 1,
    at: world.clock.now().toString(),
    rule,
    message,
    ...(entryId === undefined ? {} : { entryId }),
  };
  world.violations.push(violation);
  announce(world, { kind: 'violated', violation });
}

/** Opens a line in the log; `done` completes and announces it. */
export function startLog(
  world: World,
  entry: Pick<LogEntry, 'direction' | 'name' | 'request'> & { workspaceId?: string },
): { entry: LogEntry; done(result: { response?: unknown; status?: number; fault?: string }): void } {
  const started = performance.now();
  const line: LogEntry = { id: world.log.length + 1, at: world.clock.now().toString(), ...entry };
  world.log.push(line);
  return {
    entry: line,
    done(result) {
      Object.assign(line, result);
      line.ms = Math.round((performance.now() - started) * 10) / 10;
      announce(world, { kind: 'logged', entry: line });
    },
  };
}

export function callStarted(world: World): () => void {
  world.openCalls += 1;
  let open = true;
  return () => {
    if (!open) return;
    open = false;
    world.openCalls -= 1;
    if (world.openCalls === 0) world.changes.emit('quiet');
  };
}

/** Resolves when the bot has nothing on the way to Slack. */
export async function settled(world: World): Promise<void> {
  for (;;) {
    await world.botIsIdle?.();
    // A bot in this process may be about to make its next call: let its promises run before looking.
    for (let turn = 0; turn < 6; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    if (world.openCalls === 0) return;
    await new Promise<void>((resolve) => world.changes.once('quiet', resolve));
  }
}
