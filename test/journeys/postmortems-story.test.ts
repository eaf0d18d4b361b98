// The story's incidents, told through the bot's own doors: three post-mortems, each over sooner than the one before.

import { expect, test } from '@jest/globals';
import { tellStory } from '../../sandbox/story/index.ts';
import { leadsChapter } from '../../sandbox/story/leads.ts';
import { postmortemsChapter } from '../../sandbox/story/postmortems.ts';
import { useHouse } from '../support/house.ts';

const house = useHouse({ at: '2026-11-19T17:00' });

test('three incidents in eight weeks: four hours, over one, and twenty-three minutes', async () => {
  const { lead, slack } = house.current;
  await tellStory(slack, [leadsChapter, postmortemsChapter]);
  await lead.types('/postmortem trends');
  const trends = lead.sees();
  expect(trends).toContain(
    'The median incident of Nov 2026 was resolved in 23 min; in Oct 2026 it took 2 h 35 min.',
  );
  expect(trends).toContain('checkout with configuration, 2 times: PM-1, PM-2');
  await lead.types('/postmortem list');
  expect(lead.sees()).toMatch(/PM-3 search was empty[\s\S]*PM-1 checkout was down/);
  const told = lead
    .dm()
    .map(({ text }) => text)
    .join('\n');
  expect(told).toContain('PM-3');
});
