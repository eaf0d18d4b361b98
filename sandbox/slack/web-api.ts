// The Web API's front desk: reads the request, checks token, scope and rate, plays the faults, answers as Slack does.

import type { IncomingMessage, ServerResponse } from 'node:http';
import { faultsOfTheBot, SlackError } from './errors.ts';
import { isObject } from './limits/schema.ts';
import type { Call, Method } from './methods/call.ts';
import { chat } from './methods/chat.ts';
import { conversations } from './methods/conversations.ts';
import { oauth } from './methods/oauth.ts';
import { others } from './methods/others.ts';
import { users } from './methods/users.ts';
import { views } from './methods/views.ts';
import type { SocketMode } from './socket-mode.ts';
import type { Workspace } from './types.ts';
import { callStarted, startLog, violate, type World } from './world.ts';

const methods: Record<string, Method> = {
  ...chat,
  ...conversations,
  ...users,
  ...views,
  ...oauth,
  ...others,
};

const largestBody = 4 * 1024 * 1024;

export async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > largestBody) throw new SlackError('request_too_large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** Arguments from the query and from a form or JSON body. */
function readArgs(request: IncomingMessage, url: URL, body: string): Record<string, unknown> {
  const args: Record<string, unknown> = Object.fromEntries(url.searchParams);
  if (request.method === 'GET' || body === '') return args;
  const type = (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase();
  if (type === 'application/json') {
    let parsed: unknown;
    try {
      parsed = JSON.parse(body);
    } catch {
      throw new SlackError('invalid_json');
    }
    if (!isObject(parsed)) throw new SlackError('json_not_object');
    return { ...args, ...parsed };
  }
  if (type === 'application/x-www-form-urlencoded')
    return { ...args, ...Object.fromEntries(new URLSearchParams(body)) };
  throw new SlackError(type === '' || type === undefined ? 'missing_post_type' : 'invalid_post_type');
}

function tokenOf(request: IncomingMessage, args: Record<string, unknown>): string | undefined {
  const header = request.headers.authorization;
  if (header !== undefined) return header.replace(/^Bearer\s+/i, '');
  return typeof args.token === 'string' ? args.token : undefined;
}

function workspaceWith(world: World, token: string | undefined): Workspace {
  if (token === undefined || token === '') throw new SlackError('not_authed');
  for (const workspace of world.workspaces.values()) {
    if (workspace.botToken === token) {
      if (!workspace.installed) throw new SlackError('account_inactive');
      return workspace;
    }
  }
  if (token === world.appToken) throw new SlackError('not_allowed_token_type');
  throw new SlackError('invalid_auth');
}

interface Answer {
  status: number;
  headers?: Record<string, string>;
  body: Record<string, unknown>;
}

export async function answerWebApi(
  world: World,
  sockets: SocketMode,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? '/', world.url);
  const name = url.pathname.replace(/^\/api\//, '');
  const closed = callStarted(world);
  // A fault may end the connection at any point; the call is over for us when the connection is.
  response.on('close', closed);
  let args: Record<string, unknown> = {};
  let early: Answer | undefined;
  try {
    args = readArgs(request, url, await readBody(request));
  } catch (error) {
    early = refusal(error);
  }
  const token = tokenOf(request, args);
  const { token: _token, client_secret: _secret, ...shown } = args;
  const owner = [...world.workspaces.values()].find((workspace) => workspace.botToken === token);
  const log = startLog(world, {
    direction: 'call',
    name,
    request: readable(shown),
    ...(owner === undefined ? {} : { workspaceId: owner.id }),
  });
  const fault = world.faults.strike(name);
  const faulty = fault === undefined ? {} : { fault: fault.kind };

  if (fault?.kind === 'timeout') {
    // Left unanswered on purpose; the line stays open until the bot gives up, but nobody waits for it.
    log.done({ ...faulty, response: 'never answered' });
    closed();
    return;
  }

  const answer =
    early ??
    faultAnswer(fault) ??
    answerCall(world, sockets, { name, args, token }, (rule) =>
      violate(world, rule.code, rule.message, log.entry.id),
    );

  if (fault?.kind === 'accepted-then-dropped') {
    log.done({ ...faulty, response: answer.body, status: 0 });
    closed();
    request.socket.destroy();
    return;
  }
  if (fault?.kind === 'slow') await new Promise((resolve) => setTimeout(resolve, fault.ms));
  log.done({ ...faulty, response: answer.body, status: answer.status });
  response.writeHead(answer.status, {
    'content-type': 'application/json; charset=utf-8',
    ...(owner === undefined ? {} : { 'x-oauth-scopes': owner.scopes.join(',') }),
    ...answer.headers,
  });
  response.end(JSON.stringify(answer.body));
}

function answerCall(
  world: World,
  sockets: SocketMode,
  asked: { name: string; args: Record<string, unknown>; token: string | undefined },
  note: (rule: { code: string; message: string }) => void,
): Answer {
  try {
    if (asked.name === 'apps.connections.open') {
      if (asked.token === undefined) throw new SlackError('not_authed');
      if (asked.token !== world.appToken) {
        const bot = [...world.workspaces.values()].some((workspace) => workspace.botToken === asked.token);
        throw new SlackError(bot ? 'not_allowed_token_type' : 'invalid_auth');
      }
      return { status: 200, body: { ok: true, url: sockets.newUrl() } };
    }
    const method = Object.hasOwn(methods, asked.name) ? methods[asked.name] : undefined;
    if (method === undefined) throw new SlackError('unknown_method', { req_method: asked.name });
    // Methods without a token are not a workspace's; any will do to carry the call.
    const anyWorkspace = [...world.workspaces.values()][0];
    const workspace =
      method.token === 'none' && anyWorkspace !== undefined
        ? anyWorkspace
        : workspaceWith(world, asked.token);
    if (method.scopes.length > 0 && !method.scopes.some((scope) => workspace.scopes.includes(scope))) {
      throw new SlackError('missing_scope', {
        needed: method.scopes.join(','),
        provided: workspace.scopes.join(','),
      });
    }
    const channel = typeof asked.args.channel === 'string' ? asked.args.channel : undefined;
    const wait = world.rateLimits.take(workspace.id, asked.name, method.tier, channel);
    if (wait !== undefined) return rateLimited(wait);
    const call: Call = { world, workspace, args: asked.args };
    return { status: 200, body: { ok: true, ...method.run(call) } };
  } catch (error) {
    const answer = refusal(error);
    if (error instanceof SlackError && faultsOfTheBot.has(error.code) && !chartsMissing(world, asked)) {
      const details = error.problems.length > 0 ? `: ${error.problems.join('; ')}` : '';
      note({ code: error.code, message: `${asked.name} was refused with ${error.code}${details}` });
    }
    return answer;
  }
}

/** Offering a chart to a workspace that has none yet is how a bot finds out; no reproach for that. */
function chartsMissing(world: World, asked: { args: Record<string, unknown> }): boolean {
  return !world.charts && JSON.stringify(asked.args.blocks ?? '').includes('data_visualization');
}

function refusal(error: unknown): Answer {
  if (!(error instanceof SlackError)) throw error;
  return { status: 200, body: { ok: false, error: error.code, ...error.extra } };
}

function rateLimited(seconds: number): Answer {
  return {
    status: 429,
    headers: { 'retry-after': String(seconds) },
    body: { ok: false, error: 'ratelimited' },
  };
}

function faultAnswer(fault: ReturnType<World['faults']['strike']>): Answer | undefined {
  switch (fault?.kind) {
    case 'ratelimited':
      return rateLimited(fault.retryAfter ?? 1);
    case 'error':
      return { status: 200, body: { ok: false, error: fault.error } };
    case 'http':
      return { status: fault.status ?? 500, body: { ok: false, error: 'internal_error' } };
    default:
      return undefined;
  }
}

/** Arguments with their JSON unfolded, for the log. */
function readable(args: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(args).map(([name, value]) => {
      if (typeof value !== 'string' || !['blocks', 'view', 'metadata', 'attachments'].includes(name)) {
        return [name, value];
      }
      try {
        return [name, JSON.parse(value) as unknown];
      } catch {
        return [name, value];
      }
    }),
  );
}
