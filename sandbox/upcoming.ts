// What is planned for the next days, read from the bot's own schedules: the strip under the sandbox's clock.

import type { Kysely } from 'kysely';
import type { Schema } from '../src/db/schema.ts';
import { inEngine } from '../src/db/tenancy.ts';
import { occurrencesBetween } from '../src/time/recurrence.ts';

export interface Due {
  /** ISO 8601. */
  at: string;
  /** The Slack id of whoever gets it; a channel's prompt stands for the lead who planned it. */
  who: string;
  what: string;
}

/** Everything that falls due until then, soonest first: what waits, what comes once, and what repeats. */
export async function upcoming(db: Kysely<Schema>, until: Temporal.Instant): Promise<Due[]> {
  const { schedules, waiting } = await inEngine(db, async (trx) => ({
    schedules: await trx.selectFrom('schedules').selectAll().where('next_at', '<=', until).execute(),
    waiting: await trx.selectFrom('deliveries').selectAll().where('due_at', '<=', until).execute(),
  }));
  const due = waiting.map(({ due_at, lead_id, kind }) => dueAt(due_at, lead_id, kind));
  for (const { rule, starts, time_zone, next_at, lead_id, kind } of schedules) {
    due.push(dueAt(next_at, lead_id, kind));
    if (rule === null || starts === null || time_zone === null || next_at === null) continue;
    const later = occurrencesBetween({ rule, starts, timeZone: time_zone }, next_at, until);
    due.push(...later.map(({ at }) => dueAt(at, lead_id, kind)));
  }
  return due.sort((a, b) => Temporal.Instant.compare(a.at, b.at));
}

/** `one-on-one-before` reads as `One on one before`: good enough for a strip. */
const dueAt = (at: Temporal.Instant | null, who: string, kind: string): Due => ({
  at: String(at),
  who,
  what: kind.slice(0, 1).toUpperCase() + kind.slice(1).replaceAll('-', ' '),
});
