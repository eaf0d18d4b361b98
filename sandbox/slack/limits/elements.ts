// Limits of the elements that blocks hold: buttons, menus, pickers and inputs.

import {
  confirm,
  conversationFilter,
  dispatchConfig,
  imageFields,
  link,
  oneImageSource,
  option,
  optionGroups,
  options,
  plainText,
} from './objects.ts';
import {
  byType,
  type Check,
  flag,
  list,
  number,
  object,
  oneOf,
  type Problem,
  say,
  text,
  whole,
} from './schema.ts';

const id = text({ min: 1, max: 255 });
const type = (name: string) => ({ type: oneOf(name) });
const actionable = { action_id: id };
const placeholder = { placeholder: plainText(150) };
const focus = { focus_on_load: flag };
const maxItems = { max_selected_items: whole({ min: 1 }) };
const ids = list(text({ min: 1 }), { min: 1 });
const buttonStyle = oneOf('primary', 'danger');

const date = text({ pattern: /^\d{4}-\d{2}-\d{2}$/, like: 'YYYY-MM-DD' });
const time = text({ pattern: /^([01]\d|2[0-3]):[0-5]\d$/, like: 'HH:mm' });

/** The options an element starts with have to be among those it offers, to the letter. */
function initialAmongOptions(value: Record<string, unknown>, pointer: string, found: Problem[]): void {
  const groups = value.option_groups as { options: unknown[] }[] | undefined;
  const offered = (value.options as unknown[] | undefined) ?? groups?.flatMap((group) => group.options) ?? [];
  const keys = new Set(offered.map(sorted));
  const initial = [
    ...(value.initial_option === undefined ? [] : [value.initial_option]),
    ...((value.initial_options as unknown[] | undefined) ?? []),
  ];
  for (const one of initial) {
    if (!keys.has(sorted(one))) {
      say(found, pointer, 'the initial option must exactly match one of the options');
    }
  }
}

/** JSON with its keys in order, so that equal objects are equal text; `emoji` is Slack's to add. */
function sorted(value: unknown): string {
  return JSON.stringify(value, (key, inner: unknown) => {
    if (key === 'emoji') return undefined;
    if (typeof inner !== 'object' || inner === null || Array.isArray(inner)) return inner;
    return Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}

function eitherOptions(value: Record<string, unknown>, pointer: string, found: Problem[]): void {
  if ((value.options === undefined) === (value.option_groups === undefined)) {
    say(found, pointer, 'must provide exactly one of options and option_groups');
  }
  initialAmongOptions(value, pointer, found);
}

function atLeast(
  smaller: string,
  larger: string,
): (v: Record<string, unknown>, p: string, f: Problem[]) => void {
  return (value, pointer, found) => {
    if (value[smaller] !== undefined && value[larger] !== undefined) {
      if (Number(value[smaller]) > Number(value[larger])) {
        say(found, pointer, `${larger} must be at least ${smaller}`);
      }
    }
  };
}

const feedbackButton = object({
  required: { text: plainText(75), value: text({ max: 2000 }) },
  optional: { accessibility_label: text({ max: 75 }) },
});

const numberText = text({ min: 1, pattern: /^-?\d+(\.\d+)?$/, like: 'of a number' });

/** Every element Slack has, by type. */
const elements: Record<string, Check> = {
  button: object({
    required: { ...type('button'), text: plainText(75) },
    optional: {
      ...actionable,
      value: text({ max: 2000 }),
      url: link,
      style: buttonStyle,
      confirm,
      accessibility_label: text({ max: 75 }),
    },
  }),
  image: object({
    required: { ...type('image'), ...imageFields.required },
    optional: imageFields.optional,
    together: oneImageSource,
  }),
  overflow: object({
    required: { ...type('overflow'), options: options('overflow', 5) },
    optional: { ...actionable, confirm },
  }),
  static_select: object({
    required: type('static_select'),
    optional: {
      ...actionable,
      ...placeholder,
      ...focus,
      confirm,
      options: options('plain', 100),
      option_groups: optionGroups,
      initial_option: option('plain'),
    },
    together: eitherOptions,
  }),
  multi_static_select: object({
    required: type('multi_static_select'),
    optional: {
      ...actionable,
      ...placeholder,
      ...focus,
      ...maxItems,
      confirm,
      options: options('plain', 100),
      option_groups: optionGroups,
      initial_options: list(option('plain'), { min: 1 }),
    },
    together: eitherOptions,
  }),
  external_select: object({
    required: type('external_select'),
    optional: {
      ...actionable,
      ...placeholder,
      ...focus,
      confirm,
      initial_option: option('plain'),
      min_query_length: whole({ min: 0 }),
    },
  }),
  multi_external_select: object({
    required: type('multi_external_select'),
    optional: {
      ...actionable,
      ...placeholder,
      ...focus,
      ...maxItems,
      confirm,
      initial_options: list(option('plain'), { min: 1 }),
      min_query_length: whole({ min: 0 }),
    },
  }),
  users_select: object({
    required: type('users_select'),
    optional: { ...actionable, ...placeholder, ...focus, confirm, initial_user: text({ min: 1 }) },
  }),
  multi_users_select: object({
    required: type('multi_users_select'),
    optional: { ...actionable, ...placeholder, ...focus, ...maxItems, confirm, initial_users: ids },
  }),
  conversations_select: object({
    required: type('conversations_select'),
    optional: {
      ...actionable,
      ...placeholder,
      ...focus,
      confirm,
      initial_conversation: text({ min: 1 }),
      default_to_current_conversation: flag,
      response_url_enabled: flag,
      filter: conversationFilter,
    },
  }),
  multi_conversations_select: object({
    required: type('multi_conversations_select'),
    optional: {
      ...actionable,
      ...placeholder,
      ...focus,
      ...maxItems,
      confirm,
      initial_conversations: ids,
      default_to_current_conversation: flag,
      filter: conversationFilter,
    },
  }),
  channels_select: object({
    required: type('channels_select'),
    optional: {
      ...actionable,
      ...placeholder,
      ...focus,
      confirm,
      initial_channel: text({ min: 1 }),
      response_url_enabled: flag,
    },
  }),
  multi_channels_select: object({
    required: type('multi_channels_select'),
    optional: { ...actionable, ...placeholder, ...focus, ...maxItems, confirm, initial_channels: ids },
  }),
  datepicker: object({
    required: type('datepicker'),
    optional: { ...actionable, ...placeholder, ...focus, confirm, initial_date: date },
  }),
  timepicker: object({
    required: type('timepicker'),
    optional: {
      ...actionable,
      ...placeholder,
      ...focus,
      confirm,
      initial_time: time,
      timezone: text({ min: 1 }),
    },
  }),
  datetimepicker: object({
    required: type('datetimepicker'),
    optional: {
      ...actionable,
      ...focus,
      confirm,
      initial_date_time: whole({ min: 1_000_000_000, max: 9_999_999_999 }),
    },
  }),
  checkboxes: object({
    required: { ...type('checkboxes'), options: options('mrkdwn', 10) },
    optional: { ...actionable, ...focus, confirm, initial_options: list(option('mrkdwn'), { min: 1 }) },
    together: initialAmongOptions,
  }),
  radio_buttons: object({
    required: { ...type('radio_buttons'), options: options('mrkdwn', 10) },
    optional: { ...actionable, ...focus, confirm, initial_option: option('mrkdwn') },
    together: initialAmongOptions,
  }),
  plain_text_input: object({
    required: type('plain_text_input'),
    optional: {
      ...actionable,
      ...placeholder,
      ...focus,
      initial_value: text({ max: 3000 }),
      multiline: flag,
      min_length: whole({ min: 0, max: 3000 }),
      max_length: whole({ min: 1, max: 3000 }),
      dispatch_action_config: dispatchConfig,
    },
    together: atLeast('min_length', 'max_length'),
  }),
  number_input: object({
    required: { ...type('number_input'), is_decimal_allowed: flag },
    optional: {
      ...actionable,
      ...placeholder,
      ...focus,
      initial_value: numberText,
      min_value: numberText,
      max_value: numberText,
      dispatch_action_config: dispatchConfig,
    },
    together: atLeast('min_value', 'max_value'),
  }),
  email_text_input: object({
    required: type('email_text_input'),
    optional: {
      ...actionable,
      ...placeholder,
      ...focus,
      initial_value: text(),
      dispatch_action_config: dispatchConfig,
    },
  }),
  url_text_input: object({
    required: type('url_text_input'),
    optional: {
      ...actionable,
      ...placeholder,
      ...focus,
      initial_value: text(),
      dispatch_action_config: dispatchConfig,
    },
  }),
  rich_text_input: object({
    required: type('rich_text_input'),
    optional: {
      ...actionable,
      ...placeholder,
      ...focus,
      initial_value: (value, pointer, found) => richText(value, pointer, found),
      dispatch_action_config: dispatchConfig,
      min_length: whole({ min: 0, max: 3000 }),
      max_length: whole({ min: 1, max: 3000 }),
    },
  }),
  file_input: object({
    required: type('file_input'),
    optional: { ...actionable, filetypes: list(text({ min: 1 })), max_files: whole({ min: 1, max: 10 }) },
  }),
  feedback_buttons: object({
    required: {
      ...type('feedback_buttons'),
      positive_button: feedbackButton,
      negative_button: feedbackButton,
    },
    optional: actionable,
  }),
  icon_button: object({
    required: { ...type('icon_button'), icon: oneOf('trash'), text: plainText(75) },
    optional: {
      ...actionable,
      confirm,
      value: text({ max: 2000 }),
      accessibility_label: text({ max: 75 }),
      visible_to_user_ids: list(text()),
    },
  }),
  workflow_button: object({
    required: {
      ...type('workflow_button'),
      text: plainText(75),
      workflow: object({
        required: {
          trigger: object({
            required: { url: link },
            optional: {
              customizable_input_parameters: list(object({ required: { name: text(), value: text() } })),
            },
          }),
        },
      }),
    },
    optional: { ...actionable, style: buttonStyle, accessibility_label: text({ max: 75 }) },
  }),
};

/** Only these elements, among all there are. */
export function elementsOf(...names: readonly string[]): Check {
  const chosen = Object.fromEntries(
    names.flatMap((name) => {
      const check = elements[name];
      return check === undefined ? [] : [[name, check] as const];
    }),
  );
  return byType(() => chosen);
}

const style = object({
  optional: {
    bold: flag,
    italic: flag,
    strike: flag,
    code: flag,
    underline: flag,
    highlight: flag,
    client_highlight: flag,
    unlink: flag,
  },
});
const styled = { style };

const inlineRichText = byType(() => ({
  text: object({ required: { ...type('text'), text: text({ min: 1 }) }, optional: styled }),
  link: object({
    required: { ...type('link'), url: text({ min: 1 }) },
    optional: { ...styled, text: text(), unsafe: flag },
  }),
  emoji: object({
    required: { ...type('emoji'), name: text({ min: 1 }) },
    optional: { ...styled, unicode: text(), skin_tone: whole({ min: 1, max: 6 }), url: text() },
  }),
  user: object({ required: { ...type('user'), user_id: text({ min: 1 }) }, optional: styled }),
  usergroup: object({ required: { ...type('usergroup'), usergroup_id: text({ min: 1 }) }, optional: styled }),
  channel: object({ required: { ...type('channel'), channel_id: text({ min: 1 }) }, optional: styled }),
  team: object({ required: { ...type('team'), team_id: text({ min: 1 }) }, optional: styled }),
  broadcast: object({
    required: { ...type('broadcast'), range: oneOf('here', 'channel', 'everyone') },
    optional: styled,
  }),
  color: object({ required: { ...type('color'), value: text({ min: 1 }) }, optional: styled }),
  date: object({
    required: { ...type('date'), timestamp: number({ above: 0 }), format: text({ min: 1 }) },
    optional: { ...styled, url: text(), fallback: text() },
  }),
}));

const border = { border: whole({ min: 0, max: 1 }) };
const section = object({ required: { ...type('rich_text_section'), elements: list(inlineRichText) } });

const richTextParts = byType(() => ({
  rich_text_section: section,
  rich_text_list: object({
    required: { ...type('rich_text_list'), style: oneOf('bullet', 'ordered'), elements: list(section) },
    optional: { ...border, indent: whole({ min: 0, max: 8 }), offset: whole({ min: 0 }) },
  }),
  rich_text_preformatted: object({
    required: { ...type('rich_text_preformatted'), elements: list(inlineRichText) },
    optional: { ...border, language: text() },
  }),
  rich_text_quote: object({
    required: { ...type('rich_text_quote'), elements: list(inlineRichText) },
    optional: border,
  }),
}));

export const richText: Check = object({
  required: { ...type('rich_text'), elements: list(richTextParts) },
  optional: { block_id: id },
});
