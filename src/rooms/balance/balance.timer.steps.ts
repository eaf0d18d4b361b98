// Starting, keeping, stopping and discarding the timer, each within the transaction it is given.

import type { Prompts } from '../../prompts/prompts.ts';
import type { Refused } from './balance.parse.ts';
import { type BalanceStep, type Logged, logDrafts } from './balance.steps.ts';
import * as store from './balance.store.ts';
import { draftOf, isForgotten, type Timer, timerCheckAt } from './balance.timer.ts';
import type { Category } from './balance.ts';

/** The prompt that asks after a timer which seems forgotten. */
export const timerPrompt = 'timer';

export interface TimerStep extends BalanceStep {
  prompts: Pick<Prompts, 'plan' | 'remove'>;
}

/** What became of a timer when it was to end. */
type Ended = Logged | Refused | { kind: 'too-short' | 'gone' };

export type TimerOutcome =
  | Ended
  /** `ended`: the one that ran before. */
  | { kind: 'started'; timer: Timer; ended: Ended | undefined }
  /** `running`: the same was to be started. `forgotten`: it has to be asked about first. */
  | { kind: 'running' | 'forgotten' | 'kept' | 'discarded'; timer: Timer }
  | { kind: 'none' };

/** Starts a timer; one that runs already is stopped and logged first, or asked about when it seems forgotten. */
export async function startTimer(step: TimerStep, { id: categoryId }: Category): Promise<TimerOutcome> {
  const running = await lockTimer(step);
  if (running && isForgotten(running, step.lead, step.now)) return { kind: 'forgotten', timer: running };
  if (running?.categoryId === categoryId) return { kind: 'running', timer: running };
  const ended = running && (await endTimer(step, running.startedAt));
  // One that could not be logged still runs, and a second would take its place.
  if (ended?.kind === 'refused' || ended?.kind === 'gone') return ended;
  const timer: Timer = { categoryId, startedAt: step.now, confirmedAt: null };
  await keepTimer(step, timer);
  return { kind: 'started', timer, ended };
}

export async function stopTimer(step: TimerStep): Promise<TimerOutcome> {
  const timer = await lockTimer(step);
  if (!timer) return { kind: 'none' };
  if (isForgotten(timer, step.lead, step.now)) return { kind: 'forgotten', timer };
  return endTimer(step, timer.startedAt);
}

/** Ends the timer that started then, and logs it. Where it cannot be logged it keeps running. */
export async function endTimer(
  step: TimerStep,
  startedAt: Temporal.Instant,
  endsAt = step.now,
): Promise<Ended> {
  // Behind the lock, so that of two who end it at the same moment one finds it gone.
  const timer = await lockTimer(step, startedAt);
  const category = step.categories.find(({ id }) => id === timer?.categoryId);
  if (!timer || !category) return { kind: 'gone' };
  const draft = draftOf(timer, category, endsAt, step.lead.timeZone);
  // It ran for so long, whatever else was logged meanwhile.
  const outcome: Ended = draft ? await logDrafts(step, [draft], true) : { kind: 'too-short' };
  if (outcome.kind !== 'refused') await forgetTimer(step, startedAt);
  return outcome;
}

/** The lead is still on it: asked again after as long. */
export async function continueTimer(step: TimerStep, startedAt: Temporal.Instant): Promise<TimerOutcome> {
  const running = await lockTimer(step, startedAt);
  if (!running) return { kind: 'gone' };
  const timer: Timer = { ...running, confirmedAt: step.now };
  await keepTimer(step, timer);
  return { kind: 'kept', timer };
}

export async function discardTimer(step: TimerStep, startedAt: Temporal.Instant): Promise<TimerOutcome> {
  const timer = await forgetTimer(step, startedAt);
  return timer ? { kind: 'discarded', timer } : { kind: 'gone' };
}

async function lockTimer({ trx, lead }: TimerStep, startedAt?: Temporal.Instant): Promise<Timer | undefined> {
  await store.lockHours(trx, lead.id);
  return store.findTimer(trx, lead.id, startedAt);
}

async function forgetTimer(
  { trx, lead, now, prompts }: TimerStep,
  startedAt: Temporal.Instant,
): Promise<Timer | undefined> {
  const timer = await store.deleteTimer(trx, lead.id, startedAt);
  if (timer) await prompts.remove(trx, { leadId: lead.id, kind: timerPrompt }, now);
  return timer;
}

/** Keeps it, and plans when to ask whether it was forgotten. */
async function keepTimer({ trx, lead, now, prompts }: TimerStep, timer: Timer): Promise<void> {
  await store.saveTimer(trx, store.ownerOf(lead), timer);
  const when = { at: timerCheckAt(timer, lead) };
  await prompts.plan(trx, { leadId: lead.id, kind: timerPrompt, destination: { dm: lead.id }, when }, now);
}
