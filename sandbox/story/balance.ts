// Where the lead's hours went in the story: a good start, a release that eats the middle, and reviews piling up since.

import type { Beat, Chapter } from './chapter.ts';

/** A line a weekday, Monday first, as the lead types it at the end of that day; empty where they forgot. */
const weeks: string[][] = [
  [
    '3h coding, 1h planning, 30m one-on-one with @duarte, 1h review',
    '2h30 coding, 1h mentoring with @bikash, 1h30 architecture',
    '4h coding, 45m review, 30m stakeholders with @leyla',
    '2h coding, 1h one-on-one with @shanice, 1h30 pairing with @aroha, 30m admin',
    '3h coding, 1h retrospective, 45m review',
  ],
  [
    '3h30 coding, 1h planning, 30m one-on-one with @jonas',
    '3h coding, 1h30 review, 1h hiring',
    '2h coding, 2h architecture with @shanice, 1h stakeholders with @leyla',
    '',
    '4h coding, 1h review, 30m one-on-one with @aroha',
  ],
  [
    '5h coding, 1h planning',
    '5h30 coding, 45m review',
    '1h debugging, 3h incident with @duarte and @bikash',
    '4h coding, 1h post-mortem',
    '5h coding, 30m review',
  ],
  [
    '5h30 coding, 45m planning',
    '6h coding, 30m review',
    '5h coding, 30m stakeholders with @leyla',
    '5h30 coding, 1h review',
    '4h coding, 1h retrospective',
  ],
  [
    '3h coding, 1h planning, 1h one-on-one with @duarte',
    '2h30 coding, 1h30 mentoring with @bikash, 45m review',
    '3h coding, 1h stakeholders with @leyla, 1h architecture',
    '2h coding, 1h one-on-one with @shanice, 1h feedback with @jonas',
    '3h coding, 1h30 review, 30m admin',
  ],
  [
    '3h coding, 1h planning, 1h30 pairing with @aroha',
    '',
    '3h coding, 1h30 review, 1h hiring',
    '3h coding, 1h30 delegation with @shanice',
    '2h30 coding, 1h retrospective, 45m review',
  ],
  [
    '4h coding, 1h planning, 1h review',
    '4h30 coding, 1h30 review',
    '4h debugging, 1h review',
    '5h coding, 30m one-on-one with @jonas',
    '4h coding, 1h review',
  ],
  [
    '4h30 coding, 45m planning, 1h review',
    '4h coding, 1h30 review',
    '',
    '5h coding, 1h review, 30m one-on-one with @aroha',
    '4h30 coding, 1h15 review',
  ],
  [
    '4h coding, 45m planning, 1h30 review',
    '4h30 coding, 1h review',
    '3h debugging, 1h incident with @duarte',
    '4h coding, 1h30 review',
    '3h30 coding, 1h review',
  ],
];

/** Not always at the same minute, and on Fridays in time for the digest. */
const typedAt = ['17:42', '18:05', '17:38', '17:55', '14:35'];

const evenings: Beat[] = weeks.flatMap((days, week) =>
  days.flatMap((line, index) =>
    line === ''
      ? []
      : [
          {
            week,
            day: index + 1,
            at: typedAt[index] ?? '17:30',
            play: ({ lead }) => lead.types(`/logtime ${line}`),
          },
        ],
  ),
);

export const balanceChapter: Chapter = {
  beats: [
    ...evenings,
    // What one does besides: a note, a forgotten day caught up on, something taken back, a timer.
    {
      week: 1,
      day: 5,
      at: '08:50',
      play: ({ lead }) => lead.types('/logtime 1h30 mentoring with @bikash yesterday -- the parser'),
    },
    { week: 4, day: 2, at: '12:10', play: ({ lead }) => lead.types('/logtime 1h hiring') },
    { week: 4, day: 2, at: '12:12', play: ({ lead }) => lead.types('/logtime undo') },
    { week: 6, day: 3, at: '10:05', play: ({ lead }) => lead.types('/logtime start review') },
    { week: 6, day: 3, at: '10:50', play: ({ lead }) => lead.types('/logtime stop') },
  ],
};
