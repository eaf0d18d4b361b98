// What a lead reads about their own prompts: the list, its forms, and what became of a click.

import type { Button } from '@slack/types';
import type { Member } from '../leads/leads.ts';
import type { Carried, DataOf } from '../slack/actions.ts';
import {
  aside,
  button,
  escaped,
  growing,
  header,
  message,
  overflow,
  paragraph,
  say,
  shorten,
} from '../slack/blocks.ts';
import { dateInput, type Form, field, form, textInput, timeInput } from '../slack/forms.ts';
import type { Block, Message } from '../slack/message.ts';
import { clockInWords, localDay, momentInWords, shortDate } from '../time/days.ts';
import { ruleInWords } from '../time/recurrence.words.ts';
import { whichYear } from '../time/time.views.ts';
import { capital } from '../words.ts';
import type { Listed, Outlook, Titled, Upcoming } from './coming.ts';
import type { PauseRefusal } from './controls.steps.ts';
import * as actions from './prompts.actions.ts';
import type { Delivery, Schedule } from './prompts.store.ts';

/** When it is read, and by whose clock. */
interface Seen {
  now: Temporal.Instant;
  lead: Pick<Member, 'timeZone'>;
}

const when = (at: Temporal.Instant, { now, lead }: Seen): string => momentInWords(at, now, lead.timeZone);

const nameOf = ({ title, about }: Titled): string =>
  about === undefined ? escaped(title) : `${escaped(title)} ${about}`;

export const nothingPlanned = (): Message =>
  say(
    'Nothing is planned for you yet. Prompts show up here as you set up your digest, your 1:1s and the rest.',
  );

/** Seven days, day by day, and what comes after them. `pausedUntil`: undefined while nothing is held back. */
export function promptList(
  { soon, later, once }: Outlook,
  pausedUntil: Temporal.Instant | undefined,
  seen: Seen,
): Message {
  if (soon.length + later.length + once === 0) return nothingPlanned();
  const rows = [
    ...soon.map((one, at) => [...dayBegins(one, soon[at - 1], seen), soonBlock(one, seen)]),
    ...later.map((one, at) => [...(at === 0 ? [paragraph('*Later*')] : []), laterBlock(one, seen)]),
  ];
  const before = [
    header('What is coming'),
    ...(pausedUntil
      ? [
          paragraph(
            `Everything is paused until ${when(pausedUntil, seen)}; what falls due before that is held back. \`/keel resume\` ends that now.`,
          ),
        ]
      : []),
    ...(soon.length === 0 ? [paragraph('Nothing in the next seven days.')] : []),
  ];
  const after = aside(
    `${once > 0 ? `And ${once} more after these seven days. ` : ''}\`/keel pause until 3 jan\` holds everything back for a while.`,
  );
  return growing(rows, (left) => `And ${left} more that there is no room for here.`, {
    before,
    after: [after],
  });
}

/** A day's name above the first that falls on it. */
function dayBegins(one: Upcoming, previous: Upcoming | undefined, seen: Seen): Block[] {
  const day = localDay(one.at, seen.lead.timeZone);
  if (previous && localDay(previous.at, seen.lead.timeZone).equals(day)) return [];
  const away = localDay(seen.now, seen.lead.timeZone).until(day).days;
  const near = ['Today, ', 'Tomorrow, '][away] ?? '';
  return [paragraph(`*${near}${shortDate(day)}*`)];
}

const soonBlock = (one: Upcoming, seen: Seen): Block =>
  paragraph(
    `${clockInWords(one.at, seen.lead.timeZone)}  ${nameOf(one)}${where(one)}${rhythm(one.schedule)}`,
    menuOf(one.schedule),
  );

const laterBlock = (one: Outlook['later'][number], seen: Seen): Block =>
  paragraph(
    `${nameOf(one)}${where(one)}${rhythm(one.schedule)}: ${one.next ? when(one.next, seen) : standing(one.schedule)}`,
    menuOf(one.schedule, one.next === undefined),
  );

/** What can be done with a schedule. */
function menuOf({ rule, schedule_id: scheduleId }: Schedule, isOff = false) {
  const choice = (label: string, what: Carried<typeof actions.change>['choice']) => ({
    label,
    carried: { choice: what, scheduleId },
  });
  return overflow(
    actions.change,
    isOff
      ? [choice('Switch on', 'on')]
      : [
          choice('Send it now', 'now'),
          choice('Move the next one', 'move'),
          ...(rule !== null ? [choice('Change when it comes', 'change')] : []),
          choice('Switch it off', 'off'),
        ],
  );
}

function entry(one: Listed, seen: Seen) {
  const { schedule, coming } = one;
  const few = coming.slice(0, 5).map((at) => when(at, seen));
  const words =
    few.length > 0
      ? `${few.join(', ')}${coming.length > 5 ? ' and on' : ''}`
      : schedule.next_at
        ? `Not before ${when(schedule.next_at, seen)}`
        : capital(standing(schedule));
  return paragraph(
    `*${nameOf(one)}*${where(one)}${rhythm(schedule)}\n${words}`,
    menuOf(schedule, schedule.state !== 'active' && coming.length === 0),
  );
}

const rhythm = ({ rule, starts }: Schedule): string =>
  rule !== null && starts !== null ? `, ${ruleInWords(rule, starts)}` : '';

const where = ({ schedule, about }: Titled): string =>
  schedule.destination_type === 'channel' && about === undefined ? `, in <#${schedule.destination}>` : '';

/** Why nothing of it is to come. */
const standing = ({ state }: Schedule): string =>
  state === 'off'
    ? 'switched off'
    : state === 'paused'
      ? 'paused, since I can no longer post there'
      : 'nothing more to come';

export const snoozed = (title: string, until: Temporal.Instant, seen: Seen): Message =>
  say(`Put off: “${escaped(title)}” comes again ${when(until, seen)}.`);

export const skipped = (title: string, deliveryId: string): Message =>
  say(
    `Skipped: “${escaped(title)}”. The next one comes as usual.`,
    button('Say why', actions.skipReason, { deliveryId }),
  );

export const skipReasonForm = (data: DataOf<typeof actions.skipReasonForm>): Form =>
  form(actions.skipReasonForm, {
    title: 'Why skip it',
    submit: 'Save',
    blocks: [
      field('why', 'What got in the way', textInput({ multiline: true, max: 500 }), {
        hint: 'For your own history; nobody else sees it.',
      }),
    ],
    data,
  });

export const reasonKept = (why: string): Message =>
  say(`Skipped, because “${escaped(why)}”. The next one comes as usual.`);

/** Why an old menu or button did nothing. */
export function notDone(
  came: { kind: 'unknown' } | { kind: 'done' | 'stale'; delivery: Delivery; title: string },
  seen: Seen,
): Message {
  if (came.kind === 'unknown') return unknownPrompt();
  const { title, delivery } = came;
  const name = `“${escaped(title)}”`;
  if (delivery.state === 'planned' && delivery.due_at) {
    return say(
      `Nothing changed: ${name} was put off already and comes again ${when(delivery.due_at, seen)}.`,
    );
  }
  if (delivery.reason === 'by-the-lead') return say(`Nothing changed: you skipped ${name} already.`);
  if (['skipped', 'missed', 'failed'].includes(delivery.state)) {
    return say(`Nothing changed: that ${name} is over by now. \`/keel prompts\` shows what is coming.`);
  }
  if (delivery.answered_at) {
    return say(`Nothing changed: you answered ${name} ${when(delivery.answered_at, seen)}.`);
  }
  return say(`Nothing changed: ${name} has come again since. Use the latest one.`);
}

export const unknownPrompt = (): Message =>
  say('I no longer know this prompt. `/keel prompts` shows what is coming.');

export const rhythmForm = (one: Titled): Form =>
  form(actions.rhythmForm, {
    title: 'When it comes',
    submit: 'Save',
    blocks: [
      paragraph(`*${nameOf(one)}*`),
      field(
        'rhythm',
        'How often, and when',
        textInput({
          initial:
            one.schedule.rule !== null && one.schedule.starts !== null
              ? ruleInWords(one.schedule.rule, one.schedule.starts)
              : '',
          max: 200,
        }),
        { hint: 'As in “every second Tuesday at 10:00” or “monthly first monday 9:00”.' },
      ),
    ],
    data: { scheduleId: one.schedule.schedule_id },
  });

/** `next`: when it comes as things stand, by the lead's clock. */
export const moveForm = (one: Titled, next: Temporal.ZonedDateTime): Form =>
  form(actions.moveForm, {
    title: 'Move the next one',
    submit: 'Move',
    blocks: [
      paragraph(`*${nameOf(one)}*\nOnly this one moves; the ones after it come as usual.`),
      field('day', 'Day', dateInput(next.toPlainDate())),
      field('time', 'Time', timeInput(next.toPlainTime())),
    ],
    data: { scheduleId: one.schedule.schedule_id },
  });

export const moveProblems = {
  past: 'That has passed. Choose a later moment.',
  far: 'Choose a day within the next year.',
} as const;

export const moved = (title: string, to: Temporal.Instant, seen: Seen): Message =>
  say(`Moved: “${escaped(title)}” comes ${when(to, seen)} this time.`);

export const onItsWay = (title: string): Message =>
  say(`“${escaped(title)}” is on its way, a minute at most.`);

export const changed = (schedule: Pick<Schedule, 'rule' | 'starts'>, title: string): Message =>
  say(`“${escaped(title)}” now comes ${ruleInWords(schedule.rule ?? '', schedule.starts!)}.`);

export const changedElsewhere = (title: string, behind: Button): Message =>
  say(`When “${escaped(title)}” comes is decided elsewhere.`, behind);

export const switchedOff = (title: string, scheduleId: string): Message =>
  say(`“${escaped(title)}” is switched off.`, button('Switch it on again', actions.switchOn, { scheduleId }));

export const switchedOn = (title: string): Message =>
  say(`“${escaped(title)}” is on again, from the next one on.`);

export const pausedNow = (until: Temporal.Instant, seen: Seen): Message =>
  say(`Everything is paused until ${when(until, seen)}. \`/keel resume\` ends that, then I can send it.`);

export const nothingToCome = (title: string): Message => say(`There is no next “${escaped(title)}” to come.`);

/** The menu's "Change or switch off", which a click on a message answers next to it. */
export const changeOrSwitchOff = (one: Listed, seen: Seen): Message => message(entry(one, seen));

export const paused = (until: Temporal.Instant, seen: Seen): Message =>
  say(
    `Nothing comes unasked until ${when(until, seen)}. Then, or when you say \`/keel resume\`, I tell you in one message what I held back.`,
  );

const pauseExamples =
  '`/keel pause until 3 jan`, `/keel pause until monday 14:00` or `/keel pause for 2 weeks`. `/keel resume` ends it.';

export function pauseRefused(problem: PauseRefusal): Message {
  const typed = `“${escaped(shorten(problem.text, 80))}”`;
  if (problem.text === '') return say(`Say until when: ${pauseExamples}`);
  switch (problem.why) {
    case 'which-year':
      return say(`Nothing is paused yet. ${whichYear(escaped(problem.text), problem)}`);
    case 'no-such-day':
      return say(`There is no such day as ${typed}, so nothing is paused. Try ${pauseExamples}`);
    case 'no-such-time':
      return say(`There is no such time as ${typed}, so nothing is paused. Try ${pauseExamples}`);
    case 'in-a-gap':
      return say(`The clocks go forward over ${typed}, so nothing is paused. Choose an hour later.`);
    case 'past':
      return say(`${typed} has passed, so nothing is paused. Try ${pauseExamples}`);
    case 'too-far':
      return say(`${typed} is more than a year away, so nothing is paused. Try ${pauseExamples}`);
    case 'unreadable':
      return say(`I cannot read ${typed}, so nothing is paused. Try ${pauseExamples}`);
  }
}

export const notPaused = (): Message =>
  say('Your prompts are not paused. `/keel prompts` shows what is coming.');
