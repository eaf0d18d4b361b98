// The page for everyone: by keyboard alone, without serious findings of axe, and on a phone without sideways scrolling.

import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { useStage } from '../support/page.ts';

const stage = useStage({ at: '2026-11-16T09:00' });

interface Finding {
  id: string;
  impact: string;
  nodes: { html: string; failureSummary: string }[];
}

/** What axe finds serious or critical, with the element it means. */
async function findings(page: Page): Promise<string[]> {
  const source = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  await page.evaluate(source);
  const { violations } = (await page.evaluate('axe.run()')) as { violations: Finding[] };
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html}\n${failureSummary}`));
}

const focusOn = (page: Page) =>
  page.evaluate(() => {
    const element = document.activeElement;
    return `${element?.getAttribute('aria-label') ?? ''} ${element?.textContent ?? ''}`.trim();
  });

/** Tabs on until something by that name has the focus. */
async function tabTo(page: Page, name: RegExp, key = 'Tab'): Promise<void> {
  const passed: string[] = [];
  for (let presses = 0; presses < 60; presses += 1) {
    await page.keyboard.press(key);
    const here = await focusOn(page);
    if (name.test(here)) return;
    passed.push(here.slice(0, 40));
  }
  throw new Error(`The keyboard never comes to ${name}. It came past: ${passed.join(' | ')}`);
}

test('the keyboard alone sets up and logs time', async () => {
  const page = await stage.current.open();
  await page.getByRole('navigation', { name: 'Workspace' }).waitFor();
  await tabTo(page, /^Close the tour/);
  await page.keyboard.press('Enter');
  await tabTo(page, /^Home$/);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Set up, 1 minute' }).waitFor();
  await tabTo(page, /^Set up, 1 minute/);
  await page.keyboard.press('Enter');
  const modal = page.getByRole('dialog', { name: 'Set up Evenkeel' });
  await modal.waitFor();
  // The first field has the focus; Enter in a field submits, as in Slack.
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('6');
  await page.keyboard.press('Enter');
  await modal.waitFor({ state: 'detached' });
  await page.getByText('6 engineers').first().waitFor();

  await tabTo(page, /^Log time/);
  await page.keyboard.press('Enter');
  const form = page.getByRole('dialog', { name: 'Log time' });
  await form.waitFor();
  await page.keyboard.type('1h30');
  await page.keyboard.press('Tab');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.type('review');
  await page.keyboard.press('Enter');
  await form.getByRole('button', { name: /What review/ }).waitFor();
  await tabTo(page, /^Log$/);
  await page.keyboard.press('Enter');
  await form.waitFor({ state: 'detached' });
  await page.getByText('1 h 30 min review').first().waitFor();
  await page.context().close();
});

test('Esc closes the menu first, and only then the form', async () => {
  const page = await stage.current.open('#maren/app');
  const composer = page.getByRole('combobox', { name: 'Message Evenkeel' });
  await composer.fill('/logtime');
  await composer.press('Enter');
  const form = page.getByRole('dialog', { name: 'Log time' });
  await form.getByRole('button', { name: /^What/ }).click();
  await page.getByRole('listbox').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('listbox').waitFor({ state: 'detached' });
  expect(await form.isVisible()).toBe(true);
  await page.keyboard.press('Escape');
  await form.waitFor({ state: 'detached' });
  await page.context().close();
});

test.each(['light', 'dark'] as const)('axe finds nothing serious, %s', async (colorScheme) => {
  const page = await stage.current.open('#maren/app', { colorScheme });
  const { lead } = stage.current.house;
  await lead.types('/logtime 20m review, 2h coding');
  await lead.types('/logtime week');
  await page.getByRole('log').getByText('20 min review').first().waitFor();
  expect(await findings(page)).toEqual([]);

  await page.getByRole('link', { name: 'Home' }).click();
  await page.getByRole('heading', { name: 'This week' }).waitFor();
  await page.getByRole('button', { name: 'Log time' }).click();
  const form = page.getByRole('dialog', { name: 'Log time' });
  await form.waitFor();
  await form.getByRole('button', { name: 'Log', exact: true }).click();
  await form.getByRole('alert').first().waitFor();
  expect(await findings(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await form.waitFor({ state: 'detached' });

  await page.getByRole('button', { name: 'Behind the scenes' }).click();
  await page
    .getByRole('button', { name: /\/logtime|views\.publish/ })
    .first()
    .click();
  await page.getByRole('heading', { name: 'Request' }).waitFor();
  expect(await findings(page)).toEqual([]);
  await page.context().close();
});

test('nothing is wider than a phone', async () => {
  const page = await stage.current.open('#maren/app', { viewport: { width: 390, height: 844 } });
  const wide = () =>
    page.evaluate(() =>
      [...document.querySelectorAll<HTMLElement>('body *')]
        .filter(
          (element) =>
            element.checkVisibility({ visibilityProperty: true }) &&
            element.getBoundingClientRect().right > innerWidth + 1,
        )
        .filter((element) => element.closest('pre, .table, .unseen, [aria-hidden="true"]') === null)
        .map((element) => element.outerHTML.slice(0, 120)),
    );
  await page.getByRole('log').getByRole('article').first().waitFor();
  expect(await wide()).toEqual([]);
  await page.getByRole('link', { name: 'Home' }).click();
  await page.getByRole('heading', { name: 'This week' }).waitFor();
  expect(await wide()).toEqual([]);
  await page.getByRole('button', { name: 'Log time' }).click();
  await page.getByRole('dialog', { name: 'Log time' }).waitFor();
  expect(await wide()).toEqual([]);
  await page.context().close();
});

test('on a phone the tools of a message lie over none of its words', async () => {
  const { house, open } = stage.current;
  const long = 'Words enough to fill every line of a narrow page from one edge to the other, twice. '.repeat(
    2,
  );
  await house.lead.types(long, { in: 'team-platform' });
  await house.lead.types(`${long}And once more, from the same person.`, { in: 'team-platform' });
  const channel = [...house.slack.workspace().channels.values()].find(({ name }) => name === 'team-platform');
  const page = await open(`#maren/${channel?.id}`, { viewport: { width: 390, height: 844 } });
  const message = page.locator('.message-compact', { hasText: 'And once more' });
  await message.waitFor();
  const overlaps = await message.evaluate((article) => {
    const tools = article.querySelector('.message-tools')?.getBoundingClientRect();
    const range = document.createRange();
    range.selectNodeContents(article.querySelector('.message-main') as Element);
    const lines = [...range.getClientRects()];
    if (!tools || lines.length === 0) throw new Error('There are neither tools nor words to compare');
    return lines.some(
      (line) =>
        line.bottom > tools.top &&
        line.top < tools.bottom &&
        line.right > tools.left &&
        line.left < tools.right,
    );
  });
  expect(overlaps).toBe(false);
  await page.context().close();
});
