// The doors that are open to everybody in the channel: answering and voting.

import type { Answer, Doors } from '../../slack/doors.ts';
import { through } from '../../slack/through.ts';
import { type AboutRetro, insideOf, type Visit } from './retros.access.ts';
import * as actions from './retros.actions.ts';
import { formatOf } from './retros.formats.ts';
import * as forms from './retros.forms.ts';
import { redraw } from './retros.messages.steps.ts';
import * as views from './retros.replies.views.ts';
import { keepAnswer, keepVote, type StepTools } from './retros.steps.ts';
import * as store from './retros.store.ts';
import { markOf, takesAnswers, takesVotes } from './retros.ts';

export function listenToParticipants(doors: Doors, tools: StepTools): void {
  const inside = through<[Visit], AboutRetro>(doors, insideOf(tools));

  inside.action(actions.answer, ({ look }, { personId, now }) =>
    look(async (trx, retro) => {
      if (!takesAnswers(retro, now)) {
        return { message: views.noLongerOpen(retro), redraw: redraw(tools, retro.id) };
      }
      const again = await store.hasAnswered(trx, retro.id, markOf(retro, 'answer', personId));
      const own = retro.anonymous ? [] : await store.findPointsOf(trx, retro.id, personId);
      return { form: forms.answerForm(retro, own, again) };
    }),
  );

  inside.submission(
    actions.answerForm,
    async ({ retro: known, keep }, { values, personId, now, profile }) => {
      const reading = forms.readAnswer(values, formatOf(known.formatId));
      if (reading.kind === 'refused') return { errors: reading.errors };
      const author = known.anonymous ? { id: personId } : await profile(personId);
      return keep(async (step, retro): Promise<Answer> => {
        if (!takesAnswers(retro, now)) {
          return { errors: { [forms.fields.question(0)]: views.closedMeanwhile } };
        }
        const which = await keepAnswer(step, retro, author, reading.points);
        return { message: views.kept(retro, which), redraw: redraw(tools, retro.id) };
      });
    },
  );

  inside.action(actions.seeAll, ({ look }) =>
    look(async (trx, retro) => ({
      form: forms.saidForm(retro, await store.findGroups(trx, retro.id)),
    })),
  );

  inside.action(actions.vote, ({ look }, { personId, now }) =>
    look(async (trx, retro) => {
      if (!takesVotes(retro, now)) {
        return { message: views.movedOn(retro), redraw: redraw(tools, retro.id) };
      }
      const ballot = await store.findBallot(trx, retro.id, markOf(retro, 'vote', personId));
      if (ballot && retro.anonymous) return { message: views.votedAlready() };
      return { form: forms.voteForm(retro, await store.findGroups(trx, retro.id), ballot ?? []) };
    }),
  );

  inside.submission(actions.voteForm, ({ keep }, { values, personId, now }) =>
    keep(async (step, retro): Promise<Answer> => {
      const shown = { redraw: redraw(tools, retro.id) };
      if (!takesVotes(retro, now)) return { ...shown, message: views.voteIsOver() };
      const came = await keepVote(step, retro, personId, values.choices(forms.fields.choices));
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
