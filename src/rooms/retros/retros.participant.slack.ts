// The doors that are open to everybody in the channel: answering and voting.

import { readData } from '../../slack/actions.ts';
import type { Answer, Doors } from '../../slack/doors.ts';
import type { FormValues } from '../../slack/forms.ts';
import { through } from '../../slack/through.ts';
import { type AboutRetro, insideOf, type Visit } from './retros.access.ts';
import * as actions from './retros.actions.ts';
import { formatOf } from './retros.formats.ts';
import * as forms from './retros.forms.ts';
import { redraw } from './retros.messages.steps.ts';
import * as views from './retros.replies.views.ts';
import { keepAnswer, keepVote, type StepTools, takeBack, takeBackNamed, takeOut } from './retros.steps.ts';
import * as store from './retros.store.ts';
import { markOf, mayTakeOut, takesAnswers, takesVotes } from './retros.ts';

export function listenToParticipants(doors: Doors, tools: StepTools): void {
  const inside = through<[Visit], AboutRetro>(doors, insideOf(tools));

  inside.action(actions.answer, ({ look }, { personId, now }) =>
    look(async (trx, retro) => {
      if (!takesAnswers(retro, now)) {
        return { message: views.noLongerOpen(retro), redraw: redraw(tools, retro.id) };
      }
      const again = await store.hasAnswered(trx, retro.id, markOf(retro, 'answer', personId));
      const own = retro.anonymous ? [] : await store.findPointsOf(trx, retro.id, personId);
      return { form: forms.answerForm(retro, forms.answerOf(retro, own, again)) };
    }),
  );

  inside.submission(
    actions.answerForm,
    async ({ retro: known, keep }, { values, data, personId, now, profile }) => {
      const { round } = data;
      const first = forms.fields.question(0, round);
      const texts = forms.answerTexts(values, formatOf(known.formatId), round);
      const reading = forms.readAnswer(texts, round);
      if (reading.kind === 'refused') return { errors: reading.errors };
      const nothing = reading.kind === 'nothing';
      if (nothing && (known.anonymous || !data.again)) return { errors: { [first]: views.allEmpty } };
      const author = known.anonymous ? { id: personId } : await profile(personId);
      return keep(async (step, retro): Promise<Answer> => {
        if (!takesAnswers(retro, now)) return { errors: { [first]: views.closedMeanwhile } };
        const shown = { redraw: redraw(tools, retro.id) };
        if (nothing) {
          await takeBackNamed(step, retro, personId);
          return { ...shown, message: views.tookBack() };
        }
        // Before the team reads it, whoever wrote it looks at what points at somebody.
        const found = forms.unsettled(texts, data.seen);
        if (found.length > 0) {
          return { changeForm: forms.answerForm(retro, { ...data, texts, round: round + 1, found }) };
        }
        return {
          ...shown,
          message: views.kept(retro, await keepAnswer(step, retro, author, reading.points)),
        };
      });
    },
  );

  const settles = (
    { look }: Visit,
    pressed: { question: number; mark: string; wording?: 'what' | 'how' },
    filledIn: { values: FormValues; data: unknown } | undefined,
  ): Promise<Answer> =>
    look(async (_trx, retro) => {
      const data = readData(actions.answerForm, filledIn?.data);
      if (!filledIn || !data) return {};
      const texts = forms.answerTexts(filledIn.values, formatOf(retro.formatId), data.round);
      return { changeForm: forms.settled(retro, data, texts, pressed) };
    });
  inside.action(actions.useWording, (visit, { carried, form }) => settles(visit, carried, form));
  inside.action(actions.keepSentence, (visit, { carried, form }) => settles(visit, carried, form));

  inside.action(actions.takeBack, ({ look }, { now }) =>
    look(async (_trx, retro) =>
      takesAnswers(retro, now)
        ? { form: forms.takeBackForm(retro) }
        : { message: views.nothingToTakeBack(retro) },
    ),
  );
  inside.submission(actions.takeBackForm, ({ retro: known, keep }, { values, personId, now }) => {
    const reading = forms.readAnswer(forms.answerTexts(values, formatOf(known.formatId), 0));
    if (reading.kind === 'refused') return Promise.resolve({ errors: reading.errors });
    return keep(async (step, retro): Promise<Answer> => {
      if (!takesAnswers(retro, now)) return { message: views.nothingToTakeBack(retro) };
      const points = reading.kind === 'points' ? reading.points : [];
      const gone = retro.anonymous ? await takeBack(step, retro, personId, points) : 0;
      return gone === 0
        ? { errors: { [forms.fields.question(0)]: views.notFound } }
        : { message: views.tookBack(), redraw: redraw(tools, retro.id) };
    });
  });

  inside.action(actions.takeOut, ({ look }, { personId }) =>
    look(async (trx, retro) => {
      const items = mayTakeOut(retro, personId, await store.findItems(trx, retro.id));
      return items.length > 0
        ? { form: forms.takeOutForm(retro, items) }
        : { message: views.notYoursToTakeOut(retro) };
    }),
  );
  inside.submission(actions.takeOutForm, ({ keep }, { values, personId }) =>
    keep(async (step, retro): Promise<Answer> => {
      const chosen = values.choices(forms.fields.choices);
      const items = mayTakeOut(retro, personId, await store.findItems(step.trx, retro.id));
      const ids = items.map(({ id }) => id).filter((id) => chosen.includes(id));
      if (ids.length === 0) return { errors: { [forms.fields.choices]: views.noneToTakeOut } };
      await takeOut(step, retro, ids);
      return { message: views.tookOut(retro, ids.length), redraw: redraw(tools, retro.id) };
    }),
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
