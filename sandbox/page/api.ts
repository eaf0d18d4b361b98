// The page's way to the sandbox: JSON in, JSON out, and failures as sentences.

import type { SeenView } from './types.ts';

async function answerOf<T>(response: Response): Promise<T> {
  const answer = (await response.json().catch(() => null)) as (T & { error?: string }) | null;
  if (response.ok) return answer as T;
  throw new Error(answer?.error ?? `The sandbox answered with ${response.status}.`);
}

const unreachable = (): never => {
  throw new Error('The sandbox does not answer. Is it still running?');
};

export async function read<T>(path: string, query: Record<string, string | number> = {}): Promise<T> {
  const search = new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)]));
  const tail = search.size > 0 ? `?${search}` : '';
  return answerOf<T>(await fetch(`/_sandbox/${path}${tail}`).catch(unreachable));
}

export async function send<T>(path: string, body: Record<string, unknown> = {}, method = 'POST'): Promise<T> {
  const options: RequestInit = {
    method,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  };
  return answerOf<T>(await fetch(`/_sandbox/${path}`, options).catch(unreachable));
}

/** How a person's verb came out. */
export interface Outcome {
  ok: boolean;
  failure?: string;
  errors?: Record<string, string>;
  modal: SeenView | null;
}
