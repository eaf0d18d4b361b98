// Whom the lead meets: added, changed, ended and taken up again, each with the series that goes with it.

import type { Tenant } from '../../db/tenancy.ts';
import type { Profile } from '../../slack/people.ts';
import type { Arranged } from './one-on-ones.people.views.ts';
import { backKind } from './one-on-ones.plans.ts';
import { endSeries, planSeries, topUpSeries } from './one-on-ones.series.steps.ts';
import * as store from './one-on-ones.store.ts';
import { type OneOnOneStep, type OneOnOneTools, stepOf } from './one-on-ones.tools.ts';
import {
  defaultMinutes,
  firstAfter,
  localNow,
  nextMeeting,
  type Person,
  type Settings,
} from './one-on-ones.ts';

/** Adds somebody, takes them up again, or changes what is agreed; `before`: as they were kept until now. */
export async function addPerson(
  step: OneOnOneStep,
  profile: Profile,
  settings: Settings,
): Promise<Arranged & { before: Person | undefined }> {
  const before = await store.lockPerson(step.trx, step.lead.id, profile.id);
  const today = localNow(step).toPlainDate();
  const person: Person = {
    ...settings,
    id: profile.id,
    name: profile.name,
    timeZone: profile.timeZone ?? null,
    ended: null,
    since: before && !before.ended ? before.since : today,
  };
  return { ...(await arrange(step, person, before)), before };
}

/** What a line says about somebody, with what it leaves out as it was. */
export async function settingsSaid(
  { trx, lead }: OneOnOneStep,
  personId: string,
  said: Pick<Settings, 'role' | 'relation' | 'rule' | 'time'>,
): Promise<Settings> {
  const before = await store.findPerson(trx, lead.id, personId);
  const saysNothing = said.role === null && said.relation === 'report';
  return {
    minutes: before?.minutes ?? defaultMinutes,
    leadTime: before?.leadTime ?? 'evening',
    invites: before?.invites ?? false,
    rule: said.rule,
    time: said.time,
    role: said.role ?? before?.role ?? null,
    relation: saysNothing && before ? before.relation : said.relation,
  };
}

export const changePerson = (step: OneOnOneStep, before: Person, settings: Settings): Promise<Arranged> =>
  arrange(step, { ...before, ...settings }, before);

/** A new rhythm starts the series anew; anything else leaves every meeting where it is. */
async function arrange(step: OneOnOneStep, person: Person, before: Person | undefined): Promise<Arranged> {
  await store.savePerson(step.trx, step.owner, person);
  const sameRhythm =
    before && !before.ended && before.rule === person.rule && before.time.equals(person.time);
  if (sameRhythm) await topUpSeries(step, person);
  else await planSeries(step, person, firstAfter(person, localNow(step)));
  return arranged(step, person);
}

/** Also somebody who was never ended: then they are as they are. */
export async function takeUpAgain(step: OneOnOneStep, person: Person, profile: Profile): Promise<Arranged> {
  if (!person.ended) return arranged(step, person);
  const again: Person = {
    ...person,
    name: profile.name,
    timeZone: profile.timeZone ?? person.timeZone,
    ended: null,
    since: localNow(step).toPlainDate(),
  };
  await store.savePerson(step.trx, step.owner, again);
  await topUpSeries(step, again);
  return arranged(step, again);
}

/** Takes somebody away who was added by mistake; false when there is history with them by now. */
export async function undoAdding(step: OneOnOneStep, person: Person): Promise<boolean> {
  const meetings = await store.findMeetings(step.trx, step.lead.id, person.id);
  if (meetings.some(({ state }) => state !== 'planned')) return false;
  await endSeries(step, person, 'lead');
  await store.deletePerson(step.trx, step.lead.id, person.id);
  return true;
}

/** Ends the series of every lead in the workspace with somebody who left Slack. */
export async function endForWhoLeft(
  tools: OneOnOneTools,
  trx: Tenant,
  personId: string,
  now: Temporal.Instant,
): Promise<void> {
  for (const leadId of await store.findLeadsOf(trx, personId)) {
    const lead = await tools.findLead(trx, leadId);
    const person = await store.lockPerson(trx, leadId, personId);
    if (lead && person && !person.ended) await endSeries(stepOf(tools, { trx, lead, now }), person, 'left');
  }
}

/** They are back: each lead may take the 1:1s up again, and hears so. */
export async function tellOfReturn(
  { prompts }: Pick<OneOnOneTools, 'prompts'>,
  trx: Tenant,
  personId: string,
  now: Temporal.Instant,
): Promise<void> {
  for (const leadId of await store.markBack(trx, personId)) {
    const plan = { leadId, kind: backKind, subject: personId, destination: { dm: leadId } };
    await prompts.plan(trx, { ...plan, when: { at: now } }, now);
  }
}

const arranged = async (step: OneOnOneStep, person: Person): Promise<Arranged> => ({
  person,
  next: nextMeeting(await store.findMeetings(step.trx, step.lead.id, person.id), localNow(step)),
});
