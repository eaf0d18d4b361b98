// The doors for whoever leads a retrospective that is under way: sorting, the vote, choosing, and what to do when stuck.

import { z } from 'zod';
import type { Tenant } from '../../db/tenancy.ts';
import type { Answer, ClickRequest, Doors, Request } from '../../slack/doors.ts';
import { localDay } from '../../time/days.ts';
import * as forms from './retros.forms.ts';
import { retroIdOf, uuid } from './retros.participant.slack.ts';
import * as course from './retros.steps.ts';
import { kinds, redraw } from './retros.steps.ts';
import * as store from './retros.store.ts';
import type { Phase, Retro } from './retros.ts';
import * as views from './retros.views.ts';

export function listenToFacilitators(doors: Doors, tools: course.CourseTools): void {
  const { ids } = views;

  /** `work` for the facilitator of a retrospective in that phase; anybody else, and any other moment, hears why not. */
  async function leading(
    trx: Tenant,
    request: Request,
    retroId: string,
    phase: Phase,
    work: (retro: Retro) => Promise<Answer>,
  ): Promise<Answer> {
    const retro = await store.lockRetro(trx, retroId);
    if (!retro) return { message: views.gone() };
    if (retro.facilitatorId !== request.personId) return { message: views.notTheFacilitator(retro) };
    if (retro.phase !== phase) return { message: views.movedOn(retro), redraw: redraw(tools, retroId) };
    return { redraw: redraw(tools, retroId), ...(await work(retro)) };
  }

  const onClick =
    (phase: Phase, work: (trx: Tenant, retro: Retro, request: ClickRequest) => Promise<Answer>) =>
    (request: ClickRequest): Promise<Answer> =>
      request.once((trx) =>
        leading(trx, request, uuid(request.value), phase, (retro) => work(trx, retro, request)),
      );

  const zoneOf = async (trx: Tenant, retro: Retro): Promise<string> =>
    (await tools.listeners.find(trx, retro.facilitatorId))?.timeZone ?? 'UTC';

  doors.click(ids.takeOver, async (request) => {
    const { timeZone = 'UTC' } = await request.profile(request.personId);
    return request.once(async (trx) => {
      const retro = await store.lockRetro(trx, uuid(request.value));
      if (!retro) return { message: views.gone() };
      if (['done', 'quiet', 'skipped', 'ended'].includes(retro.phase))
        return { message: views.movedOn(retro) };
      if (retro.facilitatorId === request.personId) return { message: views.tookOver() };
      const current = await tools.listeners.find(trx, retro.facilitatorId);
      const away = current?.pausedUntil && Temporal.Instant.compare(current.pausedUntil, request.now) > 0;
      if (current && !away) return { message: views.leadIsBack(retro) };
      const { workspaceId, personId, now } = request;
      await tools.listeners.welcome(trx, { workspaceId, personId, timeZone }, now);
      await store.changeRetro(trx, retro.id, { facilitatorId: personId });
      return { message: views.tookOver(), redraw: redraw(tools, retro.id) };
    });
  });

  doors.click(
    ids.oneMoreDay,
    onClick('few', async (trx, retro, { now }) => {
      const reopened = await course.openOneMoreDay(trx, tools, retro, now);
      if (!reopened) return { message: views.movedOn(retro) };
      return { message: views.oneMoreDay(reopened, await zoneOf(trx, reopened)) };
    }),
  );

  doors.click(
    ids.letGo,
    onClick('few', async (trx, retro, { now }) => {
      await course.letGo(trx, retro, now);
      return { message: views.letGo() };
    }),
  );

  doors.click(
    ids.startVote,
    onClick('grouping', async (trx, retro, { now }) => {
      const voting = await course.startVote(trx, tools, retro, now);
      return { message: views.voteStarted(voting, await zoneOf(trx, voting)) };
    }),
  );

  doors.click(
    ids.backToSorting,
    onClick('voting', async (trx, retro, { now }) => {
      if (retro.voted > 0) return { message: views.movedOn(retro) };
      await tools.prompts.remove(
        trx,
        { leadId: retro.leadId, kind: kinds.voteClose, subject: retro.id },
        now,
      );
      await store.changeRetro(trx, retro.id, { phase: 'grouping', votesCloseAt: null });
      return { message: views.backToSorting() };
    }),
  );

  doors.click(
    ids.endVote,
    onClick('voting', async (trx, retro, { now }) => {
      const ended = await store.changeRetro(trx, retro.id, { votesCloseAt: now });
      await course.planNow(trx, tools, ended, kinds.voteClose, now);
      return { message: views.closingNow() };
    }),
  );

  doors.click(
    ids.group,
    onClick('grouping', async (trx, retro) => ({
      form: forms.groupForm(retro, await store.findGroups(trx, retro.id)),
    })),
  );

  doors.form(ids.groupForm, (request) => {
    const shown = z.object({ merged: z.array(z.string()) }).safeParse(request.data).data?.merged ?? [];
    const kept = request.values.choices(forms.groupFields.apart).map(uuid);
    const together = request.values.choices(forms.groupFields.together).map(uuid);
    return request.once((trx) =>
      leading(trx, request, retroIdOf(request.data), 'grouping', async (retro) => {
        if (together.length === 1) {
          return {
            errors: {
              [forms.groupFields.together]: 'One alone is together with itself. Choose two or more.',
            },
          };
        }
        const groups = await store.findGroups(trx, retro.id);
        const chosen = groups.filter(({ id }) => together.includes(id));
        if (new Set(chosen.map(({ question }) => question)).size > 1) {
          return {
            errors: {
              [forms.groupFields.together]: 'Those answer different questions. Choose points of one.',
            },
          };
        }
        const apart = groups.filter(
          ({ id, items }) =>
            shown.includes(id) && !kept.includes(id) && !together.includes(id) && items.length > 1,
        );
        const untouched = groups.filter((group) => !chosen.includes(group) && !apart.includes(group));
        await store.saveGroups(trx, retro, [
          ...untouched.map(({ question, items }) => ({ question, itemIds: items.map(({ id }) => id) })),
          ...apart.flatMap(({ question, items }) => items.map(({ id }) => ({ question, itemIds: [id] }))),
          ...(chosen[0]
            ? [
                {
                  question: chosen[0].question,
                  itemIds: chosen.flatMap(({ items }) => items.map(({ id }) => id)),
                },
              ]
            : []),
        ]);
        await store.changeRetro(trx, retro.id, {});
        return { message: views.sortedAnew() };
      }),
    );
  });

  doors.click(
    ids.choose,
    onClick('choosing', async (trx, retro, { now }) => {
      const keeper = { workspaceId: retro.workspaceId, leadId: retro.leadId };
      const room = await tools.commitments.roomFor(trx, keeper, course.sourceOf(retro.channelId));
      const groups = await store.findGroups(trx, retro.id);
      return { form: forms.chooseForm(retro, groups, room, localDay(now, await zoneOf(trx, retro))) };
    }),
  );

  doors.form(ids.chooseForm, async (request) => {
    const reading = forms.readChoices(request.values);
    if (reading.kind === 'refused') return { errors: reading.errors };
    const owners = await Promise.all(reading.choices.map(({ ownerId }) => request.profile(ownerId)));
    const missing = reading.choices.find((_, index) => owners[index]?.unreachable);
    if (missing) {
      return {
        errors: {
          [forms.chooseFields.owner(missing.at)]: 'They can’t be reached here. Choose somebody who can.',
        },
      };
    }
    return request.once((trx) =>
      leading(trx, request, retroIdOf(request.data), 'choosing', async (retro) => {
        const { now } = request;
        const drafts = reading.choices.flatMap(({ what, due }, index) => {
          const owner = owners[index];
          return owner ? [{ what, due, owner }] : [];
        });
        const keeper = { workspaceId: retro.workspaceId, leadId: retro.leadId };
        const added = await tools.commitments.add(trx, keeper, course.sourceOf(retro.channelId), drafts, now);
        if (added.kind === 'refused') {
          if (added.why === 'too-many-open') {
            return { errors: { [forms.chooseFields.what(0)]: views.tooManyOpen(added.open, added.most) } };
          }
          const at = reading.choices[added.at]?.at ?? 0;
          return { errors: { [forms.chooseFields[added.field](at)]: views.draftProblems[added.why] } };
        }
        const done = await store.changeRetro(trx, retro.id, {
          phase: 'done',
          commitmentIds: added.commitments.map(({ id }) => id),
          endedAt: now,
        });
        await course.plan(trx, tools, done, kinds.summary, now, now);
        return { message: views.chosen(drafts.length) };
      }),
    );
  });

  doors.click(
    ids.closeNow,
    onClick('open', async (trx, retro, { now }) => {
      const closing = await store.changeRetro(trx, retro.id, { closesAt: now });
      await course.planNow(trx, tools, closing, kinds.close, now);
      return { replace: views.closingNow() };
    }),
  );

  doors.click(
    ids.skip,
    onClick('open', async (_trx, retro) => ({
      form: forms.skipForm(
        { retroId: retro.id },
        `The one that is open in ${views.channelLink(retro.channelId)}.${retro.answered > 0 ? ` ${retro.answered === 1 ? 'One answer is' : 'The answers are'} deleted with it.` : ''}`,
      ),
    })),
  );
}
