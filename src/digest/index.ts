// The digest: the lead's week in a DM at the hour they chose, and on demand.

import type { Tenant } from '../db/tenancy.ts';
import type { LeadDesk } from '../leads/index.ts';
import type { Lead } from '../leads/leads.ts';
import type { Prompts } from '../prompts/prompts.ts';
import type { Room, Section, WeekView } from '../rooms/room.ts';
import { aside } from '../slack/blocks.ts';
import { localDay, weekdayName } from '../time/days.ts';
import { compareWeeks, isoWeek, parseWeek } from '../time/weeks.ts';
import { digestPlan, digestPrompt, digestWeek } from './digest.ts';
import * as views from './digest.views.ts';

export interface DigestTools {
  leads: LeadDesk;
  prompts: Prompts;
  /** The door behind which a lead changes when it comes. */
  settingsAction: string;
  /** Every room's part of that week; of a `past` one only what is about the week itself. */
  sections(trx: Tenant, view: WeekView, of?: 'now' | 'past'): Promise<Section[]>;
}

export const digestRoom = (tools: DigestTools): Room => ({
  name: 'digest',
  commands: [
    {
      command: '/keel week',
      usageHint: '[last | 2026-W47]',
      description: 'How a week divided, as in the digest',
    },
  ],

  listen(doors) {
    doors.command('/keel week', async (request) => {
      const { lead, note } = await tools.leads.meet(request);
      const reading = parseWeek(request.text, localDay(request.now, lead.timeZone));
      if (reading.kind === 'refused') {
        const words = reading.why === 'no-such-week' ? views.noSuchWeek : views.unknownWeek;
        return { message: words(request.text) };
      }
      const isPast = compareWeeks(reading.week, isoWeek(localDay(request.now, lead.timeZone))) < 0;
      const sections = await request.read((trx) =>
        tools.sections(trx, { lead, week: reading.week, now: request.now }, isPast ? 'past' : 'now'),
      );
      return views.digest(
        reading.week,
        note.length > 0 ? [...sections, { order: 1000, blocks: note }] : sections,
      );
    });
  },

  prompts: [
    {
      name: digestPrompt,
      title: 'Weekly digest',
      changedBehind: tools.settingsAction,
      importance: 80,
      counted: false,
      overBudget: 'next-working-day',
      // The lead chose the hour themselves.
      whenQuiet: 'send',
      usefulUntil: (occurrence) => occurrence.add({ hours: 24 }),
      async compose(trx, { lead, occurrence, now }) {
        const week = digestWeek(occurrence, lead);
        return { kind: 'say', ...views.digest(week, await tools.sections(trx, { lead, week, now })) };
      },
    },
  ],

  leadChanged: (trx, lead, now) => tools.prompts.plan(trx, digestPlan(lead, now), now),

  home: async (_trx, lead) => ({ order: 90, blocks: [aside(whenItComes(lead))] }),

  // What it says comes from the other rooms; what it plans belongs to the engine.
  export: async () => [],
  erase: async () => {},
});

/** `Your digest comes on Friday at 15:00.` */
function whenItComes(lead: Lead): string {
  const someMonday = Temporal.PlainDate.from('2026-01-05');
  const day = weekdayName(someMonday.add({ days: lead.digestDay - 1 }));
  return `Your digest comes on ${day} at ${lead.digestTime.toString({ smallestUnit: 'minute' })}.`;
}
