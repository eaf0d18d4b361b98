// Who may do something about a delegation: its lead, and whoever holds it once they were told. Decided here alone.

import type { Entry } from '../../leads/index.ts';
import type { Doors, Request } from '../../slack/doors.ts';
import { type Through, through } from '../../slack/through.ts';
import { notYours } from './delegation.person.views.ts';
import type { LeadOf } from './delegation.planning.steps.ts';
import type { DelegationStep, StepTools } from './delegation.steps.ts';
import * as store from './delegation.store.ts';
import type { Delegation } from './delegation.ts';
import { gone } from './delegation.views.ts';

export interface DelegationTools extends StepTools {
  leads: Entry;
  leadOf: LeadOf;
}

/** What a button or a form is about. */
type About = Request & ({ carried: { id: string } } | { data: { id: string } });

/** Runs `work` on the delegation a request is about, its row locked, in one transaction that counts once. */
export type OnOne = Through<[DelegationStep, Delegation], About>;

const idIn = (request: About): string => ('carried' in request ? request.carried.id : request.data.id);

export const asItsLead = (doors: Doors, tools: DelegationTools): OnOne =>
  through<[DelegationStep, Delegation], About>(doors, (work) =>
    tools.leads.onceAsLead(async (step, request) => {
      const delegation = await store.lockDelegation(step.trx, step.lead.id, idIn(request));
      return delegation ? work({ ...tools, ...step }, delegation, request) : { replace: gone() };
    }),
  );

/** Somebody else's, or a draft they know nothing of, is simply not there. */
export const asItsHolder = (doors: Doors, tools: DelegationTools): OnOne =>
  through<[DelegationStep, Delegation], About>(
    doors,
    (work) => (request) =>
      request.once(async (trx) => {
        const held = await store.lockHeld(trx, request.personId, idIn(request));
        const lead = held && (await tools.leadOf(trx, held.leadId));
        return lead
          ? work({ ...tools, trx, lead, now: request.now }, held.delegation, request)
          : { replace: notYours() };
      }),
  );
