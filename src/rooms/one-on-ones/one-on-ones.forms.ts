// The forms of this room, and reading them: somebody to meet, what came of a meeting, another time, points, questions.

import { needsKeys } from '../../db/sealed.ts';
import { type DataOf, uuid } from '../../slack/actions.ts';
import { aside, divider, escaped, menu, overflow, paragraph, row, shorten } from '../../slack/blocks.ts';
import {
  type Choice,
  checkboxes,
  dateInput,
  type Form,
  type FormValues,
  field,
  form,
  numberInput,
  personInput,
  select,
  textInput,
  timeInput,
} from '../../slack/forms.ts';
import type { Block } from '../../slack/message.ts';
import { formatDuration } from '../../time/durations.ts';
import type { Added, DraftProblem } from '../commitments/commitments.ts';
import * as actions from './one-on-ones.actions.ts';
import { mostOwnQuestions, preferenceFor, type Shelf } from './one-on-ones.choose.ts';
import { type Noted, noteBlocks } from './one-on-ones.pages.views.ts';
import { heldProblem, longestPoint, longestReason, moveProblem, readRhythm } from './one-on-ones.parse.ts';
import { type Reader, who } from './one-on-ones.phrases.views.ts';
import { type Question, questionLibrary, type Theme, themes } from './one-on-ones.questions.ts';
import { plainSentence } from './one-on-ones.refusals.ts';
import type { MeetingWords, Point } from './one-on-ones.sealed.store.ts';
import {
  defaultMinutes,
  type LeadTime,
  leadTimes,
  longestMinutes,
  type Meeting,
  type MeetingState,
  moods,
  mostPoints,
  type Outcome,
  type Person,
  type Relation,
  relations,
  rhythmInWords,
  type Settings,
} from './one-on-ones.ts';

/** Field names. */
export const fields = {
  person: 'person',
  role: 'role',
  relation: 'relation',
  rhythm: 'rhythm',
  minutes: 'minutes',
  leadTime: 'lead_time',
  invites: 'invites',
  day: 'day',
  time: 'time',
  log: 'log',
  themes: 'themes',
  points: 'points',
  notes: 'notes',
  mood: 'mood',
  words: 'words',
  theme: 'theme',
} as const;

type Reading<T> = ({ kind: 'read' } & T) | { kind: 'refused'; errors: Record<string, string> };

const relationNames: Record<Relation, string> = {
  report: 'Somebody I lead',
  peer: 'A peer',
  'skip-level': 'A skip-level',
  manager: 'My manager',
  mentor: 'My mentor',
};

const leadTimeNames: Record<LeadTime, string> = {
  evening: 'The working day before, towards evening',
  '60': 'An hour before',
  '30': 'Half an hour before',
  '10': 'Ten minutes before',
};

const named = <T extends string>(values: readonly T[], names: Record<T, string>): Choice[] =>
  values.map((value) => ({ value, label: names[value] }));

const optional = { optional: true } as const;

/** Somebody to add, perhaps suggested by a Slack id. */
export const addForm = (suggested?: string): Form =>
  form(actions.addForm, {
    title: 'Somebody you meet',
    submit: 'Add',
    blocks: [field(fields.person, 'Who?', personInput(suggested)), ...settingsFields()],
  });

export const changeForm = (person: Person): Form =>
  form(actions.changeForm, {
    title: 'Change these 1:1s',
    submit: 'Save',
    data: { personId: person.id },
    blocks: [paragraph(`With ${who(person)}.`), ...settingsFields(person)],
  });

const settingsFields = (person?: Person): Block[] => [
  field(
    fields.rhythm,
    'How often, and when?',
    textInput({ initial: person ? rhythmInWords(person) : 'every 2 weeks tuesday 10:00', max: 120 }),
    { hint: 'As “weekly friday 14:00”, “monthly first monday 9:00”, “quarterly last thursday 16:00”.' },
  ),
  field(
    fields.relation,
    'Who are they to you?',
    select(named(relations, relationNames), { initial: person?.relation ?? 'report' }),
  ),
  field(fields.role, 'Their role, in a word', textInput({ initial: person?.role ?? '', max: 40 }), optional),
  field(
    fields.minutes,
    'How long do you talk, in minutes?',
    numberInput({ initial: person?.minutes ?? defaultMinutes, min: 5, max: longestMinutes }),
  ),
  field(
    fields.leadTime,
    'When shall I bring the agenda?',
    select(named(leadTimes, leadTimeNames), { initial: person?.leadTime ?? 'evening' }),
  ),
  field(
    fields.invites,
    'Shall they add points too?',
    checkboxes([{ label: 'Ask them before each one', value: 'invites' }], person?.invites ? ['invites'] : []),
    {
      optional: true,
      hint: 'They get a DM with one button, and you both see what they add. Without it they hear nothing from me.',
    },
  ),
];

export function readAddForm(values: FormValues): Reading<{ personId: string; settings: Settings }> {
  const personId = values.person(fields.person);
  if (!personId) return { kind: 'refused', errors: { [fields.person]: 'Choose somebody.' } };
  const reading = readSettings(values);
  return reading.kind === 'read' ? { ...reading, personId } : reading;
}

export function readSettings(values: FormValues): Reading<{ settings: Settings }> {
  const errors: Record<string, string> = {};
  const rhythm = readRhythm(values.text(fields.rhythm));
  if (rhythm.kind === 'refused') errors[fields.rhythm] = plainSentence(rhythm.problem);
  const minutes = values.wholeNumber(fields.minutes);
  if (minutes === undefined || minutes < 5 || minutes > longestMinutes) {
    errors[fields.minutes] = `From 5 to ${longestMinutes} minutes, please.`;
  }
  if (rhythm.kind === 'refused' || minutes === undefined || Object.keys(errors).length > 0) {
    return { kind: 'refused', errors };
  }
  return {
    kind: 'read',
    settings: {
      ...rhythm.rhythm,
      minutes,
      role: values.text(fields.role).slice(0, 40) || null,
      relation: relations.find((one) => one === values.choice(fields.relation)) ?? 'report',
      leadTime: leadTimes.find((one) => one === values.choice(fields.leadTime)) ?? 'evening',
      invites: values.choices(fields.invites).includes('invites'),
    },
  };
}

/** How many promises fit the form at once. */
const promiseSlots = [1, 2, 3] as const;

const promiseField = (what: 'what' | 'whose' | 'by', slot: number): string => `promise_${what}_${slot}`;

export interface HeldFormAbout {
  person: Person;
  /** Undefined: a conversation that was not planned. */
  meeting: Meeting | undefined;
  day: Temporal.PlainDate;
  /** Open points, and those done with in this meeting. */
  points: Point[];
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
              checkboxes(points.map(({ id, words: text }) => ({ value: id, label: shorten(text, 75) }))),
              { optional: true, hint: 'The rest is carried over to the next one.' },
            ),
          ]
        : []),
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

const promiseFields = (slot: number, { person, promisesDue }: HeldFormAbout): Block[] => [
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
        { label: shorten(`${person.name}’s, who is reminded of it`, 75), value: 'person' },
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
      points: values.choices(fields.points).filter((id) => uuid.safeParse(id).success),
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
    const words = `${refusal.open.length} are open between you already, and ${refusal.most} is the most you allow. Close one in /keel commitments first.`;
    return { [promiseField('what', slots[0]!)]: words };
  }
  const name = promiseField(refusal.field === 'what' ? 'what' : 'by', slots[refusal.at]!);
  return { [name]: draftTrouble[refusal.why] };
}

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

const refusedWords = (trouble: string) => ({ kind: 'refused', errors: { [fields.words]: trouble } }) as const;

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

const longestQuestion = 300;

export function readQuestion(values: FormValues): Reading<{ words: string }> {
  const words = values.text(fields.words);
  return words === '' || words.length > longestQuestion
    ? refusedWords(`Write a question of up to ${longestQuestion} characters.`)
    : { kind: 'read', words };
}

export const tooManyQuestions = {
  [fields.words]: `You have ${mostOwnQuestions} of your own. Remove one first.`,
};
