// A message as the house hands it around: blocks for the eye, and the same words as text for screen readers.

import type { KnownBlock } from '@slack/types';
import type { ChartBlock } from './chart.ts';

export type Block = KnownBlock | ChartBlock;

/** `text` stands for the whole message: screen readers read it and ignore the blocks. */
export interface Message {
  text: string;
  blocks: Block[];
}
