// Everyone's digest at one moment: 2,000 leads of one workspace against a local Slack that keeps Slack's own limits.

import { pino } from 'pino';
import { sandboxClock } from '../../sandbox/slack/clock.ts';
import { startLocalSlack } from '../../sandbox/slack/index.ts';
import type { Database } from '../../src/db/pool.ts';
import { inWorkspace } from '../../src/db/tenancy.ts';
import { createClient } from '../../src/slack/client.ts';
import { aKind, aLead, instant, keepLead, testEngine } from '../support/prompts.ts';

export interface RushReport {
  leads: number;
  /** How many got theirs, each once. */
  got: number;
  /** From the moment it was due to the last message, in the bot's time. */
  seconds: number;
  /** What Slack's documented limits allow at best: a full bucket at once, then its refill. */
  leastPossible: number;
  tooManyRequests: number;
}

/** Two engines share the work, as two replicas do; the clock they share with Slack is moved in steps of four seconds. */
export async function rush(database: Database, leads: number): Promise<RushReport> {
  const due = instant('2026-11-20T15:00Z');
  const clock = sandboxClock(due.subtract({ minutes: 1 }));
  const slack = await startLocalSlack({
    clock,
    rateLimits: true,
    workspaces: [
      {
        id: 'TRUSH',
        name: 'Rush',
        domain: 'rush',
        channels: [],
        people: Array.from({ length: leads }, (_, index) => ({
          id: `U${index}`,
          name: `lead${index}`,
          realName: `Lead ${index}`,
          role: 'lead',
          tz: 'Europe/Lisbon',
        })),
      },
    ],
  });
  const client = createClient(slack.workspace().botToken, slack.apiUrl, pino({ level: 'silent' }));
  const time = {
    get now() {
      return clock.now();
    },
  };
  const workspaces = { served: () => ['TRUSH'], clientFor: async () => client };
  const replicas = [1, 2].map(() => testEngine(database, time, workspaces, [aKind()]));
  for (let index = 0; index < leads; index++) {
    await keepLead(database, aLead({ workspaceId: 'TRUSH', id: `U${index}` }));
  }
  await inWorkspace(database.db, 'TRUSH', async (trx) => {
    for (let index = 0; index < leads; index++) {
      const leadId = `U${index}`;
      const when = {
        rule: 'FREQ=WEEKLY;BYDAY=FR',
        starts: Temporal.PlainDateTime.from('2026-11-16T15:00'),
        timeZone: 'Europe/Lisbon',
      };
      await replicas[0]!.prompts.plan(
        trx,
        { leadId, kind: 'ping', destination: { dm: leadId }, when },
        clock.now(),
      );
    }
  });

  for (const replica of replicas) await replica.start({ ticks: 'by-hand' });
  clock.set(due);
  let seconds = 0;
  for (;;) {
    await Promise.all(replicas.map((replica) => replica.tick()));
    await replicas[0]!.settled();
    const next = await replicas[0]!.nextDue();
    if (!next || Temporal.Instant.compare(next, due.add({ hours: 1 })) > 0) break;
    clock.advance({ seconds: 4 });
    seconds = due.until(clock.now()).total('seconds');
  }
  await Promise.all(replicas.map((replica) => replica.stop()));
  const dms = [...slack.workspace().channels.values()].filter((channel) => channel.kind === 'im');
  const report = {
    leads,
    got: dms.filter((dm) => dm.messages.length === 1).length,
    seconds,
    leastPossible: (leads - 300) / 5,
    tooManyRequests: slack.rateLimits.refused,
  };
  await slack.stop();
  return report;
}
