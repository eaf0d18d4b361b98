// The doors the other person goes through: yes to a level, another one, and what Slack says when somebody leaves.

import { z } from 'zod';
import type { Sealer } from '../../db/sealed.ts';
import type { Tenant } from '../../db/tenancy.ts';
import type { Lead } from '../../leads/leads.ts';
import type { Prompts } from '../../prompts/prompts.ts';
import type { Answer, Doors, Request } from '../../slack/doors.ts';
import { wordsIn } from './delegation.forms.ts';
import { isLevel } from './delegation.levels.ts';
import * as views from './delegation.person.views.ts';
import { readValue, uuid, valueShape } from './delegation.slack.ts';
import { planCheckIns, planWord, removeCheckIns } from './delegation.steps.ts';
import * as store from './delegation.store.ts';
import { agree, type Moved, propose } from './delegation.ts';
import { ids } from './delegation.views.ts';

export interface PersonTools {
  prompts: Prompts;
  sealer: Sealer;
  /** Who the lead is that somebody holds something for. */
  leadOf(trx: Tenant, leadId: string): Promise<Lead | undefined>;
}

export function listenToPerson(doors: Doors, { prompts, sealer, leadOf }: PersonTools): void {
  /** What they hold, locked. Somebody else's, or a draft they know nothing of, is simply not there. */
  const withHeld = (
    request: Request,
    delegationId: string | undefined,
    work: (trx: Tenant, held: store.Shared) => Promise<Answer>,
  ): Promise<Answer> =>
    request.once(async (trx) => {
      const held = await store.lockHeld(trx, request.personId, uuid(delegationId));
      return held ? work(trx, held) : { replace: views.notYours() };
    });

  async function said(
    request: Request,
    trx: Tenant,
    { leadId, delegation }: store.Shared,
    outcome: Moved,
    note: string | null,
  ): Promise<Answer> {
    if (outcome.kind === 'refused') return { replace: views.moreHappened(delegation, leadId) };
    const owner = { workspaceId: request.workspaceId, leadId };
    await store.saveDelegation(trx, leadId, outcome.delegation);
    await store.addLevelStep(trx, sealer, owner, delegation.id, outcome.step, note);
    await planWord(trx, prompts, leadId, outcome.delegation, 'person', request.now);
    return { replace: views.answered(outcome.delegation, outcome.step, leadId) };
  }

  doors.click(ids.personAgree, (request) => {
    const { id, round } = readValue(request.value);
    return withHeld(request, id, (trx, held) =>
      said(request, trx, held, agree(held.delegation, 'person', round ?? -1, request.now), null),
    );
  });

  doors.click(ids.personLevel, (request) => {
    const { id, round } = readValue(request.value);
    return withHeld(request, id, async (_trx, { leadId, delegation }) =>
      delegation.state === 'open' && delegation.round === round
        ? { form: views.levelForm(delegation, 'person', leadId, sealer.available) }
        : { replace: views.moreHappened(delegation, leadId) },
    );
  });

  doors.form(ids.personLevelForm, (request) => {
    const { id, round } = valueShape.safeParse(request.data).data ?? {};
    return withHeld(request, id, async (trx, held) => {
      const level = Number(request.values.choice(views.levelFields.level));
      if (!isLevel(level)) return { errors: { [views.levelFields.level]: 'Choose a level.' } };
      const outcome = propose(held.delegation, level, 'person', round ?? -1, request.now);
      if (outcome.kind === 'refused' && outcome.why === 'same') {
        return { message: views.sameLevel(held.delegation, held.leadId) };
      }
      const note = sealer.available ? wordsIn(request.values, views.levelFields.note) : null;
      return said(request, trx, held, outcome, note);
    });
  });

  // Somebody who left is kept by name, and nothing is asked about what they held; who comes back is asked about again.
  doors.event('user_change', async (request) => {
    const user = leaver.safeParse(request.event).data?.user;
    if (!user) return {};
    await request.read(async (trx) => {
      for (const { leadId, delegation } of await store.savePersonLeft(trx, user.id, user.deleted)) {
        const checkIns = await store.findCheckIns(trx, leadId, [delegation.id]);
        const lead = await leadOf(trx, leadId);
        if (user.deleted) await removeCheckIns(trx, prompts, leadId, checkIns, request.now);
        else if (lead) await planCheckIns(trx, prompts, lead, checkIns, request.now);
      }
    });
    return {};
  });
}

const leaver = z.object({ user: z.object({ id: z.string(), deleted: z.boolean() }) });
