// What happens when somebody's Slack account is closed: every room keeps it, and whoever can act hears of it once.

import type { Tenant } from '../db/tenancy.ts';
import { type Notice, nothing, type Prompts, usefulFor } from '../prompts/prompts.ts';
import { messageSpace, pageOf, type Section, staying } from '../rooms/page.ts';
import { message } from '../slack/blocks.ts';
import * as store from './leads.store.ts';
import type { Lead } from './leads.ts';
import { hasLeft } from './leads.views.ts';

export interface LeavingTools {
  prompts: Pick<Prompts, 'plan'>;
  /** Who is to hear of what somebody leaves open, as every room says. */
  openWith(trx: Tenant, personId: string): Promise<string[]>;
  /** Every room keeps that they left. */
  left(trx: Tenant, personId: string, now: Temporal.Instant): Promise<void>;
  /** They are there again, and every room keeps it. */
  back(trx: Tenant, personId: string, now: Temporal.Instant): Promise<void>;
  /** What each room has to say to `reader` about what is left open. */
  leftBehind(trx: Tenant, reader: Lead, leaverId: string, now: Temporal.Instant): Promise<Section[]>;
}

const leftBehindKind = 'person-left';

/** Who is to hear of it; nobody where it was known: Slack tells of a closed account with every change of its profile. */
export async function hearersOf(
  { openWith }: LeavingTools,
  trx: Tenant,
  leaverId: string,
): Promise<string[]> {
  if ((await store.findMember(trx, leaverId))?.leftAt) return [];
  return [...new Set(await openWith(trx, leaverId))].filter((id) => id !== leaverId);
}

/** `hearers`: with the zones Slack has them in, for those who are not known yet. */
export async function noteLeaving(
  { prompts, left }: LeavingTools,
  trx: Tenant,
  leaver: { workspaceId: string; personId: string },
  hearers: readonly { id: string; timeZone: string | undefined }[],
  now: Temporal.Instant,
): Promise<void> {
  const { workspaceId, personId } = leaver;
  if (!(await store.markLeft(trx, personId, now))) return;
  await left(trx, personId, now);
  for (const { id, timeZone = 'UTC' } of hearers) {
    await store.addGuest(trx, { workspaceId, personId: id, timeZone }, now);
    const plan = { leadId: id, kind: leftBehindKind, subject: personId, destination: { dm: id } };
    await prompts.plan(trx, { ...plan, when: { at: now } }, now);
  }
}

export const leavingNotice = ({ leftBehind }: LeavingTools): Notice => ({
  kind: 'notice',
  name: leftBehindKind,
  title: 'Somebody who left Slack',
  usefulUntil: usefulFor({ weeks: 4 }),
  async compose(trx, { lead, subject, now }) {
    if (!(await store.findMember(trx, subject))?.leftAt) return nothing('they are back');
    const left = pageOf(await leftBehind(trx, lead, subject, now), messageSpace);
    if (left.length === 0) return nothing('nothing is left open');
    return { kind: 'say', message: message(...hasLeft(subject), ...staying(left)) };
  },
});
