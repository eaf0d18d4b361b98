// The question library as a form: looking through it by theme, and adding a question of one's own.

import { needsKeys } from '../../db/sealed.ts';
import { aside, divider, escaped, menu, overflow, paragraph, row } from '../../slack/blocks.ts';
import { type Form, type FormValues, field, form, textInput } from '../../slack/forms.ts';
import type { Block } from '../../slack/message.ts';
import * as actions from './one-on-ones.actions.ts';
import { mostOwnQuestions, preferenceFor, type Shelf } from './one-on-ones.choose.ts';
import { type Reading, refusedWords } from './one-on-ones.forms.ts';
import { type Question, questionLibrary, type Theme, themes } from './one-on-ones.questions.ts';

const fields = { words: 'words' } as const;
const longestQuestion = 300;

/** The library by theme. Choosing a theme draws the form anew; the fields below add a question of one's own. */
export function questionsForm(theme: Theme, shelf: Shelf, canSeal: boolean): Form {
  const name = themes.find(({ id }) => id === theme)?.name ?? '';
  const questions = [...shelf.own, ...questionLibrary].filter((question) => question.theme === theme);
  return form(actions.questionForm, {
    title: 'Questions for 1:1s',
    ...(canSeal && { submit: 'Add mine' }),
    close: 'Done',
    data: { theme },
    blocks: [
      paragraph('Three of these come up before each 1:1. Pinned ones come first, hidden ones never.'),
      row(
        menu(
          actions.chooseTheme,
          themes.map(({ id, name: label }) => ({ label, carried: { theme: id } })),
          { initial: { theme } },
        ),
      ),
      ...questions.map((question) => questionWithMenu(question, shelf)),
      ...(canSeal
        ? [
            divider(),
            field(fields.words, `A question of yours, about ${name}`, textInput({ max: longestQuestion }), {
              hint: 'It goes into the theme chosen above.',
            }),
          ]
        : [aside(needsKeys)]),
    ],
  });
}

function questionWithMenu({ id: questionId, text, audience }: Question, shelf: Shelf): Block {
  const isOwn = shelf.own.some(({ id }) => id === questionId);
  const preference = preferenceFor(questionId, shelf);
  const marks = [
    preference === 'usual' ? '' : preference,
    isOwn ? 'yours' : '',
    audience === 'up' ? 'for your manager or mentor' : '',
  ].filter(Boolean);
  const choice = (label: string, to: 'usual' | 'pinned' | 'hidden' | 'remove') => ({
    label,
    carried: { to, questionId },
  });
  return paragraph(
    `${escaped(text)}${marks.length > 0 ? ` _(${marks.join(', ')})_` : ''}`,
    overflow(actions.changeQuestion, [
      preference === 'pinned' ? choice('Unpin', 'usual') : choice('Pin', 'pinned'),
      preference === 'hidden' ? choice('Show again', 'usual') : choice('Hide', 'hidden'),
      ...(isOwn ? [choice('Remove', 'remove')] : []),
    ]),
  );
}

export function readQuestion(values: FormValues): Reading<{ words: string }> {
  const words = values.text(fields.words);
  return words === '' || words.length > longestQuestion
    ? refusedWords(`Write a question of up to ${longestQuestion} characters.`)
    : { kind: 'read', words };
}

export const tooManyQuestions = {
  [fields.words]: `You have ${mostOwnQuestions} of your own. Remove one first.`,
};
