// What of this room's is to come: check-ins on their days, and the weekly question.

import type { Lead } from '../../leads/leads.ts';
import type { Plan, StandingPlans, Wanted } from '../../prompts/prompts.ts';
import { localDay, weekdayCodes } from '../../time/days.ts';
import { settledIn } from '../../time/working-days.ts';
import { type CheckIn, halfAnHourInto } from './delegation.check-ins.ts';
import * as store from './delegation.store.ts';

export const kinds = {
  checkIn: 'delegation-check-in',
  toPerson: 'delegation-to-person',
  reply: 'delegation-reply',
  answer: 'delegation-answer',
  question: 'delegation-question',
} as const;

/** Every check-in still to come; those that were answered or whose day has passed are left alone. */
export function checkInPlans(checkIns: readonly CheckIn[], lead: Lead, now: Temporal.Instant): Wanted[] {
  const today = localDay(now, lead.timeZone);
  return checkIns.flatMap(({ id, day, answer }) => {
    const at = settledIn(lead, day);
    if (answer !== null || Temporal.Instant.compare(at, now) <= 0) return [];
    const plan = {
      leadId: lead.id,
      kind: kinds.checkIn,
      subject: id,
      destination: { dm: lead.id },
      when: { at },
    };
    // Today's was planned by the clock of this morning.
    return [day.equals(today) ? { ...plan, asItIs: true } : plan];
  });
}

/** Wednesday morning, unless the lead chose. */
export const questionTime = (chosen: store.QuestionTime | undefined, lead: Lead): store.QuestionTime =>
  chosen ?? { asks: true, weekday: 3, time: halfAnHourInto(lead.workdayStarts) };

/** Undefined where it is not to be asked. */
export function questionPlan(
  { asks, weekday, time }: store.QuestionTime,
  lead: Lead,
  now: Temporal.Instant,
): Plan | undefined {
  if (!asks) return undefined;
  return {
    leadId: lead.id,
    kind: kinds.question,
    destination: { dm: lead.id },
    when: {
      rule: `FREQ=WEEKLY;BYDAY=${weekdayCodes[weekday - 1]}`,
      starts: localDay(now, lead.timeZone).toPlainDateTime(time),
      timeZone: lead.timeZone,
    },
  };
}

export const delegationPlans: StandingPlans = {
  kinds: [kinds.checkIn, kinds.question],
  async wanted(trx, lead, now) {
    const question = questionPlan(questionTime(await store.findQuestionTime(trx, lead.id), lead), lead, now);
    const { delegations, checkIns } = await store.findWithCheckIns(trx, lead.id);
    const asked = new Set(
      delegations.flatMap(({ id, state, personLeft }) => (state === 'open' && !personLeft ? [id] : [])),
    );
    const ahead = checkIns.filter(({ delegationId }) => asked.has(delegationId));
    return [...(question ? [question] : []), ...checkInPlans(ahead, lead, now)];
  },
};
