// The delegation room: what was handed over, to whom, at which level, and how it went.

import type { Tenant } from '../../db/tenancy.ts';
import type { Step } from '../../leads/index.ts';
import { button } from '../../slack/blocks.ts';
import type { Owner, Room } from '../room.ts';
import type { DelegationTools } from './delegation.access.slack.ts';
import { question } from './delegation.actions.ts';
import { listenToCheckIns } from './delegation.check-ins.slack.ts';
import { listenToDrafts } from './delegation.drafts.slack.ts';
import { exported } from './delegation.export.ts';
import { listenToLevels } from './delegation.levels.slack.ts';
import { levelName } from './delegation.levels.ts';
import { digestBlocks, homeBlocks, leftBehindBlocks } from './delegation.list.views.ts';
import { heldBlocks } from './delegation.person.views.ts';
import { notePresence } from './delegation.planning.steps.ts';
import { delegationPlans } from './delegation.plans.ts';
import { type PromptTools, promptKinds } from './delegation.prompts.ts';
import { listenToQuestion } from './delegation.question.slack.ts';
import { commands, listen } from './delegation.slack.ts';
import { end, openAgain } from './delegation.steps.ts';
import * as store from './delegation.store.ts';
import { close, type Delegation, reopen } from './delegation.ts';

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
  makesLead: store.hasOwn,

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
    leftBehind: async (trx, reader, leaverId) =>
      leftBehindBlocks(
        (await store.findDelegations(trx, reader.id, leaverId)).filter(isOpen),
        (await store.findDelegations(trx, leaverId, reader.id)).filter(isOpen),
      ),
    received: async (trx, member) => heldBlocks(await store.findHeldBy(trx, member.id)),
  },
  async leavesOpenWith(trx, id) {
    const held = await store.findHeldBy(trx, id);
    const given = await store.findDelegations(trx, id);
    return [
      ...held.flatMap(({ leadId, delegation }) => (delegation.personLeft ? [] : [leadId])),
      ...given.flatMap((one) => (isOpen(one) && !one.personLeft ? [one.personId] : [])),
    ];
  },
  personLeft: (trx, id, now) => notePresence({ ...tools, trx, now }, { id, left: true }),
  personBack: (trx, id, now) => notePresence({ ...tools, trx, now }, { id, left: false }),

  export: (trx, owner) => exported(trx, { ...owner, sealer: tools.sealer }),
  erase: (trx, { leadId }) => store.eraseDelegations(trx, leadId),
});

const isOpen = ({ state }: Delegation): boolean => state === 'open';

/** What one person holds for a lead at the moment, oldest first: none of the words that the lead trusted us with. */
export async function delegatedTo(
  trx: Tenant,
  { leadId }: Owner,
  personId: string,
): Promise<{ id: string; what: string; level: string; since: Temporal.Instant }[]> {
  const delegations = await store.findDelegations(trx, leadId, personId);
  return delegations
    .filter(isOpen)
    .toReversed()
    .map(({ id, title, level, toldAt, madeAt }) => ({
      id,
      what: title,
      level: levelName(level),
      since: toldAt ?? madeAt,
    }));
}

/** Ends what somebody holds for a lead as done; false where it is not open. */
export const delegatedDone =
  (tools: Pick<DelegationTools, 'prompts' | 'sealer' | 'listeners'>) =>
  async ({ trx, lead, now }: Step, id: string): Promise<boolean> => {
    const delegation = await store.lockDelegation(trx, lead.id, id);
    const ended = delegation && close(delegation, { state: 'done', nextLevel: null }, now);
    if (ended) await end({ ...tools, trx, lead, now }, ended, null, { id });
    return ended !== undefined;
  };

/** What was ended as done at that moment is held again, unless it was changed since; undefined where it is gone. */
export const delegatedReopened =
  (tools: Pick<DelegationTools, 'prompts' | 'sealer' | 'listeners'>) =>
  async (
    { trx, lead, now }: Step,
    id: string,
    doneAt: Temporal.Instant,
  ): Promise<{ what: string; opened: boolean } | undefined> => {
    const delegation = await store.lockDelegation(trx, lead.id, id);
    if (!delegation) return undefined;
    const isAsItWas = delegation.closedAt?.equals(doneAt) === true && delegation.nextLevel === null;
    const opened = isAsItWas ? reopen(delegation) : undefined;
    if (opened) await openAgain({ ...tools, trx, lead, now }, opened);
    return { what: delegation.title, opened: opened !== undefined };
  };
