// Block Kit in the house's own words: small constructors that know Slack's limits and escape what people typed.

import type {
  ActionsBlock,
  Button,
  ConfirmationDialog,
  ContextBlock,
  DividerBlock,
  HeaderBlock,
  Option,
  Overflow,
  PlainTextElement,
  SectionBlock,
  SectionBlockAccessory,
  StaticSelect,
} from '@slack/types';
import { type Action, numbering, type Shape, type Written, written } from './actions.ts';
import type { Block, Message } from './message.ts';

/** Cut with an ellipsis at Slack's limit, never within a surrogate pair. */
export function shorten(text: string, limit: number): string {
  if (text.length <= limit) return text;
  return `${text.slice(0, limit - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}

/**
 * People's text, made harmless in mrkdwn: no mention, no link, no channel-wide call can be smuggled in.
 * Source: docs.slack.dev/messaging/formatting-message-text, "Escaping text".
 */
export const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/**
 * People's text inside bold, italics or strike-through: their own markup characters would end ours early,
 * so an invisible word joiner keeps each from acting as one.
 */
export const quoted = (text: string): string => escaped(text).replace(/[*_~`]/g, '$&\u2060');

export const mention = (personId: string): string => `<@${personId}>`;

export const plain = (text: string, limit = 3000): PlainTextElement => ({
  type: 'plain_text',
  text: shorten(text, limit),
});

export const header = (text: string): HeaderBlock => ({ type: 'header', text: plain(text, 150) });

export const divider = (): DividerBlock => ({ type: 'divider' });

/** A paragraph of mrkdwn, 3,000 characters at most. */
export const paragraph = (text: string, accessory?: SectionBlockAccessory): SectionBlock => ({
  type: 'section',
  text: { type: 'mrkdwn', text: shorten(text, 3000) },
  ...(accessory && { accessory }),
});

/** Lines of mrkdwn in as few paragraphs as hold them, so that a long list is not cut. */
export function paragraphs(lines: readonly string[]): SectionBlock[] {
  const texts: string[] = [];
  for (const line of lines) {
    const longer = `${texts.at(-1) ?? ''}\n${line}`;
    if (texts.length > 0 && longer.length <= 3000) texts[texts.length - 1] = longer;
    else texts.push(line);
  }
  return texts.map((text) => paragraph(text));
}

/** Small grey text: what helps without being the point. */
export const aside = (...texts: string[]): ContextBlock => ({
  type: 'context',
  elements: texts.slice(0, 10).map((text) => ({ type: 'mrkdwn', text: shorten(text, 2000) })),
});

interface ButtonOptions {
  /** Behind a colon of the action id, where several buttons of one message lead to one door. */
  suffix?: string;
  style?: 'primary' | 'danger';
  confirm?: ConfirmationDialog;
}

/** A button and what comes back with a click on it, 2,000 characters at most. */
export function button<S extends Shape>(
  label: string,
  to: Action<S>,
  ...rest: Record<never, never> extends Written<S>
    ? [carried?: Written<S>, options?: ButtonOptions]
    : [carried: Written<S>, options?: ButtonOptions]
): Button;
export function button(
  label: string,
  to: Action,
  carried: object = {},
  { suffix, ...options }: ButtonOptions = {},
): Button {
  const value = written(to, carried);
  return {
    type: 'button',
    text: plain(label, 75),
    action_id: suffix === undefined ? to.id : `${to.id}:${suffix}`,
    ...(value !== undefined && { value }),
    ...options,
  };
}

/**
 * A row of buttons and menus, 25 at most. Slack wants every action id of a row to be another one, so those that lead
 * to the same door are numbered behind a colon.
 */
export function row(...elements: ActionsBlock['elements']): ActionsBlock {
  const seen = new Set<string | undefined>();
  const numbered = elements.map((element, index) => {
    if (!seen.has(element.action_id)) {
      seen.add(element.action_id);
      return element;
    }
    return { ...element, action_id: `${element.action_id}:${numbering}${index + 1}` };
  });
  return { type: 'actions', elements: numbered };
}

/** What can be chosen in a menu, and what comes back when it is. */
interface MenuChoice<S extends Shape> {
  label: string;
  carried: Written<S>;
}

/** A small menu behind three dots, 5 choices at most. */
export const overflow = <S extends Shape>(to: Action<S>, choices: readonly MenuChoice<S>[]): Overflow => ({
  type: 'overflow',
  action_id: to.id,
  options: choices.map(({ label, carried }) => option(label, written(to, carried) ?? '')),
});

/** A menu that acts as soon as something is chosen, 100 choices at most. */
export const menu = <S extends Shape>(
  to: Action<S>,
  choices: readonly MenuChoice<S>[],
  { placeholder, initial }: { placeholder?: string; initial?: Written<S> } = {},
): StaticSelect => {
  const options = choices
    .slice(0, 100)
    .map(({ label, carried }) => option(label, written(to, carried) ?? ''));
  const chosen = initial && options.find(({ value }) => value === written(to, initial));
  return {
    type: 'static_select',
    action_id: to.id,
    options,
    ...(chosen && { initial_option: chosen }),
    ...(placeholder !== undefined && { placeholder: plain(placeholder, 150) }),
  };
};

export const option = (label: string, value: string): Option & { text: PlainTextElement } => ({
  text: plain(label, 75),
  value,
});

export const confirmation = (
  title: string,
  text: string,
  confirm: string,
  deny = 'Keep it',
): ConfirmationDialog => ({
  title: plain(title, 100),
  text: plain(text, 300),
  confirm: plain(confirm, 30),
  deny: plain(deny, 30),
});

/** A message of these blocks, its text read from them for screen readers and notifications. */
export function message(...blocks: (Block | undefined)[]): Message {
  const kept = blocks.filter((block) => block !== undefined).slice(0, 50);
  return { text: shorten(textOf(kept), 4000), blocks: kept };
}

/** The message with more blocks at its end, which are kept where Slack's 50 blocks do not hold all. */
export function withMore(words: Message, more: readonly Block[]): Message {
  if (more.length === 0) return words;
  return {
    text: shorten(`${words.text}\n${textOf([...more])}`, 4000),
    blocks: [...words.blocks.slice(0, 50 - more.length), ...more],
  };
}

/** One paragraph, which is what most answers are. */
export const say = (text: string, ...buttons: Button[]): Message =>
  buttons.length > 0 ? message(paragraph(text), row(...buttons)) : message(paragraph(text));

/** Everything the blocks say, line by line. Charts speak their numbers. */
export function textOf(blocks: Block[]): string {
  return blocks
    .map((block): string => {
      switch (block.type) {
        case 'header':
          // Plain there, mrkdwn here: what is harmless in a header could call the whole channel in a text.
          return escaped(block.text.text);
        case 'section':
          return [block.text?.text, ...(block.fields ?? []).map((field) => field.text)]
            .filter(Boolean)
            .join('\n');
        case 'context':
          return block.elements.map((element) => ('text' in element ? element.text : '')).join(' ');
        case 'data_visualization':
          return [
            block.title,
            ...block.chart.axis_config.categories.map(
              (category, at) =>
                `${category}: ${block.chart.series.map(({ name, data }) => `${name} ${data[at]?.value ?? 0}`).join(', ')}`,
            ),
          ].join('\n');
        default:
          return '';
      }
    })
    .filter((line) => line !== '')
    .join('\n');
}
