// Rules as they are said: "every second Tuesday at 10:00".

import { RRuleTemporal } from 'rrule-temporal';
import { toText } from 'rrule-temporal/totext';
import { listInWords } from '../words.ts';
import { type WeekdayCode, weekdayCodes, weekdayNames } from './days.ts';

const nameOf = (day: WeekdayCode): string => weekdayNames[weekdayCodes.indexOf(day)]!;
export const ordinals: readonly string[] = ['first', 'second', 'third', 'fourth', 'fifth'];

/** Which day of a month: the nth weekday (-1 the last), or the day by number (-1 the last). */
export type MonthDay = { nth: number; weekday: WeekdayCode } | { date: number };

/** The recurrences people ask for by name. */
export type Pattern =
  | { every: 'day'; interval: number }
  | { every: 'week'; interval: number; on: WeekdayCode[] }
  | { every: 'month'; interval: number; on: MonthDay }
  | { every: 'quarter'; on: MonthDay };

/** A pattern as an RFC 5545 rule; the time of day stands in the series' start. */
export function ruleOf(pattern: Pattern): string {
  const interval = 'interval' in pattern && pattern.interval > 1 ? `;INTERVAL=${pattern.interval}` : '';
  switch (pattern.every) {
    case 'day':
      return `FREQ=DAILY${interval}`;
    case 'week':
      return `FREQ=WEEKLY${interval};BYDAY=${weekdayCodes.filter((day) => pattern.on.includes(day)).join(',')}`;
    case 'month':
      return `FREQ=MONTHLY${interval};${monthDayRule(pattern.on)}`;
    // By the months' numbers, so that a quarter is a quarter wherever the series starts.
    case 'quarter':
      return `FREQ=MONTHLY;BYMONTH=1,4,7,10;${monthDayRule(pattern.on)}`;
  }
}

/** A month that has no such day, as February has no 30th, takes its last: it is never passed over in silence. */
function monthDayRule(on: MonthDay): string {
  if (!('date' in on)) return `BYDAY=${on.nth}${on.weekday}`;
  if (on.date === 31) return 'BYMONTHDAY=-1';
  if (on.date < 29) return `BYMONTHDAY=${on.date}`;
  const upTo = Array.from({ length: on.date - 27 }, (_, index) => 28 + index);
  return `BYMONTHDAY=${upTo.join(',')};BYSETPOS=-1`;
}

/** The rule in words, with its local time: "every second Tuesday at 10:00". */
export function ruleInWords(rule: string, starts: Temporal.PlainDateTime): string {
  const pattern = patternOf(rule, starts);
  if (!pattern) {
    return toText(new RRuleTemporal({ rruleString: rule, dtstart: starts.toZonedDateTime('UTC') }));
  }
  return `${patternInWords(pattern)} at ${clock(starts.toPlainTime())}`;
}

function patternInWords(pattern: Pattern): string {
  switch (pattern.every) {
    case 'day':
      return pattern.interval === 1 ? 'every day' : `every ${pattern.interval} days`;
    case 'week': {
      const days = pattern.on.map(nameOf);
      const isWeekdays = pattern.on.join() === 'MO,TU,WE,TH,FR';
      if (pattern.interval === 1) return isWeekdays ? 'every weekday' : `every ${listInWords(days)}`;
      if (pattern.interval === 2 && days.length === 1) return `every second ${days[0]}`;
      return `every ${pattern.interval} weeks on ${listInWords(days)}`;
    }
    case 'month':
      return `on the ${monthDayInWords(pattern.on)} of every ${
        pattern.interval === 1 ? 'month' : `${ordinalNumber(pattern.interval)} month`
      }${orLast(pattern.on)}`;
    case 'quarter':
      return `on the ${monthDayInWords(pattern.on)} of every quarter${orLast(pattern.on)}`;
  }
}

/** What happens where a month has no such day. */
const orLast = (on: MonthDay): string => ('date' in on && on.date > 28 ? ' or its last day' : '');

function monthDayInWords(on: MonthDay): string {
  if ('date' in on) return on.date === -1 ? 'last day' : ordinalNumber(on.date);
  return `${on.nth === -1 ? 'last' : ordinals[on.nth - 1]} ${nameOf(on.weekday)}`;
}

function ordinalNumber(n: number): string {
  const teen = n % 100 >= 11 && n % 100 <= 13;
  return `${n}${teen ? 'th' : ({ 1: 'st', 2: 'nd', 3: 'rd' }[n % 10] ?? 'th')}`;
}

const clock = (time: Temporal.PlainTime): string => `${time.hour}:${String(time.minute).padStart(2, '0')}`;

/** The pattern a rule is, where it is one that has a name; days it leaves open come from its start, as in RFC 5545. */
export function patternOf(rule: string, starts: Temporal.PlainDateTime): Pattern | undefined {
  const parts = new Map(rule.split(';').map((part) => part.split('=', 2) as [string, string]));
  const frequency = parts.get('FREQ');
  const interval = Number(parts.get('INTERVAL') ?? 1);
  const byDay = parts.get('BYDAY');
  const byDate = parts.get('BYMONTHDAY');
  const byMonth = parts.get('BYMONTH');
  const used = ['FREQ', 'INTERVAL', 'BYDAY', 'BYMONTHDAY', 'BYMONTH', 'BYSETPOS', 'WKST'];
  if ([...parts.keys()].some((part) => !used.includes(part))) return undefined;

  if (frequency === 'DAILY') {
    return (byDay ?? byDate ?? byMonth) ? undefined : { every: 'day', interval };
  }
  if (frequency === 'WEEKLY') {
    if (byDate ?? byMonth) return undefined;
    const on = byDay?.split(',') ?? [weekdayCodes[starts.dayOfWeek - 1]!];
    if (!on.every((day): day is WeekdayCode => weekdayCodes.includes(day as WeekdayCode))) return undefined;
    return { every: 'week', interval, on: weekdayCodes.filter((day) => on.includes(day)) };
  }
  if (frequency === 'MONTHLY') {
    const on = monthDayOf(byDay, byDate, parts.get('BYSETPOS'), starts);
    if (!on) return undefined;
    if (byMonth === undefined) return { every: 'month', interval, on };
    return byMonth === '1,4,7,10' && interval === 1 ? { every: 'quarter', on } : undefined;
  }
  return undefined;
}

function monthDayOf(
  byDay: string | undefined,
  byDate: string | undefined,
  bySetPos: string | undefined,
  starts: Temporal.PlainDateTime,
): MonthDay | undefined {
  if (bySetPos !== undefined) {
    return [29, 30]
      .map((date): MonthDay => ({ date }))
      .find((on) => monthDayRule(on) === `BYMONTHDAY=${byDate};BYSETPOS=${bySetPos}`);
  }
  if (byDay !== undefined) {
    const [, nth, weekday] =
      byDate === undefined ? (byDay.match(/^\+?(-1|[1-5])(MO|TU|WE|TH|FR|SA|SU)$/) ?? []) : [];
    return nth === undefined ? undefined : { nth: Number(nth), weekday: weekday as WeekdayCode };
  }
  const date = byDate === undefined ? starts.day : Number(byDate);
  return date === -1 || (Number.isInteger(date) && date >= 1 && date <= 31) ? { date } : undefined;
}
