// Whether a prompt that fell due may be said now: pauses, lateness, quiet hours and the day's budget, as pure rules.

import type { Member } from '../leads/leads.ts';
import { localDay } from '../time/days.ts';
import { nextWakingMoment, nextWorkingMoment, workBeginsAfter } from '../time/working-days.ts';
import type { Errand, PromptKind, Question } from './prompts.ts';

export type Ruling =
  | { kind: 'go' }
  | {
      kind: 'wait';
      until: Temporal.Instant;
      why: 'paused' | 'quiet-hours' | 'over-budget' | 'more-important-first';
    }
  | { kind: 'skip'; why: 'paused' | 'over-budget' | 'left' }
  | { kind: 'miss'; why: 'too-late' | 'quiet-hours' | 'over-budget' };

/** Who a prompt is said to: the lead it is planned for, somebody else, or everybody in a channel. */
export type Towards = 'lead' | 'other' | 'channel';

/** One prompt, as far as the rules go. */
interface Said {
  kind: PromptKind;
  subject: string;
  towards: Towards;
  occurrence: Temporal.Instant;
}

export interface Due extends Said {
  /** It was asked for: snoozed until now, or sent now, by whoever's it is. */
  requested: boolean;
}

const isAfter = (one: Temporal.Instant, other: Temporal.Instant): boolean =>
  Temporal.Instant.compare(one, other) > 0;

/** Who goes first in a rush. Somebody waits for an errand, and a notice says why something else did not come. */
export const importanceOf = (kind: PromptKind): number => (kind.kind === 'question' ? kind.importance : 100);

/** What is due to whoever hears it. */
interface Manners {
  whenPaused: 'skip' | 'wait' | 'wait-if-useful' | 'send';
  whenQuiet: Question['whenQuiet'] | 'any-time';
  overBudget: Question['overBudget'];
}

/**
 * How a prompt bears itself. What somebody has sent to another person finds them at work, with room in their day;
 * what a channel is told is no more than a message there.
 */
function mannersOf({ kind, subject, towards }: Omit<Said, 'occurrence'>): Manners {
  switch (kind.kind) {
    case 'question':
      return {
        whenPaused: kind.whenPaused === 'wait' ? 'wait-if-useful' : 'skip',
        whenQuiet: kind.whenQuiet,
        overBudget: kind.overBudget,
      };
    case 'notice':
      return { whenPaused: 'wait', whenQuiet: 'wait', overBudget: 'send' };
    case 'errand':
      return errandManners(kind, subject, towards);
  }
}

function errandManners(kind: Errand, subject: string, towards: Towards): Manners {
  if (towards === 'channel') return { whenPaused: 'send', whenQuiet: 'any-time', overBudget: 'send' };
  if (towards === 'other') {
    const overBudget = kind.continues?.(subject) ? 'send' : 'next-working-day';
    return { whenPaused: 'wait', whenQuiet: 'wait', overBudget };
  }
  return kind.ahead
    ? { whenPaused: 'wait', whenQuiet: 'wait', overBudget: 'send' }
    : // They have just asked for it.
      { whenPaused: 'send', whenQuiet: 'at-its-hour', overBudget: 'send' };
}

/** Whether it is one of the prompts a day of whoever hears it. */
export const isCounted = (said: Omit<Said, 'occurrence'>): boolean => mannersOf(said).overBudget !== 'send';

/** How long after its moment something still comes at an hour that was chosen for it. */
const atItsHour = { minutes: 15 };

/** When it may be said to somebody with those hours, from `at` on; undefined: at no time. */
function quietUntil(hearer: Member, said: Said, at: Temporal.Instant): Temporal.Instant | undefined {
  switch (mannersOf(said).whenQuiet) {
    case 'wait':
      return nextWorkingMoment(hearer, at);
    case 'by-day':
      return nextWakingMoment(hearer, at);
    case 'at-its-hour':
      return isAfter(at, said.occurrence.add(atItsHour)) ? nextWakingMoment(hearer, at) : at;
    case 'any-time':
      return at;
  }
}

/**
 * What holds before the room is even asked, given who hears it; in a channel, whose prompt it is. What was asked for
 * knows no quiet hours, though a pause holds it.
 */
export function mayBeSaidNow(hearer: Member, due: Due, now: Temporal.Instant): Ruling {
  // Nobody is there to hear it.
  if (hearer.leftAt && !(due.towards === 'channel' && due.kind.kind === 'errand'))
    return { kind: 'skip', why: 'left' };
  const { whenPaused } = mannersOf(due);
  if (hearer.pausedUntil && isAfter(hearer.pausedUntil, now) && whenPaused !== 'send') {
    const waits =
      whenPaused === 'wait' ||
      (whenPaused === 'wait-if-useful' &&
        !isAfter(hearer.pausedUntil, due.kind.usefulUntil(due.occurrence, hearer)));
    return waits
      ? { kind: 'wait', until: hearer.pausedUntil, why: 'paused' }
      : { kind: 'skip', why: 'paused' };
  }
  if (due.requested) return { kind: 'go' };
  const usefulUntil = due.kind.usefulUntil(due.occurrence, hearer);
  if (isAfter(now, usefulUntil)) return { kind: 'miss', why: 'too-late' };
  const until = quietUntil(hearer, due, now);
  if (until?.equals(now)) return { kind: 'go' };
  return until && !isAfter(until, usefulUntil)
    ? { kind: 'wait', until, why: 'quiet-hours' }
    : { kind: 'miss', why: 'quiet-hours' };
}

/** Another counted prompt for the same person that has not been said or dropped yet. */
export interface Rival extends Said {
  dueAt: Temporal.Instant;
}

/**
 * Whether the day's budget has room, given what was sent today and what else is to come.
 *
 * More important prompts later the same day have their place kept: this one waits until they have been said,
 * or turned out to have nothing to say. So the budget is never exceeded, and a quiet afternoon lets the morning's
 * lesser prompt through after all. Among equals, the earlier occurrence goes first.
 */
export function fitsTheBudget(
  hearer: Member,
  due: Due,
  day: { spent: number; rivals: Rival[] },
  now: Temporal.Instant,
): Ruling {
  if (due.requested || !isCounted(due)) return { kind: 'go' };
  const left = hearer.promptsPerDay - day.spent;
  if (left <= 0) return overBudget(hearer, due, now);

  const ahead = day.rivals.flatMap((rival) => {
    const at = goesFirst(rival, due) ? spokenAt(hearer, rival, now) : undefined;
    return at && localDay(at, hearer.timeZone).equals(localDay(now, hearer.timeZone)) ? [at] : [];
  });
  if (ahead.length < left) return { kind: 'go' };

  // Look again when the first of them has had its turn; one that is on its way has it within the minute.
  const first = ahead.reduce((one, other) => (isAfter(one, other) ? other : one));
  const until = isAfter(first, now) ? first : now.add({ minutes: 1 });
  const tooLate =
    isAfter(until, due.kind.usefulUntil(due.occurrence, hearer)) ||
    !localDay(until, hearer.timeZone).equals(localDay(now, hearer.timeZone)) ||
    !quietUntil(hearer, due, until)?.equals(until);
  return tooLate ? overBudget(hearer, due, now) : { kind: 'wait', until, why: 'more-important-first' };
}

function goesFirst(rival: Said, due: Said): boolean {
  const [its, own] = [importanceOf(rival.kind), importanceOf(due.kind)];
  return its === own ? isAfter(due.occurrence, rival.occurrence) : its > own;
}

/** When a rival would be said, if that is still to come: not in quiet hours, and not once it is of no use. */
function spokenAt(hearer: Member, rival: Rival, now: Temporal.Instant): Temporal.Instant | undefined {
  const at = quietUntil(hearer, rival, isAfter(rival.dueAt, now) ? rival.dueAt : now);
  return at && !isAfter(at, rival.kind.usefulUntil(rival.occurrence, hearer)) ? at : undefined;
}

function overBudget(hearer: Member, due: Said, now: Temporal.Instant): Ruling {
  if (mannersOf(due).overBudget === 'drop') return { kind: 'skip', why: 'over-budget' };
  const until = workBeginsAfter(hearer, localDay(now, hearer.timeZone));
  return until && !isAfter(until, due.kind.usefulUntil(due.occurrence, hearer))
    ? { kind: 'wait', until, why: 'over-budget' }
    : { kind: 'miss', why: 'over-budget' };
}
