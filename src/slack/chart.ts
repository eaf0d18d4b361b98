// Slack's native chart block, which @slack/types does not know yet, and the same chart in text for where it isn't there.

/** One named line of a chart: exactly one value for each category. */
export interface ChartSeries {
  /** 20 characters at most. */
  name: string;
  values: number[];
}

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
