// What is read about feedback notes: the form, what was kept, the list.

import type { DataOf } from '../../slack/actions.ts';
import {
  aside,
  button,
  discreet,
  escaped,
  growing,
  mention,
  overflow,
  paragraph,
  paragraphs,
  row,
  say,
} from '../../slack/blocks.ts';
import {
  checkboxes,
  type Form,
  type FormValues,
  field,
  form,
  radioButtons,
  textInput,
} from '../../slack/forms.ts';
import type { Message } from '../../slack/message.ts';
import { plainText } from '../../slack/typed-text.ts';
import { localDay } from '../../time/days.ts';
import * as actions from './feedback.actions.ts';
import { type FeedbackCommand, type FeedbackNote, type FeedbackWords, longestFeedback } from './feedback.ts';
import type { Reading } from './one-on-ones.forms.ts';
import { onDay, type Reader } from './one-on-ones.phrases.views.ts';

const fields = {
  tone: 'tone',
  situation: 'situation',
  behaviour: 'behaviour',
  impact: 'impact',
  next: 'next',
  given: 'given',
} as const;

export function feedbackForm(
  about: DataOf<typeof actions.noteForm>,
  initial: Partial<FeedbackWords> & { given?: boolean } = {},
): Form {
  const ask = (
    name: keyof FeedbackWords,
    label: string,
    placeholder: string,
    options: { hint?: string; optional?: boolean } = { optional: true },
  ) => {
    const input = { multiline: true, max: longestFeedback, placeholder, initial: initial[name] ?? '' };
    return field(fields[name], label, textInput(input), options);
  };
  return form(actions.noteForm, {
    title: about.noteId === undefined ? 'Feedback note' : 'Change the note',
    submit: 'Keep it',
    data: about,
    blocks: [
      paragraph(`About ${mention(about.personId)}. Encrypted, and yours alone until you tell them.`),
      field(
        fields.tone,
        'What kind is it?',
        radioButtons(
          [
            { label: 'Something good', value: 'kind' },
            { label: 'Something to change', value: 'critical' },
          ],
          initial.tone ?? 'kind',
        ),
      ),
      ask('situation', 'When and where was it?', 'In Thursday’s design review'),
      ask(
        'behaviour',
        'What did you see or hear?',
        'Asked the two quiet ones what they thought, and waited',
        { hint: 'What a camera would have recorded, without the reasons you suppose.' },
      ),
      ask('impact', 'What did it do?', 'We found the case that would have bitten us'),
      ask('next', 'What next?', 'Ask them to run the next review'),
      field(
        fields.given,
        'Have you told them?',
        checkboxes([{ label: 'Yes, I have', value: 'given' }], initial.given ? ['given'] : []),
        { optional: true, hint: 'Until you have, it comes up before your next 1:1.' },
      ),
    ],
  });
}

export function readFeedback(values: FormValues): Reading<{ words: FeedbackWords; given: boolean }> {
  const behaviour = values.text(fields.behaviour);
  if (behaviour === '') {
    return { kind: 'refused', errors: { [fields.behaviour]: 'Say what you saw or heard.' } };
  }
  const tooLong = Object.values(fields).find((name) => values.text(name).length > longestFeedback);
  if (tooLong) {
    return { kind: 'refused', errors: { [tooLong]: `${longestFeedback} characters at the most, please.` } };
  }
  return {
    kind: 'read',
    given: values.choices(fields.given).includes('given'),
    words: {
      tone: values.choice(fields.tone) === 'critical' ? 'critical' : 'kind',
      situation: values.text(fields.situation),
      behaviour,
      impact: values.text(fields.impact),
      next: values.text(fields.next),
    },
  };
}

const toneInWords = ({ tone }: FeedbackWords): string =>
  tone === 'kind' ? 'something good' : 'something to change';

function noteLines(note: FeedbackNote, reader: Reader): string[] {
  const noted = localDay(note.notedAt, reader.lead.timeZone);
  const state = note.givenOn ? `told them ${onDay(note.givenOn, reader)}` : 'not told yet';
  return [
    `*${mention(note.personId)}*, ${toneInWords(note)} · noted ${onDay(noted, reader)} · ${state}`,
    note.situation ? `_Where_ ${escaped(note.situation)}` : '',
    `_Saw_ ${escaped(note.behaviour)}`,
    note.impact ? `_Effect_ ${escaped(note.impact)}` : '',
    note.next ? `_Next_ ${escaped(note.next)}` : '',
  ].filter(Boolean);
}

const noteMenu = ({ id: noteId, givenOn }: FeedbackNote) =>
  overflow(actions.menu, [
    givenOn
      ? { label: 'Not told them after all', carried: { choice: 'not-given', noteId } }
      : { label: 'I have told them', carried: { choice: 'given', noteId } },
    { label: 'Change it', carried: { choice: 'change', noteId } },
    { label: 'Throw it away', carried: { choice: 'remove', noteId } },
  ]);

export function feedbackKept(note: FeedbackNote, reader: Reader, isNew: boolean): Message {
  const words = isNew ? 'Kept, for you alone.' : 'Changed.';
  const [first, ...more] = paragraphs([words, ...noteLines(note, reader)]);
  return discreet(
    words,
    first && { ...first, accessory: noteMenu(note) },
    ...more,
    note.givenOn === null ? aside('It comes up before your next 1:1 with them.') : undefined,
    ...(isNew ? [row(button('Undo', actions.undo, { noteId: note.id }))] : []),
  );
}

export function feedbackList(notes: FeedbackNote[], personId: string | undefined, reader: Reader): Message {
  if (notes.length === 0) {
    return say(
      personId === undefined
        ? 'No feedback noted yet. `/keel feedback @someone` keeps what you saw, for the next time you talk.'
        : `No feedback noted about ${mention(personId)} yet.`,
      ...(personId === undefined ? [] : [button('Note something', actions.add, { personId })]),
    );
  }
  return {
    ...growing(
      notes.map((note) => [paragraph(noteLines(note, reader).join('\n'), noteMenu(note))]),
      (left) => `And ${left} older; \`/keel feedback list @someone\` shows one person’s.`,
      { before: [paragraph('*Your feedback notes*')] },
    ),
    text: 'Your feedback notes',
  };
}

export const feedbackRemoved = (noteId: string): Message =>
  say('Thrown away. It can be put back for a day.', button('Undo', actions.putBack, { noteId }));
export const feedbackGone = (): Message =>
  say('That note is not there any more. `/keel feedback` lists what is.');

export const feedbackRefused = (problem: Extract<FeedbackCommand, { kind: 'refused' }>): Message =>
  say(
    {
      'unknown-person': `I cannot tell who “${escaped(plainText(problem.words).slice(0, 60))}” is. Type @ and pick them from Slack’s list.`,
      who: 'Whom is it about? Type @ after `/keel feedback` and pick them from Slack’s list; `/keel feedback list` shows what you noted.',
      'too-long': `That is more than ${longestFeedback} characters. \`/keel feedback @someone\` on its own opens a form with room.`,
    }[problem.problem],
  );

export const feedbackHelp = (): Message =>
  say(
    [
      '*Feedback notes*',
      '`/keel feedback @someone` · note what you saw, its effect, and what next',
      '`/keel feedback @someone asked the quiet ones what they thought` · with a start',
      '`/keel feedback` · all of them · `/keel feedback list @someone` · one person’s',
      'Only you can read them. What you have not told yet comes up before your next 1:1.',
    ].join('\n'),
  );
