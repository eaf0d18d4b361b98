// The prompt engine: ticks each minute, claims what is due, delivers it once, and outlives what dies around it.

import { EventEmitter } from 'node:events';
import { type Runner, type RunnerOptions, run, type WorkerEvents } from 'graphile-worker';
import type { Registry } from 'prom-client';
import { z } from 'zod';
import type { Database } from '../db/pool.ts';
import { inEngine, type Tenant } from '../db/tenancy.ts';
import { workerLogger } from '../db/worker-logger.ts';
import type { Listeners } from '../leads/leads.ts';
import { type Log, sparingly } from '../log.ts';
import { fetchProfile } from '../slack/people.ts';
import { createRedrawing, type Redrawing } from '../slack/redraw.ts';
import type { Workspaces } from '../slack/workspaces.ts';
import { processTimers, type Stop, type Timers } from '../time/timers.ts';
import { nextDue, onTheirWay, type Upcoming, upcoming } from './ahead.ts';
import { hurrySchedule } from './controls.store.ts';
import { importanceOf } from './decide.ts';
import { type Delivering, deliver } from './deliver.ts';
import { keepVigil } from './liveness.ts';
import { promptMetrics } from './metrics.ts';
import { noticeKinds } from './notices.ts';
import { outlookFor } from './outlook.ts';
import { claimDue } from './poison.ts';
import { answerDelivery, planSchedule, removeSchedule, replanLead } from './prompts.store.ts';
import type { PromptKind, Prompts, StandingPlans } from './prompts.ts';
import { createReconciler, type Prompted } from './reconcile.ts';
import { findStopped, type Stopped } from './stops.store.ts';
import { watchStops } from './stops.ts';
import { clearQueues, giveBackStranded, trimOld } from './tidy.ts';

export interface EngineOptions {
  db: Database;
  /** What all the rooms may ask. */
  kinds: PromptKind[];
  /** Whom prompts reach. */
  listeners: Listeners;
  /** What is kept in plan for everybody, whatever happens; nothing unless given. */
  standing?: {
    plans: StandingPlans[];
    /** Everybody in a workspace who has prompts, by id, from the one after `after` on. */
    members(trx: Tenant, after: string, most: number): Promise<Prompted[]>;
    /** Somebody whose account was closed is there again. */
    back(trx: Tenant, personId: string, now: Temporal.Instant): Promise<void>;
  };
  /** Where this process can speak, known by the time it starts, and with which client. */
  workspaces: Pick<Workspaces, 'served' | 'clientFor'>;
  now(): Temporal.Instant;
  log: Log;
  /** Where the metrics go; a registry of its own unless given. */
  registry?: Registry;
  /** How long after a post Slack may still be taking it; longer than the client's timeout. 1 minute unless given. */
  doubtAfter?: Temporal.Duration;
  /** Before the second try of what Slack did not take; doubled for each one after. 30 seconds unless given. */
  retryAfter?: Temporal.Duration;
  /** How often to look for replicas that are gone. 10 seconds unless given. */
  lookAfterOthersEvery?: Temporal.Duration;
  /** How long what became of each prompt is kept. 400 days unless given. */
  keepFor?: Temporal.Duration;
  /** Deliveries under way at once in this replica. 8 unless given. */
  concurrency?: number;
  /** The process's own unless given. */
  timers?: Timers;
  /** Who works off the job queue: graphile-worker unless given. */
  run?(options: RunnerOptions): Promise<Workers>;
}

type Workers = Pick<Runner, 'promise' | 'stop'>;

/** The port, for rooms: it works in the room's own transaction and needs no engine to be running. */
export const prompts: Prompts = {
  plan: planSchedule,
  hurry: hurrySchedule,
  outlook: outlookFor,
  remove: removeSchedule,
  answer: answerDelivery,
  replan: replanLead,
};

export interface PromptEngine {
  /** The port, for rooms. */
  prompts: Prompts;
  registry: Registry;
  /**
   * Does everything that is due now where it can speak: compares plans, draws messages again, claims. What was claimed is
   * delivered by the job queue.
   */
  tick(): Promise<{ planned: number; claimed: number }>;
  /** Something may have been planned for this very moment: ticks shortly instead of at the minute. By hand: nothing. */
  nudge(): void;
  /** Has messages show what is kept; what Slack does not take now is tried again with the ticks. */
  bringUpToDate: Redrawing['bringUpToDate'];
  /** When there will be something to do; undefined when nothing is planned. */
  nextDue(): Promise<Temporal.Instant | undefined>;
  /** What is planned until then in its workspaces, soonest first. */
  upcoming(until: Temporal.Instant): Promise<Upcoming[]>;
  /** Slack says that the bot was removed somewhere: asked about, and if so nothing more is tried there until it is back. */
  doubt(workspaceId: string, error: string): Promise<unknown>;
  /** A request of that workspace reached us: if nobody could speak there, Slack is asked again at once. */
  heardFrom(workspaceId: string): Promise<void>;
  /** Its workspaces in which nothing can be said, longest ago first. */
  stopped(): Promise<Stopped[]>;
  /**
   * Starts delivering. `ticks`: by the clock, each minute and whenever something falls due in between (the default),
   * or `by-hand`, where the caller moves the time and calls tick().
   */
  start(options?: { ticks?: 'by-the-clock' | 'by-hand' }): Promise<void>;
  /** Resolves when no claimed delivery is left to run, in this replica or another. */
  settled(): Promise<void>;
  /** Finishes the deliveries under way in this replica, and ends. */
  stop(): Promise<void>;
}

const jobPayload = z.object({ workspaceId: z.string(), deliveryId: z.uuid() });

/** Before new workers start where the last gave up, in milliseconds; doubled while they don't even get that far. */
const shortestRest = 1_000;
const longestRest = 8_000;

/** A rush is worked off at most this often; within a minute the clock's own tick is too coarse for it. */
const shortestPause = 500;

/** After a nudge: long enough for the transaction that planned something to be over, in milliseconds. */
const nudgeAfter = 100;

export function createPromptEngine(options: EngineOptions): PromptEngine {
  const { db: database, log, timers = processTimers } = options;
  const { db, pool } = database.engine;
  // Postgres keeps microseconds, and moments are compared with what it kept.
  const now = () => options.now().round({ smallestUnit: 'microsecond', roundingMode: 'floor' });
  const metrics = promptMetrics(options.registry);
  const kinds = new Map<string, PromptKind>();
  for (const kind of [...options.kinds, ...noticeKinds((name) => kinds.get(name))]) {
    if (kinds.has(kind.name)) throw new Error(`Two kinds of prompt are named ${kind.name}`);
    kinds.set(kind.name, kind);
  }
  const importance = (name: string) => {
    const kind = kinds.get(name);
    return kind ? importanceOf(kind) : 0;
  };
  const { workspaces } = options;
  const served = () => workspaces.served();
  const clientFor = (workspaceId: string) => workspaces.clientFor(workspaceId);
  const stops = watchStops({ db, served, clientFor, now, log, metrics });
  const { plans: standing = [], members = async () => [], back = async () => {} } = options.standing ?? {};
  const reconciler = createReconciler({ db, served, standing, members, isThere, back, now, log, metrics });
  const retryAfter = options.retryAfter ?? Temporal.Duration.from({ seconds: 30 });
  const redrawing = createRedrawing({ db, log, clientFor, now, retryAfter });
  const delivering: Delivering = {
    db,
    kinds,
    listeners: options.listeners,
    clientFor,
    stops,
    now,
    log,
    metrics,
    doubtAfter: options.doubtAfter ?? Temporal.Duration.from({ minutes: 1 }),
    retryAfter,
    redrawing,
    planned: () => nudge(),
    elapsed: timers.elapsed,
  };

  const vigil = keepVigil(db, pool, log, timers);
  let runner: Workers | undefined;
  let rest = shortestRest;
  const workersGaveUp = sparingly(
    (error, others) => log.error({ err: error, others }, 'The workers gave up; starting new ones'),
    timers.elapsed,
  );
  const tickFailed = sparingly(
    (error, others) => log.error({ err: error, others }, 'A tick failed; there is another within a minute'),
    timers.elapsed,
  );
  /** Ends the clock's ticks and the chores. */
  const rhythms: Stop[] = [];
  /** The next tick before the minute's own, and when by the process' own count of time. */
  let soon: { at: number; stop: Stop } | undefined;
  let looking: Stop | undefined;
  let state: 'idle' | 'running' | 'stopped' = 'idle';
  let byTheClock = false;
  let ticking: Promise<unknown> = Promise.resolve();
  let reconciling: Promise<unknown> | undefined;
  let drawing: Promise<unknown> | undefined;
  /** Woken whenever a job of this replica ends. */
  let jobEnded = Promise.withResolvers<void>();

  /** Whether Slack has somebody's account open, as far as it can be asked. */
  async function isThere(workspaceId: string, personId: string): Promise<boolean> {
    const client = await clientFor(workspaceId);
    return client !== undefined && !(await fetchProfile(client, personId)).unreachable;
  }

  async function claimAll(): Promise<{ planned: number; claimed: number }> {
    const total = { planned: 0, claimed: 0 };
    await stops.ask();
    for (let more = true; more; ) {
      const claimed = await claimDue({ db, served: served(), importance, log, metrics }, now());
      total.planned += claimed.planned;
      total.claimed += claimed.claimed;
      more = claimed.more;
    }
    metrics.due.inc(total.planned);
    metrics.claimed.inc(total.claimed);
    return total;
  }

  /** All that is due, one after the other: whoever moves the time by hand finds nothing of it left. */
  async function dueOfAll(): Promise<{ planned: number; claimed: number }> {
    await stops.ask();
    await reconciling;
    await reconciler.run();
    await drawing;
    await redrawing.retry();
    return claimAll();
  }

  /** One tick at a time in a replica; between replicas Postgres sees to it. */
  function tick(work: typeof claimAll): ReturnType<typeof claimAll> {
    const next = ticking.then(work);
    ticking = next.catch(() => {});
    return next;
  }

  /** A tick by the clock: whatever is wrong now, there is another in a minute. */
  async function tickByTheClock(): Promise<void> {
    soon?.stop();
    soon = undefined;
    try {
      await tick(claimAll);
      reconcileMeanwhile();
      redrawMeanwhile();
      await lookAhead();
    } catch (error) {
      tickFailed(error);
      tickIn(5_000);
    }
  }

  /** Thousands of leads take a while, and nobody's prompt waits for that. */
  function reconcileMeanwhile(): void {
    reconciling ??= reconciler
      .run()
      .then((mended) => mended && nudge())
      .catch((error: unknown) => log.warn({ err: error }, 'Could not reconcile; tomorrow again'))
      .finally(() => {
        reconciling = undefined;
      });
  }

  /** A Slack that answers slowly holds up nobody's prompt. */
  function redrawMeanwhile(): void {
    drawing ??= redrawing.retry().finally(() => {
      drawing = undefined;
    });
  }

  /** When a prompt falls due, or a message is to be drawn again. */
  async function nextOfAll(): Promise<Temporal.Instant | undefined> {
    const due = [await nextDue(db, served()), redrawing.nextTry()].filter((at) => at !== undefined);
    return due.toSorted(Temporal.Instant.compare)[0];
  }

  /** Between two minutes: ticks when something falls due, as a rush's next places or a try that waits. */
  async function lookAhead(): Promise<void> {
    const due = await nextOfAll();
    const wait = due ? Math.max(now().until(due).total('milliseconds'), shortestPause) : Infinity;
    // The minute's own tick sees to everything later than that.
    if (wait < 60_000) tickIn(wait);
  }

  /** Unless there is to be a tick sooner than that. */
  function tickIn(milliseconds: number): void {
    const at = timers.elapsed() + milliseconds;
    if (state !== 'running' || (soon && soon.at <= at)) return;
    soon?.stop();
    soon = { at, stop: timers.after(milliseconds, () => void tickByTheClock()) };
  }

  /** Ticks once whatever is being done now has been kept; several in a row are one. */
  function nudge(): void {
    if (byTheClock) tickIn(nudgeAfter);
  }

  /** A delivery that ended may have left something to do soon: another try, a notice. One look serves many. */
  function lookSoon(): void {
    if (!byTheClock || looking || state !== 'running') return;
    looking = timers.after(shortestPause, () => {
      looking = undefined;
      lookAhead().catch((error: unknown) => log.warn({ err: error }, 'Could not look ahead'));
    });
  }

  /** Runs the workers, and new ones where they gave up: graphile-worker does when it cannot write down a job's end. */
  async function work(): Promise<void> {
    const events: WorkerEvents = new EventEmitter();
    events.on('pool:create', ({ workerPool }) => vigil.keep(workerPool.id));
    events.on('pool:release', ({ workerPool }) => vigil.release(workerPool.id));
    events.on('job:complete', () => {
      jobEnded.resolve();
      jobEnded = Promise.withResolvers();
      lookSoon();
    });
    const current = await (options.run ?? run)({
      pgPool: pool,
      events,
      // Only what this process can deliver: a job of another workspace is left to whoever serves it.
      taskList: Object.fromEntries(
        served().map((workspaceId) => [
          `deliver ${workspaceId}`,
          async (payload) => deliver(delivering, jobPayload.parse(payload)),
        ]),
      ),
      concurrency: options.concurrency ?? 8,
      pollInterval: 1000,
      noHandleSignals: true,
      parsedCronItems: [],
      // Without these graphile-worker writes down a job's end in a promise that nobody holds: with Postgres away
      // its rejection would end the process. With them the workers give up in good order and are replaced below.
      preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
      logger: workerLogger(log),
    });
    runner = current;
    rest = shortestRest;
    const again = (error?: unknown) => {
      if (state !== 'running' || runner !== current) return;
      workersGaveUp(error);
      timers.after(rest, () => {
        if (state === 'running') work().catch(again);
      });
      rest = Math.min(rest * 2, longestRest);
    };
    current.promise.then(() => again(), again);
  }

  /** Housekeeping in real time, whatever the bot's clock says; one that fails is tried again next time. */
  function every(milliseconds: number, failure: string, chore: () => Promise<unknown>): void {
    const failed = sparingly((error, others) => log.warn({ err: error, others }, failure), timers.elapsed);
    const run = () => chore().catch(failed);
    rhythms.push(timers.every(milliseconds, () => void run()));
  }

  async function giveBack(): Promise<void> {
    const stranded = await giveBackStranded(db);
    if (stranded.length === 0) return;
    metrics.stranded.inc(stranded.length);
    log.warn({ stranded }, 'Gave jobs back that were held for long and that nobody works on');
  }

  return {
    prompts,
    registry: metrics.registry,
    tick: () => tick(dueOfAll),
    nudge,
    bringUpToDate: redrawing.bringUpToDate,
    nextDue: nextOfAll,
    doubt: (workspaceId, error) => stops.doubt(workspaceId, error),
    async heardFrom(workspaceId) {
      if (!stops.isStopped(workspaceId)) return;
      try {
        await stops.hurry([workspaceId]);
        nudge();
      } catch (error) {
        // The request itself has nothing to do with it.
        log.warn({ err: error }, 'Could not ask after a workspace that was heard from');
      }
    },
    stopped: () => inEngine(db, (trx) => findStopped(trx, served())),
    upcoming: (until) => upcoming(db, served(), until),
    async start({ ticks = 'by-the-clock' } = {}) {
      if (state !== 'idle') throw new Error('The engine starts once');
      state = 'running';
      byTheClock = ticks === 'by-the-clock';
      // With a new token, perhaps.
      await stops.hurry(served());
      await reconciler.hurry();
      await work();
      const lookEvery = options.lookAfterOthersEvery ?? Temporal.Duration.from({ seconds: 10 });
      const keepFor = options.keepFor ?? Temporal.Duration.from({ days: 400 });
      every(lookEvery.total('milliseconds'), 'Could not look after the others', () => vigil.freeTheDead());
      every(lookEvery.total('milliseconds'), 'Could not give back what nobody works on', giveBack);
      every(60_000, 'Could not clear empty queues', () => clearQueues(db));
      every(3_600_000, 'Could not trim old deliveries', () => trimOld(db, keepFor, now()));
      if (byTheClock) {
        rhythms.push(timers.eachMinute(tickByTheClock));
        await tickByTheClock();
      }
    },
    async settled() {
      if (state !== 'running') throw new Error('Nothing is delivered before start()');
      while ((await onTheirWay(db, served())) > 0) {
        // Another replica's jobs wake nobody here, so look again now and then.
        const awhile = Promise.withResolvers<void>();
        const timer = setTimeout(awhile.resolve, 100);
        await Promise.race([jobEnded.promise, awhile.promise]);
        clearTimeout(timer);
      }
    },
    async stop() {
      if (state === 'stopped') return;
      state = 'stopped';
      soon?.stop();
      looking?.();
      for (const stop of rhythms) await stop();
      reconciler.stop();
      await ticking;
      await reconciling;
      await drawing;
      await runner
        ?.stop()
        .catch((error: unknown) => log.warn({ err: error }, 'The workers had stopped already'));
      await vigil.stop();
    },
  };
}
