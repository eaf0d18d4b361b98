// The delegation room: what was handed over, to whom, at which level, and how it went.

import type { Sealer } from '../../db/sealed.ts';
import type { Tenant } from '../../db/tenancy.ts';
import { localDay } from '../../time/days.ts';
import type { ExportedTable, Owner, Room } from '../room.ts';
import { digestBlocks } from './delegation.digest.ts';
import { levelWords } from './delegation.levels.ts';
import { listenToPerson, type PersonTools } from './delegation.person.slack.ts';
import { type PromptTools, promptKinds } from './delegation.prompts.ts';
import { commands, type DelegationTools, listen } from './delegation.slack.ts';
import { planCheckIns, planQuestion, usualQuestionTime } from './delegation.steps.ts';
import * as store from './delegation.store.ts';
import { type Delegation, type Held, noWords } from './delegation.ts';
import { homeBlocks, ids } from './delegation.views.ts';

export type { HoursGlance } from './delegation.questions.ts';
export type { Held } from './delegation.ts';

export const delegationRoom = (tools: DelegationTools & PersonTools & PromptTools): Room => ({
  name: 'delegation',
  commands,
  settings: { label: 'Your delegation question', actionId: ids.question },
  listen(doors) {
    listen(doors, tools);
    listenToPerson(doors, tools);
  },
  prompts: promptKinds(tools),

  async leadChanged(trx, lead, now) {
    const chosen = await store.findQuestionTime(trx, lead.id);
    await planQuestion(trx, tools.prompts, lead, chosen ?? usualQuestionTime(lead), now);
    // Their mornings may have moved.
    const open = (await store.findDelegations(trx, lead.id)).filter(
      ({ state, personLeft }) => state === 'open' && !personLeft,
    );
    const checkIns = await store.findCheckIns(trx, lead.id, idsOf(open));
    await planCheckIns(trx, tools.prompts, lead, checkIns, now);
  },

  pages: {
    called: 'what you delegated',
    command: '/delegate list',
    weight: 70,
    async digest(trx, { lead, week, now }) {
      const delegations = await store.findDelegations(trx, lead.id);
      const checkIns = await store.findCheckIns(trx, lead.id, idsOf(delegations));
      return digestBlocks(delegations, checkIns, week, { lead, now });
    },
    async home(trx, lead, now) {
      const delegations = await store.findDelegations(trx, lead.id);
      const checkIns = await store.findCheckIns(trx, lead.id, idsOf(delegations));
      return homeBlocks(delegations, checkIns, { lead, now });
    },
  },

  export: (trx, owner) => exported(trx, tools.sealer, owner),
  erase: (trx, { leadId }) => store.eraseDelegations(trx, leadId),
});

const idsOf = (delegations: readonly Delegation[]): string[] => delegations.map(({ id }) => id);

/** What one person holds for a lead at the moment, oldest first; for whoever prepares to meet them. */
export async function heldBy(
  trx: Tenant,
  owner: Owner,
  personId: string,
  now: Temporal.Instant,
): Promise<Held[]> {
  const open = (await store.findDelegations(trx, owner.leadId, personId)).filter(
    ({ state }) => state === 'open',
  );
  const checkIns = await store.findCheckIns(trx, owner.leadId, idsOf(open));
  return open.toReversed().map((delegation) => ({
    id: delegation.id,
    title: delegation.title,
    level: delegation.level,
    levelName: levelWords(delegation.level).name,
    agreed: delegation.agreedAt !== null,
    since: delegation.toldAt ?? delegation.madeAt,
    until: delegation.until,
    nextCheckIn:
      checkIns.find(
        (checkIn) =>
          checkIn.delegationId === delegation.id &&
          checkIn.answer === null &&
          // A day that has just begun somewhere is still ahead of somebody.
          Temporal.PlainDate.compare(checkIn.day, localDay(now, 'UTC')) >= 0,
      )?.day ?? null,
  }));
}

async function exported(trx: Tenant, sealer: Sealer, owner: Owner): Promise<ExportedTable[]> {
  const delegations = (await store.findDelegations(trx, owner.leadId)).toReversed();
  const words = await store.openWords(trx, sealer, owner, idsOf(delegations));
  const moves = await store.findLevelMoves(trx, owner.leadId, idsOf(delegations));
  const checkIns = await store.findCheckIns(trx, owner.leadId, idsOf(delegations));
  const titleOf = (id: string): string => delegations.find((one) => one.id === id)?.title ?? '';
  const levelRows: ExportedTable['rows'] = [];
  for (const { delegationId, step, at, kind, level, by } of moves) {
    const found = await store.findLevelStep(trx, sealer, owner, delegationId, step);
    levelRows.push({
      delegation: titleOf(delegationId),
      at: at.toString(),
      what: kind,
      level: levelWords(level).name,
      by: by === 'lead' ? 'you' : 'them',
      note: found?.note ?? null,
    });
  }
  const question = await store.findQuestionTime(trx, owner.leadId);
  return [
    {
      name: 'delegations',
      rows: delegations.map((one) => {
        const { why, stays, told, closing } = words.get(one.id) ?? noWords;
        return {
          title: one.title,
          person: one.personId,
          person_name: one.personName,
          person_left: one.personLeft,
          state: one.state,
          level: levelWords(one.level).name,
          agreed_at: one.agreedAt?.toString() ?? null,
          proposed_level: one.proposal ? levelWords(one.proposal.level).name : null,
          risky: one.risky,
          until: one.until?.toString() ?? null,
          next_level: one.nextLevel ? levelWords(one.nextLevel).name : null,
          gives_again: one.follows ? titleOf(one.follows) : null,
          why_them: why,
          stays_with_you: stays,
          told_them: told,
          why_taken_back_or_what_they_learned: closing,
          made_at: one.madeAt.toString(),
          told_at: one.toldAt?.toString() ?? null,
          closed_at: one.closedAt?.toString() ?? null,
        };
      }),
    },
    { name: 'delegation levels', rows: levelRows },
    {
      name: 'delegation check-ins',
      rows: checkIns.map(({ delegationId, day, answer }) => ({
        delegation: titleOf(delegationId),
        day: day.toString(),
        answer,
      })),
    },
    {
      name: 'delegation question',
      rows: question
        ? [{ asks: question.asks, weekday: question.weekday, time: question.time.toString() }]
        : [],
    },
  ];
}
