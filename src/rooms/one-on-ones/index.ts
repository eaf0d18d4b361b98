// The one-on-ones' room: whom a lead meets, what they bring to it, and what came of it.

import { button } from '../../slack/blocks.ts';
import { weekDays } from '../../time/weeks.ts';
import type { Room } from '../room.ts';
import { eraseNotes, findNotes } from './feedback.store.ts';
import * as actions from './one-on-ones.actions.ts';
import { findQuestion, preferenceFor } from './one-on-ones.choose.ts';
import { findAllSeries } from './one-on-ones.pages.steps.ts';
import { digestBlocks, homeBlocks } from './one-on-ones.pages.views.ts';
import { promptsOf } from './one-on-ones.prompts.ts';
import { eraseQuestions, findAllPoints, findMeetingWords, findShelf } from './one-on-ones.sealed.store.ts';
import { topUpAll } from './one-on-ones.series.steps.ts';
import { commands, listen } from './one-on-ones.slack.ts';
import { erasePeople } from './one-on-ones.store.ts';
import { type OneOnOneTools, stepOf } from './one-on-ones.tools.ts';
import { rhythmInWords } from './one-on-ones.ts';

export type { OneOnOneTools } from './one-on-ones.tools.ts';

export const oneOnOnesRoom = (tools: OneOnOneTools): Room => ({
  name: 'one-on-ones',
  commands,
  settings: button('Questions for 1:1s', actions.questions),
  listen: (doors) => listen(doors, tools),
  prompts: promptsOf(tools),
  // Their hours or zone may have changed, and with them every prompt that is still to come.
  leadChanged: (trx, lead, now) => topUpAll(stepOf(tools, { trx, lead, now })),
  pages: {
    called: 'your 1:1s',
    command: '/oneonone',
    weight: 80,
    digest: async (trx, { lead, week, now }) =>
      digestBlocks(await findAllSeries(trx, lead.id), weekDays(week), { lead, now }),
    home: async (trx, lead, now) => homeBlocks(await findAllSeries(trx, lead.id), { lead, now }),
  },
  export: async (trx, owner) => {
    const access = { trx, sealer: tools.sealer, owner };
    const all = await findAllSeries(trx, owner.leadId);
    const names = new Map(all.map(({ person }) => [person.id, person.name]));
    const nameOf = (personId: string): string => names.get(personId) ?? personId;
    const shelf = await findShelf(access);
    const textOf = (questionId: string): string => findQuestion(questionId, shelf)?.text ?? questionId;
    const meetings = [];
    for (const { person, meetings: theirs } of all) {
      for (const meeting of theirs) {
        const words = await findMeetingWords(access, meeting.id);
        meetings.push({
          with: person.name,
          planned_for: meeting.plannedFor?.toString() ?? null,
          state: meeting.state,
          held_on: meeting.heldOn?.toString() ?? null,
          times_moved: meeting.moved,
          themes: meeting.themes.join(', '),
          questions: [...meeting.replaced, ...meeting.questions].map(textOf).join(' '),
          notes: words.notes || null,
          mood: words.mood ?? null,
          skipped_because: words.skipReason || null,
        });
      }
    }
    const points = await findAllPoints(access);
    const feedback = await findNotes(access);
    return [
      {
        name: 'people you meet',
        rows: all.map(({ person }) => ({
          person: person.name,
          role: person.role,
          relation: person.relation,
          rhythm: rhythmInWords(person),
          minutes: person.minutes,
          reminded: person.leadTime,
          asked_for_points: person.invites,
          time_zone: person.timeZone,
          since: person.since.toString(),
          ended: person.ended?.on.toString() ?? null,
          ended_because: person.ended?.why ?? null,
        })),
      },
      { name: 'one-on-ones', rows: meetings },
      {
        name: 'agenda points',
        rows: points.map((point) => ({
          with: nameOf(point.personId),
          by: point.authorId === owner.leadId ? 'you' : nameOf(point.authorId),
          point: point.words,
          added_at: point.addedAt.toString(),
          done: point.closedIn !== null,
        })),
      },
      {
        name: 'questions',
        rows: [
          ...shelf.own.map(({ id, theme, text }) => ({
            question: text,
            theme,
            standing: preferenceFor(id, shelf),
          })),
          ...[...shelf.pinned, ...shelf.hidden]
            .filter((id) => !shelf.own.some((own) => own.id === id))
            .map((id) => ({
              question: textOf(id),
              theme: findQuestion(id, shelf)?.theme ?? null,
              standing: preferenceFor(id, shelf),
            })),
        ],
      },
      {
        name: 'feedback notes',
        rows: feedback.map((note) => ({
          about: note.personName,
          kind: note.tone,
          situation: note.situation,
          behaviour: note.behaviour,
          impact: note.impact,
          next: note.next,
          noted_at: note.notedAt.toString(),
          given_on: note.givenOn?.toString() ?? null,
        })),
      },
    ];
  },
  erase: async (trx, { leadId }) => {
    await eraseNotes(trx, leadId);
    await eraseQuestions(trx, leadId);
    await erasePeople(trx, leadId);
  },
});
