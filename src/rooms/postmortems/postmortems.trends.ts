// What several incidents say together: how long they took by month, where they happened, and what came back. Pure.

import { type FactorId, minutesToResolve, type Postmortem } from './postmortems.ts';

type Incident = Pick<
  Postmortem,
  'number' | 'title' | 'startedAt' | 'resolvedAt' | 'createdAt' | 'services' | 'factors'
>;

interface MonthTrend {
  month: Temporal.PlainYearMonth;
  incidents: number;
  /** The median time to resolve, in whole minutes; undefined where no incident of the month has both its times. */
  median: number | undefined;
}

interface Count<T> {
  of: T;
  incidents: number;
}

/** The same service with the same sort of factor, more than once. */
interface Recurrence {
  service: string;
  factor: FactorId;
  /** Post-mortems' numbers, oldest first. */
  numbers: number[];
}

export interface Trends {
  /** The last twelve months, oldest first; without those before the first incident. */
  months: MonthTrend[];
  services: Count<string>[];
  factors: Count<FactorId>[];
  cameBack: Recurrence[];
}

/** Months looked back over. */
const trendMonths = 12;

/** `zone`: whose months. Incidents count in the month they started; in the month of writing where that is unknown. */
export function trendsOf(incidents: readonly Incident[], zone: string, now: Temporal.Instant): Trends {
  const monthOf = (at: Temporal.Instant) => at.toZonedDateTimeISO(zone).toPlainDate().toPlainYearMonth();
  const current = monthOf(now);
  const since = current.subtract({ months: trendMonths - 1 });
  const begun = (incident: Incident) => incident.startedAt ?? incident.createdAt;
  const recent = incidents
    .filter((incident) => Temporal.PlainYearMonth.compare(monthOf(begun(incident)), since) >= 0)
    .toSorted((one, other) => Temporal.Instant.compare(begun(one), begun(other)));
  const [first] = recent;
  const months: MonthTrend[] = [];
  for (
    let month = first ? monthOf(begun(first)) : current;
    first && Temporal.PlainYearMonth.compare(month, current) <= 0;
    month = month.add({ months: 1 })
  ) {
    const of = recent.filter((incident) => monthOf(begun(incident)).equals(month));
    const times = of.flatMap((incident) => minutesToResolve(incident) ?? []);
    months.push({ month, incidents: of.length, median: median(times) });
  }
  return {
    months,
    services: counted(recent.flatMap(({ services }) => unique(services.map(folded)))).map(
      ({ of, incidents }) => ({
        // As it was written last.
        of: recent.flatMap(({ services }) => services).findLast((name) => folded(name) === of) ?? of,
        incidents,
      }),
    ),
    factors: counted(recent.flatMap(({ factors }) => unique(factors))),
    cameBack: recurrences(recent),
  };
}

/** In the middle of the sorted values; the mean of the two middle ones, rounded, when they are even in number. */
export function median(values: readonly number[]): number | undefined {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = Math.floor(sorted.length / 2);
  if (sorted.length === 0) return undefined;
  if (sorted.length % 2 === 1) return sorted[middle];
  return Math.round((sorted[middle - 1]! + sorted[middle]!) / 2);
}

function recurrences(incidents: readonly Incident[]): Recurrence[] {
  const pairs = new Map<string, Recurrence>();
  for (const { number, services, factors } of incidents) {
    for (const service of unique(services.map(folded))) {
      for (const factor of unique(factors)) {
        const key = JSON.stringify([service, factor]);
        const shown = services.find((name) => folded(name) === service) ?? service;
        const found = pairs.get(key) ?? { service: shown, factor, numbers: [] };
        pairs.set(key, { ...found, numbers: [...found.numbers, number] });
      }
    }
  }
  return [...pairs.values()]
    .filter(({ numbers }) => numbers.length > 1)
    .toSorted((one, other) => other.numbers.length - one.numbers.length);
}

/** Most often first; among equals in the order of their first appearance. */
function counted<T>(values: readonly T[]): Count<T>[] {
  const counts = new Map<T, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts]
    .map(([of, incidents]) => ({ of, incidents }))
    .toSorted((one, other) => other.incidents - one.incidents);
}

const unique = <T>(values: readonly T[]): T[] => [...new Set(values)];
const folded = (text: string): string => text.trim().toLowerCase();
