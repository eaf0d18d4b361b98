// The course of a retrospective, from its opening to its summary: what each step keeps and plans. One transaction each.

import { randomBytes } from 'node:crypto';
import type { Tenant } from '../../db/tenancy.ts';
import type { Lead, Listeners } from '../../leads/leads.ts';
import type { PostedPrompt, Prompts } from '../../prompts/prompts.ts';
import type { Added, Commitments, Draft } from '../commitments/commitments.ts';
import { nextFormat } from './retros.formats.ts';
import { kinds, waitingHours } from './retros.plans.ts';
import { type Regrouped, regrouped, together } from './retros.similar.ts';
import * as store from './retros.store.ts';
import {
  afterClosing,
  closingTime,
  isOver,
  isOverdue,
  markOf,
  nudgeTime,
  type Point,
  type Retro,
  retroOf,
  type Series,
  votesEach,
  withoutPoints,
} from './retros.ts';
import { channelLink } from './retros.views.ts';

export interface StepTools {
  prompts: Prompts;
  commitments: Commitments;
  listeners: Listeners;
}

/** One transaction, its moment, and what the room was handed. A retrospective that is passed along is locked in it. */
export interface RetroStep extends StepTools {
  trx: Tenant;
  now: Temporal.Instant;
}

/** What a channel took on counts as one source, however often it looks back. */
export const sourceOf = (channelId: string) => ({
  kind: 'retro' as const,
  id: channelId,
  words: `the retrospective in ${channelLink(channelId)}`,
});

/** Something of this retrospective's that everybody in the channel reads. */
const plan = (
  { trx, prompts, now }: RetroStep,
  retro: Retro,
  kind: string,
  at: Temporal.Instant,
): Promise<void> => {
  const destination = { channel: retro.channelId };
  return prompts.plan(trx, { leadId: retro.leadId, kind, subject: retro.id, destination, when: { at } }, now);
};

const removePlans = async (
  { trx, prompts, now }: RetroStep,
  retro: Retro,
  planned: readonly string[] = [kinds.nudge, kinds.close, kinds.voteClose],
): Promise<void> => {
  for (const kind of planned) {
    await prompts.remove(trx, { leadId: retro.leadId, kind, subject: retro.id }, now);
  }
};

/**
 * The same, at once, because somebody said so. Taken back first: a plan that the engine had put to rest, while the bot
 * was out of the channel, comes to life again.
 */
async function planNow(step: RetroStep, retro: Retro, kind: string): Promise<void> {
  await removePlans(step, retro, [kind]);
  await plan(step, retro, kind, step.now);
}

/** To one person, about what is theirs to do or to know. */
const planFor = (
  { trx, prompts, now }: RetroStep,
  personId: string,
  { at = now, ...about }: { kind: string; subject: string; at?: Temporal.Instant },
): Promise<void> =>
  prompts.plan(trx, { ...about, leadId: personId, destination: { dm: personId }, when: { at } }, now);

export const planWaiting = (step: RetroStep, { facilitatorId, id: subject }: Retro): Promise<void> =>
  planFor(step, facilitatorId, { kind: kinds.waiting, subject, at: step.now.add({ hours: waitingHours }) });

/** The retrospective that a delivery of this series opens, before anything of it is kept. */
export async function retroToOpen(
  { trx, now }: Pick<RetroStep, 'trx' | 'now'>,
  series: Series,
  lead: Lead,
  retroId: string,
): Promise<Retro> {
  const last = (await store.findLatestIn(trx, series.channelId, 20)).find(
    ({ phase, id }) => phase !== 'skipped' && id !== retroId,
  );
  return retroOf(series, {
    id: retroId,
    phase: 'open',
    formatId: nextFormat(series.formatId, last?.formatId).id,
    openedAt: now,
    closesAt: closingTime(now, lead, series.zones, series.openDays),
  });
}

/** It stands in the channel: from now on it can be answered. */
export async function open(step: RetroStep, posted: PostedPrompt): Promise<void> {
  const { trx, now } = step;
  const series = await store.findSeries(trx, posted.subject);
  const lead = series && (await step.listeners.find(trx, series.leadId));
  if (!series || !lead) return;
  const drawn = await retroToOpen(step, series, lead, posted.deliveryId);
  const retro = { ...drawn, salt: series.anonymous ? randomBytes(32) : null };
  const before = await store.findOpenIn(trx, retro.channelId);
  if (before && before.id !== retro.id && isOverdue(before, now)) await close(step, { subject: before.id });
  if (!(await store.addRetro(trx, retro))) return;
  await store.saveMessage(trx, retro, { ...posted, part: 'post', version: retro.version });
  const nudgeAt = nudgeTime(now, retro.closesAt, lead);
  if (nudgeAt) await plan(step, retro, kinds.nudge, nudgeAt);
  await plan(step, retro, kinds.close, retro.closesAt);
}

/** What somebody wrote is in; whether it was their first. `author` is kept where the retrospective has names. */
export async function keepAnswer(
  { trx }: Pick<RetroStep, 'trx'>,
  retro: Retro,
  author: { id: string; name?: string },
  points: readonly Point[],
): Promise<'first' | 'again'> {
  const first = await store.noteAnswerer(trx, retro, markOf(retro, 'answer', author.id));
  if (retro.anonymous) await store.addAnonymousPoints(trx, retro, points);
  else await store.saveNamedPoints(trx, retro, { name: author.id, ...author }, points);
  await store.changeRetro(trx, retro.id, { answered: retro.answered + (first ? 1 : 0) });
  return first ? 'first' : 'again';
}

/**
 * Somebody takes lines back that they wrote without a name; how many were found. Whoever did counts as one who has not
 * answered: what else they may have written nobody can know, and too few answers are shown to nobody.
 */
export async function takeBack(
  { trx }: Pick<RetroStep, 'trx'>,
  retro: Retro,
  personId: string,
  points: readonly Point[],
): Promise<number> {
  const mark = markOf(retro, 'answer', personId);
  if (!(await store.hasAnswered(trx, retro.id, mark))) return 0;
  let gone = 0;
  await store.rewriteAnonymousPoints(trx, retro, (before) => {
    const now = withoutPoints(before, points);
    gone = now.gone;
    return now.left;
  });
  if (gone === 0) return 0;
  await store.forgetAnswerer(trx, retro.id, mark);
  await store.changeRetro(trx, retro.id, { answered: Math.max(retro.answered - 1, 0) });
  return gone;
}

/** Everything that somebody wrote under their name, before it closes. */
export async function takeBackNamed(
  { trx }: Pick<RetroStep, 'trx'>,
  retro: Retro,
  personId: string,
): Promise<void> {
  await store.saveNamedPoints(trx, retro, { id: personId, name: personId }, []);
  await store.forgetAnswerer(trx, retro.id, markOf(retro, 'answer', personId));
  await store.changeRetro(trx, retro.id, { answered: Math.max(retro.answered - 1, 0) });
}

/** Points go for good, in what is kept and in the thread. */
export async function takeOut(
  { trx }: Pick<RetroStep, 'trx'>,
  retro: Retro,
  itemIds: readonly string[],
): Promise<void> {
  await store.removeItems(trx, retro, itemIds);
  await store.changeRetro(trx, retro.id, {});
}

/** Its time is over, and the thread says so. Answers that were on their way when it rang are in by now. */
export async function close(
  step: RetroStep,
  { subject: retroId }: Pick<PostedPrompt, 'subject'>,
): Promise<void> {
  const { trx, now } = step;
  const retro = await store.lockRetro(trx, retroId);
  if (retro?.phase !== 'open') return;
  const next = afterClosing(retro);
  // Lines may be left of somebody who took others back: nobody counts as having written them, and nobody reads them.
  if (next === 'quiet') return letGo(step, retro);
  if (next === 'few') {
    // Who has answered stays noted: it may be opened again, and then each still counts once.
    await planWaiting(step, await store.changeRetro(trx, retroId, { phase: 'few' }));
    return;
  }
  await store.forget(trx, retroId, 'retro_answerers');
  const closed = await store.changeRetro(trx, retroId, { phase: 'grouping' });
  await store.saveGroups(trx, closed, together(await store.findItems(trx, retroId)));
  await plan(step, closed, kinds.sorting, now);
  await planWaiting(step, closed);
}

/** Closed before its time, as its facilitator says. */
export async function closeNow(step: RetroStep, retro: Retro): Promise<void> {
  await planNow(step, await store.changeRetro(step.trx, retro.id, { closesAt: step.now }), kinds.close);
}

/** Opened again because too few had answered; undefined where another one is open by now. */
export async function openOneMoreDay(step: RetroStep, retro: Retro): Promise<Retro | undefined> {
  const { trx, now } = step;
  const series = await store.findSeries(trx, retro.seriesId);
  const lead = await step.listeners.find(trx, retro.leadId);
  if (!series || !lead || (await store.findOpenIn(trx, retro.channelId))) return undefined;
  const closesAt = closingTime(now, lead, series.zones, 1);
  const reopened = await store.changeRetro(trx, retro.id, { phase: 'open', closesAt });
  await plan(step, reopened, kinds.close, closesAt);
  return reopened;
}

/** What was written is deleted unread. */
export const letGo = (step: RetroStep, retro: Retro): Promise<void> => drop(step, retro, { phase: 'quiet' });

/** Called off, with the reason kept; what was written is not. */
export async function skip(step: RetroStep, retro: Retro, reason: string): Promise<void> {
  await drop(step, retro, { phase: 'skipped', reason });
  await removePlans(step, retro);
}

async function drop({ trx, now }: RetroStep, retro: Retro, change: store.RetroChange): Promise<void> {
  await store.forget(trx, retro.id, 'retro_items', 'retro_answerers');
  await store.changeRetro(trx, retro.id, { ...change, salt: null, endedAt: now });
}

/** Puts points together and takes others apart, as the facilitator says. */
export async function sortAnew(
  { trx }: RetroStep,
  retro: Retro,
  wish: Parameters<typeof regrouped>[1],
): Promise<Regrouped> {
  const sorted = regrouped(await store.findGroups(trx, retro.id), wish);
  if (sorted.kind === 'refused') return sorted;
  await store.saveGroups(trx, retro, sorted.groups);
  await store.changeRetro(trx, retro.id, {});
  return sorted;
}

export async function startVote(step: RetroStep, retro: Retro): Promise<Retro> {
  const { trx, now } = step;
  const series = await store.findSeries(trx, retro.seriesId);
  const lead = await step.listeners.find(trx, retro.leadId);
  const votesCloseAt = lead ? closingTime(now, lead, series?.zones ?? [], 1) : now.add({ hours: 24 });
  const voting = await store.changeRetro(trx, retro.id, { phase: 'voting', votesCloseAt });
  await plan(step, voting, kinds.voteClose, votesCloseAt);
  return voting;
}

/** While nobody has voted; false when somebody has. */
export async function backToSorting(step: RetroStep, retro: Retro): Promise<boolean> {
  if (retro.voted > 0) return false;
  await removePlans(step, retro, [kinds.voteClose]);
  await store.changeRetro(step.trx, retro.id, { phase: 'grouping', votesCloseAt: null });
  return true;
}

/** Counts a ballot. `chosen`: the ids of groups; those that are no more are left out. */
export async function keepVote(
  { trx }: Pick<RetroStep, 'trx'>,
  retro: Retro,
  personId: string,
  chosen: readonly string[],
): Promise<'kept' | 'none-chosen' | 'too-many' | 'final'> {
  const groups = await store.findGroups(trx, retro.id);
  const choices = groups.flatMap(({ id }) => (chosen.includes(id) ? [id] : []));
  if (choices.length === 0) return 'none-chosen';
  if (choices.length > votesEach) return 'too-many';
  const who = markOf(retro, 'vote', personId);
  const before = await store.findBallot(trx, retro.id, who);
  if (before && retro.anonymous) return 'final';
  await store.saveBallot(trx, retro, { who, choices, before: before ?? [] });
  await store.changeRetro(trx, retro.id, { voted: retro.voted + (before ? 0 : 1) });
  return 'kept';
}

/** The vote ends before its time, as the facilitator says. */
export async function endVoteNow(step: RetroStep, retro: Retro): Promise<void> {
  await planNow(
    step,
    await store.changeRetro(step.trx, retro.id, { votesCloseAt: step.now }),
    kinds.voteClose,
  );
}

/** The vote is over and the thread shows how it went: only the sums stay. */
export async function endVote(step: RetroStep, posted: PostedPrompt): Promise<void> {
  const { trx } = step;
  const retro = await store.lockRetro(trx, posted.subject);
  if (retro?.phase !== 'voting') return;
  await store.forget(trx, retro.id, 'retro_ballots');
  const choosing = await store.changeRetro(trx, retro.id, { phase: 'choosing', salt: null });
  // Drawn before this, and perhaps before a vote that was on its way: it is drawn again at once.
  await store.saveMessage(trx, retro, { ...posted, part: 'ranking', version: choosing.version - 1 });
  await planWaiting(step, choosing);
}

/** In whose rooms it is taken on: whoever leads it now hears what becomes of it. */
const keeperOf = ({ workspaceId, facilitatorId }: Retro) => ({ workspaceId, leadId: facilitatorId });

/** How many more the lead lets its channel take on. */
export const roomFor = ({ trx, commitments }: RetroStep, retro: Retro): Promise<number> =>
  commitments.roomFor(trx, keeperOf(retro), sourceOf(retro.channelId));

/** What the team takes on, which ends it; or why it cannot. */
export async function takeOn(step: RetroStep, retro: Retro, drafts: readonly Draft[]): Promise<Added> {
  const { trx, commitments, now } = step;
  const added = await commitments.add(trx, keeperOf(retro), sourceOf(retro.channelId), drafts, now);
  if (added.kind === 'refused') return added;
  const commitmentIds = added.commitments.map(({ id }) => id);
  const done = await store.changeRetro(trx, retro.id, { phase: 'done', commitmentIds, endedAt: now });
  await plan(step, done, kinds.summary, now);
  return added;
}

/** Somebody leads it from here on, while the lead is away or gone. */
export async function takeOver(
  { trx, listeners, now }: RetroStep,
  retro: Retro,
  who: { workspaceId: string; personId: string; timeZone: string },
): Promise<'taken' | 'theirs-already' | 'lead-is-here' | 'over'> {
  if (isOver(retro)) return 'over';
  if (retro.facilitatorId === who.personId) return 'theirs-already';
  const current = await listeners.find(trx, retro.facilitatorId);
  const away = current?.pausedUntil && Temporal.Instant.compare(current.pausedUntil, now) > 0;
  if (current && !away && !current.leftAt) return 'lead-is-here';
  await listeners.welcome(trx, who, now);
  await store.changeRetro(trx, retro.id, { facilitatorId: who.personId });
  return 'taken';
}

/** A channel is archived: its rhythm stops, what was under way ends, and its leads are told once. */
export async function endChannel(step: RetroStep, channelId: string): Promise<void> {
  const { trx, prompts, now } = step;
  const leads = new Set<string>();
  const rhythm = await store.findRhythm(trx, channelId);
  if (rhythm) {
    await store.changeSeries(trx, rhythm.id, { state: 'stopped' });
    await prompts.remove(trx, { leadId: rhythm.leadId, kind: kinds.open, subject: rhythm.id }, now);
    leads.add(rhythm.leadId);
  }
  for (const retro of await store.findLatestIn(trx, channelId, 10)) {
    if (isOver(retro)) continue;
    await store.forget(trx, retro.id, 'retro_answerers', 'retro_ballots');
    await store.changeRetro(trx, retro.id, { phase: 'ended', reason: 'archived', salt: null, endedAt: now });
    await removePlans(step, retro);
    leads.add(retro.leadId);
  }
  for (const leadId of leads) await planFor(step, leadId, { kind: kinds.channelGone, subject: channelId });
}
