// This room's part of the pages that all rooms fill together: the digest and the App Home.

import { aside, button, paragraph, quoted } from '../../slack/blocks.ts';
import type { Block } from '../../slack/message.ts';
import { formatDuration } from '../../time/durations.ts';
import * as actions from './postmortems.actions.ts';
import { minutesToResolve, nameOf, type Postmortem, statusWords } from './postmortems.ts';

/** How many are named. */
const most = 5;

/** `week`: from its start to before its end. */
export function digestBlocks(
  found: readonly Postmortem[],
  week: { start: Temporal.Instant; end: Temporal.Instant },
): Block[] {
  const inWeek = (at: Temporal.Instant): boolean =>
    Temporal.Instant.compare(at, week.start) >= 0 && Temporal.Instant.compare(at, week.end) < 0;
  const ofTheWeek = found.filter((one) => inWeek(one.startedAt ?? one.createdAt));
  const waiting = found.filter(({ status }) => status === 'draft' || status === 'in-review');
  const incidents = ofTheWeek.length === 1 ? 'One incident' : `${ofTheWeek.length} incidents`;
  const lines = [
    ...(ofTheWeek.length > 0 ? [`${incidents} this week: ${ofTheWeek.map(inShort).join('; ')}.`] : []),
    ...(waiting.length > 0
      ? [
          `Waiting for review: ${waiting.slice(0, most).map(nameOf).join(', ')}${waiting.length > most ? ' and more' : ''}.`,
        ]
      : []),
  ];
  return lines.length === 0 ? [] : [paragraph(`*Post-mortems.* ${lines.join(' ')}`)];
}

export function homeBlocks(found: readonly Postmortem[]): Block[] {
  const open = found.filter(({ status }) => status !== 'closed');
  if (open.length === 0) return [];
  return [
    paragraph('*Post-mortems*'),
    ...open
      .slice(0, most)
      .map((one) =>
        paragraph(
          `*${nameOf(one)}* ${quoted(one.title)} · ${statusWords[one.status]}`,
          button('Show', actions.show, { id: one.id }),
        ),
      ),
    ...(open.length > most
      ? [aside(`And ${open.length - most} more, which \`/postmortem list\` shows.`)]
      : []),
  ];
}

function inShort(one: Postmortem): string {
  const resolving = minutesToResolve(one);
  return `${nameOf(one)} ${quoted(one.title)}${resolving === undefined ? '' : `, resolved in ${formatDuration(resolving)}`}`;
}
