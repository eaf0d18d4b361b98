// What is still to come in the workspaces a process serves, and what is on its way there.

import { type Kysely, sql } from 'kysely';
import type { Schema } from '../db/schema.ts';
import { inEngine } from '../db/tenancy.ts';
import { occurrencesBetween } from '../time/recurrence.ts';
import { findSpeaking, isAmong } from './stops.store.ts';
import { whenOf } from './when.ts';

/** Whose prompts a process sees to: the workspaces it can speak in. */
export type Served = readonly string[];

/** When the engine next has something to do for them; undefined when nothing is planned. */
export function nextDue(db: Kysely<Schema>, served: Served): Promise<Temporal.Instant | undefined> {
  return inEngine(db, async (trx) => {
    const speaking = await findSpeaking(trx, served);
    const { rows } = await sql<{ at: Temporal.Instant | null }>`
      select least(
        (select min(next_at) from schedules
          where next_at is not null and retry_at is null and workspace_id = any (${speaking})),
        (select min(retry_at) from schedules where next_at is not null and workspace_id = any (${speaking})),
        (select min(due_at) from deliveries
          where due_at is not null and state in ('planned', 'in-doubt') and workspace_id = any (${speaking})),
        (select min(due_at) from reconciliations where workspace_id = any (${speaking})),
        (select min(ask_at) from stopped_workspaces where workspace_id = any (${served}))) as at`.execute(
      trx,
    );
    return rows[0]?.at ?? undefined;
  });
}

/** A prompt to come. Of a channel's prompt the lead is whoever planned it. */
export interface Upcoming {
  at: Temporal.Instant;
  workspaceId: string;
  leadId: string;
  kind: string;
}

/** What falls due there until then, soonest first: what waits, what comes once, and what repeats. */
export function upcoming(db: Kysely<Schema>, served: Served, until: Temporal.Instant): Promise<Upcoming[]> {
  return inEngine(db, async (trx) => {
    const schedules = await trx
      .selectFrom('schedules')
      .select(['workspace_id', 'lead_id', 'kind', 'rule', 'starts', 'time_zone', 'once_at', 'next_at'])
      .where('next_at', '<=', until)
      .where(isAmong(served))
      .execute();
    const waiting = await trx
      .selectFrom('deliveries')
      .select(['workspace_id', 'lead_id', 'kind', 'due_at'])
      .where('due_at', '<=', until)
      .where(isAmong(served))
      .where('state', 'in', ['planned', 'in-doubt'])
      .execute();
    const of = (row: { workspace_id: string; lead_id: string; kind: string }, at: Temporal.Instant) => ({
      at,
      workspaceId: row.workspace_id,
      leadId: row.lead_id,
      kind: row.kind,
    });
    const repeated = schedules.flatMap((schedule) => {
      const when = whenOf(schedule);
      const next = schedule.next_at!;
      const later = 'rule' in when ? occurrencesBetween(when, next, until) : [];
      return [next, ...later.map(({ at }) => at)].map((at) => of(schedule, at));
    });
    return [...waiting.map((delivery) => of(delivery, delivery.due_at!)), ...repeated].sort((one, other) =>
      Temporal.Instant.compare(one.at, other.at),
    );
  });
}

/** Deliveries there that have a job and have not been dealt with. */
export function onTheirWay(db: Kysely<Schema>, served: Served): Promise<number> {
  return inEngine(db, async (trx) => {
    const { count } = await trx
      .selectFrom('deliveries')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .where('state', 'in', ['claimed', 'sending'])
      .where(isAmong(served))
      .executeTakeFirstOrThrow();
    return count;
  });
}
