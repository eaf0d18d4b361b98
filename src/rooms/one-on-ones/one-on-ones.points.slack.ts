// Doors about what to talk about: the lead's points, which are private, and the other one's, which both see.

import type { Tenant } from '../../db/tenancy.ts';
import type { Answer, Doors, Request } from '../../slack/doors.ts';
import { through } from '../../slack/through.ts';
import * as actions from './one-on-ones.actions.ts';
import * as views from './one-on-ones.agenda.views.ts';
import * as forms from './one-on-ones.forms.ts';
import { hasEnded, notThere } from './one-on-ones.people.views.ts';
import { needsKeys } from './one-on-ones.phrases.views.ts';
import * as steps from './one-on-ones.points.steps.ts';
import * as sealed from './one-on-ones.sealed.store.ts';
import * as store from './one-on-ones.store.ts';
import { type OneOnOneStep, type OneOnOneTools, onceWith } from './one-on-ones.tools.ts';
import type { Person } from './one-on-ones.ts';

export function listenForPoints(doors: Doors, tools: OneOnOneTools): void {
  const lead = through<[OneOnOneStep]>(doors, onceWith(tools));

  lead.action(actions.point, async (step, { carried }) => {
    const person = await store.findPerson(step.trx, step.lead.id, carried.personId);
    if (!person) return { message: notThere() };
    if (person.ended) return { message: hasEnded(person) };
    return step.sealer.available ? { form: forms.pointForm(person) } : { message: needsKeys() };
  });
  lead.submission(actions.pointForm, async (step, { values, data: { personId, pointId } }) => {
    const reading = forms.readWords(values);
    if (reading.kind === 'refused') return { errors: reading.errors };
    const person = await store.findPerson(step.trx, step.lead.id, personId);
    if (!person) return { message: notThere() };
    if (pointId === undefined) return putOnAgenda(step, person, reading.words);
    const which = { pointId, authorId: step.lead.id };
    const isChanged = await sealed.changePoint(step, which, reading.words);
    return { message: isChanged ? views.pointChanged(person) : views.pointGone() };
  });
  lead.action(actions.pointMenu, async (step, { carried: { choice, pointId } }) => {
    if (choice === 'remove') {
      const isGone = await sealed.markRemoved(step.trx, { leadId: step.lead.id, pointId }, step.now);
      return { replace: isGone ? views.pointRemoved(pointId) : views.pointGone() };
    }
    const found = await steps.findPoint(step, pointId, step.lead.id);
    return found ? { form: forms.pointForm(found.person, found.point) } : { message: views.pointGone() };
  });

  lead.action(actions.putPointBack, async (step, { carried: { pointId } }) => {
    await sealed.markRemoved(step.trx, { leadId: step.lead.id, pointId }, null);
    const found = await steps.findPoint(step, pointId);
    return { replace: found ? views.pointKept(found.person, found.point.words, pointId) : views.pointGone() };
  });

  const invited = (trx: Tenant, request: Request, which: { leadId: string; meetingId: string }) =>
    steps.findInvitation(tools, trx, request, which);

  doors.action(actions.theirs, (request) =>
    request.once(async (trx) =>
      (await invited(trx, request, request.carried))
        ? { form: forms.theirsForm(request.carried) }
        : { replace: views.invitationOver() },
    ),
  );
  doors.submission(actions.theirsForm, (request) => {
    const reading = forms.readWords(request.values);
    if (reading.kind === 'refused') return Promise.resolve({ errors: reading.errors });
    return request.once(async (trx) => {
      const invitation = await invited(trx, request, request.data);
      if (!invitation) return { replace: views.invitationOver() };
      const { step, person } = invitation;
      const point = { personId: person.id, authorId: person.id, words: reading.words };
      const pointId = await steps.addPoint(step, point);
      return pointId === undefined ? { errors: forms.tooManyOfTheirs } : showTheirs(invitation);
    });
  });
  doors.action(actions.takeBackTheirs, (request) =>
    request.once(async (trx) => {
      const { carried, personId: authorId, now } = request;
      // Their own point, whatever became of the meeting.
      const isGone = await sealed.markRemoved(trx, { ...carried, authorId }, now);
      const invitation = await invited(trx, request, carried);
      if (invitation) return showTheirs(invitation, isGone ? carried.pointId : undefined);
      return { replace: isGone ? views.theirPointRemoved() : views.theirPointGone() };
    }),
  );
  doors.action(actions.putTheirsBack, (request) =>
    request.once(async (trx) => {
      const invitation = await invited(trx, request, request.carried);
      if (!invitation) return { replace: views.invitationOver() };
      await sealed.markRemoved(trx, { ...request.carried, authorId: request.personId }, null);
      return showTheirs(invitation);
    }),
  );
}

export async function putOnAgenda(step: OneOnOneStep, person: Person, words: string): Promise<Answer> {
  if (person.ended) return { message: hasEnded(person) };
  if (!step.sealer.available) return { message: needsKeys() };
  const point = { personId: person.id, authorId: step.lead.id, words };
  const pointId = await steps.addPoint(step, point);
  return {
    message: pointId === undefined ? views.tooManyPoints(person) : views.pointKept(person, words, pointId),
  };
}

/** `removed`: a point of theirs that they have just taken back. */
async function showTheirs({ step, person, meeting }: steps.Invitation, removed?: string): Promise<Answer> {
  const points = await sealed.findOpenPoints(step, person.id, person.id);
  return { replace: views.invitation({ lead: step.lead, person, meeting, points, removed }, step.now) };
}
