// oauth.v2.access: an agreed installation, exchanged for a bot token.

import { randomBytes } from 'node:crypto';
import { SlackError } from '../errors.ts';
import type { World } from '../world.ts';
import { type Method, textArg } from './call.ts';

/** A code is good for ten minutes. */
const lifetime = { minutes: 10 };

/**
 * Where the browser of `GET /oauth/v2/authorize` is sent: everyone here agrees at once. `team` names the workspace,
 * else it is the first.
 */
export function authorize(world: World, query: URLSearchParams): { redirect: string } | { refused: string } {
  if (query.get('client_id') !== world.clientId) return { refused: 'invalid_client_id' };
  const redirectUri = query.get('redirect_uri');
  if (redirectUri === null || !URL.canParse(redirectUri)) return { refused: 'bad_redirect_uri' };
  const workspaceId = query.get('team') ?? [...world.workspaces.keys()][0] ?? '';
  if (!world.workspaces.has(workspaceId)) return { refused: 'invalid_team_for_non_distributed_app' };
  const code = `${world.oauthCodes.size + 1}.${randomBytes(16).toString('hex')}`;
  world.oauthCodes.set(code, { workspaceId, issued: world.clock.now(), redirectUri, used: false });
  const target = new URL(redirectUri);
  target.searchParams.set('code', code);
  target.searchParams.set('state', query.get('state') ?? '');
  return { redirect: target.toString() };
}

export const oauth: Record<string, Method> = {
  'oauth.v2.access': {
    scopes: [],
    tier: 'tier4',
    token: 'none',
    run(call) {
      const { world } = call;
      if (textArg(call, 'client_id') !== world.clientId) throw new SlackError('invalid_client_id');
      if (textArg(call, 'client_secret') !== world.clientSecret) throw new SlackError('bad_client_secret');
      const code = world.oauthCodes.get(textArg(call, 'code') ?? '');
      const workspace = world.workspaces.get(code?.workspaceId ?? '');
      if (code === undefined || workspace === undefined) throw new SlackError('invalid_code');
      if (code.used || Temporal.Instant.compare(world.clock.now(), code.issued.add(lifetime)) > 0) {
        throw new SlackError('code_already_used');
      }
      const redirectUri = textArg(call, 'redirect_uri');
      if (redirectUri !== undefined && redirectUri !== code.redirectUri)
        throw new SlackError('bad_redirect_uri');
      code.used = true;
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
