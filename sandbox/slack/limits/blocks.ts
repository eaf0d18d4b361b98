// Limits of the blocks, and which of them each surface (message, modal, Home) can hold.

import type { Block, Element } from '../types.ts';
import { dataVisualization } from './charts.ts';
import { elementsOf, richText } from './elements.ts';
import { anyText, imageFields, mrkdwn, oneImageSource, plainText } from './objects.ts';
import {
  anyOf,
  byType,
  type Check,
  flag,
  isObject,
  list,
  number,
  object,
  oneOf,
  type Problem,
  say,
  text,
  whole,
} from './schema.ts';

export type Surface = 'message' | 'modal' | 'home';

const id = text({ min: 1, max: 255 });
const type = (name: string) => ({ type: oneOf(name) });
const blockId = { block_id: id };

const menus = [
  'static_select',
  'external_select',
  'users_select',
  'conversations_select',
  'channels_select',
  'multi_static_select',
  'multi_external_select',
  'multi_users_select',
  'multi_conversations_select',
  'multi_channels_select',
] as const;
const pickers = ['datepicker', 'timepicker', 'datetimepicker', 'checkboxes', 'radio_buttons'] as const;
const textInputs = [
  'plain_text_input',
  'number_input',
  'email_text_input',
  'url_text_input',
  'rich_text_input',
  'file_input',
] as const;

const cell = anyOf(
  object({ required: { ...type('raw_text'), text: text({ min: 1 }) } }),
  object({ required: { ...type('raw_number'), value: number(), text: text({ min: 1 }) } }),
  richText,
);

const charactersInATable = 10_000;

/** Rows of one length, and not more words than a table may hold. */
function evenRows(value: Record<string, unknown>, pointer: string, found: Problem[]): void {
  const rows = value.rows as { text?: string }[][];
  const width = rows[0]?.length ?? 0;
  rows.forEach((row, index) => {
    if (row.length !== width)
      say(found, `${pointer}/rows/${index}`, 'all rows must have the same number of cells');
  });
  const characters = rows.flat().reduce((sum, one) => sum + (one.text ?? JSON.stringify(one)).length, 0);
  if (characters > charactersInATable) {
    say(found, pointer, `a table holds at most ${charactersInATable} characters`);
  }
}

const card = object({
  required: type('card'),
  optional: {
    ...blockId,
    hero_image: elementsOf('image'),
    icon: elementsOf('image'),
    title: mrkdwn(150),
    subtitle: mrkdwn(150),
    body: mrkdwn(200),
    actions: list(elementsOf('button'), { min: 1 }),
  },
  together(value, pointer, found) {
    if ([value.hero_image, value.title, value.actions, value.body].every((part) => part === undefined)) {
      say(found, pointer, 'must provide one of hero_image, title, actions and body');
    }
  },
});

const taskCard = object({
  required: {
    ...type('task_card'),
    task_id: text({ min: 1 }),
    title: text({ min: 1 }),
    status: oneOf('pending', 'in_progress', 'complete', 'error'),
  },
  optional: {
    ...blockId,
    details: richText,
    output: richText,
    sources: list(object({ required: { ...type('url'), url: text({ min: 1 }), text: text({ min: 1 }) } })),
  },
});

const blocks: Record<string, Check> = {
  actions: object({
    required: {
      ...type('actions'),
      elements: list(
        elementsOf('button', 'overflow', 'workflow_button', 'rich_text_input', ...menus, ...pickers),
        {
          min: 1,
          max: 25,
        },
      ),
    },
    optional: blockId,
  }),
  alert: object({
    required: { ...type('alert'), text: anyText(3000) },
    optional: { ...blockId, level: oneOf('default', 'info', 'warning', 'error', 'success') },
  }),
  card,
  carousel: object({
    required: { ...type('carousel'), elements: list(card, { min: 1, max: 10 }) },
    optional: blockId,
  }),
  container: object({
    required: { ...type('container'), child_blocks: list(byType(childBlocks), { min: 1, max: 10 }) },
    optional: {
      ...blockId,
      title: plainText(150),
      rich_text_title: richText,
      subtitle: anyText(150),
      width: oneOf('narrow', 'standard', 'wide', 'full'),
      icon: elementsOf('image'),
      is_collapsible: flag,
      default_collapsed: flag,
      has_header_divider: flag,
    },
    together(value, pointer, found) {
      if (value.title === undefined && value.rich_text_title === undefined) {
        say(found, pointer, 'must provide one of title and rich_text_title');
      }
      if (value.default_collapsed === true && value.is_collapsible !== true) {
        say(found, pointer, 'default_collapsed requires is_collapsible');
      }
    },
  }),
  context: object({
    required: {
      ...type('context'),
      elements: list(
        (value, pointer, found) => {
          const image = isObject(value) && value.type === 'image';
          (image ? elementsOf('image') : anyText(3000))(value, pointer, found);
        },
        { min: 1, max: 10 },
      ),
    },
    optional: blockId,
  }),
  context_actions: object({
    required: {
      ...type('context_actions'),
      elements: list(elementsOf('feedback_buttons', 'icon_button'), { min: 1, max: 5 }),
    },
    optional: blockId,
  }),
  data_table: object({
    required: {
      ...type('data_table'),
      caption: text({ min: 1 }),
      // The header and up to 200 rows below it.
      rows: list(list(cell, { min: 1, max: 20 }), { min: 2, max: 201 }),
    },
    optional: {
      ...blockId,
      page_size: whole({ min: 1, max: 100 }),
      row_header_column_index: whole({ min: 0, max: 19 }),
    },
    together(value, pointer, found) {
      evenRows(value, pointer, found);
      const [header] = value.rows as { type: string }[][];
      if (header?.some((one) => one.type === 'rich_text')) {
        say(found, `${pointer}/rows/0`, 'header cells cannot be rich_text');
      }
    },
  }),
  data_visualization: dataVisualization,
  divider: object({ required: type('divider'), optional: blockId }),
  file: object({
    required: { ...type('file'), source: oneOf('remote'), external_id: id },
    optional: blockId,
  }),
  header: object({ required: { ...type('header'), text: plainText(150) }, optional: blockId }),
  image: object({
    required: { ...type('image'), ...imageFields.required },
    optional: { ...blockId, ...imageFields.optional, title: plainText(2000) },
    together: oneImageSource,
  }),
  input: object({
    required: {
      ...type('input'),
      label: plainText(2000),
      element: elementsOf(...textInputs, ...menus, ...pickers),
    },
    optional: { ...blockId, hint: plainText(2000), optional: flag, dispatch_action: flag },
  }),
  markdown: object({
    required: { ...type('markdown'), text: text({ min: 1, max: 12_000 }) },
    optional: blockId,
  }),
  plan: object({
    required: { ...type('plan'), title: text({ min: 1 }) },
    optional: { ...blockId, tasks: list(taskCard) },
  }),
  rich_text: richText,
  section: object({
    required: type('section'),
    optional: {
      ...blockId,
      text: anyText(3000),
      fields: list(anyText(2000), { min: 1, max: 10 }),
      accessory: elementsOf('button', 'image', 'overflow', 'workflow_button', ...menus, ...pickers),
      expand: flag,
    },
    together(value, pointer, found) {
      if (value.text === undefined && value.fields === undefined) {
        say(found, pointer, 'missing required field: text');
      }
    },
  }),
  table: object({
    required: { ...type('table'), rows: list(list(cell, { min: 1, max: 20 }), { min: 1, max: 100 }) },
    optional: {
      ...blockId,
      column_settings: list(
        object({ optional: { align: oneOf('left', 'center', 'right'), is_wrapped: flag } }),
        {
          max: 20,
        },
      ),
    },
    together: evenRows,
  }),
  task_card: taskCard,
  video: object({
    required: {
      ...type('video'),
      alt_text: text({ min: 1, max: 2000 }),
      title: plainText(199),
      video_url: text({ min: 1, pattern: /^https:\/\//i, like: 'of an https URL' }),
      thumbnail_url: text({ min: 1, pattern: /^https?:\/\//i, like: 'of a URL' }),
    },
    optional: {
      ...blockId,
      title_url: text({ pattern: /^https:\/\//i, like: 'of an https URL' }),
      author_name: text({ max: 49 }),
      provider_name: text(),
      provider_icon_url: text(),
      description: plainText(200),
    },
  }),
};

function childBlocks(): Record<string, Check> {
  return pick([
    'actions',
    'context',
    'divider',
    'file',
    'header',
    'image',
    'input',
    'rich_text',
    'section',
    'table',
    'video',
  ]);
}

function pick(names: readonly string[]): Record<string, Check> {
  return Object.fromEntries(Object.entries(blocks).filter(([name]) => names.includes(name)));
}

const everywhere = [
  'actions',
  'container',
  'context',
  'divider',
  'header',
  'image',
  'input',
  'rich_text',
  'section',
  'video',
];

const allowed: Record<Surface, readonly string[]> = {
  message: [
    ...everywhere,
    'card',
    'carousel',
    'context_actions',
    'data_table',
    'data_visualization',
    'file',
    'markdown',
    'plan',
    'table',
    'task_card',
  ],
  modal: [...everywhere, 'alert'],
  home: [...everywhere, 'data_table'],
};

const mostBlocks: Record<Surface, number> = { message: 50, modal: 100, home: 100 };
const charactersOfMarkdown = 12_000;

/**
 * What Slack would say about these blocks on this surface; nothing, when they are right.
 *
 * @param pointer where the blocks stand in the request: `/blocks` or `/view/blocks`
 * @param charts false where the workspace has no `data_visualization` yet
 */
export function checkBlocks(value: unknown, surface: Surface, pointer: string, charts = true): Problem[] {
  const found: Problem[] = [];
  const kinds = pick(allowed[surface].filter((name) => charts || name !== 'data_visualization'));
  list(
    byType(() => kinds),
    { max: mostBlocks[surface] },
  )(value, pointer, found);
  if (found.length > 0 || !Array.isArray(value)) return found;
  checkTogether(value as Block[], pointer, found);
  return found;
}

/** Rules over all blocks of one surface: ids that differ, and how many of a kind there may be. */
function checkTogether(list: readonly Block[], pointer: string, found: Problem[]): void {
  const flat = withChildren(list);
  const ids = flat.flatMap((block) => (block.block_id === undefined ? [] : [block.block_id]));
  for (const repeated of duplicates(ids)) {
    say(found, pointer, `block_id "${repeated}" already exists`);
  }
  for (const block of flat) {
    const actions = elementsIn(block).flatMap((element) =>
      element.action_id === undefined ? [] : [element.action_id],
    );
    for (const repeated of duplicates(actions)) {
      say(found, pointer, `action_id "${repeated}" already exists for block_id "${block.block_id ?? ''}"`);
    }
  }
  const focused = flat.flatMap(elementsIn).filter((element) => element.focus_on_load === true);
  if (focused.length > 1) say(found, pointer, 'only one element can have focus_on_load set to true');
  const count = (name: string) => flat.filter((block) => block.type === name).length;
  if (count('table') > 1) say(found, pointer, 'only one table is allowed');
  if (count('data_visualization') > 2) say(found, pointer, 'only two data_visualization blocks are allowed');
  const markdown = flat.filter((block) => block.type === 'markdown').map((block) => String(block.text));
  if (markdown.join('').length > charactersOfMarkdown) {
    say(found, pointer, `markdown blocks hold at most ${charactersOfMarkdown} characters together`);
  }
}

function duplicates(values: readonly string[]): Set<string> {
  return new Set(values.filter((value, index) => values.indexOf(value) !== index));
}

/** The blocks and what their containers hold, in reading order. */
export function withChildren(list: readonly Block[]): Block[] {
  return list.flatMap((block) => [block, ...(block.child_blocks ?? [])]);
}

/** The elements people can press or fill in one block. */
export function elementsIn(block: Block): Element[] {
  const cards = block.type === 'carousel' ? (block.elements as unknown as Block[]) : [block];
  const buttons = cards.flatMap((one) => (Array.isArray(one.actions) ? (one.actions as Element[]) : []));
  if (block.type === 'carousel') return buttons;
  const own = block.type === 'actions' || block.type === 'context_actions' ? (block.elements ?? []) : [];
  return [
    ...own,
    ...(block.accessory ? [block.accessory] : []),
    ...(block.element ? [block.element] : []),
    ...buttons,
  ];
}
