// response_url: the way to answer an interaction later, five times within thirty minutes.

import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { faultsOfTheBot, SlackError } from './errors.ts';
import { isObject } from './limits/schema.ts';
import { changeMessage, deleteMessage, findMessage, postMessage } from './messages.ts';
import { readContent } from './methods/chat.ts';
import type { Channel, Workspace } from './types.ts';
import { readBody } from './web-api.ts';
import { callStarted, type ResponseUrl, startLog, violate, type World } from './world.ts';

const mostUses = 5;
const lifetime = { minutes: 30 };

export function newResponseUrl(
  world: World,
  workspace: Workspace,
  origin: {
    kind: 'commands' | 'actions';
    userId: string;
    channelId: string;
    messageTs?: string;
    threadTs?: string;
  },
): string {
  const { kind, ...rest } = origin;
  const path = `/${kind}/${workspace.id}/${world.responseUrls.size + 1}/${randomBytes(12).toString('hex')}`;
  world.responseUrls.set(path, { workspaceId: workspace.id, issued: world.clock.now(), uses: 0, ...rest });
  return world.url + path;
}

export async function answerResponseUrl(world: World, request: IncomingMessage, response: ServerResponse) {
  const closed = callStarted(world);
  response.on('close', closed);
  const path = new URL(request.url ?? '/', world.url).pathname;
  const body = await readBody(request);
  let parsed: unknown = body;
  try {
    parsed = JSON.parse(body);
  } catch {
    // Told below as invalid_payload; the log keeps what was sent.
  }
  const url = world.responseUrls.get(path);
  const log = startLog(world, {
    direction: 'call',
    name: 'response_url',
    request: parsed,
    ...(url === undefined ? {} : { workspaceId: url.workspaceId }),
  });
  const fault = world.faults.strike('response_url');
  const faulty = fault === undefined ? {} : { fault: fault.kind };
  if (fault?.kind === 'timeout') {
    log.done({ ...faulty, response: 'never answered' });
    closed();
    return;
  }

  let status = 200;
  let answer: Record<string, unknown> | 'ok' = 'ok';
  if (fault?.kind === 'http') status = fault.status ?? 500;
  else if (fault?.kind === 'error') [status, answer] = [404, { ok: false, error: fault.error }];
  else if (fault?.kind === 'ratelimited') [status, answer] = [429, { ok: false, error: 'ratelimited' }];
  else {
    try {
      use(world, url, request, parsed);
    } catch (error) {
      if (!(error instanceof SlackError)) throw error;
      status = error.code === 'invalid_payload' ? 400 : 404;
      answer = { ok: false, error: error.code, ...error.extra };
      if (faultsOfTheBot.has(error.code)) {
        const details = error.problems.length > 0 ? `: ${error.problems.join('; ')}` : '';
        violate(world, error.code, `a response_url answered ${error.code}${details}`, log.entry.id);
      }
    }
  }
  if (fault?.kind === 'accepted-then-dropped') {
    log.done({ ...faulty, response: answer, status: 0 });
    closed();
    request.socket.destroy();
    return;
  }
  if (fault?.kind === 'slow') await new Promise((resolve) => setTimeout(resolve, fault.ms));
  log.done({ ...faulty, response: answer, status });
  const isText = answer === 'ok';
  response.writeHead(status, {
    'content-type': isText ? 'text/html' : 'application/json; charset=utf-8',
    ...(fault?.kind === 'ratelimited' ? { 'retry-after': String(fault.retryAfter ?? 1) } : {}),
  });
  response.end(isText ? 'ok' : JSON.stringify(answer));
}

function use(world: World, url: ResponseUrl | undefined, request: IncomingMessage, body: unknown): void {
  const workspace = world.workspaces.get(url?.workspaceId ?? '');
  const channel = workspace?.channels.get(url?.channelId ?? '');
  if (url === undefined || workspace === undefined || channel === undefined)
    throw new SlackError('no_service');
  if (request.method !== 'POST' || !isObject(body)) throw new SlackError('invalid_payload');
  if (Temporal.Instant.compare(world.clock.now(), url.issued.add(lifetime)) > 0)
    throw new SlackError('expired_url');
  if (url.uses >= mostUses) throw new SlackError('used_url');
  applyResponse(world, workspace, channel, url, body);
  url.uses += 1;
}

const responseFields = new Set([
  'text',
  'blocks',
  'attachments',
  'response_type',
  'replace_original',
  'delete_original',
  'thread_ts',
  'unfurl_links',
  'unfurl_media',
  'mrkdwn',
  'metadata',
  'link_names',
  'parse',
]);

/**
 * Posts, replaces or deletes as the body says; an acknowledgement of a command with a body goes this way too.
 * Without `response_type` the answer is ephemeral; without `replace_original` it is a new message.
 */
export function applyResponse(
  world: World,
  workspace: Workspace,
  channel: Channel,
  origin: { userId: string; messageTs?: string; threadTs?: string },
  body: Record<string, unknown>,
): void {
  for (const name of Object.keys(body)) {
    if (!responseFields.has(name)) violate(world, 'unknown_field', `a response has no field "${name}"`);
  }
  const original = origin.messageTs === undefined ? undefined : findMessage(channel, origin.messageTs);
  const replaces = isTrue(body.replace_original);
  if ((replaces || isTrue(body.delete_original)) && origin.messageTs === undefined) {
    violate(world, 'no_original', 'replace_original and delete_original need a message: a command has none');
  }
  if (isTrue(body.delete_original)) {
    if (original !== undefined) deleteMessage(world, workspace, channel, original);
    return;
  }
  const kind = body.response_type;
  if (kind !== undefined && kind !== 'ephemeral' && kind !== 'in_channel') {
    throw new SlackError('invalid_payload', {}, [`response_type "${String(kind)}" is unknown`]);
  }
  const content = readContent(world, workspace, body);
  if (replaces && original !== undefined) {
    changeMessage(world, workspace, channel, original, content);
    return;
  }
  const threadTs = typeof body.thread_ts === 'string' ? body.thread_ts : origin.threadTs;
  postMessage(world, workspace, channel, {
    user: workspace.botUserId,
    botId: workspace.botId,
    ...content,
    ...(kind === 'in_channel' ? {} : { visibleTo: origin.userId }),
    ...(threadTs === undefined ? {} : { threadTs }),
  });
}

function isTrue(value: unknown): boolean {
  return value === true || value === 'true';
}
