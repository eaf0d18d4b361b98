// What one person sees, kept up to date: the page's only state that comes from the sandbox.

import { type Outcome, read, send } from './api.ts';
import type { Change, Due, LogEntry, Notice, SeenMessage, State, Violation } from './types.ts';

interface Conversation {
  /** Oldest first, replies and one's own ephemeral ones among them. */
  messages: readonly SeenMessage[];
  /** Whether the first message of all is among them. */
  complete: boolean;
}

export interface Snapshot {
  state: State | undefined;
  conversations: ReadonlyMap<string, Conversation>;
  notices: readonly Notice[];
  upcoming: readonly Due[];
  log: readonly LogEntry[];
  violations: readonly Violation[];
  /** False while the stream of changes is interrupted. */
  live: boolean;
  /** Why nothing can be shown at all. */
  trouble: string | undefined;
}

const pageSize = 200;
/** Changes come in bursts; one look at the result is enough. In milliseconds. */
const burst = 30;
const longestBurst = 1_000;

export class Session {
  readonly person: string;
  snapshot: Snapshot = {
    state: undefined,
    conversations: new Map(),
    notices: [],
    upcoming: [],
    log: [],
    violations: [],
    live: true,
    trouble: undefined,
  };
  readonly #listeners = new Set<() => void>();
  readonly #changed = new Map<string, Set<string>>();
  #stream: EventSource | undefined;
  #stateWanted = false;
  #pause = burst;
  #burst: ReturnType<typeof setTimeout> | undefined;
  /** How often the stream was opened, and how many changes of each conversation it told of. */
  #opened = 0;
  readonly #heard = new Map<string, number>();
  #lastNotice = 0;
  #logOpen = false;

  constructor(person: string) {
    this.person = person;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly current = (): Snapshot => this.snapshot;

  #set(part: Partial<Snapshot>): void {
    this.snapshot = { ...this.snapshot, ...part };
    for (const listener of [...this.#listeners]) listener();
  }

  /** Begins to listen; returns how to stop. */
  start(): () => void {
    const stream = new EventSource(`/_sandbox/events?as=${encodeURIComponent(this.person)}`);
    this.#stream = stream;
    const kinds: Change['kind'][] = [
      'message_posted',
      'message_changed',
      'message_deleted',
      'view_opened',
      'view_updated',
      'view_closed',
      'home_published',
      'notice',
      'person_changed',
      'clock_moved',
      'logged',
      'violated',
    ];
    for (const kind of kinds) {
      stream.addEventListener(kind, (event) =>
        this.#hear(JSON.parse((event as MessageEvent<string>).data) as Change),
      );
    }
    stream.addEventListener('open', () => {
      // What happened while nobody listened is not repeated: look at everything anew.
      const again = !this.snapshot.live;
      this.#opened += 1;
      this.#set({ live: true });
      if (again) for (const channelId of this.snapshot.conversations.keys()) void this.#loadLatest(channelId);
      this.#wantState();
    });
    stream.addEventListener('error', () => this.#set({ live: false }));
    this.#wantState();
    return () => {
      stream.close();
      this.#stream = undefined;
      clearTimeout(this.#burst);
    };
  }

  #hear(change: Change): void {
    switch (change.kind) {
      case 'message_posted':
      case 'message_changed':
      case 'message_deleted':
        this.#heard.set(change.channelId, (this.#heard.get(change.channelId) ?? 0) + 1);
        if (this.snapshot.conversations.has(change.channelId)) {
          const changed = this.#changed.get(change.channelId) ?? new Set();
          this.#changed.set(change.channelId, changed.add(change.ts));
        }
        this.#wantState();
        return;
      case 'notice':
        this.say(change.text);
        return;
      case 'logged':
        if (this.#logOpen) this.#set({ log: withEntry(this.snapshot.log, change.entry) });
        return;
      case 'violated':
        this.#set({ violations: [...this.snapshot.violations, change.violation] });
        return;
      default:
        this.#wantState();
    }
  }

  #wantState(): void {
    this.#stateWanted = true;
    this.#burst ??= setTimeout(() => void this.#catchUp(), this.#pause);
  }

  /** Fetches what has changed since the last look, once for a whole burst of changes. */
  async #catchUp(): Promise<void> {
    const began = performance.now();
    try {
      const changed = [...this.#changed];
      this.#changed.clear();
      this.#stateWanted = false;
      await Promise.all(changed.map(([channelId, several]) => this.#refresh(channelId, [...several])));
      const [state, upcoming] = await Promise.all([
        read<State>('state', { as: this.person }),
        read<Due[]>('upcoming'),
      ]);
      if (this.#stream !== undefined) this.#set({ state, upcoming, trouble: undefined });
    } catch (error) {
      if (this.snapshot.state === undefined) this.#set({ trouble: (error as Error).message });
      else this.#set({ live: false });
    } finally {
      this.#burst = undefined;
      // While looking takes long, look less often: the sandbox has better things to do, such as telling a story.
      this.#pause = Math.min(longestBurst, Math.max(burst, 3 * (performance.now() - began) - 100));
      if (this.#stream !== undefined && (this.#stateWanted || this.#changed.size > 0)) this.#wantState();
    }
  }

  async #refresh(channelId: string, several: string[]): Promise<void> {
    if (several.length > 5) return this.#loadLatest(channelId);
    for (const ts of several) {
      const [message] = await read<SeenMessage[]>('messages', { as: this.person, channel: channelId, ts });
      this.#merge(channelId, (messages) => withMessage(messages, ts, message));
      const parent = message?.threadTs;
      if (parent === undefined || parent === ts) continue;
      // The message that was answered counts its replies.
      const [root] = await read<SeenMessage[]>('messages', {
        as: this.person,
        channel: channelId,
        ts: parent,
      });
      this.#merge(channelId, (messages) => withMessage(messages, parent, root));
    }
  }

  #merge(
    channelId: string,
    change: (messages: readonly SeenMessage[]) => readonly SeenMessage[],
    complete?: boolean,
  ): void {
    const conversations = new Map(this.snapshot.conversations);
    const before = conversations.get(channelId) ?? { messages: [], complete: false };
    conversations.set(channelId, {
      messages: change(before.messages),
      complete: complete ?? before.complete,
    });
    this.#set({ conversations });
  }

  /** What changes while the answer is on its way may be missing from it: then it is asked for again. */
  async #loadLatest(channelId: string): Promise<void> {
    let heard: number;
    do {
      heard = this.#heardOf(channelId);
      const messages = await read<SeenMessage[]>('messages', {
        as: this.person,
        channel: channelId,
        limit: pageSize,
      });
      this.#merge(channelId, () => messages, messages.length < pageSize);
    } while (heard !== this.#heardOf(channelId));
  }

  #heardOf(channelId: string): number {
    return this.#opened + (this.#heard.get(channelId) ?? 0);
  }

  /** Loads a conversation's newest messages, unless they are here. */
  async open(channelId: string): Promise<void> {
    if (this.snapshot.conversations.has(channelId)) return;
    await this.#loadLatest(channelId);
  }

  async loadOlder(channelId: string): Promise<void> {
    const [first] = this.snapshot.conversations.get(channelId)?.messages ?? [];
    if (first === undefined) return;
    const older = await read<SeenMessage[]>('messages', {
      as: this.person,
      channel: channelId,
      before: first.ts,
      limit: pageSize,
    });
    this.#merge(channelId, (messages) => [...older, ...messages], older.length < pageSize);
  }

  /** Does something as this person; a refusal of the sandbox itself is said as a notice. */
  async perform(verb: string, body: Record<string, unknown> = {}): Promise<Outcome | undefined> {
    try {
      const outcome = await send<Outcome>(`as/${encodeURIComponent(this.person)}/${verb}`, body);
      this.#wantState();
      return outcome;
    } catch (error) {
      this.say((error as Error).message);
      return undefined;
    }
  }

  /** Whether it could be moved; a refusal is said as a notice. */
  async moveClock(body: Record<string, unknown>): Promise<boolean> {
    try {
      await send('clock', body);
      return true;
    } catch (error) {
      this.say((error as Error).message);
      return false;
    } finally {
      this.#wantState();
    }
  }

  /** The log is fetched when somebody looks at it, and kept up from then on. */
  async watchLog(): Promise<void> {
    if (this.#logOpen) return;
    this.#logOpen = true;
    const { calls, sent, violations } = await read<{
      calls: LogEntry[];
      sent: LogEntry[];
      violations: Violation[];
    }>('log');
    const log = [...calls, ...sent, ...this.snapshot.log].reduce<LogEntry[]>(withEntry, []);
    this.#set({ log, violations });
  }

  say(text: string): void {
    this.#lastNotice += 1;
    this.#set({ notices: [...this.snapshot.notices.slice(-2), { id: this.#lastNotice, text }] });
  }

  dismiss(id: number): void {
    this.#set({ notices: this.snapshot.notices.filter((notice) => notice.id !== id) });
  }
}

function withMessage(
  messages: readonly SeenMessage[],
  ts: string,
  message: SeenMessage | undefined,
): readonly SeenMessage[] {
  const at = messages.findIndex((one) => one.ts === ts);
  if (message === undefined) return at < 0 ? messages : messages.toSpliced(at, 1);
  if (at >= 0) return messages.with(at, message);
  const last = messages.at(-1);
  if (last === undefined || last.ts < ts) return [...messages, message];
  const later = messages.findIndex((one) => one.ts > ts);
  return messages.toSpliced(later < 0 ? messages.length : later, 0, message);
}

/** A log of 500 lines is more than anyone reads, and keeps the drawer quick. */
function withEntry(log: LogEntry[] | readonly LogEntry[], entry: LogEntry): LogEntry[] {
  const at = log.findIndex((one) => one.id === entry.id);
  if (at >= 0) return log.with(at, entry);
  return [...log, entry].sort((a, b) => a.id - b.id).slice(-500);
}
