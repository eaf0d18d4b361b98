// The sandbox's story of delegating, played through the bot's own doors: it ends with something to look at and to finish.

import { expect, test } from '@jest/globals';
import { balanceChapter } from '../../sandbox/story/balance.ts';
import { delegationChapter } from '../../sandbox/story/delegation.ts';
import { tellStory } from '../../sandbox/story/index.ts';
import { leadsChapter } from '../../sandbox/story/leads.ts';
import { useHouse } from '../support/house.ts';

const house = useHouse({ at: '2026-11-18T12:00' });

test('eight weeks leave a redesign that was given again, and a draft nobody was told of', async () => {
  const { lead, slack } = house.current;
  await tellStory(slack, [leadsChapter, balanceChapter, delegationChapter]);
  await lead.types('/delegate @duarte');
  expect(lead.sees()).toContain('the cache redesign · @duarte at inquire, agreed');
  expect(lead.sees()).toContain('the cache redesign went from advise up to inquire.');
  await lead.types('/delegate list');
  expect(lead.sees()).toContain('reviews of the payment service · @aroha at advise, not told yet');
  expect(slack.person('aroha').dm()).toEqual([]);

  // Seven or eight Wednesdays: a question each, unless the day was full, and never the same one.
  const asked = lead
    .dm()
    .filter(({ ephemeral, text }) => !ephemeral && text.includes('[Not this week]'))
    .map(({ text }) => text.split('\n').find((line) => !/seven days\.|weeks ago\.|back from/.test(line)));
  expect(asked.length).toBeGreaterThanOrEqual(6);
  expect(new Set(asked).size).toBe(asked.length);
});
