// The form of an entry, new or logged before, and reading it back by the same rules as a typed line.

import { button, confirmation, paragraph, row } from '../../slack/blocks.ts';
import {
  dateInput,
  type Form,
  type FormValues,
  field,
  form,
  groupedSelect,
  peopleInput,
  textInput,
} from '../../slack/forms.ts';
import type { Block } from '../../slack/message.ts';
import { unescaped } from '../../slack/typed-text.ts';
import { dayInWords, localDay } from '../../time/days.ts';
import { parseDuration, parseWorkdays } from '../../time/durations.ts';
import { onDay, readClockRange } from '../../time/stretches.ts';
import { workMinutes } from '../../time/working-days.ts';
import * as actions from './balance.actions.ts';
import { categoryGroups } from './balance.category.forms.ts';
import { furthestBack, longestNote } from './balance.parse.ts';
import { printTime } from './balance.print.ts';
import { durationTrouble, rangeTrouble } from './balance.refusals.ts';
import { type Category, type Draft, type Entry, isLeave, type Reader } from './balance.ts';
import { entryLine } from './balance.views.ts';

/** Field names of the entry form. */
export const fields = {
  time: 'time',
  category: 'category',
  people: 'people',
  day: 'day',
  note: 'note',
} as const;

const isOffered =
  (before: Draft | undefined) =>
  ({ id, archived }: Category): boolean =>
    !archived || id === before?.categoryId;

function entryBlocks(day: Temporal.PlainDate, { categories, lead }: Reader, entry?: Draft): Block[] {
  return [
    field(
      fields.time,
      'How long',
      textInput({
        initial: entry ? printTime(entry, lead.timeZone) : '',
        placeholder: '45m, 1h30 or 9:00-10:30',
        max: 40,
      }),
    ),
    field(
      fields.category,
      'What',
      // One that was put away is offered only where it is the entry's already.
      groupedSelect(categoryGroups(categories.filter(isOffered(entry))), {
        ...(entry && { initial: entry.categoryId }),
        placeholder: 'Choose a category',
      }),
    ),
    field(fields.people, 'With whom', peopleInput(entry?.people), { optional: true }),
    field(fields.day, 'When', dateInput(day)),
    field(fields.note, 'Note', textInput({ initial: entry?.note ?? '', max: longestNote }), {
      optional: true,
    }),
  ];
}

/** `day`: today unless told. */
export const logForm = (reader: Reader, day = localDay(reader.now, reader.lead.timeZone)): Form =>
  form(actions.logForm, { title: 'Log time', submit: 'Log', blocks: entryBlocks(day, reader) });

export const changeForm = (entry: Entry, reader: Reader): Form =>
  form(actions.changeForm, {
    title: 'Change this entry',
    submit: 'Save',
    data: { entryId: entry.id },
    blocks: [
      ...entryBlocks(entry.day, reader, entry),
      row(
        button(
          'Delete this entry',
          actions.remove,
          { entryId: entry.id },
          {
            style: 'danger',
            confirm: confirmation(
              'Delete this entry?',
              'It is gone for good; nothing else changes.',
              'Delete',
            ),
          },
        ),
      ),
    ],
  });

/** What the form turns into when its entry was deleted from there. */
export const removedForm = ([gone]: readonly Entry[], reader: Reader): Form =>
  form(actions.changeForm, {
    title: 'Deleted',
    blocks: [paragraph(gone ? `Deleted: ${entryLine(gone, reader)}.` : 'That was deleted before.')],
  });

type EntryReading = { kind: 'entry'; draft: Draft } | { kind: 'refused'; errors: Record<string, string> };

/** The submitted entry form, by the same rules as a typed line. `before`: the entry it changes, if any. */
export function readEntry(
  values: FormValues,
  { categories, lead, now }: Reader,
  before?: Draft,
): EntryReading {
  const errors: Record<string, string> = {};
  const today = localDay(now, lead.timeZone);
  const categoryId = values.choice(fields.category);
  const category = categories.filter(isOffered(before)).find(({ id }) => id === categoryId);
  if (!category) errors[fields.category] = 'Choose a category.';
  const leave = category !== undefined && isLeave(category);

  const day = values.day(fields.day);
  if (!day) errors[fields.day] = 'Choose a day.';
  else if (!leave && Temporal.PlainDate.compare(day, today) > 0)
    errors[fields.day] = 'That day has not been yet; only leave can be logged ahead.';
  else if (Math.abs(day.until(today).days) > furthestBack) {
    errors[fields.day] = `That is more than ${furthestBack} days away, further than I keep.`;
  }

  const typed = values.text(fields.time);
  // What was left as it stood keeps its clock times to the second, which the field may not even show.
  const untouched = before && day?.equals(before.day) && typed === printTime(before, lead.timeZone);
  const time = untouched ? before : readTime(typed, day ?? today, leave, { lead, now });
  if ('why' in time) errors[fields.time] = time.why;

  const note = values.text(fields.note);
  if (note.length > longestNote) errors[fields.note] = `At most ${longestNote} characters, please.`;

  if (Object.keys(errors).length > 0 || !day || !category || 'why' in time)
    return { kind: 'refused', errors };
  return {
    kind: 'entry',
    draft: {
      day,
      minutes: time.minutes,
      categoryId: category.id,
      // History keeps its meaning: only a new category gives an old entry a new side.
      side: before && before.categoryId === category.id ? before.side : category.side,
      people: [...new Set(values.people(fields.people))],
      note: note === '' ? null : note,
      startsAt: time.startsAt,
      endsAt: time.endsAt,
    },
  };
}

type Time = Pick<Draft, 'minutes' | 'startsAt' | 'endsAt'>;

function readTime(
  text: string,
  day: Temporal.PlainDate,
  leave: boolean,
  { lead, now }: Pick<Reader, 'lead' | 'now'>,
): Time | { why: string } {
  const whole = (minutes: number): Time => ({ minutes, startsAt: null, endsAt: null });
  const duration = parseDuration(text);
  if (duration.kind === 'duration') return whole(duration.minutes);
  const days = parseWorkdays(text);
  if (days !== undefined && days <= 1) return whole(Math.max(1, Math.round(workMinutes(lead, day) * days)));
  const range = readClockRange(text);
  if (!range) return { why: withoutMarkup(durationTrouble(text, duration.why)) };
  const today = localDay(now, lead.timeZone);
  const refused = (why: Parameters<typeof rangeTrouble>[1]) => ({
    why: withoutMarkup(rangeTrouble(text, why, dayInWords(day, today))),
  });
  const reading = onDay(range, day, lead.timeZone);
  if (reading.kind === 'refused') return refused(reading.why);
  if (!leave && reading.overMidnight && day.equals(today)) return refused('into-tomorrow');
  return !leave && Temporal.Instant.compare(reading.startsAt, now) > 0 ? refused('to-come') : reading;
}

/** Errors under fields are plain text. */
const withoutMarkup = (text: string): string => unescaped(text.replaceAll('`', ''));
