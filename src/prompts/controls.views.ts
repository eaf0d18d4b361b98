// What a lead sees when they take prompts into their own hands: the list, its forms, and what was done.

import { aside, button, escaped, header, message, overflow, paragraph, say } from '../slack/blocks.ts';
import { dateInput, type Form, field, textInput, timeInput } from '../slack/forms.ts';
import type { Message } from '../slack/message.ts';
import { ruleInWords } from '../time/recurrence.words.ts';
import type { Delivery, Schedule } from './prompts.store.ts';
import { promptActions } from './prompts.views.ts';
import { momentInWords } from './words.ts';

/** A schedule as the list shows it. */
export interface Listed {
  schedule: Schedule;
  title: string;
  /** Undefined: the lead has only one of the kind. */
  about: string | undefined;
  /** In the next fortnight, or put off or moved to whenever it may be; soonest first. */
  coming: Temporal.Instant[];
}

interface Seen {
  now: Temporal.Instant;
  zone: string;
}

const nameOf = (title: string, about: string | undefined): string =>
  escaped(about === undefined ? title : `${title} ${about}`);

/** Slack takes 50 blocks a message; the header and the last line are two of them. */
const mostListed = 40;

export function promptList(listed: Listed[], pausedUntil: Temporal.Instant | null, seen: Seen): Message {
  if (listed.length === 0) {
    return say(
      'Nothing is planned for you yet. Prompts show up here as you set up your digest, your 1:1s and the rest.',
    );
  }
  const paused = pausedUntil && Temporal.Instant.compare(pausedUntil, seen.now) > 0;
  const rest = listed.length - mostListed;
  const shown = rest > 0 ? comingFirst(listed).slice(0, mostListed) : listed;
  return message(
    header('What is coming'),
    paused
      ? paragraph(
          `Everything is paused until ${momentInWords(pausedUntil, seen.now, seen.zone)}. \`/keel resume\` ends that now.`,
        )
      : undefined,
    ...shown.map((one) => entry(one, seen)),
    aside(
      rest > 0
        ? `And ${rest} more${shown.at(-1)?.coming.length ? '' : ' that are switched off or further away'}.`
        : 'The next fortnight. `/keel pause until 3 jan` holds everything back for a while.',
    ),
  );
}

/** What has nothing to come in the next fortnight goes last. */
const comingFirst = (listed: Listed[]): Listed[] => [
  ...listed.filter(({ coming }) => coming.length > 0),
  ...listed.filter(({ coming }) => coming.length === 0),
];

function entry(one: Listed, seen: Seen) {
  const { schedule, coming } = one;
  const off = schedule.state !== 'active' && coming.length === 0;
  const actions = off
    ? [{ label: 'Switch on', value: 'on' }]
    : [
        { label: 'Send it now', value: 'now' },
        { label: 'Move the next one', value: 'move' },
        ...(schedule.rule !== null ? [{ label: 'Change when it comes', value: 'change' }] : []),
        { label: 'Switch it off', value: 'off' },
      ];
  return paragraph(
    `*${nameOf(one.title, one.about)}*${rhythm(schedule)}${where(schedule)}\n${comingInWords(one, seen)}`,
    overflow(
      promptActions.one,
      actions.map(({ label, value }) => ({ label, value: `${value} ${schedule.schedule_id}` })),
    ),
  );
}

const rhythm = ({ rule, starts }: Schedule): string =>
  rule !== null && starts !== null ? `, ${ruleInWords(rule, starts)}` : ', once';

const where = (schedule: Schedule): string =>
  schedule.destination_type === 'channel' ? `, in <#${schedule.destination}>` : '';

function comingInWords({ schedule, coming }: Listed, { now, zone }: Seen): string {
  if (coming.length > 0) {
    const most = coming.slice(0, 5).map((at) => momentInWords(at, now, zone));
    return `${most.join(', ')}${coming.length > 5 ? ' and on' : ''}`;
  }
  switch (schedule.state) {
    case 'off':
      return 'Switched off';
    case 'paused':
      return 'Paused: I can no longer post there';
    case 'stopped':
      return 'Stopped';
    default:
      return schedule.next_at
        ? `Not before ${momentInWords(schedule.next_at, now, zone)}`
        : 'Nothing more to come';
  }
}

export const snoozed = (title: string, until: Temporal.Instant, { now, zone }: Seen): Message =>
  say(`Put off: “${escaped(title)}” comes again ${momentInWords(until, now, zone)}.`);

export const skipped = (title: string, deliveryId: string): Message =>
  say(
    `Skipped: “${escaped(title)}”. The next one comes as usual.`,
    button('Say why', promptActions.skipReason, { value: deliveryId }),
  );

export const skipReasonForm = (deliveryId: string): Form => ({
  callbackId: promptActions.skipReasonForm,
  title: 'Why skip it',
  submit: 'Save',
  blocks: [
    field('why', 'What got in the way', textInput({ multiline: true, max: 500 }), {
      hint: 'For your own history; nobody else sees it.',
    }),
  ],
  data: { deliveryId },
});

export const reasonKept = (why: string): Message =>
  say(`Skipped, because “${escaped(why)}”. The next one comes as usual.`);

/** Why an old menu or button did nothing. */
export function stale(title: string, delivery: Delivery, { now, zone }: Seen): Message {
  const name = `“${escaped(title)}”`;
  if (delivery.state === 'planned' && delivery.due_at) {
    return say(
      `Nothing changed: ${name} was put off already and comes again ${momentInWords(delivery.due_at, now, zone)}.`,
    );
  }
  if (delivery.reason === 'by-the-lead') return say(`Nothing changed: you skipped ${name} already.`);
  if (['skipped', 'missed', 'failed'].includes(delivery.state)) {
    return say(`Nothing changed: that ${name} is over by now. \`/keel prompts\` shows what is coming.`);
  }
  if (delivery.answered_at) {
    return say(`Nothing changed: you answered ${name} ${momentInWords(delivery.answered_at, now, zone)}.`);
  }
  return say(`Nothing changed: ${name} has come again since. Use the latest one.`);
}

export const unknownPrompt = (): Message =>
  say('I no longer know this prompt. `/keel prompts` shows what is coming.');

export interface AboutSchedule {
  schedule: Schedule;
  title: string;
  about: string | undefined;
}

export const rhythmForm = ({ schedule, title, about }: AboutSchedule): Form => ({
  callbackId: promptActions.rhythmForm,
  title: 'When it comes',
  submit: 'Save',
  blocks: [
    paragraph(`*${nameOf(title, about)}*`),
    field(
      'rhythm',
      'How often, and when',
      textInput({
        initial:
          schedule.rule !== null && schedule.starts !== null
            ? ruleInWords(schedule.rule, schedule.starts)
            : '',
        max: 200,
      }),
      { hint: 'As in “every second Tuesday at 10:00” or “monthly first monday 9:00”.' },
    ),
  ],
  data: { scheduleId: schedule.schedule_id },
});

export const rhythmProblems = {
  'no-rhythm': 'Say how often, as in “every Tuesday at 10:00”.',
  'no-day': 'Say on which day, as in “every Tuesday at 10:00” or “monthly on the 1st at 9:00”.',
  'no-time': 'Say at what time, as in “every Tuesday at 10:00”.',
  'not-understood': 'I did not understand all of that. Try “every second Tuesday at 10:00”.',
} as const;

/** `next`: when it comes as things stand, by the lead's clock. */
export const moveForm = ({ schedule, title, about }: AboutSchedule, next: Temporal.ZonedDateTime): Form => ({
  callbackId: promptActions.moveForm,
  title: 'Move the next one',
  submit: 'Move',
  blocks: [
    paragraph(`*${nameOf(title, about)}*\nOnly this one moves; the ones after it come as usual.`),
    field('day', 'Day', dateInput(next.toPlainDate())),
    field('time', 'Time', timeInput(next.toPlainTime())),
  ],
  data: { scheduleId: schedule.schedule_id },
});

export const moveProblems = {
  past: 'That has passed. Choose a later moment.',
  far: 'Choose a day within the next year.',
} as const;

export const moved = (title: string, to: Temporal.Instant, { now, zone }: Seen): Message =>
  say(`Moved: “${escaped(title)}” comes ${momentInWords(to, now, zone)} this time.`);

export const onItsWay = (title: string): Message =>
  say(`“${escaped(title)}” is on its way, a minute at most.`);

export const changed = (schedule: Pick<Schedule, 'rule' | 'starts'>, title: string): Message =>
  say(`“${escaped(title)}” now comes ${ruleInWords(schedule.rule ?? '', schedule.starts!)}.`);

export const changedElsewhere = (title: string, door: string): Message =>
  say(`When “${escaped(title)}” comes is part of your settings.`, button('Open the settings', door));

export const switchedOff = (title: string, scheduleId: string): Message =>
  say(
    `“${escaped(title)}” is switched off.`,
    button('Switch it on again', promptActions.switchOn, { value: scheduleId }),
  );

export const switchedOn = (title: string): Message =>
  say(`“${escaped(title)}” is on again, from the next one on.`);

export const pausedNow = (until: Temporal.Instant, { now, zone }: Seen): Message =>
  say(
    `Everything is paused until ${momentInWords(until, now, zone)}. \`/keel resume\` ends that, then I can send it.`,
  );

export const nothingToCome = (title: string): Message => say(`There is no next “${escaped(title)}” to come.`);

/** The menu's "Change or switch off", which a click on a message answers next to it. */
export const changeOrSwitchOff = (one: Listed, seen: Seen): Message => message(entry(one, seen));

export const paused = (until: Temporal.Instant, { now, zone }: Seen): Message =>
  say(
    `Nothing comes unasked until ${momentInWords(until, now, zone)}. Then, or when you say \`/keel resume\`, I tell you in one message what I held back.`,
  );

export const pauseUsage = (): Message =>
  say(
    'Say until when: `/keel pause until 3 jan`, `/keel pause until monday` or `/keel pause until 2027-01-04`. `/keel resume` ends it.',
  );

export const notPaused = (): Message =>
  say('Your prompts are not paused. `/keel prompts` shows what is coming.');
