// Starting, keeping, stopping and discarding the timer, each within the transaction it is given.

import type { Tenant } from '../../db/tenancy.ts';
import type { Prompts } from '../../prompts/prompts.ts';
import type { Answer } from '../../slack/doors.ts';
import { refused } from './balance.refusals.ts';
import { logDrafts, ownerOf } from './balance.steps.ts';
import * as store from './balance.store.ts';
import { draftOf, isForgotten, type Timer, timerCheckAt } from './balance.timer.ts';
import type { Category } from './balance.ts';
import * as views from './balance.views.ts';

/** The prompt that asks after a timer which seems forgotten. */
export const timerPrompt = 'timer';

/** Starts a timer; one that runs already is stopped and logged first, or asked about when it seems forgotten. */
export async function startTimer(
  trx: Tenant,
  category: Category,
  reader: views.Reader,
  prompts: Prompts,
): Promise<Answer> {
  await store.lockHours(trx, reader.lead.id);
  const running = await store.findTimer(trx, reader.lead.id);
  if (running && isForgotten(running, reader.lead, reader.now))
    return { message: views.timerQuestion(running, reader) };
  if (running?.categoryId === category.id) return { message: views.sameTimer(running, reader) };
  const stopped = running && (await endTimer(trx, running.startedAt, reader.now, reader, prompts));
  // One that could not be logged still runs, and a second would take its place.
  if (stopped && (await store.findTimer(trx, reader.lead.id))) return stopped;
  const timer: Timer = { categoryId: category.id, startedAt: reader.now, confirmedAt: null };
  await store.saveTimer(trx, ownerOf(reader), timer);
  await planCheck(trx, timer, reader, prompts);
  return { message: views.timerStarted(category.id, stopped?.message, reader) };
}

export async function stopTimer(trx: Tenant, reader: views.Reader, prompts: Prompts): Promise<Answer> {
  await store.lockHours(trx, reader.lead.id);
  const timer = await store.findTimer(trx, reader.lead.id);
  if (!timer) return { message: views.noTimer() };
  if (isForgotten(timer, reader.lead, reader.now)) return { message: views.timerQuestion(timer, reader) };
  return endTimer(trx, timer.startedAt, reader.now, reader, prompts);
}

/** Ends the timer that started then and logs it. Where it cannot be logged it keeps running, and the answer says why. */
export async function endTimer(
  trx: Tenant,
  startedAt: Temporal.Instant,
  endsAt: Temporal.Instant,
  reader: views.Reader,
  prompts: Prompts,
): Promise<Answer> {
  const { lead, categories } = reader;
  // Behind the lock, so that of two who end it at the same moment one finds it gone.
  await store.lockHours(trx, lead.id);
  const timer = await store.findTimer(trx, lead.id);
  const category = categories.find(({ id }) => id === timer?.categoryId);
  if (!timer?.startedAt.equals(startedAt) || !category) return { message: views.timerGone() };
  const draft = draftOf(timer, category, endsAt, lead.timeZone);
  if (draft) {
    const outcome = await logDrafts(trx, [draft], reader);
    if (outcome.kind === 'refused') return { message: refused('', outcome.problems, reader) };
    await forgetTimer(trx, startedAt, reader, prompts);
    return { message: views.logged(outcome, outcome.around, outcome.clashes, reader) };
  }
  await forgetTimer(trx, startedAt, reader, prompts);
  return { message: views.tooShort() };
}

/** The lead is still on it: asked again after as long. */
export async function continueTimer(
  trx: Tenant,
  startedAt: Temporal.Instant,
  reader: views.Reader,
  prompts: Prompts,
): Promise<Answer> {
  await store.lockHours(trx, reader.lead.id);
  const timer = await store.findTimer(trx, reader.lead.id);
  if (!timer?.startedAt.equals(startedAt)) return { replace: views.timerGone() };
  const confirmed: Timer = { ...timer, confirmedAt: reader.now };
  await store.saveTimer(trx, ownerOf(reader), confirmed);
  await planCheck(trx, confirmed, reader, prompts);
  return { replace: views.timerKept(confirmed, reader) };
}

export async function discardTimer(
  trx: Tenant,
  startedAt: Temporal.Instant,
  reader: views.Reader,
  prompts: Prompts,
): Promise<Answer> {
  const timer = await forgetTimer(trx, startedAt, reader, prompts);
  return { replace: timer ? views.timerDiscarded(timer, reader) : views.timerGone() };
}

async function forgetTimer(
  trx: Tenant,
  startedAt: Temporal.Instant,
  { lead, now }: views.Reader,
  prompts: Prompts,
): Promise<Timer | undefined> {
  const timer = await store.deleteTimer(trx, lead.id, startedAt);
  if (timer) await prompts.remove(trx, { leadId: lead.id, kind: timerPrompt }, now);
  return timer;
}

const planCheck = (trx: Tenant, timer: Timer, { lead, now }: views.Reader, prompts: Prompts): Promise<void> =>
  prompts.plan(
    trx,
    {
      leadId: lead.id,
      kind: timerPrompt,
      destination: { dm: lead.id },
      when: { at: timerCheckAt(timer, lead) },
    },
    now,
  );
