// The balance room: where the hours go.

import { localDay } from '../../time/days.ts';
import { isoWeek } from '../../time/weeks.ts';
import type { Room } from '../room.ts';
import { forgottenTimer } from './balance.prompts.ts';
import { type BalanceTools, commands, listen } from './balance.slack.ts';
import { eraseHours, findAllEntries, findCategories, findTimer } from './balance.store.ts';
import { ids, nameOf } from './balance.views.ts';
import { findReport, homeBlocks, weekBlocks } from './balance.week.ts';

export const balanceRoom = (tools: BalanceTools): Room => ({
  name: 'balance',
  commands,
  settings: { label: 'Your categories', actionId: ids.categories },
  listen: (doors) => listen(doors, tools),
  prompts: [forgottenTimer],
  pages: {
    called: 'your hours',
    command: '/logtime week',
    weight: 90,
    digestsAnyWeek: true,
    digest: async (trx, { lead, week, now }) => weekBlocks(await findReport(trx, week, lead, now), lead, now),
    home: async (trx, lead, now) => {
      const week = isoWeek(localDay(now, lead.timeZone));
      return homeBlocks(await findReport(trx, week, lead, now), lead, now);
    },
  },
  export: async (trx, owner) => {
    const categories = await findCategories(trx, owner);
    const entries = await findAllEntries(trx, owner.leadId);
    const timer = await findTimer(trx, owner.leadId);
    return [
      {
        name: 'time entries',
        rows: entries.map((entry) => ({
          day: entry.day.toString(),
          minutes: entry.minutes,
          category: nameOf(entry.categoryId, categories),
          side: entry.side,
          people: entry.people.join(' '),
          note: entry.note,
          starts_at: entry.startsAt?.toString() ?? null,
          ends_at: entry.endsAt?.toString() ?? null,
          logged_at: entry.loggedAt.toString(),
        })),
      },
      {
        name: 'categories',
        rows: categories.map(({ name, side, aliases, archived }) => ({
          name,
          side,
          aliases: aliases.join(', '),
          put_away: archived,
        })),
      },
      {
        name: 'timer',
        rows: timer
          ? [{ category: nameOf(timer.categoryId, categories), started_at: timer.startedAt.toString() }]
          : [],
      },
    ];
  },
  erase: (trx, { leadId }) => eraseHours(trx, leadId),
});
