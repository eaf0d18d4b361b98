// The rule of the digest: when it falls due, which week it is about, and when it stays silent.

import type { Lead } from '../leads/leads.ts';
import type { Plan } from '../prompts/prompts.ts';
import { localDay, weekdayCodes } from '../time/days.ts';
import { nextOccurrence } from '../time/recurrence.ts';
import { type IsoWeek, isoWeek, previousWeek } from '../time/weeks.ts';

export const digestPrompt = 'digest';

/** Weekly on the lead's day at the lead's hour, by the lead's own clock, from the day they are in. */
export const digestPlan = (lead: Lead, now: Temporal.Instant): Plan => ({
  leadId: lead.id,
  kind: digestPrompt,
  destination: { dm: lead.id },
  when: {
    rule: `FREQ=WEEKLY;BYDAY=${weekdayCodes[lead.digestDay - 1]}`,
    starts: localDay(now, lead.timeZone).toPlainDateTime(lead.digestTime),
    timeZone: lead.timeZone,
  },
});

/** The first digest after a pause that holds the next one back; undefined while it comes as usual. */
export function digestAfterPause(lead: Lead, now: Temporal.Instant): Temporal.Instant | undefined {
  const { when } = digestPlan(lead, now);
  const { pausedUntil } = lead;
  if (!pausedUntil || !('rule' in when) || Temporal.Instant.compare(pausedUntil, now) <= 0) return undefined;
  return nextOccurrence(when, pausedUntil.subtract({ seconds: 1 }))?.at;
}

/**
 * The week a digest due then is about, however late it is sent: the one it falls in, or the one before where it comes
 * on the first working day or earlier and there is hardly anything yet to look back on.
 */
export function digestWeek(occurrence: Temporal.Instant, lead: Lead): IsoWeek {
  const day = localDay(occurrence, lead.timeZone);
  const begun = lead.workingDays.filter((weekday) => weekday <= day.dayOfWeek).length;
  const isBeginning = begun <= 1 && begun < lead.workingDays.length;
  return isBeginning ? previousWeek(isoWeek(day)) : isoWeek(day);
}
