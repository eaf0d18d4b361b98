// What a lead reads about their hours: what was logged, changed and taken back, today, and how to log.

import { floorOf, type Lead } from '../../leads/leads.ts';
import {
  aside,
  button,
  escaped,
  growing,
  longList,
  mention,
  message,
  paragraph,
  paragraphs,
  quoted,
  row,
  say,
} from '../../slack/blocks.ts';
import type { Message } from '../../slack/message.ts';
import { clockInWords, dayInWords, localDay } from '../../time/days.ts';
import { formatDuration } from '../../time/durations.ts';
import { formatIsoWeek, isoWeek, weekDays, weekInWords } from '../../time/weeks.ts';
import { capital, listInWords } from '../../words.ts';
import * as actions from './balance.actions.ts';
import { fewestToJudge } from './balance.report.ts';
import type { Changed, Logged, Removed, Today } from './balance.steps.ts';
import type { KeptEntry } from './balance.store.ts';
import type { Timer } from './balance.timer.ts';
import {
  type Category,
  type Draft,
  type Entry,
  entriesOn,
  minutesByDay,
  type Overlap,
  type Reader,
  type Side,
  sides,
  type Totals,
  totals,
  wholePercent,
} from './balance.ts';

export const nameOf = (categoryId: string, categories: readonly Category[]): string =>
  categories.find(({ id }) => id === categoryId)?.name ?? categoryId;

const today = ({ lead, now }: Reader): Temporal.PlainDate => localDay(now, lead.timeZone);

/** `*1 h 30 min mentoring* with @A, yesterday, 9:00 to 10:30 · “the parser”` */
export function entryLine(entry: Draft, reader: Reader): string {
  const together = listInWords(entry.people.map(mention));
  const at =
    entry.startsAt && entry.endsAt
      ? `, ${clockInWords(entry.startsAt, reader.lead.timeZone)} to ${clockInWords(entry.endsAt, reader.lead.timeZone)}`
      : '';
  return [
    `*${formatDuration(entry.minutes)} ${quoted(nameOf(entry.categoryId, reader.categories))}*`,
    together ? ` with ${together}` : '',
    `, ${dayInWords(entry.day, today(reader))}${at}`,
    entry.note === null ? '' : ` · “${escaped(entry.note)}”`,
  ].join('');
}

/** `leading 9 h 30 min of 22 h, 43 %; your floor is 40 %`, or what can be said where nothing counts. */
function shareLine({ bySide, counted }: Totals, lead: Lead): string {
  const floor = floorOf(lead);
  const percent = wholePercent(bySide.leading, counted, floor);
  if (percent === null) return 'nothing yet that counts as coding or leading';
  const share = counted < fewestToJudge ? 'too little yet for a share' : `${percent} %`;
  return `leading ${formatDuration(bySide.leading)} of ${formatDuration(counted)}, ${share}; your floor is ${floor} %`;
}

/** What the days and weeks of those entries amount to now: `Today: 1 h · This week: leading …`. */
function sumsLine(those: readonly Entry[], around: readonly Entry[], reader: Reader): string {
  const days = [...new Set(those.map(({ day }) => day.toString()))]
    .sort()
    .map((day) => Temporal.PlainDate.from(day));
  const sums = minutesByDay(around);
  const dayParts = days.slice(-3).map((day) => {
    const minutes = sums.get(day.toString()) ?? 0;
    return `${capital(dayInWords(day, today(reader)))}: ${minutes === 0 ? 'nothing' : formatDuration(minutes)}`;
  });
  const weeks = [...new Map(days.map((day) => [formatIsoWeek(isoWeek(day)), isoWeek(day)])).values()];
  const weekParts = weeks.slice(-2).map((week) => {
    const inWeek = totals(entriesOn(around, weekDays(week)), reader.categories);
    return `${capital(weekInWords(week, today(reader)))}: ${shareLine(inWeek, reader.lead)}`;
  });
  return [...dayParts, ...weekParts].join(' · ');
}

/** What was understood and kept. */
export function logged({ batchId, entries, clashes, around }: Logged, reader: Reader): Message {
  const [only] = entries.length === 1 ? entries : [];
  return message(
    ...longList(
      entries.map((entry) => entryLine(entry, reader)),
      (left) => `And ${left} more, logged like these.`,
    ),
    ...paragraphs(overlapLines(clashes, reader)),
    aside(sumsLine(entries, around, reader)),
    row(
      button('Undo', actions.undo, { batchId }),
      only ? button('Edit', actions.change, { entryId: only.id }) : button('Edit', actions.edit),
    ),
  );
}

const overlapLines = (clashes: readonly Overlap[], reader: Reader): string[] =>
  clashes.map(
    ({ draft, other }) => `These two overlap: ${entryLine(draft, reader)}, and ${entryLine(other, reader)}.`,
  );

export const changed = ({ entry, clashes, around }: Changed, reader: Reader): Message =>
  message(
    paragraph(`Changed to ${entryLine(entry, reader)}`),
    ...paragraphs(overlapLines(clashes, reader)),
    aside(sumsLine([entry], around, reader)),
    row(button('Edit', actions.change, { entryId: entry.id })),
  );

export const removed = ({ gone, around }: Removed, reader: Reader): Message =>
  gone.length === 0
    ? alreadyGone()
    : message(
        paragraph(`Taken back: ${gone.map((entry) => entryLine(entry, reader)).join('; ')}.`),
        aside(sumsLine(gone, around, reader)),
      );

export const nothingToUndo = (): Message => say('There is nothing left to take back.');
export const alreadyGone = (): Message => say('That was taken back already.');

export const recentEntries = (entries: readonly KeptEntry[], reader: Reader): Message =>
  entries.length === 0
    ? say('Nothing is logged yet. `/logtime 45m review` is a start.')
    : growing(
        entries.map((entry) => [
          paragraph(entryLine(entry, reader), button('Change', actions.change, { entryId: entry.id })),
        ]),
        (left) => `And ${left} before these.`,
        { before: [paragraph('*What you logged last*')] },
      );

/** What was logged today, what it comes to, and the timer if one runs. */
export function todayMessage({ entries, week, timer }: Today, reader: Reader): Message {
  const sums = totals(entries, reader.categories);
  return message(
    ...longList(
      entries.length === 0
        ? ['*Today:* nothing yet.']
        : [
            `*Today:* ${formatDuration(sums.minutes)}`,
            ...entries.map((entry) => `• ${entryLine(entry, reader)}`),
          ],
      (left) => `And ${left} more. \`/logtime edit\` shows what you logged last.`,
    ),
    timer ? paragraph(timerLine(timer, reader)) : undefined,
    aside(`This week: ${shareLine(totals(week, reader.categories), reader.lead)}`),
    row(button('Log time', actions.logTime), ...(entries.length > 0 ? [button('Edit', actions.edit)] : [])),
  );
}

/** `Your *review* timer has been running since 10:02, for 41 min.`, with its day where that isn't today. */
export function timerLine({ categoryId, startedAt }: Timer, reader: Reader): string {
  const { lead, categories, now } = reader;
  const minutes = Math.max(0, Math.floor(startedAt.until(now).total('minutes')));
  const day = localDay(startedAt, lead.timeZone);
  const clock = clockInWords(startedAt, lead.timeZone);
  const since = day.equals(today(reader)) ? clock : `${dayInWords(day, today(reader))}, ${clock}`;
  return `Your *${quoted(nameOf(categoryId, categories))}* timer has been running since ${since}, for ${formatDuration(minutes)}.`;
}

/** What `/logtime help` says. Every line of it works as it stands. */
export const help = (reader: Reader): Message =>
  message(
    paragraph('*Logging time*\nHow long, what, and if you like with whom, when, and a note:'),
    paragraph(
      [
        '`/logtime 45m review`',
        '`/logtime 1h30 mentoring yesterday -- the parser`',
        '`/logtime 9:00-10:30 planning, 2h coding` · several at once',
        '`/logtime 1h one-on-one with @someone last friday`',
        '`/logtime leave 21 dec - 31 dec` · your working days, ahead as well',
      ].join('\n'),
    ),
    paragraph(
      [
        '`/logtime` · a form instead',
        '`/logtime start review` · `/logtime stop` · a timer',
        '`/logtime undo` · takes the last one back; again, the one before',
        '`/logtime edit` · change or delete what you logged last',
        '`/logtime today` · `/logtime week`',
      ].join('\n'),
    ),
    aside(categoriesInWords(reader.categories)),
  );

function categoriesInWords(categories: readonly Category[]): string {
  const of = (side: Side) =>
    categories
      .filter((category) => category.side === side && !category.archived)
      .map(({ name }) => escaped(name))
      .join(', ');
  return sides.map((side) => `*${capital(side)}:* ${of(side)}`).join('\n');
}

export const categoryAdded = ({ name, side }: Category): Message =>
  say(
    `Added *${quoted(name)}*${side === 'neither' ? '' : `, counted as ${side}`}. \`/logtime 1h ${escaped(name)}\` logs to it.`,
  );
