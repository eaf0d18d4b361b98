// What the local Slack sends and answers, held against recorded shapes field by field.
//
// Every difference is named here, with why it does no harm: a field the bot came to rely on cannot be one of them
// unnoticed, and a field that Slack does not send cannot be added.

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { WebClient } from '@slack/web-api';
import { sandboxClock } from '../../sandbox/slack/clock.ts';
import type { Person } from '../../sandbox/slack/index.ts';
import { quiet, type Stage, stage } from './bolt.ts';
import * as answers from './shapes/answers.ts';
import * as events from './shapes/events.ts';
import * as requests from './shapes/requests.ts';
import { anyone, differences } from './shapes/shape.ts';

let on: Stage;
let lead: Person;
let client: WebClient;

const words = (text: string) => ({ type: 'plain_text' as const, text });
const field = {
  type: 'input' as const,
  block_id: 'hours',
  label: words('How long'),
  element: { type: 'plain_text_input' as const, action_id: 'value' },
};
const modal = {
  type: 'modal' as const,
  callback_id: 'log',
  notify_on_close: true,
  title: words('Log time'),
  close: words('Cancel'),
  submit: words('Save'),
  blocks: [field],
};
const button = { type: 'button' as const, action_id: 'press', text: words('Press'), value: '7' };
const buttons = { type: 'actions' as const, block_id: 'buttons', elements: [button] };
const menu = {
  type: 'static_select' as const,
  action_id: 'choose',
  placeholder: words('Choose'),
  options: [{ text: words('A choice'), value: '7' }],
};

beforeAll(async () => {
  // A clock of its own: the signature need not be of this very moment.
  on = await stage({ clock: sandboxClock(Temporal.Instant.from('2026-11-25T09:00:00Z')) });
  const { app, slack } = on;
  lead = slack.person('lead');
  client = clientOf(slack.workspace().botToken);
  slack.workspace().scopes.push('channels:history');
  app.command('/logtime', async ({ ack, command, client: bot }) => {
    if (command.text === '') await bot.views.open({ trigger_id: command.trigger_id, view: modal });
    await ack(
      command.text === ''
        ? undefined
        : { text: 'Logged', blocks: [buttons, { ...buttons, block_id: 'menus', elements: [menu] }] },
    );
  });
  app.action(/.*/, ({ ack }) => ack());
  app.view({ callback_id: 'log', type: 'view_submission' }, ({ ack }) => ack());
  app.view({ callback_id: 'log', type: 'view_closed' }, ({ ack }) => ack());
  app.shortcut(/.*/, ({ ack }) => ack());
  app.event(/.*/, async () => {});
});
afterAll(() => on.stop());

const clientOf = (token: string) =>
  new WebClient(token, {
    slackApiUrl: on.slack.apiUrl,
    retryConfig: { retries: 0 },
    logger: quiet,
    rejectRateLimitedCalls: true,
  });

/** The newest payload of that name that was sent to the bot. */
const sent = (name: string): unknown =>
  on.slack.log.findLast((entry) => entry.direction === 'sent' && entry.name === name)?.request;

/** The newest answer to a call of that method. */
const answered = (method: string): unknown =>
  on.slack.log.findLast((entry) => entry.direction === 'call' && entry.name === method)?.response;

const channelId = (name: string): string =>
  [...on.slack.workspace().channels.values()].find((one) => one.name === name)!.id;

function expectSame(recorded: unknown, ours: unknown, allowed: readonly string[] = []): void {
  expect(differences(JSON.parse(JSON.stringify(recorded)), JSON.parse(JSON.stringify(ours))).sort()).toEqual(
    [...allowed].sort(),
  );
}

const open = {
  callbackId: 'log',
  privateMetadata: '',
  blocks: [],
  values: { hours: { value: { type: 'plain_text_input', value: '45m' } } },
};

// Slack writes out what a text object left unsaid, in everything it sends back. No room reads its own labels.
const unsaid = (...paths: string[]) => paths.map((path) => `${path}.emoji is lacking`);

describe('what people do', () => {
  test('a slash command', async () => {
    await lead.types('/logtime 45m review');
    expectSame(requests.slashCommand(anyone), sent('/logtime'));
  });

  test('a button and a menu of an ephemeral message', async () => {
    await lead.types('/logtime 45m review');
    await lead.clicks('Press');
    expectSame(
      requests.buttonOfEphemeralMessage(anyone, { id: 'press', value: '7' }),
      sent('block_actions'),
      [
        ...unsaid('actions[0].text'),
        // The other menu of the message: a state holds every element that can hold something.
        'state.values.menus is added',
      ],
    );
    await lead.selects('choose', 'A choice');
    expectSame(requests.menuOfEphemeralMessage(anyone, { id: 'choose', value: '7' }), sent('block_actions'), [
      ...unsaid('actions[0].placeholder', 'actions[0].selected_option.text'),
      'state.values.buttons is lacking',
      'state.values.menus is added',
    ]);
  });

  test('a button of a message of the bot', async () => {
    await client.chat.postMessage({ channel: lead.id, text: 'Something to press', blocks: [buttons] });
    await lead.clicks('Press', { in: lead.dm().at(-1)!.ts });
    expectSame(requests.buttonOfMessage(anyone, { id: 'press', value: '7' }), sent('block_actions'), [
      ...unsaid('actions[0].text', 'message.blocks[0].elements[0].text'),
    ]);
  });

  test('a form, submitted and closed', async () => {
    await lead.types('/logtime');
    await lead.submits({ hours: '45m' });
    const labels = unsaid('view.title', 'view.close', 'view.submit');
    expectSame(requests.viewSubmission(anyone, open), sent('view_submission'), labels);
    await lead.types('/logtime');
    await lead.closes();
    const empty = { hours: { value: { type: 'plain_text_input', value: null } } };
    expectSame(requests.viewClosed(anyone, { ...open, values: empty }), sent('view_closed'), labels);
  });

  test('a button of the Home', async () => {
    await client.views.publish({
      user_id: lead.id,
      view: { type: 'home', callback_id: 'log', blocks: [buttons] },
    });
    await lead.opensHome();
    await lead.clicks('Press');
    const recorded = requests.buttonOfHome(anyone, { id: 'press', value: '7' }, { ...open, values: {} });
    expectSame(recorded, sent('block_actions'), unsaid('actions[0].text'));
  });

  test('shortcuts, global and of a message', async () => {
    await lead.usesShortcut('any-shortcut');
    expectSame(requests.globalShortcut(anyone, 'any-shortcut'), sent('shortcut'));
    await lead.types('what happened', { in: 'team-platform' });
    await lead.usesShortcut('any-shortcut', lead.conversation('team-platform').at(-1)!.ts);
    expectSame(requests.messageShortcut(anyone, 'any-shortcut', 'what happened'), sent('message_action'), [
      // What people's own client adds. The bot reads the text, which holds the same words.
      'message.client_msg_id is lacking',
      'message.blocks is lacking',
    ]);
  });
});

describe('what happens', () => {
  const people = [
    // Pictures, a status and a telephone number: nothing here shows any of them.
    ...[
      'phone',
      'skype',
      'fields',
      'avatar_hash',
      'image_24',
      'image_32',
      'image_48',
      'image_72',
      'image_192',
    ],
    ...['image_512', 'status_text', 'status_emoji', 'status_emoji_display_info', 'status_expiration'],
    'status_text_canonical',
  ].map((name) => `user.profile.${name} is lacking`);
  const rights = ['user.is_email_confirmed is lacking', 'user.who_can_share_contact_card is lacking'];
  const inEvent = (path: string) => `event.${path}`;

  test('the Home is opened, for the first time and again', async () => {
    const newcomer = on.slack.person('leyla');
    await newcomer.opensHome();
    expectSame(events.appHomeOpened(anyone), sent('event app_home_opened'));
    await client.views.publish({
      user_id: newcomer.id,
      view: { type: 'home', callback_id: 'log', blocks: [buttons] },
    });
    await newcomer.opensHome();
    const view = requests.home(anyone, { ...open, values: {} });
    expectSame(events.appHomeOpened(anyone, 'home', view), sent('event app_home_opened'));
  });

  test('words said to the bot', async () => {
    await lead.types('hello there');
    expectSame(events.messageIm(anyone, 'hello there'), sent('event message'), [
      // As for a message shortcut above.
      'event.client_msg_id is lacking',
      'event.blocks is lacking',
    ]);
  });

  test('somebody moves, and somebody leaves the company', async () => {
    await lead.movesTo('Europe/Lisbon');
    expectSame(events.userChange(anyone), sent('event user_change'), [...people, ...rights].map(inEvent));
    await on.slack.deactivate('jonas');
    expectSame(events.accountClosed(anyone), sent('event user_change'), people.map(inEvent));
    await client.users.info({ user: lead.id });
    expectSame({ ok: true, user: events.user(anyone) }, answered('users.info'), [...people, ...rights]);
    await client.users.info({ user: on.slack.person('jonas').id });
    expectSame({ ok: true, user: events.closedUser(anyone) }, answered('users.info'), people);
  });

  test('somebody joins a channel, and channels are archived', async () => {
    await lead.invites('incidents');
    expectSame(events.memberJoined(anyone), sent('event member_joined_channel'));
    await on.slack.archive('incidents');
    expectSame(events.archived(anyone, 'group_archive'), sent('event group_archive'));
    await lead.invites('general');
    await on.slack.archive('general');
    expectSame(events.archived(anyone), sent('event channel_archive'));
  });
});

describe('what the Web API answers', () => {
  test('who the bot is', async () => {
    await client.auth.test();
    expectSame(answers.authTest(anyone), answered('auth.test'));
  });

  test('channels and who is in them', async () => {
    const channel = channelId('team-platform');
    // Of shared channels and old names the bot knows nothing.
    const lacks = [
      'unlinked',
      'pending_shared',
      'shared_team_ids',
      'pending_connected_team_ids',
      'previous_names',
    ];
    const allowed = lacks.map((name) => `channel.${name} is lacking`);
    await client.conversations.info({ channel });
    expectSame({ ok: true, channel: answers.channel(anyone) }, answered('conversations.info'), allowed);
    await client.conversations.info({ channel, include_num_members: true });
    expectSame(
      { ok: true, channel: answers.channelWithCount(anyone) },
      answered('conversations.info'),
      allowed,
    );
    await client.conversations.members({ channel });
    expectSame(answers.members(anyone), answered('conversations.members'));
  });

  test('messages, posted, changed, found again', async () => {
    const blocks = [{ type: 'section' as const, text: { type: 'mrkdwn' as const, text: 'Any words' } }];
    const metadata = { event_type: 'any_event', event_payload: { any: 'thing' } };
    // What the bot looks like: nobody here looks.
    const looks = (path: string) => [
      `${path}.bot_profile.icons is lacking`,
      `${path}.bot_profile.updated is lacking`,
      `${path}.blocks[0].text.verbatim is lacking`,
    ];
    const channel = channelId('team-platform');
    const { ts } = await client.chat.postMessage({ channel, text: 'Any words', blocks, metadata });
    expectSame(answers.posted(anyone), answered('chat.postMessage'), looks('message'));
    await client.chat.postMessage({ channel, text: 'Any words', blocks, metadata });
    await client.conversations.history({ channel, limit: 1, include_all_metadata: true });
    expectSame(answers.history(anyone), answered('conversations.history'), looks('messages[0]'));
    await client.chat.update({ channel, ts: ts!, text: 'Other words' });
    expectSame(answers.updated(anyone), answered('chat.update'), looks('message'));
    await client.chat.getPermalink({ channel, message_ts: ts! });
    expectSame(answers.permalink(anyone), answered('chat.getPermalink'));
    await lead.types('hello');
    await client.conversations.open({ users: lead.id });
    expectSame(answers.opened(anyone), answered('conversations.open'));
  });

  test('a form opened', async () => {
    await lead.types('/logtime');
    const empty = { hours: { value: { type: 'plain_text_input', value: null } } };
    expectSame(
      { ok: true, view: { ...requests.modal(anyone, { ...open, values: empty }), notify_on_close: true } },
      answered('views.open'),
      unsaid('view.title', 'view.close', 'view.submit'),
    );
    await lead.closes();
  });

  test('refusals', async () => {
    const channel = channelId('team-platform');
    const refuse = async (call: Promise<unknown>) => expect(call).rejects.toThrow();
    await refuse(client.chat.postMessage({ channel: 'C0NOWHERE', text: 'a' }));
    expectSame(answers.refused, answered('chat.postMessage'));
    const tooLong = { type: 'header' as const, text: words('x'.repeat(151)) };
    await refuse(client.chat.postMessage({ channel, text: 'a', blocks: [tooLong] }));
    expectSame(answers.invalidBlocks, answered('chat.postMessage'));
    await refuse(client.views.publish({ user_id: lead.id, view: { type: 'home', blocks: [tooLong] } }));
    expectSame(answers.invalidView, answered('views.publish'));
    await refuse(client.team.info());
    expectSame(answers.missingScope, answered('team.info'));
    on.slack.faults.add({ method: 'chat.postMessage', kind: 'ratelimited', count: 1 });
    await refuse(client.chat.postMessage({ channel, text: 'a' }));
    expectSame(answers.rateLimited, answered('chat.postMessage'));
  });
});

test('Socket Mode: the greeting, a command, an event, and the goodbye', async () => {
  const { url } = await clientOf(on.slack.appToken).apps.connections.open();
  const socket = new WebSocket(url!);
  const heard: Record<string, unknown>[] = [];
  let hear = () => {};
  socket.onmessage = ({ data }) => {
    const message = JSON.parse(String(data)) as Record<string, unknown>;
    heard.push(message);
    if (typeof message.envelope_id === 'string')
      socket.send(JSON.stringify({ envelope_id: message.envelope_id }));
    hear();
  };
  const next = async () => {
    while (heard.length === 0) {
      await new Promise<void>((resolve) => {
        hear = resolve;
      });
    }
    return heard.shift();
  };
  expectSame(answers.hello(anyone), await next(), [
    // When which of Slack's machines was built.
    'debug_info.started is lacking',
    'debug_info.build_number is lacking',
  ]);
  await lead.types('/logtime 45m review');
  expectSame(answers.envelope('slash_commands', requests.slashCommand(anyone)), await next());
  const newcomer = on.slack.person('duarte');
  await newcomer.opensHome();
  expectSame(answers.envelope('events_api', events.appHomeOpened(anyone)), await next());
  on.slack.socketMode.refresh();
  expectSame(answers.disconnect, await next());
  const closed = new Promise((resolve) => {
    socket.onclose = resolve;
  });
  socket.close();
  await closed;
});
