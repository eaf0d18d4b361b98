// Doors about the question library: looking through it, pinning, hiding, adding and removing one's own.

import type { Doors } from '../../slack/doors.ts';
import type { Form } from '../../slack/forms.ts';
import { through } from '../../slack/through.ts';
import * as actions from './one-on-ones.actions.ts';
import * as forms from './one-on-ones.questions.forms.ts';
import * as steps from './one-on-ones.questions.steps.ts';
import type { Theme } from './one-on-ones.questions.ts';
import { findShelf } from './one-on-ones.sealed.store.ts';
import { type OneOnOneStep, type OneOnOneTools, onceWith } from './one-on-ones.tools.ts';

export function listenForQuestions(doors: Doors, tools: OneOnOneTools): void {
  const lead = through<[OneOnOneStep]>(doors, onceWith(tools));

  lead.action(actions.questions, async (step) => ({ form: await libraryForm(step) }));
  lead.action(actions.chooseTheme, async (step, { carried }) => ({
    changeForm: await libraryForm(step, carried.theme),
  }));
  lead.action(actions.changeQuestion, async (step, { carried: { questionId, to } }) => {
    const theme = await steps.changeQuestion(step, questionId, to);
    return { changeForm: await libraryForm(step, theme) };
  });
  lead.submission(actions.questionForm, async (step, { values, data: { theme } }) => {
    const reading = forms.readQuestion(values);
    if (reading.kind === 'refused') return { errors: reading.errors };
    const isAdded = await steps.addQuestion(step, { theme, text: reading.words });
    return isAdded ? { changeForm: await libraryForm(step, theme) } : { errors: forms.tooManyQuestions };
  });
}

/** The questions of a theme, to look through and change. */
export const libraryForm = async (step: OneOnOneStep, theme: Theme = 'person'): Promise<Form> =>
  forms.questionsForm(theme, await findShelf(step), step.sealer.available);
