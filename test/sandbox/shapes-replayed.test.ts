// Requests as Slack really sends them, shape for shape, signed and over HTTP, at the door of the real bot.

import { describe, expect, test } from '@jest/globals';
import { signature } from '../../sandbox/slack/index.ts';
import { useHouse } from '../support/house.ts';
import * as events from './shapes/events.ts';
import * as requests from './shapes/requests.ts';
import type { Actors } from './shapes/shape.ts';

const house = useHouse({ at: '2026-11-18T10:00' });

/** The lead in their DM with the bot, unless told; with a trigger that nobody has used. */
async function actors(changes: Partial<Actors> = {}): Promise<Actors> {
  const { slack, lead } = house.current;
  const { id: team, domain, appId: app, botUserId: botUser, botId: bot } = slack.workspace();
  // This answer keeps nothing and opens nothing, so its trigger is left over.
  await lead.types('/keel help');
  const command = slack.log.findLast(({ name }) => name === '/keel')?.request as { trigger_id: string };
  return {
    team,
    domain,
    app,
    person: lead.id,
    handle: lead.name,
    botUser,
    bot,
    channel: `D${lead.id.slice(1)}`,
    trigger: command.trigger_id,
    // Nobody is there any more, as after half an hour: what is to be said goes to the DM.
    responseUrl: `${slack.url}/actions/long/gone`,
    ...changes,
  };
}

const channelId = (name: string): string =>
  [...house.current.slack.workspace().channels.values()].find((one) => one.name === name)!.id;

async function post(body: string, type: string): Promise<{ status: number; text: string }> {
  const { slack, url, clock, app } = house.current;
  const timestamp = Math.floor(clock.now().epochMilliseconds / 1000);
  const response = await fetch(`${url}/slack/events`, {
    method: 'POST',
    body,
    headers: {
      'content-type': type,
      'x-slack-request-timestamp': String(timestamp),
      'x-slack-signature': signature(slack.signingSecret, timestamp, body),
    },
  });
  const text = await response.text();
  await app.idle();
  return { status: response.status, text };
}

const form = 'application/x-www-form-urlencoded';
const command = (body: Record<string, string>) => post(new URLSearchParams(body).toString(), form);
const interact = (payload: object) =>
  post(new URLSearchParams({ payload: JSON.stringify(payload) }).toString(), form);
const tell = (event: object) => post(JSON.stringify(event), 'application/json');
const done = { status: 200, text: '' };

/** The button with this label in an answer. */
function buttonIn(text: string, label: string): requests.Pressed {
  const { blocks } = JSON.parse(text) as {
    blocks: { elements?: { action_id?: string; value?: string; text?: { text?: string } }[] }[];
  };
  const button = blocks.flatMap(({ elements = [] }) => elements).find((one) => one.text?.text === label);
  if (!button?.action_id) throw new Error(`No button "${label}" in ${text}`);
  return { id: button.action_id, value: button.value ?? '' };
}

const lastDm = () => house.current.lead.dm().at(-1)?.text;

describe('what people do', () => {
  test.each([
    ['of a workspace', requests.slashCommand],
    ['of an Enterprise organisation', requests.slashCommandInEnterprise],
  ])('a slash command %s is answered in the one response', async (_, shape) => {
    const { status, text } = await command(shape(await actors()));
    expect(status).toBe(200);
    expect(JSON.parse(text)).toMatchObject({
      response_type: 'ephemeral',
      text: expect.stringContaining('45 min review'),
    });
  });

  test.each([
    ['an ephemeral message', requests.buttonOfEphemeralMessage],
    ['a message of the bot', requests.buttonOfMessage],
  ])('a button of %s', async (_, shape) => {
    const of = await actors();
    const { text } = await command(requests.slashCommand(of, '/logtime', '20m hiring'));
    expect(await interact(shape(await actors(), buttonIn(text, 'Undo')))).toEqual(done);
    expect(lastDm()).toContain('Taken back: 20 min hiring, today.');
  });

  test('a menu of an ephemeral message carries its value as a button does', async () => {
    const of = await actors();
    const { text } = await command(requests.slashCommand(of, '/logtime', '25m hiring'));
    expect(await interact(requests.menuOfEphemeralMessage(await actors(), buttonIn(text, 'Undo')))).toEqual(
      done,
    );
    expect(lastDm()).toContain('Taken back: 25 min hiring, today.');
  });

  test('a button of the Home opens a form, and the form is kept', async () => {
    const { lead } = house.current;
    await lead.opensHome();
    const { blocks } = lead.home()!.raw as { blocks: unknown[] };
    const logTime = buttonIn(JSON.stringify({ blocks }), 'Log time');
    const nothing = { callbackId: '', privateMetadata: '', blocks, values: {} };
    expect(await interact(requests.buttonOfHome(await actors(), logTime, nothing))).toEqual(done);
    const modal = lead.modal()!;
    expect(modal.title).toBe('Log time');

    const raw = modal.raw as {
      callback_id: string;
      private_metadata: string;
      blocks: unknown[];
      state: { values: requests.OpenView['values'] };
    };
    const coding = { text: { type: 'plain_text', text: 'coding', emoji: true }, value: 'coding' };
    const open = (time: string): requests.OpenView => ({
      callbackId: raw.callback_id,
      privateMetadata: raw.private_metadata,
      blocks: raw.blocks,
      values: {
        ...raw.state.values,
        time: { time: { type: 'plain_text_input', value: time } },
        category: { category: { type: 'static_select', selected_option: coding } },
      },
    });

    const refused = await interact(requests.viewSubmission(await actors(), open('45 parsecs')));
    expect(JSON.parse(refused.text)).toMatchObject({
      response_action: 'errors',
      errors: { time: expect.stringContaining('45 parsecs') },
    });
    const kept = await interact(requests.viewSubmission(await actors(), open('35m')));
    expect(kept).toEqual(done);
    await lead.closes();
    await lead.types('/logtime today');
    expect(lead.sees()).toContain('35 min coding');
  });

  test('a shortcut, of a message and without one', async () => {
    const { lead } = house.current;
    const of = await actors({ channel: channelId('team-platform') });
    expect(await interact(requests.messageShortcut(of, 'postmortem_start', 'The queue is full.'))).toEqual(
      done,
    );
    expect(lead.modal()?.text).toContain('The queue is full.');
    await lead.closes();
    expect(await interact(requests.globalShortcut(await actors(), 'postmortem_start'))).toEqual(done);
    expect(lead.modal()?.title).toContain('post-mortem');
    await lead.closes();
  });
});

describe('what happens', () => {
  test('the Home is opened: for the first time, again, and on its other tab', async () => {
    const newcomer = house.current.slack.person('leyla');
    const of = await actors({ person: newcomer.id });
    expect(await tell(events.appHomeOpened(of))).toEqual(done);
    expect(newcomer.home()).toBeDefined();
    const nothing = { callbackId: '', privateMetadata: '', blocks: [], values: {} };
    expect(await tell(events.appHomeOpened(of, 'home', requests.home(of, nothing)))).toEqual(done);
    expect(await tell(events.appHomeOpened(of, 'messages'))).toEqual(done);
  });

  test('words said to the bot are answered; its own, changed and deleted ones are not', async () => {
    const { lead } = house.current;
    const of = await actors();
    const before = lead.dm().length;
    expect(await tell(events.messageIm(of, 'hello there'))).toEqual(done);
    expect(lastDm()).toContain('I only understand commands.');
    expect(lead.dm()).toHaveLength(before + 1);
    expect(await tell(events.ownMessage(of, 'I only understand commands.'))).toEqual(done);
    expect(await tell(events.messageChanged(of, 'hello there', 'hello'))).toEqual(done);
    expect(await tell(events.messageDeleted(of, 'hello there'))).toEqual(done);
    expect(lead.dm()).toHaveLength(before + 1);
  });

  test('somebody moves to another zone, and is asked', async () => {
    const { lead } = house.current;
    const of = await actors();
    expect(await tell(events.userChange(of, 'Asia/Kathmandu'))).toEqual(done);
    expect(lead.home()?.text).toContain('Slack has you in Asia/Kathmandu now');
    expect(await tell(events.userChange(of, lead.tz))).toEqual(done);
    expect(lead.home()?.text).not.toContain('Asia/Kathmandu');
  });

  test('a closed account is noticed by what little Slack tells of it', async () => {
    const { lead, slack } = house.current;
    const jonas = slack.person('jonas');
    await lead.types('/oneonone add @jonas weekly friday 9:00');
    expect(await tell(events.accountClosed(await actors({ person: jonas.id })))).toEqual(done);
    await lead.types('/oneonone');
    expect(lead.sees()).toContain('Left Slack; I noticed today.');
  });

  test('somebody joins and leaves a channel, and it is archived', async () => {
    const { lead, slack } = house.current;
    await lead.types('/retro in #team-platform weekly friday 14:00 named');
    expect(lead.sees()).toContain('#team-platform looks back every Friday at 14:00');
    const of = await actors({ channel: channelId('team-platform'), person: slack.person('duarte').id });
    expect(await tell(events.memberJoined(of))).toEqual(done);
    expect(await tell(events.memberLeft(of))).toEqual(done);
    const bot = { ...of, person: of.botUser };
    expect(await tell(events.memberJoined(bot))).toEqual(done);
    expect(await tell(events.archived(of))).toEqual(done);
    await lead.types('/retro');
    expect(lead.sees()).not.toContain('#team-platform looks back');
    expect(await tell(events.archived({ ...of, channel: channelId('incidents') }, 'group_archive'))).toEqual(
      done,
    );
  });

  test('Slack asks whether the address is ours', async () => {
    const { status, text } = await tell(events.urlVerification);
    expect(status).toBe(200);
    expect(text).toContain(events.urlVerification.challenge);
  });
});
