// The reconciler: daily and at the start what is planned is compared with what should be, put right, and counted.

import { type Kysely, sql } from 'kysely';
import type { Schema } from '../db/schema.ts';
import { inEngine, inWorkspace, type Tenant } from '../db/tenancy.ts';
import type { Lead } from '../leads/leads.ts';
import type { Log } from '../log.ts';
import { type Difference, differences } from './differences.ts';
import type { PromptMetrics } from './metrics.ts';
import type { StandingPlans, Wanted } from './prompts.ts';
import * as store from './reconcile.store.ts';
import { findSpeaking } from './stops.store.ts';

/** Somebody who has prompts: a lead, or a guest, who leads nobody here. */
export interface Prompted {
  lead: Lead;
  guest: boolean;
}

interface Reconciling {
  db: Kysely<Schema>;
  served(): readonly string[];
  standing: readonly StandingPlans[];
  /** Everybody in a workspace who has prompts, by id, from the one after `after` on. */
  members(trx: Tenant, after: string, most: number): Promise<Prompted[]>;
  /** Asks Slack; rejects where it does not answer. */
  isThere(workspaceId: string, personId: string): Promise<boolean>;
  back(trx: Tenant, personId: string, now: Temporal.Instant): Promise<void>;
  now(): Temporal.Instant;
  log: Log;
  metrics: PromptMetrics;
}

/** Leads a transaction looks at: short enough to hold nobody up. */
const batch = 50;

/** A lead whom somebody else is changing is looked at again so often; then tomorrow. */
const mostTries = 3;

interface Reconciler {
  /** Puts right what is planned in the workspaces whose turn it is; whether anything was planned anew. */
  run(): Promise<boolean>;
  /** Has all of them take their turn with the next run. */
  hurry(): Promise<void>;
  /** Ends after the leads it is at. */
  stop(): void;
}

export function createReconciler(tools: Reconciling): Reconciler {
  const { db, served, log, metrics, now } = tools;
  let stopped = false;

  async function reconcileWorkspace(workspaceId: string): Promise<boolean> {
    const mended = new Map<string, number>();
    for (let after = ''; !stopped; ) {
      const from = after;
      const members = await inWorkspace(db, workspaceId, (trx) => tools.members(trx, from, batch));
      const last = members.at(-1);
      if (!last) break;
      after = last.lead.id;
      await takeBack(workspaceId, members);
      for (const found of await together(workspaceId, members)) {
        const { kind, what } = found;
        metrics.reconciled.inc({ kind, what });
        mended.set(`${kind} ${what}`, (mended.get(`${kind} ${what}`) ?? 0) + 1);
      }
    }
    if (mended.size > 0)
      log.warn(
        { workspace: workspaceId, mended: Object.fromEntries(mended) },
        'What was planned was not what should be; it is now',
      );
    return mended.size > 0;
  }

  /** Slack's word that somebody is back may have been lost, and nothing at all would ever be said to them again. */
  async function takeBack(workspaceId: string, members: readonly Prompted[]): Promise<void> {
    for (const { lead } of members) {
      if (!lead.leftAt) continue;
      try {
        if (!(await tools.isThere(workspaceId, lead.id))) continue;
        await inWorkspace(db, workspaceId, (trx) => tools.back(trx, lead.id, now()));
      } catch (error) {
        log.warn(
          { err: error, workspace: workspaceId, lead: lead.id },
          'Could not find out whether somebody is back; tomorrow again',
        );
      }
    }
  }

  /** All of a batch in one transaction; one by one where that fails, so that one lead's trouble stays with them. */
  async function together(workspaceId: string, members: readonly Prompted[]): Promise<Mended[]> {
    try {
      return await attempt(workspaceId, members);
    } catch {
      // What it was is found out, and said, when the one it concerns fails alone.
      const mended: Mended[] = [];
      for (const one of members) mended.push(...(await alone(workspaceId, one)));
      return mended;
    }
  }

  async function alone(workspaceId: string, one: Prompted): Promise<Mended[]> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await attempt(workspaceId, [one]);
      } catch (error) {
        if (isRace(error) && tries < mostTries) continue;
        metrics.unreconciled.inc();
        log.error(
          { err: error, workspace: workspaceId, lead: one.lead.id },
          'A lead could not be reconciled',
        );
        return [];
      }
    }
  }

  async function attempt(workspaceId: string, members: readonly Prompted[]): Promise<Mended[]> {
    await inWorkspace(db, workspaceId, async (trx) => {
      for (const one of members) await refill(trx, tools.standing, one, now());
    });
    return inWorkspace(db, workspaceId, async (trx) => {
      // All that is kept is seen as of one moment, and whoever changes the same schedules meanwhile goes first.
      await sql`set transaction isolation level repeatable read`.execute(trx);
      return reconcile(trx, tools.standing, members, now());
    });
  }

  return {
    async run() {
      if (stopped) return false;
      const next = now().add({ hours: 24 });
      const due = await inEngine(db, async (trx) =>
        store.takeDue(trx, await findSpeaking(trx, served()), next, now()),
      );
      let anything = false;
      for (const workspaceId of due) anything = (await reconcileWorkspace(workspaceId)) || anything;
      return anything;
    },
    async hurry() {
      if (tools.standing.length > 0) await inEngine(db, (trx) => store.makeDue(trx, served(), now()));
    },
    stop: () => {
      stopped = true;
    },
  };
}

interface Mended {
  kind: string;
  what: Difference['what'];
}

/** As the reconciler does it, for one lead, in the transaction in which something of theirs was changed. */
export async function reconcileLead(
  trx: Tenant,
  standing: readonly StandingPlans[],
  one: Prompted,
  now: Temporal.Instant,
): Promise<void> {
  await refill(trx, standing, one, now);
  await reconcile(trx, standing, [one], now);
}

async function refill(
  trx: Tenant,
  standing: readonly StandingPlans[],
  { lead, guest }: Prompted,
  now: Temporal.Instant,
): Promise<void> {
  for (const room of standing) if (!guest || room.forGuests) await room.refill?.(trx, lead, now);
}

async function reconcile(
  trx: Tenant,
  standing: readonly StandingPlans[],
  members: readonly Prompted[],
  now: Temporal.Instant,
): Promise<Mended[]> {
  const kinds = new Set(standing.flatMap((room) => room.kinds));
  const wanted = new Map<string, Wanted[]>();
  for (const { lead, guest } of members) {
    const ofLead: Wanted[] = [];
    for (const room of standing) {
      if (!guest || room.forGuests) ofLead.push(...(await room.wanted(trx, lead, now)));
    }
    wanted.set(lead.id, ofLead);
  }
  const kept = Map.groupBy(
    await store.findSchedules(trx, [...wanted.keys()], [...wanted.values()].flat()),
    (schedule) => schedule.lead_id,
  );
  const mended: Mended[] = [];
  for (const [leadId, ofLead] of wanted) {
    for (const found of differences(ofLead, kept.get(leadId) ?? [], kinds, now)) {
      const { kind } = 'plan' in found ? found.plan : found.schedule;
      if (await store.mend(trx, found, now)) mended.push({ kind, what: found.what });
    }
  }
  return mended;
}

/** Somebody else changed the same at the same moment (serialization failure, deadlock). */
const isRace = (error: unknown): boolean =>
  ['40001', '40P01'].includes(String((error as { code?: unknown }).code));
