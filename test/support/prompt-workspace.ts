// A workspace of its own for each test of the engine, with one lead, on an engine that all tests of the file share.

import { afterAll, beforeAll, beforeEach } from '@jest/globals';
import { inWorkspace, type Tenant } from '../../src/db/tenancy.ts';
import type { Lead } from '../../src/leads/leads.ts';
import type { EngineOptions, PromptEngine } from '../../src/prompts/engine.ts';
import type { Delivery, Schedule } from '../../src/prompts/prompts.store.ts';
import type { Plan, PromptKind } from '../../src/prompts/prompts.ts';
import { type TestDatabase, useDatabase } from './database.ts';
import {
  aLead,
  instant,
  keepLead,
  liveUntil,
  type PostedMessage,
  type RememberingSlack,
  rememberingSlack,
  type TestClock,
  testEngine,
} from './prompts.ts';

export interface PromptWorkspace {
  readonly clock: TestClock;
  readonly slack: RememberingSlack;
  readonly engine: PromptEngine;
  readonly database: TestDatabase;
  readonly lead: Lead;
  /** Changes what the lead chose. */
  leadIs(changes: Partial<Lead>): Promise<void>;
  /** At a moment, or as `when` says. */
  plan(kind: string, when: string | Plan['when'], changes?: Partial<Plan>): Promise<void>;
  inside<T>(work: (trx: Tenant) => Promise<T>): Promise<T>;
  /** Lives on until a moment, delivering whatever falls due. */
  until(at: string): Promise<void>;
  /** What Slack heard, as local time of the lead and words. */
  said(): string[];
  posts(): PostedMessage[];
  deliveries(): Promise<Delivery[]>;
  schedules(): Promise<Schedule[]>;
}

/** `monday`: the moment every test begins at, 10:00 in Lisbon. */
export const monday = '2026-11-16T10:00Z';

export function useWorkspace(kinds: PromptKind[], more: Partial<EngineOptions> = {}): PromptWorkspace {
  const clock = { now: instant(monday) };
  const slack = rememberingSlack(() => clock.now);
  let engine: PromptEngine;
  let lead: Lead;
  let count = 0;

  // Before the database's own afterAll, which waits for every connection.
  afterAll(() => engine.stop());
  const database = useDatabase();
  beforeAll(async () => {
    engine = testEngine(database.current, clock, slack, kinds, more);
    await engine.start({ ticks: 'by-hand' });
  });
  beforeEach(async () => {
    count += 1;
    clock.now = instant(monday);
    slack.posted.length = 0;
    slack.refusal = undefined;
    slack.mishaps.length = 0;
    slack.onPost = async () => {};
    lead = aLead({ workspaceId: `T${count}` });
    await keepLead(database.current, lead);
  });

  const inside = <T>(work: (trx: Tenant) => Promise<T>): Promise<T> =>
    inWorkspace(database.current.db, lead.workspaceId, work);
  const posts = () => slack.posted.filter((message) => message.workspaceId === lead.workspaceId);
  return {
    clock,
    slack,
    get engine() {
      return engine;
    },
    get database() {
      return database.current;
    },
    get lead() {
      return lead;
    },
    async leadIs(changes) {
      lead = { ...lead, ...changes };
      await keepLead(database.current, lead);
    },
    plan: (kind, when, changes = {}) =>
      inside((trx) =>
        engine.prompts.plan(
          trx,
          {
            leadId: lead.id,
            kind,
            destination: { dm: lead.id },
            when: typeof when === 'string' ? { at: instant(when) } : when,
            ...changes,
          },
          clock.now,
        ),
      ),
    inside,
    until: (at) => liveUntil(engine, clock, instant(at)),
    posts,
    said: () =>
      posts().map(
        (message) =>
          `${message.at.toZonedDateTimeISO(lead.timeZone).toPlainDateTime().toString({ smallestUnit: 'minute' })} ${message.text.trim()}`,
      ),
    deliveries: () =>
      inside((trx) =>
        trx.selectFrom('deliveries').selectAll().orderBy('occurrence').orderBy('kind').execute(),
      ),
    schedules: () => inside((trx) => trx.selectFrom('schedules').selectAll().orderBy('kind').execute()),
  };
}
