// What one person reads about a retrospective that is under way: after a click, under a form's fields, or while it waits.

import { button, mention, say } from '../../slack/blocks.ts';
import type { Message } from '../../slack/message.ts';
import { howManyAre } from '../../words.ts';
import type { Commitment, DraftProblem } from '../commitments/commitments.ts';
import * as actions from './retros.actions.ts';
import { fewestForAnonymity, type Retro, votesEach } from './retros.ts';
import { channelLink, moment, threadOf } from './retros.views.ts';

/** To the facilitator, when nothing has moved for a working day. */
export function waiting(retro: Retro): Message {
  const where = channelLink(retro.channelId);
  const words: Partial<Record<Retro['phase'], string>> = {
    few: `The retrospective in ${where} closed with fewer than ${fewestForAnonymity} answers. In ${threadOf(retro)} you can open it for one more working day or let it go.`,
    grouping: `What was said in the retrospective in ${where} waits in ${threadOf(retro)}: a look at what I put together, and the vote can begin.`,
    choosing: `The vote in ${where} is over. The team is waiting to hear what it takes on; the button is in ${threadOf(retro, 'the thread')}.`,
  };
  return say(words[retro.phase] ?? `The retrospective in ${where} has moved on.`);
}

export const kept = (retro: Retro, which: 'first' | 'again'): Message =>
  retro.anonymous
    ? say(
        `${which === 'first' ? 'Thank you' : 'Added, thank you'}. It is in, without your name; so I can’t show it to you again or change it. Until it closes you can add more, or take a line back.`,
        button('Take a line back', actions.takeBack, { retroId: retro.id }),
      )
    : say(
        `${which === 'first' ? 'Thank you' : 'Changed, thank you'}. Until it closes you can press *Answer* again and change what you wrote; left empty, it is taken back.`,
      );

export const tookBack = (): Message =>
  say('Taken back: it is as if you had not written it. Until it closes you can answer again.');
/** Under the first field, when no line was found. */
export const notFound = 'I found no such line. Write it as you sent it, under the question it answered.';
export const nothingToTakeBack = (retro: Retro): Message =>
  say(
    `It has closed, so what was said stands in ${threadOf(retro)}. ${mention(retro.facilitatorId)} leads this one and can take a point out; a word to them is enough.`,
  );

/** To somebody who has nothing there that they could take out by themselves. */
export const notYoursToTakeOut = (retro: Retro): Message =>
  say(
    `${mention(retro.facilitatorId)} leads this one and can take any point out; a word to them is enough.${retro.anonymous ? '' : ' Others can take out what carries their own name.'}`,
  );
export const tookOut = (retro: Retro, count: number): Message =>
  say(`${count === 1 ? 'It is' : 'They are'} out, here and in ${threadOf(retro, 'the thread')}.`);
export const noneToTakeOut = 'Choose what goes.';

export const noLongerOpen = (retro: Retro): Message =>
  say(
    retro.phase === 'skipped'
      ? 'This one was skipped; the next comes in its turn.'
      : `This one is closed, and nothing was added. What was said stands in ${threadOf(retro)}; the next one comes in its turn.`,
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
    done: `It is done, and its summary stands in ${threadOf(retro, 'the thread')}.`,
    quiet: 'It closed without answers.',
    skipped: 'It was skipped.',
    ended: 'It ended with its channel.',
  };
  return say(`That step is over. ${words[retro.phase]}`);
};

/** What came of taking it over. */
export function takenOver(came: 'taken' | 'theirs-already' | 'lead-is-here' | 'over', retro: Retro): Message {
  switch (came) {
    case 'taken':
    case 'theirs-already':
      return say('It is yours now: sort what was said, close the vote, and help the team choose.');
    case 'lead-is-here':
      return say(`${mention(retro.facilitatorId)} is here after all and leads this one.`);
    case 'over':
      return movedOn(retro);
  }
}

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
/** What the form that skips it is about. */
export const whichIsSkipped = ({ channelId, answered }: Retro): string =>
  `The one that is open in ${channelLink(channelId)}.${answered > 0 ? ` ${answered === 1 ? 'One answer is' : 'The answers are'} deleted with it.` : ''}`;

export const sortedAnew = (retro: Retro): Message =>
  say(`Sorted anew; ${threadOf(retro, 'the thread')} shows it.`);
export const backToSorting = (): Message => say('Back to sorting. Start the vote again when it is right.');
export const closingNow = (retro: Retro): Message =>
  say(`Closing it; ${threadOf(retro, 'the thread')} shows what comes next.`);
export const chosen = (retro: Retro, count: number): Message =>
  say(
    count === 0
      ? `Noted: nothing this time. The summary follows in ${threadOf(retro, 'the thread')}.`
      : `Noted. The summary follows in ${threadOf(retro, 'the thread')}, and each owner will be reminded.`,
  );

/** Instead of a vote that cannot be counted. */
export const voteProblems = {
  'none-chosen': 'Choose at least one.',
  'too-many': `${votesEach} at most, please.`,
};

export const sortingProblems = {
  'one-alone': 'One alone is together with itself. Choose two or more.',
  'different-questions': 'Those answer different questions. Choose points of one.',
};

/** Under an answer that says nothing. */
export const allEmpty = 'One line anywhere is enough; all empty says nothing.';

/** Under an answer that came too late; the form stays, so that nobody loses what they wrote. */
export const closedMeanwhile = 'It closed while you wrote, so nothing was added.';

export const ownerUnreachable = 'They can’t be reached here. Choose somebody who can.';

/** How many of a source are open while the lead allows no more. */
export const tooManyOpen = (open: readonly Commitment[], most: number): string =>
  `From this channel, ${howManyAre(open.length)} open already and you allow ${most}. Finish or let go of one in /keel commitments, or take on fewer.`;

/** Under the fields of what is taken on. */
export const draftProblems: Record<DraftProblem, string> = {
  'no-words': 'Say in a few words what will be done.',
  'too-long': 'Keep it shorter, please: one line that somebody can do.',
  'in-the-past': 'That day has passed where they are. Choose a later one.',
  'too-far': 'That is more than two years away. Choose a nearer day.',
};
