// `npm run screenshots`: the pictures in docs/screenshots, taken of the sandbox page after eight weeks of its story.

import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { openBrowser } from './browser.ts';
import { openStudio } from './studio.ts';

const folder = path.join(import.meta.dirname, '../docs/screenshots');

interface Look {
  name: string;
  options: BrowserContextOptions;
}

const looks: Look[] = [
  { name: 'light', options: { viewport: { width: 1280, height: 800 }, colorScheme: 'light' } },
  { name: 'dark', options: { viewport: { width: 1280, height: 800 }, colorScheme: 'dark' } },
  {
    name: 'phone',
    options: { viewport: { width: 390, height: 844 }, colorScheme: 'light', hasTouch: true, isMobile: true },
  },
];

const composer = (page: Page) => page.getByRole('combobox', { name: 'Message Evenkeel' });
const log = (page: Page) => page.getByRole('log');

/** What each picture shows, in the order they are taken: each begins where the last one ended. */
const scenes: { name: string; play(page: Page): Promise<unknown> }[] = [
  {
    name: 'digest',
    async play(page) {
      const digest = log(page)
        .getByRole('article')
        .filter({ has: page.locator('.chart') })
        .last();
      await digest.evaluate((element) => element.scrollIntoView({ block: 'start' }));
    },
  },
  {
    name: 'conversation',
    async play(page) {
      const newest = page.getByRole('button', { name: 'Newest' });
      if (await newest.isVisible()) await newest.click();
      await composer(page).fill('/logtime 1h30 mentoring with @bikash -- the parser');
      await composer(page).press('Enter');
      await log(page).getByText('1 h 30 min mentoring').last().waitFor();
      await composer(page).pressSequentially('/log');
      await page.getByRole('option').first().waitFor();
    },
  },
  {
    name: 'modal',
    async play(page) {
      await composer(page).fill('/logtime');
      await composer(page).press('Escape');
      await composer(page).press('Enter');
      const form = page.getByRole('dialog', { name: 'Log time' });
      await form.getByLabel('How long').fill('45 parsecs');
      await form.getByRole('button', { name: /^What/ }).click();
      await page.getByRole('combobox', { name: /Find/ }).fill('review');
      await page.getByRole('option', { name: 'review', exact: true }).click();
      await form.getByRole('button', { name: 'Log', exact: true }).click();
      await form.getByRole('alert').waitFor();
    },
  },
  {
    name: 'home',
    async play(page) {
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await page.getByRole('link', { name: 'Home' }).click();
      // The bot draws it anew on opening; until then there is the one of eight weeks ago.
      await page.getByRole('region', { name: 'Home' }).getByText('Leading took').waitFor();
    },
  },
];

await mkdir(folder, { recursive: true });
const browser = await openBrowser();
// A sandbox for each look, so that none shows what was done for another.
for (const { name: look, options } of looks) {
  const studio = await openStudio({ at: '2026-11-20T15:01' });
  await studio.actions.get('story')?.({});
  const context = await browser.newContext({
    deviceScaleFactor: 2,
    reducedMotion: 'reduce',
    locale: 'en-GB',
    ...options,
  });
  await context.addInitScript(() => localStorage.setItem('tour', 'closed'));
  const page = await context.newPage();
  await page.goto(studio.slack.url);
  await log(page).getByRole('article').first().waitFor();
  for (const { name, play } of scenes) {
    await play(page);
    const file = path.join(folder, `${name}-${look}.png`);
    await page.screenshot({ path: file, animations: 'disabled', caret: 'hide' });
    console.log(path.relative(process.cwd(), file));
  }
  await context.close();
  await studio.stop();
}
await browser.close();
