// Somebody with a full dump of the database and all of Slack's traffic tries to tell who wrote what, and cannot.

import { beforeAll, describe, expect, test } from '@jest/globals';
import type { LogEntry, Person } from '../../sandbox/slack/index.ts';
import { asAdministrator } from '../support/database.ts';
import { useHouse } from '../support/house.ts';
import { interaction, sendSigned } from '../support/signed.ts';

const house = useHouse({ at: '2026-11-16T09:00' });

/** The lead only sets it up, since her name stands under every post. */
const authors = ['duarte', 'shanice', 'bikash', 'aroha', 'jonas'];
/** Many enough that a guess at random and one with a reason can be told apart. */
const rounds = 9;

interface Row {
  table: string;
  /** Where it lies in the table's file: the order a dump is written in. */
  place: number;
  /** The transaction that wrote it. */
  transaction: number;
  values: Record<string, unknown>;
}

/** Every row of every table, in physical order, system columns included. */
async function dump(): Promise<Row[]> {
  const name = new URL(house.current.database.url).pathname.slice(1);
  const { rows: tables } = await asAdministrator(
    `select n.nspname as schema, c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind in ('r', 'p') and n.nspname in ('public', 'graphile_worker')`,
    name,
  );
  const { rows } = await asAdministrator(
    (tables as { schema: string; name: string }[])
      .map(
        ({ schema, name: table }) =>
          `select '${table}' as "table", ctid::text as ctid, xmin::text as xmin, to_jsonb(t) as values from ${schema}.${table} t`,
      )
      .join(' union all '),
    name,
  );
  const all = rows.map(({ table, ctid, xmin, values }): Row => {
    const [page = 0, slot = 0] = (ctid as string).slice(1, -1).split(',').map(Number);
    return { table, place: page * 10_000 + slot, transaction: Number(xmin), values };
  });
  return all.toSorted((one, other) => one.place - other.place);
}

interface Round {
  anonymous: boolean;
  /** Who submitted, in the order in which they did: the traffic tells. */
  order: string[];
  /** The truth that nobody but this test holds: words to author. */
  truth: Map<string, string>;
  open: Row[];
  closed: Row[];
  /** Rows of this round while it was open. */
  traffic: LogEntry[];
}

/**
 * The words inside a form on its way from Slack to the bot are the one thing left out, and with them the local Slack's
 * notes on what stands in a form that is open: Slack itself carries those together with a name, it shows them to
 * nobody, and no bot can have it otherwise. Everything that the bot says to Slack stays.
 */
function withoutTypedWords(entry: LogEntry): LogEntry {
  const hide = (value: unknown, key = ''): unknown => {
    if (key === 'values') return 'hidden';
    if (typeof value === 'string' && value.startsWith('{')) return JSON.stringify(hide(JSON.parse(value)));
    if (Array.isArray(value)) return value.map((one) => hide(one));
    if (value && typeof value === 'object') {
      return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, hide(inner, name)]));
    }
    return value;
  };
  if (entry.direction === 'sent') return hide(entry) as LogEntry;
  return entry.name.startsWith('views.') ? { ...entry, response: hide(entry.response) } : entry;
}

/** Reproducible, so that a run that fails can be looked at again. */
function draw(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

function inRandomOrder<T>(things: readonly T[], random: () => number): T[] {
  return things
    .map((thing) => ({ thing, at: random() }))
    .toSorted((one, other) => one.at - other.at)
    .map(({ thing }) => thing);
}

const played: Round[] = [];

async function play(number: number, anonymous: boolean): Promise<Round> {
  const { lead, slack, clock, app } = house.current;
  const random = draw(number + 1);
  const order = inRandomOrder(authors, random);
  const truth = new Map<string, string>();
  const from = slack.log.length;
  const settle = async () => {
    await slack.moveClock(clock.now().add({ minutes: 1 }));
  };
  await lead.types(`/retro now in #team-platform ${anonymous ? 'anonymous' : 'named'}`);
  await settle();
  for (const name of order) {
    const person: Person = slack.person(name);
    const points = ['question_0', 'question_1'].flatMap((field) =>
      Array.from({ length: 1 + Math.floor(random() * 2) }, () => {
        const words = `w${Math.floor(random() * 1e15).toString(36)}x`;
        truth.set(words, person.id);
        return { field, words };
      }),
    );
    await person.clicks('Answer, 2 minutes');
    await person.submits(
      Object.fromEntries(
        Map.groupBy(points, ({ field }) => field)
          .entries()
          .map(([field, own]) => [field, own.map(({ words }) => words).join('\n')]),
      ),
    );
    // People answer minutes and hours apart, which is what a timestamp would tell.
    await slack.moveClock(clock.now().add({ minutes: 3 + Math.floor(random() * 40) }));
  }
  await app.idle();
  const open = await dump();
  await lead.types('/retro');
  await lead.clicks('Close it now');
  await settle();
  const closed = await dump();
  return { anonymous, order, truth, open, closed, traffic: slack.log.slice(from).map(withoutTypedWords) };
}

const idOf = (name: string) => house.current.slack.person(name).id;
const itemsOf = (rows: readonly Row[], round: Round) =>
  rows.filter(({ table, values }) => table === 'retro_items' && round.truth.has(String(values.words)));
const wordsOf = (row: Row) => String(row.values.words);

/** Guesses that the nth fifth of the points in some order is the nth person's to submit; how often that is right. */
function hits(round: Round, inOrder: readonly string[]): { right: number; of: number } {
  let right = 0;
  // The attacker is told even how many points each person wrote: more than anybody could know.
  const counts = round.order.map(
    (name) => [...round.truth.values()].filter((id) => id === idOf(name)).length,
  );
  let at = 0;
  for (const [index, name] of round.order.entries()) {
    for (const words of inOrder.slice(at, at + (counts[index] ?? 0))) {
      if (round.truth.get(words) === idOf(name)) right += 1;
    }
    at += counts[index] ?? 0;
  }
  return { right, of: inOrder.length };
}

/** The share of right guesses over all rounds. With five people, chance alone is right in a fifth of all cases. */
function shareOf(rounds: readonly Round[], inOrder: (round: Round) => string[]): number {
  const sums = rounds
    .map((round) => hits(round, inOrder(round)))
    .reduce((one, other) => ({ right: one.right + other.right, of: one.of + other.of }));
  expect(sums.of).toBeGreaterThan(45);
  return sums.right / sums.of;
}

const byPlace = (rows: (round: Round) => Row[]) => (round: Round) => itemsOf(rows(round), round).map(wordsOf);
const byId = (rows: (round: Round) => Row[]) => (round: Round) =>
  itemsOf(rows(round), round)
    .toSorted((one, other) => (String(one.values.item_id) < String(other.values.item_id) ? -1 : 1))
    .map(wordsOf);
const byTransaction = (rows: (round: Round) => Row[]) => (round: Round) =>
  itemsOf(rows(round), round)
    .toSorted((one, other) => one.transaction - other.transaction || one.place - other.place)
    .map(wordsOf);
/** In the order in which words first appear in what the bot told Slack. */
const byTraffic = (round: Round) => {
  const text = JSON.stringify(round.traffic);
  return [...round.truth.keys()]
    .filter((words) => text.includes(words))
    .toSorted((one, other) => text.indexOf(one) - text.indexOf(other));
};

/** With some 130 points the share of lucky guesses strays by 3 in a hundred; this is more than five times that. */
const chance = 0.2;
const wellAboveChance = 0.38;

beforeAll(async () => {
  for (let number = 0; number < rounds; number += 1) played.push(await play(number, true));
});

describe('from a dump taken while people were answering, and one after', () => {
  test('no row that holds an answer, or points at one, holds anything of a person', () => {
    for (const round of played) {
      for (const rows of [round.open, round.closed]) {
        const items = itemsOf(rows, round);
        expect(items).toHaveLength(round.truth.size);
        const keys = new Set(
          items.flatMap(({ values }) => [values.item_id, values.group_id].filter(Boolean).map(String)),
        );
        for (const { table, values } of rows) {
          const text = JSON.stringify(values);
          const touches = [...round.truth.keys(), ...keys].some((key) => text.includes(key));
          if (!touches) continue;
          expect(['retro_items', 'retro_groups']).toContain(table);
          for (const name of authors) expect(text).not.toContain(idOf(name));
          // No time either: nothing to lay next to the moments at which people pressed Send.
          expect(text).not.toMatch(/\d{4}-\d\d-\d\d|\d{10}\.\d{6}/);
        }
      }
    }
  });

  test('all answers were written by one transaction, which tells as much as none', () => {
    for (const round of played) {
      const written = new Set(itemsOf(round.open, round).map(({ transaction }) => transaction));
      expect(written.size).toBe(1);
    }
  });

  test.each([
    ['where rows lie while it is open', byPlace(({ open }) => open)],
    ['where rows lie once it is closed', byPlace(({ closed }) => closed)],
    ['their ids while it is open', byId(({ open }) => open)],
    ['their ids once it is closed', byId(({ closed }) => closed)],
    ['the transactions that wrote them while it is open', byTransaction(({ open }) => open)],
    ['the transactions that wrote them once it is closed', byTransaction(({ closed }) => closed)],
    ['the order in which Slack heard of them', byTraffic],
  ])('%s says no more than chance', (_name, inOrder) => {
    const share = shareOf(played, inOrder);
    expect(share).toBeLessThan(wellAboveChance);
    // Nor less: an order turned around would tell just as much.
    expect(share).toBeGreaterThan(chance - (wellAboveChance - chance));
  });

  test('who took part is kept as one-way tokens while it is needed, and then not at all', () => {
    for (const round of played) {
      const last = (rows: readonly Row[]) => {
        const open = rows.filter(({ table, values }) => table === 'retros' && values.anonymous === true);
        return open.toSorted((one, other) =>
          String(one.values.opened_at) < String(other.values.opened_at) ? 1 : -1,
        )[0];
      };
      const [during, after] = [last(round.open), last(round.closed)];
      const noted = (rows: readonly Row[], retro: Row | undefined) =>
        rows.filter(
          ({ table, values }) => table === 'retro_answerers' && values.retro_id === retro?.values.retro_id,
        );
      expect(noted(round.open, during)).toHaveLength(authors.length);
      for (const { values } of noted(round.open, during))
        expect(String(values.who)).toMatch(/^[0-9a-f]{64}$/);
      expect(noted(round.closed, after)).toEqual([]);
    }
  });
});

describe('from all of Slack’s traffic', () => {
  test('nothing the bot says names an author next to an answer, or answers one person with their words', () => {
    for (const round of played) {
      const told = round.traffic.filter((entry) =>
        [...round.truth.keys()].some((words) => JSON.stringify(entry).includes(words)),
      );
      expect(told.length).toBeGreaterThan(0);
      for (const entry of told) {
        for (const name of authors) expect(JSON.stringify(entry)).not.toContain(idOf(name));
        expect(entry.name).toMatch(/^chat\.(postMessage|update)$/);
      }
    }
  });

  test('what each person is told after answering is the same for all of them', () => {
    const words = new Set(
      played.flatMap(({ traffic }) =>
        traffic
          .map((entry) => JSON.stringify(entry))
          .filter((text) => text.includes('without your name'))
          .flatMap((text) => text.match(/Thank you\.[^"\\]*/g) ?? []),
      ),
    );
    expect(words.size).toBe(1);
  });

  test('the bot’s own log holds ids and no words', () => {
    const log = JSON.stringify(house.current.log);
    for (const round of played) for (const words of round.truth.keys()) expect(log).not.toContain(words);
  });
});

describe('votes', () => {
  const choicesIn = (person: Person): string[] => {
    const { blocks } = person.modal()!.raw as {
      blocks: { element: { option_groups: { options: { value: string }[] }[] } }[];
    };
    return (blocks[0]?.element.option_groups ?? []).flatMap(({ options }) =>
      options.map(({ value }) => value),
    );
  };

  /** Starts the vote of the round that was closed last; where its button stands. */
  async function startVote(): Promise<string> {
    const { lead } = house.current;
    const thread = () => lead.conversation('team-platform').filter(({ threadTs }) => threadTs !== undefined);
    await lead.clicks('Start the vote', { in: thread().at(-1)?.ts ?? '' });
    return thread().findLast(({ text }) => text.includes('votes each'))?.ts ?? '';
  }

  test('a vote is final, also for a form that stood open on another device meanwhile', async () => {
    const { lead, slack, app } = house.current;
    await play(50, true);
    const sorting = await startVote();
    const duarte = slack.person('duarte');
    await duarte.clicks('Vote', { in: sorting });
    const [one = '', other = ''] = choicesIn(duarte);
    const elsewhere = duarte.modal()?.raw;
    await duarte.submits({ choices: [one] });
    const tally = async () =>
      (await dump()).flatMap(({ table, values }) =>
        table === 'retro_groups' && Number(values.votes) > 0 ? [[values.group_id, values.votes]] : [],
      );
    expect(await tally()).toEqual([[one, 1]]);
    const final = 'You have voted. For whom is not stored, so I can’t take it back and count another.';
    await duarte.clicks('Vote', { in: sorting });
    expect(duarte.sees()).toBe(final);
    const choices = { choices: { selected_options: [{ value: other }] } };
    const second = { ...elsewhere, id: 'V0ELSEWHERE', state: { values: { choices } } };
    await sendSigned(
      house.current,
      interaction(house.current, duarte, { type: 'view_submission', view: second }),
    );
    await app.idle();
    expect(await tally()).toEqual([[one, 1]]);
    const told = [...duarte.dm(), ...duarte.conversation('team-platform')].map(({ text }) => text);
    expect(told.filter((text) => text === final)).toHaveLength(2);
    await lead.clicks('Close the vote', { in: sorting });
  });

  test('an anonymous ballot keeps that somebody voted and not for what; then not even that', async () => {
    const { lead, slack } = house.current;
    await play(51, true);
    const sorting = await startVote();
    for (const name of authors) {
      const person = slack.person(name);
      await person.clicks('Vote', { in: sorting });
      await person.submits({ choices: choicesIn(person).slice(0, 1) });
    }
    const ballots = (await dump()).filter(({ table }) => table === 'retro_ballots');
    expect(ballots).toHaveLength(5);
    for (const { values } of ballots) {
      expect(String(values.who)).toMatch(/^[0-9a-f]{64}$/);
      expect(values.choices).toEqual([]);
    }
    await lead.clicks('Close the vote', { in: sorting });
    await slack.moveClock(house.current.clock.now().add({ minutes: 1 }));
    const after = await dump();
    expect(after.filter(({ table }) => table === 'retro_ballots')).toEqual([]);
    const choosing = after.filter(({ table, values }) => table === 'retros' && values.state === 'choosing');
    expect(choosing.map(({ values }) => values.salt)).toEqual([null, null]);
  });
});

test('the same attack on answers with names succeeds, so it is one worth withstanding', async () => {
  const named: Round[] = [];
  for (let number = 100; number < 104; number += 1) named.push(await play(number, false));
  // By transaction: Postgres fills the gaps of deleted rows, so that their place alone is right only mostly.
  expect(
    shareOf(
      named,
      byTransaction(({ open }) => open),
    ),
  ).toBe(1);
});
