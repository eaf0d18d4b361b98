// Rules as people say them: "every second Tuesday at 10:00", to read and to write.

import { RRuleTemporal } from 'rrule-temporal';
import { toText } from 'rrule-temporal/totext';
import { listInWords } from '../words.ts';
import { type WeekdayCode, weekdayCodes, weekdayNames } from './days.ts';

const nameOf = (day: WeekdayCode): string => weekdayNames[weekdayCodes.indexOf(day)]!;
const ordinals = ['first', 'second', 'third', 'fourth', 'fifth'];

/** Which day of a month: the nth weekday (-1 the last), or the day by number (-1 the last). */
type MonthDay = { nth: number; weekday: WeekdayCode } | { date: number };

/** The recurrences people ask for by name. */
export type Pattern =
  | { every: 'day'; interval: number }
  | { every: 'week'; interval: number; on: WeekdayCode[] }
  | { every: 'month'; interval: number; on: MonthDay }
  | { every: 'quarter'; on: MonthDay };

type ParsedRecurrence =
  | { kind: 'understood'; rule: string; time: Temporal.PlainTime }
  | { kind: 'refused'; why: 'no-rhythm' | 'no-day' | 'no-time' | 'not-understood'; leftover?: string };

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

const monthDayRule = (on: MonthDay): string =>
  'date' in on ? `BYMONTHDAY=${on.date}` : `BYDAY=${on.nth}${on.weekday}`;

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
      }`;
    case 'quarter':
      return `on the ${monthDayInWords(pattern.on)} of every quarter`;
  }
}

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
  const used = ['FREQ', 'INTERVAL', 'BYDAY', 'BYMONTHDAY', 'BYMONTH', 'WKST'];
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
    const on = monthDayOf(byDay, byDate, starts);
    if (!on) return undefined;
    if (byMonth === undefined) return { every: 'month', interval, on };
    return byMonth === '1,4,7,10' && interval === 1 ? { every: 'quarter', on } : undefined;
  }
  return undefined;
}

function monthDayOf(
  byDay: string | undefined,
  byDate: string | undefined,
  starts: Temporal.PlainDateTime,
): MonthDay | undefined {
  if (byDay !== undefined) {
    const [, nth, weekday] =
      byDate === undefined ? (byDay.match(/^\+?(-1|[1-5])(MO|TU|WE|TH|FR|SA|SU)$/) ?? []) : [];
    return nth === undefined ? undefined : { nth: Number(nth), weekday: weekday as WeekdayCode };
  }
  const date = byDate === undefined ? starts.day : Number(byDate);
  return date === -1 || (Number.isInteger(date) && date >= 1 && date <= 31) ? { date } : undefined;
}

/**
 * Reads what people type: "every 2 weeks tuesday 10:00", "weekly friday 14:00", "monthly first monday 9:00",
 * "quarterly last friday 3pm", and everything ruleInWords writes for a pattern that has a name.
 */
export function parseRecurrence(text: string): ParsedRecurrence {
  const words = new Words(text);
  const time = words.time();
  const rhythm = words.rhythm();
  const on = words.days();
  const leftover = words.leftover();
  if (leftover !== '') return { kind: 'refused', why: 'not-understood', leftover };
  if (!rhythm) return { kind: 'refused', why: 'no-rhythm' };
  if (!time) return { kind: 'refused', why: 'no-time' };
  const pattern = patternFrom(rhythm, on);
  return pattern ? { kind: 'understood', rule: ruleOf(pattern), time } : { kind: 'refused', why: 'no-day' };
}

interface Rhythm {
  every: 'day' | 'weekday' | 'week' | 'month' | 'quarter';
  interval: number;
}

interface Days {
  weekdays: WeekdayCode[];
  nth?: number;
  date?: number;
}

function patternFrom({ every, interval }: Rhythm, on: Days): Pattern | undefined {
  const monthDay: MonthDay | undefined =
    on.date !== undefined && on.weekdays.length === 0
      ? { date: on.date }
      : on.nth !== undefined && on.weekdays.length === 1
        ? { nth: on.nth, weekday: on.weekdays[0]! }
        : undefined;
  const plainDays = on.nth === undefined && on.date === undefined;
  switch (every) {
    case 'day':
      return plainDays && on.weekdays.length === 0 ? { every, interval } : undefined;
    case 'weekday':
      return plainDays && on.weekdays.length === 0
        ? { every: 'week', interval: 1, on: ['MO', 'TU', 'WE', 'TH', 'FR'] }
        : undefined;
    case 'week':
      return plainDays && on.weekdays.length > 0 ? { every, interval, on: on.weekdays } : undefined;
    case 'month':
      return monthDay && { every, interval, on: monthDay };
    case 'quarter':
      return monthDay && interval === 1 ? { every, on: monthDay } : undefined;
  }
}

const dayWord = '(mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:days?)?';

/** The text, of which each reader takes away what it understood. */
class Words {
  #rest: string;

  constructor(text: string) {
    this.#rest = ` ${text
      .toLowerCase()
      .slice(0, 200)
      .replaceAll(/[,\s]+/g, ' ')
      .trim()} `;
  }

  #take(pattern: RegExp): RegExpMatchArray | undefined {
    const match = this.#rest.match(pattern);
    if (!match) return undefined;
    this.#rest = this.#rest.replace(pattern, ' ');
    return match;
  }

  time(): Temporal.PlainTime | undefined {
    const [, hours, minutes = '0', half] =
      this.#take(/ (?:at )?(\d{1,2}):(\d{2}) ?(am|pm)?(?= )/) ??
      this.#take(/ (?:at )?(\d{1,2})() ?(am|pm)(?= )/) ??
      [];
    if (hours === undefined) return undefined;
    const hour = Number(hours);
    if (half !== undefined && (hour < 1 || hour > 12)) return undefined;
    if (hour > 23 || Number(minutes) > 59) return undefined;
    return Temporal.PlainTime.from({
      hour: half === undefined ? hour : (hour % 12) + (half === 'pm' ? 12 : 0),
      minute: Number(minutes),
    });
  }

  rhythm(): Rhythm | undefined {
    const [, adverb] = this.#take(/ (daily|weekly|fortnightly|biweekly|monthly|quarterly)(?= )/) ?? [];
    if (adverb === 'fortnightly' || adverb === 'biweekly') return { every: 'week', interval: 2 };
    if (adverb) {
      const every = { daily: 'day', weekly: 'week', monthly: 'month', quarterly: 'quarter' }[adverb];
      return { every: every as Rhythm['every'], interval: 1 };
    }
    if (this.#take(/ (?:every weekday|weekdays)(?= )/)) return { every: 'weekday', interval: 1 };
    const [, count, unit] =
      this.#take(
        / (?:of )?every (?:(\d{1,2})(?:st|nd|rd|th)? |(?:other|second) (?=week|month|day))?(day|week|month|quarter)s?(?= )/,
      ) ?? [];
    if (unit) return { every: unit as Rhythm['every'], interval: Number(count ?? 1) || 1 };
    // "every second Tuesday", "every Tuesday": the day itself stays for days() to read.
    if (this.#take(new RegExp(` every (?:second|other) (?=${dayWord} )`)))
      return { every: 'week', interval: 2 };
    if (this.#take(new RegExp(` every (?=${dayWord} )`))) return { every: 'week', interval: 1 };
    return undefined;
  }

  days(): Days {
    const days: Days = { weekdays: [] };
    if (this.#take(/ (?:on )?(?:the )?last day(?= )/)) days.date = -1;
    const [, nth] =
      this.#take(
        new RegExp(
          ` (?:on )?(?:the )?(first|second|third|fourth|fifth|last|1st|2nd|3rd|4th|5th) (?=${dayWord} )`,
        ),
      ) ?? [];
    if (nth !== undefined) days.nth = nth === 'last' ? -1 : ordinals.indexOf(nth) + 1 || Number(nth[0]);
    const [, date] = this.#take(/ (?:on )?(?:the )?(\d{1,2})(?:st|nd|rd|th)(?= )/) ?? [];
    if (date !== undefined && Number(date) >= 1 && Number(date) <= 31) days.date = Number(date);
    const found = new Set<WeekdayCode>();
    for (
      let match = this.#take(new RegExp(` (?:on |and )?${dayWord}(?= )`));
      match;
      match = this.#take(new RegExp(` (?:on |and )?${dayWord}(?= )`))
    ) {
      found.add(weekdayCodes.find((day) => match![1]!.startsWith(day.toLowerCase()))!);
    }
    days.weekdays = weekdayCodes.filter((day) => found.has(day));
    return days;
  }

  leftover(): string {
    return this.#rest.replaceAll(/ +/g, ' ').trim();
  }
}
