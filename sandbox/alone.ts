// One sandbox at a time on one folder, and on one port: found out before anything in the folder is touched.

import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { commandOf } from './postgres.ts';

/** Why this sandbox may not start here, as a sentence that says what to do; undefined when the folder is its own now. */
export async function whyNotHere(folder: string, port: number): Promise<string | undefined> {
  const note = path.join(folder, 'running');
  const other = Number(readIfThere(note));
  if (other && other !== process.pid && (await commandOf(other))?.includes('sandbox')) {
    return `Another sandbox (process ${other}) is using the data in ${folder}. Stop that one first, or give this one data and a port of its own: SANDBOX_FOLDER=.sandbox-two SANDBOX_PORT=4001 npm run sandbox`;
  }
  if (await isTaken(port)) {
    return `Port ${port} is taken. Choose another one: SANDBOX_PORT=4001 npm run sandbox`;
  }
  writeFileSync(note, String(process.pid));
  return undefined;
}

function readIfThere(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

function isTaken(port: number): Promise<boolean> {
  const server = createServer();
  return new Promise((resolve, reject) => {
    server.once('error', (error: Error & { code?: string }) => {
      if (error.code === 'EADDRINUSE') resolve(true);
      else reject(error);
    });
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(false)));
  });
}
