// The delegation room: what was handed over, to whom, at which level, and how it went.

import type { Tenant } from '../../db/tenancy.ts';
import { button } from '../../slack/blocks.ts';
import type { Owner, Room } from '../room.ts';
import type { DelegationTools } from './delegation.access.slack.ts';
import { question } from './delegation.actions.ts';
import { listenToCheckIns } from './delegation.check-ins.slack.ts';
import { listenToDrafts } from './delegation.drafts.slack.ts';
import { exported } from './delegation.export.ts';
import { listenToLevels } from './delegation.levels.slack.ts';
import { levelName } from './delegation.levels.ts';
import { digestBlocks, homeBlocks } from './delegation.list.views.ts';
import { delegationPlans } from './delegation.plans.ts';
import { type PromptTools, promptKinds } from './delegation.prompts.ts';
import { listenToQuestion } from './delegation.question.slack.ts';
import { commands, listen } from './delegation.slack.ts';
import * as store from './delegation.store.ts';

export const delegationRoom = (tools: DelegationTools & PromptTools): Room => ({
  name: 'delegation',
  commands,
  settings: button('Your delegation question', question),
  listen(doors) {
    listen(doors, tools);
    listenToDrafts(doors, tools);
    listenToLevels(doors, tools);
    listenToCheckIns(doors, tools);
    listenToQuestion(doors, tools);
  },
  prompts: promptKinds(tools),
  plans: delegationPlans,

  pages: {
    called: 'what you delegated',
    command: '/delegate list',
    weight: 70,
    async digest(trx, { lead, week, now }) {
      const { delegations, checkIns } = await store.findWithCheckIns(trx, lead.id);
      return digestBlocks(delegations, checkIns, week, { lead, now });
    },
    async home(trx, lead, now) {
      const { delegations, checkIns } = await store.findWithCheckIns(trx, lead.id);
      return homeBlocks(delegations, checkIns, { lead, now });
    },
  },

  export: (trx, owner) => exported(trx, { ...owner, sealer: tools.sealer }),
  erase: (trx, { leadId }) => store.eraseDelegations(trx, leadId),
});

/** What one person holds for a lead at the moment, oldest first: none of the words that the lead trusted us with. */
export async function delegatedTo(
  trx: Tenant,
  { leadId }: Owner,
  personId: string,
): Promise<{ what: string; level: string; since: Temporal.Instant }[]> {
  const delegations = await store.findDelegations(trx, leadId, personId);
  return delegations
    .filter(({ state }) => state === 'open')
    .toReversed()
    .map(({ title, level, toldAt, madeAt }) => ({
      what: title,
      level: levelName(level),
      since: toldAt ?? madeAt,
    }));
}
