// The doors of the lead's categories: all of them in a form, and a word of a refused line that becomes one.

import { inPlace } from '../../slack/doors.ts';
import type { Through } from '../../slack/through.ts';
import * as actions from './balance.actions.ts';
import * as forms from './balance.category.forms.ts';
import { answerLine, readLine } from './balance.line.slack.ts';
import { keepCategory } from './balance.steps.ts';
import type { TimerStep } from './balance.timer.steps.ts';
import { categoryAdded } from './balance.views.ts';

export function listenForCategories(doors: Through<[TimerStep]>): void {
  doors.action(actions.categories, async ({ categories }) => ({ form: forms.categoriesForm(categories) }));
  doors.action(actions.category, async ({ categories }, { carried }) => ({
    changeForm: forms.categoryForm(categories.find(({ id }) => id === carried.categoryId)),
  }));
  doors.submission(actions.categoryForm, async (step, { values, data }) => {
    const reading = forms.readCategory(values, data.categoryId, step.categories);
    if (reading.kind === 'refused') return { errors: reading.errors };
    return { changeForm: forms.categoriesForm((await keepCategory(step, reading.category)).categories) };
  });

  doors.action(actions.addCategory, async (_step, { carried }) => ({ form: forms.addCategoryForm(carried) }));
  doors.submission(actions.addCategoryForm, async (before, { values, data: { line = '' } }) => {
    const reading = forms.readCategory(values, undefined, before.categories);
    if (reading.kind === 'refused') return { errors: reading.errors };
    const step = await keepCategory(before, reading.category);
    const command = readLine(step, line);
    return command.kind === 'log' || command.kind === 'start'
      ? inPlace(await answerLine(step, line, command))
      : { replace: categoryAdded(reading.category) };
  });
}
