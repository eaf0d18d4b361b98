// Where this room's buttons and forms lead, and what they carry.

import { z } from 'zod';
import { action, type Carried, modal, slackId, uuid } from '../../slack/actions.ts';

const one = { id: uuid };
/** `round`: how much had been said about the level when it was drawn. `delivery`: the prompt it stands under. */
const level = { id: uuid, round: z.coerce.number().int(), delivery: uuid.optional() };
/** `checkIn`: the one it answers, where it answers one. */
const answer = { id: uuid, checkIn: uuid.optional(), delivery: uuid.optional() };

export const give = action('delegation.give', { personId: slackId.optional(), delivery: uuid.optional() });
/** `follows`: the delegation that is given again. `delivery`: the weekly question it answers. */
export const giveForm = modal('delegation.give-form', {
  follows: uuid.optional(),
  delivery: uuid.optional(),
});
export const again = action('delegation.again', one);
export const edit = action('delegation.edit', one);
export const editForm = modal('delegation.edit-form', one);
export const remove = action('delegation.remove', one);
export const words = action('delegation.words', one);
export const wordsForm = modal('delegation.words-form', one);
export const send = action('delegation.send', one);
/** Whatever the hour is for whoever reads it. */
export const sendNow = action('delegation.send-now', one);
export const inPerson = action('delegation.in-person', one);

export const list = action('delegation.list');
export const look = action('delegation.look', one);
export const menu = action('delegation.menu', {
  what: z.enum(['look', 'level', 'done', 'take-back', 'edit']),
  id: uuid,
});

export const agree = action('delegation.agree', level);
export const propose = action('delegation.level', level);
export const proposeForm = modal('delegation.level-form', level);
export const personAgree = action('delegation.person-agree', level);
export const personPropose = action('delegation.person-level', level);
export const personProposeForm = modal('delegation.person-level-form', level);

export const onTrack = action('delegation.on-track', answer);
export const needsMe = action('delegation.needs-me', answer);
export const askAgain = action('delegation.ask-again', answer);
/** Which check-in is asked about, and in which prompt; neither where it is done from the delegation's own page. */
export type Asked = Carried<typeof onTrack>;
export const takeBack = action('delegation.take-back', answer);
export const takeBackForm = modal('delegation.take-back-form', answer);
export const done = action('delegation.done', answer);
export const doneForm = modal('delegation.done-form', answer);
export const reopen = action('delegation.reopen', one);

export const question = action('delegation.question');
export const questionForm = modal('delegation.question-form');
export const notThisWeek = action('delegation.not-this-week', { delivery: uuid.optional() });
