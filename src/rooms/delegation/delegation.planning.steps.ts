// What this room asks the engine for: check-ins on their days, word between the two, and the weekly question.

import type { Tenant } from '../../db/tenancy.ts';
import type { Step } from '../../leads/index.ts';
import type { Lead } from '../../leads/leads.ts';
import type { Prompts } from '../../prompts/prompts.ts';
import type { CheckIn } from './delegation.check-ins.ts';
import { checkInPlans, kinds, questionPlan, questionTime } from './delegation.plans.ts';
import * as store from './delegation.store.ts';
import type { Delegation, LevelMove, Moved } from './delegation.ts';

/** Who the lead is that somebody holds something for. */
export type LeadOf = (trx: Tenant, leadId: string) => Promise<Lead | undefined>;

export interface PlanningStep extends Step {
  prompts: Prompts;
}

export async function removeCheckIns(
  { trx, lead, now, prompts }: PlanningStep,
  checkIns: readonly CheckIn[],
): Promise<void> {
  for (const { id, answer } of checkIns) {
    if (answer !== null) continue;
    await prompts.remove(trx, { leadId: lead.id, kind: kinds.checkIn, subject: id }, now);
  }
}

/** What was said in this round; a later one has its own message, and makes this one's moot. */
const subjectOf = ({ delegationId, round }: Pick<LevelMove, 'delegationId' | 'round'>): string =>
  `${delegationId} ${round}`;

export function readSubject(subject: string): { delegationId: string; round: number } {
  const [delegationId = '', round = ''] = subject.split(' ');
  return { delegationId, round: Number(round) };
}

/** Tells the other side what was just said about a level, now and once. */
export const planWord = (
  { trx, lead, now, prompts }: PlanningStep,
  { delegation, move }: Moved,
): Promise<void> => {
  const toPerson = move.by === 'lead';
  return prompts.plan(
    trx,
    {
      leadId: lead.id,
      kind: toPerson ? kinds.toPerson : move.kind === 'proposed' ? kinds.reply : kinds.answer,
      subject: subjectOf(move),
      destination: { dm: toPerson ? delegation.personId : lead.id },
      when: { at: now },
    },
    now,
  );
};

/** The lead's last word reaches the person at once, whatever their hour; false where there is none to come. */
export const hurryWord = (
  { trx, lead, now, prompts }: PlanningStep,
  { id, round }: Delegation,
): Promise<boolean> =>
  prompts.hurry(
    trx,
    { leadId: lead.id, kind: kinds.toPerson, subject: subjectOf({ delegationId: id, round }) },
    now,
  );

/** The prompt that was answered, where there was one. One it has put off by now is no matter: it asks us first. */
export async function answerPrompt(
  { trx, lead, now, prompts }: PlanningStep,
  deliveryId: string | undefined,
  answer: string,
): Promise<void> {
  if (deliveryId) await prompts.answer(trx, { leadId: lead.id, deliveryId }, answer, now);
}

export const questionTimeOf = async ({ trx, lead }: Step): Promise<store.QuestionTime> =>
  questionTime(await store.findQuestionTime(trx, lead.id), lead);

export async function chooseQuestionTime(step: PlanningStep, chosen: store.QuestionTime): Promise<void> {
  const { trx, lead, now, prompts } = step;
  await store.saveQuestionTime(trx, { workspaceId: lead.workspaceId, leadId: lead.id }, chosen);
  const plan = questionPlan(chosen, lead, now);
  if (plan) await prompts.plan(trx, plan, now);
  else await prompts.remove(trx, { leadId: lead.id, kind: kinds.question }, now);
}

/**
 * Somebody left Slack: they are kept by name, and nothing is asked about what they held; who comes back is asked about
 * again.
 */
export async function notePresence(
  { trx, now, prompts, leadOf }: Omit<PlanningStep, 'lead'> & { leadOf: LeadOf },
  person: { id: string; left: boolean },
): Promise<void> {
  for (const { leadId, delegation } of await store.savePersonLeft(trx, person.id, person.left)) {
    const lead = await leadOf(trx, leadId);
    if (lead) await askAbout({ trx, lead, now, prompts }, delegation);
  }
}

/** Plans the check-ins of an open delegation; nothing is asked about what somebody holds who left. */
export async function askAbout(step: PlanningStep, delegation: Delegation): Promise<void> {
  const { trx, lead, now, prompts } = step;
  const checkIns = await store.findCheckIns(trx, lead.id, [delegation]);
  if (delegation.personLeft) return removeCheckIns(step, checkIns);
  for (const plan of checkInPlans(checkIns, lead, now)) await prompts.plan(trx, plan, now);
}
