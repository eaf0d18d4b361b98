// conversations.*: channels and DMs, who is in them, and what was said.

import { SlackError } from '../errors.ts';
import { findMessage, firstAtOrAfter, messageOut, threadsOf } from '../messages.ts';
import type { Channel, Message, Workspace } from '../types.ts';
import { canSee, openConversation } from '../workspaces.ts';
import { announce, nextTs, unixSeconds } from '../world.ts';
import {
  type Call,
  channelArg,
  flagArg,
  limitArg,
  type Method,
  needScope,
  page,
  required,
  scopeFor,
  textArg,
} from './call.ts';

const kinds = { public_channel: 'public', private_channel: 'private', im: 'im', mpim: 'mpim' } as const;

/** The kinds of conversation asked for, each with the scope it takes. */
export function kindsArg(call: Call): Channel['kind'][] {
  const types = (textArg(call, 'types') ?? 'public_channel').split(',').map((type) => type.trim());
  return types.map((type) => {
    const kind = kinds[type as keyof typeof kinds];
    if (kind === undefined) throw new SlackError('invalid_types');
    needScope(
      call,
      { public: 'channels:read', private: 'groups:read', im: 'im:read', mpim: 'mpim:read' }[kind],
    );
    return kind;
  });
}

export function channelOut(workspace: Workspace, channel: Channel): Record<string, unknown> {
  const { kind } = channel;
  const isShared = channel.members.some((id) => workspace.people.get(id)?.from !== undefined);
  const shared = {
    id: channel.id,
    created: channel.created,
    is_archived: channel.archived,
    is_im: kind === 'im',
    is_mpim: kind === 'mpim',
    is_private: kind !== 'public',
    is_org_shared: false,
    context_team_id: workspace.id,
    updated: channel.created * 1000,
  };
  if (kind === 'im') {
    const user = channel.members.find((id) => id !== workspace.botUserId);
    return {
      ...shared,
      user,
      is_user_deleted: workspace.people.get(user ?? '')?.deleted ?? false,
      priority: 0,
    };
  }
  return {
    ...shared,
    name: channel.name,
    name_normalized: channel.name,
    is_channel: kind === 'public',
    is_group: kind === 'private',
    is_general: channel.name === 'general',
    is_shared: isShared,
    is_ext_shared: isShared,
    is_pending_ext_shared: false,
    is_member: channel.members.includes(workspace.botUserId),
    creator: channel.creator,
    topic: { value: '', creator: '', last_set: 0 },
    purpose: { value: channel.purpose, creator: channel.creator, last_set: channel.created },
  };
}

/** Told by `conversations.list`, and elsewhere only when asked for. */
const countOf = (channel: Channel) => ({ num_members: channel.members.length });

interface Range {
  oldest: string;
  latest: string | undefined;
  inclusive: boolean;
}

function rangeArg(call: Call): Range {
  const read = (name: 'oldest' | 'latest') => {
    const value = textArg(call, name);
    if (value === undefined || value === '0') return undefined;
    if (!/^\d+(\.\d+)?$/.test(value)) throw new SlackError(`invalid_ts_${name}`);
    return value;
  };
  return { oldest: read('oldest') ?? '0', latest: read('latest'), inclusive: flagArg(call, 'inclusive') };
}

/** The part of a channel between two moments, still oldest first. */
function within(channel: Channel, { oldest, latest, inclusive }: Range): { from: number; to: number } {
  let from = firstAtOrAfter(channel, oldest);
  if (!inclusive && channel.messages[from]?.ts === oldest) from += 1;
  let to = latest === undefined ? channel.messages.length : firstAtOrAfter(channel, latest);
  if (inclusive && latest !== undefined && channel.messages[to]?.ts === latest) to += 1;
  return { from, to };
}

function mayRead(call: Call, channel: Channel): void {
  needScope(call, scopeFor(channel, 'history'));
  if (!channel.members.includes(call.workspace.botUserId)) throw new SlackError('not_in_channel');
}

export const conversations: Record<string, Method> = {
  'conversations.open': {
    scopes: ['im:write', 'mpim:write', 'channels:manage', 'groups:write'],
    tier: 'tier3',
    run(call) {
      const { workspace } = call;
      const known = textArg(call, 'channel');
      if (known !== undefined) {
        const channel = channelArg(call);
        if (channel.kind !== 'im' && channel.kind !== 'mpim') throw new SlackError('invalid_arguments');
        return { no_op: true, already_open: true, channel: { id: channel.id } };
      }
      const ids = required(call, 'users', 'users_list_not_supplied')
        .split(',')
        .map((id) => id.trim());
      needScope(call, ids.length > 1 ? 'mpim:write' : 'im:write');
      if (ids.length > 8) throw new SlackError('too_many_users');
      for (const id of ids) {
        const person = workspace.people.get(id);
        if (person === undefined) throw new SlackError('user_not_found');
        if (person.deleted) throw new SlackError('user_disabled');
        if (person.isBot) throw new SlackError('cannot_dm_bot');
      }
      const before = workspace.channels.size;
      const channel = openConversation(workspace, ids, unixSeconds(call.world.clock.now()));
      const existed = workspace.channels.size === before;
      return {
        ...(existed ? { no_op: true, already_open: true } : {}),
        channel: flagArg(call, 'return_im') ? channelOut(workspace, channel) : { id: channel.id },
      };
    },
  },
  'conversations.info': {
    scopes: ['channels:read', 'groups:read', 'im:read', 'mpim:read'],
    tier: 'tier3',
    run(call) {
      const channel = channelArg(call);
      needScope(call, scopeFor(channel, 'read'));
      return {
        channel: {
          ...channelOut(call.workspace, channel),
          ...(flagArg(call, 'include_num_members') && channel.kind !== 'im' && countOf(channel)),
        },
      };
    },
  },
  'conversations.list': {
    scopes: ['channels:read', 'groups:read', 'im:read', 'mpim:read'],
    tier: 'tier2',
    run(call) {
      const { workspace } = call;
      const wanted = kindsArg(call);
      const all = [...workspace.channels.values()].filter(
        (channel) =>
          wanted.includes(channel.kind) &&
          canSee(channel, workspace.botUserId) &&
          !(channel.archived && flagArg(call, 'exclude_archived')),
      );
      const { items, response_metadata } = page(call, all, 100);
      return {
        channels: items.map((channel) => ({
          ...channelOut(workspace, channel),
          ...(channel.kind !== 'im' && countOf(channel)),
        })),
        response_metadata,
      };
    },
  },
  'conversations.members': {
    scopes: ['channels:read', 'groups:read', 'im:read', 'mpim:read'],
    tier: 'tier4',
    run(call) {
      const channel = channelArg(call);
      needScope(call, scopeFor(channel, 'read'));
      const { items, response_metadata } = page(call, channel.members, 100);
      return { members: items, response_metadata };
    },
  },
  'conversations.history': {
    scopes: ['channels:history', 'groups:history', 'im:history', 'mpim:history'],
    tier: 'tier3',
    run(call) {
      const { workspace } = call;
      const channel = channelArg(call);
      mayRead(call, channel);
      const limit = limitArg(call, 100, 1000);
      const range = rangeArg(call);
      const cursor = textArg(call, 'cursor');
      if (cursor !== undefined) {
        const next = Buffer.from(cursor, 'base64').toString('utf8').replace('next_ts:', '');
        if (!/^\d+\.\d+$/.test(next)) throw new SlackError('invalid_cursor');
        range.latest = next;
      }
      const { from, to } = within(channel, range);
      const found: Message[] = [];
      let more: string | undefined;
      for (let index = to - 1; index >= from; index -= 1) {
        const message = channel.messages[index];
        if (message === undefined || message.visibleTo !== undefined || message.threadTs !== undefined)
          continue;
        if (found.length === limit) {
          more = found.at(-1)?.ts;
          break;
        }
        found.push(message);
      }
      const metadata = flagArg(call, 'include_all_metadata');
      const threads = threadsOf(channel);
      return {
        messages: found.map((message) => messageOut(workspace, channel, message, { metadata, threads })),
        has_more: more !== undefined,
        pin_count: 0,
        ...(more === undefined
          ? {}
          : { response_metadata: { next_cursor: Buffer.from(`next_ts:${more}`).toString('base64') } }),
      };
    },
  },
  'conversations.replies': {
    scopes: ['channels:history', 'groups:history', 'im:history', 'mpim:history'],
    tier: 'tier3',
    run(call) {
      const { workspace } = call;
      const channel = channelArg(call);
      mayRead(call, channel);
      const parent = findMessage(channel, required(call, 'ts', 'thread_not_found'));
      if (parent === undefined || parent.visibleTo !== undefined) throw new SlackError('thread_not_found');
      const threads = threadsOf(channel);
      const { from, to } = within(channel, rangeArg(call));
      const inRange = new Set(channel.messages.slice(from, to));
      const all = [parent, ...(threads.get(parent.ts) ?? []).filter((reply) => inRange.has(reply))];
      const { items, response_metadata } = page(call, all, 1000);
      const metadata = flagArg(call, 'include_all_metadata');
      return {
        messages: items.map((message) => messageOut(workspace, channel, message, { metadata, threads })),
        has_more: response_metadata.next_cursor !== '',
        response_metadata,
      };
    },
  },
  'conversations.join': {
    scopes: ['channels:join'],
    tier: 'tier3',
    run(call) {
      const { world, workspace } = call;
      const channel = channelArg(call);
      if (channel.kind !== 'public') throw new SlackError('method_not_supported_for_channel_type');
      if (channel.archived) throw new SlackError('is_archived');
      const already = channel.members.includes(workspace.botUserId);
      if (!already) {
        channel.members.push(workspace.botUserId);
        const joined: Message = {
          ts: nextTs(world),
          user: workspace.botUserId,
          text: `<@${workspace.botUserId}> has joined the channel`,
          subtype: 'channel_join',
          reactions: [],
          state: {},
        };
        channel.messages.push(joined);
        announce(world, {
          kind: 'message_posted',
          workspaceId: workspace.id,
          channelId: channel.id,
          ts: joined.ts,
        });
      }
      return {
        channel: channelOut(workspace, channel),
        ...(already
          ? { warning: 'already_in_channel', response_metadata: { warnings: ['already_in_channel'] } }
          : {}),
      };
    },
  },
};
