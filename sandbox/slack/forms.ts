// What Slack's own client does with a form: puts typed values into the state, and checks them before sending anything.

import { withChildren } from './limits/blocks.ts';
import type { Block, Element, ElementState, Option, View, Workspace } from './types.ts';
import { channelNamed, personNamed } from './workspaces.ts';

/** What a person may put into a field: text, an option's label or value, a person, a date, or several of them. */
export type FieldValue = string | number | boolean | null | undefined | readonly string[];

/** The new state of an element after someone put `value` into it; throws, naming what there is, when it can't be. */
export function fill(
  workspace: Workspace,
  element: Element,
  value: FieldValue,
  offered?: readonly Option[],
): ElementState {
  const { type } = element;
  const empty =
    value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
  const many = (): string[] => (empty ? [] : Array.isArray(value) ? value.map(String) : [String(value)]);
  const one = (): string | null => (empty ? null : String(Array.isArray(value) ? value[0] : value));
  const options = offered ?? optionsOf(element);
  const option = (wanted: string): Option => {
    const found =
      options.find((candidate) => candidate.value === wanted) ??
      options.find((candidate) => candidate.text.text === wanted);
    if (found === undefined) {
      throw new Error(
        `There is no option "${wanted}"; there are: ${options.map((o) => o.text.text).join(', ')}`,
      );
    }
    return found;
  };
  const person = (wanted: string): string => {
    const found = personNamed(workspace, wanted);
    if (found === undefined) throw new Error(`There is no person "${wanted}" in ${workspace.name}`);
    return found.id;
  };
  const conversation = (wanted: string): string => {
    const found = channelNamed(workspace, wanted);
    if (found === undefined) throw new Error(`There is no channel "${wanted}" in ${workspace.name}`);
    return found.id;
  };
  const single = one();
  switch (type) {
    case 'static_select':
    case 'external_select':
    case 'radio_buttons':
      return { type, selected_option: single === null ? null : option(single) };
    case 'multi_static_select':
    case 'multi_external_select':
    case 'checkboxes':
      return { type, selected_options: many().map(option) };
    case 'users_select':
      return { type, selected_user: single === null ? null : person(single) };
    case 'multi_users_select':
      return { type, selected_users: many().map(person) };
    case 'channels_select':
      return { type, selected_channel: single === null ? null : conversation(single) };
    case 'multi_channels_select':
      return { type, selected_channels: many().map(conversation) };
    case 'conversations_select':
      return { type, selected_conversation: single === null ? null : conversation(single) };
    case 'multi_conversations_select':
      return { type, selected_conversations: many().map(conversation) };
    case 'datepicker':
      return { type, selected_date: single === null ? null : Temporal.PlainDate.from(single).toString() };
    case 'timepicker':
      return {
        type,
        selected_time:
          single === null ? null : Temporal.PlainTime.from(single).toString({ smallestUnit: 'minute' }),
      };
    case 'datetimepicker':
      return { type, selected_date_time: single === null ? null : secondsOf(single) };
    case 'rich_text_input':
      return { type, rich_text_value: single === null ? null : richTextOf(single) };
    case 'plain_text_input':
    case 'number_input':
    case 'email_text_input':
    case 'url_text_input':
      return { type, value: single };
    default:
      throw new Error(`Nothing can be typed or chosen in an element of type "${type}"`);
  }
}

/** Unix seconds, given as such or as an ISO instant. */
function secondsOf(value: string): number {
  return /^\d+$/.test(value)
    ? Number(value)
    : Math.floor(Temporal.Instant.from(value).epochMilliseconds / 1000);
}

function richTextOf(text: string): unknown {
  return {
    type: 'rich_text',
    elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text }] }],
  };
}

function optionsOf(element: Element): Option[] {
  return [...(element.options ?? []), ...(element.option_groups ?? []).flatMap((group) => group.options)];
}

function inputBlocks(view: View): Block[] {
  return withChildren(view.blocks).filter((block) => block.type === 'input');
}

/** A field by its block_id, its element's action_id or its label. */
export function findInput(view: View, key: string): Block {
  const inputs = inputBlocks(view);
  const found =
    inputs.find((block) => block.block_id === key) ??
    inputs.find((block) => block.element?.action_id === key) ??
    inputs.find((block) => block.label?.text === key);
  if (found === undefined) {
    const names = inputs.map((block) => `"${block.label?.text}" (${block.block_id})`).join(', ');
    throw new Error(`The form "${view.title?.text ?? ''}" has no field "${key}"; it has: ${names || 'none'}`);
  }
  return found;
}

/** Field errors Slack's client shows by itself, by block_id; the bot hears nothing until there are none. */
export function clientErrors(view: View): Record<string, string> {
  const errors: Record<string, string> = {};
  for (const block of inputBlocks(view)) {
    const { element } = block;
    const state = view.state[block.block_id ?? '']?.[element?.action_id ?? ''];
    if (element === undefined || state === undefined) continue;
    const wrong = isEmpty(state)
      ? block.optional === true
        ? undefined
        : 'Please complete this required field.'
      : wrongValue(element, state);
    if (wrong !== undefined) errors[block.block_id ?? ''] = wrong;
  }
  return errors;
}

function isEmpty(state: ElementState): boolean {
  const { type: _type, ...holds } = state;
  return Object.values(holds).every(
    (value) =>
      value == null ||
      (typeof value === 'string' && value.trim() === '') ||
      (Array.isArray(value) && value.length === 0),
  );
}

function wrongValue(element: Element, state: ElementState): string | undefined {
  const value = state.value ?? '';
  const chosen = [
    state.selected_options,
    state.selected_users,
    state.selected_channels,
    state.selected_conversations,
  ].find((list) => list !== undefined);
  const most = element.max_selected_items;
  if (most !== undefined && (chosen?.length ?? 0) > most) return `Please select no more than ${most} items.`;
  switch (element.type) {
    case 'plain_text_input': {
      const { min_length: least, max_length: longest = 3000 } = element;
      if (least !== undefined && value.length < least) return `Please enter at least ${least} characters.`;
      return value.length > longest ? `Please enter no more than ${longest} characters.` : undefined;
    }
    case 'number_input': {
      const number = Number(value);
      if (!Number.isFinite(number)) return 'Please enter a valid number.';
      if (element.is_decimal_allowed !== true && !/^-?\d+$/.test(value))
        return 'Please enter a whole number.';
      const { min_value: least, max_value: greatest } = element;
      if (least !== undefined && number < Number(least)) return `Please enter a number of at least ${least}.`;
      if (greatest !== undefined && number > Number(greatest))
        return `Please enter a number of at most ${greatest}.`;
      return undefined;
    }
    case 'email_text_input':
      return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value) ? undefined : 'Please enter a valid email address.';
    case 'url_text_input':
      return URL.canParse(value) && /^https?:/i.test(value) ? undefined : 'Please enter a valid URL.';
    default:
      return undefined;
  }
}
