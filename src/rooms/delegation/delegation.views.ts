// What a lead reads about what they handed over: the preview before it is told, lists and pages, check-ins and ends.

import { needsKeys } from '../../db/sealed.ts';
import type { Lead } from '../../leads/leads.ts';
import {
  aside,
  button,
  confirmation,
  escaped,
  mention,
  message,
  overflow,
  paragraph,
  quoted,
  row,
  say,
  shorten,
} from '../../slack/blocks.ts';
import type { Block, Message } from '../../slack/message.ts';
import { localDay, monthNames, weekdayName, weekdayNames } from '../../time/days.ts';
import { capital, listInWords } from '../../words.ts';
import type { CheckIn, CheckInAnswer } from './delegation.check-ins.ts';
import { type Level, levels, levelWords } from './delegation.levels.ts';
import type { LevelMove, QuestionTime } from './delegation.store.ts';
import { type Delegation, type LevelStep, noWords, riskOnOne, type TrustedWords } from './delegation.ts';

/** The ids of this room's doors. */
export const ids = {
  give: 'delegation.give',
  giveForm: 'delegation.give-form',
  again: 'delegation.again',
  edit: 'delegation.edit',
  editForm: 'delegation.edit-form',
  remove: 'delegation.remove',
  words: 'delegation.words',
  wordsForm: 'delegation.words-form',
  send: 'delegation.send',
  inPerson: 'delegation.in-person',
  list: 'delegation.list',
  look: 'delegation.look',
  menu: 'delegation.menu',
  level: 'delegation.level',
  levelForm: 'delegation.level-form',
  agree: 'delegation.agree',
  onTrack: 'delegation.on-track',
  needsMe: 'delegation.needs-me',
  takeBack: 'delegation.take-back',
  takeBackForm: 'delegation.take-back-form',
  done: 'delegation.done',
  doneForm: 'delegation.done-form',
  askAgain: 'delegation.ask-again',
  reopen: 'delegation.reopen',
  question: 'delegation.question',
  questionForm: 'delegation.question-form',
  notThisWeek: 'delegation.not-this-week',
  personAgree: 'delegation.person-agree',
  personLevel: 'delegation.person-level',
  personLevelForm: 'delegation.person-level-form',
} as const;

export interface Reader {
  lead: Lead;
  now: Temporal.Instant;
}

/** What the lead's own views of one delegation need. */
export interface Known {
  delegation: Delegation;
  checkIns: readonly CheckIn[];
  words: TrustedWords;
}

const today = ({ lead, now }: Reader): Temporal.PlainDate => localDay(now, lead.timeZone);

/** `Fri 12 Dec`, and the year when it is another: a date that stays true however late it is read. */
export function dateInWords(day: Temporal.PlainDate, now: Temporal.PlainDate): string {
  const date = `${weekdayName(day).slice(0, 3)} ${day.day} ${monthNames[day.month - 1]!.slice(0, 3)}`;
  return day.year === now.year ? date : `${date} ${day.year}`;
}

/** A person as Slack shows them, and by the name they had where they have left. */
export const nameOf = ({ personId, personName, personLeft }: Delegation): string =>
  personLeft ? escaped(personName) : mention(personId);

export const titleOf = ({ title }: Pick<Delegation, 'title'>): string => `*${quoted(title)}*`;

/** `*advise* (5 of 7)` */
export const levelInWords = (level: Level): string => `*${levelWords(level).name}* (${level} of 7)`;

/** Upcoming check-ins that have not been answered. */
export const ahead = (checkIns: readonly CheckIn[], day: Temporal.PlainDate): CheckIn[] =>
  checkIns.filter((checkIn) => checkIn.answer === null && Temporal.PlainDate.compare(checkIn.day, day) > 0);

/** The latest check-in whose day has come and that is still without an answer, perhaps because of a pause. */
export const unanswered = (checkIns: readonly CheckIn[], day: Temporal.PlainDate): CheckIn | undefined =>
  checkIns.findLast(
    (checkIn) => checkIn.answer === null && Temporal.PlainDate.compare(checkIn.day, day) <= 0,
  );

const quote = (text: string): string =>
  escaped(text)
    .split('\n')
    .map((line) => `> ${line}`)
    .join('\n');

/** `*the cache redesign* with @A, at *advise* (5 of 7): they decide, once they have heard your advice.` */
export const headline = (delegation: Delegation): string =>
  `${titleOf(delegation)} with ${nameOf(delegation)}, at ${levelInWords(delegation.level)}: ${levelWords(delegation.level).toLead}.`;

/** `Until Sat 12 Dec. I ask you how it goes on Fri 11 Dec.` */
function datesLine({ until }: Delegation, checkIns: readonly CheckIn[], reader: Reader): string {
  const day = today(reader);
  const asked = ahead(checkIns, day).map((checkIn) => dateInWords(checkIn.day, day));
  return [
    until ? `Until ${dateInWords(until, day)}.` : 'No end is set.',
    asked.length > 0 ? `I ask you how it goes on ${listInWords(asked)}.` : 'No check-in is set.',
  ].join(' ');
}

/** What we would tell the person where the lead writes nothing else, in the lead's voice. Plain text. */
export function usualWords({ delegation, checkIns, words }: Known, reader: Reader): string {
  const day = today(reader);
  const dates = ahead(checkIns, day).map((checkIn) => dateInWords(checkIn.day, day));
  return [
    words.why && `Why you: ${words.why}`,
    words.stays && `What stays with me: ${words.stays}`,
    delegation.until && `It runs until ${dateInWords(delegation.until, day)}.`,
    dates.length > 0 && `Let’s look at it together on ${listInWords(dates)}.`,
  ]
    .filter(Boolean)
    .join('\n');
}

export const wordsToTell = (known: Known, reader: Reader): string =>
  known.words.told ?? usualWords(known, reader);

/** The first two sentences to the person, which the lead cannot make untrue by editing. `lead`: ready to show. */
export const opening = (delegation: Pick<Delegation, 'title' | 'level'>, lead: string): string =>
  `${lead} would like you to take on ${titleOf(delegation)}, at level ${delegation.level} of 7, *${levelWords(delegation.level).name}*: ${levelWords(delegation.level).toPerson(lead)}.`;

/** Blocks to the lead with sealed words in them: only `text` reaches a notification, and it holds none. */
const confidential = (text: string, ...blocks: (Block | undefined)[]): Message => ({
  ...message(...blocks),
  text,
});

/** Before anything is sent: what was understood, and what the other person would read, word for word. */
export function preview(known: Known, reader: Reader, before?: Delegation): Message {
  const { delegation, checkIns } = known;
  const told = wordsToTell(known, reader);
  return confidential(
    `${headline(delegation)} Nothing is sent yet.`,
    paragraph(headline(delegation)),
    aside(
      [
        datesLine(delegation, checkIns, reader),
        delegation.risky ? 'Marked as risky.' : '',
        before ? followsLine(before) : '',
      ]
        .filter((line) => line !== '')
        .join(' '),
    ),
    paragraph(`*This is what ${nameOf(delegation)} would read:*`),
    paragraph(`> ${opening(delegation, mention(reader.lead.id))}`),
    told === '' ? undefined : paragraph(quote(told)),
    row(
      button('Send it', ids.send, { value: delegation.id, style: 'primary' }),
      button('Change the words', ids.words, { value: delegation.id }),
      button('We have agreed already', ids.inPerson, { value: delegation.id }),
      button('Edit', ids.edit, { value: delegation.id }),
      button('Discard', ids.remove, {
        value: delegation.id,
        style: 'danger',
        confirm: confirmation('Discard this?', 'Nobody has been told of it yet.', 'Discard'),
      }),
    ),
  );
}

const followsLine = (before: Delegation): string =>
  before.state === 'taken-back'
    ? `They had it before, at *${levelWords(before.level).name}*, and you took it back.`
    : `They had it before, at *${levelWords(before.level).name}*.`;

export const sent = (delegation: Delegation): Message =>
  message(
    paragraph(
      `${nameOf(delegation)} is being told about ${titleOf(delegation)}. I let you know what they say to ${levelInWords(delegation.level)}.`,
    ),
    row(
      button('See it', ids.look, { value: delegation.id }),
      button('Edit', ids.edit, { value: delegation.id }),
    ),
  );

export const keptInPerson = (delegation: Delegation): Message =>
  message(
    paragraph(`Kept, and nothing was sent. ${headline(delegation)} Agreed between you.`),
    row(
      button('See it', ids.look, { value: delegation.id }),
      button('Edit', ids.edit, { value: delegation.id }),
    ),
  );

export const discarded = ({ title }: Delegation): Message =>
  say(`${titleOf({ title })} is gone, and nobody was told.`, button('Delegate something else', ids.give));

export const deleted = (delegation: Delegation): Message =>
  say(
    `${titleOf(delegation)} is deleted, with its check-ins. ${nameOf(delegation)} isn’t told of that by me.`,
  );

export const unreachable = (name: string): Message =>
  say(
    `Nothing delegated yet. ${escaped(name)} is a bot or has left this workspace, so there is nobody to hold it.`,
  );

/** How a level stands between the two, in a few words. */
export function agreementInWords(delegation: Delegation): string {
  const { proposal, agreedAt } = delegation;
  if (delegation.state === 'draft') return 'not told yet';
  if (!proposal) return 'agreed';
  const name = levelWords(proposal.level).name;
  if (proposal.by === 'person') return `${nameOf(delegation)} proposes *${name}*`;
  return agreedAt ? `agreed; you proposed *${name}*` : 'waiting for their answer';
}

/** One delegation in a list. */
export function line(delegation: Delegation, checkIns: readonly CheckIn[], reader: Reader): string {
  const day = today(reader);
  const next = delegation.personLeft ? undefined : ahead(checkIns, day)[0];
  const open = delegation.state === 'open' && !delegation.personLeft ? unanswered(checkIns, day) : undefined;
  const parts = [
    `${titleOf(delegation)} · ${nameOf(delegation)} at *${levelWords(delegation.level).name}*, ${agreementInWords(delegation)}`,
    delegation.risky ? 'risky' : '',
    delegation.until ? `until ${dateInWords(delegation.until, day)}` : '',
    open ? `check-in of ${dateInWords(open.day, day)} unanswered` : '',
    next ? `check-in ${dateInWords(next.day, day)}` : '',
    delegation.personLeft ? `${escaped(delegation.personName)} has left` : '',
  ];
  return parts.filter((part) => part !== '').join(' · ');
}

const of = (delegation: Delegation, checkIns: readonly CheckIn[]): CheckIn[] =>
  checkIns.filter(({ delegationId }) => delegationId === delegation.id);

/** A message holds 50 blocks. */
const mostInList = 40;

export function list(
  delegations: readonly Delegation[],
  checkIns: readonly CheckIn[],
  reader: Reader,
): Message {
  const current = byNextCheckIn(
    delegations.filter(({ state }) => state === 'open' || state === 'draft'),
    checkIns,
    today(reader),
  );
  if (current.length === 0) return nothingDelegated();
  const more = current.length - mostInList;
  return message(
    paragraph(`*What others hold for you*`),
    ...current.slice(0, mostInList).map((delegation) =>
      delegation.state === 'draft'
        ? paragraph(
            line(delegation, of(delegation, checkIns), reader),
            button('Finish it', `${ids.look}:${delegation.id}`, { value: delegation.id }),
          )
        : paragraph(
            line(delegation, of(delegation, checkIns), reader),
            overflow(`${ids.menu}:${delegation.id}`, [
              { label: 'See it', value: `look ${delegation.id}` },
              { label: 'Change the level', value: `level ${delegation.id}` },
              { label: 'Done', value: `done ${delegation.id}` },
              { label: 'Take it back', value: `take-back ${delegation.id}` },
              { label: 'Edit', value: `edit ${delegation.id}` },
            ]),
          ),
    ),
    more > 0
      ? aside(`And ${more} more. \`/delegate @someone\` shows what one person holds.`)
      : aside('`/delegate @someone` shows one person, and how their levels moved.'),
    riskWarning(delegations),
    row(button('Delegate something', ids.give)),
  );
}

function byNextCheckIn(
  delegations: readonly Delegation[],
  checkIns: readonly CheckIn[],
  day: Temporal.PlainDate,
): Delegation[] {
  const next = (delegation: Delegation): string =>
    ahead(of(delegation, checkIns), day)[0]?.day.toString() ?? '9999';
  return delegations.toSorted((one, other) =>
    next(one) < next(other) ? -1 : next(one) > next(other) ? 1 : 0,
  );
}

export const nothingDelegated = (): Message =>
  say(
    'Nobody holds anything for you at the moment. A small decision is a good first one: `/delegate @someone the release notes at inquire`.',
    button('Delegate something', ids.give),
  );

export function riskWarning(delegations: readonly Delegation[]): Block | undefined {
  const risk = riskOnOne(delegations);
  return (
    risk &&
    aside(
      `All ${risk.count} risky things you have handed over sit with ${nameOf(risk.holder)}. If they were away for a month, who would step in?`,
    )
  );
}

/** One open or ended delegation, with everything the lead may do about it. */
export function card({ delegation, checkIns, words }: Known, reader: Reader): Message {
  const { state, proposal } = delegation;
  const theirs = proposal?.by === 'person' ? proposal : undefined;
  const open = state === 'open' ? unanswered(checkIns, today(reader)) : undefined;
  const value = buttonValue({ id: delegation.id, checkIn: open?.id });
  return confidential(
    headline(delegation),
    paragraph(headline(delegation)),
    aside(
      [
        state === 'open'
          ? `${capital(agreementInWords(delegation))}. ${datesLine(delegation, checkIns, reader)}`
          : endLine(delegation, reader),
        delegation.risky ? 'Marked as risky.' : '',
        delegation.personLeft ? `${escaped(delegation.personName)} has left; I ask nothing about it.` : '',
      ]
        .filter((text) => text !== '')
        .join(' '),
    ),
    ...privateLines(words, state),
    open
      ? paragraph(
          `Your check-in of ${dateInWords(open.day, today(reader))} has no answer yet. How is it going?`,
        )
      : undefined,
    open
      ? row(button('On track', ids.onTrack, { value }), button('Needs me', ids.needsMe, { value }))
      : undefined,
    state === 'open'
      ? row(
          ...(theirs
            ? [
                button(`Agree to ${levelWords(theirs.level).name}`, ids.agree, {
                  value: buttonValue({ id: delegation.id, round: delegation.round }),
                  style: 'primary',
                }),
              ]
            : []),
          button('Change the level', ids.level, {
            value: buttonValue({ id: delegation.id, round: delegation.round }),
          }),
          button('Done', ids.done, { value: buttonValue({ id: delegation.id }) }),
          button('Take it back', ids.takeBack, { value: buttonValue({ id: delegation.id }) }),
          button('Edit', ids.edit, { value: delegation.id }),
        )
      : row(
          button('Give it again', ids.again, { value: delegation.id }),
          button('Open it again', ids.reopen, { value: delegation.id }),
          button('Edit', ids.edit, { value: delegation.id }),
        ),
  );
}

function privateLines({ why, stays, closing }: TrustedWords, state: Delegation['state']): Block[] {
  const lines = [
    why && `*Why them:* ${escaped(why)}`,
    stays && `*What stays with you:* ${escaped(stays)}`,
    closing && `*${state === 'done' ? 'What they learned' : 'Why you took it back'}:* ${escaped(closing)}`,
  ].filter((text): text is string => Boolean(text));
  return lines.length > 0 ? [paragraph(lines.join('\n'))] : [];
}

function endLine({ state, closedAt, nextLevel }: Delegation, reader: Reader): string {
  const on = closedAt ? ` on ${dateInWords(localDay(closedAt, reader.lead.timeZone), today(reader))}` : '';
  const next = nextLevel ? ` Next time at *${levelWords(nextLevel).name}*.` : '';
  return state === 'done' ? `Done${on}.${next}` : `Taken back${on}.`;
}

/** What a button carries: which delegation, what was known of it, and the prompt it stands under. */
export interface ButtonValue {
  id: string;
  round?: number | undefined;
  checkIn?: string | undefined;
  delivery?: string | undefined;
}

export const buttonValue = (value: ButtonValue): string => JSON.stringify(value);

/** The question on a check-in's day. */
export function checkInQuestion(delegation: Delegation, value: ButtonValue, reader: Reader): Message {
  const day = today(reader);
  const since = delegation.toldAt && localDay(delegation.toldAt, reader.lead.timeZone);
  return message(
    paragraph(`How is ${titleOf(delegation)} going with ${nameOf(delegation)}?`),
    aside(
      [
        `At ${levelInWords(delegation.level)}: ${levelWords(delegation.level).toLead}.`,
        since ? `Theirs since ${dateInWords(since, day)}.` : '',
        delegation.until ? `It runs until ${dateInWords(delegation.until, day)}.` : '',
      ]
        .filter((text) => text !== '')
        .join(' '),
    ),
    row(
      button('On track', ids.onTrack, { value: buttonValue(value) }),
      button('Needs me', ids.needsMe, { value: buttonValue(value) }),
      button('Taken back', ids.takeBack, { value: buttonValue(value) }),
      button('Done', ids.done, { value: buttonValue(value) }),
    ),
  );
}

/** One of these goes with *Needs me*, in turn. */
const helpWithoutTakingOver = [
  'Ask what they have tried, and what they would do next, before you say what you would.',
  'Agree on what you bring and for how long. The decision stays where it was.',
  'Show once, next to them; then watch them do the second one.',
  'Say what you see and what worries you, and leave the answer to them.',
];

export function checkInAnswered(
  answer: Extract<CheckInAnswer, 'on-track' | 'needs-me'>,
  { delegation, checkIns }: Known,
  value: ButtonValue,
  reader: Reader,
): Message {
  const day = today(reader);
  const next = ahead(checkIns, day)[0];
  const nextLine = next
    ? `I ask again on ${dateInWords(next.day, day)}.`
    : 'That was the last check-in; *Edit* sets another.';
  const change = button('Change my answer', ids.askAgain, { value: buttonValue(value) });
  if (answer === 'on-track') {
    return message(
      paragraph(`${titleOf(delegation)} is on track with ${nameOf(delegation)}. ${nextLine}`),
      row(change, ...(next ? [] : [button('Edit', ids.edit, { value: delegation.id })])),
    );
  }
  const turn = checkIns.filter((checkIn) => checkIn.answer !== null).length;
  return message(
    paragraph(
      `${titleOf(delegation)} needs you. It stays with ${nameOf(delegation)}, at ${levelInWords(delegation.level)}.`,
    ),
    paragraph(`${helpWithoutTakingOver[turn % helpWithoutTakingOver.length]} ${nextLine}`),
    row(
      button('Change the level', ids.level, {
        value: buttonValue({ id: delegation.id, round: delegation.round }),
      }),
      button('Edit', ids.edit, { value: delegation.id }),
      change,
    ),
  );
}

export const answerWords: Record<CheckInAnswer, string> = {
  'on-track': 'on track',
  'needs-me': 'needs you',
  'taken-back': 'taken back',
  done: 'done',
};

/** A check-in's button that comes too late: it was answered, or the whole thing is over. */
export function checkInStale(delegation: Delegation, checkIn: CheckIn | undefined, reader: Reader): Message {
  const answered = checkIn?.answer ? `You have answered that: ${answerWords[checkIn.answer]}. ` : '';
  return say(`${answered}${state(delegation, reader)}`, button('See it', ids.look, { value: delegation.id }));
}

/** Where a delegation stands, for a button that knew less. */
function state(delegation: Delegation, reader: Reader): string {
  if (delegation.state === 'draft') return `${titleOf(delegation)} has not been told to anyone yet.`;
  if (delegation.state === 'open') return `${headline(delegation)} ${capital(agreementInWords(delegation))}.`;
  return `${titleOf(delegation)} is over. ${endLine(delegation, reader)}`;
}

export const moreHappened = (delegation: Delegation, reader: Reader): Message =>
  say(
    `That was an earlier button, and nothing was changed. ${state(delegation, reader)}`,
    button('See it', ids.look, { value: delegation.id }),
  );

export const gone = (): Message =>
  say('That delegation is deleted, so there is nothing left to do.', button('See what there is', ids.list));

export const takenBack = (delegation: Delegation, why: string | null): Message =>
  confidential(
    `${titleOf(delegation)} is with you again.`,
    paragraph(
      `${titleOf(delegation)} is with you again. If you haven’t told ${nameOf(delegation)} yourself, do; I send nothing.`,
    ),
    why === null ? undefined : paragraph(quote(why)),
    aside('Taking one back is not the end of it: the same thing, smaller or clearer, can go out again.'),
    row(
      button('Give it again', ids.again, { value: delegation.id }),
      button('Undo', ids.reopen, { value: delegation.id }),
    ),
  );

export const done = (delegation: Delegation, learned: string | null): Message =>
  confidential(
    `${titleOf(delegation)} is done.`,
    paragraph(
      `${titleOf(delegation)} is done, by ${nameOf(delegation)} at ${levelInWords(delegation.level)}.${
        delegation.nextLevel ? ` Next time at *${levelWords(delegation.nextLevel).name}*.` : ''
      }`,
    ),
    learned === null ? undefined : paragraph(`What they learned:\n${quote(learned)}`),
    aside(`Does ${nameOf(delegation)} know you noticed?`),
    row(button('Undo', ids.reopen, { value: delegation.id }), button('Delegate something', ids.give)),
  );

export const reopened = ({ delegation, checkIns }: Known, reader: Reader): Message =>
  message(
    paragraph(`Open again. ${headline(delegation)}`),
    aside(datesLine(delegation, checkIns, reader)),
    row(button('Edit', ids.edit, { value: delegation.id })),
  );

export const edited = ({ delegation, checkIns }: Known, reader: Reader): Message =>
  message(
    paragraph(`Changed. ${headline(delegation)}`),
    aside(`${datesLine(delegation, checkIns, reader)} ${nameOf(delegation)} isn’t told of the change by me.`),
    row(button('Edit', ids.edit, { value: delegation.id })),
  );

/** What the lead is told after they named a level. */
export function levelSaid(delegation: Delegation, step: LevelStep): Message {
  const name = levelInWords(step.level);
  const words = {
    proposed: `You proposed ${name} for ${titleOf(delegation)}. I let you know what ${nameOf(delegation)} says.`,
    agreed: `Agreed: ${headline(delegation)} I let them know.`,
    kept: `${titleOf(delegation)} stays at ${name}. I let ${nameOf(delegation)} know.`,
  }[step.kind];
  return say(words, button('See it', ids.look, { value: delegation.id }));
}

/** The lead named the level it is at, or the one they proposed and that has no answer yet. */
export const sameLevel = ({ level, proposal }: Delegation): Message =>
  proposal
    ? say(`You have proposed ${levelInWords(proposal.level)} already, so nothing changes until they answer.`)
    : atThatLevel(level);

export const atThatLevel = (level: Level): Message =>
  say(`It is at ${levelInWords(level)} already, so nothing changes.`);

/** What the other person said about the level. */
export function reply(
  delegation: Delegation,
  step: LevelStep,
  note: string | null,
  delivery: string,
): Message {
  const value = buttonValue({ id: delegation.id, round: delegation.round, delivery });
  const said = {
    proposed: `${nameOf(delegation)} proposes ${levelInWords(step.level)} for ${titleOf(delegation)}: ${levelWords(step.level).toLead}. ${delegation.agreedAt ? 'It is at' : 'You had'} *${levelWords(delegation.level).name}* ${delegation.agreedAt ? 'now' : 'in mind'}.`,
    agreed: `${nameOf(delegation)} agrees: ${titleOf(delegation)} is theirs, at ${levelInWords(step.level)}.`,
    kept: `${nameOf(delegation)} would rather leave ${titleOf(delegation)} at ${levelInWords(step.level)}.`,
  }[step.kind];
  return confidential(
    said,
    paragraph(said),
    note === null ? undefined : paragraph(quote(note)),
    step.kind === 'proposed'
      ? row(
          button(`Agree to ${levelWords(step.level).name}`, ids.agree, { value, style: 'primary' }),
          button('Propose another', ids.level, { value }),
        )
      : row(button('See it', ids.look, { value: delegation.id })),
  );
}

/** One person's page: what they hold, how their levels moved, and what they held before. */
export function page(
  delegations: readonly Delegation[],
  checkIns: readonly CheckIn[],
  moves: readonly LevelMove[],
  words: ReadonlyMap<string, TrustedWords>,
  who: { personId: string },
  all: readonly Delegation[],
  reader: Reader,
): Message {
  const open = delegations.filter(({ state }) => state === 'open' || state === 'draft');
  const closed = delegations.filter(({ state }) => state === 'done' || state === 'taken-back');
  const [latest] = delegations;
  const name = latest ? nameOf(latest) : mention(who.personId);
  if (!latest) {
    return say(
      `${name} holds nothing for you so far. \`/delegate @someone the release notes at inquire\` would be a start.`,
      button('Delegate something', `${ids.give}:person`, { value: who.personId }),
    );
  }
  const risk = riskOnOne(all);
  return confidential(
    `What ${name} holds for you`,
    paragraph(`*What ${name} holds for you*${latest.personLeft ? ' · has left' : ''}`),
    ...(open.length === 0 ? [paragraph('Nothing at the moment.')] : []),
    ...open.slice(0, 15).map((delegation) =>
      paragraph(
        line(delegation, of(delegation, checkIns), reader),
        button(delegation.state === 'draft' ? 'Finish it' : 'See it', `${ids.look}:${delegation.id}`, {
          value: delegation.id,
        }),
      ),
    ),
    risk?.holder.personId === who.personId ? riskWarning(all) : undefined,
    paragraph(`*How their levels moved*\n${movesInWords(delegations, moves, reader)}`),
    ...(closed.length > 0 ? [paragraph('*Before*')] : []),
    ...closed
      .slice(0, 12)
      .map((delegation) =>
        paragraph(
          [
            `${titleOf(delegation)} · at *${levelWords(delegation.level).name}* · ${endLine(delegation, reader)}`,
            ...closingLine(words.get(delegation.id) ?? noWords),
          ].join('\n'),
          button('See it', `${ids.look}:${delegation.id}`, { value: delegation.id }),
        ),
      ),
    latest.personLeft
      ? undefined
      : row(button('Delegate something', `${ids.give}:person`, { value: who.personId })),
  );
}

const closingLine = ({ closing }: TrustedWords): string[] =>
  closing === null ? [] : [quote(shorten(closing, 300))];

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
    const on = dateInWords(localDay(at, reader.lead.timeZone), today(reader));
    const bar = '▪'.repeat(level) + '▫'.repeat(7 - level);
    return `${on} · \`${bar}\` *${levelWords(level).name}* · ${quoted(delegation?.title ?? '')}`;
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
    const [from, to] = [levelWords(first.level).name, levelWords(last.level).name];
    const way = last.level > first.level ? 'up' : 'down';
    return [`*${quoted(byId.get(last.delegationId)?.title ?? '')}* went from *${from}* ${way} to *${to}*.`];
  });
}

export const whyNeedsKeys = (): Message =>
  say(
    `Nothing delegated yet. I keep a reason only where I can lock it away. ${needsKeys} Without the dashes and what follows, the line works.`,
  );

export const wordsNeedKeys = (): Message =>
  say(
    `I keep words of your own only where I can lock them away. ${needsKeys} Until then, *Send it* says what you see here.`,
  );

export const notThisWeek = (): Message => say('Fine, another one next week.');

export const questionKept = ({ asks, weekday, time }: QuestionTime): Message =>
  say(
    asks
      ? `I ask you every ${weekdayNames[weekday - 1]} at ${time.toString({ smallestUnit: 'minute' })}. If you once switched it off under a question, \`/keel prompts\` brings it back.`
      : 'I leave the weekly question out from now on.',
  );

/** What `/delegate help` says. Every line of it works as it stands. */
export const help = (): Message =>
  message(
    paragraph('*Delegating*\nTo whom, what, at which level, and if you like until when and why them:'),
    paragraph(
      [
        '`/delegate @someone the cache redesign at advise until 12 dec`',
        '`/delegate @someone the release notes at inquire -- knows them best`',
        '`/delegate` · a form instead',
        '`/delegate list` · what others hold for you',
        '`/delegate @someone` · what one person holds, and how their levels moved',
      ].join('\n'),
    ),
    paragraph(levelsInWords()),
    aside('Nobody is told anything before you have seen the words and clicked *Send it*.'),
  );

export const levelsInWords = (): string =>
  levels.map(({ level, name, toLead }) => `${level} *${name}* · ${toLead}`).join('\n');

/** This room's part of the App Home. */
export function homeBlocks(
  delegations: readonly Delegation[],
  checkIns: readonly CheckIn[],
  reader: Reader,
): Block[] {
  const current = byNextCheckIn(
    delegations.filter(({ state }) => state === 'open' || state === 'draft'),
    checkIns,
    today(reader),
  );
  const risk = riskWarning(delegations);
  return [
    paragraph(
      current.length === 0
        ? '*Delegation*\nNobody holds anything for you at the moment.'
        : [
            '*Delegation*',
            ...current.slice(0, 5).map((each) => `• ${line(each, of(each, checkIns), reader)}`),
            ...(current.length > 5 ? [`and ${current.length - 5} more`] : []),
          ].join('\n'),
    ),
    ...(risk ? [risk] : []),
    row(button('Delegate something', ids.give), ...(current.length > 0 ? [button('See all', ids.list)] : [])),
  ];
}
