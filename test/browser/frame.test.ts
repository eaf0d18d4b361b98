// What surrounds the conversation: the tour, the strip of days, the clock on a phone, and a line that was not sent.

import { expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { useStage } from '../support/page.ts';

const stage = useStage({ at: '2026-11-16T09:00' });
const composer = (page: Page) => page.getByRole('combobox', { name: 'Message Evenkeel' });

test('a line that could not be sent comes back', async () => {
  const page = await stage.current.open('#maren/app');
  await composer(page).fill('good morning');
  await page.evaluate(() => {
    window.fetch = () => Promise.reject(new Error('nobody there'));
  });
  await composer(page).press('Enter');
  await page.getByText('The sandbox does not answer. Is it still running?').waitFor();
  expect(await composer(page).inputValue()).toBe('good morning');
  await page.context().close();
});

test('what is posted while a conversation is being loaded is shown', async () => {
  const page = await stage.current.open('#maren/home');
  await page.getByRole('button', { name: /Fri 20 November/ }).waitFor();
  const asked = Promise.withResolvers<void>();
  const told = Promise.withResolvers<void>();
  await page.route(
    /_sandbox\/messages/,
    async (route) => {
      const before = await route.fetch();
      asked.resolve();
      await told.promise;
      await route.fulfill({ response: before });
    },
    { times: 1 },
  );
  await page.getByRole('link', { name: 'Messages' }).click();
  await asked.promise;
  const heard = page.waitForResponse(/_sandbox\/state/);
  await stage.current.house.lead.types('/logtime 10m hiring');
  await heard;
  told.resolve();
  await page
    .getByRole('log')
    .getByText(/10 min/)
    .first()
    .waitFor();
  await page.context().close();
});

test.each([1280, 1441])('the days of the strip keep apart at %i', async (width) => {
  const page = await stage.current.open('#maren/app', { viewport: { width, height: 800 } });
  await page.getByRole('button', { name: /Fri 20 November/ }).waitFor();
  const boxes = await page.locator('.strip-name').evaluateAll((names) =>
    names
      .filter((name) => name.checkVisibility())
      .map((name) => name.getBoundingClientRect())
      .map(({ left, right }) => ({ left, right })),
  );
  expect(boxes.length).toBeGreaterThanOrEqual(7);
  for (const [at, { left }] of boxes.entries()) {
    expect(left).toBeGreaterThan((boxes[at - 1]?.right ?? -8) + 4);
  }
  await page.context().close();
});

test('on a phone the open clock hides nothing, and Esc closes it', async () => {
  const page = await stage.current.open('#maren/app', { viewport: { width: 390, height: 844 } });
  const fold = page.locator('.clock-fold');
  await fold.click();
  await page.getByRole('button', { name: 'Next morning' }).waitFor();
  // Playwright finds an element clickable only where nothing lies over it.
  await page.getByRole('button', { name: 'Channels and people' }).click({ trial: true });
  await page.getByRole('link', { name: 'Home' }).click({ trial: true });
  await page.getByRole('button', { name: 'Next morning' }).click({ trial: true });
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Next morning' }).waitFor({ state: 'hidden' });
  expect(await fold.evaluate((button) => button === document.activeElement)).toBe(true);
  await page.context().close();
});

test('the tour goes to the digest, past what falls due before it', async () => {
  const page = await stage.current.open('#maren/app');
  const tour = page.getByRole('complementary', { name: 'Tour' });
  await stage.current.house.lead.types('/logtime 45m review');
  await tour.getByRole('heading', { name: 'Open the Home' }).waitFor();
  await tour.getByRole('button', { name: 'Skip' }).click();
  await page.getByRole('button', { name: /Wed 18 November: 1 due/ }).waitFor();
  await tour.getByRole('button', { name: 'Go to the digest' }).click();
  await tour.getByRole('heading', { name: 'Be someone else' }).waitFor();
  await page.getByRole('region', { name: 'Clock' }).locator('time', { hasText: '15:00' }).waitFor();
  await page
    .getByRole('log')
    .getByRole('article')
    .filter({ hasText: 'only you can see this' })
    .getByText(/of coding and leading logged/)
    .first()
    .waitFor();
  await page.context().close();
});

test.each(['light', 'dark'] as const)('what is due can be read and gone to, %s', async (colorScheme) => {
  const page = await stage.current.open('#maren/app', { colorScheme });
  await stage.current.house.lead.types('/logtime 20m review');
  await page
    .getByRole('button', { name: /: \d due$/ })
    .first()
    .click();
  const colour = (element: Element) => getComputedStyle(element).color;
  const words = await page.locator('.day-card h3').evaluate(colour);
  expect(await page.getByRole('button', { name: 'Go there' }).first().evaluate(colour)).toBe(words);
  await page.context().close();
});
