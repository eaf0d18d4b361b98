// Somebody who leads nobody: looking, and having a part in what others made, leaves them so; their Home shows what concerns them.

import { expect, test } from '@jest/globals';
import { inWorkspace } from '../../src/db/tenancy.ts';
import { findLead } from '../../src/leads/leads.store.ts';
import { openHouse, useHouse } from '../support/house.ts';
import { knock } from '../support/knocking.ts';
import { allDoors } from '../support/knocks.ts';

const house = useHouse({ at: '2026-11-18T10:00' });

/** What the bot says of its own accord. */
const told = (name: string) =>
  house.current.slack
    .person(name)
    .dm()
    .filter(({ ephemeral, text }) => !ephemeral && !text.startsWith('PM-'));

test('looking makes nobody a lead, in no room', async () => {
  const { slack } = house.current;
  const jonas = slack.person('jonas');
  for (const line of [
    '/delegate list',
    '/delegate help',
    '/logtime week',
    '/logtime today',
    '/oneonone',
    '/retro',
    '/postmortem list',
    '/keel week',
    '/keel commitments',
    '/keel prompts',
  ]) {
    await jonas.types(line);
    expect(jonas.sees()).not.toContain('You are set up');
  }
  await jonas.types('/logtime');
  await jonas.submits({ time: 'soon', category: 'coding' });
  await jonas.closes({ all: true });
  await jonas.types('/keel');
  expect(jonas.sees()).toContain('Where does your week go?');
});

test('writing in a post-mortem makes nobody a lead', async () => {
  const { lead, slack, goTo } = house.current;
  const jonas = slack.person('jonas');
  await lead.types('/postmortem mail was late, sev3, 09:12-09:37 today');
  await goTo('2026-11-18T10:05');
  const overview = lead.dm().find(({ text, ephemeral }) => !ephemeral && text.startsWith('PM-1'))!;
  await lead.clicks('Share or invite', { in: overview.ts });
  await lead.submits({ people: ['jonas'] });
  await goTo('2026-11-18T10:10');
  const learned = jonas.dm().find(({ text }) => text.startsWith('What we learned'))!;
  await jonas.clicks('pm.section:well', { in: learned.ts });
  await jonas.submits({ 'words-0': 'The backup queue took over.' });
  await jonas.types('/postmortem note PM-1 09:20 the queue fills up');
  expect(jonas.sees()).not.toContain('You are set up');
  await jonas.types('/keel');
  expect(jonas.sees()).toContain('Where does your week go?');
});

test('their Home shows what they took on, what they hold and what waits for their answer', async () => {
  const { lead, slack, goTo } = house.current;
  const jonas = slack.person('jonas');
  await jonas.opensHome();
  expect(jonas.home()?.text).toContain('Where does your week go?');
  await lead.types('/delegate @jonas the release notes at consult');
  await lead.clicks('Send it');
  await lead.types('/oneonone add @jonas every week thursday 10:00');
  await lead.types('/oneonone done @jonas');
  await lead.submits({
    promise_what_1: 'write to Leyla',
    promise_whose_1: 'Theirs, and they are reminded of it',
    promise_by_1: '2026-11-27',
  });
  await lead.types('/retro in #team-platform now');
  await goTo('2026-11-18T10:20');
  await jonas.opensHome();
  const home = jonas.home()?.text ?? '';
  expect(home).toContain('the release notes, from @maren, proposed at consult (3 of 7)');
  expect(home).toContain('write to Leyla');
  expect(home).toContain('#team-platform looks back until');
  expect(home).not.toContain('Delegation\n');
  await jonas.clicks('Sounds good');
  await jonas.opensHome();
  expect(jonas.home()?.text).toContain('the release notes, from @maren, at consult (3 of 7)');
  await jonas.types('/keel');
  expect(jonas.sees()).toContain('the release notes, from @maren, at consult (3 of 7)');
  expect(jonas.sees()).toContain('[Set up, 1 minute]');
  expect(jonas.sees()).not.toContain('Where does your week go?');
  await jonas.clicks('Answer');
  expect(jonas.modal()).toBeDefined();
  await jonas.closes({ all: true });
});

test('weeks later nobody has sent them a digest, a question, or anything about empty days', async () => {
  const { goTo } = house.current;
  const before = told('jonas').length;
  await goTo('2026-12-04T18:00');
  const since = told('jonas').slice(before);
  expect(since.filter(({ text }) => /Week 2026|empty|Delegate something/.test(text))).toEqual([]);
});

test('the first hour logged makes them a lead, and says so; what they did before counts', async () => {
  const { slack, goTo } = house.current;
  const jonas = slack.person('jonas');
  await jonas.types('/logtime 1h coding');
  expect(jonas.sees()).toContain('You are set up with the defaults');
  await jonas.types('/logtime 30m review');
  expect(jonas.sees()).not.toContain('You are set up');
  await goTo('2026-12-11T15:01');
  expect(told('jonas').at(-1)?.text).toContain('Week 2026-W50');
});

test('who leads nobody is forgotten as well when they ask', async () => {
  const { slack } = house.current;
  const leyla = slack.person('leyla');
  await leyla.types('/keel forget');
  expect(leyla.sees()).toContain('I keep nothing for you.');
  await leyla.types('/delegate list');
  await leyla.types('/keel forget');
  await leyla.clicks('Forget everything');
  await leyla.types('/keel forget');
  expect(leyla.sees()).toContain('I keep nothing for you.');
});

test('knocking at every door there is, with nothing of theirs behind it, makes nobody a lead', async () => {
  // A house of its own: what is knocked with was never shown to anybody, and opens no form.
  const other = await openHouse({ at: '2026-11-18T10:00' });
  const { slack, database } = other;
  const bikash = slack.person('bikash');
  // Words come first, so that a line brought to a door that reads one only looks.
  const values = [undefined, 'list', crypto.randomUUID(), bikash.id, '2026-12-14', '2026-12-14T10:00', '1'];
  /** The first that a button may carry under that name; of several words the first. */
  const valueFor = (kind: { safeParse(value: unknown): { success: boolean } }): unknown => {
    const words = 'options' in kind && Array.isArray(kind.options) ? kind.options : [];
    return [...values, ...words].find((value) => kind.safeParse(value).success);
  };
  const enrolling: string[] = [];
  for (const [door, shape] of allDoors()) {
    const [kind, id = '', word = ''] = door.split(' ');
    if (kind !== 'action' && kind !== 'command') continue;
    if (id === 'leads.forget') continue;
    const value = JSON.stringify(
      Object.values(shape)
        .map(valueFor)
        .map((one) => one ?? null),
    );
    const payloads =
      kind === 'command'
        ? ['', 'help', 'list'].map((text) => ({
            command: id,
            text: `${word} ${text}`.trim(),
          }))
        : [{ type: 'block_actions', actions: [{ type: 'button', action_id: id, value }] }];
    for (const payload of payloads) await knock(other, bikash, { door, payload, by: undefined });
    const lead = await inWorkspace(database.db, bikash.workspaceId, (trx) => findLead(trx, bikash.id));
    if (lead) {
      enrolling.push(door);
      break;
    }
  }
  await other.close();
  expect(enrolling).toEqual([]);
});
