import { afterEach, describe, expect, test } from '@jest/globals';
import { type Stage, stage } from './bolt.ts';

let on: Stage;
afterEach(async () => {
  await on.stop();
});

const modal = (title: string, extra: object = {}) => ({
  type: 'modal' as const,
  callback_id: 'log',
  title: { type: 'plain_text' as const, text: title },
  submit: { type: 'plain_text' as const, text: 'Save' },
  blocks: [
    {
      type: 'input' as const,
      block_id: 'duration',
      label: { type: 'plain_text' as const, text: 'How long' },
      element: { type: 'plain_text_input' as const, action_id: 'value', min_length: 2 },
    },
  ],
  ...extra,
});

describe.each(['http', 'socket'] as const)('over %s', (mode) => {
  test('a command is answered in its acknowledgement, to its person only', async () => {
    on = await stage({ mode });
    const { slack, app } = on;
    const bodies: Record<string, unknown>[] = [];
    app.command('/logtime', async ({ ack, command }) => {
      bodies.push(command as unknown as Record<string, unknown>);
      await ack({ response_type: 'ephemeral', text: `*45 min* with <@${slack.person('duarte').id}>` });
    });
    const lead = slack.person('lead');
    await lead.types('/logtime 45m review with @duarte in #general', { in: 'team-platform' });
    expect(lead.sees()).toBe('45 min with @duarte');
    expect(slack.person('duarte').sees()).toBe('');
    expect(slack.person('duarte').conversation('team-platform')).toEqual([]);
    const duarte = slack.person('duarte').id;
    const general = [...slack.workspace().channels.values()].find((one) => one.name === 'general')?.id;
    expect(Object.keys(bodies[0] ?? {}).sort()).toEqual([
      'api_app_id',
      'channel_id',
      'channel_name',
      'command',
      'is_enterprise_install',
      'response_url',
      'team_domain',
      'team_id',
      'text',
      'token',
      'trigger_id',
      'user_id',
      'user_name',
    ]);
    expect(bodies[0]?.text).toBe(`45m review with <@${duarte}|duarte> in <#${general}|general>`);
    expect(slack.violations).toEqual([]);
  });

  test('a modal opens, refuses by field, stacks, and closes', async () => {
    on = await stage({ mode });
    const { slack, app } = on;
    app.command('/logtime', async ({ ack, client, command }) => {
      await ack();
      await client.views.open({ trigger_id: command.trigger_id, view: modal('Log time') });
    });
    const submissions: unknown[] = [];
    app.view('log', async ({ ack, view }) => {
      submissions.push(view.state.values);
      const value = view.state.values.duration?.value?.value;
      if (value === 'soon')
        await ack({ response_action: 'errors', errors: { duration: 'Say it like 45m.' } });
      else if (value === 'more') await ack({ response_action: 'push', view: modal('And more') });
      else if (value === 'all') await ack({ response_action: 'clear' });
      else await ack();
    });
    const lead = slack.person('lead');
    await lead.types('/logtime');
    await lead.waitsFor('Log time');
    expect(lead.sees()).toContain('How long: []');

    expect(await lead.submits({})).toEqual({ errors: { duration: 'Please complete this required field.' } });
    expect(await lead.submits({ 'How long': 'x' })).toEqual({
      errors: { duration: 'Please enter at least 2 characters.' },
    });
    expect(submissions).toEqual([]);

    await lead.submits({ duration: 'soon' });
    expect(lead.sees()).toContain('! Say it like 45m.');
    await lead.submits({ value: 'more' });
    expect(lead.modal()?.title).toBe('And more');
    await lead.closes();
    expect(lead.modal()?.title).toBe('Log time');
    await lead.submits({ duration: 'more' });
    await lead.submits({ duration: 'all' });
    expect(lead.modal()).toBeUndefined();
    expect(submissions[0]).toEqual({ duration: { value: { type: 'plain_text_input', value: 'soon' } } });
    expect(slack.violations).toEqual([]);
  });

  test('a button in an ephemeral answer replaces it through response_url', async () => {
    on = await stage({ mode });
    const { slack, app } = on;
    app.command('/logtime', async ({ ack }) => {
      await ack({
        text: 'Logged',
        blocks: [
          { type: 'section', text: { type: 'mrkdwn', text: '*Logged*' } },
          {
            type: 'actions',
            elements: [
              { type: 'button', action_id: 'undo', text: { type: 'plain_text', text: 'Undo' }, value: '7' },
            ],
          },
        ],
      });
    });
    app.action('undo', async ({ ack, respond, body }) => {
      await ack();
      expect((body as { container: unknown }).container).toMatchObject({
        type: 'message',
        is_ephemeral: true,
      });
      expect(body).not.toHaveProperty('message');
      await respond({ replace_original: true, text: 'Undone' });
    });
    const lead = slack.person('lead');
    await lead.types('/logtime 1h coding');
    expect(lead.sees()).toBe('Logged\n[Undo]');
    await lead.clicks('Undo');
    await lead.waitsFor('Undone');
    expect(lead.dm().map((message) => message.text)).toEqual(['Undone']);
    expect(slack.violations).toEqual([]);
  });

  test('the Home is published when it is opened', async () => {
    on = await stage({ mode });
    const { slack, app } = on;
    app.event('app_home_opened', async ({ event, client }) => {
      await client.views.publish({
        user_id: event.user,
        view: {
          type: 'home',
          blocks: [{ type: 'header', text: { type: 'plain_text', text: 'Where does your week go?' } }],
        },
      });
    });
    const lead = slack.person('lead');
    await lead.opensHome();
    await lead.waitsFor('Where does your week go?');
    expect(lead.home()?.raw).toMatchObject({ type: 'home' });
    expect(slack.person('leyla').home()).toBeUndefined();
  });
});

test('a command answered after 3 s has failed for its person', async () => {
  on = await stage();
  const { slack, app } = on;
  let over = () => {};
  app.command(
    '/logtime',
    () =>
      new Promise<void>((resolve) => {
        over = resolve;
      }),
  );
  const lead = slack.person('lead');
  expect(await lead.types('/logtime 1h coding')).toEqual({ failure: 'operation_timeout' });
  expect(lead.sees()).toBe('/logtime failed with the error "operation_timeout"');
  expect(slack.violations.map((one) => one.rule)).toEqual(['late_acknowledgement']);
  over();
});

test('a command Slack does not know never reaches the bot', async () => {
  on = await stage();
  on.slack.commands = [{ command: '/logtime' }];
  await on.slack.person('lead').types('/foo bar');
  expect(on.slack.person('lead').sees()).toContain('/foo is not a valid command');
  expect(on.slack.log).toEqual([]);
});

test('the same command delivered twice carries the same trigger', async () => {
  on = await stage();
  const triggers: string[] = [];
  on.app.command('/logtime', async ({ ack, command }) => {
    triggers.push(command.trigger_id);
    await ack();
  });
  await on.slack.person('lead').types('/logtime 1h coding', { twice: true });
  expect(triggers).toHaveLength(2);
  expect(new Set(triggers).size).toBe(1);
});
