// The digest: the lead's week in a DM at the hour they chose, and on demand.

import type { Tenant } from '../db/tenancy.ts';
import type { Entry } from '../leads/index.ts';
import { settings } from '../leads/leads.actions.ts';
import { usefulFor } from '../prompts/prompts.ts';
import type { Section } from '../rooms/page.ts';
import type { Room, WeekView } from '../rooms/room.ts';
import { button } from '../slack/blocks.ts';
import { localDay } from '../time/days.ts';
import { compareWeeks, isoWeek, parseWeek } from '../time/weeks.ts';
import { digestAfterPause, digestPlan, digestPrompt, digestWeek } from './digest.ts';
import * as views from './digest.views.ts';

interface DigestTools {
  leads: Entry;
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
    doors.command(
      '/keel week',
      tools.leads.onceAsLead(async ({ trx, lead, now }, { text }) => {
        const today = localDay(now, lead.timeZone);
        const reading = parseWeek(text, today);
        if (reading.kind === 'refused') {
          const words = reading.why === 'no-such-week' ? views.noSuchWeek : views.unknownWeek;
          return { message: words(text) };
        }
        const { week } = reading;
        const of = compareWeeks(week, isoWeek(today)) < 0 ? 'past' : 'now';
        return views.digest(week, await tools.sections(trx, { lead, week, now }, of));
      }),
    );
  },

  prompts: [
    {
      kind: 'question',
      name: digestPrompt,
      title: 'Weekly digest',
      changedBehind: button('Open the settings', settings),
      importance: 80,
      // The lead chose the hour themselves.
      overBudget: 'send',
      whenQuiet: 'at-its-hour',
      usefulUntil: usefulFor({ days: 1 }),
      async compose(trx, { lead, occurrence, now }) {
        const week = digestWeek(occurrence, lead);
        return { kind: 'say', ...views.digest(week, await tools.sections(trx, { lead, week, now })) };
      },
    },
  ],

  plans: { kinds: [digestPrompt], wanted: async (_trx, lead, now) => [digestPlan(lead, now)] },

  pages: {
    called: 'when your digest comes',
    command: '/keel settings',
    weight: 30,
    home: async (_trx, lead, now) => [views.whenItComes(lead, digestAfterPause(lead, now), now)],
  },

  // What it says comes from the other rooms; what it plans belongs to the engine.
  export: async () => [],
  erase: async () => {},
});
