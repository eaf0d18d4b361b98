// Sentences that were wrong: each is true of what is kept, and of nothing more.

import { expect, test } from '@jest/globals';
import { useHouse } from '../support/house.ts';

// A Thursday.
const house = useHouse({ at: '2026-11-19T10:00' });

test('a share is not judged from less than two hours, and the floor for coding is explained', async () => {
  const { lead } = house.current;
  await lead.types('/logtime 45m review');
  await lead.types('/keel week');
  expect(lead.sees()).toContain(
    '45 min of coding and leading logged for this week: too little yet to say how it divides.',
  );
  await lead.types('/logtime 2h review yesterday');
  await lead.types('/keel week');
  expect(lead.sees()).toContain('Leading took 100 % of your week; coding got 0 %, under 30 %.');
  expect(lead.sees()).toContain(
    'Coding has a floor too, 30 % for everybody: leads who stop coding lose the ground they decide on.',
  );
});

test('a week to come is not told as one that was', async () => {
  const { lead } = house.current;
  await lead.types('/keel week 2026-W50');
  expect(lead.sees()).toContain('is still to come.');
  expect(lead.sees()).not.toContain('Nothing is logged');
});

test('a review of the worst is due on a day somebody works', async () => {
  const { lead, goTo } = house.current;
  await lead.types('/postmortem checkout was down, sev1, 09:12-09:37 today');
  await goTo('2026-11-19T10:05');
  // Three days on is a Sunday.
  const texts = lead
    .dm()
    .map(({ text }) => text)
    .join('\n');
  expect(texts).not.toContain('Sun 22 Nov');
  expect(texts).not.toContain('Sunday');
  expect(texts).toMatch(/Fri(day)?,? 20 Nov|Friday 20 November/);
});

test('a retrospective that is open is not said to have no answers', async () => {
  const { lead, goTo } = house.current;
  await lead.types('/retro in #team-platform now named');
  await goTo('2026-11-19T11:10');
  await lead.types('/keel week');
  expect(lead.sees()).toContain('open still, no answers yet');
  expect(lead.sees()).not.toMatch(/nobody answered/i);
});

test('a 1:1 that was only logged is one', async () => {
  const { lead, goTo } = house.current;
  await lead.types('/oneonone add @duarte every week monday 10:00');
  await goTo('2026-12-17T10:00');
  await lead.types('/oneonone');
  expect(lead.sees()).toContain('not for');
  await lead.types('/logtime 1h one-on-one with @duarte yesterday');
  await lead.types('/oneonone');
  expect(lead.sees()).not.toContain('not for');
  expect(lead.sees()).toContain('last: yesterday');
});
