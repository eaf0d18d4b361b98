// The forms of a retrospective that is under way: answering, voting, sorting, choosing. And how they are read.

import type { Button } from '@slack/types';
import { type BlameFinding, findBlame, markOf, reworded } from '../../blame/blame.ts';
import { findingBlocks, findingsTitle, mostShown } from '../../blame/blame.views.ts';
import { english } from '../../blame/english.ts';
import type { DataOf } from '../../slack/actions.ts';
import { aside, button, paragraph, quoted } from '../../slack/blocks.ts';
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
  type Item,
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
  question: (question: number, round = 0): string =>
    round === 0 ? `question_${question}` : `question_${question}_${round}`,
  choices: 'choices',
  together: 'together',
  apart: 'apart',
  what: (at: number): string => `what_${at}`,
  owner: (at: number): string => `owner_${at}`,
  due: (at: number): string => `due_${at}`,
} as const;

/** A sentence of an answer that points at somebody. */
interface PlacedFinding {
  question: number;
  finding: BlameFinding;
}

type AnswerData = DataOf<typeof actions.answerForm>;

/** What is written to each question. */
interface AnswerState extends Omit<AnswerData, 'retroId'> {
  texts: readonly string[];
  /** What is pointed at now. */
  found: readonly PlacedFinding[];
}

/** As it opens. `own`: what this person wrote before; always empty where names are not kept. */
export const answerOf = (retro: Retro, own: readonly Point[], again: boolean): AnswerState => ({
  texts: formatOf(retro.formatId).questions.map((_, question) =>
    own
      .filter((point) => point.question === question)
      .map(({ words }) => words)
      .join('\n'),
  ),
  round: 0,
  again,
  seen: [],
  kept: [],
  found: [],
});

export function answerForm(retro: Retro, state: AnswerState): Form {
  const { round, again, kept, found } = state;
  const format = formatOf(retro.formatId);
  const anonymous = [
    paragraph(`*${anonymityLine(true)}*`),
    aside(
      `No name, no time and no order is kept with it, so I can’t show it to you again. How you write may still give you away. With fewer than ${fewestForAnonymity} answers nothing is shown to anybody.`,
    ),
    ...(again ? [aside('You have answered; what you write now is added to it.')] : []),
  ];
  const seen = [...state.seen, ...found.map(({ finding }) => markOf(finding.sentence))];
  return form(actions.answerForm, {
    title: shortTitle(format),
    submit: 'Send',
    data: { retroId: retro.id, round, again, seen: [...new Set(seen)].slice(-60), kept },
    blocks: [
      ...(retro.anonymous ? anonymous : [paragraph(anonymityLine(false))]),
      ...(found.length > 0
        ? [
            paragraph(findingsTitle(found.length)),
            aside('Only you see this. Sending as it is keeps your words.'),
          ]
        : []),
      ...format.questions.flatMap(({ asks }, question) => [
        ...findingBlocks(
          found.filter((one) => one.question === question).map(({ finding }) => finding),
          'in the same line',
          ({ sentence }) => blameButtons({ retroId: retro.id, question, mark: markOf(sentence) }),
        ),
        field(
          fields.question(question, round),
          asks,
          textInput({ multiline: true, initial: state.texts[question] ?? '' }),
          {
            optional: true,
            ...(question === 0 && { hint: 'One point a line. Leave out what you have nothing for.' }),
          },
        ),
      ]),
    ],
  });
}

const blameButtons = (where: { retroId: string; question: number; mark: string }): Button[] => [
  button('Use it', actions.useWording, { ...where, wording: 'what' }, { style: 'primary' }),
  button('Use it, ask the second', actions.useWording, { ...where, wording: 'how' }),
  button('Keep mine', actions.keepSentence, where),
];

/** What stands in the fields. */
export const answerTexts = (values: FormValues, format: Format, round: number): string[] =>
  format.questions.map((_, question) => values.text(fields.question(question, round)));

/** What points at somebody and was not settled yet, as much as a form shows. */
export const unsettled = (texts: readonly string[], settled: readonly string[]): PlacedFinding[] =>
  texts
    .flatMap((text, question) => findBlame(text, english).map((finding) => ({ question, finding })))
    .filter(({ finding }) => !settled.includes(markOf(finding.sentence)))
    .slice(0, mostShown);

/** One sentence settled, and the form with what is left. */
export function settled(
  retro: Retro,
  data: AnswerData,
  texts: readonly string[],
  pressed: { question: number; mark: string; wording?: 'what' | 'how' },
): Form {
  const { question, mark, wording } = pressed;
  const text = texts[question] ?? '';
  const chosen = findBlame(text, english).find(({ sentence }) => markOf(sentence) === mark);
  const now = chosen && wording ? texts.with(question, inOneLine(text, chosen, chosen[wording])) : texts;
  const kept = wording ? data.kept : [...data.kept, mark].slice(-60);
  const state = { ...data, kept, texts: now, round: data.round + 1, found: unsettled(now, kept) };
  return answerForm(retro, state);
}

/** Here a point is a line, and the question belongs to it: what was said, and what to ask about it. */
function inOneLine(text: string, finding: BlameFinding, question: string): string {
  const said = [finding.fact, question].filter((part) => part !== '').join(' ');
  const whole = reworded(text, { ...finding, fact: said }, question).text;
  const isLong = whole.split('\n').some((line) => [...line].length > longestPoint);
  return isLong && finding.fact !== '' ? reworded(text, finding, question).text : whole;
}

const shortTitle = (format: Format): string =>
  format.name.length <= limits.modalTitle ? format.name : 'Looking back';

type AnswerReading =
  | { kind: 'points'; points: Point[] }
  | { kind: 'nothing' }
  | { kind: 'refused'; errors: Record<string, string> };

/** `texts`: what is written to each question; `round`: of the form's fields. */
export function readAnswer(texts: readonly string[], round = 0): AnswerReading {
  const errors: Record<string, string> = {};
  const points: Point[] = [];
  for (const [question, text] of texts.entries()) {
    const reading = readPoints(text);
    if (reading.kind === 'points') points.push(...reading.points.map((words) => ({ question, words })));
    else {
      errors[fields.question(question, round)] =
        reading.why === 'too-many'
          ? `At most ${mostPoints} points, please: one a line.`
          : `Keep each point to ${longestPoint} characters, please.`;
    }
  }
  if (Object.keys(errors).length > 0) return { kind: 'refused', errors };
  return points.length > 0 ? { kind: 'points', points } : { kind: 'nothing' };
}

/** Lines that somebody wrote without a name: knowing them is what shows whose they are. */
export const takeBackForm = (retro: Retro): Form =>
  form(actions.takeBackForm, {
    title: 'Take a line back',
    submit: 'Take it back',
    data: { retroId: retro.id },
    blocks: [
      paragraph(
        'What I keep carries no name, so I can’t show you which lines are yours. Write a line as you sent it, and it is deleted.',
      ),
      ...formatOf(retro.formatId).questions.map(({ asks }, question) =>
        field(fields.question(question), asks, textInput({ multiline: true }), { optional: true }),
      ),
    ],
  });

/** `items`: those this person may take out. */
export const takeOutForm = (retro: Retro, items: readonly Item[]): Form =>
  form(actions.takeOutForm, {
    title: 'Take a point out',
    submit: 'Take it out',
    data: { retroId: retro.id },
    blocks: [
      field(
        fields.choices,
        'What goes?',
        multiSelect(
          formatOf(retro.formatId).questions.map(({ title }, question) => ({
            label: title,
            choices: items
              .filter((item) => item.question === question)
              .map(({ id, words }) => ({ label: words, value: id })),
          })),
        ),
      ),
      aside('It is deleted for good, here and in the thread, with the votes it had by itself.'),
    ],
  });

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
