// The one way in: who somebody is at the door of a room, a lead or anybody, and what a new lead is told.

import type { Tenant } from '../db/tenancy.ts';
import { message, withMore } from '../slack/blocks.ts';
import type { Answer, Handler, Request } from '../slack/doors.ts';
import type { Block } from '../slack/message.ts';
import * as store from './leads.store.ts';
import { defaultSettings, type Lead, type Member } from './leads.ts';
import { defaultsNote, zoneOfferBlocks } from './leads.views.ts';

/** What a step works with: one transaction, whose it is, and the moment. */
export interface Step {
  trx: Tenant;
  lead: Lead;
  now: Temporal.Instant;
}

/** The same for somebody who need not be a lead. */
export interface MemberStep {
  trx: Tenant;
  member: Member;
  now: Temporal.Instant;
}

export interface Entry {
  /**
   * For what only a lead does. Whoever is none becomes one on the spot, with the defaults, so that nobody is held
   * up; under the answer they read that they are set up, or that Slack has them in another time zone.
   */
  asLead<R extends Request>(handler: (request: R & { lead: Lead }) => Promise<Answer>): Handler<R>;
  /** The same in one transaction that counts once, which is what most doors need. */
  onceAsLead<R extends Request>(work: (step: Step, request: R) => Promise<Answer>): Handler<R>;
  /** For what anybody may do: looking makes nobody a lead. Who is not known has office hours in Slack's zone. */
  asMember<R extends Request>(handler: (request: R & { member: Member }) => Promise<Answer>): Handler<R>;
  onceAsMember<R extends Request>(work: (step: MemberStep, request: R) => Promise<Answer>): Handler<R>;
}

interface EntryTools {
  /** The rooms plan what depends on a new lead's settings. */
  changed(trx: Tenant, lead: Lead, now: Temporal.Instant): Promise<void>;
  /** Somebody whose account was closed is here again. */
  back(trx: Tenant, personId: string, now: Temporal.Instant): Promise<void>;
}

export function entry({ changed, back }: EntryTools): Entry {
  /** Who comes to a door has not left, whether or not Slack's word of their return arrived. */
  async function here<M extends Member>(trx: Tenant, known: M, now: Temporal.Instant): Promise<M> {
    if (!known.leftAt) return known;
    await back(trx, known.id, now);
    return { ...known, leftAt: null };
  }
  /** `note` goes under whatever they are told. */
  async function meet(request: Request): Promise<{ lead: Lead; note: Block[]; isNew: boolean }> {
    const { workspaceId, personId: leadId, now } = request;
    const known = await request.inTransaction(async (trx) => {
      const found = await store.findLead(trx, leadId);
      return found && here(trx, found, now);
    });
    if (known) return { lead: known, note: zoneOfferBlocks(known), isNew: false };
    const { timeZone = 'UTC' } = await request.profile(leadId);
    const lead = await request.inTransaction(async (trx) => {
      const added = await here(
        trx,
        await store.addLead(trx, { workspaceId, leadId }, defaultSettings(timeZone), now),
        now,
      );
      await changed(trx, added, now);
      return added;
    });
    return { lead, note: defaultsNote(lead), isNew: true };
  }

  async function memberOf(request: Request): Promise<Member> {
    const { workspaceId, personId: id, now, inTransaction, profile } = request;
    const known = await inTransaction(async (trx) => {
      const found = await store.findMember(trx, id);
      return found && here(trx, found, now);
    });
    if (known) return known;
    const { timeZone = 'UTC' } = await profile(id);
    return { workspaceId, id, pausedUntil: null, leftAt: null, ...defaultSettings(timeZone) };
  }

  const asLead: Entry['asLead'] = (handler) => async (request) => {
    const { lead, note, isNew } = await meet(request);
    return noted(await handler({ ...request, lead }), note, isNew);
  };
  const asMember: Entry['asMember'] = (handler) => async (request) =>
    handler({ ...request, member: await memberOf(request) });

  return {
    asLead,
    asMember,
    onceAsLead: (work) =>
      asLead((request) =>
        request.once((trx) => work({ trx, lead: request.lead, now: request.now }, request)),
      ),
    onceAsMember: (work) =>
      asMember((request) =>
        request.once((trx) => work({ trx, member: request.member, now: request.now }, request)),
      ),
  };
}

/**
 * The note under every message of an answer. A form has room for it only where nothing else will tell them; an answer
 * without words, such as an error under a field, is followed by a first note all the same.
 */
function noted(answer: Answer, note: Block[], isNew: boolean): Answer {
  const { message: words, plainer, replace, form } = answer;
  if (isNew && !words && !replace && !form) return { ...answer, message: message(...note) };
  return {
    ...answer,
    ...(words && { message: withMore(words, note) }),
    ...(plainer && { plainer: withMore(plainer, note) }),
    ...(replace && isNew && { replace: withMore(replace, note) }),
    ...(form && isNew && { form: { ...form, blocks: [...form.blocks, ...note] } }),
  };
}
