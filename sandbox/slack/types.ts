// The things a Slack workspace is made of, as the local Slack keeps them; field names on the wire are Slack's own.

export interface TextObject {
  type: 'plain_text' | 'mrkdwn';
  text: string;
  emoji?: boolean;
}

export interface Option {
  text: TextObject;
  value?: string;
  description?: TextObject;
  url?: string;
}

interface OptionGroup {
  label: TextObject;
  options: Option[];
}

export interface Confirm {
  title?: TextObject;
  text: TextObject;
  confirm?: TextObject;
  deny?: TextObject;
}

/** An element of a block, after the limits have checked it: which fields it has follows from its type. */
export interface Element {
  type: string;
  action_id?: string;
  text?: TextObject | string;
  value?: string;
  url?: string;
  style?: unknown;
  placeholder?: TextObject;
  confirm?: Confirm;
  options?: Option[];
  option_groups?: OptionGroup[];
  initial_option?: Option;
  initial_options?: Option[];
  initial_value?: string | object;
  initial_user?: string;
  initial_users?: string[];
  initial_channel?: string;
  initial_channels?: string[];
  initial_conversation?: string;
  initial_conversations?: string[];
  default_to_current_conversation?: boolean;
  initial_date?: string;
  initial_time?: string;
  initial_date_time?: number;
  min_length?: number;
  max_length?: number;
  min_value?: string;
  max_value?: string;
  is_decimal_allowed?: boolean;
  min_query_length?: number;
  max_selected_items?: number;
  alt_text?: string;
  accessibility_label?: string;
  elements?: Element[];
  [other: string]: unknown;
}

/** A block, after the limits have checked it. */
export interface Block {
  type: string;
  block_id?: string;
  text?: TextObject | string;
  fields?: TextObject[];
  accessory?: Element;
  elements?: Element[];
  element?: Element;
  label?: TextObject;
  hint?: TextObject;
  optional?: boolean;
  dispatch_action?: boolean;
  child_blocks?: Block[];
  title?: TextObject | string;
  [other: string]: unknown;
}

/** What an element holds right now, as it stands in `state.values`. */
export interface ElementState {
  type: string;
  value?: string | null;
  rich_text_value?: unknown;
  selected_option?: Option | null;
  selected_options?: Option[];
  selected_user?: string | null;
  selected_users?: string[];
  selected_channel?: string | null;
  selected_channels?: string[];
  selected_conversation?: string | null;
  selected_conversations?: string[];
  selected_date?: string | null;
  selected_time?: string | null;
  selected_date_time?: number | null;
}

/** block_id → action_id → what it holds. */
export type StateValues = Record<string, Record<string, ElementState>>;

export interface Metadata {
  event_type: string;
  event_payload: Record<string, unknown>;
}

export interface Message {
  ts: string;
  user: string;
  /** Given when an app posted it. */
  botId?: string;
  text: string;
  blocks?: Block[];
  attachments?: unknown[];
  metadata?: Metadata;
  threadTs?: string;
  editedTs?: string;
  /** An ephemeral message: the one person who sees it. */
  visibleTo?: string;
  reactions: { name: string; users: string[] }[];
  /** What people have chosen in the message's own selects and inputs, by person. */
  state: Record<string, StateValues>;
  subtype?: string;
}

type ChannelKind = 'public' | 'private' | 'im' | 'mpim';

export interface Channel {
  id: string;
  name: string;
  kind: ChannelKind;
  /** Ids of people and bots. */
  members: string[];
  archived: boolean;
  /** Unix seconds. */
  created: number;
  creator: string;
  purpose: string;
  /** By `ts`, oldest first; ephemeral ones and replies included. */
  messages: Message[];
  /** By person: the `ts` up to which they have read. */
  readUpTo: Record<string, string>;
}

export interface PersonRecord {
  id: string;
  /** The handle: what follows the @. */
  name: string;
  realName: string;
  role: string;
  /** IANA id. */
  tz: string;
  isBot: boolean;
  deleted: boolean;
  locale: string;
  guest?: 'single-channel' | 'multi-channel';
  /** The workspace they belong to, where it is another one. */
  from?: string;
}

export interface View {
  id: string;
  type: 'modal' | 'home';
  userId: string;
  blocks: Block[];
  title?: TextObject;
  submit?: TextObject;
  close?: TextObject;
  privateMetadata: string;
  callbackId: string;
  externalId: string;
  clearOnClose: boolean;
  notifyOnClose: boolean;
  hash: string;
  rootId: string;
  previousId?: string;
  state: StateValues;
  /** Field errors on show, by block_id. */
  errors: Record<string, string>;
}

export interface Workspace {
  id: string;
  name: string;
  domain: string;
  appId: string;
  botToken: string;
  botUserId: string;
  botId: string;
  scopes: string[];
  /** False once the app was removed: its token is dead. */
  installed: boolean;
  people: Map<string, PersonRecord>;
  channels: Map<string, Channel>;
  /** Modals now open, by person: the bottom of the stack first, at most three. */
  modals: Map<string, View[]>;
  homes: Map<string, View>;
}

/** What happened, as the page and the people's verbs hear it. */
export type Change =
  | {
      kind: 'message_posted' | 'message_changed' | 'message_deleted';
      workspaceId: string;
      channelId: string;
      ts: string;
      visibleTo?: string;
    }
  | {
      kind: 'view_opened' | 'view_updated' | 'view_closed';
      workspaceId: string;
      userId: string;
      viewId: string;
    }
  | { kind: 'home_published'; workspaceId: string; userId: string }
  | { kind: 'notice'; workspaceId: string; userId: string; channelId?: string; text: string }
  | { kind: 'person_changed'; workspaceId: string; userId: string }
  | { kind: 'clock_moved'; now: string; speed: number }
  | { kind: 'logged'; entry: LogEntry }
  | { kind: 'violated'; violation: Violation };

export interface LogEntry {
  id: number;
  /** The sandbox's time, ISO 8601. */
  at: string;
  /** `call`: the bot asked Slack; `sent`: Slack asked the bot. */
  direction: 'call' | 'sent';
  /** The Web API method, `response_url`, or the payload's kind. */
  name: string;
  workspaceId?: string;
  request: unknown;
  response?: unknown;
  status?: number;
  /** Real milliseconds until the answer. */
  ms?: number;
  /** The fault that was played, if one was. */
  fault?: string;
}

export interface Violation {
  id: number;
  at: string;
  /** A short name, Slack's error where there is one. */
  rule: string;
  /** A sentence: what was wrong, and where. */
  message: string;
  entryId?: number;
}

export interface CommandSpec {
  command: string;
  usage_hint?: string;
  description?: string;
}

/** A shortcut as the manifest names it: from anywhere, or in a message's menu. */
export interface ShortcutSpec {
  name: string;
  type: 'global' | 'message';
  callback_id: string;
  description?: string;
}
