// The doors of this room: `/logtime` and the buttons and forms under its answers.

import type { Doors } from '../../slack/doors.ts';
import { through } from '../../slack/through.ts';
import type { SlashCommand } from '../room.ts';
import { listenForCategories } from './balance.category.slack.ts';
import { listenForEntries } from './balance.entry.slack.ts';
import { listenForLines } from './balance.line.slack.ts';
import { listenForTimers } from './balance.timer.slack.ts';
import type { TimerStep } from './balance.timer.steps.ts';
import { type BalanceTools, onceWithCategories } from './balance.tools.ts';

export const commands: SlashCommand[] = [
  {
    command: '/logtime',
    usageHint: '45m review with @someone yesterday -- a note',
    description: 'Log where your time went; nothing typed opens a form',
  },
];

export function listen(doors: Doors, tools: BalanceTools): void {
  const once = onceWithCategories(tools);
  listenForLines(doors, once);
  const lead = through<[TimerStep]>(doors, once);
  listenForEntries(lead);
  listenForTimers(lead);
  listenForCategories(lead);
}
