// What this room asks the engine for: check-ins on their days, word between the two, and the weekly question.

import type { Step } from '../../leads/index.ts';
import type { Prompts } from '../../prompts/prompts.ts';
import { localDay, weekdayCodes } from '../../time/days.ts';
import { type CheckIn, checkInAt, halfAnHourInto } from './delegation.check-ins.ts';
import * as store from './delegation.store.ts';
import type { Delegation, LevelMove, Moved } from './delegation.ts';

export interface PlanningStep extends Step {
  prompts: Prompts;
}

export const kinds = {
  checkIn: 'delegation-check-in',
  toPerson: 'delegation-to-person',
  reply: 'delegation-reply',
  question: 'delegation-question',
} as const;

/** Plans every check-in still to come; those that were answered or whose day has passed are left alone. */
async function planCheckIns(
  { trx, lead, now, prompts }: PlanningStep,
  checkIns: readonly CheckIn[],
): Promise<void> {
  const today = localDay(now, lead.timeZone);
  const which = { leadId: lead.id, kind: kinds.checkIn, destination: { dm: lead.id } };
  for (const { id, day, answer } of checkIns) {
    if (answer !== null || Temporal.PlainDate.compare(day, today) <= 0) continue;
    await prompts.plan(trx, { ...which, subject: id, when: { at: checkInAt(day, lead) } }, now);
  }
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
const subjectOf = ({ delegationId, round }: LevelMove): string => `${delegationId} ${round}`;

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
      kind: toPerson ? kinds.toPerson : kinds.reply,
      subject: subjectOf(move),
      destination: { dm: toPerson ? delegation.personId : lead.id },
      when: { at: now },
    },
    now,
  );
};

/** The prompt that was answered, where there was one. One it has put off by now is no matter: it asks us first. */
export async function answerPrompt(
  { trx, lead, now, prompts }: PlanningStep,
  deliveryId: string | undefined,
  answer: string,
): Promise<void> {
  if (deliveryId) await prompts.answer(trx, { leadId: lead.id, deliveryId }, answer, now);
}

/** Wednesday morning, unless the lead chose. */
export const questionTimeOf = async ({ trx, lead }: Step): Promise<store.QuestionTime> =>
  (await store.findQuestionTime(trx, lead.id)) ?? {
    asks: true,
    weekday: 3,
    time: halfAnHourInto(lead.workdayStarts),
  };

async function planQuestion(
  { trx, lead, now, prompts }: PlanningStep,
  { asks, weekday, time }: store.QuestionTime,
): Promise<void> {
  const which = { leadId: lead.id, kind: kinds.question };
  if (!asks) return prompts.remove(trx, which, now);
  const when = {
    rule: `FREQ=WEEKLY;BYDAY=${weekdayCodes[weekday - 1]}`,
    starts: localDay(now, lead.timeZone).toPlainDateTime(time),
    timeZone: lead.timeZone,
  };
  await prompts.plan(trx, { ...which, destination: { dm: lead.id }, when }, now);
}

export async function chooseQuestionTime(step: PlanningStep, chosen: store.QuestionTime): Promise<void> {
  const { trx, lead } = step;
  await store.saveQuestionTime(trx, { workspaceId: lead.workspaceId, leadId: lead.id }, chosen);
  await planQuestion(step, chosen);
}

/** Everything by the lead's settings as they are now: their mornings may have moved. */
export async function planAnew(step: PlanningStep): Promise<void> {
  await planQuestion(step, await questionTimeOf(step));
  const { delegations, checkIns } = await store.findWithCheckIns(step.trx, step.lead.id);
  const asked = delegations.filter(({ state, personLeft }) => state === 'open' && !personLeft);
  const askedIds = store.idsOf(asked);
  await planCheckIns(
    step,
    checkIns.filter(({ delegationId }) => askedIds.includes(delegationId)),
  );
}

/** Plans the check-ins of an open delegation; nothing is asked about what somebody holds who left. */
export async function askAbout(step: PlanningStep, delegation: Delegation): Promise<void> {
  const checkIns = await store.findCheckIns(step.trx, step.lead.id, [delegation]);
  await (delegation.personLeft ? removeCheckIns(step, checkIns) : planCheckIns(step, checkIns));
}
