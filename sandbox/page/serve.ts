// Serves the page: bundles it once when the sandbox starts, and keeps the result in memory.

import { readFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import path from 'node:path';
import { build } from 'esbuild';
import type { RequestHandler } from '../slack/local-slack.ts';

const here = import.meta.dirname;

interface Asset {
  type: string;
  body: string;
}

/**
 * The handler for everything that is not the API's. Bundling begins at once and takes a few hundred milliseconds; a request that comes
 * sooner waits for it. Everything the page needs is served from here: it makes no call off this machine.
 */
export function createPage(): RequestHandler {
  const assets = bundle();
  // Whoever asks for the page hears of a failure; nobody asking must not bring the sandbox down.
  assets.catch(() => {});
  return async (request, response) => {
    const name = new URL(request.url ?? '/', 'http://127.0.0.1').pathname;
    try {
      const asset = (await assets).get(name === '/' ? '/index.html' : name);
      if (request.method !== 'GET' || asset === undefined) {
        send(
          response,
          404,
          'text/plain; charset=utf-8',
          'There is nothing here. The page is at /, the JSON API begins with /_sandbox/people.',
        );
      } else send(response, 200, asset.type, asset.body);
    } catch (error) {
      send(
        response,
        500,
        'text/plain; charset=utf-8',
        `The page could not be put together.\n\n${(error as Error).message}`,
      );
    }
  };
}

function send(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, {
    'content-type': type,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    // What people type here is drawn here and goes nowhere else. Pictures may come from where a message says.
    'content-security-policy':
      "default-src 'self'; img-src 'self' data: https: http:; style-src 'self' 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'",
  });
  response.end(body);
}

async function bundle(): Promise<Map<string, Asset>> {
  const [html, icon, built] = await Promise.all([
    readFile(path.join(here, 'index.html'), 'utf8'),
    readFile(path.join(here, 'icon.svg'), 'utf8'),
    build({
      entryPoints: { page: path.join(here, 'main.tsx'), style: path.join(here, 'style/page.css') },
      bundle: true,
      write: false,
      outdir: '/',
      format: 'esm',
      platform: 'browser',
      target: 'es2023',
      jsx: 'automatic',
      minify: true,
      legalComments: 'none',
      define: { 'process.env.NODE_ENV': '"production"' },
      logLevel: 'silent',
    }),
  ]);
  const named = (end: string): string =>
    built.outputFiles.find((file) => file.path.endsWith(end))?.text ?? '';
  return new Map([
    ['/index.html', { type: 'text/html; charset=utf-8', body: html }],
    ['/icon.svg', { type: 'image/svg+xml', body: icon }],
    ['/page.js', { type: 'text/javascript; charset=utf-8', body: named('page.js') }],
    ['/style.css', { type: 'text/css; charset=utf-8', body: named('style.css') }],
  ]);
}
