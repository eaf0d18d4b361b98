// What this room says of its own accord: to owners, what is new, near or past its day; to leads, what was closed.

import type { Tenant } from '../../db/tenancy.ts';
import type { Lead } from '../../leads/leads.ts';
import { type Notice, nothing, type Question, usefulFor } from '../../prompts/prompts.ts';
import { button } from '../../slack/blocks.ts';
import * as actions from './commitments.actions.ts';
import { kinds } from './commitments.plans.ts';
import * as store from './commitments.store.ts';
import { type Commitment, isToBeSaid } from './commitments.ts';
import { closedNews, reminder } from './commitments.views.ts';

export interface PromptTools {
  /** Whoever may be prompted. */
  find(trx: Tenant, personId: string): Promise<Lead | undefined>;
}

const isAfter = (one: Temporal.Instant, other: Temporal.Instant): boolean =>
  Temporal.Instant.compare(one, other) > 0;

/** Everything there is to say to its owner at that moment, in one message, whichever day it was planned for. */
async function toBeSaid(trx: Tenant, owner: Lead, now: Temporal.Instant): Promise<Commitment[]> {
  return (await store.findOpenOf(trx, owner.id)).filter((one) => isToBeSaid(one, owner, now));
}

export const commitmentReminder = ({ find }: PromptTools): Question => ({
  kind: 'question',
  name: kinds.reminder,
  title: 'What you took on',
  // It has days: what is about today goes first.
  importance: 55,
  overBudget: 'next-working-day',
  whenQuiet: 'wait',
  usefulUntil: usefulFor({ weeks: 2 }),
  changedBehind: button('Open the commitments', actions.list, { which: 'open' }),
  async compose(trx, { lead, deliveryId, now }) {
    const said = await store.findSaidIn(trx, lead.id, deliveryId);
    const due = await toBeSaid(trx, lead, now);
    const all = [...due, ...said.filter(({ id }) => !due.some((one) => one.id === id))];
    if (all.length === 0) return nothing('nothing is to be said of what is open');
    return { kind: 'say', message: reminder(all, { member: lead, now }, deliveryId) };
  },
  async posted(trx, { leadId, deliveryId, composedAt, now }) {
    const owner = await find(trx, leadId);
    if (!owner) return;
    // What was put down meanwhile is said the next time.
    const said = (await toBeSaid(trx, owner, composedAt)).filter(
      ({ madeAt }) => !isAfter(madeAt, composedAt),
    );
    await store.markSaid(
      trx,
      said.map(({ id }) => id),
      { deliveryId, now },
    );
  },
});

export const closedNotice: Notice = {
  kind: 'notice',
  name: kinds.closed,
  title: 'What others closed of what they took on',
  usefulUntil: usefulFor({ weeks: 2 }),
  async compose(trx, { lead }) {
    const closed = await store.findToTell(trx, lead.id);
    if (closed.length === 0) return nothing('nothing is closed that was not told');
    return { kind: 'say', message: closedNews(closed) };
  },
  posted: (trx, { leadId, composedAt }) => store.markTold(trx, leadId, composedAt),
};
