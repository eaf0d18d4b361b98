// A real Chromium out of npm, for the browser tests and the screenshots.

import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import chromium from '@sparticuz/chromium';
import { type Browser, chromium as playwright } from 'playwright-core';

/**
 * The package brings a typeface along. With it, and the machine's own for what it lacks, pictures look much the
 * same everywhere.
 */
async function fonts(): Promise<string> {
  const file = path.join(tmpdir(), 'evenkeel-fonts.conf');
  const prefer = (family: string) =>
    `<alias binding="strong"><family>${family}</family><prefer><family>Open Sans</family></prefer></alias>`;
  await writeFile(
    file,
    `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>
<dir>${path.join(tmpdir(), 'fonts')}</dir><dir>/usr/share/fonts</dir><dir>/usr/local/share/fonts</dir>
<cachedir>${path.join(tmpdir(), 'evenkeel-fonts-cache')}</cachedir>
${prefer('sans-serif')}${prefer('system-ui')}</fontconfig>`,
  );
  return file;
}

export async function openBrowser(): Promise<Browser> {
  return playwright.launch({
    executablePath: await chromium.executablePath(),
    headless: true,
    env: { ...process.env, FONTCONFIG_FILE: await fonts(), LANGUAGE: 'en_GB' } as Record<string, string>,
    // The package's own flags are for a cloud function: one process, which dies with the first window that closes.
    args: [
      '--no-sandbox',
      '--disable-dev-shm-usage',
      '--disable-gpu',
      '--disable-background-networking',
      '--force-color-profile=srgb',
      '--hide-scrollbars',
      '--lang=en-GB',
    ],
  });
}
