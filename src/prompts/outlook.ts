// When word to somebody would reach them: by their hours, their pause, and what their day has heard already.

import type { Tenant } from '../db/tenancy.ts';
import type { Member } from '../leads/leads.ts';
import { localDay } from '../time/days.ts';
import { nextWorkingMoment, workBegins, workingDayAfter } from '../time/working-days.ts';
import { budgetOf } from './prompts.store.ts';
import type { Outlook } from './prompts.ts';

/** How far ahead word to them may wait already. */
const daysAhead = 14;

/** As the rules will have it when it falls due, unless more important things come up for them meanwhile. */
export async function outlookFor(trx: Tenant, hearer: Member, now: Temporal.Instant): Promise<Outlook> {
  if (hearer.pausedUntil && Temporal.Instant.compare(hearer.pausedUntil, now) > 0) return { kind: 'paused' };
  const atWork = nextWorkingMoment(hearer, now);
  if (!atWork) return { kind: 'now' };
  const day = localDay(atWork, hearer.timeZone);
  const upTo = now.add({ hours: 24 * daysAhead });
  const { spent, waiting } = await budgetOf(trx, hearer.id, { day, upTo, but: null });
  const inLine = waiting.filter(({ towards }) => towards === 'other').length;
  const fullDays = Math.floor((spent + inLine) / hearer.promptsPerDay);
  if (fullDays === 0) {
    return atWork.equals(now) ? { kind: 'now' } : { kind: 'later', at: atWork, why: 'quiet-hours' };
  }
  let reached: Temporal.PlainDate | undefined = day;
  for (let left = fullDays; left > 0 && reached; left -= 1) reached = workingDayAfter(hearer, reached);
  return { kind: 'later', at: workBegins(hearer, reached ?? day), why: 'over-budget' };
}
