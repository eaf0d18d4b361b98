// What Slack's Web API and Socket Mode say: shapes as public sources show them, with made-up values.

import type { Actors } from './shape.ts';

/** json-logs/samples/api/auth.test.json of github.com/slackapi/java-slack-sdk; AuthTestResponse of @slack/web-api. */
export const authTest = (of: Actors) => ({
  ok: true,
  url: `https://${of.domain}.slack.com/`,
  team: 'Any Team',
  user: 'evenkeel',
  team_id: of.team,
  user_id: of.botUser,
  bot_id: of.bot,
  is_enterprise_install: false,
});

/**
 * github.com/slackapi/python-slack-sdk tests/slack_sdk_fixture/web_response_conversations_list.json, and the newer
 * fields of json-logs/samples/api/conversations.info.json of java-slack-sdk.
 */
export const channel = (of: Actors) => ({
  id: of.channel,
  name: 'team-platform',
  is_channel: true,
  is_group: false,
  is_im: false,
  is_mpim: false,
  is_private: false,
  created: 1_780_000_000,
  is_archived: false,
  is_general: false,
  unlinked: 0,
  name_normalized: 'team-platform',
  is_shared: false,
  is_org_shared: false,
  is_pending_ext_shared: false,
  pending_shared: [],
  context_team_id: of.team,
  updated: 1_780_000_000_000,
  creator: of.person,
  is_ext_shared: false,
  shared_team_ids: [of.team],
  pending_connected_team_ids: [],
  is_member: true,
  topic: { value: '', creator: '', last_set: 0 },
  purpose: { value: 'Any purpose', creator: of.person, last_set: 1_780_000_000 },
  previous_names: [],
});

/** `num_members` comes with `include_num_members` alone: docs.slack.dev/reference/methods/conversations.info. */
export const channelWithCount = (of: Actors) => ({ ...channel(of), num_members: 8 });

/** Channel in ConversationsOpenResponse of @slack/web-api, as `conversations.info` has it for a DM. */
export const dm = (of: Actors) => ({
  id: of.channel,
  created: 1_780_000_000,
  is_archived: false,
  is_im: true,
  is_mpim: false,
  is_private: true,
  is_org_shared: false,
  context_team_id: of.team,
  updated: 1_780_000_000_000,
  user: of.person,
  is_user_deleted: false,
  priority: 0,
});

/** json-logs/samples/api/conversations.members.json of java-slack-sdk. */
export const members = (of: Actors) => ({
  ok: true,
  members: [of.person],
  response_metadata: { next_cursor: '' },
});

/** ConversationsOpenResponse of @slack/web-api: what one gets without `return_im`, the DM being there already. */
export const opened = (of: Actors) => ({
  ok: true,
  no_op: true,
  already_open: true,
  channel: { id: of.channel },
});

/** Message in ChatPostMessageResponse of @slack/web-api; docs.slack.dev/reference/methods/chat.postMessage. */
const message = (of: Actors) => ({
  user: of.botUser,
  type: 'message',
  ts: '1790000000.000100',
  bot_id: of.bot,
  app_id: of.app,
  text: 'Any words',
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
  blocks: [
    { type: 'section', block_id: 'abcde', text: { type: 'mrkdwn', text: 'Any words', verbatim: false } },
  ],
});

const metadata = { event_type: 'any_event', event_payload: { any: 'thing' } };

export const posted = (of: Actors) => ({
  ok: true,
  channel: of.channel,
  ts: '1790000000.000100',
  message: { ...message(of), metadata },
});

/** ChatUpdateResponse of @slack/web-api, with the message's own `ts` as chat.postMessage gives it. */
export const updated = (of: Actors) => ({
  ...posted(of),
  text: 'Other words',
  message: { ...posted(of).message, edited: { user: of.botUser, ts: '1790000001.000000' } },
});

/** docs.slack.dev/reference/methods/conversations.history: one page of several, metadata asked for. */
export const history = (of: Actors) => ({
  ok: true,
  messages: [{ ...message(of), metadata }],
  has_more: true,
  pin_count: 0,
  response_metadata: { next_cursor: 'bmV4dA==' },
});

/** docs.slack.dev/reference/methods/chat.getPermalink. */
export const permalink = (of: Actors) => ({
  ok: true,
  channel: of.channel,
  permalink: `https://${of.domain}.slack.com/archives/${of.channel}/p1790000000000100`,
});

/** The errors' common shape: `error`, `needed` and `provided` in every sample of java-slack-sdk's json-logs. */
export const refused = { ok: false, error: 'channel_not_found' };
export const missingScope = { ok: false, error: 'missing_scope', needed: 'a:scope', provided: 'b:scope' };
export const rateLimited = { ok: false, error: 'ratelimited' };

/** `errors` and `response_metadata` of ChatPostMessageResponse in @slack/web-api. */
export const invalidBlocks = {
  ok: false,
  error: 'invalid_blocks',
  errors: ['some rule [json-pointer:/blocks/0/text/text]'],
  response_metadata: { messages: ['[ERROR] some rule [json-pointer:/blocks/0/text/text]'] },
};

/** github.com/slackapi/java-slack-sdk/pull/302; ViewsOpenResponse of @slack/web-api knows no `errors`. */
export const invalidView = {
  ok: false,
  error: 'invalid_arguments',
  response_metadata: { messages: ['[ERROR] some rule [json-pointer:/view]'] },
};

/** docs.slack.dev/apis/events-api/using-socket-mode: what a socket says first. */
export const hello = (of: Actors) => ({
  type: 'hello',
  connection_info: { app_id: of.app },
  num_connections: 1,
  debug_info: {
    host: 'any-host',
    started: '2026-10-11 12:12:12.120',
    build_number: 10,
    approximate_connection_time: 18_060,
  },
});

/** The same page: a payload's envelope; an event's tells of its tries as well (also slack-morphism, SlackSocketMode…). */
export const envelope = (type: 'slash_commands' | 'events_api', payload: object) => ({
  envelope_id: '00000000-0000-4000-8000-000000000000',
  type,
  payload,
  accepts_response_payload: type !== 'events_api',
  ...(type === 'events_api' && { retry_attempt: 0, retry_reason: '' }),
});

/** The same page: what a socket says before it goes. */
export const disconnect = {
  type: 'disconnect',
  reason: 'refresh_requested',
  debug_info: { host: 'any-host' },
};
