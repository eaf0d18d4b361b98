// Doors about one meeting: it happened, it moved, it was skipped, a time was found, and each of these taken back.

import {
  type ActionRequest,
  type Answer,
  type Doors,
  type Handler,
  inPlace,
  type Request,
  type SubmissionRequest,
} from '../../slack/doors.ts';
import { through } from '../../slack/through.ts';
import * as actions from './one-on-ones.actions.ts';
import * as agenda from './one-on-ones.agenda.views.ts';
import * as forms from './one-on-ones.forms.ts';
import * as held from './one-on-ones.held.forms.ts';
import * as steps from './one-on-ones.meetings.steps.ts';
import * as views from './one-on-ones.meetings.views.ts';
import { findHeldForm, findOffers, findPreparation } from './one-on-ones.pages.steps.ts';
import { moveProblem } from './one-on-ones.parse.ts';
import * as people from './one-on-ones.people.views.ts';
import { chooseOthers } from './one-on-ones.questions.steps.ts';
import * as sealed from './one-on-ones.sealed.store.ts';
import * as store from './one-on-ones.store.ts';
import { inOneStep, type OneOnOneStep, type OneOnOneTools, onceWith } from './one-on-ones.tools.ts';
import { localNow, type MeetingState, meetingMeant, nextMeeting } from './one-on-ones.ts';

/** A meeting, or somebody with whom none is planned. */
type Target = Omit<steps.Found, 'meeting'> & { meeting: steps.Found['meeting'] | undefined };

export function listenForMeetings(doors: Doors, tools: OneOnOneTools): void {
  const once = onceWith(tools);
  const lead = through<[OneOnOneStep]>(doors, once);

  /**
   * About a meeting, which has to be planned still, or about a person, and then the one of their meetings that
   * `choose` finds. Whatever has been settled meanwhile explains itself.
   */
  const onPlanned = (
    choose: typeof nextMeeting,
    work: (step: OneOnOneStep, target: Target) => Promise<Answer>,
  ): Handler<ActionRequest<typeof actions.move>> =>
    once(async (step, { carried: { about, deliveryId } }) => {
      if ('meetingId' in about) {
        const found = await steps.lockMeeting(step, about.meetingId);
        if (!found) return { replace: views.meetingGone() };
        if (found.person.ended) return { replace: people.hasEnded(found.person) };
        if (found.meeting.state !== 'planned') return { replace: views.settled(found, step) };
        return work(step, { ...found, deliveryId });
      }
      const person = await store.lockPerson(step.trx, step.lead.id, about.personId);
      if (!person) return { replace: views.meetingGone() };
      if (person.ended) return { message: people.hasEnded(person) };
      const meetings = await store.findMeetings(step.trx, step.lead.id, person.id);
      return work(step, { person, meeting: choose(meetings, localNow(step)), deliveryId });
    });

  /** About a meeting in that state; in another one it explains itself. */
  const onMeeting = <R extends Request & { carried: { meetingId: string } }>(
    state: MeetingState,
    work: (step: OneOnOneStep, found: steps.Found, request: R) => Promise<Answer>,
  ): Handler<R> =>
    once(async (step, request) => {
      const found = await steps.lockMeeting(step, request.carried.meetingId);
      if (!found) return { replace: views.meetingGone() };
      return found.meeting.state === state
        ? work(step, found, request)
        : { replace: views.settled(found, step) };
    });

  doors.action(actions.happened, onPlanned(meetingMeant, openHeldForm));
  doors.submission(actions.heldForm, keepHeld(tools, 'planned'));
  doors.submission(actions.editHeldForm, keepHeld(tools, 'held'));
  lead.action(actions.editHeld, async (step, { carried: { meetingId } }) => {
    // Pressed among the notes as well: nothing there is to be replaced.
    const found = await steps.lockMeeting(step, meetingId);
    if (!found) return { message: views.meetingGone() };
    if (found.meeting.state !== 'held') return { message: views.settled(found, step) };
    return openKeptForm(step, found);
  });
  doors.action(
    actions.undoHeld,
    onMeeting('held', async (step, found) => {
      const unticked = await steps.undoHeld(step, found);
      return { replace: views.heldUndone(found.person, unticked) };
    }),
  );

  doors.action(
    actions.move,
    onPlanned(nextMeeting, async (step, { meeting, ...target }) =>
      meeting ? openMoveForm(step, { ...target, meeting }) : { message: views.nothingPlanned(target.person) },
    ),
  );
  lead.submission(actions.moveForm, async (step, { values, data }) => {
    const reading = forms.readMoveForm(values, localNow(step));
    if (reading.kind === 'refused') return { errors: reading.errors };
    const found = await steps.lockMeeting(step, data.meetingId);
    if (!found) return { message: views.meetingGone() };
    return inPlace(await move(step, { ...found, deliveryId: data.deliveryId }, reading.to));
  });
  doors.action(
    actions.moveBack,
    onMeeting('planned', async (step, found, { carried }: ActionRequest<typeof actions.moveBack>) => {
      await steps.moveBack(step, found, carried.to);
      return { replace: views.movedBack(found.person, carried.to, step) };
    }),
  );

  doors.action(
    actions.skip,
    onPlanned(nextMeeting, async (step, { meeting, ...target }) =>
      meeting
        ? inPlace(await skip(step, { ...target, meeting }))
        : { message: views.nothingPlanned(target.person) },
    ),
  );
  lead.submission(actions.skipForm, async (step, { values, data }) => {
    const found = await steps.lockMeeting(step, data.meetingId);
    if (found?.meeting.state !== 'skipped') return { message: views.meetingGone() };
    await sealed.saveMeetingWords(step, data.meetingId, { skipReason: forms.readReason(values) });
    return { message: views.reasonKept(found.person) };
  });
  doors.action(
    actions.undoSkip,
    onMeeting('skipped', async (step, found) => {
      await steps.undoSkip(step, found);
      return { replace: views.skipUndone(found, step) };
    }),
  );

  doors.action(
    actions.otherQuestions,
    onMeeting('planned', async (step, found, request: ActionRequest<typeof actions.otherQuestions>) => {
      const { person, meeting } = found;
      const questions = await chooseOthers(step, person, meeting);
      if (questions.length === 0) return { message: agenda.noOtherQuestions() };
      const preparation = await findPreparation(step, person, { ...meeting, questions });
      return { replace: agenda.beforeMessage(preparation, step, request.carried.deliveryId) };
    }),
  );

  lead.action(actions.findTime, async (step, { carried }) => {
    const person = await store.findPerson(step.trx, step.lead.id, carried.personId);
    if (!person) return { message: people.notThere() };
    if (person.ended) return { message: people.hasEnded(person) };
    return { message: views.timesMessage(await findOffers(step, person), step) };
  });
  lead.action(actions.book, async (step, { carried: { personId, to, deliveryId } }) => {
    const person = await store.lockPerson(step.trx, step.lead.id, personId);
    if (!person) return { replace: people.notThere() };
    if (person.ended) return { replace: people.hasEnded(person) };
    if (moveProblem(to, localNow(step))) {
      return { replace: views.timesMessage(await findOffers(step, person), step) };
    }
    const meeting = await steps.nextWith(step, person);
    return inPlace(await move(step, { person, meeting, deliveryId }, to));
  });
  lead.action(actions.leaveIt, async (step, { carried: { personId, deliveryId } }) => {
    await steps.answerPrompt(step, deliveryId, 'left');
    const person = await store.findPerson(step.trx, step.lead.id, personId);
    return { replace: person ? people.leftAlone(person) : people.notThere() };
  });
}

/** What came of a meeting that was planned until now, or was kept before and is changed. */
const keepHeld = (
  tools: OneOnOneTools,
  state: 'planned' | 'held',
): Handler<SubmissionRequest<typeof actions.heldForm>> =>
  tools.leads.asLead(async (request) => {
    const { values, data } = request;
    const other = await request.profile(data.personId);
    const self = await request.profile(request.personId);
    return inOneStep(tools, request, async (step) => {
      const { trx, lead } = step;
      const person = await store.lockPerson(trx, lead.id, data.personId);
      if (!person) return { message: people.notThere() };
      const meeting = data.meetingId ? await store.findMeeting(trx, lead.id, data.meetingId) : undefined;
      if (data.meetingId && !meeting) return { message: views.meetingGone() };
      // Settled from another window meanwhile: what was typed here stays on the screen, and nothing is overwritten.
      if (meeting && meeting.state !== state) return { errors: held.settledMeanwhile(meeting.state) };
      const reading = held.readHeldForm(values, localNow(step).toPlainDate(), meeting?.heldOn);
      if (reading.kind === 'refused') return { errors: reading.errors };
      // Two windows were open before any of it was kept: the second would make two of one.
      const isKept = !meeting && (await steps.isKeptUnplanned(step, person, reading.outcome.day));
      if (isKept) return { errors: held.settledMeanwhile('held') };
      const keeping = await steps.keepMeeting(
        step,
        { person, meeting, deliveryId: data.deliveryId },
        reading.outcome,
        { lead: self, person: { ...other, name: person.name } },
      );
      return keeping.kind === 'refused'
        ? { errors: held.promiseErrors(keeping, reading.slots) }
        : { replace: views.keptMessage(person, keeping.kept, step) };
    });
  });

export const openHeldForm = async (
  step: OneOnOneStep,
  about: Parameters<typeof findHeldForm>[1],
): Promise<Answer> => ({ form: held.heldForm(await findHeldForm(step, about)) });

/** The same form over what was kept, to change it. */
export const openKeptForm = async (step: OneOnOneStep, { person, meeting }: steps.Found): Promise<Answer> =>
  openHeldForm(step, { person, meeting, words: await sealed.findMeetingWords(step, meeting.id) });

/** Suggests the same time, on a day that is still to come. */
export async function openMoveForm(
  step: OneOnOneStep,
  { person, meeting, deliveryId }: steps.Found,
): Promise<Answer> {
  const planned = meeting.plannedFor!;
  const now = localNow(step);
  const isAhead = Temporal.PlainDateTime.compare(planned, now) > 0;
  const suggested = isAhead ? planned : now.add({ days: 1 }).withPlainTime(planned.toPlainTime());
  return { form: forms.moveForm(person, { meetingId: meeting.id, deliveryId }, suggested) };
}

export async function move(
  step: OneOnOneStep,
  found: steps.Found,
  to: Temporal.PlainDateTime,
): Promise<Answer> {
  if (found.person.ended) return { message: people.hasEnded(found.person) };
  if (found.meeting.state !== 'planned') return { message: views.settled(found, step) };
  await steps.moveMeeting(step, found, to);
  return { message: views.booked(found, to, step) };
}

/** `why` undefined: a form asks for it, once. */
export async function skip(step: OneOnOneStep, found: steps.Found, why?: string): Promise<Answer> {
  const { person, meeting } = found;
  const next = await steps.skipMeeting(step, found, why);
  const canSeal = step.sealer.available;
  return {
    message: views.skipped(person, meeting, { next, reasonLost: why !== undefined && !canSeal }, step),
    ...(why === undefined && canSeal && { form: forms.skipForm(person, meeting.id) }),
  };
}
