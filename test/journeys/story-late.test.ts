// The sandbox's eight weeks, asked for by somebody who has looked around first.

import { expect, test } from '@jest/globals';
import { balanceChapter } from '../../sandbox/story/balance.ts';
import { delegationChapter } from '../../sandbox/story/delegation.ts';
import { tellStory } from '../../sandbox/story/index.ts';
import { leadsChapter } from '../../sandbox/story/leads.ts';
import { useHouse } from '../support/house.ts';

const house = useHouse({ at: '2026-11-23T09:00' });

test('the eight weeks can still be told when prompts have come already', async () => {
  const { lead, slack } = house.current;
  await lead.types('/logtime 45m review');
  await house.current.goTo('2026-11-25T09:30');
  expect(lead.dm().some(({ text }) => text.includes('[Not this week]'))).toBe(true);
  await tellStory(slack, [leadsChapter, balanceChapter, delegationChapter]);
  await lead.types('/delegate @duarte');
  expect(lead.sees()).toContain('the cache redesign · @duarte at inquire, agreed');
});
