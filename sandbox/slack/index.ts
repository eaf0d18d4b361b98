// What tests and the sandbox's start-up use of the local Slack.

export { type LocalSlack, type LocalSlackOptions, startLocalSlack } from './local-slack.ts';
export type { Person, SeenMessage } from './people.ts';
export type { SavedSlack } from './saved.ts';
export { signature } from './signing.ts';
export type { LogEntry } from './types.ts';
