// When the other person would read what is sent to them, as their lead is told: by their hours, and the way around them.

import { button } from '../../slack/blocks.ts';
import { clockInWords, dayInWords, localDay, onDay, shortDate } from '../../time/days.ts';
import * as actions from './delegation.actions.ts';
import { nameOf } from './delegation.phrases.views.ts';
import type { Delegation, Reach } from './delegation.ts';

/** Why it is no good moment; empty where it is. */
export function hourOfTheirs(person: Delegation, reach: Reach | undefined, now: Temporal.Instant): string {
  if (!reach || reach.outlook.kind === 'now') return '';
  const name = nameOf(person);
  if (reach.outlook.kind === 'paused')
    return `${name} takes no messages from me for now; this one waits until they do.`;
  return reach.outlook.why === 'quiet-hours'
    ? `It is ${dayThere(reach, now)}${clockInWords(now, reach.timeZone)} for ${name}.`
    : `${name} has enough from me to read already.`;
}

/** Where the weekday matters: at their weekend. */
function dayThere({ timeZone }: Reach, now: Temporal.Instant): string {
  const day = localDay(now, timeZone);
  return day.dayOfWeek > 5 ? `${shortDate(day).slice(0, 3)} ` : '';
}

/** When it is read and why not at once; empty where it is read at once. */
export function readInWords(person: Delegation, reach: Reach | undefined, now: Temporal.Instant): string {
  const why = hourOfTheirs(person, reach, now);
  if (reach?.outlook.kind !== 'later') return why;
  const { at } = reach.outlook;
  const day = onDay(localDay(at, reach.timeZone), localDay(now, reach.timeZone));
  return `${why} They read it ${day} at ${clockInWords(at, reach.timeZone)} their time.`;
}

/** That it is sent, and when it is read. */
export const sentInWords = (
  person: Delegation,
  it: string,
  reach: Reach | undefined,
  now: Temporal.Instant,
): string =>
  !reach || reach.outlook.kind === 'now'
    ? `${nameOf(person)} is being told about ${it}.`
    : `${it} is on its way to ${nameOf(person)}. ${readInWords(person, reach, now)}`;

/** The ways to send it: at a good hour of theirs, or at once. */
export function waysToSend({ id }: Delegation, reach: Reach | undefined, now: Temporal.Instant) {
  if (reach?.outlook.kind !== 'later') return [button('Send it', actions.send, { id }, { style: 'primary' })];
  const { at } = reach.outlook;
  const [day, today] = [localDay(at, reach.timeZone), localDay(now, reach.timeZone)];
  const on = today.until(day).days > 1 ? `${dayInWords(day, today)} ` : '';
  return [
    button(
      `Send ${on}at ${clockInWords(at, reach.timeZone)} theirs`,
      actions.send,
      { id },
      { style: 'primary' },
    ),
    button('Send now', actions.sendNow, { id }),
  ];
}

/** After it was sent to wait. */
export const sendNow = ({ id }: Delegation, reach: Reach | undefined) =>
  reach?.outlook.kind === 'later' ? [button('Send it now', actions.sendNow, { id })] : [];
