// Whether a name for a category can be typed in a line and means that category alone.

import { escaped } from '../../slack/blocks.ts';
import { parseDuration, parseWorkdays } from '../../time/durations.ts';
import { onDay, readClockRange } from '../../time/stretches.ts';
import { fold } from './balance.categories.ts';
import { parseLog } from './balance.parse.ts';
import type { Category } from './balance.ts';

/** Letters; fits a button and a chart's legend. */
export const longestName = 40;

export type NameProblem =
  | { kind: 'empty' }
  | { kind: 'too-long'; most: number }
  | { kind: 'taken'; by: Category }
  /** The grammar would hear something else in it: "30m", "9-10", "friday", "build -- tooling". */
  | { kind: 'not-typeable' };

/**
 * What speaks against `name` as the name or an alias of a category; undefined when nothing does. `others` are
 * the categories it must differ from, in names and aliases, archived ones too: they may come back.
 */
export function problemWithName(name: string, others: readonly Category[]): NameProblem | undefined {
  if (fold(name) === '') return { kind: 'empty' };
  if ([...name].length > longestName) return { kind: 'too-long', most: longestName };
  const by = others.find((other) =>
    [other.name, ...other.aliases].some((taken) => fold(taken) === fold(name)),
  );
  if (by) return { kind: 'taken', by };
  if (readsAsTime(name) || name.trim().startsWith('@')) return { kind: 'not-typeable' };
  const meant: Category = { id: 'meant', name, side: 'neither', aliases: [], archived: false };
  // One that begins alike, so that only the whole name will do: of "A," the grammar hears the beginning, "A".
  const longer: Category = { ...meant, id: 'longer', name: `${name}z` };
  return [`1h ${escaped(name)}`, `1h ${escaped(name)} with <@U1> "x"`].every((line) =>
    means(line, [meant, longer]),
  )
    ? undefined
    : { kind: 'not-typeable' };
}

const anyLife = {
  timeZone: 'UTC',
  workingDays: [1, 2, 3, 4, 5],
  holidayRegion: null,
  workdayStarts: Temporal.PlainTime.from('09:00'),
  workdayEnds: Temporal.PlainTime.from('17:00'),
};

function means(line: string, [meant, longer]: [Category, Category]): boolean {
  // Any day and zone will do: what reads as a day today does so tomorrow.
  const now = Temporal.Instant.fromEpochMilliseconds(0);
  const reading = parseLog(line, { categories: [meant, longer], now, life: anyLife });
  const draft = reading.kind === 'parsed' && reading.drafts.length === 1 ? reading.drafts[0] : undefined;
  return draft?.categoryId === meant.id && draft.minutes === 60;
}

/** A category's whole name is never taken for a time, so one named "5h" would swallow the 5h of every line. */
function readsAsTime(name: string): boolean {
  const duration = parseDuration(name);
  if (duration.kind === 'duration' || duration.why !== 'unreadable') return true;
  if (parseWorkdays(name) !== undefined) return true;
  const range = readClockRange(name.normalize('NFKC').trim());
  // `1-1` has the shape of a range but can be none.
  return range !== undefined && onDay(range, Temporal.PlainDate.from('1970-01-01'), 'UTC').kind === 'range';
}
