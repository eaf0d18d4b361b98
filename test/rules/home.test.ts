// Two drawings of one Home: the one that was read last is the one that stays.

import { expect, test } from '@jest/globals';
import type { WebClient } from '@slack/web-api';
import type { Tenant } from '../../src/db/tenancy.ts';
import { type HomeTools, homePublisher } from '../../src/home/home.ts';
import { say } from '../../src/slack/blocks.ts';

const who = { workspaceId: 'T1', personId: 'U1' };

/** A workspace in which what is kept is one word, and a Slack that shows what it was sent. */
function scene() {
  const kept = { word: 'nothing' };
  const shown: string[] = [];
  const hashes: (string | undefined)[] = [];
  const slow: Promise<void>[] = [];
  const refusals: string[] = [];
  const tools: HomeTools = {
    read: (_workspaceId, work) => work({} as Tenant),
    findLead: () => Promise.resolve(undefined),
    sections: () => Promise.resolve([]),
    placesThatWait: () => Promise.resolve([]),
    received: () => Promise.resolve([]),
    welcome: () => say(kept.word).blocks,
  };
  const publish = async ({ view, hash }: { view: unknown; hash?: string }) => {
    const error = refusals.shift();
    if (error) throw Object.assign(new Error(error), { data: { error } });
    await slow.shift();
    hashes.push(hash);
    shown.push(/"text":"(\w+)"/.exec(JSON.stringify(view))?.[1] ?? '');
    return { view: { hash: `h${shown.length}` } };
  };
  const client = { views: { publish } } as unknown as WebClient;
  const draw = homePublisher(tools);
  return { kept, shown, hashes, slow, refusals, draws: () => draw(client, who) };
}

test('what was read first is never shown last, however slow Slack is', async () => {
  const { kept, shown, slow, draws } = scene();
  const { promise, resolve } = Promise.withResolvers<void>();
  slow.push(promise);
  kept.word = 'one';
  const first = draws();
  await new Promise(setImmediate);
  kept.word = 'two';
  const second = draws();
  await new Promise(setImmediate);
  resolve();
  await Promise.all([first, second]);
  expect(shown).toEqual(['one', 'two']);
});

test('where another process drew it in between it is read once more', async () => {
  const { kept, shown, hashes, refusals, draws } = scene();
  kept.word = 'one';
  await draws();
  kept.word = 'two';
  await draws();
  refusals.push('hash_conflict');
  kept.word = 'three';
  await draws();
  expect(shown).toEqual(['one', 'two', 'three']);
  expect(hashes).toEqual([undefined, 'h1', undefined]);
});

test('one that failed is told to whoever asked for it, and does not stop the next', async () => {
  const { kept, shown, refusals, draws } = scene();
  refusals.push('internal_error');
  await expect(draws()).rejects.toThrow('internal_error');
  kept.word = 'two';
  await draws();
  expect(shown).toEqual(['two']);
});
