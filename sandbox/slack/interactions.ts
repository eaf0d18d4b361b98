// What people do, as payloads: commands, clicks, submissions, shortcuts; and what the bot's answer then changes.

import { SlackError } from './errors.ts';
import { elementsIn } from './limits/blocks.ts';
import { isObject } from './limits/schema.ts';
import { messageOut } from './messages.ts';
import { applyResponse, newResponseUrl } from './response-urls.ts';
import { newTrigger } from './triggers.ts';
import type {
  Block,
  Channel,
  Element,
  ElementState,
  Message,
  Option,
  PersonRecord,
  StateValues,
  View,
  Workspace,
} from './types.ts';
import { answerSubmission, closeViews, stateOf, viewOut } from './views.ts';
import { type Acknowledgement, announce, type BotDoor, nextTs, violate, type World } from './world.ts';

/** Everything an interaction needs to know: where it happens and who acts. */
export interface Scene {
  world: World;
  door: BotDoor;
  workspace: Workspace;
  person: PersonRecord;
}

/** Why the bot's answer did not count, in Slack's own words; undefined when it did. */
export type Failure =
  | 'operation_timeout'
  | 'dispatch_failed'
  | 'invalid_command_response'
  | 'invalid_response';

/** Tells a person what only they see and what is no message: a failed command, a button that did nothing. */
export function notice(scene: Scene, text: string, channel?: Channel): void {
  announce(scene.world, {
    kind: 'notice',
    workspaceId: scene.workspace.id,
    userId: scene.person.id,
    text,
    ...(channel === undefined ? {} : { channelId: channel.id }),
  });
}

function failureOf(acknowledgement: Acknowledgement & { kind: 'failed' }): Failure {
  return acknowledgement.why === 'timeout' ? 'operation_timeout' : 'dispatch_failed';
}

function who(scene: Scene): Record<string, unknown> {
  const { person, workspace } = scene;
  return { id: person.id, username: person.name, name: person.name, team_id: person.from ?? workspace.id };
}

/** What every interaction payload carries. */
function common(scene: Scene): Record<string, unknown> {
  const { world, workspace } = scene;
  return {
    token: world.verificationToken,
    team: { id: workspace.id, domain: workspace.domain },
    user: who(scene),
    enterprise: null,
    is_enterprise_install: false,
  };
}

function channelName(channel: Channel): string {
  if (channel.kind === 'im') return 'directmessage';
  return channel.kind === 'public'
    ? channel.name
    : channel.kind === 'private'
      ? 'privategroup'
      : channel.name;
}

/**
 * Runs a slash command.
 *
 * @param text what follows the command, mentions already escaped
 * @param times 2 to deliver the same payload (same `trigger_id`) twice, as an impatient network does
 */
export async function runCommand(
  scene: Scene,
  channel: Channel,
  command: string,
  text: string,
  times = 1,
): Promise<Failure | undefined> {
  const { world, workspace, person } = scene;
  const body = {
    token: world.verificationToken,
    team_id: workspace.id,
    team_domain: workspace.domain,
    channel_id: channel.id,
    channel_name: channelName(channel),
    user_id: person.id,
    user_name: person.name,
    command,
    text,
    api_app_id: workspace.appId,
    is_enterprise_install: 'false',
    response_url: newResponseUrl(world, workspace, {
      kind: 'commands',
      userId: person.id,
      channelId: channel.id,
    }),
    trigger_id: newTrigger(world, workspace, person.id),
  };
  const answers = await Promise.all(
    Array.from({ length: times }, () => scene.door.send({ kind: 'slash_commands', body })),
  );
  let failure: Failure | undefined;
  for (const answer of answers) failure ??= showCommandAnswer(scene, channel, answer);
  if (failure !== undefined) notice(scene, `${command} failed with the error "${failure}"`, channel);
  return failure;
}

function showCommandAnswer(scene: Scene, channel: Channel, answer: Acknowledgement): Failure | undefined {
  const { world, workspace, person } = scene;
  if (answer.kind === 'failed') return failureOf(answer);
  const body = typeof answer.body === 'string' ? { text: answer.body } : answer.body;
  if (!isObject(body)) {
    violate(world, 'bad_acknowledgement', 'the answer to a command must be empty, a text or a JSON object');
    return 'invalid_command_response';
  }
  if (Object.keys(body).length === 0 || body.text === '') return undefined;
  try {
    applyResponse(world, workspace, channel, { userId: person.id }, body);
    return undefined;
  } catch (error) {
    if (!(error instanceof SlackError)) throw error;
    const details = error.problems.join('; ');
    violate(world, error.code, `the answer to a command was refused with ${error.code}: ${details}`);
    return 'invalid_command_response';
  }
}

/** Where an element stands: in a message or in a view. */
export type Place =
  | { kind: 'message'; channel: Channel; message: Message }
  | { kind: 'view'; view: View; channel?: undefined };

function blocksOf(place: Place): Block[] {
  return place.kind === 'message' ? (place.message.blocks ?? []) : place.view.blocks;
}

/** What the place's elements hold for this person right now. */
export function stateAt(place: Place, userId: string): StateValues {
  if (place.kind === 'view') return place.view.state;
  place.message.state[userId] ??= stateOf(blocksOf(place));
  return place.message.state[userId];
}

/** Sends `block_actions` for one element that was pressed or changed; its new value must already be in the state. */
export async function act(
  scene: Scene,
  place: Place,
  block: Block,
  element: Element,
  choice: { option?: Option; state?: ElementState; value?: string } = {},
): Promise<Failure | undefined> {
  const { world, workspace, person } = scene;
  const { type: _type, ...holds } = choice.state ?? { type: '' };
  const action = {
    action_id: element.action_id,
    block_id: block.block_id,
    type: element.type,
    action_ts: nextTs(world),
    ...(element.type === 'button'
      ? {
          text: element.text,
          ...(element.value === undefined ? {} : { value: element.value }),
          ...(element.style === undefined ? {} : { style: element.style }),
        }
      : {}),
    ...(element.type === 'icon_button' || element.type === 'feedback_buttons' ? { value: choice.value } : {}),
    ...(element.placeholder === undefined ? {} : { placeholder: element.placeholder }),
    ...(choice.option === undefined ? {} : { selected_option: choice.option }),
    ...holds,
  };
  const shared = {
    type: 'block_actions',
    api_app_id: workspace.appId,
    ...common(scene),
    actions: [action],
  };
  let body: Record<string, unknown>;
  if (place.kind === 'message') {
    const { channel, message } = place;
    const ephemeral = message.visibleTo !== undefined;
    body = {
      ...shared,
      container: {
        type: 'message',
        message_ts: message.ts,
        channel_id: channel.id,
        is_ephemeral: ephemeral,
        ...(message.threadTs === undefined ? {} : { thread_ts: message.threadTs }),
      },
      trigger_id: newTrigger(world, workspace, person.id),
      channel: { id: channel.id, name: channelName(channel) },
      // Slack does not send an ephemeral message back: nobody but the person's own client has it.
      ...(ephemeral ? {} : { message: messageOut(workspace, channel, message, { profile: false }) }),
      state: { values: stateAt(place, person.id) },
      response_url: newResponseUrl(world, workspace, {
        kind: 'actions',
        userId: person.id,
        channelId: channel.id,
        messageTs: message.ts,
        ...(message.threadTs === undefined ? {} : { threadTs: message.threadTs }),
      }),
    };
  } else {
    const { view } = place;
    body = {
      ...shared,
      container: { type: 'view', view_id: view.id },
      trigger_id: newTrigger(world, workspace, person.id, view.id),
      view: viewOut(workspace, view),
    };
  }
  const answer = await scene.door.send({ kind: 'interactive', body });
  return plainAcknowledgement(scene, answer, `the button or menu "${element.action_id ?? ''}"`);
}

/** Interactions other than submissions are acknowledged with nothing; a body is ignored, so it is a mistake. */
function plainAcknowledgement(scene: Scene, answer: Acknowledgement, what: string): Failure | undefined {
  if (answer.kind === 'failed') {
    const failure = failureOf(answer);
    notice(scene, `The app did not answer (${failure}).`);
    return failure;
  }
  if (answer.body !== '') {
    violate(
      scene.world,
      'bad_acknowledgement',
      `the acknowledgement of ${what} has a body, which Slack ignores`,
    );
  }
  return undefined;
}

/** Sends `view_submission`; the client's own checks have passed. */
export async function submitView(scene: Scene, view: View, times = 1): Promise<Failure | undefined> {
  const { world, workspace, person } = scene;
  view.errors = {};
  const body = {
    type: 'view_submission',
    api_app_id: workspace.appId,
    ...common(scene),
    trigger_id: newTrigger(world, workspace, person.id, view.id),
    view: viewOut(workspace, view),
    response_urls: [],
  };
  const answers = await Promise.all(
    Array.from({ length: times }, () =>
      scene.door.send({ kind: 'interactive', body: structuredClone(body) }),
    ),
  );
  // A doubled submission changes the modal once: by then the view the second answer is about has gone.
  const [answer] = answers;
  if (answer === undefined) return undefined;
  if (answer.kind === 'failed') {
    notice(scene, 'We had some trouble connecting. Try again?');
    return failureOf(answer);
  }
  const wrong = answerSubmission(world, workspace, view, answer.body);
  if (wrong === undefined) return undefined;
  violate(
    world,
    'bad_acknowledgement',
    `the answer to the submission of "${view.callbackId}" was refused: ${wrong}`,
  );
  notice(scene, 'We had some trouble connecting. Try again?');
  return 'invalid_response';
}

/** Closes the top view, or all of them, and tells the bot where it asked to be told. */
export async function closeView(scene: Scene, all: boolean): Promise<void> {
  const { world, workspace, person } = scene;
  const top = workspace.modals.get(person.id)?.at(-1);
  if (top === undefined) return;
  const closed = closeViews(world, workspace, person.id, all || top.clearOnClose);
  for (const view of closed) {
    if (!view.notifyOnClose) continue;
    const answer = await scene.door.send({
      kind: 'interactive',
      body: {
        type: 'view_closed',
        api_app_id: workspace.appId,
        ...common(scene),
        view: viewOut(workspace, view),
        is_cleared: all || top.clearOnClose,
      },
    });
    plainAcknowledgement(scene, answer, 'a closed view');
  }
}

/** A shortcut from the composer, or, with a message, from that message's menu. */
export async function runShortcut(
  scene: Scene,
  callbackId: string,
  on?: { channel: Channel; message: Message },
): Promise<Failure | undefined> {
  const { world, workspace, person } = scene;
  const shared = {
    ...common(scene),
    callback_id: callbackId,
    action_ts: nextTs(world),
    trigger_id: newTrigger(world, workspace, person.id),
  };
  const { name: _name, ...user } = who(scene);
  const body =
    on === undefined
      ? { type: 'shortcut', ...shared, user }
      : {
          type: 'message_action',
          ...shared,
          channel: { id: on.channel.id, name: channelName(on.channel) },
          message_ts: on.message.ts,
          message: messageOut(workspace, on.channel, on.message, { profile: false }),
          response_url: newResponseUrl(world, workspace, {
            kind: 'actions',
            userId: person.id,
            channelId: on.channel.id,
            messageTs: on.message.ts,
          }),
        };
  return plainAcknowledgement(scene, await scene.door.send({ kind: 'interactive', body }), 'a shortcut');
}

/** Asks the bot for the options of an external select. */
export async function suggest(
  scene: Scene,
  place: Place,
  block: Block,
  element: Element,
  typed: string,
): Promise<Option[]> {
  const { world, workspace } = scene;
  const answer = await scene.door.send({
    kind: 'interactive',
    body: {
      type: 'block_suggestion',
      api_app_id: workspace.appId,
      ...common(scene),
      action_id: element.action_id,
      block_id: block.block_id,
      value: typed,
      ...(place.kind === 'view'
        ? { container: { type: 'view', view_id: place.view.id }, view: viewOut(workspace, place.view) }
        : {
            container: { type: 'message', message_ts: place.message.ts, channel_id: place.channel.id },
            channel: { id: place.channel.id, name: channelName(place.channel) },
          }),
    },
  });
  if (answer.kind === 'failed') {
    notice(scene, `The app did not answer (${failureOf(answer)}).`);
    return [];
  }
  const body = isObject(answer.body) ? answer.body : {};
  const groups = body.option_groups as { options: Option[] }[] | undefined;
  const options = (body.options as Option[] | undefined) ?? groups?.flatMap((group) => group.options);
  if (!Array.isArray(options) || options.length > 100) {
    violate(
      world,
      'bad_acknowledgement',
      'a block_suggestion is answered with options (at most 100) or option_groups',
    );
    return [];
  }
  return options;
}

/** Every element on a surface with the block it stands in. */
export function elementsAt(place: Place): { block: Block; element: Element }[] {
  const all = (blocks: readonly Block[]): { block: Block; element: Element }[] =>
    blocks.flatMap((block) => [
      ...elementsIn(block).map((element) => ({ block, element })),
      ...all(block.child_blocks ?? []),
    ]);
  return all(blocksOf(place));
}
