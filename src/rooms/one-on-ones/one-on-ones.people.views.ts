// Why somebody cannot be met, in words that say whom to choose instead.

import { escaped, say } from '../../slack/blocks.ts';
import type { Message } from '../../slack/message.ts';
import type { Profile } from '../../slack/people.ts';

/** One sentence or two, also said under a form's field; undefined where nothing is in the way. */
export function cannotMeet(profile: Profile, leadId: string): string | undefined {
  if (profile.id === leadId) return 'That is you. Choose the person you talk with.';
  if (profile.unreachable) {
    return `${profile.name} is a bot, or has left Slack. Choose somebody who can come.`;
  }
  return undefined;
}

export const nothingChanged = (trouble: string): Message => say(`Nothing changed. ${escaped(trouble)}`);

export const notThere = (): Message =>
  say('You have no 1:1s with them any more, so nothing was changed. `/oneonone` lists whom you meet.');
