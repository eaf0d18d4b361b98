// Doors about whom a lead meets: adding, changing, ending, and taking up again.

import { type Answer, type Doors, inPlace } from '../../slack/doors.ts';
import type { Profile } from '../../slack/people.ts';
import { through } from '../../slack/through.ts';
import * as actions from './one-on-ones.actions.ts';
import type { Command } from './one-on-ones.parse.ts';
import * as forms from './one-on-ones.people.forms.ts';
import * as steps from './one-on-ones.people.steps.ts';
import * as views from './one-on-ones.people.views.ts';
import { endSeries } from './one-on-ones.series.steps.ts';
import * as store from './one-on-ones.store.ts';
import { inOneStep, type OneOnOneStep, type OneOnOneTools, onceWith } from './one-on-ones.tools.ts';
import type { Settings } from './one-on-ones.ts';

export function listenForPeople(doors: Doors, tools: OneOnOneTools): void {
  const lead = through<[OneOnOneStep]>(doors, onceWith(tools));

  lead.action(actions.add, async (_step, { carried }) => ({ form: forms.addForm(carried.personId) }));

  doors.submission(
    actions.addForm,
    tools.leads.asLead(async (request) => {
      const reading = forms.readAddForm(request.values);
      if (reading.kind === 'refused') return { errors: reading.errors };
      const profile = await request.profile(reading.personId);
      const trouble = views.cannotMeet(profile, request.lead.id);
      if (trouble) return { errors: { [forms.fields.person]: trouble } };
      return inOneStep(tools, request, async (step) => inPlace(await add(step, profile, reading.settings)));
    }),
  );

  lead.action(actions.undoAdd, async (step, { carried }) => {
    const person = await store.lockPerson(step.trx, step.lead.id, carried.personId);
    if (!person) return { replace: views.notThere() };
    const isUndone = await steps.undoAdding(step, person);
    return { replace: isUndone ? views.addUndone(person) : views.cannotUndoAdd(person) };
  });

  lead.action(actions.change, async ({ trx, lead }, { carried }) => {
    const person = await store.findPerson(trx, lead.id, carried.personId);
    if (!person) return { message: views.notThere() };
    return person.ended ? { message: views.hasEnded(person) } : { form: forms.changeForm(person) };
  });

  lead.submission(actions.changeForm, async (step, { values, data }) => {
    const reading = forms.readSettings(values);
    if (reading.kind === 'refused') return { errors: reading.errors };
    const person = await store.lockPerson(step.trx, step.lead.id, data.personId);
    if (!person || person.ended) return { message: views.notThere() };
    return {
      replace: views.changed(await steps.changePerson(step, person, reading.settings), person, step),
    };
  });

  lead.action(actions.end, async (step, { carried }) => inPlace(await end(step, carried.personId)));

  doors.action(
    actions.takeUp,
    tools.leads.asLead(async (request) => {
      const profile = await request.profile(request.carried.personId);
      return inOneStep(tools, request, async (step) => {
        const person = await store.lockPerson(step.trx, step.lead.id, profile.id);
        if (!person) return { replace: views.notThere() };
        if (profile.unreachable) return { replace: views.hasLeft(person) };
        return { replace: views.takenUp(await steps.takeUpAgain(step, person, profile), step) };
      });
    }),
  );
}

/** `/oneonone add @person …` */
export async function addSaid(
  step: OneOnOneStep,
  profile: Profile,
  said: Extract<Command, { kind: 'add' }>,
): Promise<Answer> {
  const trouble = views.cannotMeet(profile, step.lead.id);
  if (trouble) return { message: views.nothingChanged(trouble) };
  return add(step, profile, await steps.settingsSaid(step, profile.id, { ...said, ...said.rhythm }));
}

async function add(step: OneOnOneStep, profile: Profile, settings: Settings): Promise<Answer> {
  const { before, ...arranged } = await steps.addPerson(step, profile, settings);
  return {
    message:
      before && !before.ended
        ? views.changed(arranged, before, step)
        : views.added(arranged, before !== undefined, step),
  };
}

export async function end(step: OneOnOneStep, personId: string): Promise<Answer> {
  const person = await store.lockPerson(step.trx, step.lead.id, personId);
  if (!person) return { message: views.notMet(personId) };
  if (person.ended) return { message: views.hasEnded(person) };
  await endSeries(step, person, 'lead');
  return { message: views.ended(person) };
}
