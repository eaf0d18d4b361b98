// What this room says of its own accord: how is it going, what one side said to the other, and the weekly question.

import type { Sealer } from '../../db/sealed.ts';
import type { Tenant } from '../../db/tenancy.ts';
import type { Lead } from '../../leads/leads.ts';
import { type DuePrompt, nothing, type PromptKind, usefulFor } from '../../prompts/prompts.ts';
import { escaped } from '../../slack/blocks.ts';
import { localDay } from '../../time/days.ts';
import { isoWeek } from '../../time/weeks.ts';
import { checkInQuestion } from './delegation.check-ins.views.ts';
import { reply } from './delegation.levels.views.ts';
import { told, wordsToTell } from './delegation.person.views.ts';
import { nameOf, titleOf } from './delegation.phrases.views.ts';
import { readSubject } from './delegation.planning.steps.ts';
import { kinds } from './delegation.plans.ts';
import { weeklyQuestion } from './delegation.question.views.ts';
import { chooseQuestion, type RecentHours, type WeekShown } from './delegation.questions.ts';
import { findLevelMove } from './delegation.sealed.store.ts';
import { detailsOf, ownerIn } from './delegation.steps.ts';
import * as store from './delegation.store.ts';
import { type Delegation, riskOnOne, type Side, weeksSinceLast } from './delegation.ts';

export interface PromptTools {
  sealer: Sealer;
  /** Where the hours of the lead's last seven days went. */
  hours(trx: Tenant, lead: Lead, now: Temporal.Instant): Promise<RecentHours>;
}

export const promptKinds = (tools: PromptTools): PromptKind[] => [
  {
    kind: 'question',
    name: kinds.checkIn,
    title: 'Delegation check-in',
    async about(trx, subject, leadId) {
      const checkIn = await store.findCheckIn(trx, leadId, subject);
      const delegation = checkIn && (await store.findDelegation(trx, leadId, checkIn.delegationId));
      return delegation && whatWithWhom(delegation);
    },
    importance: 70,
    overBudget: 'next-working-day',
    whenQuiet: 'wait',
    usefulUntil: usefulFor({ days: 14 }),
    async compose(trx, { deliveryId, lead, subject, now }) {
      const checkIn = await store.findCheckIn(trx, lead.id, subject);
      if (!checkIn) return nothing('the check-in was taken off');
      if (checkIn.answer !== null) return nothing('it was answered before it was asked');
      const delegation = await store.findDelegation(trx, lead.id, checkIn.delegationId);
      if (delegation?.state !== 'open') return nothing('the delegation is not open');
      if (delegation.personLeft) return nothing('the person has left');
      const asked = { id: delegation.id, checkIn: checkIn.id, delivery: deliveryId };
      return { kind: 'say', message: checkInQuestion(delegation, asked, { lead, now }) };
    },
  },
  {
    kind: 'errand',
    name: kinds.toPerson,
    title: 'What you told somebody about a delegation',
    // The lead sent it on purpose, and whoever reads it may be away for a while.
    usefulUntil: usefulFor({ weeks: 26 }),
    toWhom: async (trx, { leadId, subject }) =>
      (await store.findDelegation(trx, leadId, readSubject(subject).delegationId))?.personName,
    async compose(trx, prompt) {
      const { lead } = prompt;
      const step = { trx, ...prompt, sealer: tools.sealer };
      const said = await currentMove(step, 'lead');
      if (said.kind === 'nothing') return said;
      const toldWords = wordsToTell(await detailsOf(step, said.delegation), prompt);
      return {
        kind: 'say',
        message: told(said.delegation, said.move, { toldWords, note: said.note }, { lead }),
      };
    },
  },
  {
    kind: 'question',
    name: kinds.reply,
    title: 'What somebody proposes for a delegation',
    async about(trx, subject, leadId) {
      const delegation = await store.findDelegation(trx, leadId, readSubject(subject).delegationId);
      return delegation && whatWithWhom(delegation);
    },
    importance: 75,
    // It answers something the lead started.
    overBudget: 'send',
    whenQuiet: 'wait',
    usefulUntil: usefulFor({ days: 14 }),
    compose: composeReply(tools),
  },
  {
    kind: 'notice',
    name: kinds.answer,
    title: 'What somebody said to a delegation',
    usefulUntil: usefulFor({ days: 14 }),
    compose: composeReply(tools),
  },
  {
    kind: 'question',
    name: kinds.question,
    title: 'Weekly delegation question',
    importance: 40,
    overBudget: 'next-working-day',
    whenQuiet: 'wait',
    // A Wednesday's question is still good on Friday; after the weekend it is about another week.
    usefulUntil: usefulFor({ days: 3 }),
    async compose(trx, { deliveryId, lead, occurrence, now }) {
      const delegations = await store.findDelegations(trx, lead.id);
      const shown = weekShown(delegations, await tools.hours(trx, lead, now), now);
      const chosen = chooseQuestion(shown, isoWeek(localDay(occurrence, lead.timeZone)), escaped);
      return { kind: 'say', message: weeklyQuestion(chosen, deliveryId) };
    },
  },
];

const whatWithWhom = (delegation: Delegation): string =>
  `for ${titleOf(delegation)}, with ${nameOf(delegation)}`;

/** What the other person said, for the lead. */
const composeReply =
  ({ sealer }: PromptTools): PromptKind['compose'] =>
  async (trx, prompt) => {
    const said = await currentMove({ trx, ...prompt, sealer }, 'person');
    if (said.kind === 'nothing') return said;
    return { kind: 'say', message: reply(said.delegation, said.move, said.note, prompt.deliveryId) };
  };

/** What a side said in that round, unless more has been said since. */
async function currentMove(
  { trx, lead, subject, sealer }: Pick<DuePrompt, 'lead' | 'subject'> & { trx: Tenant; sealer: Sealer },
  by: Side,
) {
  const { delegationId, round } = readSubject(subject);
  const delegation = await store.findDelegation(trx, lead.id, delegationId);
  if (delegation?.state !== 'open') return nothing('the delegation is not open');
  if (delegation.round !== round) return nothing('more was said since');
  const found = await findLevelMove(trx, ownerIn({ lead, sealer }), { delegationId, round });
  if (found?.move.by !== by) return nothing('it was said by the other side');
  return { kind: 'said' as const, delegation, ...found };
}

/** What the week shows of handing over. */
export function weekShown(
  delegations: readonly Delegation[],
  hours: RecentHours,
  now: Temporal.Instant,
): WeekShown {
  const fortnightAgo = now.subtract({ hours: 24 * 14 });
  const takenBack = delegations.find(
    ({ state, closedAt }) =>
      state === 'taken-back' && closedAt !== null && Temporal.Instant.compare(closedAt, fortnightAgo) > 0,
  );
  const risk = riskOnOne(delegations);
  return {
    hours,
    open: delegations.filter(({ state }) => state === 'open').length,
    weeksSince: weeksSinceLast(delegations, now),
    takenBack: takenBack ? { title: takenBack.title, person: nameOf(takenBack) } : null,
    riskOn: risk ? { person: nameOf(risk.holder), count: risk.count } : null,
  };
}
