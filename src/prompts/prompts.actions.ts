// Where the menu under a prompt, the list of prompts and their forms lead, and what they carry.

import { z } from 'zod';
import { action, modal, uuid } from '../slack/actions.ts';
import { snoozes } from './snooze.ts';

const delivery = { deliveryId: uuid };
const schedule = { scheduleId: uuid };

/** `round`: which time it was put, so that an old menu is known as one. */
export const menu = action('prompt-menu', {
  ...delivery,
  round: z.coerce.number().int(),
  choice: z.enum([...snoozes.map(({ value }) => value), 'skip', 'change']),
});
export const postNow = action('prompt-post-now', delivery);
export const skipReason = action('prompt-skip-reason', delivery);
export const skipReasonForm = modal('prompt-skip-reason-form', delivery);

/** The menu behind one of the list. */
export const change = action('prompt-schedule', {
  choice: z.enum(['now', 'move', 'change', 'off', 'on']),
  ...schedule,
});
export const switchOn = action('prompt-switch-on', schedule);
export const rhythmForm = modal('prompt-rhythm-form', schedule);
export const moveForm = modal('prompt-move-form', schedule);
