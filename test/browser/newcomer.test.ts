// A newcomer's first quarter of an hour on the sandbox page, in a real browser, from set-up to the digest.

import { beforeAll, expect } from '@jest/globals';
import type { Page } from 'playwright-core';
import { useStage } from '../support/page.ts';
import { test } from '../support/story.ts';

const stage = useStage({ at: '2026-11-16T09:00' });
let page: Page;

beforeAll(async () => {
  page = await stage.current.open();
  await page.getByRole('button', { name: 'Close the tour' }).click();
});

const composer = () => page.getByRole('combobox', { name: 'Message Evenkeel' });
const log = () => page.getByRole('log');

test('sets up in the Home, through one modal', async () => {
  await page.getByRole('link', { name: 'Home' }).click();
  await page.getByRole('button', { name: 'Set up, 1 minute' }).click();
  const modal = page.getByRole('dialog', { name: 'Set up Evenkeel' });
  const engineers = modal.getByLabel('How many engineers do you lead?');
  await engineers.fill('5');
  await modal.getByRole('button', { name: 'Set up' }).click();
  await modal.waitFor({ state: 'detached' });
  await page.getByText('You are set up.').first().waitFor();
});

test('logs time by command, with the menu’s help', async () => {
  await page.getByRole('link', { name: 'Messages' }).click();
  await composer().pressSequentially('/log');
  await page.getByRole('option', { name: /\/logtime/ }).click();
  await composer().pressSequentially('45m review -- the parser');
  await composer().press('Enter');
  await log().getByText('45 min review').waitFor();
  const said = await log().getByRole('article').last().innerText();
  expect(said).toContain('Only visible to you');
  expect(said).toContain('the parser');
});

test('logs by modal, sees an error under its field, and mends it', async () => {
  await composer().fill('/logtime');
  await composer().press('Enter');
  const modal = page.getByRole('dialog', { name: 'Log time' });
  await modal.getByLabel('How long').fill('a while');
  await modal.getByRole('button', { name: /^What/ }).click();
  await page.getByRole('combobox', { name: /Find/ }).fill('plann');
  await page.getByRole('option', { name: 'planning' }).click();
  await modal.getByRole('button', { name: 'Log', exact: true }).click();
  const error = modal.locator('[data-field="time"] [role="alert"]');
  await error.waitFor();
  expect((await error.innerText()).length).toBeGreaterThan(10);
  // What was right is still there, and the focus is where the mending is to be done.
  expect(await modal.getByRole('button', { name: /^What/ }).innerText()).toContain('planning');
  expect(await modal.getByLabel('How long').evaluate((input) => input === document.activeElement)).toBe(true);
  await modal.getByLabel('How long').fill('1h30');
  await modal.getByRole('button', { name: 'Log', exact: true }).click();
  await modal.waitFor({ state: 'detached' });
  await log().getByText('1 h 30 min planning').waitFor();
});

test('undoes what was logged last', async () => {
  await log().getByRole('button', { name: 'Undo' }).last().click();
  await log().getByText('Taken back').waitFor();
});

test('arrow up brings back what was sent', async () => {
  await composer().press('ArrowUp');
  expect(await composer().inputValue()).toBe('/logtime');
  await composer().press('ArrowUp');
  expect(await composer().inputValue()).toBe('/logtime 45m review -- the parser');
  await composer().fill('');
});

test('moves to Friday on the strip, and reads the digest', async () => {
  await page.getByRole('button', { name: /Fri 20 November/ }).click();
  const due = page.getByRole('listitem').filter({ hasText: 'Digest' }).last();
  await due.getByRole('button', { name: 'Go there' }).click();
  const digest = log().getByRole('article').filter({ hasText: 'only you can see this' });
  await digest.waitFor();
  const words = await digest.innerText();
  expect(words).toContain('45 min');
  expect(words).toMatch(/too little (yet )?to say how it divides/);
  expect(await page.getByRole('region', { name: 'Clock' }).innerText()).toContain('15:00');
});

test('opens the Home', async () => {
  await page.getByRole('link', { name: 'Home' }).click();
  await page.getByRole('heading', { name: 'This week' }).waitFor();
});

test('is somebody else, and sees nothing of the lead’s', async () => {
  const { house } = stage.current;
  await page.getByRole('button', { name: /Be someone else/ }).click();
  await page.getByRole('menuitemradio', { name: /Duarte/ }).click();
  await page.getByRole('button', { name: /You are Duarte/ }).waitFor();
  for (const where of ['app', ...house.slack.workspace().channels.keys()]) {
    await page.goto(`${house.slack.url}/#duarte/${where}`);
    await page
      .getByRole('main')
      .getByRole('heading', { level: 1 })
      .or(page.getByText('There is no such'))
      .waitFor();
    const seen = await page.getByRole('main').innerText();
    for (const word of ['Only visible', 'the parser', '1 h 30 min', 'Taken back', 'Leading took']) {
      expect(seen).not.toContain(word);
    }
  }
  await page.goto(`${house.slack.url}/#duarte/home`);
  await page.getByRole('heading', { name: 'Where does your week go?' }).waitFor();
});
