// Triggers: the short-lived permission to open a modal that every interaction brings.

import { randomBytes } from 'node:crypto';
import { SlackError } from './errors.ts';
import type { Workspace } from './types.ts';
import type { Trigger, World } from './world.ts';

/** Slack forgets a trigger after 3 s (docs.slack.dev/interactivity/handling-user-interaction). */
const lifetime = { seconds: 3 };

export function newTrigger(world: World, workspace: Workspace, userId: string, viewId?: string): string {
  const id = `${world.triggers.size + 1}.${parseInt(workspace.id.slice(1, 6), 36)}.${randomBytes(12).toString('hex')}`;
  world.triggers.set(id, {
    workspaceId: workspace.id,
    userId,
    issued: world.clock.now(),
    used: false,
    ...(viewId === undefined ? {} : { viewId }),
  });
  return id;
}

/** Exchanges a trigger for its permission, once and in time. */
export function takeTrigger(world: World, workspace: Workspace, id: unknown): Trigger {
  const trigger = typeof id === 'string' ? world.triggers.get(id) : undefined;
  if (trigger === undefined || trigger.workspaceId !== workspace.id)
    throw new SlackError('invalid_trigger_id');
  if (trigger.used) throw new SlackError('exchanged_trigger_id');
  if (Temporal.Instant.compare(world.clock.now(), trigger.issued.add(lifetime)) > 0) {
    throw new SlackError('expired_trigger_id');
  }
  trigger.used = true;
  return trigger;
}
