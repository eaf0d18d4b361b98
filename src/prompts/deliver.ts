// One delivery from claim to done: look first where in doubt, ask the room, decide, post, write down how it went.

import type { WebClient } from '@slack/web-api';
import type { Kysely } from 'kysely';
import type { Schema } from '../db/schema.ts';
import { inWorkspace, type Tenant } from '../db/tenancy.ts';
import type { Listeners, Member } from '../leads/leads.ts';
import type { Log } from '../log.ts';
import { type SlackFailure, sortFailure } from '../slack/failures.ts';
import type { Message } from '../slack/message.ts';
import { fetchProfile } from '../slack/people.ts';
import { permalinkTo } from '../slack/permalink.ts';
import { findPosted, type Posted, postOnce, type Thread } from '../slack/post.ts';
import type { Redrawing } from '../slack/redraw.ts';
import { localDay } from '../time/days.ts';
import { lease } from './claim.ts';
import { fitsTheBudget, isCounted, mayBeSaidNow, type Rival, type Ruling } from './decide.ts';
import type { PromptMetrics } from './metrics.ts';
import { tellDestinationGone, tellInDoubt } from './notices.ts';
import { holdUntil, workspacePace } from './pacing.ts';
import { mostTries } from './poison.ts';
import {
  budgetOf,
  type Delivery,
  destinationOf,
  findDelivery,
  hearerOf,
  lockBudget,
  type Step,
  stepDelivery,
  towardsOf,
} from './prompts.store.ts';
import type { Composition, PromptKind } from './prompts.ts';
import { withMenu } from './prompts.views.ts';
import type { Stops } from './stops.ts';

export interface Delivering {
  db: Kysely<Schema>;
  kinds: ReadonlyMap<string, PromptKind>;
  listeners: Listeners;
  /** A client that neither retries nor sleeps; undefined where this process has none. */
  clientFor(workspaceId: string): Promise<WebClient | undefined>;
  now(): Temporal.Instant;
  log: Log;
  metrics: PromptMetrics;
  /** How long after a post Slack may still be taking it. Longer than the client's timeout. */
  doubtAfter: Temporal.Duration;
  /** Before the second try of what Slack did not take; doubled for each one after. */
  retryAfter: Temporal.Duration;
  stops: Pick<Stops, 'doubt'>;
  redrawing: Pick<Redrawing, 'bringUpToDate'>;
  /** Something may be due this very moment: look before the minute is over. */
  planned(): void;
  /** Milliseconds by the process's own count, whatever the bot's clock says. */
  elapsed(): number;
}

/** What was composed and may now be posted. */
interface Ready {
  delivery: Delivery;
  kind: PromptKind;
  hearer: Member;
  message: Message;
  plainer: Message | undefined;
  version: number | undefined;
  sendingAt: Temporal.Instant;
}

interface Job {
  workspaceId: string;
  deliveryId: string;
}

/** Runs one claimed delivery. Running it again at any point, after any crash, is safe. */
export async function deliver(engine: Delivering, job: Job): Promise<void> {
  try {
    await attempt(engine, job);
  } catch (error) {
    engine.log.error({ err: error, delivery: job.deliveryId }, 'A delivery broke');
    // Where Postgres is what broke this fails as well, and the job queue runs the job again.
    await putBroken(engine, job, error instanceof NoSuchKind ? 'no-kind' : 'error');
  }
}

/** No room of this process knows the kind: a newer one may, or an older one did. */
class NoSuchKind extends Error {
  constructor(kind: string) {
    super(`No room knows the prompt ${kind}`);
    this.name = 'NoSuchKind';
  }
}

/** Tried a few more times, as when a room's code breaks, before it is a dead letter. */
async function putBroken(
  engine: Delivering,
  { workspaceId, deliveryId }: Job,
  reason: 'error' | 'no-kind',
): Promise<void> {
  const now = engine.now();
  await inWorkspace(engine.db, workspaceId, async (trx) => {
    const delivery = await findDelivery(trx, deliveryId);
    if (delivery?.state === 'sending') return doubt(engine, delivery, 'error', trx);
    if (delivery?.state !== 'claimed') return;
    const attempts = delivery.attempts + 1;
    if (attempts >= mostTries) engine.metrics.failed.inc({ error: reason });
    await stepDelivery(
      trx,
      deliveryId,
      { state: 'claimed' },
      attempts < mostTries
        ? { state: 'planned', reason, due_at: now.add(backOff(engine, attempts)), attempts }
        : { state: 'failed', reason, due_at: null, attempts, counted_on: null },
      now,
    );
  });
}

async function attempt(engine: Delivering, { workspaceId, deliveryId }: Job): Promise<void> {
  const { db, now } = engine;
  const delivery = await inWorkspace(db, workspaceId, (trx) => findDelivery(trx, deliveryId));
  if (!delivery) return;
  if (delivery.state === 'sending') return doubt(engine, delivery, 'interrupted');
  if (delivery.state !== 'claimed') return;

  const client = await engine.clientFor(workspaceId);
  // Somebody else's: its claim lapses, and whoever serves the workspace takes it.
  if (!client) return;
  const thread = await threadOf(engine, delivery);
  if (delivery.sending_at && !(await isAbsent(engine, client, delivery, delivery.sending_at, thread))) return;

  if (!(await isKnown(engine, client, delivery))) return;

  const started = engine.elapsed();
  const ready = await inWorkspace(db, workspaceId, (trx) => prepare(engine, trx, deliveryId, now()));
  if (!ready) return;
  // A process that slept since then (a laptop lid, a stopped container) leaves the post to those who took over.
  if (engine.elapsed() - started > engine.doubtAfter.total('milliseconds') / 2) {
    return doubt(engine, ready.delivery, 'slept');
  }
  const mark = { deliveryId, round: delivery.round };
  const destination = destinationOf(ready.delivery);
  const dressed = (message: Message) =>
    ready.kind.kind === 'question' ? withMenu(message, ready.delivery) : message;
  let outcome = await postOnce(client, destination, dressed(ready.message), mark, thread);
  if (outcome.kind === 'our-fault' && outcome.blocks && ready.plainer) {
    outcome = await postOnce(client, destination, dressed(ready.plainer), mark, thread);
  }
  if (outcome.kind === 'posted') await keepSent(engine, client, ready, outcome);
  else await keepFailure(engine, ready, outcome);
}

/** Whether the hours of whoever hears it are known; somebody we have never met is looked up in Slack. */
async function isKnown(engine: Delivering, client: WebClient, delivery: Delivery): Promise<boolean> {
  if (towardsOf(delivery) !== 'other') return true;
  const { db, listeners, now } = engine;
  const { workspace_id: workspaceId, destination: personId } = delivery;
  const inside = <T>(work: (trx: Tenant) => Promise<T>): Promise<T> => inWorkspace(db, workspaceId, work);
  if (await inside((trx) => listeners.find(trx, personId))) return true;
  try {
    const { timeZone = 'UTC' } = await fetchProfile(client, personId);
    await inside((trx) => listeners.welcome(trx, { workspaceId, personId, timeZone }, now()));
    return true;
  } catch (error) {
    const failure = sortFailure(error);
    const wait = failure.kind === 'rate-limited' ? failure.wait : backOff(engine, delivery.attempts + 1);
    const step = { state: 'planned', reason: failure.kind, due_at: now().add(wait) } as const;
    await inside((trx) => stepDelivery(trx, delivery.delivery_id, { state: 'claimed' }, step, now()));
    return false;
  }
}

/** The thread its room wants it in. */
async function threadOf({ db, kinds }: Delivering, delivery: Delivery): Promise<Thread> {
  const kind = kinds.get(delivery.kind);
  if (kind?.kind !== 'errand' || !kind.thread) return undefined;
  return inWorkspace(db, delivery.workspace_id, async (trx) =>
    kind.thread?.(trx, { leadId: delivery.lead_id, subject: delivery.subject }),
  );
}

/** Tells the room where its message stands, if it wants to know. */
async function tellPosted(
  { kinds, planned }: Delivering,
  trx: Tenant,
  delivery: Delivery,
  { channel, ts, version }: Posted & { version?: number | undefined },
  now: Temporal.Instant,
): Promise<void> {
  const kind = kinds.get(delivery.kind);
  if (!kind?.posted) return;
  const { delivery_id: deliveryId, lead_id: leadId, subject } = delivery;
  const composedAt = delivery.sending_at ?? now;
  const about = { deliveryId, leadId, subject, channel, ts, version };
  await kind.posted(trx, { ...about, composedAt, now });
  planned();
}

/** Where the room points at what it says: Slack's link to it. Without one, what points there does so in words. */
async function keepLink(
  { db, log, kinds }: Delivering,
  client: WebClient,
  { kind, workspace_id: workspaceId, delivery_id: deliveryId, subject }: Delivery,
  posted: Posted,
): Promise<void> {
  const keep = kinds.get(kind)?.linked;
  if (!keep) return;
  try {
    const link = await permalinkTo(client, posted);
    if (link) await inWorkspace(db, workspaceId, (trx) => keep(trx, { deliveryId, subject, link }));
  } catch (error) {
    log.warn({ err: error, delivery: deliveryId }, 'There is no link to what was said');
  }
}

/** What changed since it was composed, or by its standing there, shows as well. */
async function showWhatChanged(
  { kinds, redrawing }: Delivering,
  client: WebClient,
  { kind, workspace_id: workspaceId, delivery_id: deliveryId, subject }: Delivery,
): Promise<void> {
  const redraw = kinds.get(kind)?.redraw?.({ deliveryId, subject });
  if (redraw) await redrawing.bringUpToDate(workspaceId, client, redraw);
}

/**
 * Settles a delivery whose earlier post may have arrived: true when it certainly did not, so that it may be posted.
 * Otherwise what is known of it has been written down.
 */
async function isAbsent(
  engine: Delivering,
  client: WebClient,
  delivery: Delivery,
  sentAt: Temporal.Instant,
  thread: Thread,
): Promise<boolean> {
  const { db, now, metrics } = engine;
  const mark = { deliveryId: delivery.delivery_id, round: delivery.round };
  // Slack's clock and ours may differ by a little.
  const since = sentAt.subtract({ minutes: 5 });
  const found = await findPosted(client, destinationOf(delivery), mark, since, thread);
  const step = (to: Step, also?: (trx: Tenant) => Promise<void>) =>
    inWorkspace(db, delivery.workspace_id, async (trx) => {
      const done = await stepDelivery(
        trx,
        delivery.delivery_id,
        { state: 'claimed', sendingAt: sentAt },
        to,
        now(),
      );
      if (done) await also?.(trx);
      return done;
    });
  switch (found.kind) {
    case 'absent':
      return step({ state: 'claimed', sending_at: null, reason: 'not-found' });
    case 'posted': {
      const kept = await step(
        {
          state: 'sent',
          reason: 'found',
          due_at: null,
          sent_at: sentAt,
          channel: found.channel,
          message_ts: found.ts,
        },
        (trx) => tellPosted(engine, trx, delivery, found, now()),
      );
      metrics.sent.inc({ kind: delivery.kind });
      if (kept) {
        await keepLink(engine, client, delivery, found);
        await showWhatChanged(engine, client, delivery);
      }
      return false;
    }
    case 'unreadable':
      await step({ state: 'unknown', reason: 'unreadable', due_at: null }, (trx) =>
        tellInDoubt(trx, delivery, now()),
      );
      metrics.unknown.inc();
      return false;
    default: {
      if (found.kind === 'workspace-gone' && (await isStopped(engine, delivery, found.error))) {
        await step({ state: 'in-doubt', reason: found.kind, due_at: now() });
        return false;
      }
      const wait = found.kind === 'rate-limited' ? found.wait : backOff(engine, delivery.attempts + 1);
      await step({
        state: 'in-doubt',
        reason: found.kind,
        due_at: now().add(wait),
        attempts: delivery.attempts + 1,
      });
      return false;
    }
  }
}

/** Asks the room and the rules, in one transaction; what is returned is marked as being sent. */
async function prepare(
  engine: Delivering,
  trx: Tenant,
  deliveryId: string,
  now: Temporal.Instant,
): Promise<Ready | undefined> {
  const delivery = await trx
    .selectFrom('deliveries')
    .selectAll()
    .where('delivery_id', '=', deliveryId)
    .where('state', '=', 'claimed')
    .forUpdate()
    .executeTakeFirst();
  if (!delivery) return undefined;
  const step = (to: Step) => stepDelivery(trx, deliveryId, { state: 'claimed' }, to, now);

  const kind = engine.kinds.get(delivery.kind);
  if (!kind) throw new NoSuchKind(delivery.kind);
  const lead = await engine.listeners.find(trx, delivery.lead_id);
  const hearerId = hearerOf(delivery);
  const hearer = hearerId === lead?.id ? lead : await engine.listeners.find(trx, hearerId);
  if (!lead || !hearer) {
    engine.metrics.skipped.inc({ reason: 'no-lead' });
    await step({ state: 'skipped', reason: 'no-lead', due_at: null });
    return undefined;
  }
  const { occurrence, requested, subject } = delivery;
  const due = { kind, subject, towards: towardsOf(delivery), occurrence, requested };
  const early = mayBeSaidNow(hearer, due, now);
  if (early.kind === 'skip' && early.why === 'left' && due.towards === 'other')
    await putToRest(trx, delivery, 'user_disabled', now);
  if (early.kind !== 'go') return rule(engine, step, early);

  const composed = await kind.compose(trx, { deliveryId, lead, subject, occurrence, now });
  if (composed.kind !== 'say') return unsaid(engine, step, composed);

  const day = localDay(now, hearer.timeZone);
  const counted = isCounted(due) && !requested;
  if (counted && delivery.counted_on?.equals(day) !== true) {
    // From here to the end of the transaction no other prompt for the same person decides.
    await lockBudget(trx, hearer.id);
    const upTo = day.add({ days: 1 }).toZonedDateTime(hearer.timeZone).toInstant();
    const { spent, waiting } = await budgetOf(trx, hearer.id, { day, upTo, but: deliveryId });
    const rivals = waiting.flatMap((one): Rival[] => {
      const rivalKind = engine.kinds.get(one.kind);
      const rival = rivalKind && { ...one, kind: rivalKind };
      return rival && isCounted(rival) ? [rival] : [];
    });
    const ruling = fitsTheBudget(hearer, due, { spent, rivals }, now);
    if (ruling.kind !== 'go') return rule(engine, step, ruling);
  }

  // On record before Slack hears a word: whoever finds this later knows that it may have been posted.
  await step({
    state: 'sending',
    reason: null,
    composed_at: now,
    sending_at: now,
    due_at: now.add(lease),
    attempts: delivery.attempts + 1,
    ...(counted && { counted_on: day }),
  });
  return {
    delivery: { ...delivery, state: 'sending', sending_at: now, attempts: delivery.attempts + 1 },
    kind,
    hearer,
    message: composed.message,
    plainer: composed.plainer,
    version: composed.version,
    sendingAt: now,
  };
}

/** Whom or where it is for cannot be reached: its schedule rests, and the lead hears of it. `error`: as Slack names it. */
async function putToRest(
  trx: Tenant,
  delivery: Delivery,
  error: string,
  now: Temporal.Instant,
): Promise<void> {
  await trx
    .updateTable('schedules')
    .set({ state: 'paused', state_reason: error, next_at: null, changed_at: now })
    .where('schedule_id', '=', delivery.schedule_id)
    .where('state', '=', 'active')
    .execute();
  await tellDestinationGone(trx, delivery, now);
}

/** Writes down why a prompt isn't said now. */
async function rule(
  { metrics }: Delivering,
  step: (to: Step) => Promise<boolean>,
  ruling: Exclude<Ruling, { kind: 'go' }>,
): Promise<undefined> {
  switch (ruling.kind) {
    case 'wait':
      metrics.later.inc({ reason: ruling.why });
      await step({ state: 'planned', reason: ruling.why, due_at: ruling.until, counted_on: null });
      return;
    case 'skip':
      metrics.skipped.inc({ reason: ruling.why });
      await step({ state: 'skipped', reason: ruling.why, due_at: null, counted_on: null });
      return;
    case 'miss':
      metrics.missed.inc({ reason: ruling.why });
      await step({ state: 'missed', reason: ruling.why, due_at: null, counted_on: null });
  }
}

async function unsaid(
  { metrics }: Delivering,
  step: (to: Step) => Promise<boolean>,
  composed: Exclude<Composition, { kind: 'say' }>,
): Promise<undefined> {
  if (composed.kind === 'later') {
    metrics.later.inc({ reason: 'room' });
    await step({ state: 'planned', reason: composed.why, due_at: composed.at, counted_on: null });
  } else {
    metrics.skipped.inc({ reason: 'nothing-to-say' });
    await step({ state: 'skipped', reason: composed.why, due_at: null, counted_on: null });
  }
}

async function keepSent(engine: Delivering, client: WebClient, ready: Ready, posted: Posted): Promise<void> {
  const { delivery, sendingAt, version } = ready;
  const now = engine.now();
  const kept = await inWorkspace(engine.db, delivery.workspace_id, async (trx) => {
    const done = await stepDelivery(
      trx,
      delivery.delivery_id,
      { state: 'sending', sendingAt },
      { state: 'sent', due_at: null, sent_at: now, channel: posted.channel, message_ts: posted.ts },
      now,
    );
    if (done) await tellPosted(engine, trx, delivery, { ...posted, version }, now);
    return done;
  });
  if (!kept) return;
  engine.metrics.sent.inc({ kind: delivery.kind });
  // What was put off on purpose is not late; what was tried before is.
  if (!delivery.requested && (delivery.reason === null || delivery.attempts > 1)) {
    engine.metrics.lateness.observe(delivery.occurrence.until(now).total('seconds'));
  }
  await keepLink(engine, client, delivery, posted);
  await showWhatChanged(engine, client, delivery);
}

/** The wait before the next try: doubled each time, an hour at most. */
const backOff = ({ retryAfter }: Delivering, attempt: number): Temporal.Duration =>
  Temporal.Duration.from({
    milliseconds: Math.min(retryAfter.total('milliseconds') * 2 ** Math.min(attempt - 1, 12), 3_600_000),
  });

async function keepFailure(engine: Delivering, ready: Ready, failure: SlackFailure): Promise<void> {
  const { db, metrics, log } = engine;
  const { delivery, kind, hearer, sendingAt } = ready;
  const now = engine.now();
  const ids = { delivery: delivery.delivery_id, workspace: delivery.workspace_id, kind: delivery.kind };
  const step = (to: Step, also?: (trx: Tenant) => Promise<void>) =>
    inWorkspace(db, delivery.workspace_id, async (trx) => {
      if (await stepDelivery(trx, delivery.delivery_id, { state: 'sending', sendingAt }, to, now))
        await also?.(trx);
    });

  if (failure.kind === 'workspace-gone' && (await isStopped(engine, delivery, failure.error))) {
    // It waits with everything else there; how late is of use is decided when Slack answers again.
    return step({ state: 'planned', reason: failure.kind, due_at: now, sending_at: null, counted_on: null });
  }
  switch (failure.kind) {
    case 'in-doubt':
      return doubt(engine, delivery, failure.error);
    case 'destination-gone':
      log.warn({ ...ids, error: failure.error }, 'The destination is gone; its schedule is paused');
      metrics.failed.inc({ error: failure.error });
      return step(
        { state: 'failed', reason: failure.error, due_at: null, sending_at: null, counted_on: null },
        (trx) => putToRest(trx, delivery, failure.error, now),
      );
    case 'our-fault':
      log.error(
        { ...ids, error: failure.error },
        'Slack refused a prompt for a fault of ours; it is a dead letter',
      );
      metrics.failed.inc({ error: failure.error });
      return step({
        state: 'failed',
        reason: failure.error,
        due_at: null,
        sending_at: null,
        counted_on: null,
      });
    // Slack knows us after all, or could not be asked.
    case 'workspace-gone':
    case 'rate-limited':
    case 'try-again': {
      const limited = failure.kind === 'rate-limited';
      const again = now.add(limited ? failure.wait : backOff(engine, delivery.attempts));
      if (limited) {
        metrics.rateLimited.inc();
        await slowDown(engine, delivery.workspace_id, again, now);
      }
      const reason = limited ? 'rate-limited' : failure.error;
      const tooLate =
        !delivery.requested &&
        Temporal.Instant.compare(again, kind.usefulUntil(delivery.occurrence, hearer)) > 0;
      if (tooLate) metrics.missed.inc({ reason });
      return step(
        tooLate
          ? { state: 'missed', reason, due_at: null, sending_at: null, counted_on: null }
          : // Its place is its own: what Slack asked it to wait is all it waits.
            { state: 'planned', reason, due_at: again, sending_at: null, paced: limited },
      );
    }
  }
}

/** Slack may have taken the message: it is looked for once no answer can still be on its way. */
async function doubt(engine: Delivering, delivery: Delivery, reason: string, within?: Tenant): Promise<void> {
  const now = engine.now();
  const sendingAt = delivery.sending_at ?? now;
  engine.metrics.inDoubt.inc();
  const put = (trx: Tenant) =>
    stepDelivery(
      trx,
      delivery.delivery_id,
      { state: 'sending', sendingAt },
      { state: 'in-doubt', reason, due_at: sendingAt.add(engine.doubtAfter) },
      now,
    );
  await (within ? put(within) : inWorkspace(engine.db, delivery.workspace_id, put));
}

/** Slack asked to wait: nobody else of the workspace goes before that either; who would have, keeps their order. */
function slowDown(
  engine: Delivering,
  workspaceId: string,
  until: Temporal.Instant,
  now: Temporal.Instant,
): Promise<void> {
  const wait = now.until(until);
  return inWorkspace(engine.db, workspaceId, async (trx) => {
    await trx
      .updateTable('paces')
      .set(({ fn, val }) => ({ next_at: fn('greatest', ['next_at', val(holdUntil(workspacePace, until))]) }))
      .where('destination', '=', '')
      .execute();
    await trx
      .updateTable('deliveries')
      .set(({ eb, val }) => ({ due_at: eb('due_at', '+', val(wait.toString()) as never) }))
      .where('delivery_id', 'in', (eb) =>
        eb
          .selectFrom('deliveries')
          .select('delivery_id')
          .where('state', '=', 'planned')
          .where('paced', '=', true)
          .where('due_at', '<', until)
          // A claim holds what it takes and then waits for the line, which is ours by now: waiting for it in turn
          // would never end. What it has is on its way.
          .forUpdate()
          .skipLocked(),
      )
      .execute();
  });
}

/** Slack refuses us: whether that is so for the whole workspace. */
const isStopped = async ({ stops }: Delivering, delivery: Delivery, error: string): Promise<boolean> =>
  (await stops.doubt(delivery.workspace_id, error)) === 'stopped';
