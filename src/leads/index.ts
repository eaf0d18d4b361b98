// The leads' room: who the lead is, and how the others ask.

import type { Room } from '../rooms/room.ts';
import { commands, type LeadTools, listen } from './leads.slack.ts';
import { deleteLead, findMember } from './leads.store.ts';
import { pauseBlocks, zoneOfferBlocks } from './leads.views.ts';
import { leavingNotice } from './leaving.ts';

export { type Entry, entry, type MemberStep, type Step } from './enter.ts';

export const leadsRoom = (tools: LeadTools): Room => ({
  name: 'leads',
  commands,
  listen: (doors) => listen(doors, tools),
  prompts: [leavingNotice(tools)],
  pages: {
    called: 'your settings',
    command: '/keel settings',
    weight: 100,
    home: async (_trx, lead, now) => [...pauseBlocks(lead, now), ...zoneOfferBlocks(lead)],
  },
  export: async (trx, { leadId }) => {
    const lead = await findMember(trx, leadId);
    if (!lead) return [];
    const settings = {
      engineers: lead.engineers,
      target_percent: lead.targetPercent,
      time_zone: lead.timeZone,
      working_days: lead.workingDays.join(' '),
      workday_starts: lead.workdayStarts.toString(),
      workday_ends: lead.workdayEnds.toString(),
      digest_day: lead.digestDay,
      digest_time: lead.digestTime.toString(),
      holiday_region: lead.holidayRegion,
      prompts_per_day: lead.promptsPerDay,
      paused_until: lead.pausedUntil?.toString() ?? null,
      pauses: lead.pauses.map(({ from, until }) => `${from} to ${until}`).join(', '),
      set_up_at: lead.setUpAt?.toString() ?? null,
    };
    return [{ name: 'settings', rows: [settings] }];
  },
  erase: (trx, { leadId }) => deleteLead(trx, leadId),
});
