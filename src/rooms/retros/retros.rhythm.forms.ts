// The forms of a rhythm: setting one up, changing it, and skipping one of its retrospectives.

import type { DataOf } from '../../slack/actions.ts';
import { paragraph } from '../../slack/blocks.ts';
import {
  channelInput,
  type Form,
  type FormValues,
  field,
  form,
  numberInput,
  radioButtons,
  select,
  textInput,
} from '../../slack/forms.ts';
import { unescaped } from '../../slack/typed-text.ts';
import { ruleInWords } from '../../time/recurrence.words.ts';
import { inPlainText } from '../../time/time.views.ts';
import * as actions from './retros.actions.ts';
import { formats, rotating } from './retros.formats.ts';
import { mostOpenDays, parseRetroCommand, type Wish } from './retros.parse.ts';
import { refused, setUpProblems } from './retros.refusals.ts';
import { longestReason, type Series } from './retros.ts';

export const fields = {
  channel: 'channel',
  when: 'when',
  format: 'format',
  names: 'names',
  openDays: 'open_days',
  reason: 'reason',
} as const;

/** `what` says which is skipped, to whoever gives the reason. */
export const skipForm = (data: DataOf<typeof actions.skipForm>, what: string): Form =>
  form(actions.skipForm, {
    title: 'Skip a retrospective',
    submit: 'Skip',
    close: 'Keep it',
    data,
    blocks: [
      paragraph(what),
      field(fields.reason, 'Why this one?', textInput({ max: longestReason }), {
        hint: 'The channel sees the reason. Skipped ones are kept in the history: they tell something too.',
      }),
    ],
  });

/** What the form starts from: nothing, part of a line, or a series that is being changed. */
type SetUpStart = Partial<Omit<Wish, 'when'>> & { seriesId?: string; when?: string | undefined };

export const startOf = (series: Series): SetUpStart => ({
  ...series,
  seriesId: series.id,
  when: series.rhythm ? ruleInWords(series.rhythm.rule, series.rhythm.starts) : 'now',
});

export const setUpForm = (start: SetUpStart): Form =>
  form(actions.setUpForm, {
    title: start.seriesId ? 'Change the rhythm' : 'Look back together',
    submit: start.seriesId ? 'Save' : 'Set up',
    data: { seriesId: start.seriesId },
    blocks: [
      ...(start.seriesId
        ? []
        : [field(fields.channel, 'Where?', channelInput('A channel', start.channelId))]),
      field(
        fields.when,
        'When?',
        textInput({ initial: start.when ?? 'every 2 weeks friday 14:00', max: 100 }),
        {
          hint: 'As you would say it: every 2 weeks friday 14:00, monthly last friday 15:00, or now.',
        },
      ),
      field(
        fields.format,
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
        fields.names,
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
        fields.openDays,
        'Open for how many working days?',
        numberInput({ initial: start.openDays ?? 1, min: 1, max: mostOpenDays }),
        {
          hint: 'It closes in the evening of the last of them, in whichever time zone of the team that comes last.',
        },
      ),
    ],
  });

/** A wish that leaves open at most where. */
export type FilledIn = Pick<Wish, 'channelId'> & {
  [Key in Exclude<keyof Wish, 'channelId'>]: NonNullable<Wish[Key]>;
};

type SetUpReading = { kind: 'wish'; wish: FilledIn } | { kind: 'refused'; errors: Record<string, string> };

/** What was filled in; whether the channel is there is for the caller, who may be changing one. */
export function readSetUp(values: FormValues): SetUpReading {
  const command = parseRetroCommand(values.text(fields.when));
  const when = command.kind === 'set-up' ? command.wish.when : undefined;
  if (!when) {
    const why =
      command.kind === 'refused'
        ? unescaped(inPlainText(refused(command.why, command.text).text))
        : setUpProblems.when;
    return { kind: 'refused', errors: { [fields.when]: why } };
  }
  const openDays = values.wholeNumber(fields.openDays);
  if (openDays === undefined || openDays < 1 || openDays > mostOpenDays) {
    return { kind: 'refused', errors: { [fields.openDays]: setUpProblems.openDays } };
  }
  const formatId = values.choice(fields.format) ?? rotating;
  const anonymous = values.choice(fields.names) !== 'named';
  return {
    kind: 'wish',
    wish: { channelId: values.channel(fields.channel), when, formatId, anonymous, openDays },
  };
}
