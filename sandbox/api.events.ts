// Live changes for the page, as server-sent events: only what this person may know.

import type { IncomingMessage, ServerResponse } from 'node:http';
import type { LocalSlack } from './slack/local-slack.ts';
import type { Person } from './slack/people.ts';
import type { Change } from './slack/types.ts';
import { canSee } from './slack/workspaces.ts';

/** Keeps proxies and browsers from giving up on a quiet stream. */
const heartbeat = 20_000;

export function streamChanges(
  slack: LocalSlack,
  person: Person,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  response.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    connection: 'keep-alive',
  });
  // EventSource reconnects by itself; a second is soon enough.
  response.write('retry: 1000\n\n');
  const stopListening = slack.onChange((change) => {
    if (concerns(slack, person, change)) {
      response.write(`event: ${change.kind}\ndata: ${JSON.stringify(change)}\n\n`);
    }
  });
  const beat = setInterval(() => response.write(': still here\n\n'), heartbeat);
  request.on('close', () => {
    clearInterval(beat);
    stopListening();
  });
}

/** Clock, log and violations are everyone's; the rest only whom Slack would show it. */
function concerns(slack: LocalSlack, person: Person, change: Change): boolean {
  switch (change.kind) {
    case 'clock_moved':
    case 'logged':
    case 'violated':
      return true;
    case 'person_changed':
      return change.workspaceId === person.workspaceId;
    case 'message_posted':
    case 'message_changed':
    case 'message_deleted': {
      if (change.workspaceId !== person.workspaceId) return false;
      const channel = slack.workspace(change.workspaceId).channels.get(change.channelId);
      if (channel === undefined || !canSee(channel, person.id)) return false;
      return change.visibleTo === undefined || change.visibleTo === person.id;
    }
    default:
      return change.workspaceId === person.workspaceId && change.userId === person.id;
  }
}
