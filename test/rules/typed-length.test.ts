// How long a line may be is counted as it was typed: Slack writes five characters for each ampersand.

import { expect, test } from '@jest/globals';
import { defaultCategories } from '../../src/rooms/balance/balance.categories.ts';
import { parseLog } from '../../src/rooms/balance/balance.parse.ts';
import { parseDelegateCommand } from '../../src/rooms/delegation/delegation.parse.ts';
import { parseCommand } from '../../src/rooms/one-on-ones/one-on-ones.parse.ts';
import { parseRetroCommand } from '../../src/rooms/retros/retros.parse.ts';

const ampersands = (count: number): string => '&amp;'.repeat(count);
const zone = 'Europe/Berlin';
const now = Temporal.Instant.from('2026-11-16T09:00Z');
const person = '<@U0DUARTE|duarte>';

const readers: Record<string, (ampersands: string) => { kind: string }> = {
  '/logtime': (words) =>
    parseLog(Array.from({ length: 3 }, () => `1h review -- ${words}`).join('\n'), {
      categories: defaultCategories,
      now,
      life: {
        timeZone: zone,
        workingDays: [1, 2, 3, 4, 5],
        holidayRegion: null,
        workdayStarts: Temporal.PlainTime.from('09:00'),
        workdayEnds: Temporal.PlainTime.from('17:00'),
      },
    }),
  '/oneonone': (words) =>
    parseCommand(`point ${person} ${words}`, Temporal.PlainDateTime.from('2026-11-16T10:00')),
  '/delegate': (words) =>
    parseDelegateCommand(`${person} the cache at tell -- ${words}${words}`, { now, zone, leadId: 'ULEAD' }),
  '/retro': (words) => parseRetroCommand(`skip ${words}`),
};

test.each(Object.entries(readers))('%s takes a few hundred ampersands', (_, read) => {
  expect(read(ampersands(400))).not.toMatchObject({ kind: 'refused' });
});
