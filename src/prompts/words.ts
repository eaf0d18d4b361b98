// Moments as the engine writes them.

import { clockInWords, dayInWords, localDay } from '../time/days.ts';

/** "today at 15:20", "Thu 26 Nov at 9:00", in the lead's zone. */
export const momentInWords = (at: Temporal.Instant, now: Temporal.Instant, zone: string): string =>
  `${dayInWords(localDay(at, zone), localDay(now, zone))} at ${clockInWords(at, zone)}`;
