// The forms for whom a lead meets and how: somebody new, and what is agreed with them; and reading both.

import { paragraph } from '../../slack/blocks.ts';
import {
  type Choice,
  checkboxes,
  type Form,
  type FormValues,
  field,
  form,
  numberInput,
  personInput,
  select,
  textInput,
} from '../../slack/forms.ts';
import type { Block } from '../../slack/message.ts';
import * as actions from './one-on-ones.actions.ts';
import type { Reading } from './one-on-ones.forms.ts';
import { readRhythm } from './one-on-ones.parse.ts';
import { who } from './one-on-ones.phrases.views.ts';
import { plainSentence } from './one-on-ones.refusals.ts';
import {
  defaultMinutes,
  type LeadTime,
  leadTimes,
  longestMinutes,
  type Person,
  type Relation,
  relations,
  rhythmInWords,
  type Settings,
} from './one-on-ones.ts';

export const fields = {
  person: 'person',
  role: 'role',
  relation: 'relation',
  rhythm: 'rhythm',
  minutes: 'minutes',
  leadTime: 'lead_time',
  invites: 'invites',
} as const;

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
  field(fields.role, 'Their role, in a word', textInput({ initial: person?.role ?? '', max: 40 }), {
    optional: true,
  }),
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
