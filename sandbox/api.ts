// The JSON API of the sandbox: everything a person can do and see, for curl, the page and any other program.

import type { IncomingMessage, ServerResponse } from 'node:http';
import type { LocalSlack } from './slack/local-slack.ts';
import type { World } from './slack/world.ts';

export async function handleSandboxApi(
  slack: LocalSlack,
  _world: World,
  _request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(JSON.stringify(slack.people.map(({ id, name, role, tz }) => ({ id, name, role, tz }))));
}
