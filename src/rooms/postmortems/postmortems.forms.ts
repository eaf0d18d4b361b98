// The forms of this room: starting one and its facts, a section, a line of the timeline, sharing, the review, a commitment.

import type { ConversationsSelect } from '@slack/types';
import { z } from 'zod';
import { aside, button, escaped, mention, option, paragraph, plain, row } from '../../slack/blocks.ts';
import {
  checkboxes,
  dateInput,
  type Form,
  type FormValues,
  field,
  peopleInput,
  personInput,
  radioButtons,
  select,
  textInput,
  timeInput,
} from '../../slack/forms.ts';
import type { Block } from '../../slack/message.ts';
import { localDay } from '../../time/days.ts';
import type { BlameFinding } from './postmortems.blame.ts';
import {
  type MomentReading,
  pastInstant,
  readMoment,
  type TimeProblem,
  timelineInstant,
} from './postmortems.parse.times.ts';
import {
  type FactorId,
  type Facts,
  factorKinds,
  isFactorId,
  longestNote,
  longestSection,
  longestService,
  longestTitle,
  mostPeople,
  mostServices,
  nameOf,
  type Postmortem,
  problemWithTimes,
  type Section,
  type SectionId,
  sectionIds,
  sectionKind,
  severities,
  severityWords,
  suggestedDays,
  type TimelineEntry,
} from './postmortems.ts';
import { findingBlocks, findingsTitle, ids, localMoment, removeConfirmation } from './postmortems.views.ts';

const uuid = z.uuid();
/** Short marks of sentences that were pointed at already; see `markOf`. */
const marks = z.array(z.string().max(12)).max(60).default([]);
/**
 * Slack keeps what was typed in a field whose name stays, whatever the bot says it starts with. So each time the bot
 * puts other words into it, the field gets a new name: its round.
 */
const round = z.number().int().min(0).max(10_000).default(0);
const channel = z
  .string()
  .regex(/^[A-Z0-9]{1,64}$/)
  .optional();

/** What each form with words in it carries, and brings back. */
export const wordedData = z.discriminatedUnion('form', [
  z.object({
    form: z.literal('section'),
    id: uuid,
    section: z.enum(sectionIds as [SectionId, ...SectionId[]]),
    version: z.number().int().min(0),
    /** The sorts of factors that were ticked when it was opened. */
    factors: z.array(z.string().max(40)).max(20).optional(),
    round,
    seen: marks,
    kept: marks,
    channel,
  }),
  z.object({
    form: z.literal('entry'),
    /** Undefined: chosen in the form. */
    id: uuid.optional(),
    /** The line it changes. */
    entryId: uuid.optional(),
    link: z.string().max(400).optional(),
    /** The exact moment, which the field shows in minutes. */
    at: z.string().optional(),
    round,
    seen: marks,
    kept: marks,
    channel,
  }),
  z.object({
    form: z.literal('facts'),
    /** Undefined: one is being started. */
    id: uuid.optional(),
    link: z.string().max(400).optional(),
    /** The message it starts from becomes the timeline's first line. */
    at: z.string().optional(),
    entry: z.string().max(600).optional(),
    /** A mark for each fact as it read when the form was opened. */
    shown: z.record(z.string().max(20), z.string().max(10)).optional(),
    round,
    seen: marks,
    kept: marks,
    channel,
  }),
  z.object({
    form: z.literal('commit'),
    id: uuid,
    round,
    seen: marks,
    kept: marks,
    channel,
  }),
]);
export type WordedData = z.infer<typeof wordedData>;

/** The field with words in it. */
export const wordsField = (data: Pick<WordedData, 'round'>): string => `words-${data.round}`;

/** A mark for a sentence or a fact, short enough that dozens of them fit into a form's data. FNV-1a, 32 bits. */
export function markOf(sentence: string): string {
  let hash = 0x811c9dc5;
  for (const unit of new TextEncoder().encode(sentence)) hash = Math.imul(hash ^ unit, 0x01000193);
  return (hash >>> 0).toString(36);
}

/** What was found and not settled yet, above the field it is about. */
function pointing(findings: readonly BlameFinding[]): Block[] {
  if (findings.length === 0) return [];
  return [
    paragraph(findingsTitle(findings.length)),
    ...findingBlocks(findings, ({ sentence }) => markOf(sentence)),
    aside('Saving as it is keeps your words.'),
  ];
}

export interface SectionFormState {
  postmortem: Postmortem;
  section: SectionId;
  version: number;
  text: string;
  /** Ticked when it was opened; undefined: it is being opened. */
  factors?: string[] | undefined;
  round: number;
  seen: string[];
  /** Those of them that whoever wrote them wants as they are. */
  kept: string[];
  findings: readonly BlameFinding[];
  /** A newer version that somebody else saved meanwhile. */
  theirs?: Section | undefined;
  channel?: string | undefined;
}

export function sectionForm(state: SectionFormState): Form {
  const { postmortem, section, theirs } = state;
  const { title, asks } = sectionKind(section);
  const data: WordedData = {
    form: 'section',
    id: postmortem.id,
    section,
    version: state.version,
    ...(section === 'factors' && { factors: state.factors ?? postmortem.factors }),
    round: state.round,
    // What is shown now counts as seen when the form comes back.
    seen: [...new Set([...state.seen, ...state.findings.map(({ sentence }) => markOf(sentence))])].slice(-60),
    kept: state.kept,
    channel: state.channel,
  };
  const sorts = factorKinds.map(({ id, label }) => ({ value: id, label }));
  return {
    callbackId: ids.sectionForm,
    title,
    submit: theirs ? 'Save mine' : 'Save',
    data,
    blocks: [
      ...(theirs
        ? [
            paragraph(
              `*${theirs.changedBy ? mention(theirs.changedBy) : 'Somebody'} saved this section while you were writing.* Nothing of yours is lost: it is in the field below. This is how it reads now:`,
            ),
            paragraph(theirs.text === '' ? '_(emptied)_' : escaped(theirs.text)),
            row(button('Put mine below theirs', ids.mine)),
          ]
        : []),
      ...pointing(state.findings),
      field(
        wordsField(state),
        asks,
        textInput({ initial: state.text, multiline: true, max: longestSection }),
        { optional: true, hint: 'What and how, rather than who and why.' },
      ),
      ...(section === 'factors'
        ? [
            field(
              'factors',
              'Sorts of factors, to compare incidents by',
              checkboxes(sorts, postmortem.factors),
              {
                optional: true,
              },
            ),
          ]
        : []),
      ...(state.version > 0
        ? [row(button('Earlier versions', ids.history, { value: JSON.stringify([postmortem.id, section]) }))]
        : []),
    ],
  };
}

/** The factors as they are now, with what was ticked and unticked in the form since it was opened with `shown`. */
export function readFactors(
  values: FormValues,
  shown: readonly string[],
  current: readonly FactorId[],
): FactorId[] {
  const ticked = values.choices('factors').filter(isFactorId);
  const stays = (id: FactorId) =>
    (shown.includes(id) === ticked.includes(id) ? current : ticked).includes(id);
  return factorKinds.map(({ id }) => id).filter(stays);
}

export const historyForm = (
  postmortem: Postmortem,
  section: SectionId,
  history: readonly Section[],
  channel: string | undefined,
): Form => ({
  callbackId: ids.sectionForm,
  title: 'Earlier versions',
  data: { channel },
  blocks: [
    paragraph(`*${sectionKind(section).title}* of ${nameOf(postmortem)}, the newest first.`),
    ...history.slice(0, 30).flatMap(({ version, text, changedBy, changedAt }, index): Block[] => [
      aside(
        `Version ${version}, ${changedBy ? mention(changedBy) : 'somebody'}${changedAt ? `, ${localMoment(changedAt, postmortem.timeZone)}` : ''}`,
      ),
      index === 0
        ? paragraph(text === '' ? '_(emptied)_' : escaped(text))
        : paragraph(
            text === '' ? '_(emptied)_' : escaped(text),
            button('Bring back', `${ids.restore}:${version}`, {
              value: JSON.stringify([postmortem.id, section, version]),
            }),
          ),
    ]),
  ],
});

/** What a form turns into when it is done and nothing is left to send. */
export const doneForm = (title: string, words: string): Form => ({
  callbackId: ids.sectionForm,
  title,
  blocks: [paragraph(words)],
});

export interface EntryFormState {
  /** Undefined: to be chosen among these. */
  postmortem: Postmortem | undefined;
  choices: readonly Postmortem[];
  entry?: TimelineEntry | undefined;
  when: string;
  text: string;
  link?: string | undefined;
  at?: string | undefined;
  round: number;
  seen: string[];
  /** Those of them that whoever wrote them wants as they are. */
  kept: string[];
  findings: readonly BlameFinding[];
  channel?: string | undefined;
}

export const entryFields = { which: 'which', when: 'when' } as const;

export function entryForm(state: EntryFormState): Form {
  const data: WordedData = {
    form: 'entry',
    id: state.postmortem?.id,
    entryId: state.entry?.id,
    link: state.link,
    at: state.at,
    round: state.round,
    seen: [...new Set([...state.seen, ...state.findings.map(({ sentence }) => markOf(sentence))])].slice(-60),
    kept: state.kept,
    channel: state.channel,
  };
  const [first] = state.choices;
  return {
    callbackId: ids.entryForm,
    title: state.entry ? 'Change this line' : 'Add to the timeline',
    submit: state.entry ? 'Save' : 'Add',
    data,
    blocks: [
      ...(state.postmortem
        ? []
        : [
            field(
              entryFields.which,
              'To which post-mortem',
              select(
                state.choices.map((one) => ({ label: `${nameOf(one)} ${one.title}`, value: one.id })),
                first ? { initial: first.id } : {},
              ),
            ),
          ]),
      field(entryFields.when, 'When', textInput({ initial: state.when, max: 80 }), {
        hint: '09:20, 23:40 yesterday, 09:20 UTC, 2026-11-20 09:20',
      }),
      ...pointing(state.findings),
      field(
        wordsField(state),
        'What happened',
        textInput({ initial: state.text, multiline: true, max: longestNote }),
      ),
      ...(state.postmortem && state.entry
        ? [
            row(
              button('Take it out', ids.entryGone, {
                value: JSON.stringify([state.postmortem.id, state.entry.id]),
                style: 'danger',
                confirm: removeConfirmation,
              }),
            ),
          ]
        : []),
    ],
  };
}

/** The lines of a timeline to choose one from; a menu holds a hundred, so the latest. */
export const entriesForm = (
  postmortem: Postmortem,
  timeline: readonly TimelineEntry[],
  zone: string,
  channel: string | undefined,
): Form => ({
  callbackId: ids.entryForm,
  title: 'Which line?',
  data: { id: postmortem.id, channel },
  blocks: [
    {
      type: 'section',
      block_id: 'which_line',
      text: { type: 'mrkdwn', text: `A line of ${nameOf(postmortem)} to change or take out:` },
      accessory: {
        type: 'static_select',
        action_id: ids.entryChosen,
        placeholder: plain('Choose a line', 150),
        options: timeline
          .slice(-100)
          .map(({ id, at, text }) => option(`${momentText(at, zone)} ${text}`, id)),
      },
    },
  ],
});

/** A moment as the fields take it: `2026-11-20 09:20`. */
export const momentText = (at: Temporal.Instant, zone: string): string =>
  at.toZonedDateTimeISO(zone).toPlainDateTime().toString({ smallestUnit: 'minute' }).replace('T', ' ');

export const timeTrouble: Record<TimeProblem | 'before-the-start' | 'after-the-end', string> = {
  'no-such-time': 'There is no such time. Write it as 09:20.',
  'no-such-day': 'There is no such day. Write it as 2026-11-20, yesterday or 20 nov.',
  'no-such-zone': 'I know no such time zone. Write it as Europe/Lisbon or UTC.',
  'in-a-gap': 'The clocks went forward over that time; it did not exist.',
  'in-the-future': 'That has not been yet.',
  backwards: 'It ends before it begins.',
  'before-the-start': 'It was over before it started. Swap the times, or name the days.',
  'after-the-end': 'It was detected after it was over. Look at the times again.',
};

const unreadable = 'Write a time such as 09:20, 23:40 yesterday or 2026-11-20 09:20.';

/** A field with a moment in it, as an instant; null: empty. `kept` is given back while the text still says so. */
function readAt(
  text: string,
  kept: Temporal.Instant | null,
  zone: string,
  now: Temporal.Instant,
  settle: (reading: Extract<MomentReading, { kind: 'moment' }>) => ReturnType<typeof pastInstant>,
): { at: Temporal.Instant | null } | { error: string } {
  if (text === '') return { at: null };
  if (kept && momentText(kept, zone) === text) return { at: kept };
  const reading = readMoment(text, localDay(now, zone));
  if (reading.kind === 'none') return { error: unreadable };
  if (reading.kind === 'refused') return { error: timeTrouble[reading.why] };
  const settled = settle(reading);
  return settled.kind === 'refused' ? { error: timeTrouble[settled.why] } : { at: settled.at };
}

export type EntryReading =
  | { kind: 'entry'; at: Temporal.Instant; text: string }
  | { kind: 'refused'; errors: Record<string, string> };

export function readEntry(
  values: FormValues,
  data: Extract<WordedData, { form: 'entry' }>,
  postmortem: Postmortem,
  zone: string,
  now: Temporal.Instant,
): EntryReading {
  const errors: Record<string, string> = {};
  const text = values.text(wordsField(data)).replaceAll(/\s+/g, ' ');
  if (text === '') errors[wordsField(data)] = 'Say in a few words what happened.';
  const read = readAt(values.text(entryFields.when), instantOf(data.at), zone, now, ({ moment }) =>
    timelineInstant(moment, postmortem, zone, now),
  );
  if ('error' in read) errors[entryFields.when] = read.error;
  else if (!read.at) errors[entryFields.when] = unreadable;
  if (Object.keys(errors).length > 0 || 'error' in read || !read.at) return { kind: 'refused', errors };
  return { kind: 'entry', at: read.at, text };
}

/** An instant that came back from Slack; null when it is none. */
export function instantOf(text: string | undefined): Temporal.Instant | null {
  const parsed = z.iso.datetime({ precision: null }).safeParse(text);
  return parsed.success ? Temporal.Instant.from(parsed.data) : null;
}

export const factFields = {
  severity: 'severity',
  started: 'started',
  detected: 'detected',
  resolved: 'resolved',
  services: 'services',
  facilitator: 'facilitator',
  responders: 'responders',
  place: 'place',
} as const;

export interface FactsFormState {
  /** Undefined: one is being started. */
  postmortem: Postmortem | undefined;
  facts: Facts;
  zone: string;
  /** Where one that is being started would stand; null: private. */
  place: string | null;
  link?: string | undefined;
  at?: string | undefined;
  entry?: string | undefined;
  /** Marks of the facts when it was opened; undefined: it is being opened. */
  shown?: Record<string, string> | undefined;
  round: number;
  seen: string[];
  /** Those of them that whoever wrote them wants as they are. */
  kept: string[];
  findings: readonly BlameFinding[];
  channel?: string | undefined;
}

const channelInput = (initial: string | null): ConversationsSelect => ({
  type: 'conversations_select',
  filter: { include: ['public', 'private'], exclude_bot_users: true },
  placeholder: plain('Private: only you, until you share it', 150),
  ...(initial !== null && { initial_conversation: initial }),
});

const factNames = [
  'title',
  'severity',
  'startedAt',
  'detectedAt',
  'resolvedAt',
  'services',
  'facilitatorId',
  'responders',
] as const satisfies readonly (keyof Facts)[];

const factMarks = (facts: Facts): Record<string, string> =>
  Object.fromEntries(factNames.map((name) => [name, markOf(JSON.stringify(facts[name]))]));

/** What was not changed in the form is as it stands by now, so that two who change different facts lose nothing. */
const settled = <Name extends (typeof factNames)[number]>(
  name: Name,
  value: Facts[Name],
  shown: Record<string, string> | undefined,
  before: Facts,
): Facts[Name] => (shown?.[name] === markOf(JSON.stringify(value)) ? before[name] : value);

export function factsForm(state: FactsFormState): Form {
  const { facts, postmortem, zone } = state;
  const data: WordedData = {
    form: 'facts',
    id: postmortem?.id,
    link: state.link,
    at: state.at,
    entry: state.entry,
    ...(postmortem && { shown: state.shown ?? factMarks(postmortem) }),
    round: state.round,
    seen: [...new Set([...state.seen, ...state.findings.map(({ sentence }) => markOf(sentence))])].slice(-60),
    kept: state.kept,
    channel: state.channel,
  };
  const time = (at: Temporal.Instant | null) =>
    textInput({ initial: at ? momentText(at, zone) : '', max: 80 });
  const zoneHint = `09:20, 23:40 yesterday, 2026-11-20 09:20; ${zone.replaceAll('_', ' ')} time unless you name another.`;
  return {
    callbackId: postmortem ? ids.factsForm : ids.startForm,
    title: postmortem ? 'The facts' : 'Start a post-mortem',
    submit: postmortem ? 'Save' : 'Start',
    data,
    blocks: [
      ...pointing(state.findings),
      field(
        wordsField(state),
        'What happened, in a few words',
        textInput({ initial: facts.title, max: longestTitle }),
      ),
      field(
        factFields.severity,
        'How bad was it?',
        radioButtons(
          severities.map((severity) => ({
            value: String(severity),
            label: `Severity ${severity}: ${severityWords[severity]}`,
          })),
          String(facts.severity),
        ),
      ),
      field(factFields.started, 'It started', time(facts.startedAt), { optional: true, hint: zoneHint }),
      field(factFields.detected, 'We noticed', time(facts.detectedAt), { optional: true }),
      field(factFields.resolved, 'It was over', time(facts.resolvedAt), { optional: true }),
      field(
        factFields.services,
        'Services',
        textInput({ initial: facts.services.join(', '), placeholder: 'checkout, mail', max: 800 }),
        { optional: true, hint: 'Separated by commas.' },
      ),
      field(factFields.responders, 'Who worked on it', peopleInput(facts.responders), { optional: true }),
      field(
        factFields.facilitator,
        'Who facilitates the review',
        personInput(facts.facilitatorId ?? undefined),
        {
          optional: true,
          hint: 'Best somebody who was not in it.',
        },
      ),
      ...(postmortem
        ? []
        : [
            field(factFields.place, 'Where it stands', channelInput(state.place), {
              optional: true,
              hint: 'In a channel everybody there can read it and help to write it. I have to be in it.',
            }),
          ]),
    ],
  };
}

export type FactsReading =
  | { kind: 'facts'; facts: Facts; place: string | null }
  | { kind: 'refused'; errors: Record<string, string> };

export function readFacts(
  values: FormValues,
  data: Extract<WordedData, { form: 'facts' }>,
  before: Facts,
  zone: string,
  now: Temporal.Instant,
): FactsReading {
  const errors: Record<string, string> = {};
  const title = values.text(wordsField(data)).replaceAll(/\s+/g, ' ');
  if (title === '') errors[wordsField(data)] = 'Say in a few words what happened.';
  const at = (name: string, kept: Temporal.Instant | null): Temporal.Instant | null => {
    const read = readAt(values.text(name), kept, zone, now, ({ moment }) => pastInstant(moment, zone, now));
    if ('at' in read) return read.at;
    errors[name] = read.error;
    return null;
  };
  const mine = <Name extends (typeof factNames)[number]>(name: Name, value: Facts[Name]) =>
    settled(name, value, data.shown, before);
  const startedAt = mine('startedAt', at(factFields.started, before.startedAt));
  const detectedAt = mine('detectedAt', at(factFields.detected, before.detectedAt));
  const resolvedAt = mine('resolvedAt', at(factFields.resolved, before.resolvedAt));
  const wrong = problemWithTimes({ startedAt, detectedAt, resolvedAt }, now);
  if (wrong) {
    const names = {
      startedAt: factFields.started,
      detectedAt: factFields.detected,
      resolvedAt: factFields.resolved,
    };
    errors[names[wrong.field]] ??= timeTrouble[wrong.why];
  }
  const services = [
    ...new Map(
      values
        .text(factFields.services)
        .split(',')
        .map((one) => one.trim().replaceAll(/\s+/g, ' '))
        .filter((one) => one !== '')
        .map((one) => [one.toLowerCase(), one]),
    ).values(),
  ];
  if (services.length > mostServices)
    errors[factFields.services] = `At most ${mostServices} services, please.`;
  if (services.some((one) => one.length > longestService)) {
    errors[factFields.services] = `At most ${longestService} characters for a service, please.`;
  }
  const responders = values.people(factFields.responders);
  if (responders.length > mostPeople) errors[factFields.responders] = `At most ${mostPeople} people, please.`;
  const severity = severities.find((one) => String(one) === values.choice(factFields.severity));
  if (!severity) errors[factFields.severity] = 'Choose one.';
  if (Object.keys(errors).length > 0 || !severity) return { kind: 'refused', errors };
  return {
    kind: 'facts',
    facts: {
      title: mine('title', title),
      severity: mine('severity', severity),
      startedAt,
      detectedAt,
      resolvedAt,
      services: mine('services', services),
      factors: before.factors,
      facilitatorId: mine('facilitatorId', values.person(factFields.facilitator) ?? null),
      responders: mine('responders', responders),
    },
    place: values.channel(factFields.place) ?? null,
  };
}

export const emptyFacts = (title = ''): Facts => ({
  title,
  severity: 2,
  startedAt: null,
  detectedAt: null,
  resolvedAt: null,
  services: [],
  factors: [],
  facilitatorId: null,
  responders: [],
});

/** Words of a post-mortem that point at somebody, with where they stand. */
export interface PlacedFinding {
  /** A section's id, `title`, or a timeline line's id. */
  where: string;
  whereWords: string;
  finding: BlameFinding;
}

export const shareData = z.object({ id: uuid, seen: marks, kept: marks, channel });

export const shareFields = { channel: 'channel', people: 'people' } as const;

/** `found`: what nobody has settled yet. `stands`: it can be read in its channel, and stays there. */
export function shareForm(
  postmortem: Postmortem,
  state: {
    seen: string[];
    kept: string[];
    stands: boolean;
    found: readonly PlacedFinding[];
    channel?: string | undefined;
  },
): Form {
  const shown = state.found.slice(0, 8);
  return {
    callbackId: ids.shareForm,
    title: state.stands ? 'Invite' : 'Share or invite',
    submit: 'Share',
    data: {
      id: postmortem.id,
      seen: [...new Set([...state.seen, ...shown.map(({ finding }) => markOf(finding.sentence))])].slice(-60),
      kept: state.kept,
      channel: state.channel,
    },
    blocks: [
      ...(shown.length > 0
        ? [
            paragraph(findingsTitle(state.found.length)),
            ...shown
              .map(({ whereWords }, index) => ({ whereWords, index }))
              .flatMap(({ whereWords, index }) => [
                aside(whereWords),
                ...findingBlocks([shown[index]!.finding], () =>
                  JSON.stringify([shown[index]!.where, markOf(shown[index]!.finding.sentence)]),
                ).map(
                  (block): Block =>
                    block.type === 'actions'
                      ? {
                          ...block,
                          elements: block.elements.map((element) =>
                            'action_id' in element && element.action_id
                              ? { ...element, action_id: element.action_id.replace(/\d+$/, String(index)) }
                              : element,
                          ) as typeof block.elements,
                        }
                      : block,
                ),
              ]),
            aside('Sharing as it is keeps the words.'),
          ]
        : []),
      ...(!state.stands
        ? [
            field(shareFields.channel, 'In a channel', channelInput(postmortem.channelId), {
              optional: true,
              hint: 'Everybody there can read it and help to write it. I have to be in it.',
            }),
          ]
        : []),
      field(shareFields.people, 'People', peopleInput(), {
        optional: true,
        hint: 'They can read and write it, in their DM with me while it is private.',
      }),
    ],
  };
}

export const reviewFields = { day: 'day', time: 'time' } as const;

export const reviewForm = (postmortem: Postmortem, by: Temporal.PlainDate, zone: string): Form => {
  const at = postmortem.reviewAt?.toZonedDateTimeISO(zone);
  return {
    callbackId: ids.reviewForm,
    title: 'Plan the review',
    submit: 'Plan',
    data: { id: postmortem.id },
    blocks: [
      paragraph(
        postmortem.severity === 1
          ? 'Within three days, while everybody remembers what they saw.'
          : 'Within five working days, while everybody remembers what they saw.',
      ),
      field(reviewFields.day, 'Day', dateInput(at?.toPlainDate() ?? by), { optional: true }),
      field(reviewFields.time, 'Time', timeInput(at?.toPlainTime() ?? Temporal.PlainTime.from('14:00')), {
        optional: true,
        hint: `${zone.replaceAll('_', ' ')} time. A day before it I send the draft around. Empty: no review planned.`,
      }),
    ],
  };
};

export const commitFields = { who: 'who', due: 'due' } as const;

export interface CommitFormState {
  postmortem: Postmortem;
  what: string;
  who: string | undefined;
  due: Temporal.PlainDate;
  round: number;
  seen: string[];
  kept: string[];
  findings: readonly BlameFinding[];
  channel?: string | undefined;
}

export const suggestedDue = (postmortem: Postmortem, today: Temporal.PlainDate): Temporal.PlainDate =>
  today.add({ days: suggestedDays(postmortem.severity) });

export function commitForm(state: CommitFormState): Form {
  const data: WordedData = {
    form: 'commit',
    id: state.postmortem.id,
    round: state.round,
    seen: [...new Set([...state.seen, ...state.findings.map(({ sentence }) => markOf(sentence))])].slice(-60),
    kept: state.kept,
    channel: state.channel,
  };
  return {
    callbackId: ids.commitForm,
    title: 'A commitment',
    submit: 'Take it on',
    data,
    blocks: [
      ...pointing(state.findings),
      field(wordsField(state), 'What will be done', textInput({ initial: state.what, max: longestNote }), {
        hint: 'Something one can see when it is there: a check, a test, a limit.',
      }),
      field(commitFields.who, 'By whom', personInput(state.who)),
      field(commitFields.due, 'By when', dateInput(state.due)),
    ],
  };
}
