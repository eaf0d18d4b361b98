// What tests and the sandbox's start-up use of the local Slack.

export type { Fault, FaultSpec } from './faults.ts';
export { type LocalSlack, type LocalSlackOptions, startLocalSlack, type Travel } from './local-slack.ts';
export type { Person, SeenMessage, SeenView } from './people.ts';
export type { SavedSlack } from './saved.ts';
export { signature } from './signing.ts';
export type { Change, CommandSpec, LogEntry, Violation, Workspace } from './types.ts';
export type { ChannelSpec, PersonSpec, WorkspaceSpec } from './workspaces.ts';
