// A quarter of delegating, both sides clicking: told, haggled over, taken back, given again one level higher, and done.

import { readFile, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect } from '@jest/globals';
import type { Person } from '../../sandbox/slack/index.ts';
import { inWorkspace } from '../../src/db/tenancy.ts';
import { findDelegations, lockDelegation, lockHeld } from '../../src/rooms/delegation/delegation.store.ts';
import { delegatedTo } from '../../src/rooms/delegation/index.ts';
import { useHouse } from '../support/house.ts';
import { test } from '../support/story.ts';

const house = useHouse({ at: '2026-11-16T10:00' });
const guidePath = new URL('../../docs/guide/delegation.md', import.meta.url);

let maren: Person;
let duarte: Person;
let aroha: Person;

beforeAll(() => {
  maren = house.current.lead;
  duarte = house.current.slack.person('duarte');
  aroha = house.current.slack.person('aroha');
});

/** Words only Maren may read; every one is typed by her somewhere below. */
const secrets = ['XBUDGETX', 'XTOOVAGUEX', 'XLEARNEDX', 'XNEVERTOLDX'];

const guide: string[] = [
  '# Delegating with Evenkeel',
  'A quarter of it, word for word. Maren leads; Duarte and Aroha are engineers of hers. This page is written by the test that plays it.',
];
const chapter = (title: string) => guide.push(`## ${title}`);
const quoted = (text: string) =>
  text
    .split('\n')
    .map((line) => `> ${line}`.trimEnd())
    .join('  \n');
const shows = (who: Person, doing: string, text: string) =>
  guide.push(`**${who.realName.split(' ')[0]}** ${doing}`, quoted(text));

const dm = (who: Person) => who.dm().filter(({ ephemeral }) => !ephemeral);
const last = (who: Person) => dm(who).at(-1)!;
/** The newest button with that label that somebody can see, in messages meant for them. */
const click = (who: Person, label: string, where?: { in: string }) => who.clicks(label, where ?? {});

const minutes = async (local: string) => house.current.goTo(local);

describe('handing something over', () => {
  test('nothing is delegated: the list says so and how to begin', async () => {
    await maren.types('/delegate list');
    expect(maren.sees()).toContain('Nobody holds anything for you at the moment.');
    await maren.types('/delegate @duarte');
    expect(maren.sees()).toContain('@duarte holds nothing for you so far.');
  });

  test('a line that is not understood whole writes nothing', async () => {
    for (const line of [
      '@duarte the cache redesign at advize',
      '@duarte the parser until 30 feb',
      'the parser at 5',
    ]) {
      await maren.types(`/delegate ${line}`);
      expect(maren.sees()).toContain('Nothing delegated yet.');
    }
    await maren.types('/delegate @maren the parser at advise');
    expect(maren.sees()).toContain('That is you.');
    await maren.types('/delegate list');
    expect(maren.sees()).toContain('Nobody holds anything');
  });

  test('a line without a level opens the form with the rest filled in', async () => {
    await maren.types('/delegate @duarte the cache redesign until 12 dec');
    expect(maren.modal()?.title).toBe('Delegate something');
    expect(maren.modal()?.text).toContain('the cache redesign');
    expect(maren.modal()?.text).toContain('2026-12-12');
    await maren.closes();
  });

  test('one line is enough, and nobody is told before the lead has seen and sent the words', async () => {
    chapter('Handing something over');
    const typed =
      '/delegate @duarte the cache redesign at consult until 12 dec -- you asked for design work in October';
    await maren.types(typed);
    expect(maren.sees()).toContain('the cache redesign with @duarte, at consult (3 of 7)');
    expect(maren.sees()).toContain(
      'Until Sat 12 Dec. Once @duarte knows of it, I ask you how it goes on Fri 11 Dec.',
    );
    expect(maren.sees()).toContain('> Why you: you asked for design work in October');
    expect(duarte.dm()).toEqual([]);
    shows(maren, `types \`${typed}\` and reads:`, maren.sees());

    await maren.clicks('Edit');
    await maren.submits({ 'check-ins': '27 nov, 11 dec', stays: 'the budget XBUDGETX', risky: ['yes'] });
    expect(maren.sees()).toContain('I ask you how it goes on Fri 27 Nov and Fri 11 Dec. Marked as risky.');
    expect(maren.sees()).toContain('> What stays with me: the budget XBUDGETX');

    await maren.clicks('Change the words');
    await maren.submits({
      told: 'You asked for design work in October, and this is the piece I would give you.\nThe budget stays with me; everything else is open.',
    });
    expect(maren.sees()).not.toContain('XBUDGETX');
    shows(maren, 'clicks *Change the words*, says it her own way, and reads:', maren.sees());
    expect(duarte.dm()).toEqual([]);
  });

  test('sending it twice tells them once', async () => {
    const [preview] = maren.dm().slice(-1);
    await Promise.all([
      click(maren, 'Send it', { in: preview!.ts }),
      click(maren, 'Send it', { in: preview!.ts }),
    ]);
    await minutes('2026-11-16T10:05');
    expect(dm(duarte)).toHaveLength(1);
    const told = last(duarte);
    expect(told.text).toContain(
      '@maren would like you to take on the cache redesign, at level 3 of 7, consult: @maren decides, once your view was heard.',
    );
    expect(told.text).toContain('> The budget stays with me; everything else is open.');
    expect(told.text).not.toContain('Snooze');
    // What a locked screen may show is who asks and what for.
    expect(told.raw.text).not.toContain('October');
    shows(duarte, 'gets a DM:', told.text);
  });

  test('they propose another level, with a word; the lead agrees; both see it marked so', async () => {
    chapter('Agreeing on the level');
    const first = last(duarte);
    await duarte.clicks('Propose another level');
    await duarte.submits(
      { level: '5', note: 'I would like to decide, and run it past you first.' },
      { twice: true },
    );
    expect(duarte.sees()).toContain('You proposed advise (5 of 7) for the cache redesign');
    shows(
      duarte,
      'clicks *Propose another level*, picks *advise*, adds a word, and reads:',
      last(duarte).text,
    );

    // An old form or button cannot undo what was said since.
    expect(first.ts).toBe(last(duarte).ts);
    await minutes('2026-11-16T10:06');
    expect(last(maren).text).toContain('@duarte proposes advise (5 of 7) for the cache redesign');
    expect(last(maren).text).toContain('> I would like to decide, and run it past you first.');
    expect(last(maren).raw.text).not.toContain('run it past');
    shows(maren, 'hears of it in a DM:', last(maren).text);

    const offer = last(maren).ts;
    await Promise.all([
      click(maren, 'Yes, advise', { in: offer }),
      click(maren, 'Yes, advise', { in: offer }),
    ]);
    await minutes('2026-11-16T10:07');
    expect(dm(duarte)).toHaveLength(2);
    expect(last(duarte).text).toContain('@maren agrees: the cache redesign is yours at advise (5 of 7).');
    shows(duarte, 'gets the answer:', last(duarte).text);

    await maren.types('/delegate list');
    expect(maren.sees()).toContain(
      'the cache redesign · @duarte at advise, agreed · risky · until Sat 12 Dec · check-in Fri 27 Nov',
    );
    shows(maren, 'types `/delegate list`:', maren.sees());
  });

  test('a button from before that explains itself and changes nothing', async () => {
    const [older] = dm(duarte);
    await click(duarte, 'Propose another level', { in: older!.ts });
    expect(duarte.modal()).toBeUndefined();
    expect(duarte.sees()).toContain('That was an earlier button, and nothing was changed.');
    expect(duarte.sees()).toContain('It is agreed at advise (5 of 7).');
  });

  test('other rooms hear what somebody holds, and none of the words', async () => {
    const { database, lead } = house.current;
    const held = await inWorkspace(database.db, lead.workspaceId, (trx) =>
      delegatedTo(trx, { workspaceId: lead.workspaceId, leadId: lead.id }, duarte.id),
    );
    const since = Temporal.Instant.from('2026-11-16T09:00Z');
    expect(held).toMatchObject([{ what: 'the cache redesign', level: 'advise', since }]);
    expect(Object.keys(held[0]!).toSorted()).toEqual(['id', 'level', 'since', 'what']);
  });
});

describe('the weekly question', () => {
  test('comes on Wednesday morning, and takes no for an answer', async () => {
    chapter('The weekly question');
    await minutes('2026-11-18T09:29');
    const before = dm(maren).length;
    await minutes('2026-11-18T09:30');
    expect(dm(maren)).toHaveLength(before + 1);
    expect(last(maren).text).toContain('[Delegate something] [Not this week]');
    shows(maren, 'is asked on Wednesday at 09:30:', last(maren).text);
    await maren.clicks('Not this week');
    expect(maren.sees()).toContain('Fine, another one next week.');
  });

  test('is about what the week shows, and leads to the form', async () => {
    for (const day of ['thursday', 'friday']) {
      await maren.types(`/logtime 1h review last ${day} -- payment service`);
    }
    await minutes('2026-11-24T17:00');
    await maren.types('/logtime 1h30 review -- payment service, 30m review yesterday -- payment service');
    await maren.types('/logtime 45m review yesterday -- payment service');
    await maren.types('/logtime 1h review -- payment service');
    await minutes('2026-11-25T09:30');
    expect(last(maren).text).toMatch(
      /“payment service” came up \d times in your last seven days\.|you reviewed \d times/,
    );
    shows(maren, 'is asked the week after, having reviewed a lot:', last(maren).text);
    await maren.clicks('Delegate something');
    await maren.submits({
      person: aroha.id,
      title: 'reviews of the payment service',
      level: '6',
      why: 'knows it best by now XNEVERTOLDX',
      risky: ['yes'],
    });
    expect(maren.sees()).toContain('reviews of the payment service with @aroha, at inquire (6 of 7)');
    await maren.clicks('We have agreed already');
    expect(maren.sees()).toContain('Kept, and nothing was sent.');
    await minutes('2026-11-25T09:40');
    expect(aroha.dm()).toEqual([]);
  });

  test('comes when the lead says, or not at all', async () => {
    await maren.types('/keel settings');
    await maren.submits({});
    await maren.types('/keel settings');
    await maren.clicks('Your delegation question');
    await maren.submits({ weekday: '2', time: '10:00', asks: ['yes'] });
    expect(maren.sees()).toContain('I ask you every Tuesday at 10:00.');
    await maren.closes({ all: true });
    await maren.types('/keel settings');
    await maren.clicks('Your delegation question');
    await maren.submits({ asks: [] });
    expect(maren.sees()).toContain('I leave the weekly question out from now on.');
    await maren.closes({ all: true });
  });
});

describe('how it goes', () => {
  test('a check-in asks, and *Needs me* is answered with help that takes nothing over', async () => {
    chapter('How it goes');
    await minutes('2026-11-27T09:30');
    expect(last(maren).text).toContain('How is the cache redesign going with @duarte?');
    shows(maren, 'is asked on the first check-in:', last(maren).text);
    await maren.clicks('On track');
    expect(maren.sees()).toContain('I ask again on Fri 11 Dec.');
    await maren.clicks('Change my answer');
    await maren.clicks('Needs me');
    expect(maren.sees()).toContain('It stays with @duarte, at advise (5 of 7).');
    shows(maren, 'clicks *Needs me*:', maren.sees());
  });

  test('time in between is silent', async () => {
    const before = dm(maren).length;
    await minutes('2026-12-11T09:29');
    const since = dm(maren).slice(before);
    expect(
      since.every(
        ({ text }) => text.includes('Week 2026-W') || text.includes('reviews of the payment service'),
      ),
    ).toBe(true);
    expect(dm(duarte)).toHaveLength(2);
  });

  test('taken back, with why; undone; taken back after all', async () => {
    chapter('Taken back, and given again');
    await minutes('2026-12-11T09:30');
    const question = last(maren).ts;
    await click(maren, 'Taken back', { in: question });
    await maren.submits({ why: '' });
    expect(maren.modal()).toBeDefined();
    await maren.submits({ why: 'I named the goal too late XTOOVAGUEX' }, { twice: true });
    expect(maren.sees()).toContain('the cache redesign is with you again.');
    expect(last(maren).raw.text).not.toContain('XTOOVAGUEX');
    await maren.clicks('Undo');
    expect(maren.sees()).toContain('Open again.');
    await maren.types('/delegate @duarte');
    await maren.clicks('See it');
    await maren.clicks('Take it back');
    await maren.submits({ why: 'I named the goal too late XTOOVAGUEX' });
    shows(maren, 'takes it back, and says why:', maren.sees().replace(' XTOOVAGUEX', '.'));
    expect(maren.sees()).toContain('> I named the goal too late');
  });

  test('a check-in of something that is over says so, and asks nothing again', async () => {
    const old = dm(duarte)[1]!;
    await click(duarte, 'Propose another level', { in: old.ts });
    expect(duarte.sees()).toContain('the cache redesign is no longer open');
  });

  test('given again, one level higher is what the form offers', async () => {
    await maren.clicks('Give it again');
    expect(maren.modal()?.text).toContain('6 · inquire');
    await maren.submits({ until: '2027-01-29', 'check-ins': '15 jan', stays: '' });
    expect(maren.sees()).toContain('They had it before, at advise, and you took it back.');
    await maren.clicks('Send at 09:00 theirs');
    expect(maren.sees()).toContain('It is 08:30 for @duarte. They read it today at 09:00 their time.');
    await minutes('2026-12-11T10:00');
    expect(last(duarte).text).toContain('at level 6 of 7, inquire: you decide, and tell @maren afterwards.');
    shows(duarte, 'is asked again:', last(duarte).text);
    await duarte.clicks('Sounds good');
    expect(duarte.sees()).toContain('Agreed: the cache redesign is yours at inquire (6 of 7).');
    await minutes('2026-12-11T10:05');
    expect(last(maren).text).toContain('@duarte agrees: the cache redesign is theirs, at inquire (6 of 7).');
  });

  test('everything risky with one person is said where it can be seen', async () => {
    await maren.types('/delegate list');
    expect(maren.sees()).not.toContain('risky things');
    await maren.types('/delegate');
    await maren.submits({ person: duarte.id, title: 'the release train', level: '4', risky: ['yes'] });
    await maren.clicks('We have agreed already');
    await maren.types('/delegate list');
    // Aroha holds a risky thing as well, so nothing gathers on one person yet.
    expect(maren.sees()).not.toContain('risky things');
    await maren.types('/delegate @aroha');
    await maren.clicks('See it');
    await maren.clicks('Done');
    await maren.submits({ learned: 'to say no early XLEARNEDX', next: '7' });
    expect(maren.sees()).toContain('Next time at delegate.');
    await maren.types('/delegate list');
    expect(maren.sees()).toContain('All 2 risky things you have handed over sit with @duarte.');
  });

  test('done: what they learned, and the level for next time', async () => {
    chapter('Done');
    await minutes('2027-01-15T09:30');
    expect(last(maren).text).toContain('How is the cache redesign going with @duarte?');
    await maren.clicks('Done');
    await maren.submits({ learned: 'How to say what a design is not for.', next: '7' });
    expect(maren.sees()).toContain('the cache redesign is done, by @duarte at inquire (6 of 7).');
    shows(maren, 'answers the last check-in with *Done*:', maren.sees());
    await maren.types('/delegate @duarte');
    expect(maren.sees()).toContain('the cache redesign went from advise up to inquire.');
    shows(maren, 'types `/delegate @duarte`:', maren.sees().replace(' XTOOVAGUEX', '.'));
    await maren.opensHome();
    expect(maren.sees()).toContain('the release train · @duarte at agree, agreed');
  });
});

describe('who sees what', () => {
  test('nobody but the lead sees a word the lead kept, and most see nothing at all', () => {
    const { slack } = house.current;
    for (const other of slack.people.filter(({ id }) => id !== maren.id)) {
      const everything = [
        ...['general', 'team-platform', 'incidents'].flatMap((name) => {
          try {
            return other.conversation(name);
          } catch {
            return []; // Not a channel of theirs.
          }
        }),
        ...other.dm(),
      ].map(({ raw }) => JSON.stringify(raw));
      for (const secret of secrets) expect(everything.join('\n')).not.toContain(secret);
      if (other.id !== duarte.id && other.role !== 'bot') expect(other.dm()).toEqual([]);
    }
    expect(JSON.stringify(house.current.log)).not.toMatch(new RegExp(secrets.join('|')));
  });

  test('a delegation is found by its lead and its holder, and by nobody who forges their buttons', async () => {
    const { database, lead } = house.current;
    await inWorkspace(database.db, lead.workspaceId, async (trx) => {
      const [one] = await findDelegations(trx, maren.id, duarte.id);
      expect(await lockDelegation(trx, maren.id, one!.id)).toBeDefined();
      expect((await lockHeld(trx, duarte.id, one!.id))?.leadId).toBe(maren.id);
      for (const stranger of [aroha.id, duarte.id])
        expect(await lockDelegation(trx, stranger, one!.id)).toBeUndefined();
      for (const stranger of [aroha.id, maren.id])
        expect(await lockHeld(trx, stranger, one!.id)).toBeUndefined();
    });
  });

  test('who leaves is kept by name, and nothing is asked about what they held', async () => {
    const { slack } = house.current;
    await maren.types('/delegate @jonas the flaky pipeline at inquire until 22 jan');
    await maren.clicks('We have agreed already');
    await slack.deactivate('jonas');
    await house.current.app.idle();
    await maren.types('/delegate list');
    expect(maren.sees()).toContain('jonas has left');
    const before = dm(maren).length;
    await minutes('2027-01-22T12:00');
    expect(
      dm(maren)
        .slice(before)
        .filter(({ text }) => text.includes('How is the flaky')),
    ).toEqual([]);
    await maren.types('/delegate @jonas something else at tell');
    expect(maren.sees()).toContain('isn’t in this workspace');
  });
});

// The guide is this very quarter. `UPDATE_GUIDE=1` writes it anew.
afterAll(async () => {
  const text = `${guide.join('\n\n')}\n`;
  if (process.env.UPDATE_GUIDE) await writeFile(guidePath, text);
  expect(await readFile(guidePath, 'utf8')).toBe(text);
});
