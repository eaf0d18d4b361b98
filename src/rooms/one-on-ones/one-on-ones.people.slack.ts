// Doors about whom a lead meets: adding, changing, ending, taking up again, and somebody leaving Slack.

import { z } from 'zod';
import type { Answer, Doors, Request } from '../../slack/doors.ts';
import type { Profile } from '../../slack/people.ts';
import { asLead, inPlace, type Knock, partsOf } from './one-on-ones.desk.ts';
import * as forms from './one-on-ones.forms.ts';
import type { Command } from './one-on-ones.parse.ts';
import * as refusedPeople from './one-on-ones.people.views.ts';
import { endSeries, localNow, ownerOf, planSeries, topUpSeries } from './one-on-ones.steps.ts';
import * as store from './one-on-ones.store.ts';
import type { OneOnOneTools } from './one-on-ones.tools.ts';
import { defaultMinutes, firstAfter, nextMeeting, type Person, type Settings } from './one-on-ones.ts';
import * as views from './one-on-ones.views.ts';

const { ids } = views;

export function listenForPeople(doors: Doors, tools: OneOnOneTools): void {
  doors.click(ids.add, (request) =>
    asLead(tools, request, async () => ({
      form: forms.personForm(request.value ? { suggested: request.value } : {}),
    })),
  );

  doors.form(ids.addForm, async (request) => {
    const personId = request.values.person(forms.fields.person);
    if (!personId) return { errors: { [forms.fields.person]: 'Choose somebody.' } };
    const reading = forms.readPersonForm(request.values);
    if (reading.kind === 'refused') return { errors: reading.errors };
    const profile = await request.profile(personId);
    return asLead(tools, request, async (knock) => {
      const trouble = refusedPeople.cannotMeet(profile, knock.reader.lead.id);
      if (trouble) return { errors: { [forms.fields.person]: trouble } };
      return inPlace(await add(knock, tools, profile, reading.settings));
    });
  });

  doors.click(ids.undoAdd, (request) =>
    asLead(tools, request, async ({ trx, reader }) => {
      const person = await store.lockPerson(trx, reader.lead.id, request.value);
      if (!person) return { replace: refusedPeople.notThere() };
      const meetings = await store.findMeetings(trx, reader.lead.id, person.id);
      if (meetings.some(({ state }) => state !== 'planned')) return { replace: views.cannotUndoAdd(person) };
      await endSeries(trx, tools, reader.lead, person, 'lead', reader.now);
      await store.deletePerson(trx, reader.lead.id, person.id);
      return { replace: views.addUndone(person) };
    }),
  );

  doors.click(ids.change, (request) =>
    asLead(tools, request, async ({ trx, reader }) => {
      const person = await store.findPerson(trx, reader.lead.id, request.value);
      if (!person) return { message: refusedPeople.notThere() };
      return person.ended ? { message: views.hasEnded(person) } : { form: forms.personForm({ person }) };
    }),
  );

  doors.form(ids.changeForm, (request) => {
    const reading = forms.readPersonForm(request.values);
    return asLead(tools, request, async ({ trx, reader }) => {
      if (reading.kind === 'refused') return { errors: reading.errors };
      const personId = z.object({ personId: z.string() }).safeParse(request.data).data?.personId ?? '';
      const person = await store.lockPerson(trx, reader.lead.id, personId);
      if (!person || person.ended) return { message: refusedPeople.notThere() };
      const changed = { ...person, ...reading.settings };
      await store.savePerson(trx, ownerOf(reader.lead), changed);
      await replan({ trx, reader }, tools, person, changed);
      return inPlace({
        message: views.changed(changed, person, await next({ trx, reader }, changed), reader),
      });
    });
  });

  doors.click(ids.end, (request) =>
    asLead(tools, request, async (knock) => inPlace(await end(knock, tools, request.value))),
  );

  doors.click(ids.takeUp, async (request) => {
    const [personId = ''] = partsOf(request.value);
    const profile = await request.profile(personId);
    return asLead(tools, request, async (knock) => {
      const { trx, reader } = knock;
      const person = await store.lockPerson(trx, reader.lead.id, personId);
      if (!person) return { replace: refusedPeople.notThere() };
      if (profile.unreachable) return { replace: views.hasLeft(person) };
      if (!person.ended) return { replace: views.takenUp(person, await next(knock, person), reader) };
      const again = withProfile({ ...person, ended: null, since: views.todayOf(reader) }, profile);
      await store.savePerson(trx, ownerOf(reader.lead), again);
      await topUpSeries(trx, tools, reader.lead, again, reader.now);
      return { replace: views.takenUp(again, await next(knock, again), reader) };
    });
  });

  // Slack tells of somebody whose account was closed as of any other change to it.
  doors.event('user_change', (request) => {
    const left = z
      .object({ user: z.object({ id: z.string(), deleted: z.literal(true) }) })
      .safeParse(request.event).data?.user.id;
    if (left === undefined) return Promise.resolve({});
    return request.read(async (trx) => {
      for (const leadId of await store.findLeadsOf(trx, left)) {
        const lead = await tools.findLead(trx, leadId);
        const person = await store.lockPerson(trx, leadId, left);
        if (lead && person && !person.ended) {
          await endSeries(trx, tools, lead, person, 'left', request.now);
        }
      }
      return {};
    });
  });
}

/** `/oneonone add @person …`: Slack is asked who they are before anything is kept. */
export async function addByCommand(
  tools: OneOnOneTools,
  request: Request,
  command: Extract<Command, { kind: 'add' }>,
): Promise<Answer> {
  const profile = await request.profile(command.personId);
  return asLead(tools, request, async (knock) => {
    const trouble = refusedPeople.cannotMeet(profile, knock.reader.lead.id);
    if (trouble) return { message: refusedPeople.nothingChanged(trouble) };
    const before = await store.findPerson(knock.trx, knock.reader.lead.id, profile.id);
    return add(knock, tools, profile, {
      minutes: before?.minutes ?? defaultMinutes,
      leadTime: before?.leadTime ?? 'evening',
      invites: before?.invites ?? false,
      role: command.role ?? before?.role ?? null,
      relation:
        command.role === null && command.relation === 'report' && before ? before.relation : command.relation,
      ...command.rhythm,
    });
  });
}

async function add(
  knock: Knock,
  tools: OneOnOneTools,
  profile: Profile,
  settings: Settings,
): Promise<Answer> {
  const { trx, reader } = knock;
  const { lead, now } = reader;
  const before = await store.lockPerson(trx, lead.id, profile.id);
  const today = views.todayOf(reader);
  const person = withProfile(
    {
      ...settings,
      id: profile.id,
      name: profile.name,
      timeZone: null,
      ended: null,
      since: before && !before.ended ? before.since : today,
    },
    profile,
  );
  await store.savePerson(trx, ownerOf(lead), person);
  if (before && !before.ended) {
    await replan(knock, tools, before, person);
    return { message: views.changed(person, before, await next(knock, person), reader) };
  }
  await planSeries(trx, tools, lead, person, firstAfter(person, localNow(lead, now)), now);
  return { message: views.added(person, await next(knock, person), before !== undefined, reader) };
}

/** A new rhythm starts the series anew; anything else leaves every meeting where it is. */
async function replan(
  { trx, reader }: Knock,
  tools: OneOnOneTools,
  before: Person,
  person: Person,
): Promise<void> {
  const { lead, now } = reader;
  if (before.rule === person.rule && before.time.equals(person.time)) {
    await topUpSeries(trx, tools, lead, person, now);
  } else {
    await planSeries(trx, tools, lead, person, firstAfter(person, localNow(lead, now)), now);
  }
}

export async function end({ trx, reader }: Knock, tools: OneOnOneTools, personId: string): Promise<Answer> {
  const person = await store.lockPerson(trx, reader.lead.id, personId);
  if (!person) return { message: views.notMet(personId) };
  if (person.ended) return { message: views.hasEnded(person) };
  await endSeries(trx, tools, reader.lead, person, 'lead', reader.now);
  return { message: views.ended(person) };
}

const withProfile = (person: Person, profile: Profile): Person => ({
  ...person,
  name: profile.name,
  timeZone: profile.timeZone ?? person.timeZone,
});

async function next({ trx, reader }: Knock, person: Person) {
  const meetings = await store.findMeetings(trx, reader.lead.id, person.id);
  return nextMeeting(meetings, localNow(reader.lead, reader.now));
}
