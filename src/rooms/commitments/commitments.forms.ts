// The forms of this room: a new date, a reason, an edit, and how many a source may have open.

import type { DataOf } from '../../slack/actions.ts';
import { aside, paragraph, quoted } from '../../slack/blocks.ts';
import { dateInput, type Form, field, form, numberInput, personInput, textInput } from '../../slack/forms.ts';
import * as actions from './commitments.actions.ts';
import { type Commitment, longestWords, mostOpenAllowed } from './commitments.ts';

export const fields = {
  due: 'due',
  reason: 'reason',
  what: 'what',
  owner: 'owner',
  mostOpen: 'most_open',
} as const;

/** What each form about a commitment brings back. */
export type FormData = DataOf<typeof actions.editForm>;

/** One of the lead's own. */
export const addForm = (what: string, due: Temporal.PlainDate): Form =>
  form(actions.addForm, {
    title: 'Take something on',
    submit: 'Take it on',
    blocks: [
      field(fields.what, 'What will be done?', textInput({ initial: what, max: longestWords })),
      field(fields.due, 'By when?', dateInput(due)),
      aside('Only you see it. I remind you two days before, and two days after if it is still open.'),
    ],
  });

export const newDateForm = (commitment: Commitment, data: FormData): Form =>
  form(actions.newDateForm, {
    title: 'A new date',
    submit: 'Save',
    data,
    blocks: [
      paragraph(`*${quoted(commitment.what)}*`),
      field(fields.due, 'By when?', dateInput(commitment.due)),
    ],
  });

export const notDoingForm = (commitment: Commitment, data: FormData): Form =>
  form(actions.notDoingForm, {
    title: 'Not doing',
    submit: 'Let it go',
    close: 'Keep it',
    data,
    blocks: [
      paragraph(`*${quoted(commitment.what)}*`),
      field(fields.reason, 'What changed?', textInput({ max: 300 }), {
        hint: 'A line is enough. It is shown wherever this commitment was made.',
      }),
    ],
  });

export const editForm = (commitment: Commitment, data: FormData): Form =>
  form(actions.editForm, {
    title: 'Edit a commitment',
    submit: 'Save',
    data,
    blocks: [
      field(fields.what, 'What will be done?', textInput({ initial: commitment.what, max: longestWords })),
      field(
        fields.owner,
        'Who takes it on?',
        personInput(commitment.owner.left || commitment.owner.id === null ? undefined : commitment.owner.id),
      ),
      field(fields.due, 'By when?', dateInput(commitment.due)),
      aside(`From ${commitment.source.words}.`),
    ],
  });

export const settingsForm = (mostOpen: number): Form =>
  form(actions.settingsForm, {
    title: 'Commitments',
    submit: 'Save',
    blocks: [
      field(
        fields.mostOpen,
        'How many may be open from one place?',
        numberInput({ initial: mostOpen, min: 1, max: mostOpenAllowed }),
        {
          hint: 'One place is a series of retrospectives, the 1:1s with one person, or a post-mortem. Few get done; many get carried.',
        },
      ),
    ],
  });
