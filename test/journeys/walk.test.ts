// A walk over all doors: others knock with everything that ever came to a lead's Slack, and nothing of hers changes or shows.

import { glob, readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { smallCompany } from '../../sandbox/slack/company.ts';
import type { Person } from '../../sandbox/slack/index.ts';
import type { WorkspaceSpec } from '../../sandbox/slack/workspaces.ts';
import type { Cast, Chapter } from '../../sandbox/story/chapter.ts';
import { delegationChapter } from '../../sandbox/story/delegation.ts';
import { tellStory } from '../../sandbox/story/index.ts';
import { leadsChapter } from '../../sandbox/story/leads.ts';
import { oneOnOnesChapter } from '../../sandbox/story/one-on-ones.ts';
import { postmortemsChapter } from '../../sandbox/story/postmortems.ts';
import { retrosChapter } from '../../sandbox/story/retros.ts';
import { createSealer } from '../../src/db/sealed.ts';
import { inWorkspace } from '../../src/db/tenancy.ts';
import { findLead } from '../../src/leads/leads.store.ts';
import { openRooms } from '../../src/rooms.ts';
import { type House, openHouse, openNextDoor } from '../support/house.ts';
import { type Heard, knock, toldIn } from '../support/knocking.ts';
import { allDoors, type Knock, knocksMade, knocksOf } from '../support/knocks.ts';
import { mixed } from '../support/mixed-knocks.ts';
import { nonsenseFor } from '../support/nonsense.ts';
import { everyRow, keepRows, type Row } from '../support/rows.ts';

/** Doors to which nobody can bring anything of another's, and why. */
const withoutValues: Record<string, string> = {};

/** Whoever confirms this is forgotten at once, and has nothing left that the walk could look at. */
const forgetting = 'action leads.forget';
const forgets = { type: 'block_actions', actions: [{ type: 'button', action_id: 'leads.forget' }] };

/** A private channel, of which others must not learn that there is one. */
const secretPlace = 'war-room-blue';

const berlin = 'Europe/Berlin';
/** `most`: how much of what can be brought to one door each of them brings; the more they might get away with, the more. */
const others = [
  { name: 'odile', most: 3, realName: 'Odile Dehors', role: 'outsider', tz: 'Europe/Paris' },
  { name: 'tomasz', most: 2, realName: 'Tomasz Wrona', role: 'other lead', tz: 'Europe/Warsaw' },
  { name: 'gustav', most: 1, realName: 'Gustav Gast', role: 'guest', tz: berlin, guest: 'single-channel' },
  { name: 'stella', most: 1, realName: 'Stella Fremd', role: 'partner', tz: berlin, from: 'T0ELSEWHERE' },
  { name: 'lena', most: 2, realName: 'Lena Fortin', role: 'left the channel', tz: berlin },
  { name: 'dario', most: 1, realName: 'Dario Passato', role: 'deactivated', tz: berlin },
] as const;

/** Somebody in another workspace that has a bot on the same database, and, so that only that tells, the lead's own id. */
const neighbour = {
  name: 'nora',
  most: 1,
  realName: 'Nora Nebenan',
  role: 'lead',
  tz: berlin,
  id: 'U0MAREN0TID',
};

const walkers: { name: string; most: number; realName: string; role: string; from?: string; id?: string }[] =
  [...others, neighbour];

const team = smallCompany.people.map(({ name }) => name);
/** In the team's channels as long as the story goes, and gone from there when the walk begins; one led a retrospective. */
const wereThere = ['lena', 'dario'];
const company: WorkspaceSpec = {
  ...smallCompany,
  people: [...smallCompany.people, ...others],
  channels: [
    ...smallCompany.channels.map((channel) => ({
      ...channel,
      members: channel.members ?? [...team, ...wereThere],
    })),
    { name: secretPlace, private: true, bot: true, members: ['maren', 'jonas', ...wereThere] },
    { name: 'lighthouse', bot: true, members: ['tomasz', 'duarte', 'jonas', 'leyla', 'gustav', 'stella'] },
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
        await opens(lead, 'Edit');
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
        await lead.movesTo(berlin);
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
    {
      week: 8,
      day: 3,
      at: '17:30',
      async play({ person }) {
        for (const name of wereThere) {
          await person(name).clicks('Answer, 2 minutes');
          await person(name).submits({ question_0: `What ${name} saw in the vault that night` });
        }
      },
    },
  ],
};

async function opens(lead: Cast['lead'], what: string): Promise<void> {
  await lead.clicks(what, { nth: 0 });
  await lead.closes({ all: true });
}

/** For thousands of requests on a busy machine, in milliseconds. */
const patience = 600_000;

let house: House;
let nextDoor: House;
/** What can be brought to each door. */
let knocks: Map<string, Knock[]>;
let theirWords: Set<string>;

beforeAll(async () => {
  house = await openHouse({ at: '2026-11-25T18:30', slack: { workspaces: [company] } });
  const { slack } = house;
  const told = [leadsChapter, oneOnOnesChapter, delegationChapter, retrosChapter, postmortemsChapter, more];
  await tellStory(slack, told);
  await slack.person('dario').types(`/retro in #${secretPlace} every 2 weeks friday 14:00 named`);
  await slack.deactivate('dario');
  await house.app.idle();
  await slack.moveClock(house.clock.now().add({ minutes: 1 }));
  for (const name of wereThere) leavesChannels(slack.person(name));
  const heard = [...slack.log, ...(await looksEverywhere())];
  const found = knocksOf(heard);
  knocks = new Map([...found, ...knocksMade(allDoors(), found)]);
  theirWords = await wordsIn(heard);
  nextDoor = await openNextDoor(house, {
    id: 'T0NEXTDOOR',
    name: 'Next door',
    domain: 'next-door',
    people: [neighbour],
    channels: [],
  });
}, patience);

afterAll(async () => {
  await nextDoor?.close();
  await house?.close();
});

function leavesChannels({ id }: Person): void {
  for (const { members } of house.slack.workspace().channels.values()) {
    if (members.includes(id)) members.splice(members.indexOf(id), 1);
  }
}

/** Another lead with a life of their own here, so that they have buttons and forms to put the lead's ids in. */
async function hasThingsToo(person: Person): Promise<Map<string, Knock[]>> {
  const { slack } = house;
  const from = slack.log.length;
  const begins = async (): Promise<void> => {
    for (const line of [
      '/logtime 1h review',
      '/oneonone add @duarte every week monday 10:00',
      '/oneonone point @duarte the lamp',
      '/oneonone @duarte',
      '/keel feedback @duarte he mended the lamp',
      '/delegate @duarte the lamp rota at inquire until in 2 weeks',
      '/retro now in #lighthouse',
      '/retro every 2 weeks friday 14:00 in #lighthouse',
      '/postmortem the lamp was out, sev3, 10:05-10:10 today',
      '/keel commitments',
      '/keel prompts',
    ]) {
      await person.types(line);
    }
  };
  await begins();
  const pressed = new Set<string>();
  const ownNow = (): Map<string, Knock[]> =>
    new Map(
      [...knocksOf(slack.log.slice(from))].map(([door, those]) => [
        door,
        those.filter(({ by }) => by === undefined || by === person.id),
      ]),
    );
  for (const turn of [1, 2]) {
    for (const those of ownNow().values()) {
      const one = those.at(-1);
      if (!one || one.door === forgetting || pressed.has(`${turn} ${kindOf(one)}`)) continue;
      pressed.add(`${turn} ${kindOf(one)}`);
      await knock(house, person, one);
    }
  }
  await begins();
  return ownNow();
}

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

/** A rhythm or an hour somewhere is what anybody may have chosen, and the house says some by itself. */
const rhythm =
  /^(every|\d+|days?|weeks?|other|working|at|on|(mon|tues|wednes|thurs|fri|satur|sun)day|first|second|third|fourth|last|month|europe|berlin|lisbon| )+$/;

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

describe.each(walkers.map((one, nth) => ({ ...one, nth })))(
  '$realName, $role',
  ({ name, most, nth, ...who }) => {
    /** What they were told that is not theirs, by door. */
    const told: string[] = [];
    let before: Map<string, Row>;
    let after: Map<string, Row>;
    let place: House;
    let person: Person;

    const { id: personId } = who;
    /** What of all this is theirs: rows that name them, and what hangs on something they set up. */
    function theirsAmong(rows: ReadonlyMap<string, Row>): (row: Row) => boolean {
      if (place === nextDoor) return ({ workspace_id }) => workspace_id === person.workspaceId;
      const names = (row: Row): boolean => Object.values(row).includes(person.id);
      const own = new Set(
        [...rows].flatMap(([key, row]) =>
          names(row) ? (/^\w+ \["\w+","([0-9a-f-]{36})"\]$/.exec(key)?.[1] ?? []) : [],
        ),
      );
      return (row) => names(row) || idsOf(row).some((id) => own.has(id));
    }

    beforeAll(async () => {
      place = personId === undefined ? house : nextDoor;
      person = place.slack.person(name);
      const replayed = [...knocks.values()].flatMap((those) => some(those, most, nth));
      const own = name === 'tomasz' ? await hasThingsToo(person) : undefined;
      before = await everyRow(house.database);
      const secrets = idsOfOthers(before);
      const brought = new Set<string>();
      // Buttons first: whoever sends the lead's own words in a form may read them afterwards.
      for (const one of [...replayed, ...(own ? mixed(allDoors(), own, knocks) : [])].sort(byRank)) {
        if (one.door === forgetting) continue;
        for (const piece of brings(one)) brought.add(piece);
        const answer = toldIn(await knock(place, person, one));
        const isSecret = (piece: string): boolean =>
          (theirWords.has(piece) || secrets.has(piece)) && !brought.has(piece);
        const leaked = [...pieces(answer), ...idsIn(answer)].filter(isSecret);
        if (leaked.length > 0) told.push(`${one.door}: ${leaked.join(', ')}`);
        if (answer.includes(secretPlace)) told.push(`${one.door}: ${secretPlace}`);
      }
      after = await everyRow(house.database);
    }, patience);

    function idsOfOthers(rows: ReadonlyMap<string, Row>): Set<string> {
      const isTheirs = theirsAmong(rows);
      return new Set([...rows.values()].filter((row) => !isTheirs(row)).flatMap(idsOf));
    }

    /** Rows of others that are not as they were, and new ones that hang on something of theirs. */
    function touched(was: ReadonlyMap<string, Row>, is: ReadonlyMap<string, Row>): unknown[] {
      const others = idsOfOthers(was);
      const [wereTheirs, areTheirs] = [theirsAmong(was), theirsAmong(is)];
      return [...new Set([...was.keys(), ...is.keys()])].flatMap((key) => {
        const [old, now] = [was.get(key), is.get(key)];
        if (JSON.stringify(old) === JSON.stringify(now)) return [];
        const fine = old
          ? wereTheirs(old)
          : now && areTheirs(now) && !idsOf(now).some((id) => others.has(id));
        return fine ? [] : [{ was: old, is: now }];
      });
    }

    test('learns nothing', () => {
      expect(told).toEqual([]);
    });

    test('changes nothing that is not theirs', () => {
      expect(touched(before, after)).toEqual([]);
    });

    if ('from' in who) {
      test('leaves no trace', () => expect([...after]).toEqual([...before]));
    }

    test('takes nothing of others along when forgotten', async () => {
      await knock(place, person, { door: forgetting, payload: forgets, by: undefined });
      expect(touched(after, await everyRow(house.database))).toEqual([]);
    });
  },
);

/** Some of all there is, spread: other ones for each person. */
function some(those: Knock[], most: number, nth: number): Knock[] {
  const places = Array.from({ length: most }, (_, part) =>
    Math.floor(((part + nth / walkers.length) * those.length) / most),
  );
  return [...new Set(places.flatMap((at) => those[at] ?? []))];
}

const byRank = (one: Knock, other: Knock): number => rank(one) - rank(other);
const rank = ({ door }: Knock): number => (door.startsWith('action') ? 0 : 1);

const idsIn = (text: string): string[] => text.match(/[0-9a-f]{8}-[0-9a-f-]{27}/g) ?? [];
const idsOf = (row: Row): string[] => idsIn(JSON.stringify(row));

/** What somebody knows who comes with it. */
function brings({ payload }: Knock): string[] {
  const text = JSON.stringify(payload);
  return [...pieces(text), ...idsIn(text)];
}

describe('the lead herself, who sends nonsense', () => {
  let heard: Heard[];

  beforeAll(async () => {
    house.slack.violations.splice(0);
    const newest = [...knocks.values()].flatMap((those) => those.slice(-1)).sort(byRank);
    const from = house.slack.log.length;
    for (const one of newest.flatMap(nonsenseFor)) {
      if (one.door !== forgetting) await knock(house, house.lead, one);
    }
    heard = house.slack.log.slice(from).filter(({ direction }) => direction === 'call');
  }, patience);

  test('is told nothing that Slack refuses', () => {
    const refused = house.slack.violations.filter(({ rule }) => !/trigger/.test(rule));
    expect(refused.slice(0, 5)).toEqual([]);
  });

  test('turns no line around, and posts no half characters', () => {
    const posted = heard.map(({ request }) => request as { view?: unknown }).filter(({ view }) => !view);
    const texts = posted.map((request) => JSON.stringify(request));
    expect(texts.filter((text) => /[\u202a-\u202e\u2066-\u2069]|\\u0000|\\ud800/.test(text))).toEqual([]);
  });
});

test(
  'whoever sends any form is a lead from then on where it made something of their own, and nowhere else',
  async () => {
    const { database, slack } = house;
    const { rooms } = openRooms({ sealer: createSealer([]), now: () => house.clock.now() });
    const isLead = (person: Person) =>
      inWorkspace(
        database.db,
        person.workspaceId,
        async (trx) => (await findLead(trx, person.id)) !== undefined,
      );
    const hasOwn = (person: Person) =>
      inWorkspace(database.db, person.workspaceId, async (trx) => {
        for (const room of rooms) if (await room.makesLead?.(trx, person.id)) return true;
        return false;
      });
    const forget = (person: Person) =>
      knock(house, person, { door: forgetting, payload: forgets, by: undefined });
    // In the team's channels, so that what helps is not turned down at once.
    const helper = slack.person('leyla');
    await forget(helper);
    const wrong: string[] = [];
    const sent = new Set<string>();
    let became = 0;
    for (const door of allDoors().keys()) {
      if (!door.startsWith('modal')) continue;
      // As it was sent, and as it stood with every field filled in by somebody who means it.
      for (const one of (knocks.get(door) ?? []).slice(-2).flatMap(sendable)) {
        sent.add(door);
        await knock(house, helper, one);
        const should = settingsForms.has(door) || (await hasOwn(helper));
        const is = await isLead(helper);
        if (is && !should) wrong.push(`${door} makes a lead of somebody who has nothing of their own`);
        if (!is && should && !settingsForms.has(door))
          wrong.push(`${door} makes something of their own, and no lead`);
        if (!is) continue;
        became += 1;
        await forget(helper);
      }
    }
    expect(wrong).toEqual([]);
    expect([...allDoors().keys()].filter((door) => door.startsWith('modal') && !sent.has(door))).toEqual([]);
    // Some of them did, or nothing was tried.
    expect(became).toBeGreaterThan(5);
  },
  patience,
);

/** A form as it is, and with everything filled in that was left empty: with texts that one door or another reads. */
function sendable(one: Knock): Knock[] {
  const duarte = house.slack.person('duarte').id;
  const tomorrow = house.clock.now().toZonedDateTimeISO(berlin).toPlainDate().add({ days: 1 }).toString();
  const channel = [...house.slack.workspace().channels.values()].find(
    ({ name }) => name === 'team-platform',
  )!;
  const filled = (text: string): Knock => {
    const payload = structuredClone(one.payload) as { view: { state: { values: Record<string, object> } } };
    for (const block of Object.values(payload.view.state.values)) {
      for (const element of Object.values(block) as Record<string, unknown>[]) {
        if (element.type === 'plain_text_input') element.value = text;
        if (element.type === 'datepicker') element.selected_date = tomorrow;
        if (element.type === 'users_select') element.selected_user ??= duarte;
        if (element.type === 'channels_select') element.selected_channel ??= channel.id;
        if (element.type === 'conversations_select') element.selected_conversation ??= channel.id;
      }
    }
    return { ...one, payload };
  };
  return [one, ...['45m', 'weekly friday 14:00', 'now'].map(filled)];
}

/** Settings are nothing that stands in a room, and make somebody a lead by themselves. */
const settingsForms: ReadonlySet<string> = new Set(['modal leads.settings-form']);

test('nobody ever heard that something went wrong', () => {
  expect(house.log.filter(({ level }) => Number(level) >= 50)).toEqual([]);
});
