// Who a lead is: the facts and rules every room may ask about.

/** A tech lead with the settings that shape their days. */
export interface Lead {
  workspaceId: string;
  /** Slack user id. */
  id: string;
  engineers: number;
  /** The floor for leading they chose, in whole percent; null: follows from the number of engineers. */
  targetPercent: number | null;
  /** IANA zone. */
  timeZone: string;
  /** A zone noticed in Slack that they have not answered to yet. */
  offeredTimeZone: string | null;
  /** ISO weekdays, 1 Monday to 7 Sunday, ascending. */
  workingDays: number[];
  workdayStarts: Temporal.PlainTime;
  workdayEnds: Temporal.PlainTime;
  /** ISO weekday. */
  digestDay: number;
  digestTime: Temporal.PlainTime;
  /** Country or region whose public holidays are theirs, as `PT` or `DE-BY`; null: none. */
  holidayRegion: string | null;
  /** How many unrequested prompts a day at most, 1 to 5. */
  promptsPerDay: number;
  pausedUntil: Temporal.Instant | null;
  /** When they went through set-up; null: on the defaults so far. */
  setUpAt: Temporal.Instant | null;
}

/** What a lead can change in settings. */
export type LeadSettings = Pick<
  Lead,
  | 'engineers'
  | 'targetPercent'
  | 'timeZone'
  | 'workingDays'
  | 'workdayStarts'
  | 'workdayEnds'
  | 'digestDay'
  | 'digestTime'
  | 'holidayRegion'
  | 'promptsPerDay'
>;

export const mostEngineers = 500;

/** What a lead starts with: a team for which the 40 % holds, an office week, and the digest on Friday at 15:00. */
export const defaultSettings = (timeZone: string): LeadSettings => ({
  engineers: 4,
  targetPercent: null,
  timeZone,
  workingDays: [1, 2, 3, 4, 5],
  workdayStarts: Temporal.PlainTime.from('09:00'),
  workdayEnds: Temporal.PlainTime.from('18:00'),
  digestDay: 5,
  digestTime: Temporal.PlainTime.from('15:00'),
  holidayRegion: null,
  promptsPerDay: 2,
});

/**
 * The share of time that belongs to leading, in whole percent: the lead's own choice, else ten points for each
 * engineer up to 40, which holds from four engineers on.
 */
export const floorOf = ({ targetPercent, engineers }: Pick<Lead, 'targetPercent' | 'engineers'>): number =>
  targetPercent ?? suggestedFloor(engineers);

export const suggestedFloor = (engineers: number): number => Math.min(engineers, 4) * 10;

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

export type ZoneReading = { kind: 'zone'; timeZone: string } | { kind: 'unknown'; nearest: string[] };

/** Reads a zone: an IANA name, or just its city ("lisbon", "new york"), in any case. */
export function readTimeZone(text: string): ZoneReading {
  const fold = (name: string): string => name.toLowerCase().replaceAll(/[\s_]+/g, '_');
  const typed = fold(text.trim());
  const city = (zone: string): string => fold(zone.slice(zone.lastIndexOf('/') + 1));
  const exact = zones.find((zone) => fold(zone) === typed) ?? asKnownZone(text.trim());
  if (exact) return { kind: 'zone', timeZone: exact };
  const inCity = zones.filter((zone) => city(zone) === typed);
  if (inCity.length === 1 && inCity[0]) return { kind: 'zone', timeZone: inCity[0] };
  const nearest = typed === '' ? [] : zones.filter((zone) => fold(zone).includes(typed)).slice(0, 3);
  return { kind: 'unknown', nearest };
}

/** Links such as Asia/Kathmandu or UTC are zones, though the list above names only one of each. Offsets are not. */
function asKnownZone(text: string): string | undefined {
  if (!/^[A-Za-z][\w+\-/]*$/.test(text)) return undefined;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone && text;
  } catch {
    return undefined;
  }
}

/** Whether two zones are one under two names, as Asia/Calcutta and Asia/Kolkata are. Both known to this machine. */
export function isSameZone(one: string, other: string): boolean {
  const epoch = Temporal.Instant.fromEpochMilliseconds(0);
  return epoch.toZonedDateTimeISO(one).equals(epoch.toZonedDateTimeISO(other));
}
