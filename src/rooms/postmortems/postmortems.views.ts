// What people read of a post-mortem: its five messages in Slack, the lists, the answers.

import type { Button } from '@slack/types';
import type { BlameFinding } from '../../blame/blame.ts';
import { offered } from '../../blame/blame.views.ts';
import {
  aside,
  button,
  confirmation,
  discreet,
  divider,
  escaped,
  growing,
  header,
  mention,
  message,
  packed,
  paragraph,
  paragraphs,
  quoted,
  row,
  say,
  shorten,
  slackDate,
} from '../../slack/blocks.ts';
import { limits } from '../../slack/limits.ts';
import type { Block, Message } from '../../slack/message.ts';
import { leadingTo } from '../../slack/permalink.ts';
import { dayInWords, localDay, shortDate, shortMonth } from '../../time/days.ts';
import { formatDuration } from '../../time/durations.ts';
import { capital, howManyAre, listInWords } from '../../words.ts';
import * as actions from './postmortems.actions.ts';
import type { Trends } from './postmortems.trends.ts';
import {
  draftAheadHours,
  emptySections,
  factorLabel,
  minutesToDetect,
  minutesToResolve,
  mostPeople,
  nameOf,
  nextStatus,
  outsideFacilitator,
  type Part,
  type Postmortem,
  previousStatus,
  type Section,
  type SectionId,
  type SectionPart,
  type Status,
  sectionKind,
  sectionKinds,
  severityWords,
  statusWords,
  type TimelineEntry,
  type TimelineLine,
  wholeTimeline,
} from './postmortems.ts';

/** A commitment as it is shown here; the commitments' room knows the rest. */
export interface ShownCommitment {
  what: string;
  due: Temporal.PlainDate;
  state: 'open' | 'done' | 'dropped';
  ownerId: string | null;
  ownerName: string;
  reason: string | null;
}

/** All there is to a post-mortem. */
export interface Whole {
  postmortem: Postmortem;
  sections: readonly Section[];
  timeline: readonly TimelineEntry[];
  commitments: readonly ShownCommitment[];
  /** The last day for its review. */
  reviewBy: Temporal.PlainDate;
  /** Slack's links to its messages in its channel, as far as they stand there. */
  links: Partial<Record<Part, string>>;
}

const people = (found: readonly string[]): string => found.map(mention).join(', ');

/** Characters of a section in a message of five; Slack refuses blocks that are too long together. */
const sectionShown = 2_000;

/** What stands in one message of a post-mortem, in a channel or in the DM of one of its people. */
export function drawPart(whole: Whole, part: Part, destination: string): Message {
  const { postmortem } = whole;
  if (postmortem.channelId !== null && destination !== postmortem.channelId) {
    return moved(whole, part);
  }
  return unlessPrivate(
    postmortem,
    message(...partBlocks(whole, part)),
    `${nameOf(postmortem)}, private: ${partTitle(part)}.`,
  );
}

/** `PM-3`, which leads to where it stands. */
export const linkedName = (postmortem: Pick<Postmortem, 'number'>, link: string | undefined): string =>
  leadingTo(link ?? null, nameOf(postmortem));

const partTitles: Record<Part, string> = {
  overview: 'overview',
  account: 'what happened',
  lessons: 'what we learned',
  timeline: 'timeline',
  'follow-ups': 'what follows',
};

const partTitle = (part: Part): string => partTitles[part];

const moved = ({ postmortem, links }: Whole, part: Part): Message =>
  say(
    part === 'overview'
      ? `${linkedName(postmortem, links.overview)} stands in <#${postmortem.channelId}> now; everybody there can read it and help to write it.`
      : `${leadingTo(links[part] ?? null, capital(partTitle(part)))}: in <#${postmortem.channelId}> now.`,
  );

function partBlocks(whole: Whole, part: Part): Block[] {
  switch (part) {
    case 'overview':
      return overviewBlocks(whole);
    case 'account':
    case 'lessons':
      return [header(capital(partTitle(part))), ...sectionBlocks(whole, part)];
    case 'timeline':
      return timelineBlocks(whole);
    case 'follow-ups':
      return followUpBlocks(whole);
  }
}

function factLines({ postmortem: one, reviewBy }: Whole): string {
  const { startedAt, resolvedAt, timeZone: zone } = one;
  const oneDay = startedAt && resolvedAt && localDay(startedAt, zone).equals(localDay(resolvedAt, zone));
  const until = resolvedAt && slackDate(resolvedAt, zone, ...(oneDay ? ['{time}'] : []));
  const when = startedAt
    ? `${slackDate(startedAt, zone)}${until ? ` to ${until}` : ', not over yet'}`
    : 'not filled in yet';
  const [resolving, detecting] = [minutesToResolve(one), minutesToDetect(one)];
  const lines = [
    `*Severity ${one.severity}*, ${severityWords[one.severity]} · *${statusWords[one.status]}*${one.channelId === null ? ' · private' : ''}`,
    `*When* ${when}${resolving === undefined ? '' : `, resolved in *${formatDuration(resolving)}*`}${detecting === undefined || detecting < 0 ? '' : `, detected after ${formatDuration(detecting)}`}`,
    ...(one.services.length > 0 ? [`*Services* ${one.services.map(quoted).join(', ')}`] : []),
    ...(one.responders.length > 0 ? [`*Worked on it* ${people(one.responders)}`] : []),
    `*Facilitator* ${one.facilitatorId ? mention(one.facilitatorId) : 'nobody yet; best somebody who was not in it'}`,
  ];
  if (one.status === 'draft' || one.status === 'in-review') {
    lines.push(
      one.reviewAt
        ? `*Review* ${slackDate(one.reviewAt, one.timeZone)}`
        : `*Review* not planned yet; best by ${shortDate(reviewBy)}`,
    );
  }
  return lines.join('\n');
}

const nextLabels: Record<Status, string> = {
  draft: 'Draft',
  'in-review': 'Send for review',
  reviewed: 'It is reviewed',
  closed: 'Close it',
};
const backLabels: Partial<Record<Status, string>> = {
  draft: 'Back to draft',
  'in-review': 'Back to review',
  reviewed: 'Open it again',
};

function overviewBlocks(whole: Whole): Block[] {
  const { postmortem, sections } = whole;
  const [next, back] = [nextStatus(postmortem.status), previousStatus(postmortem.status)];
  const empty = emptySections(sections);
  const { id, status } = postmortem;
  return [
    header(`${nameOf(postmortem)}: ${postmortem.title}`),
    paragraph(factLines(whole)),
    aside(
      `${postmortem.ownerId ? `Started by ${mention(postmortem.ownerId)}. ` : ''}What and how, not who and why: we look for what to change in the system.`,
      empty.length === 0
        ? 'Every section has something in it.'
        : `Still empty: ${empty.map((id) => sectionKind(id).title.toLowerCase()).join(', ')}.`,
    ),
    row(
      ...(next
        ? [
            button(
              nextLabels[next],
              actions.moveTo,
              { id, from: status, to: next },
              { suffix: 'next', style: 'primary' },
            ),
          ]
        : []),
      ...(back && backLabels[back]
        ? [button(backLabels[back], actions.moveTo, { id, from: status, to: back }, { suffix: 'back' })]
        : []),
      button('Edit the facts', actions.facts, { id: postmortem.id }),
      ...(postmortem.status === 'draft' || postmortem.status === 'in-review'
        ? [
            button(postmortem.reviewAt ? 'Move the review' : 'Plan the review', actions.review, {
              id: postmortem.id,
            }),
          ]
        : []),
      button(postmortem.channelId === null ? 'Share or invite' : 'Invite', actions.share, {
        id: postmortem.id,
      }),
      button('As Markdown', actions.markdown, { id: postmortem.id }),
    ),
  ];
}

function sectionBlocks({ postmortem, sections }: Whole, part: SectionPart): Block[] {
  return sectionKinds
    .filter((kind) => kind.part === part)
    .map(({ id, title, asks }) => {
      const text = sections.find((section) => section.id === id)?.text.trim() ?? '';
      const sorts =
        id === 'factors' && postmortem.factors.length > 0
          ? `${postmortem.factors.map(factorLabel).join(', ')}\n`
          : '';
      return paragraph(
        `*${title}*\n${sorts}${text === '' ? `_${asks}_` : escaped(shorten(text, sectionShown))}`,
        button(
          text === '' ? 'Write' : 'Edit',
          actions.writeSection,
          { id: postmortem.id, section: id },
          { suffix: id },
        ),
      );
    });
}

/** Characters of a timeline in one message; Slack refuses blocks that are too long together. */
const timelineShown = 9_000;

function timelineBlocks({ postmortem, timeline }: Whole): Block[] {
  const all = wholeTimeline(timeline, postmortem);
  const lengths = timelineLines(all, postmortem).map(({ length }) => length + 1);
  let shownFrom = all.length;
  for (let length = 0; shownFrom > 0; shownFrom -= 1) {
    length += lengths[shownFrom - 1]!;
    if (length > timelineShown) break;
  }
  const shown = timelineLines(all.slice(shownFrom), postmortem);
  const hidden = shownFrom;
  return [
    header('Timeline'),
    ...(timeline.length === 0
      ? [
          paragraph(
            '_What happened when, beginning before the incident?_ `/postmortem note 09:20 rolled back` adds a line; so does *Add to the timeline* in the menu of any message.',
          ),
        ]
      : []),
    ...(hidden > 0 ? [aside(`${hidden} earlier lines are in the Markdown.`)] : []),
    ...paragraphs(shown),
    row(
      button('Add a line', actions.addEntry, { id: postmortem.id }),
      ...(timeline.length > 0 ? [button('Change a line', actions.entries, { id: postmortem.id })] : []),
    ),
    aside('Times are in your own time zone.'),
  ];
}

/** Each line with its time; the first of a day says which day that is. */
function timelineLines(lines: readonly TimelineLine[], { timeZone: zone }: Postmortem): string[] {
  return lines.map(({ at, text, link }, index) => {
    const before = lines[index - 1];
    const isNewDay = before === undefined || !localDay(at, zone).equals(localDay(before.at, zone));
    const when = isNewDay ? slackDate(at, zone) : slackDate(at, zone, '{time}');
    return `${when}  ${escaped(text)}${link ? `  ${leadingTo(link, 'message')}` : ''}`;
  });
}

function followUpBlocks(whole: Whole): Block[] {
  const { postmortem, commitments } = whole;
  const lines = commitments.map(({ what, due, state, ownerId, ownerName, reason }) => {
    const who = ownerId ? mention(ownerId) : quoted(ownerName);
    const words = state === 'dropped' ? `~${quoted(what)}~` : `*${quoted(what)}*`;
    const end =
      state === 'done'
        ? 'done'
        : state === 'dropped'
          ? `not doing${reason ? `: ${escaped(reason)}` : ''}`
          : `by ${shortDate(due)}`;
    return `${words}, ${who}, ${end}`;
  });
  return [
    header('What follows'),
    paragraph(
      lines.length > 0
        ? `*Commitments*\n${lines.join('\n')}`
        : '*Commitments*\n_What will really be done, by one person, until a day?_',
      button('Add one', actions.commit, { id: postmortem.id }),
    ),
    ...sectionBlocks(whole, 'follow-ups'),
  ];
}

/** The document in a form, to read: for somebody who is not where its messages are. */
export function wholeBlocks(whole: Whole): Block[] {
  const { postmortem, sections, timeline } = whole;
  const written = sectionKinds.flatMap(({ id, title }): Block[] => {
    const text = sections.find((section) => section.id === id)?.text.trim() ?? '';
    return text === '' ? [] : [paragraph(`*${title}*\n${escaped(text)}`)];
  });
  return [
    header(`${nameOf(postmortem)}: ${postmortem.title}`),
    paragraph(factLines(whole)),
    divider(),
    ...(written.length > 0 ? written : [paragraph('Nothing is written yet.')]),
    ...(timeline.length > 0
      ? [
          paragraph('*Timeline*'),
          ...paragraphs(timelineLines(wholeTimeline(timeline, postmortem).slice(-60), postmortem)),
        ]
      : []),
    row(
      button('Edit the facts', actions.facts, { id: postmortem.id }),
      button('Share or invite', actions.share, { id: postmortem.id }),
      button('As Markdown', actions.markdown, { id: postmortem.id }),
    ),
  ].slice(0, limits.viewBlocks);
}

const whereItIs = (postmortem: Postmortem): string =>
  postmortem.channelId === null
    ? 'It is private: I put it in your DM, for you alone until you share it or invite somebody.'
    : `I put it in <#${postmortem.channelId}>, where everybody can help to write it.`;

/** What was understood, said back. */
export function started(
  postmortem: Postmortem,
  said: { severity: boolean; suggestion: string | undefined },
): Message {
  return unlessPrivate(
    postmortem,
    startedWords(postmortem, said),
    `${nameOf(postmortem)} is started. It is private.`,
  );
}

function startedWords(
  postmortem: Postmortem,
  said: { severity: boolean; suggestion: string | undefined },
): Message {
  const resolving = minutesToResolve(postmortem);
  const times = postmortem.startedAt
    ? `, ${slackDate(postmortem.startedAt, postmortem.timeZone)}${resolving === undefined ? '' : ` and ${formatDuration(resolving)} long`}`
    : '';
  return message(
    paragraph(
      `*${nameOf(postmortem)}: ${quoted(postmortem.title)}*, severity ${postmortem.severity}${said.severity ? '' : ' (you named none; it is easily changed)'}${times}. ${whereItIs(postmortem)}`,
    ),
    ...(said.suggestion
      ? [
          paragraph(
            `${mention(said.suggestion)} is not among those who worked on it, and could facilitate the review.`,
            button('Ask them to', actions.facilitate, { id: postmortem.id, facilitatorId: said.suggestion }),
          ),
        ]
      : []),
    ...toInvite(postmortem),
    row(button('Edit the facts', actions.facts, { id: postmortem.id })),
    aside('`/postmortem note 09:20 rolled back` adds to the timeline.'),
  );
}

export const facilitatorSet = (postmortem: Postmortem): Message =>
  message(
    paragraph(
      `${mention(postmortem.facilitatorId ?? '')} is down as facilitator of ${nameOf(postmortem)}. I have not told them; that is better coming from you.`,
    ),
    ...toInvite(postmortem),
  );

/** Naming who facilitates shows them nothing private; what is written may have to be looked over first. */
const toInvite = (postmortem: Postmortem): Block[] =>
  outsideFacilitator(postmortem) === undefined
    ? []
    : [
        paragraph(
          `${mention(postmortem.facilitatorId ?? '')} can’t read it yet: it is private.`,
          button('Invite them', actions.share, { id: postmortem.id }),
        ),
      ];

/** Words of a private one stay out of what a notification or a lock screen shows. */
const unlessPrivate = (postmortem: Postmortem, said: Message, text: string): Message =>
  postmortem.channelId === null ? discreet(text, ...said.blocks) : said;

export const noted = (postmortem: Postmortem, entry: TimelineEntry, stamped: boolean): Message =>
  unlessPrivate(
    postmortem,
    notedWords(postmortem, entry, stamped),
    `Added to the timeline of ${nameOf(postmortem)}.`,
  );

const notedWords = (postmortem: Postmortem, entry: TimelineEntry, stamped: boolean): Message =>
  message(
    paragraph(
      `Added to ${nameOf(postmortem)}, *${quoted(postmortem.title)}*: ${slackDate(entry.at, postmortem.timeZone)}  ${escaped(entry.text)}${stamped ? '' : '\nYou named no time, so it is now.'}`,
    ),
    row(
      button('Change', actions.changeEntry, { id: postmortem.id, entryId: entry.id }),
      button('Undo', actions.removeEntry, { id: postmortem.id, entryId: entry.id }),
    ),
  );

export const entryRemoved = (postmortem: Postmortem, entryId: string): Message =>
  say(
    `Taken out of the timeline of ${nameOf(postmortem)}.`,
    button('Put it back', actions.restoreEntry, { id: postmortem.id, entryId }),
  );

export const entryRestored = (postmortem: Postmortem): Message =>
  say(`It is back in the timeline of ${nameOf(postmortem)}.`);

export const entryStale = (): Message =>
  say('That line has been changed since; the timeline shows how it stands now.');

/** `questions`: how many the blame check added to the contributing factors. */
export const saved = (postmortem: Postmortem, what: string, questions = 0): Message =>
  message(
    paragraph(`Saved: ${what} of ${nameOf(postmortem)}.${askedThen(questions)}`),
    ...toInvite(postmortem),
  );

const askedThen = (questions: number): string =>
  questions === 0
    ? ''
    : ` ${questions === 1 ? 'The question stands' : 'The questions stand'} under contributing factors.`;

export const statusChanged = (postmortem: Postmortem): Message => {
  const words: Record<Status, string> = {
    draft: 'is a draft again.',
    'in-review': postmortem.reviewAt
      ? `is in review; it is read together ${slackDate(postmortem.reviewAt, postmortem.timeZone)}.`
      : 'is in review. Plan the review, so that everybody has read it by then.',
    reviewed: 'is reviewed. What follows from it is best settled while everybody remembers.',
    closed: 'is closed. It stays searchable, and its commitments go on.',
  };
  return say(`${nameOf(postmortem)} ${words[postmortem.status]}`);
};

export const nothingToReview = ({ id, number }: Postmortem): Message =>
  say(
    `${nameOf({ number })} stays a draft: there is nothing in it to review yet. A summary of a few lines is enough to begin with.`,
    button('Write the summary', actions.writeSection, { id, section: 'summary' }),
  );

export const staleStatus = (postmortem: Postmortem): Message =>
  say(`Somebody was faster: ${nameOf(postmortem)} is ${statusWords[postmortem.status]} by now.`);

export function reviewPlanned(postmortem: Postmortem, now: Temporal.Instant): Message {
  const { reviewAt, timeZone } = postmortem;
  if (!reviewAt) return say(`The review of ${nameOf(postmortem)} has no date now.`);
  const dayAhead = now.until(reviewAt).total('hours') > draftAheadHours;
  return say(
    `The review of ${nameOf(postmortem)} is ${slackDate(reviewAt, timeZone)}. ${dayAhead ? 'A day before it I send the draft around.' : 'That is soon, so I send the draft around now.'}`,
  );
}

export const shared = (postmortem: Postmortem, invited: readonly string[]): Message =>
  say(
    [
      ...(postmortem.channelId ? [`${nameOf(postmortem)} goes to <#${postmortem.channelId}>.`] : []),
      ...(invited.length > 0
        ? [
            `${people(invited)} can read and write ${nameOf(postmortem)} now${postmortem.channelId ? '' : '. It comes to each in a DM, within their own working hours'}.`,
          ]
        : []),
    ].join(' ') || 'Nothing changed: you chose neither a channel nor a person.',
  );

export const takenOn = (what: string, ownerId: string): Message =>
  say(`Taken on: *${quoted(what)}*, ${mention(ownerId)}. They hear of it, and again two days before.`);

/** Whoever started it has left Slack. The channel reads it, or in one DM somebody it was shared with. */
export const ownerLeft = (postmortem: Postmortem, leaverId: string): Block[] => [
  paragraph(
    `*${nameOf(postmortem)}* was started by ${mention(leaverId)}, who has left this Slack, and is ${postmortem.status === 'draft' ? 'a draft' : statusWords[postmortem.status]}. Whoever takes it over is reminded of its review.`,
    button('I take it over', actions.takeOver, { id: postmortem.id }),
  ),
];

export const takenOver = (postmortem: Postmortem, personId: string): Message =>
  say(
    `${mention(personId)} goes on with ${nameOf(postmortem)}.`,
    button('Show it', actions.show, { id: postmortem.id }),
  );

export const notForGuests = (): Message =>
  say('As a guest you cannot take it over. A colleague who is here for good can.');

export const ledAlready = (postmortem: Postmortem): Message =>
  say(`Somebody goes on with ${nameOf(postmortem)} already.`);

export const gone = (): Message =>
  say('I know no such post-mortem, or it is not yours to open. `/postmortem list` shows those that are.');

export const noneYet = (): Message =>
  message(
    paragraph('There is no post-mortem here yet.'),
    row(button('Start one', actions.start, {}, { style: 'primary' })),
    aside('Or type `/postmortem checkout was down, sev1, 09:12-09:37 today`.'),
  );

export const noneOpen = (): Message =>
  say(
    'There is no open post-mortem here to add that to, so nothing was kept. Start one with `/postmortem`, or name one: `/postmortem note PM-3 09:20 rolled back`.',
  );

export const noSuch = (number: number): Message =>
  say(`I know no PM-${number} that is yours to open. \`/postmortem list\` shows those that are.`);

export const full = (most: number): Message =>
  say(`That timeline has ${most} lines already, which is as many as it holds. Take one out to make room.`);

/** Nothing was kept: the channel named in the line can't take it. */
export const notStarted = (why: string): Message => say(`Nothing is started yet. ${why}`);

export const help = (): Message =>
  message(
    paragraph('*Post-mortems without blame*'),
    paragraph(
      [
        '`/postmortem checkout was down, sev1, 09:12-09:37 today` starts one, private until you share it. More, after commas: `detected 09:15`, `services checkout and mail`, `with @people who worked on it`, `facilitator @somebody`, `here` or `in #channel`.',
        '`/postmortem note 09:20 rolled back` adds to the timeline; also `yesterday 23:40`, `09:20 UTC`, or no time for now. `note PM-3 …` names which.',
        '`/postmortem list` · `/postmortem show PM-3` · `/postmortem search full disk` · `/postmortem trends` · `/postmortem export PM-3`',
        'In the menu of any message: *Start a post-mortem*, *Add to the timeline*.',
      ].join('\n'),
    ),
    aside('Before words reach others I point at sentences that blame somebody, and you decide.'),
  );

/** A row in a list: what, how bad, how long, how far. */
function listLine(postmortem: Postmortem, zone: string, now: Temporal.Instant): string {
  const at = postmortem.startedAt ?? postmortem.createdAt;
  const resolving = minutesToResolve(postmortem);
  return `*${nameOf(postmortem)}* ${quoted(postmortem.title)}\nseverity ${postmortem.severity} · ${dayInWords(localDay(at, zone), localDay(now, zone))}${resolving === undefined ? '' : ` · ${formatDuration(resolving)}`} · ${statusWords[postmortem.status]}${postmortem.channelId === null ? ' · private' : ''}`;
}

export function list(
  found: readonly Postmortem[],
  reader: { zone: string; now: Temporal.Instant },
  title = 'Post-mortems',
): Message {
  const open = found.filter(({ status }) => status !== 'closed');
  const closed = found.filter(({ status }) => status === 'closed');
  const part = (heading: string, some: readonly Postmortem[]): Block[][] =>
    some.map((one, index) => [
      ...(index === 0 ? [paragraph(heading)] : []),
      paragraph(listLine(one, reader.zone, reader.now), button('Show', actions.show, { id: one.id })),
    ]);
  const drawn = growing(
    [...part('*Open*', open), ...part('*Closed*', closed)],
    (left) => `${left} older ones: \`/postmortem search\` finds them.`,
    { before: [header(title)] },
  );
  return found.some(({ channelId }) => channelId === null)
    ? {
        text:
          found.length === 1
            ? `One post-mortem you may open, ${statusWords[found[0]!.status]}.`
            : `${found.length} post-mortems you may open, ${open.length} of them not closed.`,
        blocks: drawn.blocks,
      }
    : drawn;
}

export interface Hit {
  postmortem: Postmortem;
  /** A piece of the words that were found, with where it stands. */
  where: string;
  excerpt: string;
}

export function hits(found: readonly Hit[], words: string): Message {
  if (found.length === 0) {
    return say(
      `Nothing here says “${escaped(words)}”. I look for every word of it, in titles, sections, timelines and services of what you may open.`,
    );
  }
  const drawn = growing(
    found.map(({ postmortem, where, excerpt }) => [
      paragraph(
        `*${nameOf(postmortem)}* ${quoted(postmortem.title)}\n${where}: ${escaped(excerpt)}`,
        button('Show', actions.show, { id: postmortem.id }),
      ),
    ]),
    (left) => `And ${left} more; another word narrows it down.`,
    {
      before: [
        header(
          `${found.length === 1 ? 'One post-mortem says' : `${found.length} post-mortems say`} “${words}”`,
        ),
      ],
    },
  );
  return found.some(({ postmortem }) => postmortem.channelId === null)
    ? {
        text: `${found.length} found: ${found.map(({ postmortem }) => nameOf(postmortem)).join(', ')}.`,
        blocks: drawn.blocks,
      }
    : drawn;
}

const monthWords = (month: Temporal.PlainYearMonth): string => `${shortMonth(month)} ${month.year}`;

/** Two versions: with Slack's own chart, and in text where a workspace has none yet. */
export function trends(found: Trends): { message: Message; plainer: Message } | { message: Message } {
  const total = found.months.reduce((sum, { incidents }) => sum + incidents, 0);
  if (total === 0) return { message: noneYet() };
  const timed = found.months.filter((month) => month.median !== undefined);
  const [first, last] = [timed[0], timed.at(-1)];
  const headline =
    !first || !last
      ? `${total === 1 ? 'One incident' : `${total} incidents`} in the last twelve months; none has both its times yet, so I cannot say how long they took.`
      : first === last
        ? `${total === 1 ? 'One incident' : `${total} incidents`} in the last twelve months. The median of ${monthWords(first.month)} was ${formatDuration(first.median!)} to resolve.`
        : `The median incident of ${monthWords(last.month)} was resolved in ${formatDuration(last.median!)}; in ${monthWords(first.month)} it took ${formatDuration(first.median!)}.`;
  const months = found.months.map(
    ({ month, incidents, median }) =>
      `${monthWords(month)}: ${incidents === 0 ? 'none' : `${incidents}${median === undefined ? '' : `, median ${formatDuration(median)}`}`}`,
  );
  const counts = (title: string, lines: string[]): Block[] =>
    lines.length > 0 ? [paragraph(`*${title}*\n${lines.join('\n')}`)] : [];
  const below = [
    ...counts('By month', months),
    ...counts(
      'By service',
      found.services.slice(0, 10).map(({ of, incidents }) => `${quoted(of)}: ${incidents}`),
    ),
    ...counts(
      'By contributing factor',
      found.factors.map(({ of, incidents }) => `${factorLabel(of)}: ${incidents}`),
    ),
    ...counts(
      'What came back',
      found.cameBack
        .slice(0, 10)
        .map(
          ({ service, factor, numbers }) =>
            `${quoted(service)} with ${factorLabel(factor).toLowerCase()}, ${numbers.length} times: ${numbers.map((number) => `PM-${number}`).join(', ')}`,
        ),
    ),
    aside(
      'Of the post-mortems you may open. Sorts of factors are chosen where contributing factors are written.',
    ),
  ];
  const plainer = message(paragraph(`*${headline}*`), ...below);
  if (timed.length < 2) return { message: plainer };
  return {
    message: message(
      paragraph(`*${headline}*`),
      {
        type: 'data_visualization',
        title: 'Minutes to resolve, median by month',
        chart: {
          type: 'bar',
          series: [
            {
              name: 'Minutes',
              data: timed.map(({ month, median }) => ({ label: monthWords(month), value: median ?? 0 })),
            },
          ],
          axis_config: { categories: timed.map(({ month }) => monthWords(month)) },
        },
      },
      ...below,
    ),
    plainer,
  };
}

/** Characters of a document that one message holds; a longer one is shown in a form. */
export const longestMarkdown = 9_000;

/** The document in pieces that can be copied. */
export function markdownBlocks(postmortem: Postmortem, document: string): Block[] {
  // Three backticks would end the box it stands in.
  const lines = escaped(document).replaceAll('```', '`\u2060`\u2060`').split('\n');
  const box = '```';
  return [
    paragraph(
      `*${nameOf(postmortem)} as Markdown*, without mentions, links into Slack or who takes on what. Names that somebody typed are in it, so read it once more before you send it.`,
    ),
    ...packed(lines, limits.text - 2 * box.length).map((piece) => paragraph(`${box}${piece}${box}`)),
  ];
}

export function markdown(postmortem: Postmortem, document: string): Message {
  return unlessPrivate(
    postmortem,
    message(...markdownBlocks(postmortem, document)),
    `${nameOf(postmortem)} as Markdown.`,
  );
}

/** Where the blame check's questions go. */
export const asked = 'under contributing factors';

/** What settles a sentence that points at somebody. */
export const blameButtons = (where: { mark: string; where?: string }): Button[] => [
  button('Use it', actions.useWording, { ...where, wording: 'what' }, { style: 'primary' }),
  button('Use it, ask the second', actions.useWording, { ...where, wording: 'how' }),
  button('Keep mine', actions.keepSentence, where),
  button('Edit', actions.editSentence, where),
];

/** A typed line that is about to be shared: nothing is kept until one of these is pressed. */
export function lineFindings(
  findings: readonly BlameFinding[],
  lines: { channel: string } & Record<'what' | 'how' | 'mine', { line: string; asks: string[] }>,
): Message {
  const [first, ...others] = findings;
  if (!first) throw new Error('There is nothing to point at');
  const { channel, what, how, mine } = lines;
  const count = others.length === 0 ? 'one sentence points' : `${findings.length} sentences point`;
  return message(
    paragraph(`*That would be read by others, and ${count} at people.* Nothing is posted yet.`),
    paragraph(offered(first, asked)),
    ...(others.length > 0
      ? [
          aside(
            `Also: ${others.map(({ sentence }) => `“${quoted(sentence)}”`).join(' · ')} I ask about that next; *Keep mine* keeps all of it.`,
          ),
        ]
      : []),
    row(
      button('Use it', actions.typedLine, { channel, ...what, how: 'what' }, { style: 'primary' }),
      button('Use it, ask the second', actions.typedLine, { channel, ...how, how: 'how' }),
      button('Keep mine', actions.typedLine, { channel, ...mine, how: 'mine' }),
      button('Edit', actions.editTypedLine, { channel, ...mine }),
    ),
  );
}

export const reviewProblems = {
  noTime: 'Choose a time.',
  past: 'That has passed. Choose a moment ahead.',
} as const;

export const commitProblems = {
  noOwner: 'Choose one person; what belongs to everybody is done by nobody.',
  noDay: 'Choose a day.',
} as const;

/** Why it was not kept as a commitment. */
export function commitTrouble(refused: { why: string; field?: 'what' | 'due'; most?: number }): string {
  if (refused.field === 'due') return 'Choose a day from today on, within two years.';
  switch (refused.why) {
    case 'no-words':
      return 'Say what will be done.';
    case 'too-long':
      return 'At most 500 characters, please.';
    default:
      return `From here, ${howManyAre(refused.most ?? 2)} open already. Close one first, or write this down as an idea.`;
  }
}

export const tooManyPeople = `At most ${mostPeople} people share a private one. A channel holds everybody.`;

export const entryRemovedPage = [paragraph('The line is out of the timeline.')];

export const broughtBack = (version: number): Block[] => [
  paragraph(`Version ${version} is how it reads again; what stood there meanwhile is kept as a version too.`),
];

export const placeProblems = {
  archived: 'That channel is archived. Choose another one.',
  notInvited: 'I am not in that channel yet. Type /invite @Evenkeel there, then send this again.',
  notAMember: 'You are not in that channel yet. Join it, then send this again.',
} as const;

export const removeConfirmation = confirmation(
  'Take this line out?',
  'It can be put back from the answer.',
  'Take it out',
);

/** Names of sections for a sentence: `summary and impact`. */
export function sectionNames(found: readonly SectionId[]): string {
  return listInWords(found.map((id) => sectionKind(id).title.toLowerCase()));
}
