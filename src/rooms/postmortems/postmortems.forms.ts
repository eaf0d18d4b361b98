// The forms of this room: starting one and its facts, a section, a line of the timeline, sharing, the review, a commitment.

import { z } from 'zod';
import { type BlameFinding, findBlame, markOf } from '../../blame/blame.ts';
import { findingBlocks, findingsTitle, mostShown } from '../../blame/blame.views.ts';
import { english } from '../../blame/english.ts';
import { type DataOf, readData } from '../../slack/actions.ts';
import {
  aside,
  button,
  confirmation,
  escaped,
  mention,
  menu,
  paragraph,
  row,
  slackDate,
} from '../../slack/blocks.ts';
import {
  channelInput,
  checkboxes,
  dateInput,
  type Form,
  type FormValues,
  field,
  form,
  page,
  peopleInput,
  personInput,
  radioButtons,
  select,
  textInput,
  timeInput,
} from '../../slack/forms.ts';
import { limits } from '../../slack/limits.ts';
import type { Block } from '../../slack/message.ts';
import { localDay } from '../../time/days.ts';
import { type MomentReading, readMoment } from '../../time/moments.ts';
import { whichYear } from '../../time/time.views.ts';
import * as actions from './postmortems.actions.ts';
import { pastInstant, type TimeProblem, timelineInstant } from './postmortems.parse.times.ts';
import type { PlacedFinding } from './postmortems.steps.ts';
import {
  type FactorId,
  type Facts,
  factorKinds,
  isFactorId,
  longestNote,
  longestSection,
  longestService,
  longestTitle,
  type Missing,
  mayRemove,
  mostPeople,
  mostServices,
  nameOf,
  outsideFacilitator,
  type Postmortem,
  problemWithTimes,
  type Section,
  type SectionId,
  type Status,
  sectionKind,
  severities,
  severityWords,
  suggestedDays,
  type TimelineEntry,
} from './postmortems.ts';
import { asked, blameButtons, removeConfirmation, sectionNames } from './postmortems.views.ts';

/** What each form with words in it carries, and brings back. */
type SectionData = DataOf<typeof actions.sectionForm>;
type EntryData = DataOf<typeof actions.entryForm>;
type FactsData = DataOf<typeof actions.factsForm>;
type CommitData = DataOf<typeof actions.commitForm>;
export type WordedData = SectionData | EntryData | FactsData | CommitData;
export type ShareData = DataOf<typeof actions.shareForm>;

/** Which of them a click in a form came from. */
export const wordedData = (data: unknown): WordedData | undefined =>
  readData(actions.sectionForm, data) ??
  readData(actions.entryForm, data) ??
  readData(actions.factsForm, data) ??
  readData(actions.commitForm, data);

/** The field with words in it. */
export const wordsField = (data: Pick<WordedData, 'round'>): string => `words-${data.round}`;

/** What was found and not settled yet, above the field it is about. */
function pointing(findings: readonly BlameFinding[]): Block[] {
  if (findings.length === 0) return [];
  return [
    paragraph(findingsTitle(findings.length)),
    ...findingBlocks(findings, asked, ({ sentence }) => blameButtons({ mark: markOf(sentence) })),
    aside('Saving as it is keeps your words.'),
  ];
}

/** Where a form with words in it stands. */
interface WordedState {
  round: number;
  seen: string[];
  kept: string[];
  /** What is to be asked under contributing factors once it is saved. */
  asks: string[];
  /** What is pointed at now. */
  findings: readonly BlameFinding[];
}

/** What a form with words in it begins with. */
export const fresh: WordedState = { round: 0, seen: [], kept: [], asks: [], findings: [] };

/** What is shown now counts as seen when the form comes back. */
const worded = ({ round, seen, kept, asks, findings }: WordedState) => ({
  round,
  asks,
  seen: [...new Set([...seen, ...findings.map(({ sentence }) => markOf(sentence))])].slice(-60),
  kept,
});

/** Sentences that nobody has settled yet, as many as a form shows. */
export const unsettled = (text: string, seen: readonly string[]): BlameFinding[] =>
  findBlame(text, english)
    .filter(({ sentence }) => !seen.includes(markOf(sentence)))
    .slice(0, mostShown);

interface SectionFormState extends WordedState {
  postmortem: Postmortem;
  section: SectionId;
  version: number;
  text: string;
  /** Ticked when it was opened; undefined: it is being opened. */
  factors?: string[] | undefined;
  /** A newer version that somebody else saved meanwhile. */
  theirs?: Section | undefined;
}

export function sectionForm(state: SectionFormState): Form {
  const { postmortem, section, theirs } = state;
  const { title, asks } = sectionKind(section);
  const data: SectionData = {
    form: 'section',
    id: postmortem.id,
    section,
    version: state.version,
    ...(section === 'factors' && { factors: state.factors ?? postmortem.factors }),
    ...worded(state),
  };
  const sorts = factorKinds.map(({ id, label }) => ({ value: id, label }));
  return form(actions.sectionForm, {
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
            row(button('Put mine below theirs', actions.belowTheirs)),
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
        ? [row(button('Earlier versions', actions.history, { id: postmortem.id, section }))]
        : []),
    ],
  });
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
  personId: string,
): Form =>
  page('Earlier versions', [
    paragraph(`*${sectionKind(section).title}* of ${nameOf(postmortem)}, the newest first.`),
    ...history.slice(0, 30).flatMap((one, index): Block[] => {
      const { version, text, changedBy, changedAt } = one;
      const carried = { id: postmortem.id, section, version };
      return [
        aside(
          `Version ${version}, ${changedBy ? mention(changedBy) : 'somebody'}${changedAt ? `, ${slackDate(changedAt, postmortem.timeZone)}` : ''}`,
        ),
        paragraph(text === '' ? '_(emptied)_' : escaped(text)),
        ...(index === 0
          ? []
          : [
              row(
                button('Bring back', actions.restore, carried),
                ...(mayRemove(postmortem, one, personId)
                  ? [button('Delete it', actions.removeVersion, carried, { confirm: deletingVersion })]
                  : []),
              ),
            ]),
      ];
    }),
  ]);

const deletingVersion = confirmation(
  'Delete this version?',
  'It is gone for good. What the document says now stays.',
  'Delete it',
);

interface EntryFormState extends WordedState {
  /** Undefined: to be chosen among these. */
  postmortem: Postmortem | undefined;
  choices: readonly Postmortem[];
  entry?: TimelineEntry | undefined;
  when: string;
  text: string;
  link?: string | undefined;
  at?: string | undefined;
}

export const entryFields = { which: 'which', when: 'when' } as const;

export function entryForm(state: EntryFormState): Form {
  const data: EntryData = {
    form: 'entry',
    id: state.postmortem?.id,
    entryId: state.entry?.id,
    link: state.link,
    at: state.at,
    ...worded(state),
  };
  const [first] = state.choices;
  return form(actions.entryForm, {
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
              button(
                'Take it out',
                actions.removeEntry,
                { id: state.postmortem.id, entryId: state.entry.id },
                { style: 'danger', confirm: removeConfirmation },
              ),
            ),
          ]
        : []),
    ],
  });
}

/** The form that changes a line of the timeline. */
export const formOfEntry = (postmortem: Postmortem, entry: TimelineEntry, zone: string): Form =>
  entryForm({
    postmortem,
    choices: [],
    entry,
    when: momentText(entry.at, zone),
    at: entry.at.toString(),
    link: entry.link ?? undefined,
    text: entry.text,
    ...fresh,
  });

/** The lines of a timeline to choose one from; a menu holds a hundred, so the latest. */
export const entriesForm = (postmortem: Postmortem, timeline: readonly TimelineEntry[], zone: string): Form =>
  form(actions.entriesForm, {
    title: 'Which line?',
    data: { id: postmortem.id },
    blocks: [
      paragraph(
        `A line of ${nameOf(postmortem)} to change or take out:`,
        menu(
          actions.changeEntry,
          timeline
            .slice(-limits.menuOptions)
            .map(({ id, at, text }) => ({ label: `${momentText(at, zone)} ${text}`, carried: { id } })),
          { placeholder: 'Choose a line' },
        ),
      ),
    ],
  });

/** A moment as the fields take it: `2026-11-20 09:20`. */
export const momentText = (at: Temporal.Instant, zone: string): string =>
  at.toZonedDateTimeISO(zone).toPlainDateTime().toString({ smallestUnit: 'minute' }).replace('T', ' ');

export const timeTrouble: Record<TimeProblem | 'before-the-start' | 'after-the-end', string> = {
  'no-such-time': 'There is no such time. Write it as 09:20.',
  'no-such-day': 'There is no such day. Write it as 2026-11-20, yesterday or 20 nov.',
  'no-such-zone': 'I know no such time zone. Write it as Europe/Lisbon or UTC.',
  'in-a-gap': 'The clocks went forward over that time; it did not exist. Write another.',
  'in-the-future': 'That has not been yet. Write a time that has passed.',
  'no-time': 'At what time? Write it as 17 nov 09:20, or yesterday 23:40.',
  unread: 'I read a time, and not what follows it. Put a comma after the time, or leave the rest out.',
  backwards: 'It ends before it begins. Name both days, as in 17 nov 22:00 - 18 nov 11:00.',
  'before-the-start': 'It was over before it started. Swap the times, or name the days.',
  'after-the-end': 'It was detected after it was over. Look at the times again.',
};

const unreadable = 'Write a time such as 09:20, 23:40 yesterday or 2026-11-20 09:20.';

/** Whoever filled a form in: their zone, and when. */
interface Reader {
  zone: string;
  now: Temporal.Instant;
}

/** A field with a moment in it, as an instant; null: empty. `kept` is given back while the text still says so. */
function readAt(
  text: string,
  kept: Temporal.Instant | null,
  { zone, now }: Reader,
  settle: (reading: Extract<MomentReading, { kind: 'moment' }>) => ReturnType<typeof pastInstant>,
): { at: Temporal.Instant | null } | { error: string } {
  if (text === '') return { at: null };
  if (kept && momentText(kept, zone) === text) return { at: kept };
  const reading = readMoment(text, localDay(now, zone), 'past');
  if (reading.kind === 'none') return { error: unreadable };
  if (reading.kind === 'day') return { error: timeTrouble['no-time'] };
  if (reading.kind === 'refused') {
    return {
      error:
        reading.why === 'which-year'
          ? whichYear(text, reading).replaceAll('`', '')
          : timeTrouble[reading.why],
    };
  }
  const settled = settle(reading);
  return settled.kind === 'refused' ? { error: timeTrouble[settled.why] } : { at: settled.at };
}

type EntryReading =
  | { kind: 'entry'; at: Temporal.Instant; text: string }
  | { kind: 'refused'; errors: Record<string, string> };

export function readEntry(
  values: FormValues,
  data: EntryData,
  postmortem: Postmortem,
  reader: Reader,
): EntryReading {
  const errors: Record<string, string> = {};
  const text = values.text(wordsField(data)).replaceAll(/\s+/g, ' ');
  if (text === '') errors[wordsField(data)] = 'Say in a few words what happened.';
  const read = readAt(values.text(entryFields.when), instantOf(data.at), reader, ({ moment }) =>
    timelineInstant(moment, postmortem, reader.zone, reader.now),
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

interface FactsFormState extends WordedState {
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
}

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
  const data: FactsData = {
    form: 'facts',
    id: postmortem?.id,
    link: state.link,
    at: state.at,
    entry: state.entry,
    ...(postmortem && { shown: state.shown ?? factMarks(postmortem) }),
    ...worded(state),
  };
  const time = (at: Temporal.Instant | null) =>
    textInput({ initial: at ? momentText(at, zone) : '', max: 80 });
  const zoneHint = `09:20, 23:40 yesterday, 2026-11-20 09:20; ${zone.replaceAll('_', ' ')} time unless you name another.`;
  return form(postmortem ? actions.factsForm : actions.startForm, {
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
            field(
              factFields.place,
              'Where it stands',
              channelInput('Private: only you, until you share it', state.place),
              {
                optional: true,
                hint: 'In a channel everybody there can read it and help to write it. I have to be in it.',
              },
            ),
          ]),
    ],
  });
}

type FactsReading =
  | { kind: 'facts'; facts: Facts; place: string | null }
  | { kind: 'refused'; errors: Record<string, string> };

export function readFacts(values: FormValues, data: FactsData, before: Facts, reader: Reader): FactsReading {
  const { zone, now } = reader;
  const errors: Record<string, string> = {};
  const title = values.text(wordsField(data)).replaceAll(/\s+/g, ' ');
  if (title === '') errors[wordsField(data)] = 'Say in a few words what happened.';
  const at = (name: string, kept: Temporal.Instant | null): Temporal.Instant | null => {
    const read = readAt(values.text(name), kept, reader, ({ moment }) => pastInstant(moment, zone, now));
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

export const shareFields = { channel: 'channel', people: 'people' } as const;

/** `found`: what nobody has settled yet. `stands`: it can be read in its channel, and stays there. */
export function shareForm(
  postmortem: Postmortem,
  state: {
    seen: string[];
    kept: string[];
    stands: boolean;
    found: readonly PlacedFinding[];
  },
): Form {
  const shown = state.found.slice(0, mostShown);
  const facilitator = [outsideFacilitator(postmortem)].filter((id) => id !== undefined);
  return form(actions.shareForm, {
    title: state.stands ? 'Invite' : 'Share or invite',
    submit: 'Share',
    data: {
      id: postmortem.id,
      seen: [...new Set([...state.seen, ...shown.map(({ finding }) => markOf(finding.sentence))])].slice(-60),
      kept: state.kept,
    },
    blocks: [
      ...(shown.length > 0
        ? [
            paragraph(findingsTitle(state.found.length)),
            ...shown.flatMap(({ where, whereWords, finding }) => [
              aside(whereWords),
              ...findingBlocks([finding], asked, ({ sentence }) =>
                blameButtons({ mark: markOf(sentence), where }),
              ),
            ]),
            aside('Sharing as it is keeps the words.'),
          ]
        : []),
      ...(!state.stands
        ? [
            field(
              shareFields.channel,
              'In a channel',
              channelInput('Private: only you, until you share it', postmortem.channelId),
              {
                optional: true,
                hint: 'Everybody there can read it and help to write it. I have to be in it.',
              },
            ),
          ]
        : []),
      field(shareFields.people, 'People', peopleInput(facilitator), {
        optional: true,
        hint: 'They can read and write it, in their DM with me while it is private.',
      }),
    ],
  });
}

export const reviewFields = { day: 'day', time: 'time' } as const;

export const reviewForm = (postmortem: Postmortem, by: Temporal.PlainDate, zone: string): Form => {
  const at = postmortem.reviewAt?.toZonedDateTimeISO(zone);
  return form(actions.reviewForm, {
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
  });
};

/** Asked before it moves on with parts that are empty, or read by nobody. It can move on all the same. */
export function moveToForm(
  postmortem: Postmortem,
  to: DataOf<typeof actions.moveToForm>,
  { empty, unread }: Missing,
): Form {
  const [first] = empty;
  const { id } = postmortem;
  const [title, submit] = moveToWords[to.to];
  return form(actions.moveToForm, {
    title,
    submit,
    close: 'Not yet',
    data: to,
    blocks: [
      ...(empty.length > 0
        ? [
            paragraph(
              `*${empty.length === 1 ? 'One part' : `${empty.length} parts`} of ${nameOf(postmortem)} ${empty.length === 1 ? 'is' : 'are'} empty:* ${sectionNames(empty)}. One sentence in each is plenty; what is empty now is hard to remember in a month.`,
            ),
          ]
        : []),
      ...(unread
        ? [paragraph(`*Nobody else has read it.* It is private, so only you can open it until you share it.`)]
        : []),
      row(
        ...(first
          ? [
              button(`Write: ${sectionKind(first).title.toLowerCase()}`, actions.writeSection, {
                id,
                section: first,
              }),
            ]
          : []),
        ...(unread ? [button('Share or invite', actions.share, { id })] : []),
      ),
    ],
  });
}

const moveToWords: Record<Status, readonly [title: string, submit: string]> = {
  draft: ['Back to draft', 'Move it'],
  'in-review': ['Send it for review?', 'Send it anyway'],
  reviewed: ['Is it reviewed?', 'It is reviewed'],
  closed: ['Close it?', 'Close anyway'],
};

export const commitFields = { who: 'who', due: 'due' } as const;

interface CommitFormState extends WordedState {
  postmortem: Postmortem;
  what: string;
  who: string | undefined;
  due: Temporal.PlainDate;
}

export const suggestedDue = (postmortem: Postmortem, today: Temporal.PlainDate): Temporal.PlainDate =>
  today.add({ days: suggestedDays(postmortem.severity) });

export function commitForm(state: CommitFormState): Form {
  const data: CommitData = {
    form: 'commit',
    id: state.postmortem.id,
    ...worded(state),
  };
  return form(actions.commitForm, {
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
  });
}
