import { describe, expect, test } from '@jest/globals';
import { checkBlocks, type Surface } from '../../sandbox/slack/limits/blocks.ts';
import { readMetadata } from '../../sandbox/slack/limits/messages.ts';
import { wording } from '../../sandbox/slack/limits/schema.ts';
import { checkView } from '../../sandbox/slack/limits/views.ts';

const x = (count: number) => 'x'.repeat(count);
const plain = (text: string) => ({ type: 'plain_text', text });
const section = (text = 'hello') => ({ type: 'section', text: { type: 'mrkdwn', text } });
const button = (extra: object = {}) => ({ type: 'button', text: plain('Go'), action_id: 'go', ...extra });
const actions = (...elements: object[]) => ({ type: 'actions', elements });
const option = (text = 'One', value = 'one') => ({ text: plain(text), value });
const select = (extra: object) => actions({ type: 'static_select', action_id: 's', ...extra });
const input = (element: object, extra: object = {}) => ({
  type: 'input',
  label: plain('Label'),
  element,
  ...extra,
});
const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, i) => make(i));
const chart = (extra: object = {}) => ({
  type: 'data_visualization',
  title: 'Your weeks',
  chart: {
    type: 'bar',
    series: [
      {
        name: 'Leading',
        data: [
          { label: 'W46', value: 3 },
          { label: 'W47', value: 0 },
        ],
      },
    ],
    axis_config: { categories: ['W46', 'W47'] },
  },
  ...extra,
});
const pie = (segments: object[]) => ({
  type: 'data_visualization',
  title: 't',
  chart: { type: 'pie', segments },
});
const cell = (text = 'a') => ({ type: 'raw_text', text });
const modal = (extra: object = {}) => ({
  type: 'modal',
  title: plain('Title'),
  blocks: [section()],
  ...extra,
});

const say = (blocks: unknown, surface: Surface = 'message', charts = true) =>
  checkBlocks(blocks, surface, '/blocks', charts).map(wording);

describe('what Slack takes', () => {
  test.each<[string, unknown, Surface]>([
    ['50 blocks', times(50, () => section()), 'message'],
    ['100 blocks in a Home', times(100, () => section()), 'home'],
    ['a section at its longest', [section(x(3000))], 'message'],
    ['an emoji counts as one character', [{ type: 'header', text: plain('😀'.repeat(150)) }], 'message'],
    ['a chart', [chart()], 'message'],
    ['a pie of six', [pie(times(6, (i) => ({ label: `s${i}`, value: 1 })))], 'message'],
    ['an alert in a modal', [{ type: 'alert', text: plain('Careful'), level: 'warning' }], 'modal'],
    ['a data table', [{ type: 'data_table', caption: 'c', rows: [[cell()], [cell()]] }], 'home'],
    ['a container', [{ type: 'container', title: plain('t'), child_blocks: [section()] }], 'message'],
    ['an input in a message', [input({ type: 'plain_text_input', action_id: 'a' })], 'message'],
    [
      'an initial option with Slack’s own emoji flag',
      [
        select({
          options: [option()],
          initial_option: { ...option(), text: { ...plain('One'), emoji: true } },
        }),
      ],
      'message',
    ],
    ['null for a field left out', [{ ...section(), block_id: null }], 'message'],
  ])('%s', (...row) => {
    // A rest parameter, or jest would hand its `done` to rows that have no surface.
    const [, blocks, surface] = row;
    expect(say(blocks, surface)).toEqual([]);
  });
});

describe('what Slack refuses', () => {
  test.each<[string, unknown, string, Surface?]>([
    ['51 blocks', times(51, () => section()), 'no more than 50 items allowed [json-pointer:/blocks]'],
    [
      '101 blocks in a modal',
      times(101, () => section()),
      'no more than 100 items allowed [json-pointer:/blocks]',
      'modal',
    ],
    ['an unknown block', [{ type: 'paragraph' }], 'unsupported type: paragraph [json-pointer:/blocks/0]'],
    [
      'an unknown field',
      [{ ...section(), colour: 'red' }],
      'invalid additional property: colour [json-pointer:/blocks/0]',
    ],
    ['an empty section', [section('')], 'must be more than 0 characters [json-pointer:/blocks/0/text/text]'],
    [
      'a section too long',
      [section(x(3001))],
      'must be less than 3001 characters [json-pointer:/blocks/0/text/text]',
    ],
    ['a section of nothing', [{ type: 'section' }], 'missing required field: text [json-pointer:/blocks/0]'],
    [
      '11 fields',
      [{ type: 'section', fields: times(11, () => plain('f')) }],
      'no more than 10 items allowed [json-pointer:/blocks/0/fields]',
    ],
    [
      'a field too long',
      [{ type: 'section', fields: [plain(x(2001))] }],
      'must be less than 2001 characters [json-pointer:/blocks/0/fields/0/text]',
    ],
    [
      'a header too long',
      [{ type: 'header', text: plain(x(151)) }],
      'must be less than 151 characters [json-pointer:/blocks/0/text/text]',
    ],
    [
      'mrkdwn in a header',
      [{ type: 'header', text: { type: 'mrkdwn', text: 'a' } }],
      'must be a valid enum value (one of plain_text) [json-pointer:/blocks/0/text/type]',
    ],
    [
      '26 buttons',
      [actions(...times(26, (i) => button({ action_id: `a${i}` })))],
      'no more than 25 items allowed [json-pointer:/blocks/0/elements]',
    ],
    ['no buttons', [actions()], 'no less than 1 items allowed [json-pointer:/blocks/0/elements]'],
    [
      '11 context elements',
      [{ type: 'context', elements: times(11, () => plain('c')) }],
      'no more than 10 items allowed [json-pointer:/blocks/0/elements]',
    ],
    [
      'a button’s long label',
      [actions(button({ text: plain(x(76)) }))],
      'must be less than 76 characters [json-pointer:/blocks/0/elements/0/text/text]',
    ],
    [
      'a button’s long value',
      [actions(button({ value: x(2001) }))],
      'must be less than 2001 characters [json-pointer:/blocks/0/elements/0/value]',
    ],
    [
      'a button’s long url',
      [actions(button({ url: `https://a.b/${x(3000)}` }))],
      'must be less than 3001 characters [json-pointer:/blocks/0/elements/0/url]',
    ],
    [
      'a default style',
      [actions(button({ style: 'default' }))],
      'must be a valid enum value (one of primary, danger) [json-pointer:/blocks/0/elements/0/style]',
    ],
    [
      'ids too long',
      [{ ...section(), block_id: x(256) }],
      'must be less than 256 characters [json-pointer:/blocks/0/block_id]',
    ],
    [
      'two blocks of one id',
      [
        { ...section(), block_id: 'b' },
        { ...section(), block_id: 'b' },
      ],
      'block_id "b" already exists [json-pointer:/blocks]',
    ],
    [
      'two actions of one id',
      [{ ...actions(button(), button()), block_id: 'b' }],
      'action_id "go" already exists for block_id "b" [json-pointer:/blocks]',
    ],
    [
      '101 options',
      [select({ options: times(101, (i) => option(`o${i}`, `o${i}`)) })],
      'no more than 100 items allowed [json-pointer:/blocks/0/elements/0/options]',
    ],
    [
      'no options',
      [select({ options: [] })],
      'no less than 1 items allowed [json-pointer:/blocks/0/elements/0/options]',
    ],
    [
      'an option’s long text',
      [select({ options: [option(x(76))] })],
      'must be less than 76 characters [json-pointer:/blocks/0/elements/0/options/0/text/text]',
    ],
    [
      'an option’s long value',
      [select({ options: [option('a', x(76))] })],
      'must be less than 76 characters [json-pointer:/blocks/0/elements/0/options/0/value]',
    ],
    [
      'an initial option not offered',
      [select({ options: [option()], initial_option: option('Two', 'two') })],
      'the initial option must exactly match one of the options [json-pointer:/blocks/0/elements/0]',
    ],
    [
      '11 checkboxes',
      [actions({ type: 'checkboxes', action_id: 'c', options: times(11, (i) => option(`o${i}`, `o${i}`)) })],
      'no more than 10 items allowed [json-pointer:/blocks/0/elements/0/options]',
    ],
    [
      '6 overflow entries',
      [actions({ type: 'overflow', action_id: 'o', options: times(6, (i) => option(`o${i}`, `o${i}`)) })],
      'no more than 5 items allowed [json-pointer:/blocks/0/elements/0/options]',
    ],
    [
      'a long placeholder',
      [select({ options: [option()], placeholder: plain(x(151)) })],
      'must be less than 151 characters [json-pointer:/blocks/0/elements/0/placeholder/text]',
    ],
    [
      'a long confirmation',
      [actions(button({ confirm: { text: plain(x(301)) } }))],
      'must be less than 301 characters [json-pointer:/blocks/0/elements/0/confirm/text/text]',
    ],
    [
      'a long confirm button',
      [actions(button({ confirm: { text: plain('a'), confirm: plain(x(31)) } }))],
      'must be less than 31 characters [json-pointer:/blocks/0/elements/0/confirm/confirm/text]',
    ],
    [
      'a text input outside an input block',
      [actions({ type: 'plain_text_input', action_id: 'a' })],
      'unsupported type: plain_text_input [json-pointer:/blocks/0/elements/0]',
    ],
    [
      'a button inside an input block',
      [input(button())],
      'unsupported type: button [json-pointer:/blocks/0/element]',
    ],
    [
      'a long label',
      [input({ type: 'plain_text_input' }, { label: plain(x(2001)) })],
      'must be less than 2001 characters [json-pointer:/blocks/0/label/text]',
    ],
    [
      'min_length too great',
      [input({ type: 'plain_text_input', min_length: 3001 })],
      'must be at most 3000 [json-pointer:/blocks/0/element/min_length]',
    ],
    [
      'a picture without words',
      [{ type: 'image', image_url: 'https://a.b/c.png' }],
      'missing required field: alt_text [json-pointer:/blocks/0]',
    ],
    [
      'a date that is none',
      [input({ type: 'datepicker', initial_date: '1.2.2026' })],
      'must match the format YYYY-MM-DD [json-pointer:/blocks/0/element/initial_date]',
    ],
    [
      'two tables',
      times(2, () => ({ type: 'table', rows: [[cell()]] })),
      'only one table is allowed [json-pointer:/blocks]',
    ],
    [
      'a table of 101 rows',
      [{ type: 'table', rows: times(101, () => [cell()]) }],
      'no more than 100 items allowed [json-pointer:/blocks/0/rows]',
    ],
    [
      'a table too wordy',
      [{ type: 'table', rows: times(11, () => [cell(x(1000))]) }],
      'a table holds at most 10000 characters [json-pointer:/blocks/0]',
    ],
    [
      'a data table without a caption',
      [{ type: 'data_table', rows: [[cell()], [cell()]] }],
      'missing required field: caption [json-pointer:/blocks/0]',
    ],
    [
      'markdown too long',
      [
        { type: 'markdown', text: x(7000) },
        { type: 'markdown', text: x(7000) },
      ],
      'markdown blocks hold at most 12000 characters together [json-pointer:/blocks]',
    ],
    [
      '11 children',
      [{ type: 'container', title: plain('t'), child_blocks: times(11, () => section()) }],
      'no more than 10 items allowed [json-pointer:/blocks/0/child_blocks]',
    ],
    [
      'three charts',
      [chart(), chart(), chart()],
      'only two data_visualization blocks are allowed [json-pointer:/blocks]',
    ],
    [
      'a chart’s long title',
      [chart({ title: x(51) })],
      'must be less than 51 characters [json-pointer:/blocks/0/title]',
    ],
    [
      'a chart’s title as an object',
      [chart({ title: plain('t') })],
      'must provide a string [json-pointer:/blocks/0/title]',
    ],
    [
      'a pie of seven',
      [pie(times(7, (i) => ({ label: `s${i}`, value: 1 })))],
      'no more than 6 items allowed [json-pointer:/blocks/0/chart/segments]',
    ],
    [
      'an empty slice',
      [pie([{ label: 's', value: 0 }])],
      'must be more than 0 [json-pointer:/blocks/0/chart/segments/0/value]',
    ],
    [
      'a chart in the Home',
      [chart()],
      'unsupported type: data_visualization [json-pointer:/blocks/0]',
      'home',
    ],
    [
      'an alert in a message',
      [{ type: 'alert', text: plain('a') }],
      'unsupported type: alert [json-pointer:/blocks/0]',
    ],
  ])('%s', (...row) => {
    const [, blocks, problem, surface] = row;
    expect(say(blocks, surface)).toContain(problem);
  });

  test('a series that leaves a category out', () => {
    const broken = chart();
    broken.chart.series[0]?.data.pop();
    expect(say([broken])).toEqual([
      'must hold exactly one data point for each category [json-pointer:/blocks/0/chart/series/0/data]',
    ]);
  });

  test('a chart where the workspace has none yet', () => {
    expect(say([chart()], 'message', false)).toEqual([
      'unsupported type: data_visualization [json-pointer:/blocks/0]',
    ]);
  });

  test.each<[string, unknown, string]>([
    [
      'a long title',
      modal({ title: plain(x(25)) }),
      'must be less than 25 characters [json-pointer:/view/title/text]',
    ],
    [
      'a long submit',
      modal({ submit: plain(x(25)) }),
      'must be less than 25 characters [json-pointer:/view/submit/text]',
    ],
    [
      'long private_metadata',
      modal({ private_metadata: x(3001) }),
      'must be less than 3001 characters [json-pointer:/view/private_metadata]',
    ],
    [
      'inputs without submit',
      modal({ blocks: [input({ type: 'plain_text_input' })] }),
      'missing required field: submit [json-pointer:/view]',
    ],
    ['no title', { type: 'modal', blocks: [] }, 'missing required field: title [json-pointer:/view]'],
    [
      'a Home as a modal',
      { type: 'home', blocks: [] },
      'must be a valid enum value (one of modal) [json-pointer:/view/type]',
    ],
  ])('a modal with %s', (_name, view, problem) => {
    expect(checkView(view, 'modal').map(wording)).toContain(problem);
  });

  test('metadata of another shape, and too much of it', () => {
    expect(readMetadata({ event_type: 'd', event_payload: { id: '1' } })).toEqual({
      event_type: 'd',
      event_payload: { id: '1' },
    });
    expect(readMetadata('text')).toEqual({ error: 'invalid_metadata_format' });
    expect(readMetadata({ event_type: 'd' })).toEqual({ error: 'invalid_metadata_schema' });
    expect(readMetadata({ event_type: 'd', event_payload: { all: x(17_000) } })).toEqual({
      error: 'metadata_too_large',
    });
  });
});
