// A way to the database that can be cut: a black hole, as a firewall makes that forgot a connection. Nothing is refused, nothing answers.

import { connect, createServer, type Socket } from 'node:net';

export interface Way {
  /** The database's address by this way. */
  url: string;
  /** From now on nothing passes, on connections that stand and on new ones; neither end is told. */
  swallow(): void;
  /** The same once the bot has sent these, one after the other; the last still arrives, and its answer does not. */
  swallowAfter(...sent: string[]): void;
  /** New connections get through again. Those that were swallowed stay dead. */
  letThrough(): void;
  close(): Promise<void>;
}

/** `databaseUrl`: a connection string whose host and port are the ones to get to. */
export async function openWay(databaseUrl: string): Promise<Way> {
  const goal = new URL(databaseUrl);
  const sockets = new Set<Socket>();
  let swallowing = false;
  let triggers: string[] = [];
  const server = createServer((client) => {
    const upstream = connect(Number(goal.port), goal.hostname);
    let dead = swallowing;
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => sockets.delete(socket));
    }
    client.on('data', (chunk) => {
      dead ||= swallowing;
      if (dead) return;
      if (triggers[0] !== undefined && chunk.includes(triggers[0])) {
        triggers.shift();
        swallowing = triggers.length === 0;
      }
      upstream.write(chunk);
    });
    upstream.on('data', (chunk) => {
      dead ||= swallowing;
      if (!dead) client.write(chunk);
    });
    client.on('close', () => upstream.destroy());
    upstream.on('close', () => {
      if (!dead && !swallowing) client.destroy();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const by = new URL(databaseUrl);
  by.host = `127.0.0.1:${(server.address() as { port: number }).port}`;
  return {
    url: by.href,
    swallow: () => {
      swallowing = true;
    },
    swallowAfter: (...sent) => {
      triggers = sent;
    },
    letThrough: () => {
      triggers = [];
      swallowing = false;
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
