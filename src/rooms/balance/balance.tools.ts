// What this room's doors have at hand: who the lead is, their categories, and one transaction that counts once.

import type { Entry } from '../../leads/index.ts';
import type { Prompts } from '../../prompts/prompts.ts';
import type { Way } from '../../slack/through.ts';
import { findCategories, ownerOf } from './balance.store.ts';
import type { TimerStep } from './balance.timer.steps.ts';

export interface BalanceTools {
  leads: Entry;
  prompts: Prompts;
}

/** Makes a door's handler of what it does in that transaction. */

export const onceWithCategories =
  ({ leads, prompts }: BalanceTools): Way<[TimerStep]> =>
  (work) =>
    leads.onceAsLead(async (step, request) => {
      const categories = await findCategories(step.trx, ownerOf(step.lead));
      return work({ ...step, prompts, categories }, request);
    });
