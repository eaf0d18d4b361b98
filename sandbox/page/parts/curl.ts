// A line of the log as a curl command that does the same again.

import type { LogEntry } from '../types.ts';

type Fields = Record<string, unknown>;

const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

const post = (url: string, body: unknown, ...headers: string[]): string =>
  [
    `curl -sS ${quoted(url)}`,
    ...['content-type: application/json; charset=utf-8', ...headers].map((header) => `-H ${quoted(header)}`),
    `-d ${quoted(JSON.stringify(body))}`,
  ].join(' \\\n  ');

/**
 * A call of the bot's is made again with its token; what Slack sent is done again by the person who did it, through
 * the sandbox's JSON API. Undefined where there is nobody to do it again: events, and links that were used up.
 */
export function curlOf(entry: LogEntry, origin: string, token: string): string | undefined {
  const request = (entry.request ?? {}) as Fields;
  if (entry.direction === 'call') {
    if (!/^[a-z]+(\.[a-zA-Z]+)+$/.test(entry.name)) return undefined;
    return post(`${origin}/api/${entry.name}`, withoutToken(request), `authorization: Bearer ${token}`);
  }
  const as = (verb: string, who: unknown, body: Fields) =>
    post(`${origin}/_sandbox/as/${String(who)}/${verb}`, body);
  const user = (request.user as Fields | undefined)?.id;
  if (request.command !== undefined) {
    const text = `${String(request.command)} ${String(request.text ?? '')}`.trim();
    return as('command', request.user_id, { channel: request.channel_id, text });
  }
  if (request.type === 'view_submission') {
    const view = request.view as { id: string };
    return as('submit', user, { view_id: view.id, values: {} });
  }
  if (request.type === 'block_actions') {
    const [action] = request.actions as Fields[];
    const container = request.container as Fields;
    const where =
      container.message_ts === undefined ? { view_id: container.view_id } : { ts: container.message_ts };
    return as('click', user, { action_id: action?.action_id, block_id: action?.block_id, ...where });
  }
  return undefined;
}

function withoutToken({ token: _, ...rest }: Fields): Fields {
  return Object.fromEntries(Object.entries(rest).map(([name, value]) => [name, parsed(value)]));
}

/** Forms carry blocks and views as JSON in a string; in a JSON body they stand as they are. */
function parsed(value: unknown): unknown {
  if (typeof value !== 'string' || !/^[[{]/.test(value)) return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return value;
  }
}
