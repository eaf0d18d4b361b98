// What a team reads of its retrospective: the post in the channel, and what follows in its thread.

import {
  aside,
  button,
  charactersOf,
  confirmation,
  escaped,
  mention,
  message,
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
import { shortDate } from '../../time/days.ts';
import { capital } from '../../words.ts';
import type { Commitment } from '../commitments/commitments.ts';
import * as actions from './retros.actions.ts';
import { type Format, formatOf } from './retros.formats.ts';
import {
  afterClosing,
  byVotes,
  fewestForAnonymity,
  type Group,
  type Item,
  mostCommitments,
  type Retro,
  titleOf,
  votesEach,
} from './retros.ts';

/** A moment in each reader's own zone and language. */
export const moment = (at: Temporal.Instant, timeZone: string): string => slackDate(at, timeZone);

export const channelLink = (channelId: string): string => `<#${channelId}>`;

/** `its thread`, or as the sentence has it, for whoever reads it elsewhere. */
export const threadOf = ({ link }: Retro, words = 'its thread'): string => leadingTo(link, words);

/** `nobody`, `one person`, `3 people`. */
export const peopleInWords = (count: number): string =>
  count === 0 ? 'nobody' : count === 1 ? 'one person' : `${count} people`;

const answeredInWords = (count: number): string =>
  count === 0 ? 'Nobody has answered yet' : count === 1 ? 'One has answered' : `${count} have answered`;

/** Whose answers these will be; said wherever somebody is about to write. */
export const anonymityLine = (anonymous: boolean): string =>
  anonymous
    ? 'Answers are anonymous: who wrote what is not stored, not even for me.'
    : 'Answers carry your name.';

/** `~flaky pipeline~ done, *smaller reviews* not doing (“sizes were fine”)` */
function outcomesLine(outcomes: readonly Commitment[]): string {
  return outcomes
    .map((commitment) => {
      const words = quoted(shorten(commitment.what, 80));
      const { state, reason } = commitment;
      if (state === 'done') return `~${words}~ done`;
      if (state === 'dropped') return `*${words}* not doing${reason ? ` (“${escaped(reason)}”)` : ''}`;
      return `*${words}* still open with ${ownerInWords(commitment)}`;
    })
    .join(', ');
}

/** A mention; the name of somebody whom a mention no longer reaches. */
const ownerInWords = ({ owner }: Commitment): string =>
  owner.id === null || owner.left ? escaped(owner.name) : mention(owner.id);

const outcomesBlock = (outcomes: readonly Commitment[]): Block[] =>
  outcomes.length === 0
    ? []
    : [
        paragraph(
          `What you took on before${outcomes.length === 1 ? '' : `, ${outcomes.length} things`}: ${outcomesLine(outcomes)}.`,
        ),
      ];

const questionsBlock = (format: Format): Block =>
  paragraph(
    [`*${format.name}*`, ...format.questions.map(({ title, asks }) => `*${title}.* ${asks}`)].join('\n'),
  );

/** What the post needs besides the retrospective itself. */
interface PostWords {
  timeZone: string;
  /** What became of last time's commitments. */
  outcomes: readonly Commitment[];
  /** What was taken on this time; empty until then. */
  taken: readonly Commitment[];
}

/** The post in the channel, as it stands. */
export function post(retro: Retro, { timeZone, outcomes, taken }: PostWords): Message {
  const format = formatOf(retro.formatId);
  const head = (state: string) => paragraph(`*Looking back* · set up by ${mention(retro.leadId)} · ${state}`);
  switch (retro.phase) {
    case 'open':
      return message(
        head(`open until ${moment(retro.closesAt, timeZone)}\n${anonymityLine(retro.anonymous)}`),
        ...outcomesBlock(outcomes),
        questionsBlock(format),
        row(button('Answer, 2 minutes', actions.answer, { retroId: retro.id }, { style: 'primary' })),
        aside(`${answeredInWords(retro.answered)}.`),
      );
    case 'skipped':
      return message(head(`skipped this time${retro.reason ? `: “${escaped(retro.reason)}”` : ''}`));
    case 'quiet':
      return message(head('closed, with no answers this time'));
    case 'few':
    case 'ended':
      return message(head('closed'));
    case 'done':
      return message(
        head(`${peopleInWords(retro.answered)} answered`),
        paragraph(takenLine(taken)),
        aside('What was said and how it was voted stands in the thread.'),
      );
    default:
      return message(
        head(`closed; ${peopleInWords(retro.answered)} answered`),
        questionsBlock(format),
        aside(
          `What was said stands in the thread${retro.phase === 'voting' ? ', and votes are open there' : ''}.`,
        ),
      );
  }
}

function takenLine(taken: readonly Commitment[]): string {
  if (taken.length === 0) return 'You took on nothing this time.';
  return [
    taken.length === 1 ? 'You took on one thing:' : `You took on ${taken.length} things:`,
    ...taken.map(
      (commitment) =>
        `• *${quoted(commitment.what)}*, ${ownerInWords(commitment)}, by ${shortDate(commitment.due)}`,
    ),
  ].join('\n');
}

/** Once, in the channel: nobody is named, and nobody can tell who is meant. */
export const nudge = (retro: Retro, timeZone: string): Message =>
  message(
    paragraph(
      `This retrospective is open until ${moment(retro.closesAt, timeZone)}. ${answeredInWords(retro.answered)}; two minutes and one line are plenty.`,
    ),
    row(button('Answer', actions.answer, { retroId: retro.id })),
  );

const deleteUnread = confirmation('Let it go', 'What was written is deleted unread.', 'Delete it');

/** In the thread, when the time is over. */
export function closing(retro: Retro, leadIsAway: boolean): Message {
  const takeOver = leadIsAway
    ? [
        paragraph(
          `${mention(retro.facilitatorId)} is away. Whoever presses this sorts and closes it in their place.`,
        ),
        row(button('Take it from here', actions.takeOver, { retroId: retro.id })),
      ]
    : [];
  switch (afterClosing(retro)) {
    case 'quiet':
      return say(
        'The time is over, and nobody answered. That says something too; what it says is for you to talk about.',
      );
    case 'few':
      return message(
        paragraph(
          `The time is over. Fewer than ${fewestForAnonymity} people answered, and among so few anyone’s words can be told apart, so I show none of them.`,
        ),
        row(
          button('Open one more working day', actions.oneMoreDay, { retroId: retro.id }),
          button('Let it go', actions.letGo, { retroId: retro.id }, { confirm: deleteUnread }),
        ),
        ...takeOver,
      );
    case 'grouping':
      return message(
        paragraph(
          `The time is over: ${peopleInWords(retro.answered)} answered. Thank you. What they said follows here.`,
        ),
        ...takeOver,
      );
  }
}

/** One block is kept for saying that there is more. */
const mostInForm = limits.viewBlocks - 1;

const byline = (items: readonly Item[]): string => {
  const names = items.flatMap(({ author }) => (author ? [quoted(author.name)] : []));
  return names.length > 0 ? `  _${names.toSorted().join(', ')}_` : '';
};

/** A group of several shows each point, so that nothing anybody wrote is swallowed; the same words stand once. */
function groupLines(group: Group, votes: boolean): string[] {
  const tally = votes && group.votes > 0 ? ` · *${votesInWords(group.votes)}*` : '';
  const wordings = Map.groupBy(group.items, ({ words }) => words);
  const lines = [...wordings].map(([words, items]) => {
    const times = items.length > 1 ? ` (${items.length} times)` : '';
    return `${escaped(words)}${times}${byline(items)}`;
  });
  if (lines.length === 1) return [`• ${lines[0]}${tally}`];
  return [
    `• *${quoted(titleOf(group))}* · ${group.items.length} put together${tally}`,
    ...lines.map((line) => `      ◦ ${line}`),
  ];
}

const votesInWords = (count: number): string => (count === 1 ? '1 vote' : `${count} votes`);

/** Everything that was said, by question. */
function everythingSaid(retro: Retro, groups: readonly Group[]): Block[] {
  const counted = retro.phase === 'choosing' || retro.phase === 'done';
  return formatOf(retro.formatId).questions.flatMap(({ title, asks }, question) => {
    const own = groups.filter((group) => group.question === question);
    const lines =
      own.length === 0 ? ['_Nothing this time._'] : own.flatMap((group) => groupLines(group, counted));
    return paragraphs([`*${title}.* ${asks}`, ...lines]);
  });
}

/** All of it, for a form: where a message would be too long. */
export const saidBlocks = (retro: Retro, groups: readonly Group[]): Block[] => {
  const said = everythingSaid(retro, groups);
  return [
    ...said.slice(0, mostInForm),
    ...(said.length > mostInForm ? [aside('There is more than even a form can hold.')] : []),
  ];
};

/** What was said, with what can be done about it now. */
export function sorting(retro: Retro, groups: readonly Group[], timeZone: string): Message {
  const said = everythingSaid(retro, groups);
  const tooMany = said.findIndex(
    (_, at) => charactersOf(said.slice(0, at + 1)) > limits.messageCharacters - 1_500,
  );
  const merged = groups.filter(({ items }) => items.length > 1).length;
  return message(
    ...(tooMany === -1 ? said : said.slice(0, tooMany)),
    ...(tooMany === -1
      ? []
      : [
          aside('There is more than a message can hold.'),
          row(button('See everything', actions.seeAll, { retroId: retro.id })),
        ]),
    ...sortingActions(retro, merged, timeZone),
  );
}

const takeOutButton = ({ id: retroId }: Retro) => button('Take a point out', actions.takeOut, { retroId });

function sortingActions(retro: Retro, merged: number, timeZone: string): Block[] {
  if (retro.phase === 'grouping') {
    return [
      paragraph(
        `${mention(retro.facilitatorId)}, ${merged === 0 ? 'I found nothing that says the same twice' : merged === 1 ? 'I put together what seemed to say the same, once' : `I put together what seemed to say the same, ${merged} times`}. Is that right? Then let the vote begin.`,
      ),
      row(
        button('Start the vote', actions.startVote, { retroId: retro.id }, { style: 'primary' }),
        button('Put together or take apart', actions.group, { retroId: retro.id }),
        takeOutButton(retro),
      ),
    ];
  }
  if (retro.phase !== 'voting') return [row(takeOutButton(retro))];
  return [
    paragraph(
      `*${votesEach} votes each*${retro.votesCloseAt ? `, until ${moment(retro.votesCloseAt, timeZone)}` : ''}. What would make the most difference?`,
    ),
    row(
      button('Vote', actions.vote, { retroId: retro.id }, { style: 'primary' }),
      button('Close the vote', actions.endVote, { retroId: retro.id }),
      ...(retro.voted === 0 ? [button('Back to sorting', actions.backToSorting, { retroId: retro.id })] : []),
      takeOutButton(retro),
    ),
    aside(
      `${retro.voted === 0 ? 'Nobody has voted yet' : retro.voted === 1 ? 'One has voted' : `${retro.voted} have voted`}. Only ${mention(retro.facilitatorId)} can close the vote.`,
    ),
  ];
}

/** When the vote is over. */
export function ranking(retro: Retro, groups: readonly Group[], taken: readonly Commitment[]): Message {
  const voted = byVotes(groups).filter(({ votes }) => votes > 0);
  const format = formatOf(retro.formatId);
  const lines = voted
    .slice(0, 7)
    .map(
      (group) =>
        `*${votesInWords(group.votes)}* · ${escaped(titleOf(group))}  _${format.questions[group.question]?.title ?? ''}_`,
    );
  return message(
    paragraph(
      voted.length === 0
        ? 'The vote is over, and nobody voted.'
        : `The vote is over: ${peopleInWords(retro.voted)} voted.\n${lines.join('\n')}`,
    ),
    ...(retro.phase === 'choosing' || retro.phase === 'voting'
      ? [
          paragraph(
            `${mention(retro.facilitatorId)}, which of this do you take on? ${mostCommitments} at most; one that happens is worth more.`,
          ),
          row(button('Choose what we take on', actions.choose, { retroId: retro.id }, { style: 'primary' })),
        ]
      : retro.phase === 'done'
        ? [aside(taken.length === 0 ? 'Nothing was taken on this time.' : 'What was taken on stands below.')]
        : []),
  );
}

/** The last word in the thread. */
export const summary = (retro: Retro, taken: readonly Commitment[], groups: readonly Group[]): Message => {
  const [top] = byVotes(groups).filter(({ votes }) => votes > 0);
  return message(
    paragraph(takenLine(taken)),
    paragraph(
      [
        `${capital(peopleInWords(retro.answered))} answered and ${peopleInWords(retro.voted)} voted.`,
        top ? `What moved you most: “${escaped(titleOf(top))}”.` : '',
      ]
        .filter(Boolean)
        .join(' '),
    ),
    ...(taken.length > 0
      ? [
          aside(
            'Each owner hears from me two days before the day; next time begins with what became of these.',
          ),
        ]
      : []),
  );
};
