// The edges of delegating: two clicking at once, from the Home, snoozed, exported, forgotten, and a bot without keys.

import { afterAll, beforeAll, describe, expect } from '@jest/globals';
import fc from 'fast-check';
import { createSealer } from '../../src/db/sealed.ts';
import { inWorkspace, type Tenant } from '../../src/db/tenancy.ts';
import type { Entry } from '../../src/leads/index.ts';
import { prompts } from '../../src/prompts/engine.ts';
import { delegationRoom } from '../../src/rooms/delegation/index.ts';
import { type House, openHouse, useHouse } from '../support/house.ts';
import { test } from '../support/story.ts';

const house = useHouse({ at: '2026-11-16T10:00' });
const dm = (of: House, name: string) =>
  of.slack
    .person(name)
    .dm()
    .filter(({ ephemeral }) => !ephemeral);

const inside = <T>(work: (trx: Tenant) => Promise<T>): Promise<T> =>
  inWorkspace(house.current.database.db, house.current.lead.workspaceId, work);

describe('both at once', () => {
  test('of a yes and another proposal, one counts and the other hears why it did not', async () => {
    const { lead, slack, goTo } = house.current;
    const duarte = slack.person('duarte');
    await lead.types('/delegate @duarte the parser at consult until 27 nov');
    await lead.clicks('Send it');
    await goTo('2026-11-16T10:02');
    await lead.types('/delegate @duarte');
    await lead.clicks('See it');
    await lead.clicks('Change the level');
    await duarte.clicks('Sounds good');
    await lead.submits({ level: '2' });
    expect(lead.sees()).toContain('That was an earlier button, and nothing was changed.');
    expect(lead.sees()).toContain('at consult (3 of 7)');
    expect(duarte.sees()).toContain('Agreed: the parser is yours at consult (3 of 7).');
  });

  test('a form sent twice makes one delegation', async () => {
    const { lead, slack } = house.current;
    await lead.types('/delegate');
    await lead.submits(
      { person: slack.person('aroha').id, title: 'the wiki', level: '7', 'check-ins': '30 nov' },
      { twice: true },
    );
    await lead.types('/delegate list');
    expect(lead.sees().match(/the wiki ·/g)).toHaveLength(1);
  });

  test('a form names what is wrong under the field and keeps nothing', async () => {
    const { lead, slack } = house.current;
    await lead.types('/delegate');
    await lead.submits({
      person: lead.id,
      title: 'the roof',
      level: '7',
      until: '2026-11-16',
      'check-ins': 'soon',
    });
    expect(lead.modal()?.errors).toEqual({
      person: 'That is you. Pick somebody else.',
      until: 'Pick a day from tomorrow on.',
      'check-ins': 'I cannot read “soon” as a day. Try 12 dec, next friday or every two weeks.',
    });
    await lead.closes();
    await lead.types('/delegate list');
    expect(lead.sees()).not.toContain('the roof');
    expect(dm(house.current, slack.person('aroha').name)).toEqual([]);
  });
});

test('of any lines typed, a refused one leaves no trace and an understood one exactly one draft that nobody was told of', async () => {
  const { lead, slack } = house.current;
  const count = async (): Promise<number> =>
    (await inside((trx) => trx.selectFrom('delegations').select('delegation_id').execute())).length;
  const pick = (...texts: string[]) => fc.constantFrom(...texts);
  const lines = fc
    .tuple(
      pick('@shanice', '@jonas', '@shanice', '@maren', 'to @jonas', '@nobody', ''),
      pick('the parser', '"the meeting at noon"', '<!channel> &amp; *bold*', 'list', ''),
      pick('at advise', 'at 5', 'at level 5', 'at advice', 'at noon', 'at'),
      pick('until 12 dec', 'until friday', 'until soon', 'until', '', ''),
      pick('-- knows it best', '--', 'please', '', '', ''),
    )
    .map((parts) => parts.join(' '));
  const before = await count();
  let made = 0;
  for (const line of fc.sample(lines, { numRuns: 80, seed: 5 })) {
    const had = await count();
    await lead.types(`/delegate ${line}`);
    const seen = lead.sees();
    const added = (await count()) - had;
    if (seen.includes('Nothing delegated yet.')) expect([line, added]).toEqual([line, 0]);
    if (seen.includes('This is what')) expect([line, added]).toEqual([line, 1]);
    expect([line, seen === '']).toEqual([line, false]);
    made += added;
    if (lead.modal()) await lead.closes({ all: true });
  }
  // Lines that were understood, and lines that were not.
  expect(made).toBeGreaterThan(5);
  expect(made).toBeLessThan(80);
  for (const name of ['shanice', 'jonas']) expect(slack.person(name).dm()).toEqual([]);
  await inside((trx) =>
    trx.deleteFrom('delegations').where('state', '=', 'draft').where('level', '=', 5).execute(),
  );
  expect(await count()).toBe(before);
});

test('from the Home it works the same, and a draft can be discarded', async () => {
  const { lead, slack } = house.current;
  await lead.opensHome();
  expect(lead.sees()).toContain('the parser · @duarte at consult, agreed');
  await lead.clicks('Delegate something');
  await lead.submits({ person: slack.person('shanice').id, title: 'the dashboards', level: '6' });
  expect(lead.home()?.text).toContain('This is what @shanice would read');
  await lead.clicks('Discard');
  expect(lead.home()?.text).toContain('the dashboards is gone, and nobody was told.');
  expect(dm(house.current, 'shanice')).toEqual([]);
});

test('a check-in that was put off and answered meanwhile does not come again', async () => {
  const { lead, goTo } = house.current;
  const asked = () => dm(house.current, lead.name).filter(({ text }) => text.includes('How is the parser'));
  await goTo('2026-11-27T09:30');
  expect(asked()).toHaveLength(1);
  await lead.selects('prompt-menu', '1 hour', { in: asked()[0]!.ts });
  await lead.types('/delegate @duarte');
  await lead.clicks('See it');
  await lead.clicks('Done');
  await lead.submits({ learned: 'SECRET: where to stop', next: '4' });
  await goTo('2026-11-27T12:00');
  expect(asked()).toEqual([]);
});

test('a check-in answered after the thing was ended elsewhere says so, and so does a second answer', async () => {
  const { lead, slack, goTo } = house.current;
  const wiki = () =>
    dm(house.current, lead.name).find(({ text }) => text.includes('How is the wiki')) ?? { ts: 'none' };
  await lead.types('/delegate @aroha');
  await lead.clicks('Finish it');
  await lead.clicks('We have agreed already');
  await lead.types('/delegate @shanice the rota at agree until 30 nov');
  await lead.clicks('We have agreed already');
  await goTo('2026-11-30T09:31');
  await lead.types('/delegate list');
  expect(lead.sees()).toContain('check-in of Mon 30 Nov unanswered');
  const { ts } = wiki();
  await lead.types('/delegate @aroha');
  await lead.clicks('See it');
  await lead.clicks('Done');
  await lead.submits({});
  await lead.clicks('On track', { in: ts });
  expect(lead.sees()).toContain('the wiki is over. Done on Mon 30 Nov.');

  const rota = dm(house.current, lead.name).find(({ text }) => text.includes('How is the rota'))!.ts;
  await Promise.all([lead.clicks('On track', { in: rota }), lead.clicks('Needs me', { in: rota })]);
  // Whichever came first is what counts; the other was told so.
  const said = dm(house.current, lead.name).find((one) => one.ts === rota)?.text;
  expect(said).toMatch(/is on track with @shanice|needs you|You have answered that: (on track|needs you)/);
  expect(slack.person('shanice').dm()).toEqual([]);
});

test('what needs the lead on the last check-in is asked about again', async () => {
  const { lead, goTo } = house.current;
  await lead.types('/delegate @leyla the budget at agree until 2 dec');
  await lead.clicks('We have agreed already');
  await goTo('2026-12-02T09:30');
  await lead.clicks('Needs me');
  expect(lead.sees()).toContain('That was the last check-in set, so I ask again on Wed 9 Dec.');
  // What was added for one answer stays with another; nobody is told that it is over.
  await lead.clicks('Change my answer');
  await lead.clicks('On track');
  expect(lead.sees()).toContain('I ask again on Wed 9 Dec.');
  const before = dm(house.current, lead.name).length;
  await goTo('2026-12-09T09:30');
  expect(
    dm(house.current, lead.name)
      .slice(before)
      .some(({ text }) => text.includes('How is the budget')),
  ).toBe(true);
  await lead.clicks('Done');
  await lead.submits({});
});

test('everything is in the export, opened; the database holds none of it in the open; and it can be forgotten', async () => {
  const { lead, config } = house.current;
  const owner = { workspaceId: lead.workspaceId, leadId: lead.id };
  const room = delegationRoom({
    leads: {} as Entry,
    prompts,
    sealer: createSealer(config.encryptionKeys),
    listeners: { find: async () => undefined, welcome: async () => {} },
    leadOf: async () => undefined,
    hours: () => Promise.reject(new Error('Nothing is asked here')),
  });
  const tables = await inside((trx) => room.export(trx, owner));
  const rows = tables.find(({ name }) => name === 'delegations')?.rows ?? [];
  expect(rows.map(({ title }) => title)).toEqual(['the parser', 'the wiki', 'the rota', 'the budget']);
  expect(rows[0]).toMatchObject({
    level: 'consult',
    state: 'done',
    why_taken_back_or_what_they_learned: 'SECRET: where to stop',
  });
  const moves = tables.find(({ name }) => name === 'delegation levels')?.rows ?? [];
  expect(moves).toHaveLength(5);
  expect(moves.slice(0, 2)).toMatchObject([
    { what: 'proposed', level: 'consult', by: 'you' },
    { what: 'agreed', level: 'consult', by: 'them' },
  ]);

  const sealed = await inside((trx) => trx.selectFrom('delegations').select('closing').execute());
  const kept = Buffer.concat(sealed.flatMap(({ closing }) => (closing ? [closing] : [])));
  expect(kept.length).toBeGreaterThan(20);
  expect(kept.includes('SECRET')).toBe(false);

  await inside((trx) => room.erase(trx, owner));
  const left = await inside(async (trx) => [
    ...(await trx.selectFrom('delegations').select('title').execute()),
    ...(await trx.selectFrom('delegation_levels').select('step').execute()),
    ...(await trx.selectFrom('delegation_check_ins').select('day').execute()),
  ]);
  expect(left).toEqual([]);
  await lead.types('/delegate list');
  expect(lead.sees()).toContain('Nobody holds anything for you at the moment.');
});

test('everything a lead may write about it fits the words they can change', async () => {
  const { lead } = house.current;
  await lead.types('/delegate @duarte the long story');
  await lead.submits({
    level: '5',
    why: 'w'.repeat(1000),
    stays: 's'.repeat(1000),
    'check-ins': 'every week',
  });
  await lead.clicks('Change the words');
  const { blocks } = lead.modal()!.raw as {
    blocks: { element?: { initial_value: string; max_length: number } }[];
  };
  const { initial_value: words, max_length: most } = blocks.find(({ element }) => element)!.element!;
  expect(words.length).toBeGreaterThan(2000);
  expect(words.length).toBeLessThanOrEqual(most);
  await lead.closes({ all: true });
});

test('a level that is proposed or agreed already is said to be, to either side', async () => {
  const { lead, slack, clock, goTo } = house.current;
  const shanice = slack.person('shanice');
  const aMinuteLater = () => slack.moveClock(clock.now().add({ minutes: 1 }));
  // Nine in the morning in New York has passed.
  await goTo('2026-12-09T15:05');
  await lead.types('/delegate @shanice the deploys at advise');
  await lead.clicks('Send it');
  await aMinuteLater();
  await shanice.clicks('Sounds good');
  await shanice.clicks('Propose another level');
  await shanice.submits({});
  expect(shanice.sees()).toContain('It is at advise (5 of 7) already, so nothing changes.');
  await aMinuteLater();
  await lead.types('/delegate @shanice');
  await lead.clicks('See it');
  await lead.clicks('Change the level');
  await lead.submits({ level: '6' });
  await lead.types('/delegate @shanice');
  await lead.clicks('See it');
  await lead.clicks('Change the level');
  await lead.submits({ level: '6' });
  expect(lead.sees()).toContain('You have proposed inquire (6 of 7) already');
});

test('whoever begins here is told what was set up for them, once', async () => {
  const { slack } = house.current;
  const jonas = slack.person('jonas');
  await jonas.types('/delegate @aroha the rota at advise');
  expect(jonas.sees()).toContain('This is what @aroha would read');
  expect(jonas.sees()).toContain('You are set up with the defaults');
  await jonas.types('/delegate list');
  expect(jonas.sees()).toContain('the rota');
  expect(jonas.sees()).not.toContain('You are set up');

  // A form is all that somebody sees who types nothing more.
  const leyla = slack.person('leyla');
  await leyla.types('/delegate');
  expect(leyla.modal()?.text).not.toContain('defaults');
  await leyla.submits({ person: jonas.id, title: 'the wiki', level: '7' });
  expect(leyla.sees()).toContain('You are set up');
});

test('an answer that is taken back, or an end, takes back all that it answered', async () => {
  const { lead, goTo } = house.current;
  const person = house.current.slack.person('aroha').id;
  await lead.types('/delegate');
  await lead.submits({ person, title: 'the archive', level: '5', 'check-ins': '14 dec, 15 dec, 16 dec' });
  await lead.clicks('We have agreed already');
  const answers = async () =>
    (
      await inside((trx) =>
        trx
          .selectFrom('delegation_check_ins as asked')
          .innerJoin('delegations as own', 'own.delegation_id', 'asked.delegation_id')
          .select(['asked.day', 'asked.answer'])
          .where('own.title', '=', 'the archive')
          .orderBy('asked.day')
          .execute(),
      )
    ).map(({ answer }) => answer);
  await goTo('2026-12-15T09:40');
  const asked = dm(house.current, lead.name).filter(({ text }) => text.includes('How is the archive'));
  expect(asked).toHaveLength(2);
  await lead.clicks('On track', { in: asked[1]!.ts });
  expect(await answers()).toEqual(['on-track', 'on-track', null]);
  await lead.clicks('Change my answer', { in: asked[1]!.ts });
  expect(await answers()).toEqual([null, null, null]);
  await lead.clicks('Done', { in: asked[1]!.ts });
  await lead.submits({});
  expect(await answers()).toEqual([null, 'done', null]);
  await lead.clicks('Undo', { in: asked[1]!.ts });
  expect(await answers()).toEqual([null, null, null]);
});

describe('a bot without keys', () => {
  let keyless: House;
  beforeAll(async () => {
    keyless = await openHouse({ at: '2026-11-16T10:00', withoutKeys: true });
  });
  afterAll(() => keyless.close());

  test('delegates all the same, and says what it cannot keep', async () => {
    const { lead, slack, goTo } = keyless;
    await lead.types('/delegate @duarte the parser at advise -- because');
    expect(lead.sees()).toContain('Nothing delegated yet. I keep a reason only where I can lock it away.');
    expect(lead.sees()).toContain('npm run keys:new');
    await lead.types('/delegate @duarte the parser at advise until 27 nov');
    await lead.clicks('Change the words');
    expect(lead.sees()).toContain('Until then, what is sent is what you see here.');
    await lead.clicks('Send it');
    await goTo('2026-11-16T10:02');
    expect(dm(keyless, 'duarte')[0]?.text).toContain('would like you to take on the parser');
    await slack.person('duarte').clicks('Sounds good');
    await lead.types('/delegate @duarte');
    await lead.clicks('See it');
    await lead.clicks('Take it back');
    expect(lead.modal()?.text).toContain('npm run keys:new');
    await lead.submits({});
    expect(lead.sees()).toContain('the parser is with you again.');
  });
});
