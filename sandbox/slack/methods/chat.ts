// chat.*: what the bot says, mends and takes back.

import { invalidBlocks, SlackError } from '../errors.ts';
import { checkBlocks } from '../limits/blocks.ts';
import {
  charactersIn,
  longestBlocks,
  longestMarkdown,
  longestText,
  longestUpdate,
  readMetadata,
} from '../limits/messages.ts';
import { wording } from '../limits/schema.ts';
import {
  changeMessage,
  deleteMessage,
  fallbackText,
  findMessage,
  messageOut,
  postMessage,
} from '../messages.ts';
import type { Block, Channel, Message, Metadata, Workspace } from '../types.ts';
import { violate, type World } from '../world.ts';
import {
  type Call,
  channelArg,
  destinationArg,
  jsonArg,
  type Method,
  mustBeMember,
  personArg,
  required,
  textArg,
} from './call.ts';

interface Content {
  text: string;
  blocks?: Block[];
  attachments?: unknown[];
}

/** Text, blocks and attachments of any message the bot sends, checked as Slack checks them. */
export function readContent(
  world: World,
  workspace: Workspace,
  given: { text?: unknown; blocks?: unknown; attachments?: unknown },
): Content {
  const { blocks, attachments } = given;
  if (blocks !== undefined && !Array.isArray(blocks)) throw new SlackError('invalid_blocks_format');
  if (attachments !== undefined && !Array.isArray(attachments)) throw new SlackError('invalid_attachments');
  if (Array.isArray(attachments) && attachments.length > 100) throw new SlackError('too_many_attachments');
  const found = blocks === undefined ? [] : checkBlocks(blocks, 'message', '/blocks', world.charts);
  if (found.length > 0) throw invalidBlocks(found.map(wording));
  if (charactersIn(blocks) > longestBlocks) throw new SlackError('msg_blocks_too_long');
  const list = blocks as Block[] | undefined;
  let text = typeof given.text === 'string' ? given.text : '';
  if (text.trim() === '' && (list?.length ?? 0) === 0 && (attachments?.length ?? 0) === 0) {
    throw new SlackError('no_text');
  }
  if (text.length > longestText) {
    violate(world, 'text_cut', `a text of ${text.length} characters was cut at ${longestText}`);
    text = text.slice(0, longestText);
  }
  return {
    text: text === '' ? fallbackText(workspace, list) : text,
    ...(list === undefined ? {} : { blocks: list }),
    ...(attachments === undefined ? {} : { attachments: attachments as unknown[] }),
  };
}

function contentArgs(call: Call): Content {
  const given = {
    text: call.args.text,
    blocks: jsonArg(call, 'blocks', 'invalid_blocks_format'),
    attachments: jsonArg(call, 'attachments', 'cannot_parse_attachment'),
  };
  const markdown = textArg(call, 'markdown_text');
  if (markdown !== undefined) {
    if (given.blocks !== undefined || textArg(call, 'text') !== undefined) {
      throw new SlackError('markdown_text_conflict');
    }
    if (markdown.length > longestMarkdown) throw new SlackError('msg_too_long');
    given.blocks = [{ type: 'markdown', text: markdown }];
  }
  return readContent(call.world, call.workspace, given);
}

function metadataArg(call: Call): Metadata | undefined {
  const value = jsonArg(call, 'metadata', 'invalid_metadata_format');
  if (value === undefined) return undefined;
  const metadata = readMetadata(value);
  if ('error' in metadata) throw new SlackError(metadata.error);
  return metadata;
}

/** The message a reply belongs to; a reply to a reply joins the same thread. */
function threadArg(call: Call, channel: Channel): string | undefined {
  const ts = textArg(call, 'thread_ts');
  if (ts === undefined) return undefined;
  const parent = findMessage(channel, ts);
  if (parent === undefined || parent.visibleTo !== undefined) throw new SlackError('thread_not_found');
  return parent.threadTs ?? parent.ts;
}

/** A message of this bot that can still be changed. */
function ownMessage(call: Call, channel: Channel, refusal: string): Message {
  const message = findMessage(channel, required(call, 'ts', 'message_not_found'));
  if (message === undefined || message.visibleTo !== undefined) throw new SlackError('message_not_found');
  if (message.botId !== call.workspace.botId) throw new SlackError(refusal);
  return message;
}

export const chat: Record<string, Method> = {
  'chat.postMessage': {
    scopes: ['chat:write'],
    tier: 'posting',
    run(call) {
      const { world, workspace } = call;
      const channel = destinationArg(call);
      if (channel.kind === 'im') mustBeReachable(workspace, channel);
      mustBeMember(call, channel);
      const content = contentArgs(call);
      const metadata = metadataArg(call);
      const threadTs = threadArg(call, channel);
      const message = postMessage(world, workspace, channel, {
        user: workspace.botUserId,
        botId: workspace.botId,
        ...content,
        ...(metadata === undefined ? {} : { metadata }),
        ...(threadTs === undefined ? {} : { threadTs }),
      });
      return {
        channel: channel.id,
        ts: message.ts,
        message: messageOut(workspace, channel, message, { metadata: true }),
      };
    },
  },
  'chat.update': {
    scopes: ['chat:write'],
    tier: 'tier3',
    run(call) {
      const { world, workspace } = call;
      const channel = channelArg(call);
      const message = ownMessage(call, channel, 'cant_update_message');
      if (channel.archived) throw new SlackError('is_archived');
      if (typeof call.args.text === 'string' && call.args.text.length > longestUpdate) {
        throw new SlackError('msg_too_long');
      }
      const content = contentArgs(call);
      const metadata = metadataArg(call);
      changeMessage(world, workspace, channel, message, {
        // Blocks and attachments that are not mentioned stay; an empty list takes them away
        // (github.com/slackapi/python-slack-sdk/issues/523, github.com/slack-go/slack/issues/1214).
        ...(message.blocks === undefined ? {} : { blocks: message.blocks }),
        ...(message.attachments === undefined ? {} : { attachments: message.attachments }),
        ...content,
        ...(metadata === undefined ? {} : { metadata }),
      });
      return {
        channel: channel.id,
        ts: message.ts,
        text: message.text,
        message: messageOut(workspace, channel, message, { metadata: true }),
      };
    },
  },
  'chat.delete': {
    scopes: ['chat:write'],
    tier: 'tier3',
    run(call) {
      const channel = channelArg(call);
      const message = ownMessage(call, channel, 'cant_delete_message');
      deleteMessage(call.world, call.workspace, channel, message);
      return { channel: channel.id, ts: message.ts };
    },
  },
  'chat.postEphemeral': {
    scopes: ['chat:write'],
    tier: 'tier4',
    run(call) {
      const { world, workspace } = call;
      const channel = channelArg(call);
      const person = personArg(call, 'user');
      mustBeMember(call, channel);
      if (!channel.members.includes(person.id)) throw new SlackError('user_not_in_channel');
      const content = contentArgs(call);
      const threadTs = threadArg(call, channel);
      const message = postMessage(world, workspace, channel, {
        user: workspace.botUserId,
        botId: workspace.botId,
        ...content,
        visibleTo: person.id,
        ...(threadTs === undefined ? {} : { threadTs }),
      });
      return { message_ts: message.ts };
    },
  },
  'chat.getPermalink': {
    scopes: [],
    tier: 'unlimited',
    run(call) {
      const channel = channelArg(call);
      const ts = required(call, 'message_ts', 'message_not_found');
      if (findMessage(channel, ts) === undefined) throw new SlackError('message_not_found');
      const host = `${call.workspace.domain}.slack.com`;
      return {
        channel: channel.id,
        permalink: `https://${host}/archives/${channel.id}/p${ts.replace('.', '')}`,
      };
    },
  },
};

/** A DM needs someone to read it. */
function mustBeReachable(workspace: Workspace, channel: Channel): void {
  const other = channel.members
    .map((id) => workspace.people.get(id))
    .find((one) => one?.id !== workspace.botUserId);
  if (other?.deleted === true) throw new SlackError('user_disabled');
}
