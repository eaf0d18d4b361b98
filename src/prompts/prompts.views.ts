// What the engine says in its own words: the menu under every prompt, and its notices.

import type { ActionsBlock } from '@slack/types';
import { button, option, plain, say } from '../slack/blocks.ts';
import type { Message } from '../slack/message.ts';
import type { Delivery } from './prompts.store.ts';

/** The doors these views lead to. */
export const promptActions = {
  menu: 'prompt-menu',
  postNow: 'prompt-post-now',
} as const;

/** For how long a prompt can be put off; the value travels in the menu's option. */
export const snoozes = [
  { value: '20-minutes', label: '20 minutes' },
  { value: '1-hour', label: '1 hour' },
  { value: '3-hours', label: '3 hours' },
  { value: 'tomorrow', label: 'Tomorrow' },
  { value: 'next-week', label: 'Next week' },
] as const;

export type Snooze = (typeof snoozes)[number]['value'];

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

export function destinationGoneMessage(about: { title: string; channelId: string; error: string }): Message {
  const why = whyGone[about.error] ?? 'Slack does not let me post there';
  return say(
    `I couldn't post “${about.title}” in <#${about.channelId}>: ${why}. I've paused it. To have it again, invite me there or pick another place, then switch it on with \`/keel prompts\`.`,
  );
}

export function inDoubtMessage(about: { title: string; channelId: string; deliveryId: string }): Message {
  return say(
    `Slack went quiet while I posted “${about.title}” in <#${about.channelId}>, and I can't read that channel to see whether it arrived. I'd rather not post it twice. If it isn't there, I can post it now.`,
    button('Post it now', promptActions.postNow, { value: about.deliveryId }),
  );
}
