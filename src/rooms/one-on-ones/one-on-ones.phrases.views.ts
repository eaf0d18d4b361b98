// How this room says who, when and how long.

import * as keys from '../../db/sealed.ts';
import { escaped, mention, paragraph, say, shorten } from '../../slack/blocks.ts';
import type { Block, Message } from '../../slack/message.ts';
import * as days from '../../time/days.ts';
import { localNow, type Meeting, type Person } from './one-on-ones.ts';

/** Who reads, and when. */
export interface Reader {
  lead: { id: string; timeZone: string };
  now: Temporal.Instant;
}

export const todayOf = (reader: Reader): Temporal.PlainDate => localNow(reader).toPlainDate();

/** Instead of anything that would have to be sealed. */
export const needsKeys = (): Message => say(keys.needsKeys);

/** `<@U1>`; the name of somebody who left, since a mention of them would say nothing. */
export const who = (person: Pick<Person, 'id' | 'name' | 'ended'>): string =>
  person.ended?.why === 'left' ? escaped(person.name) : mention(person.id);

/** A name for a notification, where a mention would show as an id. */
export const plainName = ({ name }: Pick<Person, 'name'>): string => escaped(name);

const relationWords: Record<Person['relation'], string> = {
  report: '',
  peer: 'a peer',
  'skip-level': 'a skip-level',
  manager: 'your manager',
  mentor: 'your mentor',
};

/** `designer`, `your manager`; empty where the lead said nothing. */
export const roleInWords = ({ role, relation }: Person): string =>
  [role === null ? '' : escaped(role), relationWords[relation]].filter(Boolean).join(', ');

/** `tomorrow 10:00`, `Tue 24 Nov 10:00`; local times of the reader. */
export const meetingTime = (local: Temporal.PlainDateTime, reader: Reader): string =>
  `${days.dayInWords(local.toPlainDate(), todayOf(reader))} ${days.timeInWords(local.toPlainTime())}`;

/** `; the next one is tomorrow 10:00`, where there is one. */
export const andTheNext = (next: Meeting | undefined, reader: Reader): string =>
  next?.plannedFor ? `; the next one is ${meetingTime(next.plannedFor, reader)}` : '';

/** `on Thursday`, but `today`. For a day that has been. */
export const onDay = (day: Temporal.PlainDate, reader: Reader): string => days.onDay(day, todayOf(reader));

/** `4 weeks`, `1 week`, `5 days` */
export const spanInWords = (days: number): string =>
  days >= 14 || days === 7 ? counted(Math.floor(days / 7), 'week') : counted(days, 'day');

/** `1 promise`, `2 promises` */
export const counted = (count: number, noun: string): string =>
  count === 1 ? `1 ${noun}` : `${count} ${noun}s`;

/** Bulleted lines in one paragraph: each kept short, the rest counted. No lines, no paragraph. */
export function bulleted(title: string, lines: string[], most = 8): Block[] {
  if (lines.length === 0) return [];
  const more = lines.length > most ? [`• and ${lines.length - most} more`] : [];
  return [
    paragraph([title, ...lines.slice(0, most).map((line) => `• ${shorten(line, 300)}`), ...more].join('\n')),
  ];
}
