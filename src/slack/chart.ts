// Slack's native charts, and the same charts in text for where Slack does not have them.

import type { SectionBlock } from '@slack/types';
import type { ChartBlock, Message } from './message.ts';

/** One named line of a chart: exactly one value for each category. */
interface ChartSeries {
  /** 20 characters at most. */
  name: string;
  values: number[];
}

/**
 * A bar chart. Limits from docs.slack.dev/reference/block-kit/blocks/data-visualization-block:
 * title 50 characters, 1 to 6 series, 1 to 20 points each, labels 20 characters.
 */
export function barChart(
  title: string,
  categories: string[],
  series: ChartSeries[],
  axes: { x?: string; y?: string } = {},
): ChartBlock {
  return {
    type: 'data_visualization',
    title,
    chart: {
      type: 'bar',
      series: series.map(({ name, values }) => ({
        name,
        data: categories.map((label, index) => ({ label, value: values[index] ?? 0 })),
      })),
      axis_config: {
        categories,
        ...(axes.x !== undefined && { x_label: axes.x }),
        ...(axes.y !== undefined && { y_label: axes.y }),
      },
    },
  };
}

/** The same message with each chart as text, for a workspace whose Slack answers a chart with `invalid_blocks`. */
export function withoutCharts(message: Message): Message {
  return {
    text: message.text,
    blocks: message.blocks.map((block) => (block.type === 'data_visualization' ? chartInText(block) : block)),
  };
}

/** One line a category and series: `W47 Coding  ████████ 16`, in fixed width so that bars compare. */
function chartInText({ title, chart }: ChartBlock): SectionBlock {
  const { categories } = chart.axis_config;
  const largest = Math.max(1, ...chart.series.flatMap(({ data }) => data.map(({ value }) => value)));
  const nameWidth = Math.max(...chart.series.map(({ name }) => name.length));
  const labelWidth = Math.max(...categories.map((category) => category.length));
  const lines = categories.flatMap((category, at) =>
    chart.series.map(({ name, data }, index) => {
      const value = data[at]?.value ?? 0;
      const label = (index === 0 ? category : '').padEnd(labelWidth);
      return `${label}  ${name.padEnd(nameWidth)}  ${'█'.repeat(Math.round((value / largest) * 20))} ${value}`;
    }),
  );
  return { type: 'section', text: { type: 'mrkdwn', text: `*${title}*\n\`\`\`${lines.join('\n')}\`\`\`` } };
}
