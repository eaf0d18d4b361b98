// The small forms of this room, and reading them: another time, a reason, a point, the notes.

import type { DataOf } from '../../slack/actions.ts';
import { paragraph } from '../../slack/blocks.ts';
import {
  dateInput,
  type Form,
  type FormValues,
  field,
  form,
  textInput,
  timeInput,
} from '../../slack/forms.ts';
import * as actions from './one-on-ones.actions.ts';
import { type Noted, noteBlocks } from './one-on-ones.pages.views.ts';
import { longestPoint, longestReason, moveProblem } from './one-on-ones.parse.ts';
import { type Reader, who } from './one-on-ones.phrases.views.ts';
import type { Point } from './one-on-ones.sealed.store.ts';
import { mostPoints, type Person } from './one-on-ones.ts';

/** Field names. */
const fields = { day: 'day', time: 'time', words: 'words' } as const;

/** What a form holds, or what is wrong with it under the fields it is about. */
export type Reading<T> = ({ kind: 'read' } & T) | { kind: 'refused'; errors: Record<string, string> };

export const moveForm = (
  person: Person,
  data: DataOf<typeof actions.moveForm>,
  initial: Temporal.PlainDateTime,
): Form =>
  form(actions.moveForm, {
    title: 'Another time',
    submit: 'Move it',
    data,
    blocks: [
      paragraph(`Your 1:1 with ${who(person)}. What follows moves along.`),
      field(fields.day, 'Day', dateInput(initial.toPlainDate())),
      field(fields.time, 'Time', timeInput(initial.toPlainTime())),
    ],
  });

export function readMoveForm(
  values: FormValues,
  now: Temporal.PlainDateTime,
): Reading<{ to: Temporal.PlainDateTime }> {
  const day = values.day(fields.day);
  const time = values.time(fields.time);
  if (!day) return { kind: 'refused', errors: { [fields.day]: 'Choose a day.' } };
  if (!time) return { kind: 'refused', errors: { [fields.time]: 'Choose a time.' } };
  const to = day.toPlainDateTime(time);
  const problem = moveProblem(to, now);
  if (!problem) return { kind: 'read', to };
  const words =
    problem === 'past-moment'
      ? 'That has passed. Choose a time ahead.'
      : 'That is too far off. Choose a nearer day.';
  return { kind: 'refused', errors: { [fields.day]: words } };
}

export const skipForm = (person: Person, meetingId: string): Form =>
  form(actions.skipForm, {
    title: 'Skipped',
    submit: 'Keep it',
    close: 'No reason',
    data: { meetingId },
    blocks: [
      paragraph(
        `It is skipped. Why? For you alone, in your history with ${who(person)}; I ask just this once.`,
      ),
      field(fields.words, 'What came in between', textInput({ max: longestReason })),
    ],
  });

export const readReason = (values: FormValues): string => values.text(fields.words).slice(0, longestReason);

const wordsInput = (initial = '') => textInput({ multiline: true, max: longestPoint, initial });

export const pointForm = (person: Person, point?: Point): Form =>
  form(actions.pointForm, {
    title: point ? 'Change a point' : 'A point for next time',
    submit: 'Keep it',
    data: { personId: person.id, pointId: point?.id },
    blocks: [
      field(fields.words, 'What do you want to talk about?', wordsInput(point?.words), {
        hint: 'Only you see it.',
      }),
    ],
  });

/** The other one's form. Whatever stands in it is theirs. */
export const theirsForm = (data: DataOf<typeof actions.theirsForm>): Form =>
  form(actions.theirsForm, {
    title: 'A point for your 1:1',
    submit: 'Add it',
    data,
    blocks: [
      field(fields.words, 'What would you like to talk about?', wordsInput(), { hint: 'You both see it.' }),
    ],
  });

/** A point for an agenda. */
export function readWords(values: FormValues): Reading<{ words: string }> {
  const words = values.text(fields.words);
  if (words === '') return refusedWords('Say what it is about.');
  return [...words].length > longestPoint
    ? refusedWords(`${longestPoint} characters at the most, please.`)
    : { kind: 'read', words };
}

export const refusedWords = (trouble: string) =>
  ({ kind: 'refused', errors: { [fields.words]: trouble } }) as const;

export const tooManyOfTheirs = {
  [fields.words]: `${mostPoints} points are open already. Take one back first.`,
};

export const notesForm = (person: Person, noted: Noted[], reader: Reader): Form =>
  form(actions.notesForm, {
    title: 'Your notes',
    close: 'Close',
    blocks: [
      paragraph(`*${who(person)}*, newest first. Only you can read this.`),
      ...noteBlocks(noted, reader),
    ],
  });
