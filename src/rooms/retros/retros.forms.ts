// The forms of a retrospective that is under way: answering, voting, sorting, choosing. And how they are read.

import { aside, paragraph, quoted } from '../../slack/blocks.ts';
import {
  checkboxes,
  dateInput,
  type Form,
  type FormValues,
  field,
  form,
  multiSelect,
  personInput,
  textInput,
} from '../../slack/forms.ts';
import { limits } from '../../slack/limits.ts';
import type { Block } from '../../slack/message.ts';
import type { Added } from '../commitments/commitments.ts';
import * as actions from './retros.actions.ts';
import { type Format, formatOf } from './retros.formats.ts';
import * as replies from './retros.replies.views.ts';
import {
  afterClosing,
  byVotes,
  fewestForAnonymity,
  type Group,
  longestPoint,
  mostCommitments,
  mostPoints,
  type Point,
  type Retro,
  readPoints,
  titleOf,
  votesEach,
} from './retros.ts';
import { anonymityLine, saidBlocks } from './retros.views.ts';

export const fields = {
  question: (question: number): string => `question_${question}`,
  choices: 'choices',
  together: 'together',
  apart: 'apart',
  what: (at: number): string => `what_${at}`,
  owner: (at: number): string => `owner_${at}`,
  due: (at: number): string => `due_${at}`,
} as const;

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
  return form(actions.answerForm, {
    title: shortTitle(format),
    submit: 'Send',
    data: { retroId: retro.id },
    blocks: [
      ...(retro.anonymous ? anonymous : [paragraph(anonymityLine(false))]),
      ...format.questions.map(({ asks }, question) =>
        field(
          fields.question(question),
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
  });
}

const shortTitle = (format: Format): string =>
  format.name.length <= limits.modalTitle ? format.name : 'Looking back';

type AnswerReading =
  | { kind: 'points'; points: Point[] }
  | { kind: 'refused'; errors: Record<string, string> };

export function readAnswer(values: FormValues, format: Format): AnswerReading {
  const errors: Record<string, string> = {};
  const points: Point[] = [];
  for (const question of format.questions.keys()) {
    const reading = readPoints(values.text(fields.question(question)));
    if (reading.kind === 'points') points.push(...reading.points.map((words) => ({ question, words })));
    else {
      errors[fields.question(question)] =
        reading.why === 'too-many'
          ? `At most ${mostPoints} points, please: one a line.`
          : `Keep each point to ${longestPoint} characters, please.`;
    }
  }
  if (Object.keys(errors).length > 0) return { kind: 'refused', errors };
  if (points.length > 0) return { kind: 'points', points };
  const nothing = 'One line anywhere is enough; all empty says nothing.';
  return { kind: 'refused', errors: { [fields.question(0)]: nothing } };
}

const byQuestion = (format: Format, groups: readonly Group[]) =>
  format.questions.map(({ title }, question) => ({
    label: title,
    choices: groups
      .filter((group) => group.question === question)
      .map((group) => ({ label: titleOf(group), value: group.id })),
  }));

/** Only to read. */
export const saidForm = (retro: Retro, groups: readonly Group[]): Form =>
  form(actions.saidForm, { title: 'What was said', blocks: saidBlocks(retro, groups) });

export const voteForm = (retro: Retro, groups: readonly Group[], chosen: readonly string[]): Form =>
  form(actions.voteForm, {
    title: 'Your votes',
    submit: 'Vote',
    data: { retroId: retro.id },
    blocks: [
      field(
        fields.choices,
        `What would make the most difference? Up to ${votesEach}.`,
        multiSelect(byQuestion(formatOf(retro.formatId), groups), { most: votesEach, initial: chosen }),
      ),
      aside(
        retro.anonymous
          ? 'Which points you voted for is not stored, so a vote is final.'
          : 'Nobody is shown how you voted, and you can change it until the vote closes.',
      ),
    ],
  });

/** Ticked groups stay together; and several can be put together at a time. */
export function groupForm(retro: Retro, groups: readonly Group[]): Form {
  const merged = groups.filter(({ items }) => items.length > 1).slice(0, 10);
  const blocks: Block[] = [];
  if (merged.length > 0) {
    blocks.push(
      field(
        fields.apart,
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
    field(fields.together, 'Put together', multiSelect(byQuestion(formatOf(retro.formatId), groups)), {
      optional: true,
      hint: 'Choose two or more points of one question that say the same.',
    }),
  );
  return form(actions.groupForm, {
    title: 'Sort what was said',
    submit: 'Sort',
    data: { retroId: retro.id, merged: merged.map(({ id }) => id) },
    blocks,
  });
}

/** Asked before it closes with nothing that could be shown; undefined where there is something. */
export function tooFewToClose(retro: Retro): Form | undefined {
  const next = afterClosing(retro);
  if (next === 'grouping') return undefined;
  return form(actions.closeNowForm, {
    title: 'Close it now?',
    submit: 'Close anyway',
    close: 'Leave it open',
    data: { retroId: retro.id },
    blocks: [
      paragraph(
        next === 'quiet'
          ? '*Nobody has answered yet.* Closed now, it ends without anything said. A word in the channel may help: two minutes and one line are plenty.'
          : `*Fewer than ${fewestForAnonymity} have answered*, and among so few anyone’s words can be told apart. Closed now, none of them are shown to anybody.`,
      ),
    ],
  });
}

export const nobodyVoted = (retro: Retro): Form =>
  form(actions.endVoteForm, {
    title: 'Close the vote?',
    submit: 'Close anyway',
    close: 'Leave it open',
    data: { retroId: retro.id },
    blocks: [
      paragraph(
        '*Nobody has voted yet.* Closed now, what you take on is chosen without the team having said what matters most.',
      ),
    ],
  });

/** A fortnight, when nobody says otherwise. */
const usualDays = 14;

/** `allowed`: how many more the lead lets this channel have. */
export function chooseForm(
  retro: Retro,
  groups: readonly Group[],
  allowed: number,
  today: Temporal.PlainDate,
): Form {
  const offered = Math.min(mostCommitments, allowed);
  const top = byVotes(groups).filter(({ votes }) => votes > 0);
  return form(actions.chooseForm, {
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
        field(fields.what(at), `${at + 1}. What will be done?`, textInput({ max: 500 }), {
          optional: true,
        }),
        field(fields.owner(at), 'Who takes it on?', personInput(), { optional: true }),
        field(fields.due(at), 'By when?', dateInput(today.add({ days: usualDays })), {
          optional: true,
        }),
      ]).flat(),
    ],
  });
}

interface Choice {
  at: number;
  what: string;
  ownerId: string;
  due: Temporal.PlainDate;
}

type ChoiceReading =
  | { kind: 'choices'; choices: Choice[] }
  | { kind: 'refused'; errors: Record<string, string> };

/** What was filled in; words without an owner or an owner without words are asked about, an empty row is none. */
export function readChoices(values: FormValues): ChoiceReading {
  const errors: Record<string, string> = {};
  const choices: Choice[] = [];
  for (let at = 0; at < mostCommitments; at += 1) {
    const [what, ownerId, due] = [
      values.text(fields.what(at)),
      values.person(fields.owner(at)),
      values.day(fields.due(at)),
    ];
    if (what === '' && ownerId === undefined) continue;
    if (what === '') errors[fields.what(at)] = 'Say in a few words what will be done.';
    if (ownerId === undefined) errors[fields.owner(at)] = 'One person takes it on; who?';
    if (due === undefined) errors[fields.due(at)] = 'By which day?';
    if (what !== '' && ownerId !== undefined && due !== undefined) choices.push({ at, what, ownerId, due });
  }
  return Object.keys(errors).length > 0 ? { kind: 'refused', errors } : { kind: 'choices', choices };
}

/** Why nothing was taken on, under the field it is about. */
export function choiceErrors(
  refused: Extract<Added, { kind: 'refused' }>,
  choices: readonly Choice[],
): Record<string, string> {
  if (refused.why === 'too-many-open') {
    return { [fields.what(0)]: replies.tooManyOpen(refused.open, refused.most) };
  }
  const at = choices[refused.at]?.at ?? 0;
  return { [fields[refused.field](at)]: replies.draftProblems[refused.why] };
}
