// The forms of a retrospective: answering, voting, sorting, choosing, skipping, and setting one up.

import type { ConversationsSelect, MultiStaticSelect } from '@slack/types';
import { aside, option, paragraph, plain, quoted } from '../../slack/blocks.ts';
import {
  checkboxes,
  dateInput,
  type Form,
  type FormValues,
  field,
  numberInput,
  personInput,
  radioButtons,
  select,
  textInput,
} from '../../slack/forms.ts';
import type { Block } from '../../slack/message.ts';
import { ruleInWords } from '../../time/recurrence.words.ts';
import { type Format, formatOf, formats, rotating } from './retros.formats.ts';
import { mostOpenDays } from './retros.parse.ts';
import type { Point } from './retros.store.ts';
import {
  byVotes,
  fewestForAnonymity,
  type Group,
  longestPoint,
  longestReason,
  mostCommitments,
  mostPoints,
  type Retro,
  readPoints,
  type Series,
  titleOf,
  votesEach,
} from './retros.ts';
import { anonymityLine, ids, saidBlocks } from './retros.views.ts';

const questionField = (question: number): string => `question_${question}`;

/** `own`: what this person wrote before; always empty where names are not kept. */
export function answerForm(retro: Retro, own: readonly Point[], again: boolean): Form {
  const format = formatOf(retro.formatId);
  const anonymous = [
    paragraph(`*${anonymityLine(true)}*`),
    aside(
      `No name, no time and no order is kept with it, so I can’t show it to you again. How you write may still give you away. With fewer than ${fewestForAnonymity} answers nothing is shown to anybody.`,
    ),
    ...(again ? [aside('You have answered; what you write now is added to it.')] : []),
  ];
  return {
    callbackId: ids.answerForm,
    title: shortTitle(format),
    submit: 'Send',
    data: { retroId: retro.id },
    blocks: [
      ...(retro.anonymous ? anonymous : [paragraph(anonymityLine(false))]),
      ...format.questions.map(({ asks }, question) =>
        field(
          questionField(question),
          asks,
          textInput({
            multiline: true,
            initial: own
              .filter((point) => point.question === question)
              .map(({ words }) => words)
              .join('\n'),
          }),
          {
            optional: true,
            ...(question === 0 && { hint: 'One point a line. Leave out what you have nothing for.' }),
          },
        ),
      ),
    ],
  };
}

const shortTitle = (format: Format): string => (format.name.length <= 24 ? format.name : 'Looking back');

export type AnswerReading =
  | { kind: 'points'; points: Point[] }
  | { kind: 'refused'; errors: Record<string, string> };

export function readAnswer(values: FormValues, format: Format): AnswerReading {
  const errors: Record<string, string> = {};
  const points: Point[] = [];
  for (const question of format.questions.keys()) {
    const reading = readPoints(values.text(questionField(question)));
    if (reading.kind === 'points') points.push(...reading.points.map((words) => ({ question, words })));
    else {
      errors[questionField(question)] =
        reading.why === 'too-many'
          ? `At most ${mostPoints} points, please: one a line.`
          : `Keep each point to ${longestPoint} characters, please.`;
    }
  }
  if (Object.keys(errors).length > 0) return { kind: 'refused', errors };
  return points.length > 0
    ? { kind: 'points', points }
    : {
        kind: 'refused',
        errors: { [questionField(0)]: 'One line anywhere is enough; all empty says nothing.' },
      };
}

/** Options in a group of Slack's menus, and groups in a menu. */
const menuLimit = 100;

/** Slack's menu for several; what is too much for one group goes on in another of the same name. */
function severalOf(
  groups: readonly { label: string; choices: readonly { label: string; value: string }[] }[],
  options: { most?: number; initial?: readonly string[] } = {},
): MultiStaticSelect {
  const option_groups = groups
    .flatMap(({ label, choices }) =>
      Array.from({ length: Math.ceil(choices.length / menuLimit) }, (_, at) => ({
        label: plain(label, 75),
        options: choices
          .slice(at * menuLimit, (at + 1) * menuLimit)
          .map((choice) => option(choice.label, choice.value)),
      })),
    )
    .slice(0, menuLimit);
  const initial = option_groups
    .flatMap((group) => group.options)
    .filter(({ value }) => value !== undefined && options.initial?.includes(value));
  return {
    type: 'multi_static_select',
    placeholder: plain('Choose', 150),
    option_groups,
    ...(options.most !== undefined && { max_selected_items: options.most }),
    ...(initial.length > 0 && { initial_options: initial }),
  };
}

const byQuestion = (format: Format, groups: readonly Group[]) =>
  format.questions.map(({ title }, question) => ({
    label: title,
    choices: groups
      .filter((group) => group.question === question)
      .map((group) => ({ label: titleOf(group), value: group.id })),
  }));

/** Only to read. */
export const saidForm = (retro: Retro, groups: readonly Group[]): Form => ({
  callbackId: ids.seeAll,
  title: 'What was said',
  blocks: saidBlocks(retro, groups),
});

export const voteFields = { choices: 'choices' } as const;

export const voteForm = (retro: Retro, groups: readonly Group[], chosen: readonly string[]): Form => ({
  callbackId: ids.voteForm,
  title: 'Your votes',
  submit: 'Vote',
  data: { retroId: retro.id },
  blocks: [
    field(
      voteFields.choices,
      `What would make the most difference? Up to ${votesEach}.`,
      severalOf(byQuestion(formatOf(retro.formatId), groups), { most: votesEach, initial: chosen }),
    ),
    aside(
      retro.anonymous
        ? 'Which points you voted for is not stored, so a vote is final.'
        : 'Nobody is shown how you voted, and you can change it until the vote closes.',
    ),
  ],
});

export const groupFields = { together: 'together', apart: 'apart' } as const;

/** Ticked groups stay together; and several can be put together at a time. */
export function groupForm(retro: Retro, groups: readonly Group[]): Form {
  const merged = groups.filter(({ items }) => items.length > 1).slice(0, 10);
  const blocks: Block[] = [];
  if (merged.length > 0) {
    blocks.push(
      field(
        groupFields.apart,
        'These seem to say the same. Untick what does not.',
        checkboxes(
          merged.map((group) => ({ label: `${titleOf(group)} (${group.items.length})`, value: group.id })),
          merged.map(({ id }) => id),
        ),
        { optional: true },
      ),
      ...merged.map((group) => aside(group.items.map(({ words }) => `“${quoted(words)}”`).join(' · '))),
    );
  }
  blocks.push(
    field(groupFields.together, 'Put together', severalOf(byQuestion(formatOf(retro.formatId), groups)), {
      optional: true,
      hint: 'Choose two or more points of one question that say the same.',
    }),
  );
  return {
    callbackId: ids.groupForm,
    title: 'Sort what was said',
    submit: 'Sort',
    data: { retroId: retro.id, merged: merged.map(({ id }) => id) },
    blocks,
  };
}

export const chooseFields = {
  what: (at: number): string => `what_${at}`,
  owner: (at: number): string => `owner_${at}`,
  due: (at: number): string => `due_${at}`,
};

/** A fortnight, when nobody says otherwise. */
const usualDays = 14;

/** `room`: how many more the lead allows for this channel. */
export function chooseForm(
  retro: Retro,
  groups: readonly Group[],
  room: number,
  today: Temporal.PlainDate,
): Form {
  const offered = Math.min(mostCommitments, room);
  const top = byVotes(groups).filter(({ votes }) => votes > 0);
  return {
    callbackId: ids.chooseForm,
    title: 'What we take on',
    submit: 'Take on',
    data: { retroId: retro.id },
    blocks: [
      paragraph(
        offered === 0
          ? 'As many as you allow are open from this channel already. Finish or let go of one in `/keel commitments` first, or close this one without.'
          : 'Say what will be done rather than what was wrong. Leave out what nobody takes on; none at all is an answer too.',
      ),
      ...(top.length > 0
        ? [
            aside(
              `Most voted: ${top
                .slice(0, 5)
                .map((group) => `“${quoted(titleOf(group))}”`)
                .join(' · ')}`,
            ),
          ]
        : []),
      ...Array.from({ length: offered }, (_, at) => [
        field(chooseFields.what(at), `${at + 1}. What will be done?`, textInput({ max: 500 }), {
          optional: true,
        }),
        field(chooseFields.owner(at), 'Who takes it on?', personInput(), { optional: true }),
        field(chooseFields.due(at), 'By when?', dateInput(today.add({ days: usualDays })), {
          optional: true,
        }),
      ]).flat(),
    ],
  };
}

export interface Choice {
  at: number;
  what: string;
  ownerId: string;
  due: Temporal.PlainDate;
}

export type ChoiceReading =
  | { kind: 'choices'; choices: Choice[] }
  | { kind: 'refused'; errors: Record<string, string> };

/** What was filled in; words without an owner or an owner without words are asked about, an empty row is none. */
export function readChoices(values: FormValues): ChoiceReading {
  const errors: Record<string, string> = {};
  const choices: Choice[] = [];
  for (let at = 0; at < mostCommitments; at += 1) {
    const [what, ownerId, due] = [
      values.text(chooseFields.what(at)),
      values.person(chooseFields.owner(at)),
      values.day(chooseFields.due(at)),
    ];
    if (what === '' && ownerId === undefined) continue;
    if (what === '') errors[chooseFields.what(at)] = 'Say in a few words what will be done.';
    if (ownerId === undefined) errors[chooseFields.owner(at)] = 'One person takes it on; who?';
    if (due === undefined) errors[chooseFields.due(at)] = 'By which day?';
    if (what !== '' && ownerId !== undefined && due !== undefined) choices.push({ at, what, ownerId, due });
  }
  return Object.keys(errors).length > 0 ? { kind: 'refused', errors } : { kind: 'choices', choices };
}

export const skipFields = { reason: 'reason' } as const;

/** `data` names what is skipped: an open retrospective, or the next of a series. */
export const skipForm = (data: { retroId?: string; seriesId?: string }, what: string): Form => ({
  callbackId: ids.skipForm,
  title: 'Skip a retrospective',
  submit: 'Skip',
  close: 'Keep it',
  data,
  blocks: [
    paragraph(what),
    field(skipFields.reason, 'Why this one?', textInput({ max: longestReason }), {
      hint: 'The channel sees the reason. Skipped ones are kept in the history: they tell something too.',
    }),
  ],
});

export const setUpFields = {
  channel: 'channel',
  when: 'when',
  format: 'format',
  names: 'names',
  openDays: 'open_days',
} as const;

/** Choosing a channel the bot may post to. */
const channelInput = (initial: string | undefined): ConversationsSelect => ({
  type: 'conversations_select',
  filter: { include: ['public', 'private'], exclude_bot_users: true },
  placeholder: plain('A channel', 150),
  ...(initial !== undefined && { initial_conversation: initial }),
});

/** What the form starts from: nothing, part of a line, or a series that is being changed. */
export interface SetUpStart {
  seriesId?: string | undefined;
  channelId?: string | undefined;
  when?: string | undefined;
  formatId?: string | undefined;
  anonymous?: boolean | undefined;
  openDays?: number | undefined;
}

export const startOf = (series: Series): SetUpStart => ({
  seriesId: series.id,
  channelId: series.channelId,
  when: series.rhythm ? ruleInWords(series.rhythm.rule, series.rhythm.starts) : 'now',
  formatId: series.formatId,
  anonymous: series.anonymous,
  openDays: series.openDays,
});

export const setUpForm = (start: SetUpStart): Form => ({
  callbackId: ids.setUpForm,
  title: start.seriesId ? 'Change the rhythm' : 'Look back together',
  submit: start.seriesId ? 'Save' : 'Set up',
  data: { seriesId: start.seriesId },
  blocks: [
    ...(start.seriesId ? [] : [field(setUpFields.channel, 'Where?', channelInput(start.channelId))]),
    field(
      setUpFields.when,
      'When?',
      textInput({ initial: start.when ?? 'every 2 weeks friday 14:00', max: 100 }),
      {
        hint: 'As you would say it: every 2 weeks friday 14:00, monthly last friday 15:00, or now.',
      },
    ),
    field(
      setUpFields.format,
      'Which questions?',
      select(
        [
          { label: 'A different format each time', value: rotating },
          ...formats.map(({ id, name, bestFor }) => ({ label: `${name}: ${bestFor}`, value: id })),
        ],
        { initial: start.formatId ?? rotating },
      ),
    ),
    field(
      setUpFields.names,
      'With names?',
      radioButtons(
        [
          { label: 'Anonymous: who wrote what is not stored', value: 'anonymous' },
          { label: 'With names', value: 'named' },
        ],
        start.anonymous === false ? 'named' : 'anonymous',
      ),
      { hint: 'It can’t change while one is open: people wrote trusting it.' },
    ),
    field(
      setUpFields.openDays,
      'Open for how many working days?',
      numberInput({ initial: start.openDays ?? 1, min: 1, max: mostOpenDays }),
      {
        hint: 'It closes in the evening of the last of them, in whichever time zone of the team that comes last.',
      },
    ),
  ],
});
