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
import { clockInWords, localDay, shortDate } from '../time/days.ts';
import { type Action, numbering, type Shape, type Written, written } from './actions.ts';
import { limits } from './limits.ts';
import type { Block, Message } from './message.ts';

/** Half a character, an escaped one without its end, a mention or link without its end. */
const brokenOff = /(?:[\uD800-\uDBFF]|&(?:a|am|amp|l|lt|g|gt)?|<(?:[@#!]|https?:)[^>]*)$/;

/** Cut with an ellipsis at Slack's limit, never within what reads as one character, mention or link. */
export function shorten(text: string, limit: number): string {
  if (text.length <= limit) return text;
  return `${text.slice(0, limit - 1).replace(brokenOff, '')}…`;
}

/**
 * Without the characters that turn the direction of what stands behind them, so that what somebody typed cannot read
 * as something else, or turn our words around it. Unicode Standard Annex 9, "Explicit Directional Embedding".
 */
const unturned = (text: string): string => text.replace(/[\u202a-\u202e\u2066-\u2069]/g, '');

/**
 * People's text, made harmless in mrkdwn: no mention, no link, no channel-wide call can be smuggled in.
 * Source: docs.slack.dev/messaging/formatting-message-text, "Escaping text".
 */
export const escaped = (text: string): string =>
  unturned(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/**
 * People's text inside bold, italics or strike-through: their own markup characters would end ours early,
 * so an invisible word joiner keeps each from acting as one.
 */
export const quoted = (text: string): string => escaped(text).replace(/[*_~`]/g, '$&\u2060');

export const mention = (personId: string): string => `<@${personId}>`;

/**
 * A moment that Slack writes out in each reader's own zone and language; where it cannot, in `zone`.
 * Source of the styles: docs.slack.dev/messaging/formatting-message-text, "Date formatting".
 */
export function slackDate(
  at: Temporal.Instant,
  zone: string,
  style = '{day_divider_pretty} at {time}',
): string {
  const fallback = `${shortDate(localDay(at, zone))} ${clockInWords(at, zone)} ${zone.replaceAll('_', ' ')}`;
  return `<!date^${Math.floor(at.epochMilliseconds / 1000)}^${style}|${fallback}>`;
}

export const plain = (text: string, limit: number = limits.text): PlainTextElement => ({
  type: 'plain_text',
  text: shorten(unturned(text), limit),
});

export const header = (text: string): HeaderBlock => ({ type: 'header', text: plain(text, limits.header) });

export const divider = (): DividerBlock => ({ type: 'divider' });

/** A paragraph of mrkdwn, 3,000 characters at most. */
export const paragraph = (text: string, accessory?: SectionBlockAccessory): SectionBlock => ({
  type: 'section',
  text: { type: 'mrkdwn', text: shorten(text, limits.text) },
  ...(accessory && { accessory }),
});

/** Lines packed into as few texts as hold them; a line too long for any is cut. */
export function packed(lines: readonly string[], most: number = limits.text): string[] {
  const texts: string[] = [];
  for (const line of lines) {
    const longer = `${texts.at(-1) ?? ''}\n${line}`;
    if (texts.length > 0 && longer.length <= most) texts[texts.length - 1] = longer;
    else texts.push(shorten(line, most));
  }
  return texts;
}

/** Lines of mrkdwn in as few paragraphs as hold them, so that a long list is not cut. */
export const paragraphs = (lines: readonly string[]): SectionBlock[] =>
  packed(lines).map((text) => paragraph(text));

/** Characters a list takes of a message, so that there is room for what stands around it. */
const longestList = 9_000;

/** A list that may grow without end: the first lines that one message holds, and `more` says how many are left out. */
export function longList(lines: readonly string[], more: (left: number) => string): Block[] {
  let characters = 0;
  const over = lines.findIndex((line) => {
    characters += line.length + 1;
    return characters > longestList;
  });
  const shown = over === -1 ? lines : lines.slice(0, Math.max(over, 1));
  return [
    ...paragraphs(shown),
    ...(shown.length < lines.length ? [aside(more(lines.length - shown.length))] : []),
  ];
}

/** Small grey text: what helps without being the point. */
export const aside = (...texts: string[]): ContextBlock => ({
  type: 'context',
  elements: texts
    .slice(0, limits.contextElements)
    .map((text) => ({ type: 'mrkdwn', text: shorten(text, limits.contextText) })),
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
    text: plain(label, limits.label),
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
    .slice(0, limits.menuOptions)
    .map(({ label, carried }) => option(label, written(to, carried) ?? ''));
  const chosen = initial && options.find(({ value }) => value === written(to, initial));
  return {
    type: 'static_select',
    action_id: to.id,
    options,
    ...(chosen && { initial_option: chosen }),
    ...(placeholder !== undefined && { placeholder: plain(placeholder, limits.placeholder) }),
  };
};

export const option = (label: string, value: string): Option & { text: PlainTextElement } => ({
  text: plain(label, limits.label),
  value,
});

export const confirmation = (
  title: string,
  text: string,
  confirm: string,
  deny = 'Keep it',
): ConfirmationDialog => ({
  title: plain(title, limits.confirmTitle),
  text: plain(text, limits.confirmText),
  confirm: plain(confirm, limits.confirmButton),
  deny: plain(deny, limits.confirmButton),
});

/** What Slack counts of blocks together, or a little more. */
export function charactersOf(value: unknown): number {
  if (typeof value === 'string') return value.length;
  if (typeof value !== 'object' || value === null) return 0;
  return Object.entries(value).reduce(
    (sum, [name, inner]) => sum + (unseen.has(name) ? 0 : charactersOf(inner)),
    0,
  );
}

/** Fields whose strings are for machines. */
const unseen: ReadonlySet<string> = new Set(['type', 'action_id', 'block_id', 'value', 'style', 'confirm']);

/** A message of these blocks, its text read from them for screen readers and notifications. */
export function message(...blocks: (Block | undefined)[]): Message {
  const kept = within(
    blocks.filter((block) => block !== undefined),
    limits.messageBlocks,
  );
  return { text: shorten(textOf(kept), limits.messageText), blocks: kept };
}

/**
 * A message with sealed or private words in its blocks. Its text is what lights up on a locked phone and lies in
 * notification logs, so it says what the message is about and none of those words.
 */
export const discreet = (text: string, ...blocks: (Block | undefined)[]): Message => ({
  ...message(...blocks),
  text: shorten(text, limits.messageText),
});

/**
 * As many of the blocks as Slack takes. The last resort: a list that grows says itself where the rest of it is. What
 * stands last is kept, for it is mostly the buttons; `last`: how many that is, where it is known.
 */
function within(blocks: readonly Block[], most: number, last?: number): Block[] {
  const fits = (some: readonly Block[]) =>
    some.length <= most && charactersOf(some) <= limits.messageCharacters;
  if (fits(blocks)) return [...blocks];
  const firstKept = blocks.findLastIndex(({ type }) => type !== 'actions' && type !== 'context') + 1;
  const end = blocks.slice(last === undefined ? Math.max(firstKept, blocks.length - 2) : -last);
  const rest = blocks.slice(0, blocks.length - end.length);
  let shown = rest.length;
  const drawn = () => [
    ...rest.slice(0, shown),
    aside('There is more than Slack shows in one message; the end of it is left out.'),
    ...end,
  ];
  while (shown > 0 && !fits(drawn())) shown -= 1;
  return drawn();
}

/** The message with more blocks at its end, which are kept where Slack does not take all. */
export function withMore(words: Message, more: readonly Block[]): Message {
  if (more.length === 0) return words;
  return {
    text: shorten(`${words.text}\n${textOf([...more])}`, limits.messageText),
    blocks: atEnd(words.blocks, more),
  };
}

/** The blocks of a message with some more at its end, which are kept where Slack does not take all. */
export const atEnd = (blocks: readonly Block[], more: readonly Block[]): Block[] =>
  within([...blocks, ...more], limits.messageBlocks, more.length);

/** Left free by a list that grows for what is put under a message later: a note, a menu. */
const roomUnder = { blocks: 3, characters: 1_000 };

/**
 * A message whose rows may grow without end: the first that it holds, and `more` says how many are left out and where
 * they are. A row is the blocks of one thing, with a heading where it begins a part.
 */
export function growing(
  rows: readonly (readonly Block[])[],
  more: (left: number) => string,
  around: {
    before?: readonly Block[];
    after?: readonly Block[];
  },
): Message {
  const { before = [], after = [] } = around;
  const drawn = (shown: number): Block[] => [
    ...before,
    ...rows.slice(0, shown).flat(),
    ...(shown < rows.length ? [aside(more(rows.length - shown))] : []),
    ...after,
  ];
  const room = {
    blocks: limits.messageBlocks - roomUnder.blocks - before.length - after.length - 1,
    characters:
      limits.messageCharacters -
      roomUnder.characters -
      charactersOf([before, after, aside(more(rows.length))]),
  };
  const over = rows.findIndex((blocks) => {
    room.blocks -= blocks.length;
    room.characters -= charactersOf(blocks);
    return room.blocks < 0 || room.characters < 0;
  });
  return message(...drawn(over === -1 ? rows.length : over));
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
