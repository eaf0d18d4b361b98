import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { WebClient } from '@slack/web-api';
import { sandboxClock } from '../../sandbox/slack/clock.ts';
import { smallCompany } from '../../sandbox/slack/company.ts';
import { type LocalSlack, startLocalSlack } from '../../sandbox/slack/index.ts';
import { quiet } from './bolt.ts';

const clock = sandboxClock(Temporal.Instant.from('2026-11-27T14:00:00Z'));
let slack: LocalSlack;
let client: WebClient;

const clientOf = (token: string) =>
  new WebClient(token, {
    slackApiUrl: slack.apiUrl,
    retryConfig: { retries: 0 },
    logger: quiet,
    rejectRateLimitedCalls: true,
  });

beforeEach(async () => {
  clock.set(Temporal.Instant.from('2026-11-27T14:00:00Z'));
  slack = await startLocalSlack({ clock });
  client = clientOf(slack.workspace().botToken);
});
afterEach(() => slack.stop());

const channelId = (name: string) =>
  [...slack.workspace().channels.values()].find((one) => one.name === name)?.id ?? '';
/** The error code of a refused call. */
const refused = async (call: Promise<unknown>): Promise<string> => {
  const error = (await call.then(
    () => undefined,
    (failure: unknown) => failure,
  )) as { data?: { error?: string } } | undefined;
  return error?.data?.error ?? 'not refused';
};

describe('who may', () => {
  test('a wrong token, no token and a removed app are told apart', async () => {
    expect(await refused(clientOf('xoxb-other').auth.test())).toBe('invalid_auth');
    const response = await fetch(`${slack.apiUrl}auth.test`, { method: 'POST' });
    expect(await response.json()).toEqual({ ok: false, error: 'not_authed' });
    await slack.uninstall();
    expect(await refused(client.auth.test())).toBe('account_inactive');
  });

  test('an unknown method and a missing scope', async () => {
    expect(await refused(client.apiCall('chat.shout'))).toBe('unknown_method');
    const error = await client.team.info().catch((failure: unknown) => failure);
    expect((error as { data: unknown }).data).toMatchObject({
      error: 'missing_scope',
      needed: 'team:read',
      provided: 'commands,chat:write,im:write,im:history,users:read,channels:read,groups:read',
    });
    expect(await refused(client.conversations.history({ channel: channelId('team-platform') }))).toBe(
      'missing_scope',
    );
    expect(slack.violations.map((one) => one.rule)).toEqual([
      'unknown_method',
      'missing_scope',
      'missing_scope',
    ]);
  });

  test('a private channel the bot is not in does not exist; a public one it has to be invited to', async () => {
    const text = 'hello';
    expect(await refused(client.chat.postMessage({ channel: channelId('incidents'), text }))).toBe(
      'channel_not_found',
    );
    expect(await refused(client.chat.postMessage({ channel: channelId('general'), text }))).toBe(
      'not_in_channel',
    );
    const { channels } = await client.conversations.list({ types: 'public_channel,private_channel' });
    expect(channels?.map((one) => one.name)).toEqual(['general', 'team-platform']);
    await slack.person('lead').invites('incidents');
    expect((await client.chat.postMessage({ channel: channelId('incidents'), text })).ok).toBe(true);
  });

  test('an archived channel and a person who left', async () => {
    await slack.archive('team-platform');
    expect(await refused(client.chat.postMessage({ channel: channelId('team-platform'), text: 'a' }))).toBe(
      'is_archived',
    );
    const gone = slack.person('jonas').id;
    await slack.deactivate('jonas');
    expect(await refused(client.chat.postMessage({ channel: gone, text: 'a' }))).toBe('user_disabled');
    expect(slack.violations).toEqual([]);
  });
});

describe('messages', () => {
  test('metadata comes back, and people see the blocks', async () => {
    const lead = slack.person('lead');
    const { channel } = await client.conversations.open({ users: lead.id });
    const posted = await client.chat.postMessage({
      channel: channel?.id ?? '',
      text: 'Your week',
      blocks: [
        {
          type: 'section',
          text: { type: 'mrkdwn', text: '*Your week* ended <!date^1795791600^{time}|then>' },
        },
      ],
      metadata: { event_type: 'delivery', event_payload: { id: '42' } },
    });
    expect(lead.sees()).toBe('Your week ended 4:00 PM');
    const history = await client.conversations.history({
      channel: channel?.id ?? '',
      include_all_metadata: true,
    });
    expect(history.messages).toHaveLength(1);
    expect(history.messages?.[0]).toMatchObject({
      ts: posted.ts,
      metadata: { event_type: 'delivery', event_payload: { id: '42' } },
    });
  });

  test('a message is changed and removed by its own app only', async () => {
    const channel = channelId('team-platform');
    const lead = slack.person('lead');
    const { ts = '' } = await client.chat.postMessage({ channel, text: 'one' });
    await client.chat.update({ channel, ts, text: 'two' });
    expect(lead.conversation('team-platform').map((one) => one.text)).toEqual(['two']);
    await lead.types('mine', { in: 'team-platform' });
    const mine = lead.conversation('team-platform').at(-1)?.ts ?? '';
    expect(await refused(client.chat.update({ channel, ts: mine, text: 'no' }))).toBe('cant_update_message');
    expect(await refused(client.chat.update({ channel, ts: '1.000001', text: 'no' }))).toBe(
      'message_not_found',
    );
    expect(await refused(client.chat.update({ channel, ts, text: 'x'.repeat(4001) }))).toBe('msg_too_long');
    const long = { type: 'section', text: { type: 'mrkdwn', text: 'x'.repeat(2900) } };
    expect(
      await refused(client.chat.postMessage({ channel, blocks: Array(5).fill(long) as never, text: 'long' })),
    ).toBe('msg_blocks_too_long');
    expect(await refused(client.chat.postMessage({ channel, text: '' }))).toBe('no_text');
    await client.chat.delete({ channel, ts });
    expect(lead.conversation('team-platform').map((one) => one.text)).toEqual(['mine']);
  });

  test('an ephemeral message is one person’s, and no history knows it', async () => {
    const channel = channelId('team-platform');
    const { message_ts: ts = '' } = await client.chat.postEphemeral({
      channel,
      user: slack.person('lead').id,
      text: 'psst',
    });
    expect(slack.person('lead').sees()).toBe('psst');
    expect(slack.person('leyla').conversation('team-platform')).toEqual([]);
    expect(await refused(client.chat.update({ channel, ts, text: 'no' }))).toBe('message_not_found');
    expect(await refused(client.chat.postEphemeral({ channel, user: 'UNOBODY', text: 'a' }))).toBe(
      'user_not_found',
    );
  });

  test('the timestamp differs and grows on a frozen clock', async () => {
    const channel = channelId('team-platform');
    const all: string[] = [];
    for (let index = 0; index < 5; index += 1) {
      all.push((await client.chat.postMessage({ channel, text: `${index}` })).ts ?? '');
    }
    expect(new Set(all).size).toBe(5);
    expect([...all].sort()).toEqual(all);
    expect(all[0]).toBe('1795788000.000000');
  });

  test('history pages through 5,000 messages, newest first, none twice', async () => {
    const lead = slack.person('lead');
    const { channel } = await client.conversations.open({ users: lead.id });
    for (let index = 0; index < 5000; index += 1) await lead.types(`m${index}`);
    const texts: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await client.conversations.history({
        channel: channel?.id ?? '',
        limit: 500,
        ...(cursor ? { cursor } : {}),
      });
      texts.push(...(page.messages ?? []).map((one) => one.text ?? ''));
      cursor = page.response_metadata?.next_cursor;
    } while (cursor);
    expect(texts).toHaveLength(5000);
    expect(texts[0]).toBe('m4999');
    expect(texts.at(-1)).toBe('m0');
    expect(new Set(texts).size).toBe(5000);
  });

  test('a refused block is told with its place, as Slack tells it', async () => {
    const error = await client.chat
      .postMessage({
        channel: channelId('team-platform'),
        text: 'a',
        blocks: [{ type: 'header', text: { type: 'plain_text', text: 'x'.repeat(151) } }],
      })
      .catch((failure: unknown) => failure);
    expect((error as { data: unknown }).data).toMatchObject({
      error: 'invalid_blocks',
      response_metadata: {
        messages: ['[ERROR] must be less than 151 characters [json-pointer:/blocks/0/text/text]'],
      },
    });
    expect(slack.violations).toHaveLength(1);
    expect(slack.violations[0]?.message).toContain('/blocks/0/text/text');
  });
});

test('users.info gives the offset of the moment, on both sides of a clock change', async () => {
  const user = slack.person('aroha').id;
  expect((await client.users.info({ user })).user).toMatchObject({
    tz: 'Pacific/Auckland',
    tz_offset: 13 * 3600,
  });
  clock.set(Temporal.Instant.from('2027-06-01T00:00:00Z'));
  expect((await client.users.info({ user })).user).toMatchObject({
    tz_offset: 12 * 3600,
    tz_label: 'New Zealand Standard Time',
  });
});

test('workspaces never see each other', async () => {
  await slack.stop();
  const other = { ...smallCompany, id: 'T0OTHER', name: 'Other', domain: 'other' };
  slack = await startLocalSlack({ clock, workspaces: [smallCompany, other] });
  const theirs = clientOf(slack.workspace('T0OTHER').botToken);
  expect((await theirs.auth.test()).team_id).toBe('T0OTHER');
  const mine = slack.person('lead', smallCompany.id);
  expect(await refused(theirs.users.info({ user: mine.id }))).toBe('user_not_found');
  expect(await refused(theirs.chat.postMessage({ channel: mine.id, text: 'a' }))).toBe('channel_not_found');
  await theirs.chat.postMessage({ channel: slack.person('lead', 'T0OTHER').id, text: 'ours' });
  expect(mine.dm()).toEqual([]);
  expect(slack.person('lead', 'T0OTHER').sees()).toBe('ours');
});

test('what was said survives a restart, and new timestamps come after it', async () => {
  const lead = slack.person('lead');
  await client.chat.postMessage({ channel: lead.id, text: 'before' });
  const saved = JSON.parse(JSON.stringify(slack.save())) as ReturnType<LocalSlack['save']>;
  await slack.stop();
  clock.set(Temporal.Instant.from(saved.now));
  slack = await startLocalSlack({ clock, saved });
  client = clientOf(slack.workspace().botToken);
  await client.chat.postMessage({ channel: slack.person('lead').id, text: 'after' });
  expect(
    slack
      .person('lead')
      .dm()
      .map((one) => one.text),
  ).toEqual(['before', 'after']);
});
