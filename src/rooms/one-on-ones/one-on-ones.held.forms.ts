// The form for what came of a meeting: points, themes, notes, mood, time and promises; and reading it.

import { needsKeys } from '../../db/sealed.ts';
import { uuid } from '../../slack/actions.ts';
import { aside, divider, paragraph } from '../../slack/blocks.ts';
import {
  checkboxes,
  dateInput,
  type Form,
  type FormValues,
  field,
  form,
  numberInput,
  select,
  textInput,
} from '../../slack/forms.ts';
import type { Block } from '../../slack/message.ts';
import { formatDuration } from '../../time/durations.ts';
import { howManyAre } from '../../words.ts';
import type { Added, DraftProblem } from '../commitments/commitments.ts';
import * as actions from './one-on-ones.actions.ts';
import type { Agenda } from './one-on-ones.agenda.views.ts';
import type { Reading } from './one-on-ones.forms.ts';
import { heldProblem } from './one-on-ones.parse.ts';
import { who } from './one-on-ones.phrases.views.ts';
import { themes } from './one-on-ones.questions.ts';
import { plainSentence } from './one-on-ones.refusals.ts';
import type { MeetingWords, Point } from './one-on-ones.sealed.store.ts';
import {
  longestMinutes,
  type Meeting,
  type MeetingState,
  moods,
  type Outcome,
  type Person,
} from './one-on-ones.ts';

const fields = {
  day: 'day',
  minutes: 'minutes',
  log: 'log',
  themes: 'themes',
  points: 'points',
  promises: 'promises',
  delegated: 'delegated',
  feedback: 'feedback',
  notes: 'notes',
  mood: 'mood',
} as const;

const optional = { optional: true } as const;

/** How many promises fit the form at once. */
const promiseSlots = [1, 2, 3] as const;

const promiseField = (what: 'what' | 'whose' | 'by', slot: number): string => `promise_${what}_${slot}`;

export interface HeldFormAbout {
  lead: { id: string };
  person: Person;
  /** Undefined: a conversation that was not planned. */
  meeting: Meeting | undefined;
  day: Temporal.PlainDate;
  /** Open points, and those done with in this meeting. */
  points: Point[];
  /** What the agenda listed as open between the two. */
  open: Pick<Agenda, 'promises' | 'delegated' | 'feedback'>;
  /** Minutes of 1:1 with them logged on that day already. */
  logged: number;
  /** What it was edited from. */
  words: MeetingWords | undefined;
  promisesDue: Temporal.PlainDate;
  canSeal: boolean;
  deliveryId: string | undefined;
}

/** What came of it. The same form, with less in it, changes what was kept. */
export function heldForm(about: HeldFormAbout): Form {
  const { person, meeting, words, canSeal } = about;
  const isEdit = words !== undefined;
  const points = about.points.slice(0, 10);
  return form(isEdit ? actions.editHeldForm : actions.heldForm, {
    title: isEdit ? 'Change what you kept' : 'How it went',
    submit: 'Keep it',
    data: { personId: person.id, meetingId: meeting?.id, deliveryId: about.deliveryId },
    blocks: [
      paragraph(
        `Your 1:1 with ${who(person)}. Only what you promise is shown to anybody: to whoever promised it.`,
      ),
      field(fields.day, 'When did you talk?', dateInput(about.day)),
      ...(isEdit ? [] : timeFields(about)),
      ...(points.length > 0
        ? [
            field(
              fields.points,
              'What you got to',
              checkboxes(points.map(({ id, words: text }) => ({ value: id, label: text }))),
              { optional: true, hint: 'The rest is carried over to the next one.' },
            ),
          ]
        : []),
      ...settledFields(about),
      field(
        fields.themes,
        'What was it about?',
        checkboxes(
          themes.map(({ id, name }) => ({ value: id, label: name })),
          meeting?.themes ?? [],
        ),
        optional,
      ),
      ...(canSeal
        ? [
            field(
              fields.notes,
              'Notes, for you alone',
              textInput({ multiline: true, max: 2900, initial: words?.notes ?? '' }),
              optional,
            ),
            field(
              fields.mood,
              'How did it feel?',
              select(
                moods.map((value) => ({ value, label: value })),
                { ...(words?.mood && { initial: words.mood }), placeholder: 'If you like' },
              ),
              optional,
            ),
          ]
        : [aside(needsKeys)]),
      ...promiseSlots.flatMap((slot) => promiseFields(slot, about)),
    ],
  });
}

/** A tick for each that is behind them; where nothing is open nothing is asked. */
const settledFields = ({ open, lead }: HeldFormAbout): Block[] =>
  [
    {
      name: fields.promises,
      label: 'Of what was open between you, this is done',
      choices: open.promises.map(({ id, owner, what }) => {
        const whose = owner.id === lead.id ? 'You' : 'They';
        return { value: id, label: `${whose}: ${what}` };
      }),
    },
    {
      name: fields.delegated,
      label: 'What they held for you, and is done',
      choices: open.delegated.map(({ id, what }) => ({ value: id, label: what })),
    },
    {
      name: fields.feedback,
      label: 'What you have told them',
      choices: open.feedback.map(({ id, behaviour }) => ({ value: id, label: behaviour })),
    },
  ]
    .filter(({ choices }) => choices.length > 0)
    .map(({ name, label, choices }) => field(name, label, checkboxes(choices), optional));

function timeFields({ logged, person }: HeldFormAbout): Block[] {
  if (logged > 0) {
    return [
      aside(
        `${formatDuration(logged)} with ${who(person)} are logged for that day already, so there is no tick for it.`,
      ),
    ];
  }
  return [
    field(
      fields.minutes,
      'For how long, in minutes?',
      numberInput({ initial: person.minutes, min: 1, max: longestMinutes }),
      optional,
    ),
    field(fields.log, 'Your time', checkboxes([{ label: 'Log it as 1:1 time', value: 'log' }]), optional),
  ];
}

const promiseFields = (slot: number, { promisesDue }: HeldFormAbout): Block[] => [
  divider(),
  field(
    promiseField('what', slot),
    slot === 1 ? 'A promise' : 'Another promise',
    textInput({ max: 500, ...(slot === 1 && { placeholder: 'Ask about the conference budget' }) }),
    optional,
  ),
  field(
    promiseField('whose', slot),
    'Whose?',
    select(
      [
        { label: 'Mine', value: 'lead' },
        { label: 'Theirs, and they are reminded of it', value: 'person' },
      ],
      { initial: 'lead' },
    ),
    optional,
  ),
  field(promiseField('by', slot), 'By when?', dateInput(promisesDue), optional),
];

/** `before`: the day kept earlier, which stays good however long ago it is. `slots`: where each promise stood. */
export function readHeldForm(
  values: FormValues,
  today: Temporal.PlainDate,
  before?: Temporal.PlainDate | null,
): Reading<{ outcome: Outcome; slots: number[] }> {
  const errors: Record<string, string> = {};
  const day = values.day(fields.day);
  if (!day) errors[fields.day] = 'Choose the day.';
  const problem = day && !before?.equals(day) && heldProblem(day, today);
  if (day && problem) {
    errors[fields.day] = plainSentence({ why: problem, words: day.toString() });
  }
  const wantsLog = values.choices(fields.log).includes('log');
  const minutes = values.wholeNumber(fields.minutes);
  if (wantsLog && (minutes === undefined || minutes < 1 || minutes > longestMinutes)) {
    errors[fields.minutes] = `From 1 to ${longestMinutes} minutes, please.`;
  }
  const ticked = (name: string) => values.choices(name).filter((id) => uuid.safeParse(id).success);
  const slots = promiseSlots.filter((slot) => values.text(promiseField('what', slot)) !== '');
  const promises = slots.flatMap((slot): Outcome['promises'] => {
    const by = values.day(promiseField('by', slot));
    if (!by) errors[promiseField('by', slot)] = 'By when? Choose a day.';
    const whose = values.choice(promiseField('whose', slot)) === 'person' ? 'person' : 'lead';
    return by ? [{ what: values.text(promiseField('what', slot)), whose, by }] : [];
  });
  if (!day || Object.keys(errors).length > 0) return { kind: 'refused', errors };
  return {
    kind: 'read',
    slots,
    outcome: {
      day,
      minutes: wantsLog ? minutes : undefined,
      points: ticked(fields.points),
      settled: {
        promises: ticked(fields.promises),
        delegated: ticked(fields.delegated),
        feedback: ticked(fields.feedback),
      },
      themes: themes.map(({ id }) => id).filter((id) => values.choices(fields.themes).includes(id)),
      notes: values.text(fields.notes),
      mood: moods.find((mood) => mood === values.choice(fields.mood)),
      promises,
    },
  };
}

/** The meeting was settled elsewhere while the form about it was open. */
export const settledMeanwhile = (state: MeetingState): Record<string, string> => ({
  [fields.day]: {
    held: 'This was kept already, from another window. Copy what you wrote, and use Edit there.',
    planned:
      'This was taken back meanwhile, so there is nothing to change. Copy what you wrote, and say that it happened.',
    skipped: 'This was put down as skipped meanwhile. Undo that first, then keep what you wrote.',
    lapsed: 'A later one was kept meanwhile. Copy what you wrote into the notes of that one.',
  }[state],
});

const draftTrouble: Record<DraftProblem, string> = {
  'no-words': 'Say what was promised.',
  'too-long': '500 characters at the most, please.',
  'in-the-past': 'That day has passed. Choose today or later.',
  'too-far': 'That is more than two years off. Choose a nearer day.',
};

/** The refusal of a promise, under the field it is about. `slots`: where each promise stood. */
export function promiseErrors(
  refusal: Extract<Added, { kind: 'refused' }>,
  slots: readonly number[],
): Record<string, string> {
  if (refusal.why === 'too-many-open') {
    const words = `Between you, ${howManyAre(refusal.open.length)} open already, and ${refusal.most} is the most you allow. Close one in /keel commitments first.`;
    return { [promiseField('what', slots[0]!)]: words };
  }
  const name = promiseField(refusal.field === 'what' ? 'what' : 'by', slots[refusal.at]!);
  return { [name]: draftTrouble[refusal.why] };
}
