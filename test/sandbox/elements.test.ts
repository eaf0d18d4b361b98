import { afterEach, expect, test } from '@jest/globals';
import { WebClient } from '@slack/web-api';
import { quiet, type Stage, stage } from './bolt.ts';

let on: Stage;
afterEach(() => on.stop());

const plain = (text: string) => ({ type: 'plain_text' as const, text });
const options = (...texts: string[]) =>
  texts.map((text) => ({ text: plain(text), value: text.toLowerCase() }));

/** A Bolt app that keeps every action it hears, and a message of these blocks in the lead's DM. */
async function withMessage(blocks: object[]) {
  on = await stage();
  const heard: Record<string, unknown>[] = [];
  on.app.action(/.*/, async ({ ack, action, body }) => {
    heard.push({ action, state: (body as { state?: { values: unknown } }).state?.values });
    await ack();
  });
  const lead = on.slack.person('lead');
  const posted = await on.app.client.chat.postMessage({
    token: on.slack.workspace().botToken,
    channel: lead.id,
    text: 'Choose',
    blocks: blocks as never,
  });
  return { lead, heard, ts: posted.ts ?? '' };
}

test('every menu and picker sends what was chosen, as Slack names it', async () => {
  const elements = [
    { type: 'static_select', action_id: 'static', placeholder: plain('One'), options: options('A', 'B') },
    { type: 'multi_static_select', action_id: 'multi', options: options('A', 'B', 'C') },
    { type: 'users_select', action_id: 'user' },
    { type: 'multi_users_select', action_id: 'users' },
    { type: 'channels_select', action_id: 'channel' },
    { type: 'conversations_select', action_id: 'conversation' },
    { type: 'datepicker', action_id: 'date' },
    { type: 'timepicker', action_id: 'time' },
    { type: 'datetimepicker', action_id: 'moment' },
    { type: 'checkboxes', action_id: 'checks', options: options('A', 'B') },
    { type: 'radio_buttons', action_id: 'radio', options: options('A', 'B') },
  ];
  const { lead, heard } = await withMessage([{ type: 'actions', block_id: 'b', elements }]);
  const duarte = on.slack.person('duarte').id;
  const team = [...on.slack.workspace().channels.values()].find((one) => one.name === 'team-platform')?.id;
  const [a, b] = options('A', 'B');
  await lead.selects('One', 'B');
  await lead.selects('multi', ['A', 'B']);
  await lead.selects('user', 'duarte');
  await lead.selects('users', ['@duarte']);
  await lead.selects('channel', 'team-platform');
  await lead.selects('conversation', '#team-platform');
  await lead.selects('date', '2026-11-27');
  await lead.selects('time', '09:30');
  await lead.selects('moment', '2026-11-27T15:00:00Z');
  await lead.selects('checks', ['A']);
  await lead.selects('radio', 'B');
  expect(heard.map((one) => one.action)).toMatchObject([
    { type: 'static_select', selected_option: b },
    { selected_options: [a, b] },
    { selected_user: duarte },
    { selected_users: [duarte] },
    { selected_channel: team },
    { selected_conversation: team },
    { selected_date: '2026-11-27' },
    { selected_time: '09:30' },
    { selected_date_time: 1_795_791_600 },
    { selected_options: [a] },
    { selected_option: b },
  ]);
  expect(heard.at(-1)?.state).toMatchObject({
    b: { static: { type: 'static_select', selected_option: b }, date: { selected_date: '2026-11-27' } },
  });
  expect(lead.dm()[0]?.text).toContain('(x) A ( ) B ( ) A (x) B');
  await expect(lead.selects('static', 'Z')).rejects.toThrow('There is no option "Z"; there are: A, B');
  expect(on.slack.violations).toEqual([]);
});

test('overflow entries, confirmations, and labels that are not unique', async () => {
  const { lead, heard } = await withMessage([
    {
      type: 'section',
      block_id: 'one',
      text: plain('First'),
      accessory: { type: 'overflow', action_id: 'more', options: options('Snooze', 'Skip') },
    },
    ...['two', 'three'].map((id) => ({
      type: 'actions',
      block_id: id,
      elements: [
        {
          type: 'button',
          action_id: 'delete',
          text: plain('Delete'),
          value: id,
          confirm: {
            title: plain('Sure?'),
            text: plain('It is gone then'),
            confirm: plain('Yes'),
            deny: plain('No'),
          },
        },
      ],
    })),
  ]);
  await lead.clicks('Snooze');
  expect(heard[0]?.action).toMatchObject({ action_id: 'more', selected_option: { value: 'snooze' } });
  await expect(lead.clicks('Delete')).rejects.toThrow('There are 2 of "Delete" (in blocks two, three)');
  await lead.clicks('Delete', { value: 'three', confirm: false });
  expect(heard).toHaveLength(1);
  await lead.clicks('Delete', { blockId: 'three' });
  expect(heard[1]?.action).toMatchObject({ action_id: 'delete', value: 'three', block_id: 'three' });
  await expect(lead.clicks('Nothing')).rejects.toThrow('finds nothing called "Nothing" to press');
});

test('an update that does not mention the blocks leaves them, buttons and all', async () => {
  const { lead, ts } = await withMessage([
    { type: 'actions', elements: [{ type: 'button', action_id: 'undo', text: plain('Undo') }] },
  ]);
  const client = new WebClient(on.slack.workspace().botToken, {
    slackApiUrl: on.slack.apiUrl,
    logger: quiet,
  });
  const channel = lead.dm()[0]?.channelId ?? '';
  await client.chat.update({ channel, ts, text: 'Undone' });
  expect(lead.dm()[0]?.text).toBe('[Undo]');
  await client.chat.update({ channel, ts, text: 'Undone', blocks: [] });
  expect(lead.dm()[0]?.text).toBe('Undone');
});

test('an external menu asks the bot for its options', async () => {
  const { lead, heard } = await withMessage([
    { type: 'actions', elements: [{ type: 'external_select', action_id: 'person', min_query_length: 0 }] },
  ]);
  on.app.options('person', async ({ ack, payload }) => {
    await ack({
      options: options('Ana', 'Anders', 'Bo').filter((one) => one.text.text.startsWith(payload.value)),
    });
  });
  expect((await lead.looksUp('person', 'An')).map((one) => one.text.text)).toEqual(['Ana', 'Anders']);
  await lead.selects('person', 'Anders');
  expect(heard.map((one) => one.action)).toMatchObject([{ selected_option: { value: 'anders' } }]);
});

test('shortcuts, closing a form, and a changed time zone reach the bot', async () => {
  on = await stage();
  const { app, slack } = on;
  const heard: string[] = [];
  app.shortcut('log_time', async ({ ack, shortcut, client }) => {
    await ack();
    heard.push(shortcut.type);
    if (shortcut.type !== 'shortcut') return;
    await client.views.open({
      trigger_id: shortcut.trigger_id,
      view: { type: 'modal', callback_id: 'form', notify_on_close: true, title: plain('Form'), blocks: [] },
    });
  });
  app.view({ callback_id: 'form', type: 'view_closed' }, async ({ ack, body }) => {
    await ack();
    heard.push(`${body.type} ${(body as { is_cleared?: boolean }).is_cleared}`);
  });
  app.event('user_change', async ({ event }) => {
    heard.push(`${event.type} ${event.user.tz}`);
  });
  const lead = slack.person('lead');
  await lead.usesShortcut('log_time');
  await lead.waitsFor('Form');
  await lead.closes();
  expect(lead.modal()).toBeUndefined();
  await lead.types('a thought');
  await lead.usesShortcut('log_time', lead.dm()[0]?.ts);
  await lead.movesTo('Asia/Kathmandu');
  expect(lead.tz).toBe('Asia/Kathmandu');
  expect(heard).toEqual(['shortcut', 'view_closed false', 'message_action', 'user_change Asia/Kathmandu']);
  expect(slack.violations).toEqual([]);
});

test('forms check numbers, addresses and lengths before the bot hears of them', async () => {
  on = await stage();
  const { app, slack } = on;
  const input = (id: string, element: object, extra: object = {}) => ({
    type: 'input',
    block_id: id,
    label: plain(id),
    element: { action_id: 'v', ...element },
    ...extra,
  });
  app.command('/form', async ({ ack, client, command }) => {
    await ack();
    await client.views.open({
      trigger_id: command.trigger_id,
      view: {
        type: 'modal',
        callback_id: 'form',
        title: plain('Form'),
        submit: plain('Send'),
        blocks: [
          input('count', {
            type: 'number_input',
            is_decimal_allowed: false,
            min_value: '1',
            max_value: '20',
          }),
          input('mail', { type: 'email_text_input' }, { optional: true }),
          input('page', { type: 'url_text_input' }, { optional: true }),
          input('note', { type: 'plain_text_input', max_length: 5 }, { optional: true }),
          input(
            'some',
            { type: 'multi_static_select', options: options('A', 'B'), max_selected_items: 1 },
            { optional: true },
          ),
        ] as never,
      },
    });
  });
  let sent: unknown;
  app.view('form', async ({ ack, view }) => {
    sent = view.state.values;
    await ack();
  });
  const lead = slack.person('lead');
  await lead.types('/form');
  await lead.waitsFor('Form');
  const wrong = await lead.submits({
    count: '1.5',
    mail: 'nobody',
    page: 'here',
    note: 'too long',
    some: ['A', 'B'],
  });
  expect(wrong.errors).toEqual({
    count: 'Please enter a whole number.',
    mail: 'Please enter a valid email address.',
    page: 'Please enter a valid URL.',
    note: 'Please enter no more than 5 characters.',
    some: 'Please select no more than 1 items.',
  });
  expect((await lead.submits({ count: 21 })).errors?.count).toBe('Please enter a number of at most 20.');
  expect(sent).toBeUndefined();
  await expect(lead.submits({ nothing: 'a' })).rejects.toThrow(
    'has no field "nothing"; it has: "count" (count)',
  );
  await lead.submits({ count: 5, mail: '', page: '', note: 'ok', some: [] });
  expect(sent).toMatchObject({
    count: { v: { type: 'number_input', value: '5' } },
    mail: { v: { type: 'email_text_input', value: null } },
    some: { v: { selected_options: [] } },
  });
});

test('the app is installed through OAuth, with a code that serves once', async () => {
  on = await stage();
  const { slack } = on;
  const query = new URLSearchParams({
    client_id: slack.clientId,
    redirect_uri: 'http://127.0.0.1:1/slack/oauth_redirect',
    state: 's',
  });
  const agreed = await fetch(`${slack.url}/oauth/v2/authorize?${query}`, { redirect: 'manual' });
  const target = new URL(agreed.headers.get('location') ?? '');
  expect(target.searchParams.get('state')).toBe('s');
  const client = new WebClient(undefined, {
    slackApiUrl: slack.apiUrl,
    logger: quiet,
    retryConfig: { retries: 0 },
  });
  const access = () =>
    client.oauth.v2.access({
      client_id: slack.clientId,
      client_secret: slack.clientSecret,
      code: target.searchParams.get('code') ?? '',
    });
  expect(await access()).toMatchObject({ token_type: 'bot', team: { id: slack.workspace().id } });
  await expect(access()).rejects.toThrow('code_already_used');
  expect(JSON.stringify(slack.log)).not.toContain(slack.clientSecret);
});
