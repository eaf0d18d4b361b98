// A lead, kinds of prompts and an engine for tests, with a Slack that only remembers what was posted to it.

import type { WebClient } from '@slack/web-api';
import { ErrorCode } from '@slack/web-api';
import { pino } from 'pino';
import type { Database } from '../../src/db/pool.ts';
import { inWorkspace } from '../../src/db/tenancy.ts';
import { addGuest, findMember } from '../../src/leads/leads.store.ts';
import type { Lead } from '../../src/leads/leads.ts';
import { createPromptEngine, type EngineOptions, type PromptEngine } from '../../src/prompts/engine.ts';
import { type PromptKind, type Question, usefulFor } from '../../src/prompts/prompts.ts';

export const instant = (text: string): Temporal.Instant => Temporal.Instant.from(text);

/** A lead in Lisbon, at work Monday to Friday from 9:00 to 18:00. */
export function aLead(changes: Partial<Lead> = {}): Lead {
  return {
    workspaceId: 'T1',
    id: 'U1',
    engineers: 5,
    targetPercent: null,
    timeZone: 'Europe/Lisbon',
    offeredTimeZone: null,
    workingDays: [1, 2, 3, 4, 5],
    workdayStarts: Temporal.PlainTime.from('09:00'),
    workdayEnds: Temporal.PlainTime.from('18:00'),
    digestDay: 5,
    digestTime: Temporal.PlainTime.from('15:00'),
    holidayRegion: null,
    promptsPerDay: 2,
    pausedUntil: null,
    pauses: [],
    leftAt: null,
    setUpAt: null,
    ...changes,
  } as Lead;
}

export function aKind(changes: Partial<Question> = {}): Question {
  return {
    kind: 'question',
    name: 'ping',
    title: 'Ping',
    importance: 10,
    overBudget: 'send',
    whenQuiet: 'at-its-hour',
    usefulUntil: usefulFor({ hours: 24 }),
    compose: async (_, { subject }) => ({
      kind: 'say',
      message: {
        text: `ping ${subject}`,
        blocks: [{ type: 'section', text: { type: 'mrkdwn', text: `ping ${subject}` } }],
      },
    }),
    ...changes,
  };
}

/** Keeps a lead in the database, and their workspace. */
export async function keepLead(db: Database, lead: Lead): Promise<void> {
  await inWorkspace(db.db, lead.workspaceId, async (trx) => {
    await trx
      .insertInto('workspaces')
      .values({ workspace_id: lead.workspaceId, created_at: instant('2026-01-01T00:00Z') })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    const row = {
      engineers: lead.engineers,
      target_percent: lead.targetPercent,
      time_zone: lead.timeZone,
      offered_time_zone: lead.offeredTimeZone,
      working_days: lead.workingDays,
      workday_starts: lead.workdayStarts,
      workday_ends: lead.workdayEnds,
      digest_day: lead.digestDay,
      digest_time: lead.digestTime,
      holiday_region: lead.holidayRegion,
      prompts_per_day: lead.promptsPerDay,
      paused_until: lead.pausedUntil,
      set_up_at: lead.setUpAt,
      created_at: instant('2026-01-01T00:00Z'),
    };
    await trx
      .insertInto('leads')
      .values({ workspace_id: lead.workspaceId, lead_id: lead.id, ...row })
      .onConflict((conflict) => conflict.columns(['workspace_id', 'lead_id']).doUpdateSet(row))
      .execute();
  });
}

export interface PostedMessage {
  workspaceId: string;
  channel: string;
  text: string;
  at: Temporal.Instant;
  metadata: { event_type: string; event_payload: Record<string, unknown> };
  ts: string;
}

/** How the next post goes wrong: with an answer of Slack's, or after Slack took it. */
export type Mishap =
  | { error: string }
  | { retryAfter: number }
  | { status: number }
  | 'dropped-before'
  | 'dropped-after';

export interface RememberingSlack {
  posted: PostedMessage[];
  /** Used up one by one, the first by the next post. */
  mishaps: Mishap[];
  /** Conversations that can be posted to and not read. */
  unreadable: Set<string>;
  /** Called before each post is dealt with. */
  onPost: () => Promise<void>;
  /** What Slack says of the token when asked; undefined: that it is good. */
  refusal: string | undefined;
  served(): string[];
  clientFor(workspaceId: string): Promise<WebClient | undefined>;
}

export function rememberingSlack(now: () => Temporal.Instant): RememberingSlack {
  let posts = 0;
  const slack: RememberingSlack = {
    posted: [],
    mishaps: [],
    unreadable: new Set(),
    onPost: async () => {},
    refusal: undefined,
    served: () => Array.from({ length: 100 }, (_, index) => `T${index}`),
    clientFor: async (workspaceId) => {
      const platform = (error: string) =>
        Object.assign(new Error(error), { code: ErrorCode.PlatformError, data: { ok: false, error } });
      const network = () =>
        Object.assign(new Error('network'), {
          code: ErrorCode.RequestError,
          original: Object.assign(new Error('reset'), { code: 'ECONNRESET' }),
        });
      const client = {
        auth: {
          test: async () => {
            if (slack.refusal) throw platform(slack.refusal);
            return { ok: true, team_id: workspaceId };
          },
        },
        chat: {
          postMessage: async (message: {
            channel: string;
            text: string;
            metadata: PostedMessage['metadata'];
          }) => {
            await slack.onPost();
            const mishap = slack.refusal ? { error: slack.refusal } : slack.mishaps.shift();
            if (mishap === 'dropped-before') throw network();
            if (mishap && typeof mishap === 'object') {
              if ('error' in mishap) throw platform(mishap.error);
              if ('status' in mishap)
                throw Object.assign(new Error('http'), {
                  code: ErrorCode.HTTPError,
                  statusCode: mishap.status,
                });
              throw Object.assign(new Error('slow down'), {
                code: ErrorCode.RateLimitedError,
                retryAfter: mishap.retryAfter,
              });
            }
            posts += 1;
            const ts = `${Math.floor(now().epochMilliseconds / 1000)}.${String(posts).padStart(6, '0')}`;
            const channel = message.channel.startsWith('U') ? `D${message.channel}` : message.channel;
            slack.posted.push({
              workspaceId,
              channel,
              text: message.text,
              at: now(),
              metadata: message.metadata,
              ts,
            });
            if (mishap === 'dropped-after') throw network();
            return { ok: true, channel, ts };
          },
        },
        conversations: {
          open: async ({ users }: { users: string }) => ({ ok: true, channel: { id: `D${users}` } }),
          history: async ({ channel, oldest }: { channel: string; oldest: string }) => {
            if (slack.unreadable.has(channel)) throw platform('not_in_channel');
            return {
              ok: true,
              has_more: false,
              messages: slack.posted.filter(
                (message) =>
                  message.workspaceId === workspaceId &&
                  message.channel === channel &&
                  Number(message.ts) >= Number(oldest),
              ),
            };
          },
        },
      };
      return client as unknown as WebClient;
    },
  };
  return slack;
}

export interface TestClock {
  now: Temporal.Instant;
}

/** An engine ticked by hand. */
export function testEngine(
  db: Database,
  clock: TestClock,
  workspaces: EngineOptions['workspaces'],
  kinds: PromptKind[],
  more: Partial<EngineOptions> = {},
): PromptEngine {
  return createPromptEngine({
    db,
    kinds,
    listeners: { find: findMember, welcome: addGuest },
    workspaces,
    now: () => clock.now,
    log: pino({ level: process.env.TEST_LOG ?? 'silent' }),
    ...more,
  });
}

/** Moves the clock from one due moment to the next until `to`, delivering at each. */
export async function liveUntil(engine: PromptEngine, clock: TestClock, to: Temporal.Instant): Promise<void> {
  for (;;) {
    await engine.tick();
    await engine.settled();
    const next = await engine.nextDue();
    if (!next || Temporal.Instant.compare(next, to) > 0) break;
    if (Temporal.Instant.compare(next, clock.now) > 0) clock.now = next;
  }
  clock.now = to;
}
