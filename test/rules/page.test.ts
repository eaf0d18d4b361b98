// A page of all rooms' sections: in their order, and where not all fit, the lightest give way and the page says so.

import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { digest } from '../../src/digest/digest.views.ts';
import { homeBlocks } from '../../src/home/home.ts';
import { withMenu } from '../../src/prompts/prompts.views.ts';
import { homeSpace, pageOf, type Section, type Space } from '../../src/rooms/page.ts';
import { charactersOf, divider, paragraph, textOf, withMore } from '../../src/slack/blocks.ts';

const space = (blocks: number, characters = 12_000): Space => ({ blocks, characters });

const section = (called: string, weight: number, count: number, letters = 1): Section => ({
  called,
  command: `/${called}`,
  weight,
  blocks: Array.from({ length: count }, (_, index) => paragraph(`${called} ${index}`.padEnd(letters, '.'))),
});

const shown = (sections: Section[], within: Space): string =>
  pageOf(sections, within)
    .map((block) => (block.type === 'divider' ? '---' : textOf([block])))
    .join('\n');

test('what fits stands whole, in the order given, a line between sections', () => {
  const two = [section('retro', 10, 2), section('hours', 90, 1)];
  expect(shown(two, space(4))).toBe('retro 0\nretro 1\n---\nhours 0');
  expect(pageOf([], space(4))).toEqual([]);
  expect(pageOf([{ ...section('retro', 10, 0) }], space(4))).toEqual([]);
});

test('of too many blocks the lightest section loses its last ones first, and the page says where they are', () => {
  const all = [section('hours', 90, 3), section('retro', 10, 4), section('people', 50, 2)];
  expect(shown(all, space(10))).toBe(
    [
      'hours 0\nhours 1\nhours 2\n---\nretro 0\nretro 1\n---\npeople 0\npeople 1',
      'Not everything fits here. `/retro` shows all of retro.',
    ].join('\n'),
  );
});

test('where that is not enough it goes altogether, and then the next lightest', () => {
  const all = [section('hours', 90, 3), section('retro', 10, 4), section('people', 50, 4)];
  expect(shown(all, space(7))).toBe(
    [
      'hours 0\nhours 1\nhours 2\n---\npeople 0\npeople 1',
      'Not everything fits here. `/retro` shows all of retro, `/people` shows all of people.',
    ].join('\n'),
  );
});

test('a heading is not left standing by itself, and a section that is one line stays or goes', () => {
  const all = [section('hours', 90, 3), section('retro', 10, 4)];
  expect(shown(all, space(6))).toBe(
    'hours 0\nhours 1\nhours 2\nNot everything fits here. `/retro` shows all of retro.',
  );
  expect(shown([section('hours', 90, 2), section('zone', 95, 1)], space(4))).toContain('zone 0');
});

test('of too many characters as well', () => {
  const all = [section('hours', 90, 2, 900), section('retro', 10, 3, 900)];
  const page = shown(all, space(50, 4000));
  expect(page).toContain('retro 1');
  expect(page).not.toContain('retro 2');
  expect(page).toContain('`/retro` shows all of retro.');
});

test('of equals the later gives way', () => {
  const page = shown([section('one', 50, 2), section('other', 50, 2)], space(4));
  expect(page).toContain('one 1');
  expect(page).not.toContain('other 0');
});

const anySection = fc.record({
  called: fc.constantFrom('hours', 'retro', 'people', 'decisions'),
  command: fc.constant('/keel'),
  weight: fc.integer({ min: 0, max: 100 }),
  blocks: fc.array(
    fc.integer({ min: 1, max: 3000 }).map((letters) => paragraph('x'.repeat(letters))),
    { maxLength: 30 },
  ),
});

test('whatever the rooms say, a page stays within its space, in their order, and never loses the heaviest', () => {
  fc.assert(
    fc.property(fc.array(anySection, { maxLength: 20 }), (sections) => {
      const page = pageOf(sections, space(48));
      expect(page.length).toBeLessThanOrEqual(48);
      expect(charactersOf(page)).toBeLessThanOrEqual(12_000);
      const blocks = page.filter(({ type }) => type === 'section');
      const all = sections.flatMap((each) => each.blocks);
      expect(blocks).toEqual(all.filter((block) => blocks.includes(block)));
      const complete = blocks.length === all.length;
      expect(page.some(({ type }) => type === 'context')).toBe(!complete);
      const heaviest = Math.max(...sections.map(({ weight }) => weight));
      const first = sections.find(({ weight, blocks: own }) => weight === heaviest && own.length > 0);
      if (first) expect(page).toContain(first.blocks[0]);
      expect(page.at(0)).not.toEqual(divider());
    }),
  );
});

test('a digest keeps room for the menu under it, and for what else its lead is told', () => {
  const sections = ['hours', 'people', 'retro', 'decisions'].map((called, index) =>
    section(called, 90 - index, 20),
  );
  const { message } = digest({ year: 2026, week: 47 }, sections);
  const told = withMore(message, [paragraph('You are set up.')]);
  const sent = withMenu(told, { delivery_id: crypto.randomUUID(), round: 1 });
  expect(sent.blocks).toHaveLength(50);
  expect(sent.blocks.slice(0, -2)).toEqual(message.blocks);
  expect(message.text).toContain('Week 2026-W47');
  expect(message.text).toContain('`/retro` shows all of retro, `/decisions` shows all of decisions.');
});

test('so does the Home for its own two', () => {
  const sections = ['hours', 'people', 'retro'].map((called, index) => section(called, 90 - index, 40));
  expect(homeBlocks(sections, homeSpace)).toHaveLength(100);
});
