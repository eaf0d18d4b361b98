// The server's half of RFC 6455, as much of it as Socket Mode needs: text frames, ping, pong and close.

import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';

export interface WebSocketConnection {
  send(text: string): void;
  ping(): void;
  /** Says goodbye; the connection is over when the peer has said it too. */
  close(): void;
  /** Cuts the line without a word. */
  destroy(): void;
}

interface Handlers {
  onMessage(text: string): void;
  onClose(): void;
}

const handshakeGuid = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';
const opcode = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const;
const largestMessage = 8 * 1024 * 1024;

/** Answers an upgrade request and takes over its socket. */
export function acceptWebSocket(
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
  handlers: Handlers,
): WebSocketConnection | undefined {
  const key = request.headers['sec-websocket-key'];
  if (request.headers.upgrade?.toLowerCase() !== 'websocket' || key === undefined) {
    socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n');
    return undefined;
  }
  const accept = createHash('sha1')
    .update(key + handshakeGuid)
    .digest('base64');
  socket.write(
    'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n' +
      `Sec-WebSocket-Accept: ${accept}\r\n\r\n`,
  );

  let received: Buffer = head;
  let message: Buffer[] = [];
  let closed = false;

  const write = (code: number, payload: Buffer) => {
    if (!socket.destroyed && socket.writable) socket.write(frame(code, payload));
  };
  const finish = () => {
    if (closed) return;
    closed = true;
    handlers.onClose();
  };

  const read = () => {
    for (;;) {
      const next = parseFrame(received);
      if (next === 'more') return;
      if (next === 'broken') {
        socket.destroy();
        return;
      }
      received = next.rest;
      if (next.code === opcode.close) {
        write(opcode.close, next.payload);
        socket.end();
        finish();
        return;
      }
      if (next.code === opcode.ping) write(opcode.pong, next.payload);
      if (next.code === opcode.text || next.code === opcode.binary || next.code === opcode.continuation) {
        message.push(next.payload);
        if (next.final) {
          const text = Buffer.concat(message).toString('utf8');
          message = [];
          handlers.onMessage(text);
        }
      }
    }
  };

  socket.on('data', (chunk: Buffer) => {
    received = Buffer.concat([received, chunk]);
    read();
  });
  // A peer that vanishes is ordinary here: the chaos runs kill bots on purpose.
  socket.on('error', finish);
  socket.on('close', finish);
  socket.on('end', () => {
    socket.end();
    finish();
  });
  if (head.length > 0) read();

  return {
    send: (text) => write(opcode.text, Buffer.from(text, 'utf8')),
    ping: () => write(opcode.ping, Buffer.from('Ping from applink')),
    close: () => {
      const code = Buffer.alloc(2);
      code.writeUInt16BE(1000);
      write(opcode.close, code);
    },
    destroy: () => {
      socket.destroy();
      finish();
    },
  };
}

/** One unmasked, unfragmented frame: what a server sends. */
function frame(code: number, payload: Buffer): Buffer {
  const { length } = payload;
  let header: Buffer;
  if (length < 126) {
    header = Buffer.from([0x80 | code, length]);
  } else if (length < 65_536) {
    header = Buffer.alloc(4);
    header[0] = 0x80 | code;
    header[1] = 126;
    header.writeUInt16BE(length, 2);
  } else {
    header = Buffer.alloc(10);
    header[0] = 0x80 | code;
    header[1] = 127;
    header.writeBigUInt64BE(BigInt(length), 2);
  }
  return Buffer.concat([header, payload]);
}

type Frame = { final: boolean; code: number; payload: Buffer; rest: Buffer };

/** The first frame in the buffer. Clients must mask theirs (RFC 6455, 5.1). */
function parseFrame(buffer: Buffer): Frame | 'more' | 'broken' {
  if (buffer.length < 2) return 'more';
  const first = buffer.readUInt8(0);
  const second = buffer.readUInt8(1);
  let length = second & 0x7f;
  let offset = 2;
  if ((second & 0x80) === 0) return 'broken';
  if (length === 126) {
    if (buffer.length < 4) return 'more';
    length = buffer.readUInt16BE(2);
    offset = 4;
  } else if (length === 127) {
    if (buffer.length < 10) return 'more';
    length = Number(buffer.readBigUInt64BE(2));
    offset = 10;
  }
  if (length > largestMessage) return 'broken';
  if (buffer.length < offset + 4 + length) return 'more';
  const mask = buffer.subarray(offset, offset + 4);
  const payload = Buffer.from(buffer.subarray(offset + 4, offset + 4 + length));
  for (let index = 0; index < payload.length; index += 1) {
    payload[index] = (payload[index] ?? 0) ^ (mask[index % 4] ?? 0);
  }
  return {
    final: (first & 0x80) !== 0,
    code: first & 0x0f,
    payload,
    rest: buffer.subarray(offset + 4 + length),
  };
}
