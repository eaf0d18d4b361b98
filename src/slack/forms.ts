// Forms: a modal's inputs, each named once, and reading back by that name what somebody filled in.

import type {
  Checkboxes,
  ConversationsSelect,
  Datepicker,
  InputBlock,
  ModalView,
  MultiStaticSelect,
  MultiUsersSelect,
  NumberInput,
  PlainTextInput,
  RadioButtons,
  StaticSelect,
  Timepicker,
  UsersSelect,
} from '@slack/types';
import { z } from 'zod';
import { type Modal, type Shape, slackId, type Written } from './actions.ts';
import { option, plain } from './blocks.ts';
import { limits } from './limits.ts';
import type { Block } from './message.ts';
import { withoutUnseen } from './typed-text.ts';

/** A modal before it is shown: `data` comes back with the submission. */
export interface Form {
  /** The door's name that a submission goes to. */
  callbackId: string;
  title: string;
  /** The submit button; left out where there is nothing to send. */
  submit?: string;
  close?: string;
  blocks: Block[];
  /** Anything JSON can hold; with the envelope 3,000 characters at most. */
  data?: unknown;
}

type FormParts<S extends Shape> = Omit<Form, 'callbackId' | 'data'> &
  (Record<never, never> extends Written<S> ? { data?: Written<S> } : { data: Written<S> });

/** A modal whose submission goes to that door. */
export const form = <S extends Shape>(to: Modal<S>, parts: FormParts<S>): Form => ({
  callbackId: to.id,
  ...parts,
});

/** A modal to read: nothing is sent from it. */
export const page = (title: string, blocks: Block[]): Form => ({ callbackId: 'page', title, blocks });

type InputElement = InputBlock['element'];

/** A field. Its name is both block and action id: errors, values and tests find it by that one name. */
export function field(
  name: string,
  label: string,
  element: InputElement,
  options: { hint?: string; optional?: boolean } = {},
): InputBlock {
  return {
    type: 'input',
    block_id: name,
    label: plain(label, limits.fieldLabel),
    element: { ...element, action_id: name },
    optional: options.optional ?? false,
    ...(options.hint !== undefined && { hint: plain(options.hint, limits.fieldLabel) }),
  };
}

export const textInput = (
  options: { initial?: string; placeholder?: string; multiline?: boolean; max?: number } = {},
): PlainTextInput => ({
  type: 'plain_text_input',
  ...(options.initial ? { initial_value: options.initial } : {}),
  ...(options.placeholder !== undefined && { placeholder: plain(options.placeholder, limits.placeholder) }),
  ...(options.multiline !== undefined && { multiline: options.multiline }),
  max_length: options.max ?? limits.typed,
});

export const numberInput = (options: { initial?: number; min: number; max: number }): NumberInput => ({
  type: 'number_input',
  is_decimal_allowed: false,
  min_value: String(options.min),
  max_value: String(options.max),
  ...(options.initial !== undefined && { initial_value: String(options.initial) }),
});

export interface Choice {
  label: string;
  value: string;
}

const asOption = ({ label, value }: Choice) => option(label, value);

/** The choice with that value as Slack wants an initial option; nothing when it isn't among them. */
const initialOption = (choices: Choice[], value: string | undefined) => {
  const found = choices.find((choice) => choice.value === value);
  return found ? { initial_option: asOption(found) } : {};
};

/** 100 choices at most. */
export const select = (
  choices: Choice[],
  options: { initial?: string; placeholder?: string } = {},
): StaticSelect => ({
  type: 'static_select',
  options: choices.slice(0, limits.menuOptions).map(asOption),
  ...initialOption(choices, options.initial),
  ...(options.placeholder !== undefined && { placeholder: plain(options.placeholder, limits.placeholder) }),
});

export interface ChoiceGroup {
  label: string;
  choices: Choice[];
}

/** 100 groups of 100 choices at most. */
export const groupedSelect = (
  groups: ChoiceGroup[],
  options: { initial?: string; placeholder?: string } = {},
): StaticSelect => ({
  type: 'static_select',
  option_groups: groups
    .filter(({ choices }) => choices.length > 0)
    .map(({ label, choices }) => ({
      label: plain(label, limits.label),
      options: choices.slice(0, limits.menuOptions).map(asOption),
    })),
  ...initialOption(
    groups.flatMap(({ choices }) => choices),
    options.initial,
  ),
  ...(options.placeholder !== undefined && { placeholder: plain(options.placeholder, limits.placeholder) }),
});

/** Several of many. What is more than a group holds goes on in another of the same name. */
export function multiSelect(
  groups: readonly ChoiceGroup[],
  options: { most?: number; initial?: readonly string[] } = {},
): MultiStaticSelect {
  const option_groups = groups
    .flatMap(({ label, choices }) =>
      Array.from({ length: Math.ceil(choices.length / limits.menuOptions) }, (_, at) => ({
        label: plain(label, limits.label),
        options: choices.slice(at * limits.menuOptions, (at + 1) * limits.menuOptions).map(asOption),
      })),
    )
    .slice(0, limits.menuOptions);
  const initial = option_groups
    .flatMap((group) => group.options)
    .filter(({ value }) => value !== undefined && options.initial?.includes(value));
  return {
    type: 'multi_static_select',
    placeholder: plain('Choose'),
    option_groups,
    ...(options.most !== undefined && { max_selected_items: options.most }),
    ...(initial.length > 0 && { initial_options: initial }),
  };
}

/** 10 choices at most. */
export const radioButtons = (choices: Choice[], initial?: string): RadioButtons => ({
  type: 'radio_buttons',
  options: choices.slice(0, limits.listedOptions).map(asOption),
  ...initialOption(choices, initial),
});

/** 10 choices at most. */
export const checkboxes = (choices: Choice[], initial: string[] = []): Checkboxes => {
  const ticked = choices.filter(({ value }) => initial.includes(value)).map(asOption);
  return {
    type: 'checkboxes',
    options: choices.slice(0, limits.listedOptions).map(asOption),
    ...(ticked.length > 0 && { initial_options: ticked }),
  };
};

export const dateInput = (initial?: Temporal.PlainDate): Datepicker => ({
  type: 'datepicker',
  ...(initial && { initial_date: initial.toString() }),
});

export const timeInput = (initial?: Temporal.PlainTime): Timepicker => ({
  type: 'timepicker',
  ...(initial && { initial_time: initial.toString({ smallestUnit: 'minute' }) }),
});

export const personInput = (initial?: string): UsersSelect => ({
  type: 'users_select',
  ...(initial !== undefined && { initial_user: initial }),
});

export const peopleInput = (initial: string[] = []): MultiUsersSelect => ({
  type: 'multi_users_select',
  ...(initial.length > 0 && { initial_users: initial }),
});

/** Channels that the bot could post to. */
export const channelInput = (
  placeholder: string,
  initial: string | null | undefined,
): ConversationsSelect => ({
  type: 'conversations_select',
  filter: { include: ['public', 'private'], exclude_bot_users: true },
  placeholder: plain(placeholder, limits.placeholder),
  ...(initial && { initial_conversation: initial }),
});

/** The form as Slack's view, with what the submission must bring back. */
export const viewOf = (form: Form, envelope: unknown): ModalView => ({
  type: 'modal',
  callback_id: form.callbackId,
  title: plain(form.title, limits.modalTitle),
  ...(form.submit !== undefined && { submit: plain(form.submit, limits.modalTitle) }),
  close: plain(form.close ?? (form.submit === undefined ? 'Close' : 'Cancel'), limits.modalTitle),
  blocks: form.blocks.slice(0, limits.viewBlocks) as ModalView['blocks'],
  private_metadata: JSON.stringify(envelope),
});

/** What an input can hold, as Slack sends it. Hostile until parsed: anything may be missing. */
const inputState = z.object({
  value: z.string().nullish(),
  selected_option: z.object({ value: z.string() }).nullish(),
  selected_options: z.array(z.object({ value: z.string() })).nullish(),
  selected_date: z.string().nullish(),
  selected_time: z.string().nullish(),
  selected_user: z.string().nullish(),
  selected_users: z.array(z.string()).nullish(),
  selected_conversation: z.string().nullish(),
  selected_channel: z.string().nullish(),
});

const formState = z.record(z.string(), z.record(z.string(), inputState));

/** A submission's values, read by field name. An absent field reads as empty, never as an error. */
export class FormValues {
  readonly #values: z.infer<typeof formState>;

  constructor(state: unknown) {
    this.#values = formState.safeParse(state).data ?? {};
  }

  #input(name: string): z.infer<typeof inputState> {
    return this.#values[name]?.[name] ?? {};
  }

  /** Trimmed; empty when nothing was typed that anybody could see. */
  text(name: string): string {
    return withoutUnseen(this.#input(name).value ?? '');
  }

  /** Every text somebody typed, in the order of the fields. */
  typed(): string[] {
    return Object.keys(this.#values)
      .map((name) => this.text(name))
      .filter((text) => text !== '');
  }

  /** Undefined when it is empty or no whole number. */
  wholeNumber(name: string): number | undefined {
    const text = this.text(name);
    return /^-?\d{1,9}$/.test(text) ? Number(text) : undefined;
  }

  choice(name: string): string | undefined {
    return this.#input(name).selected_option?.value;
  }

  choices(name: string): string[] {
    return (this.#input(name).selected_options ?? []).map(({ value }) => value);
  }

  day(name: string): Temporal.PlainDate | undefined {
    const text = this.#input(name).selected_date;
    return z.iso.date().safeParse(text).success ? Temporal.PlainDate.from(text ?? '') : undefined;
  }

  time(name: string): Temporal.PlainTime | undefined {
    const text = this.#input(name).selected_time;
    return text && /^([01]\d|2[0-3]):[0-5]\d$/.test(text) ? Temporal.PlainTime.from(text) : undefined;
  }

  person(name: string): string | undefined {
    return slackId.safeParse(this.#input(name).selected_user).data;
  }

  people(name: string): string[] {
    return (this.#input(name).selected_users ?? []).filter((id) => slackId.safeParse(id).success);
  }

  channel(name: string): string | undefined {
    const { selected_conversation: conversation, selected_channel: channel } = this.#input(name);
    return slackId.safeParse(conversation ?? channel).data;
  }
}
