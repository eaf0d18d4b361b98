// What somebody reads whose day or rhythm was not understood, whichever room they were in: what is the matter, and what
// to type, between backticks.

import type { WhichYear } from './days.parse.ts';
import { longDate, shortMonth } from './days.ts';
import type { RhythmRefusal } from './recurrence.parse.ts';

const typeable = (day: Temporal.PlainDate): string =>
  `\`${day.day} ${shortMonth(day).toLowerCase()} ${day.year}\``;

/** A day without a year that lies just on the other side of today. `typed`: as it may be shown. */
export const whichYear = (typed: string, { near, far }: Pick<WhichYear, 'near' | 'far'>): string =>
  `“${typed}” may be ${longDate(near)} or ${longDate(far)}. Type the year: ${typeable(near)} or ${typeable(far)}.`;

/** `typed`: the words of the refusal, as they may be shown. */
export function rhythmTrouble(why: RhythmRefusal['why'], typed: string): string {
  switch (why) {
    case 'no-rhythm':
      return 'How often? Write it as `every tuesday 10:00`, `every 2 weeks tuesday 10:00` or `monthly first monday 9:00`.';
    case 'no-day':
      return `On which day? “${typed}” names none that I can use. Weeks need a weekday, as \`every 2 weeks tuesday 10:00\`; months and quarters a date or a weekday with its place, as \`monthly first monday 9:00\`.`;
    case 'drifts':
      return `“${typed}” would fall on weekends as well. Say it in weeks, with a day: \`every 2 weeks tuesday 10:00\`.`;
    case 'no-time':
      return `At what time? “${typed}” says none. Put it at the end, as \`every 2 weeks tuesday 10:00\`.`;
    case 'no-such-time':
      return `There is no such time as “${typed}”. Write it as \`9:30\`, \`9.30\` or \`4pm\`.`;
    case 'not-understood':
      return `I read a rhythm, but not “${typed}”. Write it as \`every 2 weeks tuesday 10:00\`; an hour alone goes after “at”.`;
  }
}

/** The same under a form's field, where Slack shows text as it is. */
export const inPlainText = (sentence: string): string => sentence.replaceAll('`', '');
