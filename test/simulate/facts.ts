// What is true of each lead whatever the bot made of it: where they live, when they are away, and what they clicked.

import type { Who } from './hands.ts';

/** From the first try until the bot said that it counts, nobody can tell; `sure` is Infinity while it never did. */
interface Doubtful {
  from: number;
  sure: number;
}

export interface LeadFacts extends Who {
  /** The zones they live in one after the other; the first from the day on which they met the bot. */
  zones: (Doubtful & { zone: string })[];
  /** Nothing comes unasked between these; `ends` may be brought forward. */
  pauses: (Doubtful & { until: number })[];
  /** Their account is closed between these; `sure`: by then the bot must have noticed that they are back. */
  away: { from: number; until: number; sure: number }[];
  /** What they did to a prompt, by delivery and round. */
  clicks: { deliveryId: string; round: number; what: string; from: number; sure: number }[];
  hours: HoursFact[];
  /** Whom they meet and hand things over to. */
  partner: string;
  /** Where that one lives, and stays. */
  partnerZone: string;
  /** Whom they meet each Tuesday, their partner among them, and at what time. */
  people: [string, string][];
  /** From when on they do; `until` the other one leaves. */
  meets: (Doubtful & { until: number })[];
  /** From when on the channel looks back each Friday at 14:00, `until` it is archived. */
  looksBack: (Doubtful & { until: number; channel: string })[];
  /** What they handed over, and so will be asked about in two weeks. */
  delegated: Doubtful[];
}

/** Something they logged: whether it has to be there, may be there or must not; and how long it may have been. */
export interface HoursFact {
  note: string;
  minutes: number[];
  state: 'kept' | 'maybe' | 'gone';
}

export const factsOf = (who: Who & Pick<LeadFacts, 'partner' | 'partnerZone' | 'people'>): LeadFacts => ({
  ...who,
  zones: [],
  pauses: [],
  away: [],
  clicks: [],
  hours: [],
  meets: [],
  looksBack: [],
  delegated: [],
});
