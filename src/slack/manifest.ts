// The app as Slack has to know it: its commands, the least it asks to be allowed, and where requests go.

import type { Shortcut, SlashCommand } from '../rooms/room.ts';

/** What the bot asks of a workspace, and what for. Nothing is asked that no line of ours uses. */
export const scopes = {
  commands: 'to hear slash commands',
  'chat:write': 'to answer, to send the digest and prompts by DM, and to post retrospectives',
  'im:write': 'to open a DM with a lead',
  'im:history':
    'to look in its own DM whether a prompt whose sending was cut off had arrived, instead of sending it twice',
  'users:read': 'to know people’s names and time zones',
  'channels:read': 'to know who is in a public channel that a retrospective or a post-mortem goes to',
  'groups:read': 'the same for private channels it was invited to',
} as const;

const events = [
  'app_home_opened',
  // Words said to the bot in its DM, to answer that it understands commands.
  'message.im',
  'user_change',
  // The bot is removed: nothing more is tried there until it is back.
  'app_uninstalled',
  'tokens_revoked',
  // What happens to a channel that looks back together, and who is in it. It may be renamed: we keep no channel's name.
  'channel_archive',
  'group_archive',
  'channel_deleted',
  'group_deleted',
  'member_joined_channel',
  'member_left_channel',
] as const;

/** A command as Slack registers it. */
interface RegisteredCommand {
  command: string;
  description: string;
  usage_hint: string;
}

/** One entry for each command. Its second words are for `help` to list: a hint has no room for twenty. */
export function slashCommands(commands: readonly SlashCommand[]): RegisteredCommand[] {
  const registered = new Map<string, RegisteredCommand>();
  for (const { command, description, usageHint } of commands) {
    const [slash = command, word] = command.split(' ');
    const known = registered.get(slash);
    if (known) known.usage_hint ||= 'help';
    else registered.set(slash, { command: slash, description, usage_hint: word ? 'help' : usageHint });
  }
  return [...registered.values()];
}

/**
 * The manifest to create the app from (api.slack.com/apps, "From a manifest"), in the shape of Slack's public
 * schema. `requestUrl`: where HTTP requests go; undefined for Socket Mode.
 */
export function manifest(
  commands: readonly SlashCommand[],
  shortcuts: readonly Shortcut[],
  requestUrl: string | undefined,
) {
  const url = requestUrl === undefined ? {} : { url: requestUrl };
  const request = requestUrl === undefined ? {} : { request_url: requestUrl };
  return {
    display_information: {
      name: 'Evenkeel',
      description: 'Keeps tech leads on an even keel between coding and leading',
      background_color: '#123b45',
    },
    features: {
      app_home: { home_tab_enabled: true, messages_tab_enabled: true, messages_tab_read_only_enabled: false },
      bot_user: { display_name: 'Evenkeel', always_online: true },
      slash_commands: slashCommands(commands).map((command) => ({ ...command, ...url, should_escape: true })),
      ...(shortcuts.length > 0 && { shortcuts }),
    },
    oauth_config: { scopes: { bot: Object.keys(scopes) } },
    settings: {
      event_subscriptions: { ...request, bot_events: [...events] },
      interactivity: { is_enabled: true, ...request },
      org_deploy_enabled: false,
      socket_mode_enabled: requestUrl === undefined,
      token_rotation_enabled: false,
    },
  };
}
