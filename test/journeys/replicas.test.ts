// Two replicas at work at once: every lead gets one digest, and starting together is safe.

import { expect, test } from '@jest/globals';
import { sandboxClock } from '../../sandbox/slack/clock.ts';
import { startLocalSlack } from '../../sandbox/slack/index.ts';
import { buildApp } from '../../src/app.ts';
import { openDatabase } from '../../src/db/pool.ts';
import { inWorkspace } from '../../src/db/tenancy.ts';
import { digestPlan } from '../../src/digest/digest.ts';
import { addLead, findLead } from '../../src/leads/leads.store.ts';
import { defaultSettings } from '../../src/leads/leads.ts';
import { createLog } from '../../src/log.ts';
import { asAdministrator } from '../support/database.ts';

const leadCount = 500;

test('two replicas, five hundred leads due in the same minute: five hundred digests, none twice', async () => {
  const friday = Temporal.Instant.from('2026-11-20T15:00Z');
  const clock = sandboxClock(friday.subtract({ hours: 2 }));
  const people = Array.from({ length: leadCount }, (_, index) => ({
    name: `lead${index}`,
    realName: `Lead ${index}`,
    role: index === 0 ? 'lead' : 'engineer',
    tz: 'UTC',
  }));
  const slack = await startLocalSlack({
    clock,
    workspaces: [{ id: 'T0MANY', name: 'Many', domain: 'many', people, channels: [{ name: 'general' }] }],
  });
  // An empty database: both replicas want to migrate it at the same moment.
  const name = `test_${crypto.randomUUID().replaceAll('-', '')}`;
  await asAdministrator(`create database ${name} owner evenkeel_owner`);
  const url = `postgres://evenkeel_owner:owner@${process.env.TEST_POSTGRES}/${name}`;
  const replicas = [1, 2].map(() => {
    const database = openDatabase(url);
    const app = buildApp({
      config: {
        databaseUrl: url,
        slack: {
          botToken: slack.workspace().botToken,
          signingSecret: slack.signingSecret,
          appToken: undefined,
          apiUrl: slack.apiUrl,
        },
        encryptionKeys: [],
        deliveriesKeptDays: 400,
        port: 0,
        logLevel: 'silent',
        environment: 'test',
      },
      db: database,
      now: () => clock.now(),
      log: createLog('silent'),
      ticks: 'by-hand',
    });
    return { app, database };
  });
  try {
    await Promise.all(replicas.map(({ app }) => app.start()));
    const [first] = replicas;
    if (!first) throw new Error('There are two');
    await inWorkspace(first.database.db, 'T0MANY', async (trx) => {
      for (const { id } of slack.people) {
        const lead = await addLead(
          trx,
          { workspaceId: 'T0MANY', leadId: id },
          defaultSettings('UTC'),
          clock.now(),
        );
        await first.app.engine.prompts.plan(trx, digestPlan(lead, clock.now()), clock.now());
      }
      expect(await findLead(trx, slack.person('lead').id)).toBeDefined();
    });
    clock.set(friday);
    // Both tick at the same moment, and again, as two clocks do.
    await Promise.all(replicas.map(({ app }) => app.engine.tick()));
    await Promise.all(replicas.map(({ app }) => app.engine.tick()));
    for (;;) {
      await Promise.all(replicas.map(({ app }) => app.engine.settled()));
      const next = await first.app.engine.nextDue();
      if (!next || Temporal.Instant.compare(next, friday.add({ hours: 1 })) > 0) break;
      // A rush is spread over the minutes after; let some of them pass.
      clock.advance({ seconds: 20 });
      await Promise.all(replicas.map(({ app }) => app.engine.tick()));
    }
    const digests = slack.people.map((person) => person.dm().length);
    expect(digests).toHaveLength(leadCount);
    expect(digests.filter((count) => count !== 1)).toEqual([]);
    expect(slack.violations).toEqual([]);
  } finally {
    for (const { app, database } of replicas) {
      await app.stop();
      await database.close();
    }
    await slack.stop();
    await asAdministrator(`drop database ${name} with (force)`);
  }
});
