// What all doors of this room share: the lead who knocked, a transaction that counts once, and what a page shows.

import { z } from 'zod';
import type { Tenant } from '../../db/tenancy.ts';
import type { Answer, Request } from '../../slack/doors.ts';
import { publicHoliday } from '../../time/holidays.ts';
import { findNotes } from './feedback.store.ts';
import { findQuestion } from './one-on-ones.choose.ts';
import { offerTimes } from './one-on-ones.offers.ts';
import * as words from './one-on-ones.sealed.store.ts';
import { localNow, ownerOf } from './one-on-ones.steps.ts';
import * as store from './one-on-ones.store.ts';
import type { OneOnOneTools } from './one-on-ones.tools.ts';
import { instantOf, lastHeld, type Meeting, type Person } from './one-on-ones.ts';
import * as views from './one-on-ones.views.ts';

export interface Knock {
  trx: Tenant;
  reader: views.Reader;
}

/** Runs `work` once, as the lead who knocked; made a lead on the spot when they are new. */
export async function asLead(
  tools: OneOnOneTools,
  request: Request,
  work: (knock: Knock) => Promise<Answer>,
): Promise<Answer> {
  const { lead, note } = await tools.leads.meet(request);
  const answer = await request.once((trx) => work({ trx, reader: { lead, now: request.now } }));
  if (!answer.message || note.length === 0) return answer;
  return {
    ...answer,
    message: { ...answer.message, blocks: [...answer.message.blocks.slice(0, 47), ...note] },
  };
}

/** The answer to a click takes the clicked message's place, so that its buttons don't mislead any more. */
export const inPlace = ({ message, ...rest }: Answer): Answer => ({
  ...rest,
  ...(message && { replace: message }),
});

/** The parts of a value that came back with a click: ids joined by commas. */
export const partsOf = (value: string): string[] => value.split(',').map((part) => part.trim());

/** An id that came back from Slack; one that is none finds nothing. */
export const uuid = (text: string | undefined): string =>
  z.uuid().safeParse(text).data ?? '00000000-0000-0000-0000-000000000000';

/** Undefined unless it is a local moment as we write them. */
export const localMoment = (text: string | undefined): Temporal.PlainDateTime | undefined =>
  text !== undefined && /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d)T([01]\d|2[0-3]):[0-5]\d$/.test(text)
    ? Temporal.PlainDateTime.from(text)
    : undefined;

/** Marks the prompt as answered that a click came from; there may be none. */
export async function answered(
  trx: Tenant,
  tools: OneOnOneTools,
  deliveryId: string | undefined,
  answer: string,
  now: Temporal.Instant,
): Promise<void> {
  if (deliveryId) await tools.prompts.answer(trx, uuid(deliveryId), answer, now);
}

export async function findPage(
  trx: Tenant,
  tools: OneOnOneTools,
  person: Person,
  reader: views.Reader,
): Promise<views.Page> {
  const owner = ownerOf(reader.lead);
  return {
    person,
    meetings: await store.findMeetings(trx, owner.leadId, person.id),
    promises: await tools.commitments.openBetween(trx, owner.leadId, person.id),
    points: await words.findOpenPoints(trx, tools.sealer, owner, person.id),
    held: await tools.heldBy(trx, owner, person.id, reader.now),
    feedback: await findNotes(trx, tools.sealer, owner, { personId: person.id, onlyToGive: true }),
  };
}

/** What the lead is told when a meeting is near. */
export async function findPreparation(
  trx: Tenant,
  tools: OneOnOneTools,
  person: Person,
  meeting: Meeting,
  reader: views.Reader,
): Promise<views.Preparation> {
  const { meetings, ...page } = await findPage(trx, tools, person, reader);
  const shelf = await words.findShelf(trx, tools.sealer, ownerOf(reader.lead));
  const day = meeting.plannedFor?.toPlainDate();
  return {
    ...page,
    meeting,
    last: lastHeld(meetings),
    questions: meeting.questions.flatMap((id) => findQuestion(id, shelf) ?? []),
    holiday: day && publicHoliday(reader.lead.holidayRegion, day),
  };
}

export async function findStandings(trx: Tenant, leadId: string): Promise<views.Standing[]> {
  const people = await store.findPeople(trx, leadId);
  const meetings = await store.findMeetings(trx, leadId);
  return people.map((person) => ({
    person,
    meetings: meetings.filter(({ personId }) => personId === person.id),
  }));
}

/** Times for the next meeting with somebody, clear of the lead's other 1:1s. */
export async function findOffers(trx: Tenant, person: Person, reader: views.Reader): Promise<views.Offers> {
  const { lead, now } = reader;
  const standings = await findStandings(trx, lead.id);
  const meetings = standings.find((one) => one.person.id === person.id)?.meetings ?? [];
  const last = lastHeld(meetings) ?? person.since;
  return {
    person,
    days: Math.max(1, last.until(views.todayOf(reader)).days),
    times: offerTimes({
      lead,
      otherZone: person.timeZone,
      minutes: person.minutes,
      now,
      taken: standings
        .filter((one) => one.person.id !== person.id && !one.person.ended)
        .flatMap((one) =>
          one.meetings.flatMap(({ state, plannedFor }) =>
            state === 'planned' && plannedFor
              ? [{ at: instantOf(plannedFor, lead), minutes: one.person.minutes }]
              : [],
          ),
        ),
    }),
  };
}

export const localOf = ({ lead, now }: views.Reader): Temporal.PlainDateTime => localNow(lead, now);
