// A Web API call as the methods see it: who asks, in which workspace, with which arguments.

import { SlackError } from '../errors.ts';
import type { RateTier } from '../rate-limits.ts';
import type { Channel, PersonRecord, Workspace } from '../types.ts';
import { canSee, channelNamed, dmWithBot } from '../workspaces.ts';
import { unixSeconds, type World } from '../world.ts';

export interface Call {
  world: World;
  /** The workspace whose bot token was given. */
  workspace: Workspace;
  args: Record<string, unknown>;
}

export interface Method {
  /** Scopes that allow it, any one of them; methods that depend on the kind of channel ask by themselves. */
  scopes: readonly string[];
  tier: RateTier;
  /** `bot` unless told: which token opens it. */
  token?: 'bot' | 'app' | 'none';
  run(call: Call): Record<string, unknown>;
}

/** A text argument, or undefined when it is missing or empty. */
export function textArg(call: Call, name: string): string | undefined {
  const value = call.args[name];
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

export function required(call: Call, name: string, error = 'invalid_arguments'): string {
  const value = textArg(call, name);
  if (value === undefined) {
    throw new SlackError(
      error,
      error === 'invalid_arguments'
        ? { response_metadata: { messages: [`[ERROR] missing required field: ${name}`] } }
        : {},
    );
  }
  return value;
}

export function flagArg(call: Call, name: string): boolean {
  const value = call.args[name];
  return value === true || value === 'true' || value === '1' || value === 1;
}

/** An argument that is JSON: itself in a JSON body, a string in a form. */
export function jsonArg(call: Call, name: string, error: string): unknown {
  const value = call.args[name];
  if (typeof value !== 'string') return value ?? undefined;
  if (value === '') return undefined;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    throw new SlackError(error);
  }
}

export function needScope(call: Call, ...scopes: readonly string[]): void {
  if (scopes.some((scope) => call.workspace.scopes.includes(scope))) return;
  throw new SlackError('missing_scope', {
    needed: scopes.join(','),
    provided: call.workspace.scopes.join(','),
  });
}

/** `channels:read`, `groups:history` and so on: the scope goes by the kind of channel. */
export function scopeFor(channel: Channel, right: 'read' | 'history'): string {
  const family = { public: 'channels', private: 'groups', im: 'im', mpim: 'mpim' }[channel.kind];
  return `${family}:${right}`;
}

/** A channel the bot may know of; a private one it is not in does not exist for it. */
export function channelArg(call: Call, name = 'channel'): Channel {
  const channel = channelNamed(call.workspace, required(call, name, 'channel_not_found'));
  if (channel === undefined || !canSee(channel, call.workspace.botUserId))
    throw new SlackError('channel_not_found');
  return channel;
}

/** Where a message is to go: a channel's id or name, or a person's id, which means their DM. */
export function destinationArg(call: Call): Channel {
  const given = required(call, 'channel', 'channel_not_found');
  if (!/^[UW]/.test(given)) return channelArg(call);
  return dmWithBot(call.workspace, personArg(call, 'channel').id, unixSeconds(call.world.clock.now()));
}

export function personArg(call: Call, name: string): PersonRecord {
  const person = call.workspace.people.get(required(call, name, 'user_not_found'));
  if (person === undefined) throw new SlackError(name === 'channel' ? 'channel_not_found' : 'user_not_found');
  return person;
}

export function mustBeMember(call: Call, channel: Channel): void {
  if (channel.archived) throw new SlackError('is_archived');
  if (!channel.members.includes(call.workspace.botUserId)) throw new SlackError('not_in_channel');
}

/** One page of a list, and the cursor to the next. */
export function page<T>(
  call: Call,
  all: readonly T[],
  defaultLimit: number,
  most = 1000,
): { items: T[]; response_metadata: { next_cursor: string } } {
  const limit = limitArg(call, defaultLimit, most);
  const cursor = textArg(call, 'cursor');
  const start =
    cursor === undefined ? 0 : Number(Buffer.from(cursor, 'base64').toString('utf8').replace('at:', ''));
  if (!Number.isInteger(start) || start < 0) throw new SlackError('invalid_cursor');
  const end = start + limit;
  const next = end < all.length ? Buffer.from(`at:${end}`).toString('base64') : '';
  return { items: all.slice(start, end), response_metadata: { next_cursor: next } };
}

export function limitArg(call: Call, defaultLimit: number, most: number): number {
  const given = textArg(call, 'limit');
  if (given === undefined || given === '0') return defaultLimit;
  const limit = Number(given);
  if (!Number.isInteger(limit) || limit < 1 || limit > most) throw new SlackError('invalid_limit');
  return limit;
}
