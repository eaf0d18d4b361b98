// A draft as a line that can be typed again: for the edit form, and as the proof that we understood.

import { clockInWords } from '../../time/days.ts';
import { formatDuration } from '../../time/durations.ts';
import { encode } from './balance.parse.pieces.ts';
import { onDay, readClockRange } from './balance.parse.range.ts';
import type { Category, Draft } from './balance.ts';

/**
 * `1 h 30 min mentoring with <@U1> 2026-11-18 -- the parser`, encoded as Slack encodes what is typed.
 *
 * `parseLog` reads it back to the same draft, whenever the category can still be typed. Days other than today
 * are dates, so that a form opened before midnight means the same after it. Clock times the grammar cannot say
 * (a timer's seconds, the second coming of a doubled hour) are given as a duration.
 */
export function printLog(
  draft: Draft,
  categories: readonly Category[],
  { today, zone }: { today: Temporal.PlainDate; zone: string },
): string {
  const name = categories.find(({ id }) => id === draft.categoryId)?.name ?? draft.categoryId;
  const people = draft.people.map((id) => `<@${id}>`).join(' ');
  return [
    printTime(draft, zone),
    encode(name),
    people && `with ${people}`,
    draft.day.equals(today) ? '' : draft.day.toString(),
    draft.note === null ? '' : `-- ${encode(draft.note)}`,
  ]
    .filter((piece) => piece !== '')
    .join(' ');
}

/** `9:00-10:30` where that says exactly what the draft holds, else `1 h 30 min`. */
export const printTime = (draft: Draft, zone: string): string =>
  printRange(draft, zone) ?? formatDuration(draft.minutes);

function printRange({ day, minutes, startsAt, endsAt }: Draft, zone: string): string | undefined {
  if (!startsAt || !endsAt) return undefined;
  const text = `${clockInWords(startsAt, zone)}-${clockInWords(endsAt, zone)}`;
  const range = readClockRange(text);
  const reading = range && onDay(range, day, zone);
  if (reading?.kind !== 'range' || reading.minutes !== minutes) return undefined;
  return reading.startsAt.equals(startsAt) && reading.endsAt.equals(endsAt) ? text : undefined;
}
