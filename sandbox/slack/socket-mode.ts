// Socket Mode: the bot's own connections, over which payloads go out as envelopes and acknowledgements come back.

import { randomBytes, randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { nameOf, patience, workspaceOf } from './door.ts';
import { SlackError } from './errors.ts';
import { isObject } from './limits/schema.ts';
import { type Acknowledgement, type OutgoingPayload, startLog, violate, type World } from './world.ts';

/** Connections an app may have open at once. */
const mostConnections = 10;
const pingEvery = 5000;

export interface SocketMode {
  /** The URL `apps.connections.open` hands out; good for one connection. */
  newUrl(): string;
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  readonly connected: number;
  /** Resolves when at least this many connections are open. */
  whenConnected(count?: number): Promise<void>;
  send(payload: OutgoingPayload): Promise<Acknowledgement>;
  /** Asks every connection to come back, as Slack does when it restarts a server. */
  refresh(): void;
  /** Cuts every connection without a word. */
  cut(): void;
  stop(): Promise<void>;
}

export function socketMode(world: World): SocketMode {
  const tickets = new Set<string>();
  const server = new WebSocketServer({ noServer: true });
  const connections: WebSocket[] = [];
  /** A connection that is closing takes nothing any more. */
  const open = () => connections.filter(({ readyState, OPEN }) => readyState === OPEN);
  const waiting = new Map<string, (body: unknown) => void>();
  const finished = new Set<string>();
  let turn = 0;
  let onConnected: (() => void)[] = [];
  let onAllGone = () => {};
  const pings = setInterval(() => {
    for (const connection of connections) connection.ping('Ping from applink');
  }, pingEvery);
  pings.unref();

  const receive = (text: string) => {
    let message: unknown;
    try {
      message = JSON.parse(text);
    } catch {
      violate(world, 'bad_envelope', 'a socket message was not JSON');
      return;
    }
    const id = isObject(message) ? message.envelope_id : undefined;
    if (typeof id !== 'string') {
      violate(world, 'bad_envelope', 'a socket message had no envelope_id');
      return;
    }
    const resolve = waiting.get(id);
    if (resolve !== undefined) {
      waiting.delete(id);
      finished.add(id);
      resolve((message as { payload?: unknown }).payload);
    } else {
      const why = finished.has(id) ? 'was acknowledged twice' : 'was never sent';
      violate(world, 'double_acknowledgement', `envelope ${id} ${why}`);
    }
  };

  const welcome = (connection: WebSocket) => {
    connections.push(connection);
    connection.on('message', (data) => receive(String(data)));
    // A peer that vanishes is ordinary here: the chaos runs kill bots on purpose. What follows an error is a close.
    connection.on('error', () => {});
    connection.on('close', () => {
      connections.splice(connections.indexOf(connection), 1);
      if (connections.length === 0) onAllGone();
    });
    connection.send(
      JSON.stringify({
        type: 'hello',
        num_connections: open().length,
        debug_info: { host: 'sandbox', approximate_connection_time: 18_060 },
        connection_info: { app_id: [...world.workspaces.values()][0]?.appId },
      }),
    );
    const heard = onConnected;
    onConnected = [];
    for (const hear of heard) hear();
  };

  return {
    newUrl() {
      if (open().length >= mostConnections) throw new SlackError('too_many_websockets');
      const ticket = randomUUID();
      tickets.add(ticket);
      return `${world.url.replace(/^http/, 'ws')}/link/?ticket=${ticket}&app_id=1`;
    },
    upgrade(request, socket, head) {
      const url = new URL(request.url ?? '/', world.url);
      if (url.pathname !== '/link/' || !tickets.delete(url.searchParams.get('ticket') ?? '')) {
        socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n');
        return;
      }
      server.handleUpgrade(request, socket, head, welcome);
    },
    get connected() {
      return open().length;
    },
    async whenConnected(count = 1) {
      while (open().length < count) await new Promise<void>((resolve) => onConnected.push(resolve));
    },
    send(payload) {
      turn += 1;
      const usable = open();
      const connection = usable[turn % usable.length];
      if (connection === undefined) return Promise.resolve({ kind: 'failed', why: 'connection_failed' });
      const name = nameOf(payload);
      const log = startLog(world, {
        direction: 'sent',
        name,
        request: payload.body,
        ...workspaceOf(payload),
      });
      const started = performance.now();
      const id = `${randomBytes(4).toString('hex')}-${randomUUID()}`;
      return new Promise((resolve) => {
        const alarm = setTimeout(() => {
          waiting.delete(id);
          finished.add(id);
          violate(world, 'late_acknowledgement', `${name} was not acknowledged within 3 s`, log.entry.id);
          log.done({ response: 'no answer within 3 s' });
          resolve({ kind: 'failed', why: 'timeout' });
        }, patience);
        waiting.set(id, (body) => {
          clearTimeout(alarm);
          log.done({ response: body, status: 200 });
          resolve({ kind: 'acknowledged', body: plain(body), ms: performance.now() - started });
        });
        connection.send(
          JSON.stringify({
            envelope_id: id,
            payload: payload.body,
            type: payload.kind,
            accepts_response_payload: payload.kind !== 'events_api',
            ...(payload.kind === 'events_api'
              ? { retry_attempt: payload.retry?.num ?? 0, retry_reason: payload.retry?.reason ?? '' }
              : {}),
          }),
        );
      });
    },
    refresh() {
      for (const connection of [...connections]) {
        connection.send(
          JSON.stringify({
            type: 'disconnect',
            reason: 'refresh_requested',
            debug_info: { host: 'sandbox' },
          }),
        );
      }
    },
    cut() {
      for (const connection of [...connections]) connection.terminate();
    },
    async stop() {
      clearInterval(pings);
      // A peer that does not say goodbye is cut off; one that does may need a moment for it.
      const cutOff = setTimeout(() => {
        for (const connection of [...connections]) connection.terminate();
      }, 500);
      const gone = new Promise<void>((resolve) => {
        onAllGone = resolve;
        if (connections.length === 0) resolve();
      });
      for (const connection of [...connections]) connection.close();
      await gone;
      clearTimeout(cutOff);
    },
  };
}

/** A bare acknowledgement carries an empty payload: the same as an empty HTTP answer. */
function plain(body: unknown): unknown {
  return isObject(body) && Object.keys(body).length === 0 ? '' : (body ?? '');
}
