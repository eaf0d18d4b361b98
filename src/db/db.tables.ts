// What the house itself keeps: its workspaces and whether it may speak there, what it handled already, and the keys of sealed words.

import type { Generated } from 'kysely';

export interface DbTables {
  workspaces: WorkspacesTable;
  requests: RequestsTable;
  workspace_keys: WorkspaceKeysTable;
  stopped_workspaces: StoppedWorkspacesTable;
  reconciliations: ReconciliationsTable;
}

/** A Slack workspace that has the bot. */
export interface WorkspacesTable {
  /** Slack's team id, `T…`. */
  workspace_id: string;
  created_at: Temporal.Instant;
}

/** Commands and submissions already handled, so that one which arrives twice counts once. Trimmed after a day. */
export interface RequestsTable {
  workspace_id: string;
  /** A command's or click's `trigger_id`, a form's `view.id`. */
  request_id: string;
  received_at: Temporal.Instant;
}

/** The key a workspace's sealed columns are locked with. Of no use without the operator's master key. */
export interface WorkspaceKeysTable {
  workspace_id: string;
  /** Counts from 1; every sealed value says which one it is locked with. */
  key_number: number;
  /** Which of ENCRYPTION_KEYS it is locked with. */
  master_key_id: string;
  /** AES-256-GCM: nonce, ciphertext, tag. */
  wrapped_key: Buffer;
}

/** A workspace that Slack lets nobody speak in: what falls due there waits. The row goes when Slack answers again. */
export interface StoppedWorkspacesTable {
  workspace_id: string;
  /** Slack's error. */
  error: string;
  stopped_at: Temporal.Instant;
  /** When Slack is asked again. */
  ask_at: Temporal.Instant;
  /** How often it was asked in vain. */
  asked: Generated<number>;
}

/** When what is planned in a workspace is next compared with what should be. */
export interface ReconciliationsTable {
  workspace_id: string;
  due_at: Temporal.Instant;
}
