// What a person does in Slack, and what they learn of it: commands, clicks and forms, given to whichever replica is there.

import type { WebClient } from '@slack/web-api';
import { type Action, written } from '../../src/slack/actions.ts';
import type { Doors } from './doors.ts';
import type { World } from './world.ts';

export interface Who {
  workspaceId: string;
  /** Slack's user id. */
  id: string;
}

/** `silence`: no answer in time, or none that says whether it counts; it may be kept all the same. */
export type Reply =
  | { kind: 'told'; text: string; blocks: unknown; view: View | undefined }
  | { kind: 'silence' };

export interface View {
  callback_id: string;
  private_metadata?: string;
  blocks: { type: string; block_id?: string; element?: Record<string, unknown> }[];
}

export interface Hands {
  types(who: Who, line: string): Promise<Reply>;
  clicks<A extends Action>(who: Who, action: A, carried: object): Promise<Reply>;
  /** Clicks on what stands in a message: the `action_id` and what it carries. */
  presses(who: Who, element: { action_id: string; value: string }): Promise<Reply>;
  /** Submits a form as it was opened, apart from the changes, by field. */
  submits(who: Who, view: View, changes?: Record<string, unknown>): Promise<Reply>;
  happens(who: Who, event: { type: string } & Record<string, unknown>): Promise<Reply>;
}

/** Slack gives up after three seconds; what follows an acknowledgement may take a little longer. */
const patience = 12_000;

const doubtful = /cannot tell whether|nothing was saved|did not open the form/;

type Knocking = () => { doors: Doors; name: string } | undefined;

/** `someReplica`: whom the balancer chooses this time. */
export function hands(world: World, someReplica: Knocking): Hands {
  const { timeline, dice } = world;
  let count = 0;

  async function knock(door: keyof Doors, who: Who, body: Record<string, unknown>): Promise<Reply> {
    count += 1;
    const trigger = `trigger ${count}`;
    // Now and then a request arrives twice, at the same moment or a minute later: it counts once.
    const replay = dice.chance(world.faults.replays);
    if (replay) {
      world.met('replayed');
      const later = dice.chance(0.5) ? dice.between(0, 300) : dice.between(300, 90_000);
      timeline.after(later, 'world', () => void arrive(door, who, body, trigger));
    }
    const reply = await arrive(door, who, body, trigger);
    world.trace(`${who.workspaceId} ${who.id}`, door, reply.kind === 'told' ? reply.text : '…');
    if (replay && reply.kind === 'told' && /counts once/.test(reply.text)) return { kind: 'silence' };
    return reply;
  }

  function arrive(
    door: keyof Doors,
    { workspaceId, id }: Who,
    body: Record<string, unknown>,
    trigger: string,
  ): Promise<Reply> {
    const { promise, resolve } = Promise.withResolvers<Reply>();
    timeline.after(patience, 'world', () => resolve({ kind: 'silence' }));
    const replica = someReplica();
    if (!replica) return promise;
    let said = { text: '', blocks: undefined as unknown };
    let view: View | undefined;
    const client = listeningClient(world.slack.clientFor(replica.name, workspaceId), {
      says: (words) => {
        said = words;
      },
      opens: (opened) => {
        view = opened;
      },
    });
    const knocking = {
      body: { ...body, trigger_id: trigger, event_id: trigger },
      client,
      context: { teamId: workspaceId, userId: id },
      async ack(answer: unknown) {
        const words = answer as { text?: string; blocks?: unknown; errors?: object } | undefined;
        if (words?.text !== undefined) said = { text: words.text, blocks: words.blocks };
        if (words?.errors) said = { text: Object.values(words.errors).join(' '), blocks: undefined };
      },
    };
    replica.doors[door](knocking)
      .then(() => resolve(doubtful.test(said.text) ? { kind: 'silence' } : { kind: 'told', ...said, view }))
      // Whatever went wrong, the person hears nothing.
      .catch((error: unknown) => world.trace(replica.name, 'breaks', String(error)));
    return promise;
  }

  const press = (who: Who, action: { action_id: string; value: string }) =>
    knock('action', who, { channel: { id: `D${who.id}` }, actions: [action] });
  return {
    types(who, line) {
      const [command, ...rest] = line.split(' ');
      return knock('command', who, {
        command,
        text: rest.join(' '),
        channel_id: `D${who.id}`,
        // What follows an acknowledgement comes as a message: a response URL would be a call that no dice decides.
        response_url: '',
      });
    },
    clicks: (who, action, carried) =>
      press(who, { action_id: action.id, value: written(action, carried) ?? '' }),
    presses: press,
    submits: (who, view, changes = {}) =>
      knock('view', who, {
        view: {
          id: `view ${count}`,
          type: 'modal',
          ...view,
          state: { values: valuesOf(view, changes) },
        },
      }),
    happens: (who, event) => knock('event', who, { event }),
  };
}

/** Hears what the bot says to whoever knocked, whether or not Slack takes it. */
function listeningClient(
  client: WebClient,
  heard: { says(words: { text: string; blocks: unknown }): void; opens(view: View): void },
): WebClient {
  const opening = (open: (asked: never) => unknown) => (asked: { view: View }) => {
    heard.opens(asked.view);
    return open(asked as never);
  };
  return {
    ...client,
    chat: {
      ...client.chat,
      postMessage(message: { text: string; blocks: unknown }) {
        heard.says(message);
        return client.chat.postMessage(message as never);
      },
    },
    views: {
      ...client.views,
      open: opening(client.views.open as never),
      push: opening(client.views.push as never),
    },
  } as unknown as WebClient;
}

/** A form's state as Slack sends it: what it was opened with, apart from what was changed. */
function valuesOf(
  { blocks }: View,
  changes: Record<string, unknown>,
): Record<string, Record<string, unknown>> {
  return Object.fromEntries(
    blocks
      .filter(({ type, element }) => type === 'input' && element)
      .map(({ block_id = '', element = {} }) => {
        const {
          action_id,
          type,
          initial_value,
          initial_option,
          initial_options,
          initial_date,
          initial_time,
        } = element;
        const { initial_user, initial_users } = element;
        const state = {
          type,
          value: initial_value ?? null,
          selected_option: initial_option ?? null,
          selected_options: initial_options ?? [],
          selected_date: initial_date ?? null,
          selected_time: initial_time ?? null,
          selected_user: initial_user ?? null,
          selected_users: initial_users ?? [],
          ...(changes[block_id] as object | undefined),
        };
        return [block_id, { [String(action_id)]: state }];
      }),
  );
}
