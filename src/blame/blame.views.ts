// What somebody reads of the blame check: a sentence, what stays of it, what could be asked, and the buttons that settle it.

import type { Button } from '@slack/types';
import { escaped, paragraph, quoted, row } from '../slack/blocks.ts';
import type { Block } from '../slack/message.ts';
import type { BlameFinding } from './blame.ts';

/** The sentence, what stays of it, and the two questions. `asked`: where they go, as in `under contributing factors`. */
export function offered({ sentence, fact, what, how }: BlameFinding, asked: string): string {
  const stays = fact === '' ? 'Nothing else is said in it, so it goes.' : `→ ${escaped(fact)}`;
  return `“_${quoted(sentence)}_”\n${stays}\nTo ask ${asked}: _${quoted(what)}_ or _${quoted(how)}_`;
}

/** As many as a form shows. */
export const mostShown = 8;

/** What was found, one sentence after the other, each with what settles it. */
export const findingBlocks = (
  findings: readonly BlameFinding[],
  asked: string,
  buttons: (finding: BlameFinding) => Button[],
): Block[] =>
  findings
    .slice(0, mostShown)
    .flatMap((finding) => [paragraph(offered(finding, asked)), row(...buttons(finding))]);

export const findingsTitle = (count: number): string =>
  count === 1
    ? '*One sentence points at people; readers may stop there.* You can keep it.'
    : `*${count} sentences point at people; readers may stop there.* You can keep them.`;
