// Why a retrospective was not set up, changed or skipped as asked, and what to do instead.

import { button, escaped, message, paragraph, row, say } from '../../slack/blocks.ts';
import type { Message } from '../../slack/message.ts';
import { rhythmTrouble } from '../../time/time.views.ts';
import * as actions from './retros.actions.ts';
import { longestLine, mostOpenDays, type RefusedLine } from './retros.parse.ts';
import type { ChannelProblem } from './retros.rhythm.ts';
import { fewestForAnonymity } from './retros.ts';
import { channelLink, peopleInWords } from './retros.views.ts';

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
    'no-reason': 'Why this one? Add a word: `/retro skip in #team release week`. The history keeps it.',
    'no-rhythm': rhythmTrouble('no-rhythm', escaped(text)),
    'no-day': rhythmTrouble('no-day', escaped(text)),
    drifts: rhythmTrouble('drifts', escaped(text)),
    'no-time': rhythmTrouble('no-time', escaped(text)),
    'no-such-time': rhythmTrouble('no-such-time', escaped(text)),
    'not-understood': `I cannot read ${what}, so nothing was set up. Try \`/retro in #team every 2 weeks friday 14:00\`, or \`/retro new\` for a form.`,
  };
  return say(words[why]);
}

/** `line` is what a button needs to try it again, the channel in it. */
export function channelRefused(why: ChannelProblem, channelId: string, line: string): Message {
  switch (why) {
    case 'no-such-channel':
      return say('I can see no such channel. If it is a private one, invite me there first, then try again.');
    case 'archived':
      return say(`${channelLink(channelId)} is archived; nobody could answer there. Choose another channel.`);
    case 'not-a-member':
      return say('You are not in that channel yourself. Join it first: a retrospective is led from within.');
    case 'not-invited':
      return say(
        `I am not in ${channelLink(channelId)} yet, and I only post where I was invited. Type \`/invite @Evenkeel\` there, then come back.`,
        button('I’m invited, try again', actions.again, { line }),
      );
  }
}

/** `line` asks for the same with names. */
export const tooFew = (channelId: string, people: number, line: string): Message =>
  message(
    paragraph(
      `${channelLink(channelId)} has ${peopleInWords(people)}. With fewer than ${fewestForAnonymity}, who wrote what can be told from the words, whatever I don’t store; I would be promising something that can’t be had.`,
    ),
    paragraph('Shall it be with names?'),
    row(
      button('With names', actions.again, { line }, { style: 'primary' }),
      button('Leave it', actions.again, { line: actions.leaveIt }),
    ),
  );

export const left = (): Message => say('Left as it is; nothing was set up.');

export const nothingThere = (channelId: string): Message =>
  say(`Nothing is set up in ${channelLink(channelId)} by you. \`/retro\` lists what is.`);

/** Under the fields of the form that sets one up or changes it. */
export const setUpProblems = {
  when: 'Say when: now, or every 2 weeks friday 14:00.',
  rhythm: 'A rhythm, please, as every 2 weeks friday 14:00; `/retro now` opens one at once.',
  openDays: `From 1 to ${mostOpenDays} working days.`,
  channel: 'Choose a channel.',
  names: (people: number): string =>
    `With ${peopleInWords(people)} there, anonymity can’t be had: it takes ${fewestForAnonymity}.`,
};

export const reasonMissing = 'A word on why, please.';
