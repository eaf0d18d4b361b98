// Where the buttons and the form of feedback notes lead, and what they carry.

import { z } from 'zod';
import { action, modal, slackId, uuid } from '../../slack/actions.ts';

export const add = action('feedback.add', { personId: slackId });
export const noteForm = modal('feedback.form', { personId: slackId, noteId: uuid.optional() });
export const menu = action('feedback.menu', {
  choice: z.enum(['given', 'not-given', 'change', 'remove']),
  noteId: uuid,
});
export const undo = action('feedback.undo', { noteId: uuid });
export const putBack = action('feedback.put-back', { noteId: uuid });
