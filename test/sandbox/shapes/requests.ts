// What Slack sends when people do something: shapes as public sources show them, with made-up values.

import type { Actors } from './shape.ts';

const plainText = (text: string) => ({ type: 'plain_text', text, emoji: true });

/** github.com/slackapi/bolt-python tests/scenario_tests/test_slash_command.py; SlashCommand of @slack/bolt. */
export const slashCommand = (of: Actors, command = '/logtime', text = '45m review') => ({
  token: 'made-up',
  team_id: of.team,
  team_domain: of.domain,
  channel_id: of.channel,
  channel_name: 'directmessage',
  user_id: of.person,
  user_name: of.handle,
  command,
  text,
  api_app_id: of.app,
  is_enterprise_install: 'false',
  response_url: of.responseUrl,
  trigger_id: of.trigger,
});

/** The same from a workspace of an Enterprise organisation: same test, with its two more fields. */
export const slashCommandInEnterprise = (of: Actors, command?: string, text?: string) => ({
  ...slashCommand(of, command, text),
  enterprise_id: 'E0ANYORG',
  enterprise_name: 'Any Organisation',
});

/** What interaction payloads share: docs.slack.dev/reference/interaction-payloads, and the types of @slack/bolt. */
const interaction = (of: Actors) => ({
  token: 'made-up',
  team: { id: of.team, domain: of.domain },
  user: { id: of.person, username: of.handle, name: of.handle, team_id: of.team },
  enterprise: null,
  is_enterprise_install: false,
});

const button = (action: Pressed) => ({
  type: 'button',
  action_id: action.id,
  text: plainText('Press'),
  value: action.value,
});

export interface Pressed {
  id: string;
  value: string;
}

/** github.com/slackapi/bolt-python tests/scenario_tests/test_block_actions.py; ButtonAction of @slack/bolt. */
const pressed = (action: Pressed) => ({
  ...button(action),
  block_id: 'buttons',
  action_ts: '1790000001.000100',
});

const onMessage = (of: Actors, isEphemeral: boolean) => ({
  type: 'block_actions',
  ...interaction(of),
  api_app_id: of.app,
  container: {
    type: 'message',
    message_ts: '1790000000.000100',
    channel_id: of.channel,
    is_ephemeral: isEphemeral,
  },
  trigger_id: of.trigger,
  channel: { id: of.channel, name: 'directmessage' },
  state: { values: {} },
  response_url: of.responseUrl,
});

/** docs.slack.dev/reference/interaction-payloads/block_actions-payload: a button below a message of the bot's. */
export const buttonOfMessage = (of: Actors, action: Pressed) => ({
  ...onMessage(of, false),
  message: {
    user: of.botUser,
    type: 'message',
    ts: '1790000000.000100',
    bot_id: of.bot,
    app_id: of.app,
    text: 'Something to press',
    team: of.team,
    blocks: [{ type: 'actions', block_id: 'buttons', elements: [button(action)] }],
  },
  actions: [pressed(action)],
});

/** test_block_actions.py as above: of an ephemeral message Slack sends nothing back. */
export const buttonOfEphemeralMessage = (of: Actors, action: Pressed) => ({
  ...onMessage(of, true),
  actions: [pressed(action)],
});

/** StaticSelectAction of @slack/bolt (types/actions/block-action): a menu below an ephemeral message. */
export const menuOfEphemeralMessage = (of: Actors, action: Pressed) => {
  const chosen = { text: plainText('A choice'), value: action.value };
  return {
    ...onMessage(of, true),
    state: { values: { buttons: { [action.id]: { type: 'static_select', selected_option: chosen } } } },
    actions: [
      {
        type: 'static_select',
        action_id: action.id,
        block_id: 'buttons',
        selected_option: chosen,
        placeholder: plainText('Choose'),
        action_ts: '1790000001.000100',
      },
    ],
  };
};

export interface OpenView {
  callbackId: string;
  privateMetadata: string;
  blocks: unknown[];
  values: Record<string, Record<string, unknown>>;
}

const view = (of: Actors, open: OpenView) => ({
  id: 'V0ANYVIEW',
  team_id: of.team,
  blocks: open.blocks,
  private_metadata: open.privateMetadata,
  callback_id: open.callbackId,
  state: { values: open.values },
  hash: '1790000000.abcdefgh',
  title: plainText('Log time'),
  clear_on_close: false,
  notify_on_close: false,
  previous_view_id: null,
  root_view_id: 'V0ANYVIEW',
  app_id: of.app,
  external_id: '',
  app_installed_team_id: of.team,
  bot_id: of.bot,
});

/** github.com/slackapi/bolt-python tests/scenario_tests/test_view_submission.py; ViewOutput of @slack/bolt. */
export const modal = (of: Actors, open: OpenView) => ({
  ...view(of, open),
  type: 'modal',
  close: plainText('Cancel'),
  submit: plainText('Save'),
});

/** docs.slack.dev/surfaces/app-home; a Home has no buttons of its own, and a title that nobody sees. */
export const home = (of: Actors, open: OpenView) => ({
  ...view(of, open),
  type: 'home',
  close: null,
  submit: null,
});

/** docs.slack.dev/reference/interaction-payloads/block_actions-payload: a button in the Home. */
export const buttonOfHome = (of: Actors, action: Pressed, open: OpenView) => ({
  type: 'block_actions',
  ...interaction(of),
  api_app_id: of.app,
  container: { type: 'view', view_id: 'V0ANYVIEW' },
  trigger_id: of.trigger,
  view: home(of, open),
  actions: [pressed(action)],
});

/** test_view_submission.py as above; ViewSubmitAction of @slack/bolt. */
export const viewSubmission = (of: Actors, open: OpenView) => ({
  type: 'view_submission',
  ...interaction(of),
  api_app_id: of.app,
  trigger_id: of.trigger,
  view: modal(of, open),
  response_urls: [],
});

/** github.com/slackapi/java-slack-sdk json-logs/samples/app-backend/views/ViewClosedPayload.json; ViewClosedAction of @slack/bolt. */
export const viewClosed = (of: Actors, open: OpenView) => ({
  type: 'view_closed',
  ...interaction(of),
  api_app_id: of.app,
  view: { ...modal(of, open), notify_on_close: true },
  is_cleared: false,
});

/** github.com/slackapi/bolt-python tests/scenario_tests/test_shortcut.py; GlobalShortcut of @slack/bolt. */
export const globalShortcut = (of: Actors, callbackId: string) => ({
  type: 'shortcut',
  ...interaction(of),
  user: { id: of.person, username: of.handle, team_id: of.team },
  callback_id: callbackId,
  action_ts: '1790000001.000100',
  trigger_id: of.trigger,
});

/** github.com/slackapi/bolt-python tests/scenario_tests/test_app_using_methods_in_class.py; MessageShortcut of @slack/bolt. */
export const messageShortcut = (of: Actors, callbackId: string, text: string) => ({
  type: 'message_action',
  ...interaction(of),
  channel: { id: of.channel, name: 'team-platform' },
  callback_id: callbackId,
  action_ts: '1790000001.000100',
  trigger_id: of.trigger,
  response_url: of.responseUrl,
  message_ts: '1790000000.000100',
  message: {
    client_msg_id: '00000000-0000-4000-8000-000000000000',
    type: 'message',
    text,
    user: of.person,
    ts: '1790000000.000100',
    team: of.team,
    blocks: richText(text),
  },
});

/** What people type, as Slack's client sends it. */
export const richText = (text: string) => [
  {
    type: 'rich_text',
    block_id: 'abcde',
    elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text }] }],
  },
];
