// Every message and form of this room at its fullest stays within Slack's limits, and nothing people type can act in it.

import { describe, expect, test } from '@jest/globals';
import { checkBlocks } from '../../sandbox/slack/limits/blocks.ts';
import { checkView } from '../../sandbox/slack/limits/views.ts';
import { findBlame } from '../../src/blame/blame.ts';
import { english } from '../../src/blame/english.ts';
import * as forms from '../../src/rooms/postmortems/postmortems.forms.ts';
import { trendsOf } from '../../src/rooms/postmortems/postmortems.trends.ts';
import {
  factorKinds,
  longestNote,
  longestSection,
  longestTitle,
  mostEntries,
  type Postmortem,
  parts,
  sectionIds,
} from '../../src/rooms/postmortems/postmortems.ts';
import * as views from '../../src/rooms/postmortems/postmortems.views.ts';
import { viewOf } from '../../src/slack/forms.ts';

const at = Temporal.Instant.from('2026-11-18T09:12Z');
const hostile = '<!channel> <https://evil.example|click> *bold* & "quotes" ';
const fill = (length: number) => hostile.repeat(Math.ceil(length / hostile.length)).slice(0, length);
const many = (count: number, prefix = 'U') =>
  Array.from({ length: count }, (_, index) => `${prefix}${index}`);
const id = '00000000-0000-4000-8000-000000000000';

const full: Postmortem = {
  workspaceId: 'T1',
  id,
  number: 999_999,
  ownerId: 'U1',
  timeZone: 'America/Argentina/Buenos_Aires',
  title: fill(longestTitle),
  severity: 1,
  startedAt: at,
  detectedAt: at.add({ minutes: 1 }),
  resolvedAt: at.add({ minutes: 400 }),
  services: many(12).map((name) => `${name}${fill(50)}`.slice(0, 60)),
  factors: factorKinds.map((kind) => kind.id),
  facilitatorId: 'U2',
  responders: many(12),
  channelId: 'C1',
  status: 'in-review',
  people: many(12),
  reviewAt: at.add({ hours: 48 }),
  createdAt: at,
  changedAt: at,
};
const sections = sectionIds.map((section) => ({
  id: section,
  text: fill(longestSection),
  version: 3,
  changedBy: 'U1',
  changedAt: at,
}));
const timeline = Array.from({ length: mostEntries }, (_, index) => ({
  id: `${id.slice(0, -4)}${String(index).padStart(4, '0')}`,
  at: at.add({ minutes: index }),
  text: fill(longestNote),
  link: 'https://tidewater.slack.com/archives/C1/p1',
  addedBy: 'U1',
}));
const whole: views.Whole = {
  links: {},
  postmortem: full,
  sections,
  timeline,
  commitments: many(20).map((ownerId) => ({
    what: fill(500),
    due: Temporal.PlainDate.from('2026-12-01'),
    state: 'open',
    ownerId,
    ownerName: 'Somebody',
    reason: null,
  })),
  reviewBy: Temporal.PlainDate.from('2026-11-21'),
};
const blame = findBlame('They should have waited. Jonas forgot the mirror. Who approved this?', english);
const fresh = {
  round: 3,
  seen: many(60).map((one) => `x${one}abc`),
  kept: [],
  asks: many(4).map((one) => one.padEnd(130, 'x')),
  channel: 'C1',
};

/** Slack counts a message's blocks together; beyond about this many characters it says msg_blocks_too_long. */
const longestMessage = 13_000;

describe('messages', () => {
  test.each(parts)('%s', (part) => {
    for (const destination of ['C1', 'U1']) {
      const drawn = views.drawPart(whole, part, destination);
      expect(checkBlocks(drawn.blocks, 'message', '')).toEqual([]);
      expect(drawn.text.length).toBeLessThanOrEqual(4000);
      // A header is plain text, where nothing can act.
      const words = JSON.stringify(drawn.blocks.filter(({ type }) => type !== 'header'));
      expect(drawn.text).not.toContain('<!channel>');
      expect(words).not.toContain('<!channel>');
      expect(words).not.toContain('<https://evil');
      expect(words.length).toBeLessThanOrEqual(longestMessage * 1.6);
    }
  });

  test('a private one shows nothing of its words outside its blocks', () => {
    for (const part of parts) {
      const { text } = views.drawPart({ ...whole, postmortem: { ...full, channelId: null } }, part, 'U1');
      expect(text).toMatch(/^PM-999999, private: [a-z ]+\.$/);
    }
    const entry = { id, at, text: 'secret words', link: null, addedBy: 'U1' };
    expect(views.noted({ ...full, channelId: null }, entry, true).text).not.toContain('secret');
  });

  test('lists, hits, trends and the document', () => {
    const all = Array.from({ length: 60 }, (_, index) => ({
      ...full,
      number: index + 1,
      status: index % 2 ? ('closed' as const) : ('draft' as const),
    }));
    const reader = { zone: 'UTC', now: at };
    const found = views.trends(trendsOf(all, 'UTC', at));
    for (const message of [
      views.list(all, reader),
      views.hits(
        all.map((postmortem) => ({ postmortem, where: 'Summary', excerpt: fill(160) })),
        fill(200),
      ),
      found.message,
      views.markdown(full, fill(views.longestMarkdown).replaceAll(' & ', '\n```\n')),
      views.help(),
      views.started(full, { severity: true, suggestion: 'U9' }),
    ]) {
      expect(checkBlocks(message.blocks, 'message', '')).toEqual([]);
    }
  });
});

describe('forms', () => {
  test.each([
    [
      'section',
      forms.sectionForm({
        postmortem: full,
        section: 'factors',
        version: 9,
        text: fill(longestSection),
        theirs: sections[0],
        findings: blame,
        ...fresh,
      }),
    ],
    ['history', forms.historyForm(full, 'summary', Array(60).fill(sections[0]), 'U1')],
    [
      'entry',
      forms.entryForm({
        postmortem: undefined,
        choices: Array.from({ length: 120 }, (_, index) => ({
          ...full,
          id: `${id.slice(0, -3)}${100 + index}`,
        })),
        when: fill(80),
        text: fill(longestNote),
        link: `https://x.example/${'a'.repeat(300)}`,
        at: at.toString(),
        findings: blame,
        ...fresh,
      }),
    ],
    ['entries', forms.entriesForm(full, timeline, 'UTC')],
    [
      'facts',
      forms.factsForm({
        postmortem: undefined,
        facts: full,
        zone: 'America/Argentina/Buenos_Aires',
        place: 'C1',
        link: `https://x.example/${'a'.repeat(300)}`,
        at: at.toString(),
        entry: fill(longestNote),
        findings: blame,
        ...fresh,
      }),
    ],
    [
      'share',
      forms.shareForm(full, {
        seen: fresh.seen,
        kept: fresh.seen,
        stands: false,
        found: blame.flatMap((finding) =>
          Array.from({ length: 5 }, (_, index) => ({
            where: `${id}${index}`,
            whereWords: 'Timeline',
            finding,
          })),
        ),
      }),
    ],
    ['review', forms.reviewForm(full, whole.reviewBy, 'UTC')],
    [
      'commit',
      forms.commitForm({
        postmortem: full,
        what: fill(longestNote),
        who: 'U1',
        due: whole.reviewBy,
        findings: blame,
        ...fresh,
      }),
    ],
    [
      'markdown',
      {
        callbackId: 'x',
        title: 'As Markdown',
        blocks: views.markdownBlocks(full, fill(200_000).replaceAll(' & ', '\n```\n')),
      },
    ],
    ['whole', { callbackId: 'x', title: 'PM-999999', blocks: views.wholeBlocks(whole) }],
  ])('%s', (_name, form) => {
    const view = viewOf(form, {
      origin: { responseUrl: `https://hooks.example/${'b'.repeat(120)}` },
      data: form.data,
    });
    expect(checkView(view, 'modal')).toEqual([]);
    expect(view.private_metadata?.length ?? 0).toBeLessThanOrEqual(3000);
  });
});

test('one is one, and a count says what it counts', () => {
  const mine = { ...full, channelId: null };
  expect(views.list([mine], { zone: 'Europe/Berlin', now: at }).text).toBe(
    'One post-mortem you may open, in review.',
  );
  const closed = { ...mine, status: 'closed' as const };
  expect(views.list([mine, closed], { zone: 'Europe/Berlin', now: at }).text).toBe(
    '2 post-mortems you may open, 1 of them not closed.',
  );
});
