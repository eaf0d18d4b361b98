// The rules of retrospectives: what a line means, when one closes, what is anonymous, what says the same.

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { formats, nextFormat, readFormat, rotating } from '../../src/rooms/retros/retros.formats.ts';
import { voteForm } from '../../src/rooms/retros/retros.forms.ts';
import { parseRetroCommand, type RetroCommand } from '../../src/rooms/retros/retros.parse.ts';
import { refused } from '../../src/rooms/retros/retros.refusals.ts';
import { channelProblem } from '../../src/rooms/retros/retros.rhythm.ts';
import { formatList, help, list } from '../../src/rooms/retros/retros.rhythm.views.ts';
import { likeness, regrouped, together } from '../../src/rooms/retros/retros.similar.ts';
import {
  afterClosing,
  byVotes,
  closingTime,
  type Group,
  markOf,
  nudgeTime,
  type Retro,
  readPoints,
  takesAnswers,
} from '../../src/rooms/retros/retros.ts';
import { saidBlocks, sorting } from '../../src/rooms/retros/retros.views.ts';

const instant = (text: string) => Temporal.Instant.from(text);

describe('formats', () => {
  test('there are at least eight, each with two to five questions and a moment it suits', () => {
    expect(formats.length).toBeGreaterThanOrEqual(8);
    expect(new Set(formats.map(({ id }) => id)).size).toBe(formats.length);
    for (const { bestFor, questions, name } of formats) {
      expect(questions.length).toBeGreaterThanOrEqual(2);
      expect(questions.length).toBeLessThanOrEqual(5);
      expect(bestFor.length).toBeGreaterThan(10);
      // An option of Slack's menu holds 75 characters.
      expect(`${name}: ${bestFor}`.length).toBeLessThanOrEqual(75);
      for (const { title, asks } of questions) {
        expect(title.length).toBeLessThanOrEqual(30);
        expect(asks).toMatch(/\?$/);
      }
    }
  });

  test('rotating takes them all in turn before any comes back', () => {
    const seen: string[] = [];
    for (let last: string | undefined; seen.length < formats.length; ) {
      last = nextFormat(rotating, last).id;
      seen.push(last);
    }
    expect(new Set(seen).size).toBe(formats.length);
    expect(nextFormat('sailboat', 'energy').id).toBe('sailboat');
  });

  test.each([
    ['sailboat', 'sailboat'],
    ['Start, stop, continue', 'start-stop-continue'],
    ['mad', 'mad-sad-glad'],
    ['st', undefined],
    ['', undefined],
    ['quidditch', undefined],
  ])('%j is %s', (typed, id) => {
    expect(readFormat(typed)?.id).toBe(id);
  });
});

describe('a line', () => {
  const when = (command: RetroCommand) =>
    command.kind === 'set-up'
      ? command.wish.when?.kind === 'rhythm'
        ? `${command.wish.when.rule} ${command.wish.when.time}`
        : command.wish.when?.kind
      : command;
  test.each([
    ['in <#C1|team> every 2 weeks friday 14:00', 'C1', 'FREQ=WEEKLY;INTERVAL=2;BYDAY=FR 14:00:00'],
    ['every 2 weeks friday 14:00 in <#C1|team>', 'C1', 'FREQ=WEEKLY;INTERVAL=2;BYDAY=FR 14:00:00'],
    ['now in <#C1>', 'C1', 'now'],
    ['fridays 9.30 <#C1>', 'C1', 'FREQ=WEEKLY;BYDAY=FR 09:30:00'],
    ['ｎｏｗ', undefined, 'now'],
    [
      'in <#C1|team> monthly last friday 3pm format sailboat anonymous',
      'C1',
      'FREQ=MONTHLY;BYDAY=-1FR 15:00:00',
    ],
    ['<#C1|team>', 'C1', undefined],
    ['now', undefined, 'now'],
  ])('%j', (line, channelId, moment) => {
    const command = parseRetroCommand(line);
    expect(command.kind === 'set-up' && command.wish.channelId).toBe(channelId);
    expect(when(command)).toBe(moment);
  });

  test('says more when more is said, in any order', () => {
    expect(parseRetroCommand('open three days named now')).toMatchObject({ wish: { openDays: 3 } });
    expect(parseRetroCommand('open 3 days with names weekly monday 9:30 format starfish in <#C1|x>')).toEqual(
      {
        kind: 'set-up',
        wish: {
          channelId: 'C1',
          anonymous: false,
          formatId: 'starfish',
          openDays: 3,
          when: { kind: 'rhythm', rule: 'FREQ=WEEKLY;BYDAY=MO', time: Temporal.PlainTime.from('09:30') },
        },
      },
    );
    expect(parseRetroCommand('format mad-sad-glad now in <#C1|x> rotating')).toMatchObject({
      why: 'two-formats',
    });
    expect(parseRetroCommand('now rotating anonymously')).toMatchObject({
      wish: { formatId: rotating, anonymous: true },
    });
  });

  test.each([
    ['in <#C1|a> and <#C2|b> now', 'two-channels'],
    ['in #team now', 'unknown-channel'],
    ['now every friday 14:00', 'now-and-later'],
    ['now format quidditch', 'unknown-format'],
    ['now named anonymous', 'named-and-anonymous'],
    ['now open 0 days', 'open-days'],
    ['now open 400 days', 'open-days'],
    ['now open some days', 'open-days'],
    ['every 2 weeks friday', 'no-time'],
    ['weekly 14:00', 'no-day'],
    ['friday 14:00', 'no-rhythm'],
    ['every 14 days 14:00', 'no-day'],
    ['every friday 14:75', 'no-such-time'],
    ['skip', 'no-reason'],
    ['skip in <#C1|a>', 'no-reason'],
    ['quidditch', 'not-understood'],
    ['now and then', 'not-understood'],
    [`now ${'x'.repeat(600)}`, 'too-long'],
  ])('%j is refused: %s', (line, why) => {
    const command = parseRetroCommand(line);
    expect(command).toMatchObject({ kind: 'refused', why });
    if (command.kind === 'refused')
      expect(refused(command.why, command.text).text).not.toContain('undefined');
  });

  test.each([
    ['skip in <#C1|a> release week', 'release week'],
    ['skip because of the move', 'of the move'],
    ['skip in <#C1|a>: too many &amp; too soon', 'too many & too soon'],
  ])('%j keeps the reason', (line, reason) => {
    expect(parseRetroCommand(line)).toMatchObject({ kind: 'skip', reason });
  });

  test('ten thousand lines of anything are understood or refused with what to do, and never half', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        'now',
        'in',
        '<#C1|team>',
        '<#C2>',
        '#team',
        'every',
        '2',
        'weeks',
        'friday',
        '14:00',
        'anonymous',
        'named',
        'open',
        'days',
        'format',
        'sailboat',
        'rotating',
        'skip',
        'stop',
        'help',
        'monthly',
        'last',
        '-',
        '—',
        '&lt;',
      ),
      fc.string({ maxLength: 12 }),
      fc.string({ unit: 'grapheme', maxLength: 8 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const command = parseRetroCommand(pieces.join(' '));
        if (command.kind === 'refused') {
          const words = refused(command.why, command.text);
          expect(words.text.length).toBeGreaterThan(20);
          expect(words.text).toMatch(/`|Pick|Type one|words|1 to|Add|takes turns/);
          expect(words.text).not.toMatch(/<[!@]/);
        }
        if (command.kind === 'set-up' && command.wish.when?.kind === 'rhythm') {
          expect(command.wish.when.rule).toMatch(/^FREQ=/);
        }
      }),
      { numRuns: 10_000 },
    );
  });
});

describe('when it closes', () => {
  const berlin = { timeZone: 'Europe/Berlin', workingDays: [1, 2, 3, 4, 5], holidayRegion: null };
  test.each([
    ['2026-11-17T10:00', ['Europe/Berlin'], 1, '2026-11-18T17:00'],
    ['2026-11-20T14:00', ['Europe/Berlin', 'America/New_York', 'Pacific/Auckland'], 1, '2026-11-23T23:00'],
    ['2026-11-20T14:00', ['Europe/Berlin'], 1, '2026-11-23T17:00'],
    ['2026-11-17T10:00', ['Europe/Berlin'], 3, '2026-11-20T17:00'],
    // After work, or for a team to the east, the next evening is less than a day away.
    ['2026-11-17T20:00', ['Europe/Berlin'], 1, '2026-11-19T17:00'],
    ['2026-11-17T10:00', ['Pacific/Auckland'], 1, '2026-11-19T05:00'],
    ['2026-11-17T10:00', [], 1, '2026-11-18T17:00'],
  ])('opened at %s with people in %j for %i: %s', (opened, zones, days, closes) => {
    const at = (local: string) =>
      Temporal.PlainDateTime.from(local).toZonedDateTime('Europe/Berlin').toInstant();
    expect(closingTime(at(opened), berlin, zones, days).toString()).toBe(at(closes).toString());
  });

  test('always a day at the least, and always in somebody’s evening', () => {
    const zones = [
      'Europe/Berlin',
      'America/New_York',
      'Pacific/Auckland',
      'Asia/Kathmandu',
      'Pacific/Apia',
      'Pacific/Pago_Pago',
    ];
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 400 * 24 * 60 }),
        fc.subarray(zones, { minLength: 1 }),
        fc.integer({ min: 1, max: 10 }),
        (minutes, team, days) => {
          const opened = instant('2026-01-01T00:00Z').add({ minutes });
          const closes = closingTime(opened, berlin, team, days);
          expect(opened.until(closes).total('hours')).toBeGreaterThanOrEqual(24);
          expect(
            team.some((zone) => closes.toZonedDateTimeISO(zone).toPlainTime().toString() === '17:00:00'),
          ).toBe(true);
          const nudge = nudgeTime(opened, closes, {
            timeZone: 'Europe/Berlin',
            workdayStarts: Temporal.PlainTime.from('09:00'),
            holidayRegion: null,
          });
          if (nudge) {
            expect(opened.until(nudge).total('hours')).toBeGreaterThanOrEqual(4);
            expect(nudge.until(closes).total('hours')).toBeGreaterThanOrEqual(4);
          }
        },
      ),
    );
  });

  test('from its hour on nothing is let in, whether or not the closing has been said yet', () => {
    const retro = { phase: 'open', closesAt: instant('2026-11-18T16:00Z') } as const;
    expect(takesAnswers(retro, instant('2026-11-18T15:59:59Z'))).toBe(true);
    expect(takesAnswers(retro, instant('2026-11-18T16:00Z'))).toBe(false);
    expect(takesAnswers({ ...retro, phase: 'skipped' }, instant('2026-11-18T10:00Z'))).toBe(false);
  });

  test.each([
    [true, 0, 'quiet'],
    [true, 3, 'few'],
    [true, 4, 'grouping'],
    [false, 1, 'grouping'],
    [false, 0, 'quiet'],
  ])('anonymous %s with %i answers: %s', (anonymous, answered, next) => {
    expect(afterClosing({ anonymous, answered })).toBe(next);
  });
});

describe('what was written', () => {
  test('is one point a line, without the bullets people type', () => {
    expect(readPoints(' - one\n\n* two\n3) three\n• four\r\nthree\n')).toEqual({
      kind: 'points',
      points: ['one', 'two', 'three', 'four'],
    });
    expect(readPoints('x'.repeat(301))).toMatchObject({ why: 'too-long' });
    expect(readPoints(Array.from({ length: 11 }, (_, at) => `p${at}`).join('\n'))).toMatchObject({
      why: 'too-many',
    });
  });

  test.each([
    ['Reviews wait for days', 'Waiting for reviews takes days'],
    ['The pipeline is flaky', 'flaky pipeline'],
    ['Too many meetings', 'too many meetings!'],
    ['Pairing across the ocean', 'Pairing across the ocean helped'],
  ])('%j and %j say the same', (one, other) => {
    expect(likeness(one, other)).toBeGreaterThanOrEqual(0.6);
    expect(likeness(other, one)).toBe(likeness(one, other));
  });

  test.each([
    ['Reviews wait for days', 'Reviews are kind'],
    ['The pipeline is flaky', 'The pipeline is fast now'],
    ['More pairing', 'Less pairing in the mornings'],
    ['Holidays', 'Releases'],
  ])('%j and %j do not', (one, other) => {
    expect(likeness(one, other)).toBeLessThan(0.6);
  });

  test('every point is in exactly one group, never across questions, whatever people write', () => {
    const point = fc.record({
      question: fc.integer({ min: 0, max: 2 }),
      words: fc.oneof(
        fc.constantFrom('slow reviews', 'reviews are slow', 'flaky pipeline', 'the flaky pipeline', 'x'),
        fc.string({ maxLength: 40 }),
      ),
    });
    fc.assert(
      fc.property(fc.array(point, { maxLength: 25 }), (points) => {
        const groups = together(points);
        expect(groups.flat()).toHaveLength(points.length);
        expect(new Set(groups.flat())).toEqual(new Set(points));
        for (const group of groups) expect(new Set(group.map(({ question }) => question)).size).toBe(1);
      }),
    );
  });
});

describe('sorting by hand', () => {
  const groups = [
    ['a', 0, ['slow reviews', 'reviews are slow']],
    ['b', 0, ['waiting for reviews']],
    ['c', 1, ['pairing']],
  ].map(([id, question, words]) => ({
    id,
    question,
    votes: 0,
    items: (words as string[]).map((word) => ({
      id: word,
      question,
      words: word,
      author: null,
      groupId: id,
    })),
  })) as Group[];
  const sorted = (wish: { kept?: string[]; together?: string[] }) => {
    const came = regrouped(groups, { merged: ['a'], kept: ['a'], together: [], ...wish });
    return came.kind === 'sorted' ? came.groups.map((items) => items.map(({ words }) => words)) : came.why;
  };

  test('what was unticked comes apart, what was chosen becomes one, and all else stays', () => {
    expect(sorted({})).toEqual([['slow reviews', 'reviews are slow'], ['waiting for reviews'], ['pairing']]);
    expect(sorted({ kept: [] })).toEqual([
      ['slow reviews'],
      ['reviews are slow'],
      ['waiting for reviews'],
      ['pairing'],
    ]);
    expect(sorted({ kept: [], together: ['a', 'b', 'gone'] })).toEqual([
      ['pairing'],
      ['slow reviews', 'reviews are slow', 'waiting for reviews'],
    ]);
  });

  test('one alone, or points of different questions, are no group', () => {
    expect(sorted({ together: ['a'] })).toBe('one-alone');
    expect(sorted({ together: ['a', 'c'] })).toBe('different-questions');
  });
});

test('a channel is there only for those in it: a private one is unknown to others, whether or not the bot is in it', () => {
  const channel = { id: 'C1', private: false, archived: false, botIsIn: true, memberIds: ['U1'] };
  expect(channelProblem(channel, 'U1')).toBeUndefined();
  expect(channelProblem({ ...channel, botIsIn: false }, 'U1')).toBe('not-invited');
  expect(channelProblem({ ...channel, archived: true }, 'U1')).toBe('archived');
  expect(channelProblem(channel, 'U2')).toBe('not-a-member');
  for (const botIsIn of [true, false]) {
    const secret = { ...channel, private: true, archived: true, botIsIn };
    expect(channelProblem(secret, 'U2')).toBe('no-such-channel');
  }
  expect(channelProblem(undefined, 'U2')).toBe('no-such-channel');
});

describe('who took part', () => {
  test('is themselves with names, and without them a token that differs by retrospective and by act', () => {
    const [one, other] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)];
    expect(markOf({ salt: null }, 'answer', 'U1')).toBe('U1');
    const tokens = [
      markOf({ salt: one }, 'answer', 'U1'),
      markOf({ salt: one }, 'vote', 'U1'),
      markOf({ salt: one }, 'answer', 'U2'),
      markOf({ salt: other }, 'answer', 'U1'),
    ];
    expect(new Set(tokens).size).toBe(4);
    for (const token of tokens) expect(token).not.toContain('U1');
    expect(markOf({ salt: one }, 'answer', 'U1')).toBe(tokens[0]);
  });
});

describe('what the thread shows', () => {
  const retro: Retro = {
    workspaceId: 'T1',
    id: 'r',
    seriesId: 's',
    leadId: 'ULEAD',
    facilitatorId: 'ULEAD',
    channelId: 'C1',
    formatId: 'starfish',
    anonymous: true,
    people: 200,
    openedAt: instant('2026-11-20T13:00Z'),
    closesAt: instant('2026-11-23T16:00Z'),
    votesCloseAt: null,
    phase: 'grouping',
    reason: null,
    salt: null,
    answered: 200,
    voted: 0,
    commitmentIds: [],
    version: 1,
    link: null,
  };
  const group = (question: number, words: string[], votes = 0): Group => ({
    id: crypto.randomUUID(),
    question,
    votes,
    items: words.map((each) => ({
      id: crypto.randomUUID(),
      question,
      words: each,
      author: null,
      groupId: null,
    })),
  });

  test('two hundred people’s points stay within what Slack takes, each block within its size', () => {
    const groups = Array.from({ length: 1000 }, (_, at) => group(at % 5, [`${at} ${'x'.repeat(290)}`]));
    const words = sorting(retro, groups, 'Europe/Berlin');
    expect(words.blocks.length).toBeLessThanOrEqual(50);
    for (const block of words.blocks) {
      if (block.type === 'section') expect(block.text?.text.length).toBeLessThanOrEqual(3000);
    }
    expect(JSON.stringify(words.blocks)).toContain('See everything');
    expect(JSON.stringify(words.blocks).length).toBeLessThan(14_000);
    expect(saidBlocks(retro, groups).length).toBeLessThanOrEqual(100);
  });

  test('every point can be voted for, and every wording of a group is read, however many there are', () => {
    const groups = Array.from({ length: 250 }, (_, at) => group(0, [`point ${at}`]));
    const [field] = voteForm(retro, groups, []).blocks;
    const menu = (field as { element: { option_groups: { options: { value: string }[] }[] } }).element;
    const offered = menu.option_groups.flatMap(({ options }) => options.map(({ value }) => value));
    expect(offered).toEqual(groups.map(({ id }) => id));
    for (const { options } of menu.option_groups) expect(options.length).toBeLessThanOrEqual(100);

    const wordings = Array.from({ length: 20 }, (_, at) => `${'x'.repeat(280)} wording ${at}`);
    const said = JSON.stringify(saidBlocks(retro, [group(0, wordings)]));
    for (const wording of wordings) expect(said).toContain(`${wording}`);
  });

  test('people’s markup and mentions are only words', () => {
    const words = JSON.stringify(
      sorting(retro, [group(0, ['<!channel> *x*', '<@U1>'])], 'Europe/Berlin').blocks,
    );
    expect(words).not.toContain('<!channel>');
    expect(words).not.toContain('<@U1>');
  });

  test('the most voted come first, and what more people wrote before what one did', () => {
    const [a, b, c] = [group(1, ['a'], 2), group(0, ['b', 'b2'], 2), group(0, ['c'], 3)];
    expect(byVotes([a, b, c])).toEqual([c, b, a]);
  });

  test('help, formats and the empty list say what to type', () => {
    expect(help().text).toContain('/retro in #team every 2 weeks friday 14:00');
    expect(formatList().blocks.length).toBeLessThanOrEqual(50);
    expect(list({ rhythms: [], underWay: [] }, instant('2026-11-20T13:00Z'), 'Europe/Berlin').text).toContain(
      '/retro in #team',
    );
  });
});
