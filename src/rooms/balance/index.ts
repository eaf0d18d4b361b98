// The balance room: where the hours go.

import { button } from '../../slack/blocks.ts';
import { localDay } from '../../time/days.ts';
import { isoWeek } from '../../time/weeks.ts';
import type { Room } from '../room.ts';
import * as actions from './balance.actions.ts';
import { balancePlans } from './balance.plans.ts';
import { forgottenTimer } from './balance.prompts.ts';
import { commands, listen } from './balance.slack.ts';
import { findReport } from './balance.steps.ts';
import { eraseHours, findAllEntries, findCategories, findTimer, hasOwn } from './balance.store.ts';
import type { BalanceTools } from './balance.tools.ts';
import { nameOf } from './balance.views.ts';
import { homeBlocks, weekBlocks } from './balance.week.views.ts';

export const balanceRoom = (tools: BalanceTools): Room => ({
  name: 'balance',
  commands,
  settings: button('Your categories', actions.categories),
  listen: (doors) => listen(doors, tools),
  prompts: [forgottenTimer],
  plans: balancePlans,
  makesLead: hasOwn,
  pages: {
    called: 'your hours',
    command: '/logtime week',
    weight: 90,
    digestsAnyWeek: true,
    digest: async (trx, { week, ...at }) => weekBlocks(await findReport({ trx, ...at }, week), at),
    home: async (trx, lead, now) => {
      const step = { trx, lead, now };
      return homeBlocks(await findReport(step, isoWeek(localDay(now, lead.timeZone))), step);
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
