// How the page reads Slack's text before the library draws it: colons, what was escaped, and what is markup after all.

import { expect, test } from '@jest/globals';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { Message } from 'slack-blocks-to-jsx';
import { forDrawing } from '../../sandbox/page/blocks/markup.ts';
import { quoted } from '../../src/slack/blocks.ts';

function drawn(text: string, type: 'mrkdwn' | 'plain_text' = 'mrkdwn'): string {
  const blocks = [{ type: 'section' as const, text: { type, text: forDrawing(type, text) } }];
  return renderToStaticMarkup(
    createElement(Message, { withoutWrapper: true, blocks: blocks as never, name: '', logo: '' }),
  );
}

/** What is read on the page, without the tags around it. */
const read = (html: string) =>
  html
    .replace(/<[^>]*>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
    .trim();

test.each([
  'every Tuesday at 10:00\nnext: tomorrow',
  'Your 1:1s: agenda',
  'from 10:30:45 to a:b:c',
  '# no heading [nor](a link)',
])('colons and brackets stay: %j', (text) => {
  expect(read(drawn(text))).toBe(text);
  expect(read(drawn(text, 'plain_text'))).toBe(text);
});

test.each([
  ['&lt;!channel&gt;', '<!channel>'],
  ['&lt;https://evil.example|click&gt;', '<https://evil.example|click>'],
  ['&lt;@U0&gt;', '<@U0>'],
  ['a &amp;lt; b', 'a &lt; b'],
  ['a &lt; b &gt; c', 'a < b > c'],
])('what was escaped is only words: %j', (text, words) => {
  const html = drawn(text);
  expect(read(html)).toBe(words);
  expect(html).not.toMatch(/<a |slack_broadcast|data-user-id/);
});

test('in code, too', () => {
  const html = drawn('`&lt;!channel&gt; at 10:00:00 &amp; later`');
  expect(html).toContain('<code');
  expect(read(html).replaceAll('\u2060', '')).toBe('<!channel> at 10:00:00 & later');
});

test('markup is still markup', () => {
  const html = drawn('*At 10:00:* :wave::+1: <https://a.example/b:c|ask at 9:30> <!channel> <@U1>');
  expect(html).toContain('<strong');
  expect(html).toMatch(/👋.*👍/);
  expect(html).toContain('href="https://a.example/b:c"');
  expect(html).toContain('ask at 9:30');
  expect(html).toContain('slack_broadcast');
  expect(html).toContain('data-user-id="U1"');
});

test('a quote that was typed is a quote', () => {
  expect(read(drawn('&gt; hi: there'))).toBe('hi: there');
});

test.each([
  ['*', 'strong'],
  ['_', 'em'],
  ['~', 's'],
])('what people type between our %s ends none of it and begins nothing else', (mark, tag) => {
  for (const typed of ['ship *it* now', 'two * three * four', '_mine_ and ~not~ `yours`', 'done*', '*']) {
    const html = drawn(`${mark}${quoted(typed)}${mark} is next`);
    const inside = new RegExp(`<${tag}\\b[^>]*>(.*)</${tag}>`, 's').exec(html)?.[1] ?? '';
    expect(read(inside).replaceAll('\u2060', '')).toBe(typed);
    expect(inside).not.toMatch(/<(strong|em|s|code)\b/);
  }
});
