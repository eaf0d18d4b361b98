// The rest of the page: the story, the log behind the scenes, bad days, refusals said out loud, threads, and two at once.

import { beforeAll, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { offerStory } from '../../sandbox/story/index.ts';
import { useStage } from '../support/page.ts';

const stage = useStage({ at: '2026-11-18T10:00' });
let page: Page;

beforeAll(async () => {
  const { house, actions } = stage.current;
  offerStory(house.slack, actions);
  page = await stage.current.open('#maren/app', { permissions: ['clipboard-read', 'clipboard-write'] });
  await page.getByRole('button', { name: 'Close the tour' }).click();
});

test('eight weeks are filled in, digests and all, and the clock is back where it was', async () => {
  const { house } = stage.current;
  const now = house.clock.now();
  await page.getByRole('button', { name: 'Fill in eight weeks' }).click();
  await page.getByRole('button', { name: /^Fill/ }).waitFor({ state: 'detached', timeout: 60_000 });
  expect(house.clock.now().toString()).toBe(now.toString());
  expect(house.lead.dm().filter(({ ephemeral, text }) => !ephemeral && text.includes('(chart)')).length).toBe(
    7,
  );
  const chart = page.getByRole('figure', { name: 'Coding and leading, week by week' }).last();
  await chart.waitFor();
  // The same numbers, for whoever cannot see bars.
  expect(await chart.getByRole('row').count()).toBe(9);
});

test('every request is there behind the scenes, and can be made again with curl', async () => {
  await page.getByRole('button', { name: 'Behind the scenes' }).click();
  await page
    .getByRole('button', { name: /chat\.postMessage/ })
    .first()
    .click();
  await page.getByRole('button', { name: 'Copy as curl' }).click();
  const curl = await page.evaluate(() => navigator.clipboard.readText());
  expect(curl).toContain(`curl -sS '${stage.current.house.slack.url}/api/chat.postMessage'`);
  expect(curl).toContain('authorization: Bearer xoxb-sandbox-');
  await page.getByRole('tab', { name: 'Faults' }).click();
  await page.getByLabel('What happens').selectOption('slow');
  await page.getByLabel('To which call').selectOption('views.publish');
  await page.getByRole('button', { name: 'Begin' }).click();
  await page.getByText('slow on views.publish').waitFor();
  await page.getByRole('button', { name: 'Clear' }).click();
  await page.getByText('slow on views.publish').waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Close behind the scenes' }).click();
});

test('a message somebody else writes is there at once, and so is the answer in its thread', async () => {
  const { slack } = stage.current.house;
  const general = [...slack.workspace().channels.values()].find(({ name }) => name === 'general');
  await page.getByRole('link', { name: 'general' }).click();
  await page.getByRole('heading', { name: 'general' }).waitFor();
  await slack.person('duarte').types('Is anyone else seeing slow builds?', { in: 'general' });
  const message = page.getByRole('article').filter({ hasText: 'slow builds' });
  await message.waitFor();
  await message.hover();
  await message.getByRole('button', { name: 'Reply in thread' }).click();
  const reply = page.getByRole('complementary', { name: 'Thread' }).getByRole('combobox');
  await reply.fill('Since this morning, yes.');
  await reply.press('Enter');
  await page.getByRole('button', { name: '1 reply' }).waitFor();
  expect(general?.messages.at(-1)?.threadTs).toBe(general?.messages.at(-2)?.ts);
});

test('an unknown command is answered as Slack answers it', async () => {
  const composer = page.getByRole('combobox', { name: 'Message #general' });
  await composer.fill('/nonsense now');
  await composer.press('Enter');
  const notice = page.getByRole('status').filter({ hasText: '/nonsense is not a valid command' });
  await notice.getByRole('button', { name: 'Dismiss' }).click();
});

test('what Slack would refuse is said across the page, with the way to the log', async () => {
  const { slack } = stage.current.house;
  const { botToken } = slack.workspace();
  const answer = await fetch(`${slack.apiUrl}chat.postMessage`, {
    method: 'POST',
    headers: { authorization: `Bearer ${botToken}`, 'content-type': 'application/json; charset=utf-8' },
    body: JSON.stringify({
      channel: slack.person('lead').id,
      text: 'too long',
      blocks: [{ type: 'header', text: { type: 'plain_text', text: 'x'.repeat(151) } }],
    }),
  });
  expect(await answer.json()).toMatchObject({ ok: false, error: 'invalid_blocks' });
  const banner = page.getByRole('alert').filter({ hasText: 'Slack would refuse this' });
  await banner.getByRole('button', { name: 'Open the log' }).click();
  await page.getByRole('tab', { name: 'Refusals', selected: true }).waitFor();
  // This one was ours, made on purpose: the file's end must not find it.
  slack.violations.length = 0;
});
