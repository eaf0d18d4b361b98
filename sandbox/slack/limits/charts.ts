// Limits of the chart block, `data_visualization` (docs.slack.dev, 16 June 2026).

import { byType, type Check, list, number, object, oneOf, type Problem, say, text } from './schema.ts';

const label = text({ min: 1, max: 20 });
const axisTitle = text({ min: 1, max: 50 });

/** Every series has exactly one point for each category, and they are told apart by name. */
function pointsMatchCategories(value: Record<string, unknown>, pointer: string, found: Problem[]): void {
  const { categories } = value.axis_config as { categories: string[] };
  const series = value.series as { name: string; data: { label: string }[] }[];
  if (new Set(categories).size !== categories.length) {
    say(found, `${pointer}/axis_config/categories`, 'categories must be unique');
  }
  if (new Set(series.map((one) => one.name)).size !== series.length) {
    say(found, `${pointer}/series`, 'series names must be unique');
  }
  series.forEach((one, index) => {
    const labels = one.data.map((point) => point.label).sort();
    const wanted = [...categories].sort();
    if (labels.length !== wanted.length || labels.some((given, at) => given !== wanted[at])) {
      say(found, `${pointer}/series/${index}/data`, 'must hold exactly one data point for each category');
    }
  });
}

const axes = (kind: string) =>
  object({
    required: {
      type: oneOf(kind),
      series: list(
        object({
          required: {
            name: label,
            data: list(object({ required: { label, value: number() } }), { min: 1, max: 20 }),
          },
        }),
        // One copy of Slack's page says 12; 6 is right by either.
        { min: 1, max: 6 },
      ),
      axis_config: object({
        required: { categories: list(label, { min: 1, max: 20 }) },
        optional: { x_label: axisTitle, y_label: axisTitle },
      }),
    },
    together: pointsMatchCategories,
  });

const chart = byType(() => ({
  pie: object({
    required: {
      type: oneOf('pie'),
      segments: list(object({ required: { label, value: number({ above: 0 }) } }), { min: 1, max: 6 }),
    },
  }),
  bar: axes('bar'),
  line: axes('line'),
  area: axes('area'),
}));

export const dataVisualization: Check = object({
  required: { type: oneOf('data_visualization'), title: text({ min: 1, max: 50 }), chart },
  optional: { block_id: text({ min: 1, max: 255 }) },
});
