// What this room asks the engine for: check-ins on their days, word between the two, and the weekly question.

import type { Tenant } from '../../db/tenancy.ts';
import type { Lead } from '../../leads/leads.ts';
import type { Prompts } from '../../prompts/prompts.ts';
import { localDay } from '../../time/days.ts';
import { type CheckIn, checkInAt, halfAnHourInto } from './delegation.check-ins.ts';
import type { QuestionTime } from './delegation.store.ts';
import type { Delegation, Side } from './delegation.ts';

export const kinds = {
  checkIn: 'delegation-check-in',
  toPerson: 'delegation-to-person',
  reply: 'delegation-reply',
  question: 'delegation-question',
} as const;

/** Plans every check-in still to come; those that were answered or whose day has passed are left alone. */
export async function planCheckIns(
  trx: Tenant,
  prompts: Prompts,
  lead: Lead,
  checkIns: readonly CheckIn[],
  now: Temporal.Instant,
): Promise<void> {
  const today = localDay(now, lead.timeZone);
  for (const checkIn of checkIns) {
    if (checkIn.answer !== null || Temporal.PlainDate.compare(checkIn.day, today) <= 0) continue;
    await prompts.plan(
      trx,
      {
        leadId: lead.id,
        kind: kinds.checkIn,
        subject: checkIn.id,
        destination: { dm: lead.id },
        when: { at: checkInAt(checkIn.day, lead) },
      },
      now,
    );
  }
}

export async function removeCheckIns(
  trx: Tenant,
  prompts: Prompts,
  leadId: string,
  checkIns: readonly CheckIn[],
  now: Temporal.Instant,
): Promise<void> {
  for (const checkIn of checkIns) {
    if (checkIn.answer === null) {
      await prompts.remove(trx, { leadId, kind: kinds.checkIn, subject: checkIn.id }, now);
    }
  }
}

/** What was said in this round; a later one has its own message, and makes this one's moot. */
export const subjectOf = ({ id, round }: Pick<Delegation, 'id' | 'round'>): string => `${id} ${round}`;

export function readSubject(subject: string): { id: string; round: number } {
  const [id = '', round = ''] = subject.split(' ');
  return { id, round: Number(round) };
}

/** Tells the other side what was just said about a level, now and once. */
export const planWord = (
  trx: Tenant,
  prompts: Prompts,
  leadId: string,
  delegation: Delegation,
  by: Side,
  now: Temporal.Instant,
): Promise<void> =>
  prompts.plan(
    trx,
    {
      leadId,
      kind: by === 'lead' ? kinds.toPerson : kinds.reply,
      subject: subjectOf(delegation),
      destination: { dm: by === 'lead' ? delegation.personId : leadId },
      when: { at: now },
    },
    now,
  );

/** Wednesday morning, unless the lead chose. */
export const usualQuestionTime = (lead: Lead): QuestionTime => ({
  asks: true,
  weekday: 3,
  time: halfAnHourInto(lead.workdayStarts),
});

/** RFC 5545 names of ISO weekdays. */
const weekdayCodes = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];

export async function planQuestion(
  trx: Tenant,
  prompts: Prompts,
  lead: Lead,
  { asks, weekday, time }: QuestionTime,
  now: Temporal.Instant,
): Promise<void> {
  if (!asks) return prompts.remove(trx, { leadId: lead.id, kind: kinds.question }, now);
  const today = localDay(now, lead.timeZone);
  await prompts.plan(
    trx,
    {
      leadId: lead.id,
      kind: kinds.question,
      destination: { dm: lead.id },
      when: {
        rule: `FREQ=WEEKLY;BYDAY=${weekdayCodes[weekday - 1]}`,
        starts: today.toPlainDateTime(time),
        timeZone: lead.timeZone,
      },
    },
    now,
  );
}
