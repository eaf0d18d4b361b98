// Which days are public holidays in the country or region a lead chose.

import Holidays from 'date-holidays';

interface PublicHoliday {
  day: Temporal.PlainDate;
  /** In the region's own language. */
  name: string;
}

const known = new Map<string, Map<string, string>>();

/** The holiday's name in the region's language, or undefined on any other day. `region`: `PT`, `DE-BY`; null: none. */
export function publicHoliday(region: string | null, day: Temporal.PlainDate): string | undefined {
  if (region === null) return undefined;
  const key = `${region} ${day.year}`;
  let days = known.get(key);
  if (!days) {
    days = new Map(holidaysOf(region, day.year).map((holiday) => [holiday.day.toString(), holiday.name]));
    known.set(key, days);
  }
  return days.get(day.toString());
}

/** Whether a region is one that date-holidays knows. */
export function isRegion(region: string): boolean {
  const [country = '', ...rest] = region.split('-');
  const all = new Holidays();
  if (all.getCountries()[country] === undefined) return false;
  const [state] = rest;
  return state === undefined || all.getStates(country)?.[state] !== undefined;
}

function holidaysOf(region: string, year: number): PublicHoliday[] {
  if (!isRegion(region)) return [];
  const [country = '', state] = region.split('-');
  const calendar = state === undefined ? new Holidays(country) : new Holidays(country, state);
  return calendar
    .getHolidays(year)
    .filter((holiday) => holiday.type === 'public')
    .flatMap((holiday) => {
      const first = Temporal.PlainDate.from(holiday.date.slice(0, 10));
      // Some last several days. `start` and `end` are instants, so their distance in days is what holds in any zone.
      const days = Math.max(1, Math.round((holiday.end.getTime() - holiday.start.getTime()) / 86_400_000));
      return Array.from({ length: days }, (_, index) => ({
        day: first.add({ days: index }),
        name: holiday.name,
      }));
    });
}
