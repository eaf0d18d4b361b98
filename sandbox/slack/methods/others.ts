// The methods that come alone in their family: auth, team, api, reactions, apps and oauth.

import { randomBytes } from 'node:crypto';
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
  // A code is handed out by /oauth/v2/authorize on this server and names the workspace that agreed.
  'oauth.v2.access': {
    scopes: [],
    tier: 'tier4',
    token: 'none',
    run(call) {
      const { world } = call;
      if (textArg(call, 'client_id') !== world.clientId) throw new SlackError('invalid_client_id');
      if (textArg(call, 'client_secret') !== world.clientSecret) throw new SlackError('bad_client_secret');
      const code = textArg(call, 'code') ?? '';
      const workspace = world.workspaces.get(code.split('-')[1] ?? '');
      if (workspace === undefined) throw new SlackError('invalid_code');
      if (!workspace.installed) {
        workspace.installed = true;
        workspace.botToken = `xoxb-sandbox-${workspace.id.slice(1).toLowerCase()}-${randomBytes(4).toString('hex')}`;
      }
      const installer = [...workspace.people.values()].find((person) => !person.isBot);
      return {
        access_token: workspace.botToken,
        token_type: 'bot',
        scope: workspace.scopes.join(','),
        bot_user_id: workspace.botUserId,
        app_id: workspace.appId,
        team: { name: workspace.name, id: workspace.id },
        enterprise: null,
        is_enterprise_install: false,
        authed_user: { id: installer?.id },
      };
    },
  },
};
