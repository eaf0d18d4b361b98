// Where this room's buttons and forms lead, and what they carry.

import { z } from 'zod';
import { action, modal, uuid } from '../../slack/actions.ts';

/** `deliveryId`: of the reminder that the commitment stands in. */
const one = { id: uuid, deliveryId: uuid.optional() };

export const done = action('commitments.done', one);
export const newDate = action('commitments.new-date', one);
export const newDateForm = modal('commitments.new-date-form', one);
export const notDoing = action('commitments.not-doing', one);
export const notDoingForm = modal('commitments.not-doing-form', one);
export const reopen = action('commitments.reopen', one);
export const edit = action('commitments.edit', one);
export const editForm = modal('commitments.edit-form', one);
export const add = action('commitments.add');
export const addForm = modal('commitments.add-form');
export const list = action('commitments.list', { which: z.enum(['open', 'closed']) });
export const settings = action('commitments.settings');
export const settingsForm = modal('commitments.settings-form');
