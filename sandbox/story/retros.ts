// The team's looking back in the story: one held, one skipped for a release, one that brought two promises, one under way.

import type { Beat, Cast, Chapter } from './chapter.ts';

/** What somebody answers, a text for each question of the format; they press the newest post's button. */
const answers =
  (...said: [who: string, ...points: string[]][]) =>
  async ({ person }: Cast) => {
    for (const [who, ...points] of said) {
      const one = person(who);
      await one.clicks('Answer, 2 minutes');
      await one.submits(Object.fromEntries(points.map((text, question) => [`question_${question}`, text])));
    }
  };

/** Whom they vote for, by the words that stand in the menu. */
const votes =
  (...cast: [who: string, ...points: string[]][]) =>
  async ({ person }: Cast) => {
    for (const [who, ...points] of cast) {
      const one = person(who);
      await one.clicks('Vote');
      await one.submits({ choices: points });
    }
  };

/** A day of this story, counted from the week the story is told in. */
const inDays = (cast: Cast, days: number): string => {
  const [newest] = cast.lead.conversation('team-platform').slice(-1);
  const now = Temporal.Instant.fromEpochMilliseconds(Math.floor(Number(newest?.ts ?? 0)) * 1000);
  return now.toZonedDateTimeISO(cast.lead.tz).toPlainDate().add({ days }).toString();
};

const beats: Beat[] = [
  {
    week: 1,
    day: 3,
    at: '16:40',
    play: ({ lead }) => lead.types('/retro in #team-platform every 2 weeks friday 14:00 anonymous'),
  },
  {
    week: 1,
    day: 5,
    at: '15:10',
    play: answers(
      ['duarte', 'The new service template', 'Reviews wait for days', 'A fixed hour for reviews'],
      ['jonas', 'Pairing on the migration', 'Waiting for reviews takes days'],
      ['leyla', 'Clear demos', 'I hear of delays late', 'A word on Wednesday when something slips'],
    ),
  },
  {
    week: 2,
    day: 1,
    at: '15:00',
    play: answers(
      ['shanice', 'Pairing on the migration', 'The pipeline is flaky'],
      ['bikash', 'Help with the on-call rota', 'Flaky pipeline'],
    ),
  },
  { week: 2, day: 2, at: '09:20', play: ({ lead }) => lead.clicks('Start the vote') },
  {
    week: 2,
    day: 2,
    at: '11:00',
    play: votes(
      ['duarte', 'Reviews wait for days', 'Flaky pipeline'],
      ['jonas', 'Reviews wait for days'],
      ['leyla', 'I hear of delays late', 'Reviews wait for days'],
      ['bikash', 'Flaky pipeline'],
    ),
  },
  { week: 2, day: 2, at: '17:00', play: ({ lead }) => lead.clicks('Close the vote') },
  {
    week: 2,
    day: 3,
    at: '09:30',
    async play(cast) {
      await cast.lead.clicks('Choose what we take on');
      await cast.lead.submits({
        what_0: 'Reviews have an hour every morning',
        owner_0: 'jonas',
        due_0: inDays(cast, 9),
        what_1: 'Find what makes the pipeline flaky',
        owner_1: 'bikash',
        due_1: inDays(cast, 12),
      });
    },
  },
  {
    week: 3,
    day: 4,
    at: '10:00',
    play: ({ lead }) => lead.types('/retro skip in #team-platform release week'),
  },
  { week: 3, day: 5, at: '16:00', play: ({ person }) => person('jonas').clicks('Done') },
  {
    week: 5,
    day: 5,
    at: '15:00',
    play: answers(
      ['shanice', 'One review hour each morning', 'Status rounds', 'Pairing'],
      ['duarte', '', 'Status rounds that nobody asks a question in', 'Pairing across the ocean'],
      ['jonas', 'Demos in the open', 'Status rounds'],
      ['aroha', 'Written decisions', 'Calls at my midnight', 'The review hour'],
    ),
  },
  { week: 6, day: 2, at: '09:15', play: ({ lead }) => lead.clicks('Start the vote') },
  {
    week: 6,
    day: 2,
    at: '12:00',
    play: votes(
      ['aroha', 'Calls at my midnight', 'Written decisions'],
      ['shanice', 'Calls at my midnight'],
      ['jonas', 'Status rounds'],
    ),
  },
  { week: 6, day: 3, at: '09:00', play: ({ lead }) => lead.clicks('Close the vote') },
  {
    week: 6,
    day: 3,
    at: '09:40',
    async play(cast) {
      await cast.lead.clicks('Choose what we take on');
      await cast.lead.submits({
        what_0: 'Decisions written down before a call, so that nobody has to be there at midnight',
        owner_0: 'shanice',
        due_0: inDays(cast, 21),
      });
    },
  },
  {
    week: 7,
    day: 5,
    at: '14:30',
    play: answers(
      ['jonas', 'The review hour holds', 'Two of us know the payment service'],
      ['leyla', '', 'Only Maren and Duarte can say when payments are ready'],
    ),
  },
];

export const retrosChapter: Chapter = { beats };
