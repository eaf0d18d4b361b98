// A page that all rooms fill together: their sections in order, the lightest giving way where not all fit. Pure.

import { aside, charactersOf, divider } from '../slack/blocks.ts';
import { limits } from '../slack/limits.ts';
import { type Block, pageBlock } from '../slack/message.ts';
import type { Pages } from './room.ts';

/** What one room has to say on a page. */
export interface Section extends Pick<Pages, 'called' | 'command' | 'weight'> {
  blocks: Block[];
}

export interface Space {
  blocks: number;
  /** Of all blocks together. */
  characters: number;
}

/** What sections may take of a message, of which some is kept for what stands around them. */
export const messageSpace: Space = {
  blocks: limits.messageBlocks - 3,
  characters: limits.messageCharacters - 1_000,
};

/** The same of the App Home, which counts no characters. */
export const homeSpace: Space = { blocks: limits.viewBlocks - 2, characters: Infinity };

/**
 * Sections in the order given, a line between them. Where not all fit, the lightest lose their last blocks first,
 * down to leaving the page; what is shortened or left out is named, with the command that shows it.
 */
export function pageOf(sections: readonly Section[], space: Space): Block[] {
  const parts = sections
    .filter(({ blocks }) => blocks.length > 0)
    .map((section) => ({ section, shown: section.blocks.length }));
  // Of equals the later gives way.
  for (const part of parts.toReversed().toSorted((one, other) => one.section.weight - other.section.weight)) {
    while (part.shown > 0 && !fits(draw(parts), space)) part.shown = shorter(part);
  }
  return draw(parts);
}

/** The page as a message that stays: pressing something on it leaves the rest of it, and the other buttons, in place. */
export const staying = (page: readonly Block[]): Block[] =>
  page.map((block, index) => ({ ...block, block_id: `${pageBlock}${index}` }));

interface Part {
  section: Section;
  /** How many of its blocks, from the first on. */
  shown: number;
}

/** A block less; a heading by itself says nothing, so the last two go together. */
const shorter = ({ shown }: Part): number => (shown === 2 ? 0 : shown - 1);

const fits = (blocks: Block[], space: Space): boolean =>
  blocks.length <= space.blocks && charactersOf(blocks) <= space.characters;

function draw(parts: readonly Part[]): Block[] {
  const page = parts
    .filter(({ shown }) => shown > 0)
    .flatMap(({ section, shown }, index): Block[] => [
      ...(index === 0 ? [] : [divider()]),
      ...section.blocks.slice(0, shown),
    ]);
  const cut = parts.filter(({ section, shown }) => shown < section.blocks.length);
  return cut.length === 0 ? page : [...page, aside(notAll(cut.map(({ section }) => section)))];
}

const notAll = (cut: readonly Section[]): string =>
  `Not everything fits here. ${cut.map(({ called, command }) => `\`${command}\` shows all of ${called}`).join(', ')}.`;
