// What a lead reads about how it goes: the question on a check-in's day, what became of the answer, and how one ends.

import { aside, button, discreet, message, paragraph, row, say } from '../../slack/blocks.ts';
import type { Message } from '../../slack/message.ts';
import { dateInWords, localDay } from '../../time/days.ts';
import * as actions from './delegation.actions.ts';
import type { CheckIn, CheckInAnswer } from './delegation.check-ins.ts';
import { meaningOf } from './delegation.levels.ts';
import {
  ahead,
  boldLevel,
  datesLine,
  delegateSomething,
  editIt,
  giveAgain,
  headline,
  levelInWords,
  nameOf,
  quote,
  type Reader,
  seeIt,
  sentences,
  stateInWords,
  titleOf,
  todayOf,
} from './delegation.phrases.views.ts';
import type { Delegation, Details } from './delegation.ts';

/** The question on a check-in's day. */
export function checkInQuestion(delegation: Delegation, asked: actions.Asked, reader: Reader): Message {
  const day = todayOf(reader);
  const { level, until, toldAt } = delegation;
  const since = toldAt && localDay(toldAt, reader.lead.timeZone);
  return message(
    paragraph(`How is ${titleOf(delegation)} going with ${nameOf(delegation)}?`),
    aside(
      sentences(
        `At ${levelInWords(level)}: ${meaningOf(level).toLead}.`,
        since && `Theirs since ${dateInWords(since, day)}.`,
        until && `It runs until ${dateInWords(until, day)}.`,
      ),
    ),
    row(
      button('On track', actions.onTrack, asked),
      button('Needs me', actions.needsMe, asked),
      button('Taken back', actions.takeBack, asked),
      button('Done', actions.done, asked),
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

/** `isAdded`: the next check-in was set just now, since this was the last one. */
export function checkInAnswered(
  { answer, isAdded }: { answer: 'on-track' | 'needs-me'; isAdded: boolean },
  { delegation, checkIns }: Details,
  asked: actions.Asked,
  reader: Reader,
): Message {
  const { id, round } = delegation;
  const [next] = ahead(checkIns, todayOf(reader));
  const nextLine = next
    ? `${isAdded ? 'That was the last check-in set, so I' : 'I'} ask again on ${dateInWords(next.day, todayOf(reader))}.`
    : 'That was the last check-in; *Edit* sets another.';
  const changeAnswer = button('Change my answer', actions.askAgain, asked);
  if (answer === 'on-track') {
    return say(
      `${titleOf(delegation)} is on track with ${nameOf(delegation)}. ${nextLine}`,
      changeAnswer,
      ...(next ? [] : [editIt(delegation)]),
    );
  }
  const turn = checkIns.filter((checkIn) => checkIn.answer !== null).length;
  return message(
    paragraph(
      `${titleOf(delegation)} needs you. It stays with ${nameOf(delegation)}, at ${levelInWords(delegation.level)}.`,
    ),
    paragraph(`${helpWithoutTakingOver[turn % helpWithoutTakingOver.length]} ${nextLine}`),
    row(button('Change the level', actions.propose, { id, round }), editIt(delegation), changeAnswer),
  );
}

const answerInWords: Record<CheckInAnswer, string> = {
  'on-track': 'on track',
  'needs-me': 'needs you',
  'taken-back': 'taken back',
  done: 'done',
};

/** A check-in's button that comes too late: it was answered, or the whole thing is over. */
export const checkInStale = (delegation: Delegation, checkIn: CheckIn | undefined, reader: Reader): Message =>
  say(
    sentences(
      checkIn?.answer && `You have answered that: ${answerInWords[checkIn.answer]}.`,
      stateInWords(delegation, reader),
    ),
    seeIt(delegation),
  );

const undo = ({ id }: Delegation) => button('Undo', actions.reopen, { id });

/** How it ended. `closing`: why it was taken back, or what they learned. */
export function ended(delegation: Delegation, closing: string | null): Message {
  const [title, name] = [titleOf(delegation), nameOf(delegation)];
  if (delegation.state === 'taken-back') {
    return discreet(
      `${title} is with you again.`,
      paragraph(`${title} is with you again. If you haven’t told ${name} yourself, do; I send nothing.`),
      closing === null ? undefined : paragraph(quote(closing)),
      aside('Taking one back is not the end of it: the same thing, smaller or clearer, can go out again.'),
      row(giveAgain(delegation), undo(delegation)),
    );
  }
  const { level, nextLevel } = delegation;
  return discreet(
    `${title} is done.`,
    paragraph(
      sentences(
        `${title} is done, by ${name} at ${levelInWords(level)}.`,
        nextLevel && `Next time at ${boldLevel(nextLevel)}.`,
      ),
    ),
    closing === null ? undefined : paragraph(`What they learned:\n${quote(closing)}`),
    aside(`Does ${name} know you noticed?`),
    row(undo(delegation), delegateSomething()),
  );
}

export const reopened = (details: Details, reader: Reader): Message =>
  message(
    paragraph(`Open again. ${headline(details.delegation)}`),
    aside(datesLine(details, reader)),
    row(editIt(details.delegation)),
  );
