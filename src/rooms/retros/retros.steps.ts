// The course of a retrospective: what each step keeps and plans. One transaction each, and the retrospective locked in it.

import { randomBytes } from 'node:crypto';
import type { Tenant } from '../../db/tenancy.ts';
import type { Lead } from '../../leads/leads.ts';
import type { Prompts } from '../../prompts/prompts.ts';
import type { Redraw } from '../../slack/doors.ts';
import type { Message } from '../../slack/message.ts';
import type { Commitment, Commitments } from '../commitments/commitments.ts';
import { nextFormat } from './retros.formats.ts';
import { together } from './retros.similar.ts';
import * as store from './retros.store.ts';
import { afterClosing, closingTime, nudgeTime, type Retro, type Series } from './retros.ts';
import * as views from './retros.views.ts';

/** The names of this room's prompts. */
export const kinds = {
  open: 'retro-open',
  nudge: 'retro-nudge',
  close: 'retro-close',
  sorting: 'retro-sorting',
  voteClose: 'retro-vote-close',
  summary: 'retro-summary',
  waiting: 'retro-waiting',
  channelGone: 'retro-channel-gone',
  tooFewLeft: 'retro-too-few-left',
} as const;

export interface CourseTools {
  prompts: Prompts;
  commitments: Commitments;
  /** Leads, and guests, who are only reminded. */
  listeners: {
    find(trx: Tenant, personId: string): Promise<Lead | undefined>;
    welcome(
      trx: Tenant,
      who: { workspaceId: string; personId: string; timeZone: string },
      now: Temporal.Instant,
    ): Promise<void>;
  };
}

/** What a channel took on counts as one source, however often it looks back. */
export const sourceOf = (channelId: string) => ({
  kind: 'retro' as const,
  id: channelId,
  words: `the retrospective in ${views.channelLink(channelId)}`,
});

/** When a facilitator hears that the team is waiting for them. */
const waitingHours = 20;

/** The retrospective that a delivery of this series opens, before anything of it is kept. */
export async function retroToOpen(
  trx: Tenant,
  series: Series,
  lead: Lead,
  retroId: string,
  now: Temporal.Instant,
): Promise<Retro> {
  const [last] = (await store.findLatestIn(trx, series.channelId, 20)).filter(
    ({ phase, id }) => phase !== 'skipped' && id !== retroId,
  );
  return {
    workspaceId: series.workspaceId,
    id: retroId,
    seriesId: series.id,
    leadId: series.leadId,
    facilitatorId: series.leadId,
    channelId: series.channelId,
    formatId: nextFormat(series.formatId, last?.formatId).id,
    anonymous: series.anonymous,
    people: series.people,
    openedAt: now,
    closesAt: closesAfter(series.zones, series.openDays, lead, now),
    votesCloseAt: null,
    phase: 'open',
    reason: null,
    salt: null,
    answered: 0,
    voted: 0,
    commitmentIds: [],
    version: 1,
  };
}

const closesAfter = (
  zones: readonly string[],
  openDays: number,
  lead: Lead,
  now: Temporal.Instant,
): Temporal.Instant => closingTime(now, lead, zones, openDays);

/** It stands in the channel: from now on it can be answered. */
export async function open(
  trx: Tenant,
  tools: CourseTools,
  seriesId: string,
  posted: { deliveryId: string; channel: string; ts: string; now: Temporal.Instant },
): Promise<void> {
  const { deliveryId, channel, ts, now } = posted;
  const series = await store.findSeries(trx, seriesId);
  const lead = series && (await tools.listeners.find(trx, series.leadId));
  if (!series || !lead) return;
  const drawn = await retroToOpen(trx, series, lead, deliveryId, now);
  const retro = { ...drawn, salt: series.anonymous ? randomBytes(32) : null };
  if (!(await store.addRetro(trx, retro))) return;
  await store.saveMessage(trx, series.workspaceId, {
    retroId: retro.id,
    part: 'post',
    channel,
    ts,
    version: retro.version,
  });
  const nudgeAt = nudgeTime(now, retro.closesAt, lead);
  if (nudgeAt) await plan(trx, tools, retro, kinds.nudge, nudgeAt, now);
  await plan(trx, tools, retro, kinds.close, retro.closesAt, now);
}

/** Something of this retrospective's that everybody in the channel reads. */
export const plan = (
  trx: Tenant,
  { prompts }: CourseTools,
  retro: Retro,
  kind: string,
  at: Temporal.Instant,
  now: Temporal.Instant,
): Promise<void> =>
  prompts.plan(
    trx,
    {
      leadId: retro.leadId,
      kind,
      subject: retro.id,
      destination: { channel: retro.channelId },
      when: { at },
    },
    now,
  );

/**
 * The same, at once, because somebody said so. Taken back first: a plan that the engine had put to rest, while the bot
 * was out of the channel, comes to life again.
 */
export async function planNow(
  trx: Tenant,
  tools: CourseTools,
  retro: Retro,
  kind: string,
  now: Temporal.Instant,
): Promise<void> {
  await tools.prompts.remove(trx, { leadId: retro.leadId, kind, subject: retro.id }, now);
  await plan(trx, tools, retro, kind, now, now);
}

async function planWaiting(
  trx: Tenant,
  { prompts }: CourseTools,
  retro: Retro,
  now: Temporal.Instant,
): Promise<void> {
  await prompts.plan(
    trx,
    {
      leadId: retro.facilitatorId,
      kind: kinds.waiting,
      subject: retro.id,
      destination: { dm: retro.facilitatorId },
      when: { at: now.add({ hours: waitingHours }) },
    },
    now,
  );
}

/** Its time is over, and the thread says so. Answers that were on their way when it rang are in by now. */
export async function close(
  trx: Tenant,
  tools: CourseTools,
  retroId: string,
  now: Temporal.Instant,
): Promise<void> {
  const retro = await store.lockRetro(trx, retroId);
  if (retro?.phase !== 'open') return;
  const next = afterClosing(retro);
  if (next === 'quiet') {
    await store.changeRetro(trx, retroId, { phase: 'quiet', salt: null, endedAt: now });
    return;
  }
  if (next === 'few') {
    // Who has answered stays noted: it may be opened again, and then each still counts once.
    const few = await store.changeRetro(trx, retroId, { phase: 'few' });
    await planWaiting(trx, tools, few, now);
    return;
  }
  await store.forgetAnswerers(trx, retroId);
  const closed = await store.changeRetro(trx, retroId, { phase: 'grouping' });
  const groups = together(await store.findItems(trx, retroId));
  await store.saveGroups(
    trx,
    closed,
    groups.flatMap((items) =>
      items[0] ? [{ question: items[0].question, itemIds: items.map(({ id }) => id) }] : [],
    ),
  );
  await plan(trx, tools, closed, kinds.sorting, now, now);
  await planWaiting(trx, tools, closed, now);
}

/** Opened again because too few had answered. */
export async function openOneMoreDay(
  trx: Tenant,
  tools: CourseTools,
  retro: Retro,
  now: Temporal.Instant,
): Promise<Retro | undefined> {
  const series = await store.findSeries(trx, retro.seriesId);
  const lead = await tools.listeners.find(trx, retro.leadId);
  if (!series || !lead || (await store.findOpenIn(trx, retro.channelId))) return undefined;
  const closesAt = closesAfter(series.zones, 1, lead, now);
  const reopened = await store.changeRetro(trx, retro.id, { phase: 'open', closesAt });
  await plan(trx, tools, reopened, kinds.close, closesAt, now);
  return reopened;
}

export async function letGo(trx: Tenant, retro: Retro, now: Temporal.Instant): Promise<void> {
  await store.dropItems(trx, retro.id);
  await store.forgetAnswerers(trx, retro.id);
  await store.changeRetro(trx, retro.id, { phase: 'quiet', salt: null, endedAt: now });
}

export async function startVote(
  trx: Tenant,
  tools: CourseTools,
  retro: Retro,
  now: Temporal.Instant,
): Promise<Retro> {
  const series = await store.findSeries(trx, retro.seriesId);
  const lead = await tools.listeners.find(trx, retro.leadId);
  const votesCloseAt = lead ? closesAfter(series?.zones ?? [], 1, lead, now) : now.add({ hours: 24 });
  const voting = await store.changeRetro(trx, retro.id, { phase: 'voting', votesCloseAt });
  await plan(trx, tools, voting, kinds.voteClose, votesCloseAt, now);
  return voting;
}

/** The vote is over and the thread shows how it went: only the sums stay. */
export async function endVote(
  trx: Tenant,
  tools: CourseTools,
  posted: { retroId: string; channel: string; ts: string; now: Temporal.Instant },
): Promise<void> {
  const retro = await store.lockRetro(trx, posted.retroId);
  if (retro?.phase !== 'voting') return;
  await store.forgetBallots(trx, retro.id);
  const choosing = await store.changeRetro(trx, retro.id, { phase: 'choosing', salt: null });
  await store.saveMessage(trx, retro.workspaceId, {
    retroId: retro.id,
    part: 'ranking',
    channel: posted.channel,
    ts: posted.ts,
    // Drawn before this, and perhaps before a vote that was on its way: the next change draws it again.
    version: choosing.version - 1,
  });
  await planWaiting(trx, tools, choosing, posted.now);
}

/** Called off, with the reason kept; what was written is not. */
export async function skip(
  trx: Tenant,
  tools: CourseTools,
  retro: Retro,
  reason: string,
  now: Temporal.Instant,
): Promise<void> {
  await store.dropItems(trx, retro.id);
  await store.forgetAnswerers(trx, retro.id);
  await store.changeRetro(trx, retro.id, { phase: 'skipped', reason, salt: null, endedAt: now });
  await removePlans(trx, tools, retro, now);
}

async function removePlans(
  trx: Tenant,
  { prompts }: CourseTools,
  retro: Retro,
  now: Temporal.Instant,
): Promise<void> {
  for (const kind of [kinds.nudge, kinds.close, kinds.voteClose]) {
    await prompts.remove(trx, { leadId: retro.leadId, kind, subject: retro.id }, now);
  }
}

/** A channel is archived: its rhythm stops, what was under way ends, and its leads are told once. */
export async function endChannel(
  trx: Tenant,
  tools: CourseTools,
  channelId: string,
  now: Temporal.Instant,
): Promise<void> {
  const leads = new Set<string>();
  const rhythm = await store.findRhythm(trx, channelId);
  if (rhythm) {
    await store.changeSeries(trx, rhythm.id, { state: 'stopped' });
    await tools.prompts.remove(trx, { leadId: rhythm.leadId, kind: kinds.open, subject: rhythm.id }, now);
    leads.add(rhythm.leadId);
  }
  for (const retro of await store.findLatestIn(trx, channelId, 10)) {
    if (['done', 'quiet', 'skipped', 'ended'].includes(retro.phase)) continue;
    await store.forgetAnswerers(trx, retro.id);
    await store.forgetBallots(trx, retro.id);
    await store.changeRetro(trx, retro.id, { phase: 'ended', reason: 'archived', salt: null, endedAt: now });
    await removePlans(trx, tools, retro, now);
    leads.add(retro.leadId);
  }
  for (const leadId of leads) {
    const when = { at: now };
    const destination = { dm: leadId };
    await tools.prompts.plan(
      trx,
      { leadId, kind: kinds.channelGone, subject: channelId, destination, when },
      now,
    );
  }
}

/** What became of what a channel took on before: still open, or closed since the retrospective before this one. */
export async function outcomes(
  trx: Tenant,
  { commitments }: CourseTools,
  retro: Pick<Retro, 'id' | 'channelId' | 'openedAt'>,
): Promise<Commitment[]> {
  const [last] = (await store.findLatestIn(trx, retro.channelId, 20)).filter(
    ({ id, phase, openedAt }) =>
      id !== retro.id && phase === 'done' && Temporal.Instant.compare(openedAt, retro.openedAt) < 0,
  );
  const since = last?.openedAt;
  return (await commitments.allFrom(trx, sourceOf(retro.channelId))).filter(
    ({ madeAt, state, closedAt }) =>
      Temporal.Instant.compare(madeAt, retro.openedAt) < 0 &&
      (state === 'open' ||
        (closedAt !== null && since !== undefined && Temporal.Instant.compare(closedAt, since) >= 0)),
  );
}

/** What one of its messages says now. */
export async function wordsOf(
  trx: Tenant,
  tools: CourseTools,
  retro: Retro,
  part: store.Part,
): Promise<Message> {
  const timeZone = (await tools.listeners.find(trx, retro.leadId))?.timeZone ?? 'UTC';
  const taken = await tools.commitments.find(trx, retro.commitmentIds);
  switch (part) {
    case 'post':
      return views.post(retro, { timeZone, taken, outcomes: await outcomes(trx, tools, retro) });
    case 'sorting':
      return views.sorting(retro, await store.findGroups(trx, retro.id), timeZone);
    case 'ranking':
      return views.ranking(retro, await store.findGroups(trx, retro.id), taken);
  }
}

/** Its messages that show less than what is kept. */
export const redraw = (
  tools: CourseTools,
  retroId: string,
): Redraw<store.Standing & { message: Message }> => ({
  async outdated(trx) {
    const retro = await store.findRetro(trx, retroId);
    if (!retro) return [];
    const drawn: (store.Standing & { message: Message })[] = [];
    for (const standing of await store.findOutdated(trx, retro)) {
      drawn.push({ ...standing, message: await wordsOf(trx, tools, retro, standing.part) });
    }
    return drawn;
  },
  shown: (trx, standing) => store.markShown(trx, standing),
});
