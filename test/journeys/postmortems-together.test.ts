// Five people write the same post-mortem at the same moment, twice each, every request delivered twice: nothing is lost or doubled.

import { beforeAll, expect, test } from '@jest/globals';
import { smallCompany } from '../../sandbox/company.ts';
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
  expect(canvas()[0]!.text).toContain('in review');
  const told = five.filter((person) => person.sees().includes('Somebody was faster'));
  expect(told).toHaveLength(4);
});

test('in the end Slack shows what is kept: no message is behind', async () => {
  expect(await stored('select part from postmortem_messages where shown <> wanted')).toEqual([]);
  expect(canvas()).toHaveLength(5);
});
