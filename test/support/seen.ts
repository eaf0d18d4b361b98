// What a test looks for among all that a person sees.

import type { Person, SeenMessage } from '../../sandbox/slack/index.ts';

/** The weekly digests in their DM, oldest first; `/keel week` says the same, to their eyes only, and is no digest. */
export const digestsOf = (lead: Person): SeenMessage[] =>
  lead.dm().filter(({ ephemeral, text }) => !ephemeral && /Week \d{4}-W\d\d · only you/.test(text));
