// The local Slack itself: starts the server on loopback, puts the parts together, and is what tests hold in hand.

import { randomBytes } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { SandboxClock } from './clock.ts';
import { smallCompany } from './company.ts';
import { sendOverHttp } from './door.ts';
import { sendEvent } from './events.ts';
import { createFaults, type Faults } from './faults.ts';
import { authorize } from './methods/oauth.ts';
import { userOut } from './methods/users.ts';
import { createPerson, looksAway, type Person } from './people.ts';
import { createRateLimits, type RateLimits } from './rate-limits.ts';
import { answerResponseUrl } from './response-urls.ts';
import { newestTs, restoreWorkspace, type SavedSlack, saveSlack } from './saved.ts';
import { type SocketMode, socketMode } from './socket-mode.ts';
import { sandboxTimers } from './timers.ts';
import type { Change, Channel, CommandSpec, LogEntry, ShortcutSpec, Violation, Workspace } from './types.ts';
import { answerWebApi } from './web-api.ts';
import { buildWorkspace, channelNamed, personNamed, type WorkspaceSpec } from './workspaces.ts';
import { type Acknowledgement, announce, type BotDoor, startLog, unixSeconds, type World } from './world.ts';

export interface LocalSlackOptions {
  /** 0, the default, takes any free port. */
  port?: number;
  clock: SandboxClock;
  /** The small company, unless told. */
  workspaces?: readonly WorkspaceSpec[];
  /** Whether what Slack would not allow is kept in `violations`; true unless told. */
  strict?: boolean;
  /** Whether the documented rate limits hold; false unless told. */
  rateLimits?: boolean;
  /** False plays a workspace that has no `data_visualization` yet. */
  charts?: boolean;
  /** Secrets that stay the same over restarts; random ones unless told. Worthless anywhere else. */
  signingSecret?: string;
  appToken?: string;
  /** What `save()` gave before the last stop. */
  saved?: SavedSlack;
}

/** How moving the clock runs what the bot has planned; set by whoever starts bot and Slack together. */
interface Travel {
  nextDue(): Promise<Temporal.Instant | undefined>;
  runDue(): Promise<void>;
  /** What is planned until then, for the page's strip. */
  upcoming?(until: Temporal.Instant): Promise<{ at: string; who: string; what: string }[]>;
}

export type RequestHandler = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>;

export interface LocalSlack {
  readonly url: string;
  readonly apiUrl: string;
  readonly signingSecret: string;
  readonly appToken: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly clock: SandboxClock;
  /** The first one, unless told. */
  workspace(id?: string): Workspace;
  readonly workspaces: Workspace[];
  /** HTTP mode: where the bot takes Slack's requests. */
  connect(bot: { requestUrl: string }): void;
  readonly socketMode: SocketMode;
  /** By id, handle, name or role; throws, naming who there is, for anyone unknown. */
  person(idOrName: string, workspaceId?: string): Person;
  readonly people: Person[];
  /** What a typed command may be; anything goes while undefined. */
  commands: CommandSpec[] | undefined;
  /** What the page offers to run; any callback id goes while undefined. */
  shortcuts: ShortcutSpec[] | undefined;
  /** Event types the app subscribed to (`app_home_opened`, `message.im`); all of them while undefined. */
  subscriptions: string[] | undefined;
  travel: Travel | undefined;
  /** Resolves when the bot has nothing in flight; without it only calls on their way here are waited for. */
  botIsIdle: (() => Promise<void>) | undefined;
  /** Moves the clock forward, from one due moment to the next, and runs each. */
  moveClock(to: Temporal.Instant): Promise<void>;
  readonly log: LogEntry[];
  readonly violations: Violation[];
  readonly faults: Faults;
  readonly rateLimits: RateLimits;
  sendEvent(
    event: { type: string } & Record<string, unknown>,
    workspaceId?: string,
  ): Promise<Acknowledgement | 'not_subscribed'>;
  /** Removes the app from a workspace, as an admin does: the token dies, and the bot hears of it. */
  uninstall(workspaceId?: string): Promise<void>;
  /** Archives a channel; the bot hears of it where it is a member. */
  archive(channel: string, workspaceId?: string): Promise<void>;
  /** Gives a channel another name; its id stays. */
  rename(channel: string, name: string, workspaceId?: string): Promise<void>;
  /** Makes a public channel private, as an admin does; its id and its members stay. */
  makePrivate(channel: string, workspaceId?: string): Promise<void>;
  /** Deactivates a person, as when someone leaves the company. */
  deactivate(idOrName: string, workspaceId?: string): Promise<void>;
  /** Takes somebody back who was deactivated. */
  reactivate(idOrName: string, workspaceId?: string): Promise<void>;
  /** Everything worth keeping over a restart. */
  save(): SavedSlack;
  onChange(listener: (change: Change) => void): () => void;
  /** Answers what Slack itself doesn't, such as a page to look at it; there is nothing while undefined. */
  otherRequests: RequestHandler | undefined;
  stop(): Promise<void>;
}

export async function startLocalSlack(options: LocalSlackOptions): Promise<LocalSlack> {
  const { clock } = options;
  const workspaces = new Map<string, Workspace>();
  for (const spec of options.workspaces ?? [smallCompany]) {
    const workspace = buildWorkspace(spec, clock);
    if (options.saved !== undefined) restoreWorkspace(workspace, options.saved);
    workspaces.set(spec.id, workspace);
  }
  const world: World = {
    clock,
    url: '',
    signingSecret: options.signingSecret ?? randomBytes(16).toString('hex'),
    appToken: options.appToken ?? `xapp-sandbox-${randomBytes(8).toString('hex')}`,
    verificationToken: randomBytes(12).toString('hex'),
    clientId: '1.1',
    clientSecret: randomBytes(16).toString('hex'),
    strict: options.strict ?? true,
    charts: options.charts ?? true,
    workspaces,
    commands: undefined,
    subscriptions: undefined,
    triggers: new Map(),
    responseUrls: new Map(),
    oauthCodes: new Map(),
    log: [],
    violations: [],
    faults: createFaults(),
    rateLimits: createRateLimits(clock, options.rateLimits ?? false),
    timers: sandboxTimers(clock),
    changes: new EventEmitter(),
    openCalls: 0,
    botIsIdle: undefined,
    lastMicroseconds: newestTs(workspaces.values()),
  };
  // Every person and every open page listens.
  world.changes.setMaxListeners(0);

  const sockets = socketMode(world);
  let requestUrl: string | undefined;
  const door: BotDoor = {
    send(payload) {
      if (sockets.connected > 0) return sockets.send(payload);
      if (requestUrl !== undefined) return sendOverHttp(world, requestUrl, payload);
      return Promise.resolve({ kind: 'failed', why: 'connection_failed' });
    },
  };

  const people = new Map<string, Person>();
  for (const workspace of workspaces.values()) {
    for (const record of workspace.people.values()) {
      if (!record.isBot)
        people.set(`${workspace.id} ${record.id}`, createPerson(world, door, workspace, record));
    }
  }

  const workspaceOf = (id?: string): Workspace => {
    const found = id === undefined ? [...workspaces.values()][0] : workspaces.get(id);
    if (found === undefined) throw new Error(`There is no workspace ${id ?? ''}`);
    return found;
  };

  const channelOf = (workspace: Workspace, name: string): Channel => {
    const channel = channelNamed(workspace, name);
    if (channel === undefined) throw new Error(`There is no channel "${name}" in ${workspace.name}`);
    return channel;
  };

  const moveClock = async (to: Temporal.Instant): Promise<void> => {
    if (Temporal.Instant.compare(to, clock.now()) < 0) {
      throw new Error(`The clock only moves forward: it is ${clock.now()}, and ${to} is past`);
    }
    const pace = clock.speed;
    clock.pause();
    for (const person of people.values()) looksAway(person);
    let stuck = 0;
    for (;;) {
      const planned = [await slack.travel?.nextDue(), world.timers.next()].filter((one) => one !== undefined);
      const [next] = planned.sort(Temporal.Instant.compare);
      if (next === undefined || Temporal.Instant.compare(next, to) > 0) break;
      const moved = Temporal.Instant.compare(next, clock.now()) > 0;
      stuck = moved ? 0 : stuck + 1;
      // Work that stays due however often it is run is waiting for something else, such as a bot that is down.
      if (stuck > 20) break;
      if (moved) clock.set(next);
      await world.timers.runDue();
      await slack.travel?.runDue();
    }
    clock.set(Temporal.Instant.compare(to, clock.now()) > 0 ? to : clock.now());
    await world.timers.runDue();
    await slack.travel?.runDue();
    if (pace > 0) clock.run(pace);
  };

  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => {
      // A bug of ours: say so instead of leaving the bot to wait.
      const log = startLog(world, { direction: 'call', name: request.url ?? '', request: null });
      log.done({ response: `the sandbox failed: ${String((error as Error).stack ?? error)}`, status: 500 });
      if (!response.headersSent) response.writeHead(500, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ ok: false, error: 'internal_error' }));
    });
  });
  server.on('upgrade', (request, socket, head) => sockets.upgrade(request, socket, head));

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = new URL(request.url ?? '/', 'http://127.0.0.1').pathname;
    if (path.startsWith('/api/')) return answerWebApi(world, sockets, request, response);
    if (path.startsWith('/commands/') || path.startsWith('/actions/')) {
      return answerResponseUrl(world, request, response);
    }
    if (path === '/oauth/v2/authorize') {
      const answer = authorize(world, new URL(request.url ?? '/', world.url).searchParams);
      if ('redirect' in answer) response.writeHead(302, { location: answer.redirect }).end();
      else response.writeHead(400, { 'content-type': 'text/plain' }).end(answer.refused);
      return;
    }
    if (slack.otherRequests !== undefined) return slack.otherRequests(request, response);
    response.writeHead(404, { 'content-type': 'text/plain' }).end('There is nothing here.');
  };

  // Loopback only: nothing here is meant for anyone else's eyes.
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  world.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const stopHearingClock = clock.onChange(() =>
    announce(world, { kind: 'clock_moved', now: clock.now().toString(), speed: clock.speed }),
  );

  async function setDeleted(deleted: boolean, idOrName: string, workspaceId?: string): Promise<void> {
    const workspace = workspaceOf(workspaceId);
    const record = personNamed(workspace, idOrName);
    if (record === undefined) throw new Error(`There is nobody called "${idOrName}" in ${workspace.name}`);
    record.deleted = deleted;
    announce(world, { kind: 'person_changed', workspaceId: workspace.id, userId: record.id });
    await sendEvent(world, door, workspace, {
      type: 'user_change',
      user: userOut(world, workspace, record, true),
      cache_ts: unixSeconds(clock.now()),
    });
  }

  /** Changes a channel and tells the bot by the event that `change` returns, where the bot is in it. */
  async function changeChannel(
    name: string,
    workspaceId: string | undefined,
    change: (channel: Channel) => { type: string } & Record<string, unknown>,
  ): Promise<void> {
    const workspace = workspaceOf(workspaceId);
    const channel = channelOf(workspace, name);
    const event = change(channel);
    if (channel.members.includes(workspace.botUserId)) await sendEvent(world, door, workspace, event);
  }

  const slack: LocalSlack = {
    url: world.url,
    apiUrl: `${world.url}/api/`,
    signingSecret: world.signingSecret,
    appToken: world.appToken,
    clientId: world.clientId,
    clientSecret: world.clientSecret,
    clock,
    workspace: workspaceOf,
    workspaces: [...workspaces.values()],
    connect(bot) {
      requestUrl = bot.requestUrl;
    },
    socketMode: sockets,
    person(idOrName, workspaceId) {
      for (const workspace of workspaceId === undefined ? workspaces.values() : [workspaceOf(workspaceId)]) {
        const record = personNamed(workspace, idOrName);
        const person = record === undefined ? undefined : people.get(`${workspace.id} ${record.id}`);
        if (person !== undefined) return person;
      }
      const known = [...people.values()].map((person) => person.name).join(', ');
      throw new Error(`There is nobody called "${idOrName}"; there are: ${known}`);
    },
    people: [...people.values()],
    get commands() {
      return world.commands;
    },
    set commands(commands) {
      world.commands = commands;
    },
    shortcuts: undefined,
    get subscriptions() {
      return world.subscriptions;
    },
    set subscriptions(types) {
      world.subscriptions = types;
    },
    travel: undefined,
    get botIsIdle() {
      return world.botIsIdle;
    },
    set botIsIdle(idle) {
      world.botIsIdle = idle;
    },
    moveClock,
    log: world.log,
    violations: world.violations,
    faults: world.faults,
    rateLimits: world.rateLimits,
    sendEvent: (event, workspaceId) => sendEvent(world, door, workspaceOf(workspaceId), event),
    async uninstall(workspaceId) {
      const workspace = workspaceOf(workspaceId);
      workspace.installed = false;
      await sendEvent(world, door, workspace, {
        type: 'tokens_revoked',
        tokens: { bot: [workspace.botUserId] },
      });
      await sendEvent(world, door, workspace, { type: 'app_uninstalled' });
    },
    archive: (name, workspaceId) =>
      changeChannel(name, workspaceId, (channel) => {
        channel.archived = true;
        return {
          type: `${channel.kind === 'private' ? 'group' : 'channel'}_archive`,
          channel: channel.id,
          user: channel.creator,
          is_moved: 0,
        };
      }),
    rename: (before, name, workspaceId) =>
      changeChannel(before, workspaceId, (channel) => {
        channel.name = name;
        return {
          type: `${channel.kind === 'private' ? 'group' : 'channel'}_rename`,
          channel: { id: channel.id, name, created: channel.created },
        };
      }),
    async makePrivate(name, workspaceId) {
      const workspace = workspaceOf(workspaceId);
      const channel = channelOf(workspace, name);
      channel.kind = 'private';
      await sendEvent(world, door, workspace, {
        type: 'channel_convert_to_private',
        channel: channel.id,
        user: channel.creator,
      });
    },
    deactivate: (idOrName, workspaceId) => setDeleted(true, idOrName, workspaceId),
    reactivate: (idOrName, workspaceId) => setDeleted(false, idOrName, workspaceId),
    save: () => saveSlack(world),
    onChange(listener) {
      world.changes.on('change', listener);
      return () => world.changes.off('change', listener);
    },
    otherRequests: undefined,
    async stop() {
      stopHearingClock();
      world.timers.stop();
      await sockets.stop();
      world.changes.removeAllListeners();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
  return slack;
}
