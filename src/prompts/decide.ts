// Whether a prompt that fell due may be said now: pauses, lateness, quiet hours and the day's budget, as pure rules.

import type { Lead } from '../leads/leads.ts';
import { localDay } from '../time/days.ts';
import { nextWorkingMoment, workBeginsAfter } from '../time/working-days.ts';
import type { PromptKind } from './prompts.ts';

export type Ruling =
  | { kind: 'go' }
  | {
      kind: 'wait';
      until: Temporal.Instant;
      why: 'paused' | 'quiet-hours' | 'over-budget' | 'more-important-first';
    }
  | { kind: 'skip'; why: 'paused' | 'over-budget' }
  | { kind: 'miss'; why: 'too-late' | 'quiet-hours' | 'over-budget' };

export interface Due {
  kind: PromptKind;
  occurrence: Temporal.Instant;
  /** The lead asked for it: snoozed it until now, or sent it now. */
  requested: boolean;
}

const isAfter = (one: Temporal.Instant, other: Temporal.Instant): boolean =>
  Temporal.Instant.compare(one, other) > 0;

/**
 * What holds before the room is even asked. A pause holds every prompt, though not an errand, which somebody is
 * waiting for; what the lead asked for knows no quiet hours.
 */
export function mayBeSaidNow(lead: Lead, due: Due, now: Temporal.Instant): Ruling {
  if (lead.pausedUntil && isAfter(lead.pausedUntil, now) && !due.kind.errand) {
    return due.kind.whenPaused === 'wait'
      ? { kind: 'wait', until: lead.pausedUntil, why: 'paused' }
      : { kind: 'skip', why: 'paused' };
  }
  if (due.requested) return { kind: 'go' };
  const usefulUntil = due.kind.usefulUntil(due.occurrence, lead);
  if (isAfter(now, usefulUntil)) return { kind: 'miss', why: 'too-late' };
  if (due.kind.errand || due.kind.whenQuiet === 'send') return { kind: 'go' };
  const until = nextWorkingMoment(lead, now);
  if (until?.equals(now)) return { kind: 'go' };
  return until && !isAfter(until, usefulUntil)
    ? { kind: 'wait', until, why: 'quiet-hours' }
    : { kind: 'miss', why: 'quiet-hours' };
}

/** Another counted prompt of the same lead that has not been said or dropped yet. */
export interface Rival {
  kind: PromptKind;
  occurrence: Temporal.Instant;
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
  lead: Lead,
  due: Due,
  day: { spent: number; rivals: Rival[] },
  now: Temporal.Instant,
): Ruling {
  if (due.requested || !due.kind.counted) return { kind: 'go' };
  const left = lead.promptsPerDay - day.spent;
  if (left <= 0) return overBudget(lead, due, now);

  const ahead = day.rivals.flatMap((rival) => {
    const at = goesFirst(rival, due) ? spokenAt(lead, rival, now) : undefined;
    return at && localDay(at, lead.timeZone).equals(localDay(now, lead.timeZone)) ? [at] : [];
  });
  if (ahead.length < left) return { kind: 'go' };

  // Look again when the first of them has had its turn; one that is on its way has it within the minute.
  const first = ahead.reduce((one, other) => (isAfter(one, other) ? other : one));
  const until = isAfter(first, now) ? first : now.add({ minutes: 1 });
  const tooLate =
    isAfter(until, due.kind.usefulUntil(due.occurrence, lead)) ||
    !localDay(until, lead.timeZone).equals(localDay(now, lead.timeZone)) ||
    (due.kind.whenQuiet === 'wait' && !nextWorkingMoment(lead, until)?.equals(until));
  return tooLate ? overBudget(lead, due, now) : { kind: 'wait', until, why: 'more-important-first' };
}

function goesFirst(rival: Rival, due: Due): boolean {
  if (rival.kind.importance !== due.kind.importance) return rival.kind.importance > due.kind.importance;
  return isAfter(due.occurrence, rival.occurrence);
}

/** When a rival would be said, if that is still to come: not in quiet hours, and not once it is of no use. */
function spokenAt(lead: Lead, rival: Rival, now: Temporal.Instant): Temporal.Instant | undefined {
  const due = isAfter(rival.dueAt, now) ? rival.dueAt : now;
  const at = rival.kind.whenQuiet === 'wait' ? nextWorkingMoment(lead, due) : due;
  return at && !isAfter(at, rival.kind.usefulUntil(rival.occurrence, lead)) ? at : undefined;
}

function overBudget(lead: Lead, due: Due, now: Temporal.Instant): Ruling {
  if (due.kind.overBudget === 'drop') return { kind: 'skip', why: 'over-budget' };
  const until = workBeginsAfter(lead, localDay(now, lead.timeZone));
  return until && !isAfter(until, due.kind.usefulUntil(due.occurrence, lead))
    ? { kind: 'wait', until, why: 'over-budget' }
    : { kind: 'miss', why: 'over-budget' };
}
