// A real Chromium out of npm, for the browser tests and the screenshots.

import chromium from '@sparticuz/chromium';
import { type Browser, chromium as playwright } from 'playwright-core';

export async function openBrowser(): Promise<Browser> {
  return playwright.launch({
    executablePath: await chromium.executablePath(),
    headless: true,
    // The package's own flags are for a cloud function: one process, which dies with the first window that closes.
    args: [
      '--no-sandbox',
      '--disable-dev-shm-usage',
      '--disable-gpu',
      '--disable-background-networking',
      '--force-color-profile=srgb',
      '--hide-scrollbars',
    ],
  });
}
