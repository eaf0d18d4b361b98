// Time zones: which names are zones, what somebody means who types a city, and when two names are one.

/** Places whose zones ICU still lists under an older spelling only. Source: the tz database's file "backward". */
const respelled = [
  'America/Nuuk',
  'Asia/Ho_Chi_Minh',
  'Asia/Kathmandu',
  'Asia/Kolkata',
  'Asia/Yangon',
  'Atlantic/Faroe',
  'Europe/Kyiv',
  'UTC',
];

/** The IANA zones this machine knows, for reading what somebody typed. */
const zones = [...new Set([...Intl.supportedValuesOf('timeZone'), ...respelled])];

type ZoneReading = { kind: 'zone'; timeZone: string } | { kind: 'unknown'; nearest: string[] };

/** Reads a zone: an IANA name, or just its city ("lisbon", "new york"), in any case. */
export function readTimeZone(text: string): ZoneReading {
  const fold = (name: string): string => name.toLowerCase().replaceAll(/[\s_]+/g, '_');
  const typed = fold(text.trim());
  const city = (zone: string): string => fold(zone.slice(zone.lastIndexOf('/') + 1));
  const exact = zones.find((zone) => fold(zone) === typed) ?? knownTimeZone(text.trim());
  if (exact) return { kind: 'zone', timeZone: exact };
  const inCity = zones.filter((zone) => city(zone) === typed);
  if (inCity.length === 1 && inCity[0]) return { kind: 'zone', timeZone: inCity[0] };
  const nearest = typed === '' ? [] : zones.filter((zone) => fold(zone).includes(typed)).slice(0, 3);
  return { kind: 'unknown', nearest };
}

/** The zone if the calendar knows it under this very name, links such as Asia/Calcutta included. Offsets are none. */
export function knownTimeZone(text: string | undefined): string | undefined {
  if (text === undefined || !/^[A-Za-z][\w+\-/]*$/.test(text)) return undefined;
  try {
    return Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(text).timeZoneId;
  } catch {
    return undefined;
  }
}

/** Whether two zones are one under two names, as Asia/Calcutta and Asia/Kolkata are. Both known to this machine. */
export function isSameZone(one: string, other: string): boolean {
  const epoch = Temporal.Instant.fromEpochMilliseconds(0);
  return epoch.toZonedDateTimeISO(one).equals(epoch.toZonedDateTimeISO(other));
}
