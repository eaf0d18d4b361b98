// A Slack in the process: what a client may ask of it, each question waiting its turn, and the book of all it took.

import { ErrorCode, type WebClient } from '@slack/web-api';
import type { World } from './world.ts';

/** What goes wrong with one call. */
export type SlackFault =
  | 'lost'
  | 'answer-lost'
  | 'killed'
  | 'killed-after'
  | { status: number }
  | { retryAfter: number };

/** A message as it stands in a conversation. */
export interface Standing {
  workspaceId: string;
  /** A DM's is `D` and the person's id. */
  channel: string;
  ts: string;
  /** Milliseconds since the epoch. */
  at: number;
  text: string;
  blocks: unknown;
  deliveryId: string | undefined;
  round: number;
}

export interface SimulatedSlack {
  /** Everything that was ever posted, oldest first. */
  book: Standing[];
  /** Zones, and who has left, by workspace and person. */
  people: Map<string, { tz: string; left: boolean }>;
  workspaces: readonly string[];
  archived: Set<string>;
  /** Who is in a channel, the same in all of them. */
  members(workspaceId: string): string[];
  /** Until when every token of a workspace is refused, in milliseconds since the epoch. */
  refusedUntil: Map<string, number>;
  clientFor(owner: string, workspaceId: string): WebClient;
}

type Arguments = Record<string, unknown>;

export function simulatedSlack(world: World): SimulatedSlack {
  const slack: SimulatedSlack = {
    book: [],
    people: new Map(),
    workspaces: ['T1', 'T2'],
    archived: new Set(),
    members: (workspaceId) =>
      [...slack.people.keys()].flatMap((who) => {
        const [workspace, id = ''] = who.split(' ');
        return workspace === workspaceId ? [id] : [];
      }),
    refusedUntil: new Map(),
    clientFor,
  };
  const { timeline } = world;

  function clientFor(owner: string, workspaceId: string): WebClient {
    const call =
      (method: string, answer: (asked: Arguments) => Arguments) =>
      (asked: Arguments = {}): Promise<Arguments> =>
        new Promise((resolve, reject) => {
          timeline.after(world.dice.between(80, 900), owner, async () => {
            const fault = world.faults.slack(owner, method);
            if (fault === 'killed') return world.kill(owner);
            if (fault === 'lost') return reject(network());
            if (typeof fault === 'object')
              return reject('status' in fault ? http(fault.status) : slow(fault));
            try {
              if (timeline.ms < (slack.refusedUntil.get(workspaceId) ?? 0)) throw refusal('invalid_auth');
              const answered = { ok: true, ...answer(asked) };
              world.trace(owner, method, `${asked.channel ?? ''} ${asked.text ?? ''}`);
              if (fault === 'killed-after') return world.kill(owner);
              if (fault === 'answer-lost') reject(network());
              else resolve(answered);
            } catch (error) {
              world.trace(owner, method, `${asked.channel ?? ''} ${String(error)}`);
              reject(error);
            }
          });
        });

    const person = (id: string) => slack.people.get(`${workspaceId} ${id}`);
    const conversation = (id: string): string => {
      const who = /^[DU]/.test(id) ? id.replace(/^D/, '') : undefined;
      if (who === undefined) {
        if (slack.archived.has(`${workspaceId} ${id}`)) throw refusal('is_archived');
        return id;
      }
      const found = person(who);
      if (!found) throw refusal('channel_not_found');
      if (found.left) throw refusal('user_disabled');
      return `D${who}`;
    };
    const posted = ({ channel, oldest }: Arguments): Arguments => ({
      has_more: false,
      messages: (world.broken.forgetsPosts ? [] : slack.book)
        .filter(
          (message) =>
            message.workspaceId === workspaceId &&
            message.channel === conversation(String(channel)) &&
            Number(message.ts) >= Number(oldest),
        )
        .map(({ ts, text, deliveryId, round }) => ({
          ts,
          text,
          metadata: {
            event_type: 'evenkeel_delivery',
            event_payload: { delivery_id: deliveryId, round },
          },
        })),
    });
    const client = {
      auth: { test: call('auth.test', () => ({ team_id: workspaceId })) },
      chat: {
        postMessage: call('chat.postMessage', ({ channel, text, blocks, metadata }) => {
          const mark = (metadata as { event_payload?: { delivery_id?: string; round?: number } } | undefined)
            ?.event_payload;
          const message: Standing = {
            workspaceId,
            channel: conversation(String(channel)),
            ts: `${Math.floor(timeline.ms / 1000)}.${String(slack.book.length).padStart(6, '0')}`,
            at: timeline.ms,
            text: String(text),
            blocks,
            deliveryId: mark?.delivery_id,
            round: mark?.round ?? 0,
          };
          slack.book.push(message);
          world.posted(message);
          return { channel: message.channel, ts: message.ts };
        }),
        update: call('chat.update', ({ channel, ts }) => ({ channel: conversation(String(channel)), ts })),
        getPermalink: call('chat.getPermalink', () => ({ permalink: 'https://simulated.example/1' })),
      },
      conversations: {
        open: call('conversations.open', ({ users }) => ({ channel: { id: conversation(String(users)) } })),
        info: call('conversations.info', ({ channel }) => ({
          channel: {
            id: channel,
            is_member: true,
            is_archived: slack.archived.has(`${workspaceId} ${channel}`),
          },
        })),
        members: call('conversations.members', () => ({ members: slack.members(workspaceId) })),
        history: call('conversations.history', posted),
        // Whatever was said in a thread stands in the same book.
        replies: call('conversations.replies', posted),
      },
      users: {
        info: call('users.info', ({ user }) => {
          const found = person(String(user));
          if (!found) throw refusal('user_not_found');
          return { user: { id: user, name: String(user).toLowerCase(), tz: found.tz, deleted: found.left } };
        }),
      },
      views: {
        open: call('views.open', () => ({})),
        update: call('views.update', () => ({})),
        push: call('views.push', () => ({})),
        publish: call('views.publish', () => ({})),
      },
    };
    return client as unknown as WebClient;
  }
  return slack;
}

const refusal = (error: string) =>
  Object.assign(new Error(error), { code: ErrorCode.PlatformError, data: { ok: false, error } });
const network = () =>
  Object.assign(new Error('network'), {
    code: ErrorCode.RequestError,
    original: Object.assign(new Error('reset'), { code: 'ECONNRESET' }),
  });
const http = (statusCode: number) =>
  Object.assign(new Error('http'), { code: ErrorCode.HTTPError, statusCode });
const slow = ({ retryAfter }: { retryAfter: number }) =>
  Object.assign(new Error('slow down'), { code: ErrorCode.RateLimitedError, retryAfter });
