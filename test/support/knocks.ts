// The doors of the house as its rooms open them, and all that ever came to stand before them, to be brought by somebody else.

import { createSealer } from '../../src/db/sealed.ts';
import { openRooms } from '../../src/rooms.ts';
import type { Shape } from '../../src/slack/actions.ts';
import type { Doors } from '../../src/slack/doors.ts';
import type { Heard } from './knocking.ts';

export type Json = Record<string, unknown>;

/** `action retros.answer`, `modal leads.settings-form`, `shortcut …`, `command /keel week`; and what it should carry. */
export type AllDoors = ReadonlyMap<string, Shape>;

/** Every door that a room opens. */
export function allDoors(): AllDoors {
  const doors = new Map<string, Shape>();
  const recorder: Doors = {
    command: (name) => void doors.set(`command ${name}`, {}),
    action: ({ id, shape }) => void doors.set(`action ${id}`, shape),
    submission: ({ id, data }) => void doors.set(`modal ${id}`, data),
    shortcut: (id) => void doors.set(`shortcut ${id}`, {}),
    event: (type) => void doors.set(`event ${type}`, {}),
  };
  const { rooms } = openRooms({ sealer: createSealer([]), now: () => Temporal.Now.instant() });
  for (const { listen } of rooms) listen(recorder);
  return doors;
}

/** Something that can be sent to a door, by whoever was shown it or sent it before. */
export interface Knock {
  door: string;
  payload: Json;
  /** The person it was shown to or who sent it, where that is known. */
  by: string | undefined;
}

/** Where the answer goes is not replayed with the rest: it comes to whoever knocks. */
function withoutOrigin(view: Json): Json & { private_metadata: string } {
  const metadata = JSON.parse(String(view.private_metadata || '{}')) as Json;
  return { ...view, private_metadata: JSON.stringify({ ...metadata, origin: {} }) };
}

export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Everything within, what is written as JSON in a text included. */
export function* within(value: unknown, modal?: Json): Generator<{ found: Json; modal: Json | undefined }> {
  if (typeof value === 'string') {
    if (!/^[[{]/.test(value)) return;
    try {
      yield* within(JSON.parse(value), modal);
    } catch {
      // Words that only begin like JSON.
    }
  } else if (Array.isArray(value)) {
    for (const one of value) yield* within(one, modal);
  } else if (isObject(value)) {
    const inside = value.type === 'modal' ? value : modal;
    yield { found: value, modal: inside };
    for (const one of Object.values(value)) yield* within(one, inside);
  }
}

/** What a form holds when each of its fields is filled in somehow. */
function filledIn(view: Json): Json {
  const values: Record<string, Json> = {};
  for (const { found: block } of within(view.blocks)) {
    if (!isObject(block.element)) continue;
    const { element } = block;
    const [first] = (element.options ?? []) as unknown[];
    const held: Record<string, Json> = {
      plain_text_input: { value: element.initial_value ?? '1' },
      number_input: { value: '1' },
      static_select: { selected_option: element.initial_option ?? first },
      radio_buttons: { selected_option: element.initial_option ?? first },
      multi_static_select: { selected_options: element.initial_options ?? [first] },
      checkboxes: { selected_options: element.initial_options ?? [first] },
      datepicker: { selected_date: element.initial_date ?? '2026-12-01' },
      timepicker: { selected_time: element.initial_time ?? '10:00' },
      users_select: { selected_user: element.initial_user },
      multi_users_select: { selected_users: element.initial_users },
      conversations_select: { selected_conversation: element.initial_conversation },
      channels_select: { selected_channel: element.initial_channel },
    };
    values[String(block.block_id)] = {
      [String(element.action_id)]: { type: element.type, ...held[String(element.type)] },
    };
  }
  return { values };
}

/**
 * Everything that ever reached somebody's Slack, or came back from it, by its door: each button and menu entry with
 * what it carries, each form as it stood and as it was sent, each command as it was typed.
 */
export function knocksOf(log: readonly Heard[]): Map<string, Knock[]> {
  const found = new Map<string, Map<string, Knock>>();
  const add = (door: string, key: unknown, payload: Json, by: string | undefined): void => {
    const known = found.get(door) ?? found.set(door, new Map()).get(door);
    known?.set(JSON.stringify(key), { door, payload, by });
  };
  const addAction = (action: Json, modal: Json | undefined, by: string | undefined): void => {
    const id = String(action.action_id);
    const carried = action.value ?? action.selected_option ?? action.selected_user ?? action.selected_date;
    const view = modal && { state: { values: {} }, ...withoutOrigin(modal), id: 'V1' };
    const payload = { type: 'block_actions', actions: [action], ...(view && { view }) };
    add(`action ${id.split(':')[0]}`, [id, carried, modal?.private_metadata], payload, by);
  };
  for (const { direction, request, response } of log) {
    const body = request as Json;
    const by = direction === 'sent' ? senderOf(body) : recipientOf(body);
    if (direction === 'sent' && body.type === 'view_submission' && isObject(body.view)) {
      const view = withoutOrigin(body.view);
      add(`modal ${view.callback_id}`, [view.private_metadata, view.state], { type: body.type, view }, by);
    } else if (direction === 'sent' && typeof body.command === 'string') {
      const { command, text } = body;
      const [word = ''] = String(text).split(' ');
      for (const door of [`command ${command}`, `command ${command} ${word}`]) {
        add(door, text, { command, text }, by);
      }
    } else if (direction === 'sent' && isObject(body.event)) {
      const { event } = body;
      add(`event ${event.type}`, event, { event }, by);
    } else if (direction === 'sent' && Array.isArray(body.actions)) {
      const view = isObject(body.view) && body.view.type === 'modal' ? body.view : undefined;
      for (const action of body.actions as Json[]) addAction(action, view, by);
    }
    for (const { found: one, modal } of [...within(request), ...within(response)]) {
      if (one.type === 'modal' && typeof one.callback_id === 'string') {
        const view = { ...withoutOrigin(one), id: 'V1', state: filledIn(one) };
        add(`modal ${one.callback_id}`, [view.private_metadata], { type: 'view_submission', view }, by);
      }
      if (typeof one.action_id !== 'string' || typeof one.type !== 'string') continue;
      const choices = Array.isArray(one.options) ? (one.options as Json[]) : [];
      for (const chosen of choices) {
        addAction({ ...one, options: undefined, selected_option: chosen }, modal, by);
      }
      if (choices.length === 0) addAction(one, modal, by);
    }
  }
  return new Map([...found].map(([door, knocks]) => [door, [...knocks.values()]]));
}

const senderOf = ({ user, user_id: id }: Json): string | undefined =>
  isObject(user) ? String(user.id) : typeof id === 'string' ? id : undefined;

/** Whose DM a message went to, or whose Home was drawn. */
function recipientOf({ channel, user_id: id }: Json): string | undefined {
  if (typeof id === 'string') return id;
  return typeof channel === 'string' && /^[UD]/.test(channel) ? channel.replace(/^D/, 'U') : undefined;
}

/**
 * For the doors to which nothing was brought so far: a button with what such buttons carried elsewhere in the room,
 * and with nothing where it should carry nothing.
 */
export function knocksMade(doors: AllDoors, knocks: ReadonlyMap<string, Knock[]>): Map<string, Knock[]> {
  const seen = new Map<string, Set<unknown>>();
  for (const [door, those] of knocks) {
    for (const { payload } of those) {
      for (const [name, value] of carriedBy(doors.get(door) ?? {}, payload)) {
        for (const key of [`${roomOf(door)} ${name}`, name]) {
          seen.set(key, (seen.get(key) ?? new Set()).add(value));
        }
      }
    }
  }
  const made = new Map<string, Knock[]>();
  for (const [door, shape] of doors) {
    const [kind, id = ''] = door.split(' ');
    if (knocks.has(door)) continue;
    const names = Object.keys(shape);
    const known = names.map((name) => [...(seen.get(`${roomOf(door)} ${name}`) ?? seen.get(name) ?? [])]);
    const sets = [0, 1, 2].map((back) => known.map((values) => values.at(-1 - back) ?? values.at(-1)));
    const fits = sets.filter((values) =>
      values.every((value, at) => shape[names[at] ?? '']?.safeParse(value).success),
    );
    const payloads = fits.map((values): Json => {
      switch (kind) {
        case 'action':
          return {
            type: 'block_actions',
            actions: [{ type: 'button', action_id: id, value: JSON.stringify(values) }],
          };
        case 'event':
          return { event: { type: id, channel: 'C0ELSEWHERE' } };
        case 'shortcut':
          return { type: 'message_action', callback_id: id, message: { ts: '1.000001', text: 'It is down' } };
        default:
          return { command: id, text: door.split(' ')[2] ?? '' };
      }
    });
    // Without its fields a form is turned down before it is asked whose it is.
    if (kind !== 'modal' && payloads.length > 0)
      made.set(
        door,
        payloads.map((payload) => ({ door, payload, by: undefined })),
      );
  }
  return made;
}

const roomOf = (door: string): string => door.split(/[ .]/)[1] ?? '';

/** The values that it brings along, by name. */
export function carriedBy(shape: Shape, { actions, view }: Json): [string, unknown][] {
  const names = Object.keys(shape);
  const [action] = (actions ?? []) as { value?: string; selected_option?: { value?: string } }[];
  try {
    const carried: unknown = action
      ? JSON.parse(action.value ?? action.selected_option?.value ?? '')
      : (JSON.parse((view as { private_metadata: string }).private_metadata) as Json).data;
    const values = Array.isArray(carried)
      ? carried
      : names.map((name) => (carried as Json | undefined)?.[name]);
    return names.flatMap((name, at): [string, unknown][] => (values[at] == null ? [] : [[name, values[at]]]));
  } catch {
    // What no button of ours carries, such as a picked day.
    return [];
  }
}
