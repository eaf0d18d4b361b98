// The port through which other rooms make commitments, look at them and close them, inside their own transactions.

import type { Tenant } from '../../db/tenancy.ts';
import type { Listeners } from '../../leads/leads.ts';
import type { Prompts } from '../../prompts/prompts.ts';
import { localDay } from '../../time/days.ts';
import { closedFor, daysOf, kinds, newsFor, remindersFor } from './commitments.plans.ts';
import * as store from './commitments.store.ts';
import {
  type Act,
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
  /** The reminders of somebody who has, or had, something due that day, given what is open now. */
  async function remind(
    trx: Tenant,
    { owner: { id: ownerId }, due }: Pick<Commitment, 'owner' | 'due'>,
    now: Temporal.Instant,
  ): Promise<void> {
    const owner = ownerId && (await listeners.find(trx, ownerId));
    if (!owner) return;
    const wanted = remindersFor(await store.findOpenOf(trx, owner.id), owner, now);
    for (const plan of wanted) await prompts.plan(trx, plan, now);
    for (const subject of daysOf(due, owner)) {
      if (wanted.some((plan) => plan.subject === subject)) continue;
      await prompts.remove(trx, { leadId: owner.id, kind: kinds.reminder, subject }, now);
    }
  }

  /** After it was made or changed: its owner is reminded by how it is now, and told where somebody else did it. */
  async function follow(trx: Tenant, commitment: Commitment, now: Temporal.Instant): Promise<void> {
    await remind(trx, commitment, now);
    const { owner, state, saidAt } = commitment;
    const known = owner.id && state === 'open' && saidAt === null && (await listeners.find(trx, owner.id));
    if (known) await prompts.plan(trx, newsFor(known, now), now);
  }

  async function todayOf(trx: Tenant, ownerId: string, zone: string | undefined, now: Temporal.Instant) {
    const known = await listeners.find(trx, ownerId);
    return localDay(now, known?.timeZone ?? zone ?? 'UTC');
  }

  async function change(
    trx: Tenant,
    id: string,
    { by, now }: Act,
    from: (commitment: Commitment) => boolean,
    to: (commitment: Commitment) => store.Change,
  ): Promise<Changed> {
    const before = await store.lockCommitment(trx, id);
    if (!before) return { kind: 'unknown' };
    if (!from(before)) return { kind: 'stale', commitment: before };
    const change = to(before);
    const ownerId = change.owner ? change.owner.id : before.owner.id;
    const isClosing = change.state === 'done' || change.state === 'dropped';
    const tellLead = isClosing && by !== before.leadId;
    // Whoever did it knows of it; anybody else is to hear that it is otherwise now.
    const saidAt = by === ownerId || isClosing ? now : null;
    const commitment = await store.changeCommitment(trx, id, { ...change, saidAt, tellLead });
    await remind(trx, before, now);
    await follow(trx, commitment, now);
    if (tellLead) await prompts.plan(trx, closedFor(before.leadId, now), now);
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
      for (const one of commitments) await follow(trx, one, now);
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

    done: (trx, id, act) => change(trx, id, act, isOpen, () => ({ state: 'done', closedAt: act.now })),

    notDoing: (trx, id, reason, act) =>
      change(trx, id, act, isOpen, () => ({ state: 'dropped', reason: reason.trim(), closedAt: act.now })),

    reopen: (trx, id, act, closed) =>
      change(
        trx,
        id,
        act,
        ({ state, closedAt }) => state !== 'open' && (!closed || closedAt?.equals(closed) === true),
        () => ({ state: 'open', reason: null, closedAt: null }),
      ),

    async newDate(trx, id, due, act) {
      const known = await store.findCommitment(trx, id);
      if (!known) return { kind: 'unknown' };
      const today = await todayOf(trx, known.owner.id ?? '', undefined, act.now);
      const problem = problemWith({ what: known.what, due }, today);
      if (problem) return { kind: 'refused', why: problem.why };
      return change(trx, id, act, isOpen, (before) => ({
        due,
        moved: before.moved + (before.due.equals(due) ? 0 : 1),
      }));
    },

    async edit(trx, keeper, id, draft, act) {
      const today = await todayOf(trx, draft.owner.id, draft.owner.timeZone, act.now);
      const problem = problemWith(draft, today);
      if (problem) return { kind: 'refused', why: problem.why };
      const { owner } = draft;
      const changed = await change(
        trx,
        id,
        act,
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
      await listeners.welcome(trx, who, act.now);
      await follow(trx, changed.commitment, act.now);
      return changed;
    },
  };
}
