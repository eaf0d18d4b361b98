// Where this room's buttons and forms lead, and what they carry.

import { z } from 'zod';
import { action, modal, slackId, uuid } from '../../slack/actions.ts';
import { themes } from './one-on-ones.questions.ts';

const person = { personId: slackId };
const meeting = { meetingId: uuid };
/** Of the prompt that it stands in. */
const deliveryId = uuid.optional();
/** A meeting; or somebody, and then whichever of their meetings is meant. */
const meetingOrPerson = z.union([
  uuid.transform((meetingId) => ({ meetingId })),
  slackId.transform((personId) => ({ personId })),
]);
const about = { about: meetingOrPerson, deliveryId };
/** The lead's local time, as `2026-11-05T11:30`. */
const localTime = z.iso
  .datetime({ local: true, precision: -1 })
  .regex(/\d$/)
  .transform((text) => Temporal.PlainDateTime.from(text));
const theme = { theme: z.enum(themes.map(({ id }) => id)) };
/** Who is asked for points: by which lead, before which meeting. */
const invitation = { leadId: slackId, ...meeting };

export const overview = action('one-on-ones.overview');
export const openPerson = action('one-on-ones.person', person);
export const notes = action('one-on-ones.notes', person);
export const notesForm = modal('one-on-ones.notes');

export const add = action('one-on-ones.add', { personId: slackId.optional() });
export const addForm = modal('one-on-ones.add-form');
export const undoAdd = action('one-on-ones.undo-add', person);
export const change = action('one-on-ones.change', person);
export const changeForm = modal('one-on-ones.change-form', person);
export const end = action('one-on-ones.end', person);
export const takeUp = action('one-on-ones.take-up', person);

export const happened = action('one-on-ones.happened', about);
const held = { ...person, meetingId: uuid.optional(), deliveryId };
export const heldForm = modal('one-on-ones.held-form', held);
export const editHeld = action('one-on-ones.edit-held', meeting);
export const editHeldForm = modal('one-on-ones.edit-held-form', held);
export const undoHeld = action('one-on-ones.undo-held', meeting);
export const move = action('one-on-ones.move', about);
export const moveForm = modal('one-on-ones.move-form', { ...meeting, deliveryId });
export const moveBack = action('one-on-ones.move-back', { ...meeting, to: localTime });
export const skip = action('one-on-ones.skip', about);
export const skipForm = modal('one-on-ones.skip-form', meeting);
export const undoSkip = action('one-on-ones.undo-skip', meeting);
export const otherQuestions = action('one-on-ones.other-questions', { ...meeting, deliveryId });
export const findTime = action('one-on-ones.find-time', person);
export const book = action('one-on-ones.book', { ...person, to: localTime, deliveryId });
export const leaveIt = action('one-on-ones.leave-it', { ...person, deliveryId });

export const point = action('one-on-ones.point', { ...person, deliveryId });
export const pointForm = modal('one-on-ones.point-form', { ...person, pointId: uuid.optional() });
export const pointMenu = action('one-on-ones.point-menu', {
  choice: z.enum(['change', 'remove']),
  pointId: uuid,
});
export const putPointBack = action('one-on-ones.put-point-back', { pointId: uuid });
export const theirs = action('one-on-ones.theirs', invitation);
export const theirsForm = modal('one-on-ones.theirs-form', invitation);
const theirPoint = { leadId: slackId, pointId: uuid, ...meeting };
export const takeBackTheirs = action('one-on-ones.take-back-theirs', theirPoint);
export const putTheirsBack = action('one-on-ones.put-theirs-back', theirPoint);

export const questions = action('one-on-ones.questions');
export const questionForm = modal('one-on-ones.question-form', theme);
export const chooseTheme = action('one-on-ones.theme', theme);
export const changeQuestion = action('one-on-ones.standing', {
  to: z.enum(['usual', 'pinned', 'hidden', 'remove']),
  questionId: z.string(),
});
