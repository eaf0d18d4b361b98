// The commitments' room: what people took on, whichever room they took it on in.

import { button } from '../../slack/blocks.ts';
import { weekBounds } from '../../time/weeks.ts';
import type { Room } from '../room.ts';
import * as actions from './commitments.actions.ts';
import { commitmentPlans } from './commitments.plans.ts';
import { closedNotice, commitmentReminder, type PromptTools } from './commitments.prompts.ts';
import { type CommitmentTools, commands, listen } from './commitments.slack.ts';
import * as store from './commitments.store.ts';
import { digestBlocks, homeBlocks, leftBehindBlocks } from './commitments.views.ts';

export { commitmentsPort } from './commitments.steps.ts';

export const commitmentsRoom = (tools: CommitmentTools & PromptTools): Room => ({
  name: 'commitments',
  commands,
  settings: button('Commitments', actions.settings),
  listen: (doors) => listen(doors, tools),
  prompts: [commitmentReminder(tools), closedNotice],
  plans: commitmentPlans,
  pages: {
    called: 'commitments',
    command: '/keel commitments',
    weight: 60,
    digest: async (trx, { lead, week, now }) => {
      const { start, end } = weekBounds(week, lead.timeZone);
      const closed = (await store.findClosedSince(trx, lead.id, start)).filter(
        ({ closedAt }) => closedAt && Temporal.Instant.compare(closedAt, end) < 0,
      );
      const mine = await store.findOpenOf(trx, lead.id);
      const theirs = await store.findOpenOwedTo(trx, lead.id);
      return digestBlocks({ closed, mine, theirs }, { member: lead, now });
    },
    home: async (trx, lead, now) => {
      const mine = await store.findOpenOf(trx, lead.id);
      const theirs = await store.findOpenOwedTo(trx, lead.id);
      return homeBlocks(mine, theirs, { member: lead, now });
    },
    leftBehind: async (trx, reader, leaverId, now) => {
      const theirs = (await store.findOpenOwedTo(trx, reader.id)).filter(
        ({ owner }) => owner.id === leaverId,
      );
      const mine = (await store.findOpenOf(trx, reader.id)).filter(({ leadId }) => leadId === leaverId);
      return leftBehindBlocks({ mine, theirs }, { member: reader, now });
    },
    received: async (trx, member, { now }) =>
      homeBlocks(await store.findOpenOf(trx, member.id), [], { member, now }),
  },
  leavesOpenWith: async (trx, personId) => {
    const theirs = await store.findOpenOf(trx, personId);
    const owed = await store.findOpenOwedTo(trx, personId);
    return [
      ...theirs.flatMap(({ leadId, owner }) => (owner.left ? [] : [leadId])),
      ...owed.flatMap(({ owner }) => (owner.id === null || owner.left ? [] : [owner.id])),
    ];
  },
  personLeft: (trx, personId) => store.markLeft(trx, personId, true),
  personBack: (trx, personId) => store.markLeft(trx, personId, false),
  export: async (trx, { leadId }) => {
    const found = await store.findAllOf(trx, leadId);
    return [
      {
        name: 'commitments',
        rows: found.map((commitment) => ({
          what: commitment.what,
          owner: commitment.owner.name,
          due: commitment.due.toString(),
          from: commitment.source.words,
          state: commitment.state,
          reason: commitment.reason,
          times_moved: commitment.moved,
          made_at: commitment.madeAt.toString(),
          closed_at: commitment.closedAt?.toString() ?? null,
        })),
      },
      {
        name: 'commitment settings',
        rows: [{ most_open_from_one_place: await store.findMostOpen(trx, leadId) }],
      },
    ];
  },
  erase: (trx, { leadId }) => store.eraseCommitments(trx, leadId),
});
