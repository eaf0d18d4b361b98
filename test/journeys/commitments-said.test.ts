// Who hears of a commitment, and when: its owner when it is made, whoever asked when it is closed, each in one message.

import { expect } from '@jest/globals';
import type { Person } from '../../sandbox/slack/index.ts';
import { useHouse } from '../support/house.ts';
import { test } from '../support/story.ts';

const house = useHouse({ at: '2026-11-16T09:00' });

const told = (who: Person, words: string) =>
  who.dm().filter(({ text, ephemeral }) => !ephemeral && text.includes(words));

test('an owner hears of what was put down for them when it was made, in one message, when they work', async () => {
  const { lead, slack, goTo } = house.current;
  const shanice = slack.person('shanice');
  await lead.types('/oneonone add @shanice weekly tuesday 16:00');
  await lead.types('/oneonone held @shanice today');
  await lead.submits({
    promise_what_1: 'Write the page',
    promise_whose_1: 'person',
    promise_by_1: '2026-12-11',
    promise_what_2: 'Ask the vendor',
    promise_whose_2: 'person',
    promise_by_2: '2026-12-14',
    promise_what_3: 'Read the contract',
    promise_by_3: '2026-12-11',
  });
  // 9:00 in New York is 15:00 in Berlin.
  await goTo('2026-11-16T14:59');
  expect(shanice.dm()).toEqual([]);
  await goTo('2026-11-16T15:00');
  expect(shanice.dm()).toHaveLength(1);
  const [news] = shanice.dm();
  expect(news?.text).toContain(
    '@maren put these down as yours. If they are not what you agreed, change them.',
  );
  expect(news?.text).toContain('Write the page\nby Fri 11 Dec');
  expect(news?.text).not.toContain('Read the contract');
  expect(told(lead, 'put this down as yours')).toEqual([]);
});

test('whoever asked hears what was closed, in one message, and what it was', async () => {
  const { lead, slack, goTo } = house.current;
  const shanice = slack.person('shanice');
  await shanice.clicks('Done', { nth: 0 });
  expect(shanice.sees()).toContain('Ask the vendor');
  await goTo('2026-11-16T15:05');
  await shanice.clicks('Not doing', { nth: 0 });
  await shanice.submits({ reason: 'the vendor is gone' });
  await goTo('2026-11-16T15:15');
  const [closed, ...more] = told(lead, '@shanice is done with');
  expect(more).toEqual([]);
  expect(closed?.text).toContain('@shanice is done with Write the page');
  expect(closed?.text).toContain('@shanice is not doing Ask the vendor');
  expect(closed?.text).toContain('“the vendor is gone”');
  // What the lead closes is no news to them.
  await lead.types('/keel commitments');
  await lead.clicks('Done', { nth: 0 });
  await goTo('2026-11-16T16:00');
  expect(told(lead, 'is done with')).toHaveLength(1);
});

test('what a lead changes of somebody’s is told to them', async () => {
  const { lead, slack, goTo } = house.current;
  const shanice = slack.person('shanice');
  await lead.types('/keel commitments done');
  await lead.clicks('Open again', { nth: 0 });
  await lead.types('/keel commitments');
  await lead.clicks('Edit', { nth: 0 });
  await lead.submits({ owner: 'shanice', due: '2026-12-18' });
  await goTo('2026-11-16T16:30');
  expect(told(shanice, 'put this down as yours').at(-1)?.text).toContain('by Fri 18 Dec');
});

test('a lead adds one of their own, which is told to nobody', async () => {
  const { lead, goTo } = house.current;
  await lead.types('/keel commitments add call the <vendor>');
  expect(lead.modal()?.text).toContain('call the <vendor>');
  await lead.submits({ due: '2026-11-01' });
  expect(lead.modal()?.errors).toEqual({ due: 'That day has passed. Choose today or a later one.' });
  await lead.submits({ due: '2026-11-21' });
  expect(lead.sees()).toContain('Taken on: call the <vendor>');
  expect(lead.sees()).toContain('from yourself');
  await lead.types('/keel commitments');
  await lead.clicks('Add one of your own');
  await lead.submits({ what: 'book the room', due: '2026-11-25' }, { twice: true });
  await lead.types('/keel commitments');
  expect(lead.sees().match(/book the room/g)).toHaveLength(1);
  await goTo('2026-11-19T08:59');
  expect(told(lead, 'put this down')).toEqual([]);
});

test('what falls on one day comes in one message: what is past its day, and what is near', async () => {
  const { lead, goTo } = house.current;
  await goTo('2026-11-19T09:00');
  const near = told(lead, 'You took this on for Saturday');
  expect(near).toHaveLength(1);
  // Saturday's is late on Monday morning, when Wednesday's is near.
  await goTo('2026-11-23T12:00');
  const [both, ...more] = told(lead, 'This was due on Saturday. How does it stand?');
  expect(more).toEqual([]);
  expect(both?.text).toContain('You took this on for Wednesday.');
  expect(both?.text).toContain('book the room');
});

test('put off, it comes again with what is still open of it', async () => {
  const { lead, goTo } = house.current;
  await lead.selects('Snooze, skip or change', '1 hour');
  await goTo('2026-11-23T13:30');
  const again = told(lead, 'This was due on Saturday').at(-1)!;
  expect(again.text).toContain('You took this on for Wednesday.');
  await lead.clicks('Done', { in: again.ts, nth: 0 });
  expect(lead.sees()).toContain('Done: call the <vendor>');
  expect(lead.sees()).toContain('book the room');
});

test('the question after today’s 1:1 comes today, and what can wait goes to the next working day', async () => {
  const { lead, goTo } = house.current;
  await lead.types('/keel settings');
  await lead.submits({ prompts_per_day: '1' });
  await lead.types('/keel commitments add answer the survey');
  await lead.submits({ due: '2026-11-26' });
  const asked = told(lead, 'How was your 1:1 with @shanice').length;
  // Due on Thursday, spoken of on Tuesday, the day of the 1:1.
  await goTo('2026-11-24T18:00');
  expect(told(lead, 'How was your 1:1 with @shanice')).toHaveLength(asked + 1);
  expect(told(lead, 'answer the survey').filter(({ text }) => text.includes('You took this on'))).toEqual([]);
  await goTo('2026-11-25T12:00');
  expect(told(lead, 'You took this on for tomorrow')).toHaveLength(1);
});
