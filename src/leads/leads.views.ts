// What a lead reads about themselves: the welcome, what the defaults are, a zone on offer, being forgotten, and help.

import {
  aside,
  button,
  confirmation,
  escaped,
  header,
  mention,
  message,
  paragraph,
  row,
  say,
} from '../slack/blocks.ts';
import type { Block, Message } from '../slack/message.ts';
import { momentInWords, timeInWords, weekdayNames } from '../time/days.ts';
import { capital, listInWords } from '../words.ts';
import * as actions from './leads.actions.ts';
import { floorOf, type Lead } from './leads.ts';

/** `Monday to Friday`, `Monday, Tuesday and Thursday`, `no days`. */
function daysInWords(days: number[]): string {
  const names = days.map((day) => weekdayNames[day - 1] ?? '');
  const [first, last] = [days[0], days.at(-1)];
  if (first === undefined || last === undefined) return 'no days';
  if (days.length > 2 && last - first === days.length - 1) return `${names[0]} to ${names.at(-1)}`;
  return listInWords(names);
}

const zoneInWords = (zone: string): string => zone.replaceAll('_', ' ');

/** `Friday at 15:00` */
export const digestInWords = (lead: Pick<Lead, 'digestDay' | 'digestTime'>): string =>
  `${weekdayNames[lead.digestDay - 1]} at ${timeInWords(lead.digestTime)}`;

const engineersInWords = (count: number): string =>
  count === 0 ? 'no engineers' : count === 1 ? '1 engineer' : `${count} engineers`;

/** What somebody sees who has not set up yet, in the Home and on `/keel`. */
export const welcomeBlocks = (): Block[] => [
  header('Where does your week go?'),
  paragraph(
    'Leading leaves no commits, so the week fills up with whatever does. Evenkeel keeps count of both for you, in private, and on Friday tells you how the week divided.',
  ),
  row(button('Set up, 1 minute', actions.settings, {}, { style: 'primary' })),
  aside('Or skip that and type `/logtime 1h coding`. Only you see what you log: there is no manager’s view.'),
];

/** `Monday to Friday, 09:00 to 18:00, Europe/Lisbon time` */
const hoursInWords = ({ workingDays, workdayStarts, workdayEnds, timeZone }: Lead): string =>
  `${daysInWords(workingDays)}, ${timeInWords(workdayStarts)} to ${timeInWords(workdayEnds)}, ${zoneInWords(timeZone)} time`;

/** One line for somebody who begins before setting up. */
export const defaultsNote = (lead: Lead): Block[] => [
  aside(
    `You are set up with the defaults: ${engineersInWords(lead.engineers)}, so a floor of ${floorOf(lead)} % for leading; ${hoursInWords(lead)}; your week in a DM on ${digestInWords(lead)}. \`/keel settings\` changes any of it.`,
  ),
];

export const settingsSaved = (lead: Lead, isFirst: boolean): Message => {
  const facts = `${engineersInWords(lead.engineers)}, a floor of ${floorOf(lead)} % for leading; ${hoursInWords(lead)}. Your digest comes on ${digestInWords(lead)}.`;
  return isFirst
    ? say(`*You are set up.* ${capital(facts)}\nNow log something: \`/logtime 45m review\`.`)
    : say(`*Saved.* ${capital(facts)}`);
};

/** Above what somebody left open with the reader. */
export const hasLeft = (personId: string): Block[] => [
  paragraph(`*${mention(personId)} has left this Slack.* This is what stands open between you.`),
];

/** That nothing comes for a while; nothing when it does. */
export function pauseBlocks({ pausedUntil, timeZone }: Lead, now: Temporal.Instant): Block[] {
  if (!pausedUntil || Temporal.Instant.compare(pausedUntil, now) <= 0) return [];
  return [
    paragraph(
      `*Paused until ${momentInWords(pausedUntil, now, timeZone)}.* Nothing comes unasked until then, and these days are not held against you. \`/keel resume\` ends it.`,
    ),
  ];
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
      button('Move my days there', actions.takeZone, { zone: offered }, { style: 'primary' }),
      button('Leave them', actions.keepZone, { zone: offered }),
    ),
  ];
}

export const zoneTaken = (lead: Lead): Message =>
  say(
    `Your days follow ${escaped(zoneInWords(lead.timeZone))} from now on. What you logged stays on the days it was, and what you share with others keeps its hour: your 1:1s and your team’s retrospectives.`,
  );

export const zoneKept = (lead: Lead): Message =>
  say(`Your days stay on ${escaped(zoneInWords(lead.timeZone))} time.`);

export const zoneAnswered = (): Message =>
  say('That is settled already; `/keel settings` shows your time zone.');

/** Asked before everything is deleted; the dialog behind the button asks once more. */
export const forgetQuestion = (): Message =>
  message(
    paragraph(
      '*Forget everything?* Your hours, settings, prompts and notes are deleted for good, and nobody can bring them back. What you posted in channels or sent to others stays where it is.',
    ),
    row(
      button(
        'Forget everything',
        actions.forget,
        {},
        {
          style: 'danger',
          confirm: confirmation('Forget everything?', 'This cannot be undone.', 'Forget everything'),
        },
      ),
    ),
  );

export const forgotten = (): Message =>
  say('Everything I kept for you is deleted. Should you log something again, we start from the beginning.');

export const nothingKept = (): Message => say('I keep nothing for you.');

/** A command as `/keel help` lists it. */
interface HelpLine {
  command: string;
  usageHint: string;
  description: string;
}

/** What a lead does first, then what looks after itself, and deleting last. */
export function help(commands: HelpLine[]): Message {
  const line = ({ command, usageHint, description }: HelpLine): string =>
    `\`${[command, usageHint].filter(Boolean).join(' ')}\`  ${description}`;
  const [deleting, others] = [true, false].map((is) =>
    commands.filter(({ command }) => (command === deletes) === is),
  ) as [HelpLine[], HelpLine[]];
  const [about, habits] = [true, false].map((is) =>
    others.filter(({ command }) => command.startsWith('/keel') === is),
  ) as [HelpLine[], HelpLine[]];
  return message(
    paragraph(['*What I can do*', ...habits.map(line)].join('\n')),
    paragraph(['*Looking, and settings*', ...about.map(line)].join('\n')),
    paragraph(deleting.map(line).join('\n')),
    aside('Only you can see what you log and note here. Others see what you post or hand over to them.'),
  );
}

/** The command that deletes everything. */
export const deletes = '/keel forget';

/** Somebody wrote to the bot as to a person. */
export const onlyCommands = (): Message =>
  say('I only understand commands. `/logtime 45m review` logs time, and `/keel help` lists the rest.');

export const unknownWord = (word: string): Message =>
  say(`I know no \`/keel ${escaped(word)}\`. \`/keel help\` lists what I can do.`);
