// What one transaction keeps of a delegation and plans for it: made, changed, told, talked over, asked about, ended.

import type { Sealer } from '../../db/sealed.ts';
import type { Lead, Listeners } from '../../leads/leads.ts';
import type { Prompts } from '../../prompts/prompts.ts';
import { localDay } from '../../time/days.ts';
import type { Asked } from './delegation.actions.ts';
import { type CheckIn, checkInAfterTrouble } from './delegation.check-ins.ts';
import {
  answerPrompt,
  askAbout,
  hurryWord,
  type PlanningStep,
  planWord,
  removeCheckIns,
} from './delegation.planning.steps.ts';
import * as sealed from './delegation.sealed.store.ts';
import * as store from './delegation.store.ts';
import {
  close,
  type Delegation,
  type DelegationDraft,
  type Details,
  type Ended,
  type Moved,
  noWords,
  type Reach,
  type TrustedWords,
} from './delegation.ts';

export interface StepTools {
  prompts: Prompts;
  sealer: Sealer;
  listeners: Listeners;
}

export interface DelegationStep extends PlanningStep, StepTools {}

export const ownerIn = ({ lead, sealer }: { lead: Lead; sealer: Sealer }): sealed.SealedOwner => ({
  workspaceId: lead.workspaceId,
  leadId: lead.id,
  sealer,
});

/** Everything there is about one delegation. */
export async function detailsOf(
  step: Pick<DelegationStep, 'trx' | 'lead' | 'sealer'>,
  delegation: Delegation,
): Promise<Details> {
  const { trx, lead } = step;
  const words = await sealed.openWords(trx, ownerIn(step), [delegation]);
  return {
    delegation,
    checkIns: await store.findCheckIns(trx, lead.id, [delegation]),
    words: words.get(delegation.id) ?? noWords,
    before: delegation.follows ? await store.findDelegation(trx, lead.id, delegation.follows) : undefined,
  };
}

/** What comes with a delegation in a line or a form. */
interface Written {
  checkIns: readonly Temporal.PlainDate[];
  words: Partial<TrustedWords>;
}

/** `follows`: the one it gives again. */
type NewDelegation = DelegationDraft & { personName: string; follows: string | null };

/** Keeps a new delegation as a draft that nobody knows of. `timeZone`: the person's. */
export async function makeDraft(
  step: DelegationStep,
  { timeZone, ...draft }: NewDelegation & { timeZone: string },
  written: Written,
): Promise<Details> {
  const { trx, lead, now } = step;
  const { workspaceId } = lead;
  await step.listeners.welcome(trx, { workspaceId, personId: draft.personId, timeZone }, now);
  const made = await store.addDelegation(trx, ownerIn(step), draft, now);
  await keepWritten(step, made, written);
  return detailsOf(step, made);
}

export async function change(step: DelegationStep, changed: Delegation, written: Written): Promise<Details> {
  await store.saveDelegation(step.trx, step.lead.id, changed);
  await keepWritten(step, changed, written);
  if (changed.state === 'open') await askAbout(step, changed);
  return detailsOf(step, changed);
}

async function keepWritten(
  step: DelegationStep,
  { id }: Delegation,
  { checkIns, words }: Written,
): Promise<void> {
  const { trx, lead, now, sealer } = step;
  if (sealer.available) await sealed.saveWords(trx, ownerIn(step), id, words);
  const days = { days: checkIns, today: localDay(now, lead.timeZone) };
  await removeCheckIns(step, await store.replaceCheckIns(trx, ownerIn(step), id, days));
}

/** What to tell them, where the lead wants it said in other words than ours. */
export async function saveTold(step: DelegationStep, delegation: Delegation, told: string): Promise<Details> {
  await sealed.saveWords(step.trx, ownerIn(step), delegation.id, { told });
  return detailsOf(step, delegation);
}

/**
 * It is theirs from now on. `told`: what the person is sent; null: the lead told them in person. Returns how it
 * reaches them; undefined: at once.
 */
export async function handOver(
  step: DelegationStep,
  moved: Moved,
  told: string | null,
  when: 'at-a-good-hour' | 'now' = 'at-a-good-hour',
): Promise<Reach | undefined> {
  const { delegation } = moved;
  // What they were told is what the lead saw, whatever is edited later.
  if (told !== null && step.sealer.available) await saveTold(step, delegation, told);
  const reach = told === null ? undefined : await sayLevel(step, moved, null, when);
  if (told === null) await keepMove(step, moved, null);
  await askAbout(step, delegation);
  const before = delegation.follows
    ? await store.findDelegation(step.trx, step.lead.id, delegation.follows)
    : undefined;
  // Given on because its holder left Slack: they hold it no more.
  const ended = before?.personLeft ? close(before, { state: 'taken-back' }, step.now) : undefined;
  if (ended) await store.saveDelegation(step.trx, step.lead.id, ended);
  return reach;
}

/** Keeps what one side said about the level, and tells the other. Returns how it reaches the person; undefined: at once. */
export async function sayLevel(
  step: DelegationStep,
  moved: Moved,
  note: string | null,
  when: 'at-a-good-hour' | 'now' = 'at-a-good-hour',
): Promise<Reach | undefined> {
  const { delegation, move } = moved;
  const atOnce = when === 'now' || (await isTalking(step, delegation));
  const reach = atOnce || move.by === 'person' ? undefined : await reachOf(step, delegation);
  await keepMove(step, moved, note);
  if (delegation.personLeft) return undefined;
  await planWord(step, moved);
  if (atOnce && move.by === 'lead') await hurryWord(step, delegation);
  return reach;
}

/** How the person would be reached now; undefined where their hours are not known. */
export async function reachOf(
  { trx, prompts, listeners, now }: DelegationStep,
  { personId }: Pick<Delegation, 'personId'>,
): Promise<Reach | undefined> {
  const person = await listeners.find(trx, personId);
  return person && { outlook: await prompts.outlook(trx, person, now), timeZone: person.timeZone };
}

/** Somebody who said something so short a while ago is there, whatever the hour. */
const stillThere = { minutes: 15 };

async function isTalking({ trx, lead, now }: DelegationStep, delegation: Delegation): Promise<boolean> {
  const last = (await store.findLevelMoves(trx, lead.id, [delegation])).at(-1);
  return last?.by === 'person' && Temporal.Instant.compare(last.at.add(stillThere), now) >= 0;
}

async function keepMove(step: DelegationStep, moved: Moved, note: string | null): Promise<void> {
  await store.saveDelegation(step.trx, step.lead.id, moved.delegation);
  await sealed.addLevelMove(step.trx, ownerIn(step), moved.move, note);
}

/** Gone for good, with its history. */
export async function remove(step: DelegationStep, delegation: Delegation): Promise<void> {
  await removeCheckIns(step, await store.findCheckIns(step.trx, step.lead.id, [delegation]));
  await store.deleteDelegation(step.trx, step.lead.id, delegation.id);
}

/**
 * Answers a check-in, and with it those before it that went unanswered. What needs the lead is asked about again, also
 * where this was the last one set: true when another was added for that.
 */
export async function answerCheckIn(
  step: DelegationStep,
  delegation: Delegation,
  { day: lastDay }: CheckIn,
  answer: 'on-track' | 'needs-me',
  { delivery }: Asked,
): Promise<boolean> {
  const { trx, lead, now } = step;
  const today = localDay(now, lead.timeZone);
  const checkIns = await store.findCheckIns(trx, lead.id, [delegation]);
  for (const { id, day, answer: given } of checkIns) {
    if (given !== null || Temporal.PlainDate.compare(day, lastDay) > 0) continue;
    await store.saveCheckInAnswer(trx, lead.id, { id, answer }, now);
  }
  await answerPrompt(step, delivery, answer);
  const isLast = checkIns.every(({ day }) => Temporal.PlainDate.compare(day, today) <= 0);
  if (answer === 'on-track' || !isLast) return false;
  const days = { days: [checkInAfterTrouble(today, lead)], today };
  await store.replaceCheckIns(trx, ownerIn(step), delegation.id, days);
  await askAbout(step, delegation);
  return true;
}

export const takeAnswerBack = ({ trx, lead }: DelegationStep, checkIn: CheckIn): Promise<void> =>
  store.takeAnswersBack(trx, lead.id, checkIn);

/** Keeps how a delegation ended, also as the answer to the check-in that it was ended from. */
export async function end(
  step: DelegationStep,
  ended: Ended,
  closing: string | null,
  { checkIn, delivery }: Asked,
): Promise<void> {
  const { trx, lead, now } = step;
  await store.saveDelegation(trx, lead.id, ended);
  await sealed.saveWords(trx, ownerIn(step), ended.id, { closing });
  if (checkIn) await store.saveCheckInAnswer(trx, lead.id, { id: checkIn, answer: ended.state }, now);
  await answerPrompt(step, delivery, ended.state);
  await removeCheckIns(step, await store.findCheckIns(trx, lead.id, [ended]));
}

/** Open again, and what was said at its end forgotten. */
export async function openAgain(step: DelegationStep, opened: Delegation): Promise<Details> {
  await store.saveDelegation(step.trx, step.lead.id, opened);
  await store.takeEndBack(step.trx, step.lead.id, opened.id);
  await sealed.saveWords(step.trx, ownerIn(step), opened.id, { closing: null });
  await askAbout(step, opened);
  return detailsOf(step, opened);
}
