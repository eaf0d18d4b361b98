// `/logtime` as a lead uses it through a day: slips mended, entries changed and taken back, the timer, own categories.

import { expect } from '@jest/globals';
import { useHouse } from '../support/house.ts';
import { test } from '../support/story.ts';

const house = useHouse({ at: '2026-11-18T09:00' });

test('an unknown category is refused with the nearest as buttons, and one click logs the mended line', async () => {
  const { lead } = house.current;
  await lead.types('/logtime 30m mentorng with @bikash -- the cache');
  expect(lead.sees()).toContain('Nothing logged. I know no category “mentorng”.');
  await lead.types('/logtime today');
  expect(lead.sees()).toContain('Today: nothing yet.');
  await lead.types('/logtime 30m mentorng with @bikash -- the cache');
  await lead.clicks('mentoring');
  expect(lead.sees()).toContain('30 min mentoring with @bikash, today · “the cache”');
});

test('a word of their own becomes a category, and the line that had it is logged', async () => {
  const { lead } = house.current;
  await lead.types('/logtime 20m quidditch');
  await lead.clicks('Add “quidditch”');
  expect(lead.modal()?.text).toContain('quidditch');
  await lead.submits({ name: 'friday', side: 'neither' });
  expect(lead.modal()?.errors.name).toContain('reads as something else');
  await lead.submits({ name: 'quidditch', side: 'neither' });
  expect(lead.sees()).toContain('20 min quidditch, today');
  await lead.types('/logtime 10m quid');
  expect(lead.sees()).toContain('10 min quidditch, today');
});

test('all or nothing: one bad entry, and none of the line is kept', async () => {
  const { lead } = house.current;
  await lead.types('/logtime 1h coding, 30m nonsense, 99h review');
  expect(lead.sees()).toContain('Nothing logged.');
  await lead.types('/logtime today');
  expect(lead.sees()).toContain('Today: 1 h\n');
});

test('undo takes back one command at a time, the button the one it stands under, and never twice', async () => {
  const { lead } = house.current;
  await lead.types('/logtime 15m admin, 15m planning');
  const [answer] = lead.dm().slice(-1);
  await lead.types('/logtime 25m hiring');
  await lead.types('/logtime undo');
  expect(lead.sees()).toContain('Taken back: 25 min hiring, today.');
  await lead.clicks('Undo', { in: answer?.ts ?? '' });
  expect(lead.sees()).toContain('Taken back: 15 min admin, today; 15 min planning, today.');
  await lead.types('/logtime today');
  expect(lead.sees()).not.toContain('planning');
});

test('an entry is changed in a form, and the answer takes the place of the old one', async () => {
  const { lead } = house.current;
  await lead.types('/logtime 40m review with @jonas -- payment service');
  await lead.clicks('Edit');
  expect(lead.modal()?.text).toContain('40 min');
  expect(lead.modal()?.text).toContain('payment service');
  await lead.submits({ time: '8:00-8:50', category: 'pairing' });
  expect(lead.sees()).toContain(
    'Changed to 50 min pairing with @jonas, today, 08:00 to 08:50 · “payment service”',
  );
  expect(lead.sees()).not.toContain('40 min');
});

test('an overlap is pointed out with both entries, and kept: the lead knows which is right', async () => {
  const { lead } = house.current;
  await lead.types('/logtime 8:30-9:00 planning');
  expect(lead.sees()).toContain(
    'These two overlap: 30 min planning, today, 08:30 to 09:00, and 50 min pairing',
  );
});

test('an entry is deleted from its form, after a question', async () => {
  const { lead } = house.current;
  await lead.types('/logtime edit');
  expect(lead.sees()).toContain('What you logged last');
  await lead.clicks('Change', { nth: 0 });
  await lead.clicks('Delete this entry', { confirm: false });
  expect(lead.modal()?.title).toBe('Change this entry');
  await lead.clicks('Delete this entry');
  expect(lead.modal()?.text).toContain('Deleted: 30 min planning');
  await lead.closes();
});

test('a day holds 24 h, what is there counted in', async () => {
  const { lead } = house.current;
  await lead.types('/logtime 23h coding yesterday');
  await lead.types('/logtime 2h coding yesterday');
  expect(lead.sees()).toContain(
    'Nothing logged. That would make it 25 h for yesterday, and the day has 24 h.',
  );
  await lead.types('/logtime undo');
});

test('a timer is started, swapped and stopped', async () => {
  const { lead, clock } = house.current;
  await lead.types('/logtime stop');
  expect(lead.sees()).toContain('No timer is running.');
  await lead.types('/logtime start review');
  expect(lead.sees()).toContain('Timing review from 09:00.');
  clock.advance({ minutes: 41 });
  await lead.types('/logtime start coding');
  expect(lead.sees()).toContain('41 min review, today, 09:00 to 09:41');
  expect(lead.sees()).toContain('Timing coding from 09:41.');
  clock.advance({ minutes: 20 });
  await lead.types('/logtime stop');
  expect(lead.sees()).toContain('20 min coding, today, 09:41 to 10:01');
});

test('a forgotten timer asks once after four hours, and logs until when it really ended', async () => {
  const { lead, goTo } = house.current;
  await lead.types('/logtime start architecture');
  await goTo('2026-11-18T14:05');
  const asked = lead.dm().filter(({ ephemeral, text }) => !ephemeral && text.includes('Still on it'));
  expect(asked).toHaveLength(1);
  expect(asked[0]?.text).toContain('Your architecture timer has been running since 10:01');
  await lead.types('/logtime stop');
  expect(lead.sees()).toContain('It ended at…');
  await lead.clicks('It ended at…', { in: asked[0]?.ts ?? '' });
  await lead.submits({ time: '09:30' });
  expect(lead.modal()?.errors).toEqual({ time: 'That is before the timer started.' });
  await lead.submits({ time: '12:01' });
  expect(lead.sees()).toContain('2 h architecture, today, 10:01 to 12:01');
  const askedOfIt = () =>
    lead
      .dm()
      .filter(({ text }) => text.includes('architecture* timer') || text.includes('architecture timer'));
  const before = askedOfIt().length;
  await goTo('2026-11-18T19:00');
  expect(askedOfIt()).toHaveLength(before);
});

test('a timer that runs past the working day asks at its end', async () => {
  const { lead, goTo } = house.current;
  await goTo('2026-11-19T16:00');
  await lead.types('/logtime start hiring');
  await goTo('2026-11-19T17:59');
  expect(lead.dm().some(({ text }) => text.includes('hiring timer'))).toBe(false);
  await goTo('2026-11-19T18:00');
  const question = lead.dm().find(({ text }) => text.includes('hiring timer'));
  expect(question?.text).toContain('for 2 h');
  await lead.clicks('Discard', { in: question?.ts ?? '' });
  expect(lead.sees()).toContain('Discarded. Nothing was logged for hiring.');
});

test('the future, a far past and what cannot be read are refused by naming them', async () => {
  const { lead } = house.current;
  for (const [line, words] of [
    ['1h coding tomorrow', '“tomorrow” is 20 November 2026, which is still to come.'],
    ['1h coding 2025-01-01', 'I keep up to 366 days back'],
    ['1h coding banana', 'I do not know what to do with “banana”.'],
    ['coding', 'How long was it?'],
    ['1h', 'What was it?'],
    ['5 coding', 'Is “5” minutes or hours?'],
    ['1h coding with @someone', 'I cannot tell who'],
    ['30m pla', '30 min planning'],
    ['30m p', '“p” could be prototyping, pairing, planning, post-mortem or 1 more. Which one?'],
    ['undo 3', 'Nothing was done. /logtime undo stands on its own; I do not know what to do with “3”.'],
    ['week 2026-W54', 'There is no week “2026-W54”: years have 52 or 53 of them.'],
    ['week soon', 'I cannot read “soon” as a week. Try /logtime week'],
  ] as const) {
    await lead.types(`/logtime ${line}`);
    expect(lead.sees()).toContain(words);
  }
});

test('a category is renamed and moved in settings, and what was logged keeps its meaning', async () => {
  const { lead } = house.current;
  await lead.types('/logtime 1h incident');
  await lead.types('/keel settings');
  await lead.clicks('Your categories');
  expect(lead.modal()?.title).toBe('Your categories');
  await lead.clicks('Change', { value: 'incident' });
  await lead.submits({ name: 'firefighting', side: 'neither', aliases: 'incident, fire' });
  expect(lead.modal()?.text).toContain('firefighting');
  await lead.closes({ all: true });
  await lead.types('/logtime today');
  expect(lead.sees()).toContain('1 h firefighting, today');
  await lead.types('/logtime 15m incident');
  expect(lead.sees()).toContain('15 min firefighting, today');
  await lead.types('/logtime week');
  expect(lead.sees()).toMatch(/Leading .*firefighting 1 h/);
  expect(lead.sees()).toMatch(/Neither .*firefighting/);
});

test('the last category cannot be put away, and any of them can be reached from one menu', async () => {
  const { lead } = house.current;
  await lead.types('/keel settings');
  await lead.clicks('Your categories');
  await lead.selects('Change a category', 'firefighting');
  expect(lead.modal()?.title).toBe('Change this category');
  await lead.submits({ archived: ['No longer offer it'] });
  expect(lead.modal()?.text).toContain('firefighting · put away');
  await lead.selects('Change a category', 'firefighting');
  await lead.submits({ archived: [] });
  await lead.closes({ all: true });
});

test('help says things that work as they stand', async () => {
  const { lead } = house.current;
  await lead.types('/logtime help');
  const examples = [...lead.sees().matchAll(/^\/logtime (\d[^·\n]*)/gm)].map(([, line]) => line ?? '');
  expect(examples.length).toBeGreaterThan(2);
  for (const example of examples) {
    await lead.types(`/logtime ${example.replace('@someone', '@leyla')}`);
    expect(lead.sees()).not.toContain('Nothing logged');
  }
});
