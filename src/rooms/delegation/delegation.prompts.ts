// What this room says of its own accord: how is it going, what one side said to the other, and the weekly question.

import type { Sealer } from '../../db/sealed.ts';
import type { Tenant } from '../../db/tenancy.ts';
import type { Lead } from '../../leads/leads.ts';
import { type Composition, nothing, type PromptKind, usefulFor } from '../../prompts/prompts.ts';
import { aside, button, escaped, message, paragraph, row } from '../../slack/blocks.ts';
import { localDay } from '../../time/days.ts';
import { isoWeek } from '../../time/weeks.ts';
import { told } from './delegation.person.views.ts';
import { chooseQuestion, type HoursGlance, type WeekShown } from './delegation.questions.ts';
import { kinds, readSubject } from './delegation.steps.ts';
import * as store from './delegation.store.ts';
import { type Delegation, noWords, riskOnOne } from './delegation.ts';
import { buttonValue, checkInQuestion, ids, nameOf, reply, wordsToTell } from './delegation.views.ts';

export interface PromptTools {
  sealer: Sealer;
  /** Where the hours of the lead's last seven days went. */
  hours(trx: Tenant, lead: Lead, now: Temporal.Instant): Promise<HoursGlance>;
}

export const promptKinds = (tools: PromptTools): PromptKind[] => [
  {
    kind: 'question',
    name: kinds.checkIn,
    title: 'Delegation check-in',
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
      const value = { id: delegation.id, checkIn: checkIn.id, delivery: deliveryId };
      return { kind: 'say', message: checkInQuestion(delegation, value, { lead, now }) };
    },
  },
  {
    kind: 'errand',
    name: kinds.toPerson,
    title: 'What you told somebody about a delegation',
    // The lead pressed Send; it goes to somebody whose prompts these are not.
    usefulUntil: usefulFor({ days: 7 }),
    compose: (trx, { lead, subject, now }) => toPerson(trx, tools, lead, subject, now),
  },
  {
    kind: 'question',
    name: kinds.reply,
    title: 'What somebody said to a delegation',
    importance: 75,
    // It answers something the lead started.
    overBudget: 'send',
    whenQuiet: 'wait',
    usefulUntil: usefulFor({ days: 14 }),
    async compose(trx, { deliveryId, lead, subject }) {
      const said = await currentWord(trx, tools, lead, subject, 'person');
      if (said.kind === 'nothing') return said;
      const { delegation, step, note } = said;
      return { kind: 'say', message: reply(delegation, step, note, deliveryId) };
    },
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
      const shown = weekShown(
        await store.findDelegations(trx, lead.id),
        await tools.hours(trx, lead, now),
        now,
      );
      const week = isoWeek(localDay(occurrence, lead.timeZone));
      const { question, because } = chooseQuestion(shown, week, escaped);
      const value = buttonValue({ id: '', delivery: deliveryId });
      return {
        kind: 'say',
        message: message(
          because === null ? undefined : aside(because),
          paragraph(`*${question.text}*`),
          row(
            button('Delegate something', ids.give, { value, style: 'primary' }),
            button('Not this week', ids.notThisWeek, { value }),
          ),
        ),
      };
    },
  },
];

async function toPerson(
  trx: Tenant,
  tools: PromptTools,
  lead: Lead,
  subject: string,
  now: Temporal.Instant,
): Promise<Composition> {
  const said = await currentWord(trx, tools, lead, subject, 'lead');
  if (said.kind === 'nothing') return said;
  const { delegation, step, note } = said;
  const owner = { workspaceId: lead.workspaceId, leadId: lead.id };
  const words = (await store.openWords(trx, tools.sealer, owner, [delegation.id])).get(delegation.id);
  const checkIns = await store.findCheckIns(trx, lead.id, [delegation.id]);
  const toldWords = wordsToTell({ delegation, checkIns, words: words ?? noWords }, { lead, now });
  return { kind: 'say', message: told(delegation, step, { toldWords, note }, lead.id) };
}

/** What a side said in that round, unless more has been said since or there is nobody left to hear it. */
async function currentWord(
  trx: Tenant,
  { sealer }: PromptTools,
  lead: Lead,
  subject: string,
  by: 'lead' | 'person',
) {
  const { id, round } = readSubject(subject);
  const delegation = await store.findDelegation(trx, lead.id, id);
  if (delegation?.state !== 'open') return nothing('the delegation is not open');
  if (delegation.round !== round) return nothing('more was said since');
  if (delegation.personLeft) return nothing('the person has left');
  const owner = { workspaceId: lead.workspaceId, leadId: lead.id };
  const found = await store.findLevelStep(trx, sealer, owner, id, round);
  if (!found || found.step.by !== by) return nothing('it was said by the other side');
  return { kind: 'said' as const, delegation, ...found };
}

/** What the week shows of handing over. */
export function weekShown(
  delegations: readonly Delegation[],
  hours: HoursGlance,
  now: Temporal.Instant,
): WeekShown {
  const given = delegations.flatMap(({ toldAt }) => (toldAt ? [toldAt] : []));
  const latest = given.toSorted(Temporal.Instant.compare).at(-1);
  const fortnightAgo = now.subtract({ hours: 24 * 14 });
  const takenBack = delegations.find(
    ({ state, closedAt }) =>
      state === 'taken-back' && closedAt !== null && Temporal.Instant.compare(closedAt, fortnightAgo) > 0,
  );
  const risk = riskOnOne(delegations);
  return {
    hours,
    open: delegations.filter(({ state }) => state === 'open').length,
    weeksSince: latest ? Math.floor(latest.until(now).total('hours') / (24 * 7)) : null,
    takenBack: takenBack ? { title: takenBack.title, person: nameOf(takenBack) } : null,
    riskOn: risk ? { person: nameOf(risk.holder), count: risk.count } : null,
  };
}
