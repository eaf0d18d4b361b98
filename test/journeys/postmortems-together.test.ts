// Five people write the same post-mortem at the same moment, twice each, every request delivered twice: nothing is lost or doubled.

import { beforeAll, expect, test } from '@jest/globals';
import { smallCompany } from '../../sandbox/slack/company.ts';
import type { Person } from '../../sandbox/slack/index.ts';
import { asAdministrator } from '../support/database.ts';
import { useHouse } from '../support/house.ts';

const names = ['maren', 'jonas', 'leyla', 'shanice', 'aroha'];
const house = useHouse({
  at: '2026-11-18T11:00',
  slack: {
    workspaces: [
      {
        ...smallCompany,
        channels: [{ name: 'incidents', purpose: 'When something burns', bot: true, members: names }],
      },
    ],
  },
});

let five: Person[];
const canvas = () =>
  five[0]!.conversation('incidents').filter(({ ephemeral, raw }) => !ephemeral && 'bot_id' in raw);
const part = (words: string) => canvas().find(({ text }) => text.startsWith(words))!;

async function stored(query: string): Promise<Record<string, unknown>[]> {
  const { rows } = await asAdministrator(query, new URL(house.current.database.url).pathname.slice(1));
  return rows;
}

beforeAll(async () => {
  five = names.map((name) => house.current.slack.person(name));
  await five[0]!.types('/postmortem checkout was down, sev1, 09:12-09:37 today, here', { in: 'incidents' });
  await house.current.goTo('2026-11-18T11:02');
  expect(canvas()).toHaveLength(5);
});

/** The field with words in the form before them, and what stands in it. */
function standing(person: Person): { field: string; text: string } {
  const { blocks } = person.modal()!.raw as {
    blocks: { block_id?: string; element?: { initial_value?: string } }[];
  };
  const input = blocks.find(({ block_id }) => block_id?.startsWith('words-'))!;
  return { field: input.block_id!, text: input.element?.initial_value ?? '' };
}

/**
 * Writes a line below what stands in the section, and sends everything twice. Where somebody else was faster, the
 * person is shown both texts, puts their own line below theirs, and saves again. How often that took.
 */
async function writes(person: Person, line: string): Promise<number> {
  await person.clicks('pm.section:badly', { in: part('What we learned').ts });
  const { field, text } = standing(person);
  await person.submits({ [field]: [text, line].filter((one) => one !== '').join('\n') }, { twice: true });
  let clashes = 0;
  for (; person.modal(); clashes += 1) {
    if (clashes > 40) throw new Error('It never came to an end');
    expect(person.modal()!.text).toContain('saved this section while you were writing');
    expect(standing(person).text).toContain(line);
    // Of what they sent only their own line is new; the rest is in the newer text already.
    await person.clicks('Put mine below theirs');
    const both = standing(person);
    const lines = both.text.split('\n');
    await person.submits({ [both.field]: [...new Set(lines)].join('\n') }, { twice: true });
  }
  return clashes;
}

test('ten edits of one section: every line is there once, and every version is kept', async () => {
  const clashes: number[] = [];
  for (const turn of ['one', 'two']) {
    clashes.push(...(await Promise.all(five.map((person) => writes(person, `${person.name} ${turn}`)))));
  }
  expect(clashes.some((count) => count > 0)).toBe(true);
  const shown = part('What we learned').text;
  for (const { name } of five) {
    for (const line of [`${name} one`, `${name} two`]) {
      expect([line, shown.split(line).length - 1]).toEqual([line, 1]);
    }
  }
  const versions = await stored(
    `select version from postmortem_sections where section = 'badly' order by version`,
  );
  expect(versions.map(({ version }) => version)).toEqual(Array.from({ length: 10 }, (_, index) => index + 1));
});

test('ten lines for the timeline at once, each sent twice: ten lines', async () => {
  await Promise.all(
    five.flatMap((person, index) => [
      person.types(`/postmortem note 09:1${index} UTC ${person.name} first`, {
        in: 'incidents',
        twice: true,
      }),
      person.types(`/postmortem note 09:2${index} UTC ${person.name} second`, {
        in: 'incidents',
        twice: true,
      }),
    ]),
  );
  const shown = part('Timeline').text;
  for (const { name } of five) {
    for (const line of [`${name} first`, `${name} second`]) {
      expect([line, shown.split(line).length - 1]).toEqual([line, 1]);
    }
  }
  expect(await stored('select entry_id from postmortem_entries')).toHaveLength(10);
});

test('five send it for review at once: it moves one step, and four are told', async () => {
  const overview = canvas()[0]!.ts;
  await Promise.all(five.map((person) => person.clicks('Send for review', { in: overview })));
  await Promise.all(five.map((person) => person.submits()));
  expect(canvas()[0]!.text).toContain('in review');
  const told = five.filter((person) => person.sees().includes('Somebody was faster'));
  expect(told).toHaveLength(4);
});

test('two who change different facts, or tick different sorts of factors, both have theirs', async () => {
  const [maren, jonas] = five as [Person, Person];
  const overview = canvas()[0]!.ts;
  for (const person of [maren, jonas]) await person.clicks('Edit the facts', { in: overview });
  await maren.submits({ severity: '3', resolved: '2026-11-18 09:50' });
  await jonas.submits({ services: 'checkout, mail' });
  expect(canvas()[0]!.text).toContain('Severity 3');
  expect(canvas()[0]!.text).toContain('resolved in 38 min');
  expect(canvas()[0]!.text).toContain('Services checkout, mail');
  for (const person of [maren, jonas]) {
    await person.clicks('pm.section:factors', { in: part('What we learned').ts });
  }
  await maren.submits({ factors: ['capacity'] });
  await jonas.submits({ factors: ['data'] });
  expect(await stored('select factors from postmortems')).toEqual([{ factors: ['capacity', 'data'] }]);
});

test('two facts that do not go together are refused, whoever was first', async () => {
  const [maren, jonas] = five as [Person, Person];
  const overview = canvas()[0]!.ts;
  for (const person of [maren, jonas]) await person.clicks('Edit the facts', { in: overview });
  await maren.submits({ started: '2026-11-18 09:30' });
  await jonas.submits({ resolved: '2026-11-18 09:20' });
  expect(jonas.modal()?.errors).toEqual({
    resolved: 'It was over before it started. Swap the times, or name the days.',
  });
  await jonas.closes({ all: true });
});

test('two who invite at once have both of theirs invited', async () => {
  const [maren, jonas] = five as [Person, Person];
  await maren.types('/postmortem mail was late, sev3');
  await house.current.goTo('2026-11-18T11:10');
  const overview = (person: Person) =>
    person.dm().find(({ text }) => text.startsWith('PM-2') && text.includes('Severity 3'))!.ts;
  await maren.clicks('Share or invite', { in: overview(maren) });
  await maren.submits({ people: ['jonas'] });
  await house.current.goTo('2026-11-18T11:12');
  for (const person of [maren, jonas]) await person.clicks('Share or invite', { in: overview(person) });
  await Promise.all([maren.submits({ people: ['leyla'] }), jonas.submits({ people: ['shanice'] })]);
  expect(await stored('select cardinality(people) as invited from postmortems where number = 2')).toEqual([
    { invited: 4 },
  ]);
  // Shanice, in New York, is asleep until three.
  await house.current.goTo('2026-11-18T15:05');
  // What was invited while the first messages were on their way is drawn with the next change.
  await maren.types('/postmortem note PM-2 09:30 the queue is empty again');
});

test('in the end Slack shows what is kept: no message is behind', async () => {
  expect(await stored('select part from postmortem_messages where shown <> wanted')).toEqual([]);
  expect(canvas()).toHaveLength(5);
});
