// The doors that are open to everybody in the channel: answering and voting.

import { z } from 'zod';
import type { Answer, Doors, Request } from '../../slack/doors.ts';
import { formatOf } from './retros.formats.ts';
import * as forms from './retros.forms.ts';
import { type CourseTools, redraw } from './retros.steps.ts';
import * as store from './retros.store.ts';
import { markOf, takesAnswers, takesVotes, votesEach } from './retros.ts';
import * as views from './retros.views.ts';

const nobody = '00000000-0000-0000-0000-000000000000';

/** An id that came back from Slack; one that is none finds nothing. */
export const uuid = (text: unknown): string => z.uuid().safeParse(text).data ?? nobody;

export const retroIdOf = (data: unknown): string =>
  uuid(z.object({ retroId: z.string() }).safeParse(data).data?.retroId);

export function listenToEverybody(doors: Doors, tools: CourseTools): void {
  const { ids } = views;

  doors.click(ids.answer, (request) =>
    request.read(async (trx): Promise<Answer> => {
      const retro = await store.findRetro(trx, uuid(request.value));
      if (!retro) return { message: views.gone() };
      if (!takesAnswers(retro, request.now)) {
        return { message: views.noLongerOpen(retro), redraw: redraw(tools, retro.id) };
      }
      const mark = markOf(retro, 'answer', request.personId);
      const again = await store.hasAnswered(trx, retro.id, mark);
      const own = retro.anonymous ? [] : await store.findPointsOf(trx, retro.id, request.personId);
      return { form: forms.answerForm(retro, own, again) };
    }),
  );

  doors.form(ids.answerForm, async (request) => {
    const retroId = retroIdOf(request.data);
    const known = await request.read((trx) => store.findRetro(trx, retroId));
    if (!known) return { message: views.gone() };
    const reading = forms.readAnswer(request.values, formatOf(known.formatId));
    if (reading.kind === 'refused') return { errors: reading.errors };
    const author = known.anonymous ? undefined : await nameOf(request);
    return request.once(async (trx): Promise<Answer> => {
      const retro = await store.lockRetro(trx, retroId);
      if (!retro) return { message: views.gone() };
      if (!takesAnswers(retro, request.now)) {
        // The form stays, so that nobody loses what they wrote.
        return { errors: { question_0: 'It closed while you wrote, so nothing was added.' } };
      }
      const first = await store.noteAnswerer(trx, retro, markOf(retro, 'answer', request.personId));
      if (author) await store.saveNamedPoints(trx, retro, author, reading.points);
      else await store.addAnonymousPoints(trx, retro, reading.points);
      await store.changeRetro(trx, retroId, { answered: retro.answered + (first ? 1 : 0) });
      return { message: views.kept(retro, first), redraw: redraw(tools, retroId) };
    });
  });

  doors.click(ids.seeAll, (request) =>
    request.read(async (trx): Promise<Answer> => {
      const retro = await store.findRetro(trx, uuid(request.value));
      if (!retro) return { message: views.gone() };
      return { form: forms.saidForm(retro, await store.findGroups(trx, retro.id)) };
    }),
  );

  doors.click(ids.vote, (request) =>
    request.read(async (trx): Promise<Answer> => {
      const retro = await store.findRetro(trx, uuid(request.value));
      if (!retro) return { message: views.gone() };
      if (!takesVotes(retro, request.now)) {
        return { message: views.movedOn(retro), redraw: redraw(tools, retro.id) };
      }
      const ballot = await store.findBallot(trx, retro.id, markOf(retro, 'vote', request.personId));
      if (ballot && retro.anonymous) return { message: views.votedAlready() };
      return { form: forms.voteForm(retro, await store.findGroups(trx, retro.id), ballot ?? []) };
    }),
  );

  doors.form(ids.voteForm, (request) => {
    const retroId = retroIdOf(request.data);
    const chosen = [...new Set(request.values.choices(forms.voteFields.choices).map(uuid))];
    return request.once(async (trx): Promise<Answer> => {
      const retro = await store.lockRetro(trx, retroId);
      if (!retro) return { message: views.gone() };
      if (!takesVotes(retro, request.now)) {
        return { message: views.voteIsOver(), redraw: redraw(tools, retroId) };
      }
      const there = new Set((await store.findGroups(trx, retroId)).map(({ id }) => id));
      const choices = chosen.filter((id) => there.has(id));
      if (choices.length === 0) return { errors: { [forms.voteFields.choices]: 'Choose at least one.' } };
      if (choices.length > votesEach) {
        return { errors: { [forms.voteFields.choices]: `${votesEach} at most, please.` } };
      }
      const who = markOf(retro, 'vote', request.personId);
      const before = await store.findBallot(trx, retroId, who);
      if (before && retro.anonymous) return { message: views.votedAlready() };
      await store.saveBallot(trx, retro, who, choices, before ?? []);
      await store.changeRetro(trx, retroId, { voted: retro.voted + (before ? 0 : 1) });
      return { message: views.voteKept(retro), redraw: redraw(tools, retroId) };
    });
  });
}

async function nameOf(request: Request): Promise<{ id: string; name: string }> {
  const { id, name } = await request.profile(request.personId);
  return { id, name };
}
