// What is read about 1:1s: before one, after one, when one is overdue, a person's page, and the overview.

import type { Button } from '@slack/types';
import { needsKeys } from '../../db/sealed.ts';
import type { Lead } from '../../leads/leads.ts';
import {
  aside,
  button,
  confirmation,
  divider,
  escaped,
  mention,
  overflow,
  paragraph,
  paragraphs,
  quoted,
  row,
  say,
  shorten,
} from '../../slack/blocks.ts';
import type { Block, Message } from '../../slack/message.ts';
import { dayInWords, localDay } from '../../time/days.ts';
import { formatDuration } from '../../time/durations.ts';
import { capital, listInWords } from '../../words.ts';
import type { Commitment } from '../commitments/commitments.ts';
import type { FeedbackNote } from './feedback.ts';
import { audienceOf } from './one-on-ones.choose.ts';
import { type Question, themes } from './one-on-ones.questions.ts';
import type { MeetingWords, Point } from './one-on-ones.sealed.store.ts';
import type { Held } from './one-on-ones.tools.ts';
import {
  instantOf,
  isOverdue,
  lastHeld,
  type Meeting,
  meetingMeant,
  nextMeeting,
  type Person,
  rhythmInWords,
  themesSpokenOf,
} from './one-on-ones.ts';

/** The ids of this room's doors. Values are ids joined by commas. */
export const ids = {
  overview: 'one-on-ones.overview',
  add: 'one-on-ones.add',
  addForm: 'one-on-ones.add-form',
  undoAdd: 'one-on-ones.undo-add',
  change: 'one-on-ones.change',
  changeForm: 'one-on-ones.change-form',
  end: 'one-on-ones.end',
  takeUp: 'one-on-ones.take-up',
  person: 'one-on-ones.person',
  more: 'one-on-ones.more',
  notes: 'one-on-ones.notes',
  point: 'one-on-ones.point',
  pointForm: 'one-on-ones.point-form',
  pointMenu: 'one-on-ones.point-menu',
  others: 'one-on-ones.other-questions',
  happened: 'one-on-ones.happened',
  heldForm: 'one-on-ones.held-form',
  editHeld: 'one-on-ones.edit-held',
  editHeldForm: 'one-on-ones.edit-held-form',
  undoHeld: 'one-on-ones.undo-held',
  move: 'one-on-ones.move',
  moveForm: 'one-on-ones.move-form',
  moveBack: 'one-on-ones.move-back',
  skip: 'one-on-ones.skip',
  skipForm: 'one-on-ones.skip-form',
  undoSkip: 'one-on-ones.undo-skip',
  findTime: 'one-on-ones.find-time',
  book: 'one-on-ones.book',
  leaveIt: 'one-on-ones.leave-it',
  questions: 'one-on-ones.questions',
  theme: 'one-on-ones.theme',
  standing: 'one-on-ones.standing',
  questionForm: 'one-on-ones.question-form',
  theirs: 'one-on-ones.theirs',
  theirsForm: 'one-on-ones.theirs-form',
  takeBackTheirs: 'one-on-ones.take-back-theirs',
} as const;

/** Who reads, and when. */
export interface Reader {
  lead: Lead;
  now: Temporal.Instant;
}

export const todayOf = ({ lead, now }: Reader): Temporal.PlainDate => localDay(now, lead.timeZone);

/**
 * A message with sealed words in its blocks. Its text is what lights up on a locked phone and lies in notification
 * logs, so it says what the message is about and none of those words.
 */
export const discreet = (text: string, ...blocks: (Block | undefined)[]): Message => ({
  text: shorten(text, 4000),
  blocks: blocks.filter((block) => block !== undefined).slice(0, 49),
});

/** `<@U1>`; the name of somebody who left, since a mention of them would say nothing. */
export const who = (person: Pick<Person, 'id' | 'name' | 'ended'>): string =>
  person.ended?.why === 'left' ? escaped(person.name) : mention(person.id);

const clock = (time: Temporal.PlainTime): string => time.toString({ smallestUnit: 'minute' });

/** `tomorrow 10:00`, `Tue 24 Nov 10:00` */
export const momentInWords = (local: Temporal.PlainDateTime, today: Temporal.PlainDate): string =>
  `${dayInWords(local.toPlainDate(), today)} ${clock(local.toPlainTime())}`;

/** `on Thursday`, but `today`. For a day that has been. */
export function onDay(day: Temporal.PlainDate, today: Temporal.PlainDate): string {
  const words = dayInWords(day, today);
  if (/^(today|yesterday|tomorrow)$/.test(words)) return words;
  return `on ${words}`;
}

/** `4 weeks`, `1 week`, `5 days` */
export function spanInWords(days: number): string {
  const [count, unit] = days >= 14 || days === 7 ? [Math.floor(days / 7), 'week'] : [days, 'day'];
  return count === 1 ? `1 ${unit}` : `${count} ${unit}s`;
}

const relationWords: Record<Person['relation'], string> = {
  report: '',
  peer: 'a peer',
  'skip-level': 'a skip-level',
  manager: 'your manager',
  mentor: 'your mentor',
};

/** `designer`, `your manager`; empty where the lead said nothing. */
const roleInWords = ({ role, relation }: Person): string =>
  [role === null ? '' : escaped(role), relationWords[relation]].filter(Boolean).join(', ');

/** Bulleted lines in one paragraph: each kept short, the rest counted. */
function bulleted(title: string, lines: string[], most = 8): Block[] {
  if (lines.length === 0) return [];
  const more = lines.length > most ? [`• and ${lines.length - most} more`] : [];
  return [
    paragraph([title, ...lines.slice(0, most).map((line) => `• ${shorten(line, 300)}`), ...more].join('\n')),
  ];
}

export const promiseLine = (commitment: Commitment, reader: Reader): string => {
  const today = todayOf(reader);
  const late = Temporal.PlainDate.compare(commitment.due, today) < 0;
  const whose =
    commitment.owner.id === reader.lead.id
      ? 'You'
      : commitment.owner.id === null || commitment.owner.left
        ? escaped(commitment.owner.name)
        : mention(commitment.owner.id);
  const when = late ? `was due ${onDay(commitment.due, today)}` : `by ${dayInWords(commitment.due, today)}`;
  return `${whose}: ${escaped(commitment.what)}, ${when}`;
};

const pointLine = (point: Point, reader: Reader): string =>
  `${escaped(point.words)}${point.authorId === reader.lead.id ? '' : ' (from them)'}`;

const heldLine = ({ what, level, since }: Held, reader: Reader): string =>
  `*${quoted(what)}*, at “${escaped(level)}” since ${dayInWords(localDay(since, reader.lead.timeZone), todayOf(reader))}`;

const feedbackLine = ({ tone, behaviour }: FeedbackNote): string =>
  `${tone === 'kind' ? 'Something good' : 'Something to change'}: ${escaped(behaviour)}`;

/** What is known when a meeting is near. */
export interface Preparation {
  person: Person;
  meeting: Meeting;
  last: Temporal.PlainDate | undefined;
  promises: Commitment[];
  points: Point[];
  held: Held[];
  /** Feedback that was not given yet. */
  feedback: FeedbackNote[];
  questions: Question[];
  /** The public holiday it falls on. */
  holiday: string | undefined;
}

export function beforeMessage(preparation: Preparation, reader: Reader, deliveryId?: string): Message {
  const { person, meeting, last, promises, points, held, feedback, questions, holiday } = preparation;
  const today = todayOf(reader);
  const plannedFor = meeting.plannedFor ?? today.toPlainDateTime();
  const when = capital(momentInWords(plannedFor, today));
  const since = last ? last.until(plannedFor.toPlainDate()).days : undefined;
  const gap =
    since === undefined ? 'It is your first.' : since < 1 ? '' : `It has been ${spanInWords(since)}.`;
  const value = joined(meeting.id, deliveryId);
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
    ...bulleted(
      '*Still open between you*',
      promises.map((one) => promiseLine(one, reader)),
    ),
    ...bulleted(
      '*To talk about*',
      points.map((one) => pointLine(one, reader)),
    ),
    ...bulleted(
      '*They hold*',
      held.map((one) => heldLine(one, reader)),
    ),
    ...bulleted('*Not told them yet*', feedback.map(feedbackLine), 4),
    ...questionBlocks(questions, person),
    row(
      button('Add a point', ids.point, { value: joined(person.id, deliveryId) }),
      button('Other questions', ids.others, { value }),
      button('Move it', ids.move, { value }),
      button('Skip it', ids.skip, { value }),
    ),
  );
}

function questionBlocks(questions: Question[], person: Person): Block[] {
  if (questions.length === 0) return [];
  const title =
    questions.length === 1
      ? '*A question that may fit*'
      : `*${numberWords[questions.length]} questions that may fit*`;
  const own =
    audienceOf(person) === 'up' ? aside('Yours to ask, since it is your turn to be led.') : undefined;
  const list = paragraph(
    [title, ...questions.map(({ text }, at) => `${at + 1}. ${escaped(text)}`)].join('\n'),
  );
  return own ? [list, own] : [list];
}

const numberWords = ['No', 'One', 'Two', 'Three'];

/** A name for a notification, where a mention would show as an id. */
export const plainName = ({ name }: Pick<Person, 'name'>): string => escaped(name);

export const afterMessage = (
  person: Person,
  meeting: Meeting,
  reader: Reader,
  deliveryId: string,
): Message => {
  const value = joined(meeting.id, deliveryId);
  const when = meeting.plannedFor ? momentInWords(meeting.plannedFor, todayOf(reader)) : 'today';
  return say(
    `*How was your 1:1 with ${who(person)}?* It was planned for ${when}. What did you promise each other?`,
    button('It happened', ids.happened, { value, style: 'primary' }),
    button('Moved', ids.move, { value }),
    button('Skipped', ids.skip, { value }),
  );
};

/** Times that suit both, with the ways around them. */
export interface Offers {
  person: Person;
  days: number;
  times: Temporal.PlainDateTime[];
}

export function overdueMessage({ person, days, times }: Offers, reader: Reader, deliveryId: string): Message {
  const meant = `You had meant to meet ${rhythmInWords(person)}.`;
  return say(
    `*You and ${who(person)} have not talked for ${spanInWords(days)}.* ${meant} ${offered(times, person)}`,
    ...offerButtons(times, person, reader, deliveryId),
    button('We did talk', ids.happened, { value: joined(person.id, deliveryId) }),
    button('Leave it', ids.leaveIt, { value: joined(person.id, deliveryId) }),
  );
}

export const timesMessage = ({ person, times }: Offers, reader: Reader): Message =>
  say(
    `*Your next 1:1 with ${who(person)}.* ${offered(times, person)}`,
    ...offerButtons(times, person, reader),
  );

const offered = (times: Temporal.PlainDateTime[], person: Person): string =>
  times.length === 0
    ? 'Your working hours and theirs do not meet this week or next, so one of you would have to stretch. Which day would do?'
    : person.timeZone === null
      ? 'These times are inside your working hours; I do not know theirs.'
      : 'These times are inside both your working hours, taking theirs as 9:00 to 17:00.';

const offerButtons = (
  times: Temporal.PlainDateTime[],
  person: Person,
  reader: Reader,
  deliveryId?: string,
): Button[] => [
  ...times.map((time, at) =>
    button(capital(momentInWords(time, todayOf(reader))), `${ids.book}:${at}`, {
      value: joined(person.id, time.toString({ smallestUnit: 'minute' }), deliveryId),
    }),
  ),
  button(times.length === 0 ? 'Choose a time' : 'Another time', ids.move, {
    value: joined(person.id, deliveryId),
  }),
];

export const joined = (...parts: (string | undefined)[]): string => parts.filter(Boolean).join(',');

export const booked = (
  person: Person,
  meeting: Meeting,
  from: Temporal.PlainDateTime | null,
  reader: Reader,
): Message =>
  say(
    `Your 1:1 with ${who(person)} is now ${momentInWords(meeting.plannedFor!, todayOf(reader))}, and what follows moves along. I cannot see calendars: the invitation is yours to change.`,
    ...(from
      ? [
          button('Move it back', ids.moveBack, {
            value: joined(meeting.id, from.toString({ smallestUnit: 'minute' })),
          }),
        ]
      : []),
  );

export const movedBack = (person: Person, meeting: Meeting, reader: Reader): Message =>
  say(`Back to ${momentInWords(meeting.plannedFor!, todayOf(reader))} with ${who(person)}.`);

/** What was kept of a conversation. */
export interface Kept {
  promises: number;
  points: number;
  /** Minutes logged now; 0: none. */
  logged: number;
  trouble: 'logged-before' | 'day-full' | 'no-category' | undefined;
  next: Meeting | undefined;
}

export function keptMessage(person: Person, meeting: Meeting, kept: Kept, reader: Reader): Message {
  const today = todayOf(reader);
  const facts = [
    kept.promises > 0 ? counted(kept.promises, 'promise') : '',
    kept.points > 0 ? `${counted(kept.points, 'point')} done` : '',
    kept.logged > 0 ? `${formatDuration(kept.logged)} logged` : '',
  ].filter(Boolean);
  const trouble = {
    'logged-before': 'Time for it was logged already, so I did not log it again.',
    'day-full':
      'That day has no room for more time, so none was logged; `/logtime edit` shows what it holds.',
    'no-category': 'You have put away the category for 1:1s, so no time was logged.',
  };
  const day = meeting.heldOn ?? today;
  return discreet(
    `Kept: your 1:1 with ${plainName(person)}.`,
    paragraph(
      [
        `*Kept.* You and ${who(person)} talked ${onDay(day, today)}${facts.length > 0 ? `: ${facts.join(', ')}` : ''}.`,
        kept.next?.plannedFor ? `Next: ${momentInWords(kept.next.plannedFor, today)}.` : '',
        kept.trouble ? trouble[kept.trouble] : '',
      ]
        .filter(Boolean)
        .join(' '),
    ),
    row(
      button('Edit', ids.editHeld, { value: meeting.id }),
      button('Undo', ids.undoHeld, {
        value: meeting.id,
        confirm: confirmation(
          'Take it back?',
          'The notes of it go, and so does the time logged with it. Promises stay in /keel commitments.',
          'Take it back',
        ),
      }),
    ),
  );
}

export const counted = (count: number, noun: string): string =>
  count === 1 ? `1 ${noun}` : `${count} ${noun}s`;

export const heldUndone = (person: Person): Message =>
  say(
    `Taken back: that 1:1 with ${who(person)} counts as not held yet. What you promised each other stays in \`/keel commitments\`.`,
  );

/** `reasonLost`: a reason was given that cannot be sealed, and so is not kept. */
export const skippedMessage = (
  person: Person,
  meeting: Meeting,
  next: Meeting | undefined,
  reader: Reader,
  reasonLost: boolean,
): Message =>
  say(
    [
      `Skipped, with ${who(person)}.`,
      next?.plannedFor ? `The next one is ${momentInWords(next.plannedFor, todayOf(reader))}.` : '',
      reasonLost ? `The reason is not kept. ${needsKeys}` : '',
    ]
      .filter(Boolean)
      .join(' '),
    button('Undo', ids.undoSkip, { value: meeting.id }),
  );

export const skipUndone = (person: Person, meeting: Meeting, reader: Reader): Message =>
  say(
    `Not skipped: your 1:1 with ${who(person)}, ${meeting.plannedFor ? momentInWords(meeting.plannedFor, todayOf(reader)) : 'today'}.`,
  );

export const reasonKept = (person: Person): Message =>
  say(`Noted, for you alone, with your history of ${who(person)}.`);

/** An old button: what it was about has been settled, and how. */
export function settled(person: Person, meeting: Meeting, reader: Reader): Message {
  const today = todayOf(reader);
  const what = {
    planned: meeting.plannedFor ? `is planned for ${momentInWords(meeting.plannedFor, today)}` : 'is planned',
    held: meeting.heldOn ? `took place ${onDay(meeting.heldOn, today)}` : 'took place',
    skipped: 'was skipped',
    lapsed: 'was passed over when a later one took place',
  }[meeting.state];
  return say(
    `That 1:1 with ${who(person)} ${what}, so nothing was changed.`,
    button('Open it', ids.person, { value: person.id }),
  );
}

export const meetingGone = (): Message =>
  say('That 1:1 is not planned any more, so nothing was changed. `/oneonone` shows what is.');

export const added = (person: Person, next: Meeting | undefined, again: boolean, reader: Reader): Message => {
  const role = roleInWords(person);
  const start = next?.plannedFor
    ? `; the next one is ${momentInWords(next.plannedFor, todayOf(reader))}`
    : '';
  const leadTime =
    person.leadTime === 'evening'
      ? 'the working day before, towards evening'
      : `${person.leadTime} minutes before`;
  return say(
    `*You meet ${who(person)}${role ? ` (${role})` : ''} ${rhythmInWords(person)}*${start}. I bring the agenda ${leadTime}.`,
    button('Change', ids.change, { value: person.id }),
    again
      ? button('End it', ids.end, { value: person.id })
      : button('Undo', ids.undoAdd, { value: person.id }),
  );
};

export const changed = (person: Person, before: Person, next: Meeting | undefined, reader: Reader): Message =>
  say(
    `*Changed${rhythmInWords(before) === rhythmInWords(person) ? '' : `, from ${rhythmInWords(before)}`}.* You meet ${who(person)} ${rhythmInWords(person)}${next?.plannedFor ? `; the next one is ${momentInWords(next.plannedFor, todayOf(reader))}` : ''}.`,
    button('Change again', ids.change, { value: person.id }),
  );

export const addUndone = (person: Person): Message => say(`Taken back: no 1:1s with ${who(person)}.`);

export const cannotUndoAdd = (person: Person): Message =>
  say(
    `There is history with ${who(person)} by now, so I keep it. You can end the 1:1s instead.`,
    button('End them', ids.end, { value: person.id }),
  );

export const ended = (person: Person): Message =>
  say(
    `Your 1:1s with ${who(person)} have ended. What you noted stays: \`/oneonone\` still lists them.`,
    button('Take it up again', ids.takeUp, { value: person.id }),
  );

export const takenUp = (person: Person, next: Meeting | undefined, reader: Reader): Message =>
  say(
    `You meet ${who(person)} again, ${rhythmInWords(person)}${next?.plannedFor ? `; the next one is ${momentInWords(next.plannedFor, todayOf(reader))}` : ''}.`,
  );

export const hasLeft = (person: Person): Message =>
  say(`${escaped(person.name)} has left Slack. Your history together stays; nothing new can be planned.`);

/** Nobody the lead meets; the one thing to do. */
export const notMet = (personId: string): Message =>
  say(
    `You have no 1:1s with ${mention(personId)} yet. Add them with a rhythm, as \`/oneonone add @someone every 2 weeks tuesday 10:00\`.`,
    button('Add them', ids.add, { value: personId }),
  );

export const hasEnded = (person: Person): Message =>
  person.ended?.why === 'left'
    ? hasLeft(person)
    : say(
        `Your 1:1s with ${who(person)} have ended.`,
        button('Take it up again', ids.takeUp, { value: person.id }),
      );

export const nothingPlanned = (person: Person): Message =>
  say(
    `Nothing is planned with ${who(person)}.`,
    button('Change the rhythm', ids.change, { value: person.id }),
  );

export const pointKept = (person: Person, words: string, pointId: string): Message =>
  discreet(
    `On the agenda for your next 1:1 with ${plainName(person)}.`,
    paragraph(`On the agenda for ${who(person)}: “${escaped(words)}”. Only you see it.`),
    row(button('Take it back', `${ids.pointMenu}:take-back`, { value: joined('remove', pointId) })),
  );

export const tooManyPoints = (person: Person, most: number): Message =>
  say(
    `${most} points are open with ${who(person)} already. Take some off the agenda first.`,
    button('Open it', ids.person, { value: person.id }),
  );

export const pointChanged = (person: Person): Message => say(`Changed, on the agenda for ${who(person)}.`);
export const pointRemoved = (): Message => say('Taken off the agenda.');
export const pointGone = (): Message =>
  say('That point is not on the agenda any more, so nothing was changed. `/oneonone` shows what is.');

export const leftAlone = (person: Person): Message =>
  say(`Left alone. I will not bring up ${who(person)} again before you have talked.`);

export const noOtherQuestions = (): Message =>
  say(
    'You have seen every question that has not been asked lately. Add one of your own, or bring back hidden ones.',
    button('Questions', ids.questions),
  );

/** One line of the overview. */
export function standingLine(person: Person, meetings: readonly Meeting[], reader: Reader): string {
  const today = todayOf(reader);
  const local = reader.now.toZonedDateTimeISO(reader.lead.timeZone).toPlainDateTime();
  const last = lastHeld(meetings);
  const next = nextMeeting(meetings, local);
  const waiting = meetingMeant(meetings, local);
  const role = roleInWords(person);
  const facts = [
    next?.plannedFor ? `next: ${momentInWords(next.plannedFor, today)}` : '',
    last ? `last: ${dayInWords(last, today)}` : 'not met yet',
    isOverdue(person, last ?? person.since, today)
      ? `*not for ${spanInWords((last ?? person.since).until(today).days)}*`
      : '',
    waiting?.plannedFor && Temporal.PlainDateTime.compare(waiting.plannedFor, local) <= 0
      ? `how was ${dayInWords(waiting.plannedFor.toPlainDate(), today)}?`
      : '',
  ].filter(Boolean);
  return `*${who(person)}*${role ? `, ${role}` : ''}, ${rhythmInWords(person)}\n${facts.join(' · ')}`;
}

export interface Standing {
  person: Person;
  meetings: Meeting[];
}

export function overview(standings: readonly Standing[], reader: Reader): Message {
  const meeting = standings.filter(({ person }) => !person.ended);
  const over = standings.filter(({ person }) => person.ended);
  if (standings.length === 0) return nobodyYet();
  const shown = meeting.slice(0, 20);
  return {
    text: 'Your 1:1s',
    blocks: [
      paragraph('*Your 1:1s*'),
      ...shown.map(({ person, meetings }) =>
        paragraph(standingLine(person, meetings, reader), button('Open', ids.person, { value: person.id })),
      ),
      ...(meeting.length > shown.length
        ? [aside(`And ${meeting.length - shown.length} more; \`/oneonone @someone\` opens one.`)]
        : []),
      ...(over.length > 0 ? [divider()] : []),
      ...over
        .slice(0, 20)
        .map(({ person }) =>
          paragraph(
            `*${who(person)}*\n${endedLine(person, todayOf(reader))}`,
            button('Open', ids.person, { value: person.id }),
          ),
        ),
      row(button('Add someone', ids.add), button('Questions', ids.questions)),
    ],
  };
}

export const nobodyYet = (): Message =>
  say(
    'Whom do you meet? Add the first one here or as `/oneonone add @someone every 2 weeks tuesday 10:00`, and I will bring the agenda, what you promised each other, and three questions.',
    button('Add someone', ids.add, { style: 'primary' }),
  );

/** A person's page. */
export interface Page extends Standing {
  promises: Commitment[];
  points: Point[];
  held: Held[];
  feedback: FeedbackNote[];
}

const historyAtOnce = 8;

export function personPage(page: Page, reader: Reader): Message {
  const { person, meetings } = page;
  const today = todayOf(reader);
  const local = reader.now.toZonedDateTimeISO(reader.lead.timeZone).toPlainDateTime();
  const past = meetings.filter(({ state }) => state !== 'planned').toReversed();
  const meant = meetingMeant(meetings, local);
  const next = nextMeeting(meetings, local);
  const spokenOf = themesSpokenOf(meetings);
  const missing = themes.filter(({ id }) => !spokenOf.has(id)).map(({ name }) => name);
  const covered = themes
    .filter(({ id }) => spokenOf.has(id))
    .map(({ id, name }) => `${name} (${dayInWords(spokenOf.get(id)!, today)})`);
  const hasHistory = past.length > 0;
  return discreet(
    `Your 1:1s with ${plainName(person)}`,
    paragraph(
      person.ended ? `*${who(person)}*\n${endedLine(person, today)}` : standingLine(person, meetings, reader),
    ),
    ...bulleted(
      '*Still open between you*',
      page.promises.map((one) => promiseLine(one, reader)),
    ),
    ...page.points
      .slice(0, 8)
      .map((point) =>
        paragraph(
          `• ${pointLine(point, reader)}`,
          overflow(`${ids.pointMenu}`, [
            ...(point.authorId === reader.lead.id
              ? [{ label: 'Change it', value: joined('change', point.id) }]
              : []),
            { label: 'Take it off the agenda', value: joined('remove', point.id) },
          ]),
        ),
      ),
    page.points.length > 8 ? aside(`And ${page.points.length - 8} more points.`) : undefined,
    ...bulleted(
      '*They hold*',
      page.held.map((one) => heldLine(one, reader)),
    ),
    ...bulleted('*Not told them yet*', page.feedback.map(feedbackLine), 4),
    ...(hasHistory
      ? [
          divider(),
          paragraph(
            [
              '*So far*',
              ...past.slice(0, historyAtOnce).map((meeting) => `• ${pastLine(meeting, today)}`),
            ].join('\n'),
          ),
        ]
      : []),
    hasHistory && covered.length > 0 ? aside(`Spoken of: ${covered.join(', ')}.`) : undefined,
    hasHistory && missing.length > 0 ? aside(`Not yet: ${missing.join(', ')}.`) : undefined,
    pageButtons(person, meant, next, hasHistory),
  );
}

const endedLine = (person: Person, today: Temporal.PlainDate): string =>
  person.ended?.why === 'left'
    ? `Left Slack; I noticed ${onDay(person.ended.on, today)}. What you noted stays.`
    : `Ended ${person.ended ? onDay(person.ended.on, today) : ''}. What you noted stays.`;

function pastLine(
  { state, heldOn, plannedFor, themes: spokenOf }: Meeting,
  today: Temporal.PlainDate,
): string {
  const day = heldOn ?? plannedFor?.toPlainDate() ?? today;
  const about = themes.filter(({ id }) => spokenOf.includes(id)).map(({ name }) => name);
  const what = {
    held: about.length > 0 ? about.join(', ') : 'held',
    skipped: 'skipped',
    lapsed: 'not noted',
    planned: 'planned',
  };
  return `${capital(dayInWords(day, today))}: ${what[state]}`;
}

function pageButtons(
  person: Person,
  meant: Meeting | undefined,
  next: Meeting | undefined,
  hasHistory: boolean,
): Block {
  const notes = button('Notes', ids.notes, { value: person.id });
  if (person.ended?.why === 'left') return row(notes);
  if (person.ended) return row(notes, button('Take it up again', ids.takeUp, { value: person.id }));
  const target = (meant ?? next)?.id;
  return row(
    button('It happened', ids.happened, { value: meant?.id ?? person.id }),
    button('Add a point', ids.point, { value: person.id }),
    ...(target
      ? [button('Move it', ids.move, { value: target }), button('Skip it', ids.skip, { value: target })]
      : []),
    ...(hasHistory ? [notes] : []),
    button('Change', ids.change, { value: person.id }),
    button('End', ids.end, {
      value: person.id,
      confirm: confirmation(
        'End these 1:1s?',
        'Nothing more will be planned or asked. What you noted stays, and you can take it up again.',
        'End them',
      ),
    }),
  );
}

/** One meeting with what the lead wrote down about it. */
export interface Noted {
  meeting: Meeting;
  words: MeetingWords;
}

export const moodWords = {
  easy: 'easy',
  good: 'good',
  flat: 'flat',
  heavy: 'heavy',
  tense: 'tense',
} as const;

/** Notes as a modal: sections, newest first. */
export const noteBlocks = (noted: Noted[], today: Temporal.PlainDate): Block[] =>
  noted.length === 0
    ? [paragraph('Nothing written down yet.')]
    : noted.slice(0, 30).flatMap(({ meeting, words }) => {
        const felt = words.mood ? ` · it felt ${moodWords[words.mood]}` : '';
        const text = words.notes || words.skipReason;
        const title = `*${escaped(pastLine(meeting, today))}*${felt}`;
        const edit =
          meeting.state === 'held' ? button('Edit', ids.editHeld, { value: meeting.id }) : undefined;
        const whole = text ? `${title}\n${escaped(text)}` : title;
        // Longer than a paragraph holds: title and notes apart, and nothing of them cut.
        return whole.length <= 3000
          ? [paragraph(whole, edit)]
          : [paragraph(title, edit), ...paragraphs(escaped(text).split('\n'))];
      });

/** For the App Home: who is next, and what waits for a word. */
export function homeBlocks(standings: readonly Standing[], reader: Reader): Block[] {
  const local = reader.now.toZonedDateTimeISO(reader.lead.timeZone).toPlainDateTime();
  const people = standings.filter(({ person }) => !person.ended);
  if (people.length === 0) {
    return [
      paragraph('*1:1s.* Add whom you meet, and I will bring agenda and questions.'),
      row(button('Add someone', ids.add)),
    ];
  }
  const today = todayOf(reader);
  const coming = people
    .flatMap(({ person, meetings }) => {
      const next = nextMeeting(meetings, local);
      return next?.plannedFor ? [{ person, plannedFor: next.plannedFor }] : [];
    })
    .toSorted((one, other) => Temporal.PlainDateTime.compare(one.plannedFor, other.plannedFor))
    .slice(0, 4)
    .map(({ person, plannedFor }) => `${who(person)} ${momentInWords(plannedFor, today)}`);
  const overdue = overduePeople(people, today);
  return [
    paragraph(
      [
        `*1:1s.* ${coming.length > 0 ? `Next: ${coming.join(' · ')}.` : 'Nothing planned.'}`,
        ...overdue
          .slice(0, 3)
          .map(({ person, days }) => `No 1:1 with ${who(person)} for ${spanInWords(days)}.`),
      ].join('\n'),
    ),
    row(
      button('Your 1:1s', ids.overview),
      ...overdue
        .slice(0, 3)
        .map(({ person }) =>
          button(`Find a time with ${person.name}`, `${ids.findTime}:${person.id}`, { value: person.id }),
        ),
    ),
  ];
}

export function overduePeople(
  standings: readonly Standing[],
  today: Temporal.PlainDate,
): { person: Person; days: number }[] {
  return standings.flatMap(({ person, meetings }) => {
    const last = lastHeld(meetings) ?? person.since;
    return !person.ended && isOverdue(person, last, today) ? [{ person, days: last.until(today).days }] : [];
  });
}

/** For the digest: what became of the week's 1:1s. Empty: nobody to speak of. */
export function digestBlocks(
  standings: readonly Standing[],
  days: readonly Temporal.PlainDate[],
  reader: Reader,
): Block[] {
  const inWeek = (day: Temporal.PlainDate | undefined) =>
    day !== undefined && days.some((one) => one.equals(day));
  const withState = (state: Meeting['state']) =>
    standings
      .filter(({ meetings }) =>
        meetings.some(
          (meeting) => meeting.state === state && inWeek(meeting.heldOn ?? meeting.plannedFor?.toPlainDate()),
        ),
      )
      .map(({ person }) => who(person));
  const lastDay = days.at(-1) ?? todayOf(reader);
  const overdue = overduePeople(standings, lastDay);
  const left = standings.filter(({ person }) => person.ended?.why === 'left' && inWeek(person.ended.on));
  const [held, skipped] = [withState('held'), withState('skipped')];
  const sentences = [
    held.length > 0 ? `1:1 held with ${listInWords(held)}.` : '',
    skipped.length > 0 ? `1:1 skipped with ${listInWords(skipped)}.` : '',
    ...overdue
      .slice(0, 3)
      .map(({ person, days: gap }) => `No 1:1 with ${who(person)} for ${spanInWords(gap)}.`),
    ...left.map(({ person }) => `${escaped(person.name)} has left Slack; what you noted stays.`),
  ].filter(Boolean);
  if (sentences.length === 0) return [];
  return [
    paragraph(`*People.* ${sentences.join(' ')}`),
    ...(overdue.length > 0
      ? [
          row(
            ...overdue.slice(0, 3).map(({ person }) =>
              button(`Find a time with ${person.name}`, `${ids.findTime}:${person.id}`, {
                value: person.id,
              }),
            ),
          ),
        ]
      : []),
  ];
}

/** To the other one: the only thing they are ever sent by this room. Times are theirs. */
export function invitation(
  about: { lead: Lead; person: Person; meeting: Meeting; points: Point[] },
  now: Temporal.Instant,
): Message {
  const { lead, person, meeting, points } = about;
  const zone = person.timeZone ?? lead.timeZone;
  const local = instantOf(meeting.plannedFor!, lead).toZonedDateTimeISO(zone).toPlainDateTime();
  const when = momentInWords(local, localDay(now, zone));
  return discreet(
    `Your 1:1 with ${mention(lead.id)}, ${when}: is there anything you would like to talk about?`,
    paragraph(
      `*You and ${mention(lead.id)} talk ${when}.* Is there anything you would like to talk about? You both see what you add here.`,
    ),
    ...theirPoints(lead.id, meeting.id, points),
    row(
      button(points.length > 0 ? 'Add another' : 'Add a point', ids.theirs, {
        value: joined(lead.id, meeting.id),
      }),
    ),
  );
}

const theirPoints = (leadId: string, meetingId: string, points: Point[]): Block[] =>
  points.slice(0, 20).map((point) =>
    paragraph(
      `• ${escaped(point.words)}`,
      button('Take it back', `${ids.takeBackTheirs}:${point.id}`, {
        value: joined(leadId, point.id, meetingId),
      }),
    ),
  );

/** Names nobody: whoever clicks on an old invitation may no longer be part of it. */
export const invitationOver = (): Message =>
  say('That 1:1 is over or was called off, so nothing was added. Bring it up when you next talk.');

export const theirPointGone = (): Message => say('That point is no longer open; nothing was changed.');

/** What `/oneonone help` says. Every line works as it stands. */
export const help = (): Message => ({
  text: 'Your 1:1s: /oneonone add @someone every 2 weeks tuesday 10:00 plans them, /oneonone @someone opens one.',
  blocks: [
    paragraph('*Your 1:1s*\nWhom you meet and how often; I bring the agenda before, and ask after.'),
    paragraph(
      [
        '`/oneonone add @someone every 2 weeks tuesday 10:00`',
        '`/oneonone add @someone as designer monthly first monday 9:00` · a role in a word',
        '`/oneonone add @someone as manager weekly friday 14:00` · also mentor, peer, skip-level',
      ].join('\n'),
    ),
    paragraph(
      [
        '`/oneonone` · everybody · `/oneonone @someone` · history, promises, themes',
        '`/oneonone point @someone the conference budget` · for next time, only you see it',
        '`/oneonone held @someone yesterday` · notes, promises, time',
        '`/oneonone move @someone thursday 15:00` · `/oneonone skip @someone`',
        '`/oneonone change @someone` · `/oneonone end @someone` · `/oneonone questions`',
        '`/keel feedback @someone` · a private note of what you saw, for the next time you talk',
      ].join('\n'),
    ),
    aside(
      'Notes are encrypted and yours alone. Nobody you meet is told that you use this, unless you have them asked for points.',
    ),
  ],
});
