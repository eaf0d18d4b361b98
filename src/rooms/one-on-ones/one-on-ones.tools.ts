// What this room needs of the rest of the house, and what each of its steps works with.

import type { Sealer } from '../../db/sealed.ts';
import type { Tenant } from '../../db/tenancy.ts';
import type { Entry, Step } from '../../leads/index.ts';
import type { Lead } from '../../leads/leads.ts';
import type { Prompts } from '../../prompts/prompts.ts';
import type { Answer, Handler, Request } from '../../slack/doors.ts';
import type { Commitments } from '../commitments/commitments.ts';
import type { Owner } from '../room.ts';

export interface OneOnOneTools {
  leads: Entry;
  /** A lead somebody else's request is about; undefined: nobody known. */
  findLead(trx: Tenant, leadId: string): Promise<Lead | undefined>;
  prompts: Prompts;
  sealer: Sealer;
  commitments: Pick<Commitments, 'add' | 'openBetween' | 'done' | 'reopen'>;
  time: {
    /** Minutes logged to 1:1s with that person on that local day; 0: none. */
    loggedWith(trx: Tenant, lead: Lead, personId: string, day: Temporal.PlainDate): Promise<number>;
    /** The latest local day with a 1:1 logged, by person. */
    lastLogged(trx: Tenant, lead: Lead): Promise<Map<string, Temporal.PlainDate>>;
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
  /** What the lead has handed over to somebody who holds it still. */
  delegatedTo(trx: Tenant, owner: Owner, personId: string): Promise<Delegated[]>;
  /** What they held is done. False where it is not open any more. */
  delegatedDone(step: Step, id: string): Promise<boolean>;
  /** What was done at that moment is theirs again, unless it was changed since; undefined where it is gone. */
  delegatedReopened(
    step: Step,
    id: string,
    doneAt: Temporal.Instant,
  ): Promise<{ what: string; opened: boolean } | undefined>;
}

export interface Delegated {
  id: string;
  what: string;
  /** The level's name, as `advise`. */
  level: string;
  since: Temporal.Instant;
}

/** What a step of this room works with: a transaction, the lead, as whose everything is kept, the moment, the tools. */
export interface OneOnOneStep extends Step, OneOnOneTools {
  owner: Owner;
}

export const stepOf = (tools: OneOnOneTools, { trx, lead, now }: Step): OneOnOneStep => ({
  ...tools,
  trx,
  lead,
  now,
  owner: { workspaceId: lead.workspaceId, leadId: lead.id },
});

/** One step, done once for a request. Whatever has to be asked of Slack is asked before. */
export const inOneStep = (
  tools: OneOnOneTools,
  request: Request & { lead: Lead },
  work: (step: OneOnOneStep) => Promise<Answer>,
): Promise<Answer> => request.once((trx) => work(stepOf(tools, { ...request, trx })));

/** A door for leads whose work is one step, done once. */
export const onceWith =
  (tools: OneOnOneTools) =>
  <R extends Request>(work: (step: OneOnOneStep, request: R) => Promise<Answer>): Handler<R> =>
    tools.leads.asLead((request) => inOneStep(tools, request, (step) => work(step, request)));
