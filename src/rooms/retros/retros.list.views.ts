// What a lead reads about their retrospectives: setting up, what runs where, the formats, and why something was refused.

import {
  aside,
  button,
  confirmation,
  escaped,
  mention,
  message,
  paragraph,
  row,
  say,
} from '../../slack/blocks.ts';
import type { Block, Message } from '../../slack/message.ts';
import { dayInWords } from '../../time/days.ts';
import { ruleInWords } from '../../time/recurrence.words.ts';
import { formatOf, formats, rotating } from './retros.formats.ts';
import { longestLine, mostOpenDays, type RefusedLine } from './retros.parse.ts';
import { fewestForAnonymity, type Retro, type Series } from './retros.ts';
import { anonymityLine, channelLink, ids, moment, peopleInWords } from './retros.views.ts';

/** `every second Friday at 14:00` */
export const rhythmInWords = ({ rhythm }: Series): string =>
  rhythm ? ruleInWords(rhythm.rule, rhythm.starts) : 'once';

const formatInWords = (formatId: string): string =>
  formatId === rotating ? 'A different format each time' : formatOf(formatId).name;

const openInWords = (openDays: number): string =>
  openDays === 1 ? 'until the evening of the next working day' : `for ${openDays} working days`;

export const setUp = (series: Series, next: Temporal.Instant, timeZone: string, changed: boolean): Message =>
  message(
    paragraph(
      `${changed ? 'Changed' : 'Set up'}: ${channelLink(series.channelId)} looks back *${rhythmInWords(series)}*, next ${moment(next, timeZone)}.\n${formatInWords(series.formatId)}, open ${openInWords(series.openDays)}. ${anonymityLine(series.anonymous)}`,
    ),
    row(...seriesButtons(series)),
  );

export const opening = (series: Series): Message =>
  say(
    `Opening it in ${channelLink(series.channelId)}, for everybody there: ${formatInWords(series.formatId)}, open ${openInWords(series.openDays)}. ${anonymityLine(series.anonymous)}`,
  );

const seriesButtons = (series: Series) => [
  button('Change', ids.change, { value: series.id }),
  series.skipAt
    ? button('Hold the next one after all', ids.unskip, { value: series.id })
    : button('Skip the next one', ids.skipNext, { value: series.id }),
  button('Stop', ids.stop, {
    value: series.id,
    confirm: confirmation('Stop looking back?', 'No further one is opened. What was said stays.', 'Stop'),
  }),
];

/** A rhythm as the list shows it. */
export interface ListedSeries {
  series: Series;
  next: Temporal.Instant | undefined;
  /** Newest first. */
  past: Retro[];
}

/** Two blocks for each that is open, three for each rhythm. */
const mostListed = 12;

export function list(
  listed: readonly ListedSeries[],
  underWay: readonly Retro[],
  now: Temporal.Instant,
  timeZone: string,
): Message {
  if (listed.length + underWay.length === 0) {
    return message(
      paragraph(
        'No channel of yours looks back yet. A retrospective here needs no meeting: I ask in the channel, everybody answers in their own time, and you close with three things at most.',
      ),
      row(button('Look back together', ids.setUp, { style: 'primary' })),
      aside(
        'Or type `/retro in #team every 2 weeks friday 14:00`. `/retro formats` shows what can be asked.',
      ),
    );
  }
  return message(
    ...underWay.slice(0, 6).flatMap((retro) => underWayBlocks(retro, timeZone)),
    ...listed.slice(0, mostListed).flatMap((one) => seriesBlocks(one, now, timeZone)),
    row(button('Another channel', ids.setUp)),
  );
}

function underWayBlocks(retro: Retro, timeZone: string): Block[] {
  const where = channelLink(retro.channelId);
  if (retro.phase === 'open') {
    return [
      paragraph(
        `Open in ${where} until ${moment(retro.closesAt, timeZone)}: ${formatOf(retro.formatId).name}, ${peopleInWords(retro.answered)} answered.`,
      ),
      row(
        button('Close it now', ids.closeNow, { value: retro.id }),
        button('Skip it', ids.skip, { value: retro.id }),
      ),
    ];
  }
  const step: Partial<Record<Retro['phase'], string>> = {
    few: 'closed with too few answers to show; its thread asks you what next',
    grouping: 'waits in its thread to be sorted',
    voting: 'is being voted on',
    choosing: 'waits in its thread for what you take on',
  };
  return [paragraph(`${where}: the last one ${step[retro.phase] ?? 'has moved on'}.`)];
}

function seriesBlocks(
  { series, next, past }: ListedSeries,
  now: Temporal.Instant,
  timeZone: string,
): Block[] {
  const held = past.filter(({ phase }) => phase !== 'skipped').length;
  const skipped = past.length - held;
  const counts = [held > 0 ? `${held} held` : '', skipped > 0 ? `${skipped} skipped` : ''].filter(Boolean);
  const today = now.toZonedDateTimeISO(timeZone).toPlainDate();
  const history = past.slice(0, 4).map((retro) => {
    const day = dayInWords(retro.openedAt.toZonedDateTimeISO(timeZone).toPlainDate(), today);
    return `${day}: ${pastInWords(retro)}`;
  });
  return [
    paragraph(
      `*${channelLink(series.channelId)}* looks back ${rhythmInWords(series)}${next ? `, next ${moment(next, timeZone)}` : ''}${series.skipAt ? ' (the one before that is called off)' : ''}.\n${formatInWords(series.formatId)}, ${series.anonymous ? 'anonymous' : 'with names'}, open ${openInWords(series.openDays)}${counts.length > 0 ? ` · ${counts.join(', ')}` : ''}`,
    ),
    ...(history.length > 0 ? [aside(history.join(' · '))] : []),
    row(...seriesButtons(series)),
  ];
}

/** `Sailboat, 5 people answered, 2 taken on`; `skipped, “release week”` */
export function pastInWords(retro: Retro): string {
  const taken = retro.commitmentIds.length;
  switch (retro.phase) {
    case 'skipped':
      return `skipped${retro.reason ? `, “${escaped(retro.reason)}”` : ''}`;
    case 'quiet':
      return 'no answers';
    case 'few':
      return 'too few answers to show';
    case 'ended':
      return 'ended with its channel';
    default:
      return `${formatOf(retro.formatId).name}, ${peopleInWords(retro.answered)} answered${taken > 0 ? `, ${taken} taken on` : ''}`;
  }
}

export const formatList = (): Message =>
  message(
    paragraph('*What a retrospective can ask*'),
    ...formats.map(({ name, bestFor, questions }) =>
      paragraph(`*${name}* · best for ${bestFor}\n${questions.map(({ asks }) => asks).join(' ')}`),
    ),
    aside('Say `format sailboat` when you set one up; otherwise they take turns.'),
  );

export const help = (): Message =>
  message(
    paragraph(
      '*Retrospectives* happen in a channel and without a meeting: answers, then votes, then three commitments at most.',
    ),
    paragraph(
      [
        '`/retro`  what runs where, and what came of it',
        '`/retro in #team every 2 weeks friday 14:00`  sets up a rhythm',
        '`/retro now in #team format sailboat`  opens one at once',
        '`/retro skip in #team release week`  calls off the next one, with the reason',
        '`/retro stop in #team`  ends the rhythm',
        '`/retro new`  a form; `/retro formats`  what can be asked',
      ].join('\n'),
    ),
    paragraph(
      'Add `anonymous` or `named`, and `open 2 days` for more time. Anonymous means that who wrote what is not stored anywhere; it takes four people.',
    ),
    aside(
      'It stays open until the evening of the next working day, in whichever time zone of the team that comes last.',
    ),
  );

/** What is wrong with a line, and what to type instead. */
export function refused(why: RefusedLine | 'no-channel', text: string): Message {
  const what = `“${escaped(text)}”`;
  const words: Record<RefusedLine | 'no-channel', string> = {
    'too-long': `That is longer than ${longestLine} characters. \`/retro new\` opens a form.`,
    'no-channel':
      'In which channel? Type `/retro in #team every 2 weeks friday 14:00`, or `/retro new` for a form.',
    'unknown-channel': `I know no channel ${what}. Pick it from the list that Slack shows after a #, or use \`/retro new\`.`,
    'two-channels': 'One channel at a time, please: `/retro in #team every 2 weeks friday 14:00`.',
    'now-and-later': 'Now, or in a rhythm? Type one of the two; both can be had one after the other.',
    'unknown-format': `I know no format ${what}. \`/retro formats\` lists them; without one they take turns.`,
    'two-formats': 'Rotating, or one format? Type one of the two.',
    'named-and-anonymous': 'With names, or anonymous? Type one of the two.',
    'open-days': `It can stay open from 1 to ${mostOpenDays} working days: \`open 2 days\`.`,
    'no-day': `On which day? ${what} needs one: \`every 2 weeks friday 14:00\`.`,
    'no-time': `At what time? ${what} needs one: \`every 2 weeks friday 14:00\`.`,
    'no-reason': 'Why this one? Add a word: `/retro skip in #team release week`. The history keeps it.',
    'not-understood': `I cannot read ${what}, so nothing was set up. Try \`/retro in #team every 2 weeks friday 14:00\`, or \`/retro new\` for a form.`,
  };
  return say(words[why]);
}

export const noSuchChannel = (): Message =>
  say('I can see no such channel. If it is a private one, invite me there first, then try again.');

export const notInvited = (channelId: string, line: string): Message =>
  say(
    `I am not in ${channelLink(channelId)} yet, and I only post where I was invited. Type \`/invite @Evenkeel\` there, then come back.`,
    button('I’m invited, try again', ids.again, { value: line }),
  );

export const archivedChannel = (channelId: string): Message =>
  say(`${channelLink(channelId)} is archived; nobody could answer there. Choose another channel.`);

export const notAMember = (): Message =>
  say('You are not in that channel yourself. Join it first: a retrospective is led from within.');

export const tooFew = (channelId: string, people: number, line: string): Message =>
  message(
    paragraph(
      `${channelLink(channelId)} has ${peopleInWords(people)}. With fewer than ${fewestForAnonymity}, who wrote what can be told from the words, whatever I don’t store; I would be promising something that can’t be had.`,
    ),
    paragraph('Shall it be with names?'),
    row(
      button('With names', ids.again, { value: line, style: 'primary' }),
      button('Leave it', `${ids.again}:leave`, { value: 'leave' }),
    ),
  );

export const left = (): Message => say('Left as it is; nothing was set up.');

export const rhythmExists = (series: Series, mine: boolean): Message =>
  mine
    ? message(
        paragraph(
          `${channelLink(series.channelId)} looks back already: ${rhythmInWords(series)}. One rhythm to a channel keeps what was taken on in one place.`,
        ),
        row(...seriesButtons(series)),
      )
    : say(
        `${channelLink(series.channelId)} looks back already: ${rhythmInWords(series)}, set up by ${mention(series.leadId)}. Talk to them; one rhythm to a channel keeps what was taken on in one place.`,
      );

export const alreadyOpen = (retro: Retro, timeZone: string): Message =>
  say(
    `One is open in ${channelLink(retro.channelId)} already, until ${moment(retro.closesAt, timeZone)}, set up by ${mention(retro.leadId)}. Two at once would split the answers; open another when it is closed.`,
  );

export const nothingThere = (channelId: string): Message =>
  say(`Nothing is set up in ${channelLink(channelId)} by you. \`/retro\` lists what is.`);

export const skipped = (channelId: string, reason: string, seriesId?: string): Message =>
  say(
    `Skipped in ${channelLink(channelId)}: “${escaped(reason)}”. It stays in the history as skipped.`,
    ...(seriesId ? [button('Hold it after all', ids.unskip, { value: seriesId })] : []),
  );

export const skippedAlready = (): Message => say('The next one is called off already.');

export const unskipped = (channelId: string): Message =>
  say(`It is on again in ${channelLink(channelId)}, at its usual time.`);

export const stopped = (series: Series): Message =>
  say(
    `Stopped: ${channelLink(series.channelId)} is asked no more. What was said and taken on stays.`,
    button('Start it again', ids.start, { value: series.id }),
  );

/** For the Home and the digest. */
export const homeBlocks = (
  listed: readonly ListedSeries[],
  underWay: readonly Retro[],
  timeZone: string,
): Block[] => {
  const lines = [
    ...underWay
      .slice(0, 3)
      .map((retro) =>
        retro.phase === 'open'
          ? `Open in ${channelLink(retro.channelId)} until ${moment(retro.closesAt, timeZone)}, ${peopleInWords(retro.answered)} answered.`
          : `${channelLink(retro.channelId)}: the last one ${retro.phase === 'voting' ? 'is being voted on' : 'waits for you in its thread'}.`,
      ),
    ...listed
      .slice(0, 3)
      .flatMap(({ series, next }) =>
        next ? [`${channelLink(series.channelId)} looks back next ${moment(next, timeZone)}.`] : [],
      ),
  ];
  return lines.length === 0 ? [] : [paragraph(`*Looking back*\n${lines.join('\n')}`)];
};

export const digestBlocks = (week: readonly Retro[], timeZone: string): Block[] =>
  week.length === 0
    ? []
    : [
        paragraph(
          `*Looking back.* ${week
            .slice(0, 4)
            .map(
              (retro) =>
                `${channelLink(retro.channelId)}, ${dayInWords(retro.openedAt.toZonedDateTimeISO(timeZone).toPlainDate(), retro.openedAt.toZonedDateTimeISO(timeZone).toPlainDate().subtract({ days: 7 }))}: ${pastInWords(retro)}`,
            )
            .join(' · ')}.`,
        ),
      ];
