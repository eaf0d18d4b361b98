// What of this room's is to come: the question after a timer that runs.

import type { StandingPlans } from '../../prompts/prompts.ts';
import * as store from './balance.store.ts';
import { timerPrompt } from './balance.timer.steps.ts';
import { timerCheckAt } from './balance.timer.ts';

export const balancePlans: StandingPlans = {
  kinds: [timerPrompt],
  async wanted(trx, lead, now) {
    const timer = await store.findTimer(trx, lead.id);
    const at = timer && timerCheckAt(timer, lead);
    if (!at || Temporal.Instant.compare(at, now) <= 0) return [];
    return [{ leadId: lead.id, kind: timerPrompt, destination: { dm: lead.id }, when: { at } }];
  },
};
