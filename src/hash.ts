// A number that depends on a text alone, for marks and for choices that look like chance and can be repeated.

import { createHash } from 'node:crypto';

/** Lower-case hexadecimal, eight digits unless asked for more, 64 at most. */
export const fingerprint = (text: string, digits = 8): string =>
  createHash('sha256').update(text).digest('hex').slice(0, digits);

/** From 0 to just below 1. */
export const chance = (text: string): number => Number.parseInt(fingerprint(text), 16) / 2 ** 32;
