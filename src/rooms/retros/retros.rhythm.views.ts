// What a lead reads about their retrospectives: what was set up, what runs where, the formats, the Home and the digest.

import {
  aside,
  button,
  confirmation,
  escaped,
  growing,
  mention,
  message,
  paragraph,
  row,
  say,
} from '../../slack/blocks.ts';
import type { Block, Message } from '../../slack/message.ts';
import { dayInWords, localDay, shortDate } from '../../time/days.ts';
import { ruleInWords } from '../../time/recurrence.words.ts';
import { capital } from '../../words.ts';
import * as actions from './retros.actions.ts';
import { formatOf, formats, rotating } from './retros.formats.ts';
import { nothingThere } from './retros.refusals.ts';
import type { Overview, SeriesOverview, SetUp } from './retros.rhythm.ts';
import { fewestForAnonymity, type Retro, type Series } from './retros.ts';
import { anonymityLine, channelLink, moment, peopleInWords, threadOf } from './retros.views.ts';

/** `every second Friday at 14:00` */
export const rhythmInWords = ({ rhythm }: Series): string =>
  rhythm
    ? `${ruleInWords(rhythm.rule, rhythm.starts)}${rhythm.keptZone ? `, ${rhythm.keptZone.replaceAll('_', ' ')} time` : ''}`
    : 'once';

const formatInWords = (formatId: string): string =>
  formatId === rotating ? 'A different format each time' : formatOf(formatId).name;

const openInWords = (openDays: number): string =>
  openDays === 1 ? 'until the evening of the next working day' : `for ${openDays} working days`;

/** What came of setting one up. */
export function setUp(came: SetUp, timeZone: string): Message {
  switch (came.kind) {
    case 'set-up':
    case 'changed':
      return message(
        paragraph(
          `${came.kind === 'changed' ? 'Changed' : 'Set up'}: ${channelLink(came.series.channelId)} looks back *${rhythmInWords(came.series)}*, next ${moment(came.next, timeZone)}.\n${howInWords(came.series)}`,
        ),
        seriesButtons(came.series),
      );
    case 'opening':
      return say(
        `Opening it in ${channelLink(came.series.channelId)}, for everybody there: ${howInWords(came.series)}`,
      );
    case 'rhythm-exists': {
      const exists = `${channelLink(came.series.channelId)} looks back already: ${rhythmInWords(came.series)}`;
      const why = 'one rhythm to a channel keeps what was taken on in one place.';
      return came.mine
        ? message(paragraph(`${exists}. ${capital(why)}`), seriesButtons(came.series))
        : say(`${exists}, set up by ${mention(came.series.leadId)}. Talk to them; ${why}`);
    }
    case 'already-open':
      return say(
        `One is open in ${channelLink(came.retro.channelId)} already, until ${moment(came.retro.closesAt, timeZone)}, set up by ${mention(came.retro.leadId)}. Two at once would split the answers; open another when it is closed.`,
      );
  }
}

const howInWords = (series: Series): string =>
  `${formatInWords(series.formatId)}, open ${openInWords(series.openDays)}. ${anonymityLine(series.anonymous)}`;

const seriesButtons = ({ id: seriesId, skipAt }: Series) =>
  row(
    button('Change', actions.change, { seriesId }),
    skipAt
      ? button('Hold the next one after all', actions.unskip, { seriesId })
      : button('Skip the next one', actions.skipNext, { seriesId }),
    button('Stop', actions.stop, { seriesId }, { confirm: stopping }),
  );

const stopping = confirmation('Stop looking back?', 'No further one is opened. What was said stays.', 'Stop');

/** To the channel, whose people can do something about it. */
export function leadHasLeft(
  channelId: string,
  leaver: { id: string; timeZone: string },
  led: { rhythm: Series | undefined; underWay: readonly Retro[]; next: Temporal.Instant | undefined },
): Message {
  const { rhythm, underWay, next } = led;
  const carried = { channelId, leaverId: leaver.id };
  return message(
    paragraph(
      [
        `*${mention(leaver.id)}, who led the retrospectives here, has left this Slack.*`,
        underWay.length > 0 && 'The one that is under way waits for somebody to lead it to its end.',
        rhythm &&
          `They come ${rhythmInWords(rhythm)}${next ? `, next ${moment(next, leaver.timeZone)}` : ''}. None is opened until somebody takes them over: sorting what was said, and helping the team choose.`,
      ]
        .filter(Boolean)
        .join(' '),
    ),
    row(
      button('I take them over', actions.succeed, carried, { style: 'primary' }),
      button('End them', actions.endIt, carried, { confirm: stopping }),
    ),
  );
}

/** In the channel, in place of the question. */
export const succeeded = (personId: string): Message =>
  say(`${mention(personId)} leads the retrospectives here from now on. The rhythm stays as it was.`);

export const endedByTeam = (personId: string): Message =>
  say(`${mention(personId)} ended the retrospectives here. What was said stays; \`/retro\` starts anew.`);

export const ledAlready = (): Message => say('Somebody leads the retrospectives here already.');

export const notInChannel = (channelId: string): Message =>
  say(`That is for the people in ${channelLink(channelId)}; you are not in it. Join it, then press again.`);

export const notForGuests = (): Message =>
  say('As a guest you cannot take them over or end them. A colleague who is here for good can.');

export function list({ rhythms, underWay }: Overview, now: Temporal.Instant, timeZone: string): Message {
  if (rhythms.length + underWay.length === 0) {
    return message(
      paragraph(
        'No channel of yours looks back yet. A retrospective here needs no meeting: I ask in the channel, everybody answers in their own time, and you close with three things at most.',
      ),
      row(button('Look back together', actions.setUp, {}, { style: 'primary' })),
      aside(
        'Or type `/retro in #team every 2 weeks friday 14:00`. `/retro formats` shows what can be asked.',
      ),
    );
  }
  return growing(
    [
      ...underWay.map((retro) => underWayBlocks(retro, timeZone)),
      ...rhythms.map((one) => seriesBlocks(one, now, timeZone)),
    ],
    (left) => `And ${left} more, which \`/retro stop in #channel\` and \`/retro skip in #channel\` reach.`,
    { after: [row(button('Another channel', actions.setUp))] },
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
        button('Close it now', actions.closeNow, { retroId: retro.id }),
        button('Skip it', actions.skip, { retroId: retro.id }),
      ),
    ];
  }
  const step: Partial<Record<Retro['phase'], string>> = {
    few: `closed with too few answers to show; ${threadOf(retro)} asks you what next`,
    grouping: `waits in ${threadOf(retro)} to be sorted`,
    voting: `is being voted on in ${threadOf(retro)}`,
    choosing: `waits in ${threadOf(retro)} for what you take on`,
  };
  return [paragraph(`${where}: the last one ${step[retro.phase] ?? 'has moved on'}.`)];
}

function seriesBlocks(
  { series, next, past }: SeriesOverview,
  now: Temporal.Instant,
  timeZone: string,
): Block[] {
  const skipped = past.filter(({ phase }) => phase === 'skipped').length;
  const took = past.length - skipped;
  const counts = [took > 0 ? `${took} held` : '', skipped > 0 ? `${skipped} skipped` : ''].filter(Boolean);
  const today = localDay(now, timeZone);
  const history = past.slice(0, 4).map((retro) => {
    const day = dayInWords(localDay(retro.openedAt, timeZone), today);
    return `${day}: ${pastInWords(retro)}`;
  });
  return [
    paragraph(
      `*${channelLink(series.channelId)}* looks back ${rhythmInWords(series)}${next ? `, next ${moment(next, timeZone)}` : ''}${series.skipAt ? ' (the one before that is called off)' : ''}.\n${formatInWords(series.formatId)}, ${series.anonymous ? 'anonymous' : 'with names'}, open ${openInWords(series.openDays)}${counts.length > 0 ? ` · ${counts.join(', ')}` : ''}`,
    ),
    ...(history.length > 0 ? [aside(history.join(' · '))] : []),
    seriesButtons(series),
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
    case 'open':
      return `${formatOf(retro.formatId).name}, open still, ${retro.answered === 0 ? 'no answers yet' : `${peopleInWords(retro.answered)} answered so far`}`;
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

export const skipped = (channelId: string, reason: string, seriesId?: string): Message =>
  say(
    `Skipped in ${channelLink(channelId)}: “${escaped(reason)}”. It stays in the history as skipped.`,
    ...(seriesId ? [button('Hold it after all', actions.unskip, { seriesId })] : []),
  );

/** What came of skipping the next one. */
export function nextSkipped(
  came: 'skipped' | 'skipped-already' | 'nothing-to-skip',
  series: Series,
  reason: string,
): Message {
  switch (came) {
    case 'skipped':
      return skipped(series.channelId, reason, series.id);
    case 'skipped-already':
      return skippedAlready();
    case 'nothing-to-skip':
      return nothingThere(series.channelId);
  }
}

export const skippedAlready = (): Message => say('The next one is called off already.');

/** What the form that skips one is about. */
export const whichIsSkipped = (
  series: Series,
  next: Temporal.Instant | undefined,
  timeZone: string,
): string => `The next one in ${channelLink(series.channelId)}${next ? `, ${moment(next, timeZone)}` : ''}.`;

export const unskipped = (channelId: string): Message =>
  say(`It is on again in ${channelLink(channelId)}, at its usual time.`);

export const stopped = (series: Series): Message =>
  say(
    `Stopped: ${channelLink(series.channelId)} is asked no more. What was said and taken on stays.`,
    button('Start it again', actions.start, { seriesId: series.id }),
  );

/** For the Home and the digest. */
export const homeBlocks = ({ rhythms, underWay }: Overview, timeZone: string): Block[] => {
  const lines = [
    ...underWay
      .slice(0, 3)
      .map((retro) =>
        retro.phase === 'open'
          ? `Open in ${channelLink(retro.channelId)} until ${moment(retro.closesAt, timeZone)}, ${peopleInWords(retro.answered)} answered.`
          : `${channelLink(retro.channelId)}: the last one ${retro.phase === 'voting' ? 'is being voted on' : 'waits for you'} in ${threadOf(retro)}.`,
      ),
    ...rhythms
      .slice(0, 3)
      .flatMap(({ series, next }) =>
        next ? [`${channelLink(series.channelId)} looks back next ${moment(next, timeZone)}.`] : [],
      ),
  ];
  const left = Math.max(0, underWay.length - 3) + Math.max(0, rhythms.length - 3);
  if (left > 0) lines.push(`And ${left} more, which \`/retro\` shows.`);
  return lines.length === 0 ? [] : [paragraph(`*Looking back*\n${lines.join('\n')}`)];
};

/** In the Home of somebody in the team: what they may answer. */
export const toAnswerBlocks = (open: readonly Retro[], timeZone: string): Block[] =>
  open.length === 0
    ? []
    : [
        paragraph('*Looking back*'),
        ...open
          .slice(0, 5)
          .map((retro) =>
            paragraph(
              `${channelLink(retro.channelId)} looks back until ${moment(retro.closesAt, timeZone)}.`,
              button('Answer', actions.answer, { retroId: retro.id }),
            ),
          ),
        ...(open.length > 5 ? [aside(`And ${open.length - 5} more, each in its channel.`)] : []),
      ];

export function digestBlocks(week: readonly Retro[], timeZone: string): Block[] {
  if (week.length === 0) return [];
  const lines = week.slice(0, 4).map((retro) => {
    const day = shortDate(localDay(retro.openedAt, timeZone));
    return `${channelLink(retro.channelId)}, ${day}: ${pastInWords(retro)}`;
  });
  const more = week.length > 4 ? ` And ${week.length - 4} more.` : '';
  return [paragraph(`*Looking back.* ${lines.join(' · ')}.${more}`)];
}

/** To the lead, when the channel a retrospective lived in is gone. */
export const channelGone = (channelId: string): Message =>
  say(
    `${channelLink(channelId)} is archived or deleted, so looking back there has stopped, and what was under way has ended. \`/retro\` sets it up elsewhere.`,
  );

/** To the lead, when so many left a channel that anonymity is no longer to be had there. */
export const tooFewLeft = (series: Series): Message =>
  message(
    paragraph(
      `${channelLink(series.channelId)} is down to ${peopleInWords(series.people)}. With fewer than ${fewestForAnonymity}, who wrote what can be told from the words, so the anonymous retrospectives there are on hold. Shall they go on with names?`,
    ),
    row(
      button('Change it', actions.change, { seriesId: series.id }),
      button('Stop them', actions.stop, { seriesId: series.id }),
    ),
  );
