// Reads moments as people write them: a clock, perhaps with a day, perhaps with a zone; alone or at a line's beginning.

import { inPlace } from '../words.ts';
import { type Clock, clockOf, clockSource, timeOf } from './clock.ts';
import { type Direction, parseDay, type WhichYear } from './days.parse.ts';

/** A clock somebody looked at. */
export interface Moment {
  time: Temporal.PlainTime;
  /** Undefined: they did not say. */
  day: Temporal.PlainDate | undefined;
  /** IANA zone or offset; undefined: their own. */
  zone: string | undefined;
}

/** `text`: the words it is about, as they were typed. */
export type MomentRefusal = { text: string } & (
  | { kind: 'refused'; why: 'no-such-time' | 'no-such-day' | 'no-such-zone' }
  | WhichYear
);

export type MomentReading =
  | { kind: 'moment'; moment: Moment }
  /** A day, and no clock with it. */
  | { kind: 'day'; day: Temporal.PlainDate }
  | MomentRefusal
  /** It doesn't look like one at all. */
  | { kind: 'none' };

const none = { kind: 'none' } as const;

/** No moment we understand takes more letters. */
export const longestMoment = 80;

const zoneSource = '(?:utc|gmt|z|[a-z]+\\/[a-z_]+(?:\\/[a-z_]+)?|(?:utc|gmt)?[+−-]\\d{1,2}(?::?\\d{2})?)';
const inside = (clock: string): RegExp => new RegExp(`(?<= )${clock}(?: (?<zone>${zoneSource}))?(?= )`);
const clockIn = inside(`(?:at )?(?<clock>${clockSource})`);
/** An hour alone is a clock after "at", and at either end of a stretch. */
const hourIn = inside('at (?<clock>\\d{1,2})');
const hourOutside = /^ (?<clock>\d{1,2})(?= )|(?<= )(?<clock>\d{1,2})(?= $)/;
const zoneAtEnd = new RegExp(` (?<zone>${zoneSource}) $`);

/** What a moment is put together from, in lower case; `day` and `zone` are empty where none was said. */
export interface Parts {
  clock: Clock;
  typedClock: string;
  day: string;
  zone: string;
}

/** `bare`: an hour alone at its edge is a clock. Undefined when there is none, or words stand on both of its sides. */
export function partsOf(text: string, bare = false): Parts | undefined {
  if (text.length > longestMoment) return undefined;
  const typed = ` ${folded(text).trim().replaceAll(/ +/g, ' ')} `;
  const found = clockIn.exec(typed) ?? hourIn.exec(typed) ?? (bare ? hourOutside.exec(typed) : null);
  if (!found) return undefined;
  const { clock: typedClock = '', zone = '' } = found.groups!;
  const before = typed.slice(0, found.index).trim();
  const after = ` ${typed.slice(found.index + found[0].length).trim()} `;
  const last = zone === '' ? zoneAtEnd.exec(after) : null;
  const behind = (last ? after.slice(0, last.index) : after).trim();
  if (before !== '' && behind !== '') return undefined;
  const day = (before || behind).replace(/^,|,$/g, '').trim();
  return { clock: clockOf(typedClock)!, typedClock, day, zone: zone || (last?.[1] ?? '') };
}

/**
 * Reads `09:20`, `9.20 pm yesterday`, `20 nov at 9`, `20 nov 09:20 UTC`, and nothing that has more in it.
 * `today`: the writer's; `direction`: which way a day is looked for.
 */
export function readMoment(text: string, today: Temporal.PlainDate, direction: Direction): MomentReading {
  const parts = partsOf(text);
  if (!parts) return readDay(text, today, direction);
  const day = parts.day === '' ? undefined : readDay(parts.day, today, direction, text);
  if (day && day.kind !== 'day') return day;
  const time = timeOf(parts.clock);
  if (!time) return { kind: 'refused', why: 'no-such-time', text: asTyped(parts.typedClock, text) };
  const zone = readZone(parts.zone, text);
  return typeof zone === 'object' ? zone : { kind: 'moment', moment: { time, day: day?.day, zone } };
}

/** As `parseDay`, with what is wrong in it named. `typed`: what it was taken from. */
export function readDay(
  text: string,
  today: Temporal.PlainDate,
  direction: Direction,
  typed = text,
): Exclude<MomentReading, { kind: 'moment' }> {
  const day = parseDay(text, today, direction);
  if (day.kind === 'day') return day;
  return day.why === 'not-a-day' ? none : { ...day, text: asTyped(text, typed) };
}

export function readZone(text: string, typed: string): string | undefined | MomentRefusal {
  if (text === '') return undefined;
  return knownZone(text) ?? { kind: 'refused', why: 'no-such-zone', text: asTyped(text, typed) };
}

/** A piece of what was typed, in the letters in which it was. */
export function asTyped(piece: string, typed: string): string {
  const at = folded(typed).indexOf(piece);
  return at === -1 ? piece : typed.slice(at, at + piece.length).trim();
}

const clockAnywhere = new RegExp(`(?<![\\w.:])${clockSource}`);

/** Of these "1.25" is a number: `1.25 million rows`, `2.50 % of requests`. */
const counted =
  /^ ?(?:%|percent|hundred|thousand|million|billion|k|x|times|ms|s|secs?|seconds?|min|minutes?|h|hours?|[kmgt]i?b)(?![\p{L}\d])/iu;

/** The moment, with a clock, that a line begins with, and what follows it; undefined when it begins with words. */
export function momentFirst(
  line: string,
  today: Temporal.PlainDate,
  direction: Direction,
):
  | { reading: Extract<MomentReading, { kind: 'moment' | 'refused' }>; typed: string; rest: string }
  | undefined {
  if (!clockAnywhere.test(folded(line.slice(0, longestMoment)))) return undefined;
  // Longest first: "09:20 utc rolled back", and "09:20 mon plan failed" where "mon plan" is no day.
  for (let end = Math.min(line.length, longestMoment); end > 0; end -= 1) {
    if (end < line.length && !/[\s,:;–—-]/.test(line[end]!)) continue;
    const typed = line.slice(0, end);
    if (/[\s,:;–—-]$/.test(typed)) continue;
    const reading = readMoment(typed, today, direction);
    // "3 days ago the disk was full" begins with a day, and says no time.
    if (reading.kind === 'none' || reading.kind === 'day') continue;
    if (reading.kind === 'refused' && !clockAnywhere.test(folded(typed))) continue;
    const rest = line.slice(end);
    if (/\d\.\d+$/.test(typed) && counted.test(rest)) return undefined;
    return { reading, typed, rest: rest.replace(/^[\s,:;–—-]+/u, '') };
  }
  return undefined;
}

/** An IANA zone or an offset, as Temporal takes it; undefined when there is none of that name. */
function knownZone(text: string): string | undefined {
  const typed = text.replace('−', '-').toLowerCase();
  if (['utc', 'gmt', 'z'].includes(typed)) return 'UTC';
  const offset = /^(?:utc|gmt)?([+-])(\d{1,2}):?(\d{2})?$/.exec(typed);
  const id = offset ? `${offset[1]}${offset[2]!.padStart(2, '0')}:${offset[3] ?? '00'}` : text;
  try {
    return Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(id).timeZoneId;
  } catch {
    // RangeError is how Temporal says that there is no such zone.
    return undefined;
  }
}

/** As these readers compare: lower case, plain digits and blanks, each letter in its place. */
export const folded = (text: string): string =>
  Array.from(inPlace(text), (letter) => {
    const lower = letter.toLowerCase();
    return lower.length === letter.length ? lower : letter;
  })
    .join('')
    .replaceAll(/\s/gu, ' ');
