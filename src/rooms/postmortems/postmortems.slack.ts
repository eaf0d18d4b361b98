// The doors of this room, all of them: its command, its shortcuts, and what each file of doors is about.

import type { Doors } from '../../slack/doors.ts';
import type { Shortcut, SlashCommand } from '../room.ts';
import { accessTo } from './postmortems.access.ts';
import * as actions from './postmortems.actions.ts';
import { listenForBlame } from './postmortems.blame.slack.ts';
import { listenForCommands } from './postmortems.commands.slack.ts';
import { listenForFacts } from './postmortems.facts.slack.ts';
import { listenForReview } from './postmortems.review.slack.ts';
import { listenForSections } from './postmortems.sections.slack.ts';
import { listenForSharing } from './postmortems.share.slack.ts';
import { listenForShortcuts } from './postmortems.shortcuts.slack.ts';
import type { PostmortemTools } from './postmortems.steps.ts';
import { listenForTimeline } from './postmortems.timeline.slack.ts';

export const commands: SlashCommand[] = [
  {
    command: '/postmortem',
    usageHint: 'checkout was down, sev1, 09:12-09:37 today',
    description: 'Start a post-mortem; note, list, search, trends, show and export go on from there',
  },
];

export const shortcuts: Shortcut[] = [
  {
    name: 'Start a post-mortem',
    type: 'message',
    callback_id: actions.startShortcut,
    description: 'Look back on an incident without blame, beginning with this message',
  },
  {
    name: 'Add to the timeline',
    type: 'message',
    callback_id: actions.entryShortcut,
    description: 'Put this message into a post-mortem’s timeline, at the time it was posted',
  },
];

export function listen(doors: Doors, tools: PostmortemTools): void {
  const access = accessTo(doors, tools);
  for (const listenFor of [
    listenForCommands,
    listenForFacts,
    listenForSections,
    listenForTimeline,
    listenForReview,
    listenForSharing,
    listenForBlame,
    listenForShortcuts,
  ]) {
    listenFor(doors, access);
  }
}
