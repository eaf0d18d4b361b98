// What the page gets from the sandbox's JSON API, named for the page; types only.

import type { stateFor } from '../api.state.ts';

export type { FieldValue } from '../slack/forms.ts';
export type { SeenMessage, SeenView } from '../slack/people.ts';
export type {
  Block,
  Change,
  Confirm,
  Element,
  ElementState,
  LogEntry,
  Option,
  StateValues,
  TextObject,
  Violation,
} from '../slack/types.ts';

export type State = ReturnType<typeof stateFor>;
export type Colleague = State['people'][number];
export type ChannelInfo = State['channels'][number];

/** Something that is planned. */
export interface Due {
  at: string;
  who: string;
  what: string;
}

/** What Slack's own client says in passing: a failed command, a button that did nothing. */
export interface Notice {
  id: number;
  text: string;
}
