// What becomes of a channel's retrospectives when whoever led them has left Slack. One transaction each.

import type { Tenant } from '../../db/tenancy.ts';
import { kinds } from './retros.plans.ts';
import { whenOf } from './retros.rhythm.ts';
import { planWaiting, type RetroStep, skip, sourceOf } from './retros.steps.ts';
import * as store from './retros.store.ts';
import { isOver, type Retro, type Series } from './retros.ts';

/** What somebody leads in a channel; undefined: nothing any more. */
export async function ledIn(
  trx: Tenant,
  channelId: string,
  leadId: string,
): Promise<{ rhythm: Series | undefined; underWay: Retro[] } | undefined> {
  const rhythm = await store.findRhythm(trx, channelId);
  const underWay = (await store.findLatestIn(trx, channelId, 10)).filter(
    (retro) => !isOver(retro) && retro.facilitatorId === leadId,
  );
  const theirs = rhythm?.leadId === leadId ? rhythm : undefined;
  return theirs || underWay.length > 0 ? { rhythm: theirs, underWay } : undefined;
}

/** Every channel of theirs is told, by a message that its people can act on. */
export async function tellChannels({ trx, prompts, now }: RetroStep, leaverId: string): Promise<void> {
  const underWay = (await store.findRetrosOf(trx, leaverId)).filter(
    (retro) => retro.facilitatorId === leaverId && !isOver(retro),
  );
  const led = [...(await store.findRhythmsOf(trx, leaverId)), ...underWay];
  for (const channelId of new Set(led.map((one) => one.channelId))) {
    const plan = { leadId: leaverId, kind: kinds.leadLeft, subject: channelId };
    await prompts.plan(trx, { ...plan, destination: { channel: channelId }, when: { at: now } }, now);
  }
}

/** Somebody takes over all that a lead who left had going on in a channel; false where there is none of it. */
export async function succeed(
  step: RetroStep,
  { channelId, leaverId }: { channelId: string; leaverId: string },
  successor: { workspaceId: string; personId: string; timeZone: string },
): Promise<boolean> {
  const { trx, prompts, listeners, commitments, now } = step;
  const leaver = await listeners.find(trx, leaverId);
  const led = leaver?.leftAt ? await ledIn(trx, channelId, leaverId) : undefined;
  if (!leaver || !led) return false;
  const { personId } = successor;
  await listeners.welcome(trx, successor, now);
  const { rhythm, underWay } = led;
  if (rhythm?.rhythm) {
    const plan = { kind: kinds.open, subject: rhythm.id, destination: { channel: channelId } };
    // The team's hour stays, wherever whoever takes it over lives.
    await store.keepZone(trx, leaverId, leaver.timeZone);
    await store.changeSeries(trx, rhythm.id, { leadId: personId });
    await prompts.remove(trx, { ...plan, leadId: leaverId }, now);
    const when = whenOf(rhythm.rhythm, leaver);
    await prompts.plan(trx, { ...plan, leadId: personId, when }, now);
  }
  for (const retro of underWay) {
    const taken = await store.changeRetro(trx, retro.id, { facilitatorId: personId });
    if (['few', 'grouping', 'choosing'].includes(retro.phase)) await planWaiting(step, taken);
  }
  await commitments.handOver(trx, sourceOf(channelId), { from: leaverId, to: personId });
  return true;
}

/** The team ends what a lead who left had going on in a channel; false where there is none of it. */
export async function end(
  step: RetroStep,
  { channelId, leaverId }: { channelId: string; leaverId: string },
): Promise<boolean> {
  const { trx, prompts, listeners, now } = step;
  const leaver = await listeners.find(trx, leaverId);
  const led = leaver?.leftAt ? await ledIn(trx, channelId, leaverId) : undefined;
  if (!led) return false;
  if (led.rhythm) {
    await store.changeSeries(trx, led.rhythm.id, { state: 'stopped' });
    await prompts.remove(trx, { leadId: leaverId, kind: kinds.open, subject: led.rhythm.id }, now);
  }
  for (const retro of led.underWay) await skip(step, retro, 'its lead has left');
  return true;
}
