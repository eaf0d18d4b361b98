// What reaches people who did nothing just now: within their own working hours, not too much of it, and nothing at night.

import { expect, test } from '@jest/globals';
import { useHouse } from '../support/house.ts';

// A Tuesday morning in Berlin; in Auckland it is 22:20.
const house = useHouse({ at: '2026-11-17T10:20' });

const posts = (name: string) =>
  house.current.slack
    .person(name)
    .dm()
    .filter(({ ephemeral }) => !ephemeral);

test('delegating to somebody whose evening it is offers their morning, and keeps to it', async () => {
  const { lead, goTo } = house.current;
  await lead.types('/delegate @aroha the cache redesign at consult');
  expect(lead.sees()).toContain('It is 22:20 for @aroha.');
  await lead.clicks('Send at 09:00 theirs');
  expect(lead.sees()).toContain(
    'the cache redesign is on its way to @aroha. It is 22:20 for @aroha. They read it tomorrow at 09:00 their time.',
  );
  await goTo('2026-11-17T20:59');
  expect(posts('aroha')).toEqual([]);
  await goTo('2026-11-17T21:01');
  expect(posts('aroha')).toHaveLength(1);
  expect(posts('aroha')[0]?.text).toContain('would like you to take on the cache redesign');
});

test('while the two are talking it comes at once, whatever the hour', async () => {
  const { lead, slack, goTo } = house.current;
  const aroha = slack.person('aroha');
  // 21:50 on Wednesday in Auckland.
  await goTo('2026-11-18T09:50');
  await aroha.clicks('Propose another level');
  await aroha.submits({ level: '6' });
  await goTo('2026-11-18T09:52');
  await lead.clicks('Propose another');
  await lead.submits({ level: '5' });
  expect(lead.sees()).not.toContain('They read it');
  await goTo('2026-11-18T09:53');
  expect(posts('aroha').at(-1)?.text).toContain('proposes another level for the cache redesign');
});

test('what cannot wait goes now, from the preview and after it was sent to wait', async () => {
  const { lead, goTo } = house.current;
  const before = posts('aroha').length;
  await goTo('2026-11-18T10:30');
  await lead.types('/delegate @aroha the outage at tell');
  await lead.clicks('Send now');
  expect(lead.sees()).toContain('@aroha is being told about the outage.');
  await goTo('2026-11-18T10:31');
  expect(posts('aroha')).toHaveLength(before + 1);

  await lead.types('/delegate @aroha the second outage at tell');
  await lead.clicks('Send at 09:00 theirs');
  await goTo('2026-11-18T10:32');
  expect(posts('aroha')).toHaveLength(before + 1);
  await lead.clicks('Send it now');
  expect(lead.sees()).toContain('@aroha is being told about the second outage.');
  await goTo('2026-11-18T10:33');
  expect(posts('aroha')).toHaveLength(before + 2);
  await goTo('2026-11-18T23:00');
  expect(posts('aroha')).toHaveLength(before + 2);
});

test('two a day reach somebody, from whoever they come; the third says that it waits for the next day', async () => {
  const { lead, slack, goTo } = house.current;
  await goTo('2026-11-19T10:00');
  const jonas = slack.person('jonas');
  await jonas.types('/delegate @leyla the release notes at tell');
  await jonas.clicks('Send it');
  await lead.types('/delegate @leyla the survey at tell');
  await lead.clicks('Send it');
  await goTo('2026-11-19T10:02');
  expect(posts('leyla')).toHaveLength(2);
  await lead.types('/delegate @leyla the roadmap at tell');
  expect(lead.sees()).toContain('@leyla has enough from me to read already.');
  await lead.clicks('Send at 09:00 theirs');
  expect(lead.sees()).toContain('They read it tomorrow at 09:00 their time.');
  await goTo('2026-11-20T08:59');
  expect(posts('leyla')).toHaveLength(2);
  await goTo('2026-11-20T09:01');
  expect(posts('leyla')).toHaveLength(3);
});

test('who was sent something may hold it back with a pause, whose end is nobody’s business', async () => {
  const { lead, slack, goTo } = house.current;
  const leyla = slack.person('leyla');
  await leyla.types('/keel pause until 25 nov');
  await lead.types('/delegate @leyla the budget at tell');
  expect(lead.sees()).toContain('@leyla takes no messages from me for now; this one waits until they do.');
  expect(lead.sees()).not.toContain('25 Nov');
  await lead.clicks('Send it');
  const before = posts('leyla').length;
  await goTo('2026-11-24T23:59');
  expect(posts('leyla')).toHaveLength(before);
  await goTo('2026-11-25T09:01');
  expect(posts('leyla').at(-1)?.text).toContain('the budget');
});

test('a timer forgotten at night is asked about in the morning', async () => {
  const { lead, goTo } = house.current;
  await goTo('2026-11-25T22:50');
  await lead.types('/logtime start coding');
  const asked = () => posts('maren').filter(({ text }) => text.includes('[Still on it]'));
  await goTo('2026-11-26T08:59');
  expect(asked()).toEqual([]);
  await goTo('2026-11-26T09:00');
  expect(asked()).toHaveLength(1);
});

test('what waits for somebody already counts in when the next would be read', async () => {
  const { lead, goTo } = house.current;
  // Friday evening in Auckland.
  await goTo('2026-11-27T10:00');
  for (const what of ['one', 'two']) {
    await lead.types(`/delegate @aroha ${what} at tell`);
    expect(lead.sees()).toContain('It is 22:00 for @aroha.');
    await lead.clicks('Send Monday at 09:00 theirs');
  }
  await lead.types('/delegate @aroha three at tell');
  await lead.clicks('Send Tuesday at 09:00 theirs');
  expect(lead.sees()).toContain('They read it on Tuesday at 09:00 their time.');
  const before = posts('aroha').length;
  await goTo('2026-11-30T12:00');
  expect(posts('aroha')).toHaveLength(before + 2);
  await goTo('2026-11-30T21:05');
  expect(posts('aroha')).toHaveLength(before + 3);
});
