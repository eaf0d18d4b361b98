// What the lead handed over in the story: a redesign that came back and went out again, and a habit that took.

import type { Person } from '../slack/people.ts';
import type { Chapter } from './chapter.ts';

/** The newest message of theirs with that button; other rooms have buttons of the same name. */
async function presses(who: Person, label: string, about: string): Promise<void> {
  const message = who
    .dm()
    .toReversed()
    .find(({ text }) => text.includes(`[${label}]`) && text.includes(about));
  if (!message) throw new Error(`${who.realName} was told nothing of ${about} with a button "${label}"`);
  await who.clicks(label, { in: message.ts });
}

const redesign = 'the cache redesign';

export const delegationChapter: Chapter = {
  beats: [
    {
      week: 1,
      day: 3,
      at: '10:10',
      async play({ lead }) {
        await lead.types(
          '/delegate @duarte the cache redesign at consult until in 4 weeks -- you asked for design work in the summer',
        );
        await presses(lead, 'Send it', redesign);
      },
    },
    {
      week: 1,
      day: 3,
      at: '11:20',
      async play({ person }) {
        const duarte = person('duarte');
        await presses(duarte, 'Propose another level', redesign);
        await duarte.submits({ level: '5', note: 'I would like to decide, and run it past you first.' });
      },
    },
    {
      week: 1,
      day: 3,
      at: '13:30',
      play: ({ lead }) => presses(lead, 'Yes, advise', redesign),
    },
    {
      week: 2,
      day: 4,
      at: '16:00',
      async play({ lead }) {
        await lead.types('/delegate @shanice the release notes at inquire until in 5 weeks');
        await presses(lead, 'We have agreed already', 'the release notes');
      },
    },
    {
      week: 5,
      day: 3,
      at: '15:00',
      async play({ lead }) {
        await lead.types('/delegate @duarte');
        await presses(lead, 'See it', redesign);
        await presses(lead, 'Take it back', redesign);
        await lead.submits({
          why: 'I had not said what it must not change. The second try needs that in writing.',
        });
      },
    },
    {
      week: 6,
      day: 1,
      at: '14:00',
      async play({ lead }) {
        await lead.types('/delegate @duarte');
        await presses(lead, 'See it', redesign);
        await presses(lead, 'Give it again', redesign);
        await lead.submits({ 'check-ins': 'every two weeks', stays: 'The interface other teams rely on.' });
        await presses(lead, 'Send it', redesign);
      },
    },
    {
      week: 6,
      day: 1,
      at: '15:00',
      play: ({ person }) => presses(person('duarte'), 'Sounds good', redesign),
    },
    {
      week: 7,
      day: 4,
      at: '16:30',
      async play({ lead }) {
        await lead.types('/delegate @shanice');
        await presses(lead, 'See it', 'the release notes');
        await presses(lead, 'Done', 'the release notes');
        await lead.submits({ learned: 'To write for somebody who was not in the room.', next: '7' });
      },
    },
    {
      // Left unsent on purpose: something to finish for whoever walks in.
      week: 8,
      day: 1,
      at: '09:20',
      play: ({ lead }) =>
        lead.types('/delegate @aroha reviews of the payment service at advise until in 2 weeks'),
    },
  ],
};
