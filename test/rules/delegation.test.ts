// The rules of delegating: who agrees to what, when to ask, what to ask about, and where risk gathers.

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { defaultSettings, type Lead } from '../../src/leads/leads.ts';
import { recentHours } from '../../src/rooms/balance/balance.recent-hours.ts';
import type { Entry } from '../../src/rooms/balance/balance.ts';
import { onTrack } from '../../src/rooms/delegation/delegation.actions.ts';
import {
  mostCheckIns,
  printCheckIns,
  readCheckIns,
  usualCheckIns,
} from '../../src/rooms/delegation/delegation.check-ins.ts';
import * as ends from '../../src/rooms/delegation/delegation.check-ins.views.ts';
import { type Level, levels, oneHigher } from '../../src/rooms/delegation/delegation.levels.ts';
import * as lists from '../../src/rooms/delegation/delegation.list.views.ts';
import { weekShown } from '../../src/rooms/delegation/delegation.prompts.ts';
import {
  chooseQuestion,
  questions,
  type RecentHours,
  type Sight,
  sightsOf,
  type WeekShown,
} from '../../src/rooms/delegation/delegation.questions.ts';
import {
  agree,
  close,
  type Delegation,
  levelToOffer,
  noWords,
  propose,
  reopen,
  riskOnOne,
  type Side,
  tell,
  tellInPerson,
} from '../../src/rooms/delegation/delegation.ts';
import * as views from '../../src/rooms/delegation/delegation.views.ts';
import { textOf } from '../../src/slack/blocks.ts';
import { addWeeks, isoWeek } from '../../src/time/weeks.ts';

const now = Temporal.Instant.from('2026-11-16T09:00Z'); // a Monday
const today = Temporal.PlainDate.from('2026-11-16');
const day = (text: string) => Temporal.PlainDate.from(text);
const office = { workingDays: [1, 2, 3, 4, 5], holidayRegion: null };
const lead: Lead = {
  ...defaultSettings('Europe/Berlin'),
  workspaceId: 'T1',
  id: 'ULEAD',
  offeredTimeZone: null,
  pausedUntil: null,
  pauses: [],
  leftAt: null,
  setUpAt: now,
};
const reader = { lead, now };

const draft: Delegation = {
  id: 'd1',
  personId: 'U0A',
  personName: 'Duarte',
  personLeft: false,
  title: 'the parser',
  state: 'draft',
  level: 3,
  agreedAt: null,
  proposal: null,
  round: 0,
  risky: false,
  until: null,
  nextLevel: null,
  follows: null,
  madeAt: now,
  toldAt: null,
  closedAt: null,
};
const done = (outcome: ReturnType<typeof tell>): Delegation => {
  if (outcome.kind === 'refused') throw new Error(outcome.why);
  return outcome.delegation;
};

describe('levels', () => {
  test('there are seven, each with a name and a line for either side', () => {
    expect(levels.map(({ level }) => level)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(new Set(levels.map(({ name }) => name)).size).toBe(7);
    expect(new Set(levels.map(({ toLead }) => toLead)).size).toBe(7);
    for (const { toPerson } of levels) expect(toPerson('Maren')).toContain('Maren');
    expect([oneHigher(3), oneHigher(7)]).toEqual([4, 7]);
  });

  test('told, haggled over, agreed', () => {
    const told = done(tell(draft, now));
    expect(told).toMatchObject({
      state: 'open',
      level: 3,
      agreedAt: null,
      proposal: { level: 3, by: 'lead' },
    });
    expect(agree(told, { by: 'lead', round: told.round, now })).toEqual({
      kind: 'refused',
      why: 'old-button',
    });
    const theirs = done(propose(told, 5, { by: 'person', round: told.round, now }));
    // What they would like is not yet what holds.
    expect(theirs).toMatchObject({ level: 3, proposal: { level: 5, by: 'person' } });
    expect(agree(theirs, { by: 'lead', round: told.round, now })).toEqual({
      kind: 'refused',
      why: 'old-button',
    });
    const agreed = done(agree(theirs, { by: 'lead', round: theirs.round, now }));
    expect(agreed).toMatchObject({ level: 5, proposal: null, agreedAt: now });
    expect(propose(agreed, 5, { by: 'lead', round: agreed.round, now })).toEqual({
      kind: 'refused',
      why: 'same',
    });
    const wanted = done(propose(agreed, 6, { by: 'lead', round: agreed.round, now }));
    const kept = propose(wanted, 5, { by: 'person', round: wanted.round, now });
    expect(kept).toMatchObject({
      kind: 'moved',
      move: { kind: 'kept' },
      delegation: { level: 5, proposal: null },
    });
  });

  test('agreed in person needs no answer, and nothing but a draft is told', () => {
    expect(done(tellInPerson(draft, now))).toMatchObject({ state: 'open', agreedAt: now, proposal: null });
    const told = done(tell(draft, now));
    expect(tell(told, now)).toEqual({ kind: 'refused', why: 'old-button' });
    expect(tellInPerson(told, now)).toEqual({ kind: 'refused', why: 'old-button' });
  });

  test('whatever the two click, in any order: a level counts as agreed only when both said it', () => {
    const clicks = fc.record({
      by: fc.constantFrom<Side>('lead', 'person'),
      level: fc.option(fc.integer({ min: 1, max: 7 })),
      stale: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(clicks, { maxLength: 30 }), (story) => {
        let held = done(tell(draft, now));
        const said: Record<Side, number> = { lead: 3, person: 0 };
        for (const { by, level, stale } of story) {
          const round = stale ? held.round - 1 : held.round;
          const offered = held.proposal;
          const outcome =
            level === null
              ? agree(held, { by, round, now })
              : propose(held, level as Level, { by, round, now });
          if (outcome.kind === 'refused') continue;
          expect(stale).toBe(false);
          said[by] = level ?? offered?.level ?? 0;
          if (outcome.move.kind === 'agreed') {
            expect(said.lead).toBe(said.person);
            expect(outcome.delegation.level).toBe(said.lead);
          } else if (held.agreedAt) {
            expect(outcome.delegation.level).toBe(held.level);
          }
          expect(outcome.delegation.round).toBe(held.round + 1);
          expect(outcome.move.round).toBe(outcome.delegation.round);
          // Nobody answers themselves.
          if (outcome.delegation.proposal) expect(outcome.delegation.proposal.by).toBe(by);
          held = outcome.delegation;
        }
      }),
    );
  });

  test('an end can be undone, comes only once, and says which level to offer next', () => {
    const open = done(tellInPerson({ ...draft, level: 5 }, now));
    const back = close(open, { state: 'taken-back' }, now)!;
    expect(close(back, { state: 'taken-back' }, now)).toBeUndefined();
    expect(agree(back, { by: 'person', round: back.round, now })).toEqual({
      kind: 'refused',
      why: 'not-open',
    });
    expect(reopen(back)).toEqual(open);
    expect(reopen(open)).toBeUndefined();
    expect(levelToOffer(back, oneHigher(back.level))).toBe(6);
    const finished = close(open, { state: 'done', nextLevel: 7 }, now)!;
    expect(levelToOffer(finished, 6)).toBe(7);
    expect(levelToOffer(close(open, { state: 'done', nextLevel: null }, now)!, 6)).toBe(5);
  });
});

describe('risk', () => {
  const risky = (id: string, personId: string, more: Partial<Delegation> = {}): Delegation => ({
    ...draft,
    id,
    personId,
    state: 'open',
    risky: true,
    ...more,
  });
  test('gathers when two or more open risky things have one holder', () => {
    expect(riskOnOne([risky('1', 'A')])).toBeUndefined();
    expect(riskOnOne([risky('1', 'A'), risky('2', 'A')])).toMatchObject({
      count: 2,
      holder: { personId: 'A' },
    });
    expect(riskOnOne([risky('1', 'A'), risky('2', 'B')])).toBeUndefined();
    expect(riskOnOne([risky('1', 'A'), risky('2', 'A', { state: 'done' })])).toBeUndefined();
    expect(riskOnOne([risky('1', 'A'), risky('2', 'A', { risky: false })])).toBeUndefined();
  });
});

describe('check-ins', () => {
  const read = (text: string, until: string | null = null) =>
    readCheckIns(text, { today, until: until === null ? null : day(until), life: office });
  const days = (text: string, until: string | null = null) => {
    const reading = read(text, until);
    return reading.kind === 'days' ? reading.days.map(String) : reading;
  };

  test('the usual ones: at the end, halfway when that is far off, in two weeks without an end', () => {
    const usual = (until: string | null) =>
      usualCheckIns({ until: until === null ? null : day(until), level: 5 }, today, office).map(String);
    expect(usual('2026-12-11')).toEqual(['2026-12-11']);
    // A Saturday is asked about on its Friday.
    expect(usual('2026-12-12')).toEqual(['2026-12-11']);
    expect(usual('2027-02-26')).toEqual(['2027-01-06', '2027-02-26']);
    expect(usual(null)).toEqual(['2026-11-30']);
    // Tomorrow being a day off, the first day of work after it.
    expect(
      usualCheckIns({ until: day('2026-11-21'), level: 5 }, day('2026-11-20'), office).map(String),
    ).toEqual(['2026-11-23']);
    // What is delegated fully is asked about only where the lead names a day.
    expect(usualCheckIns({ until: day('2026-12-08'), level: 7 }, today, office)).toEqual([]);
    // 8 December is a holiday in Portugal, and so is the first.
    expect(
      usualCheckIns({ until: day('2026-12-08'), level: 5 }, today, { ...office, holidayRegion: 'PT' }).map(
        String,
      ),
    ).toEqual(['2026-12-07']);
  });

  test('days and rhythms as people type them', () => {
    expect(read('')).toEqual({ kind: 'usual' });
    expect(days('none')).toEqual([]);
    expect(days('12 dec, 28 nov and 28 nov')).toEqual(['2026-11-28', '2026-12-12']);
    expect(days('every week', '2026-12-03')).toEqual(['2026-11-23', '2026-11-30', '2026-12-03']);
    expect(days('every two weeks', '2026-12-20')).toEqual(['2026-11-30', '2026-12-14', '2026-12-18']);
    expect(days('weekly')).toHaveLength(mostCheckIns);
    expect(days('every 14 days', '2026-12-20')).toEqual(['2026-11-30', '2026-12-14', '2026-12-18']);
    expect(days('every 2 months', '2027-03-20')).toEqual(['2027-01-15', '2027-03-16', '2027-03-19']);
    expect(days('nov 28, 2026, Dec 12')).toEqual(['2026-11-28', '2026-12-12']);
    expect(days('12 dec, 15 Nov')).toMatchObject({ why: 'which-year', text: '15 Nov' });
    expect(days('Soon')).toEqual({ kind: 'refused', why: 'unreadable', text: 'Soon' });
    expect(days('2026-11-16')).toEqual({ kind: 'refused', why: 'not-ahead', text: '2026-11-16' });
    expect(days('2029-11-16')).toEqual({ kind: 'refused', why: 'too-far', text: '2029-11-16' });
  });

  test('whatever is typed, there are at most twelve days, each ahead; and what is printed reads back', () => {
    const texts = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 40 }),
      fc
        .array(
          fc.constantFrom('28 nov', '12 dec', 'every week', 'none', 'and', ',', 'friday', 'in 3 weeks', '\n'),
          {
            maxLength: 20,
          },
        )
        .map((parts) => parts.join(' ')),
    );
    fc.assert(
      fc.property(texts, fc.option(fc.integer({ min: 1, max: 700 })), (text, ahead) => {
        const until = ahead === null ? null : today.add({ days: ahead });
        const reading = readCheckIns(text, { today, until, life: office });
        if (reading.kind !== 'days') return;
        expect(reading.days.length).toBeLessThanOrEqual(mostCheckIns);
        for (const one of reading.days) expect(Temporal.PlainDate.compare(one, today)).toBe(1);
        const again = readCheckIns(printCheckIns(reading.days) || 'none', { today, until, life: office });
        expect(again).toEqual(reading);
      }),
      { numRuns: 10_000 },
    );
  });
});

describe('the weekly question', () => {
  const noHours: RecentHours = {
    leadingMinutes: 0,
    codingMinutes: 0,
    belowFloor: false,
    kinds: [],
    topics: [],
  };
  const quiet: WeekShown = { hours: noHours, open: 1, weeksSince: 0, takenBack: null, riskOn: null };
  const kind = (categoryId: string, times: number, minutes: number) => ({
    categoryId,
    name: categoryId,
    times,
    minutes,
  });
  const week = isoWeek(today);
  const ask = (shown: WeekShown, later = 0) => chooseQuestion(shown, addWeeks(week, later), (text) => text);

  test('there are at least thirty, all different, each one question in plain words', () => {
    expect(questions.length).toBeGreaterThanOrEqual(30);
    expect(new Set(questions.map(({ text }) => text)).size).toBe(questions.length);
    expect(new Set(questions.map(({ id }) => id)).size).toBe(questions.length);
    for (const { text } of questions) {
      expect(text).toMatch(/[?.]$/);
      expect(text).not.toMatch(/!|you should/i);
      expect(text.length).toBeLessThan(160);
    }
    for (const sight of new Set(questions.map((question) => question.sight)))
      expect(questions.filter((question) => question.sight === sight).length).toBeGreaterThanOrEqual(5);
  });

  test.each<[Sight, Partial<WeekShown>, RegExp]>([
    [
      'reviews',
      { hours: { ...noHours, kinds: [kind('review', 6, 300)] } },
      /you reviewed 6 times, 5 h in all/,
    ],
    ['incidents', { hours: { ...noHours, kinds: [kind('incident', 1, 90)] } }, /Incidents took 1 h 30 min/],
    [
      'design',
      { hours: { ...noHours, kinds: [kind('architecture', 2, 200)] } },
      /Architecture took 3 h 20 min/,
    ],
    [
      'meetings',
      { hours: { ...noHours, kinds: [kind('planning', 2, 240)] } },
      /Stakeholders, planning and process/,
    ],
    [
      'one-topic',
      { hours: { ...noHours, topics: [{ note: 'payments', times: 3 }] } },
      /“payments” came up 3 times/,
    ],
    [
      'below-floor',
      { hours: { ...noHours, leadingMinutes: 60, codingMinutes: 600, belowFloor: true } },
      /Coding took 10 h of your last seven days, leading 1 h/,
    ],
    ['long-silence', { weeksSince: 4 }, /last handed something over 4 weeks ago/],
    ['taken-back', { takenBack: { title: 'the parser', person: '@A' } }, /took “the parser” back from @A/],
    [
      'risk-on-one',
      { riskOn: { person: '@A', count: 3 } },
      /All 3 risky things you have handed over sit with @A/,
    ],
  ])('a week that shows %s is asked about it, and told why', (sight, shown, why) => {
    const chosen = ask({ ...quiet, ...shown });
    expect(chosen.question.sight).toBe(sight);
    expect(chosen.because).toMatch(why);
  });

  test('a week that shows nothing gets a question for any week, without a reason', () => {
    expect(sightsOf(quiet)).toEqual(['any-week']);
    expect(ask(quiet)).toMatchObject({ question: { sight: 'any-week' }, because: null });
  });

  test('asked again for the same week it is the same; in quiet weeks none comes again within twelve', () => {
    expect(ask(quiet)).toEqual(ask(quiet));
    const asked = Array.from({ length: 12 }, (_, later) => ask(quiet, later).question.id);
    expect(new Set(asked).size).toBe(12);
  });

  test('whatever the weeks show, no question comes again within five', () => {
    const shown = fc
      .record({
        reviews: fc.nat(8),
        incident: fc.boolean(),
        design: fc.boolean(),
        risk: fc.boolean(),
        back: fc.boolean(),
        silent: fc.boolean(),
      })
      .map(
        ({ reviews, incident, design, risk, back, silent }): WeekShown => ({
          ...quiet,
          hours: {
            ...noHours,
            kinds: [
              kind('review', reviews, reviews * 20),
              ...(incident ? [kind('incident', 1, 90)] : []),
              ...(design ? [kind('architecture', 1, 200)] : []),
            ],
          },
          riskOn: risk ? { person: '@A', count: 2 } : null,
          takenBack: back ? { title: 'x', person: '@A' } : null,
          weeksSince: silent ? 5 : 0,
        }),
      );
    fc.assert(
      fc.property(fc.array(shown, { minLength: 5, maxLength: 5 }), fc.nat(200), (weeks, start) => {
        const asked = weeks.map((one, index) => ask(one, start + index).question.id);
        expect(new Set(asked).size).toBe(5);
      }),
    );
  });

  test('what a week shows is read off what was delegated', () => {
    const back: Delegation = {
      ...draft,
      state: 'taken-back',
      toldAt: now.subtract({ hours: 24 * 30 }),
      closedAt: now.subtract({ hours: 24 * 3 }),
    };
    expect(weekShown([back], noHours, now)).toMatchObject({
      open: 0,
      weeksSince: 4,
      takenBack: { title: 'the parser', person: '<@U0A>' },
    });
    expect(weekShown([], noHours, now)).toMatchObject({ weeksSince: null, takenBack: null, riskOn: null });
  });

  test('the hours are counted by category, and a note that comes back is a topic', () => {
    const entry = (categoryId: string, minutes: number, note: string | null): Entry => ({
      id: crypto.randomUUID(),
      day: today,
      minutes,
      categoryId,
      side: categoryId === 'coding' ? 'coding' : 'leading',
      people: [],
      note,
      startsAt: null,
      endsAt: null,
    });
    const glance = recentHours(
      [entry('review', 30, 'Payments'), entry('review', 45, 'payments'), entry('coding', 120, 'the parser')],
      [],
      40,
    );
    expect(glance).toEqual({
      leadingMinutes: 75,
      codingMinutes: 120,
      belowFloor: true,
      kinds: [kind('coding', 1, 120), kind('review', 2, 75)],
      topics: [{ categoryId: 'review', note: 'payments', times: 2 }],
    });
  });
});

describe('what the lead reads', () => {
  const many = Array.from(
    { length: 60 },
    (_, index): Delegation => ({
      ...draft,
      id: crypto.randomUUID(),
      title: `<!channel> *${'w'.repeat(130)}* ${index}`,
      state: index % 3 === 0 ? 'done' : 'open',
      closedAt: index % 3 === 0 ? now : null,
      toldAt: now,
      risky: true,
    }),
  );
  const moves = many.map(({ id }) => ({
    delegationId: id,
    round: 1,
    kind: 'agreed' as const,
    level: 5 as Level,
    by: 'lead' as const,
    at: now,
  }));

  test('stays within Slack’s limits and smuggles nothing in, however much there is', () => {
    const messages = [
      lists.list(many, [], reader),
      lists.page({ personId: 'U0A', all: many, checkIns: [], moves, words: new Map() }, reader),
      { text: '', blocks: lists.homeBlocks(many, [], reader) },
      { text: '', blocks: lists.digestBlocks(many, [], isoWeek(today), reader) },
    ];
    for (const { blocks } of messages) {
      expect(blocks.length).toBeLessThanOrEqual(50);
      expect(textOf(blocks)).not.toContain('<!channel>');
      for (const block of blocks)
        if (block.type === 'section') expect(block.text?.text.length ?? 0).toBeLessThanOrEqual(3000);
    }
  });

  test('trusted words stand in the blocks and never in the text of a notification', () => {
    const words = { why: 'SECRET why', stays: 'SECRET stays', told: null, closing: 'SECRET closing' };
    const open = done(tellInPerson(draft, now));
    const ended = close(open, { state: 'taken-back' }, now)!;
    const known = { delegation: ended, checkIns: [], words };
    for (const message of [
      views.preview({ ...known, delegation: draft }, undefined, reader),
      views.card(known, reader),
      ends.ended(ended, 'SECRET'),
      ends.ended({ ...ended, state: 'done' }, 'SECRET'),
      lists.page(
        { personId: 'U0A', all: [ended], checkIns: [], moves: [], words: new Map([[ended.id, words]]) },
        reader,
      ),
    ]) {
      expect(message.text).not.toContain('SECRET');
      expect(message.text.length).toBeGreaterThan(10);
      expect(textOf(message.blocks)).toContain('SECRET');
    }
  });

  test('the digest says nothing where nothing moved, and names what did', () => {
    const told = done(tellInPerson(draft, now));
    const said = (delegations: Delegation[]) =>
      textOf(lists.digestBlocks(delegations, [], isoWeek(today), reader));
    expect(said([])).toBe('');
    expect(said([told])).toBe('*Delegation*\nHanded over: *the parser* (<@U0A>).');
    expect(said([{ ...told, toldAt: now.subtract({ hours: 24 * 8 }) }])).toBe('');
    expect(said([{ ...told, toldAt: now.subtract({ hours: 24 * 29 }) }])).toContain('for 4 weeks');
    expect(said([close(told, { state: 'taken-back' }, now)!])).toContain(
      'Taken back: *the parser* (<@U0A>).',
    );
    const asked = done(propose(told, 5, { by: 'person', round: told.round, now }));
    expect(said([asked])).toContain('<@U0A> proposes *advise* for *the parser*');
  });

  test('a check-in that got no answer, as in a pause, stays in sight and can be answered', () => {
    const open = done(tellInPerson(draft, now));
    const missed = { id: 'c1', delegationId: open.id, day: day('2026-11-13'), answer: null };
    expect(lists.line(open, [missed], reader)).toContain('check-in of Fri 13 Nov unanswered');
    const { blocks } = views.card({ delegation: open, checkIns: [missed], words: noWords }, reader);
    expect(textOf(blocks)).toContain('Your check-in of Fri 13 Nov has no answer yet.');
    expect(JSON.stringify(blocks)).toContain(onTrack.id);
    const answered = { ...missed, answer: 'on-track' as const };
    expect(lists.line(open, [answered], reader)).not.toContain('unanswered');
  });

  test('somebody who left is named, not mentioned', () => {
    const open = { ...done(tellInPerson(draft, now)), personLeft: true };
    expect(lists.line(open, [], reader)).toContain('Duarte has left');
    expect(lists.line(open, [], reader)).not.toContain('<@');
    expect(textOf(views.card({ delegation: open, checkIns: [], words: noWords }, reader).blocks)).toContain(
      'I ask nothing about it',
    );
  });
});
