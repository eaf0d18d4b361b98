// The forms of this room: logging and changing an entry, when a timer ended, and the lead's categories.

import { aside, button, confirmation, paragraph, quoted, row } from '../../slack/blocks.ts';
import {
  type ChoiceGroup,
  checkboxes,
  dateInput,
  type Form,
  type FormValues,
  field,
  groupedSelect,
  peopleInput,
  radioButtons,
  textInput,
  timeInput,
} from '../../slack/forms.ts';
import type { Block } from '../../slack/message.ts';
import { atClock, dayInWords, localDay } from '../../time/days.ts';
import { parseDuration } from '../../time/durations.ts';
import { longestName, type NameProblem, problemWithName } from './balance.parse.names.ts';
import { printTime } from './balance.parse.print.ts';
import { onDay, readClockRange } from './balance.parse.range.ts';
import { furthestBack, longestNote } from './balance.parse.ts';
import { durationTrouble, rangeTrouble } from './balance.refusals.ts';
import type { KeptEntry } from './balance.store.ts';
import type { Timer } from './balance.timer.ts';
import type { Category, Draft, Side } from './balance.ts';
import { entryLine, ids, type Reader, timerLine } from './balance.views.ts';

/** Field names of the entry form. */
export const entryFields = {
  time: 'time',
  category: 'category',
  people: 'people',
  day: 'day',
  note: 'note',
} as const;

const sideLabels: Record<Side, string> = { leading: 'Leading', coding: 'Coding', neither: 'Neither' };

/** Groups for a select: leading first, since that is what goes missing. */
function categoryGroups(
  categories: readonly Category[],
  withPutAway: 'all' | { id: string } | undefined,
): ChoiceGroup[] {
  const offered = categories.filter(
    ({ id, archived }) => !archived || withPutAway === 'all' || id === withPutAway?.id,
  );
  return (['leading', 'coding', 'neither'] as const).map((side) => ({
    label: sideLabels[side],
    choices: offered
      .filter((category) => category.side === side)
      .map(({ id, name }) => ({ label: name, value: id })),
  }));
}

function entryBlocks(day: Temporal.PlainDate, { categories, lead }: Reader, entry?: Draft): Block[] {
  return [
    field(
      entryFields.time,
      'How long',
      textInput({
        initial: entry ? printTime(entry, lead.timeZone) : '',
        placeholder: '45m, 1h30 or 9:00-10:30',
        max: 40,
      }),
    ),
    field(
      entryFields.category,
      'What',
      groupedSelect(categoryGroups(categories, entry && { id: entry.categoryId }), {
        ...(entry && { initial: entry.categoryId }),
        placeholder: 'Choose a category',
      }),
    ),
    field(entryFields.people, 'With whom', peopleInput(entry?.people), { optional: true }),
    field(entryFields.day, 'When', dateInput(day)),
    field(entryFields.note, 'Note', textInput({ initial: entry?.note ?? '', max: longestNote }), {
      optional: true,
    }),
  ];
}

export const logForm = (day: Temporal.PlainDate, reader: Reader): Form => ({
  callbackId: ids.logForm,
  title: 'Log time',
  submit: 'Log',
  blocks: entryBlocks(day, reader),
});

export const changeForm = (entry: KeptEntry, reader: Reader): Form => ({
  callbackId: ids.changeForm,
  title: 'Change this entry',
  submit: 'Save',
  data: { entryId: entry.id },
  blocks: [
    ...entryBlocks(entry.day, reader, entry),
    row(
      button('Delete this entry', ids.remove, {
        value: entry.id,
        style: 'danger',
        confirm: confirmation('Delete this entry?', 'It is gone for good; nothing else changes.', 'Delete'),
      }),
    ),
  ],
});

/** What the entry form turns into when its entry was deleted from there. */
export const removedForm = (gone: readonly KeptEntry[], reader: Reader): Form => ({
  callbackId: ids.changeForm,
  title: 'Deleted',
  blocks: [paragraph(gone[0] ? `Deleted: ${entryLine(gone[0], reader)}.` : 'That was deleted before.')],
});

export type EntryReading =
  | { kind: 'entry'; draft: Draft }
  | { kind: 'refused'; errors: Record<string, string> };

/** The submitted entry form, by the same rules as a typed line. `before`: the entry it changes, if any. */
export function readEntry(
  values: FormValues,
  { categories, lead, now }: Reader,
  before?: Draft,
): EntryReading {
  const errors: Record<string, string> = {};
  const today = localDay(now, lead.timeZone);
  const day = values.day(entryFields.day);
  if (!day) errors[entryFields.day] = 'Choose a day.';
  else if (Temporal.PlainDate.compare(day, today) > 0) errors[entryFields.day] = 'That day has not been yet.';
  else if (Temporal.PlainDate.compare(day, today.subtract({ days: furthestBack })) < 0) {
    errors[entryFields.day] = `That is more than ${furthestBack} days back, further than I keep.`;
  }

  const categoryId = values.choice(entryFields.category);
  const category = categories.find(
    ({ id, archived }) => id === categoryId && (!archived || id === before?.categoryId),
  );
  if (!category) errors[entryFields.category] = 'Choose a category.';

  const typed = values.text(entryFields.time);
  // What was left as it stood keeps its clock times to the second, which the field may not even show.
  const untouched =
    before && day?.equals(before.day) && typed === printTime(before, lead.timeZone) ? before : undefined;
  const time: TimeReading = untouched
    ? { kind: 'time', minutes: untouched.minutes, startsAt: untouched.startsAt, endsAt: untouched.endsAt }
    : readTime(typed, day ?? today, today, lead.timeZone);
  if (time.kind === 'refused') errors[entryFields.time] = time.why;

  const note = values.text(entryFields.note);
  if (note.length > longestNote) errors[entryFields.note] = `At most ${longestNote} characters, please.`;

  if (Object.keys(errors).length > 0 || !day || !category || time.kind === 'refused')
    return { kind: 'refused', errors };
  return {
    kind: 'entry',
    draft: {
      day,
      minutes: time.minutes,
      categoryId: category.id,
      // History keeps its meaning: only a new category gives an old entry a new side.
      side: before && before.categoryId === category.id ? before.side : category.side,
      people: [...new Set(values.people(entryFields.people))],
      note: note === '' ? null : note,
      startsAt: time.startsAt,
      endsAt: time.endsAt,
    },
  };
}

type TimeReading =
  | { kind: 'time'; minutes: number; startsAt: Temporal.Instant | null; endsAt: Temporal.Instant | null }
  | { kind: 'refused'; why: string };

function readTime(
  text: string,
  day: Temporal.PlainDate,
  today: Temporal.PlainDate,
  zone: string,
): TimeReading {
  const duration = parseDuration(text);
  if (duration.kind === 'duration')
    return { kind: 'time', minutes: duration.minutes, startsAt: null, endsAt: null };
  const range = readClockRange(text);
  if (!range) return { kind: 'refused', why: withoutMarkup(durationTrouble(text, duration.why)) };
  const reading = onDay(range, day, zone);
  if (reading.kind === 'refused') {
    return { kind: 'refused', why: withoutMarkup(rangeTrouble(text, reading.why, dayInWords(day, today))) };
  }
  const { minutes, startsAt, endsAt, overMidnight } = reading;
  if (overMidnight && day.equals(today)) {
    return { kind: 'refused', why: withoutMarkup(rangeTrouble(text, 'into-tomorrow', 'today')) };
  }
  return { kind: 'time', minutes, startsAt, endsAt };
}

/** Errors under fields are plain text. */
const withoutMarkup = (text: string): string =>
  text.replaceAll('`', '').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

export const endedFields = { day: 'day', time: 'time' } as const;

/** Now, for a timer of today; for one that ran over night the end of its working day, where that helps. */
function likelyEnd({ startedAt }: Timer, { lead, now }: Reader): Temporal.PlainTime | undefined {
  const [start, current] = [startedAt, now].map((instant) => instant.toZonedDateTimeISO(lead.timeZone));
  if (!start || !current || start.toPlainDate().equals(current.toPlainDate())) return current?.toPlainTime();
  const later = Temporal.PlainTime.compare(lead.workdayEnds, start.toPlainTime()) > 0;
  return later ? lead.workdayEnds : undefined;
}

export const timerEndedForm = (timer: Timer, reader: Reader): Form => ({
  callbackId: ids.timerEndedForm,
  title: 'When did it end?',
  submit: 'Log it',
  data: { startedAt: timer.startedAt.toString() },
  blocks: [
    paragraph(timerLine(timer, reader)),
    field(endedFields.day, 'Day', dateInput(localDay(timer.startedAt, reader.lead.timeZone))),
    field(endedFields.time, 'Time', timeInput(likelyEnd(timer, reader))),
  ],
});

export type EndedReading =
  | { kind: 'ended'; endsAt: Temporal.Instant }
  | { kind: 'refused'; errors: Record<string, string> };

/** When the timer that started then ended: after it started, and not in the future. */
export function readEnded(
  values: FormValues,
  startedAt: Temporal.Instant,
  { lead, now }: Reader,
): EndedReading {
  const [day, time] = [values.day(endedFields.day), values.time(endedFields.time)];
  if (!day) return { kind: 'refused', errors: { [endedFields.day]: 'Choose a day.' } };
  if (!time) return { kind: 'refused', errors: { [endedFields.time]: 'Choose a time.' } };
  const reading = atClock(day, time, lead.timeZone);
  const trouble =
    reading.kind === 'in-a-gap'
      ? 'The clocks went forward over that time; it did not exist.'
      : Temporal.Instant.compare(reading.instant, startedAt) <= 0
        ? 'That is before the timer started.'
        : Temporal.Instant.compare(reading.instant, now) > 0
          ? 'That has not been yet.'
          : undefined;
  if (reading.kind === 'in-a-gap' || trouble) {
    return { kind: 'refused', errors: { [endedFields.time]: trouble ?? '' } };
  }
  return { kind: 'ended', endsAt: reading.instant };
}

/** For each side; three sides of these fit a modal. */
const mostListed = 30;

/** Every category with its side, each with a button; the list turns into the form of the one chosen. */
export const categoriesForm = (categories: readonly Category[]): Form => ({
  callbackId: ids.categoriesForm,
  title: 'Your categories',
  close: 'Done',
  blocks: [
    row(
      button('Add a category', `${ids.category}:new`),
      // A modal holds 100 blocks, so the buttons below end somewhere; this menu holds them all.
      {
        ...groupedSelect(categoryGroups(categories, 'all'), { placeholder: 'Change a category' }),
        action_id: `${ids.category}:any`,
      },
    ),
    ...(['leading', 'coding', 'neither'] as const).flatMap((side): Block[] => {
      const ofSide = categories.filter((category) => category.side === side);
      return [
        paragraph(`*${sideLabels[side]}*`),
        ...ofSide
          .slice(0, mostListed)
          .map((category) =>
            paragraph(
              `${quoted(category.name)}${category.archived ? ' · put away' : ''}${category.aliases.length > 0 ? `  _${quoted(category.aliases.join(', '))}_` : ''}`,
              button('Change', ids.category, { value: category.id }),
            ),
          ),
      ];
    }),
  ],
});

export const categoryFields = {
  name: 'name',
  side: 'side',
  aliases: 'aliases',
  archived: 'archived',
} as const;

const mostAliases = 20;

const sideChoices = [
  { label: 'Leading', value: 'leading' },
  { label: 'Coding', value: 'coding' },
  { label: 'Neither: it counts on no side', value: 'neither' },
];

/** What was typed in a line may be longer than a name can be. */
const shortName = (typed: string): string => [...typed].slice(0, longestName).join('').trim();

/** `category` undefined: a new one, perhaps with a name already typed and the line it was typed in. */
export const categoryForm = (
  category: Category | undefined,
  callbackId: typeof ids.categoryForm | typeof ids.addCategoryForm,
  typed: { name?: string | undefined; line?: string | undefined } = {},
): Form => ({
  callbackId,
  title: category ? 'Change this category' : 'Add a category',
  submit: 'Save',
  data: { categoryId: category?.id, line: typed.line },
  blocks: [
    field(
      categoryFields.name,
      'Name',
      textInput({ initial: category?.name ?? shortName(typed.name ?? ''), max: longestName }),
    ),
    field(
      categoryFields.side,
      'Which side does it count on?',
      radioButtons(sideChoices, category?.side ?? 'leading'),
    ),
    field(
      categoryFields.aliases,
      'Other words for it',
      // Room for as many aliases as there may be, each as long as it may be.
      textInput({ initial: category?.aliases.join(', ') ?? '', max: mostAliases * (longestName + 2) }),
      {
        optional: true,
        hint: 'Separated by commas. Typing any of them means this category.',
      },
    ),
    ...(category
      ? [
          field(
            categoryFields.archived,
            'Put away',
            checkboxes([{ label: 'No longer offer it', value: 'yes' }], category.archived ? ['yes'] : []),
            { optional: true },
          ),
          aside('What you logged before keeps the side it was logged under; a new name shows everywhere.'),
        ]
      : []),
  ],
});

export type CategoryReading =
  | { kind: 'category'; category: Category }
  | { kind: 'refused'; errors: Record<string, string> };

/** The submitted category form. `id` undefined: a new category, whose id is made from its name. */
export function readCategory(
  values: FormValues,
  id: string | undefined,
  categories: readonly Category[],
): CategoryReading {
  const errors: Record<string, string> = {};
  const others = categories.filter((category) => category.id !== id);
  const name = values.text(categoryFields.name).replace(/\s+/g, ' ');
  const nameProblem = problemWithName(name, others);
  if (nameProblem) errors[categoryFields.name] = nameTrouble(name, nameProblem);

  const aliases = values
    .text(categoryFields.aliases)
    .split(',')
    .map((alias) => alias.trim().replace(/\s+/g, ' '))
    .filter((alias) => alias !== '');
  const [aliasTrouble] = aliases.flatMap((alias) => {
    const problem = problemWithName(alias, others);
    return problem ? [nameTrouble(alias, problem)] : [];
  });
  if (aliasTrouble) errors[categoryFields.aliases] = aliasTrouble;
  else if (aliases.length > mostAliases)
    errors[categoryFields.aliases] = `At most ${mostAliases} words, please.`;

  const side = values.choice(categoryFields.side);
  if (side !== 'leading' && side !== 'coding' && side !== 'neither')
    errors[categoryFields.side] = 'Choose a side.';
  const archived = values.choices(categoryFields.archived).includes('yes');
  if (archived && others.every((other) => other.archived)) {
    errors[categoryFields.archived] = 'This is the last one you log to. Add another first.';
  }
  if (Object.keys(errors).length > 0) return { kind: 'refused', errors };
  return {
    kind: 'category',
    category: {
      id: id ?? newId(name, categories),
      name,
      side: side as Side,
      aliases: [...new Set(aliases)],
      archived,
    },
  };
}

/** A slug of the name that no other category has, put-away ones included. */
function newId(name: string, categories: readonly Category[]): string {
  const slug =
    name
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
      .replaceAll(/^-|-$/g, '') || 'category';
  const taken = new Set(categories.map(({ id }) => id));
  for (let number = 1; ; number += 1) {
    const id = number === 1 ? slug : `${slug}-${number}`;
    if (!taken.has(id)) return id;
  }
}

function nameTrouble(name: string, problem: NameProblem): string {
  switch (problem.kind) {
    case 'empty':
      return 'Give it a name.';
    case 'too-long':
      return `At most ${problem.most} characters, please.`;
    case 'taken':
      return `“${name}” already means ${problem.by.name}${problem.by.archived ? ', which is put away' : ''}.`;
    case 'not-typeable':
      return `“${name}” reads as something else in a line, such as a time or a day. Try another word.`;
  }
}
