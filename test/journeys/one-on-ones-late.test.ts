// What is said of a 1:1 late or long after: the series keeps its step, an old day stays, and nobody is asked twice.

import { expect } from '@jest/globals';
import { useHouse } from '../support/house.ts';
import { knock, toldIn } from '../support/knocking.ts';
import { knocksOf } from '../support/knocks.ts';
import { test } from '../support/story.ts';

const house = useHouse({ at: '2026-11-02T09:00' });

const said = (name: string) => {
  const { slack } = house.current;
  return slack
    .person(name)
    .dm()
    .filter(({ text, ephemeral }) => !ephemeral && text.includes('Is there anything'));
};

test('a fortnightly 1:1 spoken of two weeks late leaves the one that is planned where it is', async () => {
  const { lead, goTo } = house.current;
  await lead.types('/oneonone add @duarte every 2 weeks tuesday 10:00');
  await goTo('2026-11-03T10:31');
  const asked = lead.dm().at(-1)!;
  await goTo('2026-11-18T09:05');
  await lead.types('/oneonone @duarte');
  expect(lead.sees()).toContain('next: Tue 1 Dec 10:00');
  await lead.clicks('It happened', { in: asked.ts });
  await lead.submits({ notes: 'Two weeks ago' });
  expect(lead.sees()).toContain('Next: Tue 1 Dec 10:00.');
});

test('one that was moved stays where it was moved to when the last is spoken of', async () => {
  const { lead } = house.current;
  await lead.types('/oneonone held @duarte 17 nov');
  await lead.submits({ notes: '' });
  await lead.types('/oneonone move @duarte 8 dec 14:00');
  await lead.types('/oneonone @duarte');
  expect(lead.sees()).toContain('next: Tue 8 Dec 14:00');
});

test('skipping one long after leaves the next where it is as well', async () => {
  const { lead, goTo } = house.current;
  await lead.types('/oneonone add @leyla every 2 weeks thursday 10:00');
  await goTo('2026-11-19T10:31');
  const asked = lead.dm().findLast(({ text }) => text.includes('How was your 1:1 with @leyla'))!;
  await lead.types('/oneonone move @duarte 10 dec 14:00');
  await goTo('2026-12-04T09:05');
  await lead.types('/oneonone @leyla');
  expect(lead.sees()).toContain('next: Thu 17 Dec 10:00');
  await lead.clicks('We didn’t meet', { in: asked.ts });
  await lead.closes({ all: true });
  await lead.types('/oneonone @leyla');
  expect(lead.sees()).toContain('next: Thu 17 Dec 10:00');
});

test('whoever was asked for points is not asked again in the evening because something changed', async () => {
  const { lead, goTo } = house.current;
  await lead.types('/oneonone add @shanice weekly thursday 16:00');
  await lead.types('/oneonone change @shanice');
  await lead.submits({ invites: ['invites'] });
  await goTo('2026-12-09T17:00');
  expect(said('shanice')).toHaveLength(1);
  // After their working day.
  await goTo('2026-12-10T00:30');
  await lead.types('/oneonone change @shanice');
  await lead.submits({ role: 'backend' });
  await goTo('2026-12-10T15:59');
  expect(said('shanice')).toHaveLength(1);
});

test('taking back one point leaves the others, and room for more', async () => {
  const { lead, goTo, slack } = house.current;
  const shanice = slack.person('shanice');
  await goTo('2026-12-16T17:00');
  await lead.types('/oneonone');
  const asked = said('shanice').at(-1)!;
  await shanice.clicks('Add a point', { in: asked.ts });
  await shanice.submits({ words: 'The first' });
  await goTo('2026-12-16T17:01');
  await shanice.clicks('Add another', { in: asked.ts });
  await shanice.submits({ words: 'The second' });
  await shanice.clicks('Take it back', { in: asked.ts, nth: 0 });
  const left = said('shanice').at(-1)!;
  expect(left.text).toContain('The second');
  expect(left.text).not.toContain('The first');
  expect(left.text).toContain('Add another');
});

test('what was kept long ago keeps its day when its notes are changed', async () => {
  const { lead, goTo } = house.current;
  await goTo('2027-03-01T09:00');
  await lead.types('/oneonone @duarte');
  await lead.clicks('Notes');
  expect(lead.modal()?.text).toContain('Two weeks ago');
  await lead.clicks('Edit', { nth: 1 });
  expect(lead.modal()?.text).toContain('Two weeks ago');
  await lead.submits({ notes: 'Changed in March' });
  await lead.closes({ all: true });
  await lead.types('/oneonone @duarte');
  await lead.clicks('Notes');
  expect(lead.modal()?.text).toMatch(/Tue 3 Nov 2026: held\s+Changed in March/);
  await lead.closes({ all: true });
});

test('a long note of a 1:1 about everything is read to its end', async () => {
  const { lead } = house.current;
  await lead.types('/oneonone held @shanice yesterday');
  await lead.submits({
    notes: `${'A & B\n'.repeat(480)}The end`,
    themes: ['person', 'work', 'craft', 'growth', 'lead', 'team', 'career', 'unheard'],
  });
  await lead.types('/oneonone @shanice');
  await lead.clicks('Notes');
  expect(lead.modal()?.text).toContain('The end');
  await lead.closes({ all: true });
});

test('an hour and a half is said as one, and a long note of feedback is read to its end', async () => {
  const { lead } = house.current;
  await lead.types('/oneonone held @leyla yesterday');
  await lead.submits({ log: ['log'], minutes: '90' });
  expect(lead.sees()).toContain('1 h 30 min logged');
  await lead.clicks('Undo');
  await lead.types('/logtime 90m 1:1 with @leyla yesterday');
  await lead.types('/oneonone held @leyla yesterday');
  expect(lead.modal()?.text).toContain('1 h 30 min with @leyla are logged for that day already');
  await lead.closes({ all: true });
  const words = 'Waited for the quiet ones. '.repeat(37).trim();
  await lead.types('/keel feedback @leyla');
  await lead.submits({
    situation: words,
    behaviour: words,
    impact: words,
    next: 'Ask her to run the next one',
  });
  expect(lead.sees()).toContain('Ask her to run the next one');
});

test('a 1:1 that was never planned, written down in two windows at once, is one', async () => {
  const { lead, slack } = house.current;
  await lead.types('/oneonone held @leyla 26 feb');
  await lead.submits({ notes: 'In the first window' });
  const sent = knocksOf(slack.log).get('modal one-on-ones.held-form')?.at(-1);
  if (!sent) throw new Error('No form about a 1:1 was sent');
  const view = { ...(sent.payload.view as object), id: 'V0OTHERWINDOW' };
  const told = toldIn(await knock(house.current, lead, { ...sent, payload: { ...sent.payload, view } }));
  expect(told).toContain('This was kept already, from another window.');
});
