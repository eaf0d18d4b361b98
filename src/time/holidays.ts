// Which days, and which hours of a day, are public holidays in the country or region a lead chose.

import Holidays from 'date-holidays';
import { isSameZone } from './zones.ts';

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
function isRegion(region: string): boolean {
  const [country = '', ...rest] = region.split('-');
  const all = new Holidays();
  if (all.getCountries()[country] === undefined) return false;
  const [state] = rest;
  return state === undefined || all.getStates(country)?.[state] !== undefined;
}

type RegionReading =
  | { kind: 'region'; region: string }
  /** Several places are called that; their names with their country's. */
  | { kind: 'several'; names: string[] }
  | { kind: 'unknown' };

/**
 * Reads a country or region: by name, in English or as it is called there, or by code (`DE`, `DE-BE`). Where several
 * have the name, the one in the time zone's country is meant.
 */
export function readRegion(text: string, timeZone: string): RegionReading {
  const code = text.trim().toUpperCase();
  if (isRegion(code)) return { kind: 'region', region: code };
  const wanted = folded(text);
  const usual = otherNames[wanted];
  if (usual !== undefined) return { kind: 'region', region: usual };
  const found = [
    ...new Set(regions().flatMap(({ region, names }) => (names.includes(wanted) ? [region] : []))),
  ];
  const [only, ...others] = found;
  if (only === undefined) return { kind: 'unknown' };
  if (others.length === 0) return { kind: 'region', region: only };
  const country = countryOf(timeZone);
  const near =
    found.find((region) => region.split('-')[0] === country) ?? found.find((region) => !region.includes('-'));
  return near ? { kind: 'region', region: near } : { kind: 'several', names: found.map(regionInWords) };
}

/** `Germany`; `Berlin, Germany`. */
export function regionInWords(region: string): string {
  const [country = '', state] = region.split('-');
  const all = new Holidays();
  const name = all.getCountries('en')[country] ?? country;
  return state === undefined ? name : `${stateName(all, country, state)}, ${name}`;
}

/** A country's name, for somebody whose time zone it is; undefined where the zone is no country's. */
export function countryIn(timeZone: string): string | undefined {
  const country = countryOf(timeZone);
  return country && regionInWords(country);
}

let zonesOf: Map<string, string> | undefined;

/** The country a zone lies in, as CLDR has it. */
function countryOf(timeZone: string): string | undefined {
  zonesOf ??= new Map(
    Object.keys(new Holidays().getCountries('en')).flatMap((country) =>
      (new Intl.Locale(`und-${country}`).getTimeZones() ?? []).map((zone) => [zone, country] as const),
    ),
  );
  // CLDR knows each zone under one name only.
  return zonesOf.get(timeZone) ?? zonesOf.entries().find(([zone]) => isSameZone(zone, timeZone))?.[1];
}

const stateName = (all: Holidays, country: string, state: string): string =>
  all.getStates(country, 'en')?.[state] ?? all.getStates(country)?.[state] ?? state;

/** English names that the library lacks and that people type. */
const otherNames: Record<string, string> = {
  usa: 'US',
  'united states': 'US',
  america: 'US',
  uk: 'GB',
  'great britain': 'GB',
  holland: 'NL',
  bavaria: 'DE-BY',
  saxony: 'DE-SN',
  'lower saxony': 'DE-NI',
  hesse: 'DE-HE',
  thuringia: 'DE-TH',
  'north rhine westphalia': 'DE-NW',
};

let named: { region: string; names: string[] }[] | undefined;

/** Every region with the names it goes by. */
function regions(): { region: string; names: string[] }[] {
  if (named) return named;
  const all = new Holidays();
  named = Object.keys(all.getCountries('en')).flatMap((country) => {
    const english = all.getCountries('en')[country] ?? country;
    const native = all.getCountries()[country] ?? english;
    const states = Object.keys(all.getStates(country) ?? {}).map((state) => {
      const own = [stateName(all, country, state), all.getStates(country)?.[state] ?? state].map(folded);
      const [land] = [folded(english)];
      return {
        region: `${country}-${state}`,
        names: own.flatMap((name) => [name, `${name} ${land}`, `${land} ${name}`]),
      };
    });
    return [{ region: country, names: [folded(english), folded(native)] }, ...states];
  });
  return named;
}

/** Without capitals, accents and what stands between words. */
const folded = (text: string): string =>
  text
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

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
