// The methods that come alone in their family: auth, team, api and reactions.

import { SlackError } from '../errors.ts';
import { findMessage } from '../messages.ts';
import { announce } from '../world.ts';
import { channelArg, type Method, mustBeMember, required, textArg } from './call.ts';

export const others: Record<string, Method> = {
  'api.test': {
    scopes: [],
    tier: 'tier4',
    token: 'none',
    run: (call) => {
      const error = textArg(call, 'error');
      if (error !== undefined) throw new SlackError(error, { args: call.args });
      return { args: call.args };
    },
  },
  'auth.test': {
    scopes: [],
    tier: 'unlimited',
    run: ({ workspace }) => ({
      url: `https://${workspace.domain}.slack.com/`,
      team: workspace.name,
      user: 'evenkeel',
      team_id: workspace.id,
      user_id: workspace.botUserId,
      bot_id: workspace.botId,
      is_enterprise_install: false,
    }),
  },
  'team.info': {
    scopes: ['team:read'],
    tier: 'tier3',
    run: ({ workspace }) => ({
      team: {
        id: workspace.id,
        name: workspace.name,
        url: `https://${workspace.domain}.slack.com/`,
        domain: workspace.domain,
        email_domain: '',
        icon: { image_default: true },
      },
    }),
  },
  'reactions.add': {
    scopes: ['reactions:write'],
    tier: 'tier3',
    run(call) {
      const { world, workspace } = call;
      const channel = channelArg(call);
      const name = required(call, 'name', 'invalid_name');
      const message = findMessage(channel, required(call, 'timestamp', 'no_item_specified'));
      if (message === undefined || message.visibleTo !== undefined) throw new SlackError('message_not_found');
      mustBeMember(call, channel);
      const reaction = message.reactions.find((one) => one.name === name);
      if (reaction?.users.includes(workspace.botUserId)) throw new SlackError('already_reacted');
      if (reaction === undefined) message.reactions.push({ name, users: [workspace.botUserId] });
      else reaction.users.push(workspace.botUserId);
      announce(world, {
        kind: 'message_changed',
        workspaceId: workspace.id,
        channelId: channel.id,
        ts: message.ts,
      });
      return {};
    },
  },
};
