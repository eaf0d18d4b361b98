// What the page needs to draw the workspace for one person: who is there, which conversations, what is unread.

import type { LocalSlack } from './slack/local-slack.ts';
import { compareTs } from './slack/messages.ts';
import type { Person } from './slack/people.ts';
import type { Channel, Workspace } from './slack/types.ts';
import { stackOf } from './slack/views.ts';
import { dmWithBot } from './slack/workspaces.ts';
import { unixSeconds } from './slack/world.ts';

/** @param actions the names of what else can be asked for */
export function stateFor(slack: LocalSlack, person: Person, actions: Iterable<string>) {
  const workspace = slack.workspace(person.workspaceId);
  const dm = dmWithBot(workspace, person.id, unixSeconds(slack.clock.now()));
  const mine = [...workspace.channels.values()].filter(
    (channel) => channel.members.includes(person.id) || channel.kind === 'public',
  );
  return {
    me: about(person),
    workspace: {
      id: workspace.id,
      name: workspace.name,
      bot_user_id: workspace.botUserId,
      // Worth nothing anywhere else; it makes a call copied from the log one that runs.
      bot_token: workspace.botToken,
    },
    people: slack.people
      .filter((one) => one.workspaceId === workspace.id)
      .map((one) => ({ ...about(one), unread: unreadFromBot(workspace, one.id) })),
    channels: mine.map((channel) => ({
      id: channel.id,
      name: channel.kind === 'im' ? otherName(workspace, channel, person.id) : channel.name,
      kind: channel.kind,
      purpose: channel.purpose,
      is_member: channel.members.includes(person.id),
      is_app: channel.id === dm.id,
      archived: channel.archived,
      members: channel.members,
      ...unreadIn(channel, person.id),
    })),
    clock: {
      now: slack.clock.now().toString(),
      speed: slack.clock.speed,
      tz: person.tz,
      lead_tz: slack.people.find((one) => one.role === 'lead')?.tz ?? 'UTC',
    },
    commands: slack.commands ?? [],
    shortcuts: slack.shortcuts ?? [],
    actions: [...actions],
    modal: person.modal() ?? null,
    modal_depth: stackOf(workspace, person.id).length,
    home: person.home() ?? null,
    violations: slack.violations.length,
  };
}

function otherName(workspace: Workspace, channel: Channel, userId: string): string {
  const other = channel.members.find((member) => member !== userId);
  return workspace.people.get(other ?? '')?.realName ?? '';
}

function unreadFromBot(workspace: Workspace, userId: string): number {
  const dm = [...workspace.channels.values()].find(
    ({ kind, members }) => kind === 'im' && members.includes(userId) && members.includes(workspace.botUserId),
  );
  return dm === undefined ? 0 : unreadIn(dm, userId).unread;
}

function about(person: Person) {
  return { id: person.id, name: person.name, real_name: person.realName, role: person.role, tz: person.tz };
}

/** Messages of others since the person last looked; replies and ephemeral ones for someone else do not count. */
function unreadIn(channel: Channel, userId: string): { unread: number; latest: string | null } {
  const read = channel.readUpTo[userId];
  let unread = 0;
  for (let index = channel.messages.length - 1; index >= 0; index -= 1) {
    const message = channel.messages[index];
    if (message === undefined || (read !== undefined && compareTs(message.ts, read) <= 0)) break;
    if (message.user === userId) continue;
    if (message.visibleTo === undefined || message.visibleTo === userId) unread += 1;
  }
  return { unread, latest: channel.messages.at(-1)?.ts ?? null };
}
