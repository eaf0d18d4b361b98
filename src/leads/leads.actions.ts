// Where the buttons and forms about a lead's own settings lead, and what they carry.

import { z } from 'zod';
import { action, modal } from '../slack/actions.ts';

/** The zone that was offered, as an IANA name. */
const offered = { zone: z.string() };

export const settings = action('leads.settings');
export const settingsForm = modal('leads.settings-form');
export const takeZone = action('leads.take-zone', offered);
export const keepZone = action('leads.keep-zone', offered);
export const forget = action('leads.forget');
