// What a retrospective's messages say now, and which of them show less than is kept.

import type { Message } from '../../slack/message.ts';
import type { Redraw } from '../../slack/redraw.ts';
import type { Commitment } from '../commitments/commitments.ts';
import { type RetroStep, type StepTools, sourceOf } from './retros.steps.ts';
import * as store from './retros.store.ts';
import type { Retro } from './retros.ts';
import * as views from './retros.views.ts';

type Reading = StepTools & Pick<RetroStep, 'trx'>;

/** What became of what a channel took on before: still open, or closed since the retrospective before this one. */
export async function outcomes(
  { trx, commitments }: Reading,
  retro: Pick<Retro, 'id' | 'channelId' | 'openedAt'>,
): Promise<Commitment[]> {
  const last = (await store.findLatestIn(trx, retro.channelId, 20)).find(
    ({ id, phase, openedAt }) =>
      id !== retro.id && phase === 'done' && Temporal.Instant.compare(openedAt, retro.openedAt) < 0,
  );
  return (await commitments.allFrom(trx, sourceOf(retro.channelId))).filter(
    ({ madeAt, state, closedAt }) =>
      Temporal.Instant.compare(madeAt, retro.openedAt) < 0 &&
      (state === 'open' || (closedAt && last && Temporal.Instant.compare(closedAt, last.openedAt) >= 0)),
  );
}

/** What one of its messages says now. */
export async function messageOf(step: Reading, retro: Retro, part: store.Part): Promise<Message> {
  const { trx, commitments, listeners } = step;
  const timeZone = (await listeners.find(trx, retro.leadId))?.timeZone ?? 'UTC';
  const taken = await commitments.find(trx, retro.commitmentIds);
  switch (part) {
    case 'post':
      return views.post(retro, { timeZone, taken, outcomes: await outcomes(step, retro) });
    case 'sorting':
      return views.sorting(retro, await store.findGroups(trx, retro.id), timeZone);
    case 'ranking':
      return views.ranking(retro, await store.findGroups(trx, retro.id), taken);
    case 'summary':
      return views.summary(retro, taken, await store.findGroups(trx, retro.id));
  }
}

/** Its messages that show less than what is kept. */
export const redraw = (
  tools: StepTools,
  retroId: string,
): Redraw<store.PostedPart & { message: Message }> => ({
  about: `retrospective ${retroId}`,
  async outdated(trx) {
    const retro = await store.findRetro(trx, retroId);
    if (!retro) return [];
    const drawn: (store.PostedPart & { message: Message })[] = [];
    for (const posted of await store.findOutdated(trx, retro)) {
      drawn.push({ ...posted, message: await messageOf({ ...tools, trx }, retro, posted.part) });
    }
    return drawn;
  },
  shown: (trx, drawn) => store.markShown(trx, drawn),
});
