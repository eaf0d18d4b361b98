// What a team reads of its retrospective: the post in the channel, and what follows in its thread.

import {
  aside,
  button,
  confirmation,
  escaped,
  mention,
  message,
  paragraph,
  quoted,
  row,
  say,
  shorten,
} from '../../slack/blocks.ts';
import type { Block, Message } from '../../slack/message.ts';
import { dayInWords } from '../../time/days.ts';
import { capital } from '../../words.ts';
import type { Commitment, DraftProblem } from '../commitments/commitments.ts';
import { type Format, formatOf } from './retros.formats.ts';
import {
  byVotes,
  fewestForAnonymity,
  type Group,
  type Item,
  mostCommitments,
  type Retro,
  type Series,
  titleOf,
  votesEach,
} from './retros.ts';

/** The ids of this room's doors. Those on messages carry a retrospective's id. */
export const ids = {
  answer: 'retros.answer',
  seeAll: 'retros.see-all',
  answerForm: 'retros.answer-form',
  vote: 'retros.vote',
  voteForm: 'retros.vote-form',
  takeOver: 'retros.take-over',
  oneMoreDay: 'retros.one-more-day',
  letGo: 'retros.let-go',
  group: 'retros.group',
  groupForm: 'retros.group-form',
  startVote: 'retros.start-vote',
  backToSorting: 'retros.back-to-sorting',
  endVote: 'retros.end-vote',
  choose: 'retros.choose',
  chooseForm: 'retros.choose-form',
  closeNow: 'retros.close-now',
  skip: 'retros.skip',
  skipForm: 'retros.skip-form',
  skipNext: 'retros.skip-next',
  unskip: 'retros.unskip',
  stop: 'retros.stop',
  start: 'retros.start',
  change: 'retros.change',
  list: 'retros.list',
  setUp: 'retros.set-up',
  setUpForm: 'retros.set-up-form',
  again: 'retros.again',
} as const;

/** A moment in each reader's own zone and language; the fallback is for clients that cannot. */
export function moment(at: Temporal.Instant, timeZone: string): string {
  const local = at.toZonedDateTimeISO(timeZone);
  const fallback = `${dayInWords(local.toPlainDate(), local.toPlainDate().subtract({ days: 7 }))} ${local.toPlainTime().toString({ smallestUnit: 'minute' })} ${timeZone.replaceAll('_', ' ')}`;
  return `<!date^${Math.floor(at.epochMilliseconds / 1000)}^{day_divider_pretty} at {time}|${fallback}>`;
}

export const channelLink = (channelId: string): string => `<#${channelId}>`;

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
export function outcomesLine(outcomes: readonly Commitment[]): string {
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
          `Last time you took on ${outcomes.length === 1 ? 'one thing' : `${outcomes.length} things`}: ${outcomesLine(outcomes)}.`,
        ),
      ];

const questionsBlock = (format: Format): Block =>
  paragraph(
    [`*${format.name}*`, ...format.questions.map(({ title, asks }) => `*${title}.* ${asks}`)].join('\n'),
  );

/** What the post needs besides the retrospective itself. */
export interface PostWords {
  timeZone: string;
  /** What became of last time's commitments. */
  outcomes: readonly Commitment[];
  /** What was taken on this time; empty until then. */
  taken: readonly Commitment[];
}

/** The post in the channel, as it stands. */
export function post(retro: Retro, { timeZone, outcomes, taken }: PostWords): Message {
  const format = formatOf(retro.formatId);
  const by = `set up by ${mention(retro.leadId)}`;
  switch (retro.phase) {
    case 'open':
      return message(
        paragraph(
          `*Looking back* · ${by} · open until ${moment(retro.closesAt, timeZone)}\n${anonymityLine(retro.anonymous)}`,
        ),
        ...outcomesBlock(outcomes),
        questionsBlock(format),
        row(button('Answer, 2 minutes', ids.answer, { value: retro.id, style: 'primary' })),
        aside(`${answeredInWords(retro.answered)}.`),
      );
    case 'skipped':
      return message(
        paragraph(
          `*Looking back* · ${by} · skipped this time${retro.reason ? `: “${escaped(retro.reason)}”` : ''}`,
        ),
      );
    case 'quiet':
      return message(paragraph(`*Looking back* · ${by} · closed, with no answers this time`));
    case 'few':
    case 'ended':
      return message(paragraph(`*Looking back* · ${by} · closed`));
    case 'done':
      return message(
        paragraph(`*Looking back* · ${by} · ${peopleInWords(retro.answered)} answered`),
        paragraph(takenLine(taken)),
        aside('What was said and how it was voted stands in the thread.'),
      );
    default:
      return message(
        paragraph(`*Looking back* · ${by} · closed; ${peopleInWords(retro.answered)} answered`),
        questionsBlock(format),
        aside(
          retro.phase === 'voting'
            ? 'What was said stands in the thread, and votes are open there.'
            : 'What was said stands in the thread.',
        ),
      );
  }
}

/** The same moment of every week reads dull; the day in words, by the lead's calendar. */
const dueInWords = (commitment: Commitment): string => {
  const day = commitment.due;
  return dayInWords(day, day.subtract({ days: 7 }));
};

function takenLine(taken: readonly Commitment[]): string {
  if (taken.length === 0) return 'You took on nothing this time.';
  return [
    taken.length === 1 ? 'You took on one thing:' : `You took on ${taken.length} things:`,
    ...taken.map(
      (commitment) =>
        `• *${quoted(commitment.what)}*, ${ownerInWords(commitment)}, by ${dueInWords(commitment)}`,
    ),
  ].join('\n');
}

/** Once, in the channel: nobody is named, and nobody can tell who is meant. */
export const nudge = (retro: Retro, timeZone: string): Message =>
  message(
    paragraph(
      `This retrospective is open until ${moment(retro.closesAt, timeZone)}. ${answeredInWords(retro.answered)}; two minutes and one line are plenty.`,
    ),
    row(button('Answer', ids.answer, { value: retro.id })),
  );

/** In the thread, when the time is over. */
export function closing(retro: Retro, next: 'quiet' | 'few' | 'grouping', leadIsAway: boolean): Message {
  const takeOver = leadIsAway
    ? [
        paragraph(
          `${mention(retro.facilitatorId)} is away. Whoever presses this sorts and closes it in their place.`,
        ),
        row(button('Take it from here', ids.takeOver, { value: retro.id })),
      ]
    : [];
  switch (next) {
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
          button('Open one more working day', ids.oneMoreDay, { value: retro.id }),
          button('Let it go', ids.letGo, {
            value: retro.id,
            confirm: confirmation('Let it go', 'What was written is deleted unread.', 'Delete it'),
          }),
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

/** A section holds 3,000 characters. */
const sectionLimit = 2900;
/** Slack refuses long messages (msg_blocks_too_long) without saying where that begins; 12,000 characters are safe. */
const messageLimit = 12_000;
/** A form holds 100 blocks. */
const formSections = 95;

/** Lines packed into as few sections as hold them. */
function sections(lines: readonly string[]): string[] {
  const packed: string[] = [];
  for (const line of lines) {
    const last = packed.at(-1);
    if (last !== undefined && last.length + line.length < sectionLimit)
      packed[packed.length - 1] = `${last}\n${line}`;
    else packed.push(line);
  }
  return packed;
}

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
function saidSections(retro: Retro, groups: readonly Group[]): string[] {
  const counted = retro.phase === 'choosing' || retro.phase === 'done';
  return formatOf(retro.formatId).questions.flatMap(({ title, asks }, question) => {
    const own = groups.filter((group) => group.question === question);
    const lines =
      own.length === 0 ? ['_Nothing this time._'] : own.flatMap((group) => groupLines(group, counted));
    return sections([`*${title}.* ${asks}`, ...lines]);
  });
}

/** All of it, for a form: where a message would be too long. */
export const saidBlocks = (retro: Retro, groups: readonly Group[]): Block[] => {
  const said = saidSections(retro, groups);
  const more = said.length - formSections;
  return [
    ...said.slice(0, formSections).map((text) => paragraph(text)),
    ...(more > 0 ? [aside('There is more than even a form can hold.')] : []),
  ];
};

/** What was said, with what can be done about it now. */
export function sorting(retro: Retro, groups: readonly Group[], timeZone: string): Message {
  const said = saidSections(retro, groups);
  const shown: string[] = [];
  for (const text of said) {
    if (shown.join().length + text.length > messageLimit) break;
    shown.push(text);
  }
  const merged = groups.filter(({ items }) => items.length > 1).length;
  return message(
    ...shown.map((text) => paragraph(text)),
    ...(said.length > shown.length
      ? [
          aside('There is more than a message can hold.'),
          row(button('See everything', ids.seeAll, { value: retro.id })),
        ]
      : []),
    ...sortingActions(retro, merged, timeZone),
  );
}

function sortingActions(retro: Retro, merged: number, timeZone: string): Block[] {
  if (retro.phase === 'grouping') {
    return [
      paragraph(
        `${mention(retro.facilitatorId)}, ${merged === 0 ? 'I found nothing that says the same twice' : merged === 1 ? 'I put together what seemed to say the same, once' : `I put together what seemed to say the same, ${merged} times`}. Is that right? Then let the vote begin.`,
      ),
      row(
        button('Start the vote', ids.startVote, { value: retro.id, style: 'primary' }),
        button('Put together or take apart', ids.group, { value: retro.id }),
      ),
    ];
  }
  if (retro.phase !== 'voting') return [];
  return [
    paragraph(
      `*${votesEach} votes each*${retro.votesCloseAt ? `, until ${moment(retro.votesCloseAt, timeZone)}` : ''}. What would make the most difference?`,
    ),
    row(
      button('Vote', ids.vote, { value: retro.id, style: 'primary' }),
      button('Close the vote', ids.endVote, { value: retro.id }),
      ...(retro.voted === 0 ? [button('Back to sorting', ids.backToSorting, { value: retro.id })] : []),
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
          row(button('Choose what we take on', ids.choose, { value: retro.id, style: 'primary' })),
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

/** To the facilitator, when nothing has moved for a working day. */
export function waiting(retro: Retro): Message {
  const where = channelLink(retro.channelId);
  const words: Partial<Record<Retro['phase'], string>> = {
    few: `The retrospective in ${where} closed with fewer than ${fewestForAnonymity} answers. In its thread you can open it for one more working day or let it go.`,
    grouping: `What was said in the retrospective in ${where} waits in its thread: a look at what I put together, and the vote can begin.`,
    choosing: `The vote in ${where} is over. The team is waiting to hear what it takes on; the button is in the thread.`,
  };
  return say(words[retro.phase] ?? `The retrospective in ${where} has moved on.`);
}

/** To the lead, when the channel a retrospective lived in is gone. */
export const channelGone = (channelId: string): Message =>
  say(
    `${channelLink(channelId)} is archived, so looking back there has stopped, and what was under way has ended. \`/retro\` sets it up elsewhere.`,
  );

// What one person reads after a click

export const kept = (retro: Retro, first: boolean): Message =>
  say(
    retro.anonymous
      ? `${first ? 'Thank you' : 'Added, thank you'}. It is in, without your name; so I can’t show it to you again or change it. You can add more until it closes.`
      : `${first ? 'Thank you' : 'Changed, thank you'}. Until it closes you can press *Answer* again and change what you wrote.`,
  );

export const noLongerOpen = (retro: Retro): Message =>
  say(
    retro.phase === 'skipped'
      ? 'This one was skipped; the next comes in its turn.'
      : 'This one is closed, and nothing was added. What was said stands in its thread; the next one comes in its turn.',
  );

export const gone = (): Message =>
  say(
    'I know nothing of this retrospective any more. If it was posted this very moment, try again in a few seconds.',
  );

export const notTheFacilitator = (retro: Retro): Message =>
  say(`${mention(retro.facilitatorId)} leads this one and does that. Answering and voting are everybody’s.`);

export const movedOn = (retro: Retro): Message => {
  const words: Record<Retro['phase'], string> = {
    open: 'It is open for answers.',
    few: 'It is closed, with too few answers to show.',
    grouping: 'It is being sorted.',
    voting: 'The vote is on.',
    choosing: 'The vote is over; what to take on comes next.',
    done: 'It is done, and its summary stands in the thread.',
    quiet: 'It closed without answers.',
    skipped: 'It was skipped.',
    ended: 'It ended with its channel.',
  };
  return say(`That step is over. ${words[retro.phase]}`);
};

export const tookOver = (): Message =>
  say('It is yours now: sort what was said, close the vote, and help the team choose.');
export const leadIsBack = (retro: Retro): Message =>
  say(`${mention(retro.facilitatorId)} is here after all and leads this one.`);

export const voteKept = (retro: Retro): Message =>
  say(
    retro.anonymous
      ? 'Counted. For whom you voted is not stored, so it can’t be changed.'
      : 'Counted. You can press *Vote* again and change it until the vote closes.',
  );
export const votedAlready = (): Message =>
  say('You have voted. For whom is not stored, so I can’t take it back and count another.');
export const voteIsOver = (): Message => say('The vote is over; nothing was counted.');

export const oneMoreDay = (retro: Retro, timeZone: string): Message =>
  say(
    `It is open again, until ${moment(retro.closesAt, timeZone)}. The button under the post works once more.`,
  );
export const letGo = (): Message => say('Let go. What was written is deleted, and nobody has read it.');
export const voteStarted = (retro: Retro, timeZone: string): Message =>
  say(
    retro.votesCloseAt ? `The vote is on, until ${moment(retro.votesCloseAt, timeZone)}.` : 'The vote is on.',
  );
export const sortedAnew = (): Message => say('Sorted anew; the thread shows it.');
export const backToSorting = (): Message => say('Back to sorting. Start the vote again when it is right.');
export const closingNow = (): Message => say('Closing it; the thread shows what comes next.');
export const chosen = (count: number): Message =>
  say(
    count === 0
      ? 'Noted: nothing this time. The summary follows in the thread.'
      : 'Noted. The summary follows in the thread, and each owner will be reminded.',
  );

/** How many of a source are open while the lead allows no more. */
export const tooManyOpen = (open: readonly Commitment[], most: number): string =>
  `${open.length} from this channel are open already and you allow ${most}. Finish or let go of one in /keel commitments, or take on fewer.`;

/** Under the fields of what is taken on. */
export const draftProblems: Record<DraftProblem, string> = {
  'no-words': 'Say in a few words what will be done.',
  'too-long': 'Keep it shorter, please: one line that somebody can do.',
  'in-the-past': 'That day has passed where they are. Choose a later one.',
  'too-far': 'That is more than two years away. Choose a nearer day.',
};

/** To the lead, when so many left a channel that anonymity is no longer to be had there. */
export const tooFewLeft = (series: Series): Message =>
  message(
    paragraph(
      `${channelLink(series.channelId)} is down to ${peopleInWords(series.people)}. With fewer than ${fewestForAnonymity}, who wrote what can be told from the words, so the anonymous retrospectives there are on hold. Shall they go on with names?`,
    ),
    row(
      button('Change it', ids.change, { value: series.id }),
      button('Stop them', ids.stop, { value: series.id }),
    ),
  );
