// What a page or a message shows, gathered from everything that is kept.

import { publicHoliday } from '../../time/holidays.ts';
import { findNotes } from './feedback.store.ts';
import type { Agenda, Preparation } from './one-on-ones.agenda.views.ts';
import { findQuestion } from './one-on-ones.choose.ts';
import type { HeldFormAbout } from './one-on-ones.held.forms.ts';
import type { Offers } from './one-on-ones.meetings.views.ts';
import { offerTimes } from './one-on-ones.offers.ts';
import type { Noted, Page, Series } from './one-on-ones.pages.views.ts';
import { furthestBackDays } from './one-on-ones.parse.ts';
import * as sealed from './one-on-ones.sealed.store.ts';
import * as store from './one-on-ones.store.ts';
import type { OneOnOneStep } from './one-on-ones.tools.ts';
import { instantOf, lastMet, localNow, type Meeting, nextMeeting, type Person } from './one-on-ones.ts';

/** What it takes to look, and to know what was logged. */
type Looking = Pick<OneOnOneStep, 'trx' | 'lead' | 'time'>;

/** Everybody the lead meets or met, and when a 1:1 with them was last logged. */
export async function findPeopleMet({ trx, lead, time }: Looking): Promise<Person[]> {
  const people = await store.findPeople(trx, lead.id);
  if (people.length === 0) return [];
  const logged = await time.lastLogged(trx, lead);
  return people.map((person) => ({ ...person, lastLogged: logged.get(person.id) }));
}

/** Everybody the lead meets or met, with their meetings. */
export async function findAllSeries(step: Looking): Promise<Series[]> {
  const { trx, lead } = step;
  const meetings = await store.findMeetings(trx, lead.id);
  return (await findPeopleMet(step)).map((person) => ({
    person,
    meetings: meetings.filter(({ personId }) => personId === person.id),
  }));
}

export const findPage = async (step: OneOnOneStep, person: Person): Promise<Page> => ({
  person,
  meetings: await store.findMeetings(step.trx, step.lead.id, person.id),
  ...(await findAgenda(step, person)),
});

/** What is open between the two. */
async function findAgenda(step: OneOnOneStep, person: Person): Promise<Agenda> {
  const { trx, lead, owner } = step;
  return {
    promises: await step.commitments.openBetween(trx, lead.id, person.id),
    points: await sealed.findOpenPoints(step, person.id),
    delegated: await step.delegatedTo(trx, owner, person.id),
    feedback: await findNotes(step, { personId: person.id, onlyToGive: true }),
  };
}

/** What the lead is told when a meeting is near. */
export async function findPreparation(
  step: OneOnOneStep,
  person: Person,
  meeting: Meeting,
): Promise<Preparation> {
  const { meetings, ...page } = await findPage(step, person);
  const shelf = await sealed.findShelf(step);
  const day = meeting.plannedFor?.toPlainDate();
  return {
    ...page,
    meeting,
    last: lastMet({ lastLogged: (await step.time.lastLogged(step.trx, step.lead)).get(person.id) }, meetings),
    questions: meeting.questions.flatMap((id) => findQuestion(id, shelf) ?? []),
    holiday: day && publicHoliday(step.lead.holidayRegion, day),
  };
}

/** What was written down about every meeting that was, newest first. */
export async function findNoted(step: OneOnOneStep, person: Person): Promise<Noted[]> {
  const meetings = await store.findMeetings(step.trx, step.lead.id, person.id);
  const noted: Noted[] = [];
  for (const meeting of meetings.filter(({ state }) => state !== 'planned').toReversed()) {
    noted.push({ meeting, words: await sealed.findMeetingWords(step, meeting.id) });
  }
  return noted;
}

/** Times for the next meeting with somebody, clear of the lead's other 1:1s. */
export async function findOffers(step: OneOnOneStep, { id }: Person): Promise<Offers> {
  const { lead, now } = step;
  const all = await findAllSeries(step);
  const person = all.find((one) => one.person.id === id)!.person;
  const meetings = all.find((one) => one.person.id === person.id)?.meetings ?? [];
  const last = lastMet(person, meetings) ?? person.since;
  const taken = all
    .filter((one) => one.person.id !== person.id && !one.person.ended)
    .flatMap((one) =>
      one.meetings.flatMap(({ state, plannedFor }) =>
        state === 'planned' && plannedFor
          ? [{ at: instantOf(plannedFor, lead), minutes: one.person.minutes }]
          : [],
      ),
    );
  return {
    person,
    days: Math.max(1, last.until(localNow({ lead, now }).toPlainDate()).days),
    times: offerTimes({ lead, otherZone: person.timeZone, minutes: person.minutes, now, taken }),
  };
}

/** The form for what came of a meeting, filled in as far as it is known. */
export async function findHeldForm(
  step: OneOnOneStep,
  about: Pick<HeldFormAbout, 'person' | 'meeting'> & {
    day?: HeldFormAbout['day'] | undefined;
    words?: HeldFormAbout['words'];
    deliveryId?: HeldFormAbout['deliveryId'];
  },
): Promise<HeldFormAbout> {
  const { trx, lead } = step;
  const { person, meeting, words, deliveryId } = about;
  const { points, ...open } = await findAgenda(step, person);
  const local = localNow(step);
  const today = local.toPlainDate();
  const planned = meeting?.plannedFor?.toPlainDate() ?? today;
  // Recorded early, or so late that the form would refuse its own suggestion.
  const isUsable =
    Temporal.PlainDate.compare(planned, today) <= 0 && planned.until(today).days <= furthestBackDays;
  const day = about.day ?? meeting?.heldOn ?? (isUsable ? planned : today);
  const next = nextMeeting(await store.findMeetings(trx, lead.id, person.id), local);
  const after = next?.id === meeting?.id ? undefined : next;
  return {
    lead,
    person,
    meeting,
    day,
    points,
    open,
    logged: words ? 0 : await step.time.loggedWith(trx, lead, person.id, day),
    words,
    promisesDue: after?.plannedFor?.toPlainDate() ?? today.add({ weeks: 2 }),
    canSeal: step.sealer.available,
    deliveryId,
  };
}
