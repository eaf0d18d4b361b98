// Doors about what to talk about: the lead's points, which are private, and the other one's, which both see.

import { z } from 'zod';
import { needsKeys } from '../../db/sealed.ts';
import { say } from '../../slack/blocks.ts';
import type { Answer, Doors, Request } from '../../slack/doors.ts';
import { asLead, inPlace, type Knock, partsOf, uuid } from './one-on-ones.desk.ts';
import * as forms from './one-on-ones.forms.ts';
import { longestPoint } from './one-on-ones.parse.ts';
import { notThere } from './one-on-ones.people.views.ts';
import * as words from './one-on-ones.sealed.store.ts';
import { ownerOf } from './one-on-ones.steps.ts';
import * as store from './one-on-ones.store.ts';
import type { OneOnOneTools } from './one-on-ones.tools.ts';
import { instantOf, type Meeting, type Person } from './one-on-ones.ts';
import * as views from './one-on-ones.views.ts';

const { ids } = views;

/** More open points with one person than anybody gets through. */
const mostPoints = 30;

export function listenForPoints(doors: Doors, tools: OneOnOneTools): void {
  doors.click(ids.point, (request) =>
    asLead(tools, request, async ({ trx, reader }) => {
      const [personId = ''] = partsOf(request.value);
      const person = await store.findPerson(trx, reader.lead.id, personId);
      if (!person) return { message: notThere() };
      if (person.ended) return { message: views.hasEnded(person) };
      return tools.sealer.available ? { form: forms.pointForm(person) } : { message: say(needsKeys) };
    }),
  );

  doors.form(ids.pointForm, (request) =>
    asLead(tools, request, async (knock) => {
      const data = z
        .object({ personId: z.string(), pointId: z.string().optional() })
        .safeParse(request.data).data;
      const text = request.values.text(forms.fields.words);
      const trouble = wordsTrouble(text);
      if (trouble) return { errors: { [forms.fields.words]: trouble } };
      const { trx, reader } = knock;
      const person = await store.findPerson(trx, reader.lead.id, data?.personId ?? '');
      if (!person) return { message: notThere() };
      if (data?.pointId === undefined) return addPoint(knock, tools, person, text);
      const which = { pointId: uuid(data.pointId), authorId: reader.lead.id };
      const isChanged = await words.changePoint(trx, tools.sealer, ownerOf(reader.lead), which, text);
      return { message: isChanged ? views.pointChanged(person) : views.pointGone() };
    }),
  );

  doors.click(ids.pointMenu, (request) =>
    asLead(tools, request, async ({ trx, reader }) => {
      const [choice, id] = partsOf(request.value);
      const pointId = uuid(id);
      if (choice === 'remove') {
        const isGone = await words.deletePoint(trx, reader.lead.id, pointId);
        return { replace: isGone ? views.pointRemoved() : views.pointGone() };
      }
      const found = await findOwnPoint({ trx, reader }, tools, pointId);
      return found ? { form: forms.pointForm(found.person, found.point) } : { message: views.pointGone() };
    }),
  );

  doors.click(ids.theirs, async (request) => {
    const [leadId = '', meetingId] = partsOf(request.value);
    return asOther(tools, request, leadId, uuid(meetingId), async () => ({
      form: forms.theirsForm({ leadId, meetingId: uuid(meetingId) }),
    }));
  });

  doors.form(ids.theirsForm, (request) => {
    const data = z.object({ leadId: z.string(), meetingId: z.string() }).safeParse(request.data).data;
    const text = request.values.text(forms.fields.words);
    const trouble = wordsTrouble(text);
    if (trouble) return Promise.resolve({ errors: { [forms.fields.words]: trouble } });
    return asOther(tools, request, data?.leadId ?? '', uuid(data?.meetingId), async (visit) => {
      const { trx, owner, person } = visit;
      const open = await words.findOpenPoints(trx, tools.sealer, owner, person.id, person.id);
      if (open.length >= mostPoints) {
        return {
          errors: { [forms.fields.words]: `${mostPoints} points are open already. Take one back first.` },
        };
      }
      const point = { personId: person.id, authorId: person.id, words: text };
      await words.addPoint(trx, tools.sealer, owner, point, request.now);
      return showTheirs(tools, visit, request.now);
    });
  });

  doors.click(ids.takeBackTheirs, async (request) => {
    const [leadId = '', pointId, meetingId] = partsOf(request.value);
    return request.once(async (trx) => {
      // Their own point, whatever became of the meeting.
      const isGone = await words.deletePoint(trx, leadId, uuid(pointId), request.personId);
      const visit = await findVisit(trx, tools, request, leadId, uuid(meetingId));
      if (visit) return showTheirs(tools, visit, request.now);
      return { replace: isGone ? views.pointRemoved() : views.theirPointGone() };
    });
  });
}

const wordsTrouble = (text: string): string | undefined => {
  if (text === '') return 'Say what it is about.';
  return [...text].length > longestPoint ? `${longestPoint} characters at the most, please.` : undefined;
};

export async function addPoint(
  { trx, reader }: Knock,
  tools: OneOnOneTools,
  person: Person,
  text: string,
): Promise<Answer> {
  if (person.ended) return { message: views.hasEnded(person) };
  if (!tools.sealer.available) return { message: say(needsKeys) };
  const owner = ownerOf(reader.lead);
  const open = await words.findOpenPoints(trx, tools.sealer, owner, person.id);
  if (open.length >= mostPoints) return { message: views.tooManyPoints(person, mostPoints) };
  const point = { personId: person.id, authorId: reader.lead.id, words: text };
  const pointId = await words.addPoint(trx, tools.sealer, owner, point, reader.now);
  return { message: views.pointKept(person, text, pointId) };
}

async function findOwnPoint({ trx, reader }: Knock, tools: OneOnOneTools, pointId: string) {
  const owner = ownerOf(reader.lead);
  for (const person of await store.findPeople(trx, reader.lead.id)) {
    const points = await words.findOpenPoints(trx, tools.sealer, owner, person.id, reader.lead.id);
    const point = points.find(({ id }) => id === pointId);
    if (point) return { person, point };
  }
  return undefined;
}

interface Visit {
  trx: Knock['trx'];
  owner: ReturnType<typeof ownerOf>;
  lead: Knock['reader']['lead'];
  person: Person;
  meeting: Meeting;
}

async function showTheirs(tools: OneOnOneTools, visit: Visit, now: Temporal.Instant): Promise<Answer> {
  const { trx, owner, lead, person, meeting } = visit;
  const points = await words.findOpenPoints(trx, tools.sealer, owner, person.id, person.id);
  return inPlace({ message: views.invitation({ lead, person, meeting, points }, now) });
}

/**
 * For the one person who may: whoever knocks must be the one whom that lead meets, at a meeting still to come, with
 * invitations on. They are no lead and become none, and see nothing but that meeting's time and their own points.
 */
const asOther = (
  tools: OneOnOneTools,
  request: Request,
  leadId: string,
  meetingId: string,
  work: (visit: Visit) => Promise<Answer>,
): Promise<Answer> =>
  request.once(async (trx) => {
    const visit = await findVisit(trx, tools, request, leadId, meetingId);
    return visit ? work(visit) : { replace: views.invitationOver() };
  });

/** Undefined for everybody else, and once the invitation is over. */
async function findVisit(
  trx: Knock['trx'],
  tools: OneOnOneTools,
  request: Request,
  leadId: string,
  meetingId: string,
): Promise<Visit | undefined> {
  const lead = await tools.findLead(trx, leadId);
  const person = lead && (await store.findPerson(trx, leadId, request.personId));
  const meeting = person && (await store.findMeeting(trx, leadId, meetingId));
  const isOpen =
    lead &&
    person &&
    !person.ended &&
    person.invites &&
    tools.sealer.available &&
    meeting?.personId === person.id &&
    meeting.state === 'planned' &&
    meeting.plannedFor !== null &&
    Temporal.Instant.compare(instantOf(meeting.plannedFor, lead), request.now) > 0;
  return isOpen ? { trx, owner: ownerOf(lead), lead, person, meeting } : undefined;
}
