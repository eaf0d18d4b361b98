// users.*: who is who, and in which time zone.

import { SlackError } from '../errors.ts';
import type { PersonRecord, Workspace } from '../types.ts';
import { unixSeconds, type World } from '../world.ts';
import { flagArg, type Method, page, personArg, textArg } from './call.ts';
import { channelOut, kindsArg } from './conversations.ts';

/**
 * A person as the Web API and events write them; the offset is the one of this moment. Of a closed account Slack
 * tells much less: no zone, no rights, a name only in the profile.
 */
export function userOut(
  world: World,
  workspace: Workspace,
  person: PersonRecord,
  withLocale = false,
): Record<string, unknown> {
  const now = world.clock.now();
  const zoned = now.toZonedDateTimeISO(person.tz);
  const label = new Intl.DateTimeFormat('en-US', { timeZone: person.tz, timeZoneName: 'long' })
    .formatToParts(new Date(now.epochMilliseconds))
    .find((part) => part.type === 'timeZoneName')?.value;
  const [firstName = '', ...rest] = person.realName.split(' ');
  const always = {
    id: person.id,
    team_id: person.from ?? workspace.id,
    name: person.name,
    deleted: person.deleted,
    profile: {
      title: person.role,
      real_name: person.realName,
      real_name_normalized: person.realName,
      display_name: person.name,
      display_name_normalized: person.name,
      first_name: firstName,
      last_name: rest.join(' '),
      team: workspace.id,
    },
    is_bot: person.isBot,
    is_app_user: false,
    updated: unixSeconds(now),
  };
  if (person.deleted) return always;
  return {
    ...always,
    color: '4bbe2e',
    real_name: person.realName,
    tz: person.tz,
    tz_label: label ?? person.tz,
    tz_offset: zoned.offsetNanoseconds / 1_000_000_000,
    is_admin: false,
    is_owner: false,
    is_primary_owner: false,
    is_restricted: person.guest !== undefined,
    is_ultra_restricted: person.guest === 'single-channel',
    ...(person.from !== undefined && { is_stranger: true }),
    ...(withLocale ? { locale: person.locale } : {}),
  };
}

export const users: Record<string, Method> = {
  'users.info': {
    scopes: ['users:read'],
    tier: 'tier4',
    run(call) {
      const person = personArg(call, 'user');
      return { user: userOut(call.world, call.workspace, person, flagArg(call, 'include_locale')) };
    },
  },
  'users.list': {
    scopes: ['users:read'],
    tier: 'tier2',
    run(call) {
      const { items, response_metadata } = page(call, [...call.workspace.people.values()], 1000);
      const locale = flagArg(call, 'include_locale');
      return {
        members: items.map((person) => userOut(call.world, call.workspace, person, locale)),
        cache_ts: unixSeconds(call.world.clock.now()),
        response_metadata,
      };
    },
  },
  'users.conversations': {
    scopes: ['channels:read', 'groups:read', 'im:read', 'mpim:read'],
    tier: 'tier3',
    run(call) {
      const { workspace } = call;
      const userId = textArg(call, 'user') ?? workspace.botUserId;
      if (!workspace.people.has(userId)) throw new SlackError('user_not_found');
      const wanted = kindsArg(call);
      const all = [...workspace.channels.values()].filter(
        (channel) =>
          wanted.includes(channel.kind) &&
          channel.members.includes(userId) &&
          // A bot learns nothing of private places it is not in itself.
          (channel.kind === 'public' || channel.members.includes(workspace.botUserId)) &&
          !(channel.archived && flagArg(call, 'exclude_archived')),
      );
      const { items, response_metadata } = page(call, all, 100);
      return { channels: items.map((channel) => channelOut(workspace, channel)), response_metadata };
    },
  },
};
