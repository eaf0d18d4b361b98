// What becomes of one meeting: kept, moved, skipped, or any of these taken back. The series follows.

import type { Added, Draft, Taker } from '../commitments/commitments.ts';
import { findNote, findNotes, saveGiven } from './feedback.store.ts';
import type { Kept, Unticked } from './one-on-ones.meetings.views.ts';
import * as sealed from './one-on-ones.sealed.store.ts';
import { planAfter, planSeries, topUpSeries, unplan } from './one-on-ones.series.steps.ts';
import * as store from './one-on-ones.store.ts';
import type { OneOnOneStep } from './one-on-ones.tools.ts';
import { localNow, type Meeting, nextMeeting, type Outcome, type Person } from './one-on-ones.ts';

/** A meeting, whom it is with, and the prompt that was answered by what is done with it. */
export interface Found {
  person: Person;
  meeting: Meeting;
  deliveryId?: string | undefined;
}

/** A meeting and whom it is with; the person's series is this transaction's until it ends. */
export async function lockMeeting(
  { trx, lead }: OneOnOneStep,
  meetingId: string,
): Promise<Found | undefined> {
  const known = await store.findMeeting(trx, lead.id, meetingId);
  const person = known && (await store.lockPerson(trx, lead.id, known.personId));
  // Read again behind the lock: another request may have settled it while this one waited.
  const meeting = person && (await store.findMeeting(trx, lead.id, meetingId));
  return person && meeting ? { person, meeting } : undefined;
}

/** The next planned meeting, which there always is for somebody the lead meets. */
export async function nextWith(step: OneOnOneStep, person: Person): Promise<Meeting> {
  const find = async () =>
    nextMeeting(await store.findMeetings(step.trx, step.lead.id, person.id), localNow(step));
  const planned = await find();
  if (planned) return planned;
  await topUpSeries(step, person);
  const made = await find();
  if (!made) throw new Error('A series that was just planned has a next meeting');
  return made;
}

/** The prompt that a click came from asks no more; there may be none. */
export async function answerPrompt(
  { trx, lead, prompts, now }: OneOnOneStep,
  deliveryId: string | undefined,
  answer: string,
): Promise<void> {
  if (deliveryId !== undefined) await prompts.answer(trx, { leadId: lead.id, deliveryId }, answer, now);
}

export async function moveMeeting(
  step: OneOnOneStep,
  { person, meeting, deliveryId }: Found,
  to: Temporal.PlainDateTime,
): Promise<void> {
  await store.updateMeeting(step.trx, step.lead.id, meeting.id, { moved: meeting.moved + 1 });
  await planSeries(step, person, to, meeting.id);
  await answerPrompt(step, deliveryId, 'moved');
}

export async function moveBack(
  step: OneOnOneStep,
  { person, meeting }: Found,
  to: Temporal.PlainDateTime,
): Promise<void> {
  const moved = Math.max(0, meeting.moved - 1);
  await store.updateMeeting(step.trx, step.lead.id, meeting.id, { moved });
  await goOnFrom(step, person, { id: meeting.id, plannedFor: to });
}

/** `why` undefined: not known yet. The next meeting, if there is one. */
export async function skipMeeting(
  step: OneOnOneStep,
  { person, meeting, deliveryId }: Found,
  why: string | undefined,
): Promise<Meeting | undefined> {
  const { trx, lead } = step;
  await unplan(step, meeting.id);
  await store.updateMeeting(trx, lead.id, meeting.id, { state: 'skipped' });
  if (why !== undefined && step.sealer.available) {
    await sealed.saveMeetingWords(step, meeting.id, { skipReason: why });
  }
  // What follows is planned from it already, or was moved since.
  await topUpSeries(step, person);
  await answerPrompt(step, deliveryId, 'skipped');
  return nextMeeting(await store.findMeetings(trx, lead.id, person.id), localNow(step));
}

export async function undoSkip(step: OneOnOneStep, found: Found): Promise<void> {
  await sealed.saveMeetingWords(step, found.meeting.id, { skipReason: '' });
  await reopen(step, found);
}

/** Whether a 1:1 of that day was kept with them that was never planned. */
export const isKeptUnplanned = async (
  { trx, lead }: OneOnOneStep,
  { id }: Person,
  day: Temporal.PlainDate,
): Promise<boolean> =>
  (await store.findMeetings(trx, lead.id, id)).some(
    ({ state, plannedFor, heldOn }) => state === 'held' && plannedFor === null && heldOn?.equals(day),
  );

/** What was kept; or why not, which is always a promise that the commitments cannot take. */
type Keeping = { kind: 'kept'; kept: Kept } | Extract<Added, { kind: 'refused' }>;

/**
 * Keeps what came of a meeting, or changes it where it was kept before. `meeting` undefined: it was never planned.
 * Promises come first, since they alone can be refused.
 */
export async function keepMeeting(
  step: OneOnOneStep,
  { person, meeting: known, deliveryId }: Omit<Found, 'meeting'> & { meeting: Meeting | undefined },
  outcome: Outcome,
  takers: Takers,
): Promise<Keeping> {
  const { trx, lead, owner, now } = step;
  const { day, minutes, themes, notes, mood, points, settled } = outcome;
  if (outcome.promises.length > 0) {
    const source = {
      kind: 'one-on-one',
      id: `${lead.id} ${person.id}`,
      words: `the 1:1 of <@${lead.id}> and <@${person.id}>`,
    } as const;
    const added = await step.commitments.add(trx, owner, source, draftsOf(outcome.promises, takers), now);
    if (added.kind === 'refused') return added;
  }
  const isEdit = known?.state === 'held';
  const unplanned = { personId: person.id, plannedFor: null, state: 'held', heldOn: day } as const;
  const meeting = known ?? (await store.addMeeting(trx, owner, unplanned));
  const time =
    isEdit || minutes === undefined
      ? undefined
      : await step.time.log(trx, lead, { personId: person.id, day, minutes }, now);
  await store.updateMeeting(trx, lead.id, meeting.id, {
    state: 'held',
    heldOn: day,
    themes,
    ...(time?.kind === 'logged' && { timeBatchId: time.batchId }),
  });
  if (step.sealer.available) {
    await sealed.saveMeetingWords(step, meeting.id, { notes, mood: mood ?? '' });
  }
  if (points.length > 0) await sealed.closePoints(trx, lead.id, meeting.id, points);
  const behind = await settle(step, { person, meeting }, settled, day);
  if (meeting.plannedFor && !isEdit) await goOnAfter(step, person, meeting, day);
  else await topUpSeries(step, person);
  await answerPrompt(step, deliveryId, 'held');
  const kept: Kept = {
    meeting: { ...meeting, state: 'held', heldOn: day },
    promises: outcome.promises.length,
    points: points.length,
    settled: behind,
    logged: time?.kind === 'logged' ? (minutes ?? 0) : 0,
    notLogged:
      time?.kind === 'refused' ? time.why : time?.kind === 'logged-before' ? 'logged-before' : undefined,
    next: nextMeeting(await store.findMeetings(trx, lead.id, person.id), localNow(step)),
  };
  return { kind: 'kept', kept };
}

/** What was ticked as behind them, of what is open between the two; how many of each. */
async function settle(
  step: OneOnOneStep,
  { person, meeting }: Found,
  ticked: Outcome['settled'],
  day: Temporal.PlainDate,
): Promise<Record<keyof Outcome['settled'], number>> {
  const { trx, lead, owner, now } = step;
  const idsOf = (open: readonly { id: string }[], which: readonly string[]) =>
    open.flatMap(({ id }) => (which.includes(id) ? [id] : []));
  const promises = idsOf(await step.commitments.openBetween(trx, lead.id, person.id), ticked.promises);
  for (const id of promises) await step.commitments.done(trx, id, { by: lead.id, now });
  const delegated = idsOf(await step.delegatedTo(trx, owner, person.id), ticked.delegated);
  for (const id of delegated) await step.delegatedDone(step, id);
  const feedback = idsOf(await findNotes(step, { personId: person.id, onlyToGive: true }), ticked.feedback);
  for (const id of feedback) await saveGiven(trx, lead.id, id, day);
  const ticksOf = (kind: store.Tick['kind'], ids: readonly string[]) =>
    ids.map((id): store.Tick => ({ kind, id, at: now }));
  await store.saveTicks(trx, owner, meeting.id, [
    ...ticksOf('promise', promises),
    ...ticksOf('delegation', delegated),
    ...ticksOf('feedback', feedback),
  ]);
  return { promises: promises.length, delegated: delegated.length, feedback: feedback.length };
}

/** The two who may have promised something. */
interface Takers {
  lead: Taker;
  person: Taker;
}

/** The promises as the commitments' room takes them, each with the other one on its other side. */
const draftsOf = (promises: Outcome['promises'], { lead, person }: Takers): Draft[] =>
  promises.map(({ what, whose, by }) => ({
    what,
    due: by,
    owner: whose === 'lead' ? lead : person,
    withId: whose === 'lead' ? person.id : lead.id,
  }));

/** After a planned meeting took place: what nobody spoke of before it is passed over, and the series goes on. */
async function goOnAfter(
  step: OneOnOneStep,
  person: Person,
  meeting: Meeting,
  day: Temporal.PlainDate,
): Promise<void> {
  const { trx, lead } = step;
  const planned = meeting.plannedFor!;
  await unplan(step, meeting.id);
  for (const other of await store.findMeetings(trx, lead.id, person.id)) {
    const isPassedOver =
      other.state === 'planned' &&
      other.plannedFor !== null &&
      Temporal.PlainDateTime.compare(other.plannedFor, planned) < 0;
    if (!isPassedOver) continue;
    await unplan(step, other.id);
    await store.updateMeeting(trx, lead.id, other.id, { state: 'lapsed' });
  }
  // On its day: what follows is planned from there already, or was moved since.
  if (person.ended || day.equals(planned.toPlainDate())) await topUpSeries(step, person);
  else await planAfter(step, person, day.toPlainDateTime(planned.toPlainTime()));
}

/** The notes of it go, the time logged with it, and what was ticked in its form is open again; promises stay. */
export async function undoHeld(step: OneOnOneStep, { person, meeting }: Found): Promise<Unticked> {
  const { trx, lead } = step;
  const unticked = await untick(step, await store.takeTicks(trx, lead.id, meeting.id));
  await sealed.closePoints(trx, lead.id, meeting.id, []);
  if (meeting.timeBatchId) await step.time.takeBack(trx, lead, meeting.timeBatchId);
  if (!meeting.plannedFor) {
    await store.deleteMeeting(trx, lead.id, meeting.id);
    await topUpSeries(step, person);
    return unticked;
  }
  await sealed.saveMeetingWords(step, meeting.id, { notes: '', mood: '' });
  await reopen(step, { person, meeting });
  return unticked;
}

/** Opens what was ticked, unless somebody has changed it since; what is gone altogether is neither. */
async function untick(step: OneOnOneStep, ticks: readonly store.Tick[]): Promise<Unticked> {
  const { trx, lead, now } = step;
  const unticked: Unticked = { opened: [], feedback: 0, stays: [] };
  for (const { kind, id, at } of ticks) {
    if (kind === 'feedback') {
      if (!(await findNote(step, id))) continue;
      await saveGiven(trx, lead.id, id, null);
      unticked.feedback += 1;
      continue;
    }
    const came =
      kind === 'promise'
        ? await reopened(step.commitments.reopen(trx, id, { by: lead.id, now }, at))
        : await step.delegatedReopened(step, id, at);
    if (came) (came.opened ? unticked.opened : unticked.stays).push(came.what);
  }
  return unticked;
}

const reopened = async (
  changing: ReturnType<OneOnOneStep['commitments']['reopen']>,
): Promise<{ what: string; opened: boolean } | undefined> => {
  const changed = await changing;
  return 'commitment' in changed
    ? { what: changed.commitment.what, opened: changed.kind === 'changed' }
    : undefined;
};

/** A meeting that counted as held or skipped is planned again. */
async function reopen(step: OneOnOneStep, { person, meeting }: Found): Promise<void> {
  await store.updateMeeting(step.trx, step.lead.id, meeting.id, {
    state: 'planned',
    heldOn: null,
    themes: [],
    timeBatchId: null,
  });
  if (!person.ended) await goOnFrom(step, person, meeting);
}

/** The series goes on from a meeting at that time; if it has passed meanwhile, the meeting is there to be spoken of again. */
async function goOnFrom(
  step: OneOnOneStep,
  person: Person,
  { id, plannedFor }: Pick<Meeting, 'id' | 'plannedFor'>,
): Promise<void> {
  const at = plannedFor!;
  if (Temporal.PlainDateTime.compare(at, localNow(step)) > 0) return planSeries(step, person, at, id);
  await store.updateMeeting(step.trx, step.lead.id, id, { plannedFor: at });
  await planAfter(step, person, at);
}
