import { request } from 'node:http';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { durationOf, openApi } from '../../sandbox/api.ts';
import { sandboxClock } from '../../sandbox/slack/clock.ts';
import { type Stage, stage } from './bolt.ts';

let on: Stage;
beforeEach(async () => {
  on = await stage({ clock: sandboxClock(Temporal.Instant.from('2026-11-25T09:00:00Z')) });
  openApi(on.slack);
  on.app.command('/logtime', async ({ ack, command, client }) => {
    if (command.text !== '') return ack(`Understood: ${command.text}`);
    await ack();
    await client.views.open({
      trigger_id: command.trigger_id,
      view: {
        type: 'modal',
        callback_id: 'log',
        title: { type: 'plain_text', text: 'Log time' },
        submit: { type: 'plain_text', text: 'Log' },
        blocks: [
          {
            type: 'input',
            block_id: 'category',
            label: { type: 'plain_text', text: 'Category' },
            element: {
              type: 'static_select',
              action_id: 'value',
              options: ['Review', 'Coding'].map((text) => ({
                text: { type: 'plain_text', text },
                value: text,
              })),
            },
          },
        ],
      },
    });
  });
  on.app.view('log', async ({ ack, view, client, body }) => {
    await client.chat.postMessage({
      channel: body.user.id,
      text: `Logged ${view.state.values.category?.value?.selected_option?.value}`,
      blocks: [
        {
          type: 'actions',
          elements: [{ type: 'button', action_id: 'undo', text: { type: 'plain_text', text: 'Undo' } }],
        },
      ],
    });
    await ack();
  });
  on.app.action('undo', async ({ ack, respond }) => {
    await ack();
    await respond({ delete_original: true });
  });
});
afterEach(() => on.stop());

const get = async (path: string) =>
  (await fetch(`${on.slack.url}/_sandbox/${path}`)).json() as Promise<unknown>;
const post = async (path: string, body: object = {}) => {
  const response = await fetch(`${on.slack.url}/_sandbox/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
};

test('a command through the API answers with the acknowledgement and what the person sees', async () => {
  const people = (await get('people')) as { id: string; role: string; tz: string }[];
  expect(people.filter((one) => one.role === 'lead')).toHaveLength(1);
  const lead = people.find((one) => one.role === 'lead')?.id ?? '';
  const { body } = await post(`as/${lead}/command`, { text: '/logtime 45m review' });
  expect(body).toMatchObject({
    ok: true,
    acknowledgement: { status: 200, body: 'Understood: 45m review' },
    sees: 'Understood: 45m review',
    modal: null,
  });
  expect(await get(`messages?channel=dm&as=${lead}`)).toMatchObject([
    { text: 'Understood: 45m review', ephemeral: true },
  ]);
  expect(await get('messages?channel=dm&as=leyla')).toEqual([]);
});

test('a form is opened, filled, submitted, and its message clicked', async () => {
  const opened = await post('as/lead/command', { text: '/logtime' });
  const view = opened.body.modal as { id: string; title: string };
  expect(view.title).toBe('Log time');
  expect((await post('as/lead/submit', { view_id: view.id })).body).toMatchObject({
    ok: false,
    errors: { category: 'Please complete this required field.' },
  });
  expect((await post('as/lead/submit', { view_id: view.id, values: { Category: 'Tea' } })).body.error).toBe(
    'There is no option "Tea"; there are: Review, Coding',
  );
  const done = await post('as/lead/submit', { view_id: view.id, values: { Category: 'Review' } });
  expect(done.body).toMatchObject({ ok: true, modal: null, sees: '[Undo]' });
  const [message] = (await get('messages?as=lead')) as { ts: string }[];
  expect((await post('as/lead/click', { label: 'Undo', ts: message?.ts })).body.ok).toBe(true);
  expect(await get('messages?as=lead')).toEqual([]);
});

test('the clock moves by the lead’s calendar and never back', async () => {
  expect((await post('clock', { advance: '1h 30min' })).body).toMatchObject({ now: '2026-11-25T10:30:00Z' });
  expect((await post('clock', { to: '2026-11-27T15:00' })).body).toMatchObject({
    now: '2026-11-27T14:00:00Z',
    local: '2026-11-27T15:00:00',
    zone: 'Europe/Berlin',
  });
  const back = await post('clock', { to: '2026-11-01T00:00' });
  expect(back.status).toBe(400);
  expect(back.body.error).toContain('only moves forward');
});

test('durations in words and in ISO 8601', () => {
  for (const text of ['1h', 'PT1H', '60 min', '60 minutes', '1 hour']) {
    expect(durationOf(text).total({ unit: 'minutes' })).toBe(60);
  }
  expect(durationOf('2 days').days).toBe(2);
  expect(() => durationOf('soon')).toThrow('is no duration');
});

test('a person’s state shows what is theirs, and reading takes the dot away', async () => {
  await post('as/lead/command', { text: '/logtime 1h coding' });
  const state = async (as: string) =>
    (await get(`state?as=${as}`)) as {
      channels: { name: string; kind: string; is_app: boolean; unread: number }[];
    };
  const dm = (list: { channels: { is_app: boolean; unread: number }[] }) =>
    list.channels.find((one) => one.is_app);
  expect(dm(await state('lead'))?.unread).toBe(1);
  expect(dm(await state('leyla'))?.unread).toBe(0);
  expect((await state('lead')).channels.map((one) => one.name)).toContain('incidents');
  expect((await state('leyla')).channels.map((one) => one.name)).not.toContain('incidents');
  await post('as/lead/read', { channel: 'dm' });
  expect(dm(await state('lead'))?.unread).toBe(0);
});

test('live changes reach only whom they concern', async () => {
  const stream = async (as: string) => {
    const response = await fetch(`${on.slack.url}/_sandbox/events?as=${as}`);
    return response.body!.pipeThrough(new TextDecoderStream()).getReader();
  };
  const [lead, leyla] = [await stream('lead'), await stream('leyla')];
  await post('as/lead/command', { text: '/logtime 1h coding' });
  await post('clock', { advance: '1h' });
  const until = async (reader: Awaited<ReturnType<typeof stream>>, wanted: string) => {
    let text = '';
    while (!text.includes(wanted)) text += (await reader.read()).value ?? '';
    return text;
  };
  expect(await until(lead, 'clock_moved')).toContain('message_posted');
  expect(await until(leyla, 'clock_moved')).not.toContain('message_posted');
  await lead.cancel();
  await leyla.cancel();
});

test('strangers are refused: a foreign host, a foreign page, and what is no JSON', async () => {
  const ask = (headers: Record<string, string>, method = 'POST') =>
    new Promise<number>((resolve, reject) => {
      const call = request(`${on.slack.url}/_sandbox/clock`, { method, headers }, (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      });
      call.on('error', reject);
      call.end(method === 'POST' ? '{"advance":"1h"}' : undefined);
    });
  const json = { 'content-type': 'application/json' };
  expect(await ask({ ...json, host: 'evil.example:4000' })).toBe(403);
  expect(await ask({ host: 'evil.example:4000' }, 'GET')).toBe(403);
  expect(await ask({ ...json, origin: 'https://evil.example' })).toBe(403);
  expect(await ask({ 'content-type': 'text/plain' })).toBe(415);
  expect(await ask({ ...json, origin: on.slack.url })).toBe(200);
});

test('the log holds every call and what was sent, without a token', async () => {
  await post('as/lead/command', { text: '/logtime' });
  const log = (await get('log')) as {
    calls: { name: string }[];
    sent: { name: string }[];
    violations: unknown[];
  };
  expect(log.calls.map((one) => one.name)).toEqual(['views.open']);
  expect(log.sent.map((one) => one.name)).toEqual(['/logtime']);
  expect(log.violations).toEqual([]);
  expect(JSON.stringify(log)).not.toContain(on.slack.workspace().botToken);
});

test('an unknown path, person or verb says what there is', async () => {
  expect((await post('as/nobody/command', { text: '/a' })).body.error).toContain('there are: maren');
  expect((await post('as/lead/dance')).body.error).toContain('They can command');
  expect(((await get('nothing')) as { error: string }).error).toContain('There are people');
  expect((await post('as/lead/click', { label: 'Nope' })).body.error).toContain('nothing called "Nope"');
});
