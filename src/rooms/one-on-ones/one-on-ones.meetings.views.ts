// What is read about one meeting: how it was, when the next could be, and what became of it.

import type { Button } from '@slack/types';
import { needsKeys } from '../../db/sealed.ts';
import { button, confirmation, discreet, escaped, paragraph, row, say, shorten } from '../../slack/blocks.ts';
import type { Message } from '../../slack/message.ts';
import { formatDuration } from '../../time/durations.ts';
import { capital, listInWords } from '../../words.ts';
import * as actions from './one-on-ones.actions.ts';
import {
  counted,
  meetingTime,
  onDay,
  plainName,
  type Reader,
  spanInWords,
  who,
} from './one-on-ones.phrases.views.ts';
import { type Meeting, type Person, rhythmInWords } from './one-on-ones.ts';

const timeOf = ({ plannedFor }: Meeting, reader: Reader): string =>
  plannedFor ? meetingTime(plannedFor, reader) : 'today';

export function afterMessage(person: Person, meeting: Meeting, reader: Reader, deliveryId: string): Message {
  const about = { about: meeting.id, deliveryId };
  return say(
    `*How was your 1:1 with ${who(person)}?* It was planned for ${timeOf(meeting, reader)}. What did you promise each other?`,
    button('It happened', actions.happened, about, { style: 'primary' }),
    button('Moved', actions.move, about),
    button('We didn’t meet', actions.skip, about),
  );
}

/** Times that suit both, with the ways around them. */
export interface Offers {
  person: Person;
  /** Since they last talked. */
  days: number;
  times: Temporal.PlainDateTime[];
}

export function overdueMessage(offers: Offers, reader: Reader, deliveryId: string): Message {
  const { person, days } = offers;
  return say(
    `*I know of no 1:1 with ${who(person)} for ${spanInWords(days)}.* You had meant to meet ${rhythmInWords(person)}. ${offered(offers)}`,
    ...offerButtons(offers, reader, deliveryId),
    button('We did talk', actions.happened, { about: person.id, deliveryId }),
    button('Leave it', actions.leaveIt, { personId: person.id, deliveryId }),
  );
}

export const timesMessage = (offers: Offers, reader: Reader): Message =>
  say(`*Your next 1:1 with ${who(offers.person)}.* ${offered(offers)}`, ...offerButtons(offers, reader));

const offered = ({ times, person }: Offers): string =>
  times.length === 0
    ? 'Your working hours and theirs do not meet this week or next, so one of you would have to stretch. Which day would do?'
    : person.timeZone === null
      ? 'These times are inside your working hours; I do not know theirs.'
      : 'These times are inside both your working hours, taking theirs as 9:00 to 17:00.';

const offerButtons = ({ times, person }: Offers, reader: Reader, deliveryId?: string): Button[] => [
  ...times.map((time) =>
    button(capital(meetingTime(time, reader)), actions.book, {
      personId: person.id,
      to: asCarried(time),
      deliveryId,
    }),
  ),
  button(times.length === 0 ? 'Choose a time' : 'Another time', actions.move, {
    about: person.id,
    deliveryId,
  }),
];

const asCarried = (time: Temporal.PlainDateTime): string => time.toString({ smallestUnit: 'minute' });

interface WithWhom {
  person: Person;
  meeting: Meeting;
}

export function booked({ person, meeting }: WithWhom, to: Temporal.PlainDateTime, reader: Reader): Message {
  const from = meeting.plannedFor;
  const carried = from && { meetingId: meeting.id, to: asCarried(from) };
  return say(
    `Your 1:1 with ${who(person)} is now ${meetingTime(to, reader)}, and what follows moves along. I cannot see calendars: the invitation is yours to change.`,
    ...(carried ? [button('Move it back', actions.moveBack, carried)] : []),
  );
}

export const movedBack = (person: Person, to: Temporal.PlainDateTime, reader: Reader): Message =>
  say(`Back to ${meetingTime(to, reader)} with ${who(person)}.`);

/** What was kept of a conversation. */
export interface Kept {
  meeting: Meeting;
  promises: number;
  points: number;
  /** What was open between the two and is behind them. */
  settled: { promises: number; delegated: number; feedback: number };
  /** Minutes logged now; 0: none. */
  logged: number;
  notLogged: 'logged-before' | 'day-full' | 'no-category' | undefined;
  next: Meeting | undefined;
}

const notLoggedWords = {
  'logged-before': 'Time for it was logged already, so I did not log it again.',
  'day-full': 'That day has no room for more time, so none was logged; `/logtime edit` shows what it holds.',
  'no-category': 'You have put away the category for 1:1s, so no time was logged.',
};

export function keptMessage(person: Person, kept: Kept, reader: Reader): Message {
  const { meeting, promises, points, settled, logged, notLogged, next } = kept;
  const facts = [
    promises > 0 ? `${counted(promises, 'promise')} made` : '',
    settled.promises > 0 ? `${counted(settled.promises, 'promise')} kept` : '',
    points > 0 ? `${counted(points, 'point')} done` : '',
    settled.delegated > 0 ? `${counted(settled.delegated, 'thing')} they held done` : '',
    settled.feedback > 0 ? 'feedback told' : '',
    logged > 0 ? `${formatDuration(logged)} logged` : '',
  ].filter(Boolean);
  return discreet(
    `Kept: your 1:1 with ${plainName(person)}.`,
    paragraph(
      [
        `*Kept.* You and ${who(person)} talked ${onDay(meeting.heldOn!, reader)}${facts.length > 0 ? `: ${facts.join(', ')}` : ''}.`,
        next?.plannedFor ? `Next: ${meetingTime(next.plannedFor, reader)}.` : '',
        notLogged ? notLoggedWords[notLogged] : '',
      ]
        .filter(Boolean)
        .join(' '),
    ),
    row(
      button('Edit', actions.editHeld, { meetingId: meeting.id }),
      button(
        'Undo',
        actions.undoHeld,
        { meetingId: meeting.id },
        {
          confirm: confirmation(
            'Take it back?',
            'The notes of it go, and so does the time logged with it. What you ticked as done is open again. What you promised stays in /keel commitments.',
            'Take it back',
          ),
        },
      ),
    ),
  );
}

/** What became of what was ticked in the form of a 1:1 that is taken back. */
export interface Unticked {
  opened: string[];
  /** Notes of feedback that count as not told. */
  feedback: number;
  /** Closed still, or open already: somebody changed it since. */
  stays: string[];
}

export function heldUndone(person: Person, { opened, feedback, stays }: Unticked): Message {
  const told = feedback > 0 ? ['feedback you had told them'] : [];
  const again = [...named(opened), ...told];
  return discreet(
    `Taken back: that 1:1 with ${plainName(person)} counts as not held yet.`,
    paragraph(
      [
        `Taken back: that 1:1 with ${who(person)} counts as not held yet.`,
        again.length > 0 ? `Open again: ${listInWords(again)}.` : '',
        stays.length > 0
          ? `Changed since, so ${stays.length === 1 ? 'it stays as it is' : 'they stay as they are'}: ${listInWords(named(stays))}.`
          : '',
        'What you promised each other stays in `/keel commitments`.',
      ]
        .filter(Boolean)
        .join(' '),
    ),
  );
}

const named = (things: readonly string[]): string[] =>
  things.map((what) => `“${escaped(shorten(what, 100))}”`);

/** `reasonLost`: a reason was given that cannot be sealed, and so is not kept. */
export const skipped = (
  person: Person,
  meeting: Meeting,
  { next, reasonLost }: { next: Meeting | undefined; reasonLost: boolean },
  reader: Reader,
): Message =>
  say(
    [
      `Skipped: your 1:1 with ${who(person)}, ${timeOf(meeting, reader)}.`,
      next?.plannedFor ? `The next one is ${meetingTime(next.plannedFor, reader)}.` : '',
      reasonLost ? `The reason is not kept. ${needsKeys}` : '',
    ]
      .filter(Boolean)
      .join(' '),
    button('Undo', actions.undoSkip, { meetingId: meeting.id }),
  );

export const skipUndone = ({ person, meeting }: WithWhom, reader: Reader): Message =>
  say(`Not skipped: your 1:1 with ${who(person)}, ${timeOf(meeting, reader)}.`);

export const reasonKept = (person: Person): Message =>
  say(`Noted, for you alone, with your history of ${who(person)}.`);

/** An old button: what it was about has been settled, and how. */
export function settled({ person, meeting }: WithWhom, reader: Reader): Message {
  const { state, plannedFor, heldOn } = meeting;
  const what = {
    planned: plannedFor ? `is planned for ${meetingTime(plannedFor, reader)}` : 'is planned',
    held: heldOn ? `took place ${onDay(heldOn, reader)}` : 'took place',
    skipped: 'was skipped',
    lapsed: 'was passed over when a later one took place',
  }[state];
  return say(
    `That 1:1 with ${who(person)} ${what}, so nothing was changed.`,
    button('Open it', actions.openPerson, { personId: person.id }),
  );
}

export const meetingGone = (): Message =>
  say('That 1:1 is not planned any more, so nothing was changed. `/oneonone` shows what is.');

export const nothingPlanned = (person: Person): Message =>
  say(
    `Nothing is planned with ${who(person)}.`,
    button('Change the rhythm', actions.change, { personId: person.id }),
  );
