// The weekly DM, put together from every room's section.

import type { Lead } from '../leads/leads.ts';
import { digestInWords } from '../leads/leads.views.ts';
import { messageSpace, pageOf, type Section, staying } from '../rooms/page.ts';
import { aside, escaped, message, say } from '../slack/blocks.ts';
import { withoutCharts } from '../slack/chart.ts';
import type { Block, Message } from '../slack/message.ts';
import { momentInWords } from '../time/days.ts';
import { formatIsoWeek, type IsoWeek } from '../time/weeks.ts';

interface DigestWords {
  message: Message;
  /** The same with its charts in text. */
  plainer: Message;
}

export function digest(week: IsoWeek, sections: Section[]): DigestWords {
  const words = message(
    ...staying(pageOf(sections, messageSpace)),
    aside(`Week ${formatIsoWeek(week)} · only you can see this. \`/keel week last\` shows the one before.`),
  );
  return { message: words, plainer: withoutCharts(words) };
}

export const unknownWeek = (text: string): Message =>
  say(
    `I cannot read “${escaped(text)}” as a week. Try \`/keel week\`, \`/keel week last\` or \`/keel week 2026-W47\`.`,
  );

export const noSuchWeek = (text: string): Message =>
  say(`There is no week “${escaped(text)}”: years have 52 or 53 of them.`);

/** `next`: after a pause. */
export const whenItComes = (lead: Lead, next: Temporal.Instant | undefined, now: Temporal.Instant): Block =>
  aside(
    next
      ? `After your pause the first digest comes ${momentInWords(next, now, lead.timeZone)}.`
      : `Your digest comes on ${digestInWords(lead)}.`,
  );
