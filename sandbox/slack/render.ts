// Blocks as the plain text a person would read off the screen.

import type { Block, Element, ElementState, StateValues, TextObject, View, Workspace } from './types.ts';

interface Reader {
  workspace: Workspace;
  /** IANA id of whoever looks: dates are shown in their zone. */
  tz?: string;
  state?: StateValues;
  errors?: Record<string, string>;
}

export function plainTextOf(blocks: readonly Block[], reader: Reader): string {
  return blocks
    .map((block) => blockText(block, reader))
    .filter((text) => text !== '')
    .join('\n');
}

/** A modal or Home, title and buttons included, field errors under their field. */
export function viewText(view: View, workspace: Workspace, tz: string): string {
  const reader = { workspace, tz, state: view.state, errors: view.errors };
  const buttons = [view.submit?.text, view.type === 'modal' ? (view.close?.text ?? 'Cancel') : undefined]
    .filter((text) => text !== undefined)
    .map((text) => `[${text}]`)
    .join(' ');
  return [view.title?.text ?? '', plainTextOf(view.blocks, reader), buttons]
    .filter((part) => part !== '')
    .join('\n');
}

function blockText(block: Block, reader: Reader): string {
  const loose = block as Record<string, unknown>;
  switch (block.type) {
    case 'section': {
      const accessory = block.accessory === undefined ? '' : elementText(block.accessory, block, reader);
      const fields = (block.fields ?? []).map((field) => textOf(field, reader));
      return [textOf(block.text, reader), ...fields, accessory].filter((part) => part !== '').join('\n');
    }
    case 'header':
    case 'alert':
      return textOf(block.text, reader);
    case 'markdown':
      return unmark(String(block.text), reader).replaceAll('**', '');
    case 'divider':
      return '---';
    case 'context':
    case 'actions':
    case 'context_actions':
      return (block.elements ?? []).map((element) => elementText(element, block, reader)).join(' ');
    case 'image':
      return [textOf(block.title as TextObject | undefined, reader), `(image: ${String(loose.alt_text)})`]
        .filter((part) => part !== '')
        .join('\n');
    case 'input': {
      const error = reader.errors?.[block.block_id ?? ''];
      return [
        `${block.label?.text ?? ''}${block.optional === true ? ' (optional)' : ''}: ${elementText(block.element ?? { type: 'none' }, block, reader)}`,
        ...(block.hint === undefined ? [] : [block.hint.text]),
        ...(error === undefined ? [] : [`! ${error}`]),
      ].join('\n');
    }
    case 'rich_text':
      return richText(loose, reader);
    case 'table':
    case 'data_table': {
      const rows = (loose.rows as Record<string, unknown>[][]).map((row) =>
        row
          .map((cell) => (cell.type === 'rich_text' ? richText(cell, reader) : String(cell.text)))
          .join(' | '),
      );
      return [...(loose.caption === undefined ? [] : [String(loose.caption)]), ...rows].join('\n');
    }
    case 'data_visualization':
      return chartText(loose);
    case 'container':
      return [
        textOf(block.title as TextObject | undefined, reader),
        textOf(loose.subtitle as TextObject | undefined, reader),
        plainTextOf(block.child_blocks ?? [], reader),
      ]
        .filter((part) => part !== '')
        .join('\n');
    case 'card':
      return [
        textOf(block.title as TextObject | undefined, reader),
        textOf(loose.subtitle as TextObject | undefined, reader),
        textOf(loose.body as TextObject | undefined, reader),
        ...((loose.actions as Element[] | undefined) ?? []).map((element) =>
          elementText(element, block, reader),
        ),
      ]
        .filter((part) => part !== '')
        .join('\n');
    case 'carousel':
      return plainTextOf(block.elements as unknown as Block[], reader);
    default:
      return typeof block.title === 'string' ? block.title : '';
  }
}

function chartText(block: Record<string, unknown>): string {
  const chart = block.chart as {
    segments?: { label: string; value: number }[];
    series?: { name: string; data: { label: string; value: number }[] }[];
  };
  const points = (list: { label: string; value: number }[]) =>
    list.map((point) => `${point.label} ${point.value}`).join(', ');
  const lines = chart.segments
    ? [points(chart.segments)]
    : (chart.series ?? []).map((one) => `${one.name}: ${points(one.data)}`);
  return [`(chart) ${String(block.title)}`, ...lines].join('\n');
}

function elementText(element: Element, block: Block, reader: Reader): string {
  const holds = reader.state?.[block.block_id ?? '']?.[element.action_id ?? ''];
  switch (element.type) {
    case 'plain_text':
    case 'mrkdwn':
      return textOf(element as unknown as TextObject, reader);
    case 'image':
      return `(image: ${element.alt_text ?? ''})`;
    case 'button':
    case 'workflow_button':
    case 'icon_button':
      return `[${textOf(element.text, reader)}]`;
    case 'overflow':
      return `[… ${(element.options ?? []).map((option) => option.text.text).join(' / ')}]`;
    case 'checkboxes':
    case 'radio_buttons': {
      const state = holds ?? initialState(element);
      const chosen = new Set(
        [...(state.selected_options ?? []), ...(state.selected_option ? [state.selected_option] : [])].map(
          (option) => option.value,
        ),
      );
      return (element.options ?? [])
        .map((option) => `${chosen.has(option.value) ? '(x)' : '( )'} ${textOf(option.text, reader)}`)
        .join(' ');
    }
    default: {
      const shown = shownValue(holds ?? initialState(element), reader);
      return `[${shown === '' ? (element.placeholder?.text ?? '') : shown}]`;
    }
  }
}

/** What an element holds before anyone touched it. */
export function initialState(element: Element, currentConversation?: string): ElementState {
  const { type } = element;
  switch (type) {
    case 'static_select':
    case 'external_select':
    case 'radio_buttons':
      return { type, selected_option: element.initial_option ?? null };
    case 'multi_static_select':
    case 'multi_external_select':
    case 'checkboxes':
      return { type, selected_options: element.initial_options ?? [] };
    case 'users_select':
      return { type, selected_user: element.initial_user ?? null };
    case 'multi_users_select':
      return { type, selected_users: element.initial_users ?? [] };
    case 'channels_select':
      return { type, selected_channel: element.initial_channel ?? null };
    case 'multi_channels_select':
      return { type, selected_channels: element.initial_channels ?? [] };
    case 'conversations_select': {
      const current = element.default_to_current_conversation === true ? currentConversation : undefined;
      return { type, selected_conversation: element.initial_conversation ?? current ?? null };
    }
    case 'multi_conversations_select':
      return { type, selected_conversations: element.initial_conversations ?? [] };
    case 'datepicker':
      return { type, selected_date: element.initial_date ?? null };
    case 'timepicker':
      return { type, selected_time: element.initial_time ?? null };
    case 'datetimepicker':
      return { type, selected_date_time: element.initial_date_time ?? null };
    case 'rich_text_input':
      return { type, rich_text_value: element.initial_value ?? null };
    default: {
      const initial = element.initial_value;
      return { type, value: typeof initial === 'string' && initial !== '' ? initial : null };
    }
  }
}

function shownValue(state: ElementState, reader: Reader): string {
  const person = (id: string) => `@${reader.workspace.people.get(id)?.name ?? id}`;
  const channel = (id: string) => `#${reader.workspace.channels.get(id)?.name ?? id}`;
  const when = state.selected_date_time;
  const parts = [
    state.value ?? undefined,
    state.selected_option?.text.text,
    ...(state.selected_options ?? []).map((option) => option.text.text),
    ...[state.selected_user, ...(state.selected_users ?? [])].filter((id) => id != null).map(person),
    ...[
      state.selected_channel,
      state.selected_conversation,
      ...(state.selected_channels ?? []),
      ...(state.selected_conversations ?? []),
    ]
      .filter((id) => id != null)
      .map(channel),
    state.selected_date ?? undefined,
    state.selected_time ?? undefined,
    when == null
      ? undefined
      : local(when, reader.tz ?? 'UTC')
          .toPlainDateTime()
          .toString()
          .slice(0, 16),
    state.rich_text_value == null
      ? undefined
      : richText(state.rich_text_value as Record<string, unknown>, reader),
  ];
  return parts.filter((part) => part !== undefined).join(', ');
}

function textOf(text: TextObject | string | undefined, reader: Reader): string {
  if (text === undefined) return '';
  if (typeof text === 'string') return text;
  return text.type === 'mrkdwn' ? unmark(text.text, reader) : text.text;
}

/** mrkdwn without its marks: mentions by name, dates in the reader's zone, links by their label. */
export function unmark(mrkdwn: string, reader: Reader): string {
  return mrkdwn
    .replace(/<([^<>]+)>/g, (_whole, inside: string) => entity(inside, reader))
    .replace(/(^|[\s([{"'“‘>])([*_~])(?=\S)([^\n]*?\S)\2(?=$|[\s.,;:!?)\]}"'”’*_~])/gm, '$1$3')
    .replace(/(^|[\s([{"'“‘>])([*_~])(?=\S)([^\n]*?\S)\2(?=$|[\s.,;:!?)\]}"'”’*_~])/gm, '$1$3')
    .replaceAll('`', '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}

function entity(inside: string, reader: Reader): string {
  const { workspace } = reader;
  const [target = '', label] = split(inside);
  if (target.startsWith('@'))
    return `@${label ?? workspace.people.get(target.slice(1))?.name ?? target.slice(1)}`;
  if (target.startsWith('#'))
    return `#${label || (workspace.channels.get(target.slice(1))?.name ?? target.slice(1))}`;
  if (target.startsWith('!date^')) {
    const [, seconds = '0', format = ''] = target.split('^');
    return dateText(Number(seconds), format, reader.tz) ?? label ?? '';
  }
  if (target.startsWith('!')) return label ?? `@${target.slice(1)}`;
  return label ?? target.replace(/^mailto:/, '');
}

function split(inside: string): [string, string | undefined] {
  const bar = inside.indexOf('|');
  return bar < 0 ? [inside, undefined] : [inside.slice(0, bar), inside.slice(bar + 1)];
}

function local(seconds: number, tz: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(seconds * 1000).toZonedDateTimeISO(tz);
}

/** Slack's date tokens; undefined where one is unknown, and the fallback is shown. */
function dateText(seconds: number, format: string, tz = 'UTC'): string | undefined {
  if (!Number.isFinite(seconds)) return undefined;
  const at = local(seconds, tz);
  const write = (options: Intl.DateTimeFormatOptions) => at.toLocaleString('en-US', options);
  const tokens: Record<string, () => string> = {
    date_num: () => at.toPlainDate().toString(),
    date: () => write({ month: 'long', day: 'numeric', year: 'numeric' }),
    date_short: () => write({ month: 'short', day: 'numeric', year: 'numeric' }),
    date_long: () => write({ weekday: 'long', month: 'long', day: 'numeric', year: 'numeric' }),
    date_pretty: () => write({ month: 'long', day: 'numeric', year: 'numeric' }),
    date_short_pretty: () => write({ month: 'short', day: 'numeric', year: 'numeric' }),
    date_long_pretty: () => write({ weekday: 'long', month: 'long', day: 'numeric', year: 'numeric' }),
    day_divider_pretty: () => write({ weekday: 'long', month: 'long', day: 'numeric' }),
    time: () => write({ hour: 'numeric', minute: '2-digit' }),
    time_secs: () => write({ hour: 'numeric', minute: '2-digit', second: '2-digit' }),
    ago: () => write({ month: 'long', day: 'numeric', year: 'numeric', hour: 'numeric', minute: '2-digit' }),
  };
  let known = true;
  const text = format.replace(/\{(\w+)\}/g, (_whole, name: string) => {
    const token = tokens[name];
    if (token === undefined) known = false;
    return token?.() ?? '';
  });
  return known ? text : undefined;
}

function richText(node: Record<string, unknown>, reader: Reader): string {
  const children = (node.elements as Record<string, unknown>[] | undefined) ?? [];
  const inner = (joint: string) => children.map((child) => richText(child, reader)).join(joint);
  switch (node.type) {
    case 'rich_text':
      return inner('\n');
    case 'rich_text_list':
      return children
        .map(
          (child, index) => `${node.style === 'ordered' ? `${index + 1}.` : '•'} ${richText(child, reader)}`,
        )
        .join('\n');
    case 'rich_text_section':
    case 'rich_text_quote':
    case 'rich_text_preformatted':
      return inner('');
    case 'text':
      return String(node.text);
    case 'link':
      return String(node.text ?? node.url);
    case 'emoji':
      return `:${String(node.name)}:`;
    case 'user':
      return entity(`@${String(node.user_id)}`, reader);
    case 'channel':
      return entity(`#${String(node.channel_id)}`, reader);
    case 'broadcast':
      return `@${String(node.range)}`;
    case 'date':
      return dateText(Number(node.timestamp), String(node.format), reader.tz) ?? String(node.fallback ?? '');
    default:
      return '';
  }
}
