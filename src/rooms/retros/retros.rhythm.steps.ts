// What is kept and planned of how a channel looks back: set up, changed, called off, stopped. One transaction each.

import type { Tenant } from '../../db/tenancy.ts';
import type { Member } from '../../leads/leads.ts';
import { rotating } from './retros.formats.ts';
import type { Wish } from './retros.parse.ts';
import { kinds } from './retros.plans.ts';
import {
  cannotBeAnonymous,
  nextTime,
  type Overview,
  rhythmFrom,
  type SeriesOverview,
  type SetUp,
  seriesAt,
  whenOf,
} from './retros.rhythm.ts';
import type { RetroStep } from './retros.steps.ts';
import * as store from './retros.store.ts';
import { fewestForAnonymity, isOver, retroOf, type Series } from './retros.ts';

/** The same for whoever set the rhythm up, by whose clock it runs. */
export interface RhythmStep extends RetroStep {
  member: Pick<Member, 'workspaceId' | 'id' | 'timeZone' | 'pausedUntil'>;
}

/** What a lead's channels do. */
export async function findOverview(
  trx: Tenant,
  member: Pick<Member, 'id' | 'timeZone' | 'pausedUntil'>,
  now: Temporal.Instant,
): Promise<Overview> {
  const rhythms: SeriesOverview[] = [];
  for (const series of await store.findRhythmsOf(trx, member.id)) {
    const past = (await store.findLatestIn(trx, series.channelId, 50)).filter(
      (retro) => isOver(retro) || retro.phase === 'few' || retro.phase === 'choosing',
    );
    const current = seriesAt(series, now);
    rhythms.push({ series: current, past, next: nextTime(current, member, now) });
  }
  const underWay = (await store.findRetrosOf(trx, member.id)).filter(
    (retro) => retro.facilitatorId === member.id && !isOver(retro),
  );
  return { rhythms, underWay };
}

/** Sets up a rhythm, or opens one at once. `team`: who is in the channel. */
export async function setUp(
  step: RhythmStep,
  wish: Wish & { channelId: string },
  team: { people: number; zones: string[] },
): Promise<SetUp> {
  const { trx, member, now } = step;
  const { channelId, when } = wish;
  await store.lockChannel(trx, channelId);
  const rhythm = when?.kind === 'rhythm' ? rhythmFrom(when, member, now) : null;
  const existing = await store.findRhythm(trx, channelId);
  if (rhythm && existing) {
    return { kind: 'rhythm-exists', series: existing, mine: existing.leadId === member.id };
  }
  const open = await store.findOpenIn(trx, channelId);
  if (!rhythm && open) return { kind: 'already-open', retro: open };
  const series: Series = {
    ...team,
    workspaceId: member.workspaceId,
    id: crypto.randomUUID(),
    leadId: member.id,
    channelId,
    rhythm,
    formatId: wish.formatId ?? rotating,
    anonymous: wish.anonymous ?? team.people >= fewestForAnonymity,
    openDays: wish.openDays ?? 1,
    state: rhythm ? 'active' : 'once',
    skipAt: null,
  };
  const next = await keep(step, series);
  return next ? { kind: 'set-up', series, next } : { kind: 'opening', series };
}

/** How a rhythm is to be from now on. */
type RhythmChange = Pick<Series, 'formatId' | 'anonymous' | 'openDays'> & {
  when: Parameters<typeof rhythmFrom>[0];
};

export async function change(
  step: RhythmStep,
  series: Series,
  { when, ...rest }: RhythmChange,
): Promise<SetUp | { kind: 'too-few' }> {
  if (cannotBeAnonymous({ ...series, ...rest })) return { kind: 'too-few' };
  const same = series.rhythm?.rule === when.rule && series.rhythm.starts.toPlainTime().equals(when.time);
  // With its day gone, what was called off was never skipped.
  if (!same && series.skipAt) await store.takeBackSkip(step.trx, series.id, series.skipAt);
  const changed: Series = {
    ...series,
    ...rest,
    ...(!same && { rhythm: rhythmFrom(when, step.member, step.now), skipAt: null }),
  };
  return { kind: 'changed', series: changed, next: (await keep(step, changed)) ?? step.now };
}

/** A stopped rhythm goes on; undefined for one that never was a rhythm. */
export async function start(step: RhythmStep, series: Series): Promise<SetUp | undefined> {
  const other = await store.findRhythm(step.trx, series.channelId);
  if (other && other.id !== series.id) {
    return { kind: 'rhythm-exists', series: other, mine: other.leadId === series.leadId };
  }
  if (!series.rhythm) return undefined;
  const started: Series = { ...series, state: 'active' };
  return { kind: 'set-up', series: started, next: (await keep(step, started)) ?? step.now };
}

/** When it comes next; undefined for one that opens at once. */
async function keep(
  { trx, prompts, member, now }: RhythmStep,
  series: Series,
): Promise<Temporal.Instant | undefined> {
  await store.saveSeries(trx, series, now);
  await prompts.plan(
    trx,
    {
      leadId: series.leadId,
      kind: kinds.open,
      subject: series.id,
      destination: { channel: series.channelId },
      when: series.rhythm ? whenOf(series.rhythm, member) : { at: now },
    },
    now,
  );
  return nextTime(series, member, now);
}

export async function stop({ trx, prompts, now }: RetroStep, series: Series): Promise<void> {
  await store.changeSeries(trx, series.id, { state: 'stopped' });
  await prompts.remove(trx, { leadId: series.leadId, kind: kinds.open, subject: series.id }, now);
}

/** Keeps that the next one is skipped, and why, as one of the channel's retrospectives. */
export async function skipNext(
  { trx, member, now }: RhythmStep,
  series: Series,
  reason: string,
): Promise<'skipped' | 'skipped-already' | 'nothing-to-skip'> {
  if (series.skipAt) return 'skipped-already';
  const next = nextTime(series, member, now);
  if (!next) return 'nothing-to-skip';
  await store.changeSeries(trx, series.id, { skipAt: next });
  const id = crypto.randomUUID();
  await store.addRetro(
    trx,
    retroOf(series, { id, phase: 'skipped', openedAt: next, closesAt: next, reason }),
  );
  return 'skipped';
}

/** The next one is held after all. */
export async function unskip({ trx }: RetroStep, series: Series): Promise<void> {
  if (!series.skipAt) return;
  await store.takeBackSkip(trx, series.id, series.skipAt);
  await store.changeSeries(trx, series.id, { skipAt: null });
}

/** Somebody came to a channel or left it, and its lead hears when too few are left. `timeZone`: a newcomer's. */
export async function countPerson(
  { trx, prompts, now }: RetroStep,
  channelId: string,
  by: 1 | -1,
  timeZone: string | undefined,
): Promise<void> {
  await store.countPerson(trx, channelId, by, timeZone);
  const series = await store.findRhythm(trx, channelId);
  if (!series || !cannotBeAnonymous(series)) return;
  const { leadId, id: subject } = series;
  const plan = { leadId, kind: kinds.tooFewLeft, subject, destination: { dm: leadId }, when: { at: now } };
  await prompts.plan(trx, plan, now);
}
