// The front door: `/oneonone` in all its forms, the overview, a person's page and their notes.

import type { Answer, Doors } from '../../slack/doors.ts';
import type { SlashCommand } from '../room.ts';
import { listenForFeedback } from './feedback.slack.ts';
import { asLead, findPage, findStandings, inPlace, type Knock, localOf } from './one-on-ones.desk.ts';
import * as forms from './one-on-ones.forms.ts';
import { listenForMeetings, moveMeeting, openHeldForm, skipMeeting } from './one-on-ones.meetings.slack.ts';
import { type Command, parseCommand } from './one-on-ones.parse.ts';
import { addByCommand, end, listenForPeople } from './one-on-ones.people.slack.ts';
import { addPoint, listenForPoints } from './one-on-ones.points.slack.ts';
import { listenForQuestions } from './one-on-ones.questions.slack.ts';
import { refused } from './one-on-ones.refusals.ts';
import { findMeetingWords, findShelf } from './one-on-ones.sealed.store.ts';
import { ownerOf, takeUpWhatRanOut } from './one-on-ones.steps.ts';
import * as store from './one-on-ones.store.ts';
import type { OneOnOneTools } from './one-on-ones.tools.ts';
import { type Meeting, meetingMeant, nextMeeting, type Person } from './one-on-ones.ts';
import * as views from './one-on-ones.views.ts';

export const commands: SlashCommand[] = [
  {
    command: '/oneonone',
    usageHint: 'add @someone every 2 weeks tuesday 10:00 | @someone | help',
    description: 'Your 1:1s: agenda before, notes and promises after, nobody forgotten',
  },
  {
    command: '/keel feedback',
    usageHint: '@someone',
    description: 'A private note of what you saw, for your next 1:1',
  },
];

const { ids } = views;

export function listen(doors: Doors, tools: OneOnOneTools): void {
  doors.command('/oneonone', async (request) => {
    const { lead } = await tools.leads.meet(request);
    const command = parseCommand(request.text, localOf({ lead, now: request.now }));
    return command.kind === 'add'
      ? addByCommand(tools, request, command)
      : asLead(tools, request, (knock) => answer(knock, tools, command));
  });

  doors.click(ids.overview, (request) =>
    asLead(tools, request, async (knock) => inPlace(await answer(knock, tools, { kind: 'overview' }))),
  );
  doors.click(ids.person, (request) =>
    asLead(tools, request, async (knock) =>
      inPlace(await answer(knock, tools, { kind: 'person', personId: request.value })),
    ),
  );
  doors.click(ids.notes, (request) =>
    asLead(tools, request, async (knock) => openNotes(knock, tools, request.value)),
  );

  listenForPeople(doors, tools);
  listenForMeetings(doors, tools);
  listenForPoints(doors, tools);
  listenForQuestions(doors, tools);
  listenForFeedback(doors, tools);
}

type Answerable = Exclude<Command, { kind: 'add' }>;

async function answer(knock: Knock, tools: OneOnOneTools, command: Answerable): Promise<Answer> {
  const { trx, reader } = knock;
  switch (command.kind) {
    case 'help':
      return { message: views.help() };
    case 'refused':
      return { message: refused(command.problem) };
    case 'overview':
      // A series that ran out while its lead was away is taken up again as soon as they look.
      await takeUpWhatRanOut(trx, tools, reader.lead, reader.now);
      return { message: views.overview(await findStandings(trx, reader.lead.id), reader) };
    case 'questions': {
      const shelf = await findShelf(trx, tools.sealer, ownerOf(reader.lead));
      return { form: forms.questionsForm('person', shelf, tools.sealer.available) };
    }
    case 'add-form':
      return { form: forms.personForm(command.personId ? { suggested: command.personId } : {}) };
    case 'end':
      return end(knock, tools, command.personId);
    default: {
      const person = await store.lockPerson(trx, reader.lead.id, command.personId);
      return person
        ? aboutPerson(knock, tools, command, person)
        : { message: views.notMet(command.personId) };
    }
  }
}

async function aboutPerson(
  knock: Knock,
  tools: OneOnOneTools,
  command: Extract<Answerable, { kind: 'person' | 'change' | 'point' | 'held' | 'move' | 'skip' }>,
  person: Person,
): Promise<Answer> {
  const { trx, reader } = knock;
  if (command.kind === 'person') {
    return { message: views.personPage(await findPage(trx, tools, person, reader), reader) };
  }
  if (person.ended) return { message: views.hasEnded(person) };
  const meetings = await store.findMeetings(trx, reader.lead.id, person.id);
  const local = localOf(reader);
  const current = meetingMeant(meetings, local) ?? nextMeeting(meetings, local);
  switch (command.kind) {
    case 'change':
      return { form: forms.personForm({ person }) };
    case 'point':
      return command.words === undefined
        ? { form: forms.pointForm(person) }
        : addPoint(knock, tools, person, command.words);
    case 'held': {
      const meeting = command.day ? plannedOn(meetings, command.day) : meetingMeant(meetings, local);
      return openHeldForm(knock, tools, person, meeting, undefined, undefined, command.day);
    }
    case 'move': {
      if (!current?.plannedFor) return { message: views.nothingPlanned(person) };
      if (command.to) return moveMeeting(knock, tools, { person, meeting: current }, command.to, undefined);
      const ahead = Temporal.PlainDateTime.compare(current.plannedFor, local) > 0;
      const initial = ahead
        ? current.plannedFor
        : local.add({ days: 1 }).withPlainTime(current.plannedFor.toPlainTime());
      return { form: forms.moveForm(person, { meetingId: current.id }, initial) };
    }
    case 'skip':
      return current?.plannedFor
        ? skipMeeting(knock, tools, { person, meeting: current }, command.why, undefined)
        : { message: views.nothingPlanned(person) };
  }
}

const plannedOn = (meetings: readonly Meeting[], day: Temporal.PlainDate): Meeting | undefined =>
  meetings.find(
    ({ state, plannedFor }) => state === 'planned' && plannedFor?.toPlainDate().equals(day) === true,
  );

async function openNotes({ trx, reader }: Knock, tools: OneOnOneTools, personId: string): Promise<Answer> {
  const person = await store.findPerson(trx, reader.lead.id, personId);
  if (!person) return { message: views.notMet(personId) };
  const meetings = await store.findMeetings(trx, reader.lead.id, person.id);
  const noted: views.Noted[] = [];
  for (const meeting of meetings.filter(({ state }) => state !== 'planned').toReversed()) {
    const words = await findMeetingWords(trx, tools.sealer, ownerOf(reader.lead), meeting.id);
    noted.push({ meeting, words });
  }
  return { form: forms.notesForm(person, noted, views.todayOf(reader)) };
}
