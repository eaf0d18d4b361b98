// A lead's quarter of 1:1s: three people, three rhythms, one moved, one skipped, one silence, and nothing asked twice.

import { readFile, writeFile } from 'node:fs/promises';
import { beforeAll, describe, expect } from '@jest/globals';
import type { Person } from '../../sandbox/slack/index.ts';
import { inWorkspace } from '../../src/db/tenancy.ts';
import { createLog } from '../../src/log.ts';
import { questionLibrary } from '../../src/rooms/one-on-ones/one-on-ones.questions.ts';
import { createClient } from '../../src/slack/client.ts';
import { fetchProfile } from '../../src/slack/people.ts';
import { useHouse } from '../support/house.ts';
import { test } from '../support/story.ts';

const house = useHouse({ at: '2026-10-05T09:00' });
const guidePath = new URL('../../docs/guide/one-on-ones.md', import.meta.url);

let maren: Person;
let duarte: Person;
let shanice: Person;

beforeAll(() => {
  maren = house.current.lead;
  duarte = house.current.slack.person('duarte');
  shanice = house.current.slack.person('shanice');
});

const guide: string[] = [
  '# One-on-ones with Evenkeel',
  'A quarter of them, word for word. Maren leads in Berlin. She meets Duarte, in Lisbon, every second Tuesday; Shanice, in New York, every Thursday; and Leyla, a product manager, once a month. This page is written by the test that plays it.',
];
const chapter = (title: string) => guide.push(`## ${title}`);
const record = (doing: string, text: string) => {
  const lines = text.split('\n').map((line) => `> ${line}`.trimEnd());
  guide.push(doing, lines.join('  \n'));
};

/** What Maren types, and what she reads then. */
async function types(line: string): Promise<string> {
  await maren.types(line);
  record(`**Maren** types \`${line}\``, maren.sees());
  return maren.sees();
}

async function clicks(label: string, which?: { in: string }): Promise<string> {
  await maren.clicks(label, which ?? {});
  record(`**Maren** presses *${label}*`, maren.sees());
  return maren.sees();
}

async function submits(values: Record<string, string | string[]>): Promise<string> {
  await maren.submits(values);
  record('**Maren** fills it in, and reads', maren.sees());
  return maren.sees();
}

const told = (who: Person, pattern: RegExp) =>
  who.dm().filter(({ text, ephemeral }) => !ephemeral && pattern.test(text));

/** The newest message of ours in somebody's DM that fits. */
function last(who: Person, pattern: RegExp) {
  const found = told(who, pattern).at(-1);
  if (!found) throw new Error(`${who.realName} was told nothing like ${pattern}`);
  return found;
}

/** Moves the clock on and looks at what came. */
async function at(local: string, who: Person, pattern: RegExp) {
  await house.current.goTo(local);
  const found = last(who, pattern);
  const when = Temporal.PlainDateTime.from(local);
  const day = when.toLocaleString('en-GB', { weekday: 'long', day: 'numeric', month: 'long' });
  record(
    `**${day}, ${when.toPlainTime().toString().slice(0, 5)}**, to ${who.realName.split(' ')[0]}`,
    found.text,
  );
  return found;
}

const agendaWith = (name: string) => new RegExp(`, @${name}\\.(.|\\n)*question`);
const askingAbout = (name: string) => new RegExp(`How was your 1:1 with @${name}`);

/** The library's questions in a message. */
const questionsIn = (text: string): string[] =>
  questionLibrary.filter((question) => text.includes(question.text)).map(({ id }) => id);

describe('beginning', () => {
  test('nobody yet: what to do first, and help', async () => {
    chapter('Beginning');
    expect(await types('/oneonone')).toContain('Whom do you meet?');
    expect(await types('/oneonone help')).toContain('/oneonone add @someone every 2 weeks tuesday 10:00');
  });

  test('what is not understood changes nothing and says what to type', async () => {
    for (const [line, advice] of [
      ['/oneonone add', undefined],
      ['/oneonone dance', '/oneonone help'],
      ['/oneonone add @duarte', undefined],
      ['/oneonone add @duarte every 2 weeks tuesday', 'At what time?'],
      ['/oneonone add @duarte every day 9:00', 'once or twice a week'],
      ['/oneonone add @duarte designer weekly tuesday 9:00', 'goes after “as”'],
      ['/oneonone add @maren weekly tuesday 9:00', 'That is you.'],
      ['/oneonone add @nobody weekly tuesday 9:00', 'Type @ and pick them'],
      ['/oneonone point', 'With whom?'],
      ['/oneonone @shanice', 'no 1:1s with'],
      ['/oneonone held @shanice', 'no 1:1s with'],
    ] as const) {
      await maren.types(line);
      if (advice === undefined) await maren.closes({ all: true });
      else expect([line, maren.sees()]).toEqual([line, expect.stringContaining(advice)]);
    }
    const people = await inWorkspace(house.current.database.db, maren.workspaceId, (trx) =>
      trx.selectFrom('one_on_one_people').select('person_id').execute(),
    );
    expect(people).toEqual([]);
  });

  test('three people are added, each in a line', async () => {
    expect(await types('/oneonone add @duarte as backend every 2 weeks tuesday 10:00')).toContain(
      'the next one is tomorrow 10:00',
    );
    await types('/oneonone add @shanice every thursday 16:00');
    expect(await types('/oneonone add @leyla as peer monthly first monday 11:00')).toContain('a peer');
  });

  test('adding somebody by mistake is undone, and twice does nothing more', async () => {
    await maren.types('/oneonone add @jonas weekly friday 9:00');
    const said = maren.dm().at(-1)!;
    await maren.clicks('Undo', { in: said.ts });
    expect(maren.sees()).toContain('no 1:1s with @jonas');
    await maren.types('/oneonone @jonas');
    expect(maren.sees()).toContain('You have no 1:1s with @jonas yet');
  });

  test('Duarte may add points himself, once Maren says so', async () => {
    await types('/oneonone change @duarte');
    expect(await submits({ invites: ['invites'] })).toContain('Changed.');
    const invitation = await at('2026-10-05T11:00', duarte, /Is there anything you would like to talk about/);
    expect(invitation.text).toContain('tomorrow 09:00');
    await duarte.clicks('Add a point', { in: invitation.ts });
    expect(duarte.modal()?.text).toContain('You both see it.');
    await duarte.submits({ words: 'The deploys on Fridays' });
    record('**Duarte** adds “The deploys on Fridays”, and reads', last(duarte, /Fridays/).text);
    expect(duarte.sees()).toContain('The deploys on Fridays');
  });

  test('Maren puts something on the agenda for herself', async () => {
    await house.current.goTo('2026-10-05T11:05');
    expect(await types('/oneonone point @duarte the <conference> budget & travel')).toContain(
      'Only you see it.',
    );
    expect(maren.dm().at(-1)?.raw.text).toBe('On the agenda for your next 1:1 with duarte.');
  });
});

describe('the first meetings', () => {
  test('the evening before: the agenda, and three questions for somebody new', async () => {
    chapter('Before the first one');
    const message = await at('2026-10-05T17:30', maren, agendaWith('duarte'));
    expect(message.text).toContain('It is your first.');
    expect(message.text).toContain('The deploys on Fridays (from them)');
    expect(message.text).toContain('the <conference> budget & travel');
    const asked = questionsIn(message.text);
    expect(asked).toHaveLength(3);
    for (const id of asked) expect(questionLibrary.find((one) => one.id === id)?.suits).toContain('early');
    await maren.clicks('Other questions', { in: message.ts });
    const others = questionsIn(last(maren, agendaWith('duarte')).text);
    expect(others).toHaveLength(3);
    expect(others.filter((id) => asked.includes(id))).toEqual([]);
  });

  test('after it: one form keeps notes, a promise, the mood, the time', async () => {
    chapter('After it');
    const message = await at('2026-10-06T10:31', maren, askingAbout('duarte'));
    await clicks('It happened', { in: message.ts });
    const kept = await submits({
      notes: 'Wants to move closer to the sea.',
      mood: 'good',
      themes: ['person', 'craft'],
      points: ['The deploys on Fridays'],
      log: ['log'],
      promise_what_1: 'Ask about the conference budget',
      promise_by_1: '2026-10-23',
    });
    expect(kept).toContain('1 promise made, 1 point done, 30 min logged');
    expect(kept).toContain('Next: Tue 20 Oct 10:00');
  });

  test('the old button explains itself, and time is not logged twice', async () => {
    await maren.types('/oneonone held @duarte today');
    expect(maren.modal()?.title).toBe('Change what you kept');
    expect(maren.modal()?.text).not.toContain('Log it as 1:1 time');
    await maren.closes({ all: true });
    await maren.types('/logtime today');
    expect(maren.sees()).toContain('30 min');
  });

  test('time logged by hand first is not offered a second time', async () => {
    await house.current.goTo('2026-10-08T16:29');
    await maren.types('/logtime 25m 1:1 with @shanice');
    const message = await at('2026-10-08T16:30', maren, askingAbout('shanice'));
    await maren.clicks('It happened', { in: message.ts });
    expect(maren.modal()?.text).toContain('25 min with @shanice are logged');
    await maren.submits({
      notes: 'Settling in; misses her old team’s reviews.',
      mood: 'good',
      themes: ['person'],
    });
    expect(maren.sees()).toContain('Kept.');
  });
});

describe('second thoughts', () => {
  test('a second line about one day opens what was kept of it', async () => {
    await maren.types('/oneonone held @shanice');
    expect(maren.modal()?.text).toContain('Settling in; misses her old team’s reviews.');
    await maren.closes({ all: true });
  });

  test('what was kept can be changed, and taken back with its time', async () => {
    await maren.types('/oneonone held @duarte');
    await maren.submits({ notes: 'Ran into each other', log: ['log'], minutes: '20' });
    expect(maren.sees()).toContain('20 min logged');
    await maren.clicks('Edit');
    expect(maren.modal()?.text).toContain('Ran into each other');
    await maren.submits({ notes: 'Ran into each other at the coffee machine', mood: 'easy' });
    expect(maren.sees()).toContain('Kept.');
    await maren.types('/oneonone @duarte');
    await maren.clicks('Notes');
    expect(maren.modal()?.text).toContain('at the coffee machine');
    expect(maren.modal()?.text).toContain('it felt easy');
    await maren.closes({ all: true });
    await maren.clicks('Undo');
    expect(maren.sees()).toContain('Taken back');
    await maren.types('/logtime today');
    expect(maren.sees()).toContain('25 min');
    expect(maren.sees()).not.toContain('20 min');
    await maren.types('/oneonone @duarte');
    expect(maren.sees()).toContain('next: Tue 20 Oct 10:00 · last: Tuesday');
  });

  test('a promise without a day, or one that has passed, keeps the form open and nothing is kept', async () => {
    await maren.types('/oneonone held @duarte');
    await maren.submits({ promise_what_1: 'Too late', promise_by_1: '2026-10-01' });
    expect(maren.modal()?.errors).toEqual({ promise_by_1: 'That day has passed. Choose today or later.' });
    await maren.submits({ promise_by_1: '' });
    expect(maren.modal()?.errors).toEqual({ promise_by_1: 'By when? Choose a day.' });
    await maren.closes({ all: true });
    await maren.types('/oneonone @duarte');
    expect(maren.sees()).toContain('last: Tuesday');
  });
});

describe('weeks that go otherwise', () => {
  test('moved: the next one moves along', async () => {
    chapter('Moved');
    const message = await at('2026-10-15T16:30', maren, askingAbout('shanice'));
    await clicks('Moved', { in: message.ts });
    await maren.submits({ day: '2026-10-14', time: '15:00' });
    expect(maren.modal()?.errors).toEqual({ day: 'That has passed. Choose a time ahead.' });
    expect(await submits({ day: '2026-10-19', time: '15:00' })).toContain('is now Monday 15:00');
    await maren.types('/oneonone');
    expect(maren.sees()).toContain('@shanice, every Thursday at 16:00\nnext: Monday 15:00');
  });

  test('moved back, and moved again', async () => {
    await maren.types('/oneonone move @shanice tuesday 17:00');
    expect(maren.sees()).toContain('is now Tuesday 17:00');
    await maren.clicks('Move it back');
    expect(maren.sees()).toContain('Back to Monday 15:00');
    const message = await at('2026-10-19T15:31', maren, askingAbout('shanice'));
    await maren.clicks('It happened', { in: message.ts });
    await maren.submits({
      notes: 'A bad night on call. Offered to take the next one.',
      mood: 'heavy',
      themes: ['work', 'team'],
    });
    // The Thursday of that week would be three days later; the one after is nearer to a week.
    expect(maren.sees()).toContain('Next: Thu 29 Oct 16:00');
  });

  test('taken back, it waits to be spoken of again; sent twice, it counts once', async () => {
    await maren.clicks('Undo');
    await maren.types('/oneonone @shanice');
    expect(maren.sees()).toContain('how was today?');
    await maren.types('/oneonone held @shanice');
    await maren.submits(
      {
        notes: 'A bad night on call. Offered to take the next one.',
        mood: 'heavy',
        themes: ['work', 'team'],
      },
      { twice: true },
    );
    await maren.types('/oneonone @shanice');
    expect(maren.sees()).toContain('next: Thu 29 Oct 16:00 · last: today');
    expect(maren.sees().match(/• Today/g)).toHaveLength(1);
  });

  test('the promise comes up before the next one, and what was not talked about is carried over', async () => {
    chapter('Carried over');
    const message = await at('2026-10-19T17:30', maren, agendaWith('duarte'));
    expect(message.text).toContain('You: Ask about the conference budget, by Friday');
    expect(message.text).toContain('the <conference> budget');
    expect(message.text).toContain('It has been 2 weeks.');
    expect(message.text).not.toContain('The deploys on Fridays');
  });

  test('skipped: why is asked once, and nothing else', async () => {
    chapter('Skipped');
    const message = await at('2026-10-20T10:30', maren, askingAbout('duarte'));
    await clicks('We didn’t meet', { in: message.ts });
    expect(await submits({ words: 'The checkout was down' })).toContain('Noted');
    await maren.types('/oneonone @duarte');
    expect(maren.sees()).toContain('Today: skipped');
    expect(maren.sees()).toContain('next: Tue 3 Nov 10:00');
  });

  test('a skip is undone and done again', async () => {
    await maren.types('/oneonone skip @leyla leave');
    expect(maren.sees()).toContain('Skipped: your 1:1 with @leyla, ');
    await maren.clicks('Undo');
    expect(maren.sees()).toContain('Not skipped');
  });
});

describe('feedback', () => {
  test('what was seen is kept until it is told', async () => {
    chapter('Feedback');
    await types('/keel feedback @shanice asked the two quiet ones what they thought');
    expect(
      await submits({
        situation: 'Tuesday’s design review',
        impact: 'We found the case that would have bitten us',
        next: 'Ask her to run the next one',
      }),
    ).toContain('not told yet');
    const message = await at('2026-10-28T17:30', maren, agendaWith('shanice'));
    expect(message.text).toContain('Something good: asked the two quiet ones what they thought');
    expect(message.raw.text).not.toContain('quiet');
    await maren.types('/keel feedback');
    await maren.clicks('I have told them');
    expect(maren.sees()).toContain('told them today');
    await maren.types('/keel feedback list @duarte');
    expect(maren.sees()).toContain('No feedback noted about @duarte yet.');
    await maren.types('/keel feedback help');
    await maren.types('/keel feedback @nobody');
    expect(maren.sees()).toContain('pick them from Slack’s list');
  });
});

describe('a silence', () => {
  test('is said once, with times inside both working hours', async () => {
    chapter('A silence');
    await house.current.goTo('2026-11-03T10:30');
    await maren.clicks('We didn’t meet', { in: last(maren, askingAbout('duarte')).ts });
    await maren.closes({ all: true });
    const message = await at('2026-11-04T10:00', maren, /of no 1:1 with @duarte for/);
    expect(message.text).toContain('I know of no 1:1 with @duarte for 4 weeks.');
    expect(message.text).toContain('inside both your working hours');
    const offer = /\[((?:Tomorrow|Friday|Monday) \d\d:\d\d)\]/.exec(message.text)?.[1] ?? '';
    expect(await clicks(offer, { in: message.ts })).toContain('is now');
    await house.current.goTo('2026-11-09T09:00');
    expect(told(maren, /of no 1:1 with @duarte for/)).toEqual([]);
  });

  test('the meeting found then takes place, and the rhythm goes on from there', async () => {
    const message = last(maren, askingAbout('duarte'));
    await maren.clicks('It happened', { in: message.ts });
    await maren.submits({ notes: 'We said why we let it slip.', mood: 'tense', themes: ['lead', 'unheard'] });
    expect(maren.sees()).toContain('Kept.');
    await maren.types('/oneonone @duarte');
    expect(maren.sees()).not.toContain('*not for');
  });
});

describe('a quarter later', () => {
  test('no question came twice within six meetings with the same person', async () => {
    const rows = await inWorkspace(house.current.database.db, maren.workspaceId, (trx) =>
      trx.selectFrom('one_on_ones').selectAll().execute(),
    );
    expect(rows.length).toBeGreaterThan(8);
    // The weekly one goes on to the end of the year.
    for (
      let day = Temporal.PlainDate.from('2026-11-12');
      day.month < 12 || day.day < 18;
      day = day.add({ weeks: 1 })
    ) {
      await house.current.goTo(`${day}T16:31`);
      const message = last(maren, askingAbout('shanice'));
      await maren.clicks('It happened', { in: message.ts });
      await maren.submits({ notes: `The rollout, as of ${day.day}.${day.month}.`, themes: ['work'] });
      expect(maren.sees()).toContain('Kept.');
    }
    for (const name of ['shanice', 'duarte', 'leyla']) {
      const asked = told(maren, agendaWith(name)).map(({ text }) => questionsIn(text));
      // A meeting that moved is announced again, with the questions it has.
      const meetings = asked.filter((questions, index) => questions.join() !== asked[index - 1]?.join());
      for (const [index, questions] of meetings.entries()) {
        const lately = meetings.slice(Math.max(0, index - 6), index).flat();
        expect([name, index, questions.filter((id) => lately.includes(id))]).toEqual([name, index, []]);
      }
    }
    expect(told(maren, agendaWith('shanice')).length).toBeGreaterThan(9);
  });

  test('the silence with Leyla, who was never spoken of, was said once', () => {
    expect(told(maren, /of no 1:1 with @leyla for/)).toHaveLength(1);
  });

  test('her page shows history, and the themes that are missing', async () => {
    chapter('A quarter later');
    const page = await types('/oneonone @shanice');
    expect(page).toContain('So far');
    expect(page).toContain('Not yet: the codebase and pride in it, growth and stretch');
    expect(await clicks('Notes')).toContain('Settling in; misses her old team’s reviews.');
    await maren.closes({ all: true });
    await types('/oneonone');
  });

  test('the digest and the Home speak of people', async () => {
    await house.current.goTo('2026-12-18T15:00');
    const digest = last(maren, /\bPeople\./);
    expect(digest.text).toContain('1:1 held with @shanice.');
    const people = digest.text.split('---').find((section) => section.includes('People.')) ?? '';
    record('**Friday 18 December, 15:00**, in the digest', people.trim());
    await maren.opensHome();
    expect(maren.home()?.text).toContain('1:1s. ');
    expect(maren.home()?.text).toContain('@duarte');
  });

  test('somebody who leaves Slack is kept by name, and nothing more is asked', async () => {
    chapter('Somebody leaves');
    await house.current.slack.deactivate('shanice');
    await house.current.app.idle();
    await types('/oneonone');
    await maren.clicks('Open', { value: shanice.id });
    const page = maren.sees();
    record('**Maren** presses *Open* next to her', page);
    expect(page).toContain('Left Slack; I noticed today.');
    expect(page).not.toContain('@shanice');
    const many = maren.dm().length;
    await house.current.goTo('2026-12-31T16:45');
    expect(
      maren
        .dm()
        .slice(many)
        .filter(({ text }) => /1:1 with @?shanice/i.test(text)),
    ).toEqual([]);
  });

  test('somebody who has left, or was never there, cannot be added', async () => {
    await house.current.slack.deactivate('jonas');
    await house.current.app.idle();
    await maren.types('/oneonone add @jonas weekly friday 9:00');
    expect(maren.sees()).toContain('Nothing changed. jonas is a bot, or isn’t in this workspace.');
    const { config } = house.current;
    const client = createClient(config.slack.botToken, config.slack.apiUrl, createLog('silent'));
    expect(await fetchProfile(client, 'U0NOBODY')).toMatchObject({
      id: 'U0NOBODY',
      unreachable: true,
    });
  });

  test('ended and taken up again', async () => {
    await maren.types('/oneonone end @leyla');
    expect(maren.sees()).toContain('have ended');
    await maren.clicks('Take it up again');
    expect(maren.sees()).toContain('You meet @leyla again');
  });
});

// The guide is this very quarter. `UPDATE_GUIDE=1` writes it anew.
test('the guide says what is really said', async () => {
  const text = `${guide.join('\n\n')}\n`;
  if (process.env.UPDATE_GUIDE) await writeFile(guidePath, text);
  expect(await readFile(guidePath, 'utf8')).toBe(text);
});
