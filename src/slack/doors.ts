// The doors: how a room hears of commands, clicks, forms and events, and what it may answer. Bolt stays behind them.

import type { Tenant } from '../db/tenancy.ts';
import type { Action, Carried, DataOf, Modal, Shape } from './actions.ts';
import type { ChannelProfile } from './channels.ts';
import type { Form, FormValues } from './forms.ts';
import type { Message } from './message.ts';
import type { Profile } from './people.ts';
import type { Redraw } from './redraw.ts';

/** What every door knows about who knocked. */
export interface Request {
  workspaceId: string;
  /** Slack user id of whoever did it; empty for an event that names nobody. */
  personId: string;
  now: Temporal.Instant;
  /**
   * Runs `work` in one transaction of the workspace, unless this very request was handled before: then nothing
   * runs and the person is told that it counts once. An answer that keeps the form open (`errors`, `changeForm`)
   * leaves the request open as well, since the same form will come back.
   */
  once(work: (trx: Tenant) => Promise<Answer>): Promise<Answer>;
  /** Runs `work` in one transaction of the workspace, as often as the request arrives. */
  inTransaction<T>(work: (trx: Tenant) => Promise<T>): Promise<T>;
  /** Asks Slack about a person; never inside a transaction. */
  profile(personId: string): Promise<Profile>;
  /** Asks Slack about a channel and who is in it; undefined where it has none for us. Never inside a transaction. */
  channel(channelId: string): Promise<ChannelProfile | undefined>;
  /**
   * Whether the person is in that channel: where Slack says they did this, or else as it answers when asked. What a
   * button or a form carries never tells. Never inside a transaction.
   */
  isIn(channelId: string): Promise<boolean>;
  /** Asks Slack where a message can be read, as a link; undefined where Slack won't say. Never inside a transaction. */
  permalink(channelId: string, ts: string): Promise<string | undefined>;
}

export interface CommandRequest extends Request {
  /** What stands after the command, trimmed; mentions as `<@U123|name>`. */
  text: string;
  channelId: string;
}

export interface ActionRequest<A extends Action = Action> extends Request {
  /** What the button or the chosen option carries. */
  carried: Carried<A>;
  /** The channel of the message clicked on; undefined in the Home and in forms. */
  channelId: string | undefined;
  /** The form clicked in, as filled in so far; undefined elsewhere. */
  form: { values: FormValues; data: unknown } | undefined;
}

export interface SubmissionRequest<M extends Modal = Modal> extends Request {
  values: FormValues;
  /** What the form was opened with. */
  data: DataOf<M>;
}

export interface ShortcutRequest extends Request {
  channelId: string | undefined;
  /** The message it was used on; undefined for a global shortcut. */
  message: { ts: string; text: string; authorId: string | undefined } | undefined;
}

export interface EventRequest extends Request {
  /** Slack's event object. Hostile until parsed. */
  event: Record<string, unknown>;
}

/** What happens after the transaction is kept. Everything named is done, in this order. */
export interface Answer {
  /** Errors under a form's fields, by field name. The form stays open. */
  errors?: Record<string, string>;
  /** The open form becomes this one. */
  changeForm?: Form;
  /** A form to open; on top of the open one when clicked there. */
  form?: Form;
  /** Closes every form of the stack, not only the top one. */
  closeAll?: true;
  /** Only the person sees it: next to where they are, or at the top of their Home when they did it there. */
  message?: Message;
  /** Said instead where Slack refuses the message's blocks. */
  plainer?: Message;
  /** Takes the place of the message that was clicked on. */
  replace?: Message;
  /** Other messages, which everybody sees, that show what changed. */
  redraw?: Redraw;
  /** Draws the person's Home anew. */
  home?: true;
}

export type Handler<R extends Request> = (request: R) => Promise<Answer>;

/** The answer to a click takes the clicked message's place, so that its buttons don't mislead any more. */
export const inPlace = ({ message, ...rest }: Answer): Answer => ({
  ...rest,
  ...(message && { replace: message }),
});

/** A room's doors. Each name is opened once in the whole house, an event once in each room. */
export interface Doors {
  /** `/logtime`, or a second word under a command, as `/keel week`. The longest match answers. */
  command(name: string, handler: Handler<CommandRequest>): void;
  /**
   * Buttons, menus and pickers. What does not carry what it should is from an older version, and is told so here.
   * `oncePerMessage`: of all such buttons under one message a single press counts, since Slack gives each press of a
   * double click a trigger of its own.
   */
  action<S extends Shape>(
    to: Action<S>,
    handler: Handler<ActionRequest<Action<S>>>,
    options?: { oncePerMessage?: true },
  ): void;
  /** The submission of a modal. */
  submission<S extends Shape>(to: Modal<S>, handler: Handler<SubmissionRequest<Modal<S>>>): void;
  shortcut(callbackId: string, handler: Handler<ShortcutRequest>): void;
  /** Nobody waits for an event: it is answered with `home`, and `message` by DM. */
  event(type: string, handler: Handler<EventRequest>): void;
}
