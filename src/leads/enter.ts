// The one way in: who somebody is at the door of a room, a lead or anybody, and what a new lead is told.

import type { Tenant } from '../db/tenancy.ts';
import { message, withMore } from '../slack/blocks.ts';
import type { Answer, Handler, Request } from '../slack/doors.ts';
import type { Block } from '../slack/message.ts';
import * as store from './leads.store.ts';
import { type Lead, type Member, memberByDefault } from './leads.ts';
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
   * For what leads do. Whoever is none has the defaults, so that nobody is held up, and becomes one with what they log,
   * set up or make as their own: under that answer they read that they are set up. Looking, opening a form and taking
   * part in what others made leave them as they were. Leads read here that Slack has them in another time zone.
   */
  asLead<R extends Request>(handler: (request: R & { lead: Lead }) => Promise<Answer>): Handler<R>;
  /** The same in one transaction that counts once, which is what most doors need. */
  onceAsLead<R extends Request>(work: (step: Step, request: R) => Promise<Answer>): Handler<R>;
  /** For what anybody may do: looking makes nobody a lead. Who is not known has office hours in Slack's zone. */
  asMember<R extends Request>(handler: (request: R & { member: Member }) => Promise<Answer>): Handler<R>;
  onceAsMember<R extends Request>(work: (step: MemberStep, request: R) => Promise<Answer>): Handler<R>;
}

interface EntryTools {
  /** Whether anything of theirs stands that makes somebody a lead. */
  isLead(trx: Tenant, personId: string): Promise<boolean>;
  /** The rooms plan what depends on a new lead's settings. */
  changed(trx: Tenant, lead: Lead, now: Temporal.Instant): Promise<void>;
  /** Somebody whose account was closed is here again. */
  back(trx: Tenant, personId: string, now: Temporal.Instant): Promise<void>;
}

export function entry({ isLead, changed, back }: EntryTools): Entry {
  /** Who comes to a door has not left, whether or not Slack's word of their return arrived. */
  async function here<M extends Member>(trx: Tenant, known: M, now: Temporal.Instant): Promise<M> {
    if (!known.leftAt) return known;
    await back(trx, known.id, now);
    return { ...known, leftAt: null };
  }

  /** Somebody who is no lead, kept as a guest: what they do may hang on that, and nothing is asked of them for it. */
  async function welcome({ workspaceId, personId, now, profile, inTransaction }: Request): Promise<Lead> {
    const { timeZone = 'UTC' } = await profile(personId);
    return inTransaction(async (trx) => {
      await store.addGuest(trx, { workspaceId, personId, timeZone }, now);
      return here(trx, (await store.findMember(trx, personId))!, now);
    });
  }

  /** After the work and in its transaction: a guest whom it made a lead is one from now on, and reads so. */
  async function enrolled(trx: Tenant, { id }: Lead, answer: Answer, now: Temporal.Instant): Promise<Answer> {
    if (answer.errors || !(await isLead(trx, id))) return answer;
    const lead = await store.makeLead(trx, id);
    await changed(trx, lead, now);
    return noted(answer, defaultsNote(lead), true);
  }

  async function memberOf(request: Request): Promise<Member> {
    const { workspaceId, personId: id, now, inTransaction, profile } = request;
    const known = await inTransaction(async (trx) => {
      const found = await store.findMember(trx, id);
      return found && here(trx, found, now);
    });
    if (known) return known;
    const { timeZone = 'UTC' } = await profile(id);
    return memberByDefault({ workspaceId, id }, timeZone);
  }

  const asLead: Entry['asLead'] = (handler) => async (request) => {
    const known = await request.inTransaction(async (trx) => {
      const found = await store.findLead(trx, request.personId);
      return found && here(trx, found, request.now);
    });
    if (known) return noted(await handler({ ...request, lead: known }), zoneOfferBlocks(known), false);
    const lead = await welcome(request);
    const once: Request['once'] = (work) =>
      request.once(async (trx) => enrolled(trx, lead, await work(trx), request.now));
    return handler({ ...request, lead, once });
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
