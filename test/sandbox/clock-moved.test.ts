// The sandbox's clock goes from one thing that is due to the next, however far it is moved while it runs.

import { expect, test } from '@jest/globals';
import { useHouse } from '../support/house.ts';

const house = useHouse({ at: '2026-11-16T09:00', ticks: 'by-the-clock' });

test('moved by three weeks at once, everything comes at its hour', async () => {
  const { lead, clock, goTo } = house.current;
  await lead.types('/oneonone add @duarte weekly tuesday 10:00');
  await lead.types('/retro every 2 weeks on thursday 15:00 in #team-platform');
  clock.run(1);
  await goTo('2026-12-06T12:00');
  clock.pause();
  const came = (name: string, words: string) =>
    lead
      .conversation(name)
      .filter(({ text }) => text.includes(words))
      .map(({ ts }) =>
        Temporal.Instant.fromEpochMilliseconds(Math.floor(Number(ts) * 1000))
          .toZonedDateTimeISO('Europe/Berlin')
          .toPlainDateTime()
          .toString({ smallestUnit: 'minute' }),
      );
  expect(came('dm', 'only you can see this')).toEqual([
    '2026-11-20T15:00',
    '2026-11-27T15:00',
    '2026-12-04T15:00',
  ]);
  expect(came('dm', 'Three questions that may fit')).toEqual([
    '2026-11-16T17:30',
    '2026-11-23T17:30',
    '2026-11-30T17:30',
  ]);
  expect(came('team-platform', '')).toEqual(expect.arrayContaining(['2026-11-19T15:00', '2026-12-03T15:00']));
});
