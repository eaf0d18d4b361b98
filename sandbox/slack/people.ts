// People in the local Slack, with verbs: what a test, the page or the JSON API lets them do, and what they then see.

import { sendEvent } from './events.ts';
import { clientErrors, type FieldValue, fill, findInput } from './forms.ts';
import type { Place } from './interactions.ts';
import {
  act,
  closeView,
  elementsAt,
  type Failure,
  notice,
  runCommand,
  runShortcut,
  type Scene,
  stateAt,
  submitView,
  suggest,
} from './interactions.ts';
import { findMessage, messageOut, postMessage, threadsOf, visibleMessages } from './messages.ts';
import { userOut } from './methods/users.ts';
import { plainTextOf, unmark, viewText } from './render.ts';
import type {
  Block,
  Change,
  Channel,
  Element,
  Message,
  Option,
  PersonRecord,
  View,
  Workspace,
} from './types.ts';
import { stackOf, viewOut } from './views.ts';
import { canSee, channelNamed, dmWithBot, personNamed } from './workspaces.ts';
import { announce, type BotDoor, settled, unixSeconds, type World } from './world.ts';

/** A message as someone sees it: the words on the screen and, for the curious, what was sent. */
export interface SeenMessage {
  ts: string;
  channelId: string;
  from: string;
  text: string;
  ephemeral: boolean;
  edited: boolean;
  threadTs?: string;
  raw: Record<string, unknown>;
}

export interface SeenView {
  id: string;
  text: string;
  title: string;
  /** Field errors, by block_id. */
  errors: Record<string, string>;
  raw: Record<string, unknown>;
}

/** Which element is meant, when its label alone does not say. */
export interface Where {
  /** The `ts` of a message or the id of a view. */
  in?: string;
  blockId?: string;
  /** Part of what the button carries, as an id. */
  value?: string;
  /** Counted from 0, among several that fit. */
  nth?: number;
  /** False: the person thinks better of it in the confirmation dialog, and nothing is sent. */
  confirm?: boolean;
}

export interface Outcome {
  /** Slack's error when the bot's answer did not count. */
  failure?: Failure;
  /** Field errors of Slack's own client; nothing was sent then. */
  errors?: Record<string, string>;
}

export interface Person {
  readonly id: string;
  readonly name: string;
  readonly realName: string;
  readonly role: string;
  readonly tz: string;
  readonly workspaceId: string;
  /** The workspace they belong to, which is another one for whoever is here in a shared channel only. */
  readonly teamId: string;
  /** A slash command, or a message when it does not begin with `/`; in the DM with the bot unless told. */
  types(text: string, options?: { in?: string; twice?: boolean; threadTs?: string }): Promise<Outcome>;
  /** Presses a button, by label or action_id, or an entry of an overflow menu. */
  clicks(labelOrActionId: string, where?: Where): Promise<Outcome>;
  /** Chooses in a menu, picker, checkboxes or radio buttons, by action_id, placeholder or field label. */
  selects(actionIdOrPlaceholder: string, value: FieldValue, where?: Where): Promise<Outcome>;
  /** Fills the open form (by block_id, action_id or label) and submits it. */
  submits(
    values?: Record<string, FieldValue>,
    options?: { twice?: boolean; viewId?: string },
  ): Promise<Outcome>;
  /** Closes the top view of the open modal, or with `all` the whole stack. */
  closes(options?: { all?: boolean }): Promise<void>;
  opensHome(): Promise<void>;
  /** A global shortcut, or, with a message's `ts`, that message's own. */
  usesShortcut(callbackId: string, messageTs?: string): Promise<Outcome>;
  /** Changes the time zone in the person's Slack profile. */
  movesTo(zone: string): Promise<void>;
  /** Brings the bot, or someone else, into a channel. */
  invites(channel: string, who?: string): Promise<void>;
  /** What an external menu offers for the letters typed so far. */
  looksUp(actionIdOrPlaceholder: string, typed: string, where?: Where): Promise<Option[]>;
  /** Marks a channel as read. */
  reads(channel: string): void;
  /** What the last interaction put before their eyes, as plain text. */
  sees(): string;
  /** Resolves once `sees()` contains the text, or satisfies the predicate. */
  waitsFor(
    wanted: string | RegExp | ((seen: string) => boolean),
    options?: { seconds?: number },
  ): Promise<string>;
  /** All messages they can see in a channel (name, id, or another person's name). */
  conversation(channel: string): SeenMessage[];
  /** Their conversation with the bot. */
  dm(): SeenMessage[];
  /** The top of their open modal. */
  modal(): SeenView | undefined;
  /** Their Home, once the bot published one. */
  home(): SeenView | undefined;
}

export function createPerson(
  world: World,
  door: BotDoor,
  workspace: Workspace,
  record: PersonRecord,
): Person {
  const scene: Scene = { world, door, workspace, person: record };
  /** What came before their eyes since the last interaction began; the newest state is read when asked. */
  const fresh = new Map<string, { channelId: string; ts: string } | { notice: string }>();
  let atHome = false;

  const hear = (change: Change) => {
    if (change.kind === 'clock_moved' || change.kind === 'logged' || change.kind === 'violated') return;
    if (change.workspaceId !== workspace.id) return;
    if (change.kind === 'message_posted' || change.kind === 'message_changed') {
      const channel = workspace.channels.get(change.channelId);
      if (channel === undefined || !channel.members.includes(record.id)) {
        // An answer to a command typed in a public channel one only visits is still seen.
        if (change.visibleTo !== record.id) return;
      }
      if (change.visibleTo !== undefined && change.visibleTo !== record.id) return;
      fresh.set(`${change.channelId} ${change.ts}`, { channelId: change.channelId, ts: change.ts });
    }
    if (change.kind === 'notice' && change.userId === record.id) {
      fresh.set(`notice ${fresh.size}`, { notice: change.text });
    }
  };
  world.changes.on('change', hear);

  const begin = () => fresh.clear();

  const myDm = () => dmWithBot(workspace, record.id, unixSeconds(world.clock.now()));

  const channelFor = (name: string | undefined): Channel => {
    if (name === undefined || name === 'dm') return myDm();
    const channel = channelNamed(workspace, name);
    if (channel !== undefined && canSee(channel, record.id)) return channel;
    throw new Error(`${record.realName} sees no channel "${name}" in ${workspace.name}`);
  };

  const seen = (channel: Channel, message: Message, threads: Map<string, Message[]>): SeenMessage => ({
    ts: message.ts,
    channelId: channel.id,
    from: workspace.people.get(message.user)?.realName ?? message.user,
    text: messageText(message),
    ephemeral: message.visibleTo !== undefined,
    edited: message.editedTs !== undefined,
    ...(message.threadTs === undefined ? {} : { threadTs: message.threadTs }),
    raw: messageOut(workspace, channel, message, { metadata: true, threads }),
  });

  const messageText = (message: Message): string => {
    const reader = {
      workspace,
      tz: record.tz,
      ...(message.state[record.id] === undefined ? {} : { state: message.state[record.id]! }),
    };
    if (message.blocks !== undefined) return plainTextOf(message.blocks, reader);
    const attached = (message.attachments ?? []).map((one) => {
      const { text, fallback, blocks } = one as { text?: string; fallback?: string; blocks?: Block[] };
      return blocks !== undefined ? plainTextOf(blocks, reader) : unmark(text ?? fallback ?? '', reader);
    });
    return [unmark(message.text, reader), ...attached].filter((part) => part !== '').join('\n');
  };

  const seenView = (view: View): SeenView => ({
    id: view.id,
    text: viewText(view, workspace, record.tz),
    title: view.title?.text ?? '',
    errors: { ...view.errors },
    raw: viewOut(workspace, view),
  });

  const topModal = () => stackOf(workspace, record.id).at(-1);

  const sees = (): string => {
    const parts: string[] = [];
    for (const one of fresh.values()) {
      if ('notice' in one) {
        parts.push(one.notice);
        continue;
      }
      const channel = workspace.channels.get(one.channelId);
      const message = channel === undefined ? undefined : findMessage(channel, one.ts);
      if (message !== undefined) parts.push(messageText(message));
    }
    const modal = topModal();
    const home = workspace.homes.get(record.id);
    if (modal !== undefined) parts.push(viewText(modal, workspace, record.tz));
    else if (atHome && home !== undefined) parts.push(viewText(home, workspace, record.tz));
    return parts.join('\n\n');
  };

  /** Where the person would look for something to press: the modal in front, the Home, then messages, newest first. */
  const places = (where: Where): Place[] => {
    if (where.in !== undefined) return [placeNamed(where.in)];
    const modal = topModal();
    if (modal !== undefined) return [{ kind: 'view', view: modal }];
    const home = workspace.homes.get(record.id);
    const messages = [...workspace.channels.values()]
      .filter((channel) => canSee(channel, record.id))
      .flatMap((channel) =>
        visibleMessages(channel, record.id).map((message): Place => ({ kind: 'message', channel, message })),
      )
      .sort((a, b) => (tsOf(a) < tsOf(b) ? 1 : -1));
    return [...(atHome && home !== undefined ? [{ kind: 'view', view: home } as const] : []), ...messages];
  };

  const tsOf = (place: Place) => (place.kind === 'message' ? place.message.ts : '');

  const placeNamed = (id: string): Place => {
    const view = [...stackOf(workspace, record.id), workspace.homes.get(record.id)].find(
      (one) => one?.id === id,
    );
    if (view !== undefined) return { kind: 'view', view };
    for (const channel of workspace.channels.values()) {
      const message = canSee(channel, record.id) ? findMessage(channel, id) : undefined;
      if (message !== undefined && (message.visibleTo === undefined || message.visibleTo === record.id)) {
        return { kind: 'message', channel, message };
      }
    }
    throw new Error(`${record.realName} sees no message or view "${id}"`);
  };

  type Found = { place: Place; block: Block; element: Element };

  /** The element that fits, on the first surface that has one. */
  const find = (wanted: string, where: Where, fits: (block: Block, element: Element) => boolean): Found => {
    const looked = places(where);
    for (const place of looked) {
      const found = elementsAt(place).filter(
        ({ block, element }) =>
          fits(block, element) &&
          (where.blockId === undefined || block.block_id === where.blockId) &&
          (where.value === undefined || element.value?.includes(where.value) === true),
      );
      if (found.length === 0) continue;
      if (found.length > 1 && where.nth === undefined) {
        const blocks = found.map(({ block }) => block.block_id).join(', ');
        throw new Error(
          `There are ${found.length} of "${wanted}" (in blocks ${blocks}): say nth, blockId or value`,
        );
      }
      const chosen = found[where.nth ?? 0];
      if (chosen !== undefined) return { place, ...chosen };
    }
    const there = looked
      .slice(0, 3)
      .flatMap((place) => elementsAt(place).map(({ element }) => nameOf(element)));
    throw new Error(
      `${record.realName} finds nothing called "${wanted}" to press. There is: ${there.join(', ') || 'nothing'}\n\n${sees()}`,
    );
  };

  const outcome = (failure: Failure | undefined): Outcome => (failure === undefined ? {} : { failure });

  const person: Person = {
    id: record.id,
    name: record.name,
    get realName() {
      return record.realName;
    },
    role: record.role,
    get tz() {
      return record.tz;
    },
    workspaceId: workspace.id,
    teamId: record.from ?? workspace.id,

    async types(text, options = {}) {
      begin();
      const channel = channelFor(options.in);
      atHome = false;
      if (!text.startsWith('/')) {
        await say(scene, channel, escapeMentions(workspace, text), options.threadTs);
        await settled(world);
        return {};
      }
      const space = text.search(/\s/);
      const command = space < 0 ? text : text.slice(0, space);
      const rest = space < 0 ? '' : text.slice(space + 1);
      const isKnown = world.commands?.some((one) => one.command === command) ?? true;
      // Commands are for the people of the workspace that installed the app.
      if (!isKnown || record.from !== undefined) {
        notice(
          scene,
          `${command} is not a valid command. In Slack, all messages that start with "/" are interpreted as commands.`,
          channel,
        );
        return {};
      }
      const times = options.twice === true ? 2 : 1;
      const failure = await runCommand(scene, channel, command, escapeMentions(workspace, rest), times);
      await settled(world);
      return outcome(failure);
    },

    async clicks(wanted, where = {}) {
      const fits = (_block: Block, element: Element) => {
        if (element.type === 'overflow') return overflowOption(element, wanted) !== undefined;
        if (element.type === 'feedback_buttons') return feedbackValue(element, wanted) !== undefined;
        if (!['button', 'icon_button', 'workflow_button'].includes(element.type)) return false;
        return (
          element.action_id === wanted ||
          labelOf(element) === wanted ||
          element.accessibility_label === wanted
        );
      };
      const { place, block, element } = find(wanted, where, fits);
      begin();
      if (element.confirm !== undefined && where.confirm === false) return {};
      const option = element.type === 'overflow' ? overflowOption(element, wanted) : undefined;
      const value = element.type === 'feedback_buttons' ? feedbackValue(element, wanted) : element.value;
      const failure = await act(scene, place, block, element, {
        ...(option === undefined ? {} : { option }),
        ...(value === undefined ? {} : { value }),
      });
      await settled(world);
      return outcome(failure);
    },

    async selects(wanted, value, where = {}) {
      const fits = (block: Block, element: Element) => isMenu(block, element, wanted);
      const { place, block, element } = find(wanted, where, fits);
      begin();
      const offered = element.type.includes('external')
        ? await suggest(scene, place, block, element, String(value ?? ''))
        : undefined;
      const state = fill(workspace, element, value, offered);
      if (element.confirm !== undefined && where.confirm === false) return {};
      const values = stateAt(place, record.id);
      values[block.block_id ?? ''] = { ...values[block.block_id ?? ''], [element.action_id ?? '']: state };
      // Inside an input block only a dispatching one tells the bot; elsewhere every choice does.
      const silent = block.type === 'input' && block.dispatch_action !== true;
      const failure = silent ? undefined : await act(scene, place, block, element, { state });
      await settled(world);
      return outcome(failure);
    },

    async submits(values = {}, options = {}) {
      const view = topModal();
      if (view === undefined) throw new Error(`${record.realName} has no form open.\n\n${sees()}`);
      if (options.viewId !== undefined && options.viewId !== view.id) {
        throw new Error(`The view "${options.viewId}" is not the one in front; that is "${view.id}"`);
      }
      if (view.submit === undefined)
        throw new Error(`The view "${view.title?.text ?? ''}" has no submit button`);
      begin();
      for (const [key, value] of Object.entries(values)) {
        const block = findInput(view, key);
        const { element } = block;
        if (element === undefined) continue;
        const offered = element.type.includes('external')
          ? await suggest(scene, { kind: 'view', view }, block, element, String(value ?? ''))
          : undefined;
        const blockId = block.block_id ?? '';
        view.state[blockId] = {
          ...view.state[blockId],
          [element.action_id ?? '']: fill(workspace, element, value, offered),
        };
      }
      const errors = clientErrors(view);
      view.errors = errors;
      if (Object.keys(errors).length > 0) {
        announce(world, {
          kind: 'view_updated',
          workspaceId: workspace.id,
          userId: record.id,
          viewId: view.id,
        });
        return { errors };
      }
      const failure = await submitView(scene, view, options.twice === true ? 2 : 1);
      await settled(world);
      return outcome(failure);
    },

    async closes(options = {}) {
      begin();
      await closeView(scene, options.all === true);
      await settled(world);
    },

    async opensHome() {
      begin();
      atHome = true;
      const home = workspace.homes.get(record.id);
      await sendEvent(world, door, workspace, {
        type: 'app_home_opened',
        user: record.id,
        channel: myDm().id,
        tab: 'home',
        ...(home === undefined ? {} : { view: viewOut(workspace, home) }),
      });
      await settled(world);
    },

    async usesShortcut(callbackId, messageTs) {
      begin();
      const place = messageTs === undefined ? undefined : placeNamed(messageTs);
      const failure = await runShortcut(scene, callbackId, place?.kind === 'message' ? place : undefined);
      await settled(world);
      return outcome(failure);
    },

    async movesTo(zone) {
      begin();
      // Throws for a zone nobody knows.
      world.clock.now().toZonedDateTimeISO(zone);
      record.tz = zone;
      announce(world, { kind: 'person_changed', workspaceId: workspace.id, userId: record.id });
      await sendEvent(world, door, workspace, {
        type: 'user_change',
        user: userOut(world, workspace, record, true),
        cache_ts: unixSeconds(world.clock.now()),
      });
      await settled(world);
    },

    async invites(name, who) {
      begin();
      const channel = channelFor(name);
      const guest =
        who === undefined ? workspace.people.get(workspace.botUserId) : personNamed(workspace, who);
      if (guest === undefined) throw new Error(`There is nobody called "${who}" in ${workspace.name}`);
      if (channel.members.includes(guest.id)) return;
      channel.members.push(guest.id);
      postMessage(world, workspace, channel, {
        user: guest.id,
        text: `<@${guest.id}> has joined the channel`,
        subtype: 'channel_join',
      });
      if (channel.members.includes(workspace.botUserId)) {
        await sendEvent(world, door, workspace, {
          type: 'member_joined_channel',
          user: guest.id,
          channel: channel.id,
          channel_type: channel.kind === 'private' ? 'G' : 'C',
          team: workspace.id,
          inviter: record.id,
        });
      }
      await settled(world);
    },

    async looksUp(wanted, typed, where = {}) {
      const { place, block, element } = find(wanted, where, (_block, candidate) =>
        isMenu(_block, candidate, wanted),
      );
      const offered = await suggest(scene, place, block, element, typed);
      await settled(world);
      return offered;
    },

    reads(name) {
      const channel = channelFor(name);
      const last = channel.messages.at(-1);
      if (last !== undefined) channel.readUpTo[record.id] = last.ts;
    },

    sees,

    waitsFor(wanted, options = {}) {
      const fits = (text: string) =>
        typeof wanted === 'string'
          ? text.includes(wanted)
          : wanted instanceof RegExp
            ? wanted.test(text)
            : wanted(text);
      return new Promise((resolve, reject) => {
        const stop = () => {
          clearTimeout(alarm);
          world.changes.off('change', look);
        };
        const look = () => {
          const text = sees();
          if (!fits(text)) return;
          stop();
          resolve(text);
        };
        const seconds = options.seconds ?? 10;
        const alarm = setTimeout(() => {
          stop();
          reject(
            new Error(`${record.realName} waited ${seconds} s for ${String(wanted)} and sees:\n\n${sees()}`),
          );
        }, seconds * 1000);
        // `hear` was registered first, so the inbox is up to date when this looks.
        world.changes.on('change', look);
        look();
      });
    },

    conversation(name) {
      const channel = channelFor(name);
      const threads = threadsOf(channel);
      return visibleMessages(channel, record.id).map((message) => seen(channel, message, threads));
    },
    dm: () => person.conversation('dm'),
    modal() {
      const view = topModal();
      return view === undefined ? undefined : seenView(view);
    },
    home() {
      const view = workspace.homes.get(record.id);
      return view === undefined ? undefined : seenView(view);
    },
  };
  forgetters.set(person, begin);
  return person;
}

/** How to make a person forget what they saw, before time moves on. */
const forgetters = new WeakMap<Person, () => void>();

export function looksAway(person: Person): void {
  forgetters.get(person)?.();
}

/** An ordinary message; in a DM or a channel the bot is in, the bot may hear of it. */
async function say(scene: Scene, channel: Channel, text: string, threadTs?: string): Promise<void> {
  const { world, workspace, person } = scene;
  if (!channel.members.includes(person.id)) {
    throw new Error(`${person.realName} is not a member of #${channel.name} and cannot write there`);
  }
  const message = postMessage(world, workspace, channel, {
    user: person.id,
    text,
    ...(threadTs === undefined ? {} : { threadTs }),
  });
  if (!channel.members.includes(workspace.botUserId)) return;
  const kinds = { public: 'channel', private: 'group', im: 'im', mpim: 'mpim' } as const;
  const family = { public: 'channels', private: 'groups', im: 'im', mpim: 'mpim' }[channel.kind];
  if (!workspace.scopes.includes(`${family}:history`)) return;
  await sendEvent(world, scene.door, workspace, {
    ...messageOut(workspace, channel, message),
    type: 'message',
    channel: channel.id,
    channel_type: kinds[channel.kind],
    event_ts: message.ts,
  });
}

/** `@name` and `#channel` as Slack sends them when escaping is on. */
function escapeMentions(workspace: Workspace, text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/(^|[\s(,])@([\p{L}\p{N}._-]*[\p{L}\p{N}])/gu, (whole, before: string, name: string) => {
      const found = personNamed(workspace, name);
      return found === undefined ? whole : `${before}<@${found.id}|${found.name}>`;
    })
    .replace(/(^|[\s(,])#([\p{L}\p{N}_-]+)/gu, (whole, before: string, name: string) => {
      const found = channelNamed(workspace, name);
      return found === undefined ? whole : `${before}<#${found.id}|${found.name}>`;
    });
}

/** Something one chooses in, called by action_id, placeholder, block_id or the label of its field. */
function isMenu(block: Block, element: Element, wanted: string): boolean {
  if (['button', 'overflow', 'image', 'icon_button', 'feedback_buttons'].includes(element.type)) return false;
  const names = [element.action_id, element.placeholder?.text, block.block_id];
  return names.includes(wanted) || (block.type === 'input' && block.label?.text === wanted);
}

function labelOf(element: Element): string {
  return typeof element.text === 'object' ? element.text.text : '';
}

function nameOf(element: Element): string {
  const label =
    labelOf(element) ||
    element.placeholder?.text ||
    (element.options ?? []).map((o) => o.text.text).join('/');
  return label === '' ? `(${element.action_id ?? element.type})` : `[${label}]`;
}

function overflowOption(element: Element, wanted: string) {
  return (element.options ?? []).find((option) => option.text.text === wanted || option.value === wanted);
}

function feedbackValue(element: Element, wanted: string): string | undefined {
  for (const button of [element.positive_button, element.negative_button]) {
    const { text, value } = button as { text: { text: string }; value: string };
    if (text.text === wanted || value === wanted) return value;
  }
  return undefined;
}
