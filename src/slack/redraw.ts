// Messages of ours that stand somewhere and have to show what is kept: found, drawn anew, noted as shown, tried again.

import type { WebClient } from '@slack/web-api';
import type { Kysely } from 'kysely';
import type { Schema } from '../db/schema.ts';
import { inWorkspace, type Tenant } from '../db/tenancy.ts';
import type { Log } from '../log.ts';
import { sortFailure } from './failures.ts';
import { asArguments, type Message } from './message.ts';

/** A message of ours that stands somewhere and shows less than what is kept by now. */
export interface Outdated {
  channel: string;
  ts: string;
  message: Message;
}

/**
 * Messages posted earlier that have to show what was just kept. They are looked up and drawn in a transaction of
 * their own after the first is over, until none is left behind, so that of several changes at once the newest stays.
 * What Slack does not take now is tried again, for a day; what it will never take is left as it stands.
 */
export interface Redraw<O extends Outdated = Outdated> {
  /** What these messages are about, the same for every redraw of them in a workspace. */
  about: string;
  outdated(trx: Tenant): Promise<O[]>;
  /** Slack shows it as drawn, or never will: there is no such message any more, or it may not be changed. */
  shown(trx: Tenant, drawn: O): Promise<void>;
}

/** Has messages show what is kept, now and later. Never rejects: a failure here has lost nothing that was kept. */
export interface Redrawing {
  bringUpToDate(workspaceId: string, client: WebClient, redraw: Redraw): Promise<void>;
  /** Tries again what Slack did not take and whose time has come. */
  retry(): Promise<void>;
  /** When there is something to try again; undefined: nothing waits. */
  nextTry(): Temporal.Instant | undefined;
}

interface RedrawTools {
  db: Kysely<Schema>;
  log: Log;
  clientFor(workspaceId: string): Promise<WebClient | undefined>;
  now(): Temporal.Instant;
  /** Before the second try; doubled for each one after, an hour at most. */
  retryAfter: Temporal.Duration;
}

/** Something that shows less than it should. Kept by this process alone: after a restart it waits for its next change. */
interface Waiting {
  workspaceId: string;
  redraw: Redraw;
  since: Temporal.Instant;
  tries: number;
  at: Temporal.Instant;
}

/** Rounds of bringing messages up to date after one request; each further one means that others kept changing them. */
const mostRounds = 5;

/** A message that Slack did not take for so long waits for its next change. */
const longestHours = 24;

export function createRedrawing({ db, log, clientFor, now, retryAfter }: RedrawTools): Redrawing {
  const waiting = new Map<string, Waiting>();

  /** Whether that is settled, or else how long Slack wants us to wait, where it says. */
  async function update(
    client: WebClient,
    { channel, ts, message }: Outdated,
    isFirst: boolean,
  ): Promise<'settled' | Temporal.Duration | undefined> {
    try {
      await client.chat.update({ channel, ts, ...asArguments(message) });
      return 'settled';
    } catch (error) {
      const failure = sortFailure(error);
      const isFinal = failure.kind === 'destination-gone' || failure.kind === 'our-fault';
      // Nobody is told anew: whoever deleted it wants it gone, and what comes next in its thread says how things are.
      if (isFinal)
        log.warn({ err: error, channel, ts }, 'a message stays as it is: Slack will not change it');
      else if (isFirst)
        log.warn({ err: error, channel, ts }, 'a message could not be brought up to date; trying again');
      if (isFinal) return 'settled';
      return failure.kind === 'rate-limited' ? failure.wait : undefined;
    }
  }

  /** What Slack did not take is left out of further rounds. `wait`: as Slack asked. */
  async function draw(
    workspaceId: string,
    client: WebClient,
    redraw: Redraw,
    isFirst: boolean,
  ): Promise<{ kind: 'shown' } | { kind: 'behind'; wait: Temporal.Duration | undefined }> {
    const refused = new Set<string>();
    const place = ({ channel, ts }: Outdated) => `${channel} ${ts}`;
    for (let round = 0; round < mostRounds; round += 1) {
      const behind = (await inWorkspace(db, workspaceId, (trx) => redraw.outdated(trx))).filter(
        (drawn) => !refused.has(place(drawn)),
      );
      if (behind.length === 0) break;
      for (const drawn of behind) {
        const came = await update(client, drawn, isFirst && refused.size === 0);
        if (came === 'settled') {
          await inWorkspace(db, workspaceId, (trx) => redraw.shown(trx, drawn));
          continue;
        }
        refused.add(place(drawn));
        // Slack asked to wait: the others would hear the same.
        if (came) return { kind: 'behind', wait: came };
      }
    }
    return refused.size === 0 ? { kind: 'shown' } : { kind: 'behind', wait: undefined };
  }

  function putOff(one: Omit<Waiting, 'at' | 'tries'>, tries: number, wait: Temporal.Duration | undefined) {
    const key = keyOf(one);
    if (one.since.until(now()).total('hours') >= longestHours) {
      waiting.delete(key);
      log.warn(
        { workspaceId: one.workspaceId, about: one.redraw.about },
        'a message shows less than is kept, and is left so until its next change',
      );
      return;
    }
    const pause = Math.min(retryAfter.total('milliseconds') * 2 ** Math.min(tries - 1, 12), 3_600_000);
    const at = now().add(wait ?? { milliseconds: pause });
    waiting.set(key, { ...one, tries, at });
  }

  async function bringUpToDate(workspaceId: string, client: WebClient, redraw: Redraw): Promise<void> {
    const key = keyOf({ workspaceId, redraw });
    const before = waiting.get(key);
    const since = before?.since ?? now();
    const tries = (before?.tries ?? 0) + 1;
    try {
      const came = await draw(workspaceId, client, redraw, before === undefined);
      if (came.kind === 'shown') waiting.delete(key);
      else putOff({ workspaceId, redraw, since }, tries, came.wait);
    } catch (error) {
      // Postgres is away, or Slack's answer is none of its own.
      log.warn({ err: error, workspaceId }, 'what changed is not shown everywhere yet');
      putOff({ workspaceId, redraw, since }, tries, undefined);
    }
  }

  return {
    bringUpToDate,
    async retry() {
      for (const { workspaceId, redraw, at } of [...waiting.values()]) {
        if (Temporal.Instant.compare(at, now()) > 0) continue;
        const client = await clientFor(workspaceId).catch(() => undefined);
        if (client) await bringUpToDate(workspaceId, client, redraw);
        else waiting.delete(keyOf({ workspaceId, redraw }));
      }
    },
    nextTry: () => [...waiting.values()].map(({ at }) => at).toSorted(Temporal.Instant.compare)[0],
  };
}

const keyOf = ({ workspaceId, redraw }: Pick<Waiting, 'workspaceId' | 'redraw'>): string =>
  `${workspaceId} ${redraw.about}`;
