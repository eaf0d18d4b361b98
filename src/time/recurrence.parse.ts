// Reads rhythms as people type them: "every 2 weeks tuesday 10:00", "thursdays 4pm", "every other friday at 10".

import { comparable } from '../words.ts';
import { clockOf, clockSource, timeOf } from './clock.ts';
import { type WeekdayCode, weekdayCodes } from './days.ts';
import { inWords } from './durations.ts';
import { type MonthDay, ordinals, type Pattern, ruleOf } from './recurrence.words.ts';

/** Why a text is no rhythm; `text`: the words it is about, as they were typed. */
export type RhythmRefusal = {
  text: string;
  why:
    | 'no-rhythm'
    /** Weeks without a weekday, months without a day. */
    | 'no-day'
    /** So many days, which fall on weekends too. */
    | 'drifts'
    | 'no-time'
    | 'no-such-time'
    | 'not-understood';
};

type ParsedRecurrence =
  | { kind: 'understood'; rule: string; time: Temporal.PlainTime }
  | ({ kind: 'refused' } & RhythmRefusal);

/**
 * Reads what people type: "every 2 weeks tuesday 10:00", "thursdays 4pm", "every other tuesday at 10", "monthly first
 * monday 9.00", "31st of every month 9:00", and everything ruleInWords writes for a pattern that has a name. Every so
 * many days would land on weekends as well; those that make whole weeks need a weekday, as weeks do.
 */
export function parseRecurrence(text: string): ParsedRecurrence {
  const words = new Words(text);
  const typedTime = words.time();
  const time = typedTime && timeOf(clockOf(typedTime.clock)!);
  const ofTheMonth = words.ofTheMonth();
  const on = words.days(ofTheMonth);
  const rhythm = words.rhythm(on, ofTheMonth);
  const leftover = words.left();
  const refused = (why: RhythmRefusal['why'], about = text.trim()): ParsedRecurrence => ({
    kind: 'refused',
    why,
    text: about,
  });
  if (leftover !== '') return refused('not-understood', leftover);
  if (!rhythm) return refused('no-rhythm');
  if (typedTime && !time) return refused('no-such-time', typedTime.typed);
  if (!time) return refused('no-time');
  if (rhythm.every === 'day' && rhythm.interval > 1) return refused('drifts');
  const pattern = patternFrom(rhythm, on);
  return pattern ? { kind: 'understood', rule: ruleOf(pattern), time } : refused('no-day');
}

/** "every two weeks", "monthly": how often alone; undefined when there is more or less in it. */
export function parseEvery(text: string): Rhythm | undefined {
  const words = new Words(text);
  const rhythm = words.rhythm({ plural: false, nth: undefined }, false);
  return words.left() === '' ? rhythm : undefined;
}

interface Rhythm {
  every: 'day' | 'weekday' | 'week' | 'month' | 'quarter';
  interval: number;
}

interface Days {
  weekdays: WeekdayCode[];
  nth: number | undefined;
  date: number | undefined;
  /** "thursdays": the word itself says that it comes again. */
  plural: boolean;
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
const nthWord = 'first|second|third|fourth|fifth|last|1st|2nd|3rd|4th|5th';
const oneDay = new RegExp(` (?:on |and |& )?${dayWord}(?= )`);

/** The words as they were typed, beside the form they are compared in; each reader takes away what it understood. */
class Words {
  #left: { typed: string; word: string }[];

  constructor(text: string) {
    this.#left = text
      .slice(0, 200)
      .split(/[,\s]+/)
      .flatMap((typed) =>
        // A lone accent compares as a blank and more: what was one word is then several.
        comparable(typed)
          .toLowerCase()
          .split(' ')
          .map((word, index) => ({ typed: index === 0 ? typed : '', word })),
      )
      .filter(({ word }) => word !== '');
  }

  /** A pattern begins with the blank before its first word and ends before the blank after its last. */
  #take(pattern: RegExp): { groups: (string | undefined)[]; typed: string } | undefined {
    const text = ` ${this.#left.map(({ word }) => word).join(' ')} `;
    const match = pattern.exec(text);
    if (!match) return undefined;
    const count = (piece: string): number => piece.trim().split(' ').filter(Boolean).length;
    const first = count(text.slice(0, match.index));
    const taken = this.#left.splice(first, count(match[0]));
    return { groups: match.slice(1), typed: taken.map(({ typed }) => typed).join(' ') };
  }

  time(): { clock: string; typed: string } | undefined {
    const found =
      this.#take(new RegExp(` (?:at )?(${clockSource})(?= )`)) ??
      // An hour alone is a clock after "at", and nowhere else.
      this.#take(/ at (\d{1,2})(?= )/);
    return found && { clock: found.groups[0]!, typed: found.typed.replace(/^at /i, '') };
  }

  /** "the first monday of the month": that a month is meant, and that "second" is a place in it. */
  ofTheMonth(): boolean {
    return this.#take(/ (?:of (?:the|a)|(?:once )?(?:a|per)) month(?= )/) !== undefined;
  }

  rhythm({ plural, nth }: Pick<Days, 'plural' | 'nth'>, ofTheMonth: boolean): Rhythm | undefined {
    const adverb = this.#take(/ (daily|weekly|fortnightly|biweekly|monthly|quarterly)(?= )/)?.groups[0];
    if (adverb === 'fortnightly' || adverb === 'biweekly') return { every: 'week', interval: 2 };
    if (adverb) {
      const every = { daily: 'day', weekly: 'week', monthly: 'month', quarterly: 'quarter' }[adverb];
      return { every: every as Rhythm['every'], interval: 1 };
    }
    if (this.#take(/ (?:(?:every|each) weekday|weekdays)(?= )/)) return { every: 'weekday', interval: 1 };
    if (this.#take(/ (?:once )?(?:a|per) week(?= )/)) return { every: 'week', interval: 1 };
    const [count, unit] =
      this.#take(
        / (?:of )?(?:every|each) (?:([a-z]+|\d{1,2}(?:st|nd|rd|th)?) )?(day|week|month|quarter)s?(?= )/,
      )?.groups ?? [];
    if (unit) return everySo(count, unit as Rhythm['every']);
    // "every second Tuesday", "every Tuesday": the day itself was read before.
    if (this.#take(/ (?:every|each) (?:other|second|2nd)(?= )/)) return { every: 'week', interval: 2 };
    const every = this.#take(/ (?:every|each)(?= )/) !== undefined;
    if (ofTheMonth || (every && nth !== undefined)) return { every: 'month', interval: 1 };
    return every || plural ? { every: 'week', interval: 1 } : undefined;
  }

  days(ofTheMonth: boolean): Days {
    const days: Days = { weekdays: [], nth: undefined, date: undefined, plural: false };
    // What ruleInWords says of the months that have no such day.
    this.#take(/ or its last day(?= )/);
    if (this.#take(/ (?:on )?(?:the )?last day(?= )/)) days.date = -1;
    // "every second Tuesday" is a rhythm, and "the second Tuesday" is not.
    const second = ofTheMonth ? '' : '(?<!(?: every| each)(?= (?:second|2nd) ))';
    const nth = this.#take(new RegExp(`${second} (?:on )?(?:the )?(${nthWord})(?= ${dayWord} )`))?.groups[0];
    if (nth !== undefined) days.nth = nth === 'last' ? -1 : ordinals.indexOf(nth) + 1 || Number(nth[0]);
    const date = this.#take(
      new RegExp(
        ` (?:on )?(?:the )?(\\d{1,2})(?:st|nd|rd|th)(?! (?:day|week|month|quarter|${dayWord}))(?= )`,
      ),
    )?.groups[0];
    if (date !== undefined && Number(date) >= 1 && Number(date) <= 31) days.date = Number(date);
    const found = new Set<string>();
    for (let match = this.#take(oneDay); match; match = this.#take(oneDay)) {
      found.add(match.groups[0]!.slice(0, 2).toUpperCase());
      const word = match.typed.split(' ').at(-1)!.toLowerCase();
      if (word.endsWith('s') && !['tues', 'thurs'].includes(word)) days.plural = true;
    }
    days.weekdays = weekdayCodes.filter((day) => found.has(day));
    return days;
  }

  left(): string {
    return this.#left.flatMap(({ typed }) => (typed === '' ? [] : [typed])).join(' ');
  }
}

/** "every other week", "every 3rd month", "every two weeks"; undefined for a number we don't know. */
function everySo(count: string | undefined, every: Rhythm['every']): Rhythm | undefined {
  const interval =
    count === undefined
      ? 1
      : count === 'other'
        ? 2
        : ordinals.includes(count)
          ? ordinals.indexOf(count) + 1
          : inWords(count.replace(/(?:st|nd|rd|th)$/, ''));
  if (!Number.isInteger(interval) || interval < 1) return undefined;
  return every === 'day' && interval % 7 === 0
    ? { every: 'week', interval: interval / 7 }
    : { every, interval };
}
