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

/**
 * How long a peer may take, in milliseconds; nobody has shown who they are yet. Slack sends a request in one go and
 * gives up after 3 s itself.
 */
const patience = {
  headers: 5_000,
  request: 5_000,
  /** For a connection on which nothing moves, whatever it is about. */
  idle: 15_000,
  /** How often the server looks who has been too long. */
  looksEvery: 1_000,
  /** For a request that is only half here when the bot stops. */
  whileClosing: 1_000,
};

interface WebServer {
  listen(port: number): Promise<number>;
  /** Says "shutting down" to probes from now on and serves everything else as before, so that a balancer can notice. */
  drain(): void;
  /**
   * Refuses new connections at once and lets answers under way finish; whoever has sent half a request by then is cut
   * off. `answered`: resolves when every request that came whole has its answer.
   */
  close(answered: Promise<void>): Promise<void>;
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
  let leaving = false;
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
    // As it stands: `//healthz` would be a host to a URL, and `//` none at all.
    const [pathname] = (request.url ?? '').split('?');
    if (request.method === 'POST' && pathname === '/slack/events') return slackRequest(request, response);
    // Node leaves out the body of an answer to HEAD by itself.
    const looks = request.method === 'GET' || request.method === 'HEAD';
    if (looks && pathname === '/healthz') return end(response, 200, 'ok');
    if (looks && pathname === '/readyz') {
      const missing = leaving ? ['shutting down'] : await notReady();
      if (missing.length > 0) return end(response, 503, missing.join('\n'));
      return end(response, 200, ['ready', ...(await remarks())].join('\n'));
    }
    if (looks && pathname === '/metrics') {
      return end(response, 200, await metrics.metrics(), metrics.contentType);
    }
    end(response, 404);
  }

  const limits = {
    headersTimeout: patience.headers,
    requestTimeout: patience.request,
    connectionsCheckingInterval: patience.looksEvery,
  };
  const server: Server = createServer(limits, (request, response) => {
    // A connection kept alive would hold the server open for seconds after its last answer.
    response.on('close', () => {
      if (closing) setImmediate(() => server.closeIdleConnections());
    });
    route(request, response).catch((error: unknown) => {
      // A body cut short or too long is the peer's doing, and anybody can send one: no line in the log for each.
      if (isRawBodyError(error)) log.debug({ type: error.type }, 'a request without a whole body');
      else log.warn({ err: error }, 'a web request failed');
      if (!response.headersSent) end(response, isRawBodyError(error) ? error.statusCode : 500);
    });
  });
  server.setTimeout(patience.idle);

  return {
    listen: (port) =>
      new Promise((resolve, reject) => {
        server.once('error', reject);
        server.listen(port, () => resolve((server.address() as { port: number }).port));
      }),
    drain: () => {
      leaving = true;
    },
    close: async (answered) => {
      leaving = true;
      closing = true;
      const closed = new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
      server.closeIdleConnections();
      await answered;
      const cutOff = setTimeout(() => server.closeAllConnections(), patience.whileClosing);
      await closed;
      clearTimeout(cutOff);
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
    processEventErrorHandler: async (failure) => {
      if (!(failure.error instanceof Unanswered))
        return HTTPModuleFunctions.defaultProcessEventErrorHandler(failure);
      end(failure.response, 400);
      return false;
    },
    unhandledRequestHandler: (late) => {
      if (!late.response.headersSent) HTTPModuleFunctions.defaultUnhandledRequestHandler(late);
    },
  });

/** Signed, and yet nothing that any door understands. Bolt would keep Slack waiting for 3 s before it says 404. */
export class Unanswered extends Error {
  constructor() {
    super('No door took this request');
    this.name = 'Unanswered';
  }
}
