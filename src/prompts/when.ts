// When a schedule falls due: as it is kept, as its room plans it, and whether the two are the same. Pure.

import type { Selectable } from 'kysely';
import { nextOccurrence } from '../time/recurrence.ts';
import type { SchedulesTable } from './prompts.tables.ts';
import type { When } from './prompts.ts';

type KeptWhen = Pick<Selectable<SchedulesTable>, 'rule' | 'starts' | 'time_zone' | 'once_at'>;

/** A schedule's own description of when, in the port's terms. Throws for one that says none. */
export function whenOf(schedule: KeptWhen): When {
  const when = saidWhen(schedule);
  if (!when) throw new Error('A schedule has a rule or a moment');
  return when;
}

/** The same, or undefined. */
export function saidWhen({ rule, starts, time_zone: timeZone, once_at: at }: KeptWhen): When | undefined {
  if (rule !== null && starts !== null && timeZone !== null) return { rule, starts, timeZone };
  return at === null ? undefined : { at };
}

/** The first moment after now that a plan names, if any. */
export function firstAfter(when: When, now: Temporal.Instant, afterLocal: Temporal.PlainDateTime | null) {
  // A moment that has just passed is still due: how late is of use is for its kind to say.
  if ('at' in when) return when.at;
  return nextOccurrence(when, now, afterLocal ?? undefined)?.at ?? null;
}

/** What a room plans, in the rhythm the lead chose where they chose one. */
export function leadsOwn(schedule: KeptWhen & { chosen_by_lead: boolean }, planned: When): When {
  if (!schedule.chosen_by_lead || !('rule' in planned)) return planned;
  const own = saidWhen(schedule);
  return own && 'rule' in own ? { ...own, timeZone: planned.timeZone } : planned;
}

/** Rules whose days are named in them: of the day they count from only the hour matters, once it has come. */
const namesItsDays = /^FREQ=(DAILY|WEEKLY;BYDAY=[A-Z,]+)$/;

/** Whether a schedule that is kept falls due just as this does. */
export function sameWhen(kept: When | undefined, wanted: When): boolean {
  if (!kept) return false;
  if ('at' in kept) return 'at' in wanted && kept.at.equals(wanted.at);
  if (!('rule' in wanted) || kept.rule !== wanted.rule || kept.timeZone !== wanted.timeZone) return false;
  if (!namesItsDays.test(kept.rule)) return kept.starts.equals(wanted.starts);
  return (
    kept.starts.toPlainTime().equals(wanted.starts.toPlainTime()) &&
    Temporal.PlainDate.compare(kept.starts, wanted.starts) <= 0
  );
}
