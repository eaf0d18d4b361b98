// What people say in a retrospective: a word about blame before anybody reads it, and ways to take it out again.

import { expect } from '@jest/globals';
import { asAdministrator } from '../support/database.ts';
import { useHouse } from '../support/house.ts';
import { test } from '../support/story.ts';

const house = useHouse({ at: '2026-11-16T09:00' });

const people = ['duarte', 'shanice', 'bikash', 'aroha'];
const person = (name: string) => house.current.slack.person(name);
const channel = () => house.current.lead.conversation('team-platform').filter(({ ephemeral }) => !ephemeral);
const thread = () => channel().filter(({ threadTs }) => threadTs !== undefined);
const sorting = () => thread().findLast(({ text }) => text.includes('Take a point out'))!;

async function stored(query: string): Promise<Record<string, unknown>[]> {
  const { rows } = await asAdministrator(query, new URL(house.current.database.url).pathname.slice(1));
  return rows;
}

const settle = (minutes = 1) => house.current.slack.moveClock(house.current.clock.now().add({ minutes }));

test('a point that blames comes back to its author alone: the fact can stay, with a question in place of the name', async () => {
  const { lead } = house.current;
  await lead.types('/retro now in #team-platform named');
  await settle();
  const duarte = person('duarte');
  await duarte.clicks('Answer, 2 minutes');
  await duarte.submits({
    question_1: '500s for 25 minutes because Jonas forgot the migration\nThe build is slow',
  });
  expect(duarte.modal()!.text).toContain('One sentence points at people');
  expect(duarte.modal()!.text).toContain('Only you see this.');
  expect(duarte.modal()!.text).toContain('→ 500s for 25 minutes because the migration was missed');
  expect(await stored('select 1 as one from retro_items')).toEqual([]);
  expect(JSON.stringify(channel())).not.toContain('Jonas forgot');
  await duarte.clicks('Use it');
  expect(duarte.modal()!.text).not.toContain('points at people');
  await duarte.submits();
  expect(duarte.sees()).toContain('Thank you');
  expect((await stored('select words from retro_items order by words')).map(({ words }) => words)).toEqual([
    '500s for 25 minutes because the migration was missed What could have kept the migration in sight?',
    'The build is slow',
  ]);
});

test('it may stay as it is, and no second time is asked', async () => {
  const shanice = person('shanice');
  await shanice.clicks('Answer, 2 minutes');
  await shanice.submits({
    question_1: 'I forgot to rotate the key.\nNobody bothered to look at the graphs.',
  });
  expect(shanice.modal()!.text).toContain('2 sentences point at people');
  await shanice.clicks('Keep mine', { nth: 0 });
  expect(shanice.modal()!.text).toContain('One sentence points at people');
  await shanice.clicks('Use it, ask the second');
  await shanice.submits();
  expect(shanice.sees()).toContain('Thank you');
  // Nobody is asked about the same sentence again.
  await shanice.clicks('Answer, 2 minutes');
  expect(shanice.modal()!.text).toContain('I forgot to rotate the key.');
  await shanice.closes();
  expect((await stored('select words from retro_items')).map(({ words }) => words)).toEqual(
    expect.arrayContaining([
      'I forgot to rotate the key.',
      'The graphs were not looked at. How is it usually noticed?',
    ]),
  );
});

test('with names, whoever empties their answer takes it back', async () => {
  const shanice = person('shanice');
  expect(channel()[0]!.text).toContain('2 have answered');
  await shanice.clicks('Answer, 2 minutes');
  await shanice.submits({ question_0: '', question_1: '', question_2: '' });
  expect(shanice.sees()).toContain('Taken back');
  expect(channel()[0]!.text).toContain('One has answered');
  expect(await stored("select 1 as one from retro_items where author_name = 'shanice'")).toEqual([]);
  // One who has said nothing yet is still asked for a line.
  await person('aroha').clicks('Answer, 2 minutes');
  await person('aroha').submits({});
  expect(person('aroha').modal()!.errors).toEqual({
    question_0: 'One line anywhere is enough; all empty says nothing.',
  });
  await person('aroha').submits({ question_0: 'The rota', question_1: 'Aroha’s pager' });
});

test('once it stands in the thread, an author takes out their own and whoever leads takes out any', async () => {
  const { lead, slack } = house.current;
  await lead.types('/retro');
  await lead.clicks('Close it now');
  await settle();
  await settle();
  expect(sorting().text).toContain('Aroha’s pager');
  const aroha = person('aroha');
  await aroha.clicks('Take a point out', { in: sorting().ts });
  expect(aroha.modal()!.text).not.toContain('The build is slow');
  await aroha.submits({ choices: ['Aroha’s pager'] });
  expect(aroha.sees()).toContain('It is out, here and in the thread.');
  expect(sorting().text).not.toContain('pager');
  await person('bikash').clicks('Take a point out', { in: sorting().ts });
  expect(person('bikash').sees()).toContain('leads this one and can take any point out');
  // Chosen, voted, closed: even then, and the summary no longer says it.
  await lead.clicks('Start the vote', { in: sorting().ts });
  await aroha.clicks('Vote', { in: sorting().ts });
  await aroha.submits({ choices: ['The build is slow'] });
  await lead.clicks('Close the vote', { in: sorting().ts });
  await settle();
  await lead.clicks('Choose what we take on');
  await lead.submits({ what_0: '', owner_0: '' });
  await settle();
  const summary = () => thread().at(-1)!;
  expect(summary().text).toContain('What moved you most: “The build is slow”');
  await lead.clicks('Take a point out', { in: sorting().ts });
  await lead.submits({ choices: ['The build is slow'] });
  expect(summary().text).not.toContain('The build is slow');
  expect(JSON.stringify(channel())).not.toContain('The build is slow');
  expect(await stored("select 1 as one from retro_items where words = 'The build is slow'")).toEqual([]);
  expect(slack.person('duarte').sees()).not.toContain('It is out');
});

test('without names, a line is taken back by whoever knows it, and counts as not answered', async () => {
  const { lead } = house.current;
  await lead.types('/retro now in #team-platform anonymous');
  await settle();
  const before = (await stored('select count(*)::int as items from retro_items'))[0]!.items as number;
  for (const name of people) {
    await person(name).clicks('Answer, 2 minutes');
    await person(name).submits({ question_0: `Quiet mornings, says ${name[0]}` });
    expect(person(name).sees()).toContain('Thank you. It is in, without your name');
  }
  const post = () => channel().findLast(({ threadTs }) => threadTs === undefined)!;
  expect(post().text).toContain('4 have answered');
  await person('duarte').clicks('Take a line back');
  await person('duarte').submits({ question_0: 'Something else' });
  expect(person('duarte').modal()!.errors).toEqual({
    question_0: 'I found no such line. Write it as you sent it, under the question it answered.',
  });
  await person('duarte').submits({ question_0: 'quiet mornings, says d.' });
  expect(person('duarte').sees()).toContain('Taken back');
  expect(post().text).toContain('3 have answered');
  expect(await stored("select 1 as one from retro_items where words like '%says d'")).toEqual([]);
  // Who took it back is kept nowhere: what is left stands under new ids, in one transaction, in no order.
  const left = await stored(
    `select xmin::text as one, author_id, author_name from retro_items where words like 'Quiet mornings%'`,
  );
  expect(left).toHaveLength(3);
  expect(new Set(left.map(({ one }) => one)).size).toBe(1);
  for (const { author_id, author_name } of left) expect([author_id, author_name]).toEqual([null, null]);
  expect((await stored('select count(*)::int as items from retro_items'))[0]!.items).toBe(before + 3);
  // Answered anew, they count again; and nobody can take back another’s without knowing it.
  await person('duarte').clicks('Answer, 2 minutes', { in: post().ts });
  await person('duarte').submits({ question_0: 'Fewer meetings' });
  expect(post().text).toContain('4 have answered');
  await lead.types('/retro');
  await lead.clicks('Close it now');
  await settle();
  await settle();
  await person('duarte').clicks('Take a point out', { in: sorting().ts });
  expect(person('duarte').sees()).toContain('a word to them is enough.');
  await lead.clicks('Take a point out', { in: sorting().ts });
  await lead.submits({ choices: ['Fewer meetings'] });
  expect(sorting().text).not.toContain('Fewer meetings');
});
