// The settings form: a lead's team, zone, days, hours and digest, and reading it back.

import type { Button } from '@slack/types';
import { row } from '../slack/blocks.ts';
import {
  type Choice,
  checkboxes,
  type Form,
  type FormValues,
  field,
  form,
  numberInput,
  select,
  textInput,
  timeInput,
} from '../slack/forms.ts';
import { weekdayNames } from '../time/days.ts';
import { countryIn, readRegion, regionInWords } from '../time/holidays.ts';
import { readTimeZone } from '../time/zones.ts';
import { listInWords } from '../words.ts';
import * as actions from './leads.actions.ts';
import { type LeadSettings, mostEngineers } from './leads.ts';

const weekdayChoices: Choice[] = weekdayNames.map((label, index) => ({ label, value: String(index + 1) }));

/** Field names of the settings form. */
const fields = {
  engineers: 'engineers',
  targetPercent: 'target_percent',
  timeZone: 'time_zone',
  workingDays: 'working_days',
  workdayStarts: 'workday_starts',
  workdayEnds: 'workday_ends',
  digestDay: 'digest_day',
  digestTime: 'digest_time',
  holidayRegion: 'holiday_region',
  promptsPerDay: 'prompts_per_day',
} as const;

/** `isFirst`: it sets them up. */
export const settingsForm = (settings: LeadSettings, isFirst: boolean, links: Button[]): Form =>
  form(actions.settingsForm, {
    title: isFirst ? 'Set up Evenkeel' : 'Your settings',
    submit: isFirst ? 'Set up' : 'Save',
    blocks: [
      field(
        fields.engineers,
        'How many engineers do you lead?',
        numberInput({ initial: settings.engineers, min: 0, max: mostEngineers }),
        {
          hint: 'From four on, at least 40 % of your time belongs to leading; below that, 10 % for each. Coding has a floor of 30 % for everybody.',
        },
      ),
      field(
        fields.targetPercent,
        'Your own floor for leading, in percent',
        numberInput({
          ...(settings.targetPercent !== null && { initial: settings.targetPercent }),
          min: 0,
          max: 100,
        }),
        { optional: true, hint: 'Leave it empty to follow the size of the team.' },
      ),
      field(fields.timeZone, 'Your time zone', textInput({ initial: settings.timeZone, max: 60 }), {
        hint: 'A place such as Europe/Lisbon; the city alone will do.',
      }),
      field(
        fields.workingDays,
        'Your working days',
        checkboxes(weekdayChoices, settings.workingDays.map(String)),
      ),
      field(fields.workdayStarts, 'Your day starts', timeInput(settings.workdayStarts)),
      field(fields.workdayEnds, 'Your day ends', timeInput(settings.workdayEnds)),
      field(
        fields.digestDay,
        'Your week in a DM, on',
        select(weekdayChoices, { initial: String(settings.digestDay) }),
      ),
      field(fields.digestTime, 'At', timeInput(settings.digestTime)),
      field(
        fields.promptsPerDay,
        'How many other prompts a day, at most?',
        select(
          [1, 2, 3, 4, 5].map((count) => ({ label: String(count), value: String(count) })),
          { initial: String(settings.promptsPerDay) },
        ),
      ),
      field(
        fields.holidayRegion,
        'Public holidays',
        textInput({
          initial: settings.holidayRegion === null ? '' : regionInWords(settings.holidayRegion),
          max: 80,
        }),
        {
          optional: true,
          hint: `The country or region whose holidays you have, as ${countryIn(settings.timeZone) ?? 'Portugal'}; a region’s name is more exact. On those days nothing is prompted.`,
        },
      ),
      ...(links.length > 0 ? [row(...links)] : []),
    ],
  });

/** Errors under the settings form's fields. */
const refusals = {
  engineers: `A whole number from 0 to ${mostEngineers}, please.`,
  targetPercent: 'A whole number from 0 to 100, or leave it empty.',
  workingDays: 'Choose at least one day.',
  workdayEnds: 'The day has to end after it starts.',
  time: 'Choose a time.',
  holidayRegion: (several: string[]): string =>
    several.length > 0
      ? `There are several: ${listInWords(several.slice(0, 4), 'or')}?`
      : 'I know no such country or region. Write it as Portugal, California or Berlin, or leave it empty.',
  timeZone: (nearest: string[]): string =>
    nearest.length > 0
      ? `I know no place by just that name. Did you mean ${nearest.join(', ')}?`
      : 'I know no such place. Write it as Europe/Lisbon, or as the city.',
} as const;

type SettingsReading =
  | { kind: 'settings'; settings: LeadSettings }
  | { kind: 'refused'; errors: Record<string, string> };

/** The submitted form, all of it checked before any of it counts. */
export function readSettings(values: FormValues): SettingsReading {
  const errors: Record<string, string> = {};

  const engineers = values.wholeNumber(fields.engineers);
  if (engineers === undefined || engineers < 0 || engineers > mostEngineers)
    errors[fields.engineers] = refusals.engineers;
  const target = values.text(fields.targetPercent) === '' ? null : values.wholeNumber(fields.targetPercent);
  if (target === undefined || (target !== null && (target < 0 || target > 100))) {
    errors[fields.targetPercent] = refusals.targetPercent;
  }
  const zone = readTimeZone(values.text(fields.timeZone));
  if (zone.kind === 'unknown') errors[fields.timeZone] = refusals.timeZone(zone.nearest);
  const workingDays = weekdays(values.choices(fields.workingDays));
  if (workingDays.length === 0) errors[fields.workingDays] = refusals.workingDays;
  const [starts, ends, digestTime] = [fields.workdayStarts, fields.workdayEnds, fields.digestTime].map(
    (name) => {
      const time = values.time(name);
      if (!time) errors[name] = refusals.time;
      return time;
    },
  );
  if (starts && ends && Temporal.PlainTime.compare(ends, starts) <= 0)
    errors[fields.workdayEnds] = refusals.workdayEnds;
  const [digestDay = 5] = weekdays([values.choice(fields.digestDay) ?? '']);
  const promptsPerDay = Number(values.choice(fields.promptsPerDay) ?? 2);
  const place = values.text(fields.holidayRegion);
  const read = readRegion(place, zone.kind === 'zone' ? zone.timeZone : 'UTC');
  if (place !== '' && read.kind !== 'region')
    errors[fields.holidayRegion] = refusals.holidayRegion(read.kind === 'several' ? read.names : []);

  if (Object.keys(errors).length > 0 || zone.kind === 'unknown' || !starts || !ends || !digestTime) {
    return { kind: 'refused', errors };
  }
  return {
    kind: 'settings',
    settings: {
      engineers: engineers ?? 0,
      targetPercent: target ?? null,
      timeZone: zone.timeZone,
      workingDays,
      workdayStarts: starts,
      workdayEnds: ends,
      digestDay,
      digestTime,
      holidayRegion: read.kind === 'region' ? read.region : null,
      promptsPerDay: promptsPerDay >= 1 && promptsPerDay <= 5 ? promptsPerDay : 2,
    },
  };
}

/** ISO weekdays, ascending; anything else is left out. */
const weekdays = (texts: string[]): number[] =>
  texts
    .filter((text) => /^[1-7]$/.test(text))
    .map(Number)
    .sort((one, other) => one - other);
