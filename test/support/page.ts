// The sandbox page in a real Chromium, for a test file: one house, one browser, and nothing said on the console.

import { afterAll, beforeAll, expect } from '@jest/globals';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { type Actions, openApi } from '../../sandbox/api.ts';
import { openBrowser } from '../../sandbox/browser.ts';
import { createPage } from '../../sandbox/page/serve.ts';
import { type House, type HouseOptions, openHouse } from './house.ts';

export interface Stage {
  house: House;
  /** What the page offers besides, by name. */
  actions: Actions;
  /** Opens the page in a fresh browser profile; `where` is its address after the slash. */
  open(where?: string, options?: BrowserContextOptions): Promise<Page>;
}

/** At the end it holds the file to a quiet console and to Slack's rules. */
export function useStage(options: HouseOptions = {}): { readonly current: Stage } {
  let stage: Stage | undefined;
  let browser: Browser | undefined;
  const complaints: string[] = [];

  beforeAll(async () => {
    const [opened, house] = await Promise.all([openBrowser(), openHouse(options)]);
    browser = opened;
    stage = {
      house,
      actions: openApi(house.slack, { page: createPage() }),
      async open(where = '', contextOptions = {}) {
        const context = await opened.newContext({
          viewport: { width: 1280, height: 800 },
          ...contextOptions,
        });
        const page = await context.newPage();
        page.setDefaultTimeout(15_000);
        page.on('console', (line) => {
          if (['error', 'warning'].includes(line.type())) complaints.push(line.text());
        });
        page.on('pageerror', (error) => complaints.push(error.message));
        await page.goto(`${house.slack.url}/${where}`);
        return page;
      },
    };
  });

  afterAll(async () => {
    await browser?.close();
    await stage?.house.stop();
    expect(complaints).toEqual([]);
    expect(stage?.house.slack.violations ?? []).toEqual([]);
    expect((stage?.house.log ?? []).filter(({ level }) => Number(level) >= 50)).toEqual([]);
  });
  // On its own and last, so that it knows of every failure.
  afterAll(() => stage?.house.database.drop());

  return {
    get current() {
      if (!stage) throw new Error('The stage is there from beforeAll on');
      return stage;
    },
  };
}
