// A week's report as the lead reads it: the plain sentence first, then hours, chart and empty days.

import { aside, button, escaped, header, message, paragraph, row } from '../../slack/blocks.ts';
import { barChart, withoutCharts } from '../../slack/chart.ts';
import type { Answer } from '../../slack/doors.ts';
import type { Block } from '../../slack/message.ts';
import { localDay, weekdayName } from '../../time/days.ts';
import { formatDuration } from '../../time/durations.ts';
import { formatIsoWeek, weekInWords } from '../../time/weeks.ts';
import { capital, listInWords } from '../../words.ts';
import * as actions from './balance.actions.ts';
import type { WeekReport } from './balance.report.ts';
import { codingFloor, type Reader, sides, type Totals, wholePercent } from './balance.ts';

/** By whose calendar, and when. */
type At = Pick<Reader, 'lead' | 'now'>;

/** The answer to `/logtime week`. */
export function weekMessage(report: WeekReport, reader: At): Pick<Answer, 'message' | 'plainer'> {
  const words = message(...weekBlocks(report, reader));
  const hasChart = words.blocks.some(({ type }) => type === 'data_visualization');
  return { message: words, ...(hasChart && { plainer: withoutCharts(words) }) };
}

/** This room's part of the digest, and the whole of `/logtime week`. */
export function weekBlocks(report: WeekReport, reader: At): Block[] {
  return [
    header(firstSentence(report, reader)),
    ...(report.totals.minutes > 0 && report.verdict !== 'to-come' ? [paragraph(hours(report))] : []),
    ...(report.totals.minutes > 0 && report.history.length > 1 ? [weeksChart(report)] : []),
    ...emptyDays(report, paragraph),
  ];
}

/** The week in one plain sentence, both floors in view. */
function firstSentence(report: WeekReport, { lead, now }: At): string {
  const { bySide, counted } = report.totals;
  const leading = wholePercent(bySide.leading, counted, report.floor);
  const words = weekInWords(report.week, localDay(now, lead.timeZone));
  const week = words === 'this week' ? 'your week' : words;
  switch (report.verdict) {
    case 'to-come':
      return `${capital(words)} is still to come.`;
    case 'too-little':
      return `${formatDuration(counted)} of coding and leading logged for ${words}: too little${report.workingDays.left > 0 ? ' yet' : ''} to say how it divides.`;
    case 'nothing-logged':
      return `Nothing is logged for ${words}.`;
    case 'nothing-counts':
      return `Neither coding nor leading is logged for ${words}.`;
    case 'leading-below': {
      const again = report.weeksBelow > 1 ? ` for the ${ordinal(report.weeksBelow)} week running` : '';
      return `Leading took ${leading} % of ${week}, below your ${report.floor} % floor${again}.`;
    }
    case 'coding-below':
      return `Leading took ${leading} % of ${week}; coding got ${wholePercent(bySide.coding, counted, codingFloor)} %, under ${codingFloor} %.`;
    case 'even':
      return `Leading took ${leading} % of ${week}; your floor is ${report.floor} %.`;
  }
}

const ordinals = ['', 'first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth'];
const ordinal = (count: number): string => ordinals[count] ?? `${count}th`;

/** Hours by side and category, and what a side that fell short is good for. */
function hours({ totals, workingDays, verdict, floor }: WeekReport): string {
  const lines = sides
    .filter((side) => totals.bySide[side] > 0)
    .map((side) => {
      const ofSide = totals.byCategory.filter((category) => category.side === side);
      const sum = `*${capital(side)}* ${formatDuration(totals.bySide[side])}`;
      // "Coding 3 h: coding 3 h" says the same thing twice.
      const [only] = ofSide.length === 1 ? ofSide : [];
      if (only) return only.name.toLowerCase() === side ? sum : `${sum}, all of it ${escaped(only.name)}`;
      return `${sum}: ${largest(ofSide)}`;
    });
  const soFar = workingDays.left > 0 ? ' so far' : '';
  const days = `${formatDuration(totals.minutes)} logged on ${workingDays.logged} of ${workingDays.passed} working days${soFar}.`;
  const step = {
    'leading-below': floorStep(totals, floor),
    'coding-below': 'One small ticket next week would do.',
    even: '',
    'nothing-counts': '',
    'nothing-logged': '',
    'too-little': '',
    'to-come': '',
  }[verdict];
  const why =
    verdict === 'coding-below'
      ? `Coding has a floor too, ${codingFloor} % for everybody: leads who stop coding lose the ground they decide on.`
      : '';
  // Advice about a week that is not over yet would come too early.
  return [days, ...lines, why, workingDays.left > 0 ? '' : step].filter((line) => line !== '').join('\n');
}

/** Beyond these a side's categories are summed up: a list nobody reads would push the other side out of sight. */
const mostCategories = 10;

/** `review 1 h, planning 45 min`, and `12 others 2 h` for what is beyond. */
function largest(categories: Totals['byCategory']): string {
  const shown = categories.length > mostCategories + 1 ? categories.slice(0, mostCategories) : categories;
  const others = categories.slice(shown.length);
  const lines = shown.map(({ name, minutes }) => `${escaped(name)} ${formatDuration(minutes)}`);
  if (others.length > 0) {
    const minutes = others.reduce((sum, category) => sum + category.minutes, 0);
    lines.push(`${others.length} others ${formatDuration(minutes)}`);
  }
  return lines.join(', ');
}

/** How far the floor was, in quarters of an hour: a thing one can put in a calendar, unlike a percentage. */
function floorStep({ bySide, counted }: Totals, floor: number): string {
  const missing = Math.ceil((floor * counted) / 100) - bySide.leading;
  const block = Math.ceil(missing / 15) * 15;
  return `About ${formatDuration(block)} moved from coding to leading would have met it; a block of that in your calendar is a start.`;
}

function weeksChart({ history }: WeekReport) {
  const inHours = (minutes: number): number => Math.round(minutes / 6) / 10;
  return barChart(
    'Coding and leading, week by week',
    history.map(({ week }) => formatIsoWeek(week).slice(5)),
    [
      { name: 'Coding', values: history.map(({ coding }) => inHours(coding)) },
      { name: 'Leading', values: history.map(({ leading }) => inHours(leading)) },
    ],
    { x: 'week', y: 'hours' },
  );
}

/** Which days have nothing logged, and a button for each of them: `Log Tuesday`. */
function emptyDays({ empty }: WeekReport, block: (text: string) => Block): Block[] {
  if (empty.length === 0) return [];
  const names = empty.map(weekdayName);
  return [
    block(`${listInWords(names)} ${names.length > 1 ? 'are' : 'is'} empty.`),
    row(...empty.map((day) => button(`Log ${weekdayName(day)}`, actions.logTime, { day: day.toString() }))),
  ];
}

/** This room's part of the App Home. */
export const homeBlocks = (report: WeekReport, reader: At): Block[] => [
  header('This week'),
  paragraph(`*${firstSentence(report, reader)}*`),
  ...weekBar(report.totals, report.floor),
  ...(report.totals.minutes > 0 ? [aside(hours({ ...report, verdict: 'even' }))] : []),
  row(button('Log time', actions.logTime, {}, { style: 'primary' }), button('Change an entry', actions.edit)),
  ...emptyDays(report, aside),
];

/** This week in the Home: the share as a bar of text, since the Home holds no charts. */
function weekBar({ bySide, counted }: Totals, floor: number): Block[] {
  if (counted === 0) return [];
  const cells = 20;
  const filled = Math.round((bySide.leading / counted) * cells);
  const mark = Math.round((floor / 100) * cells);
  const bar: string[] = Array.from({ length: cells }, (_, cell) => (cell < filled ? '█' : '░'));
  bar.splice(mark, 0, '┃');
  return [paragraph(`\`${bar.join('')}\``), aside('█ leading · ░ coding · ┃ your floor')];
}
