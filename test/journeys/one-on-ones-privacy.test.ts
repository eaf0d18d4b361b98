// What other people can see of a lead's 1:1s, which is what was addressed to them; and what a bot without keys does.

import { afterAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { sql } from 'kysely';
import type { Person } from '../../sandbox/slack/index.ts';
import { buildApp } from '../../src/app.ts';
import { needsKeys, newMasterKey, readMasterKeys } from '../../src/db/sealed.ts';
import { inWorkspace } from '../../src/db/tenancy.ts';
import { createLog } from '../../src/log.ts';
import { type House, openHouse, useHouse } from '../support/house.ts';

const house = useHouse({ at: '2026-11-16T09:00' });

/** Words that only the lead may ever read, each typed by her once. */
const secrets: string[] = [];
const secret = (word: string): string => {
  const made = `${word}${secrets.length}zq`;
  secrets.push(made);
  return made;
};

const asText = (value: unknown): string => JSON.stringify(value) ?? '';

/** Everything that anybody but the lead has before their eyes: conversations, forms, Home, and the raw payloads. */
function othersSee({ slack, lead }: House): string {
  return slack.people
    .filter(({ id }) => id !== lead.id)
    .map((person) => {
      const channels = ['dm', 'general', 'team-platform', 'incidents', lead.name].flatMap((name) => {
        try {
          return person.conversation(name);
        } catch {
          // A channel they cannot see.
          return [];
        }
      });
      return asText([channels, person.modal(), person.home(), person.sees()]);
    })
    .join('\n');
}

/** Everything in the database, as a dump would have it. */
async function dump({ database, lead }: House): Promise<string> {
  return inWorkspace(database.db, lead.workspaceId, async (trx) => {
    const { rows: tables } = await sql<{ name: string }>`
      select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'
        and relname not like 'evenkeel_migrations%'`.execute(trx);
    const found: string[] = [];
    for (const { name } of tables) {
      const { rows } = await sql<{ row: string }>`select t::text as row from ${sql.table(name)} t`.execute(
        trx,
      );
      found.push(...rows.map(({ row }) => row));
    }
    // bytea is written in hex: look for the words in both spellings.
    return found.join('\n');
  });
}

/** What a form about a day that was kept already begins with. */
function keptNotes(lead: Person): string {
  const blocks = lead.modal()?.raw.blocks as { block_id?: string; element?: { initial_value?: string } }[];
  return blocks.find(({ block_id }) => block_id === 'notes')?.element?.initial_value ?? '';
}

type Deed = { name: string; who: 'duarte' | 'shanice' | 'jonas' };

/** One thing a lead does with words of her own. */
async function act(lead: Person, { name, who }: Deed): Promise<void> {
  switch (name) {
    case 'point':
      await lead.types(`/oneonone point @${who} ${secret('point')}`);
      return;
    case 'held':
      await lead.types(`/oneonone held @${who}`);
      if (lead.modal()) {
        await lead.submits({
          notes: `${keptNotes(lead)} ${secret('notes')}`,
          mood: 'tense',
          themes: ['person', 'unheard'],
        });
      }
      return;
    case 'skip':
      await lead.types(`/oneonone skip @${who} ${secret('reason')}`);
      return;
    case 'feedback':
      await lead.types(`/keel feedback @${who} ${secret('behaviour')}`);
      await lead.submits({ situation: secret('situation'), impact: secret('impact'), next: secret('next') });
      return;
    case 'page':
      await lead.types(`/oneonone @${who}`);
      return;
    case 'question':
      await lead.types('/oneonone questions');
      await lead.submits({ words: `${secret('question')}?` });
      await lead.closes({ all: true });
      return;
    case 'list':
      await lead.types('/keel feedback');
      return;
    default:
      throw new Error(`No deed ${name}`);
  }
}

describe('a quarter in which everybody is asked for points', () => {
  test('nobody sees a word that was not addressed to them, and no log, dump or preview holds one', async () => {
    const { lead, slack, goTo } = house.current;
    const people = ['duarte', 'shanice', 'jonas'] as const;
    for (const who of people) {
      await lead.types(`/oneonone add @${who} as ${secret('role')} weekly wednesday 15:00`);
      await lead.types(`/oneonone change @${who}`);
      await lead.submits({ invites: ['invites'], lead_time: '30' });
    }
    // A promise somebody else made is addressed to them: it is theirs to read.
    await lead.types('/oneonone held @jonas');
    await lead.submits({
      notes: secret('notes'),
      promise_what_1: 'Write down the runbook',
      promise_whose_1: 'person',
      promise_by_1: '2026-11-27',
      promise_what_2: secret('my-promise'),
      promise_by_2: '2026-11-27',
    });
    const deed = fc.record({
      name: fc.constantFrom('point', 'held', 'skip', 'feedback', 'page', 'question', 'list'),
      who: fc.constantFrom(...people),
    });
    let day = Temporal.PlainDate.from('2026-11-16');
    await fc.assert(
      fc.asyncProperty(fc.array(deed, { minLength: 2, maxLength: 4 }), async (deeds) => {
        for (const one of deeds) await act(lead, one);
        day = day.add({ days: 3 });
        await goTo(`${day}T18:30`);
        for (const who of people) await slack.person(who).opensHome();
        const seen = othersSee(house.current);
        expect(secrets.filter((word) => seen.includes(word))).toEqual([]);
      }),
      { numRuns: 6, endOnFailure: true },
    );
    expect(secrets.length).toBeGreaterThan(10);

    // They were written to, so that there was something to find.
    expect(
      slack
        .person('duarte')
        .dm()
        .some(({ text }) => text.includes('anything you would like to talk about')),
    ).toBe(true);
    expect(asText(slack.person('jonas').dm())).toContain('Write down the runbook');

    const log = asText(house.current.log);
    expect(secrets.filter((word) => log.includes(word))).toEqual([]);

    // Promises are the commitments' to keep, and a role is a label; all else is sealed.
    const sealed = secrets.filter((word) => !/^(my-promise|role)/.test(word));
    const kept = await dump(house.current);
    expect(
      sealed.filter((word) => kept.includes(word) || kept.includes(Buffer.from(word).toString('hex'))),
    ).toEqual([]);

    // What lights up on a locked phone.
    const previews = lead.dm().map(({ raw }) => String(raw.text));
    expect(sealed.filter((word) => previews.some((text) => text.includes(word)))).toEqual([]);
  });

  test('an old or foreign button opens nothing to somebody else', async () => {
    const { lead, slack } = house.current;
    const duarte = slack.person('duarte');
    const invitation = duarte.dm().find(({ text }) => text.includes('[Add a point]'))!;
    await duarte.clicks('Add a point', { in: invitation.ts });
    expect(duarte.sees()).toContain('over or was called off');
    // The lead's own commands, typed by somebody else, are about that person's own people.
    await duarte.types(`/oneonone @${lead.name}`);
    expect(duarte.sees()).toContain('You have no 1:1s with');
    await duarte.types('/keel feedback');
    expect(duarte.sees()).toContain('No feedback noted yet.');
  });
});

describe('lines of anything, through the real bot', () => {
  test('never break it, and never leave half of something', async () => {
    const { lead, database } = house.current;
    const piece = fc.constantFrom(
      ...[
        'add',
        'held',
        'move',
        'skip',
        'point',
        'end',
        'change',
        'questions',
        'as',
        'mentor',
        '@leyla',
        '@aroha',
        '@nobody',
      ],
      ...[
        'weekly',
        'friday',
        'every 2 weeks',
        'tuesday',
        '10:00',
        'tomorrow',
        'yesterday',
        '15:00',
        '<b>',
        '`',
        '*x*',
        '&',
      ],
    );
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 7 }), async (pieces) => {
        await lead.types(`/oneonone ${pieces.join(' ')}`);
        expect(lead.sees()).not.toMatch(/Something went wrong/);
        expect(lead.sees()).not.toBe('');
        await lead.closes({ all: true });
      }),
      { numRuns: 100, seed: 20_261_116 },
    );
    // Whoever is met has a series ahead and reminders for it; whoever is not has neither.
    const { people, planned, schedules } = await inWorkspace(database.db, lead.workspaceId, async (trx) => ({
      people: await trx.selectFrom('one_on_one_people').selectAll().execute(),
      planned: await trx.selectFrom('one_on_ones').selectAll().where('state', '=', 'planned').execute(),
      schedules: await trx.selectFrom('schedules').selectAll().where('state', '=', 'active').execute(),
    }));
    for (const { person_id, ended_on } of people) {
      const ahead = planned.filter((meeting) => meeting.person_id === person_id);
      if (ended_on) expect(ahead).toEqual([]);
      else expect(ahead.length).toBeGreaterThanOrEqual(3);
      for (const { meeting_id, questions } of ahead) {
        expect(questions).toHaveLength(3);
        expect(
          schedules.some(({ kind, subject }) => kind === 'one-on-one-after' && subject === meeting_id),
        ).toBe(true);
      }
    }
    const subjects = new Set(planned.map(({ meeting_id }) => meeting_id));
    const orphans = schedules.filter(
      ({ kind, subject, next_at }) =>
        kind === 'one-on-one-after' && next_at !== null && !subjects.has(subject),
    );
    expect(orphans).toEqual([]);
  });
});

describe('everything can be taken away', () => {
  test('the export has every word, and erasing leaves none', async () => {
    const { lead, database } = house.current;
    const { oneOnOnesRoom } = await import('../../src/rooms/one-on-ones/index.ts');
    const { createSealer } = await import('../../src/db/sealed.ts');
    const room = oneOnOnesRoom({ sealer: createSealer(house.current.config.encryptionKeys) } as never);
    const owner = { workspaceId: lead.workspaceId, leadId: lead.id };
    const tables = await inWorkspace(database.db, lead.workspaceId, (trx) => room.export(trx, owner));
    const exported = asText(tables);
    expect(secrets.filter((word) => !word.startsWith('my-promise') && !exported.includes(word))).toEqual([]);
    await inWorkspace(database.db, lead.workspaceId, (trx) => room.erase(trx, owner));
    const left = await inWorkspace(database.db, lead.workspaceId, (trx) => room.export(trx, owner));
    expect(left.flatMap(({ rows }) => rows)).toEqual([]);
  });
});

test('a bot with another key under the same id does not start, and says what to do', async () => {
  const { config, database, clock } = house.current;
  const reading = readMasterKeys(newMasterKey('sandbox'));
  if (reading.kind === 'refused') throw new Error(reading.advice);
  const app = buildApp({
    config: { ...config, encryptionKeys: reading.keys },
    db: database,
    now: () => clock.now(),
    log: createLog('silent'),
    ticks: 'by-hand',
  });
  await expect(app.start()).rejects.toThrow(
    'is not the one this database was sealed with. Put the earlier one back',
  );
});

describe('a bot without ENCRYPTION_KEYS', () => {
  let bare: House | undefined;
  afterAll(() => bare?.close());

  test('plans 1:1s and says what it needs for the rest', async () => {
    bare = await openHouse({ withoutKeys: true });
    const { lead, goTo } = bare;
    await lead.types('/oneonone add @duarte every 2 weeks tuesday 10:00');
    expect(lead.sees()).toContain('You meet @duarte');
    const sentence = needsKeys.replaceAll('`', '');
    for (const line of ['/oneonone point @duarte the budget', '/keel feedback @duarte', '/keel feedback']) {
      await lead.types(line);
      expect([line, lead.sees()]).toEqual([line, expect.stringContaining(sentence)]);
    }
    await goTo('2026-11-17T10:31');
    await lead.clicks('It happened');
    expect(lead.modal()?.text).toContain(sentence);
    await lead.submits({ themes: ['work'] });
    expect(lead.sees()).toContain('Kept.');
    await lead.types('/oneonone questions');
    expect(lead.modal()?.text).toContain(sentence);
    await lead.closes({ all: true });
    await lead.types('/oneonone skip @duarte everybody was ill');
    expect(lead.sees()).toContain('Skipped: your 1:1 with @duarte, ');
    expect(lead.sees()).toContain(`The reason is not kept. ${sentence}`);
    expect(bare.slack.violations).toEqual([]);
    expect(bare.log.filter(({ level }) => Number(level) >= 50)).toEqual([]);
  });
});
