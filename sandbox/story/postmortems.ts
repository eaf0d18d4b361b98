// Three incidents in the story, each over sooner than the one before: what was learned the first time, and what came back.

import type { SeenMessage } from '../slack/people.ts';
import type { Beat, Cast, Chapter } from './chapter.ts';

const where = 'team-platform';

/** The message of a post-mortem's thread that begins with these words; the newest, when there are several. */
function part(cast: Cast, words: string): SeenMessage {
  const found = cast.lead
    .conversation(where)
    .findLast(({ ephemeral, text }) => !ephemeral && text.startsWith(words));
  if (!found) throw new Error(`No message in #${where} begins with "${words}"`);
  return found;
}

/** Somebody writes into a section of the latest post-mortem, and keeps whatever the blame check says. */
const writes =
  (who: string, section: string, words: string, more: Record<string, string[]> = {}) =>
  async (cast: Cast) => {
    const learned = ['factors', 'surprises', 'well', 'badly', 'lucky'].includes(section);
    const { ts } = part(
      cast,
      learned ? 'What we learned' : section === 'ideas' ? 'What follows' : 'What happened',
    );
    const person = cast.person(who);
    await person.clicks(`pm.section:${section}`, { in: ts });
    await person.submits({ 'words-0': words, ...more });
    await person.closes({ all: true });
  };

const types = (who: string, line: string) => (cast: Cast) => cast.person(who).types(line, { in: where });

const clicks = (who: string, label: string, in_: string) => async (cast: Cast) => {
  await cast.person(who).clicks(label, { in: part(cast, in_).ts });
};

const commits = (who: string, what: string, by: string) => async (cast: Cast) => {
  const person = cast.person(who);
  await person.clicks('Add one', { in: part(cast, 'What follows').ts });
  await person.submits({ 'words-0': what, who: by });
  await person.closes({ all: true });
};

const on = (week: number, day: number, at: string, play: Beat['play']): Beat => ({ week, day, at, play });

/** Several things in a row, a minute apart, since the bot posts a thread one message after the other. */
const inTurn = (week: number, day: number, from: string, plays: Beat['play'][]): Beat[] =>
  plays.map((play, minutes) =>
    on(week, day, Temporal.PlainTime.from(from).add({ minutes }).toString({ smallestUnit: 'minute' }), play),
  );

export const postmortemsChapter: Chapter = {
  beats: [
    ...inTurn(2, 3, '15:30', [
      types(
        'lead',
        '/postmortem checkout was down, sev1, 10:05-14:05 today, detected 10:41, services checkout, with @duarte @bikash, facilitator @shanice, here',
      ),
      types('lead', '/postmortem note 09:50 new payment limits go live'),
    ]),
    ...inTurn(2, 3, '15:40', [
      types('duarte', '/postmortem note 10:41 Europe/Berlin support calls: customers cannot pay'),
      types(
        'bikash',
        '/postmortem note 12:20 Europe/Berlin we suspect the database and fail over, no change',
      ),
      types('duarte', '/postmortem note 13:58 Europe/Berlin limits set back by hand'),
      writes(
        'lead',
        'summary',
        'A change to payment limits set the limit for cards to 0. For four hours no card payment went through. Setting the limits back ended it.',
      ),
      writes('duarte', 'impact', 'About 9,000 card payments failed. Bank transfers were not affected.'),
      writes('bikash', 'factors', '- Limits are not validated\n- No alert on failed payments', {
        factors: ['configuration', 'detection'],
      }),
      writes('duarte', 'lucky', 'The sale had ended the evening before.'),
    ]),
    ...inTurn(2, 5, '14:30', [
      commits('lead', 'An alert on failed payments', 'duarte'),
      commits('lead', 'The limits page refuses 0', 'bikash'),
    ]),
    on(2, 5, '14:40', clicks('lead', 'Send for review', 'PM-1')),
    on(2, 5, '15:10', clicks('shanice', 'It is reviewed', 'PM-1')),
    ...inTurn(5, 1, '17:00', [
      types(
        'lead',
        '/postmortem checkout was slow, sev2, 13:10-14:20 today, detected 13:18, services checkout, with @jonas, here',
      ),
      types('jonas', '/postmortem note 13:18 alert on failed payments'),
    ]),
    ...inTurn(5, 1, '17:10', [
      writes(
        'jonas',
        'summary',
        'A limit for one bank was set too low, and its payments queued for 70 minutes.',
      ),
      writes('jonas', 'impact', 'Payments through one bank took up to 70 minutes.'),
      writes('jonas', 'factors', '- Limits are still changed by hand', { factors: ['configuration'] }),
      writes('lead', 'well', 'The new alert fired after eight minutes.'),
      clicks('lead', 'Send for review', 'PM-2'),
    ]),
    on(5, 3, '11:00', clicks('lead', 'It is reviewed', 'PM-2')),
    ...inTurn(7, 4, '16:00', [
      types(
        'lead',
        '/postmortem search was empty, sev2, 11:20-11:43 today, detected 11:22, services search, with @aroha, here',
      ),
      types('lead', '/postmortem note 11:31 index switched back'),
    ]),
    ...inTurn(7, 4, '16:10', [
      writes(
        'lead',
        'summary',
        'A new index went live before it was filled. Switching back took eleven minutes.',
      ),
    ]),
  ],
};
