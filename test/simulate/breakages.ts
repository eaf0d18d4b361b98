// Rules that are broken on purpose, one at a time and at the bot's own ports, to see that a simulation finds each.

import type { Lead } from '../../src/leads/leads.ts';
import type { PromptKind } from '../../src/prompts/prompts.ts';

/** Where a rule can be taken out of a replica. */
export interface Broken {
  kind?(kind: PromptKind): PromptKind;
  /** As the engine sees them. */
  lead?(lead: Lead): Lead;
  /** `forgotten`: answered as ever and not kept. `as-if-new`: as though a row had been added. */
  query?(text: string): 'forgotten' | 'as-if-new' | undefined;
  /** False: nobody compares what is planned with what should be. */
  reconciles?: false;
  /** What was posted cannot be found again, and nobody says so. */
  forgetsPosts?: true;
}

interface Breakage {
  what: string;
  broken: Broken;
  /** What the oracle has to say of it. */
  says: RegExp;
  /** Where it says so soon, in this seed or one of the three after it; undefined: only in what is too long for every test run. */
  seen?: { seed: number; days: number };
}

const forgets = (statement: string): Broken => ({
  query: (text) => (text.startsWith(statement) ? 'forgotten' : undefined),
});

export const breakages: Record<string, Breakage> = {
  'quiet-hours': {
    what: 'Prompts come outside working hours',
    broken: { kind: (kind) => (kind.kind === 'question' ? { ...kind, whenQuiet: 'at-its-hour' } : kind) },
    says: /^outside working hours/,
    seen: { seed: 1, days: 6 },
  },
  budget: {
    what: 'The day has room for nine prompts instead of two',
    broken: { lead: (lead) => ({ ...lead, promptsPerDay: 9 }) },
    says: /^over the budget/,
    seen: { seed: 1, days: 6 },
  },
  pauses: {
    what: 'A pause holds nothing back',
    broken: { lead: (lead) => ({ ...lead, pausedUntil: null }) },
    says: /^in a pause/,
  },
  requests: {
    what: 'A request that arrives twice counts twice',
    broken: {
      query: (text) => (text.startsWith('insert into "requests"') ? 'as-if-new' : undefined),
    },
    says: /^logged twice/,
    seen: { seed: 1, days: 14 },
  },
  undo: {
    what: 'Undo says that it is done, and is not',
    broken: forgets('delete from "time_entries"'),
    says: /^taken back and there again/,
    seen: { seed: 1, days: 14 },
  },
  reconciler: {
    what: 'Nobody compares what is planned with what should be',
    broken: { reconciles: false },
    says: /^never heard: one-on-one-/,
  },
  stops: {
    what: 'A workspace that Slack refused once stays stopped',
    broken: forgets('delete from "stopped_workspaces"'),
    says: /^never heard: digest/,
    seen: { seed: 1, days: 9 },
  },
  doubts: {
    what: 'A post whose answer was lost is posted again without a look',
    broken: { forgetsPosts: true },
    says: /^twice/,
    seen: { seed: 1, days: 12 },
  },
};
