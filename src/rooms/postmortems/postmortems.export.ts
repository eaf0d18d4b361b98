// A post-mortem as a Markdown document that can be sent on: no mentions, no links into Slack, and of commitments only what and until when.

import { longDate, timeInWords, weekdayName } from '../../time/days.ts';
import { formatDuration } from '../../time/durations.ts';
import {
  factorLabel,
  minutesToDetect,
  minutesToResolve,
  type Postmortem,
  type Section,
  type SectionId,
  sectionKinds,
  severityWords,
  type TimelineEntry,
  wholeTimeline,
} from './postmortems.ts';

/** A commitment as the document shows it: what and until when, not who. */
interface ExportedCommitment {
  what: string;
  due: Temporal.PlainDate;
  state: 'open' | 'done' | 'dropped';
}

interface Document {
  postmortem: Postmortem;
  sections: readonly Section[];
  timeline: readonly TimelineEntry[];
  commitments: readonly ExportedCommitment[];
}

const clock = (at: Temporal.ZonedDateTime): string => timeInWords(at.toPlainTime());

/** `Europe/Lisbon, UTC+0` as people write offsets: whole hours without minutes. */
function zoneWords(at: Temporal.ZonedDateTime): string {
  const [, sign, hours, minutes] = /^([+-])(\d{2}):(\d{2})/.exec(at.offset) ?? [];
  const offset = `UTC${sign}${Number(hours)}${minutes === '00' ? '' : `:${minutes}`}`;
  return at.timeZoneId === 'UTC' ? 'UTC' : `${at.timeZoneId.replaceAll('_', ' ')} (${offset})`;
}

const listItem = /^\s*(?:[-+*]|\d+\.)\s/;

/**
 * What people typed, so that it reads as they meant it: each line is one of its own, lists stay lists, and whatever
 * else would be markup does nothing.
 */
export function inMarkdown(text: string): string {
  return text
    .split('\n')
    .map((line) => line.trimEnd().replace(/^(\s*)[•–*]\s+/, '$1- '))
    .map((line) => {
      const [mark = ''] = listItem.exec(line) ?? [];
      return (
        mark +
        line
          .slice(mark.length)
          .replaceAll('\\', '\\\\')
          .replaceAll(/[*`~[\]<>|]/g, '\\$&')
          // Between letters an underscore is no markup, and names of things and addresses stay whole.
          .replaceAll(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '\\_')
          .replace(/^(\s*)(#{1,6}\s|={3,}|-{3,}|\d+\)\s|>)/, '$1\\$2')
      );
    })
    .flatMap((line, index, lines) => {
      const last = lines[index - 1] ?? '';
      // Two lines next to each other would run together, unless both belong to a list.
      const apart = last !== '' && line !== '' && !(listItem.test(last) && listItem.test(line));
      return apart ? ['', line] : [line];
    })
    .join('\n')
    .trim();
}

const oneLine = (text: string): string => inMarkdown(text.replaceAll(/\s+/g, ' '));

/** The whole document, ending in a newline. Empty sections are left out, so that no heading stands alone. */
export function toMarkdown({ postmortem, sections, timeline, commitments }: Document): string {
  const { startedAt, resolvedAt, createdAt, timeZone, services, factors, severity, status } = postmortem;
  const local = (at: Temporal.Instant) => at.toZonedDateTimeISO(timeZone);
  const begun = local(startedAt ?? createdAt);
  const lines: string[] = [`# ${oneLine(postmortem.title)}`, ''];

  const when = startedAt
    ? `${weekdayName(begun.toPlainDate())}, ${longDate(begun.toPlainDate())}, ${clock(begun)}${resolvedAt ? ` to ${endWords(begun, local(resolvedAt))}` : ''}, ${zoneWords(begun)}`
    : undefined;
  const resolving = minutesToResolve(postmortem);
  const detecting = minutesToDetect(postmortem);
  const facts: [string, string | undefined][] = [
    ['When', when],
    ['Time to resolve', resolving === undefined ? undefined : formatDuration(resolving)],
    ['Time to detect', detecting === undefined || detecting < 0 ? undefined : formatDuration(detecting)],
    ['Severity', `${severity} of 3, ${severityWords[severity]}`],
    ['Services', services.length > 0 ? services.map(oneLine).join(', ') : undefined],
    ['Status', status === 'draft' || status === 'in-review' ? 'preliminary, still under review' : 'reviewed'],
  ];
  lines.push('| | |', '| --- | --- |');
  for (const [label, value] of facts) if (value !== undefined) lines.push(`| ${label} | ${value} |`);
  lines.push('');

  const textOf = (id: SectionId) => sections.find((section) => section.id === id)?.text.trim() ?? '';
  for (const { id, title } of sectionKinds) {
    if (id === 'ideas') continue;
    const text = textOf(id);
    const sorts = id === 'factors' && factors.length > 0 ? factors.map(factorLabel).join(', ') : '';
    if (text !== '' || sorts !== '') {
      lines.push(`## ${title}`, '');
      if (sorts !== '') lines.push(`*${sorts}*`, '');
      if (text !== '') lines.push(inMarkdown(text), '');
    }
    // The course of events comes before what was learned from it.
    if (id === 'resolution') lines.push(...timelineLines(timeline, postmortem));
  }

  const ideas = textOf('ideas');
  const kept = commitments.filter(({ state }) => state !== 'dropped');
  if (kept.length > 0 || ideas !== '') lines.push('## What we are doing about it', '');
  for (const { what, due, state } of kept) {
    lines.push(`- ${oneLine(what)} (${state === 'done' ? 'done' : `by ${longDate(due)}`})`);
  }
  if (kept.length > 0) lines.push('');
  if (ideas !== '') lines.push('Ideas we have not decided on:', '', inMarkdown(ideas), '');
  return `${lines.join('\n').trimEnd()}\n`;
}

function endWords(begun: Temporal.ZonedDateTime, ended: Temporal.ZonedDateTime): string {
  return begun.toPlainDate().equals(ended.toPlainDate())
    ? clock(ended)
    : `${longDate(ended.toPlainDate())}, ${clock(ended)}`;
}

/** A table a day, since a bare clock means nothing on its own. */
function timelineLines(timeline: readonly TimelineEntry[], postmortem: Postmortem): string[] {
  const { timeZone } = postmortem;
  const whole = wholeTimeline(timeline, postmortem);
  if (whole.length === 0) return [];
  const lines = ['## Timeline', ''];
  let today: Temporal.PlainDate | undefined;
  for (const { at, text } of whole) {
    const local = at.toZonedDateTimeISO(timeZone);
    if (!today?.equals(local.toPlainDate())) {
      if (today) lines.push('');
      today = local.toPlainDate();
      lines.push(
        `### ${weekdayName(today)}, ${longDate(today)}`,
        '',
        `| ${zoneWords(local)} | |`,
        '| --- | --- |',
      );
    }
    lines.push(`| ${clock(local)} | ${oneLine(text)} |`);
  }
  return [...lines, ''];
}
