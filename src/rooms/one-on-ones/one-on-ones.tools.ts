// What this room needs of the rest of the house. src/rooms.ts hands it over.

import type { Sealer } from '../../db/sealed.ts';
import type { Tenant } from '../../db/tenancy.ts';
import type { LeadDesk } from '../../leads/index.ts';
import type { Lead } from '../../leads/leads.ts';
import type { Prompts } from '../../prompts/prompts.ts';
import type { Commitment, Draft, DraftProblem, Source } from '../commitments/commitments.ts';
import type { Owner } from '../room.ts';

/** What became of promises that were to be kept as commitments: all of them or none. */
export type Promising =
  | { kind: 'added' }
  | { kind: 'refused'; why: DraftProblem; field: 'what' | 'due'; at: number }
  | { kind: 'refused'; why: 'too-many-open'; open: Commitment[]; most: number };

export interface OneOnOneTools {
  leads: LeadDesk;
  /** A lead somebody else's request is about; undefined: nobody known. */
  findLead(trx: Tenant, leadId: string): Promise<Lead | undefined>;
  prompts: Prompts;
  sealer: Sealer;
  commitments: {
    add(
      trx: Tenant,
      keeper: Owner,
      source: Source,
      drafts: readonly Draft[],
      now: Temporal.Instant,
    ): Promise<Promising>;
    /** Open ones between two people, whichever of them took it on. */
    openBetween(trx: Tenant, leadId: string, personId: string): Promise<Commitment[]>;
  };
  time: {
    /** Minutes logged to 1:1s with that person on that local day; 0: none. */
    loggedWith(trx: Tenant, lead: Lead, personId: string, day: Temporal.PlainDate): Promise<number>;
    log(
      trx: Tenant,
      lead: Lead,
      spent: { personId: string; day: Temporal.PlainDate; minutes: number },
      now: Temporal.Instant,
    ): Promise<
      | { kind: 'logged'; batchId: string }
      | { kind: 'logged-before'; minutes: number }
      | { kind: 'refused'; why: 'day-full' | 'no-category' }
    >;
    takeBack(trx: Tenant, lead: Lead, batchId: string): Promise<void>;
  };
  /** What the lead has handed over to somebody and they still hold. */
  heldBy(trx: Tenant, owner: Owner, personId: string, now: Temporal.Instant): Promise<Held[]>;
}

export interface Held {
  what: string;
  /** The level's name, as `advise`. */
  level: string;
  since: Temporal.Instant;
}
