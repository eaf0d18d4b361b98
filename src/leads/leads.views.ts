// What a lead reads about their own settings: the welcome, the set-up form, and what the defaults are.

import {
  aside,
  button,
  confirmation,
  escaped,
  header,
  message,
  paragraph,
  row,
  say,
} from '../slack/blocks.ts';
import {
  type Choice,
  checkboxes,
  type Form,
  field,
  numberInput,
  select,
  textInput,
  timeInput,
} from '../slack/forms.ts';
import type { Block, Message } from '../slack/message.ts';
import { weekdayNames } from '../time/days.ts';
import { capital, listInWords } from '../words.ts';
import { floorOf, type Lead, type LeadSettings, mostEngineers } from './leads.ts';

/** The ids of this room's doors. */
export const ids = {
  settings: 'leads.settings',
  settingsForm: 'leads.settings-form',
  takeZone: 'leads.take-zone',
  keepZone: 'leads.keep-zone',
  forget: 'leads.forget',
} as const;

/** Another room's own settings, reached by a button inside the settings form. */
export interface SettingsLink {
  label: string;
  actionId: string;
}

export const clock = (time: Temporal.PlainTime): string => time.toString({ smallestUnit: 'minute' });

/** `Monday to Friday`, `Monday, Tuesday and Thursday`, `no days`. */
export function daysInWords(days: number[]): string {
  const names = days.map((day) => weekdayNames[day - 1] ?? '');
  const [first, last] = [days[0], days.at(-1)];
  if (first === undefined || last === undefined) return 'no days';
  if (days.length > 2 && last - first === days.length - 1) return `${names[0]} to ${names.at(-1)}`;
  return listInWords(names);
}

const zoneInWords = (zone: string): string => zone.replaceAll('_', ' ');

const digestInWords = (lead: Pick<Lead, 'digestDay' | 'digestTime'>): string =>
  `${weekdayNames[lead.digestDay - 1]} at ${clock(lead.digestTime)}`;

const engineersInWords = (count: number): string =>
  count === 0 ? 'no engineers' : count === 1 ? '1 engineer' : `${count} engineers`;

/** What somebody sees who has not set up yet, in the Home and on `/keel`. */
export const welcomeBlocks = (): Block[] => [
  header('Where does your week go?'),
  paragraph(
    'Leading leaves no commits, so the week fills up with whatever does. Evenkeel keeps count of both for you, in private, and on Friday tells you how the week divided.',
  ),
  row(button('Set up, 1 minute', ids.settings, { style: 'primary' })),
  aside('Or skip that and type `/logtime 1h coding`. Only you see what you log: there is no manager’s view.'),
];

export const welcome = (): Message => message(...welcomeBlocks());

/** One line for somebody who logged before setting up. */
export const defaultsNote = (lead: Lead): Block[] => [
  aside(
    `You are set up with the defaults: ${engineersInWords(lead.engineers)}, so a floor of ${floorOf(lead)} % for leading; ${daysInWords(lead.workingDays)}, ${clock(lead.workdayStarts)} to ${clock(lead.workdayEnds)}, ${zoneInWords(lead.timeZone)} time; your week in a DM on ${digestInWords(lead)}. \`/keel settings\` changes any of it.`,
  ),
];

export const settingsSaved = (lead: Lead, firstTime: boolean): Message => {
  const facts = `${engineersInWords(lead.engineers)}, a floor of ${floorOf(lead)} % for leading; ${daysInWords(lead.workingDays)}, ${clock(lead.workdayStarts)} to ${clock(lead.workdayEnds)}, ${zoneInWords(lead.timeZone)} time. Your digest comes on ${digestInWords(lead)}.`;
  return firstTime
    ? say(`*You are set up.* ${capital(facts)}\nNow log something: \`/logtime 45m review\`.`)
    : say(`*Saved.* ${capital(facts)}`);
};

const weekdayChoices: Choice[] = weekdayNames.map((label, index) => ({ label, value: String(index + 1) }));

/** Field names of the settings form. */
export const fields = {
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

export function settingsForm(settings: LeadSettings, firstTime: boolean, links: SettingsLink[]): Form {
  return {
    callbackId: ids.settingsForm,
    title: firstTime ? 'Set up Evenkeel' : 'Your settings',
    submit: firstTime ? 'Set up' : 'Save',
    blocks: [
      field(
        fields.engineers,
        'How many engineers do you lead?',
        numberInput({ initial: settings.engineers, min: 0, max: mostEngineers }),
        { hint: 'From four on, at least 40 % of your time belongs to leading; below that, 10 % for each.' },
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
        textInput({ initial: settings.holidayRegion ?? '', max: 20 }),
        {
          optional: true,
          hint: 'A country or region code, as PT, US-CA or DE-BY. On those days nothing is prompted.',
        },
      ),
      ...(links.length > 0 ? [row(...links.map(({ label, actionId }) => button(label, actionId)))] : []),
    ],
  };
}

/** Slack says the lead is somewhere else now; nothing when it doesn't. */
export function zoneOfferBlocks(lead: Lead): Block[] {
  const offered = lead.offeredTimeZone;
  if (offered === null) return [];
  return [
    paragraph(
      `Slack has you in *${escaped(zoneInWords(offered))}* now; your days here still follow ${escaped(zoneInWords(lead.timeZone))}.`,
    ),
    row(
      button('Move my days there', ids.takeZone, { value: offered, style: 'primary' }),
      button('Leave them', ids.keepZone, { value: offered }),
    ),
  ];
}

export const zoneTaken = (lead: Lead): Message =>
  say(
    `Your days follow ${escaped(zoneInWords(lead.timeZone))} from now on. What you logged stays on the days it was.`,
  );

export const zoneKept = (lead: Lead): Message =>
  say(`Your days stay on ${escaped(zoneInWords(lead.timeZone))} time.`);

export const zoneAnswered = (): Message =>
  say('That is settled already; `/keel settings` shows your time zone.');

/** Errors under the settings form's fields. */
export const refusals = {
  engineers: `A whole number from 0 to ${mostEngineers}, please.`,
  targetPercent: 'A whole number from 0 to 100, or leave it empty.',
  workingDays: 'Choose at least one day.',
  workdayEnds: 'The day has to end after it starts.',
  time: 'Choose a time.',
  holidayRegion:
    'I know no such country or region. Use a code such as PT, US-CA or DE-BY, or leave it empty.',
  timeZone: (nearest: string[]): string =>
    nearest.length > 0
      ? `I know no place by just that name. Did you mean ${nearest.join(', ')}?`
      : 'I know no such place. Write it as Europe/Lisbon, or as the city.',
} as const;

/** Asked before everything is deleted; the dialog behind the button asks once more. */
export const forgetQuestion = (): Message =>
  message(
    paragraph(
      '*Forget everything?* Your hours, settings, prompts and notes are deleted for good, and nobody can bring them back. What you posted in channels or sent to others stays where it is.',
    ),
    row(
      button('Forget everything', ids.forget, {
        style: 'danger',
        confirm: confirmation('Forget everything?', 'This cannot be undone.', 'Forget everything'),
      }),
    ),
  );

export const forgotten = (): Message =>
  say('Everything I kept for you is deleted. Should you log something again, we start from the beginning.');

export const nothingKept = (): Message => say('I keep nothing for you.');

/** A command as `/keel help` lists it. */
export interface HelpLine {
  command: string;
  usageHint: string;
  description: string;
}

export const help = (commands: HelpLine[]): Message =>
  message(
    paragraph('*What I can do*'),
    paragraph(
      commands
        .map(
          ({ command, usageHint, description }) =>
            `\`${[command, usageHint].filter(Boolean).join(' ')}\`  ${description}`,
        )
        .join('\n'),
    ),
    aside('Only you can see what you log and note here. Others see what you post or hand over to them.'),
  );

/** Somebody wrote to the bot as to a person. */
export const onlyCommands = (): Message =>
  say('I only understand commands. `/logtime 45m review` logs time, and `/keel help` lists the rest.');

export const unknownWord = (word: string): Message =>
  say(`I know no \`/keel ${escaped(word)}\`. \`/keel help\` lists what I can do.`);
