// Everything this room knows of a lead, as a person would want it in a file.

import type { Tenant } from '../../db/tenancy.ts';
import type { ExportedTable } from '../room.ts';
import { levelName } from './delegation.levels.ts';
import { findLevelMove, openWords, type SealedOwner } from './delegation.sealed.store.ts';
import * as store from './delegation.store.ts';
import { noWords } from './delegation.ts';

export async function exported(trx: Tenant, owner: SealedOwner): Promise<ExportedTable[]> {
  const { delegations: latestFirst, checkIns } = await store.findWithCheckIns(trx, owner.leadId);
  const delegations = latestFirst.toReversed();
  const words = await openWords(trx, owner, delegations);
  const titleOf = (id: string): string => delegations.find((one) => one.id === id)?.title ?? '';
  const levelRows: ExportedTable['rows'] = [];
  for (const move of await store.findLevelMoves(trx, owner.leadId, delegations)) {
    const found = await findLevelMove(trx, owner, move);
    levelRows.push({
      delegation: titleOf(move.delegationId),
      at: move.at.toString(),
      what: move.kind,
      level: levelName(move.level),
      by: move.by === 'lead' ? 'you' : 'them',
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
          level: levelName(one.level),
          agreed_at: one.agreedAt?.toString() ?? null,
          proposed_level: one.proposal ? levelName(one.proposal.level) : null,
          risky: one.risky,
          until: one.until?.toString() ?? null,
          next_level: one.nextLevel ? levelName(one.nextLevel) : null,
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
