// `/oneonone` in all its forms, everybody the lead meets, a person's page and their notes.

import { type Answer, type Doors, inPlace } from '../../slack/doors.ts';
import { through } from '../../slack/through.ts';
import type { SlashCommand } from '../room.ts';
import { listenForFeedback } from './feedback.slack.ts';
import * as actions from './one-on-ones.actions.ts';
import * as forms from './one-on-ones.forms.ts';
import {
  listenForMeetings,
  move,
  openHeldForm,
  openKeptForm,
  openMoveForm,
  skip,
} from './one-on-ones.meetings.slack.ts';
import { nothingPlanned } from './one-on-ones.meetings.views.ts';
import { findAllSeries, findNoted, findPage } from './one-on-ones.pages.steps.ts';
import * as views from './one-on-ones.pages.views.ts';
import { type Command, parseCommand } from './one-on-ones.parse.ts';
import { addForm, changeForm } from './one-on-ones.people.forms.ts';
import { addSaid, end, listenForPeople } from './one-on-ones.people.slack.ts';
import { hasEnded, notMet } from './one-on-ones.people.views.ts';
import { listenForPoints, putOnAgenda } from './one-on-ones.points.slack.ts';
import { libraryForm, listenForQuestions } from './one-on-ones.questions.slack.ts';
import { refused } from './one-on-ones.refusals.ts';
import * as store from './one-on-ones.store.ts';
import { inOneStep, type OneOnOneStep, type OneOnOneTools, onceWith } from './one-on-ones.tools.ts';
import { heldOn, localNow, meetingMeant, nextMeeting, plannedOn } from './one-on-ones.ts';

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

export function listen(doors: Doors, tools: OneOnOneTools): void {
  const lead = through<[OneOnOneStep]>(doors, onceWith(tools));

  doors.command(
    '/oneonone',
    tools.leads.asLead(async (request) => {
      const command = parseCommand(request.text, localNow(request));
      if (command.kind !== 'add') return inOneStep(tools, request, (step) => answer(step, command));
      const profile = await request.profile(command.personId);
      return inOneStep(tools, request, (step) => addSaid(step, profile, command));
    }),
  );
  lead.action(actions.overview, async (step) => inPlace(await overview(step)));
  lead.action(actions.openPerson, async (step, { carried }) =>
    inPlace(await aboutPerson(step, { kind: 'person', ...carried })),
  );
  lead.action(actions.notes, async (step, { carried: { personId } }) => {
    const person = await store.findPerson(step.trx, step.lead.id, personId);
    if (!person) return { message: notMet(personId) };
    return { form: forms.notesForm(person, await findNoted(step, person), step) };
  });

  listenForPeople(doors, tools);
  listenForMeetings(doors, tools);
  listenForPoints(doors, tools);
  listenForQuestions(doors, tools);
  listenForFeedback(doors, tools);
}

async function answer(step: OneOnOneStep, command: Exclude<Command, { kind: 'add' }>): Promise<Answer> {
  switch (command.kind) {
    case 'help':
      return { message: views.help() };
    case 'refused':
      return { message: refused(command.problem) };
    case 'overview':
      return overview(step);
    case 'questions':
      return { form: await libraryForm(step) };
    case 'add-form':
      return { form: addForm(command.personId) };
    case 'end':
      return end(step, command.personId);
    default:
      return aboutPerson(step, command);
  }
}

async function overview(step: OneOnOneStep): Promise<Answer> {
  return { message: views.overview(await findAllSeries(step), step) };
}

type AboutPerson = Extract<Command, { kind: 'person' | 'change' | 'point' | 'held' | 'move' | 'skip' }>;

async function aboutPerson(step: OneOnOneStep, command: AboutPerson): Promise<Answer> {
  const person = await store.lockPerson(step.trx, step.lead.id, command.personId);
  if (!person) return { message: notMet(command.personId) };
  if (command.kind === 'person') return { message: views.personPage(await findPage(step, person), step) };
  if (person.ended) return { message: hasEnded(person) };
  const meetings = await store.findMeetings(step.trx, step.lead.id, person.id);
  const meant = meetingMeant(meetings, localNow(step));
  const meeting = meant ?? nextMeeting(meetings, localNow(step));
  switch (command.kind) {
    case 'change':
      return { form: changeForm(person) };
    case 'point':
      return command.words === undefined
        ? { form: forms.pointForm(person) }
        : putOnAgenda(step, person, command.words);
    case 'held': {
      const { day } = command;
      const planned = day ? plannedOn(meetings, day) : meant;
      const kept = heldOn(meetings, day ?? localNow(step).toPlainDate());
      // A second line about one conversation means what was kept of it.
      return planned || !kept
        ? openHeldForm(step, { person, meeting: planned, day })
        : openKeptForm(step, { person, meeting: kept });
    }
    case 'move':
      if (!meeting) return { message: nothingPlanned(person) };
      return command.to
        ? move(step, { person, meeting }, command.to)
        : openMoveForm(step, { person, meeting });
    case 'skip':
      return meeting ? skip(step, { person, meeting }, command.why) : { message: nothingPlanned(person) };
  }
}
