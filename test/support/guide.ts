// A page of docs/guide, written by the test that plays what it tells, and compared with what is in the repository.

import { readFile, writeFile } from 'node:fs/promises';
import { afterAll, expect } from '@jest/globals';
import { smallCompany } from '../../sandbox/slack/company.ts';

export interface Guide {
  chapter(title: string): void;
  /** What somebody does, and what is read then. */
  shows(doing: string, text: string): void;
  /** Paragraphs, or Markdown of its own. */
  says(...paragraphs: string[]): void;
}

/** For a test file: `name` is the file in docs/guide. UPDATE_GUIDE=1 writes it; otherwise it has to be what is told. */
export function useGuide(name: string, title: string, introduction: string): Guide {
  const path = new URL(`../../docs/guide/${name}`, import.meta.url);
  const parts = [`# ${title}`, introduction];
  afterAll(async () => {
    const page = `${parts.join('\n\n')}\n`;
    if (process.env.UPDATE_GUIDE) await writeFile(path, page);
    expect(await readFile(path, 'utf8')).toBe(page);
  });
  return {
    chapter: (heading) => parts.push(`## ${heading}`),
    shows: (doing, text) => parts.push(doing, asQuote(text)),
    says: (...paragraphs) => parts.push(...paragraphs),
  };
}

/** Every line quoted, and kept a line of its own. */
const asQuote = (text: string): string =>
  text
    .split('\n')
    .map((line) => `> ${line}`.trimEnd())
    .join('  \n');

/** The small company with one channel: five people of it in three time zones, and the bot. */
export const fiveIn = (channel: string, purpose: string) => ({
  workspaces: [
    {
      ...smallCompany,
      channels: [
        { name: channel, purpose, bot: true, members: ['maren', 'jonas', 'leyla', 'shanice', 'aroha'] },
      ],
    },
  ],
});
