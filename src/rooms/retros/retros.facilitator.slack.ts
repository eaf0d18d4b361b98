// The doors for whoever leads a retrospective that is under way: sorting, the vote, choosing, and what to do when stuck.

import type { Answer, Doors, Handler } from '../../slack/doors.ts';
import { localDay } from '../../time/days.ts';
import { type AboutRetro, insideOf } from './retros.access.ts';
import * as actions from './retros.actions.ts';
import * as forms from './retros.forms.ts';
import { redraw } from './retros.messages.steps.ts';
import * as views from './retros.replies.views.ts';
import { skipForm } from './retros.rhythm.forms.ts';
import type { RetroStep } from './retros.steps.ts';
import * as steps from './retros.steps.ts';
import * as store from './retros.store.ts';
import type { Phase, Retro } from './retros.ts';

export function listenToFacilitators(doors: Doors, tools: steps.StepTools): void {
  const inside = insideOf(tools);

  /** `work` for the facilitator of a retrospective in that phase; anybody else, and any other moment, hears why not. */
  const facilitating = <R extends AboutRetro>(
    phase: Phase,
    work: (step: RetroStep, retro: Retro, request: R) => Promise<Answer>,
  ): Handler<R> =>
    inside(({ keep }, request) =>
      keep(async (step, retro) => {
        if (retro.facilitatorId !== request.personId) return { message: views.notTheFacilitator(retro) };
        const shown = { redraw: redraw(tools, retro.id) };
        if (retro.phase !== phase) return { ...shown, message: views.movedOn(retro) };
        return { ...shown, ...(await work(step, retro, request)) };
      }),
    );

  const zoneOf = async ({ trx, listeners }: RetroStep, { facilitatorId }: Retro): Promise<string> =>
    (await listeners.find(trx, facilitatorId))?.timeZone ?? 'UTC';

  doors.action(
    actions.takeOver,
    inside(async ({ keep }, { workspaceId, personId, profile }) => {
      const { timeZone = 'UTC' } = await profile(personId);
      return keep(async (step, retro) => {
        const came = await steps.takeOver(step, retro, { workspaceId, personId, timeZone });
        return {
          message: views.takenOver(came, retro),
          ...(came === 'taken' && { redraw: redraw(tools, retro.id) }),
        };
      });
    }),
  );

  doors.action(
    actions.closeNow,
    facilitating('open', async (step, retro) => {
      const few = forms.tooFewToClose(retro);
      if (few) return { form: few };
      await steps.closeNow(step, retro);
      return { replace: views.closingNow(retro) };
    }),
  );
  doors.submission(
    actions.closeNowForm,
    facilitating('open', async (step, retro) => {
      await steps.closeNow(step, retro);
      return { message: views.closingNow(retro) };
    }),
  );
  doors.action(
    actions.skip,
    facilitating('open', async (_step, retro) => ({
      form: skipForm({ retroId: retro.id }, views.whichIsSkipped(retro)),
    })),
  );
  doors.action(
    actions.oneMoreDay,
    facilitating('few', async (step, retro) => {
      const reopened = await steps.openOneMoreDay(step, retro);
      if (!reopened) return { message: views.movedOn(retro) };
      return { message: views.oneMoreDay(reopened, await zoneOf(step, reopened)) };
    }),
  );
  doors.action(
    actions.letGo,
    facilitating('few', async (step, retro) => {
      await steps.letGo(step, retro);
      return { message: views.letGo() };
    }),
  );

  doors.action(
    actions.group,
    facilitating('grouping', async ({ trx }, retro) => ({
      form: forms.groupForm(retro, await store.findGroups(trx, retro.id)),
    })),
  );
  doors.submission(
    actions.groupForm,
    facilitating('grouping', async (step, retro, { values, data }) => {
      const sorted = await steps.sortAnew(step, retro, {
        merged: data.merged,
        kept: values.choices(forms.fields.apart),
        together: values.choices(forms.fields.together),
      });
      return sorted.kind === 'sorted'
        ? { message: views.sortedAnew(retro) }
        : { errors: { [forms.fields.together]: views.sortingProblems[sorted.why] } };
    }),
  );

  doors.action(
    actions.startVote,
    facilitating('grouping', async (step, retro) => {
      const voting = await steps.startVote(step, retro);
      return { message: views.voteStarted(voting, await zoneOf(step, voting)) };
    }),
  );
  doors.action(
    actions.backToSorting,
    facilitating('voting', async (step, retro) => {
      const back = await steps.backToSorting(step, retro);
      return { message: back ? views.backToSorting() : views.movedOn(retro) };
    }),
  );
  doors.action(
    actions.endVote,
    facilitating('voting', async (step, retro) => {
      if (retro.voted === 0) return { form: forms.nobodyVoted(retro) };
      await steps.endVoteNow(step, retro);
      return { message: views.closingNow(retro) };
    }),
  );
  doors.submission(
    actions.endVoteForm,
    facilitating('voting', async (step, retro) => {
      await steps.endVoteNow(step, retro);
      return { message: views.closingNow(retro) };
    }),
  );

  doors.action(
    actions.choose,
    facilitating('choosing', async (step, retro) => {
      const groups = await store.findGroups(step.trx, retro.id);
      const today = localDay(step.now, await zoneOf(step, retro));
      return { form: forms.chooseForm(retro, groups, await steps.roomFor(step, retro), today) };
    }),
  );
  doors.submission(actions.chooseForm, async (request) => {
    const reading = forms.readChoices(request.values);
    if (reading.kind === 'refused') return { errors: reading.errors };
    const { choices } = reading;
    const drafts = await Promise.all(
      choices.map(async ({ what, due, ownerId }) => ({ what, due, owner: await request.profile(ownerId) })),
    );
    const unreachable = choices.find((_, at) => drafts[at]?.owner.unreachable);
    if (unreachable) return { errors: { [forms.fields.owner(unreachable.at)]: views.ownerUnreachable } };
    const takeOn = facilitating<typeof request>('choosing', async (step, retro) => {
      const added = await steps.takeOn(step, retro, drafts);
      return added.kind === 'refused'
        ? { errors: forms.choiceErrors(added, choices) }
        : { message: views.chosen(retro, drafts.length) };
    });
    return takeOn(request);
  });
}
