// The doors that are open to everybody in the channel: answering and voting.

import type { Tenant } from '../../db/tenancy.ts';
import type { ActionRequest, Answer, Doors, Request } from '../../slack/doors.ts';
import * as actions from './retros.actions.ts';
import { formatOf } from './retros.formats.ts';
import * as forms from './retros.forms.ts';
import { redraw } from './retros.messages.steps.ts';
import * as views from './retros.replies.views.ts';
import { keepAnswer, keepVote, type StepTools } from './retros.steps.ts';
import * as store from './retros.store.ts';
import { markOf, type Retro, takesAnswers, takesVotes } from './retros.ts';

export function listenToParticipants(doors: Doors, tools: StepTools): void {
  /** Looks at one retrospective and changes nothing. */
  const looking =
    (work: (trx: Tenant, retro: Retro, request: Request) => Promise<Answer>) =>
    (request: ActionRequest<typeof actions.answer>) =>
      request.inTransaction(async (trx) => {
        const retro = await store.findRetro(trx, request.carried.retroId);
        return retro ? work(trx, retro, request) : { message: views.gone() };
      });

  doors.action(
    actions.answer,
    looking(async (trx, retro, { personId, now }) => {
      if (!takesAnswers(retro, now)) {
        return { message: views.noLongerOpen(retro), redraw: redraw(tools, retro.id) };
      }
      const again = await store.hasAnswered(trx, retro.id, markOf(retro, 'answer', personId));
      const own = retro.anonymous ? [] : await store.findPointsOf(trx, retro.id, personId);
      return { form: forms.answerForm(retro, own, again) };
    }),
  );

  doors.submission(actions.answerForm, async (request) => {
    const { retroId } = request.data;
    const known = await request.inTransaction((trx) => store.findRetro(trx, retroId));
    if (!known) return { message: views.gone() };
    const reading = forms.readAnswer(request.values, formatOf(known.formatId));
    if (reading.kind === 'refused') return { errors: reading.errors };
    const author = known.anonymous ? { id: request.personId } : await request.profile(request.personId);
    return request.once(async (trx): Promise<Answer> => {
      const retro = await store.lockRetro(trx, retroId);
      if (!retro) return { message: views.gone() };
      if (!takesAnswers(retro, request.now)) {
        return { errors: { [forms.fields.question(0)]: views.closedMeanwhile } };
      }
      const which = await keepAnswer({ trx }, retro, author, reading.points);
      return { message: views.kept(retro, which), redraw: redraw(tools, retroId) };
    });
  });

  doors.action(
    actions.seeAll,
    looking(async (trx, retro) => ({
      form: forms.saidForm(retro, await store.findGroups(trx, retro.id)),
    })),
  );

  doors.action(
    actions.vote,
    looking(async (trx, retro, { personId, now }) => {
      if (!takesVotes(retro, now)) {
        return { message: views.movedOn(retro), redraw: redraw(tools, retro.id) };
      }
      const ballot = await store.findBallot(trx, retro.id, markOf(retro, 'vote', personId));
      if (ballot && retro.anonymous) return { message: views.votedAlready() };
      return { form: forms.voteForm(retro, await store.findGroups(trx, retro.id), ballot ?? []) };
    }),
  );

  doors.submission(actions.voteForm, ({ data, values, personId, now, once }) =>
    once(async (trx): Promise<Answer> => {
      const retro = await store.lockRetro(trx, data.retroId);
      if (!retro) return { message: views.gone() };
      const shown = { redraw: redraw(tools, retro.id) };
      if (!takesVotes(retro, now)) return { ...shown, message: views.voteIsOver() };
      const came = await keepVote({ trx }, retro, personId, values.choices(forms.fields.choices));
      switch (came) {
        case 'kept':
          return { ...shown, message: views.voteKept(retro) };
        case 'final':
          return { message: views.votedAlready() };
        default:
          return { errors: { [forms.fields.choices]: views.voteProblems[came] } };
      }
    }),
  );
}
