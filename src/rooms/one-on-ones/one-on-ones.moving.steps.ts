// A lead moved to another zone: every 1:1 stays at the hour it has for the other side, told by the lead's new clock.

import type { Lead } from '../../leads/leads.ts';
import { movedClock, movedRhythm } from './one-on-ones.moving.ts';
import * as store from './one-on-ones.store.ts';
import type { OneOnOneStep } from './one-on-ones.tools.ts';
import { firstAfter, localNow, nextMeeting } from './one-on-ones.ts';

/** `step.lead`: as they are from now on. A series that cannot be told in the new zone stays at its local time there. */
export async function keepTheirHours(step: OneOnOneStep, before: Lead): Promise<void> {
  const { trx, lead, owner, now } = step;
  const zones = { from: before.timeZone, to: lead.timeZone };
  const local = localNow({ lead: before, now });
  for (const person of await store.findPeople(trx, lead.id)) {
    if (person.ended) continue;
    const meetings = await store.findMeetings(trx, lead.id, person.id);
    const next = nextMeeting(meetings, local)?.plannedFor ?? firstAfter(person, local);
    const rhythm = movedRhythm({ rule: person.rule, next: next.withPlainTime(person.time) }, zones);
    if (!rhythm) continue;
    await store.savePerson(trx, owner, { ...person, ...rhythm });
    for (const { id, state, plannedFor } of meetings) {
      if (state !== 'planned' || !plannedFor) continue;
      await store.updateMeeting(trx, lead.id, id, { plannedFor: movedClock(plannedFor, zones) });
    }
  }
}
