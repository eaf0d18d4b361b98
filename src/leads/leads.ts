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
  digestDay: number;
  digestTime: Temporal.PlainTime;
  /** Country or region whose public holidays are theirs, as `PT` or `DE-BY`; null: none. */
  holidayRegion: string | null;
  promptsPerDay: number;
  pausedUntil: Temporal.Instant | null;
  /** When they went through set-up; null: on the defaults so far. */
  setUpAt: Temporal.Instant | null;
}
