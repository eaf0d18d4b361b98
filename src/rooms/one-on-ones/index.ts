// The one-on-ones' room: whom a lead meets, what they bring to it, and what came of it.

import { button } from '../../slack/blocks.ts';
import { weekDays } from '../../time/weeks.ts';
import type { Room } from '../room.ts';
import { eraseNotes } from './feedback.store.ts';
import * as actions from './one-on-ones.actions.ts';
import { exportOneOnOnes } from './one-on-ones.export.ts';
import { keepTheirHours } from './one-on-ones.moving.steps.ts';
import { findAllSeries, findPeopleMet } from './one-on-ones.pages.steps.ts';
import { digestBlocks, homeBlocks } from './one-on-ones.pages.views.ts';
import { endForWhoLeft, tellOfReturn } from './one-on-ones.people.steps.ts';
import { leftBehindBlocks } from './one-on-ones.people.views.ts';
import { promptKinds, wantedOf } from './one-on-ones.plans.ts';
import { forgetRemoved } from './one-on-ones.points.steps.ts';
import { promptsOf } from './one-on-ones.prompts.ts';
import { eraseQuestions } from './one-on-ones.sealed.store.ts';
import { refillAll } from './one-on-ones.series.steps.ts';
import { commands, listen } from './one-on-ones.slack.ts';
import { erasePeople, findLeadsOf, findMeetings, findPerson, hasOwn } from './one-on-ones.store.ts';
import { type OneOnOneTools, stepOf } from './one-on-ones.tools.ts';

export const oneOnOnesRoom = (tools: OneOnOneTools): Room => ({
  name: 'one-on-ones',
  commands,
  settings: button('Questions for 1:1s', actions.questions),
  listen: (doors) => listen(doors, tools),
  prompts: promptsOf(tools),
  plans: {
    kinds: Object.values(promptKinds),
    async refill(trx, lead, now) {
      await refillAll(stepOf(tools, { trx, lead, now }));
      await forgetRemoved({ trx, lead, now });
    },
    wanted: async (trx, lead, now) => {
      const people = await findPeopleMet(stepOf(tools, { trx, lead, now }));
      return people.length === 0 ? [] : wantedOf(people, await findMeetings(trx, lead.id), lead, now);
    },
  },
  makesLead: hasOwn,
  movesOn: (trx, before, lead, now) => keepTheirHours(stepOf(tools, { trx, lead, now }), before),
  pages: {
    called: 'your 1:1s',
    command: '/oneonone',
    weight: 80,
    digest: async (trx, { lead, week, now }) =>
      digestBlocks(await findAllSeries(stepOf(tools, { trx, lead, now })), weekDays(week), { lead, now }),
    home: async (trx, lead, now) =>
      homeBlocks(await findAllSeries(stepOf(tools, { trx, lead, now })), { lead, now }),
    async leftBehind(trx, reader, leaverId) {
      const person = await findPerson(trx, reader.id, leaverId);
      return person?.ended?.why === 'left' ? leftBehindBlocks(person) : [];
    },
  },
  leavesOpenWith: findLeadsOf,
  personLeft: (trx, personId, now) => endForWhoLeft(tools, trx, personId, now),
  personBack: (trx, personId, now) => tellOfReturn(tools, trx, personId, now),
  export: (trx, owner) => exportOneOnOnes({ trx, sealer: tools.sealer, owner }),
  erase: async (trx, { leadId }) => {
    await eraseNotes(trx, leadId);
    await eraseQuestions(trx, leadId);
    await erasePeople(trx, leadId);
  },
});
