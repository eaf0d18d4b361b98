// Who may act on a retrospective: whoever is in its channel, as Slack says at that moment; what a button brings only names it.

import type { Tenant } from '../../db/tenancy.ts';
import type { Answer, Request } from '../../slack/doors.ts';
import type { Way } from '../../slack/through.ts';
import { gone } from './retros.replies.views.ts';
import { notInChannel } from './retros.rhythm.views.ts';
import type { RetroStep, StepTools } from './retros.steps.ts';
import * as store from './retros.store.ts';
import type { Retro } from './retros.ts';

/** Something done to the retrospective that it names. */
export type AboutRetro = Request &
  ({ carried: { retroId: string } } | { data: { retroId?: string | undefined } });

/** Somebody in its channel, and what they may do from there. */
export interface Visit {
  /** As it was when they came. */
  retro: Retro;
  /** Looks at it and changes nothing. */
  look(work: (trx: Tenant, retro: Retro) => Promise<Answer>): Promise<Answer>;
  /** Changes it, locked, in one transaction that counts once. */
  keep(work: (step: RetroStep, retro: Retro) => Promise<Answer>): Promise<Answer>;
}

/** The only way to the retrospective that a request names. Outsiders hear what those hear who name none that is kept. */
export const insideOf =
  (tools: StepTools): Way<[Visit], AboutRetro> =>
  (work) =>
  async (request) => {
    const { inTransaction, once, now } = request;
    const { retroId = '' } = 'carried' in request ? request.carried : request.data;
    const retro = await inTransaction((trx) => store.findRetro(trx, retroId));
    if (!retro || !(await request.isIn(retro.channelId))) return { message: gone() };
    const visit: Visit = {
      retro,
      look: (looking) =>
        inTransaction(async (trx) => {
          const current = await store.findRetro(trx, retroId);
          return current ? looking(trx, current) : { message: gone() };
        }),
      keep: (keeping) =>
        once(async (trx) => {
          const current = await store.lockRetro(trx, retroId);
          return current ? keeping({ ...tools, trx, now }, current) : { message: gone() };
        }),
    };
    return work(visit, request);
  };

/**
 * What the lead of a rhythm is told who has left its channel since: they can stop it and no more. Undefined where they
 * are there, and where the rhythm is not theirs, which is for the step to say.
 */
export async function leftTheChannel(request: Request, seriesId: string): Promise<Answer | undefined> {
  const series = await request.inTransaction((trx) => store.findSeries(trx, seriesId));
  if (series?.leadId !== request.personId || (await request.isIn(series.channelId))) return undefined;
  return { message: notInChannel(series.channelId) };
}
