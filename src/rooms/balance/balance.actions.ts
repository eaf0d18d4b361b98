// Where this room's buttons and forms lead, and what they carry.

import { z } from 'zod';
import { action, instant, modal, plainDate, uuid } from '../../slack/actions.ts';

const entry = { entryId: uuid };

/** Of the timer, so that a question about an earlier one does not end a later one. */
const timer = { startedAt: instant };

/** Without a day: today. */
export const logTime = action('balance.log-time', { day: plainDate.optional() });
export const logForm = modal('balance.log-form');
/** A line as typed after the command, with what was doubtful in it replaced. `sure`: doubted, and meant all the same. */
export const logLine = action('balance.log-line', { line: z.string(), sure: z.boolean().optional() });
export const undo = action('balance.undo', { batchId: uuid });
export const edit = action('balance.edit');
export const change = action('balance.change', entry);
/** Without an entry: it was deleted from its form. */
export const changeForm = modal('balance.change-form', { entryId: uuid.optional() });
export const remove = action('balance.remove', entry);

export const categories = action('balance.categories');
export const categoriesForm = modal('balance.categories-form');
/** Without a category: a new one. */
export const category = action('balance.category', { categoryId: z.string().optional() });
export const categoryForm = modal('balance.category-form', { categoryId: z.string().optional() });
/** A word that was no category, and the line it was typed in where that fits. */
export const addCategory = action('balance.add-category', { name: z.string(), line: z.string().optional() });
export const addCategoryForm = modal('balance.add-category-form', { line: z.string().optional() });

export const timerKeep = action('balance.timer-keep', timer);
export const timerStop = action('balance.timer-stop', timer);
export const timerEnded = action('balance.timer-ended', timer);
export const timerEndedForm = modal('balance.timer-ended-form', timer);
export const timerDiscard = action('balance.timer-discard', timer);
