// A message as the house hands it around: blocks for the eye, and the same words as text for screen readers.

import type { KnownBlock } from '@slack/types';

/**
 * Slack's native chart, which @slack/types does not know yet. Messages only, two a message at most.
 * Source: docs.slack.dev/reference/block-kit/blocks/data-visualization-block
 */
export interface ChartBlock {
  type: 'data_visualization';
  block_id?: string;
  title: string;
  chart: {
    type: 'bar' | 'line' | 'area';
    series: { name: string; data: { label: string; value: number }[] }[];
    axis_config: { categories: string[]; x_label?: string; y_label?: string };
  };
}

export type Block = KnownBlock | ChartBlock;

/** Begins the id of each block on a page of many things: what is pressed there leaves the page where it is. */
export const pageBlock = 'page-';

/** `text` stands for the whole message: screen readers read it and ignore the blocks. */
export interface Message {
  text: string;
  blocks: Block[];
}

/** Bolt's argument types know every official block and not the chart yet; this is the one place that says so. */
export const asArguments = (message: Message): { text: string; blocks: KnownBlock[] } => ({
  text: message.text,
  blocks: message.blocks as KnownBlock[],
});
