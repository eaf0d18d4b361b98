// The forms a lead fills in, and reading them back by the same rules as a typed line.

import { needsKeys } from '../../db/sealed.ts';
import type { DataOf } from '../../slack/actions.ts';
import { aside, button, confirmation, mention, paragraph, row } from '../../slack/blocks.ts';
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
import { plainText } from '../../slack/typed-text.ts';
import { weekdayNames } from '../../time/days.ts';
import { inPlainText, whichYear } from '../../time/time.views.ts';
import * as actions from './delegation.actions.ts';
import {
  mostCheckIns,
  printCheckIns,
  readCheckIns,
  troubleWithDay,
  usualCheckIns,
} from './delegation.check-ins.ts';
import { isLevel, type Level, levelName, levels, oneHigher } from './delegation.levels.ts';
import type { DelegateLine } from './delegation.parse.ts';
import { wordsToTell } from './delegation.person.views.ts';
import { ahead, levelInWords, type Reader, titleOf, todayOf } from './delegation.phrases.views.ts';
import type { QuestionTime } from './delegation.store.ts';
import {
  type Delegation,
  type DelegationDraft,
  type Details,
  longestTitle,
  longestTold,
  longestWords,
  type Side,
  type TrustedWords,
} from './delegation.ts';

/** The names of all fields of this room's forms. */
export const fields = {
  person: 'person',
  title: 'title',
  level: 'level',
  until: 'until',
  checkIns: 'check-ins',
  why: 'why',
  stays: 'stays',
  risky: 'risky',
  told: 'told',
  learned: 'learned',
  next: 'next',
  note: 'note',
  asks: 'asks',
  weekday: 'weekday',
  time: 'time',
} as const;

/** What the form shows before the lead touches it. */
export type GiveInitial = Partial<
  DelegationDraft & Pick<TrustedWords, 'why' | 'stays'> & { checkIns: readonly Temporal.PlainDate[] }
>;

export const initialOf = ({ level, ...line }: DelegateLine): GiveInitial =>
  level === null ? line : { ...line, level };

/** Room for words that are kept sealed. */
const wordsField = (
  name: string,
  label: string,
  { initial, ...options }: { initial?: string | null | undefined; hint: string; optional?: boolean },
) => field(name, label, textInput({ multiline: true, initial: initial ?? '', max: longestWords }), options);

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
      field(fields.person, 'Who will hold it?', personInput(initial.personId)),
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
  const { why, stays } = words;
  const days = ahead(checkIns, todayOf(reader)).map(({ day }) => day);
  const confirm = confirmation(
    'Delete this delegation?',
    'It is gone for good, with its history. To end it, use Done or Take it back.',
    'Delete',
  );
  return form(actions.editForm, {
    title: 'Edit',
    submit: 'Save',
    data: { id },
    blocks: [
      ...giveBlocks({ ...delegation, checkIns: days, why, stays }, sealing, state === 'draft'),
      row(button('Delete it', actions.remove, { id }, { style: 'danger', confirm })),
    ],
  });
};

/** What the form turns into once its delegation is gone. */
export const deletedForm = ({ id }: Delegation, { blocks }: Message): Form =>
  form(actions.editForm, { title: 'Deleted', data: { id }, blocks });

function giveBlocks(initial: GiveInitial, sealing: boolean, withLevel = true): Block[] {
  const { title = '', level, until, checkIns = [], why, stays, risky } = initial;
  const choices = levels.map((each) => ({
    label: `${each.level} · ${each.name}: ${each.toLead}`,
    value: String(each.level),
  }));
  const isRisky = { label: 'Hard to take back, or much hangs on it', value: 'yes' };
  return [
    field(
      fields.title,
      'What do you hand over?',
      textInput({
        initial: title,
        placeholder: 'The decision or the work, in a few words',
        max: longestTitle,
      }),
    ),
    ...(withLevel
      ? [
          field(
            fields.level,
            'At which level?',
            select(choices, {
              ...(level !== undefined && { initial: String(level) }),
              placeholder: 'Who decides, and who hears of it',
            }),
          ),
        ]
      : []),
    field(fields.until, 'Until', dateInput(until ?? undefined), { optional: true }),
    field(
      fields.checkIns,
      'When should I ask you how it goes?',
      textInput({
        initial: initial.checkIns?.length === 0 ? 'none' : printCheckIns(checkIns),
        placeholder: '28 nov, 12 dec, or every two weeks',
        max: 300,
      }),
      {
        optional: true,
        hint: 'Left empty: at the end, and halfway when that is far off; in two weeks when there is no end; never at level 7. “none” for never.',
      },
    ),
    ...(sealing
      ? [
          wordsField(fields.why, 'Why them?', {
            initial: why,
            optional: true,
            hint: 'Growth, interest, room in their week. You can leave it out of the message.',
          }),
          wordsField(fields.stays, 'What stays with you?', {
            initial: stays,
            optional: true,
            hint: 'The budget, say, or the date.',
          }),
        ]
      : [aside(`Why them, and what stays with you: ${needsKeys}`)]),
    field(fields.risky, 'Risk', checkboxes([isRisky], risky ? ['yes'] : []), { optional: true }),
  ];
}

export const noLevel = 'Choose a level.';
export const nobodyToHoldIt = 'They are a bot or aren’t in this workspace. Pick somebody who can hold it.';

type GiveReading =
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

  const personId = before?.personId ?? values.person(fields.person);
  if (!personId) errors[fields.person] = 'Pick somebody.';
  else if (personId === lead.id) errors[fields.person] = 'That is you. Pick somebody else.';

  const title = plainText(values.text(fields.title));
  if (title === '') errors[fields.title] = 'Say what it is, in a few words.';
  else if (title.length > longestTitle) errors[fields.title] = `At most ${longestTitle} characters, please.`;

  const level = before && before.state !== 'draft' ? before.level : levelIn(values, fields.level);
  if (level === undefined) errors[fields.level] = noLevel;

  const until = values.day(fields.until) ?? null;
  const unchanged = until !== null && before?.until?.equals(until);
  const trouble = until && !unchanged ? troubleWithDay(until, today) : undefined;
  if (trouble) {
    errors[fields.until] =
      trouble === 'not-ahead' ? 'Pick a day from tomorrow on.' : 'Pick a day within two years.';
  }

  const reading = readCheckIns(values.text(fields.checkIns), { today, until, life: lead });
  if (reading.kind === 'refused') {
    errors[fields.checkIns] =
      reading.why === 'which-year'
        ? inPlainText(whichYear(reading.text, reading))
        : {
            'too-many': `At most ${mostCheckIns} days, please.`,
            unreadable: `I cannot read “${reading.text}” as a day. Try 12 dec, next friday or every two weeks.`,
            'not-ahead': `“${reading.text}” is not ahead of us. Pick a day from tomorrow on.`,
            'too-far': `“${reading.text}” is more than two years away. Pick a nearer day.`,
          }[reading.why];
  }

  const words = { why: wordsIn(values, fields.why), stays: wordsIn(values, fields.stays) };
  for (const name of ['why', 'stays'] as const) {
    if ((words[name]?.length ?? 0) > longestWords)
      errors[fields[name]] = `At most ${longestWords} characters, please.`;
  }

  if (Object.keys(errors).length > 0 || !personId || level === undefined || reading.kind === 'refused') {
    return { kind: 'refused', errors };
  }
  const risky = values.choices(fields.risky).includes('yes');
  // An end that has passed leaves nothing to be usual about.
  const ended = until !== null && Temporal.PlainDate.compare(until, today) <= 0;
  const usual = ended ? [] : usualCheckIns({ until, level }, today, lead);
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
  const text = values.text(name);
  return text === '' ? null : text;
}

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
        fields.told,
        'Your words',
        textInput({ multiline: true, initial: wordsToTell(details, reader), max: longestTold }),
        { optional: true, hint: 'They read exactly this, as plain text.' },
      ),
    ],
  });

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
        ? wordsField(fields.why, 'Why?', {
            hint: 'Only you read it: what was missing, what changed, what you would do differently.',
          })
        : aside(`Why: ${needsKeys}`),
      aside('I tell nobody. They should hear it from you.'),
    ],
  });

export const readTakeBack = (values: FormValues) => ({
  closing: wordsIn(values, fields.why),
  how: { state: 'taken-back' } as const,
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
        ? wordsField(fields.learned, 'What did they learn?', { optional: true, hint: 'Only you read it.' })
        : aside(`What they learned: ${needsKeys}`),
      field(fields.next, 'At which level next time?', radioButtons(choices), { optional: true }),
    ],
  });
};

export const readDone = (values: FormValues) => ({
  closing: wordsIn(values, fields.learned),
  how: { state: 'done', nextLevel: levelIn(values, fields.next) ?? null } as const,
});

/** The same form for both sides; the note is seen by the other. */
export function proposeForm(
  delegation: Delegation,
  data: DataOf<typeof actions.proposeForm>,
  { side, leadId, sealing }: { side: Side; leadId: string; sealing: boolean },
): Form {
  const toLead = side === 'lead';
  const { level, agreedAt, proposal } = delegation;
  const meanings = levels.map((each) => {
    const meaning = toLead ? each.toLead : each.toPerson(mention(leadId));
    return `${each.level} *${each.name}* · ${meaning}`;
  });
  const choices = levels.map((each) => ({
    label: `${each.level} · ${each.name}`,
    value: String(each.level),
  }));
  const hint = `${toLead ? 'They read' : 'Your lead reads'} it with your proposal.`;
  return form(toLead ? actions.proposeForm : actions.personProposeForm, {
    title: 'Another level',
    submit: 'Propose it',
    data,
    blocks: [
      paragraph(`${titleOf(delegation)} is at ${levelInWords(level)}${agreedAt ? ', agreed' : ''}.`),
      paragraph(meanings.join('\n')),
      field(
        fields.level,
        'Which level suits it better?',
        select(choices, { initial: String(proposal?.level ?? level) }),
      ),
      ...(sealing ? [wordsField(fields.note, 'A word on it', { optional: true, hint })] : []),
    ],
  });
}

export const questionForm = ({ asks, weekday, time }: QuestionTime): Form =>
  form(actions.questionForm, {
    title: 'Your weekly question',
    submit: 'Save',
    blocks: [
      paragraph(
        'Once a week I ask one question about what somebody else could own, chosen by what your week shows.',
      ),
      field(fields.asks, 'Ask me', checkboxes([{ label: 'Every week', value: 'yes' }], asks ? ['yes'] : []), {
        optional: true,
      }),
      field(
        fields.weekday,
        'On',
        select(
          weekdayNames.map((name, index) => ({ label: name, value: String(index + 1) })),
          { initial: String(weekday) },
        ),
      ),
      field(fields.time, 'At', timeInput(time)),
    ],
  });

type QuestionReading =
  | { kind: 'chosen'; chosen: QuestionTime }
  | { kind: 'refused'; errors: Record<string, string> };

export function readQuestion(values: FormValues): QuestionReading {
  const weekday = Number(values.choice(fields.weekday));
  const time = values.time(fields.time);
  if (!weekdayNames[weekday - 1]) return { kind: 'refused', errors: { [fields.weekday]: 'Choose a day.' } };
  if (!time) return { kind: 'refused', errors: { [fields.time]: 'Choose a time.' } };
  return {
    kind: 'chosen',
    chosen: { asks: values.choices(fields.asks).includes('yes'), weekday, time },
  };
}
