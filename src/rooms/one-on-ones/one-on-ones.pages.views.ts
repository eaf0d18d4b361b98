// What a lead reads when they look: everybody they meet, one person's page and notes, their part of Home and digest, help.

import type { Button } from '@slack/types';
import {
  aside,
  button,
  confirmation,
  discreet,
  divider,
  escaped,
  growing,
  overflow,
  paragraph,
  paragraphs,
  row,
  say,
} from '../../slack/blocks.ts';
import { limits } from '../../slack/limits.ts';
import type { Block, Message } from '../../slack/message.ts';
import { dayInWords } from '../../time/days.ts';
import { capital, listInWords } from '../../words.ts';
import * as actions from './one-on-ones.actions.ts';
import {
  type Agenda,
  delegatedBlocks,
  feedbackBlocks,
  pointLine,
  promiseBlocks,
} from './one-on-ones.agenda.views.ts';
import {
  counted,
  meetingTime,
  onDay,
  plainName,
  type Reader,
  roleInWords,
  spanInWords,
  todayOf,
  who,
} from './one-on-ones.phrases.views.ts';
import { themes } from './one-on-ones.questions.ts';
import type { MeetingWords, Point } from './one-on-ones.sealed.store.ts';
import {
  isOverdue,
  isToCome,
  lastMet,
  localNow,
  type Meeting,
  meetingMeant,
  nextMeeting,
  type Person,
  rhythmInWords,
  themesSpokenOf,
} from './one-on-ones.ts';

/** Somebody the lead meets or met, with their meetings. */
export interface Series {
  person: Person;
  meetings: Meeting[];
}

export function overview(series: readonly Series[], reader: Reader): Message {
  if (series.length === 0) return nobodyYet();
  const met = series.filter(({ person }) => !person.ended);
  const over = series.filter(({ person }) => person.ended);
  const open = ({ id }: Person): Button => button('Open', actions.openPerson, { personId: id });
  const rows = [
    ...met.map((one) => [paragraph(howItStands(one, reader), open(one.person))]),
    ...over.map(({ person }, index) => [
      ...(index === 0 ? [divider()] : []),
      paragraph(howItEnded(person, reader), open(person)),
    ]),
  ];
  return {
    ...growing(rows, (left) => `And ${left} more; \`/oneonone @someone\` opens one.`, {
      before: [paragraph('*Your 1:1s*')],
      after: [row(button('Add someone', actions.add), button('Questions', actions.questions))],
    }),
    text: 'Your 1:1s',
  };
}

const nobodyYet = (): Message =>
  say(
    'Whom do you meet? Add the first one here or as `/oneonone add @someone every 2 weeks tuesday 10:00`, and I will bring the agenda, what you promised each other, and three questions.',
    button('Add someone', actions.add, {}, { style: 'primary' }),
  );

function howItStands({ person, meetings }: Series, reader: Reader): string {
  const today = todayOf(reader);
  const local = localNow(reader);
  const last = lastMet(person, meetings);
  const since = last ?? person.since;
  const next = nextMeeting(meetings, local);
  const waiting = meetingMeant(meetings, local);
  const role = roleInWords(person);
  const facts = [
    next?.plannedFor ? `next: ${meetingTime(next.plannedFor, reader)}` : '',
    last ? `last: ${dayInWords(last, today)}` : 'not met yet',
    isOverdue(person, since, today) ? `*not for ${spanInWords(since.until(today).days)}*` : '',
    waiting?.plannedFor && !isToCome(waiting, local)
      ? `how was ${dayInWords(waiting.plannedFor.toPlainDate(), today)}?`
      : '',
  ].filter(Boolean);
  return `*${who(person)}*${role ? `, ${role}` : ''}, ${rhythmInWords(person)}\n${facts.join(' · ')}`;
}

function howItEnded(person: Person, reader: Reader): string {
  const { ended } = person;
  const on = ended ? onDay(ended.on, reader) : '';
  const what = ended?.why === 'left' ? `Left Slack; I noticed ${on}.` : `Ended ${on}.`;
  return `*${who(person)}*\n${what} What you noted stays.`;
}

/** A person's page. */
export interface Page extends Series, Agenda {}

const pointsAtOnce = 8;
const historyAtOnce = 8;

export function personPage(page: Page, reader: Reader): Message {
  const { person, meetings, points } = page;
  const past = meetings.filter(({ state }) => state !== 'planned').toReversed();
  return discreet(
    `Your 1:1s with ${plainName(person)}`,
    paragraph(person.ended ? howItEnded(person, reader) : howItStands(page, reader)),
    ...promiseBlocks(page, reader),
    ...points.slice(0, pointsAtOnce).map((point) => pointWithMenu(point, reader)),
    points.length > pointsAtOnce
      ? aside(`And ${counted(points.length - pointsAtOnce, 'more point')}.`)
      : undefined,
    ...delegatedBlocks(page, reader),
    ...feedbackBlocks(page),
    ...(past.length > 0 ? historyBlocks(past, meetings, reader) : []),
    row(...pageButtons(page, past.length > 0, reader)),
  );
}

const pointWithMenu = (point: Point, reader: Reader): Block =>
  paragraph(
    `• ${pointLine(point, reader)}`,
    overflow(actions.pointMenu, [
      ...(point.authorId === reader.lead.id
        ? [{ label: 'Change it', carried: { choice: 'change', pointId: point.id } } as const]
        : []),
      { label: 'Take it off the agenda', carried: { choice: 'remove', pointId: point.id } },
    ]),
  );

function historyBlocks(past: Meeting[], meetings: Meeting[], reader: Reader): Block[] {
  const spokenOf = themesSpokenOf(meetings);
  const missing = themes.filter(({ id }) => !spokenOf.has(id)).map(({ name }) => name);
  const covered = themes
    .filter(({ id }) => spokenOf.has(id))
    .map(({ id, name }) => `${name} (${dayInWords(spokenOf.get(id)!, todayOf(reader))})`);
  const lines = past.slice(0, historyAtOnce).map((meeting) => `• ${pastLine(meeting, reader)}`);
  return [
    divider(),
    paragraph(['*So far*', ...lines].join('\n')),
    ...(covered.length > 0 ? [aside(`Spoken of: ${covered.join(', ')}.`)] : []),
    ...(missing.length > 0 ? [aside(`Not yet: ${missing.join(', ')}.`)] : []),
  ];
}

function pastLine({ state, heldOn, plannedFor, themes: spokenOf }: Meeting, reader: Reader): string {
  const today = todayOf(reader);
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

function pageButtons({ person, meetings }: Series, hasHistory: boolean, reader: Reader): Button[] {
  const { id: personId } = person;
  const notes = button('Notes', actions.notes, { personId });
  if (person.ended?.why === 'left') return [notes];
  if (person.ended) return [notes, button('Take it up again', actions.takeUp, { personId })];
  const meant = meetingMeant(meetings, localNow(reader));
  const target = meant ?? nextMeeting(meetings, localNow(reader));
  return [
    button('It happened', actions.happened, { about: meant?.id ?? personId }),
    button('Add a point', actions.point, { personId }),
    ...(target
      ? [
          button('Move it', actions.move, { about: target.id }),
          button('We won’t meet', actions.skip, { about: target.id }),
        ]
      : []),
    ...(hasHistory ? [notes] : []),
    button('Change', actions.change, { personId }),
    button(
      'End',
      actions.end,
      { personId },
      {
        confirm: confirmation(
          'End these 1:1s?',
          'Nothing more will be planned or asked. What you noted stays, and you can take it up again.',
          'End them',
        ),
      },
    ),
  ];
}

/** One meeting with what the lead wrote down about it. */
export interface Noted {
  meeting: Meeting;
  words: MeetingWords;
}

/** Notes as a modal: sections, newest first. */
export function noteBlocks(noted: Noted[], reader: Reader): Block[] {
  if (noted.length === 0) return [paragraph('Nothing written down yet.')];
  const older = noted.length - notesAtOnce;
  return [
    ...noted.slice(0, notesAtOnce).flatMap((one) => notedBlocks(one, reader)),
    ...(older > 0 ? [aside(`And ${older} older, which do not fit here.`)] : []),
  ];
}

const notesAtOnce = 30;

function notedBlocks({ meeting, words }: Noted, reader: Reader): Block[] {
  const felt = words.mood ? ` · it felt ${words.mood}` : '';
  const text = words.notes || words.skipReason;
  const title = `*${escaped(pastLine(meeting, reader))}*${felt}`;
  const edit =
    meeting.state === 'held' ? button('Edit', actions.editHeld, { meetingId: meeting.id }) : undefined;
  const whole = text ? `${title}\n${escaped(text)}` : title;
  // Longer than a paragraph holds: title and notes apart, and nothing of them cut.
  return whole.length <= limits.text
    ? [paragraph(whole, edit)]
    : [paragraph(title, edit), ...paragraphs(escaped(text).split('\n'))];
}

/** For the App Home: who is next, and what waits for a word. */
export function homeBlocks(all: readonly Series[], reader: Reader): Block[] {
  const met = all.filter(({ person }) => !person.ended);
  if (met.length === 0) {
    return [
      paragraph('*1:1s.* Add whom you meet, and I will bring agenda and questions.'),
      row(button('Add someone', actions.add)),
    ];
  }
  const coming = met
    .flatMap(({ person, meetings }) => {
      const next = nextMeeting(meetings, localNow(reader));
      return next?.plannedFor ? [{ person, plannedFor: next.plannedFor }] : [];
    })
    .toSorted((one, other) => Temporal.PlainDateTime.compare(one.plannedFor, other.plannedFor))
    .slice(0, 4)
    .map(({ person, plannedFor }) => `${who(person)} ${meetingTime(plannedFor, reader)}`);
  const overdue = longestSilences(met, todayOf(reader));
  return [
    paragraph(`*1:1s.* ${coming.length > 0 ? `Next: ${coming.join(' · ')}.` : 'Nothing planned.'}`),
    ...overdue.map(silenceBlock),
    row(button('Your 1:1s', actions.overview)),
  ];
}

interface Silence {
  person: Person;
  days: number;
}

/** Who is overdue on that day, three at most. */
const longestSilences = (all: readonly Series[], on: Temporal.PlainDate): Silence[] =>
  all
    .flatMap(({ person, meetings }) => {
      const last = lastMet(person, meetings) ?? person.since;
      return !person.ended && isOverdue(person, last, on) ? [{ person, days: last.until(on).days }] : [];
    })
    .slice(0, 3);

const silenceInWords = ({ person, days }: Silence): string =>
  `No 1:1 with ${who(person)} for ${spanInWords(days)}.`;

/** Beside its sentence, since a button cannot name somebody as a mention does. */
const silenceBlock = (silence: Silence): Block =>
  paragraph(
    silenceInWords(silence),
    button('Find a time', actions.findTime, { personId: silence.person.id }, { suffix: silence.person.id }),
  );

/** For the digest: what became of the week's 1:1s. Empty: nobody to speak of. */
export function digestBlocks(
  all: readonly Series[],
  days: readonly Temporal.PlainDate[],
  reader: Reader,
): Block[] {
  const inWeek = (day: Temporal.PlainDate | undefined) =>
    day !== undefined && days.some((one) => one.equals(day));
  const withState = (state: Meeting['state']) =>
    all
      .filter(({ meetings }) =>
        meetings.some(
          (meeting) => meeting.state === state && inWeek(meeting.heldOn ?? meeting.plannedFor?.toPlainDate()),
        ),
      )
      .map(({ person }) => who(person));
  const overdue = longestSilences(all, days.at(-1) ?? todayOf(reader));
  const left = all.filter(({ person }) => person.ended?.why === 'left' && inWeek(person.ended.on));
  const [held, skipped] = [withState('held'), withState('skipped')];
  const sentences = [
    held.length > 0 ? `1:1 held with ${listInWords(held)}.` : '',
    skipped.length > 0 ? `1:1 skipped with ${listInWords(skipped)}.` : '',
    ...left.map(({ person }) => `${escaped(person.name)} has left Slack; what you noted stays.`),
  ].filter(Boolean);
  if (sentences.length + overdue.length === 0) return [];
  return [paragraph(['*People.*', ...sentences].join(' ')), ...overdue.map(silenceBlock)];
}

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
