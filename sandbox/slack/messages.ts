// Messages as a workspace keeps them: posted, changed, removed, found, and written out the way the Web API does.

import { randomBytes } from 'node:crypto';
import { elementsIn, withChildren } from './limits/blocks.ts';
import { plainTextOf } from './render.ts';
import type { Block, Channel, Message, Metadata, Workspace } from './types.ts';
import { announce, nextTs, type World } from './world.ts';

interface NewMessage {
  user: string;
  text: string;
  botId?: string;
  blocks?: Block[];
  attachments?: unknown[];
  metadata?: Metadata;
  threadTs?: string;
  visibleTo?: string;
  subtype?: string;
}

/** Ids Slack makes up for blocks and elements that came without. */
export function withIds(blocks: readonly Block[]): Block[] {
  const copy = structuredClone(blocks) as Block[];
  const made = () => randomBytes(4).toString('base64url').slice(0, 5);
  for (const block of withChildren(copy)) {
    block.block_id ??= made();
    for (const element of elementsIn(block)) {
      if (element.type !== 'image') element.action_id ??= made();
    }
  }
  return copy;
}

export function postMessage(
  world: World,
  workspace: Workspace,
  channel: Channel,
  message: NewMessage,
): Message {
  const { blocks, ...rest } = message;
  const posted: Message = { ts: nextTs(world), ...rest, reactions: [], state: {} };
  if (blocks !== undefined && blocks.length > 0) posted.blocks = withIds(blocks);
  // Nearly always the end; only history that is planted belongs before what is there.
  channel.messages.splice(firstAtOrAfter(channel, posted.ts), 0, posted);
  tell(world, 'message_posted', workspace, channel, posted);
  return posted;
}

interface MessageChange {
  text: string;
  blocks?: Block[];
  attachments?: unknown[];
  metadata?: Metadata;
}

/** Puts new words in a message's place; what people had chosen in its old elements is gone with them. */
export function changeMessage(
  world: World,
  workspace: Workspace,
  channel: Channel,
  message: Message,
  change: MessageChange,
): void {
  message.text = change.text;
  if (change.blocks !== undefined && change.blocks.length > 0) message.blocks = withIds(change.blocks);
  else delete message.blocks;
  if (change.attachments !== undefined && change.attachments.length > 0)
    message.attachments = change.attachments;
  else delete message.attachments;
  if (change.metadata !== undefined) message.metadata = change.metadata;
  message.editedTs = nextTs(world);
  message.state = {};
  tell(world, 'message_changed', workspace, channel, message);
}

export function deleteMessage(world: World, workspace: Workspace, channel: Channel, message: Message): void {
  const index = channel.messages.indexOf(message);
  if (index >= 0) channel.messages.splice(index, 1);
  tell(world, 'message_deleted', workspace, channel, message);
}

function tell(
  world: World,
  kind: 'message_posted' | 'message_changed' | 'message_deleted',
  workspace: Workspace,
  channel: Channel,
  message: Message,
): void {
  announce(world, {
    kind,
    workspaceId: workspace.id,
    channelId: channel.id,
    ts: message.ts,
    ...(message.visibleTo === undefined ? {} : { visibleTo: message.visibleTo }),
  });
}

/** By binary search: a channel may hold thousands, and they lie in the order of their `ts`. */
export function findMessage(channel: Channel, ts: string): Message | undefined {
  const found = channel.messages[firstAtOrAfter(channel, ts)];
  return found?.ts === ts ? found : undefined;
}

/** The index of the first message whose `ts` is not smaller. */
export function firstAtOrAfter(channel: Channel, ts: string): number {
  let low = 0;
  let high = channel.messages.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compareTs(channel.messages[middle]?.ts ?? '', ts) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

export function compareTs(a: string, b: string): number {
  const [aSeconds = '0', aRest = ''] = a.split('.');
  const [bSeconds = '0', bRest = ''] = b.split('.');
  return Number(aSeconds) - Number(bSeconds) || (aRest < bRest ? -1 : aRest > bRest ? 1 : 0);
}

/** Replies by the `ts` they answer; worked out once for a whole page of messages. */
export function threadsOf(channel: Channel): Map<string, Message[]> {
  const threads = new Map<string, Message[]>();
  for (const message of channel.messages) {
    if (message.threadTs === undefined || message.visibleTo !== undefined) continue;
    const replies = threads.get(message.threadTs);
    if (replies === undefined) threads.set(message.threadTs, [message]);
    else replies.push(message);
  }
  return threads;
}

/** What this person can see of a channel, oldest first, replies among them. */
export function visibleMessages(channel: Channel, userId: string): Message[] {
  return channel.messages.filter(
    (message) => message.visibleTo === undefined || message.visibleTo === userId,
  );
}

/** The message as the Web API writes it; interaction payloads leave the bot's profile out. */
export function messageOut(
  workspace: Workspace,
  channel: Channel,
  message: Message,
  options: { metadata?: boolean; threads?: Map<string, Message[]>; profile?: false } = {},
): Record<string, unknown> {
  const replies = (options.threads ?? threadsOf(channel)).get(message.ts) ?? [];
  return {
    type: 'message',
    ...(message.subtype === undefined ? {} : { subtype: message.subtype }),
    user: message.user,
    ts: message.ts,
    team: workspace.id,
    text: message.text,
    ...(message.botId === undefined
      ? {}
      : {
          bot_id: message.botId,
          app_id: workspace.appId,
          ...(options.profile === false ? {} : { bot_profile: profileOf(workspace, message.botId) }),
        }),
    ...(message.blocks === undefined ? {} : { blocks: message.blocks }),
    ...(message.attachments === undefined ? {} : { attachments: message.attachments }),
    ...(message.editedTs === undefined ? {} : { edited: { user: message.user, ts: message.editedTs } }),
    ...(message.threadTs === undefined ? {} : { thread_ts: message.threadTs }),
    ...(replies.length === 0
      ? {}
      : {
          thread_ts: message.ts,
          reply_count: replies.length,
          reply_users: [...new Set(replies.map((reply) => reply.user))],
          latest_reply: replies.at(-1)?.ts,
        }),
    ...(message.reactions.length === 0
      ? {}
      : { reactions: message.reactions.map((one) => ({ ...one, count: one.users.length })) }),
    ...(options.metadata === true && message.metadata !== undefined ? { metadata: message.metadata } : {}),
  };
}

const profileOf = (workspace: Workspace, botId: string) => ({
  id: botId,
  app_id: workspace.appId,
  name: 'Evenkeel',
  deleted: false,
  team_id: workspace.id,
});

/** The fallback Slack makes of blocks that came without a text. */
export function fallbackText(workspace: Workspace, blocks: readonly Block[] | undefined): string {
  return blocks === undefined ? '' : plainTextOf(blocks, { workspace });
}
