// Whether a prompt that fell due may be said now: pauses, lateness, quiet hours and the day's budget, as pure rules.

import type { Lead } from '../leads/leads.ts';
import { localDay } from '../time/days.ts';
import { nextWorkingMoment, workBeginsAfter } from '../time/working-days.ts';
import type { Notice, PromptKind, Question } from './prompts.ts';

export type Ruling =
  | { kind: 'go' }
  | {
      kind: 'wait';
      until: Temporal.Instant;
      why: 'paused' | 'quiet-hours' | 'over-budget' | 'more-important-first';
    }
  | { kind: 'skip'; why: 'paused' | 'over-budget' | 'left' }
  | { kind: 'miss'; why: 'too-late' | 'quiet-hours' | 'over-budget' };

export interface Due {
  kind: PromptKind;
  occurrence: Temporal.Instant;
  /** The lead asked for it: snoozed it until now, or sent it now. */
  requested: boolean;
}

const isAfter = (one: Temporal.Instant, other: Temporal.Instant): boolean =>
  Temporal.Instant.compare(one, other) > 0;

/** Whether it is one of the lead's prompts a day. */
export const isCounted = (kind: PromptKind): kind is Question =>
  kind.kind === 'question' && kind.overBudget !== 'send';

/** Who goes first in a rush. Somebody waits for an errand, and a notice says why something else did not come. */
export const importanceOf = (kind: PromptKind): number => (kind.kind === 'question' ? kind.importance : 100);

/** What holds before the room is even asked. What the lead asked for knows no quiet hours, though a pause holds it. */
export function mayBeSaidNow(lead: Lead, due: Due, now: Temporal.Instant): Ruling {
  const { kind } = due;
  // Whatever is not said to somebody else would reach nobody.
  if (lead.leftAt && kind.kind !== 'errand') return { kind: 'skip', why: 'left' };
  if (lead.pausedUntil && isAfter(lead.pausedUntil, now) && kind.kind !== 'errand') {
    return kind.kind === 'notice'
      ? { kind: 'wait', until: lead.pausedUntil, why: 'paused' }
      : { kind: 'skip', why: 'paused' };
  }
  if (due.requested) return { kind: 'go' };
  const usefulUntil = kind.usefulUntil(due.occurrence, lead);
  if (isAfter(now, usefulUntil)) return { kind: 'miss', why: 'too-late' };
  if (kind.kind === 'errand' || !waitsForWork(kind)) return { kind: 'go' };
  const until = nextWorkingMoment(lead, now);
  if (until?.equals(now)) return { kind: 'go' };
  return until && !isAfter(until, usefulUntil)
    ? { kind: 'wait', until, why: 'quiet-hours' }
    : { kind: 'miss', why: 'quiet-hours' };
}

const waitsForWork = (kind: Question | Notice): boolean =>
  kind.kind === 'notice' || kind.whenQuiet === 'wait';

/** Another counted prompt of the same lead that has not been said or dropped yet. */
export interface Rival {
  kind: Question;
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
  const { kind, occurrence } = due;
  if (due.requested || !isCounted(kind)) return { kind: 'go' };
  const counted = { kind, occurrence };
  const left = lead.promptsPerDay - day.spent;
  if (left <= 0) return overBudget(lead, counted, now);

  const ahead = day.rivals.flatMap((rival) => {
    const at = goesFirst(rival, counted) ? spokenAt(lead, rival, now) : undefined;
    return at && localDay(at, lead.timeZone).equals(localDay(now, lead.timeZone)) ? [at] : [];
  });
  if (ahead.length < left) return { kind: 'go' };

  // Look again when the first of them has had its turn; one that is on its way has it within the minute.
  const first = ahead.reduce((one, other) => (isAfter(one, other) ? other : one));
  const until = isAfter(first, now) ? first : now.add({ minutes: 1 });
  const tooLate =
    isAfter(until, kind.usefulUntil(occurrence, lead)) ||
    !localDay(until, lead.timeZone).equals(localDay(now, lead.timeZone)) ||
    (kind.whenQuiet === 'wait' && !nextWorkingMoment(lead, until)?.equals(until));
  return tooLate ? overBudget(lead, counted, now) : { kind: 'wait', until, why: 'more-important-first' };
}

type Counted = Pick<Rival, 'kind' | 'occurrence'>;

function goesFirst(rival: Rival, due: Counted): boolean {
  if (rival.kind.importance !== due.kind.importance) return rival.kind.importance > due.kind.importance;
  return isAfter(due.occurrence, rival.occurrence);
}

/** When a rival would be said, if that is still to come: not in quiet hours, and not once it is of no use. */
function spokenAt(lead: Lead, rival: Rival, now: Temporal.Instant): Temporal.Instant | undefined {
  const due = isAfter(rival.dueAt, now) ? rival.dueAt : now;
  const at = rival.kind.whenQuiet === 'wait' ? nextWorkingMoment(lead, due) : due;
  return at && !isAfter(at, rival.kind.usefulUntil(rival.occurrence, lead)) ? at : undefined;
}

function overBudget(lead: Lead, due: Counted, now: Temporal.Instant): Ruling {
  if (due.kind.overBudget === 'drop') return { kind: 'skip', why: 'over-budget' };
  const until = workBeginsAfter(lead, localDay(now, lead.timeZone));
  return until && !isAfter(until, due.kind.usefulUntil(due.occurrence, lead))
    ? { kind: 'wait', until, why: 'over-budget' }
    : { kind: 'miss', why: 'over-budget' };
}
