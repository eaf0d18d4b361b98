// Reads until when something lasts: "until 3 jan", "till friday 14:00", "through 31 dec", "for 2 weeks".

import { type Direction, parseDay } from './days.parse.ts';
import { parseDuration } from './durations.ts';
import { asTyped, folded, type MomentRefusal, readMoment } from './moments.ts';

export type UntilReading =
  /** `time`: a clock was said. `through`: the day itself is part of it, as with "through 31 dec" and "end of january". */
  | { kind: 'until'; day: Temporal.PlainDate; time: Temporal.PlainTime | undefined; through: boolean }
  /** Hours and minutes from now on. */
  | { kind: 'for'; minutes: number }
  | MomentRefusal
  | { kind: 'none' };

const direction: Direction = 'future';
const none = { kind: 'none' } as const;

/** Reads all of a text, with or without the word it begins with. `today`: the writer's. */
export function readUntil(text: string, today: Temporal.PlainDate): UntilReading {
  const [, word = '', phrase = ''] =
    /^(?:(until|till?|to|by|through|thru|for) )?(.*)$/.exec(folded(text).trim().replaceAll(/ +/g, ' ')) ?? [];
  if (word === 'for') return lasting(phrase, today) ?? none;
  const reading = readMoment(phrase, today, direction);
  const through = /^th/.test(word) || /^(?:the )?end of /.test(phrase);
  switch (reading.kind) {
    case 'day':
      return { kind: 'until', day: reading.day, time: undefined, through };
    case 'moment': {
      const { day, time, zone } = reading.moment;
      // Somebody's own days and hours are by their own clock.
      return zone === undefined ? { kind: 'until', day: day ?? today, time, through: false } : none;
    }
    case 'refused':
      return { ...reading, text: asTyped(reading.text, text) };
    case 'none':
      return (word === '' && lasting(phrase, today)) || none;
  }
}

function lasting(phrase: string, today: Temporal.PlainDate): UntilReading | undefined {
  const hours = parseDuration(phrase);
  if (hours.kind === 'duration') return { kind: 'for', minutes: hours.minutes };
  const day = parseDay(`in ${phrase}`, today, direction);
  return day.kind === 'day' ? { kind: 'until', day: day.day, time: undefined, through: false } : undefined;
}
