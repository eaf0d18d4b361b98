// Modals and Homes: a stack of at most three for each person, and what a submission may answer.

import { randomBytes } from 'node:crypto';
import { SlackError, withMessages } from './errors.ts';
import { elementsIn, withChildren } from './limits/blocks.ts';
import { isObject, wording } from './limits/schema.ts';
import { checkView, largestView } from './limits/views.ts';
import { withIds } from './messages.ts';
import { initialState } from './render.ts';
import type { Block, StateValues, TextObject, View, Workspace } from './types.ts';
import { announce, newId, unixSeconds, type World } from './world.ts';

const deepestStack = 3;

/** Elements that hold something, and so have a place in `state.values`. */
const stateless = new Set([
  'button',
  'overflow',
  'image',
  'workflow_button',
  'icon_button',
  'feedback_buttons',
]);

/** What the elements hold before anyone touched them; kept values win where block and action are the same. */
export function stateOf(
  blocks: readonly Block[],
  kept: StateValues = {},
  currentConversation?: string,
): StateValues {
  const values: StateValues = {};
  for (const block of withChildren(blocks)) {
    for (const element of elementsIn(block)) {
      if (stateless.has(element.type)) continue;
      const blockId = block.block_id ?? '';
      const actionId = element.action_id ?? '';
      const before = kept[blockId]?.[actionId];
      values[blockId] ??= {};
      values[blockId][actionId] =
        before !== undefined && before.type === element.type
          ? before
          : initialState(element, currentConversation);
    }
  }
  return values;
}

/** The checked view, or Slack's refusal. */
function readView(
  world: World,
  workspace: Workspace,
  value: unknown,
  kind: 'modal' | 'home',
  instead?: View,
) {
  const problems = checkView(value, kind, world.charts);
  if (problems.length > 0 || !isObject(value)) throw withMessages('invalid_arguments', problems.map(wording));
  if (Buffer.byteLength(JSON.stringify(value)) > largestView) throw new SlackError('view_too_large');
  const externalId = (value.external_id as string | undefined) ?? '';
  if (externalId !== '') {
    const other = allViews(workspace).find((view) => view.externalId === externalId && view !== instead);
    if (other !== undefined) throw new SlackError('duplicate_external_id');
  }
  return {
    type: kind,
    blocks: withIds(value.blocks as Block[]),
    privateMetadata: (value.private_metadata as string | undefined) ?? '',
    callbackId: (value.callback_id as string | undefined) ?? '',
    externalId,
    clearOnClose: value.clear_on_close === true,
    notifyOnClose: value.notify_on_close === true,
    ...(value.title === undefined ? {} : { title: value.title as TextObject }),
    ...(value.submit === undefined || value.submit === null ? {} : { submit: value.submit as TextObject }),
    ...(value.close === undefined || value.close === null ? {} : { close: value.close as TextObject }),
  };
}

function newHash(world: World): string {
  return `${unixSeconds(world.clock.now())}.${randomBytes(4).toString('hex')}`;
}

export function allViews(workspace: Workspace): View[] {
  return [...[...workspace.modals.values()].flat(), ...workspace.homes.values()];
}

export function stackOf(workspace: Workspace, userId: string): View[] {
  return workspace.modals.get(userId) ?? [];
}

/** Opens a modal as the first of a new stack; one that was open is replaced. */
export function openView(
  world: World,
  workspace: Workspace,
  userId: string,
  value: unknown,
  channelId?: string,
): View {
  const read = readView(world, workspace, value, 'modal');
  const id = newId('V');
  const view: View = {
    ...read,
    id,
    userId,
    hash: newHash(world),
    rootId: id,
    state: stateOf(read.blocks, {}, channelId),
    errors: {},
  };
  const before = stackOf(workspace, userId);
  workspace.modals.set(userId, [view]);
  for (const old of before) told(world, workspace, 'view_closed', old);
  told(world, workspace, 'view_opened', view);
  return view;
}

export function pushView(world: World, workspace: Workspace, userId: string, value: unknown): View {
  const stack = stackOf(workspace, userId);
  const top = stack.at(-1);
  if (top === undefined) throw new SlackError('invalid_trigger_id');
  if (stack.length >= deepestStack) throw new SlackError('push_limit_reached');
  const read = readView(world, workspace, value, 'modal');
  const view: View = {
    ...read,
    id: newId('V'),
    userId,
    hash: newHash(world),
    rootId: top.rootId,
    previousId: top.id,
    state: stateOf(read.blocks),
    errors: {},
  };
  workspace.modals.set(userId, [...stack, view]);
  told(world, workspace, 'view_opened', view);
  return view;
}

/** Puts a new view in an open one's place; what people typed stays where block and action ids stay. */
export function updateView(world: World, workspace: Workspace, view: View, value: unknown): View {
  const read = readView(world, workspace, value, view.type, view);
  for (const part of ['title', 'submit', 'close'] as const) delete view[part];
  Object.assign(view, read, { hash: newHash(world), state: stateOf(read.blocks, view.state), errors: {} });
  told(world, workspace, 'view_updated', view);
  return view;
}

export function publishHome(world: World, workspace: Workspace, userId: string, value: unknown): View {
  const before = workspace.homes.get(userId);
  const read = readView(world, workspace, value, 'home', before);
  const id = before?.id ?? newId('V');
  const view: View = {
    ...read,
    id,
    userId,
    hash: newHash(world),
    rootId: id,
    state: stateOf(read.blocks),
    errors: {},
  };
  workspace.homes.set(userId, view);
  announce(world, { kind: 'home_published', workspaceId: workspace.id, userId });
  return view;
}

/** Takes the top view off, or the whole stack. Returns what was closed, the top first. */
export function closeViews(world: World, workspace: Workspace, userId: string, all: boolean): View[] {
  const stack = stackOf(workspace, userId);
  const closed = all ? [...stack].reverse() : stack.slice(-1);
  workspace.modals.set(
    userId,
    stack.filter((view) => !closed.includes(view)),
  );
  for (const view of closed) told(world, workspace, 'view_closed', view);
  return closed;
}

function told(
  world: World,
  workspace: Workspace,
  kind: 'view_opened' | 'view_updated' | 'view_closed',
  view: View,
): void {
  announce(world, { kind, workspaceId: workspace.id, userId: view.userId, viewId: view.id });
}

/**
 * Does what the answer to a submission asks for. Returns what is wrong with the answer, if anything: Slack then
 * shows the person "We had some trouble connecting" and keeps the modal open.
 */
export function answerSubmission(
  world: World,
  workspace: Workspace,
  view: View,
  body: unknown,
): string | undefined {
  if (body === undefined || body === '' || (isObject(body) && Object.keys(body).length === 0)) {
    closeViews(world, workspace, view.userId, false);
    return undefined;
  }
  if (!isObject(body)) return 'the acknowledgement of a submission must be empty or a JSON object';
  switch (body.response_action) {
    case 'clear':
      closeViews(world, workspace, view.userId, true);
      return undefined;
    case 'errors': {
      const { errors } = body;
      if (!isObject(errors) || Object.keys(errors).length === 0) return 'errors must name at least one block';
      const inputs = new Set(
        withChildren(view.blocks)
          .filter((block) => block.type === 'input')
          .map((b) => b.block_id),
      );
      for (const [blockId, message] of Object.entries(errors)) {
        if (!inputs.has(blockId)) return `errors names "${blockId}", which is no input block of the view`;
        if (typeof message !== 'string' || message === '')
          return `the error of "${blockId}" must be a sentence`;
      }
      view.errors = errors as Record<string, string>;
      told(world, workspace, 'view_updated', view);
      return undefined;
    }
    case 'update':
    case 'push':
      try {
        if (body.response_action === 'update') updateView(world, workspace, view, body.view);
        else pushView(world, workspace, view.userId, body.view);
        return undefined;
      } catch (error) {
        if (!(error instanceof SlackError)) throw error;
        return `${error.code}: ${error.problems.join('; ')}`;
      }
    default:
      return `response_action "${String(body.response_action)}" is not one of clear, update, push and errors`;
  }
}

/** The view as the Web API and interaction payloads write it. */
export function viewOut(workspace: Workspace, view: View): Record<string, unknown> {
  return {
    id: view.id,
    team_id: workspace.id,
    type: view.type,
    blocks: view.blocks,
    private_metadata: view.privateMetadata,
    callback_id: view.callbackId,
    state: { values: view.state },
    hash: view.hash,
    title: view.title ?? { type: 'plain_text', text: 'View Title', emoji: true },
    clear_on_close: view.clearOnClose,
    notify_on_close: view.notifyOnClose,
    close: view.close ?? null,
    submit: view.submit ?? null,
    previous_view_id: view.previousId ?? null,
    root_view_id: view.rootId,
    app_id: workspace.appId,
    external_id: view.externalId,
    app_installed_team_id: workspace.id,
    bot_id: workspace.botId,
  };
}
