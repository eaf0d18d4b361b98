// What is read about an agenda: the one brought before a 1:1, the lead's points on it, and the other one's.

import {
  aside,
  button,
  discreet,
  escaped,
  growing,
  mention,
  paragraph,
  quoted,
  row,
  say,
} from '../../slack/blocks.ts';
import type { Block, Message } from '../../slack/message.ts';
import { dayInWords, localDay } from '../../time/days.ts';
import { capital } from '../../words.ts';
import { type Commitment, isLate } from '../commitments/commitments.ts';
import type { FeedbackNote } from './feedback.ts';
import * as actions from './one-on-ones.actions.ts';
import { audienceOf } from './one-on-ones.choose.ts';
import {
  bulleted,
  meetingTime,
  onDay,
  plainName,
  type Reader,
  spanInWords,
  todayOf,
  who,
} from './one-on-ones.phrases.views.ts';
import type { Question } from './one-on-ones.questions.ts';
import type { Point } from './one-on-ones.sealed.store.ts';
import type { Delegated } from './one-on-ones.tools.ts';
import { instantOf, type Meeting, mostPoints, type Person } from './one-on-ones.ts';

/** What the two may talk about. */
export interface Agenda {
  promises: Commitment[];
  points: Point[];
  delegated: Delegated[];
  /** Feedback that was not given yet. */
  feedback: FeedbackNote[];
}

/** What is known when a meeting is near. */
export interface Preparation extends Agenda {
  person: Person;
  meeting: Meeting;
  last: Temporal.PlainDate | undefined;
  questions: Question[];
  /** The public holiday it falls on. */
  holiday: string | undefined;
}

export function beforeMessage(preparation: Preparation, reader: Reader, deliveryId?: string): Message {
  const { person, meeting, last, points, questions, holiday } = preparation;
  const plannedFor = meeting.plannedFor ?? todayOf(reader).toPlainDateTime();
  const when = capital(meetingTime(plannedFor, reader));
  const since = last ? last.until(plannedFor.toPlainDate()).days : undefined;
  const gap =
    since === undefined ? 'It is your first.' : since < 1 ? '' : `It has been ${spanInWords(since)}.`;
  const about = { about: meeting.id, deliveryId };
  return discreet(
    `${when}: your 1:1 with ${plainName(person)}. Open it for the agenda and three questions.`,
    paragraph(
      [
        `*${when}, ${who(person)}.* ${gap}`,
        holiday === undefined ? '' : `That day is a public holiday, ${escaped(holiday)}.`,
      ]
        .filter(Boolean)
        .join('\n'),
    ),
    ...promiseBlocks(preparation, reader),
    ...bulleted(
      '*To talk about*',
      points.map((one) => pointLine(one, reader)),
    ),
    ...delegatedBlocks(preparation, reader),
    ...feedbackBlocks(preparation),
    ...questionBlocks(questions, person),
    row(
      button('Add a point', actions.point, { personId: person.id, deliveryId }),
      button('Other questions', actions.otherQuestions, { meetingId: meeting.id, deliveryId }),
      button('Move it', actions.move, about),
      button('We won’t meet', actions.skip, about),
    ),
  );
}

export const promiseBlocks = ({ promises }: Agenda, reader: Reader): Block[] =>
  bulleted(
    '*Still open between you*',
    promises.map((one) => promiseLine(one, reader)),
  );

function promiseLine(commitment: Commitment, reader: Reader): string {
  const { owner, due } = commitment;
  const whose =
    owner.id === reader.lead.id
      ? 'You'
      : owner.id === null || owner.left
        ? escaped(owner.name)
        : mention(owner.id);
  const today = todayOf(reader);
  const when = isLate(commitment, today) ? `was due ${onDay(due, reader)}` : `by ${dayInWords(due, today)}`;
  return `${whose}: ${escaped(commitment.what)}, ${when}`;
}

export const pointLine = (point: Point, reader: Reader): string =>
  `${escaped(point.words)}${point.authorId === reader.lead.id ? '' : ' (from them)'}`;

export const delegatedBlocks = ({ delegated }: Agenda, reader: Reader): Block[] =>
  bulleted(
    '*They hold*',
    delegated.map(
      ({ what, level, since }) =>
        `*${quoted(what)}*, at “${escaped(level)}” since ${dayInWords(localDay(since, reader.lead.timeZone), todayOf(reader))}`,
    ),
  );

export const feedbackBlocks = ({ feedback }: Agenda): Block[] =>
  bulleted(
    '*Not told them yet*',
    feedback.map(
      ({ tone, behaviour }) =>
        `${tone === 'kind' ? 'Something good' : 'Something to change'}: ${escaped(behaviour)}`,
    ),
    4,
  );

function questionBlocks(questions: Question[], person: Person): Block[] {
  if (questions.length === 0) return [];
  const title =
    questions.length === 1
      ? '*A question that may fit*'
      : `*${numberWords[questions.length]} questions that may fit*`;
  const list = paragraph(
    [title, ...questions.map(({ text }, at) => `${at + 1}. ${escaped(text)}`)].join('\n'),
  );
  const isUp = audienceOf(person) === 'up';
  return isUp ? [list, aside('Yours to ask, since it is your turn to be led.')] : [list];
}

const numberWords = ['No', 'One', 'Two', 'Three'];

export const noOtherQuestions = (): Message =>
  say(
    'You have seen every question that has not been asked lately. Add one of your own, or bring back hidden ones.',
    button('Questions', actions.questions),
  );

export const pointKept = (person: Person, words: string, pointId: string): Message =>
  discreet(
    `On the agenda for your next 1:1 with ${plainName(person)}.`,
    paragraph(`On the agenda for ${who(person)}: “${escaped(words)}”. Only you see it.`),
    row(button('Take it back', actions.pointMenu, { choice: 'remove', pointId })),
  );

export const tooManyPoints = (person: Person): Message =>
  say(
    `${mostPoints} points are open with ${who(person)} already. Take some off the agenda first.`,
    button('Open it', actions.openPerson, { personId: person.id }),
  );

export const pointChanged = (person: Person): Message => say(`Changed, on the agenda for ${who(person)}.`);
export const pointRemoved = (pointId: string): Message =>
  say(
    'Taken off the agenda. It can be put back for a day.',
    button('Undo', actions.putPointBack, { pointId }),
  );
export const pointGone = (): Message =>
  say('That point is not on the agenda any more, so nothing was changed. `/oneonone` shows what is.');

/** To the other one: the only thing they are ever sent by this room. Times are theirs. */
export function invitation(
  about: {
    lead: Reader['lead'];
    person: Person;
    meeting: Meeting;
    points: Point[];
    /** A point they have just taken back. */
    removed?: string | undefined;
  },
  now: Temporal.Instant,
): Message {
  const { lead, person, meeting, points, removed } = about;
  const timeZone = person.timeZone ?? lead.timeZone;
  const local = instantOf(meeting.plannedFor!, lead).toZonedDateTimeISO(timeZone).toPlainDateTime();
  const when = meetingTime(local, { lead: { id: person.id, timeZone }, now });
  const carried = { leadId: lead.id, meetingId: meeting.id };
  return discreet(
    `Your 1:1 with ${mention(lead.id)}, ${when}: is there anything you would like to talk about?`,
    ...growing(
      points.map(({ id, words }) => [
        paragraph(
          `• ${escaped(words)}`,
          button('Take it back', actions.takeBackTheirs, { ...carried, pointId: id }),
        ),
      ]),
      (left) => `And ${left} more that you added.`,
      {
        before: [
          paragraph(
            `*You and ${mention(lead.id)} talk ${when}.* Is there anything you would like to talk about? You both see what you add here.`,
          ),
        ],
        after: [
          row(
            button(points.length > 0 ? 'Add another' : 'Add a point', actions.theirs, carried),
            ...(removed ? [button('Undo', actions.putTheirsBack, { ...carried, pointId: removed })] : []),
          ),
        ],
      },
    ).blocks,
  );
}

/** Names nobody: whoever clicks on an old invitation may no longer be part of it. */
export const invitationOver = (): Message =>
  say('That 1:1 is over or was called off, so nothing was added. Bring it up when you next talk.');

export const theirPointRemoved = (): Message => say('Taken off the agenda.');
export const theirPointGone = (): Message => say('That point is no longer open; nothing was changed.');
