// What Slack tells the bot unasked: shapes as public sources show them, with made-up values.

import { richText } from './requests.ts';
import type { Actors } from './shape.ts';

const ts = '1790000000.000100';

/**
 * What every event comes in: github.com/slackapi/java-slack-sdk json-logs/samples/events/MemberJoinedChannelPayload.json,
 * and `authorizations` of github.com/slackapi/bolt-python tests/scenario_tests/test_message_changed.py.
 */
const told = <Event extends object>(of: Actors, event: Event) => ({
  token: 'made-up',
  team_id: of.team,
  context_team_id: of.team,
  context_enterprise_id: null,
  api_app_id: of.app,
  event,
  type: 'event_callback',
  event_id: `Ev0${crypto.randomUUID().slice(0, 8).toUpperCase()}`,
  event_time: 1_790_000_000,
  authorizations: [
    {
      enterprise_id: null,
      team_id: of.team,
      user_id: of.botUser,
      is_bot: true,
      is_enterprise_install: false,
    },
  ],
  is_ext_shared_channel: false,
  event_context: '4-made-up',
});

/** docs.slack.dev/reference/events/app_home_opened; AppHomeOpenedEvent of @slack/types. `view`: once there is one. */
export const appHomeOpened = (of: Actors, tab: 'home' | 'messages' = 'home', view?: object) =>
  told(of, {
    type: 'app_home_opened',
    user: of.person,
    channel: of.channel,
    tab,
    ...(view && { view }),
    event_ts: ts,
  });

const said = (of: Actors, text: string) => ({
  client_msg_id: '00000000-0000-4000-8000-000000000000',
  type: 'message',
  text,
  user: of.person,
  ts,
  team: of.team,
  blocks: richText(text),
});

/** docs.slack.dev/reference/events/message.im; GenericMessageEvent of @slack/types. */
export const messageIm = (of: Actors, text: string) =>
  told(of, { ...said(of, text), channel: of.channel, event_ts: ts, channel_type: 'im' });

/** The bot's own words come back as well: json-logs/samples/events/MessagePayload.json of java-slack-sdk, `bot_profile` included. */
export const ownMessage = (of: Actors, text: string) =>
  told(of, {
    user: of.botUser,
    type: 'message',
    ts,
    bot_id: of.bot,
    app_id: of.app,
    text,
    team: of.team,
    bot_profile: {
      id: of.bot,
      app_id: of.app,
      name: 'Evenkeel',
      deleted: false,
      updated: 1_780_000_000,
      icons: { image_36: 'https://a.example/36', image_48: 'https://a.example/48' },
      team_id: of.team,
    },
    channel: of.channel,
    event_ts: ts,
    channel_type: 'im',
  });

/** github.com/slackapi/bolt-python tests/scenario_tests/test_message_changed.py: has no user of its own. */
export const messageChanged = (of: Actors, before: string, after: string) =>
  told(of, {
    type: 'message',
    subtype: 'message_changed',
    message: { ...said(of, after), edited: { user: of.person, ts } },
    previous_message: said(of, before),
    channel: of.channel,
    hidden: true,
    ts,
    event_ts: ts,
    channel_type: 'im',
  });

/** MessageDeletedEvent of @slack/types. */
export const messageDeleted = (of: Actors, before: string) =>
  told(of, {
    type: 'message',
    subtype: 'message_deleted',
    previous_message: said(of, before),
    channel: of.channel,
    hidden: true,
    deleted_ts: ts,
    ts,
    event_ts: ts,
    channel_type: 'im',
  });

const profile = (of: Actors, name: string) => ({
  title: 'Engineer',
  phone: '',
  skype: '',
  real_name: name,
  real_name_normalized: name,
  display_name: of.handle,
  display_name_normalized: of.handle,
  fields: null,
  status_text: '',
  status_emoji: '',
  status_emoji_display_info: [],
  status_expiration: 0,
  status_text_canonical: '',
  avatar_hash: 'g000000',
  first_name: 'Any',
  last_name: 'One',
  image_24: 'https://a.example/24',
  image_32: 'https://a.example/32',
  image_48: 'https://a.example/48',
  image_72: 'https://a.example/72',
  image_192: 'https://a.example/192',
  image_512: 'https://a.example/512',
  team: of.team,
});

/** docs.slack.dev/reference/objects/user-object; UserChangeEvent of @slack/types, without what only some people have. */
export const user = (of: Actors, zone = 'Europe/Berlin') => ({
  id: of.person,
  team_id: of.team,
  name: of.handle,
  deleted: false,
  color: '99a949',
  real_name: 'Any One',
  tz: zone,
  tz_label: 'Any Time',
  tz_offset: 3600,
  profile: profile(of, 'Any One'),
  is_admin: false,
  is_owner: false,
  is_primary_owner: false,
  is_restricted: false,
  is_ultra_restricted: false,
  is_bot: false,
  is_app_user: false,
  updated: 1_790_000_000,
  is_email_confirmed: true,
  who_can_share_contact_card: 'EVERYONE',
});

/**
 * Of a closed account Slack tells no zone, no rights, and a name only in the profile: measured in
 * github.com/mashabow/slack-rota/issues/61 (the event) and github.com/brekkylab/backlot/issues/258 (the Web API).
 */
export const closedUser = (of: Actors) => ({
  id: of.person,
  team_id: of.team,
  name: of.handle,
  deleted: true,
  profile: profile(of, 'Any One'),
  is_bot: false,
  is_app_user: false,
  updated: 1_790_000_000,
});

export const userChange = (of: Actors, zone?: string) =>
  told(of, {
    type: 'user_change',
    user: { ...user(of, zone), locale: 'en-US' },
    cache_ts: 1_790_000_000,
    event_ts: ts,
  });

export const accountClosed = (of: Actors) =>
  told(of, { type: 'user_change', user: closedUser(of), cache_ts: 1_790_000_000, event_ts: ts });

/** json-logs/samples/events/ChannelArchivePayload.json of java-slack-sdk; ChannelArchiveEvent, GroupArchiveEvent of @slack/types. */
export const archived = (of: Actors, type: 'channel_archive' | 'group_archive' = 'channel_archive') =>
  told(of, { type, channel: of.channel, user: of.person, is_moved: 0, event_ts: ts });

/** json-logs/samples/events/MemberJoinedChannelPayload.json of java-slack-sdk; MemberJoinedChannelEvent of @slack/types. */
export const memberJoined = (of: Actors) =>
  told(of, {
    type: 'member_joined_channel',
    user: of.person,
    channel: of.channel,
    channel_type: 'C',
    team: of.team,
    inviter: of.person,
    event_ts: ts,
  });

/** json-logs/samples/events/MemberLeftChannelPayload.json of java-slack-sdk; MemberLeftChannelEvent of @slack/types. */
export const memberLeft = (of: Actors) =>
  told(of, {
    type: 'member_left_channel',
    user: of.person,
    channel: of.channel,
    channel_type: 'C',
    team: of.team,
    event_ts: ts,
  });

/** docs.slack.dev/reference/events/url_verification: when the request URL is entered. */
export const urlVerification = { token: 'made-up', challenge: 'made-up-challenge', type: 'url_verification' };
