// Where this room's buttons, forms and shortcuts lead, and what they carry.

import { z } from 'zod';
import { action, modal, slackId, uuid } from '../../slack/actions.ts';
import { type SectionId, sectionIds, statuses } from './postmortems.ts';

const one = { id: uuid };
const section = z.enum(sectionIds as [SectionId, ...SectionId[]]);
const status = z.enum(statuses);
const entry = { id: uuid, entryId: uuid };
/** Which of two rewordings; earlier versions wrote it behind the id, as `how-0`. */
const wording = z.string().transform((text) => (text.startsWith('how') ? 'how' : 'what'));
/** A sentence by its mark; `where` says whose words it is in, in the form for sharing. */
const where = z.union([z.literal('title'), section, uuid]);
const sentence = { where: where.optional(), mark: z.string().max(12), wording: wording.optional() };
/** What the blame check left to be asked, for contributing factors; as many as a form's data holds. */
export const mostAsked = 4;
const asks = z.array(z.string().max(300)).max(mostAsked).default([]);
/** The channel is where earlier versions typed it; now Slack says where. */
const typed = {
  channel: z.string(),
  line: z.string(),
  how: z.enum(['what', 'how', 'mine']).optional(),
  asks,
};

/** Short marks of sentences that were pointed at already; see `markOf`. */
const marks = z.array(z.string().max(12)).max(60).default([]);
/** What each form with words in it brings back. */
const worded = {
  /**
   * Slack keeps what was typed in a field whose name stays, whatever the bot says it starts with. So each time the
   * bot puts other words into it, the field gets a new name: its round.
   */
  round: z.number().int().min(0).max(10_000).default(0),
  seen: marks,
  /** Those of them that whoever wrote them wants as they are. */
  kept: marks,
  asks,
};
/** A message that a form begins with. `at`: the exact moment, which the field shows in minutes. */
const fromMessage = { link: z.string().max(400).optional(), at: z.string().optional() };
const factsData = {
  form: z.literal('facts'),
  /** Undefined: one is being started. */
  id: uuid.optional(),
  ...fromMessage,
  /** The message it starts from becomes the timeline's first line. */
  entry: z.string().max(600).optional(),
  /** A mark for each fact as it read when the form was opened. */
  shown: z.record(z.string().max(20), z.string().max(10)).optional(),
  ...worded,
};

export const start = action('pm.start');
export const startForm = modal('pm.start-form', factsData);
export const facts = action('pm.facts', one);
export const factsForm = modal('pm.facts-form', factsData);

export const writeSection = action('pm.section', { id: uuid, section });
export const sectionForm = modal('pm.section-form', {
  form: z.literal('section'),
  id: uuid,
  section,
  version: z.number().int().min(0),
  /** The sorts of factors that were ticked when it was opened. */
  factors: z.array(z.string().max(40)).max(20).optional(),
  ...worded,
});
export const history = action('pm.history', { id: uuid, section });
export const restore = action('pm.restore', { id: uuid, section, version: z.coerce.number().int() });
export const removeVersion = action('pm.version-gone', {
  id: uuid,
  section,
  version: z.coerce.number().int(),
});
export const belowTheirs = action('pm.below-theirs');

export const useWording = action('pm.use', sentence);
export const keepSentence = action('pm.keep', sentence);
export const editSentence = action('pm.edit-words', sentence);
export const typedLine = action('pm.line', typed);
export const editTypedLine = action('pm.line-edit', typed);

export const addEntry = action('pm.entry', one);
export const entryForm = modal('pm.entry-form', {
  form: z.literal('entry'),
  /** Undefined: chosen in the form. */
  id: uuid.optional(),
  /** The line it changes. */
  entryId: uuid.optional(),
  ...fromMessage,
  ...worded,
});
export const entries = action('pm.entries', one);
/** From a menu, whose options are too short for two ids, `id` is the line's and the form knows the rest. */
export const changeEntry = action('pm.entry-chosen', { id: uuid, entryId: uuid.optional() });
/** The form whose menu that is. */
export const entriesForm = modal('pm.entries-form', { id: uuid });
export const removeEntry = action('pm.entry-gone', entry);
export const restoreEntry = action('pm.entry-back', entry);

export const moveTo = action('pm.status', { id: uuid, from: status, to: status });
export const moveToForm = modal('pm.status-form', { id: uuid, from: status, to: status });
/** Somebody goes on with it after whoever started it has left. */
export const takeOver = action('postmortems.take-over', one);
export const facilitate = action('pm.facilitate', { id: uuid, facilitatorId: slackId });
export const review = action('pm.review', one);
export const reviewForm = modal('pm.review-form', one);
export const commit = action('pm.commit', one);
export const commitForm = modal('pm.commit-form', { form: z.literal('commit'), id: uuid, ...worded });

export const share = action('pm.share', one);
export const shareForm = modal('pm.share-form', { id: uuid, seen: marks, kept: marks });
export const show = action('pm.show', one);
export const markdown = action('pm.markdown', one);

export const startShortcut = 'postmortem_start';
export const entryShortcut = 'postmortem_timeline';
