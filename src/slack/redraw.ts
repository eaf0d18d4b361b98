// Messages of ours that stand somewhere and have to show what is kept: found, drawn anew and noted as shown.

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
 * Where Slack turns one down it stays outdated, and is tried again with the next change.
 */
export interface Redraw<O extends Outdated = Outdated> {
  outdated(trx: Tenant): Promise<O[]>;
  /** Slack shows it as drawn, or has no such message any more. */
  shown(trx: Tenant, drawn: O): Promise<void>;
}

/** Rounds of bringing messages up to date after one request; each further one means that others kept changing them. */
const mostRounds = 5;

interface Drawing {
  db: Kysely<Schema>;
  log: Log;
  client: WebClient;
  workspaceId: string;
}

/**
 * Has Slack show what is kept. Somebody else may be at it too: whoever ends last looks once more. Never rejects: a
 * failure here has lost nothing that was kept.
 */
export async function bringUpToDate(drawing: Drawing, redraw: Redraw): Promise<void> {
  const { db, log, client, workspaceId } = drawing;

  /** Whether that is settled: Slack shows it, or nobody will ever see that message again. */
  async function update({ channel, ts, message }: Outdated): Promise<boolean> {
    try {
      await client.chat.update({ channel, ts, ...asArguments(message) });
      return true;
    } catch (error) {
      const failure = sortFailure(error);
      log.warn({ err: error, channel, ts }, 'a message could not be brought up to date');
      return failure.kind === 'destination-gone' || failure.kind === 'our-fault';
    }
  }

  try {
    for (let round = 0; round < mostRounds; round += 1) {
      const behind = await inWorkspace(db, workspaceId, (trx) => redraw.outdated(trx));
      if (behind.length === 0) return;
      for (const drawn of behind) {
        if (!(await update(drawn))) return;
        await inWorkspace(db, workspaceId, (trx) => redraw.shown(trx, drawn));
      }
    }
  } catch (error) {
    log.warn({ err: error, workspaceId }, 'what changed is not shown everywhere yet');
  }
}
