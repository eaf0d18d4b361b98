// Doors about the question library: looking through it, pinning, hiding, adding and removing one's own.

import { z } from 'zod';
import type { Doors } from '../../slack/doors.ts';
import { asLead, partsOf, uuid } from './one-on-ones.desk.ts';
import * as forms from './one-on-ones.forms.ts';
import { questionLibrary, type Theme, themes } from './one-on-ones.questions.ts';
import * as words from './one-on-ones.sealed.store.ts';
import { chooseAgain, ownerOf } from './one-on-ones.steps.ts';
import type { OneOnOneTools } from './one-on-ones.tools.ts';
import { ids } from './one-on-ones.views.ts';

/** More questions of their own than anybody asks. */
const mostOwn = 50;

export function listenForQuestions(doors: Doors, tools: OneOnOneTools): void {
  const { sealer } = tools;

  doors.click(ids.questions, (request) =>
    asLead(tools, request, async ({ trx, reader }) => ({
      form: forms.questionsForm(
        'person',
        await words.findShelf(trx, sealer, ownerOf(reader.lead)),
        sealer.available,
      ),
    })),
  );

  doors.click(ids.theme, (request) =>
    asLead(tools, request, async ({ trx, reader }) => ({
      changeForm: forms.questionsForm(
        themeOf(request.value),
        await words.findShelf(trx, sealer, ownerOf(reader.lead)),
        sealer.available,
      ),
    })),
  );

  doors.click(ids.standing, (request) =>
    asLead(tools, request, async ({ trx, reader }) => {
      const owner = ownerOf(reader.lead);
      const [standing, questionId = ''] = partsOf(request.value);
      const before = await words.findShelf(trx, sealer, owner);
      const question = [...questionLibrary, ...before.own].find(({ id }) => id === questionId);
      if (question && standing === 'remove') await words.deleteQuestion(trx, owner.leadId, uuid(questionId));
      else if (question && (standing === 'pinned' || standing === 'hidden' || standing === 'usual')) {
        await words.saveStanding(trx, owner, questionId, standing);
      }
      await chooseAgain(trx, tools, reader.lead, reader.now);
      const shelf = await words.findShelf(trx, sealer, owner);
      return { changeForm: forms.questionsForm(question?.theme ?? 'person', shelf, sealer.available) };
    }),
  );

  doors.form(ids.questionForm, (request) =>
    asLead(tools, request, async ({ trx, reader }) => {
      const owner = ownerOf(reader.lead);
      const theme = themeOf(z.object({ theme: z.string() }).safeParse(request.data).data?.theme);
      const text = request.values.text(forms.fields.words);
      if (text === '' || text.length > 300) {
        return { errors: { [forms.fields.words]: 'Write a question of up to 300 characters.' } };
      }
      const { own } = await words.findShelf(trx, sealer, owner);
      if (own.length >= mostOwn) {
        return { errors: { [forms.fields.words]: `You have ${mostOwn} of your own. Remove one first.` } };
      }
      await words.addQuestion(trx, sealer, owner, { theme, text });
      await chooseAgain(trx, tools, reader.lead, reader.now);
      const shelf = await words.findShelf(trx, sealer, owner);
      return { changeForm: forms.questionsForm(theme, shelf, sealer.available) };
    }),
  );
}

const themeOf = (text: string | undefined): Theme => themes.find(({ id }) => id === text)?.id ?? 'person';
