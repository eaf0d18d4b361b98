// What goes out with a prompt, or in place of one: the menu under each, and the engine's own notices.

import type { Member } from '../leads/leads.ts';
import { type Carried, written } from '../slack/actions.ts';
import { atEnd, button, escaped, option, plain, row, say } from '../slack/blocks.ts';
import type { Message } from '../slack/message.ts';
import { momentInWords } from '../time/days.ts';
import { listInWords } from '../words.ts';
import type { Held } from './held.ts';
import * as actions from './prompts.actions.ts';
import type { Delivery } from './prompts.store.ts';
import { snoozes } from './snooze.ts';

/** The message with the small menu that every prompt carries. */
export function withMenu(
  message: Message,
  { delivery_id: deliveryId, round }: Pick<Delivery, 'delivery_id' | 'round'>,
): Message {
  const choose = (label: string, choice: Carried<typeof actions.menu>['choice']) =>
    option(label, written(actions.menu, { deliveryId, round, choice }) ?? '');
  const menu = row({
    type: 'static_select',
    action_id: actions.menu.id,
    placeholder: plain('Snooze, skip or change'),
    option_groups: [
      { label: plain('Snooze'), options: snoozes.map(({ value, label }) => choose(label, value)) },
      { label: plain('This one'), options: [choose('Skip', 'skip')] },
      { label: plain('Every one'), options: [choose('Change or switch off', 'change')] },
    ],
  });
  return { text: message.text, blocks: atEnd(message.blocks, [menu]) };
}

const whyGone: Record<string, string> = {
  is_archived: 'it is archived',
  not_in_channel: 'I am not in it any more',
  channel_not_found: 'it is gone, or I may not see it',
};

/** `once`: it has no further occurrence that could be switched on. */
export function destinationGoneMessage(about: {
  title: string;
  channelId: string;
  error: string;
  once: boolean;
}): Message {
  const why = whyGone[about.error] ?? 'Slack does not let me post there';
  const next = about.once
    ? "I won't try this one again: invite me there or pick another place before the next one."
    : "I've paused it. To have it again, invite me there or pick another place, then switch it on with `/keel prompts`.";
  return say(`I couldn't post “${escaped(about.title)}” in <#${about.channelId}>: ${why}. ${next}`);
}

const whyUnreached: Record<string, string> = {
  user_disabled: 'their account is switched off',
  user_not_found: 'Slack no longer finds them here',
  user_not_visible: 'Slack no longer finds them here',
};

/** It was for somebody else. `who`: in mrkdwn. */
export function personGoneMessage(about: { title: string; who: string; error: string }): Message {
  const why = whyUnreached[about.error] ?? 'Slack does not let me write to them';
  return say(
    `“${escaped(about.title)}” did not reach ${about.who}: ${why}. I won't try this one again, so if they should know, tell them another way.`,
  );
}

/** `channelId` undefined: a DM. */
export function inDoubtMessage(about: {
  title: string;
  channelId: string | undefined;
  deliveryId: string;
}): Message {
  const where = about.channelId === undefined ? '' : ` in <#${about.channelId}>`;
  const place = about.channelId === undefined ? 'our conversation' : 'that channel';
  return say(
    `Slack went quiet while I posted “${escaped(about.title)}”${where}, and I can't read ${place} to see whether it arrived. I'd rather not post it twice. If it isn't there, I can post it now.`,
    button('Post it now', actions.postNow, { deliveryId: about.deliveryId }),
  );
}

/** What a pause held back, in one message: a summary, by name, and not the prompts themselves. */
export function pauseOverMessage(
  held: readonly Held[],
  { lead, now }: { lead: Pick<Member, 'timeZone'>; now: Temporal.Instant },
): Message {
  if (held.length === 0) return say('Your prompts are on again. Nothing was held back meanwhile.');
  const kinds = [...Map.groupBy(held, ({ title }) => title)];
  const most = 5;
  const lines = kinds
    .slice(0, most)
    .map(([title, those]) => `• ${escaped(title)}${heldInWords(those, now, lead.timeZone)}`);
  const rest = kinds.slice(most).reduce((count, [, those]) => count + those.length, 0);
  if (rest > 0) lines.push(`• and ${rest} more`);
  return say(
    `Your prompts are on again. Meanwhile I held back:\n${lines.join('\n')}\nNone of them comes late now; the next ones come at their usual times.`,
  );
}

/** ` with @Ana and with @Bo`, and where there is nothing to tell them apart, how many or when. */
function heldInWords(those: readonly Held[], now: Temporal.Instant, zone: string): string {
  const names = [...new Set(those.flatMap(({ about }) => about ?? []))];
  const mostNames = 3;
  if (names.length > mostNames)
    return ` ${names.slice(0, mostNames).join(', ')} and ${names.length - mostNames} more`;
  if (names.length > 0) return ` ${listInWords(names)}`;
  return those.length > 1 ? `, ${those.length} times` : `, ${momentInWords(those[0]!.occurrence, now, zone)}`;
}
