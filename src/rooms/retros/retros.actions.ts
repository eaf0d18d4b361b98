// Where this room's buttons and forms lead, and what they carry.

import { z } from 'zod';
import { action, modal, slackId, uuid } from '../../slack/actions.ts';

const retro = { retroId: uuid };
const series = { seriesId: uuid };

export const answer = action('retros.answer', retro);
/** Marks of sentences that were pointed at, and of those that are to stay; see `markOf`. */
const marks = z.array(z.string().max(12)).max(60).default([]);
export const answerForm = modal('retros.answer-form', {
  ...retro,
  /** Slack keeps what was typed in a field whose name stays, so fields whose words the bot changes get new names. */
  round: z.number().int().min(0).max(10_000).default(0),
  /** They had answered before. */
  again: z.boolean().default(false),
  seen: marks,
  kept: marks,
});
const sentence = { ...retro, question: z.coerce.number().int(), mark: z.string().max(12) };
export const useWording = action('retros.use', { ...sentence, wording: z.enum(['what', 'how']) });
export const keepSentence = action('retros.keep', sentence);
/** Anonymous words, by whoever knows them. */
export const takeBack = action('retros.take-back', retro);
export const takeBackForm = modal('retros.take-back-form', retro);
/** What stands in the thread. */
export const takeOut = action('retros.take-out', retro);
export const takeOutForm = modal('retros.take-out-form', retro);
export const seeAll = action('retros.see-all', retro);
/** Only to read: it has nothing to send. */
export const saidForm = modal('retros.see-all');
export const vote = action('retros.vote', retro);
export const voteForm = modal('retros.vote-form', retro);

export const takeOver = action('retros.take-over', retro);
/** All that a lead who left had going on in a channel. */
export const succeed = action('retros.succeed', { channelId: slackId, leaverId: slackId });
export const endIt = action('retros.end-it', { channelId: slackId, leaverId: slackId });
export const closeNow = action('retros.close-now', retro);
export const closeNowForm = modal('retros.close-now-form', retro);
export const oneMoreDay = action('retros.one-more-day', retro);
export const letGo = action('retros.let-go', retro);
export const group = action('retros.group', retro);
/** `merged`: the groups that were shown as put together. */
export const groupForm = modal('retros.group-form', { ...retro, merged: z.array(uuid) });
export const startVote = action('retros.start-vote', retro);
export const backToSorting = action('retros.back-to-sorting', retro);
export const endVote = action('retros.end-vote', retro);
export const endVoteForm = modal('retros.end-vote-form', retro);
export const choose = action('retros.choose', retro);
export const chooseForm = modal('retros.choose-form', retro);

export const skip = action('retros.skip', retro);
export const skipNext = action('retros.skip-next', series);
/** One of the two: the retrospective that is open, or the next of a series. */
export const skipForm = modal('retros.skip-form', { retroId: uuid.optional(), seriesId: uuid.optional() });
export const unskip = action('retros.unskip', series);
export const stop = action('retros.stop', series);
export const start = action('retros.start', series);
export const change = action('retros.change', series);

export const list = action('retros.list');
export const setUp = action('retros.set-up');
/** `seriesId`: of the series to change. */
export const setUpForm = modal('retros.set-up-form', { seriesId: uuid.optional() });
/** Goes on from a line that could not be done; `leaveIt` in its place does not. */
export const again = action('retros.again', { line: z.string() });
export const leaveIt = 'leave';
