// Which questions come with each meeting: chosen ahead, replaced when the lead asks for others.

import { localDay } from '../../time/days.ts';
import {
  chooseQuestions,
  momentOf,
  mostOwnQuestions,
  type Preference,
  resting,
  type Shelf,
} from './one-on-ones.choose.ts';
import { questionLibrary, type Theme } from './one-on-ones.questions.ts';
import * as sealed from './one-on-ones.sealed.store.ts';
import * as store from './one-on-ones.store.ts';
import type { OneOnOneStep } from './one-on-ones.tools.ts';
import {
  isToCome,
  localNow,
  type Meeting,
  type Person,
  type Replanned,
  reminderInTime,
  themesSpokenOf,
} from './one-on-ones.ts';

/** For every meeting of a series whose reminder has not gone out, or that has none. */
export async function chooseAhead(
  step: OneOnOneStep,
  person: Person,
  series: readonly Replanned[],
): Promise<void> {
  const { trx, lead, now } = step;
  const shelf = await sealed.findShelf(step);
  const meetings = await store.findMeetings(trx, lead.id, person.id);
  for (const { meeting, wasFor } of series) {
    const wasShown = wasFor && !reminderInTime(wasFor, person.leadTime, lead, now);
    if (meeting.questions.length > 0 && wasShown) continue;
    const questions = await choose(step, person, { ...meeting, questions: [] }, { meetings, shelf });
    // What is chosen for one rests for the next.
    const known = meetings.find(({ id }) => id === meeting.id);
    if (!known || known.questions.join() === questions.join()) continue;
    known.questions = questions;
    await store.updateMeeting(trx, lead.id, meeting.id, { questions });
  }
}

/** Three others for a meeting; the ones it had rest as if they had been asked. Empty: the library has no more. */
export async function chooseOthers(step: OneOnOneStep, person: Person, meeting: Meeting): Promise<string[]> {
  const meetings = await store.findMeetings(step.trx, step.lead.id, person.id);
  const others = await choose(step, person, meeting, { meetings, shelf: await sealed.findShelf(step) });
  if (others.length === 0) return [];
  await store.updateMeeting(step.trx, step.lead.id, meeting.id, {
    questions: others,
    replaced: [...meeting.replaced, ...meeting.questions],
  });
  return others;
}

/** What the lead thinks of a question; `remove` throws away one of their own. Its theme, undefined when there is none. */
export async function changeQuestion(
  step: OneOnOneStep,
  questionId: string,
  to: Preference | 'remove',
): Promise<Theme | undefined> {
  const { own } = await sealed.findShelf(step);
  const question = [...questionLibrary, ...own].find(({ id }) => id === questionId);
  if (!question) return undefined;
  if (to === 'remove') await sealed.deleteQuestion(step.trx, step.lead.id, questionId);
  else await sealed.savePreference(step.trx, step.owner, questionId, to);
  await chooseAgain(step);
  return question.theme;
}

/** False: they have too many of their own already. */
export async function addQuestion(
  step: OneOnOneStep,
  question: { theme: Theme; text: string },
): Promise<boolean> {
  const { own } = await sealed.findShelf(step);
  if (own.length >= mostOwnQuestions) return false;
  await sealed.addQuestion(step, question);
  await chooseAgain(step);
  return true;
}

/** The questions of every meeting to come that the lead has not been shown yet are chosen afresh. */
async function chooseAgain(step: OneOnOneStep): Promise<void> {
  const local = localNow(step);
  for (const person of await store.findPeople(step.trx, step.lead.id)) {
    if (person.ended) continue;
    const meetings = await store.findMeetings(step.trx, step.lead.id, person.id);
    const series = meetings
      .filter((meeting) => isToCome(meeting, local))
      .map((meeting) => ({ meeting, wasFor: meeting.plannedFor }));
    await chooseAhead(step, person, series);
  }
}

async function choose(
  step: OneOnOneStep,
  person: Person,
  meeting: Meeting,
  { meetings, shelf }: { meetings: readonly Meeting[]; shelf: Shelf },
): Promise<string[]> {
  const { lead, now } = step;
  const on = meeting.plannedFor?.toPlainDate() ?? localDay(now, lead.timeZone);
  const earlier = meetings.slice(
    0,
    meetings.findIndex(({ id }) => id === meeting.id),
  );
  const lastOne = earlier.findLast(({ state }) => state === 'held');
  const mood = lastOne && (await sealed.findMeetingWords(step, lastOne.id)).mood;
  return chooseQuestions({
    person,
    shelf,
    moment: momentOf(person, earlier, on, mood),
    resting: resting(meeting, earlier),
    spokenOf: themesSpokenOf(earlier),
    on,
    // The same for the same meeting, however often it is looked at, and another for the next.
    seed: `${lead.id} ${person.id} ${earlier.length}`,
  });
}
