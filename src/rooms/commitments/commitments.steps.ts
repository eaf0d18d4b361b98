// The port through which other rooms make commitments, look at them and close them, inside their own transactions.

import type { Tenant } from '../../db/tenancy.ts';
import type { Listeners } from '../../leads/leads.ts';
import type { Prompts } from '../../prompts/prompts.ts';
import { localDay } from '../../time/days.ts';
import { reminderKinds, remindersFor } from './commitments.plans.ts';
import * as store from './commitments.store.ts';
import {
  type Changed,
  type Commitment,
  type Commitments,
  problemWith,
  roomLeft,
  type Source,
} from './commitments.ts';

interface PortTools {
  prompts: Pick<Prompts, 'plan' | 'remove'>;
  listeners: Listeners;
}

export function commitmentsPort({ prompts, listeners }: PortTools): Commitments {
  /** The owner's reminders of a day: planned while something of it is open, else taken back. */
  async function remind(
    trx: Tenant,
    { owner: { id: ownerId }, due }: Pick<Commitment, 'owner' | 'due'>,
    now: Temporal.Instant,
  ): Promise<void> {
    const owner = ownerId && (await listeners.find(trx, ownerId));
    if (!owner) return;
    const isOpen = (await store.findOpenDueOn(trx, owner.id, due)).length > 0;
    for (const plan of isOpen ? remindersFor(owner, due, now) : []) await prompts.plan(trx, plan, now);
    for (const kind of isOpen ? [] : Object.values(reminderKinds)) {
      await prompts.remove(trx, { leadId: owner.id, kind, subject: due.toString() }, now);
    }
  }

  async function todayOf(trx: Tenant, ownerId: string, zone: string | undefined, now: Temporal.Instant) {
    const known = await listeners.find(trx, ownerId);
    return localDay(now, known?.timeZone ?? zone ?? 'UTC');
  }

  async function change(
    trx: Tenant,
    { id, now }: { id: string; now: Temporal.Instant },
    from: (commitment: Commitment) => boolean,
    to: (commitment: Commitment) => store.Change,
  ): Promise<Changed> {
    const before = await store.lockCommitment(trx, id);
    if (!before) return { kind: 'unknown' };
    if (!from(before)) return { kind: 'stale', commitment: before };
    const commitment = await store.changeCommitment(trx, id, to(before));
    for (const one of [before, commitment]) await remind(trx, one, now);
    return { kind: 'changed', before, commitment };
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
      for (const one of commitments) await remind(trx, one, now);
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
    handOver: store.handOver,

    done: (trx, id, now) => change(trx, { id, now }, isOpen, () => ({ state: 'done', closedAt: now })),

    notDoing: (trx, id, reason, now) =>
      change(trx, { id, now }, isOpen, () => ({ state: 'dropped', reason: reason.trim(), closedAt: now })),

    reopen: (trx, id, now) =>
      change(
        trx,
        { id, now },
        (commitment) => commitment.state !== 'open',
        () => ({ state: 'open', reason: null, closedAt: null }),
      ),

    async newDate(trx, id, due, now) {
      const known = await store.findCommitment(trx, id);
      if (!known) return { kind: 'unknown' };
      const today = await todayOf(trx, known.owner.id ?? '', undefined, now);
      const problem = problemWith({ what: known.what, due }, today);
      if (problem) return { kind: 'refused', why: problem.why };
      return change(trx, { id, now }, isOpen, (before) => ({
        due,
        moved: before.moved + (before.due.equals(due) ? 0 : 1),
      }));
    },

    async edit(trx, keeper, id, draft, now) {
      const today = await todayOf(trx, draft.owner.id, draft.owner.timeZone, now);
      const problem = problemWith(draft, today);
      if (problem) return { kind: 'refused', why: problem.why };
      const { owner } = draft;
      const changed = await change(
        trx,
        { id, now },
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
      await remind(trx, changed.commitment, now);
      return changed;
    },
  };
}
