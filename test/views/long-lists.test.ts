// Lists that grow: whatever is in them, a message stays within what Slack takes, and says itself what it leaves out.

import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { longestBlocks } from '../../sandbox/slack/limits/messages.ts';
import { defaultSettings } from '../../src/leads/leads.ts';
import type { Titled } from '../../src/prompts/coming.ts';
import { promptList } from '../../src/prompts/controls.views.ts';
import type { Schedule } from '../../src/prompts/prompts.store.ts';
import { pauseOverMessage, withMenu } from '../../src/prompts/prompts.views.ts';
import { defaultCategories } from '../../src/rooms/balance/balance.categories.ts';
import * as hours from '../../src/rooms/balance/balance.views.ts';
import { list } from '../../src/rooms/commitments/commitments.actions.ts';
import type { Commitment } from '../../src/rooms/commitments/commitments.ts';
import * as commitments from '../../src/rooms/commitments/commitments.views.ts';
import { list as held, leftBehindBlocks, page } from '../../src/rooms/delegation/delegation.list.views.ts';
import type { Delegation } from '../../src/rooms/delegation/delegation.ts';
import { feedbackList } from '../../src/rooms/one-on-ones/feedback.views.ts';
import { invitation } from '../../src/rooms/one-on-ones/one-on-ones.agenda.views.ts';
import { overview } from '../../src/rooms/one-on-ones/one-on-ones.pages.views.ts';
import { messageSpace, pageOf } from '../../src/rooms/page.ts';
import type { Postmortem } from '../../src/rooms/postmortems/postmortems.ts';
import * as postmortems from '../../src/rooms/postmortems/postmortems.views.ts';
import { list as retros } from '../../src/rooms/retros/retros.rhythm.views.ts';
import { type Group, type Retro, retroOf, type Series } from '../../src/rooms/retros/retros.ts';
import { ranking, sorting, summary } from '../../src/rooms/retros/retros.views.ts';
import {
  aside,
  button,
  charactersOf,
  growing,
  message,
  paragraph,
  row,
  say,
  withMore,
} from '../../src/slack/blocks.ts';
import { limits } from '../../src/slack/limits.ts';
import type { Message } from '../../src/slack/message.ts';

const now = Temporal.Instant.from('2026-11-18T14:00Z');
const lead = {
  workspaceId: 'T1',
  id: 'ULEAD',
  pausedUntil: null,
  pauses: [],
  leftAt: null,
  offeredTimeZone: null,
  setUpAt: null,
  ...defaultSettings('Europe/Berlin'),
};
const reader = { member: lead, now };
const hoursReader = { lead, now, categories: defaultCategories };

/** Words of any length, of which Slack makes more: an ampersand is five characters there. */
const words = fc
  .tuple(fc.constantFrom('the parser ', '&', '<b> ', '“x” ', 'ü'), fc.integer({ min: 1, max: 500 }))
  .map(([piece, length]) => piece.repeat(length).slice(0, 500));

const commitment = fc
  .tuple(words, fc.integer({ min: -30, max: 200 }), fc.constantFrom('open', 'done', 'dropped'))
  .map(
    ([what, days, state]): Commitment => ({
      id: '00000000-0000-4000-8000-000000000000',
      leadId: 'ULEAD',
      owner: { id: 'ULEAD', name: 'Maren', left: false },
      withId: null,
      what,
      due: Temporal.PlainDate.from('2026-11-18').add({ days }),
      source: { kind: 'retro', id: '1', words: 'the retrospective in <#C1>' },
      state: state as Commitment['state'],
      reason: state === 'dropped' ? what : null,
      moved: 2,
      madeAt: now,
      saidAt: days % 2 === 0 ? now : null,
      saidIn: null,
      closedAt: null,
    }),
  );
const many = fc.array(commitment, { maxLength: 70, size: 'max' });
const entry = fc.tuple(words, fc.integer({ min: 1, max: 900 })).map(([note, minutes]) => ({
  id: '00000000-0000-4000-8000-000000000000',
  batchId: '00000000-0000-4000-8000-000000000001',
  day: Temporal.PlainDate.from('2026-11-18'),
  minutes,
  categoryId: 'review',
  side: 'leading' as const,
  people: [],
  note,
  startsAt: null,
  endsAt: null,
}));
const entries = fc.array(entry, { minLength: 1, maxLength: 70, size: 'max' });

const reader1 = { lead, now };
const series: Series = {
  workspaceId: 'T1',
  id: '00000000-0000-4000-8000-000000000007',
  leadId: 'ULEAD',
  channelId: 'C1',
  rhythm: {
    rule: 'FREQ=WEEKLY;BYDAY=FR',
    starts: Temporal.PlainDateTime.from('2026-01-02T14:00'),
    keptZone: null,
  },
  formatId: 'rotating',
  anonymous: true,
  openDays: 1,
  zones: ['Europe/Berlin'],
  people: 6,
  state: 'active',
  skipAt: null,
};

const postmortem = (title: string): Postmortem => ({
  workspaceId: 'T1',
  id: '00000000-0000-4000-8000-000000000008',
  number: 12,
  ownerId: 'U1',
  timeZone: 'Europe/Berlin',
  title: title.slice(0, 150),
  severity: 1,
  startedAt: now,
  detectedAt: now,
  resolvedAt: now,
  services: [],
  factors: [],
  facilitatorId: null,
  responders: [],
  channelId: 'C1',
  status: title.length % 2 ? 'closed' : 'draft',
  people: [],
  reviewAt: null,
  createdAt: now,
  changedAt: now,
});

const lookingBack = (phase: Retro['phase']): Retro =>
  retroOf(series, {
    id: '00000000-0000-4000-8000-000000000009',
    phase,
    formatId: 'starfish',
    openedAt: now,
    closesAt: now,
    answered: 200,
  });
const groups = fc
  .array(fc.array(words, { minLength: 1, maxLength: 4 }), { maxLength: 120, size: 'max' })
  .map((all): Group[] =>
    all.map((wordings, at) => ({
      id: `00000000-0000-4000-8000-${String(at).padStart(12, '0')}`,
      question: at % 3,
      votes: at % 4,
      items: wordings.map((said, index) => ({
        id: `${at} ${index}`,
        question: at % 3,
        words: said.slice(0, 300),
        author: null,
        groupId: null,
      })),
    })),
  );

let made = 0;
const delegation = (title: string, state: 'open' | 'done'): Delegation => {
  made += 1;
  return {
    id: `00000000-0000-4000-8000-${String(made).padStart(12, '0')}`,
    personId: 'U1',
    personName: 'Duarte',
    personLeft: false,
    title: title.slice(0, 100),
    state,
    level: 5,
    agreedAt: now,
    proposal: null,
    round: 1,
    risky: true,
    until: Temporal.PlainDate.from('2026-12-12'),
    nextLevel: null,
    follows: null,
    madeAt: now,
    toldAt: now,
    closedAt: state === 'done' ? now : null,
  };
};

const listed = fc
  .tuple(words, fc.boolean(), fc.constantFrom('active', 'off'))
  .map(([about, comes, state]): Titled & { comes: boolean } => ({
    title: 'After a 1:1',
    about: about.slice(0, 80),
    comes,
    schedule: {
      schedule_id: '00000000-0000-4000-8000-000000000004',
      rule: 'FREQ=DAILY',
      starts: Temporal.PlainDateTime.from('2026-01-01T09:00'),
      state,
      next_at: null,
      destination_type: 'channel',
      destination: 'C1',
    } as Schedule,
  }));

/** Every list a room says, with as many things in it as come. */
const lists: Record<string, fc.Arbitrary<{ message: Message }>> = {
  'commitments that are open': fc.tuple(many, many).map(([mine, theirs]) => ({
    message: commitments.openList(mine, theirs, reader),
  })),
  'commitments that are closed': many.map((those) => ({
    message: commitments.closedList(those, reader),
  })),
  'a reminder': fc.array(commitment, { minLength: 1, maxLength: 70, size: 'max' }).map((those) => ({
    message: commitments.reminder(those, reader, '00000000-0000-4000-8000-000000000002'),
  })),
  'what was closed': fc.array(commitment, { minLength: 1, maxLength: 70, size: 'max' }).map((those) => ({
    message: commitments.closedNews(those),
  })),
  'what else stands in a message': fc.tuple(commitment, many).map(([one, rest]) => ({
    message: commitments.settled({ commitment: one, before: one }, rest, reader),
  })),
  'what was logged': entries.map((those) => ({
    message: hours.logged(
      { kind: 'logged', batchId: those[0]!.batchId, entries: those, clashes: [], around: those } as never,
      hoursReader,
    ),
  })),
  today: entries.map((those) => ({
    message: hours.todayMessage({ entries: those, week: those, timer: undefined } as never, hoursReader),
  })),
  'what is coming': fc.array(listed, { maxLength: 70, size: 'max' }).map((those) => {
    const soon = those
      .filter(({ comes }) => comes)
      .map((one, at) => ({
        ...one,
        at: now.add({ minutes: Math.floor((7 * 24 * 60 * at) / those.length) }),
      }));
    const later = those.filter(({ comes }) => !comes).map((one) => ({ ...one, next: undefined }));
    return { message: promptList({ soon, later, once: 3 }, now, { now, lead }) };
  }),
  'feedback notes': fc.array(words, { minLength: 1, maxLength: 60, size: 'max' }).map((notes) => ({
    message: feedbackList(
      notes.map((behaviour, index) => ({
        id: '00000000-0000-4000-8000-000000000005',
        personId: 'U1',
        personName: 'Duarte',
        notedAt: now,
        givenOn: null,
        tone: 'kind',
        situation: index % 2 ? behaviour : '',
        behaviour,
        impact: behaviour,
        next: '',
      })),
      undefined,
      reader1,
    ),
  })),
  'people one meets': fc.array(words, { minLength: 1, maxLength: 60, size: 'max' }).map((names) => ({
    message: overview(
      names.map((name, index) => ({
        person: {
          id: `U${index}`,
          name: name.slice(0, 80),
          role: name.slice(0, 40),
          relation: 'report',
          rule: 'FREQ=WEEKLY;BYDAY=TU',
          time: Temporal.PlainTime.from('10:00'),
          minutes: 30,
          leadTime: 'evening',
          invites: false,
          timeZone: null,
          ended: null,
          since: Temporal.PlainDate.from('2026-01-01'),
        },
        meetings: [],
      })),
      reader1,
    ),
  })),
  'channels that look back': fc.integer({ min: 1, max: 60 }).map((count) => ({
    message: retros(
      {
        rhythms: Array.from({ length: count }, () => ({ series, next: now.add({ hours: 24 }), past: [] })),
        underWay: [],
      },
      now,
      'Europe/Berlin',
    ),
  })),
  'what others hold': fc.array(words, { minLength: 1, maxLength: 60, size: 'max' }).map((titles) => ({
    message: held(
      titles.map((title) => delegation(title, 'open')),
      [],
      hoursReader,
    ),
  })),
  'what one person holds, and held before': fc
    .tuple(
      fc.array(words, { minLength: 1, maxLength: 60, size: 'max' }),
      fc.array(words, { maxLength: 60, size: 'max' }),
    )
    .map(([open, before]) => {
      const all = [
        ...open.map((title) => delegation(title, 'open')),
        ...before.map((title) => delegation(title, 'done')),
      ];
      const closing = new Map(
        before.map((learned, at) => [
          all[open.length + at]!.id,
          { why: null, stays: null, told: null, closing: learned },
        ]),
      );
      return {
        message: page({ personId: 'U1', all, checkIns: [], moves: [], words: closing as never }, hoursReader),
      };
    }),
  'what somebody who left held': fc
    .tuple(
      fc.array(words, { minLength: 1, maxLength: 60, size: 'max' }),
      fc.array(words, { minLength: 1, maxLength: 60, size: 'max' }),
      many,
    )
    .map(([theirs, mine, taken]) => {
      const section = { called: 'all of it', command: '/keel', weight: 50 };
      const delegated = leftBehindBlocks(
        theirs.map((title) => delegation(title, 'open')),
        mine.map((title) => delegation(title, 'open')),
      );
      const promised = commitments.leftBehindBlocks({ mine: taken, theirs: taken }, reader);
      return {
        message: message(
          ...pageOf(
            [delegated, promised].map((blocks) => ({ ...section, blocks })),
            messageSpace,
          ),
        ),
      };
    }),
  'what was logged last': entries.map((those) => ({
    message: hours.recentEntries(those as never, hoursReader),
  })),
  'what else is open, of something closed before': fc.tuple(commitment, many).map(([one, rest]) => ({
    message: commitments.alreadyClosed(one, rest, reader),
  })),
  'points of the other one': fc.array(words, { minLength: 1, maxLength: 60, size: 'max' }).map((points) => ({
    message: invitation(
      {
        lead,
        person: { id: 'U1', timeZone: 'Europe/Lisbon' },
        meeting: {
          id: '00000000-0000-4000-8000-000000000010',
          plannedFor: Temporal.PlainDateTime.from('2026-11-20T10:00'),
        },
        points: points.map((said) => ({ id: '00000000-0000-4000-8000-000000000011', words: said })),
      } as never,
      now,
    ),
  })),
  'post-mortems': fc.array(words, { minLength: 1, maxLength: 60, size: 'max' }).map((titles) => ({
    message: postmortems.list(titles.map(postmortem), { zone: 'Europe/Berlin', now }),
  })),
  'post-mortems that were found': fc
    .array(words, { minLength: 1, maxLength: 60, size: 'max' })
    .map((titles) => ({
      message: postmortems.hits(
        titles.map((title) => ({ postmortem: postmortem(title), where: 'Summary', excerpt: title })),
        'parser',
      ),
    })),
  'what a pause held back': fc.array(words, { maxLength: 60, size: 'max' }).map((titles) => ({
    message: pauseOverMessage(
      titles.map((title) => ({ title: title.slice(0, 60), about: title.slice(0, 80), occurrence: now })),
      { lead, now },
    ),
  })),
  'what was said, to be sorted': groups.map((all) => ({
    message: sorting(lookingBack('grouping'), all, 'Europe/Berlin'),
  })),
  'what was said, by votes': fc.tuple(groups, many).map(([all, taken]) => ({
    message: ranking(lookingBack('choosing'), all, taken),
  })),
  'what was taken on': fc.tuple(groups, fc.array(commitment, { maxLength: 3 })).map(([all, taken]) => ({
    message: summary(lookingBack('done'), taken, all),
  })),
  'any rows': fc.array(words, { maxLength: 90, size: 'max' }).map((rows) => ({
    message: growing(
      rows.map((text) => [paragraph(text), row(button('Done', list, { which: 'open' }))]),
      (left) => `And ${left} more.`,
      { before: [paragraph('Head')], after: [aside('Foot')] },
    ),
  })),
};

const lastResort = 'There is more than Slack shows';
const fits = ({ blocks, text }: Message) => {
  expect(blocks.length).toBeLessThanOrEqual(limits.messageBlocks);
  expect(charactersOf(blocks)).toBeLessThanOrEqual(limits.messageCharacters);
  expect(limits.messageCharacters).toBeLessThan(longestBlocks);
  expect(text.length).toBeLessThanOrEqual(limits.messageText);
};

describe.each(Object.entries(lists))('%s', (_, messages) => {
  test('fits, and says what it leaves out, also with a note and a menu put under it', () => {
    fc.assert(
      fc.property(messages, ({ message }) => {
        fits(message);
        expect(JSON.stringify(message.blocks)).not.toContain(lastResort);
        const noted = withMore(message, [
          aside('I have begun to keep your time. '.repeat(8)),
          row(button('Settings', list, { which: 'open' })),
        ]);
        fits(noted);
        const prompted = withMenu(noted, { delivery_id: '00000000-0000-4000-8000-000000000003', round: 1 });
        fits(prompted);
        expect(JSON.stringify(prompted.blocks)).toContain('Snooze, skip or change');
        expect(JSON.stringify(prompted.blocks)).toContain('I have begun');
        expect(JSON.stringify(prompted.blocks)).not.toContain(lastResort);
      }),
      { numRuns: 60 },
    );
  });
});

test('forty commitments with long words: the first ones, and how many more there are', () => {
  const one = fc.sample(commitment, { numRuns: 1, seed: 1 })[0]!;
  const forty = Array.from({ length: 40 }, () => ({ ...one, what: 'x'.repeat(500), state: 'done' as const }));
  const { text, blocks } = commitments.closedList(forty, reader);
  const shown = blocks.filter((block) => block.type === 'section').length - 1;
  expect(shown).toBeGreaterThan(5);
  expect(JSON.stringify(blocks)).toContain(`And ${40 - shown} more, closed before these.`);
  expect(text.length).toBeGreaterThan(0);
});

test('more channels than a message holds: the ones left out are counted', () => {
  const rhythms = Array.from({ length: 40 }, () => ({ series, next: now.add({ hours: 24 }), past: [] }));
  expect(JSON.stringify(retros({ rhythms, underWay: [] }, now, 'Europe/Berlin').blocks)).toMatch(
    /And \d+ more, which/,
  );
});

test('what stands last of a full message stays when more is put under it', () => {
  const full: Message = {
    text: 'x',
    blocks: Array.from({ length: 50 }, (_, index) => paragraph(String(index))),
  };
  const { blocks } = withMenu(full, { delivery_id: '00000000-0000-4000-8000-000000000003', round: 1 });
  expect(blocks).toHaveLength(50);
  expect(JSON.stringify(blocks.at(-2))).toContain(lastResort);
  const long: Message = { text: 'x', blocks: Array.from({ length: 4 }, () => paragraph('y'.repeat(2_870))) };
  expect(charactersOf(withMore(long, [aside('z'.repeat(600))]).blocks)).toBeLessThanOrEqual(
    limits.messageCharacters,
  );
  expect(withMore(say('a'), []).text).toBe('a');
});

/** Take a list that somebody bounds before, and why so. */
const bounded: Readonly<Record<string, string>> = {
  help: 'the commands there are',
  leadHasLeft: 'what is under way is counted, not listed',
  lineFindings: 'the sentences of one typed line',
  shared: 'the people chosen in one form',
};

test('every message that is made of a list is among these', () => {
  const src = path.join(import.meta.dirname, '../../src');
  const here = readFileSync(import.meta.filename, 'utf8');
  const made = /^export (?:const (\w+) = \(|function (\w+)\()((?:(?!\n\S)[\s\S])*?)\n?\): Message\b/gm;
  const missing = globSync('**/*.views.ts', { cwd: src }).flatMap((file) =>
    [...readFileSync(path.join(src, file), 'utf8').matchAll(made)].flatMap(([, one, other, taken = '']) => {
      const name = one ?? other ?? '';
      const takesList = /\w\[\]/.test(taken) && !(name in bounded);
      return takesList && !new RegExp(`\\b${name}\\b`).test(here) ? [`${name} of ${file}`] : [];
    }),
  );
  expect(missing).toEqual([]);
});
