// The forms a lead fills in, and reading them back by the same rules as a typed line.

import { needsKeys } from '../../db/sealed.ts';
import type { DataOf } from '../../slack/actions.ts';
import { aside, button, confirmation, paragraph, row } from '../../slack/blocks.ts';
import {
  checkboxes,
  dateInput,
  type Form,
  type FormValues,
  field,
  form,
  personInput,
  radioButtons,
  select,
  textInput,
  timeInput,
} from '../../slack/forms.ts';
import type { Block, Message } from '../../slack/message.ts';
import { weekdayNames } from '../../time/days.ts';
import * as actions from './delegation.actions.ts';
import {
  mostCheckIns,
  printCheckIns,
  readCheckIns,
  troubleWithDay,
  usualCheckIns,
} from './delegation.check-ins.ts';
import { isLevel, type Level, levelName, levels, oneHigher } from './delegation.levels.ts';
import { noLevel } from './delegation.levels.views.ts';
import { type DelegateLine, plainText } from './delegation.parse.ts';
import type { QuestionTime } from './delegation.store.ts';
import {
  type Delegation,
  type DelegationDraft,
  type Details,
  longestTitle,
  longestTold,
  longestWords,
  type TrustedWords,
} from './delegation.ts';
import { ahead, type Reader, titleOf, todayOf, wordsToTell } from './delegation.views.ts';

export const giveFields = {
  person: 'person',
  title: 'title',
  level: 'level',
  until: 'until',
  checkIns: 'check-ins',
  why: 'why',
  stays: 'stays',
  risky: 'risky',
} as const;

const levelChoices = levels.map(({ level, name, toLead }) => ({
  label: `${level} · ${name}: ${toLead}`,
  value: String(level),
}));

/** What the form shows before the lead touches it. */
export interface GiveInitial {
  personId?: string;
  title?: string;
  level?: Level;
  until?: Temporal.PlainDate | null;
  checkIns?: readonly Temporal.PlainDate[];
  why?: string | null;
  stays?: string | null;
  risky?: boolean;
}

export const initialOf = (line: DelegateLine): GiveInitial => ({
  personId: line.personId,
  title: line.title,
  until: line.until,
  why: line.why,
  ...(line.level !== null && { level: line.level }),
});

/** `sealing`: words can be sealed; without it the form asks for none. */
export const giveForm = (
  initial: GiveInitial,
  data: DataOf<typeof actions.giveForm>,
  sealing: boolean,
): Form =>
  form(actions.giveForm, {
    title: 'Delegate something',
    submit: 'Show me the words',
    data,
    blocks: [
      field(giveFields.person, 'Who will hold it?', personInput(initial.personId)),
      ...giveBlocks(initial, sealing),
      aside('Nobody is told yet: you see the words first.'),
    ],
  });

/** Who holds it does not change: another person holding it is another delegation. The level is theirs to agree to. */
export const editForm = (
  { delegation, checkIns, words }: Details,
  reader: Reader,
  sealing: boolean,
): Form => {
  const { id, state } = delegation;
  const days = ahead(checkIns, todayOf(reader)).map(({ day }) => day);
  const { why, stays } = words;
  return form(actions.editForm, {
    title: 'Edit',
    submit: 'Save',
    data: { id },
    blocks: [
      ...giveBlocks(
        { ...delegation, checkIns: days, why, stays },
        sealing,
        state === 'draft' ? 'all' : 'but-level',
      ),
      row(
        button(
          'Delete it',
          actions.remove,
          { id },
          {
            style: 'danger',
            confirm: confirmation(
              'Delete this delegation?',
              'It is gone for good, with its history. To end it, use Done or Take it back.',
              'Delete',
            ),
          },
        ),
      ),
    ],
  });
};

/** What the form turns into once its delegation is gone. */
export const deletedForm = ({ id }: Delegation, { blocks }: Message): Form =>
  form(actions.editForm, { title: 'Deleted', data: { id }, blocks });

function giveBlocks(initial: GiveInitial, sealing: boolean, which: 'all' | 'but-level' = 'all'): Block[] {
  const words: Block[] = sealing
    ? [
        field(
          giveFields.why,
          'Why them?',
          textInput({ multiline: true, initial: initial.why ?? '', max: longestWords }),
          {
            optional: true,
            hint: 'Growth, interest, room in their week. You can leave it out of the message.',
          },
        ),
        field(
          giveFields.stays,
          'What stays with you?',
          textInput({ multiline: true, initial: initial.stays ?? '', max: longestWords }),
          { optional: true, hint: 'The budget, say, or the date.' },
        ),
      ]
    : [aside(`Why them, and what stays with you: ${needsKeys}`)];
  return [
    field(
      giveFields.title,
      'What do you hand over?',
      textInput({
        initial: initial.title ?? '',
        placeholder: 'The decision or the work, in a few words',
        max: longestTitle,
      }),
    ),
    ...(which === 'all'
      ? [
          field(
            giveFields.level,
            'At which level?',
            select(levelChoices, {
              ...(initial.level !== undefined && { initial: String(initial.level) }),
              placeholder: 'Who decides, and who hears of it',
            }),
          ),
        ]
      : []),
    field(giveFields.until, 'Until', dateInput(initial.until ?? undefined), { optional: true }),
    field(
      giveFields.checkIns,
      'When should I ask you how it goes?',
      textInput({
        initial: initial.checkIns?.length === 0 ? 'none' : printCheckIns(initial.checkIns ?? []),
        placeholder: '28 nov, 12 dec, or every two weeks',
        max: 300,
      }),
      {
        optional: true,
        hint: 'Left empty: at the end, and halfway when that is far off; in two weeks when there is no end. “none” for never.',
      },
    ),
    ...words,
    field(
      giveFields.risky,
      'Risk',
      checkboxes(
        [{ label: 'Hard to take back, or much hangs on it', value: 'yes' }],
        initial.risky ? ['yes'] : [],
      ),
      { optional: true },
    ),
  ];
}

export const nobodyToHoldIt = 'They are a bot or have left. Pick somebody who can hold it.';

export type GiveReading =
  | {
      kind: 'draft';
      draft: DelegationDraft;
      checkIns: Temporal.PlainDate[];
      words: Pick<TrustedWords, 'why' | 'stays'>;
    }
  | { kind: 'refused'; errors: Record<string, string> };

/** The submitted form. `before`: the delegation it edits, whose person, and once told whose level, it leaves alone. */
export function readGive(values: FormValues, reader: Reader, before?: Delegation): GiveReading {
  const errors: Record<string, string> = {};
  const { lead } = reader;
  const today = todayOf(reader);

  const personId = before?.personId ?? values.person(giveFields.person);
  if (!personId) errors[giveFields.person] = 'Pick somebody.';
  else if (personId === lead.id) errors[giveFields.person] = 'That is you. Pick somebody else.';

  const title = plainText(values.text(giveFields.title));
  if (title === '') errors[giveFields.title] = 'Say what it is, in a few words.';
  else if (title.length > longestTitle)
    errors[giveFields.title] = `At most ${longestTitle} characters, please.`;

  const level = before && before.state !== 'draft' ? before.level : levelIn(values, giveFields.level);
  if (level === undefined) errors[giveFields.level] = noLevel;

  const until = values.day(giveFields.until) ?? null;
  const unchanged = until !== null && before?.until?.equals(until);
  const trouble = until && !unchanged ? troubleWithDay(until, today) : undefined;
  if (trouble) {
    errors[giveFields.until] =
      trouble === 'not-ahead' ? 'Pick a day from tomorrow on.' : 'Pick a day within two years.';
  }

  const reading = readCheckIns(values.text(giveFields.checkIns), { today, until, life: lead });
  if (reading.kind === 'refused') {
    errors[giveFields.checkIns] = {
      'too-many': `At most ${mostCheckIns} days, please.`,
      unreadable: `I cannot read “${'text' in reading ? reading.text : ''}” as a day. Try 12 dec, next friday or every two weeks.`,
      'not-ahead': `“${'text' in reading ? reading.text : ''}” is not ahead of us. Pick a day from tomorrow on.`,
      'too-far': `“${'text' in reading ? reading.text : ''}” is more than two years away. Pick a nearer day.`,
    }[reading.why];
  }

  const words = { why: wordsIn(values, giveFields.why), stays: wordsIn(values, giveFields.stays) };
  for (const name of ['why', 'stays'] as const) {
    if ((words[name]?.length ?? 0) > longestWords)
      errors[giveFields[name]] = `At most ${longestWords} characters, please.`;
  }

  if (Object.keys(errors).length > 0 || !personId || level === undefined || reading.kind === 'refused') {
    return { kind: 'refused', errors };
  }
  const risky = values.choices(giveFields.risky).includes('yes');
  // An end that has passed leaves nothing to be usual about.
  const ended = until !== null && Temporal.PlainDate.compare(until, today) <= 0;
  const usual = ended ? [] : usualCheckIns(until, today, lead);
  return {
    kind: 'draft',
    draft: { personId, title, level, until, risky },
    checkIns: reading.kind === 'days' ? reading.days : usual,
    words,
  };
}

export function levelIn(values: FormValues, name: string): Level | undefined {
  const chosen = Number(values.choice(name));
  return isLevel(chosen) ? chosen : undefined;
}

/** Trimmed, unseen characters out; null when empty. Line breaks stay. */
export function wordsIn(values: FormValues, name: string): string | null {
  const text = values
    .text(name)
    .toWellFormed()
    .replace(/[\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g, '')
    .trim();
  return text === '' ? null : text;
}

export const wordsFields = { told: 'told' } as const;

export const wordsForm = (details: Details, reader: Reader): Form =>
  form(actions.wordsForm, {
    title: 'What they would read',
    submit: 'Show me',
    data: { id: details.delegation.id },
    blocks: [
      paragraph(
        `First comes who asks, that it is ${titleOf(details.delegation)}, and at which level. Then your own words:`,
      ),
      field(
        wordsFields.told,
        'Your words',
        textInput({ multiline: true, initial: wordsToTell(details, reader), max: longestTold }),
        { optional: true, hint: 'They read exactly this, as plain text.' },
      ),
    ],
  });

export const endFields = { why: 'why', learned: 'learned', next: 'next' } as const;

/** A form that ends a delegation, and comes back with the check-in it was opened from. */
export type EndForm = (
  delegation: Delegation,
  data: DataOf<typeof actions.doneForm>,
  sealing: boolean,
) => Form;

export const takeBackForm: EndForm = (delegation, data, sealing) =>
  form(actions.takeBackForm, {
    title: 'Take it back',
    submit: 'Take it back',
    data,
    blocks: [
      paragraph(`${titleOf(delegation)} comes back to you.`),
      sealing
        ? field(endFields.why, 'Why?', textInput({ multiline: true, max: longestWords }), {
            hint: 'Only you read it: what was missing, what changed, what you would do differently.',
          })
        : aside(`Why: ${needsKeys}`),
      aside('I tell nobody. They should hear it from you.'),
    ],
  });

export const doneForm: EndForm = (delegation, data, sealing) => {
  const { level } = delegation;
  const higher = oneHigher(level);
  const choices = [
    ...(higher === level ? [] : [{ label: `One higher, ${levelName(higher)}`, value: String(higher) }]),
    { label: `The same, ${levelName(level)}`, value: String(level) },
  ];
  return form(actions.doneForm, {
    title: 'Done',
    submit: 'Save',
    data,
    blocks: [
      paragraph(`${titleOf(delegation)} is done.`),
      sealing
        ? field(
            endFields.learned,
            'What did they learn?',
            textInput({ multiline: true, max: longestWords }),
            { optional: true, hint: 'Only you read it.' },
          )
        : aside(`What they learned: ${needsKeys}`),
      field(endFields.next, 'At which level next time?', radioButtons(choices), { optional: true }),
    ],
  });
};

export const questionFields = { asks: 'asks', weekday: 'weekday', time: 'time' } as const;

export const questionForm = ({ asks, weekday, time }: QuestionTime): Form =>
  form(actions.questionForm, {
    title: 'Your weekly question',
    submit: 'Save',
    blocks: [
      paragraph(
        'Once a week I ask one question about what somebody else could own, chosen by what your week shows.',
      ),
      field(
        questionFields.asks,
        'Ask me',
        checkboxes([{ label: 'Every week', value: 'yes' }], asks ? ['yes'] : []),
        { optional: true },
      ),
      field(
        questionFields.weekday,
        'On',
        select(
          weekdayNames.map((name, index) => ({ label: name, value: String(index + 1) })),
          { initial: String(weekday) },
        ),
      ),
      field(questionFields.time, 'At', timeInput(time)),
    ],
  });

export type QuestionReading =
  | { kind: 'chosen'; chosen: QuestionTime }
  | { kind: 'refused'; errors: Record<string, string> };

export function readQuestion(values: FormValues): QuestionReading {
  const weekday = Number(values.choice(questionFields.weekday));
  const time = values.time(questionFields.time);
  if (!weekdayNames[weekday - 1])
    return { kind: 'refused', errors: { [questionFields.weekday]: 'Choose a day.' } };
  if (!time) return { kind: 'refused', errors: { [questionFields.time]: 'Choose a time.' } };
  return {
    kind: 'chosen',
    chosen: { asks: values.choices(questionFields.asks).includes('yes'), weekday, time },
  };
}
