// A workspace as it is described, and as it is built: its people, its channels and the app installed in it.

import type { SandboxClock } from './clock.ts';
import type { Channel, PersonRecord, Workspace } from './types.ts';
import { unixSeconds } from './world.ts';

interface PersonSpec {
  /** The handle, lower case: what follows the @. */
  name: string;
  realName: string;
  /** What the person is in the company; one is `lead`. */
  role: string;
  /** IANA id. */
  tz: string;
  /** Kept stable by default, so that a bot's database still fits after a restart. */
  id?: string;
  locale?: string;
  isBot?: boolean;
  /** A guest of one channel or of several, who pays nothing and sees little. */
  guest?: 'single-channel' | 'multi-channel';
  /** The id of another workspace, whose member they are: here in shared channels only. */
  from?: string;
}

interface ChannelSpec {
  name: string;
  private?: boolean;
  /** Handles; everyone, when not given. */
  members?: readonly string[];
  /** Whether the bot was invited. */
  bot?: boolean;
  id?: string;
  purpose?: string;
}

export interface WorkspaceSpec {
  /** Starts with T. */
  id: string;
  name: string;
  domain: string;
  people: readonly PersonSpec[];
  channels: readonly ChannelSpec[];
  /** The scopes the app was granted; the bot's own by default. */
  scopes?: readonly string[];
}

/** What the bot asks for when it is installed. */
export const defaultScopes = [
  'commands',
  'chat:write',
  'im:write',
  'im:history',
  'users:read',
  'channels:read',
  'groups:read',
] as const;

const appId = 'A0EVENKEEL';

export function buildWorkspace(spec: WorkspaceSpec, clock: SandboxClock): Workspace {
  const tail = spec.id.replace(/^T/, '');
  const botUserId = `U0BOT${tail}`;
  const people = new Map<string, PersonRecord>();
  const add = (person: PersonRecord) => {
    if (people.has(person.id))
      throw new Error(`Two people of ${spec.name} have the id ${person.id}: give one its own`);
    people.set(person.id, person);
  };
  for (const person of spec.people) {
    add({
      id: person.id ?? stableId('U', person.name, tail),
      name: person.name,
      realName: person.realName,
      role: person.role,
      tz: person.tz,
      isBot: person.isBot ?? false,
      deleted: false,
      locale: person.locale ?? 'en-US',
      ...(person.guest && { guest: person.guest }),
      ...(person.from !== undefined && { from: person.from }),
    });
  }
  add({
    id: botUserId,
    name: 'evenkeel',
    realName: 'Evenkeel',
    role: 'bot',
    tz: 'UTC',
    isBot: true,
    deleted: false,
    locale: 'en-US',
  });

  const created = unixSeconds(clock.now());
  const humans = [...people.values()].filter((person) => !person.isBot);
  // Who is a guest or comes from elsewhere is only where they were invited.
  const isColleague = (person: PersonRecord) => person.guest === undefined && person.from === undefined;
  const channels = new Map<string, Channel>();
  for (const channel of spec.channels) {
    const members = humans
      .filter((person) => channel.members?.includes(person.name) ?? isColleague(person))
      .map((person) => person.id);
    const id = channel.id ?? stableId('C', channel.name, tail);
    channels.set(id, {
      id,
      name: channel.name,
      kind: channel.private === true ? 'private' : 'public',
      members: channel.bot === true ? [...members, botUserId] : members,
      archived: false,
      created,
      creator: members[0] ?? botUserId,
      purpose: channel.purpose ?? '',
      messages: [],
      readUpTo: {},
    });
  }

  return {
    id: spec.id,
    name: spec.name,
    domain: spec.domain,
    appId,
    botToken: `xoxb-sandbox-${tail.toLowerCase()}`,
    botUserId,
    botId: `B0BOT${tail}`,
    scopes: [...(spec.scopes ?? defaultScopes)],
    installed: true,
    people,
    channels,
    modals: new Map(),
    homes: new Map(),
  };
}

/** `U0MAYAEVENKEEL`-like: readable, and the same after every restart. */
function stableId(prefix: string, name: string, tail: string): string {
  return `${prefix}0${name.replace(/[^a-z0-9]/gi, '').toUpperCase()}${tail.slice(0, 4)}`;
}

/** A person's conversation with the bot; opened when it is first needed. */
export function dmWithBot(workspace: Workspace, userId: string, created: number): Channel {
  return openConversation(workspace, [userId], created);
}

/** The DM (one person) or group DM (several) of the bot with these people. */
export function openConversation(workspace: Workspace, userIds: readonly string[], created: number): Channel {
  const members = [...new Set([...userIds, workspace.botUserId])].sort();
  const kind = members.length > 2 ? 'mpim' : 'im';
  const [only] = userIds;
  const dmId = kind === 'im' && only !== undefined ? `D${only.slice(1)}` : undefined;
  const dm = dmId === undefined ? undefined : workspace.channels.get(dmId);
  if (dm !== undefined) return dm;
  for (const channel of workspace.channels.values()) {
    if (kind === 'mpim' && channel.kind === 'mpim' && [...channel.members].sort().join() === members.join())
      return channel;
  }
  const handles = members.map((id) => workspace.people.get(id)?.name ?? id);
  const channel: Channel = {
    id: dmId ?? `G${workspace.channels.size}${workspace.id.slice(1)}`,
    name: kind === 'im' ? '' : `mpdm-${handles.join('--')}-1`,
    kind,
    members,
    archived: false,
    created,
    creator: workspace.botUserId,
    purpose: '',
    messages: [],
    readUpTo: {},
  };
  workspace.channels.set(channel.id, channel);
  return channel;
}

/** Whether this person can look into the channel at all. */
export function canSee(channel: Channel, userId: string): boolean {
  return channel.kind === 'public' || channel.members.includes(userId);
}

export function channelNamed(workspace: Workspace, name: string): Channel | undefined {
  const known = workspace.channels.get(name);
  if (known !== undefined) return known;
  const bare = name.replace(/^#/, '');
  for (const channel of workspace.channels.values()) {
    if (channel.name === bare && channel.name !== '') return channel;
  }
  return undefined;
}

/** By id, handle (with or without @), real name, first name or role. */
export function personNamed(workspace: Workspace, name: string): PersonRecord | undefined {
  const known = workspace.people.get(name);
  if (known !== undefined) return known;
  const wanted = name.replace(/^@/, '').toLowerCase();
  const people = [...workspace.people.values()];
  return (
    people.find((person) => person.name.toLowerCase() === wanted) ??
    people.find((person) => person.realName.toLowerCase() === wanted) ??
    people.find((person) => person.realName.toLowerCase().split(' ')[0] === wanted) ??
    people.find((person) => person.role.toLowerCase() === wanted)
  );
}
