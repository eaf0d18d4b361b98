// The retrospectives' room: a team looks back in its channel, and something comes of it.

import { weekBounds } from '../../time/weeks.ts';
import type { Room } from '../room.ts';
import { formatOf } from './retros.formats.ts';
import { retroPlans } from './retros.plans.ts';
import { retroPrompts } from './retros.prompts.ts';
import { findOverview } from './retros.rhythm.steps.ts';
import {
  digestBlocks,
  homeBlocks,
  pastInWords,
  rhythmInWords,
  toAnswerBlocks,
} from './retros.rhythm.views.ts';
import { commands, listen, type RetroTools } from './retros.slack.ts';
import * as store from './retros.store.ts';
import { tellChannels } from './retros.succession.steps.ts';
import { takesAnswers } from './retros.ts';

export const retrosRoom = (tools: RetroTools): Room => ({
  name: 'retros',
  commands,
  listen: (doors) => listen(doors, tools),
  prompts: retroPrompts(tools),
  plans: retroPlans,
  makesLead: store.hasOwn,
  movesOn: (trx, before) => store.keepZone(trx, before.id, before.timeZone),
  pages: {
    called: 'retrospectives',
    command: '/retro',
    weight: 40,
    digest: async (trx, { lead, week }) => {
      const { start, end } = weekBounds(week, lead.timeZone);
      const ofWeek = (await store.findRetrosOf(trx, lead.id)).filter(
        ({ openedAt }) =>
          Temporal.Instant.compare(openedAt, start) >= 0 && Temporal.Instant.compare(openedAt, end) < 0,
      );
      return digestBlocks(ofWeek, lead.timeZone);
    },
    placesThatWait: async (trx) => (await store.findOpen(trx)).map(({ channelId }) => channelId),
    received: async (trx, { timeZone }, { now, places }) =>
      toAnswerBlocks(
        (await store.findOpen(trx)).filter(
          (retro) => takesAnswers(retro, now) && places.has(retro.channelId),
        ),
        timeZone,
      ),
    home: async (trx, lead, now) => homeBlocks(await findOverview(trx, lead, now), lead.timeZone),
  },
  personLeft: (trx, personId, now) => tellChannels({ ...tools, trx, now }, personId),
  export: async (trx, { leadId }) => {
    const rhythms = await store.findRhythmsOf(trx, leadId);
    const retros = await store.findRetrosOf(trx, leadId);
    const own = await store.findNamedItemsOf(trx, leadId);
    return [
      {
        name: 'retrospective rhythms',
        rows: rhythms.map((series) => ({
          channel: series.channelId,
          rhythm: rhythmInWords(series),
          format: series.formatId,
          anonymous: series.anonymous,
          open_working_days: series.openDays,
        })),
      },
      {
        name: 'retrospectives',
        rows: retros.map((retro) => ({
          opened_at: retro.openedAt.toString(),
          channel: retro.channelId,
          format: formatOf(retro.formatId).name,
          anonymous: retro.anonymous,
          answered: retro.answered,
          voted: retro.voted,
          outcome: pastInWords(retro),
        })),
      },
      {
        name: 'what you wrote in retrospectives under your name',
        rows: own.map((item) => ({
          opened_at: item.openedAt.toString(),
          question: formatOf(item.formatId).questions[item.question]?.asks ?? '',
          words: item.words,
        })),
      },
    ];
  },
  erase: (trx, { leadId }) => store.eraseRetros(trx, leadId),
});
