// Slack's text made ready for slack-blocks-to-jsx, which would read more of it as markup than Slack does.

import type { Block } from '../types.ts';

/** A character reference is read after the markup, so what it stands for is never taken for any. */
const literal = (characters: string): string =>
  characters.replace(/./gsu, (character) => `&#${character.codePointAt(0)};`);

const unescaped = (text: string): string =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

/** `:wave:`, but neither `10:30:45` nor `1:1s:`. Whether there is such an emoji turns out when it is drawn. */
const emoji = /(?<![\p{L}\p{N}]):[a-z0-9_+'-]{2,}:/u;

const parts = new RegExp(
  [
    /(?<kept>[*_~`]\u2060)/u,
    /(?<code>```.*?```|`[^`\n]+`)/su,
    /(?<token><[^<>\n]+>)/u,
    /(?<address>https?:\/\/[^\s<>|&]+)/u,
    new RegExp(`(?<emoji>${emoji.source})`, 'u'),
    /(?<quote>^&gt; ?)/u,
    /(?<escaped>&lt;|&gt;)/u,
    /(?<other>[:#[\]\\]|@(?=channel|here|everyone))/u,
  ]
    .map(({ source }) => source)
    .join('|'),
  'gmsu',
);

/** References are not read in code. There a word joiner keeps what looks like a mention or a link from being one. */
const code = (text: string): string =>
  unescaped(text.replace(/&lt;(?=[!@#]|\w+:)/g, '<\u2060').replace(/^&gt;/gm, '\u2060>'));

/** A link's words are words; everything else in angle brackets is Slack's and stays. */
function token(text: string): string {
  const link = /^<((?:https?|mailto):[^|]+)(?:\|(.+))?>$/s.exec(text);
  if (link === null) return text;
  const [, address = '', words] = link;
  // An address shown as itself is nothing but words: what is an emoji in it would be none.
  return `<${address}|${words === undefined ? address.replace(/[:#[\]\\_*~]/g, literal) : markup(words)}>`;
}

function markup(text: string): string {
  return text.replace(parts, (whole, ...rest) => {
    const found = rest.at(-1) as Record<string, string | undefined>;
    // A mark that a word joiner keeps from acting as one.
    if (found.kept !== undefined) return literal(whole);
    if (found.code !== undefined) return code(whole);
    if (found.token !== undefined) return token(whole);
    if (found.quote !== undefined) return '> ';
    if (found.escaped !== undefined) return literal(unescaped(whole));
    return found.other === undefined ? whole : literal(whole);
  });
}

const plain = (text: string): string =>
  unescaped(text)
    .split(new RegExp(`(${emoji.source})`, 'u'))
    .map((part, at) => (at % 2 === 1 ? part : part.replace(/[&<>*_~`@#:[\]\\]/g, literal)))
    .join('');

/** @param type `mrkdwn` keeps its markup; `plain_text` has none but emoji */
export const forDrawing = (type: 'mrkdwn' | 'plain_text', text: string): string =>
  type === 'mrkdwn' ? markup(text) : plain(text);

/** The same block with every text object in it made ready. */
export function blockForDrawing(block: Block): Block {
  return ready(block) as Block;
}

function ready(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ready);
  if (typeof value !== 'object' || value === null) return value;
  const object = value as Record<string, unknown>;
  if ((object.type === 'mrkdwn' || object.type === 'plain_text') && typeof object.text === 'string') {
    return { ...object, text: forDrawing(object.type, object.text) };
  }
  return Object.fromEntries(Object.entries(object).map(([key, part]) => [key, ready(part)]));
}
