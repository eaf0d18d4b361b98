// What people logged, changed and took back in a year, held against what is there in the end.

import type { LeadFacts } from './facts.ts';

export interface KeptHours {
  workspaceId: string;
  leadId: string;
  note: string | null;
  minutes: number;
}

/** A line for each entry that is lost, doubled, back again or not as it was last told. */
export function wrongHours(leads: readonly LeadFacts[], kept: readonly KeptHours[]): string[] {
  return leads.flatMap((lead) =>
    lead.hours.flatMap(({ note, state, minutes }) => {
      const there = kept.filter(
        (one) => one.workspaceId === lead.workspaceId && one.leadId === lead.id && one.note === note,
      );
      const about = `${note} of ${lead.workspaceId} ${lead.id}`;
      if (there.length > 1) return [`logged twice: ${about}`];
      const [entry] = there;
      if (!entry) return state === 'kept' ? [`logged and lost: ${about}`] : [];
      if (state === 'gone') return [`taken back and there again: ${about}`];
      return minutes.includes(entry.minutes)
        ? []
        : [`not as it was told: ${about} has ${entry.minutes} minutes, not ${minutes.join(' or ')}`];
    }),
  );
}
