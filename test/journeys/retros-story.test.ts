// The sandbox's story of looking back, played on a real bot: every beat finds what it presses.

import { expect, test } from '@jest/globals';
import { tellStory } from '../../sandbox/story/index.ts';
import { leadsChapter } from '../../sandbox/story/leads.ts';
import { retrosChapter } from '../../sandbox/story/retros.ts';
import { useHouse } from '../support/house.ts';

const house = useHouse({ at: '2026-11-16T08:50' });

test('eight weeks of looking back: held, skipped, promised, done', async () => {
  const { lead, slack } = house.current;
  await tellStory(slack, [leadsChapter, retrosChapter]);
  const said = lead.conversation('team-platform').map(({ text }) => text);
  expect(said.filter((text) => text.startsWith('You took on'))).toHaveLength(2);
  expect(said.filter((text) => text.startsWith('Looking back'))).toHaveLength(3);
  await lead.types('/retro');
  expect(lead.sees()).toContain('skipped, “release week”');
  expect(lead.sees()).toContain('Open in #team-platform');
  await lead.types('/keel commitments');
  expect(lead.sees()).toContain('@shanice');
  expect(lead.sees()).toContain('@bikash');
});
