// Everything this room keeps of a lead, as they would want it in a file.

import type { ExportedTable } from '../room.ts';
import { findNotes } from './feedback.store.ts';
import { findQuestion, preferenceFor } from './one-on-ones.choose.ts';
import { type Access, findAllPoints, findMeetingWords, findShelf } from './one-on-ones.sealed.store.ts';
import { findMeetings, findPeople } from './one-on-ones.store.ts';
import { rhythmInWords } from './one-on-ones.ts';

export async function exportOneOnOnes(access: Access): Promise<ExportedTable[]> {
  const { leadId } = access.owner;
  const held = await findMeetings(access.trx, leadId);
  const all = (await findPeople(access.trx, leadId)).map((person) => ({
    person,
    meetings: held.filter(({ personId }) => personId === person.id),
  }));
  const names = new Map(all.map(({ person }) => [person.id, person.name]));
  const nameOf = (personId: string): string => names.get(personId) ?? personId;
  const shelf = await findShelf(access);
  const textOf = (questionId: string): string => findQuestion(questionId, shelf)?.text ?? questionId;

  const meetings: ExportedTable['rows'] = [];
  for (const meeting of all.flatMap((one) => one.meetings)) {
    const words = await findMeetingWords(access, meeting.id);
    meetings.push({
      with: nameOf(meeting.personId),
      planned_for: meeting.plannedFor?.toString() ?? null,
      state: meeting.state,
      held_on: meeting.heldOn?.toString() ?? null,
      times_moved: meeting.moved,
      themes: meeting.themes.join(', '),
      questions: [...meeting.replaced, ...meeting.questions].map(textOf).join(' '),
      notes: words.notes || null,
      mood: words.mood ?? null,
      skipped_because: words.skipReason || null,
    });
  }
  const people = all.map(({ person }) => ({
    person: person.name,
    role: person.role,
    relation: person.relation,
    rhythm: rhythmInWords(person),
    minutes: person.minutes,
    reminded: person.leadTime,
    asked_for_points: person.invites,
    time_zone: person.timeZone,
    since: person.since.toString(),
    ended: person.ended?.on.toString() ?? null,
    ended_because: person.ended?.why ?? null,
  }));
  const points = (await findAllPoints(access)).map((point) => ({
    with: nameOf(point.personId),
    by: point.authorId === leadId ? 'you' : nameOf(point.authorId),
    point: point.words,
    added_at: point.addedAt.toString(),
    done: point.closedIn !== null,
    removed_at: point.removedAt?.toString() ?? null,
  }));
  const questionIds = new Set([...shelf.own.map(({ id }) => id), ...shelf.pinned, ...shelf.hidden]);
  const questions = [...questionIds].map((id) => ({
    question: textOf(id),
    theme: findQuestion(id, shelf)?.theme ?? null,
    standing: preferenceFor(id, shelf),
  }));
  const feedback = (await findNotes(access, { evenRemoved: true })).map((note) => ({
    about: note.personName,
    kind: note.tone,
    situation: note.situation,
    behaviour: note.behaviour,
    impact: note.impact,
    next: note.next,
    noted_at: note.notedAt.toString(),
    given_on: note.givenOn?.toString() ?? null,
    removed_at: note.removedAt?.toString() ?? null,
  }));
  return [
    { name: 'people you meet', rows: people },
    { name: 'one-on-ones', rows: meetings },
    { name: 'agenda points', rows: points },
    { name: 'questions', rows: questions },
    { name: 'feedback notes', rows: feedback },
  ];
}
