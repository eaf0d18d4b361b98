// What goes out with a prompt, or in place of one: the menu under each, and the engine's own notices.

import type { ActionsBlock } from '@slack/types';
import { button, escaped, option, plain, say } from '../slack/blocks.ts';
import type { Message } from '../slack/message.ts';
import type { Delivery } from './prompts.store.ts';
import { snoozes } from './snooze.ts';

/** The doors these views lead to. */
export const promptActions = {
  menu: 'prompt-menu',
  postNow: 'prompt-post-now',
  skipReason: 'prompt-skip-reason',
  skipReasonForm: 'prompt-skip-reason-form',
  one: 'prompt-schedule',
  rhythmForm: 'prompt-rhythm-form',
  moveForm: 'prompt-move-form',
  switchOn: 'prompt-switch-on',
  list: 'prompt-list',
} as const;

/** The message with the small menu that every prompt carries. */
export function withMenu(message: Message, delivery: Pick<Delivery, 'delivery_id' | 'round'>): Message {
  // Which prompt, and which time it was put: an old menu must be known as one.
  const which = `${delivery.delivery_id} ${delivery.round}`;
  const menu: ActionsBlock = {
    type: 'actions',
    elements: [
      {
        type: 'static_select',
        action_id: promptActions.menu,
        placeholder: plain('Snooze, skip or change', 150),
        option_groups: [
          {
            label: plain('Snooze', 75),
            options: snoozes.map(({ value, label }) => option(label, `${which} ${value}`)),
          },
          { label: plain('This one', 75), options: [option('Skip', `${which} skip`)] },
          { label: plain('Every one', 75), options: [option('Change or switch off', `${which} change`)] },
        ],
      },
    ],
  };
  return { text: message.text, blocks: [...message.blocks.slice(0, 49), menu] };
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
    button('Post it now', promptActions.postNow, { value: about.deliveryId }),
  );
}

export interface HeldBack {
  title: string;
  /** When it would have come, as "Thu 20 Nov, 15:00". */
  when: string;
}

/** What a pause held back, in one message: a summary and not the prompts themselves. */
export function pauseOverMessage(held: HeldBack[]): Message {
  if (held.length === 0) return say('Your prompts are on again. Nothing was held back meanwhile.');
  const most = 15;
  const lines = held.slice(0, most).map(({ title, when }) => `• ${escaped(title)}, ${when}`);
  if (held.length > most) lines.push(`• and ${held.length - most} more`);
  return say(
    `Your prompts are on again. While they were paused I held back:\n${lines.join('\n')}\nNone of them comes late now; the next ones come at their usual times.`,
  );
}
