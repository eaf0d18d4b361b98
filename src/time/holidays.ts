// Which days, and which hours of a day, are public holidays in the country or region a lead chose.

import Holidays from 'date-holidays';

/** A public holiday's part of one day, by the region's own clocks. */
interface HolidayHours {
  /** In the region's own language. */
  name: string;
  from: Temporal.PlainTime;
  /** Undefined: to the end of the day. */
  to: Temporal.PlainTime | undefined;
}

const midnight = Temporal.PlainTime.from('00:00');

const known = new Map<string, Map<string, HolidayHours[]>>();

function hoursOn(region: string | null, day: Temporal.PlainDate): readonly HolidayHours[] {
  if (region === null) return [];
  const key = `${region} ${day.year}`;
  const days = known.get(key) ?? holidaysOf(region, day.year);
  known.set(key, days);
  return days.get(day.toString()) ?? [];
}

const isWhole = ({ from, to }: HolidayHours): boolean => from.equals(midnight) && to === undefined;

/**
 * The name, in the region's language, of what makes all of the day a holiday; undefined on any other day, one with a
 * free afternoon among them. `region`: `PT`, `DE-BY`; null: none.
 */
export const publicHoliday = (region: string | null, day: Temporal.PlainDate): string | undefined =>
  hoursOn(region, day).find(isWhole)?.name;

/** The part of a day that is a holiday where it isn't all of it, as the afternoon of Christmas Eve in Reykjavík. */
export const holidayHours = (region: string | null, day: Temporal.PlainDate): HolidayHours | undefined =>
  hoursOn(region, day).find((one) => !isWhole(one));

/** Whether a region is one that date-holidays knows. */
export function isRegion(region: string): boolean {
  const [country = '', ...rest] = region.split('-');
  const all = new Holidays();
  if (all.getCountries()[country] === undefined) return false;
  const [state] = rest;
  return state === undefined || all.getStates(country)?.[state] !== undefined;
}

/** The hours of each day that has any, as the library gives them: some begin at noon, some last several days. */
function holidaysOf(region: string, year: number): Map<string, HolidayHours[]> {
  const days = new Map<string, HolidayHours[]>();
  if (!isRegion(region)) return days;
  const [country = '', state] = region.split('-');
  // A clock without summer time, so that from midnight to midnight is what it says and nothing has to be rounded.
  const clock = { timezone: 'UTC' };
  const calendar = state === undefined ? new Holidays(country, clock) : new Holidays(country, state, clock);
  for (const { type, name, start, end } of calendar.getHolidays(year)) {
    if (type !== 'public') continue;
    const [begins, ends] = [start, end].map((at) =>
      Temporal.PlainDateTime.from(at.toISOString().slice(0, -1)),
    );
    const last = ends!.toPlainDate();
    for (
      let day = begins!.toPlainDate();
      Temporal.PlainDate.compare(day, last) <= 0;
      day = day.add({ days: 1 })
    ) {
      const from = day.equals(begins!.toPlainDate()) ? begins!.toPlainTime() : midnight;
      const to = day.equals(last) ? ends!.toPlainTime() : undefined;
      if (to?.equals(midnight)) continue;
      days.set(day.toString(), [...(days.get(day.toString()) ?? []), { name, from, to }]);
    }
  }
  return days;
}
