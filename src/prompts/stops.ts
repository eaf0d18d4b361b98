// A workspace that Slack lets nobody speak in: confirmed before it is stopped, asked after with growing pauses, taken up again.

import type { WebClient } from '@slack/web-api';
import type { Kysely } from 'kysely';
import type { Schema } from '../db/schema.ts';
import { inEngine } from '../db/tenancy.ts';
import type { Log } from '../log.ts';
import { sortFailure } from '../slack/failures.ts';
import type { PromptMetrics } from './metrics.ts';
import * as store from './stops.store.ts';

/** In minutes. Somebody who puts a mistake right hears from the bot within minutes; a workspace that is gone costs a call an hour. */
const pauses = [1, 2, 5, 10, 20, 40, 60];

export interface Stops {
  /**
   * Slack refused us there with `error`. One such answer proves nothing, so Slack is asked whose token this is, and
   * the workspace is stopped only where that is refused as well. `unsure`: no answer to that.
   */
  doubt(workspaceId: string, error: string): Promise<'stopped' | 'alive' | 'unsure'>;
  /** Asks after those whose time has come; whether any is back. */
  ask(): Promise<boolean>;
  /** Somebody of these workspaces was heard from, or they may have a new token: they are asked after with the next tick. */
  hurry(workspaces: readonly string[]): Promise<void>;
  /** As this process last saw it, so that a request costs no look. */
  isStopped(workspaceId: string): boolean;
}

interface StopTools {
  db: Kysely<Schema>;
  served(): readonly string[];
  clientFor(workspaceId: string): Promise<WebClient | undefined>;
  now(): Temporal.Instant;
  log: Log;
  metrics: PromptMetrics;
}

export function watchStops({ db, served, clientFor, now, log, metrics }: StopTools): Stops {
  let seen = new Set<string>();
  /** Of many deliveries that are refused at once, one asks. */
  const asking = new Map<string, ReturnType<Stops['doubt']>>();

  const note = (stopped: Iterable<string>): void => {
    seen = new Set(stopped);
    metrics.stopped.set(seen.size);
  };

  async function confirm(workspaceId: string, error: string): ReturnType<Stops['doubt']> {
    const client = await clientFor(workspaceId);
    if (!client) return 'unsure';
    const answer = await whoAmI(client);
    if (answer.kind !== 'refused') return answer.kind;
    const askAt = now().add({ minutes: pauses[0]! });
    const isNew = await inEngine(db, (trx) =>
      store.stopWorkspace(trx, { workspaceId, error: answer.error, askAt }, now()),
    );
    note([...seen, workspaceId]);
    if (isNew) {
      log.error(
        { workspace: workspaceId, error, confirmedBy: answer.error },
        'Slack does not let us speak in this workspace any more; what falls due there waits until it does',
      );
    }
    return 'stopped';
  }

  return {
    doubt(workspaceId, error) {
      const before = asking.get(workspaceId);
      if (before) return before;
      const answer = confirm(workspaceId, error).finally(() => asking.delete(workspaceId));
      asking.set(workspaceId, answer);
      return answer;
    },
    async ask() {
      const due = await inEngine(db, async (trx) => {
        const stopped = await store.findStopped(trx, served());
        note(stopped.map(({ workspaceId }) => workspaceId));
        return stopped.length === 0 ? [] : store.takeToAsk(trx, served(), pauses, now());
      });
      const back = await Promise.all(
        due.map(async (workspaceId) => {
          const client = await clientFor(workspaceId);
          if (!client || (await whoAmI(client)).kind !== 'alive') return false;
          const was = await inEngine(db, (trx) => store.takeUpWorkspace(trx, workspaceId));
          note([...seen].filter((id) => id !== workspaceId));
          log.info(
            { workspace: workspaceId, since: was?.stoppedAt.toString(), error: was?.error },
            'Slack lets us speak in this workspace again; what fell due meanwhile is late or missed',
          );
          return true;
        }),
      );
      return back.includes(true);
    },
    hurry: (workspaces) => inEngine(db, (trx) => store.askAtOnce(trx, workspaces, now())),
    isStopped: (workspaceId) => seen.has(workspaceId),
  };
}

/** Asks Slack whose token this is. */
async function whoAmI(
  client: WebClient,
): Promise<{ kind: 'alive' | 'unsure' } | { kind: 'refused'; error: string }> {
  try {
    await client.auth.test();
    return { kind: 'alive' };
  } catch (error) {
    const failure = sortFailure(error);
    return failure.kind === 'workspace-gone' ? { kind: 'refused', error: failure.error } : { kind: 'unsure' };
  }
}
