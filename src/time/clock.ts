// Reads the times of day people write: "9:30", "9.30", "2 pm", "noon".

/** A time of day as it was written; it may be one that no clock shows. */
export interface Clock {
  hour: number;
  minute: number;
  half: 'am' | 'pm' | null;
}

const halfSource = '(?:[ap]m|[ap]\\.m\\.?)';

/** What can only be a clock, in lower case, without groups: `9:30`, `9.30`, `09:30:15`, `9:30 pm`, `9am`, `noon`. */
export const clockSource = `(?:\\d{1,2}[:.]\\d{2}(?::\\d{2})?(?: ?${halfSource})?|\\d{1,2} ?${halfSource}|noon)`;

const shape = /^(?:(?<hour>\d{1,2})(?:[:.](?<minute>\d{2})(?::\d{2})?)?(?: ?(?<half>[ap])\.?m\.?)?|noon)$/;

/** A text of that shape, in lower case; undefined for any other. Seconds are let go. */
export function clockOf(text: string): Clock | undefined {
  const found = shape.exec(text);
  if (!found) return undefined;
  const { hour, minute, half } = found.groups!;
  if (hour === undefined) return { hour: 12, minute: 0, half: null };
  return {
    hour: Number(hour),
    minute: Number(minute ?? 0),
    half: half === undefined ? null : half === 'a' ? 'am' : 'pm',
  };
}

/** Minutes after midnight, 24:00 among them; undefined when there is no such time, as 25:00, 9:75 or 13 pm. */
export function minuteOf({ hour, minute, half }: Clock): number | undefined {
  if (minute > 59) return undefined;
  if (half === null) return hour < 24 || (hour === 24 && minute === 0) ? hour * 60 + minute : undefined;
  if (hour < 1 || hour > 12) return undefined;
  return ((hour % 12) + (half === 'pm' ? 12 : 0)) * 60 + minute;
}

export const timeAt = (minute: number): Temporal.PlainTime =>
  Temporal.PlainTime.from({ hour: Math.floor(minute / 60) % 24, minute: minute % 60 });

/** Undefined when there is no such time; 24:00 is the next day's and none of this one. */
export function timeOf(clock: Clock): Temporal.PlainTime | undefined {
  const minute = minuteOf(clock);
  return minute === undefined || minute === 24 * 60 ? undefined : timeAt(minute);
}
