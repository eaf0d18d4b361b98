// A pause, from the inside: said in the Home, nothing promised on its days, none of them held against the lead, a short return.

import { expect, test } from '@jest/globals';
import { useHouse } from '../support/house.ts';

const house = useHouse({ at: '2026-11-16T09:00' });
const posts = () => house.current.lead.dm().filter(({ ephemeral }) => !ephemeral);

test('the Home says so, and promises a digest after it', async () => {
  const { lead, goTo } = house.current;
  await lead.types('/logtime 2h review, 2h coding');
  await lead.types('/oneonone add @duarte every week monday 10:00');
  await lead.types('/oneonone add @leyla every week wednesday 10:00');
  await lead.types('/retro in #team-platform every week thursday 14:00 named');
  await goTo('2026-11-17T17:00');
  await lead.opensHome();
  expect(lead.home()?.text).toContain('Your digest comes on Friday at 15:00');
  await lead.types('/keel pause until 30 nov');
  await lead.opensHome();
  const home = lead.home()?.text ?? '';
  expect(home).toContain('Paused until Mon 30 Nov at 00:00.');
  expect(home).toContain('After your pause the first digest comes Fri 4 Dec at 15:00.');
  expect(home).not.toContain('Your digest comes on Friday');
  expect(home).not.toContain('26 Nov');
});

test('the agenda for the first day back comes, as the question after it does', async () => {
  const { goTo } = house.current;
  const before = posts().length;
  await goTo('2026-11-29T23:59');
  expect(posts()).toHaveLength(before);
  await goTo('2026-11-30T09:00');
  expect(posts().some(({ text }) => text.includes('Today 10:00, @duarte'))).toBe(true);
  await goTo('2026-11-30T12:00');
  expect(
    posts().some(
      ({ text }) => text.includes('How was your 1:1 with @duarte') || text.includes('@duarte today'),
    ),
  ).toBe(true);
});

test('the return is short and names what was held back', async () => {
  const [back] = posts().filter(({ text }) => text.startsWith('Your prompts are on again.'));
  expect(back?.text).toContain('• After a 1:1 with @');
  expect(back?.text).toContain('@leyla');
  expect(back?.text.split('\n').length).toBeLessThanOrEqual(9);
});

test('days of a pause are no empty days', async () => {
  const { lead } = house.current;
  await lead.types('/keel week last');
  expect(lead.sees()).not.toContain('empty');
  await lead.types('/keel week 2026-W47');
  expect(lead.sees()).toContain('logged on 1 of 2 working days.');
  expect(lead.sees()).toContain('Tuesday is empty.');
});

test('ended early, it is over from then on', async () => {
  const { lead, goTo } = house.current;
  await lead.types('/keel pause until 11 dec');
  await goTo('2026-12-02T08:00');
  await lead.types('/keel resume');
  await goTo('2026-12-03T18:30');
  await lead.opensHome();
  expect(lead.home()?.text).not.toContain('Paused');
  expect(lead.home()?.text).toContain('Wednesday and Thursday are empty.');
});
