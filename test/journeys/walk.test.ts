// A walk over all doors: others knock with everything that ever came to a lead's Slack, and nothing of hers changes or shows.

import { glob, readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { smallCompany } from '../../sandbox/slack/company.ts';
import type { WorkspaceSpec } from '../../sandbox/slack/workspaces.ts';
import type { Cast, Chapter } from '../../sandbox/story/chapter.ts';
import { delegationChapter } from '../../sandbox/story/delegation.ts';
import { tellStory } from '../../sandbox/story/index.ts';
import { leadsChapter } from '../../sandbox/story/leads.ts';
import { oneOnOnesChapter } from '../../sandbox/story/one-on-ones.ts';
import { postmortemsChapter } from '../../sandbox/story/postmortems.ts';
import { retrosChapter } from '../../sandbox/story/retros.ts';
import { type House, openHouse } from '../support/house.ts';
import { allDoors, type Heard, type Knock, knock, knocksMade, knocksOf, toldIn } from '../support/knocks.ts';
import { everyRow, keepRows, type Row } from '../support/rows.ts';

/** Doors to which nobody can bring anything of another's, and why. */
const withoutValues: Record<string, string> = {};

/** Whoever confirms this is forgotten at once, and has nothing left that the walk could look at. */
const forgetting = 'action leads.forget';

/** A private channel, of which others must not learn that there is one. */
const secretPlace = 'war-room-blue';

const others = [
  { name: 'odile', realName: 'Odile Dehors', role: 'outsider', tz: 'Europe/Paris' },
  { name: 'tomasz', realName: 'Tomasz Wrona', role: 'other lead', tz: 'Europe/Warsaw' },
  { name: 'gustav', realName: 'Gustav Gast', role: 'guest', tz: 'Europe/Berlin', guest: 'single-channel' },
  { name: 'stella', realName: 'Stella Fremd', role: 'partner', tz: 'Europe/Berlin', from: 'T0ELSEWHERE' },
] as const;

/** Leads retrospectives in the private channel, and leaves. */
const leaver = { name: 'lena', realName: 'Lena Fort', role: 'other lead', tz: 'Europe/Berlin' };

const team = smallCompany.people.map(({ name }) => name);
const company: WorkspaceSpec = {
  ...smallCompany,
  people: [...smallCompany.people, ...others, leaver],
  channels: [
    ...smallCompany.channels.map((channel) => ({ ...channel, members: channel.members ?? team })),
    { name: secretPlace, private: true, bot: true, members: ['maren', 'jonas', leaver.name] },
  ],
};

/** What the sandbox's story leaves out, so that every form was open once. */
const more: Chapter = {
  beats: [
    { week: 2, day: 1, at: '15:05', play: ({ person }) => opens(person('bikash'), 'Take a line back') },
    { week: 2, day: 2, at: '09:30', play: ({ lead }) => opens(lead, 'Close the vote') },
    { week: 6, day: 2, at: '09:10', play: ({ lead }) => opens(lead, 'retros.group') },
    {
      week: 7,
      day: 4,
      at: '09:00',
      async play({ lead }) {
        await lead.types('/oneonone @shanice');
        await lead.clicks('one-on-ones.change');
        await lead.submits({ invites: ['invites'] });
      },
    },
    { week: 8, day: 1, at: '09:30', play: ({ lead }) => opens(lead, 'delegation.words') },
    { week: 8, day: 3, at: '13:50', play: ({ lead }) => lead.types('/logtime start review') },
    {
      week: 8,
      day: 3,
      at: '17:00',
      async play({ lead }) {
        await lead.types('/logtime 1h review');
        await lead.types('/logtime 1h gardening');
        await lead.types('/retro in #general every 2 weeks friday 14:00');
        await lead.types('/postmortem note 11:31 Jonas forgot to switch it back', { in: 'team-platform' });
        await lead.clicks('pm.section:badly');
        await lead.submits({ 'words-0': 'Jonas forgot to run the checks.' });
        await lead.closes({ all: true });
        await lead.types('/postmortem the vault was open, sev1, 10:05-14:05 today, here', {
          in: secretPlace,
        });
        // Answers that point at somebody come back to whoever wrote them.
        await lead.types(`/retro now in #${secretPlace} named`);
        await lead.types('/keel commitments');
        await opens(lead, 'commitments.new-date');
        await opens(lead, 'commitments.not-doing');
        await lead.types('/keel prompts');
        await opens(lead, 'Change when it comes');
        await opens(lead, 'Move the next one');
        await lead.movesTo('Europe/Lisbon');
        await lead.types('/keel');
        await lead.movesTo('Europe/Berlin');
      },
    },
    {
      week: 8,
      day: 3,
      at: '17:05',
      async play({ lead }) {
        const post = lead
          .conversation(secretPlace)
          .findLast(({ text }) => text.includes('Answer, 2 minutes'))!;
        await lead.clicks('Answer, 2 minutes', { in: post.ts });
        await lead.submits({ question_0: 'Jonas forgot to switch it back.' });
        await lead.closes({ all: true });
        await lead.types('/retro');
        await opens(lead, 'Close it now');
      },
    },
  ],
};

async function opens(lead: Cast['lead'], what: string): Promise<void> {
  await lead.clicks(what, { nth: 0 });
  await lead.closes({ all: true });
}

let house: House;
/** What can be brought to each door. */
let knocks: Map<string, Knock[]>;
let theirWords: Set<string>;

beforeAll(async () => {
  house = await openHouse({ at: '2026-11-25T18:30', slack: { workspaces: [company] } });
  const { slack } = house;
  const told = [leadsChapter, oneOnOnesChapter, delegationChapter, retrosChapter, postmortemsChapter, more];
  await tellStory(slack, told);
  await slack.person('tomasz').types('/logtime 1h review');
  await slack.person(leaver.name).types(`/retro in #${secretPlace} every 2 weeks friday 14:00 named`);
  await slack.deactivate(leaver.name);
  await house.app.idle();
  await slack.moveClock(house.clock.now().add({ minutes: 1 }));
  const heard = [...slack.log, ...(await looksEverywhere())];
  const found = knocksOf(heard);
  knocks = new Map([...found, ...knocksMade(allDoors(), found)]);
  theirWords = await wordsIn(heard);
}, 120_000);

afterAll(() => house?.close());

/** The lead and her team press everything there is and send every form, until it has all been seen; then it is undone. */
async function looksEverywhere(): Promise<Heard[]> {
  const { slack, lead, database } = house;
  const doors = allDoors();
  const putBack = await keepRows(database);
  const heard: Heard[] = [...slack.log];
  const commands = [...doors.keys()].filter((door) => door.startsWith('command'));
  for (const door of [...commands, 'command /oneonone <@U0DUARTE0TID>', 'command /postmortem list']) {
    const [, command = '', text = ''] = door.split(' ');
    heard.push(...(await knock(house, lead, { door, payload: { command, text }, by: undefined })));
  }
  const pressed = new Set<string>();
  // What one button ends another cannot show any more, so they are pressed in both orders.
  for (const turn of [1, 2, 3]) {
    const found = knocksOf(heard);
    const newest = new Map<string, Knock>();
    for (const one of [...found.values(), ...knocksMade(doors, found).values()].flat()) {
      newest.set(kindOf(one), one);
    }
    const order = turn === 2 ? [...newest].reverse() : [...newest];
    for (const [kind, one] of order) {
      if (one.door === forgetting || (turn === 3 && pressed.has(kind))) continue;
      pressed.add(kind);
      heard.push(...(await knock(house, slack.people.find(({ id }) => id === one.by) ?? lead, one)));
    }
    await putBack();
  }
  return heard;
}

/** A door and what stands on the button: of a menu each choice, of many buttons of one kind a single one. */
function kindOf({ door, payload }: Knock): string {
  const [action] = (payload.actions ?? []) as { text?: Label; selected_option?: { text?: Label } }[];
  return `${door} ${action?.selected_option?.text?.text ?? action?.text?.text ?? ''}`;
}

interface Label {
  text: string;
}

/** A rhythm is what anybody may have chosen, and the house proposes some by itself. */
const rhythm =
  /^(every|\d+|days?|weeks?|other|working|at|on|(mon|tues|wednes|thurs|fri|satur|sun)day|first|last|month| )+$/;

/** A text as pieces of three words, which tell what somebody typed from what anybody says. */
function pieces(text: string): string[] {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  const all = words.slice(2).map((_, at) => words.slice(at, at + 3).join(' '));
  return all.filter((piece) => piece.length > 12 && !rhythm.test(piece));
}

/** What people typed in commands and forms; what the house says by itself is none of it. */
async function wordsIn(heard: readonly Heard[]): Promise<Set<string>> {
  const typed = new Set<string>();
  const collect = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    if ('type' in value && value.type === 'plain_text_input' && 'value' in value) {
      for (const one of pieces(String(value.value))) typed.add(one);
    } else for (const one of Object.values(value)) collect(one);
  };
  for (const { direction, request } of heard) {
    if (direction !== 'sent') continue;
    const { text = '', view } = request as { text?: string; view?: { state?: unknown } };
    for (const one of pieces(text)) typed.add(one);
    collect(view?.state);
  }
  for await (const file of glob('src/**/*.ts')) {
    for (const one of pieces(await readFile(file, 'utf8'))) typed.delete(one);
  }
  return typed;
}

test('something can be brought to every door', () => {
  const never = [...allDoors().keys()].filter((door) => !knocks.has(door));
  expect(never).toEqual(Object.keys(withoutValues));
});

describe.each(others.map((one, nth) => ({ ...one, nth })))('$realName, $role', ({ name, nth, ...who }) => {
  /** What they were told of the lead's, by door. */
  const told: string[] = [];
  let before: Map<string, Row>;
  let after: Map<string, Row>;

  beforeAll(async () => {
    const person = house.slack.person(name);
    before = await everyRow(house.database);
    // Buttons first: whoever sends the lead's own words in a form may read them afterwards.
    const inOrder = [...knocks.values()].flatMap((those) => some(those, nth)).sort(byRank);
    const brought = new Set<string>();
    for (const one of inOrder) {
      if (one.door === forgetting) continue;
      const answer = toldIn(await knock(house, person, one));
      for (const piece of pieces(JSON.stringify(one.payload))) brought.add(piece);
      const leaked = pieces(answer).filter((piece) => theirWords.has(piece) && !brought.has(piece));
      if (leaked.length > 0) told.push(`${one.door}: ${leaked.join(', ')}`);
      if (answer.includes(secretPlace)) told.push(`${one.door}: ${secretPlace}`);
    }
    after = await everyRow(house.database);
  }, 120_000);

  test('learns nothing', () => {
    expect(told).toEqual([]);
  });

  test('changes nothing that is not theirs', () => {
    const { id } = house.slack.person(name);
    const isTheirs = (row: Row): boolean => Object.values(row).includes(id);
    const idsOfOthers = new Set([...before.values()].filter((row) => !isTheirs(row)).flatMap(idsIn));
    const wrong = [...new Set([...before.keys(), ...after.keys()])].flatMap((key) => {
      const [was, is] = [before.get(key), after.get(key)];
      if (JSON.stringify(was) === JSON.stringify(is)) return [];
      const fine = was ? isTheirs(was) : is && isTheirs(is) && !idsIn(is).some((one) => idsOfOthers.has(one));
      return fine ? [] : [{ was, is }];
    });
    expect(wrong).toEqual([]);
  });

  if ('from' in who) {
    test('leaves no trace', () => expect([...after]).toEqual([...before]));
  }
});

/** Three of all there is, spread: other ones for each person. */
function some(those: Knock[], nth: number): Knock[] {
  const places = [0, 1, 2].map((third) => Math.floor(((third + nth / others.length) * those.length) / 3));
  return [...new Set(places.flatMap((at) => those[at] ?? []))];
}

const byRank = (one: Knock, other: Knock): number => rank(one) - rank(other);
const rank = ({ door }: Knock): number => (door.startsWith('action') ? 0 : 1);

const idsIn = (row: Row): string[] => JSON.stringify(row).match(/[0-9a-f]{8}-[0-9a-f-]{27}/g) ?? [];

test('nobody ever heard that something went wrong', () => {
  expect(house.log.filter(({ level }) => Number(level) >= 50)).toEqual([]);
});
