// The web server: Slack's requests checked for signature and age, an operator's probes, and the metrics.

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import {
  type BufferedIncomingMessage,
  HTTPModuleFunctions,
  HTTPReceiver,
  isRawBodyError,
  verifySlackRequest,
} from '@slack/bolt';
import type { Registry } from 'prom-client';
import { boltLogger, type Log } from '../log.ts';

/** Slack's own rule for the past (docs.slack.dev/authentication/verifying-requests-from-slack), held for the future too. */
const toleratedSeconds = 5 * 60;

/** Far above anything Slack sends; protects memory, not Slack. */
const largestBody = 1024 * 1024;

interface WebServer {
  listen(port: number): Promise<number>;
  /** Refuses new connections at once, and lets open ones finish. */
  close(): Promise<void>;
}

/**
 * `receiver`: Bolt's, with its own signature check off, since that check cannot be told the time and lets the
 * future pass. Undefined in Socket Mode, where only the probes are served.
 */
export function createWebServer(options: {
  receiver: HTTPReceiver | undefined;
  signingSecret: string | undefined;
  now: () => Temporal.Instant;
  log: Log;
  /** Resolves to what is missing; empty when ready. */
  notReady: () => Promise<string[]>;
  /** What an operator should know although it is ready. */
  remarks: () => Promise<string[]>;
  metrics: Registry;
}): WebServer {
  const { receiver, signingSecret, now, log, notReady, remarks, metrics } = options;
  let closing = false;

  async function slackRequest(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (!receiver || !signingSecret) return end(response, 404);
    // Leaves the body in `rawBody`, where Bolt will look for it.
    const { rawBody } = await HTTPModuleFunctions.bufferIncomingMessage(request, largestBody);
    if (!isFromSlack(request, rawBody.toString(), signingSecret, now())) return end(response, 401);
    // Bolt knows the form type only without a charset.
    const [contentType] = (request.headers['content-type'] ?? '').split(';');
    request.headers['content-type'] = contentType?.trim() ?? '';
    if (!holdsAnObject(request as BufferedIncomingMessage)) return end(response, 400);
    receiver.requestListener(request, response);
  }

  async function route(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    if (request.method === 'POST' && pathname === '/slack/events') return slackRequest(request, response);
    if (request.method === 'GET' && pathname === '/healthz') return end(response, 200, 'ok');
    if (request.method === 'GET' && pathname === '/readyz') {
      const missing = closing ? ['shutting down'] : await notReady();
      if (missing.length > 0) return end(response, 503, missing.join('\n'));
      return end(response, 200, ['ready', ...(await remarks())].join('\n'));
    }
    if (request.method === 'GET' && pathname === '/metrics') {
      return end(response, 200, await metrics.metrics(), metrics.contentType);
    }
    end(response, 404);
  }

  const server: Server = createServer((request, response) => {
    // A connection kept alive would hold the server open for seconds after its last answer.
    response.on('close', () => {
      if (closing) setImmediate(() => server.closeIdleConnections());
    });
    route(request, response).catch((error: unknown) => {
      log.warn({ err: error }, 'a web request failed');
      if (!response.headersSent) end(response, isRawBodyError(error) ? error.statusCode : 500);
    });
  });

  return {
    listen: (port) =>
      new Promise((resolve, reject) => {
        server.once('error', reject);
        server.listen(port, () => resolve((server.address() as { port: number }).port));
      }),
    close: () => {
      closing = true;
      const closed = new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
      server.closeIdleConnections();
      return closed;
    },
  };
}

/** Bolt reads fields of whatever JSON it gets, and a bare `null` would take the process down. */
function holdsAnObject(request: BufferedIncomingMessage): boolean {
  try {
    const body: unknown = HTTPModuleFunctions.parseHTTPRequestBody(request);
    return typeof body === 'object' && body !== null && !Array.isArray(body);
  } catch {
    return false;
  }
}

function isFromSlack(
  request: IncomingMessage,
  body: string,
  signingSecret: string,
  now: Temporal.Instant,
): boolean {
  const timestamp = String(request.headers['x-slack-request-timestamp'] ?? '');
  const signature = String(request.headers['x-slack-signature'] ?? '');
  if (!/^\d{1,12}$/.test(timestamp)) return false;
  if (Number(timestamp) - now.epochMilliseconds / 1000 > toleratedSeconds) return false;
  try {
    verifySlackRequest({
      signingSecret,
      body,
      headers: { 'x-slack-request-timestamp': Number(timestamp), 'x-slack-signature': signature },
      nowMilliseconds: now.epochMilliseconds,
    });
    return true;
  } catch {
    // Its one way of saying no.
    return false;
  }
}

function end(response: ServerResponse, status: number, body = '', type = 'text/plain; charset=utf-8'): void {
  response.writeHead(status, { 'content-type': type }).end(body);
}

export const createReceiver = (signingSecret: string, log: Log): HTTPReceiver =>
  new HTTPReceiver({
    signingSecret,
    signatureVerification: false,
    logger: boltLogger(log),
    bodyLimit: largestBody,
  });
