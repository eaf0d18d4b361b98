// The bot's door: how a payload reaches it over HTTP, signed as Slack signs, and what counts as an answer.

import { request } from 'node:http';
import { request as secureRequest } from 'node:https';
import { signature } from './signing.ts';
import {
  type Acknowledgement,
  type OutgoingPayload,
  startLog,
  unixSeconds,
  violate,
  type World,
} from './world.ts';

/** Slack waits this long for an acknowledgement (docs.slack.dev). */
export const patience = 3000;

/** POSTs to the bot's request URL; never rejects. */
export function sendOverHttp(
  world: World,
  requestUrl: string,
  payload: OutgoingPayload,
): Promise<Acknowledgement> {
  const isEvent = payload.kind === 'events_api';
  const body = isEvent
    ? JSON.stringify(payload.body)
    : new URLSearchParams(
        payload.kind === 'slash_commands'
          ? (payload.body as Record<string, string>)
          : { payload: JSON.stringify(payload.body) },
      ).toString();
  const timestamp = unixSeconds(world.clock.now());
  const headers: Record<string, string | number> = {
    'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
    accept: 'application/json,*/*',
    // Exactly this: Slack names no charset.
    'content-type': isEvent ? 'application/json' : 'application/x-www-form-urlencoded',
    'content-length': Buffer.byteLength(body),
    'x-slack-request-timestamp': timestamp,
    'x-slack-signature': signature(world.signingSecret, timestamp, body),
    ...(payload.retry === undefined
      ? {}
      : { 'x-slack-retry-num': payload.retry.num, 'x-slack-retry-reason': payload.retry.reason }),
  };
  const name = nameOf(payload);
  const log = startLog(world, { direction: 'sent', name, request: payload.body, ...workspaceOf(payload) });
  const started = performance.now();

  return new Promise((resolve) => {
    let answered = false;
    const finish = (acknowledgement: Acknowledgement, details: { response?: unknown; status?: number }) => {
      if (answered) return;
      answered = true;
      clearTimeout(alarm);
      log.done(details);
      resolve(acknowledgement);
    };
    const alarm = setTimeout(() => {
      violate(world, 'late_acknowledgement', `${name} was not acknowledged within 3 s`, log.entry.id);
      finish({ kind: 'failed', why: 'timeout' }, { response: 'no answer within 3 s' });
    }, patience);

    const send = requestUrl.startsWith('https:') ? secureRequest : request;
    const call = send(requestUrl, { method: 'POST', headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', () =>
        finish({ kind: 'failed', why: 'connection_failed' }, { response: 'cut off' }),
      );
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8');
        const status = response.statusCode ?? 0;
        const ms = performance.now() - started;
        if (status < 200 || status >= 300) {
          const noRetry = response.headers['x-slack-no-retry'] === '1';
          finish({ kind: 'failed', why: 'http_error', status, noRetry }, { response: text, status });
          return;
        }
        const parsed = readBody(text, response.headers['content-type']);
        finish({ kind: 'acknowledged', body: parsed, ms }, { response: parsed, status });
      });
    });
    call.on('error', (error) =>
      finish(
        { kind: 'failed', why: 'connection_failed' },
        { response: `could not reach the bot: ${error.message}` },
      ),
    );
    call.end(body);
  });
}

/** JSON where the answer says or looks so, else the text itself. */
function readBody(text: string, contentType = ''): unknown {
  if (text === '') return '';
  if (!contentType.includes('json') && !text.startsWith('{')) return text;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

/** A payload's name in the log: `/logtime`, `block_actions`, `event app_home_opened`. */
export function nameOf(payload: OutgoingPayload): string {
  if (payload.kind === 'slash_commands') return String(payload.body.command);
  if (payload.kind === 'interactive') return String(payload.body.type);
  return `event ${String((payload.body.event as { type?: unknown } | undefined)?.type)}`;
}

export function workspaceOf(payload: OutgoingPayload): { workspaceId?: string } {
  const { team_id: teamId, team } = payload.body as { team_id?: string; team?: { id?: string } };
  const workspaceId = teamId ?? team?.id;
  return workspaceId === undefined ? {} : { workspaceId };
}
