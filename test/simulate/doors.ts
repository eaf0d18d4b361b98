// A Bolt that only remembers who listens to what, so that a simulation can knock at the real doors.

import type { WebClient } from '@slack/web-api';

interface Knock {
  body: Record<string, unknown>;
  client: WebClient;
  context: { teamId: string; userId: string };
  /** Called with what Slack is acknowledged with. */
  ack(answer?: unknown): Promise<void>;
}

type Listener = (knock: Record<string, unknown>) => Promise<void>;

export interface Doors {
  command(knock: Knock): Promise<void>;
  action(knock: Knock): Promise<void>;
  view(knock: Knock): Promise<void>;
  event(knock: Knock): Promise<void>;
}

export function listeningApp() {
  const commands = new Map<string, Listener>();
  const actions: { pattern: RegExp; listener: Listener }[] = [];
  const views = new Map<string, Listener>();
  const events: { type: string; listener: Listener }[] = [];
  const app = {
    command: (name: string, listener: Listener) => commands.set(name, listener),
    action: (pattern: RegExp, listener: Listener) => actions.push({ pattern, listener }),
    // Whoever listens to every form speaks only of those that nobody knows.
    view: (id: string | RegExp, listener: Listener) => typeof id === 'string' && views.set(id, listener),
    shortcut: () => {},
    // Everybody here is of the workspace they knock at.
    use: () => {},
    event: (type: string, listener: Listener) => events.push({ type, listener }),
  };
  const all = async (listeners: Listener[], knock: object): Promise<void> => {
    if (listeners.length === 0) throw new Error(`Nobody listens to ${JSON.stringify(knock)}`);
    await Promise.all(listeners.map((listener) => listener(knock as Record<string, unknown>)));
  };
  const doors: Doors = {
    command: (knock) =>
      all(
        [commands.get(String(knock.body.command))].flatMap((one) => one ?? []),
        knock,
      ),
    action(knock) {
      const [action] = knock.body.actions as [{ action_id: string }];
      const heard = actions.filter(({ pattern }) => pattern.test(action.action_id));
      return all(
        heard.map(({ listener }) => listener),
        { ...knock, action },
      );
    },
    view(knock) {
      const { callback_id } = knock.body.view as { callback_id: string };
      return all(
        [views.get(callback_id)].flatMap((one) => one ?? []),
        knock,
      );
    },
    event(knock) {
      const { event } = knock.body as { event: { type: string } };
      const heard = events.filter(({ type }) => type === event.type);
      return all(
        heard.map(({ listener }) => listener),
        { ...knock, event },
      );
    },
  };
  return { app, doors };
}
