// What a lead reads about their hours: what was logged, what was not and why, today, the week, and the timer.

import { floorOf, type Lead } from '../../leads/leads.ts';
import {
  aside,
  button,
  confirmation,
  escaped,
  mention,
  message,
  paragraph,
  paragraphs,
  quoted,
  row,
  say,
} from '../../slack/blocks.ts';
import type { Block, Message } from '../../slack/message.ts';
import { clockInWords, dayInWords, localDay, weekdayName } from '../../time/days.ts';
import { formatDuration } from '../../time/durations.ts';
import { formatIsoWeek, isoWeek, weekDays, weekInWords } from '../../time/weeks.ts';
import { capital, listInWords } from '../../words.ts';
import type { KeptEntry } from './balance.store.ts';
import type { Timer } from './balance.timer.ts';
import {
  type Category,
  type Draft,
  type Entry,
  minutesByDay,
  type Overlap,
  type Totals,
  totals,
  wholePercent,
} from './balance.ts';

/** The ids of this room's doors. */
export const ids = {
  logTime: 'balance.log-time',
  logForm: 'balance.log-form',
  logLine: 'balance.log-line',
  undo: 'balance.undo',
  edit: 'balance.edit',
  change: 'balance.change',
  changeForm: 'balance.change-form',
  remove: 'balance.remove',
  addCategory: 'balance.add-category',
  addCategoryForm: 'balance.add-category-form',
  categories: 'balance.categories',
  category: 'balance.category',
  categoryForm: 'balance.category-form',
  categoriesForm: 'balance.categories-form',
  timerKeep: 'balance.timer-keep',
  timerStop: 'balance.timer-stop',
  timerEnded: 'balance.timer-ended',
  timerEndedForm: 'balance.timer-ended-form',
  timerDiscard: 'balance.timer-discard',
} as const;

/** What every view needs to name things the lead's way. */
export interface Reader {
  lead: Lead;
  categories: readonly Category[];
  now: Temporal.Instant;
}

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
export function shareLine({ bySide }: Totals, lead: Lead): string {
  const counted = bySide.coding + bySide.leading;
  const floor = floorOf(lead);
  const percent = wholePercent(bySide.leading, counted, floor);
  if (percent === null) return 'nothing yet that counts as coding or leading';
  return `leading ${formatDuration(bySide.leading)} of ${formatDuration(counted)}, ${percent} %; your floor is ${floor} %`;
}

/** The days and weeks the entries fall on, and what each amounts to now. `entries`: all of those weeks. */
export function standingLines(days: Temporal.PlainDate[], entries: readonly Entry[], reader: Reader): string {
  const unique = [...new Set(days.map(String))].sort().map((day) => Temporal.PlainDate.from(day));
  const sums = minutesByDay(entries);
  const dayParts = unique.slice(-3).map((day) => {
    const name = dayInWords(day, today(reader));
    const minutes = sums.get(day.toString()) ?? 0;
    return `${capital(name)}: ${minutes === 0 ? 'nothing' : formatDuration(minutes)}`;
  });
  const weeks = [...new Map(unique.map((day) => [formatIsoWeek(isoWeek(day)), isoWeek(day)])).values()];
  const weekParts = weeks.slice(-2).map((week) => {
    const [monday, sunday] = [weekDays(week)[0], weekDays(week)[6]];
    const inWeek = entries.filter(
      ({ day }) =>
        monday &&
        sunday &&
        Temporal.PlainDate.compare(day, monday) >= 0 &&
        Temporal.PlainDate.compare(day, sunday) <= 0,
    );
    return `${capital(weekInWords(week, today(reader)))}: ${shareLine(totals(inWeek, reader.categories), reader.lead)}`;
  });
  return [...dayParts, ...weekParts].join(' · ');
}

/** What was understood and kept. `entries`: all of the weeks concerned, the new ones included. */
export function logged(
  kept: { batchId: string; entries: KeptEntry[] },
  entries: readonly Entry[],
  clashes: readonly Overlap[],
  reader: Reader,
): Message {
  const [only] = kept.entries;
  return message(
    ...paragraphs(kept.entries.map((entry) => entryLine(entry, reader))),
    ...paragraphs(overlapLines(clashes, reader)),
    aside(
      standingLines(
        kept.entries.map(({ day }) => day),
        entries,
        reader,
      ),
    ),
    row(
      button('Undo', ids.undo, { value: kept.batchId }),
      only && kept.entries.length === 1
        ? button('Edit', ids.change, { value: only.id })
        : button('Edit', ids.edit),
    ),
  );
}

const overlapLines = (clashes: readonly Overlap[], reader: Reader): string[] =>
  clashes.map(
    ({ draft, other }) => `These two overlap: ${entryLine(draft, reader)}, and ${entryLine(other, reader)}.`,
  );

export const changed = (
  entry: Entry,
  entries: readonly Entry[],
  clashes: readonly Overlap[],
  reader: Reader,
): Message =>
  message(
    paragraph(`Changed to ${entryLine(entry, reader)}`),
    ...paragraphs(overlapLines(clashes, reader)),
    aside(standingLines([entry.day], entries, reader)),
    row(button('Edit', ids.change, { value: entry.id })),
  );

export const removed = (gone: readonly Entry[], entries: readonly Entry[], reader: Reader): Message =>
  message(
    paragraph(`Taken back: ${gone.map((entry) => entryLine(entry, reader)).join('; ')}.`),
    aside(
      standingLines(
        gone.map(({ day }) => day),
        entries,
        reader,
      ),
    ),
  );

export const nothingToUndo = (): Message => say('There is nothing left to take back.');
export const alreadyGone = (): Message => say('That was taken back already.');
export const nothingToEdit = (): Message => say('Nothing is logged yet. `/logtime 45m review` is a start.');

export const recentEntries = (entries: readonly KeptEntry[], reader: Reader): Message =>
  message(
    paragraph('*What you logged last*'),
    ...entries.map((entry) =>
      paragraph(entryLine(entry, reader), button('Change', ids.change, { value: entry.id })),
    ),
  );

/** One local day: what was logged, what it comes to, and the timer if one runs. */
export function dayView(
  entries: readonly Entry[],
  weekEntries: readonly Entry[],
  timer: Timer | undefined,
  reader: Reader,
): Message {
  const sums = totals(entries, reader.categories);
  return message(
    ...paragraphs(
      entries.length === 0
        ? ['*Today:* nothing yet.']
        : [
            `*Today:* ${formatDuration(sums.minutes)}`,
            ...entries.map((entry) => `• ${entryLine(entry, reader)}`),
          ],
    ),
    timer ? paragraph(timerLine(timer, reader)) : undefined,
    aside(`This week: ${shareLine(totals(weekEntries, reader.categories), reader.lead)}`),
    row(button('Log time', ids.logTime), ...(entries.length > 0 ? [button('Edit', ids.edit)] : [])),
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

export const timerStarted = (categoryId: string, before: Message | undefined, reader: Reader): Message =>
  message(
    ...(before?.blocks ?? []),
    paragraph(
      `Timing *${quoted(nameOf(categoryId, reader.categories))}* from ${clockInWords(reader.now, reader.lead.timeZone)}. \`/logtime stop\` logs it.`,
    ),
  );

export const sameTimer = (timer: Timer, reader: Reader): Message =>
  message(paragraph(`${timerLine(timer, reader)} \`/logtime stop\` logs it.`));

export const noTimer = (): Message => say('No timer is running. `/logtime start review` starts one.');

export const tooShort = (): Message =>
  say('That timer ran for less than a minute, so there was nothing to log.');

/** Asked once when a timer seems forgotten, and again on stopping it. */
export const timerQuestion = (timer: Timer, reader: Reader): Message =>
  message(
    paragraph(timerLine(timer, reader)),
    row(
      button('Still on it', ids.timerKeep, { value: timer.startedAt.toString() }),
      button('It ended at…', ids.timerEnded, { value: timer.startedAt.toString() }),
      button('Stop now', ids.timerStop, { value: timer.startedAt.toString() }),
      button('Discard', ids.timerDiscard, {
        value: timer.startedAt.toString(),
        confirm: confirmation('Discard this timer?', 'Nothing of it will be logged.', 'Discard'),
      }),
    ),
  );

export const timerKept = (timer: Timer, reader: Reader): Message =>
  say(`${timerLine(timer, reader)} I will leave it running.`);

export const timerDiscarded = (timer: Timer, reader: Reader): Message =>
  say(`Discarded. Nothing was logged for *${quoted(nameOf(timer.categoryId, reader.categories))}*.`);

export const timerGone = (): Message => say('That timer is no longer running.');

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

export function categoriesInWords(categories: readonly Category[]): string {
  const of = (side: Category['side']) =>
    categories
      .filter((category) => category.side === side && !category.archived)
      .map(({ name }) => escaped(name))
      .join(', ');
  return (['leading', 'coding', 'neither'] as const)
    .map((side) => `*${capital(side)}:* ${of(side)}`)
    .join('\n');
}

/** This week in the Home: the share as a bar of text, since the Home holds no charts. */
export function weekBar({ bySide }: Totals, floor: number): string {
  const counted = bySide.coding + bySide.leading;
  if (counted === 0) return '';
  const cells = 20;
  const filled = Math.round((bySide.leading / counted) * cells);
  const mark = Math.round((floor / 100) * cells);
  const bar: string[] = Array.from({ length: cells }, (_, cell) => (cell < filled ? '█' : '░'));
  bar.splice(mark, 0, '┃');
  return `\`${bar.join('')}\``;
}

/** A row of buttons, one for each day of a week with nothing logged: `Log Tuesday`. */
export const emptyDayButtons = (days: readonly Temporal.PlainDate[]): Block[] =>
  days.length === 0
    ? []
    : [
        row(
          ...days.map((day) =>
            button(`Log ${weekdayName(day)}`, `${ids.logTime}:${day}`, { value: day.toString() }),
          ),
        ),
      ];

/** A message with more underneath, as a note to somebody new. */
export const under = (words: Message, note: readonly Block[]): Message => message(...words.blocks, ...note);

export const categoryAdded = ({ name, side }: Category): Message =>
  say(
    `Added *${quoted(name)}*${side === 'neither' ? '' : `, counted as ${side}`}. \`/logtime 1h ${escaped(name)}\` logs to it.`,
  );
