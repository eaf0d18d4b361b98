// The port through which other rooms make commitments, look at them and close them, inside their own transactions.

import type { Tenant } from '../../db/tenancy.ts';
import type { Listeners } from '../../leads/leads.ts';
import type { Prompts } from '../../prompts/prompts.ts';
import { localDay } from '../../time/days.ts';
import * as store from './commitments.store.ts';
import {
  type Changed,
  type Commitment,
  type Commitments,
  problemWith,
  reminders,
  roomLeft,
  type Source,
} from './commitments.ts';

export const reminderKinds = { before: 'commitment-before', after: 'commitment-after' } as const;

interface PortTools {
  prompts: Pick<Prompts, 'plan'>;
  listeners: Listeners;
}

export function commitmentsPort({ prompts, listeners }: PortTools): Commitments {
  /** Two prompts for each day on which the owner has something due: several things due that day share them. */
  async function remind(trx: Tenant, ownerId: string, due: Temporal.PlainDate, now: Temporal.Instant) {
    const owner = await listeners.find(trx, ownerId);
    if (!owner) return;
    const { before, after } = reminders(due, owner, now);
    const plan = { leadId: ownerId, subject: due.toString(), destination: { dm: ownerId } };
    if (before) await prompts.plan(trx, { ...plan, kind: reminderKinds.before, when: { at: before } }, now);
    await prompts.plan(trx, { ...plan, kind: reminderKinds.after, when: { at: after } }, now);
  }

  async function todayOf(trx: Tenant, ownerId: string, zone: string | undefined, now: Temporal.Instant) {
    const known = await listeners.find(trx, ownerId);
    return localDay(now, known?.timeZone ?? zone ?? 'UTC');
  }

  async function change(
    trx: Tenant,
    id: string,
    from: (commitment: Commitment) => boolean,
    to: (commitment: Commitment) => store.Change,
  ): Promise<Changed> {
    const before = await store.lockCommitment(trx, id);
    if (!before) return { kind: 'unknown' };
    if (!from(before)) return { kind: 'stale', commitment: before };
    return { kind: 'changed', before, commitment: await store.changeCommitment(trx, id, to(before)) };
  }

  const isOpen = (commitment: Commitment) => commitment.state === 'open';
  const openFrom = async (trx: Tenant, source: Pick<Source, 'kind' | 'id'>) =>
    (await store.findFrom(trx, source)).filter(isOpen);

  return {
    async add(trx, keeper, source, drafts, now) {
      for (const [at, draft] of drafts.entries()) {
        const today = await todayOf(trx, draft.owner.id, draft.owner.timeZone, now);
        const problem = problemWith(draft, today);
        if (problem) return { kind: 'refused', at, ...problem };
      }
      await store.lockSources(trx, keeper.leadId);
      const most = await store.findMostOpen(trx, keeper.leadId);
      const open = await openFrom(trx, source);
      if (drafts.length > roomLeft(open.length, most)) {
        return { kind: 'refused', why: 'too-many-open', open, most };
      }
      for (const { owner } of drafts) {
        const who = {
          workspaceId: keeper.workspaceId,
          personId: owner.id,
          timeZone: owner.timeZone ?? 'UTC',
        };
        await listeners.welcome(trx, who, now);
      }
      const commitments = await store.saveCommitments(trx, keeper, { source, drafts }, now);
      for (const { owner, due } of drafts) await remind(trx, owner.id, due, now);
      return { kind: 'added', commitments };
    },

    async roomFor(trx, keeper, source) {
      const most = await store.findMostOpen(trx, keeper.leadId);
      return roomLeft((await openFrom(trx, source)).length, most);
    },

    openFrom,
    allFrom: store.findFrom,
    openBetween: store.findOpenBetween,
    openOf: store.findOpenOf,
    find: store.findByIds,

    done: (trx, id, now) => change(trx, id, isOpen, () => ({ state: 'done', closedAt: now })),

    notDoing: (trx, id, reason, now) =>
      change(trx, id, isOpen, () => ({ state: 'dropped', reason: reason.trim(), closedAt: now })),

    async reopen(trx, id, now) {
      const changed = await change(
        trx,
        id,
        (commitment) => commitment.state !== 'open',
        () => ({ state: 'open', reason: null, closedAt: null }),
      );
      if (changed.kind === 'changed' && changed.commitment.owner.id) {
        await remind(trx, changed.commitment.owner.id, changed.commitment.due, now);
      }
      return changed;
    },

    async newDate(trx, id, due, now) {
      const known = await store.findCommitment(trx, id);
      if (!known) return { kind: 'unknown' };
      const today = await todayOf(trx, known.owner.id ?? '', undefined, now);
      const problem = problemWith({ what: known.what, due }, today);
      if (problem) return { kind: 'refused', why: problem.why };
      const changed = await change(trx, id, isOpen, (before) => ({
        due,
        moved: before.moved + (before.due.equals(due) ? 0 : 1),
      }));
      if (changed.kind === 'changed' && changed.commitment.owner.id) {
        await remind(trx, changed.commitment.owner.id, due, now);
      }
      return changed;
    },

    async edit(trx, keeper, id, draft, now) {
      const today = await todayOf(trx, draft.owner.id, draft.owner.timeZone, now);
      const problem = problemWith(draft, today);
      if (problem) return { kind: 'refused', why: problem.why };
      const { owner } = draft;
      const changed = await change(
        trx,
        id,
        () => true,
        (before) => ({
          what: draft.what.trim(),
          due: draft.due,
          owner: { id: owner.id, name: owner.name },
          moved: before.moved + (before.due.equals(draft.due) ? 0 : 1),
          state: 'open',
          reason: null,
          closedAt: null,
        }),
      );
      if (changed.kind !== 'changed') return changed;
      const who = { workspaceId: keeper.workspaceId, personId: owner.id, timeZone: owner.timeZone ?? 'UTC' };
      await listeners.welcome(trx, who, now);
      await remind(trx, owner.id, draft.due, now);
      return changed;
    },
  };
}
