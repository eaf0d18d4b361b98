// The workspace's memory over a restart: what was said, who is where, in plain JSON.

import type { Channel, PersonRecord, View, Workspace } from './types.ts';
import type { World } from './world.ts';

/** JSON through and through: write it to a file as it is. */
export interface SavedSlack {
  /** The sandbox's time when it was saved, ISO 8601. */
  now: string;
  workspaces: {
    id: string;
    botToken: string;
    installed: boolean;
    people: PersonRecord[];
    channels: Channel[];
    homes: View[];
  }[];
}

export function saveSlack(world: World): SavedSlack {
  const saved: SavedSlack = {
    now: world.clock.now().toString(),
    workspaces: [...world.workspaces.values()].map((workspace) => ({
      id: workspace.id,
      botToken: workspace.botToken,
      installed: workspace.installed,
      people: [...workspace.people.values()],
      channels: [...workspace.channels.values()],
      homes: [...workspace.homes.values()],
    })),
  };
  return structuredClone(saved);
}

/** Puts a saved workspace back over a freshly built one; people and channels that are new since then stay. */
export function restoreWorkspace(workspace: Workspace, saved: SavedSlack): void {
  const before = structuredClone(saved.workspaces.find((one) => one.id === workspace.id));
  if (before === undefined) return;
  workspace.botToken = before.botToken;
  workspace.installed = before.installed;
  for (const person of before.people) workspace.people.set(person.id, person);
  for (const channel of before.channels) workspace.channels.set(channel.id, channel);
  for (const home of before.homes) workspace.homes.set(home.userId, home);
}

/** The newest `ts` there is, in microseconds: new messages come after it whatever the clock says. */
export function newestTs(workspaces: Iterable<Workspace>): bigint {
  let newest = 0n;
  for (const workspace of workspaces) {
    for (const channel of workspace.channels.values()) {
      const last = channel.messages.at(-1)?.ts;
      const micros = last === undefined ? 0n : BigInt(last.replace('.', ''));
      if (micros > newest) newest = micros;
    }
  }
  return newest;
}
