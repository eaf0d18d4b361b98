// The rule of the digest: when it falls due, which week it is about, and when it stays silent.

import type { Lead } from '../leads/leads.ts';
import type { Plan } from '../prompts/prompts.ts';
import { localDay } from '../time/days.ts';
import { type IsoWeek, isoWeek } from '../time/weeks.ts';

export const digestPrompt = 'digest';

/** RFC 5545 names of ISO weekdays. */
const weekdayCodes = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];

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

/** The week a digest due then is about: the one it falls in, however late it is sent. */
export const digestWeek = (occurrence: Temporal.Instant, lead: Lead): IsoWeek =>
  isoWeek(localDay(occurrence, lead.timeZone));
