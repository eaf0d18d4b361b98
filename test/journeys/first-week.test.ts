// A lead's first week: nothing known of them on Monday, a digest in their DM on Friday.

import { expect } from '@jest/globals';
import { useHouse } from '../support/house.ts';
import { digestsOf } from '../support/seen.ts';
import { test } from '../support/story.ts';

const house = useHouse();

test('who logs time first is set up with the defaults and told so in a line', async () => {
  const { lead } = house.current;
  await lead.types('/logtime 45m review');
  expect(lead.sees()).toContain('45 min review, today');
  expect(lead.sees()).toContain(
    'This week: leading 45 min of 45 min, too little yet for a share; your floor is 40 %',
  );
  expect(lead.sees()).toContain('You are set up with the defaults: 4 engineers');
  expect(lead.sees()).toContain('Europe/Berlin time');
  await lead.types('/logtime 1h coding');
  expect(lead.sees()).not.toContain('defaults');
});

test('several entries in one line, with people, a range, a day and a note, are said back one by one', async () => {
  const { lead } = house.current;
  await lead.types('/logtime 8:00-9:30 planning with @duarte, 2h coding yesterday — the parser, at last');
  expect(lead.sees()).toContain('1 h 30 min planning with @duarte, today, 08:00 to 09:30');
  expect(lead.sees()).toContain('2 h coding, yesterday · “the parser, at last”');
});

test('the form logs too, in the place where it was asked for, and a note can smuggle nothing in', async () => {
  const { lead } = house.current;
  await lead.types('/logtime');
  expect(lead.modal()?.title).toBe('Log time');
  await lead.submits({ time: 'soon', category: 'mentoring' });
  expect(lead.modal()?.errors).toEqual({
    time: 'I cannot read “soon” as a time. Try 45m, 1h30 or 9:00-10:30.',
  });
  await lead.submits({ time: '30m', category: 'mentoring', note: 'hello <!channel>' });
  expect(lead.modal()).toBeUndefined();
  expect(lead.sees()).toContain('30 min mentoring, today · “hello <!channel>”');
  const [answer] = lead.dm().slice(-1);
  expect(answer?.ephemeral).toBe(true);
  expect(answer?.raw.text).toContain('&lt;!channel&gt;');
});

test('on Friday at three, and not a minute earlier, the week comes as one DM', async () => {
  const { lead, goTo } = house.current;
  const digests = () => digestsOf(lead);
  await goTo('2026-11-20T14:59');
  expect(digests()).toEqual([]);
  await goTo('2026-11-20T15:00');
  const [digest] = digests();
  expect(digest?.text).toContain('Leading took 73 % of your week; coding got 27 %, under 30 %.');
  expect(digest?.text).toContain('3 h 45 min logged on 1 of 5 working days.');
  expect(digest?.text).toContain('Leading 2 h 45 min: planning 1 h 30 min, review 45 min, mentoring 30 min');
  expect(digest?.text).toContain('(chart) Coding and leading, week by week');
  expect(digest?.text).toContain('Tuesday, Wednesday, Thursday and Friday are empty.');
  // A screen reader reads the text alone, so the whole message stands in it.
  expect(digest?.raw.text).toContain('W47: Coding 1, Leading 2.8');
  await goTo('2026-11-27T14:59');
  expect(digests()).toHaveLength(1);
});

test('a button under the digest opens the form on the empty day', async () => {
  const { lead } = house.current;
  await lead.clicks('Log Tuesday');
  expect(lead.modal()?.text).toContain('2026-11-17');
  await lead.submits({ time: '3h', category: 'coding' });
  expect(lead.sees()).toContain('3 h coding, Tue 17 Nov');
});

test('the same week is there on demand, and so is the one before', async () => {
  const { lead } = house.current;
  await lead.types('/keel week last');
  expect(lead.sees()).toContain('Leading took 41 % of last week; your floor is 40 %.');
  await lead.types('/keel week 2026-W46');
  expect(lead.sees()).toContain('Leading took 0 % of 9 to 15 Nov, below your 40 % floor.');
  await lead.types('/keel week 2026-W54');
  expect(lead.sees()).toContain('There is no week “2026-W54”');
  await lead.types('/keel week whenever');
  expect(lead.sees()).toContain('I cannot read “whenever” as a week');
});

test('nobody else in the workspace sees any of it', async () => {
  const { slack } = house.current;
  for (const other of slack.people.filter(({ role }) => role !== 'lead')) {
    expect(other.dm()).toEqual([]);
    await other.opensHome();
    expect(other.home()?.text).toContain('Where does your week go?');
    expect(other.home()?.text).not.toContain('parser');
  }
});
