// What a lead reads about all they handed over: the list, one person's page, the App Home and the weekly digest.

import {
  aside,
  button,
  discreet,
  escaped,
  growing,
  mention,
  overflow,
  paragraph,
  quoted,
  row,
  say,
  shorten,
} from '../../slack/blocks.ts';
import type { Block, Message } from '../../slack/message.ts';
import { dateInWords, localDay } from '../../time/days.ts';
import { type IsoWeek, weekDays } from '../../time/weeks.ts';
import { listInWords } from '../../words.ts';
import * as actions from './delegation.actions.ts';
import type { CheckIn } from './delegation.check-ins.ts';
import {
  agreementInWords,
  ahead,
  boldLevel,
  delegateSomething,
  endLine,
  nameOf,
  quote,
  type Reader,
  seeIt,
  titleOf,
  todayOf,
  unanswered,
} from './delegation.phrases.views.ts';
import {
  type Delegation,
  type LevelMove,
  riskOnOne,
  silentWeeks,
  type TrustedWords,
  weeksSinceLast,
} from './delegation.ts';

/** One delegation in a list. */
export function line(delegation: Delegation, checkIns: readonly CheckIn[], reader: Reader): string {
  const day = todayOf(reader);
  const { state, until, personLeft } = delegation;
  const next = personLeft ? undefined : ahead(checkIns, day)[0];
  const missed = state === 'open' && !personLeft ? unanswered(checkIns, day) : undefined;
  return [
    `${titleOf(delegation)} · ${nameOf(delegation)} at ${boldLevel(delegation.level)}, ${agreementInWords(delegation)}`,
    delegation.risky && 'risky',
    until && `until ${dateInWords(until, day)}`,
    missed && `check-in of ${dateInWords(missed.day, day)} unanswered`,
    next && `check-in ${dateInWords(next.day, day)}`,
    personLeft && `${escaped(delegation.personName)} has left`,
  ]
    .filter(Boolean)
    .join(' · ');
}

const ofOne = ({ id }: Delegation, checkIns: readonly CheckIn[]): CheckIn[] =>
  checkIns.filter(({ delegationId }) => delegationId === id);

/** Drafts and what is open, by when it is asked about next. */
function current(
  delegations: readonly Delegation[],
  checkIns: readonly CheckIn[],
  reader: Reader,
): Delegation[] {
  const next = (delegation: Delegation): string =>
    ahead(ofOne(delegation, checkIns), todayOf(reader))[0]?.day.toString() ?? '9999';
  return delegations
    .filter(({ state }) => state === 'open' || state === 'draft')
    .toSorted((one, other) => (next(one) < next(other) ? -1 : next(one) > next(other) ? 1 : 0));
}

const finishOrSee = (delegation: Delegation) =>
  delegation.state === 'draft' ? button('Finish it', actions.look, { id: delegation.id }) : seeIt(delegation);

const doAnything = ({ id }: Delegation) =>
  overflow(actions.menu, [
    { label: 'See it', carried: { what: 'look', id } },
    { label: 'Change the level', carried: { what: 'level', id } },
    { label: 'Done', carried: { what: 'done', id } },
    { label: 'Take it back', carried: { what: 'take-back', id } },
    { label: 'Edit', carried: { what: 'edit', id } },
  ]);

export function list(
  delegations: readonly Delegation[],
  checkIns: readonly CheckIn[],
  reader: Reader,
): Message {
  const shown = current(delegations, checkIns, reader);
  if (shown.length === 0) {
    return say(
      'Nobody holds anything for you at the moment. A small decision is a good first one: `/delegate @someone the release notes at inquire`.',
      delegateSomething(),
    );
  }
  const risk = riskWarning(delegations);
  return growing(
    shown.map((each) => [
      paragraph(
        line(each, ofOne(each, checkIns), reader),
        each.state === 'draft' ? finishOrSee(each) : doAnything(each),
      ),
    ]),
    (left) => `And ${left} more.`,
    {
      before: [paragraph('*What others hold for you*')],
      after: [
        aside('`/delegate @someone` shows one person, and how their levels moved.'),
        ...(risk ? [risk] : []),
        row(delegateSomething()),
      ],
    },
  );
}

function riskWarning(delegations: readonly Delegation[]): Block | undefined {
  const risk = riskOnOne(delegations);
  return (
    risk &&
    aside(
      `All ${risk.count} risky things you have handed over sit with ${nameOf(risk.holder)}. If they were away for a month, who would step in?`,
    )
  );
}

/** What is known of one person. */
interface PersonHistory {
  personId: string;
  /** All the lead delegated, to others as well; the rest is about what this person holds or held. */
  all: readonly Delegation[];
  checkIns: readonly CheckIn[];
  moves: readonly LevelMove[];
  words: ReadonlyMap<string, TrustedWords>;
}

/** One person's page: what they hold, how their levels moved, and what they held before. */
export function page({ personId, all, checkIns, moves, words }: PersonHistory, reader: Reader): Message {
  const theirs = all.filter((delegation) => delegation.personId === personId);
  const [latest] = theirs;
  if (!latest) {
    return say(
      `${mention(personId)} holds nothing for you so far. \`/delegate @someone the release notes at inquire\` would be a start.`,
      delegateSomething(personId),
    );
  }
  const open = theirs.filter(({ state }) => state === 'open' || state === 'draft');
  const closed = theirs.filter((delegation) => !open.includes(delegation));
  const title = `What ${nameOf(latest)} holds for you`;
  const past = (delegation: Delegation): string => {
    const closing = words.get(delegation.id)?.closing;
    const ended = `${titleOf(delegation)} · at ${boldLevel(delegation.level)} · ${endLine(delegation, reader)}`;
    return closing ? `${ended}\n${quote(shorten(closing, 300))}` : ended;
  };
  const risk = riskOnOne(all)?.holder.personId === personId ? riskWarning(all) : undefined;
  /** Between what is open and what was before. */
  const moved = [
    ...(risk ? [risk] : []),
    paragraph(`*How their levels moved*\n${movesInWords(theirs, moves, reader)}`),
  ];
  const isLong = open.length > mostBeforeMoves;
  const rows = [
    ...open.map((each, at) => [
      paragraph(line(each, ofOne(each, checkIns), reader), finishOrSee(each)),
      ...(!isLong && at === open.length - 1 ? moved : []),
    ]),
    ...closed.map((each, at) => [
      ...(at === 0 ? [paragraph('*Before*')] : []),
      paragraph(past(each), seeIt(each)),
    ]),
  ];
  const { blocks } = growing(rows, (left) => `And ${left} more, older than these or asked about later.`, {
    before: [
      paragraph(`*${title}*${latest.personLeft ? ' · has left' : ''}`),
      ...(open.length === 0 ? [paragraph('Nothing at the moment.')] : []),
      ...(open.length === 0 || isLong ? moved : []),
    ],
    after: latest.personLeft ? [] : [row(delegateSomething(personId))],
  });
  return discreet(title, ...blocks);
}

/** With more that is open, how their levels moved comes first, since the end of a long list is left out. */
const mostBeforeMoves = 15;

const mostMoves = 20;

/** `16 Nov · *consult* · the cache redesign`, one line for each agreement; then where it went on the whole. */
function movesInWords(
  delegations: readonly Delegation[],
  moves: readonly LevelMove[],
  reader: Reader,
): string {
  const agreed = moves.filter(({ kind }) => kind === 'agreed');
  if (agreed.length === 0) return 'No level is agreed yet.';
  const lines = agreed.slice(-mostMoves).map(({ at, level, delegationId }) => {
    const delegation = delegations.find(({ id }) => id === delegationId);
    const on = dateInWords(localDay(at, reader.lead.timeZone), todayOf(reader));
    const bar = '▪'.repeat(level) + '▫'.repeat(7 - level);
    return `${on} · \`${bar}\` ${boldLevel(level)} · ${quoted(delegation?.title ?? '')}`;
  });
  return [...lines, ...trends(delegations, agreed).slice(-5)].join('\n');
}

/**
 * Where each thing went that was agreed on more than once, itself or when it was given again. Levels of different
 * things say nothing of each other: a release train at *agree* may be more trust than a wiki page at *delegate*.
 */
function trends(delegations: readonly Delegation[], agreed: readonly LevelMove[]): string[] {
  const byId = new Map(delegations.map((delegation) => [delegation.id, delegation]));
  const firstOf = (id: string): string => {
    const seen = new Set<string>();
    let at = id;
    for (let before = byId.get(at)?.follows; before && !seen.has(before); before = byId.get(at)?.follows) {
      seen.add(at);
      at = before;
    }
    return at;
  };
  const paths = Map.groupBy(agreed, ({ delegationId }) => firstOf(delegationId));
  return [...paths.values()].flatMap((path) => {
    const [first, last] = [path[0], path.at(-1)];
    if (!first || !last || first.level === last.level) return [];
    const way = last.level > first.level ? 'up' : 'down';
    const title = quoted(byId.get(last.delegationId)?.title ?? '');
    return [`*${title}* went from ${boldLevel(first.level)} ${way} to ${boldLevel(last.level)}.`];
  });
}

/** This room's part of the App Home. */
export function homeBlocks(
  delegations: readonly Delegation[],
  checkIns: readonly CheckIn[],
  reader: Reader,
): Block[] {
  const shown = current(delegations, checkIns, reader);
  const risk = riskWarning(delegations);
  return [
    paragraph(
      shown.length === 0
        ? '*Delegation*\nNobody holds anything for you at the moment.'
        : [
            '*Delegation*',
            ...shown.slice(0, 5).map((each) => `• ${line(each, ofOne(each, checkIns), reader)}`),
            ...(shown.length > 5 ? [`and ${shown.length - 5} more`] : []),
          ].join('\n'),
    ),
    ...(risk ? [risk] : []),
    row(delegateSomething(), ...(shown.length > 0 ? [button('See all', actions.list)] : [])),
  ];
}

/** This room's part of the digest: nothing for a lead who never delegated here, or of whom the week shows nothing. */
export function digestBlocks(
  delegations: readonly Delegation[],
  checkIns: readonly CheckIn[],
  week: IsoWeek,
  reader: Reader,
): Block[] {
  const today = todayOf(reader);
  const days = weekDays(week).map(String);
  const inWeek = (at: Temporal.Instant | null): boolean =>
    at !== null && days.includes(localDay(at, reader.lead.timeZone).toString());
  const named = (label: string, some: readonly Delegation[]): string | false =>
    some.length > 0 && `${label}: ${listInWords(some.map((each) => `${titleOf(each)} (${nameOf(each)})`))}.`;
  const ended = (how: Delegation['state']) =>
    delegations.filter(({ state, closedAt }) => state === how && inWeek(closedAt));

  const open = delegations.filter(({ state }) => state === 'open');
  const asked = open
    .filter(({ personLeft }) => !personLeft)
    .flatMap((each) => {
      const [next] = ahead(ofOne(each, checkIns), today);
      return next && today.until(next.day).days <= 7
        ? [`${titleOf(each)} with ${nameOf(each)} on ${dateInWords(next.day, today)}`]
        : [];
    });
  const silent = weeksSinceLast(delegations, reader.now) ?? 0;
  const isSilent = silent >= silentWeeks;

  const lines = [
    named(
      'Handed over',
      delegations.filter(({ toldAt }) => inWeek(toldAt)),
    ),
    named('Done', ended('done')),
    named('Taken back', ended('taken-back')),
    ...open.map(
      (each) =>
        each.proposal?.by === 'person' &&
        `${nameOf(each)} proposes ${boldLevel(each.proposal.level)} for ${titleOf(each)} and waits for your answer.`,
    ),
    asked.length > 0 && `Check-ins ahead: ${listInWords(asked)}.`,
    isSilent && `Nothing was handed over for ${silent} weeks.`,
  ].filter((each) => each !== false);
  const risk = riskWarning(delegations);
  return [
    ...(lines.length > 0 ? [paragraph(['*Delegation*', ...lines].join('\n'))] : []),
    ...(risk ? [risk] : []),
    ...(isSilent ? [row(delegateSomething())] : []),
  ];
}

/** What somebody who left held for the reader, and what the reader holds for them. */
export const leftBehindBlocks = (theirs: readonly Delegation[], mine: readonly Delegation[]): Block[] => [
  ...theirs
    .slice(0, mostLeftBehind)
    .flatMap((delegation): Block[] => [
      paragraph(
        `${escaped(delegation.personName)} held ${titleOf(delegation)}, at ${boldLevel(delegation.level)}. I ask no more about it.`,
      ),
      row(
        button('Give it to somebody', actions.again, { id: delegation.id }),
        button('Take it back', actions.takeBack, { id: delegation.id }),
        seeIt(delegation),
      ),
    ]),
  ...(theirs.length > mostLeftBehind
    ? [aside(`And ${theirs.length - mostLeftBehind} more; \`/delegate list\` shows them all.`)]
    : []),
  ...mine
    .slice(0, mostLeftBehind)
    .map((delegation) =>
      paragraph(
        `You hold ${titleOf(delegation)} for them. Nobody asks about it any more; whoever leads you next can hand it to you anew.`,
      ),
    ),
  ...(mine.length > mostLeftBehind ? [aside(`And ${mine.length - mostLeftBehind} more that you hold.`)] : []),
];

/** Other rooms have their part in the same message. */
const mostLeftBehind = 6;
