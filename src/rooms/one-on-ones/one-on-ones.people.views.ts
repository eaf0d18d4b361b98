// What is read about whom a lead meets: added, changed, ended, taken up again, and why somebody cannot be met.

import { button, escaped, mention, paragraph, say } from '../../slack/blocks.ts';
import type { Block, Message } from '../../slack/message.ts';
import type { Profile } from '../../slack/people.ts';
import * as actions from './one-on-ones.actions.ts';
import { andTheNext, type Reader, roleInWords, who } from './one-on-ones.phrases.views.ts';
import { type Meeting, type Person, rhythmInWords } from './one-on-ones.ts';

/** One sentence or two, also said under a form's field; undefined where nothing is in the way. */
export function cannotMeet(profile: Profile, leadId: string): string | undefined {
  if (profile.id === leadId) return 'That is you. Choose the person you talk with.';
  if (profile.unreachable) {
    return `${profile.name} is a bot, or isn’t in this workspace. Choose somebody who can come.`;
  }
  return undefined;
}

export const nothingChanged = (trouble: string): Message => say(`Nothing changed. ${escaped(trouble)}`);

export const notThere = (): Message =>
  say('You have no 1:1s with them any more, so nothing was changed. `/oneonone` lists whom you meet.');

/** Somebody as they are kept, and the next meeting with them. */
export interface Arranged {
  person: Person;
  next: Meeting | undefined;
}

export function added({ person, next }: Arranged, again: boolean, reader: Reader): Message {
  const role = roleInWords(person);
  const leadTime =
    person.leadTime === 'evening'
      ? 'the working day before, towards evening'
      : `${person.leadTime} minutes before`;
  const carried = { personId: person.id };
  return say(
    `*You meet ${who(person)}${role ? ` (${role})` : ''} ${rhythmInWords(person)}*${andTheNext(next, reader)}. I bring the agenda ${leadTime}.`,
    button('Change', actions.change, carried),
    again ? button('End it', actions.end, carried) : button('Undo', actions.undoAdd, carried),
  );
}

export function changed({ person, next }: Arranged, before: Person, reader: Reader): Message {
  const [rhythm, rhythmBefore] = [rhythmInWords(person), rhythmInWords(before)];
  return say(
    `*Changed${rhythmBefore === rhythm ? '' : `, from ${rhythmBefore}`}.* You meet ${who(person)} ${rhythm}${andTheNext(next, reader)}.`,
    button('Change again', actions.change, { personId: person.id }),
  );
}

export const addUndone = (person: Person): Message => say(`Taken back: no 1:1s with ${who(person)}.`);

export const cannotUndoAdd = (person: Person): Message =>
  say(
    `There is history with ${who(person)} by now, so I keep it. You can end the 1:1s instead.`,
    button('End them', actions.end, { personId: person.id }),
  );

/** In the one DM about somebody who left. */
export const leftBehindBlocks = (person: Person): Block[] => [
  paragraph(
    `Your 1:1s with ${escaped(person.name)} have ended. What you noted stays.`,
    button('Open it', actions.openPerson, { personId: person.id }),
  ),
];

const takeUpAgain = ({ id }: Person) => button('Take it up again', actions.takeUp, { personId: id });

export const isBack = (person: Person): Message =>
  say(`*${who(person)} is back.* Your 1:1s had ended when they left this Slack.`, takeUpAgain(person));

export const ended = (person: Person): Message =>
  say(
    `Your 1:1s with ${who(person)} have ended. What you noted stays: \`/oneonone\` still lists them.`,
    takeUpAgain(person),
  );

export const takenUp = ({ person, next }: Arranged, reader: Reader): Message =>
  say(`You meet ${who(person)} again, ${rhythmInWords(person)}${andTheNext(next, reader)}.`);

export const hasLeft = (person: Person): Message =>
  say(`${escaped(person.name)} has left Slack. Your history together stays; nothing new can be planned.`);

export const hasEnded = (person: Person): Message =>
  person.ended?.why === 'left'
    ? hasLeft(person)
    : say(`Your 1:1s with ${who(person)} have ended.`, takeUpAgain(person));

/** Nobody the lead meets; the one thing to do. */
export const notMet = (personId: string): Message =>
  say(
    `You have no 1:1s with ${mention(personId)} yet. Add them with a rhythm, as \`/oneonone add @someone every 2 weeks tuesday 10:00\`.`,
    button('Add them', actions.add, { personId }),
  );

export const leftAlone = (person: Person): Message =>
  say(`Left alone. I will not bring up ${who(person)} again before you have talked.`);
